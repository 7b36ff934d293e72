package share

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go/jetstream"

	"wallboard/feed/embed"
	"wallboard/feed/natsfeed"
	"wallboard/metrics"
	"wallboard/metrics/ack"
	"wallboard/metrics/clean"
)

// patience bounds every wait of these tests; reaching it is a failure.
const patience = 20 * time.Second

const begin = int64(1_790_000_000_000)

func serve(t *testing.T, opts embed.Options) *embed.Server {
	t.Helper()
	s, err := embed.Start(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Shutdown)
	return s
}

// station is one board without its screen and engine.
type station struct {
	conn  *natsfeed.Conn
	desk  *ack.Desk
	share *Share
	at    int64
	ahead atomic.Int64 // of the real clock, ns
}

func startStation(t *testing.T, s *embed.Server, with natsfeed.Options) *station {
	t.Helper()
	with.Server, with.ReconnectWait = s.ClientURL(), 20*time.Millisecond
	conn, err := natsfeed.Connect(with)
	if err != nil {
		t.Fatal(err)
	}
	st := &station{conn: conn, desk: ack.NewDesk(), at: begin}
	st.share, err = Start(Options{Conn: conn, Desk: st.desk, LookEvery: 50 * time.Millisecond, RequestWithin: 2 * time.Second,
		Now: func() time.Time { return time.Now().Add(time.Duration(st.ahead.Load())) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(st.stop)
	return st
}

func (s *station) stop() {
	if s.share != nil {
		s.share.Close()
		s.conn.Close()
		s.share = nil
	}
}

func breach(queue string) metrics.Breach {
	return metrics.Breach{
		Rule: "oldest wait", Key: metrics.Key{Scope: metrics.ScopeQueue, Floor: clean.Own("hz"), Queue: clean.Own(queue)},
		Level: metrics.LevelWarn, State: metrics.BreachFiring, Since: begin, FiringSince: begin,
	}
}

// see shows the station a snapshot and returns the breach as it is marked.
func (s *station) see(queue string) metrics.Breach {
	s.at++
	snapshot := &metrics.Snapshot{At: s.at, Breaches: []metrics.Breach{breach(queue)}}
	s.desk.Mark(snapshot)
	return snapshot.Breaches[0]
}

func (s *station) acknowledge(t *testing.T, queue, by string) {
	t.Helper()
	if err := (Hand{s.desk, clean.Own(by)}).Acknowledge(s.see(queue), clean.Text{}); err != nil {
		t.Fatal(err)
	}
}

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

func (s *station) isShared(t *testing.T) {
	t.Helper()
	eventually(t, "shared", func() bool { return s.share.View().Shared })
}

func (s *station) hears(t *testing.T, queue, by string) {
	t.Helper()
	eventually(t, fmt.Sprintf("%s acknowledged by %s; %+v", queue, by, s.share.View()), func() bool { return s.see(queue).AckedBy == clean.Own(by) })
}

func TestAnAcknowledgementOnOneBoardShowsOnTheOthersWithinATick(t *testing.T) {
	s := serve(t, embed.Options{Storage: embed.Memory})
	boards := []*station{startStation(t, s, natsfeed.Options{}), startStation(t, s, natsfeed.Options{}), startStation(t, s, natsfeed.Options{})}
	for _, b := range boards {
		b.isShared(t)
	}
	const tick = 250 * time.Millisecond
	var took []time.Duration
	for i := range 20 {
		queue := fmt.Sprint("q", i)
		began := time.Now()
		boards[i%3].acknowledge(t, queue, "Lin")
		for _, b := range boards {
			b.hears(t, queue, "Lin")
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	t.Logf("20 acknowledgements were on all three boards after %s (median), %s at most", took[10], took[19])
	if took[10] > tick { // the median: a loaded machine may hold one up
		t.Errorf("%s is longer than a tick", took[10])
	}
}

func TestABoardStartedLaterKnowsWhatWasDecided(t *testing.T) {
	s := serve(t, embed.Options{Storage: embed.Memory})
	first := startStation(t, s, natsfeed.Options{})
	first.acknowledge(t, "presale", "Lin")
	if err := (Hand{first.desk, clean.Own("Wu")}).Silence(first.see("other"), time.Hour, clean.Own("why")); err != nil {
		t.Fatal(err)
	}
	eventually(t, "written", func() bool { return len(first.desk.Pending()) == 0 })
	first.stop()
	second := startStation(t, s, natsfeed.Options{})
	second.hears(t, "presale", "Lin")
	eventually(t, "the silence too, which comes by itself", func() bool {
		got := second.see("other")
		return got.SilencedBy == clean.Own("Wu") && got.SilenceComment == clean.Own("why")
	})
}

func TestARestartOfTheServerForgetsNothing(t *testing.T) {
	for name, storage := range map[string]embed.Storage{"in files": embed.File, "in memory only": embed.Memory} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, embed.Options{Storage: storage})
			one, two := startStation(t, s, natsfeed.Options{}), startStation(t, s, natsfeed.Options{})
			one.isShared(t)
			one.acknowledge(t, "before", "Lin")
			two.hears(t, "before", "Lin")
			s.Stop()
			eventually(t, "noticed", func() bool { return one.share.View().Why == ack.WhyNoLink && two.share.View().Why == ack.WhyNoLink })
			one.acknowledge(t, "meanwhile", "Wu")
			if two.see("before").AckedBy != clean.Own("Lin") {
				t.Error("forgotten while the server was away")
			}
			if err := s.Start(); err != nil {
				t.Fatal(err)
			}
			two.hears(t, "meanwhile", "Wu")
			one.hears(t, "before", "Lin")
			third := startStation(t, s, natsfeed.Options{})
			third.hears(t, "before", "Lin")
			third.hears(t, "meanwhile", "Wu")
		})
	}
}

func TestABucketThatWasDeletedIsFilledAgain(t *testing.T) {
	s := serve(t, embed.Options{Storage: embed.Memory})
	one := startStation(t, s, natsfeed.Options{})
	one.isShared(t)
	one.acknowledge(t, "presale", "Lin")
	eventually(t, "written", func() bool { return len(one.desk.Pending()) == 0 })
	if err := one.conn.JetStream().DeleteKeyValue(t.Context(), Bucket); err != nil {
		t.Fatal(err)
	}
	two := startStation(t, s, natsfeed.Options{})
	two.hears(t, "presale", "Lin")
}

func TestAKeyThatWasDeletedByHandIsForgotten(t *testing.T) {
	s := serve(t, embed.Options{Storage: embed.Memory})
	one, two := startStation(t, s, natsfeed.Options{}), startStation(t, s, natsfeed.Options{})
	one.isShared(t)
	one.acknowledge(t, "presale", "Lin")
	two.hears(t, "presale", "Lin")
	kv, err := one.conn.JetStream().KeyValue(t.Context(), Bucket)
	if err != nil {
		t.Fatal(err)
	}
	b := breach("presale")
	if err := kv.Delete(t.Context(), Key(ack.IDOf(&b))); err != nil {
		t.Fatal(err)
	}
	for _, st := range []*station{one, two} {
		eventually(t, "forgotten", func() bool { return st.see("presale").AckedBy.Empty() })
	}
	two.acknowledge(t, "presale", "Wu")
	one.hears(t, "presale", "Wu")
}

func TestManyAtOnceEndInOneState(t *testing.T) {
	s := serve(t, embed.Options{Storage: embed.Memory})
	boards := []*station{startStation(t, s, natsfeed.Options{}), startStation(t, s, natsfeed.Options{}), startStation(t, s, natsfeed.Options{})}
	for _, b := range boards {
		b.isShared(t)
	}
	for i := range 30 {
		queue := fmt.Sprint("q", i)
		var together sync.WaitGroup
		for j, b := range boards {
			decided := b.see(queue)
			together.Go(func() { _ = (Hand{b.desk, clean.Own(fmt.Sprint("p", j))}).Acknowledge(decided, clean.Text{}) }) // the slower ones may be told
		}
		together.Wait()
	}
	for _, b := range boards {
		eventually(t, "all written", func() bool { return len(b.desk.Pending()) == 0 })
	}
	for i := range 30 {
		queue := fmt.Sprint("q", i)
		eventually(t, "one owner of "+queue, func() bool {
			a, b, c := boards[0].see(queue).AckedBy, boards[1].see(queue).AckedBy, boards[2].see(queue).AckedBy
			return !a.Empty() && a == b && b == c
		})
	}
}

func TestWithoutJetStreamItStaysHereAndSaysSo(t *testing.T) {
	s := serve(t, embed.Options{})
	b := startStation(t, s, natsfeed.Options{})
	eventually(t, "said so", func() bool { v := b.share.View(); return !v.Shared && v.Why == ack.WhyNoJetStream })
	b.acknowledge(t, "presale", "Lin")
	if b.see("presale").AckedBy != clean.Own("Lin") {
		t.Error("not even here")
	}
	if _, agreed, err := b.share.Agree(t.Context(), ack.ID{}); agreed || err != nil {
		t.Errorf("agreed %v, %v", agreed, err)
	}
}

func restricted(publish, subscribe []string) []*server.User {
	return []*server.User{
		{Username: "board", Password: "p-board", Permissions: &server.Permissions{
			Publish: &server.SubjectPermission{Allow: publish}, Subscribe: &server.SubjectPermission{Allow: subscribe},
		}},
	}
}

func TestWithTheLeastPrivilegesItShares(t *testing.T) {
	p := Permissions()
	s := serve(t, embed.Options{Storage: embed.Memory, Users: restricted(p.Publish, p.Subscribe)})
	who := natsfeed.Options{User: "board", Password: "p-board"}
	one, two := startStation(t, s, who), startStation(t, s, who)
	one.isShared(t)
	one.acknowledge(t, "presale", "Lin")
	two.hears(t, "presale", "Lin")
	n := Notice{ID: ack.ID{Floor: "hz", Rule: "r", Scope: "s"}, Start: begin, State: "firing"}
	if c, err := one.share.Claim(t.Context(), n, metrics.LevelWarn); err != nil || !c.Held {
		t.Errorf("%+v, %v", c, err)
	}
	if err := one.share.clean(t.Context(), one.share.bucket()); err != nil || one.share.View().LastError != "" {
		t.Errorf("clean: %v, %q", err, one.share.View().LastError)
	}
	if denied := one.conn.State().Denied; len(denied) > 0 {
		t.Errorf("denied: %v", denied)
	}
}

func TestWithoutPermissionItStaysHereAndSaysSo(t *testing.T) {
	s := serve(t, embed.Options{Storage: embed.Memory, Users: restricted([]string{"floor.>"}, []string{"_INBOX_wb.>"})})
	b := startStation(t, s, natsfeed.Options{User: "board", Password: "p-board"})
	eventually(t, "said so", func() bool { return b.share.View().Why == ack.WhyDenied })
	if strings.Contains(b.share.View().LastError, "p-board") {
		t.Error("the password is in the error")
	}
}

func TestGarbageInTheBucketIsNotedAndWrittenOver(t *testing.T) {
	s := serve(t, embed.Options{Storage: embed.Memory})
	b := startStation(t, s, natsfeed.Options{})
	b.isShared(t)
	kv, err := b.conn.JetStream().KeyValue(t.Context(), Bucket)
	if err != nil {
		t.Fatal(err)
	}
	br := breach("presale")
	if _, err := kv.PutString(t.Context(), Key(ack.IDOf(&br)), "{not json"); err != nil {
		t.Fatal(err)
	}
	eventually(t, "noted", func() bool { return b.share.View().LastError != "" })
	b.acknowledge(t, "presale", "Lin")
	other := startStation(t, s, natsfeed.Options{})
	other.hears(t, "presale", "Lin")
}

func TestOneBoardClaimsANoticeAndAnotherTakesOverAfterItsSilence(t *testing.T) {
	s := serve(t, embed.Options{Storage: embed.Memory})
	var boards []*station
	for range 3 {
		b := startStation(t, s, natsfeed.Options{})
		b.isShared(t)
		boards = append(boards, b)
	}
	n := Notice{ID: ack.ID{Floor: "hz", Rule: "r", Scope: "s"}, Start: begin, State: "firing"}
	held := 0
	claims := make([]Claim, 3)
	for i, b := range boards {
		var err error
		if claims[i], err = b.share.Claim(t.Context(), n, metrics.LevelWarn); err != nil {
			t.Fatal(err)
		}
		if claims[i].Held {
			held++
		}
	}
	if held != 1 || !claims[0].Held {
		t.Fatalf("%d boards hold it: %+v", held, claims)
	}
	partly, err := boards[0].share.Confirm(t.Context(), n, claims[0], "slack", Partly)
	if err != nil || !partly.Held || partly.Confirmed {
		t.Fatalf("%+v, %v", partly, err)
	}
	if stale, err := boards[1].share.Retake(t.Context(), n, claims[1], metrics.LevelWarn); err != nil || stale.Held {
		t.Fatalf("taken over although it was touched meanwhile: %+v, %v", stale, err)
	}
	seen, err := boards[1].share.Look(t.Context(), n)
	if err != nil || !seen.Same(partly) || len(seen.Done) != 1 {
		t.Fatalf("%+v, %v", seen, err)
	}
	taken, err := boards[1].share.Retake(t.Context(), n, seen, metrics.LevelCritical)
	if err != nil || !taken.Held || taken.Level != metrics.LevelCritical || len(taken.Done) != 1 {
		t.Fatalf("%+v, %v", taken, err)
	}
	if again, err := boards[2].share.Retake(t.Context(), n, seen, metrics.LevelWarn); err != nil || again.Held {
		t.Fatalf("two boards took it over: %+v, %v", again, err)
	}
	if lost, err := boards[0].share.Confirm(t.Context(), n, partly, "mail", Everywhere); err != nil || lost.Held {
		t.Fatalf("confirmed by a board that lost it: %+v, %v", lost, err)
	}
	if done, err := boards[1].share.Confirm(t.Context(), n, taken, "mail", Everywhere); err != nil || !done.Confirmed {
		t.Fatalf("%+v, %v", done, err)
	}
	if known, err := boards[2].share.Look(t.Context(), n); err != nil || !known.Confirmed || len(known.Done) != 2 {
		t.Fatalf("%+v, %v", known, err)
	}
}

func TestWhatIsLongOverLeavesTheBucket(t *testing.T) {
	s := serve(t, embed.Options{Storage: embed.Memory})
	b := startStation(t, s, natsfeed.Options{})
	b.isShared(t)
	b.acknowledge(t, "old", "Lin")
	eventually(t, "written", func() bool { return len(b.desk.Pending()) == 0 })
	old, live := breach("old"), breach("live")
	var notices []Notice
	for _, br := range []*metrics.Breach{&old, &live} {
		n := Notice{ID: ack.IDOf(br), Start: begin, State: "firing"}
		if _, err := b.share.Claim(t.Context(), n, metrics.LevelWarn); err != nil {
			t.Fatal(err)
		}
		notices = append(notices, n)
	}
	b.desk.Mark(&metrics.Snapshot{At: begin + 60_000})
	day := (26 * time.Hour).Milliseconds()
	later := live
	later.FiringSince = begin + day - 1
	b.desk.Mark(&metrics.Snapshot{At: begin + day, Breaches: []metrics.Breach{later}})
	if _, err := b.desk.Open(&later); err != nil {
		t.Fatal(err)
	}
	eventually(t, "written", func() bool { return len(b.desk.Pending()) == 0 })
	b.ahead.Store(int64(25 * time.Hour))
	if err := b.share.clean(t.Context(), b.share.bucket()); err != nil {
		t.Fatal(err)
	}
	kv := b.share.bucket()
	for key, want := range map[string]bool{Key(ack.IDOf(&old)): false, Key(ack.IDOf(&live)): true, notices[0].Key(): false, notices[1].Key(): false} {
		if _, err := kv.Get(t.Context(), key); (err == nil) != want {
			t.Errorf("%s: kept %v, want %v (%v)", key, err == nil, want, err)
		}
	}
	stream, err := b.conn.JetStream().Stream(t.Context(), streamOfBucket)
	if err != nil {
		t.Fatal(err)
	}
	info, err := stream.Info(t.Context(), jetstream.WithSubjectFilter(">"))
	if err != nil || info.State.Msgs != 1 {
		t.Errorf("%d messages are left, markers included, want 1 (%v)", info.State.Msgs, err)
	}
}

func TestNothingIsLeftRunning(t *testing.T) {
	s := serve(t, embed.Options{Storage: embed.Memory})
	warm := startStation(t, s, natsfeed.Options{})
	warm.isShared(t)
	warm.stop()
	before := ours()
	for i := range 5 {
		b := startStation(t, s, natsfeed.Options{})
		b.isShared(t)
		b.acknowledge(t, fmt.Sprint("q", i), "Lin")
		b.stop()
	}
	eventually(t, "as few goroutines as before", func() bool { return ours() <= before })
}

func TestAgreeingEndsWithItsContext(t *testing.T) {
	s := serve(t, embed.Options{Storage: embed.Memory})
	s.Stop()
	b := startStation(t, s, natsfeed.Options{})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, _, err := b.share.Agree(ctx, ack.ID{}); err == nil {
		t.Error("agreed with nobody there")
	}
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
