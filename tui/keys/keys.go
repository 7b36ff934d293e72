// Package keys owns the bindings: one declaration per binding feeds matching,
// footer, help and the table in the README. It must not know pages or what an
// action does.
package keys

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/bubbles/key"

	"wallboard/tui/i18n"
)

// Action is what a key asks for.
type Action uint8

// The actions.
const (
	None Action = iota
	PageWall
	PageQueues
	PageAgents
	PageBreaches
	PageIndicators
	PageHeat
	PageStaffing
	PageSessions
	PageHealth
	NextPanel
	PreviousPanel
	Up
	Down
	Left
	Right
	PageUp
	PageDown
	First
	Last
	Enter
	Back
	Filter
	Sort
	SecondSort
	Scope
	Window
	Explain
	NextFigure
	NextView
	Acknowledge
	Silence
	Unsilence
	Theme
	BigDigits
	Rotation
	Hold
	StepBack
	StepForward
	GoNow
	Export
	Command
	Help
	Repaint
	Quit
	Interrupt
	numActions
)

// Group is a heading of the help.
type Group uint8

// The groups, in the order of the help.
const (
	Pages Group = iota
	Moving
	Looking
	Acting
	numGroups
)

// Title returns the message that heads the group.
func (g Group) Title() i18n.ID {
	return [numGroups]i18n.ID{i18n.KeysPages, i18n.KeysMoving, i18n.KeysLooking, i18n.KeysActing}[g]
}

// Binding is one action with its keys and words.
type Binding struct {
	key.Binding
	Action Action
	Group  Group
	Long   i18n.ID // what it does, for help and README
	Short  i18n.ID // in the footer; empty: not there
	Secret bool    // works, and is not shown
}

// Label returns the keys as people read them.
func (b Binding) Label() string { return b.Help().Key }

// Map holds the bindings of one program. Later releases enable what is disabled
// here: a disabled binding neither matches nor shows.
type Map struct{ list []Binding }

func bind(a Action, g Group, label string, long, short i18n.ID, keys ...string) Binding {
	return Binding{Binding: key.NewBinding(key.WithKeys(keys...), key.WithHelp(label, "")), Action: a, Group: g, Long: long, Short: short}
}

func (b Binding) later() Binding {
	b.SetEnabled(false)
	return b
}

func (b Binding) secret() Binding {
	b.Secret = true
	return b
}

// New returns the bindings. The order is that of footer and help.
func New() *Map {
	return &Map{list: []Binding{
		bind(PageWall, Pages, "1", i18n.KeyWall, i18n.PageWall, "1"),
		bind(PageQueues, Pages, "2", i18n.KeyQueues, i18n.PageQueues, "2"),
		bind(PageAgents, Pages, "3", i18n.KeyAgents, i18n.PageAgents, "3"),
		bind(PageBreaches, Pages, "4", i18n.KeyBreaches, i18n.PageBreaches, "4"),
		bind(PageIndicators, Pages, "5", i18n.KeyIndicators, i18n.PageIndicators, "5"),
		bind(PageHeat, Pages, "6", i18n.KeyHeat, i18n.PageHeat, "6"),
		bind(PageStaffing, Pages, "7", i18n.KeyStaffing, i18n.PageStaffing, "7"),
		bind(PageSessions, Pages, "8", i18n.KeySessions, i18n.PageSessions, "8"),
		bind(PageHealth, Pages, "9", i18n.KeyHealth, i18n.PageHealth, "9"),

		bind(NextPanel, Moving, "tab", i18n.KeyNextPanel, "", "tab"),
		bind(PreviousPanel, Moving, "shift+tab", i18n.KeyPreviousPanel, "", "shift+tab"),
		bind(Up, Moving, "↑ k", i18n.KeyUp, "", "up", "k"),
		bind(Down, Moving, "↓ j", i18n.KeyDown, "", "down", "j"),
		bind(Left, Moving, "← h", i18n.KeyLeft, "", "left", "h"),
		bind(Right, Moving, "→ l", i18n.KeyRight, "", "right", "l"),
		bind(PageUp, Moving, "pgup", i18n.KeyPageUp, "", "pgup", "ctrl+u"),
		bind(PageDown, Moving, "pgdn", i18n.KeyPageDown, "", "pgdown", "ctrl+d"),
		bind(First, Moving, "home g", i18n.KeyFirst, "", "home", "g"),
		bind(Last, Moving, "end G", i18n.KeyLast, "", "end", "G"),
		bind(Enter, Moving, "enter", i18n.KeyEnter, i18n.FootEnter, "enter"),
		bind(Back, Moving, "esc", i18n.KeyBack, i18n.FootBack, "esc"),

		bind(Window, Looking, "w", i18n.KeyWindow, i18n.FootWindow, "w"),
		bind(Scope, Looking, "f", i18n.KeyScope, i18n.FootScope, "f"),
		bind(Filter, Looking, "/", i18n.KeyFilter, i18n.FootFilter, "/"),
		bind(Sort, Looking, "s", i18n.KeySort, i18n.FootSort, "s"),
		bind(SecondSort, Looking, "S", i18n.KeySecondSort, "", "S"),
		bind(Explain, Looking, "e", i18n.KeyExplain, i18n.FootExplain, "e"),
		bind(NextFigure, Looking, "m", i18n.KeyNextFigure, "", "m"),
		bind(NextView, Looking, "v", i18n.KeyNextView, "", "v"),
		bind(Theme, Looking, "t", i18n.KeyTheme, "", "t"),
		bind(BigDigits, Looking, "b", i18n.KeyBigDigits, "", "b"),
		bind(Rotation, Looking, "r", i18n.KeyRotation, "", "r"),
		bind(Hold, Looking, "space", i18n.KeyHold, "", " "),
		bind(StepBack, Looking, ",", i18n.KeyStepBack, "", ",").later(),
		bind(StepForward, Looking, ".", i18n.KeyStepForward, "", ".").later(),
		bind(GoNow, Looking, "n", i18n.KeyGoNow, "", "n").later(),

		bind(Acknowledge, Acting, "a", i18n.KeyAcknowledge, i18n.FootAcknowledge, "a"),
		bind(Silence, Acting, "z", i18n.KeySilence, i18n.FootSilence, "z"),
		bind(Unsilence, Acting, "Z", i18n.KeyUnsilence, "", "Z"),
		bind(Export, Acting, "x", i18n.KeyExport, "", "x"),
		bind(Command, Acting, ":", i18n.KeyCommand, "", ":"),
		bind(Help, Acting, "?", i18n.KeyHelp, i18n.FootHelp, "?"),
		bind(Repaint, Acting, "ctrl+l", i18n.KeyRepaint, "", "ctrl+l"),
		bind(Quit, Acting, "q", i18n.KeyQuit, "", "q"),
		bind(Interrupt, Acting, "ctrl+c", i18n.KeyQuit, "", "ctrl+c").secret(),
	}}
}

// Match returns the action of a pressed key, None where there is no enabled
// binding for it.
func (m *Map) Match(pressed fmt.Stringer) Action {
	for _, b := range m.list {
		if key.Matches(pressed, b.Binding) {
			return b.Action
		}
	}
	return None
}

// All returns every binding, disabled ones included.
func (m *Map) All() []Binding { return m.list }

// Enabled says whether the action can be asked for.
func (m *Map) Enabled(a Action) bool {
	for _, b := range m.list {
		if b.Action == a && b.Binding.Enabled() {
			return true
		}
	}
	return false
}

// Short returns the word of an action in the footer, empty where it has none.
func (m *Map) Short(a Action) i18n.ID {
	for _, b := range m.list {
		if b.Action == a {
			return b.Short
		}
	}
	return ""
}

// Long returns what an action does, for help.
func (m *Map) Long(a Action) i18n.ID {
	for _, b := range m.list {
		if b.Action == a {
			return b.Long
		}
	}
	return ""
}

// Help calls yield for each binding a person can use, group by group.
func (m *Map) Help(yield func(Group, Binding) bool) {
	for g := range numGroups {
		for _, b := range m.list {
			if b.Group == g && b.Binding.Enabled() && !b.Secret && !yield(g, b) {
				return
			}
		}
	}
}

// Footer calls yield for each binding that has a word in the footer.
func (m *Map) Footer(yield func(label string, word i18n.ID) bool) {
	for _, b := range m.list {
		if b.Short != "" && b.Binding.Enabled() && !yield(b.Label(), b.Short) {
			return
		}
	}
}

// Markdown returns the key table of the README.
func (m *Map) Markdown(say *i18n.Catalogue) string {
	var b strings.Builder
	fmt.Fprintf(&b, "| %s | %s |\n|---|---|\n", say.Say(i18n.KeysKey), say.Say(i18n.KeysDoes))
	m.Help(func(_ Group, k Binding) bool {
		fmt.Fprintf(&b, "| `%s` | %s |\n", strings.Join(strings.Fields(k.Label()), "` `"), say.Say(k.Long))
		return true
	})
	return b.String()
}
