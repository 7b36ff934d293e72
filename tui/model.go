package tui

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wallboard/metrics/clean"
)

// tickEvery is how often the screen looks for a newer snapshot. A frame is
// drawn only when it would differ.
const tickEvery = 250 * time.Millisecond

// tickArrived says that it is time to look.
type tickArrived struct{}

// repaintWanted says that nobody knows what the terminal shows.
type repaintWanted struct{}

// model is the viewer in Bubble Tea's event loop. Bubble Tea reads keys and
// runs the loop; drawing and the terminal are tui/screen's.
type model struct {
	*viewer
	source Source
	clock  Clock

	sessions  Sessions               // nil: there is nobody to ask
	past      Past                   // nil: no days are stored
	access    AccessLog              // nil: nobody notes who looks at whom
	timelines Timelines              // nil: nothing is stored
	reading   *reading               // under way, nil: none
	ctx       func() context.Context // of the run, for asking

	painter painter
	alarm   alarm
	fault   *fault // what ended it, if a panic did
}

// fault is a panic of the viewer on its way out of the event loop. It waits
// until the loop has let go of the keyboard: unwound straight through Bubble
// Tea, a panic would leave a goroutine behind that reads a terminal which is
// being closed.
type fault struct {
	cause any
	stack []byte // of where it happened
}

func (f *fault) Error() string { return fmt.Sprintf("%v\n\n%s", f.cause, f.stack) }

// painter takes frames; it is *screen.Painter but for tests.
type painter interface {
	show(m *viewer)
	repaint()
	ring()
	title(t clean.Text)
}

// Init starts the tick.
func (m *model) Init() tea.Cmd { return tick() }

func tick() tea.Cmd {
	return tea.Tick(tickEvery, func(time.Time) tea.Msg { return tickArrived{} })
}

// Update handles one message. Events of the floor never come by here: the
// newest snapshot is pulled on the tick.
func (m *model) Update(msg tea.Msg) (next tea.Model, cmd tea.Cmd) {
	if m.fault != nil {
		return m, tea.Quit
	}
	defer func() {
		if cause := recover(); cause != nil {
			m.fault = &fault{cause: cause, stack: debug.Stack()}
			next, cmd = m, tea.Quit
		}
	}()
	switch msg := msg.(type) {
	case tickArrived:
		cmd = tick()
		m.showProgress()
	case tea.WindowSizeMsg:
		m.resize(msg.Width, msg.Height)
		m.painter.repaint()
	case repaintWanted:
		m.drawn.stale = true
		m.painter.repaint()
	case tea.KeyMsg:
		switch m.pressed(msg) {
		case leave:
			return m, tea.Quit
		case paintAgain:
			m.painter.repaint()
		}
	case tea.MouseMsg:
		if m.mouse(msg) == leave {
			return m, tea.Quit
		}
	case sessionAnswered:
		m.answered(msg)
	case accessNoted:
		m.accessed(msg)
	case timelineRead:
		m.wasRead(msg)
	case dayRead:
		m.took(msg)
	case exportWritten:
		m.wrote(msg)
	default:
		return m, nil
	}
	m.refresh()
	return m, tea.Batch(cmd, m.ask())
}

// refresh pulls the newest snapshot and draws it if the screen would differ.
func (m *model) refresh() {
	began := m.clock()
	draws := m.observe(m.source.Latest(), began.UnixMilli())
	m.alarm.look(m.viewer, m.painter)
	if !draws {
		return
	}
	m.painter.show(m.viewer)
	// Smoothed over about a minute of ticks, so that the number can be read.
	const weight = 0.05
	cost := float64(m.clock().Sub(began))
	m.frameNanos += weight * (cost - m.frameNanos)
}

// pressed handles a key, and a paste as the keys that it is made of would be:
// only into a line being typed.
func (m *model) pressed(k tea.KeyMsg) outcome {
	if k.Paste && m.prompt.kind == noPrompt {
		return goOn
	}
	if k.Paste || k.Type != tea.KeyRunes || len(k.Runes) < 2 {
		return m.press(k)
	}
	// Letters that arrive together, as a held key's do over a slow line, come
	// as one message: they are as many keys.
	most := goOn
	for _, r := range k.Runes {
		one := k
		one.Runes = []rune{r}
		switch m.press(one) {
		case leave:
			return leave
		case paintAgain:
			most = paintAgain
		}
	}
	return most
}

// View is empty: frames are drawn on the grid, not returned as strings.
func (m *model) View() string { return "" }
