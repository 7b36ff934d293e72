package ack

import (
	"slices"

	"wallboard/metrics"
)

// refreshMillis is how often the record of a breach that goes on firing says
// so, well within unseenMillis.
const refreshMillis = int64(5 * 60_000)

// sweepMillis is how often what is over is looked through.
const sweepMillis = int64(60_000)

// shown is what the last snapshot showed, beside the records themselves: what
// time alone changes.
type shown struct{ acked, silenced int32 }

// active says whether a breach is one that people see.
func active(b *metrics.Breach) bool {
	return b.State == metrics.BreachFiring || b.State == metrics.BreachRecovering
}

// Mark lays the records over a snapshot's breaches, and takes from it which of
// them escalated or ended. It replaces the snapshot's slices and never writes
// into them. The number it returns rises whenever it would show something else
// of the same breaches.
func (d *Desk) Mark(s *metrics.Snapshot) uint64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now = s.At
	if s.Mark.Kind == metrics.MarkCatchingUp {
		// Its breaches are not whole: that one is missing says nothing.
		d.live = 0
		for _, e := range d.entries {
			e.firing = false
		}
		return d.version
	}
	if d.live == 0 {
		d.live = s.At
	}
	if len(d.entries) > 0 {
		// Frozen rules neither fire nor resolve, so what they show is no news.
		if s.Mark.Kind != metrics.MarkStale && s.Mark.Kind != metrics.MarkIncomplete {
			d.observe(s)
		}
		d.lay(s)
	}
	d.past.mark(s, d)
	return d.version
}

// lay writes the records onto a copy of the breaches.
func (d *Desk) lay(s *metrics.Snapshot) {
	now := shown{}
	copied := false
	for i := range s.Breaches {
		e := d.entries[d.idOf(&s.Breaches[i])]
		if e == nil {
			continue
		}
		if !copied {
			s.Breaches, copied = slices.Clone(s.Breaches), true
		}
		b := &s.Breaches[i]
		r := &e.view
		if e.firing && r.Ended == 0 && r.holds(b.FiringSince) && r.Episode < b.FiringSince {
			// Started anew, this board saw it begin late.
			b.FiringSince, b.Since = r.Episode, min(b.Since, r.Episode)
		}
		if r.Acked() && r.holds(b.FiringSince) {
			b.AckedBy, b.AckedAt, b.AckComment = r.AckedBy, r.AckedAt, r.AckComment
			now.acked++
		}
		if r.Silent(s.At) {
			b.SilencedUntil, b.SilencedBy, b.SilenceComment = r.SilencedUntil, r.SilencedBy, r.SilenceComment
			now.silenced++
		}
	}
	s.Silenced = now.silenced
	if now != d.shown {
		d.shown = now
		d.version++
	}
}

// observe takes note of what this board sees: escalations, ends, and that a
// breach goes on.
func (d *Desk) observe(s *metrics.Snapshot) {
	d.looks++
	for i := range s.Breaches {
		b := &s.Breaches[i]
		if !active(b) {
			continue
		}
		e := d.entries[d.idOf(b)]
		if e == nil {
			continue
		}
		if e.firing && e.start != b.FiringSince {
			d.end(e, b.FiringSince-1) // and began anew since the last look
		}
		e.firing, e.start, e.look = true, b.FiringSince, d.looks
		d.goesOn(e, b)
	}
	for _, e := range d.entries {
		if e.look == d.looks || e.view.Episode == 0 {
			continue
		}
		// Where this board never saw it fire, nobody may be left who did.
		unseen := d.now-max(d.live, e.view.Seen) > unseenMillis
		if e.firing || unseen && e.view.Ended == 0 {
			d.end(e, d.now)
		}
	}
	d.sweep()
}

// goesOn notes a rise of the level, which ends an acknowledgement, that a breach
// came back soon after its end, and now and then that it still fires.
func (d *Desk) goesOn(e *entry, b *metrics.Breach) {
	r := e.view
	back := r.Ended != 0 && d.now-r.Ended > apartMillis
	switch {
	case !r.holds(b.FiringSince), r.Ended != 0 && !back:
		return
	case !back && b.Level <= r.Level && d.now-r.Seen < refreshMillis:
		return
	}
	r.Seen = max(r.Seen, d.now)
	r.Level = max(r.Level, b.Level)
	if r.Level > e.view.Level {
		r.unacknowledge()
	}
	d.change(e, r)
}

// end notes that this board has seen the breach fire no more since the time
// given.
func (d *Desk) end(e *entry, at int64) {
	if e.view.Acked() && e.start != 0 {
		d.past.note(e.view.ID(), e.start, e.view.AckedBy)
	}
	e.firing = false
	if e.view.Ended != 0 {
		return
	}
	r := e.view
	r.Ended = max(at, r.Episode)
	d.change(e, r)
}

// sweep throws out what nobody needs any more.
func (d *Desk) sweep() {
	if d.now-d.swept < sweepMillis && d.now >= d.swept {
		return
	}
	d.swept = d.now
	for id, e := range d.entries {
		if !e.firing && e.view.Expired(d.now) {
			delete(d.entries, id)
		}
	}
}
