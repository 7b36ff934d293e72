package notify

import (
	"cmp"
	"slices"
	"time"

	"wallboard/feed/share"
	"wallboard/metrics"
	"wallboard/metrics/ack"
)

// watch remembers of each breach what people have been told, and finds out from
// a snapshot what they have yet to be told. Notices follow from the difference
// between the two, so a snapshot that was never seen changes nothing.
type watch struct {
	opts *Options
	of   map[ack.ID]*watched
}

// watched is one breach.
type watched struct {
	first  int64 // the beginning its notices go by
	breach metrics.Breach
	told   map[State]metrics.Level // what has been told, by this board or another, at which level
	due    map[State]*due
}

// due is one notice on its way.
type due struct {
	id      ack.ID
	state   State
	breach  metrics.Breach
	since   time.Time
	next    time.Time // not before
	seen    share.Claim
	seenAt  time.Time // when the claim of another board was first seen so
	claimed bool
}

func (w *watch) look(s *metrics.Snapshot) {
	present := map[ack.ID]bool{}
	for i := range s.Breaches {
		b := &s.Breaches[i]
		if b.State != metrics.BreachFiring && b.State != metrics.BreachRecovering {
			continue
		}
		id := ack.IDOf(b)
		present[id] = true
		if b.SilencedUntil > s.At {
			w.hush(id)
			continue
		}
		if r, err := w.opts.Desk.Open(b); err == nil {
			w.fires(id, r, b)
		}
	}
	w.quiet(s, present)
}

// hush takes back what has not been claimed yet.
func (w *watch) hush(id ack.ID) {
	if e := w.of[id]; e != nil {
		e.drop()
	}
}

func (e *watched) drop() {
	for state, d := range e.due {
		if !d.claimed {
			delete(e.due, state)
		}
	}
}

// entry returns what is known of a breach, begun anew with another episode.
func (w *watch) entry(id ack.ID, r ack.Record) *watched {
	e := w.of[id]
	if e == nil || e.first != r.First {
		e = &watched{first: r.First, told: map[State]metrics.Level{}, due: map[State]*due{}}
		w.of[id] = e
	}
	return e
}

// fires finds what is to be told of a breach that fires.
func (w *watch) fires(id ack.ID, r ack.Record, b *metrics.Breach) {
	e := w.entry(id, r)
	e.breach = *b
	level, told := e.told[Firing]
	_, worse := e.told[Escalated]
	switch {
	case !told && e.due[Firing] == nil && b.AckedBy.Empty():
		w.plan(id, e, Firing, *b)
	case !told && e.due[Firing] != nil && !e.due[Firing].claimed && !b.AckedBy.Empty():
		e.drop() // somebody has it before anybody was told
	case told && !worse && b.Level > level && e.due[Escalated] == nil:
		w.plan(id, e, Escalated, *b)
	}
}

func (w *watch) plan(id ack.ID, e *watched, state State, b metrics.Breach) {
	now := w.opts.Now()
	e.due[state] = &due{id: id, state: state, breach: b, since: now, next: now.Add(w.opts.Gather)}
}

// quiet finds what is over, whoever has told of it before.
func (w *watch) quiet(s *metrics.Snapshot, present map[ack.ID]bool) {
	over := map[ack.ID]bool{}
	for _, r := range w.opts.Desk.Over() {
		id := r.ID()
		over[id] = true
		if present[id] {
			continue
		}
		e := w.entry(id, r)
		if r.Silent(s.At) {
			e.told[Resolved] = r.Level // silence covers it: later it would be no news
		}
		_, told := e.told[Resolved]
		if told || e.due[Resolved] != nil {
			continue
		}
		e.drop()
		w.plan(id, e, Resolved, lastSeen(s, r, e.breach))
	}
	for id, e := range w.of {
		if present[id] || over[id] {
			continue
		}
		if _, known := w.opts.Desk.Get(id); !known {
			delete(w.of, id)
			continue
		}
		e.drop() // it has just ended: nobody needs to be told that it began
	}
}

// lastSeen returns a breach as it was when it ended.
func lastSeen(s *metrics.Snapshot, r ack.Record, known metrics.Breach) metrics.Breach {
	b := known
	if b.Rule == "" {
		b = metrics.Breach{Rule: r.Rule, Level: r.Level, FiringSince: r.Episode}
		for i := range s.PastBreaches {
			p := &s.PastBreaches[i]
			past := metrics.Breach{Rule: p.Rule, KPI: p.KPI, Key: p.Key, Window: p.Window, Since: p.Since, FiringSince: p.FiringSince, Limit: p.Limit, Peak: p.Peak}
			if p.Rule == r.Rule && ack.IDOf(&past) == r.ID() {
				b = past
				break
			}
		}
	}
	b.State, b.Level = metrics.BreachResolved, r.Level
	return b
}

// ripe returns what may be told now, in batches of one floor, rule and state. A
// batch goes when its oldest is ripe, and takes along what has come since.
func (w *watch) ripe(now time.Time) [][]*due {
	type batch struct {
		floor, rule string
		state       State
	}
	all := map[batch][]*due{}
	ready := map[batch]bool{}
	for id, e := range w.of {
		for _, d := range e.due {
			fresh := d.seenAt.IsZero()
			if d.claimed || !fresh && now.Before(d.next) {
				continue
			}
			key := batch{id.Floor, id.Rule, d.state}
			all[key] = append(all[key], d)
			ready[key] = ready[key] || !now.Before(d.next)
		}
	}
	var out [][]*due
	for key, list := range all {
		if !ready[key] {
			continue
		}
		slices.SortFunc(list, func(a, b *due) int { return cmp.Compare(a.id.Scope, b.id.Scope) })
		out = append(out, list)
	}
	slices.SortFunc(out, func(a, b []*due) int {
		return cmp.Or(cmp.Compare(a[0].id.Floor, b[0].id.Floor), cmp.Compare(a[0].id.Rule, b[0].id.Rule), cmp.Compare(a[0].state, b[0].state))
	})
	return out
}
