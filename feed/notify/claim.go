package notify

import (
	"context"
	"time"

	"wallboard/feed/share"
	"wallboard/metrics"
	"wallboard/metrics/ack"
)

// againAfter is how long a question waits that nobody could answer.
const againAfter = 2 * time.Second

// claim settles with the other boards who tells, and says whether it is this
// one.
func (n *Notifier) claim(ctx context.Context, d *due) (*telling, Line, bool) {
	now := n.opts.Now()
	e := n.watch.of[d.id]
	if e == nil {
		return nil, Line{}, false
	}
	if !n.wanted(d) {
		// Another board may have a way for it: the claim is not ours to take.
		e.finished(d, d.breach.Level)
		return nil, Line{}, false
	}
	t := &telling{level: d.breach.Level, now: n.opts.Now}
	if n.opts.Claims == nil {
		r, _ := n.opts.Desk.Get(d.id)
		return n.alone(t, e, d, r)
	}
	r, agreed, err := n.opts.Claims.Agree(ctx, d.id)
	switch {
	case err != nil:
		d.next = now.Add(againAfter)
		return nil, Line{}, false
	case !agreed:
		return n.alone(t, e, d, r)
	}
	if r.First != e.first { // others knew of it before
		delete(e.due, d.state)
		return nil, Line{}, false
	}
	t.claims = n.opts.Claims
	t.notice = share.Notice{ID: d.id, Start: r.First, State: string(d.state)}
	won, err := n.contend(ctx, t, d, now)
	if err != nil {
		d.next = now.Add(againAfter)
		return nil, Line{}, false
	}
	if !won {
		if d.seen.Confirmed || d.state == Resolved && d.seenAt.IsZero() {
			e.finished(d, d.seen.Level)
		}
		return nil, Line{}, false
	}
	return n.ours(t, e, d, r)
}

// wanted says whether any way of this board is for the notice.
func (n *Notifier) wanted(d *due) bool {
	for _, l := range n.lines {
		if l.way.takes(d.state, d.breach.Level) {
			return true
		}
	}
	return false
}

// contend takes the claim, or takes it over from a board that has said nothing
// of it for too long, by this board's own clock.
func (n *Notifier) contend(ctx context.Context, t *telling, d *due, now time.Time) (bool, error) {
	if d.state == Resolved {
		// Whoever was never told that it began need not hear that it is over.
		began := t.notice
		began.State = string(Firing)
		c, err := n.opts.Claims.Look(ctx, began)
		if err != nil || c.Level == metrics.LevelUnknown {
			return false, err
		}
	}
	c, err := n.opts.Claims.Claim(ctx, t.notice, t.level)
	if err == nil && !c.Held && !c.Confirmed && !d.seenAt.IsZero() && c.Same(d.seen) && now.Sub(d.seenAt) >= share.RetakeAfter {
		c, err = n.opts.Claims.Retake(ctx, t.notice, c, t.level)
	}
	if err != nil {
		return false, err
	}
	if c.Held && !c.Confirmed {
		t.took(c)
		return true, nil
	}
	if d.seenAt.IsZero() || !c.Same(d.seen) {
		d.seenAt = now
	}
	d.seen, d.next = c, d.seenAt.Add(share.RetakeAfter)
	return false, nil
}

// alone tells without asking: no board could be asked, now or ever.
func (n *Notifier) alone(t *telling, e *watched, d *due, r ack.Record) (*telling, Line, bool) {
	if _, began := e.told[Firing]; d.state == Resolved && !began {
		e.finished(d, d.breach.Level)
		return nil, Line{}, false
	}
	return n.ours(t, e, d, r)
}

func (n *Notifier) ours(t *telling, e *watched, d *due, r ack.Record) (*telling, Line, bool) {
	e.finished(d, d.breach.Level)
	return t, Line{ID: d.id, Start: r.Episode, Breach: d.breach}, true
}

// finished notes that people have been told, or are about to be.
func (e *watched) finished(d *due, level metrics.Level) {
	d.claimed = true
	delete(e.due, d.state)
	e.told[d.state] = level
}

// wants says whether the notice has yet to go out by a way: another board may
// have got so far before it fell silent.
func (t *telling) wants(way string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, done := range t.claim.Done {
		if done == way {
			return false
		}
	}
	return true
}

// expect notes that it is to go out by one more way.
func (t *telling) expect() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.left++
}
