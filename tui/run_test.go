//go:build unix

package tui

import (
	"bytes"
	"context"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/term"

	"wallboard/metrics"
	"wallboard/tui/screen"
	"wallboard/tui/tuitest"
)

// session is a board on a terminal of its own.
type session struct {
	t        *testing.T
	keyboard *os.File // the far end: what is typed, and what is shown
	tty      *os.File
	before   *term.State // of the terminal
	ended    chan error
	cancel   context.CancelFunc

	mu    sync.Mutex
	shown bytes.Buffer
	more  chan struct{}
}

func start(t *testing.T, o Options) *session {
	t.Helper()
	return startSized(t, o, 80, 24)
}

// startSized starts a board on a terminal of w x h cells.
func startSized(t *testing.T, o Options, w, h uint16) *session {
	t.Helper()
	far, tty, err := pty.Open()
	if err != nil {
		t.Skipf("no terminal to be had here: %v", err)
	}
	t.Cleanup(func() { _ = far.Close(); _ = tty.Close() })
	if err := pty.Setsize(tty, &pty.Winsize{Rows: h, Cols: w}); err != nil {
		t.Fatal(err)
	}
	before, err := term.GetState(int(tty.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	s := &session{t: t, keyboard: far, tty: tty, before: before, ended: make(chan error, 1), cancel: cancel, more: make(chan struct{}, 1)}
	o.Input, o.Output, o.Clock = tty, tty, tuitest.At
	go s.read()
	go func() { s.ended <- Run(ctx, o) }()
	return s
}

// read collects what the terminal is sent until it is closed.
func (s *session) read() {
	buf := make([]byte, 32<<10)
	for {
		n, err := s.keyboard.Read(buf)
		s.mu.Lock()
		s.shown.Write(buf[:n])
		s.mu.Unlock()
		select {
		case s.more <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

// until waits for a text to arrive.
func (s *session) until(text string) {
	s.t.Helper()
	deadline := time.After(20 * time.Second)
	for {
		s.mu.Lock()
		found := strings.Contains(s.shown.String(), text)
		s.mu.Unlock()
		if found {
			return
		}
		select {
		case <-s.more:
		case err := <-s.ended:
			s.t.Fatalf("the board ended before it showed %q: %v", text, err)
		case <-deadline:
			s.t.Fatalf("%q never came", text)
		}
	}
}

func (s *session) types(text string) {
	s.t.Helper()
	if _, err := io.WriteString(s.keyboard, text); err != nil {
		s.t.Fatal(err)
	}
}

// ends waits for the end and checks that the terminal is as it was.
func (s *session) ends() error {
	s.t.Helper()
	var err error
	select {
	case err = <-s.ended:
	case <-time.After(20 * time.Second):
		s.t.Fatal("the board does not end")
	}
	s.until("\x1b[?1049l")
	after, stateErr := term.GetState(int(s.tty.Fd()))
	if stateErr != nil {
		s.t.Fatal(stateErr)
	}
	if *after != *s.before {
		s.t.Error("the terminal is not as it was before")
	}
	return err
}

func TestABoardOnARealTerminal(t *testing.T) {
	for _, c := range []struct {
		name string
		stop func(s *session)
	}{
		{"q leaves it as it was", func(s *session) { s.types("q") }},
		{"ctrl+c too", func(s *session) { s.types("\x03") }},
		{"the end of the context too", func(s *session) { s.cancel() }},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := start(t, Options{Source: tuitest.NewSource(tuitest.Floor(tuitest.Options{})), Look: Look{Profile: screen.TrueColor}})
			s.until("refund/app")
			s.types("3")
			s.until("reply overdue")
			c.stop(s)
			if err := s.ends(); err != nil {
				t.Errorf("it ended with %v", err)
			}
		})
	}
}

// panics is a source that fails as only a fault of the program can.
type panics struct{}

func (panics) Latest() *metrics.Snapshot { panic("no source") }

func TestAPanicRestoresTheTerminal(t *testing.T) {
	far, tty, err := pty.Open()
	if err != nil {
		t.Skipf("no terminal to be had here: %v", err)
	}
	defer func() { _ = far.Close(); _ = tty.Close() }()
	go func() { _, _ = io.Copy(io.Discard, far) }()
	if err := pty.Setsize(tty, &pty.Winsize{Rows: 24, Cols: 80}); err != nil {
		t.Fatal(err)
	}
	before, err := term.GetState(int(tty.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	func() {
		defer func() {
			f, ok := recover().(*fault)
			if !ok || f.cause != "no source" || !strings.Contains(f.Error(), "panics.Latest") {
				t.Errorf("the panic did not come out with where it happened: %v", f)
			}
		}()
		_ = Run(context.Background(), Options{Source: panics{}, Input: tty, Output: tty, Clock: tuitest.At})
	}()
	after, err := term.GetState(int(tty.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	if *after != *before {
		t.Error("the terminal is not as it was before")
	}
}
