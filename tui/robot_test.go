package tui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"wallboard/metrics"
	"wallboard/tui/screen"
	"wallboard/tui/tuitest"
)

// robot is a person at a screen: it looks and presses keys.
type robot struct {
	t    *testing.T
	v    *viewer
	last outcome
}

// at sits down before a w x h screen that shows the snapshot.
func at(t *testing.T, s *metrics.Snapshot, w, h int) *robot {
	t.Helper()
	return sit(t, s, Look{Profile: screen.TrueColor}, w, h)
}

func sit(t *testing.T, s *metrics.Snapshot, look Look, w, h int) *robot {
	t.Helper()
	v, err := newViewer(look, Choice{})
	if err != nil {
		t.Fatal(err)
	}
	v.resize(w, h)
	v.lookups, v.stored = true, true
	v.exporter = &shelf{files: map[string]string{}}
	v.observe(s, s.At)
	return &robot{t: t, v: v}
}

// frame is the screen as text, once everything that its page asks for is there.
func (r *robot) frame() string {
	if page, floor, id, ok := r.v.wanted(); ok {
		page.Answer(tuitest.NewSource(r.v.shown()).Session(r.t.Context(), floor, id))
	}
	if page, ok := r.v.top().(storyPage); ok {
		r.v.prepare()
		if floor, channel, id, ok := page.WantsTimeline(r.v.scene); ok {
			page.TakeTimeline(tuitest.NewSource(r.v.shown()).Timeline(r.t.Context(), floor, channel, id, func(int64, int64) {}))
		}
	}
	g := screen.NewGrid(r.v.w, r.v.h)
	r.v.draw(g)
	return g.Text()
}

// press presses keys one after the other: names such as "enter", or characters.
func (r *robot) press(keys ...string) *robot {
	r.t.Helper()
	for _, k := range keys {
		r.frame() // a person presses what they see
		r.last = r.v.press(keyOf(k))
	}
	return r
}

// types types a text, character by character.
func (r *robot) types(text string) *robot {
	for _, c := range text {
		r.v.press(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{c}})
	}
	return r
}

func keyOf(name string) tea.KeyMsg {
	for key, n := range map[tea.KeyType]string{
		tea.KeyEnter: "enter", tea.KeyEsc: "esc", tea.KeyTab: "tab", tea.KeyShiftTab: "shift+tab", tea.KeyUp: "up", tea.KeyDown: "down",
		tea.KeyLeft: "left", tea.KeyRight: "right", tea.KeyHome: "home", tea.KeyEnd: "end", tea.KeyPgUp: "pgup", tea.KeyPgDown: "pgdown",
		tea.KeyCtrlL: "ctrl+l", tea.KeyCtrlC: "ctrl+c", tea.KeyBackspace: "backspace",
	} {
		if n == name {
			return tea.KeyMsg{Type: key}
		}
	}
	if name == "space" {
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
}

// then replaces what the source hands out.
func (r *robot) then(s *metrics.Snapshot, wallAfter int64) *robot {
	r.v.observe(s, r.v.now+wallAfter)
	return r
}

// sees fails unless the screen shows every text.
func (r *robot) sees(texts ...string) *robot {
	r.t.Helper()
	frame := r.frame()
	for _, text := range texts {
		if !strings.Contains(frame, text) {
			r.t.Errorf("the screen does not show %q:\n%s", text, frame)
		}
	}
	return r
}

// misses fails if the screen shows any of the texts.
func (r *robot) misses(texts ...string) *robot {
	r.t.Helper()
	frame := r.frame()
	for _, text := range texts {
		if strings.Contains(frame, text) {
			r.t.Errorf("the screen shows %q:\n%s", text, frame)
		}
	}
	return r
}

// selects fails unless the row that holds the text is the selected one.
func (r *robot) selects(text string) *robot {
	r.t.Helper()
	g := screen.NewGrid(r.v.w, r.v.h)
	r.v.draw(g)
	chosen := r.v.pen.Look.Selected.BG
	for y := range r.v.h {
		row := g.Row(y)
		if !strings.Contains(row, text) {
			continue
		}
		for x := range r.v.w {
			if _, look := g.At(x, y); look.BG == chosen {
				return r
			}
		}
	}
	r.t.Errorf("%q is not selected:\n%s", text, g.Text())
	return r
}

// busy and calm are the floors that most stories begin with.
func busy() *metrics.Snapshot { return tuitest.Floor(tuitest.Options{}) }
func calm() *metrics.Snapshot { return tuitest.Floor(tuitest.Options{Calm: true}) }
