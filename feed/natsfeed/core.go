package natsfeed

import (
	"context"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
)

// corePendingBytes bounds what the client holds for a core subscription beside
// the count of messages.
const corePendingBytes = 256 << 20

// startCore subscribes to the subjects themselves. There is no history: the
// numbers begin now, and whatever the link or the client loses is a gap.
func (f *Feed) startCore(ctx context.Context) error {
	epoch := f.q.begin()
	f.conn.watch(f.observe)
	var subs []*nats.Subscription
	for _, subject := range f.opts.Subjects {
		sub, err := f.conn.nc.Subscribe(subject, func(m *nats.Msg) {
			f.q.put(epoch, Message{Subject: m.Subject, Header: m.Header, Payload: m.Data})
		})
		if err == nil {
			err = sub.SetPendingLimits(f.opts.ClientPending, corePendingBytes)
		}
		if err != nil {
			unsubscribe(subs)
			return fmt.Errorf("natsfeed: subscribe to %s: %w", subject, err)
		}
		subs = append(subs, sub)
	}
	go f.runCore(ctx, subs)
	return nil
}

func unsubscribe(subs []*nats.Subscription) {
	for _, sub := range subs {
		// Fails only where the connection has ended, and the subscription with it.
		_ = sub.Unsubscribe()
	}
}

// core is what the goroutine of a core subscription remembers between looks.
type core struct {
	subs    []*nats.Subscription
	looked  int64 // ms, of the last look at the drops
	dropped int64
}

func (f *Feed) runCore(ctx context.Context, subs []*nats.Subscription) {
	defer close(f.done)
	defer unsubscribe(subs)
	c := &core{subs: subs, looked: f.now()}
	if f.conn.State().Connected {
		f.beginCore(f.now())
	}
	ticker := time.NewTicker(f.opts.CheckEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		case <-f.wake:
		}
		for _, change := range f.takeChanges() {
			f.coreLink(change)
		}
		f.countDrops(c)
		f.q.poke()
	}
}

// beginCore notes when the subscription first stood.
func (f *Feed) beginCore(at int64) {
	f.update(func(s *Status) {
		if !s.Open {
			s.Open, s.LiveSince = true, at
		}
	})
}

func (f *Feed) coreLink(change linkChange) {
	at := change.at.UnixMilli()
	switch change.kind {
	case linkUp:
		f.beginCore(at)
		f.update(func(s *Status) {
			if n := len(s.Gaps); n > 0 && s.Gaps[n-1].To == 0 {
				s.Gaps[n-1].To = at
			}
		})
	case linkDown:
		f.update(func(s *Status) {
			if n := len(s.Gaps); s.Open && (n == 0 || s.Gaps[n-1].To != 0) {
				s.addGap(Gap{From: at})
			}
		})
	}
}

// countDrops turns every rise of the client's counters into a gap. The
// slow-consumer callback only wakes this up: it comes once for thousands.
func (f *Feed) countDrops(c *core) {
	now, total := f.now(), int64(0)
	for _, sub := range c.subs {
		n, err := sub.Dropped()
		if err != nil {
			return // the connection has ended, and said so in its state
		}
		total += int64(n)
	}
	if rise := total - c.dropped; rise > 0 {
		f.update(func(s *Status) {
			s.Dropped = total
			s.addGap(Gap{From: c.looked, To: now, Lost: rise})
		})
	}
	c.looked, c.dropped = now, total
}
