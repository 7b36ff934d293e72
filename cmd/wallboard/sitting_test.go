//go:build linux

package main

import (
	"fmt"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// sitDown replays the first of a simulated day to its end: from there on nothing
// moves but what is asked for.
func sitDown(t *testing.T, w, h int, args ...string) *terminal {
	t.Helper()
	file := simulated(t, 20*time.Minute)
	s := start(t, w, h, []string{"COLORTERM=truecolor"}, append([]string{"replay", file, "--speed", "max", "--page", "queues"}, args...)...)
	s.shows("REPLAY", "refund")
	return s
}

func TestASittingFromTheFirstKeyToTheLast(t *testing.T) {
	s := sitDown(t, 120, 32)
	s.presses("down", "up", "enter").shows("› ")
	s.presses("esc").misses("› ")
	s.presses("/").shows("type to filter")
	s.types("refund")
	s.presses("enter").misses("aftersale", "type to filter")
	s.presses("esc").shows("aftersale")
	s.presses("3").shows("situation")
	s.presses("enter").shows("› ")
	s.presses("esc").misses("› ")
	s.presses("?").shows("paint the screen again")
	s.presses("esc").misses("paint the screen again")
	s.presses("1").shows("╭ oldest wait")
	s.sound()
	changesColours(s)
	s.presses("3").shows("situation")
	s.presses("2").misses("situation")
	s.paintedAgainIsTheSame()
	s.types("q")
	s.ends(exitFine)
}

func TestNoSizeLeavesAnythingOfAnother(t *testing.T) {
	s := sitDown(t, 80, 24)
	for _, size := range [][2]int{{200, 60}, {60, 18}, {220, 70}, {40, 10}, {20, 5}, {19, 4}, {100, 1}, {1, 1}, {81, 25}, {80, 24}} {
		s.resize(size[0], size[1])
		s.sound()
	}
	s.shows("refund")
	for _, page := range [][2]string{{"1", "╭ oldest wait"}, {"3", "situation"}, {"5", "indicators against"}, {"6", "by hour"}, {"8", "lists"}, {"2", "live%"}} {
		s.resize(150, 50)
		s.presses(page[0]).shows(page[1])
		s.resize(80, 24)
		s.paintedAgainIsTheSame()
	}
	s.types("q")
	s.ends(exitFine)
}

func TestAStoppedBoardGivesTheTerminalBackAndTakesItAgain(t *testing.T) {
	s := sitDown(t, 80, 24)
	for range 2 {
		_ = s.cmd.Process.Signal(syscall.SIGTSTP)
		s.stops()
		s.restored()
		s.sized(90, 26) // and the shell wrote all over it
		_ = s.cmd.Process.Signal(syscall.SIGCONT)
		s.settles()
		s.shows("REPLAY", "refund")
		s.sound()
		s.resize(80, 24)
	}
	s.presses("3").shows("situation")
	s.types("q")
	s.ends(exitFine)
}

func TestAPlainBoardIsRightOnATerminalThatKnowsLittle(t *testing.T) {
	for name, end := range map[string]func(*terminal){
		"q":       func(s *terminal) { s.types("q") },
		"SIGTERM": func(s *terminal) { _ = s.cmd.Process.Signal(syscall.SIGTERM) },
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, 100, 30, []string{"COLORTERM=truecolor"}, "watch", "--server", stream(t), "--render", "plain", "--mouse")
			s.mu.Lock()
			s.screen.plain = true
			s.mu.Unlock()
			s.shows("waiting for the first event")
			s.presses("9").shows("engine")
			s.resize(70, 20)
			s.presses("1").shows("waiting for the first event")
			s.sound()
			_, mark := s.sent(0)
			s.presses("ctrl+l")
			s.when("the whole screen painted again", func(string) bool {
				since, _ := s.sent(mark)
				return strings.Contains(since, "\x1b[2J")
			})
			end(s)
			s.ends(exitFine)
			sent, _ := s.sent(0)
			for what, sequence := range map[string]string{"synchronized output": "?2026", "the alternate screen": "?1049", "the mouse": "?1000", "pasting": "?2004", "a title": "\x1b]2;", "24 bits": "8;2;"} {
				if strings.Contains(sent, sequence) {
					t.Errorf("it was asked for %s", what)
				}
			}
		})
	}
}

// presses types keys by their names. What comes right behind esc would be one
// key with it: look at the screen in between.
func (s *terminal) presses(names ...string) *terminal {
	s.t.Helper()
	for _, key := range names {
		s.types(sequence(key))
	}
	return s
}

// paintedAgainIsTheSame fails if the screen, painted anew from nothing, differs
// from what many updates have left there. Nothing else may change meanwhile.
func (s *terminal) paintedAgainIsTheSame() {
	s.t.Helper()
	drawn := func() int {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.screen.frames
	}
	frames := drawn()
	s.types(sequence("ctrl+l"))
	s.when("the whole screen painted again", func(string) bool { return drawn() > frames && s.between() })
	s.mu.Lock()
	defer s.mu.Unlock()
	for y, row := range s.screen.cells {
		if !slices.EqualFunc(row, s.screen.before[y], func(a, b cell) bool { return a.visible() == b.visible() }) {
			s.t.Errorf("row %d is painted as\n%s\nand was\n%s", y, textOf(row), textOf(s.screen.before[y]))
		}
	}
}

// between says that no update is on its way.
func (s *terminal) between() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !s.screen.modes["?2026"]
}

// visible returns what people can see of a cell: of a blank only its background,
// unless a line or reverse video shows its foreground.
func (c cell) visible() cell {
	if c.text == " " && !c.look.reverse && !c.look.underline {
		c.look = look{bg: c.look.bg}
	}
	return c
}

func textOf(row []cell) string {
	var b strings.Builder
	for _, c := range row {
		b.WriteString(c.text)
	}
	return fmt.Sprintf("%q", b.String())
}

// stops waits until the program has been stopped.
func (s *terminal) stops() {
	s.t.Helper()
	if err := unix.Waitid(unix.P_PID, s.cmd.Process.Pid, nil, unix.WSTOPPED|unix.WNOWAIT, nil); err != nil {
		s.t.Fatal(err)
	}
}
