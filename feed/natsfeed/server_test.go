package natsfeed_test

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"wallboard/feed/embed"
	"wallboard/feed/natsfeed"
)

// patience bounds every wait of these tests; reaching it is a failure.
const patience = 20 * time.Second

func serve(t *testing.T, opts embed.Options) *embed.Server {
	t.Helper()
	if opts.Storage != embed.NoJetStream && opts.Stream == nil {
		cfg := natsfeed.FloorStream("FLOOR")
		opts.Stream = &cfg
	}
	s, err := embed.Start(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Shutdown)
	return s
}

func connect(t *testing.T, opts natsfeed.Options) *natsfeed.Conn {
	t.Helper()
	if opts.ReconnectWait == 0 {
		opts.ReconnectWait = 20 * time.Millisecond
	}
	c, err := natsfeed.Connect(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func subscribe(t *testing.T, c *natsfeed.Conn, opts natsfeed.FeedOptions) *natsfeed.Feed {
	t.Helper()
	if opts.Subjects == nil {
		opts.Subjects = []string{"floor.>"}
	}
	if opts.CheckEvery == 0 {
		opts.CheckEvery = 50 * time.Millisecond
	}
	f, err := natsfeed.Subscribe(c, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.Close)
	return f
}

// eventually waits on the feed's own signal until the condition holds.
func eventually(t *testing.T, f *natsfeed.Feed, what string, holds func() bool) {
	t.Helper()
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	poll := time.NewTicker(5 * time.Millisecond)
	defer poll.Stop()
	for !holds() {
		select {
		case <-f.Ready():
		case <-poll.C:
		case <-deadline.C:
			t.Fatalf("never: %s; status %+v", what, f.Status())
		}
	}
}

// drain takes what waits and appends the payloads; a restart begins anew.
func drain(f *natsfeed.Feed, got *[]string) {
	batch := f.Take()
	if batch.Restarted {
		*got = nil
	}
	for _, m := range batch.Messages {
		*got = append(*got, string(m.Payload))
	}
}

func raw(t *testing.T, s *embed.Server, opts ...nats.Option) jetstream.JetStream {
	t.Helper()
	nc, err := nats.Connect(s.ClientURL(), append(opts, nats.MaxReconnects(-1), nats.ReconnectWait(20*time.Millisecond))...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	return js
}

// store publishes numbered payloads from..to-1 and waits for each to be stored.
func store(t *testing.T, js jetstream.JetStream, subject string, from, to int) {
	t.Helper()
	for i := from; i < to; i++ {
		if _, err := js.Publish(context.Background(), subject, fmt.Appendf(nil, "%d", i)); err != nil {
			t.Fatal(err)
		}
	}
}

// counts checks that payloads are exactly 0..n-1 in order.
func counts(t *testing.T, got []string, n int) {
	t.Helper()
	if len(got) != n {
		t.Fatalf("got %d messages, want %d", len(got), n)
	}
	for i, p := range got {
		if p != fmt.Sprint(i) {
			t.Fatalf("message %d reads %s", i, p)
		}
	}
}

const subject = "floor.hz.session.queued.chat"

func TestHistoryThenLiveWithoutGapOrDoubleWhilePublishing(t *testing.T) {
	s := serve(t, embed.Options{Storage: embed.Memory})
	js := raw(t, s)
	const before, during = 3000, 3000
	store(t, js, subject, 0, before)
	published := make(chan struct{})
	go func() {
		defer close(published)
		store(t, js, subject, before, before+during)
	}()
	f := subscribe(t, connect(t, natsfeed.Options{Server: s.ClientURL()}), natsfeed.FeedOptions{Stream: "FLOOR", QueueLimit: 100, PullMessages: 50})
	var got []string
	eventually(t, f, "every message", func() bool { drain(f, &got); return len(got) >= before+during })
	<-published
	drain(f, &got)
	counts(t, got, before+during)
	if st := f.Status(); st.CatchUpTo < before || st.CatchUpTo > before+during {
		t.Fatalf("catch up to %d; %d were stored before", st.CatchUpTo, before)
	}
}

func TestHistoryBeginsAtTheTimeAsked(t *testing.T) {
	s := serve(t, embed.Options{Storage: embed.Memory})
	js := raw(t, s)
	store(t, js, subject, 0, 5)
	stream, err := js.Stream(context.Background(), "FLOOR")
	if err != nil {
		t.Fatal(err)
	}
	third, err := stream.GetMsg(context.Background(), 3)
	if err != nil {
		t.Fatal(err)
	}
	f := subscribe(t, connect(t, natsfeed.Options{Server: s.ClientURL()}), natsfeed.FeedOptions{
		Stream: "FLOOR", HistoryFrom: func() time.Time { return third.Time },
	})
	var got []string
	eventually(t, f, "the messages from the third on", func() bool { drain(f, &got); return len(got) == 3 })
	if got[0] != "2" {
		t.Fatalf("history began at message %s", got[0])
	}
}

func TestNarrowedWallCatchesUpThoughTheLastMessageIsNotItsOwn(t *testing.T) {
	s := serve(t, embed.Options{Storage: embed.Memory})
	js := raw(t, s)
	store(t, js, subject, 0, 4)
	store(t, js, "floor.bj.session.queued.voice", 0, 9)
	subjects, err := natsfeed.Subjects([]string{"hz"}, []string{"chat"})
	if err != nil {
		t.Fatal(err)
	}
	f := subscribe(t, connect(t, natsfeed.Options{Server: s.ClientURL()}), natsfeed.FeedOptions{Stream: "FLOOR", Subjects: subjects})
	var got []string
	eventually(t, f, "the goal is the last message of its own", func() bool {
		drain(f, &got)
		return len(got) == 4 && f.Status().CatchUpTo == 4
	})
	none := subscribe(t, connect(t, natsfeed.Options{Server: s.ClientURL()}), natsfeed.FeedOptions{Stream: "FLOOR", Subjects: []string{"floor.sz.>"}})
	eventually(t, none, "nothing to catch up with", func() bool { st := none.Status(); return st.Open && st.CatchUpTo == 0 })
}

func TestReaderComesBackAfterAServerRestartAndMissesNothing(t *testing.T) {
	s := serve(t, embed.Options{Storage: embed.File})
	js := raw(t, s)
	store(t, js, subject, 0, 20)
	f := subscribe(t, connect(t, natsfeed.Options{Server: s.ClientURL()}), natsfeed.FeedOptions{Stream: "FLOOR"})
	var got []string
	eventually(t, f, "history", func() bool { drain(f, &got); return len(got) == 20 })
	s.Stop()
	eventually(t, f, "the loss of the link is seen", func() bool { return !f.Status().Link.Connected })
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	store(t, raw(t, s), subject, 20, 40)
	eventually(t, f, "what was stored after the restart", func() bool { drain(f, &got); return len(got) >= 40 })
	counts(t, got, 40)
	if st := f.Status(); st.Link.Reconnects != 1 || st.Rebuilds != 0 || len(st.Gaps) != 0 {
		t.Fatalf("status %+v", st)
	}
}

func TestFirstConnectionAndStreamAreWaitedFor(t *testing.T) {
	s := serve(t, embed.Options{Storage: embed.File})
	js := raw(t, s)
	if err := js.DeleteStream(context.Background(), "FLOOR"); err != nil {
		t.Fatal(err)
	}
	s.Stop()
	c := connect(t, natsfeed.Options{Server: s.ClientURL()})
	f := subscribe(t, c, natsfeed.FeedOptions{Stream: "FLOOR"})
	if st := f.Status(); st.Link.Connected || st.Open {
		t.Fatalf("connected to nothing: %+v", st)
	}
	if err := s.Start(); err != nil { // makes the stream too
		t.Fatal(err)
	}
	if err := raw(t, s).DeleteStream(context.Background(), "FLOOR"); err != nil {
		t.Fatal(err)
	}
	eventually(t, f, "the missing stream is told", func() bool { st := f.Status(); return st.Link.Connected && st.Missing != 0 })
	if _, made, err := c.InitStream(context.Background(), "FLOOR"); err != nil || !made {
		t.Fatalf("created %v, %v", made, err)
	}
	store(t, raw(t, s), subject, 0, 3)
	var got []string
	eventually(t, f, "messages of the new stream", func() bool { drain(f, &got); return len(got) == 3 })
}

func TestRecreatedStreamIsReadAgainFromItsStart(t *testing.T) {
	s := serve(t, embed.Options{Storage: embed.Memory})
	js := raw(t, s)
	store(t, js, subject, 0, 50)
	c := connect(t, natsfeed.Options{Server: s.ClientURL()})
	f := subscribe(t, c, natsfeed.FeedOptions{Stream: "FLOOR"})
	var got []string
	eventually(t, f, "history", func() bool { drain(f, &got); return len(got) == 50 })
	if err := js.DeleteStream(context.Background(), "FLOOR"); err != nil {
		t.Fatal(err)
	}
	if _, made, err := c.InitStream(context.Background(), "FLOOR"); err != nil || !made {
		t.Fatalf("created %v, %v", made, err)
	}
	store(t, js, subject, 0, 70)
	eventually(t, f, "the new stream in full", func() bool { drain(f, &got); return len(got) == 70 && f.Status().Rebuilds == 1 })
	counts(t, got, 70)
	if st := f.Status(); st.Reason != "the stream was recreated" {
		t.Fatalf("reason %q", st.Reason)
	}
}

func TestRetentionThatOvertakesTheReaderIsAGapWithACount(t *testing.T) {
	cfg := natsfeed.FloorStream("FLOOR")
	cfg.MaxMsgs = 100
	s := serve(t, embed.Options{Storage: embed.Memory, Stream: &cfg})
	js := raw(t, s)
	store(t, js, subject, 0, 10)
	f := subscribe(t, connect(t, natsfeed.Options{Server: s.ClientURL()}), natsfeed.FeedOptions{Stream: "FLOOR", QueueLimit: 20, PullMessages: 20})
	var got []string
	eventually(t, f, "history", func() bool { drain(f, &got); return len(got) == 10 && f.Status().Delivered == 10 })
	store(t, js, subject, 10, 1000) // the reader stops at its full queue
	eventually(t, f, "the gap", func() bool { return len(f.Status().Gaps) > 0 })
	eventually(t, f, "the end of the stream", func() bool { drain(f, &got); return len(got) > 0 && got[len(got)-1] == "999" })
	eventually(t, f, "the last look", func() bool { return f.Status().Delivered == 1000 })
	lost := int64(0)
	for _, g := range f.Status().Gaps {
		lost += g.Lost
		if g.From == 0 || g.To < g.From {
			t.Fatalf("gap %+v", g)
		}
	}
	if truly := int64(1000 - len(got)); truly == 0 || lost < truly {
		t.Fatalf("%d reported lost, %d truly lost", lost, truly)
	}
}

func TestCoreNATSBeginsNowAndADisconnectIsAGap(t *testing.T) {
	s := serve(t, embed.Options{})
	f := subscribe(t, connect(t, natsfeed.Options{Server: s.ClientURL()}), natsfeed.FeedOptions{})
	eventually(t, f, "live", func() bool { return f.Status().LiveSince != 0 })
	s.Stop()
	eventually(t, f, "an open gap", func() bool { g := f.Status().Gaps; return len(g) == 1 && g[0].To == 0 })
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	eventually(t, f, "the gap ends", func() bool { g := f.Status().Gaps; return len(g) == 1 && g[0].To != 0 })
	nc, err := nats.Connect(s.ClientURL())
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	var got []string
	eventually(t, f, "messages after it", func() bool {
		if err := nc.Publish(subject, []byte("x")); err != nil {
			t.Fatal(err)
		}
		drain(f, &got)
		return len(got) > 0
	})
}

func TestCoreNATSCountsWhatTheClientDropped(t *testing.T) {
	s := serve(t, embed.Options{})
	f := subscribe(t, connect(t, natsfeed.Options{Server: s.ClientURL()}), natsfeed.FeedOptions{QueueLimit: 10, ClientPending: 100})
	eventually(t, f, "live", func() bool { return f.Status().LiveSince != 0 })
	nc, err := nats.Connect(s.ClientURL())
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	const sent = 2000
	eventually(t, f, "the subscription stands", func() bool {
		if err := nc.Publish(subject, []byte("probe")); err != nil {
			t.Fatal(err)
		}
		return len(f.Take().Messages) > 0
	})
	for i := range sent {
		if err := nc.Publish(subject, fmt.Appendf(nil, "%d", i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := nc.Publish(subject, []byte("end")); err != nil {
		t.Fatal(err)
	}
	var got []string
	eventually(t, f, "drops", func() bool { return f.Status().Dropped > 0 })
	eventually(t, f, "all that was not dropped", func() bool {
		drain(f, &got)
		numbered := 0
		for _, p := range got {
			if p != "probe" && p != "end" {
				numbered++
			}
		}
		st := f.Status()
		lost := int64(0)
		for _, g := range st.Gaps {
			lost += g.Lost
		}
		// The drops are exactly those of the numbered messages, give or take
		// the probes and the end mark, which may be among them.
		return lost == st.Dropped && lost >= int64(sent-numbered)
	})
}

func TestDeniedSubscriptionIsSeen(t *testing.T) {
	s := serve(t, embed.Options{Users: []*server.User{{
		Username: "wall", Password: "canary-password",
		Permissions: &server.Permissions{Subscribe: &server.SubjectPermission{Allow: []string{"elsewhere.>"}}},
	}}})
	f := subscribe(t, connect(t, natsfeed.Options{Server: s.ClientURL(), User: "wall", Password: "canary-password"}), natsfeed.FeedOptions{})
	eventually(t, f, "the denial", func() bool { return len(f.Status().Link.Denied) == 1 })
}

func TestWrongPasswordIsSeenAndRetriedForEver(t *testing.T) {
	s := serve(t, embed.Options{User: "wall", Password: "right-canary"})
	c := connect(t, natsfeed.Options{Server: "nats://wall:wrong-canary@" + s.ClientURL()[len("nats://"):]})
	f := subscribe(t, c, natsfeed.FeedOptions{})
	eventually(t, f, "an error without the password in it", func() bool {
		st := c.State()
		if st.Closed {
			t.Fatal("gave up")
		}
		if text := fmt.Sprintf("%+v", st); len(natsfeed.Redact(text)) != len(text) {
			t.Fatalf("secret in %s", text)
		}
		return st.LastError != ""
	})
}

func TestLeastPrivilegeReadsAStream(t *testing.T) {
	allow := natsfeed.LeastPrivilege("FLOOR", nil)
	s := serve(t, embed.Options{Storage: embed.Memory, User: "acd", Password: "canary-acd", Users: []*server.User{{
		Username: "wall", Password: "canary-wall",
		Permissions: &server.Permissions{
			Subscribe: &server.SubjectPermission{Allow: allow.Subscribe},
			Publish:   &server.SubjectPermission{Allow: allow.Publish},
		},
	}}})
	js := raw(t, s, nats.UserInfo("acd", "canary-acd"))
	store(t, js, subject, 0, 30)
	subjects, err := natsfeed.Subjects([]string{"hz"}, []string{"chat"})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name     string
		subjects []string
	}{{"everything", []string{"floor.>"}}, {"one channel of one floor", subjects}} {
		t.Run(tt.name, func(t *testing.T) {
			f := subscribe(t, connect(t, natsfeed.Options{Server: s.ClientURL(), User: "wall", Password: "canary-wall"}),
				natsfeed.FeedOptions{Stream: "FLOOR", Subjects: tt.subjects})
			var got []string
			eventually(t, f, "history", func() bool { drain(f, &got); return len(got) == 30 })
			eventually(t, f, "a look at the stream", func() bool { return f.Status().Delivered == 30 })
			if st := f.Status(); len(st.Link.Denied) != 0 {
				t.Fatalf("denied %v", st.Link.Denied)
			}
		})
	}
}

func TestNothingIsLeftRunningAfterClose(t *testing.T) {
	s := serve(t, embed.Options{Storage: embed.Memory})
	store(t, raw(t, s), subject, 0, 100)
	use := func() {
		c, err := natsfeed.Connect(natsfeed.Options{Server: s.ClientURL()})
		if err != nil {
			t.Fatal(err)
		}
		f, err := natsfeed.Subscribe(c, natsfeed.FeedOptions{Stream: "FLOOR", Subjects: []string{"floor.>"}, QueueLimit: 10})
		if err != nil {
			t.Fatal(err)
		}
		eventually(t, f, "a full queue", func() bool { return f.Status().Backlog == 10 })
		p := natsfeed.NewPublisher(c, natsfeed.PublishOptions{JetStream: true})
		if err := p.Publish(t.Context(), subject, "", []byte("x")); err != nil {
			t.Fatal(err)
		}
		if _, err := p.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		f.Close()
		c.Close()
	}
	use()
	before := clientGoroutines()
	for range 5 {
		use()
	}
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	poll := time.NewTicker(5 * time.Millisecond)
	defer poll.Stop()
	for after := clientGoroutines(); after > before; after = clientGoroutines() {
		select {
		case <-poll.C: // the client ends a few of its own in its own time
		case <-deadline.C:
			t.Fatalf("%d goroutines after five more uses, %d before", after, before)
		}
	}
}

// clientGoroutines counts those that the feed or the NATS client began; the
// server in the same process keeps a consumer for a while, by design.
func clientGoroutines() int {
	stacks := make([]byte, 1<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	n := 0
	for line := range strings.Lines(string(stacks)) {
		if strings.HasPrefix(line, "created by github.com/nats-io/nats%2ego") || strings.HasPrefix(line, "created by wallboard/feed/natsfeed.") {
			n++
		}
	}
	return n
}
