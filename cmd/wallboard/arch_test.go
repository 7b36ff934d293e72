package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

// boundary says what the packages under a path must not depend on, directly or
// through others.
type boundary struct {
	of     string
	direct bool // only what they import themselves counts
	never  []string
	why    string
}

var boundaries = []boundary{
	{of: "wallboard/metrics", never: []string{"wallboard/feed", "wallboard/tui", "wallboard/themes", "wallboard/cmd", "github.com/nats-io/", "github.com/charmbracelet/"}, why: "the engine knows neither NATS nor screens"},
	{of: "wallboard/feed", never: []string{"wallboard/tui", "wallboard/themes", "wallboard/cmd", "github.com/charmbracelet/"}, why: "feeds know no screens"},
	{of: "wallboard/tui", never: []string{"wallboard/feed", "wallboard/cmd", "github.com/nats-io/"}, why: "screens read snapshots, not NATS"},
	{of: "wallboard/themes", never: []string{"wallboard/feed", "wallboard/tui", "wallboard/cmd", "wallboard/metrics", "github.com/nats-io/"}, why: "themes are data"},
	{of: "wallboard/metrics/clean", never: []string{"wallboard/"}, why: "the choke point knows nobody"},
	{of: "wallboard/metrics/fact", never: []string{"wallboard/"}, why: "names of figures know nobody"},
	{of: "wallboard/metrics/checkpoint", never: []string{"wallboard/"}, why: "bytes know not what they carry"},
	{of: "wallboard/metrics/dedup", never: []string{"wallboard/metrics/window", "wallboard/metrics/kpi"}, why: "ids are fingerprints"},
	{of: "wallboard/metrics/ack", never: []string{"wallboard/metrics/rule", "wallboard/metrics/board"}, why: "decisions know not what they are about"},
	{of: "wallboard/metrics/baseline", never: []string{"wallboard/metrics/kpi", "wallboard/metrics/rule", "wallboard/metrics/board", "wallboard/metrics/window", "wallboard/metrics/fact", "wallboard/metrics/clean", "wallboard/metrics/store"}, why: "a band knows a series of numbers, not what they are of"},
	{of: "wallboard/metrics/staffing", never: []string{"wallboard/"}, why: "people needed are reckoned from numbers alone"},
	{of: "wallboard/metrics/window", never: []string{"wallboard/metrics/kpi", "wallboard/metrics/rule", "wallboard/metrics/board"}, why: "windows know not the engine"},
	{of: "wallboard/metrics/oracle", direct: true, never: []string{"wallboard/metrics/window", "wallboard/metrics/kpi", "wallboard/metrics/board"}, why: "the oracle computes another way"},
	{of: "wallboard/metrics/review", never: []string{"wallboard/metrics/history", "wallboard/metrics/board", "wallboard/metrics/rule"}, why: "a review reads rows, wherever they come from"},
	{of: "wallboard/metrics/report", never: []string{"wallboard/metrics/board", "wallboard/metrics/rule"}, why: "a report reads rows and stored days"},
	{of: "wallboard/metrics/history", never: []string{"wallboard/metrics/kpi", "wallboard/metrics/board", "wallboard/metrics/rule"}, why: "a closed day keeps base figures, not what is computed of them"},
	{of: "wallboard/feed/wire", never: []string{"github.com/nats-io/"}, why: "the codec knows no connection"},
	{of: "wallboard/feed/sim", never: []string{"wallboard/metrics/board", "wallboard/metrics/kpi", "github.com/nats-io/"}, why: "the simulator must not know the answer"},
	{of: "wallboard/feed/share", never: []string{"wallboard/feed/wire", "wallboard/metrics/board", "wallboard/metrics/kpi"}, why: "what is shared is decided elsewhere"},
	{of: "wallboard/feed/notify", never: []string{"wallboard/feed/wire", "wallboard/feed/live", "wallboard/metrics/board", "wallboard/metrics/rule"}, why: "what is told is decided elsewhere"},
	{of: "wallboard/feed/adapt", never: []string{"wallboard/metrics/board", "wallboard/metrics/kpi", "github.com/nats-io/"}, why: "an adapter turns rows into events, nothing else"},
	{of: "wallboard/tui/screen", never: []string{"wallboard/tui/page", "wallboard/tui/panel", "wallboard/metrics/kpi"}, why: "the screen draws cells, not numbers"},
	{of: "wallboard/tui/sheet", never: []string{"wallboard/tui/page", "wallboard/tui/panel", "wallboard/tui/screen", "github.com/charmbracelet/"}, why: "rows know not how they are drawn"},
	{of: "wallboard/tui/folder", never: []string{"wallboard/"}, why: "a folder knows not what it keeps"},
	{of: "wallboard/tui/panel", never: []string{"github.com/charmbracelet/bubbletea"}, why: "panels are pure"},
	{of: "wallboard/tui/chart", never: []string{"github.com/charmbracelet/bubbletea"}, why: "charts are pure"},
	{of: "wallboard/cmd", never: []string{"wallboard/metrics/oracle"}, why: "the oracle is for tests"},
}

// listed is the part of `go list -json` that is read.
type listed struct {
	ImportPath string
	Imports    []string
	Deps       []string
}

func TestArchitectureHoldsItsDirections(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-json=ImportPath,Imports,Deps", "wallboard/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	decoder := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p listed
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
		for _, b := range boundaries {
			b.check(t, p)
		}
	}
}

func (b boundary) check(t *testing.T, p listed) {
	t.Helper()
	inside := p.ImportPath == b.of || strings.HasPrefix(p.ImportPath, b.of+"/")
	if !inside {
		return
	}
	reached := p.Deps
	if b.direct {
		reached = p.Imports
	}
	for _, dep := range reached {
		for _, never := range b.never {
			own := dep == b.of || strings.HasPrefix(dep, b.of+"/")
			if strings.HasPrefix(dep, never) && !own {
				t.Errorf("%s depends on %s: %s", p.ImportPath, dep, b.why)
			}
		}
	}
}
