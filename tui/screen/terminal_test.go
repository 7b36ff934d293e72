//go:build linux

package screen

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"

	"wallboard/metrics/clean"
)

// roleVariable makes this test binary behave as a small program with a screen;
// its value says how the program ends.
const roleVariable = "WALLBOARD_SCREEN_TEST"

func TestMain(m *testing.M) {
	if role := os.Getenv(roleVariable); role != "" {
		program(role)
		return
	}
	os.Exit(m.Run())
}

// program shows the terminal's size until a key is pressed.
func program(role string) {
	t, err := OpenTerminal(os.Stdin, os.Stdout, TerminalOptions{Mouse: MouseOn, Title: clean.Own("test 板")})
	if err != nil {
		fmt.Println(err)
		os.Exit(2)
	}
	err = t.Run(func() error {
		p := NewPainter(t, Encoder{})
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		go t.Watch(ctx, func(w, h int) {
			g := p.Next(w, h)
			g.Canvas().Print(0, 0, clean.Own(fmt.Sprintf("size %dx%d.", w, h)), Style{})
			p.Repaint()
			p.Show(g)
		})
		var key [1]byte
		if _, err := t.In().Read(key[:]); err != nil {
			return err
		}
		if role == "panic" {
			panic("seeded panic")
		}
		if err := p.Close(ctx); err != nil {
			return err
		}
		if role == "fail" {
			return errors.New("seeded failure")
		}
		return nil
	})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

// session is a program in a terminal of its own.
type session struct {
	t   *testing.T
	cmd *exec.Cmd
	tty *os.File // the terminal's side of it

	mu   sync.Mutex
	news *sync.Cond
	out  bytes.Buffer
	seen int
	eof  bool
}

func start(t *testing.T, role string) *session {
	t.Helper()
	s := &session{t: t, cmd: exec.Command(os.Args[0])}
	s.news = sync.NewCond(&s.mu)
	s.cmd.Env = append(os.Environ(), roleVariable+"="+role)
	tty, err := pty.StartWithSize(s.cmd, &pty.Winsize{Cols: 50, Rows: 10})
	if err != nil {
		t.Skipf("no pseudo terminal here: %v", err)
	}
	s.tty = tty
	t.Cleanup(func() { _ = s.cmd.Process.Kill(); _ = tty.Close() })
	go s.read()
	return s
}

func (s *session) read() {
	buf := make([]byte, 4096)
	for {
		n, err := s.tty.Read(buf)
		s.mu.Lock()
		s.out.Write(buf[:n])
		s.eof = err != nil
		s.news.Broadcast()
		s.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// expect waits for text beyond what was seen before.
func (s *session) expect(text string) {
	s.t.Helper()
	guard := time.AfterFunc(20*time.Second, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.eof = true
		s.news.Broadcast()
	})
	defer guard.Stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		if i := strings.Index(s.out.String()[s.seen:], text); i >= 0 {
			s.seen += i + len(text)
			return
		}
		if s.eof {
			s.t.Fatalf("%q never came after %q", text, s.out.String()[:s.seen])
		}
		s.news.Wait()
	}
}

// written returns all that the program wrote so far.
func (s *session) written() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.out.String()
}

// raw says whether the terminal's line is in raw mode.
func (s *session) raw() bool {
	s.t.Helper()
	modes, err := unix.IoctlGetTermios(int(s.tty.Fd()), unix.TCGETS)
	if err != nil {
		s.t.Fatal(err)
	}
	return modes.Lflag&(unix.ICANON|unix.ECHO) == 0
}

// waitFor waits until the program has stopped or ended.
func (s *session) waitFor() syscall.WaitStatus {
	s.t.Helper()
	var status syscall.WaitStatus
	for {
		_, err := syscall.Wait4(s.cmd.Process.Pid, &status, syscall.WUNTRACED, nil)
		if !errors.Is(err, syscall.EINTR) {
			if err != nil {
				s.t.Fatal(err)
			}
			return status
		}
	}
}

func (s *session) signal(sig syscall.Signal) {
	s.t.Helper()
	if err := s.cmd.Process.Signal(sig); err != nil {
		s.t.Fatal(err)
	}
}

func (s *session) press(key string) {
	s.t.Helper()
	if _, err := s.tty.WriteString(key); err != nil {
		s.t.Fatal(err)
	}
}

const givenBack = "\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l"

func TestTheTerminalIsRestoredHoweverTheProgramEnds(t *testing.T) {
	for role, says := range map[string]string{"quit": "", "fail": "seeded failure", "panic": "seeded panic"} {
		t.Run(role, func(t *testing.T) {
			s := start(t, role)
			s.expect("\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h")
			s.expect("size 50x10.")
			if !s.raw() {
				t.Error("the terminal is not in raw mode while the program runs")
			}
			s.press("q")
			s.expect(givenBack)
			s.expect(says)
			if status := s.waitFor(); (status.ExitStatus() == 0) != (role == "quit") {
				t.Errorf("ended with status %d", status.ExitStatus())
			}
			if s.raw() {
				t.Error("the terminal is left in raw mode")
			}
			if before, _, ok := strings.Cut(s.written(), givenBack); !ok || CheckOutput([]byte(before)) != nil {
				t.Errorf("more than our own sequences: %v", CheckOutput([]byte(before)))
			}
		})
	}
}

func TestAResizeIsDeliveredAndDrawnAnew(t *testing.T) {
	s := start(t, "quit")
	s.expect("size 50x10.")
	if err := pty.Setsize(s.tty, &pty.Winsize{Cols: 61, Rows: 7}); err != nil {
		t.Fatal(err)
	}
	s.expect("\x1b[2J")
	s.expect("size 61x7.")
	s.press("q")
	s.expect(givenBack)
	s.waitFor()
}

func TestTheTerminalIsGivenBackWhileTheProgramIsStopped(t *testing.T) {
	s := start(t, "quit")
	s.expect("size 50x10.")
	s.signal(syscall.SIGTSTP)
	if status := s.waitFor(); !status.Stopped() {
		t.Fatalf("the program did not stop: %v", status)
	}
	s.expect(givenBack)
	if s.raw() {
		t.Error("the terminal is in raw mode while the program is stopped")
	}
	if err := pty.Setsize(s.tty, &pty.Winsize{Cols: 33, Rows: 5}); err != nil {
		t.Fatal(err)
	}
	s.signal(syscall.SIGCONT)
	s.expect("\x1b[?1049h")
	s.expect("size 33x5.")
	if !s.raw() {
		t.Error("the terminal is not in raw mode after the return")
	}
	s.press("q")
	s.expect(givenBack)
	s.waitFor()
	if s.raw() {
		t.Error("the terminal is left in raw mode")
	}
}

func TestWithoutATerminalThereIsNoScreen(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close()
	if _, err := OpenTerminal(r, w, TerminalOptions{}); err == nil || !strings.Contains(err.Error(), "not a terminal") {
		t.Errorf("got %v", err)
	}
}
