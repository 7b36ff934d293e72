package notify

import (
	"context"
	"errors"
	"sync"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

const (
	// maxQueued bounds what waits for a sink; beyond it the oldest goes, for
	// what is new is what people need.
	maxQueued = 256
	// attemptWithin bounds one attempt.
	attemptWithin = 10 * time.Second
	// tryFor is how long a message is tried: after an hour nobody needs it.
	tryFor = time.Hour
)

// parcel is a message on its way through one sink.
type parcel struct {
	message  *Message
	tellings []*telling // what its lines stand for
	since    time.Time
}

// line is a sink's queue and the goroutine that works on it.
type line struct {
	way    Way
	now    func() time.Time
	random func() float64
	wake   chan struct{}

	mu     sync.Mutex
	queued []parcel
	view   metrics.SinkView
}

func newLine(w Way, o Options) *line {
	name := clean.Own(w.Sink.Name()).String()
	return &line{way: w, now: o.Now, random: o.Random, wake: make(chan struct{}, 1), view: metrics.SinkView{Name: name}}
}

// put queues a parcel without ever waiting.
func (l *line) put(p parcel) {
	l.mu.Lock()
	var lost []*telling
	if len(l.queued) >= maxQueued {
		lost = l.queued[0].tellings
		l.queued = append(l.queued[:0], l.queued[1:]...)
		l.view.Dropped++
	}
	l.queued = append(l.queued, p)
	l.view.Queued = int64(len(l.queued))
	l.mu.Unlock()
	for _, t := range lost {
		t.abandon()
	}
	poke(l.wake)
}

// run sends one parcel after the other until the context ends.
func (l *line) run(ctx context.Context) {
	defer l.way.Sink.Close()
	for {
		p, ok := l.first()
		if !ok {
			select {
			case <-ctx.Done():
				return
			case <-l.wake:
			}
			continue
		}
		l.deliver(ctx, p)
		if ctx.Err() != nil {
			return
		}
	}
}

func (l *line) first() (parcel, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.queued) == 0 {
		return parcel{}, false
	}
	p := l.queued[0]
	l.queued = append(l.queued[:0], l.queued[1:]...)
	l.view.Queued = int64(len(l.queued))
	return p, true
}

// deliver tries a parcel until it has arrived, another board has taken over
// what it says, or it is too old.
func (l *line) deliver(ctx context.Context, p parcel) {
	for n := 1; ; n++ {
		ours, err := stillOurs(ctx, p.tellings)
		if err == nil && !ours {
			l.note(func(v *metrics.SinkView) { v.Retrying = false })
			return
		}
		if err == nil {
			attempt, cancel := context.WithTimeout(ctx, attemptWithin)
			err = l.way.Sink.Send(attempt, p.message)
			cancel()
		}
		if err == nil {
			l.arrived(ctx, p)
			return
		}
		if ctx.Err() != nil || l.failed(p, err) || !wait(ctx, pause(n, err, l.random())) {
			return
		}
	}
}

func (l *line) arrived(ctx context.Context, p parcel) {
	at := l.now().UnixMilli()
	l.note(func(v *metrics.SinkView) { v.Sent, v.LastSent, v.Retrying = v.Sent+1, at, false })
	for _, t := range p.tellings {
		t.delivered(ctx, l.way.Sink.Name())
	}
}

// failed notes a failed attempt and says whether it was the last.
func (l *line) failed(p parcel, err error) bool {
	text := clean.Line(err.Error()).String()
	var permanent Permanent
	last := errors.As(err, &permanent) || l.now().Sub(p.since) > tryFor
	l.note(func(v *metrics.SinkView) {
		v.Failed, v.Retrying, v.LastError = v.Failed+1, !last, text
		if last {
			v.Dropped++
		}
	})
	if last {
		for _, t := range p.tellings {
			t.abandon()
		}
	}
	return last
}

// stillOurs says whether anything of a parcel is still this board's to tell.
// One that is partly another's goes out whole: better twice than never.
func stillOurs(ctx context.Context, tellings []*telling) (bool, error) {
	ours := false
	for _, t := range tellings {
		held, err := t.hold(ctx)
		if err != nil {
			return false, err
		}
		ours = held || ours
	}
	return ours, nil
}

func (l *line) note(apply func(*metrics.SinkView)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	apply(&l.view)
}

func (l *line) state() metrics.SinkView {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.view
}

func wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

func poke(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
