package natsfeed

import (
	"context"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// follow watches the stream beside the messages, because the ordered consumer
// will not tell: after a stream is deleted and recreated it skips as many
// messages as it had read, and after retention overtook it, it goes on at the
// first one left, both without an error. It returns why the pass is void, or
// nothing when the context ended.
func (f *Feed) follow(ctx context.Context, r *reader) string {
	ticker := time.NewTicker(f.opts.CheckEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return ""
		case <-ticker.C:
		case <-f.wake:
		}
		for _, change := range f.takeChanges() {
			switch change.kind {
			case linkDown:
				r.linkHeld = false
			case linkUp:
				r.linkHeld, r.verify = false, true
			}
		}
		if !f.conn.State().Connected {
			continue
		}
		if reason := f.look(ctx, r); reason != "" {
			return reason
		}
		f.q.poke()
	}
}

// look compares the stream with what was read of it.
func (f *Feed) look(ctx context.Context, r *reader) string {
	ask, cancel := f.ask(ctx)
	defer cancel()
	at := r.position() // before asking, or a message in between looks like a roll-back
	info, err := f.conn.Stream(ask, f.opts.Stream)
	f.noteMissing(err)
	if err != nil {
		f.fail("look", err)
		return ""
	}
	switch {
	case !info.Created.Equal(r.created):
		return "the stream was recreated"
	case info.LastSeq < at.sequence:
		return "the stream was rolled back"
	}
	if r.verify {
		same, err := f.sameMessage(ask, r)
		if err != nil {
			f.fail("verify", f.conn.hide.err(err))
			return ""
		}
		if !same {
			return "the stream was rolled back and written again"
		}
		r.verify = false
	}
	f.account(r, info, at)
	return ""
}

// account moves the mark up to which everything was read, and counts what
// retention removed before it was.
func (f *Feed) account(r *reader, info StreamInfo, at position) {
	skipped := r.takeSkipped()
	lost := uint64(0)
	if info.FirstSeq > r.reached+1 {
		// Some of these may have been of other subjects, or read in time: at
		// most so many.
		lost = skipped
		if info.FirstSeq > at.sequence+1 {
			lost += info.FirstSeq - at.sequence - 1
		}
	}
	from := r.reachedAt
	r.reachedAt = max(from, at.stored/int64(time.Millisecond))
	r.reached = max(r.reached, at.sequence)
	if r.linkHeld && at.pending == 0 && (at.sequence > 0 || r.history == 0) {
		// Nothing of our subjects was behind the last message and the link
		// held: whatever the stream had at the last look has been read.
		r.reached = max(r.reached, r.tail)
	}
	if lost > 0 {
		r.reached = max(r.reached, info.FirstSeq-1)
	}
	r.tail, r.linkHeld = info.LastSeq, true
	f.update(func(s *Status) {
		s.FirstSeq, s.LastSeq, s.Delivered = info.FirstSeq, info.LastSeq, at.sequence
		if lost > 0 {
			to := info.FirstTime.UnixMilli()
			s.addGap(Gap{From: min(from, to), To: to, Lost: int64(lost)})
		}
	})
}

func (r *reader) takeSkipped() uint64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	skipped := r.skipped
	r.skipped = 0
	return skipped
}

// sameMessage asks whether the last message read before the link was lost is
// still the one at its sequence: a server that lost its last writes and was written to again has
// the same Created and a last sequence beyond ours, and other messages.
func (f *Feed) sameMessage(ctx context.Context, r *reader) (bool, error) {
	r.mu.Lock()
	lost, downs := r.lost, r.downs
	r.mu.Unlock()
	if lost.sequence == 0 {
		return true, nil
	}
	same, err := f.stillThere(ctx, lost)
	if same && err == nil {
		r.verified(downs)
	}
	return same, err
}

// stillThere looks at one message with a consumer of its own, because reading
// a message directly would need one more permission.
func (f *Feed) stillThere(ctx context.Context, lost position) (bool, error) {
	probe, err := f.conn.js.CreateConsumer(ctx, f.opts.Stream, jetstream.ConsumerConfig{
		DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: lost.sequence,
		FilterSubjects: f.opts.Subjects, AckPolicy: jetstream.AckNonePolicy,
		HeadersOnly: true, MemoryStorage: true, InactiveThreshold: 10 * time.Second,
	})
	if err != nil {
		return false, err
	}
	name := probe.CachedInfo().Name
	defer func() {
		// An answer that does not come is no matter: the server removes an
		// idle probe by itself.
		_ = f.conn.js.DeleteConsumer(ctx, f.opts.Stream, name)
	}()
	batch, err := probe.FetchNoWait(1)
	if err != nil {
		return false, err
	}
	for m := range batch.Messages() {
		at, ok := parseAck(m.Reply())
		if !ok {
			continue
		}
		if at.sequence == lost.sequence {
			return at.stored == lost.stored, nil
		}
		return at.stored >= lost.stored, nil // ours has gone; what follows must be younger
	}
	return true, batch.Error()
}
