package tui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"wallboard/metrics"
	"wallboard/tui/screen"
	"wallboard/tui/tuitest"
)

// slowStream hands out a timeline when told to, and notes what it was asked.
type slowStream struct {
	floor, channel, session string
	asked                   int
	report                  func(read, total int64)
	ctx                     context.Context
	from                    *tuitest.Source
}

func (s *slowStream) Timeline(ctx context.Context, floor, channel, session string, report func(read, total int64)) (metrics.Timeline, error) {
	s.ctx, s.asked, s.floor, s.channel, s.session, s.report = ctx, s.asked+1, floor, channel, session, report
	report(50_000, 200_000)
	if err := ctx.Err(); err != nil {
		return metrics.Timeline{}, err
	}
	return s.from.Timeline(context.Background(), floor, channel, session, report)
}

// desk is a loop before a person: it runs what the loop asks for when told to.
type loopDesk struct {
	*robot
	m       *model
	waiting []tea.Cmd // asked for and not run
}

func loopAt(t *testing.T, timelines Timelines) *loopDesk {
	r := at(t, busy(), 120, 32)
	source := tuitest.NewSource(busy())
	now := tuitest.At()
	m := &model{viewer: r.v, source: source, sessions: source, timelines: timelines, clock: func() time.Time { now = now.Add(time.Second); return now },
		painter: &counted{}, ctx: t.Context}
	return &loopDesk{robot: r, m: m}
}

// does hands the loop a message and keeps what it asks for.
func (l *loopDesk) does(msgs ...tea.Msg) *loopDesk {
	for _, msg := range msgs {
		_, cmd := l.m.Update(msg)
		l.keep(cmd)
	}
	return l
}

func (l *loopDesk) keep(cmd tea.Cmd) {
	if cmd != nil {
		l.waiting = append(l.waiting, cmd)
	}
}

// lookups runs the commands that answer at once and leaves readings waiting.
func (l *loopDesk) answers() *loopDesk {
	run := l.waiting
	l.waiting = nil
	for _, cmd := range run {
		switch msg := cmd().(type) {
		case tea.BatchMsg:
			l.waiting = append(l.waiting, msg...)
			l.answers()
		case tickArrived, nil:
		default:
			l.does(msg)
		}
	}
	return l
}

func (l *loopDesk) shows(texts ...string) *loopDesk {
	l.t.Helper()
	g := drawnText(l.m.viewer)
	for _, text := range texts {
		if !strings.Contains(g, text) {
			l.t.Errorf("the screen does not show %q:\n%s", text, g)
		}
	}
	return l
}

func TestASessionIsReadInFullBesideTheLoop(t *testing.T) {
	stream := &slowStream{from: tuitest.NewSource(busy())}
	l := loopAt(t, stream)
	l.does(keyOf("8"), keyOf("tab"), keyOf("enter")).answers() // looks the session up, then reads it
	l.answers()
	l.shows("all steps", "episode 2", "16 steps · 2 episodes", "stored since", "assigned")
	if stream.asked != 1 || stream.channel == "" || stream.session == "" {
		t.Errorf("asked %d times for %q in %q", stream.asked, stream.session, stream.channel)
	}
	l.does(tickArrived{}).answers()
	if stream.asked != 1 {
		t.Error("what was read is read again")
	}
}

func TestEscapeStopsReadingBeforeItLeaves(t *testing.T) {
	stream := &slowStream{from: tuitest.NewSource(busy())}
	l := loopAt(t, stream)
	l.does(keyOf("8"), keyOf("tab"), keyOf("enter"))
	page := l.m.top().(storyPage)
	// The last steps are there, the reading is under way and has not answered.
	detail, found, err := tuitest.NewSource(busy()).Session(t.Context(), "", "s-000001")
	l.m.top().(asker).Answer(detail, found, err)
	l.waiting = nil
	l.does(tickArrived{})
	if l.m.reading == nil || !page.Reads() {
		t.Fatal("nothing is read")
	}
	l.m.reading.report(50_000, 200_000)
	l.does(tickArrived{}).shows("reading the stream", "25.0 %", "esc stops")
	read := l.m.reading
	l.does(keyOf("esc")).shows("stopped after 50,000 of 200,000", "tab reads again")
	if l.m.reading != nil {
		t.Error("the reading goes on")
	}
	l.does(timelineRead{reading: read, err: errors.New("too late")}).shows("stopped after")
	l.waiting = nil
	l.does(keyOf("tab"))
	if l.m.reading == nil {
		t.Error("tab does not read again")
	}
	l.does(keyOf("esc"), keyOf("esc")).shows("tab: next list")
}

func TestLeavingASessionEndsItsReading(t *testing.T) {
	stream := &slowStream{from: tuitest.NewSource(busy())}
	l := loopAt(t, stream)
	l.does(keyOf("8"), keyOf("tab"), keyOf("enter"))
	l.m.top().(asker).Answer(metrics.SessionDetail{}, false, nil)
	l.waiting = nil
	l.does(tickArrived{})
	if l.m.reading == nil {
		t.Fatal("nothing is read")
	}
	l.does(keyOf("2"))
	if l.m.reading != nil {
		t.Error("a page that is not on the screen goes on reading")
	}
	for _, cmd := range l.waiting {
		cmd()
	}
}

func TestWithoutAStreamASessionSaysThatThereIsNone(t *testing.T) {
	r := at(t, busy(), 120, 32)
	r.v.stored = false
	r.press("8", "tab", "enter").sees("last steps", "no stream here")
}

var _ Timelines = (*tuitest.Source)(nil)

// drawnText is what a viewer draws, as text.
func drawnText(v *viewer) string {
	g := screen.NewGrid(v.w, v.h)
	v.draw(g)
	return g.Text()
}

// notebook notes looks at people, or fails to.
type notebook struct {
	looks []Access
	fails error
}

func (n *notebook) Note(a Access) (string, error) {
	n.looks = append(n.looks, a)
	return "access.log", n.fails
}

func TestALookAtAPersonIsNotedOnceAndSeenOnThePageOfHealth(t *testing.T) {
	l, book := loopAt(t, nil), &notebook{}
	l.m.access = book
	l.m.withAccess(book)
	l.does(keyOf("3"), keyOf("enter"), tickArrived{}, tickArrived{}).answers()
	if len(book.looks) != 1 || book.looks[0].Agent == "" || book.looks[0].Floor != "hangzhou" || book.looks[0].At == 0 {
		t.Errorf("noted %+v", book.looks)
	}
	l.m.resize(160, 50)
	l.does(keyOf("9")).shows("access log                      1")
	book.fails = errors.New("disk full")
	l.does(keyOf("3"), keyOf("enter")).answers()
	l.does(keyOf("9")).shows("▲ looks lost", "disk full")
}

func TestWithoutALogThePageOfHealthSaysThatLooksAreNotKept(t *testing.T) {
	l := loopAt(t, nil)
	l.m.resize(160, 50)
	l.does(keyOf("3"), keyOf("enter"), keyOf("9")).shows("access log               not kept")
}
