package tui

import (
	"testing"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"

	"wallboard/tui/keys"
)

// TestNoKeyMeansTwoThingsAnywhere presses every bound key in every place that has
// keys of its own: what is typed into a line is typed, what lies over the page takes
// its keys alone, and only ctrl+c leaves from anywhere.
func TestNoKeyMeansTwoThingsAnywhere(t *testing.T) {
	for name, c := range map[string]struct {
		open  []string
		types bool // letters are typed
	}{
		"the filter": {[]string{"2", "/"}, true}, "the command line": {[]string{"2", ":"}, true}, "a comment": {[]string{"2", "a"}, true},
		"the scopes": {[]string{"2", "f"}, true}, "the themes": {[]string{"2", "t"}, true}, "the export": {[]string{"2", "x"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			for _, b := range keys.New().All() {
				for _, k := range b.Keys() {
					r := contextOf(t, c.open)
					before := r.typed()
					r.pressRaw(k)
					switch {
					case b.Action == keys.Interrupt:
						if r.last != leave {
							t.Errorf("%q does not leave", k)
						}
						continue
					case r.last != goOn:
						t.Errorf("%q ends in %d", k, r.last)
					}
					if r.v.active != PageQueues || len(r.v.detail) > 0 || r.v.held != nil {
						t.Errorf("%q acts on the page below", k)
					}
					again := r.v.prompt.kind == noPrompt && k == c.open[1] // pressed twice in a row it is about the list
					if c.types && !again && utf8.RuneCountInString(k) == 1 && r.typed() != before+k {
						t.Errorf("%q types %q behind %q", k, r.typed(), before)
					}
					if r.press("esc", "esc", "esc"); r.v.overlay != noOverlay || r.v.prompt.kind != noPrompt {
						t.Errorf("esc does not come out after %q", k)
					}
				}
			}
		})
	}
}

// contextOf sits down where something can be decided and opens a context.
func contextOf(t *testing.T, open []string) *robot {
	t.Helper()
	r, _ := lead(t, 80, 24)
	return r.press(open...)
}

// typed is what stands in the line that has the keys.
func (r *robot) typed() string {
	switch {
	case r.v.prompt.kind != noPrompt:
		return string(r.v.prompt.typed)
	case r.v.overlay == pickerOverlay:
		return string(r.v.picker.filter.typed)
	case r.v.overlay == themeOverlay:
		return string(r.v.themes.filter.typed)
	}
	return ""
}

// pressRaw presses a key by the name that bindings have for it.
func (r *robot) pressRaw(name string) {
	r.frame()
	for _, k := range [...]tea.KeyType{tea.KeyPgUp, tea.KeyPgDown, tea.KeyCtrlU, tea.KeyCtrlD} {
		if (tea.KeyMsg{Type: k}).String() == name {
			r.last = r.v.press(tea.KeyMsg{Type: k})
			return
		}
	}
	if name == " " {
		name = "space"
	}
	r.last = r.v.press(keyOf(name))
}
