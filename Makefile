# One line of shell per target; `make help` lists them.
GO ?= go
BIN = bin/wallboard
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo devel)
FUZZTIME ?= 30s
SEEDS ?= 1000
PKG ?= ./...
# Packages that start goroutines or share memory; the rest is one goroutine's.
RACED ?= $(shell grep -lrE -e '^\s*go (func|[a-z])' -e '"sync' -e '\bchan\b' --include='*.go' --exclude='*_test.go' cmd feed metrics tui | grep -v bench/ | xargs -n1 dirname | sort -u | sed 's|^|./|')

.PHONY: help build demo test race lint arch golden readme fuzz bench sim sweep cover check clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

build: ## build the binary into bin/
	@$(GO) build -trimpath -ldflags "-X main.version=$(VERSION)" -o $(BIN) ./cmd/wallboard

demo: build ## show the live board on a simulated floor
	@$(BIN) demo

test: ## run every test
	$(GO) test ./...

race: ## run what works side by side under the race detector, where a C compiler exists; long tests shortened
	@if command -v $$($(GO) env CC) >/dev/null; then $(GO) test -race -short $(RACED); else echo "race: no C compiler ($$($(GO) env CC)), running without"; $(GO) test -short $(RACED); fi

lint: ## formatting, vet, staticcheck
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo "run: gofmt -w ."; exit 1; }
	@$(GO) vet ./... && $(GO) tool staticcheck ./...

arch: ## hold the packages to their directions
	$(GO) test -run TestArchitecture -count=1 ./cmd/wallboard

golden: ## draw the golden frames and files anew; read the diff as text
	$(GO) test ./tui ./tui/layout ./metrics/export -update

readme: ## draw the README's frame, pictures and key table anew, from the running demo (two minutes)
	$(GO) test ./cmd/wallboard -run TestTheREADME -count=1 -update

sweep: ## every page at every size, in every theme, language and glyph set (an hour of a core); goes on where results/sweep.tsv ends
	WALLBOARD_BUILD=$(VERSION) WALLBOARD_RESULTS=$(CURDIR)/results/sweep.tsv $(GO) test ./tui -run TestGeometrySweep -count=1 -sweep -timeout 24h

fuzz: ## fuzz every decoder for FUZZTIME each, of PKG only
	@for p in $$($(GO) list $(PKG)); do for f in $$($(GO) test -list '^Fuzz' $$p | grep ^Fuzz); do $(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) $$p || exit 1; done; done

bench: build ## print the performance table: the limit, ours, the ratio, the goal
	@$(BIN) bench

sim: ## SEEDS random days against the oracle; goes on where results/sim.tsv ends
	WALLBOARD_SEEDS=$(SEEDS) WALLBOARD_BUILD=$(VERSION) WALLBOARD_RESULTS=$(CURDIR)/results/sim.tsv $(GO) test -run TestTheEngineAgreesOnRandomFloors -count=1 -timeout 24h -v ./metrics/oracle

check: lint arch test race ## the gate: what CI runs

cover: ## test coverage by package
	@$(GO) test -cover ./... | sort -k5 -r

clean: ## remove what was built
	@rm -rf bin dist results
