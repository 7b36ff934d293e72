package bench

import (
	"context"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"

	"wallboard/feed/live"
	"wallboard/feed/natsfeed"
	"wallboard/feed/wire"
	"wallboard/metrics"
	"wallboard/metrics/board"
)

// IngestConfig says how much is measured.
type IngestConfig struct {
	Load    Load
	Warm    int // events folded in before anything is measured
	Events  int // in each turn
	Repeats int // turns of each contestant
}

// DefaultIngest is what the bench command measures.
func DefaultIngest() IngestConfig {
	return IngestConfig{Load: FullFloor(), Warm: 1_500_000, Events: 300_000, Repeats: 5}
}

// contestant is one way to take the stream; run returns when it has handled n
// messages from the address.
type contestant interface {
	run(ctx context.Context, url string, n int) error
}

// Ingest measures clients alone against a stream encoded beforehand: one that
// does nothing, ours with decoding and the whole engine, and the usual one.
// They take turns on the same events.
func Ingest(ctx context.Context, cfg IngestConfig) ([]Figure, error) {
	g := newGenerator(cfg.Load, time.Now().Add(-time.Hour))
	ours, err := newOurs()
	if err != nil {
		return nil, err
	}
	usual := newUsual()
	ours.warm(g, cfg.Warm, usual)
	racers := []contestant{nothing{}, ours, &usualClient{usual}}
	times := make([][]float64, len(racers)) // ns per event
	spents := make([][]float64, len(racers))
	for turn := range cfg.Repeats {
		f := g.take(cfg.Events)
		for i := range racers {
			who := (turn + i) % len(racers)
			before := spent()
			took, err := against(ctx, racers[who], f)
			if err != nil {
				return nil, err
			}
			spents[who] = append(spents[who], float64(spent()-before)/float64(cfg.Events))
			times[who] = append(times[who], float64(took)/float64(cfg.Events))
		}
	}
	f := g.take(cfg.Events)
	allocs := ours.allocations(f)
	return ingestFigures(times, spents, allocs), nil
}

func ingestFigures(times, spents [][]float64, allocs float64) []Figure {
	limit, ours, usual := median(times[0]), median(times[1]), median(times[2])
	// The server's part is in all of them.
	note := fmt.Sprintf("processor time %.2f us/event, ours %.2f", median(spents[0])/1e3, median(spents[1])/1e3)
	return []Figure{
		{ID: "P1", What: "ingest of a pre-encoded feed, of a subscriber that does nothing", Unit: "events/s",
			Limit: 1e9 / limit, Ours: 1e9 / ours, Ratio: pairwise(times[0], times[1]), Goal: 0.5, AtLeast: true, Note: note},
		{ID: "P1", What: "ingest, of encoding/json with Prometheus vectors", Unit: "events/s",
			Limit: 1e9 / usual, Ours: 1e9 / ours, Ratio: pairwise(times[2], times[1]), Goal: 5, AtLeast: true,
			Note: fmt.Sprintf("processor time of the usual one %.2f us/event", median(spents[2])/1e3)},
		{ID: "P3", What: "allocations per event, decoding and engine", Unit: "allocs", Ours: allocs, Ratio: allocs, Goal: 0.005},
	}
}

// against lets one contestant take the events and returns how long it took from
// the first byte.
func against(ctx context.Context, who contestant, f *frames) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	feed, err := newFeeder(f)
	if err != nil {
		return 0, err
	}
	defer feed.close()
	go feed.serve()
	if err := who.run(ctx, feed.url(), f.len()); err != nil {
		return 0, err
	}
	select {
	case err := <-feed.failed:
		return 0, err
	case began := <-feed.began:
		return time.Since(began), nil
	}
}

// nothing subscribes and counts.
type nothing struct{}

func (nothing) run(ctx context.Context, url string, n int) error {
	return counting(ctx, url, n, func(*nats.Msg) {})
}

// usualClient subscribes and does the usual.
type usualClient struct{ usual *usual }

func (u *usualClient) run(ctx context.Context, url string, n int) error {
	return counting(ctx, url, n, func(m *nats.Msg) { u.usual.message(m.Data) })
}

// counting subscribes and handles n messages on the client's goroutine.
func counting(ctx context.Context, url string, n int, handle func(*nats.Msg)) error {
	nc, err := nats.Connect(url)
	if err != nil {
		return fmt.Errorf("bench: connect: %w", err)
	}
	defer nc.Close()
	done := make(chan struct{})
	left := n
	sub, err := nc.Subscribe("floor.>", func(m *nats.Msg) {
		handle(m)
		if left--; left == 0 {
			close(done)
		}
	})
	if err != nil {
		return fmt.Errorf("bench: subscribe: %w", err)
	}
	if err := sub.SetPendingLimits(-1, -1); err != nil {
		return fmt.Errorf("bench: subscribe: %w", err)
	}
	return waitFor(ctx, done)
}

func waitFor(ctx context.Context, done <-chan struct{}) error {
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("bench: not every event arrived: %w", ctx.Err())
	}
}

// ours is the way of the product: natsfeed, wire, the runner and a board that
// goes on from turn to turn, so that its sessions, people and ids are warm.
type ours struct {
	board live.Board
}

// counted says when so many events have been applied.
type counted struct {
	live.Board
	left int
	done chan struct{}
}

// Apply counts and passes on.
func (c *counted) Apply(ev *metrics.Event) {
	c.Board.Apply(ev)
	if c.left--; c.left == 0 {
		close(c.done)
	}
}

func newOurs() (*ours, error) {
	b, err := live.Boards(boardConfig())()
	if err != nil {
		return nil, fmt.Errorf("bench: %w", err)
	}
	return &ours{board: b}, nil
}

func boardConfig() board.Config {
	return board.Config{Settings: metrics.DefaultSettings(time.UTC), ClockMode: metrics.ClockEvent, Speed: 0}
}

// warm folds events in directly, into the usual program as well.
func (o *ours) warm(g *generator, n int, u *usual) {
	decoder := wire.NewDecoder()
	const part = 50_000
	var ev metrics.Event
	for left := n; left > 0; left -= part {
		f := g.take(min(part, left))
		for i := range f.len() {
			payload := f.payload(i)
			u.message(payload)
			if decoder.Decode(f.subjects[i], nil, payload, 0, &ev) == nil {
				o.board.Apply(&ev)
			}
		}
	}
	o.board.CaughtUp(0)
}

// allocations returns those of decoding and applying, per event.
func (o *ours) allocations(f *frames) float64 {
	decoder := wire.NewDecoder()
	var ev metrics.Event
	before := mallocs()
	for i := range f.len() {
		if decoder.Decode(f.subjects[i], nil, f.payload(i), 0, &ev) == nil {
			o.board.Apply(&ev)
		}
	}
	return float64(mallocs()-before) / float64(f.len())
}

func (o *ours) run(ctx context.Context, url string, n int) error {
	conn, err := natsfeed.Connect(natsfeed.Options{Server: url})
	if err != nil {
		return err
	}
	defer conn.Close()
	// As the others: the client drops nothing, however fast the stream is.
	feed, err := natsfeed.Subscribe(conn, natsfeed.FeedOptions{Subjects: []string{"floor.>"}, ClientPending: n + 1})
	if err != nil {
		return err
	}
	defer feed.Close()
	count := &counted{Board: o.board, left: n, done: make(chan struct{})}
	return runner(ctx, feed, count)
}

// runner runs a live runner on the feed until the board has counted.
func runner(ctx context.Context, feed *natsfeed.Feed, count *counted) error {
	r, err := live.New(live.Config{
		Source: feed, Box: &board.Box{}, Now: time.Now,
		NewBoard: func() (live.Board, error) { return count, nil },
	})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- r.Run(ctx) }()
	waited := waitFor(ctx, count.done)
	cancel()
	if err := <-ended; err != nil {
		return err
	}
	return waited
}
