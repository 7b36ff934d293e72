package share

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"wallboard/feed/natsfeed"
	"wallboard/metrics"
	"wallboard/metrics/ack"
	"wallboard/metrics/clean"
)

// Options say what to share and how patiently.
type Options struct {
	Conn  *natsfeed.Conn
	Desk  *ack.Desk
	Board string           // names this board in claims; default a random one
	Now   func() time.Time // default time.Now

	RequestWithin time.Duration // for an answer of JetStream; default 5 s
	LookEvery     time.Duration // at the bucket, and between attempts; default 5 s
	ReadEvery     time.Duration // everything anew, lest a change was missed; default 60 s
	CleanEvery    time.Duration // default 10 min
}

func (o Options) complete() Options {
	if o.Board == "" {
		o.Board = nats.NewInbox()[len("_INBOX."):]
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	for _, d := range []struct {
		of       *time.Duration
		fallback time.Duration
	}{
		{&o.RequestWithin, 5 * time.Second}, {&o.LookEvery, 5 * time.Second},
		{&o.ReadEvery, time.Minute}, {&o.CleanEvery, 10 * time.Minute},
	} {
		if *d.of <= 0 {
			*d.of = d.fallback
		}
	}
	return o
}

// Standing says whether decisions reach other boards.
type Standing uint8

// The standings. A board that has just begun does not know yet.
const (
	Opening Standing = iota
	Shared
	Local
)

// Share keeps a desk and the bucket equal for as long as it runs: through
// restarts of the server, without JetStream, for ever. Its methods are safe for
// concurrent use.
type Share struct {
	opts    Options
	changed chan struct{} // of the link
	cancel  context.CancelFunc
	done    chan struct{}

	mu       sync.Mutex
	view     metrics.TogetherView
	standing Standing
	kv       jetstream.KeyValue // while shared
	created  time.Time          // of the bucket's stream
	known    map[string]revision
	settled  chan struct{} // closed once standing is not Opening
}

// revision is what the bucket was last seen to hold under a key.
type revision struct {
	number uint64
	record ack.Record // zero where it is void
}

// Start begins to share and returns at once.
func Start(opts Options) (*Share, error) {
	if opts.Conn == nil || opts.Desk == nil {
		return nil, errors.New("share: start: a connection and a desk are needed")
	}
	opts = opts.complete()
	ctx, cancel := context.WithCancel(context.Background())
	s := &Share{
		opts: opts, changed: make(chan struct{}, 1), cancel: cancel, done: make(chan struct{}),
		known: map[string]revision{}, settled: make(chan struct{}),
	}
	s.view = metrics.TogetherView{Why: ack.WhyOpening, Since: opts.Now().UnixMilli()}
	stop := opts.Conn.Listen(func() { poke(s.changed) })
	go func() {
		defer close(s.done)
		defer stop()
		s.run(ctx)
	}()
	return s, nil
}

// Close ends sharing and waits for it. The connection stays open.
func (s *Share) Close() {
	s.cancel()
	<-s.done
}

// View says how sharing stands, for the health page.
func (s *Share) View() metrics.TogetherView {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.view
}

// Standing says whether decisions reach other boards.
func (s *Share) Standing() Standing {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.standing
}

func poke(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// errAgain ends a session whose bucket is to be read from the start.
var errAgain = errors.New("share: read the bucket again")

// run opens one session after the other.
func (s *Share) run(ctx context.Context) {
	for ctx.Err() == nil {
		err := s.session(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case errors.Is(err, errAgain):
			continue
		}
		s.local(err)
		timer := time.NewTimer(s.opts.LookEvery)
		select {
		case <-ctx.Done():
		case <-s.changed:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// errNoLink ends a session with its link.
var errNoLink = errors.New("share: no link to the server")

// local notes that decisions stay on this board, and why.
func (s *Share) local(err error) {
	link := s.opts.Conn.State()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kv = nil
	if !link.Connected && s.standing == Opening {
		return // a server that is still looked for says nothing about JetStream
	}
	why := why(err, link)
	if s.standing != Local || s.view.Why != why {
		s.view.Shared, s.view.Why, s.view.Since = false, why, s.opts.Now().UnixMilli()
	}
	s.view.LastError = clean.Line(s.opts.Conn.Hide(err)).String()
	s.settle(Local)
}

// settle changes the standing. s.mu is held.
func (s *Share) settle(to Standing) {
	if s.standing == Opening {
		close(s.settled)
	}
	s.standing = to
}

// why says in the words of the health page what keeps boards apart.
func why(err error, link natsfeed.State) string {
	var api *jetstream.APIError
	switch {
	case !link.Connected:
		return ack.WhyNoLink
	case errors.Is(err, jetstream.ErrJetStreamNotEnabled), errors.Is(err, jetstream.ErrJetStreamNotEnabledForAccount),
		errors.Is(err, nats.ErrNoResponders), errors.Is(err, jetstream.ErrNoStreamResponse):
		return ack.WhyNoJetStream
	case errors.Is(err, nats.ErrPermissionViolation), errors.Is(err, context.DeadlineExceeded) && len(link.Denied) > 0:
		return ack.WhyDenied
	case errors.As(err, &api):
		return ack.WhyRefused
	}
	return ack.WhyNoAnswer
}

// note keeps an error that ends nothing.
func (s *Share) note(err error) {
	text := clean.Line(s.opts.Conn.Hide(err)).String()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.view.LastError = text
}

// ask bounds one request.
func (s *Share) ask(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, s.opts.RequestWithin)
}

// Agree makes sure that what was decided here about a breach has reached the
// bucket and returns what all boards hold. It waits for a bucket that is still
// being opened; where boards cannot agree it returns what is known here, and
// false.
func (s *Share) Agree(ctx context.Context, id ack.ID) (ack.Record, bool, error) {
	select {
	case <-s.settled:
	case <-ctx.Done():
		return ack.Record{}, false, ctx.Err()
	}
	if kv := s.bucket(); kv != nil {
		for _, mine := range s.opts.Desk.Pending() {
			if mine.ID() != id {
				continue
			}
			if err := s.write(ctx, kv, mine); err != nil {
				return ack.Record{}, false, fmt.Errorf("share: agree on %s: %w", Key(id), err)
			}
		}
		r, _ := s.opts.Desk.Get(id)
		return r, true, nil
	}
	if s.Standing() == Shared || s.View().Why == ack.WhyNoLink {
		return ack.Record{}, false, errNoLink // it comes back
	}
	r, _ := s.opts.Desk.Get(id)
	return r, false, nil
}

// bucket returns the bucket while it is shared, else nil.
func (s *Share) bucket() jetstream.KeyValue {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.kv
}
