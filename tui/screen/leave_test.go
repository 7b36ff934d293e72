//go:build linux

package screen

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// pair returns a terminal and the other end of its line.
func pair(t *testing.T) (term *Terminal, other, line *os.File) {
	t.Helper()
	other, line, err := pty.Open()
	if err != nil {
		t.Skipf("no pseudo terminal here: %v", err)
	}
	t.Cleanup(func() { _, _ = other.Close(), line.Close() })
	term, err = OpenTerminal(line, line, TerminalOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return term, other, line
}

func TestFramesOutsideTheProgramsTimeGoNowhere(t *testing.T) {
	term, other, line := pair(t)
	write := func(w interface{ Write([]byte) (int, error) }, s string) {
		t.Helper()
		if n, err := w.Write([]byte(s)); err != nil || n != len(s) {
			t.Fatalf("wrote %d of %q: %v", n, s, err)
		}
	}
	write(term, "before")
	if err := term.Enter(); err != nil {
		t.Fatal(err)
	}
	write(term, "during")
	for range 2 { // leaving twice is harmless
		if err := term.Leave(); err != nil {
			t.Fatal(err)
		}
	}
	write(term, "after")
	write(line, "END")
	var got bytes.Buffer
	buf := make([]byte, 1024)
	for !strings.Contains(got.String(), "END") {
		n, err := other.Read(buf)
		if err != nil {
			t.Fatal(err)
		}
		got.Write(buf[:n])
	}
	o := TerminalOptions{}
	if want := string(o.enter()) + "during" + string(o.leave()) + "END"; got.String() != want {
		t.Errorf("got %q, want %q", got.String(), want)
	}
}

func TestAStalledTerminalIsStillTakenOutOfRawMode(t *testing.T) {
	term, other, line := pair(t)
	if err := term.Enter(); err != nil {
		t.Fatal(err)
	}
	fill(t, int(line.Fd()))
	if err := term.Leave(); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	modes, err := unix.IoctlGetTermios(int(line.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	if modes.Lflag&unix.ICANON == 0 {
		t.Error("the terminal is left in raw mode")
	}
	if err := other.Close(); err != nil { // and with it ends the write that hangs
		t.Error(err)
	}
}

// roomWithin is how long, in ms, a full line may take to have room again.
const roomWithin = 200

// fill writes to a line that nobody reads until it takes no more. The kernel
// carries on what it took by and by, and then has room again: full is what stays
// without room.
func fill(t *testing.T, fd int) {
	t.Helper()
	if err := unix.SetNonblock(fd, true); err != nil {
		t.Fatal(err)
	}
	for room := 1; room > 0; {
		for _, n := range [...]int{4096, 1} { // to the last byte
			var err error
			for err == nil {
				_, err = unix.Write(fd, make([]byte, n))
			}
			if !errors.Is(err, unix.EAGAIN) {
				t.Fatal(err)
			}
		}
		var err error
		room, err = unix.Poll([]unix.PollFd{{Fd: int32(fd), Events: unix.POLLOUT}}, roomWithin)
		if err != nil && !errors.Is(err, unix.EINTR) {
			t.Fatal(err)
		}
		if err != nil {
			room = 1
		}
	}
	if err := unix.SetNonblock(fd, false); err != nil {
		t.Fatal(err)
	}
}
