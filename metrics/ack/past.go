package ack

import (
	"slices"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// past remembers who had acknowledged the episodes that are over, for the
// history of breaches.
type past struct {
	who   map[run]clean.Text
	order []run // oldest first

	version, marked uint64
	from            *metrics.Episode // of the slice last marked
	length          int
	out             []metrics.Episode
}

// run is one episode as this board saw it begin.
type run struct {
	id    ID
	start int64
}

func (p *past) note(id ID, start int64, by clean.Text) {
	r := run{id, start}
	if p.who == nil {
		p.who = map[run]clean.Text{}
	}
	if _, known := p.who[r]; !known {
		p.order = append(p.order, r)
	}
	p.who[r] = by
	if len(p.order) > metrics.MaxPastBreaches {
		delete(p.who, p.order[0])
		p.order = slices.Delete(p.order, 0, 1)
	}
	p.version++
}

// mark writes the names onto a copy of the snapshot's history; the copy serves
// until either changes.
func (p *past) mark(s *metrics.Snapshot, d *Desk) {
	if len(p.who) == 0 || len(s.PastBreaches) == 0 {
		return
	}
	if p.from == &s.PastBreaches[0] && p.length == len(s.PastBreaches) && p.marked == p.version {
		s.PastBreaches = p.out
		return
	}
	p.from, p.length, p.marked = &s.PastBreaches[0], len(s.PastBreaches), p.version
	p.out = slices.Clone(s.PastBreaches)
	for i := range p.out {
		e := &p.out[i]
		id := d.idOf(&metrics.Breach{Rule: e.Rule, Key: e.Key})
		if by, ok := p.who[run{id, e.FiringSince}]; ok {
			e.AckedBy = by
		}
	}
	s.PastBreaches = p.out
}
