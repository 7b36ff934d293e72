package natsfeed

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// reader is one pass over a stream: from the start of history into live, until
// the stream turns out not to be the one it began with.
type reader struct {
	feed    *Feed
	epoch   uint64
	created time.Time
	consume jetstream.ConsumeContext

	// written by the client's callbacks
	mu      sync.Mutex
	at      position // of the last message queued
	lost    position // the same when the link was lost, until verified
	latest  position // the same when the link was lost last
	downs   int      // times the link was lost
	skipped uint64   // sequences jumped over since the last look
	ended   bool     // the end of history was seen

	// written by the feed's goroutine
	reached   uint64 // all of our subjects up to here was read or is accounted for
	reachedAt int64  // ms, when the stream stored the last message read before the last look
	tail      uint64 // the stream's last sequence at the last look
	history   int64  // messages to read at the start
	linkHeld  bool   // no disconnect since the last look
	verify    bool   // the link came back: is this still the same stream?
}

// handle runs on the client's callback goroutine: it reads the position and
// queues. Waiting in put is the back pressure, because nothing more is pulled.
func (r *reader) handle(m jetstream.Msg) {
	at, ok := parseAck(m.Reply())
	if !ok {
		r.feed.update(func(s *Status) { s.Unreadable++ })
		return
	}
	if at.sequence <= r.position().sequence {
		return // once per sequence, whatever the transport repeats
	}
	queued := r.feed.q.put(r.epoch, Message{
		Subject: m.Subject(), Header: m.Headers(), Payload: m.Data(),
		Sequence: at.sequence, Stored: at.stored / int64(time.Millisecond),
	})
	if queued && r.advance(at) {
		r.feed.endHistory(at.sequence)
	}
}

// advance notes the position of a message that was queued and says whether it
// ends history.
func (r *reader) advance(at position) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.at.sequence > 0 {
		r.skipped += at.sequence - r.at.sequence - 1
	}
	r.at = at
	if at.pending > 0 || r.ended {
		return false
	}
	r.ended = true
	return true
}

func (r *reader) position() position {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.at
}

// behind returns how many messages of our subjects the server still had when it
// sent the last one.
func (r *reader) behind() int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.at.sequence == 0 {
		return r.history
	}
	return int64(r.at.pending)
}

// markDisconnect keeps the position at which the link was lost: what comes
// after it may be of another stream under the same name.
func (r *reader) markDisconnect() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.latest = r.at
	r.downs++
	if r.lost.sequence == 0 {
		r.lost = r.at
	}
}

// verified says that the position asked about, when the link had been lost so
// many times, is still that of the same message.
func (r *reader) verified(downs int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lost = position{}
	if r.downs != downs {
		r.lost = r.latest
	}
}

// endHistory lowers the goal where the last message of our subjects lies before
// the stream's last.
func (f *Feed) endHistory(sequence uint64) {
	f.update(func(s *Status) {
		if sequence < s.CatchUpTo {
			s.CatchUpTo = sequence
		}
	})
	f.q.poke()
}

// runStream reads the stream for as long as the feed lives, beginning again
// whenever the stream is not the one that was being read.
func (f *Feed) runStream(ctx context.Context) {
	defer close(f.done)
	reason := ""
	for ctx.Err() == nil {
		r, err := f.open(ctx, reason)
		if err != nil {
			f.noteMissing(err)
			f.fail("read", err)
			f.pause(ctx)
			continue
		}
		reason = f.follow(ctx, r)
		r.end()
	}
}

// pause waits for the next attempt, or for the link to change.
func (f *Feed) pause(ctx context.Context) {
	timer := time.NewTimer(min(time.Second, f.opts.CheckEvery))
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case <-f.wake:
	}
}

func (f *Feed) noteMissing(err error) {
	missing := errors.Is(err, ErrNoStream)
	now := f.now()
	f.update(func(s *Status) {
		switch {
		case !missing:
			s.Missing = 0
		case s.Missing == 0:
			s.Missing = now
		}
	})
}

// consumerKept is how long the server keeps the consumer of a board that has
// gone; one that comes back begins a new consumer where it was.
const consumerKept = 30 * time.Second

// open starts reading at the start of history. reason says why everything
// before is void, empty at the first time.
func (f *Feed) open(ctx context.Context, reason string) (*reader, error) {
	ask, cancel := f.ask(ctx)
	defer cancel()
	// The stream is asked first: what is published between this and the
	// consumer is read as well, and only the goal of catching up is lower.
	info, err := f.conn.Stream(ask, f.opts.Stream)
	if err != nil {
		return nil, err
	}
	cfg := jetstream.OrderedConsumerConfig{
		FilterSubjects: f.opts.Subjects, DeliverPolicy: jetstream.DeliverAllPolicy,
		InactiveThreshold: consumerKept,
	}
	if f.opts.HistoryFrom != nil {
		if from := f.opts.HistoryFrom(); !from.IsZero() {
			cfg.DeliverPolicy, cfg.OptStartTime = jetstream.DeliverByStartTimePolicy, &from
			f.update(func(s *Status) { s.From = from })
		}
	}
	consumer, err := f.conn.js.OrderedConsumer(ask, f.opts.Stream, cfg)
	if err != nil {
		return nil, fmt.Errorf("natsfeed: consumer of %s: %w", f.opts.Stream, f.conn.hide.err(err))
	}
	begin := consumer.CachedInfo()
	r := &reader{
		feed: f, created: info.Created, epoch: f.q.begin(), linkHeld: true,
		reached: begin.Delivered.Stream, reachedAt: info.FirstTime.UnixMilli(), tail: info.LastSeq,
		history: int64(begin.NumPending),
	}
	f.mu.Lock()
	f.reading = r
	f.mu.Unlock()
	f.noteMissing(nil)
	f.opened(info, begin.NumPending, reason)
	r.consume, err = consumer.Consume(r.handle,
		jetstream.PullMaxMessages(f.opts.PullMessages),
		jetstream.ConsumeErrHandler(func(_ jetstream.ConsumeContext, err error) {
			f.fail("consume", f.conn.hide.err(err))
			f.nudge()
		}))
	if err != nil {
		return nil, fmt.Errorf("natsfeed: consume %s: %w", f.opts.Stream, f.conn.hide.err(err))
	}
	return r, nil
}

func (f *Feed) opened(info StreamInfo, history uint64, reason string) {
	now := f.now()
	f.update(func(s *Status) {
		s.Open = true
		s.FirstSeq, s.LastSeq = info.FirstSeq, info.LastSeq
		s.Delivered = 0
		s.CatchUpTo, s.HistoryTotal = info.LastSeq, int64(history)
		if history == 0 {
			s.CatchUpTo = 0
		}
		if reason != "" {
			s.Rebuilds++
			s.RebuiltAt, s.Reason = now, reason
			s.Gaps = nil // of numbers that are void
		}
	})
	f.q.poke()
}

// end stops the pass. The client may wait for an answer of a server that is
// away before it lets go, so nobody waits for it: whatever it still delivers is
// of a void epoch.
func (r *reader) end() {
	go r.consume.Stop()
}
