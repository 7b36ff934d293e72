package share

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"wallboard/metrics/ack"
)

// config is the bucket as it is made where there is none.
func config() jetstream.KeyValueConfig {
	return jetstream.KeyValueConfig{
		Bucket: Bucket, Description: "What wallboards decide together about breaches",
		MaxValueSize: MaxValueBytes, History: 1, Storage: jetstream.FileStorage,
	}
}

// session opens the bucket, reads all of it, then follows it until the link
// goes or something does not fit.
func (s *Share) session(ctx context.Context) error {
	link := s.opts.Conn.State()
	if !link.Connected {
		return errNoLink
	}
	kv, created, err := s.open(ctx)
	if err != nil {
		return err
	}
	watching, stop := context.WithCancel(ctx)
	defer stop()
	w, err := kv.Watch(watching, breachPrefix+">")
	if err != nil {
		return fmt.Errorf("share: watch the bucket: %w", err)
	}
	defer release(w)
	if err := s.readAll(ctx, w, created); err != nil {
		return err
	}
	s.shared(kv)
	if err := s.flush(ctx, kv); err != nil {
		return err
	}
	return s.follow(ctx, kv, w, link.Reconnects)
}

// release ends a watch. Its callback may be waiting for a reader, which would
// keep the client's goroutine for ever.
func release(w jetstream.KeyWatcher) {
	_ = w.Stop() // fails only where the connection has ended
	go func() {  // ends when the client has let go of the watch
		for range w.Updates() {
		}
	}()
}

// open finds the bucket, or makes it.
func (s *Share) open(ctx context.Context) (jetstream.KeyValue, time.Time, error) {
	ask, cancel := s.ask(ctx)
	defer cancel()
	js := s.opts.Conn.JetStream()
	kv, err := js.KeyValue(ask, Bucket)
	if errors.Is(err, jetstream.ErrBucketNotFound) {
		kv, err = js.CreateKeyValue(ask, config())
		if errors.Is(err, jetstream.ErrBucketExists) { // another board was faster
			kv, err = js.KeyValue(ask, Bucket)
		}
	}
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("share: open the bucket %s: %w", Bucket, err)
	}
	created, err := s.createdAt(ask, kv)
	return kv, created, err
}

// createdAt returns when the bucket's stream was made: another time is another
// bucket, however it is called.
func (s *Share) createdAt(ctx context.Context, kv jetstream.KeyValue) (time.Time, error) {
	status, err := kv.Status(ctx)
	if err != nil {
		return time.Time{}, fmt.Errorf("share: look at the bucket: %w", err)
	}
	if b, ok := status.(*jetstream.KeyValueBucketStatus); ok {
		return b.StreamInfo().Created, nil
	}
	return time.Time{}, nil
}

// readAll takes everything the bucket holds. Where it is another bucket than
// before, what this board knows is written into it again.
func (s *Share) readAll(ctx context.Context, w jetstream.KeyWatcher, created time.Time) error {
	s.mu.Lock()
	lost := !s.created.IsZero() && !s.created.Equal(created)
	s.created = created
	if lost {
		clear(s.known)
	}
	s.mu.Unlock()
	ask, cancel := s.ask(ctx)
	defer cancel()
	held := map[ack.ID]bool{}
	for {
		select {
		case <-ask.Done():
			return fmt.Errorf("share: read the bucket: %w", ask.Err())
		case e, ok := <-w.Updates():
			switch {
			case !ok:
				return errNoLink
			case e != nil:
				if r := s.take(e); r.Episode != 0 {
					held[r.ID()] = true
				}
				continue
			}
		}
		if lost {
			s.opts.Desk.Renew(func(id ack.ID) bool { return held[id] })
		}
		return nil
	}
}

// shared notes that decisions reach other boards.
func (s *Share) shared(kv jetstream.KeyValue) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kv = kv
	if s.standing != Shared {
		s.view.Shared, s.view.Why, s.view.Since = true, "", s.opts.Now().UnixMilli()
		s.view.LastError = ""
	}
	s.settle(Shared)
}

// follow passes changes on in both directions.
func (s *Share) follow(ctx context.Context, kv jetstream.KeyValue, w jetstream.KeyWatcher, reconnects int64) error {
	look, read, tidy := time.NewTicker(s.opts.LookEvery), time.NewTimer(s.opts.ReadEvery), time.NewTicker(s.opts.CleanEvery)
	defer look.Stop()
	defer read.Stop()
	defer tidy.Stop()
	for {
		var err error
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-read.C:
			return errAgain
		case e, ok := <-w.Updates():
			if !ok {
				return errNoLink
			}
			if e != nil {
				s.take(e)
			}
		case <-s.opts.Desk.Unsaved():
			err = s.flush(ctx, kv)
		case <-s.changed:
			err = s.linkHolds(reconnects)
		case <-look.C:
			err = s.look(ctx, kv)
		case <-tidy.C:
			err = s.clean(ctx, kv)
		}
		if err != nil {
			return err
		}
	}
}

// linkHolds ends the session with its link: a watch may have missed what
// happened meanwhile.
func (s *Share) linkHolds(reconnects int64) error {
	link := s.opts.Conn.State()
	switch {
	case !link.Connected:
		return errNoLink
	case link.Reconnects != reconnects:
		return errAgain
	}
	return nil
}

// look finds out whether the bucket is still the same, and tries again what
// could not be written.
func (s *Share) look(ctx context.Context, kv jetstream.KeyValue) error {
	ask, cancel := s.ask(ctx)
	defer cancel()
	created, err := s.createdAt(ask, kv)
	if err != nil {
		return err
	}
	if !created.Equal(s.created) { // only this goroutine changes it
		return errAgain
	}
	return s.flush(ctx, kv)
}

// take notes one entry of the bucket and returns its record, zero where there
// is none.
func (s *Share) take(e jetstream.KeyValueEntry) ack.Record {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := s.known[e.Key()]
	if e.Revision() <= before.number {
		return before.record
	}
	if e.Operation() != jetstream.KeyValuePut {
		delete(s.known, e.Key())
		if before.record.Episode != 0 {
			s.opts.Desk.Forget(before.record.ID())
		}
		return ack.Record{}
	}
	if len(s.known) >= ack.MaxRecords && before.number == 0 {
		s.view.LastError = ack.ErrFull.Error()
		return ack.Record{}
	}
	r, err := Decode(e.Key(), e.Value())
	if err == nil {
		err = s.opts.Desk.Put(r)
	}
	if err != nil {
		s.view.LastError = errorText(err)
		r = before.record
	}
	s.known[e.Key()] = revision{e.Revision(), r}
	return r
}

// flush writes what was decided here. A record that cannot be written for its
// own sake is noted and left; anything else ends the session.
func (s *Share) flush(ctx context.Context, kv jetstream.KeyValue) error {
	for _, mine := range s.opts.Desk.Pending() {
		if err := s.write(ctx, kv, mine); err != nil {
			return err
		}
	}
	return nil
}

// maxConflicts bounds how often one record is read again because others were
// faster.
const maxConflicts = 32

// write lays a record over the one in the bucket. The bucket decides who was
// first: whoever was not reads again and merges again.
func (s *Share) write(ctx context.Context, kv jetstream.KeyValue, mine ack.Record) error {
	key := Key(mine.ID())
	ask, cancel := s.ask(ctx)
	defer cancel()
	s.mu.Lock()
	have := s.known[key]
	s.mu.Unlock()
	for range maxConflicts {
		merged := ack.Merge(have.record, mine)
		number := have.number
		if merged != have.record || number == 0 {
			data, err := Encode(merged)
			if err != nil {
				s.note(err)
				return nil // no attempt could write it
			}
			number, err = replace(ask, kv, key, data, have.number)
			if conflict(err) {
				if have, err = s.reread(ask, kv, key); err != nil {
					return err
				}
				continue
			}
			if err != nil {
				return fmt.Errorf("share: write %s: %w", key, err)
			}
		}
		return s.wrote(key, revision{number, merged})
	}
	return fmt.Errorf("share: write %s: %d others were faster", key, maxConflicts)
}

func replace(ctx context.Context, kv jetstream.KeyValue, key string, data []byte, number uint64) (uint64, error) {
	if number == 0 {
		return kv.Create(ctx, key, data)
	}
	return kv.Update(ctx, key, data, number)
}

func conflict(err error) bool {
	return errors.Is(err, jetstream.ErrKeyExists) || errors.Is(err, jetstream.ErrKeyRevisionMismatch)
}

// reread asks the bucket for what another board wrote. What cannot be read is
// written over.
func (s *Share) reread(ctx context.Context, kv jetstream.KeyValue, key string) (revision, error) {
	e, err := kv.Get(ctx, key)
	if errors.Is(err, jetstream.ErrKeyNotFound) || errors.Is(err, jetstream.ErrKeyDeleted) {
		return revision{}, nil
	}
	if err != nil {
		return revision{}, fmt.Errorf("share: read %s: %w", key, err)
	}
	r, err := Decode(key, e.Value())
	if err != nil {
		s.note(err)
		r = ack.Record{}
	}
	return revision{e.Revision(), r}, nil
}

// wrote notes what the bucket holds now, unless the watch was faster.
func (s *Share) wrote(key string, now revision) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known[key].number > now.number {
		return nil
	}
	s.known[key] = now
	if err := s.opts.Desk.Put(now.record); err != nil {
		s.view.LastError = errorText(err)
	}
	return nil
}
