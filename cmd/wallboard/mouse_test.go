//go:build unix

package main

import (
	"fmt"
	"strings"
	"syscall"
	"testing"

	"wallboard/tui/text"
)

// click presses and releases the left button on a text, as terminals say it.
func (s *terminal) click(what string) {
	s.t.Helper()
	for y, row := range strings.Split(s.shows(what), "\n") {
		if before, _, found := strings.Cut(row, what); found {
			x := text.Width(before)
			s.types(fmt.Sprintf("\x1b[<0;%d;%dM\x1b[<0;%d;%dm", x+1, y+1, x+1, y+1))
			return
		}
	}
	s.t.Fatalf("there is no %q to click", what)
}

func TestTheMouseIsTakenOnlyWhenAskedForAndGivenBack(t *testing.T) {
	server := stream(t)
	for name, end := range map[string]func(*terminal){
		"q":       func(s *terminal) { s.types("q") },
		"SIGTERM": func(s *terminal) { _ = s.cmd.Process.Signal(syscall.SIGTERM) },
	} {
		t.Run(name, func(t *testing.T) {
			// Wide enough that the release far to the right needs more than the
			// one byte of the old reports.
			s := start(t, 300, 24, nil, "watch", "--server", server, "--mouse")
			s.click("9 health")
			s.shows("stream", "engine")
			end(s)
			s.ends(exitFine)
			s.restored()
			if sent, _ := s.sent(0); !strings.Contains(sent, "\x1b[?1000h\x1b[?1006h") || strings.Count(sent, "\x1b[?1000l") != 1 {
				t.Error("the mouse was not asked for once and given back once")
			}
		})
	}
	s := start(t, 80, 24, nil, "watch", "--server", server)
	s.shows("waiting for the first event")
	s.types("q")
	s.ends(exitFine)
	if sent, _ := s.sent(0); strings.Contains(sent, "?1000") || strings.Contains(sent, "?1006") {
		t.Error("the mouse was touched without being asked for")
	}
}
