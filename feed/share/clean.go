package share

import (
	"context"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"wallboard/metrics/clean"
)

// claimKept is how long a claim outlives its notice, should its breach still be
// known by another beginning or not at all.
const claimKept = 24 * time.Hour

// streamOfBucket and subjectOfKey are where JetStream keeps a bucket.
const (
	streamOfBucket = "KV_" + Bucket
	subjectOfKey   = "$KV." + Bucket + "."
)

// errorText is an error as the health page may show it.
func errorText(err error) string { return clean.Line(err.Error()).String() }

// clean removes what nobody needs any more: records of breaches long over and
// claims on notices of them. Any board may do it, and all may at once. Without
// the permission nothing is removed, which costs room and no truth.
func (s *Share) clean(ctx context.Context, kv jetstream.KeyValue) error {
	ask, cancel := s.ask(ctx)
	defer cancel()
	stream, err := s.opts.Conn.JetStream().Stream(ask, streamOfBucket)
	if err != nil {
		return fmt.Errorf("share: clean the bucket: %w", err)
	}
	now := s.opts.Desk.Now()
	old := map[string]uint64{}
	s.mu.Lock()
	for key, have := range s.known {
		if now > 0 && have.record.Episode != 0 && have.record.Expired(now) {
			old[key] = have.number
		}
	}
	s.mu.Unlock()
	if err := s.oldClaims(ask, kv, old); err != nil {
		return err
	}
	for key, number := range old {
		// Only up to what was looked at: another board may have written since.
		err := stream.Purge(ask, jetstream.WithPurgeSubject(subjectOfKey+key), jetstream.WithPurgeSequence(number+1))
		if err != nil {
			s.note(fmt.Errorf("share: clean the bucket: %w", err))
			return nil
		}
		s.mu.Lock()
		if s.known[key].number == number {
			delete(s.known, key)
		}
		s.mu.Unlock()
	}
	return nil
}

// oldClaims adds the claims that nobody will ask for again.
func (s *Share) oldClaims(ctx context.Context, kv jetstream.KeyValue, old map[string]uint64) error {
	w, err := kv.Watch(ctx, sentPrefix+">", jetstream.MetaOnly())
	if err != nil {
		return fmt.Errorf("share: clean the bucket: %w", err)
	}
	defer release(w)
	limit := s.opts.Now().Add(-claimKept)
	for {
		select {
		case <-ctx.Done():
			return fmt.Errorf("share: clean the bucket: %w", ctx.Err())
		case e, ok := <-w.Updates():
			if !ok || e == nil {
				return nil
			}
			if e.Created().Before(limit) && !s.needed(e.Key(), old) {
				old[e.Key()] = e.Revision()
			}
		}
	}
}

// needed says whether a claim is on a notice of the episodes that are known and
// not old themselves.
func (s *Share) needed(key string, old map[string]uint64) bool {
	breach, start, ok := splitSent(key)
	if _, gone := old[breach]; gone {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	have, known := s.known[breach]
	return ok && known && have.record.First == start
}
