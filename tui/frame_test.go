package tui

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/screen"
	"wallboard/tui/text"
	"wallboard/tui/tuitest"
)

var (
	update = flag.Bool("update", false, "write the golden frames anew")
	whole  = flag.Bool("sweep", false, "draw every frame of the geometry sweep, not a sample")
)

// checkFrame fails unless the frame has exactly h rows of exactly w cells.
func checkFrame(t *testing.T, g *screen.Grid, w, h int, what string) {
	t.Helper()
	if gw, gh := g.Size(); gw != w || gh != h {
		t.Fatalf("%s: the frame is %dx%d", what, gw, gh)
	}
	for y := range h {
		if n := text.Width(g.Row(y)); n != w {
			t.Fatalf("%s: row %d takes %d cells: %q", what, y, n, g.Row(y))
		}
	}
}

func TestGoldenFrames(t *testing.T) {
	for page := range numPages {
		for _, size := range [][2]int{{200, 60}, {120, 32}, {80, 24}} {
			for _, lang := range i18n.Langs() {
				name := fmt.Sprintf("%s_%dx%d_%s", pageName(page), size[0], size[1], lang)
				t.Run(name, func(t *testing.T) {
					g, err := Frame(busy(), Look{Lang: lang, Profile: screen.TrueColor}, Choice{Page: page}, size[0], size[1])
					if err != nil {
						t.Fatal(err)
					}
					checkFrame(t, g, size[0], size[1], name)
					golden(t, name, g.Text())
				})
			}
		}
	}
}

// TestGoldenFramesWithoutColour holds the pages whose colours carry a number,
// in the light theme on a terminal that has none.
func TestGoldenFramesWithoutColour(t *testing.T) {
	for _, page := range []Page{PageIndicators, PageHeat, PageStaffing, PageSessions} {
		for _, size := range [][2]int{{200, 60}, {120, 32}, {80, 24}} {
			for _, lang := range i18n.Langs() {
				name := fmt.Sprintf("%s_%dx%d_%s_nocolour", pageName(page), size[0], size[1], lang)
				t.Run(name, func(t *testing.T) {
					g, err := Frame(busy(), Look{Theme: "paper", Lang: lang, Profile: screen.NoColor}, Choice{Page: page}, size[0], size[1])
					if err != nil {
						t.Fatal(err)
					}
					checkFrame(t, g, size[0], size[1], name)
					golden(t, name, g.Text())
				})
			}
		}
	}
}

// TestGoldenDrillDowns holds the pages behind enter, and the overlays.
func TestGoldenDrillDowns(t *testing.T) {
	for name, keys := range map[string][]string{
		"one_queue": {"2", "down", "enter"}, "one_agent": {"3", "enter"}, "help": {"?"}, "explain": {"tab", "right", "right", "e"}, "scope": {"f"}, "themes": {"t"},
		"command": {":", "s"}, "command_queue": {":", "q", "u", "e", "u", "e", "space", "v", "tab"}, "export": {"2", "x"},
		"one_session": {"8", "tab", "enter"}, "one_session_with_the_bot": {"8", "tab", "tab", "tab", "enter"},
	} {
		t.Run(name, func(t *testing.T) { golden(t, name+"_120x32", at(t, busy(), 120, 32).press(keys...).frame()) })
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", "golden", name+".txt")
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the frame changed (make golden writes it anew; read the difference):\n%s", difference(string(want), got))
	}
}

// difference shows the rows that differ.
func difference(want, got string) string {
	var b strings.Builder
	old := strings.Split(want, "\n")
	for i, line := range strings.Split(got, "\n") {
		if i >= len(old) || old[i] != line {
			if i < len(old) {
				fmt.Fprintf(&b, "- %s\n", old[i])
			}
			fmt.Fprintf(&b, "+ %s\n", line)
		}
	}
	return b.String()
}

// views are the drill-downs, overlays and states that the geometry sweep draws
// besides the pages, and the keys that lead there.
func views() map[string][]string {
	return map[string][]string{
		"wall": {}, "queues": {"2"}, "agents": {"3"}, "breaches": {"4"}, "past breaches": {"4", "tab", "down"}, "health": {"9"}, "one queue": {"2", "enter"}, "one agent": {"3", "enter"},
		"help": {"?"}, "explain": {"e"}, "scope": {"f"}, "themes": {"t", "down", "right"}, "command": {":"}, "filter": {"2", "/"}, "plain digits": {"b", "b", "b"}, "five rows": {"b"}, "full figures": {"b", "b"},
		"command queue": {":", "q", "u", "e", "u", "e", "space", "tab"}, "export": {"x"},
		"indicators": {"5"}, "heat": {"6"}, "staffing": {"7"}, "staffing by team": {"7", "v", "v", "v", "down"}, "staffing, another panel": {"7", "tab", "down", "right"}, "sessions": {"8"}, "one session": {"8", "tab", "enter"},
	}
}

// TestHostileNamesStayInTheirCells puts the worst names that cleaning lets
// through on every page.
func TestHostileNamesStayInTheirCells(t *testing.T) {
	s := busy()
	f := s.Floors[0]
	for i, q := range f.Tables {
		c := *q
		c.Queue = clean.Own([]string{strings.Repeat("双", 30), "e\u0301\u0302x", "ｗｉｄｅ", "ｱｲｳ한국어", "…—│╭"}[i%5])
		c.Row.Key.Queue = c.Queue
		f.Tables[i] = &c
	}
	for page := range numPages {
		for w := 20; w <= 200; w += 7 {
			g, err := Frame(s, Look{}, Choice{Page: page}, w, 30)
			if err != nil {
				t.Fatal(err)
			}
			checkFrame(t, g, w, 30, pageName(page))
		}
	}
}

func TestASecondOfNothingDrawsNothing(t *testing.T) {
	r := at(t, busy(), 120, 32)
	r.frame()
	if r.v.observe(r.v.latest, r.v.now) {
		t.Error("the same snapshot in the same second would be drawn again")
	}
	if r.v.observe(r.v.latest, r.v.now+1000) {
		t.Error("a second that has just begun does not wait for its snapshot")
	}
	if !r.v.observe(r.v.latest, r.v.now+250) {
		t.Error("the clock does not tick")
	}
	r.frame()
	if !r.v.observe(tuitest.Later(busy(), 0), r.v.now) {
		t.Error("a new snapshot is not drawn")
	}
}

// counted is a painter that counts.
type counted struct {
	frames, repaints, rings int
	titles                  []string
}

func (c *counted) show(v *viewer) { c.frames++; v.draw(screen.NewGrid(v.w, v.h)) }
func (c *counted) repaint()       { c.repaints++ }
func (c *counted) ring()          { c.rings++ }
func (c *counted) title(t clean.Text) {
	c.titles = append(c.titles, t.String())
}

func TestTheLoopDrawsOnlyWhatChanged(t *testing.T) {
	v, err := newViewer(Look{}, Choice{})
	if err != nil {
		t.Fatal(err)
	}
	now := tuitest.At()
	paint := &counted{}
	m := &model{viewer: v, source: tuitest.NewSource(busy()), clock: func() time.Time { return now }, painter: paint}
	steps := []struct {
		name string
		msg  tea.Msg
		wait time.Duration
		want int
	}{
		{"before the size is known nothing is drawn", tickArrived{}, 0, 0},
		{"the first size draws", tea.WindowSizeMsg{Width: 80, Height: 24}, 0, 1},
		{"a tick in the same second does not", tickArrived{}, 250 * time.Millisecond, 1},
		{"the next second waits a tick for its snapshot", tickArrived{}, 750 * time.Millisecond, 1},
		{"and is drawn without it", tickArrived{}, 250 * time.Millisecond, 2},
		{"a key does", keyOf("2"), 0, 3},
		{"a paste outside a prompt does nothing", tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("q"), Paste: true}, 0, 3},
		{"another message does not", "something", 0, 3},
	}
	for _, s := range steps {
		now = now.Add(s.wait)
		if _, cmd := m.Update(s.msg); paint.frames != s.want {
			t.Errorf("%s: %d frames, want %d", s.name, paint.frames, s.want)
		} else if _, tick := s.msg.(tickArrived); tick && cmd == nil {
			t.Error("the tick is not armed again")
		}
	}
	if _, cmd := m.Update(keyOf("q")); cmd == nil {
		t.Error("q does not quit")
	}
	if m.View() != "" {
		t.Error("View returns something")
	}
}

// TestHostileWordsOfBreachesStayInTheirCells puts the worst words that cleaning
// lets through where people write: names, comments, reasons.
func TestHostileWordsOfBreachesStayInTheirCells(t *testing.T) {
	words := []clean.Text{clean.Own(strings.Repeat("双", 40)), clean.Own("e\u0301\u0302x"), clean.Own("ｗｉｄｅ ｱｲｳ 한국어"), clean.Own("…—│╭" + strings.Repeat("x", 90))}
	s := busy()
	for i := range s.Breaches {
		b, w := &s.Breaches[i], words[i%len(words)]
		b.AckedBy, b.AckComment, b.SilencedBy, b.SilenceComment, b.ReasonEN, b.AdviceEN, b.Rule = w, w, w, w, w, w, w.String()
		b.AckedAt, b.Flaps, b.FirstSince = s.At, 1<<30, s.At-1e12
		if i%3 == 0 {
			b.SilencedUntil = s.At + 60_000
		}
	}
	for i := range s.PastBreaches {
		s.PastBreaches[i].AckedBy = words[i%len(words)]
	}
	s.Sinks[0].LastError, s.Together.Why = words[0].String(), words[3].String()
	for _, page := range []Page{PageWall, PageBreaches, PageHealth} {
		for w := 20; w <= 200; w += 9 {
			g, err := Frame(s, Look{}, Choice{Page: page}, w, 32)
			if err != nil {
				t.Fatal(err)
			}
			checkFrame(t, g, w, 32, pageName(page))
		}
	}
}
