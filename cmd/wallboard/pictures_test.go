//go:build unix

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// pictures is where the README finds them, from the top level.
const pictures = "tui/testdata/pictures"

// shot is one picture of the README: what is typed after the one before, and
// what the screen then shows.
type shot struct {
	name  string
	types []string
	w, h  int // 0: as before
	shows *regexp.Regexp
}

// shots are taken one after the other of one floor at its promotion's peak.
func shots() []shot {
	return []shot{
		{name: "wall", shows: regexp.MustCompile(`■ critical +refund/app .* for (\d\ds|\dm\d\ds)`)},
		{name: "agents", types: []string{"3"}, shows: regexp.MustCompile(`(?s)situation.*AI agents`)},
		{name: "breaches", types: []string{"4"}, shows: regexp.MustCompile(`(?s)breaches now.*critical .* [1-9]:\d\d \d\d:\d\d`)},
		{name: "heat", types: []string{"6"}, shows: regexp.MustCompile(`(?s)06.*12.*chat`)},
		{name: "zh-CN", types: []string{"1", ":lang zh-CN\r"}, shows: regexp.MustCompile(`(?s)实时.*■ 严重`)},
		{name: "light", types: []string{":lang en\r", ":theme paper\r", "2"}, shows: regexp.MustCompile(`(?s)clears.*■`)},
		{name: "80x24", types: []string{":theme dusk\r", "1"}, w: 80, h: 24, shows: regexp.MustCompile(`(?s)■ critical.*waiting.*oldest wait.*FRT90.*1 wall`)},
	}
}

// TestTheREADMEIsDrawn takes the frame and the pictures from the running demo;
// only when asked, for no two are alike.
func TestTheREADMEIsDrawn(t *testing.T) {
	if !*update {
		t.Skip("draws only with -update")
	}
	s := start(t, 120, 32, []string{"COLORTERM=truecolor"}, "demo", "--promotion", "4", "--lang", "en", "--no-hints")
	s.shows("● live")
	if err := os.MkdirAll(filepath.Join("../..", pictures), 0o755); err != nil {
		t.Fatal(err)
	}
	for i, one := range shots() {
		for _, keys := range one.types {
			s.types(keys)
		}
		if one.w > 0 {
			s.resize(one.w, one.h)
		}
		frame := s.when("picture "+one.name, one.shows.MatchString)
		s.mu.Lock()
		drawn := picture(s.screen.cells)
		s.mu.Unlock()
		if err := os.WriteFile(filepath.Join("../..", pictures, one.name+".svg"), []byte(drawn), 0o644); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			drawFrame(t, frame)
		}
	}
	s.types("q")
	s.ends(exitFine)
}

// drawFrame writes a frame into the README as text.
func drawFrame(t *testing.T, frame string) {
	t.Helper()
	old, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for row := range strings.Lines(frame + "\n") {
		rows = append(rows, strings.TrimRight(row, " \n"))
	}
	page := between(t, string(old), "frame", "```text\n"+strings.Join(rows, "\n")+"\n```\n")
	if err := os.WriteFile(readme, []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
}
