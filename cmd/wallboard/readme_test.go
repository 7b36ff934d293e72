//go:build unix

package main

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"wallboard/feed/wire"
	"wallboard/metrics"
	"wallboard/tui/i18n"
	"wallboard/tui/keys"
	"wallboard/tui/panel"
)

var update = flag.Bool("update", false, "draw what is generated in the README anew")

const readme = "../../README.md"

// between replaces what stands between two markers of a text.
func between(t *testing.T, text, name, with string) string {
	t.Helper()
	begin, end := "<!-- "+name+": made by `make readme` -->\n", "<!-- end of "+name+" -->"
	before, rest, ok1 := strings.Cut(text, begin)
	_, after, ok2 := strings.Cut(rest, end)
	if !ok1 || !ok2 {
		t.Fatalf("the README has no markers for %s", name)
	}
	return before + begin + with + end + after
}

func TestTheREADMEHasTheKeysThatWork(t *testing.T) {
	old, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	say, err := i18n.Load(i18n.English, i18n.Unicode)
	if err != nil {
		t.Fatal(err)
	}
	want := between(t, string(old), "keys", keys.New().Markdown(say))
	if *update {
		if err := os.WriteFile(readme, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want != string(old) {
		t.Error("the README's key table is not that of tui/keys (see: make readme)")
	}
}

func TestTheREADMENamesOnlyWhatIsThere(t *testing.T) {
	page, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	for _, link := range regexp.MustCompile(`\]\(([^)#]+)\)`).FindAllStringSubmatch(string(page), -1) {
		if strings.Contains(link[1], "://") {
			continue
		}
		if _, err := os.Stat(filepath.Join("../..", link[1])); err != nil {
			t.Errorf("a link leads nowhere: %v", err)
		}
	}
	root := (&program{}).rootCommand()
	commandLine := regexp.MustCompile(`(?m)^(?:bin/)?wallboard (.*)$`)
	for _, line := range commandLine.FindAllStringSubmatch(string(page), -1) {
		args := strings.Fields(strings.Split(strings.Split(line[1], " | ")[0], " && ")[0])
		c, rest, err := root.Find(args)
		if err != nil || c == root {
			t.Errorf("wallboard %s: %v", line[1], err)
			continue
		}
		for _, arg := range rest {
			name, ok := strings.CutPrefix(arg, "--")
			if name, _, _ = strings.Cut(name, "="); ok && c.Flags().Lookup(name) == nil && root.PersistentFlags().Lookup(name) == nil {
				t.Errorf("wallboard %s: there is no flag --%s", line[1], name)
			}
		}
	}
}

func TestTheREADMEPublishesAnEventThatIsTaken(t *testing.T) {
	page, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`nats pub (\S+) '([^']+)'`).FindSubmatch(page)
	if found == nil {
		t.Fatal("the README publishes nothing")
	}
	var ev metrics.Event
	if err := wire.NewDecoder().Decode(string(found[1]), nil, found[2], 1, &ev); err != nil {
		t.Error(err)
	}
	if got := wire.Subject(&ev); got != string(found[1]) {
		t.Errorf("an event of %s is published to %s", got, found[1])
	}
}

func TestTheFirstScreenPublishesAnEventThatIsTaken(t *testing.T) {
	command := strings.Join(panel.FirstEvent("nats://127.0.0.1:4222", "bank"), "\n")
	found := regexp.MustCompile(`(?s)^nats pub --server \S+ (\S+) \\\n\s*'([^']+)'$`).FindStringSubmatch(command)
	if found == nil {
		t.Fatalf("no shell would take\n%s", command)
	}
	var ev metrics.Event
	if err := wire.NewDecoder().Decode(found[1], nil, []byte(found[2]), 1, &ev); err != nil {
		t.Error(err)
	}
	if got := wire.Subject(&ev); got != found[1] {
		t.Errorf("an event of %s is published to %s", got, found[1])
	}
}
