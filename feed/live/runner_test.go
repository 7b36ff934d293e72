package live

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"wallboard/feed/natsfeed"
	"wallboard/feed/wire"
	"wallboard/metrics"
	"wallboard/metrics/board"
	"wallboard/metrics/clean"
	"wallboard/metrics/history"
)

// fakeSource hands over what a test puts into it.
type fakeSource struct {
	ready chan struct{}

	mu     sync.Mutex
	batch  natsfeed.Batch
	status natsfeed.Status
}

func newFakeSource(s natsfeed.Status) *fakeSource {
	return &fakeSource{ready: make(chan struct{}, 1), status: s}
}

func (s *fakeSource) Ready() <-chan struct{} { return s.ready }

func (s *fakeSource) Take() natsfeed.Batch {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.batch
	s.batch = natsfeed.Batch{}
	return b
}

func (s *fakeSource) Status() natsfeed.Status {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.status
}

func (s *fakeSource) give(b natsfeed.Batch) {
	s.mu.Lock()
	s.batch = b
	s.mu.Unlock()
	s.ready <- struct{}{}
}

func (s *fakeSource) set(apply func(*natsfeed.Status)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	apply(&s.status)
}

// fakeBoard counts calls.
type fakeBoard struct {
	applied, rejected, cleaned int64
	caughtUp, wall             int64
	reasons                    []string
	perEvent, perSnapshot      time.Duration // what applying and looking take
	snapshots                  int64         // atomic: tests read it while the board runs
	frozen                     bool
}

func (b *fakeBoard) Foresee([]*metrics.Event) {}
func (b *fakeBoard) Apply(ev *metrics.Event)  { b.applied++; time.Sleep(b.perEvent) }
func (b *fakeBoard) NoteLost(int64)           {}
func (b *fakeBoard) Closed() []*history.Day   { return nil }
func (b *fakeBoard) Reject(reason string, _ int64, _ clean.Text) {
	b.rejected++
	b.reasons = append(b.reasons, reason)
}
func (b *fakeBoard) NoteCleaned(n int64) { b.cleaned += n }
func (b *fakeBoard) Advance(wall int64) {
	if b.caughtUp != 0 {
		b.wall = wall
	}
}
func (b *fakeBoard) CaughtUp(wall int64) { b.caughtUp = wall }
func (b *fakeBoard) CatchingUp() bool    { return b.caughtUp == 0 }
func (b *fakeBoard) Now() int64          { return b.wall }
func (b *fakeBoard) StandAt(int64)       {}
func (b *fakeBoard) Freeze(frozen bool)  { b.frozen = frozen }
func (b *fakeBoard) Snapshot() *metrics.Snapshot {
	atomic.AddInt64(&b.snapshots, 1)
	time.Sleep(b.perSnapshot)
	return &metrics.Snapshot{At: b.wall, Version: uint64(b.applied), Health: metrics.Health{Applied: b.applied}}
}

// Session answers with the floor it was asked for, for every id but "nobody".
func (b *fakeBoard) Session(floor, id string) (metrics.SessionDetail, bool) {
	return metrics.SessionDetail{Topic: clean.Own(floor)}, id != "nobody"
}

// bench is a runner on fakes, inside a synctest bubble.
type runnerBench struct {
	source *fakeSource
	boards []*fakeBoard
	box    *board.Box
	runner *Runner
}

func startRunner(t *testing.T, status natsfeed.Status, like fakeBoard) *runnerBench {
	t.Helper()
	b := &runnerBench{source: newFakeSource(status), box: &board.Box{}}
	runner, err := New(Config{
		Source: b.source, Box: b.box, Now: time.Now,
		NewBoard: func() (Board, error) {
			next := like
			b.boards = append(b.boards, &next)
			return &next, nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	b.runner = runner
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- runner.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return b
}

func messages(from, n int) []natsfeed.Message {
	out := make([]natsfeed.Message, 0, n)
	for i := from; i < from+n; i++ {
		out = append(out, natsfeed.Message{
			Subject:  "floor.hz.session.queued.chat",
			Payload:  fmt.Appendf(nil, `{"id":"%d","source":"/a","type":"session.queued","floor":"hz","session":"s%d","channel":"chat","queue":"q"}`, i, i),
			Sequence: uint64(i),
			Stored:   time.Now().UnixMilli(),
		})
	}
	return out
}

func connected() natsfeed.Status {
	return natsfeed.Status{Link: natsfeed.State{Connected: true, Since: time.Now(), Server: "nats://x"}, Stream: "FLOOR"}
}

func TestFirstSnapshotIsThereBeforeTheFirstMessageAndSaysCatchingUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := startRunner(t, connected(), fakeBoard{})
		synctest.Wait()
		s := b.box.Latest()
		if s == nil || s.Mark.Kind != metrics.MarkCatchingUp || s.Version != 1 {
			t.Fatalf("%+v", s)
		}
	})
}

func TestHistoryEndsAtTheSequenceAndThenWallTimeRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := startRunner(t, connected(), fakeBoard{})
		b.source.set(func(s *natsfeed.Status) { s.Open, s.CatchUpTo, s.HistoryTotal, s.Lag = true, 10, 10, 10 })
		b.source.give(natsfeed.Batch{Messages: messages(1, 9)})
		time.Sleep(time.Second)
		synctest.Wait()
		if s := b.box.Latest(); s.Mark.Kind != metrics.MarkCatchingUp || s.Link.CatchUpDone != 9 || s.Link.CatchUpTotal != 10 || b.boards[0].wall != 0 {
			t.Fatalf("with one message left: %+v %+v, wall %d", s.Mark, s.Link, b.boards[0].wall)
		}
		b.source.give(natsfeed.Batch{Messages: messages(10, 1)})
		time.Sleep(time.Second)
		synctest.Wait()
		s := b.box.Latest()
		if s.Mark.Kind != metrics.MarkLive || s.At == 0 || time.Now().UnixMilli()-s.At > 1000 {
			t.Fatalf("live: %+v at %d", s.Mark, s.At)
		}
		if s.Health.StreamSequence != 10 {
			t.Fatalf("sequence %d", s.Health.StreamSequence)
		}
	})
}

func TestNothingToCatchUpWithIsLiveAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := startRunner(t, connected(), fakeBoard{})
		b.source.set(func(s *natsfeed.Status) { s.Open = true })
		time.Sleep(500 * time.Millisecond)
		synctest.Wait()
		if s := b.box.Latest(); s.Mark.Kind != metrics.MarkLive {
			t.Fatalf("%+v", s.Mark)
		}
	})
}

func TestRestartedStreamBeginsWithANewBoardAndVersionsGoOnRising(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := startRunner(t, connected(), fakeBoard{})
		b.source.set(func(s *natsfeed.Status) { s.Open, s.CatchUpTo = true, 5 })
		b.source.give(natsfeed.Batch{Messages: messages(1, 50)})
		time.Sleep(time.Second)
		synctest.Wait()
		before := b.box.Latest()
		b.source.set(func(s *natsfeed.Status) { s.CatchUpTo, s.Rebuilds, s.RebuiltAt = 3, 1, time.Now().UnixMilli() })
		b.source.give(natsfeed.Batch{Messages: messages(1, 3), Restarted: true})
		time.Sleep(time.Second)
		synctest.Wait()
		s := b.box.Latest()
		if len(b.boards) != 2 || s.Health.Applied != 3 || s.Mark.Kind != metrics.MarkRebuilt || s.Version <= before.Version {
			t.Fatalf("%d boards, applied %d, %+v, version %d after %d", len(b.boards), s.Health.Applied, s.Mark, s.Version, before.Version)
		}
	})
}

func TestLongBatchStillPublishesFourTimesASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := startRunner(t, connected(), fakeBoard{perEvent: 100 * time.Microsecond})
		b.source.set(func(s *natsfeed.Status) { s.Open = true })
		versions := make(map[uint64]bool)
		b.source.give(natsfeed.Batch{Messages: messages(1, 50_000)}) // 5 s of work
		for range 100 {
			time.Sleep(50 * time.Millisecond)
			versions[b.box.Latest().Version] = true
		}
		if len(versions) < 18 {
			t.Fatalf("%d snapshots in 5 s", len(versions))
		}
	})
}

func TestASnapshotComesFiveTimesASecondWhileSomethingHappensAndOnceWhileNothingDoes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := startRunner(t, connected(), fakeBoard{perSnapshot: 5 * time.Millisecond})
		b.source.set(func(s *natsfeed.Status) { s.Open = true })
		time.Sleep(time.Second)
		shown := func(each func(i int)) int {
			before := atomic.LoadInt64(&b.boards[0].snapshots)
			for i := range 100 {
				each(i)
				time.Sleep(100 * time.Millisecond)
			}
			synctest.Wait()
			return int(atomic.LoadInt64(&b.boards[0].snapshots) - before)
		}
		if n := shown(func(i int) { b.source.give(natsfeed.Batch{Messages: messages(i+1, 1)}) }); n < 45 || n > 55 {
			t.Errorf("%d snapshots in 10 s with an event every 100 ms", n)
		}
		if n := shown(func(int) {}); n < 9 || n > 12 {
			t.Errorf("%d snapshots in 10 s of nothing", n)
		}
	})
}

func TestWhatHappensWhileTheFloorStandsStillIsSeenAtTheNextTick(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := startRunner(t, connected(), fakeBoard{})
		b.source.set(func(s *natsfeed.Status) { s.Open = true })
		for i, happens := range []func(){
			func() { b.source.give(natsfeed.Batch{Messages: messages(1, 1)}) },
			func() { b.source.set(func(s *natsfeed.Status) { s.Gaps = []natsfeed.Gap{{From: 1, Lost: 3}} }) },
			func() { b.source.set(func(s *natsfeed.Status) { s.Link.Connected = false }) },
		} {
			time.Sleep(5*time.Second + 10*time.Millisecond)
			synctest.Wait()
			before := b.box.Latest().Version
			happens()
			time.Sleep(200 * time.Millisecond)
			synctest.Wait()
			if b.box.Latest().Version == before {
				t.Errorf("what happened (%d) is not seen after a tick", i)
			}
		}
	})
}

func TestCostlySnapshotsTakeNoMoreThanTheirShare(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := startRunner(t, connected(), fakeBoard{perEvent: 100 * time.Microsecond, perSnapshot: 100 * time.Millisecond})
		b.source.give(natsfeed.Batch{Messages: messages(1, 100_000)}) // 10 s of work
		time.Sleep(10 * time.Second)
		synctest.Wait()
		if n := atomic.LoadInt64(&b.boards[0].snapshots); n < 8 || n > 12 {
			t.Fatalf("%d snapshots of 100 ms in 10 s", n)
		}
	})
}

func TestVersionRestsWhileNothingChanges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := startRunner(t, connected(), fakeBoard{})
		b.source.set(func(s *natsfeed.Status) { s.Open = true })
		time.Sleep(3 * time.Second)
		first := b.box.Latest().Version
		time.Sleep(3 * time.Second)
		if s := b.box.Latest(); s.Version != first {
			t.Fatalf("version rose from %d to %d over nothing", first, s.Version)
		}
		b.source.set(func(s *natsfeed.Status) { s.Link.Connected = false })
		time.Sleep(time.Second)
		if s := b.box.Latest(); s.Version == first || s.Link.Connected {
			t.Fatalf("the lost link is not seen: %+v", s.Link)
		}
	})
}

func TestWhatIsNoEventIsCountedByReason(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := startRunner(t, connected(), fakeBoard{})
		bad := []natsfeed.Message{{Subject: "floor.hz.x.y", Payload: []byte("nonsense")}, {Payload: make([]byte, wire.MaxEventBytes+1)}}
		b.source.give(natsfeed.Batch{Messages: append(bad, messages(1, 1)...)})
		synctest.Wait()
		if f := b.boards[0]; f.applied != 1 || fmt.Sprint(f.reasons) != "[bad_json too_large]" {
			t.Fatalf("applied %d, reasons %v", f.applied, f.reasons)
		}
	})
}

func TestDoRunsOnTheEnginesGoroutine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := startRunner(t, connected(), fakeBoard{})
		var got Board
		if err := b.runner.Do(t.Context(), func(board Board) { got = board }); err != nil {
			t.Fatal(err)
		}
		if got != Board(b.boards[0]) {
			t.Fatal("another board")
		}
	})
}

func TestASessionIsLookedUpByWhoeverOwnsIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := startRunner(t, connected(), fakeBoard{})
		d, found, err := b.runner.Session(t.Context(), "hz", "s-1")
		if err != nil || !found || d.Topic.String() != "hz" {
			t.Fatalf("found %v on %q, %v", found, d.Topic, err)
		}
		if _, found, err = b.runner.Session(t.Context(), "hz", "nobody"); err != nil || found {
			t.Fatalf("a session nobody knows is found: %v", err)
		}
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if _, _, err = b.runner.Session(gone, "hz", "s-1"); err != nil && !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	})
}

func TestWhatIsAddedToASnapshotIsShownAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		source, box, wake := newFakeSource(natsfeed.Status{Open: true}), &board.Box{}, make(chan struct{}, 1)
		added := uint64(0)
		runner, err := New(Config{
			Source: source, Box: box, Now: time.Now, Wake: wake,
			NewBoard: func() (Board, error) { return &fakeBoard{}, nil },
			Complete: func(s *metrics.Snapshot) uint64 { s.Silenced = int32(added); return added },
		})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go func() { _ = runner.Run(ctx) }()
		time.Sleep(time.Second)
		synctest.Wait()
		before := box.Latest()
		added = 7
		wake <- struct{}{}
		synctest.Wait()
		if now := box.Latest(); now.Silenced != 7 || now.Version <= before.Version {
			t.Errorf("shown %d at version %d after version %d", now.Silenced, now.Version, before.Version)
		}
		cancel()
		synctest.Wait()
	})
}
