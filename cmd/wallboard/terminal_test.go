//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/term"
)

// terminal is a terminal with the program in it. It answers position queries
// and nothing else, as the plainest terminals do.
type terminal struct {
	t      *testing.T
	cmd    *exec.Cmd
	far    *os.File    // the far end: what is typed, and what is shown
	tty    *os.File    // the program's end, kept open to look at its modes
	before *term.State // of the terminal
	ended  chan error  // closed with the process

	mu     sync.Mutex
	screen screen
	raw    strings.Builder // everything that was shown
	more   chan struct{}   // something was shown
	err    error           // how the process ended, once ended is closed
}

// start starts the program in a terminal of w x h cells.
func start(t *testing.T, w, h int, env []string, args ...string) *terminal {
	t.Helper()
	far, tty, err := pty.Open()
	if err != nil {
		t.Skipf("no terminal to be had here: %v", err)
	}
	s := &terminal{t: t, far: far, tty: tty, ended: make(chan error), more: make(chan struct{}, 1), screen: newScreen(w, h)}
	if err := pty.Setsize(tty, size(w, h)); err != nil {
		t.Fatal(err)
	}
	if s.before, err = term.GetState(int(tty.Fd())); err != nil {
		t.Fatal(err)
	}
	s.cmd = command(t, env, args...)
	s.cmd.Stdin, s.cmd.Stdout, s.cmd.Stderr = tty, tty, tty
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go s.read() // ends when the far end is closed
	go func() { // ends with the process
		s.err = s.cmd.Wait()
		close(s.ended)
	}()
	t.Cleanup(func() {
		_ = s.cmd.Process.Kill()
		<-s.ended
		_, _ = far.Close(), tty.Close()
		if t.Failed() {
			t.Logf("the last screen of wallboard %s:\n%s", strings.Join(args, " "), s.shown())
		}
	})
	return s
}

func size(w, h int) *pty.Winsize { return &pty.Winsize{Cols: uint16(w), Rows: uint16(h)} }

// read shows what the program writes.
func (s *terminal) read() {
	buf := make([]byte, 32<<10)
	for {
		n, err := s.far.Read(buf)
		s.mu.Lock()
		s.raw.Write(buf[:n])
		answer := s.screen.feed(string(buf[:n]))
		s.mu.Unlock()
		_, _ = s.far.WriteString(answer)
		select {
		case s.more <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

// shown returns the rows of the screen after the last whole update.
func (s *terminal) shown() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.screen.whole, "\n")
}

// lastWords is how long what a process wrote before its end may take to arrive.
const lastWords = 5 * time.Second

// when waits until the screen is as wanted and returns it.
func (s *terminal) when(what string, wanted func(frame string) bool) string {
	s.t.Helper()
	deadline, ended := time.After(patience), s.ended
	for {
		frame := s.shown()
		if wanted(frame) {
			return frame
		}
		select {
		case <-s.more:
		case <-ended: // its last words may still be on their way
			deadline, ended = time.After(lastWords), nil
		case <-deadline:
			s.t.Fatalf("the screen never showed %s:\n%s", what, frame)
		}
	}
}

// shows waits until the screen holds every text.
func (s *terminal) shows(texts ...string) string {
	s.t.Helper()
	return s.when(fmt.Sprintf("%q", texts), func(frame string) bool {
		for _, text := range texts {
			if !strings.Contains(frame, text) {
				return false
			}
		}
		return true
	})
}

// misses waits until the screen holds none of the texts.
func (s *terminal) misses(texts ...string) string {
	s.t.Helper()
	return s.when(fmt.Sprintf("a screen without %q", texts), func(frame string) bool {
		for _, text := range texts {
			if strings.Contains(frame, text) {
				return false
			}
		}
		return true
	})
}

// showed waits until the first row has held the text, if only for one update.
func (s *terminal) showed(text string) {
	s.t.Helper()
	s.when(fmt.Sprintf("%q in its header", text), func(string) bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return slices.ContainsFunc(s.screen.heads, func(head string) bool { return strings.Contains(head, text) })
	})
}

// sent returns what was written to the terminal since the mark, and the next
// mark.
func (s *terminal) sent(mark int) (string, int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.raw.String()[mark:], s.raw.Len()
}

func (s *terminal) types(keys string) {
	s.t.Helper()
	if _, err := s.far.WriteString(keys); err != nil {
		s.t.Fatal(err)
	}
}

// resize gives the terminal another size and waits for a whole frame of it.
func (s *terminal) resize(w, h int) {
	s.t.Helper()
	s.sized(w, h)
	s.settles()
}

// sized gives the terminal another size.
func (s *terminal) sized(w, h int) {
	s.t.Helper()
	s.mu.Lock()
	s.screen.resize(w, h)
	s.mu.Unlock()
	if err := pty.Setsize(s.tty, size(w, h)); err != nil {
		s.t.Fatal(err)
	}
}

// settles waits for a whole frame of the size the terminal has.
func (s *terminal) settles() {
	s.t.Helper()
	s.when("a frame of its size", func(string) bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.screen.settled
	})
}

// sound fails if anything was drawn outside the screen or is none of the
// sequences a board may send.
func (s *terminal) sound() {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, fault := range s.screen.faults {
		s.t.Error(fault)
	}
	if strings.Contains(strings.Join(s.screen.whole, ""), leftover) {
		s.t.Errorf("something is left of another size:\n%s", strings.Join(s.screen.whole, "\n"))
	}
	s.screen.faults, s.screen.resized = nil, false
}

// ends waits for the end of the program and checks that the terminal is as it
// was before.
func (s *terminal) ends(code int) {
	s.t.Helper()
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	select {
	case <-s.ended:
	case <-deadline.C:
		s.t.Fatal("the program does not end")
	}
	if got := exitCode(s.err); got != code {
		s.t.Errorf("the program ended with %d (%v), want %d", got, s.err, code)
	}
	s.restored()
}

// restored fails unless the terminal is as it was before.
func (s *terminal) restored() {
	s.t.Helper()
	s.when("the screen that was there before", func(string) bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return !s.screen.modes["?1049"] && s.screen.modes["?25"]
	})
	after, err := term.GetState(int(s.tty.Fd()))
	if err != nil {
		s.t.Fatal(err)
	}
	if *after != *s.before {
		s.t.Error("the terminal's modes are not as they were before")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for mode, normal := range map[string]bool{"?25": true, "?7": true, "?2004": false, "?1000": false, "?1006": false, "?2026": false} {
		if got, set := s.screen.modes[mode]; set && got != normal {
			s.t.Errorf("mode %s is left %v", mode, got)
		}
	}
}
