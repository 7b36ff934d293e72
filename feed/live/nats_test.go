package live

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/cloudevents/sdk-go/v2/binding"
	"github.com/cloudevents/sdk-go/v2/event"
	cehttp "github.com/cloudevents/sdk-go/v2/protocol/http"
	"github.com/nats-io/nats.go"

	"wallboard/feed/embed"
	"wallboard/feed/file"
	"wallboard/feed/natsfeed"
	"wallboard/feed/wire"
	"wallboard/metrics"
	"wallboard/metrics/board"
)

// patience bounds every wait of these tests; reaching it is a failure.
const patience = 20 * time.Second

func serve(t *testing.T, storage embed.Storage) *embed.Server {
	t.Helper()
	cfg := natsfeed.FloorStream("FLOOR")
	s, err := embed.Start(embed.Options{Storage: storage, Stream: &cfg})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Shutdown)
	return s
}

func connect(t *testing.T, s *embed.Server) *natsfeed.Conn {
	t.Helper()
	c, err := natsfeed.Connect(natsfeed.Options{Server: s.ClientURL(), ReconnectWait: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// watch runs a runner on the server and returns where its snapshots go.
func watch(t *testing.T, s *embed.Server, stream string, cfg board.Config) *board.Box {
	t.Helper()
	feed, err := natsfeed.Subscribe(connect(t, s), natsfeed.FeedOptions{Stream: stream, Subjects: []string{"floor.>"}, CheckEvery: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(feed.Close)
	box := &board.Box{}
	runner, err := New(Config{Source: feed, NewBoard: Boards(cfg), Box: box, Now: time.Now, Every: 10 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- runner.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return box
}

func until(t *testing.T, box *board.Box, what string, holds func(*metrics.Snapshot) bool) *metrics.Snapshot {
	t.Helper()
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	poll := time.NewTicker(5 * time.Millisecond)
	defer poll.Stop()
	for {
		if s := box.Latest(); s != nil && holds(s) {
			return s
		}
		select {
		case <-poll.C:
		case <-deadline.C:
			t.Fatalf("never: %s; last %+v", what, box.Latest())
		}
	}
}

// publish sends lines the way the publish command does.
func publish(t *testing.T, s *embed.Server, lines []string) natsfeed.Sent {
	t.Helper()
	p := natsfeed.NewPublisher(connect(t, s), natsfeed.PublishOptions{JetStream: true})
	sender := &file.Sender{
		In: file.NewReader(strings.NewReader(strings.Join(lines, "\n")), wire.MaxEventBytes), Out: p,
		Pace: file.NewPacer(file.Max, time.Now, file.Sleep), Now: time.Now,
	}
	if _, faults, err := sender.Run(t.Context()); err != nil || faults.Total > 0 {
		t.Fatalf("%+v %v", faults, err)
	}
	sent, err := p.Close(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return sent
}

func TestThroughNATSAndOfflineGiveTheSameBytes(t *testing.T) {
	lines := shop(400)
	lines = append(lines, lines[10], lines[11]) // duplicates, and late ones at that
	s := serve(t, embed.Memory)
	half := len(lines) / 2
	publish(t, s, lines[:half])
	box := watch(t, s, "FLOOR", testBoard(metrics.ClockEvent))
	publish(t, s, lines[half:len(lines)-2])
	// JetStream itself refuses a duplicate within two minutes; sent without an
	// id it arrives and the engine finds it.
	nc, err := nats.Connect(s.ClientURL())
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	for _, l := range lines[len(lines)-2:] {
		if err := nc.Publish("floor.hz.session.x.chat", []byte(l)); err != nil {
			t.Fatal(err)
		}
	}
	got := until(t, box, "every event live", func(s *metrics.Snapshot) bool {
		return s.Health.Received == int64(len(lines)) && s.Mark.Kind == metrics.MarkLive
	})
	want := offline(t, OfflineConfig{Inputs: []Input{input("day", lines...)}})
	if a, b := asJSON(t, got), want[0]; a != b {
		t.Fatalf("through NATS\n%.3000s\noffline\n%.3000s", firstDifference(a, b), firstDifference(b, a))
	}
}

// firstDifference returns a from shortly before it parts from b.
func firstDifference(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	return a[max(0, i-200):min(len(a), i+400)]
}

// sdkMessage lets the CloudEvents SDK encode an event and carries its headers
// and body, untouched, in a plain NATS message.
func sdkMessage(t *testing.T, ctx context.Context, ev event.Event, subject string) *nats.Msg {
	t.Helper()
	request := &http.Request{Header: make(http.Header)}
	if err := cehttp.WriteRequest(ctx, (*binding.EventMessage)(&ev), request); err != nil {
		t.Fatal(err)
	}
	m := &nats.Msg{Subject: subject, Header: nats.Header(request.Header)}
	if request.Body != nil {
		body, err := io.ReadAll(request.Body)
		if err != nil {
			t.Fatal(err)
		}
		m.Data = body
	}
	return m
}

func TestPublisherThatIsNotOursDrivesTheBoard(t *testing.T) {
	for _, tt := range []struct {
		name string
		mode func(context.Context) context.Context
	}{{"structured mode", binding.WithForceStructured}, {"binary mode", binding.WithForceBinary}} {
		t.Run(tt.name, func(t *testing.T) {
			s := serve(t, embed.Memory)
			box := watch(t, s, "FLOOR", testBoard(metrics.ClockWall))
			nc, err := nats.Connect(s.ClientURL())
			if err != nil {
				t.Fatal(err)
			}
			defer nc.Close()
			send := func(id, kind string, data any, extensions map[string]any) {
				ev := event.New()
				ev.SetID(id)
				ev.SetSource("/their/acd?queue=售前")
				ev.SetType(kind)
				ev.SetTime(time.Now())
				for k, v := range extensions {
					ev.SetExtension(k, v)
				}
				if data != nil {
					if err := ev.SetData("application/json", data); err != nil {
						t.Fatal(err)
					}
				}
				if err := ev.Validate(); err != nil {
					t.Fatal(err)
				}
				subject := "floor.hz." + kind
				if strings.HasPrefix(kind, "session.") {
					subject += ".chat"
				}
				if err := nc.PublishMsg(sdkMessage(t, tt.mode(t.Context()), ev, subject)); err != nil {
					t.Fatal(err)
				}
			}
			session := map[string]any{"floor": "hz", "session": "s-1", "channel": "chat", "queue": "售前"}
			send("1", "session.queued", map[string]any{"priority": 2, "skills": []string{"护肤"}}, session)
			waiting := until(t, box, "one waits", func(s *metrics.Snapshot) bool { return s.Health.Applied == 1 })
			if f := waiting.FloorNamed("hz"); f == nil || f.Row.Now.Waiting != 1 || len(f.Queues) != 1 || f.Queues[0].Key.Queue.String() != "售前" {
				t.Fatalf("floor %+v", f)
			}
			session["agent"] = "李雷"
			send("2", "session.assigned", nil, session)
			active := until(t, box, "one is answered", func(s *metrics.Snapshot) bool { return s.Health.Applied == 2 })
			if f := active.FloorNamed("hz"); f.Row.Now.Waiting != 0 || f.Row.Now.ActiveLegs != 1 || f.Agents.Len() != 1 || f.Agents.Pages[0][0].ID.String() != "李雷" {
				t.Fatalf("after the answer: %+v", f.Row.Now)
			}
			if h := active.Health; h.Received != 2 || len(h.Rejected) != 0 {
				t.Fatalf("health %+v", h)
			}
		})
	}
}

func TestRecordingReadOfflineGivesTheSameBytesAsLive(t *testing.T) {
	lines := shop(150)
	s := serve(t, embed.Memory)
	publish(t, s, lines)
	feed, err := natsfeed.Subscribe(connect(t, s), natsfeed.FeedOptions{Stream: "FLOOR", Subjects: []string{"floor.>"}})
	if err != nil {
		t.Fatal(err)
	}
	defer feed.Close()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var out bytes.Buffer
	recorded, err := Record(ctx, &countedSource{Feed: feed, left: len(lines), done: cancel}, file.NewWriter(&out), nil)
	if err != nil || recorded.Events != int64(len(lines)) || recorded.Bad != 0 {
		t.Fatalf("%+v %v", recorded, err)
	}
	again := Input{Name: "recorded", Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(out.Bytes())), nil }}
	a := offline(t, OfflineConfig{Inputs: []Input{again}})
	b := offline(t, OfflineConfig{Inputs: []Input{input("day", lines...)}})
	if a[0] != b[0] {
		t.Fatalf("recorded\n%.2000s\noriginal\n%.2000s", firstDifference(a[0], b[0]), firstDifference(b[0], a[0]))
	}
}

// countedSource ends the recording after so many messages.
type countedSource struct {
	*natsfeed.Feed
	left int
	done func()
}

func (c *countedSource) Take() natsfeed.Batch {
	b := c.Feed.Take()
	if c.left -= len(b.Messages); c.left <= 0 {
		c.done()
	}
	return b
}

func TestBinaryAndBareEventsAreRecordedAsLinesOfTheirOwn(t *testing.T) {
	var out bytes.Buffer
	w := file.NewWriter(&out)
	r := &recording{out: w, decoder: wire.NewDecoder()}
	header := map[string][]string{"ce-specversion": {"1.0"}, "ce-id": {"1"}, "ce-source": {"/a"}, "ce-type": {"session.queued"}, "ce-session": {"s"}, "ce-channel": {"chat"}, "ce-queue": {"q"}}
	err := r.batch([]natsfeed.Message{
		{Subject: "floor.hz.session.queued.chat", Header: header, Payload: []byte(`{"priority":2}`), Stored: nine.UnixMilli()},
		{Subject: "floor.hz.session.queued.chat", Payload: []byte(`{"id":"2","unknown":{"kept":true}}`), Stored: nine.UnixMilli()},
		{Subject: "floor.hz.session.queued.chat", Payload: []byte(`nonsense`), Stored: nine.UnixMilli()},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 2 || r.counts.Events != 2 || r.counts.Bad != 1 {
		t.Fatalf("%q %+v", lines, r.counts)
	}
	var ev metrics.Event
	if err := wire.NewDecoder().Decode("", nil, []byte(lines[0]), 0, &ev); err != nil {
		t.Fatal(err)
	}
	if ev.Floor.String() != "hz" || ev.Priority != 2 || ev.Arrival != nine.UnixMilli() {
		t.Fatalf("read back %+v", ev)
	}
	if want := `"unknown":{"kept":true},"floor":"hz"}`; !strings.HasSuffix(lines[1], want) {
		t.Fatalf("wrote %s", lines[1])
	}
}

func TestBoardComesBackAfterAServerRestartAndSaysSo(t *testing.T) {
	s := serve(t, embed.File)
	publish(t, s, shop(20))
	box := watch(t, s, "FLOOR", testBoard(metrics.ClockEvent))
	before := until(t, box, "live", func(s *metrics.Snapshot) bool { return s.Mark.Kind == metrics.MarkLive })
	s.Stop()
	until(t, box, "the lost link is seen", func(s *metrics.Snapshot) bool { return !s.Link.Connected })
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	publish(t, s, []string{heartbeat("later", nine.Add(12*time.Hour).UnixMilli())})
	// The event may be folded in before the link's own news has been heard.
	after := until(t, box, "one more event and the link back", func(s *metrics.Snapshot) bool {
		return s.Health.Received == before.Health.Received+1 && s.Link.Connected
	})
	if after.Link.Reconnects != 1 || after.Mark.Kind != metrics.MarkLive || after.Health.Lost != 0 {
		t.Fatalf("%+v %+v", after.Mark, after.Link)
	}
}

func TestRecreatedStreamRebuildsTheBoardAndSaysSo(t *testing.T) {
	s := serve(t, embed.Memory)
	publish(t, s, shop(30))
	box := watch(t, s, "FLOOR", testBoard(metrics.ClockEvent))
	until(t, box, "live", func(s *metrics.Snapshot) bool { return s.Mark.Kind == metrics.MarkLive })
	s.Stop() // a memory stream is gone, and made again
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	publish(t, s, []string{heartbeat("1", nine.UnixMilli())})
	after := until(t, box, "rebuilt", func(s *metrics.Snapshot) bool { return s.Mark.Kind == metrics.MarkRebuilt })
	if after.Health.Received != 1 {
		t.Fatalf("received %d of the new stream's 1", after.Health.Received)
	}
}
