//go:build unix

package main

import (
	"context"
	"errors"
	"os"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/term"

	"wallboard/feed/embed"
	"wallboard/feed/live"
	"wallboard/feed/natsfeed"
	"wallboard/metrics"
	"wallboard/tui/keys"
)

// wholeDemo skips a test that reads a demo's whole day: under the race detector,
// which is when tests are short, that takes minutes.
func wholeDemo(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("a demo's whole day takes minutes under the race detector")
	}
}

// TestADemoFromItsFirstFrameToItsLast is one long sitting, because loading the
// day so far is what costs: the parts follow one another on the same board.
func TestADemoFromItsFirstFrameToItsLast(t *testing.T) {
	wholeDemo(t)
	began := time.Now()
	s := start(t, 120, 32, nil, "demo", "--as", "lin")
	if first := s.when("anything", func(frame string) bool { return frame != "" }); !strings.Contains(first, "CATCHING UP") {
		t.Errorf("the first frame does not say that history is still coming:\n%s", first)
	}
	s.shows("● live", "day shifted", "refund")
	s.sound()
	t.Run("every key does what the help says", func(t *testing.T) { pressEveryKey(t, s) })
	t.Run("every size is filled", func(t *testing.T) { tryEverySize(t, s) })
	t.Run("a breach is taken, silenced and heard again", func(t *testing.T) { decideAboutABreach(s, began) })
	s.types("q")
	s.ends(exitFine)
}

// pressed is a key and what is then on the screen.
type pressed struct {
	key   string
	then  []string // is there
	never []string // is not
}

// pages tells the pages apart by what only they show.
var pages = map[keys.Action]string{keys.PageWall: "╭ oldest wait", keys.PageQueues: "live%", keys.PageAgents: "situation", keys.PageBreaches: "over, the newest first", keys.PageHealth: "rejected last"}

func pressEveryKey(t *testing.T, s *terminal) {
	tried := map[string]bool{}
	press := func(steps ...pressed) {
		t.Helper()
		for _, step := range steps {
			tried[step.key] = true
			s.types(sequence(step.key))
			s.shows(step.then...)
			s.misses(step.never...)
			s.sound()
		}
	}
	press(
		pressed{key: "2", then: []string{pages[keys.PageQueues]}},
		pressed{key: "3", then: []string{pages[keys.PageAgents]}},
		pressed{key: "4", then: []string{pages[keys.PageBreaches], "shared with every board"}},
		pressed{key: "5", then: []string{"indicators against their targets", "who makes the gap"}},
		pressed{key: "6", then: []string{"first response p90, channels by hour"}},
		pressed{key: "m", never: []string{"first response p90, channels"}},
		pressed{key: "v", then: []string{"queues by hour"}},
		pressed{key: "7", then: []string{"people by queue and channel"}},
		pressed{key: "8", then: []string{"lists", "unanswered"}},
		pressed{key: "9", then: []string{pages[keys.PageHealth]}},
		pressed{key: "1", then: []string{pages[keys.PageWall], "today"}},
		pressed{key: "w", then: []string{"60 min "}, never: []string{" today "}},
		pressed{key: "b", then: []string{"█████"}, never: []string{"▀▀▀"}}, // five rows, then the whole screen
		pressed{key: "b", then: []string{"█████████"}, never: []string{"queue length"}},
		pressed{key: "b", then: []string{"queue length"}, never: []string{"▀▀▀"}},
		pressed{key: "b", then: []string{"▀▀▀"}},
		pressed{key: "r"}, // it moves on, or waits where something is critical
		pressed{key: "r", never: []string{"next in ", "rotation waits"}},
		pressed{key: "?", then: []string{"paint the screen again"}},
		pressed{key: "esc", never: []string{"paint the screen again"}},
		pressed{key: " ", then: []string{"HELD"}}, // the rows stand still from here on
		pressed{key: "2", then: []string{pages[keys.PageQueues]}},
	)
	moveAbout(s, press)
	press(
		pressed{key: "e", then: []string{"formula", "esc closes"}},
		pressed{key: "esc", never: []string{"formula"}},
		pressed{key: "s", then: []string{"↓"}},
		pressed{key: "S"},
		pressed{key: "/", then: []string{"type to filter"}},
	)
	s.types("refund")
	s.misses("aftersale")
	press(
		pressed{key: "enter", then: []string{"refund", "? keys"}},
		pressed{key: "esc", then: []string{"aftersale"}},
		pressed{key: "f", then: []string{"enter chooses"}},
		pressed{key: "esc", never: []string{"enter chooses"}},
		pressed{key: "x", then: []string{"esc close", "wallboard-"}},
		pressed{key: "esc", never: []string{"esc close"}},
		pressed{key: ":"},
	)
	s.types("page health\r")
	s.shows(pages[keys.PageHealth])
	press(
		pressed{key: " ", never: []string{"HELD"}},
		pressed{key: "1", then: []string{pages[keys.PageWall]}},
	)
	tried["a"], tried["z"], tried["Z"] = true, true, true // below, where there is a breach
	tried["t"], tried["ctrl+l"] = true, true
	changesColours(s)
	_, mark := s.sent(0)
	s.types(sequence("ctrl+l"))
	s.when("the whole screen painted again", func(string) bool {
		since, _ := s.sent(mark)
		return strings.Contains(since, "\x1b[2J")
	})
	s.sound()
	for _, b := range keys.New().All() {
		for _, k := range b.Keys() {
			if !tried[k] && b.Binding.Enabled() && b.Action != keys.Quit && b.Action != keys.Interrupt {
				t.Errorf("key %q was not tried", k)
			}
		}
	}
}

// row matches a queue in the table, at the left edge of a framed list.
var row = regexp.MustCompile(`│[●▲■◌✕] (\S+) +(\S+) `)

// moveAbout presses every key that moves, on a held page of queues: enter shows
// where the selection went.
func moveAbout(s *terminal, press func(...pressed)) {
	frame := s.shown()
	var places []string
	first := "" // the first row without its level, which may change meanwhile
	for _, match := range row.FindAllStringSubmatch(frame, -1) {
		if first == "" {
			first = strings.TrimLeft(match[0], "│●▲■◌✕")
		}
		places = append(places, match[1]+"/"+match[2])
	}
	if len(places) < 5 {
		s.t.Fatalf("%d queues in the table:\n%s", len(places), frame)
	}
	selected := func(place string) {
		s.t.Helper()
		press(pressed{key: "enter", then: []string{"› " + place}}, pressed{key: "esc", then: []string{pages[keys.PageQueues]}, never: []string{"› "}})
	}
	press(pressed{key: "down"}, pressed{key: "j"})
	selected(places[2])
	press(pressed{key: "up"})
	selected(places[1])
	press(pressed{key: "k"})
	selected(places[0])
	for _, last := range []string{"G", "end"} {
		press(pressed{key: last, never: []string{first}}) // the first row has moved out of sight
		press(pressed{key: map[string]string{"G": "g", "end": "home"}[last], then: []string{first}})
		selected(places[0])
	}
	for _, page := range [][2]string{{"pgdown", "pgup"}, {"ctrl+d", "ctrl+u"}} {
		press(pressed{key: page[0]}, pressed{key: page[1]})
		selected(places[0])
	}
	// The column at the cursor is the one that is explained.
	explained := func() string {
		s.t.Helper()
		press(pressed{key: "e", then: []string{"formula"}})
		formula := regexp.MustCompile(`formula .*`).FindString(s.shown())
		press(pressed{key: "esc", never: []string{"formula"}})
		return formula
	}
	for _, way := range [][2]string{{"right", "left"}, {"l", "h"}} {
		before := explained()
		press(pressed{key: way[0]}, pressed{key: way[0]}, pressed{key: way[0]})
		if after := explained(); after == before {
			s.t.Errorf("%q moves to no other column: %s", way[0], after)
		}
		press(pressed{key: way[1]}, pressed{key: way[1]}, pressed{key: way[1]})
		if back := explained(); back != before {
			s.t.Errorf("%q does not lead back: %s, before %s", way[1], back, before)
		}
	}
	press(pressed{key: "tab"}, pressed{key: "shift+tab"})
	selected(places[0])
}

// changesColours presses t through the themes, one of which has no colours of
// its own: a colour comes that was never there.
func changesColours(s *terminal) {
	colour := regexp.MustCompile(`[34]8;[25];[0-9;]*`)
	before, mark := s.sent(0)
	known := colour.FindAllString(before, -1)
	s.types("tt")
	s.when("another theme's colours", func(string) bool {
		since, _ := s.sent(mark)
		return slices.ContainsFunc(colour.FindAllString(since, -1), func(c string) bool { return !slices.Contains(known, c) })
	})
	s.shows("enter: keep")
	s.types(sequence("esc"))
	s.misses("enter: keep")
	s.sound()
}

// sequence returns what a terminal sends for a key.
func sequence(key string) string {
	if special, ok := map[string]string{
		"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F", "pgup": "\x1b[5~", "pgdown": "\x1b[6~",
		"tab": "\t", "shift+tab": "\x1b[Z", "enter": "\r", "esc": "\x1b", "ctrl+l": "\x0c", "ctrl+u": "\x15", "ctrl+d": "\x04",
	}[key]; ok {
		return special
	}
	return key
}

func tryEverySize(t *testing.T, s *terminal) {
	for _, c := range []struct {
		name  string
		w, h  int
		shows []string
	}{
		{"a large wall", 200, 60, []string{"╭ oldest wait", "╭ teams", "? keys"}},
		{"the smallest whole page", 80, 24, []string{"oldest wait", "refund", "? keys"}},
		{"a few rows", 20, 5, []string{"oldest wait"}},
		{"one line", 100, 1, []string{"wait", "SL"}},
		{"one cell", 1, 1, nil},
		{"back again", 120, 32, []string{"╭ oldest wait", "╭ people", "? keys"}},
	} {
		s.resize(c.w, c.h)
		frame := s.shows(c.shows...)
		s.sound()
		if rows := strings.Count(frame, "\n") + 1; rows != c.h {
			t.Errorf("%s: %d rows of %d", c.name, rows, c.h)
		}
	}
}

func TestADemoThatLosesItsServerComesBackByItself(t *testing.T) {
	wholeDemo(t)
	s := start(t, 120, 32, nil, "demo", "--outage", "3s@2s", "--page", "health")
	s.showed("NO LINK")
	s.shows("● live")
	s.sound()
	s.types("q")
	s.ends(exitFine)
}

// stream starts a server with an empty stream.
func stream(t *testing.T) string {
	t.Helper()
	floor := natsfeed.FloorStream(natsfeed.DefaultStream)
	server, err := embed.Start(embed.Options{Storage: embed.Memory, Stream: &floor})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Shutdown)
	return server.ClientURL()
}

func TestABoardGivesTheTerminalBackHoweverItEnds(t *testing.T) {
	server := stream(t)
	for name, end := range map[string]func(*terminal){
		"q":       func(s *terminal) { s.types("q") },
		"ctrl+c":  func(s *terminal) { s.types("\x03") },
		"SIGTERM": func(s *terminal) { _ = s.cmd.Process.Signal(syscall.SIGTERM) },
		"SIGINT":  func(s *terminal) { _ = s.cmd.Process.Signal(os.Interrupt) },
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, 80, 24, nil, "watch", "--server", server)
			s.shows("waiting for the first event")
			end(s)
			s.ends(exitFine)
			s.sound()
		})
	}
}

func TestAHangUpEndsABoardOnlyWithItsTerminal(t *testing.T) {
	s := start(t, 80, 24, nil, "watch", "--server", stream(t))
	s.shows("waiting for the first event")
	if err := s.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	s.types("9")
	s.shows("connection", "connected") // still there and listening
	_, _ = s.far.Close(), s.tty.Close()
	select {
	case <-s.ended:
	case <-time.After(patience):
		t.Fatal("the board goes on without a terminal")
	}
}

func TestABoardWaitsForAServerThatIsNotThere(t *testing.T) {
	s := start(t, 120, 32, nil, "watch", "--server", "nats://nobody:secret@127.0.0.1:1")
	frame := s.shows("NO LINK", "connection refused")
	if strings.Contains(frame, "secret") {
		t.Errorf("the password is on the screen:\n%s", frame)
	}
	s.types("q")
	s.ends(exitFine)
}

// broken is a feed whose state can be read only once: a fault of the program.
type broken struct {
	live.Source
	read int
}

func (b *broken) Status() natsfeed.Status {
	if b.read++; b.read > 1 {
		panic("seeded fault")
	}
	return b.Source.Status()
}

func TestAnEngineThatFailsGivesTheTerminalBack(t *testing.T) {
	far, tty, err := pty.Open()
	if err != nil {
		t.Skipf("no terminal to be had here: %v", err)
	}
	// Only the far end is closed: a reader of the keys may outlive a program that
	// was cut off, and ends with it.
	defer func() { _ = far.Close() }()
	before, err := term.GetState(int(tty.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	shown := make(chan string, 1)
	go func() { // ends with the terminal
		var all strings.Builder
		buf := make([]byte, 4096)
		for !strings.Contains(all.String(), "\x1b[?1049l") {
			n, err := far.Read(buf)
			all.Write(buf[:n])
			if err != nil {
				break
			}
		}
		shown <- all.String()
	}()
	conn, err := natsfeed.Connect(natsfeed.Options{Server: stream(t), Getenv: func(string) string { return "" }})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	p := &program{stdin: tty, stdout: tty, stderr: tty, getenv: func(string) string { return "" }}
	if err := p.readConfig(); err != nil {
		t.Fatal(err)
	}
	err = p.show(context.Background(), &looks{page: "wall", window: "today"}, showing{
		conn: conn, stream: natsfeed.DefaultStream, clock: metrics.ClockWall,
		stage: func(feed live.Source) live.Source { return &broken{Source: feed} },
	})
	if err == nil || errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "seeded fault") {
		t.Errorf("the board ended with %v", err)
	}
	if all := <-shown; !strings.Contains(all, "\x1b[?25h") {
		t.Errorf("the cursor stays hidden: %q", all)
	}
	after, err := term.GetState(int(tty.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	if *after != *before {
		t.Error("the terminal's modes are not as they were before")
	}
}
