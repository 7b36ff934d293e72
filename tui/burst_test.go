package tui

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wallboard/tui/tuitest"
)

func TestLettersThatArriveTogetherAreAsManyKeys(t *testing.T) {
	for _, c := range []struct {
		name, keys string
		want       string
		leaves     bool
	}{
		{"two keys do what each of them does", "3w", "60 min", false},
		{"a prompt takes the letters after its key", "2/refund", "queues / refund", false},
		{"keys after q are not pressed", "q2", "", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := at(t, busy(), 120, 32)
			m := &model{viewer: r.v, source: tuitest.NewSource(busy()), clock: func() time.Time { return tuitest.At() }, painter: &counted{}}
			r.frame()
			_, cmd := m.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(c.keys)})
			if c.leaves != (cmd != nil) {
				t.Errorf("it leaves: %v, want %v", cmd != nil, c.leaves)
			}
			if !strings.Contains(r.frame(), c.want) {
				t.Errorf("the screen does not show %q:\n%s", c.want, r.frame())
			}
		})
	}
}

func TestBeforeTheFirstFloorTheClockIsTheViewersOwn(t *testing.T) {
	v, err := newViewer(Look{}, Choice{})
	if err != nil {
		t.Fatal(err)
	}
	v.local = time.FixedZone("", 5*60*60)
	v.resize(120, 32)
	v.observe(tuitest.Empty(), tuitest.At().UnixMilli())
	if want := tuitest.At().In(v.local).Format("15:04:05"); !strings.Contains((&robot{t: t, v: v}).frame(), want) {
		t.Errorf("the clock is not at %s:\n%s", want, (&robot{t: t, v: v}).frame())
	}
}
