package keys

import (
	"strings"
	"testing"

	"wallboard/tui/i18n"
)

type press string

func (p press) String() string { return string(p) }

func TestNoKeyMeansTwoThings(t *testing.T) {
	owner := map[string]Action{}
	for _, b := range New().All() {
		for _, k := range b.Keys() {
			if other, taken := owner[k]; taken {
				t.Errorf("key %q belongs to actions %d and %d", k, other, b.Action)
			}
			owner[k] = b.Action
		}
	}
}

func TestEveryActionHasExactlyOneBinding(t *testing.T) {
	seen := map[Action]int{}
	for _, b := range New().All() {
		seen[b.Action]++
	}
	for a := None + 1; a < numActions; a++ {
		if seen[a] != 1 {
			t.Errorf("action %d has %d bindings", a, seen[a])
		}
	}
}

func TestMatching(t *testing.T) {
	for _, c := range []struct {
		name string
		key  press
		want Action
	}{
		{"an arrow and its letter mean the same", "k", Up},
		{"the space bar holds the screen", " ", Hold},
		{"capital S is the second sort, not the first", "S", SecondSort},
		{"a key of what is not there yet does nothing", ",", None},
		{"capital Z ends a silence, it begins none", "Z", Unsilence},
		{"an unknown key does nothing", "F9", None},
		{"ctrl+c ends the program although no help shows it", "ctrl+c", Interrupt},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := New().Match(c.key); got != c.want {
				t.Errorf("%q is action %d, want %d", c.key, got, c.want)
			}
		})
	}
}

func TestHelpShowsWhatWorksAndNothingElse(t *testing.T) {
	m := New()
	shown := map[Action]bool{}
	m.Help(func(_ Group, b Binding) bool { shown[b.Action] = true; return true })
	for _, b := range m.All() {
		if want := b.Binding.Enabled() && !b.Secret; shown[b.Action] != want {
			t.Errorf("action %d: shown %v, works %v", b.Action, shown[b.Action], want)
		}
	}
}

func TestMarkdownHasARowPerBinding(t *testing.T) {
	say, err := i18n.Load(i18n.English, i18n.Unicode)
	if err != nil {
		t.Fatal(err)
	}
	rows, m := 0, New()
	m.Help(func(Group, Binding) bool { rows++; return true })
	if got := strings.Count(m.Markdown(say), "\n"); got != rows+2 {
		t.Errorf("%d lines for %d bindings", got, rows)
	}
}
