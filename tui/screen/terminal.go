package screen

import (
	"fmt"
	"os"
	"sync"
	"time"

	"golang.org/x/term"

	"wallboard/metrics/clean"
)

// Mouse says whether clicks and the wheel are reported.
type Mouse uint8

// The zero value leaves the mouse to the terminal, which selects text with it.
const (
	MouseOff Mouse = iota
	MouseOn
)

// TerminalOptions are how a program wants its terminal.
type TerminalOptions struct {
	Mouse  Mouse
	Title  clean.Text // of the window; empty leaves it
	Render Render
}

// titlePrefix begins the sequence that sets the window's title; BEL ends it.
const titlePrefix, titleEnd = "\x1b]2;", "\x07"

// grace is how long restoring waits for a terminal that takes no output. The
// modes of the line are restored in any case.
const grace = time.Second

// Terminal owns the terminal that a program runs in, from the first byte to its
// restoration: raw mode, the alternate screen, cursor, bracketed paste, mouse
// and title. It is an io.Writer that throws away what comes while the terminal
// is not the program's: before Enter, after Leave and in the background.
//
// Bubble Tea runs without its renderer and then touches none of this; its input
// is In.
type Terminal struct {
	in, out *os.File
	own     bool // in was opened here
	options TerminalOptions

	modes sync.Mutex // held while modes change
	saved *term.State
	ended bool       // Run is over: nothing takes the terminal again
	write sync.Mutex // held while bytes are written
	open  bool       // the terminal is ours; guarded by write
}

// OpenTerminal prepares the terminal of in and out. When in is a pipe or a file
// the keys are read from /dev/tty. It fails when out is no terminal: then there
// is nothing to draw on.
func OpenTerminal(in, out *os.File, o TerminalOptions) (*Terminal, error) {
	if !term.IsTerminal(int(out.Fd())) {
		return nil, fmt.Errorf("screen: open the terminal: the output is not a terminal")
	}
	t := &Terminal{in: in, out: out, options: o}
	if term.IsTerminal(int(in.Fd())) {
		return t, nil
	}
	tty, err := os.Open("/dev/tty")
	if err != nil {
		return nil, fmt.Errorf("screen: open the terminal to read keys: %w", err)
	}
	t.in, t.own = tty, true
	return t, nil
}

// In returns the file that keys are read from.
func (t *Terminal) In() *os.File { return t.in }

// Size returns the terminal's size in cells. 0 x 0 means that it is not known
// yet.
func (t *Terminal) Size() (w, h int, err error) {
	w, h, err = term.GetSize(int(t.out.Fd()))
	if err != nil {
		return 0, 0, fmt.Errorf("screen: read the terminal's size: %w", err)
	}
	return w, h, nil
}

// Run enters the terminal, calls f, and restores the terminal however f ends:
// with or without an error, or in a panic, which goes on after that.
func (t *Terminal) Run(f func() error) (err error) {
	if err := t.Enter(); err != nil {
		return err
	}
	defer func() {
		t.end()
		if left := t.Leave(); err == nil {
			err = left
		}
		if t.own {
			_ = t.in.Close() // opened for reading only: nothing can be lost
		}
	}()
	return f()
}

// Enter takes the terminal: raw mode, alternate screen, no cursor. Entering
// again sets everything once more, which is what a return from the background
// needs; the state to restore stays that of the first time.
func (t *Terminal) Enter() error {
	t.modes.Lock()
	defer t.modes.Unlock()
	if t.ended {
		return nil // a signal came in while the program was ending
	}
	before, err := term.MakeRaw(int(t.in.Fd()))
	if err != nil {
		return fmt.Errorf("screen: enter raw mode: %w", err)
	}
	if t.saved == nil {
		t.saved = before
	}
	t.write.Lock()
	defer t.write.Unlock()
	t.open = true
	if _, err := t.out.Write(t.options.enter()); err != nil {
		return fmt.Errorf("screen: enter the alternate screen: %w", err)
	}
	return nil
}

// end makes every later Enter do nothing.
func (t *Terminal) end() {
	t.modes.Lock()
	defer t.modes.Unlock()
	t.ended = true
}

// Leave gives the terminal back as it was. Leaving twice is harmless.
func (t *Terminal) Leave() error {
	t.modes.Lock()
	defer t.modes.Unlock()
	if t.saved == nil {
		return nil
	}
	written := make(chan error, 1)
	go func() { // ends with the write, at the latest with the process
		t.write.Lock()
		defer t.write.Unlock()
		t.open = false
		_, err := t.out.Write(t.options.leave())
		written <- err
	}()
	timer := time.NewTimer(grace)
	defer timer.Stop()
	var err error
	select {
	case err = <-written:
	case <-timer.C:
		err = os.ErrDeadlineExceeded
	}
	if restored := term.Restore(int(t.in.Fd()), t.saved); restored != nil {
		err = restored
	}
	t.saved = nil
	if err != nil {
		return fmt.Errorf("screen: restore the terminal: %w", err)
	}
	return nil
}

// Write sends b to the terminal while it is the program's, else nowhere.
func (t *Terminal) Write(b []byte) (int, error) {
	t.write.Lock()
	defer t.write.Unlock()
	if !t.open {
		return len(b), nil
	}
	return t.out.Write(b)
}

// enter returns the sequences that take a terminal. Lines do not wrap while it
// is ours: then writing the last cell of the screen never scrolls it. A plain
// terminal is let alone as far as can be: what it does not know it might print.
func (o TerminalOptions) enter() []byte {
	if o.Render == RenderPlain {
		return []byte("\x1b[?25l" + plainClear)
	}
	b := []byte("\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h")
	if o.Mouse == MouseOn {
		b = append(b, "\x1b[?1000h\x1b[?1006h"...)
	}
	if !o.Title.Empty() {
		b = append(b, "\x1b[22;2t"+titlePrefix...)
		b = append(b, o.Title.String()...)
		b = append(b, titleEnd...)
	}
	return append(b, "\x1b[m\x1b[H\x1b[2J"...)
}

// leave returns the sequences that give it back, in the opposite order. An
// update that was cut off in the middle is ended first.
func (o TerminalOptions) leave() []byte {
	if o.Render == RenderPlain {
		return []byte("\x1b[?25h" + plainClear)
	}
	b := []byte(endSync + "\x1b[m")
	if !o.Title.Empty() {
		b = append(b, "\x1b[23;2t"...)
	}
	if o.Mouse == MouseOn {
		b = append(b, "\x1b[?1006l\x1b[?1000l"...)
	}
	return append(b, "\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l"...)
}
