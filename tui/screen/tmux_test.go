//go:build unix

package screen

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// tmux is a real terminal multiplexer, with a server of its own.
type tmux struct {
	t      *testing.T
	socket string
	pipe   *os.File // what is written here is written in the pane
	w, h   int
	frames int
	plain  bool
}

// openTmux starts a pane; the test is skipped where there is no tmux.
func openTmux(t *testing.T) *tmux {
	t.Helper()
	if _, err := exec.LookPath("tmux"); err != nil {
		t.Skip("no tmux here")
	}
	dir, err := os.MkdirTemp("", "wb") // short: the path of a socket may not be long
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	m := &tmux{t: t, socket: filepath.Join(dir, "s")}
	fifo := filepath.Join(dir, "in")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Skipf("no named pipe here: %v", err)
	}
	if m.pipe, err = os.OpenFile(fifo, os.O_RDWR, 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = m.pipe.Close() })
	m.w, m.h = 80, 24
	m.run("-f", "/dev/null", "-u", "new-session", "-d", "-x", "80", "-y", "24", "stty raw -echo; exec cat "+fifo)
	t.Cleanup(func() { _ = m.command("kill-server").Run() })
	m.run("set-option", "-g", "status", "off")
	m.run("set-option", "-g", "window-size", "manual")
	return m
}

func (m *tmux) command(args ...string) *exec.Cmd {
	c := exec.Command("tmux", append([]string{"-S", m.socket}, args...)...)
	c.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.TempDir(), "LC_ALL=C.UTF-8", "TERM=xterm-256color", "SHELL=/bin/sh"}
	return c
}

func (m *tmux) run(args ...string) string {
	m.t.Helper()
	out, err := m.command(args...).CombinedOutput()
	if err != nil {
		m.t.Fatalf("tmux %s: %v: %s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// resize gives the pane another size; what is in it may be anywhere after that.
func (m *tmux) resize(w, h int) {
	if w != m.w || h != m.h {
		m.run("resize-window", "-x", fmt.Sprint(w), "-y", fmt.Sprint(h))
		m.w, m.h = w, h
	}
}

// feed writes in the pane and waits until all of it has been obeyed: a title
// comes last.
func (m *tmux) feed(b []byte) error {
	m.frames++
	title := fmt.Sprintf("frame %d", m.frames)
	if _, err := m.pipe.Write(append(b[:len(b):len(b)], titlePrefix+title+titleEnd...)); err != nil {
		return err
	}
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); {
		if strings.TrimSpace(m.run("display-message", "-p", "#{pane_title}")) == title {
			return nil
		}
	}
	return fmt.Errorf("tmux never came to the end of %q", b)
}

func (m *tmux) compare(g *Grid, p Profile) error {
	shown := NewGrid(g.w, g.h)
	shown.Canvas().DrawANSI(0, 0, m.run("capture-pane", "-p", "-e", "-N"))
	for y := range g.h {
		for x := range g.w {
			if m.plain && y == g.h-1 && x >= g.w-2 && (x == g.w-1 || g.cells[y*g.w+x].width == 2) {
				continue // stays blank
			}
			text, style := g.At(x, y)
			if doubted(text) {
				break // the rest of the row may stand elsewhere in what is captured
			}
			seenText, seenStyle := shown.At(x, y)
			if y == g.h-1 && x == g.w-1 {
				text, seenText = base(text), base(seenText)
			}
			if got, want := seen(modelCell{seenText, seenStyle}), seen(modelCell{text, style.In(p)}); got != want {
				return fmt.Errorf("cell %d, %d shows %+v, want %+v", x, y, got, want)
			}
		}
	}
	return nil
}

func TestARealTmuxShowsTheSame(t *testing.T) {
	if testing.Short() {
		t.Skip("thousands of small processes")
	}
	m := openTmux(t)
	r := rand.New(rand.NewPCG(61, 62))
	for round := range 12 {
		// What is erased in colour is not in what tmux captures, so blanks are written.
		enc := Encoder{Profile: Profile(round % 4), Render: Render(round / 4 % 2)}
		m.plain = enc.Render == RenderPlain
		if err := m.feed(TerminalOptions{Render: enc.Render}.enter()); err != nil {
			t.Fatal(err)
		}
		v := &viewing{enc: enc, open: func(w, h int, _ Encoder) witness { m.resize(w, h); return m }}
		for frame := range 6 {
			next := after(r, v.prev, 100, 40)
			if err := v.show(next); err != nil {
				t.Fatalf("round %d frame %d %dx%d %+v: %v\n%s", round, frame, next.w, next.h, enc, err, m.run("capture-pane", "-p"))
			}
		}
		if err := m.feed(TerminalOptions{Render: enc.Render}.leave()); err != nil {
			t.Fatal(err)
		}
	}
}
