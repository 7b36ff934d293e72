//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/creack/pty"
	"golang.org/x/term"

	"wallboard/tui/text"
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
	s.mu.Lock()
	s.screen.resize(w, h)
	s.mu.Unlock()
	if err := pty.Setsize(s.tty, size(w, h)); err != nil {
		s.t.Fatal(err)
	}
	s.when(fmt.Sprintf("a frame of %dx%d", w, h), func(string) bool {
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
	s.screen.faults = nil
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
		return !s.screen.modes["?1049"]
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

// cell is one cell of a terminal; the right half of a wide character has no
// text.
type cell struct {
	text string
	look look
}

// screen is what a terminal shows: a model written from the standards, and
// strict. Whatever is drawn outside is a fault.
type screen struct {
	w, h      int
	cells     [][]cell
	x, y      int
	modes     map[string]bool
	rest      string   // the beginning of a sequence whose end is yet to come
	whole     []string // the rows after the last whole update
	heads     []string // the first row of every update
	settled   bool     // a whole frame of this size was drawn
	key, over bool     // the update so far: is a key frame, left the screen
	faults    []string
	bells     int // rung
	pen       look
}

func newScreen(w, h int) screen {
	s := screen{modes: map[string]bool{"?25": true, "?7": true}, settled: true}
	s.size(w, h)
	return s
}

func (s *screen) size(w, h int) {
	s.w, s.h, s.x, s.y = w, h, 0, 0
	s.cells = make([][]cell, h)
	for y := range s.cells {
		s.cells[y] = make([]cell, w)
	}
	s.erase(0, 0)
}

// resize begins a new size. Until the first key frame of it, updates of the old
// size may still be on their way: they are no faults.
func (s *screen) resize(w, h int) {
	s.size(w, h)
	s.settled = false
}

func (s *screen) fault(format string, args ...any) {
	s.over = true
	if s.settled && len(s.faults) < 10 {
		s.faults = append(s.faults, fmt.Sprintf(format, args...))
	}
}

// blank is what erasing leaves: xterm fills with the pen's background.
func (s *screen) blank() cell { return cell{" ", look{bg: s.pen.bg}} }

// erase blanks from x, y to the end of the screen.
func (s *screen) erase(x, y int) {
	for ; y < s.h; y, x = y+1, 0 {
		for ; x < s.w; x++ {
			s.cells[y][x] = s.blank()
		}
	}
}

// feed reads output and returns what the terminal answers.
func (s *screen) feed(output string) (answer string) {
	in := s.rest + output
	for in != "" {
		n := 0
		switch {
		case in[0] == 0x1b:
			var more string
			if n, more = s.sequence(in); n == 0 {
				s.rest = in
				return answer
			}
			answer += more
		case in[0] == '\r':
			s.x, n = 0, 1
		case in[0] == '\n':
			s.y, n = min(s.y+1, s.h-1), 1
		case in[0] == 0x07:
			s.bells, n = s.bells+1, 1
		case in[0] < 0x20:
			s.fault("control character %#x", in[0])
			n = 1
		case !utf8.FullRuneInString(in):
			s.rest = in
			return answer
		default:
			n = s.print(in)
		}
		in = in[n:]
	}
	s.rest = ""
	return answer
}

func (s *screen) print(in string) int {
	cluster, _, width := text.Next(in)
	switch {
	case s.modes["?1049"] && s.x+width > s.w:
		s.fault("%q at column %d of %d", cluster, s.x, s.w)
	case s.x+width <= s.w && width > 0:
		s.cells[s.y][s.x] = cell{cluster, s.pen}
		for i := 1; i < width; i++ {
			s.cells[s.y][s.x+i] = cell{"", s.pen}
		}
	}
	s.x += width
	return len(cluster)
}

// sequence obeys the escape sequence that in begins with and returns its
// length, 0 where its end is yet to come.
func (s *screen) sequence(in string) (int, string) {
	if len(in) < 2 {
		return 0, ""
	}
	if in[1] == ']' { // a title, or a question about colours, which stays without an answer
		for i := 2; i < len(in); i++ {
			if in[i] == 0x07 {
				return i + 1, ""
			}
			if in[i] == 0x1b && i+1 < len(in) {
				return i + 2, ""
			}
		}
		return 0, ""
	}
	end := strings.IndexFunc(in[2:], func(r rune) bool { return r >= 0x40 && r <= 0x7e })
	if end < 0 {
		return 0, ""
	}
	return end + 3, s.control(in[2:2+end], in[2+end])
}

func (s *screen) control(params string, final byte) string {
	first, second, _ := strings.Cut(params, ";")
	a, b := number(first), number(second)
	switch final {
	case 't':
	case 'm':
		s.pen = s.pen.with(params)
	case 'A':
		s.move(s.x, s.y-a)
	case 'B':
		s.move(s.x, s.y+a)
	case 'C':
		s.move(s.x+a, s.y)
	case 'D':
		s.move(s.x-a, s.y)
	case 'G':
		s.move(a-1, s.y)
	case 'd':
		s.move(s.x, a-1)
	case 'H':
		s.move(b-1, a-1)
	case 'J':
		s.key = true
		s.erase(0, 0)
	case 'K':
		for x := s.x; x < s.w; x++ {
			s.cells[s.y][x] = s.blank()
		}
	case 'h', 'l':
		s.mode(params, final == 'h')
	case 'n':
		return fmt.Sprintf("\x1b[%d;%dR", s.y+1, s.x+1)
	default:
		s.fault("sequence %q %c", params, final)
	}
	return ""
}

func number(param string) int {
	n, err := strconv.Atoi(param)
	if err != nil || n < 1 {
		return 1
	}
	return n
}

func (s *screen) move(x, y int) {
	if x < 0 || y < 0 || x > s.w || y >= s.h { // column w: the cursor behind a full row
		s.fault("the cursor is sent to %d, %d of %d x %d", x, y, s.w, s.h)
	}
	s.x, s.y = max(0, min(x, s.w)), max(0, min(y, s.h-1))
}

func (s *screen) mode(name string, on bool) {
	s.modes[name] = on
	if name == "?2026" && on {
		s.key, s.over = false, false
	}
	if name != "?2026" || on {
		return
	}
	s.settled = s.settled || s.key && !s.over
	s.whole = s.whole[:0:0]
	for _, row := range s.cells {
		var b strings.Builder
		for _, c := range row {
			b.WriteString(c.text)
		}
		s.whole = append(s.whole, b.String())
	}
	s.heads = append(s.heads, s.whole[0])
}
