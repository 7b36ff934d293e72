package natsfeed

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Scan is one pass over what a stream holds, beside the feed: it leaves nothing
// behind on the server and writes nothing.
type Scan struct {
	Stream   string
	Subjects []string
	From     time.Time // zero: from the first message
	// Each is called with every message in order, on the caller's goroutine. The
	// message holds only until it returns.
	Each func(*Message)
	// Progress is told now and then how many messages have been read and about
	// how many there are; nil: nobody asks.
	Progress func(read, total int64)
}

// scanPull is how many messages a scan asks for at once: fewer than a feed
// does, for the feed shares the link.
const scanPull = 1_000

// progressEvery is how many messages lie between two reports of progress.
const progressEvery = 256

// Scan reads the messages that the stream holds when it begins, and returns when
// the last of them was read, the context ends or the stream cannot be read.
// Messages that are stored while it reads may come along.
func (c *Conn) Scan(ctx context.Context, s Scan) error {
	cfg := jetstream.OrderedConsumerConfig{FilterSubjects: s.Subjects, DeliverPolicy: jetstream.DeliverAllPolicy, InactiveThreshold: consumerKept}
	if !s.From.IsZero() {
		cfg.DeliverPolicy, cfg.OptStartTime = jetstream.DeliverByStartTimePolicy, &s.From
	}
	consumer, err := c.js.OrderedConsumer(ctx, s.Stream, cfg)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		return fmt.Errorf("natsfeed: scan stream %s: %w", s.Stream, ErrNoStream)
	}
	if err != nil {
		return fmt.Errorf("natsfeed: scan stream %s: %w", s.Stream, c.hide.err(err))
	}
	total := int64(consumer.CachedInfo().NumPending)
	s.report(0, total)
	if total == 0 {
		return nil
	}
	messages, err := consumer.Messages(jetstream.PullMaxMessages(scanPull))
	if err != nil {
		return fmt.Errorf("natsfeed: scan stream %s: %w", s.Stream, c.hide.err(err))
	}
	defer messages.Stop()
	if err := s.read(ctx, messages, total); err != nil {
		return fmt.Errorf("natsfeed: scan stream %s: %w", s.Stream, c.hide.err(err))
	}
	return nil
}

// read takes messages until there were as many as at the beginning, or nothing of
// the subjects is behind the last one.
func (s *Scan) read(ctx context.Context, messages jetstream.MessagesContext, total int64) error {
	last := uint64(0)
	for n := int64(1); ; n++ {
		m, err := messages.Next(jetstream.NextContext(ctx))
		if err != nil {
			return err
		}
		at, ok := parseAck(m.Reply())
		if !ok || at.sequence <= last {
			continue // once per sequence, whatever the transport repeats
		}
		last = at.sequence
		s.Each(&Message{Subject: m.Subject(), Header: m.Headers(), Payload: m.Data(), Sequence: at.sequence, Stored: at.stored / int64(time.Millisecond)})
		if at.pending == 0 || n >= total {
			s.report(n, n)
			return nil
		}
		if n%progressEvery == 0 {
			s.report(n, max(total, n))
		}
	}
}

func (s *Scan) report(read, total int64) {
	if s.Progress != nil {
		s.Progress(read, total)
	}
}
