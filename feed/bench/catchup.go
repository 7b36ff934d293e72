package bench

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"wallboard/feed/embed"
	"wallboard/feed/live"
	"wallboard/feed/natsfeed"
)

// CatchUpConfig says how much history is read.
type CatchUpConfig struct {
	Load    Load
	Events  int
	Repeats int
	Storage embed.Storage
}

// DefaultCatchUp is what the bench command measures.
func DefaultCatchUp() CatchUpConfig {
	return CatchUpConfig{Load: FullFloor(), Events: 300_000, Repeats: 3, Storage: embed.File}
}

// CatchUp measures reading a whole stream: an ordered consumer that does
// nothing, and ours from nothing to a live board, in turns. The server runs in
// the same process, for both.
func CatchUp(ctx context.Context, cfg CatchUpConfig) ([]Figure, error) {
	server, err := Filled(ctx, cfg)
	if err != nil {
		return nil, err
	}
	defer server.Shutdown()
	racers := []func(context.Context, string, int) error{idleConsumer, ourCatchUp}
	times := make([][]float64, len(racers))
	for turn := range cfg.Repeats {
		for i := range racers {
			who := (turn + i) % len(racers)
			began := time.Now()
			if err := racers[who](ctx, server.ClientURL(), cfg.Events); err != nil {
				return nil, err
			}
			times[who] = append(times[who], time.Since(began).Seconds())
		}
	}
	n := float64(cfg.Events)
	limit, ours := median(times[0]), median(times[1])
	return []Figure{{
		ID: "P2", What: fmt.Sprintf("JetStream catch-up of %d events, of an ordered consumer that does nothing", cfg.Events), Unit: "events/s",
		Limit: n / limit, Ours: n / ours, Ratio: pairwise(times[0], times[1]), Goal: 0.75, AtLeast: true,
		Note: fmt.Sprintf("%.2f s and %.2f s", limit, ours),
	}}, nil
}

// Filled starts a server whose stream holds the events.
func Filled(ctx context.Context, cfg CatchUpConfig) (*embed.Server, error) {
	stream := natsfeed.FloorStream(natsfeed.DefaultStream)
	server, err := embed.Start(embed.Options{Storage: cfg.Storage, Stream: &stream})
	if err != nil {
		return nil, err
	}
	if err := fill(ctx, server.ClientURL(), cfg); err != nil {
		server.Shutdown()
		return nil, err
	}
	return server, nil
}

func fill(ctx context.Context, url string, cfg CatchUpConfig) error {
	conn, err := natsfeed.Connect(natsfeed.Options{Server: url})
	if err != nil {
		return err
	}
	defer conn.Close()
	out := natsfeed.NewPublisher(conn, natsfeed.PublishOptions{JetStream: true, InFlight: 4096})
	g := newGenerator(cfg.Load, time.Now().Add(-time.Hour))
	const part = 50_000
	for left := cfg.Events; left > 0; left -= part {
		f := g.take(min(part, left))
		for i := range f.len() {
			if err := out.Publish(ctx, f.subjects[i], "", f.payload(i)); err != nil {
				return err
			}
		}
	}
	_, err = out.Close(ctx)
	return err
}

// idleConsumer reads the stream with an ordered consumer and counts.
func idleConsumer(ctx context.Context, url string, n int) error {
	nc, err := nats.Connect(url)
	if err != nil {
		return fmt.Errorf("bench: connect: %w", err)
	}
	defer nc.Close()
	js, err := jetstream.New(nc)
	if err != nil {
		return fmt.Errorf("bench: JetStream: %w", err)
	}
	consumer, err := js.OrderedConsumer(ctx, natsfeed.DefaultStream, jetstream.OrderedConsumerConfig{FilterSubjects: []string{"floor.>"}})
	if err != nil {
		return fmt.Errorf("bench: consumer: %w", err)
	}
	done, left := make(chan struct{}), n
	consume, err := consumer.Consume(func(jetstream.Msg) {
		if left--; left == 0 {
			close(done)
		}
	}, jetstream.PullMaxMessages(natsfeed.DefaultPullMessages))
	if err != nil {
		return fmt.Errorf("bench: consume: %w", err)
	}
	defer consume.Stop()
	return waitFor(ctx, done)
}

// ourCatchUp reads the stream into a board that has seen nothing.
func ourCatchUp(ctx context.Context, url string, n int) error {
	conn, err := natsfeed.Connect(natsfeed.Options{Server: url})
	if err != nil {
		return err
	}
	defer conn.Close()
	feed, err := natsfeed.Subscribe(conn, natsfeed.FeedOptions{Stream: natsfeed.DefaultStream, Subjects: []string{"floor.>"}})
	if err != nil {
		return err
	}
	defer feed.Close()
	b, err := live.Boards(boardConfig())()
	if err != nil {
		return err
	}
	count := &counted{Board: b, left: n, done: make(chan struct{})}
	if err := runner(ctx, feed, count); err != nil {
		return err
	}
	if h := b.Snapshot().Health; h.Received != int64(n) {
		return errors.New("bench: the board did not see every event")
	}
	return nil
}
