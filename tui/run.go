package tui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/screen"
)

// Options are what Run needs.
type Options struct {
	Source        Source
	Past          Past      // nil: no days are stored
	Sessions      Sessions  // nil: one session's steps cannot be looked up
	Access        AccessLog // nil: looks at people are not noted
	Timelines     Timelines // nil: events are stored nowhere
	Look          Look
	Choice        Choice
	Clock         Clock
	Input, Output *os.File
	Title         clean.Text // of the terminal's window; empty: left alone
	ErasesInColor bool       // see screen.Encoder
	Handler       Handler    // nil: breaches cannot be acknowledged or silenced here
	Exporter      Exporter   // nil: nothing can be written to files here
	Bell          Bell
	Hints         Hints // nil: no hints are shown
}

// closeWithin is how long the last frame may take to reach the terminal.
const closeWithin = time.Second

// Run shows the board on a terminal until the viewer quits, the context ends or
// the terminal fails. However it ends, the terminal is as it was before.
func Run(ctx context.Context, o Options) error {
	v, err := newViewer(o.Look, o.Choice)
	if err != nil {
		return err
	}
	v.local, v.lookups, v.stored, v.handler = o.Clock().Location(), o.Sessions != nil, o.Timelines != nil, o.Handler
	v.hints = newHinting(o.Hints)
	defer v.hints.save()
	v.exporter = o.Exporter
	v.withAccess(o.Access)
	term, err := screen.OpenTerminal(o.Input, o.Output, screen.TerminalOptions{Title: o.Title, Mouse: v.look.Mouse, Render: v.look.Render})
	if err != nil {
		return fmt.Errorf("tui: run: %w", err)
	}
	return term.Run(func() error { return loop(ctx, v, o, term) })
}

// loop runs the event loop on an entered terminal.
func loop(ctx context.Context, v *viewer, o Options, term *screen.Terminal) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	paint := screen.NewPainter(term, screen.Encoder{Profile: v.look.Profile, ErasesInColor: o.ErasesInColor, Render: v.look.Render})
	m := &model{viewer: v, source: o.Source, clock: o.Clock, painter: terminalPainter{paint}, alarm: alarm{bell: o.Bell, window: o.Title},
		sessions: o.Sessions, past: o.Past, timelines: o.Timelines, access: o.Access, ctx: func() context.Context { return ctx }}
	program := tea.NewProgram(m, tea.WithInput(term.In()), tea.WithOutput(io.Discard),
		tea.WithoutRenderer(), tea.WithoutSignalHandler(), tea.WithoutCatchPanics())
	watching := make(chan struct{})
	go func() { // ends with the context
		defer close(watching)
		term.Watch(ctx, func(w, h int) { program.Send(tea.WindowSizeMsg{Width: w, Height: h}) })
	}()
	// The program is asked to quit and not given the context: cut off by its
	// context it closes the keyboard under the goroutine that reads it.
	go func() { // ends with the context, at the latest when it is cancelled below
		select {
		case <-ctx.Done():
		case <-paint.Done():
		}
		program.Quit()
	}()
	_, err := program.Run()
	cancel()
	<-watching
	closing, stop := context.WithTimeout(context.Background(), closeWithin)
	defer stop()
	m.finish(closing)
	err = errors.Join(ended(err), paint.Close(closing))
	if m.fault != nil {
		panic(m.fault)
	}
	return err
}

// ended makes the end of the context a plain end: that is how a viewer is sent
// away, and no failure.
func ended(err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, tea.ErrProgramKilled) {
		return nil
	}
	return fmt.Errorf("tui: run: %w", err)
}

// terminalPainter draws the viewer's frames on a terminal.
type terminalPainter struct{ *screen.Painter }

func (p terminalPainter) show(v *viewer) {
	g := p.Next(v.w, v.h)
	v.draw(g)
	p.Show(g)
}

func (p terminalPainter) repaint()           { p.Repaint() }
func (p terminalPainter) ring()              { p.Ring() }
func (p terminalPainter) title(t clean.Text) { p.Title(t) }

// Frame draws one frame of w x h cells without a terminal: Text and ANSI of the
// result are what `wallboard snapshot` prints.
func Frame(s *metrics.Snapshot, look Look, choice Choice, w, h int) (*screen.Grid, error) {
	v, err := newViewer(look, choice)
	if err != nil {
		return nil, err
	}
	v.resize(w, h)
	v.observe(s, s.At)
	g := screen.NewGrid(w, h)
	v.draw(g)
	return g, nil
}
