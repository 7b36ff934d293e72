package notify

import (
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"wallboard/feed/embed"
	"wallboard/feed/natsfeed"
	"wallboard/feed/share"
	"wallboard/metrics"
	"wallboard/metrics/ack"
)

// patience bounds every wait of these tests; reaching it is a failure.
const patience = 20 * time.Second

// wall is one board on a real server: everything but its engine and screen.
type wall struct {
	conn     *natsfeed.Conn
	desk     *ack.Desk
	share    *share.Share
	notifier *Notifier
	at       *atomic.Int64 // the engine's clock, of all boards
	ahead    atomic.Int64  // of the real clock, ns
	skew     int64         // how much later this board sees a breach begin, ms
	stop     func()
}

type hall struct {
	t        *testing.T
	server   *embed.Server
	ear      *ear
	at       atomic.Int64
	breaches atomic.Pointer[[]metrics.Breach]
}

func openHall(t *testing.T, storage embed.Storage) *hall {
	t.Helper()
	server, err := embed.Start(embed.Options{Storage: storage})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Shutdown)
	h := &hall{t: t, server: server, ear: &ear{name: "ops"}}
	h.at.Store(time.Now().UnixMilli())
	h.breaches.Store(&[]metrics.Breach{})
	return h
}

func (h *hall) board(sink Sink, skew time.Duration) *wall {
	h.t.Helper()
	conn, err := natsfeed.Connect(natsfeed.Options{Server: h.server.ClientURL(), ReconnectWait: 20 * time.Millisecond})
	if err != nil {
		h.t.Fatal(err)
	}
	w := &wall{conn: conn, desk: ack.NewDesk(), at: &h.at, skew: skew.Milliseconds()}
	now := func() time.Time { return time.Now().Add(time.Duration(w.ahead.Load())) }
	if w.share, err = share.Start(share.Options{Conn: conn, Desk: w.desk, LookEvery: 50 * time.Millisecond, RequestWithin: 2 * time.Second}); err != nil {
		h.t.Fatal(err)
	}
	if w.notifier, err = Start(Options{Desk: w.desk, Claims: w.share, Ways: []Way{{Sink: sink}}, Now: now, Gather: 30 * time.Millisecond}); err != nil {
		h.t.Fatal(err)
	}
	done, ended := make(chan struct{}), make(chan struct{})
	go func() { // the engine: a snapshot every few milliseconds, until stopped
		defer close(ended)
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
			}
			s := &metrics.Snapshot{At: h.at.Load()}
			for _, b := range *h.breaches.Load() {
				b.FiringSince += w.skew
				s.Breaches = append(s.Breaches, b)
			}
			w.desk.Mark(s)
			w.notifier.Observe(s)
		}
	}()
	stopped := false
	w.stop = func() {
		if stopped {
			return
		}
		stopped = true
		close(done)
		<-ended
		w.notifier.Close()
		w.share.Close()
		w.conn.Close()
	}
	h.t.Cleanup(w.stop)
	return w
}

func (h *hall) shows(breaches ...metrics.Breach) { h.breaches.Store(&breaches) }

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	poll := time.NewTicker(2 * time.Millisecond)
	defer poll.Stop()
	for !holds() {
		select {
		case <-poll.C:
		case <-deadline.C:
			t.Fatalf("never: %s", what)
		}
	}
}

// settles waits until every board knows that the notice has been told, so that
// one too many would have been heard.
func (h *hall) settles(n share.Notice, boards ...*wall) {
	h.t.Helper()
	for _, w := range boards {
		eventually(h.t, "confirmed "+n.Key(), func() bool {
			c, err := w.share.Look(h.t.Context(), n)
			return err == nil && c.Confirmed
		})
	}
	const looks = 60 // of every notifier: it looks at each snapshot
	for _, w := range boards {
		for range looks {
			w.notifier.Observe(&metrics.Snapshot{At: h.at.Load(), Breaches: w.marked(*h.breaches.Load())})
			runtime.Gosched()
		}
	}
}

func (w *wall) marked(breaches []metrics.Breach) []metrics.Breach {
	s := &metrics.Snapshot{At: w.at.Load()}
	for _, b := range breaches {
		b.FiringSince += w.skew
		s.Breaches = append(s.Breaches, b)
	}
	w.desk.Mark(s)
	return s.Breaches
}

func (h *hall) notice(w *wall, b metrics.Breach, state State) share.Notice {
	r, _ := w.desk.Get(ack.IDOf(&b))
	return share.Notice{ID: ack.IDOf(&b), Start: r.First, State: string(state)}
}

func TestThreeBoardsTellOnceThroughRestartsOfAnyAndOfTheServer(t *testing.T) {
	h := openHall(t, embed.File)
	boards := []*wall{h.board(h.ear, 0), h.board(h.ear, 5*time.Second), h.board(h.ear, 10*time.Second)}
	b := queueBreach("presale", metrics.LevelWarn)
	h.shows(b)
	eventually(t, "told", func() bool { return len(h.ear.all()) == 1 })
	h.settles(h.notice(boards[0], b, Firing), boards...)
	expect(t, h.ear, "firing warn presale")

	for i := range boards { // each is killed and started anew, seeing it begin later than before
		boards[i].stop()
		boards[i] = h.board(h.ear, time.Duration(20+i)*time.Second)
		eventually(t, "shared", func() bool { return boards[i].share.View().Shared })
		h.settles(h.notice(boards[i], b, Firing), boards[i])
	}
	expect(t, h.ear, "firing warn presale")

	h.server.Stop()
	eventually(t, "noticed", func() bool { return boards[0].share.View().Why == ack.WhyNoLink })
	if err := h.server.Start(); err != nil {
		t.Fatal(err)
	}
	for _, w := range boards {
		eventually(t, "shared again", func() bool { return w.share.View().Shared })
	}
	b.Level = metrics.LevelCritical
	h.shows(b)
	eventually(t, "told of the escalation", func() bool { return len(h.ear.all()) == 2 })
	h.settles(h.notice(boards[1], b, Escalated), boards...)
	expect(t, h.ear, "firing warn presale", "escalated critical presale")

	h.shows()
	eventually(t, "ended", func() bool { r, _ := boards[0].desk.Get(ack.IDOf(&b)); return r.Ended != 0 })
	boards[0].stop() // whoever told of it need not be there when it is over
	h.at.Add((6 * time.Minute).Milliseconds())
	eventually(t, "told of the end", func() bool { return len(h.ear.all()) == 3 })
	h.settles(h.notice(boards[1], b, Resolved), boards[1:]...)
	expect(t, h.ear, "firing warn presale", "escalated critical presale", "resolved critical presale")

	late := h.board(h.ear, 0)
	eventually(t, "shared", func() bool { return late.share.View().Shared })
	h.settles(h.notice(boards[1], b, Resolved), late)
	if n := len(h.ear.all()); n != 3 {
		t.Errorf("a board started later told again: %q", h.ear.all())
	}
}

func TestABoardThatFallsSilentIsTakenOver(t *testing.T) {
	h := openHall(t, embed.Memory)
	stuck := &ear{name: "ops", hold: time.Hour}
	first := h.board(stuck, 0)
	b := queueBreach("presale", metrics.LevelWarn)
	h.shows(b)
	eventually(t, "claimed", func() bool { stuck.mu.Lock(); defer stuck.mu.Unlock(); return stuck.tries == 1 })
	second := h.board(h.ear, 0)
	eventually(t, "shared", func() bool { return second.share.View().Shared })
	first.stop()
	for range 200 { // it sees the claim and waits
		second.notifier.Observe(&metrics.Snapshot{At: h.at.Load(), Breaches: second.marked(*h.breaches.Load())})
		runtime.Gosched()
	}
	expect(t, h.ear)
	eventually(t, "taken over after a minute of silence", func() bool {
		second.ahead.Add(int64(time.Second))
		return len(h.ear.all()) == 1
	})
	if ahead := time.Duration(second.ahead.Load()); ahead < share.RetakeAfter-5*time.Second {
		t.Errorf("taken over after %s", ahead)
	}
	h.settles(h.notice(second, b, Firing), second)
	expect(t, h.ear, "firing warn presale")
}

func TestAloneABoardTellsByItself(t *testing.T) {
	h := openHall(t, embed.NoJetStream)
	w := h.board(h.ear, 0)
	eventually(t, "local", func() bool { return w.share.View().Why == ack.WhyNoJetStream })
	h.shows(queueBreach("presale", metrics.LevelWarn))
	eventually(t, "told", func() bool { return len(h.ear.all()) == 1 })
}

func TestANotifierLeavesNothingRunning(t *testing.T) {
	h := openHall(t, embed.Memory)
	h.board(h.ear, 0).stop()
	before := ours()
	for i := range 5 {
		b := queueBreach(fmt.Sprint("q", i), metrics.LevelWarn)
		h.shows(b)
		e := &ear{name: "e"}
		w := h.board(e, 0)
		eventually(t, "told", func() bool { return len(e.all()) > 0 })
		w.stop()
	}
	eventually(t, "as few goroutines as before", func() bool { return ours() <= before })
}

// ours counts the goroutines that this project or its NATS client runs; the
// server of the test has its own.
func ours() int {
	stacks := make([]byte, 4<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	n := 0
	for _, stack := range strings.Split(string(stacks), "\n\n") {
		own := strings.Contains(stack, "wallboard/feed/") || strings.Contains(stack, "nats-io/nats.go")
		if own && !strings.Contains(stack, "testing.tRunner") {
			n++
		}
	}
	return n
}
