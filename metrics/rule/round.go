package rule

import (
	"wallboard/metrics"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
)

// round is one evaluation.
type round struct {
	book     *Book
	number   uint64
	at       int64
	on       *metrics.FloorView
	learning bool // bands alone
	closed   bool // the row's queue is outside its opening hours
	look     kpi.Reader
	sight    sight
	sources  sources
	open     []int8 // by rule: is it within its hours on this floor; 0: not asked yet
}

// Learns says whether any rule learns its limit.
func (b *Book) Learns() bool {
	for _, c := range b.rules {
		if c.Mode == ModeDynamic {
			return true
		}
	}
	return false
}

// Learn feeds the bands with what a snapshot shows, and moves no life: history
// that is read again teaches what is usual, and is no ground for an alarm.
func (b *Book) Learn(s *metrics.Snapshot) {
	b.round.learning = true
	b.round.begin(b, s)
	for _, floor := range s.Floors {
		b.round.floor(floor)
	}
	b.round.learning = false
	b.looks.forget() // nothing was judged
}

func (r *round) begin(b *Book, s *metrics.Snapshot) {
	r.book, r.at = b, s.At
	r.number++
	r.look.Ask(b.waits)
	b.looks.begin(s.At)
	r.sources.begin(s)
}

func (r *round) floor(f *metrics.FloorView) {
	r.on, r.closed = f, false
	r.open = append(r.open[:0], make([]int8, len(r.book.rules))...)
	r.row(f.Row)
	r.look.Within(f.Row)
	for _, rows := range [][]*metrics.Row{f.Channels, f.Queues, f.Teams, f.Topics, f.Touchpoints} {
		for _, row := range rows {
			r.row(row)
		}
	}
	for _, table := range f.Tables {
		r.closed = table.Closed
		r.row(table.Row)
	}
	r.closed = false
	if len(r.book.byScope[metrics.ScopeAgent]) > 0 {
		for agent := range f.Agents.All {
			r.row(agent.Row)
		}
	}
}

// row applies the rules of a scope to one row.
func (r *round) row(row *metrics.Row) {
	if row == nil || len(r.book.byScope[row.Key.Scope]) == 0 {
		return
	}
	known := r.book.looks.note(row)
	read := false
	for _, c := range r.book.byScope[row.Key.Scope] {
		if known && !c.moving && r.book.lives[identity{c.index, row.Key}] == nil || !c.Match.matches(row.Key) {
			continue
		}
		if r.at%c.every != 0 || r.learning && c.Mode != ModeDynamic {
			r.keep(c, row.Key)
			continue
		}
		if !read {
			r.look.Reset(row, r.at)
			read = true
		}
		r.apply(c, row)
	}
}

// keep leaves a life as it is until the rule is judged again.
func (r *round) keep(c *compiled, key metrics.Key) {
	if l := r.book.lives[identity{c.index, key}]; l != nil {
		l.round = r.number
	}
}

func (r *round) apply(c *compiled, row *metrics.Row) {
	id := identity{rule: c.index, key: row.Key}
	l := r.book.lives[id]
	if c.KPI != kpi.SourceAge && r.sources.mute(row.Key) {
		if l != nil {
			l.round = r.number
			l.freeze(r.at)
		}
		return
	}
	s := &r.sight
	if r.learning {
		r.see(c, row, s)
		r.learn(c, id, l, s)
		return
	}
	r.see(c, row, s)
	if l == nil && (s.level[atWarn].beyond() || s.level[atCritical].beyond()) {
		l = &life{}
		r.book.lives[id] = l
	}
	if l != nil {
		l.round = r.number
		l.today(r.on.DayStart)
		r.book.step(c, id, l, s)
	}
	if c.Mode == ModeDynamic {
		if b := r.book.bands[id]; b != nil {
			b.shown = *s
		}
		r.learn(c, id, l, s)
	}
}

// see reads what a rule looks at in a row, and holds it against the limits.
func (r *round) see(c *compiled, row *metrics.Row, s *sight) {
	v := r.read(c)
	// What later events can still move is no ground for an alarm.
	*s = sight{value: v.V, n: v.N, ok: v.OK && v.N >= c.MinN && !v.Provisional() && r.within(c) && r.holds(c)}
	switch {
	case c.KPI == kpi.SourceAge && r.book.given == nil:
		r.silence(c, row.Key.Floor, s)
	case c.Mode == ModeDynamic:
		r.learned(c, row.Key, s)
	case c.Mode == ModeBurn:
		r.burn(c, s)
		return
	case c.FromTarget:
		r.fromTarget(c, row.Key, s)
	default:
		s.level = c.fixed
	}
	judged := s.value
	if c.Confident && s.ok {
		judged = Bound(s.value, s.n, -c.sense())
		s.reason = Reason{kind: reasonBound, a: judged, b: float64(s.n)}
	}
	for i := range s.level {
		s.level[i].value, s.level[i].ok = judged, s.ok
	}
}

// read reads the rule's KPI over its window.
func (r *round) read(c *compiled) kpi.Value {
	if c.KPI == kpi.SourceAge && r.book.given == nil {
		return r.sources.age(r.on.ID, r.at)
	}
	// The day is summed already: where it holds too few samples, so do the
	// hours of it that the rule asks for.
	if c.Confident && c.Minutes > 0 && r.at-r.on.DayStart >= int64(c.Minutes)*60_000 {
		if v := r.value(c.kpi, fact.WindowToday, 0); v.N < c.MinN {
			return kpi.Value{}
		}
	}
	return r.value(c.kpi, c.Window, c.Minutes)
}

// value reads a KPI off the row, over a window of minutes where there are any.
func (r *round) value(k *kpi.KPI, w fact.Window, minutes int) kpi.Value {
	switch {
	case r.book.given != nil:
		return r.book.given.read(k, w, minutes)
	case minutes > 0:
		return r.look.ReadLast(k, minutes)
	}
	return r.look.Read(k, w)
}

// within says whether the rule's hours are on.
func (r *round) within(c *compiled) bool {
	if c.Hours == nil {
		return true
	}
	if r.open[c.index] == 0 {
		r.open[c.index] = -1
		if c.Hours.Open(r.at, r.on.Zone) {
			r.open[c.index] = 1
		}
	}
	return r.open[c.index] > 0
}

// holds says whether what else the rule asks for is so.
func (r *round) holds(c *compiled) bool {
	for i, k := range c.when {
		v := r.value(k, c.Window, c.Minutes)
		if !v.OK || v.V < c.When[i].AtLeast {
			return false
		}
	}
	return true
}

// fromTarget takes the warn limit from the KPI's target for the entity, and
// critical as so many times it where the rule says so.
func (r *round) fromTarget(c *compiled, key metrics.Key, s *sight) {
	s.level = [2]gauge{unwatched, unwatched}
	t, ok := r.target(c.kpi, key)
	if !ok {
		return
	}
	w := &s.level[atWarn]
	w.watched = true
	switch c.Direction {
	case kpi.Within:
		w.lo, w.hi = t.Lo, t.Hi
	case kpi.More:
		w.lo = t.Value
	default:
		w.hi = t.Value
	}
	c.times(&s.level)
	c.settleBacks(&s.level)
}

func (r *round) target(k *kpi.KPI, key metrics.Key) (kpi.Target, bool) {
	if r.book.config.Targets != nil {
		return r.book.config.Targets.For(k, key)
	}
	if k.Target == nil {
		return kpi.Target{}, false
	}
	return *k.Target, true
}

// times puts critical so many times as far out as warn; of a range only its
// upper edge, for nothing is critically fast.
func (c *compiled) times(g *[2]gauge) {
	x := &g[atCritical]
	switch {
	case c.CriticalTimes > 0 && c.Direction == kpi.More:
		x.watched, x.lo = true, g[atWarn].lo/c.CriticalTimes
	case c.CriticalTimes > 0:
		x.watched, x.hi = true, g[atWarn].hi*c.CriticalTimes
	case c.Critical != nil && c.Direction == kpi.More:
		x.watched, x.lo = true, *c.Critical
	case c.Critical != nil:
		x.watched, x.hi = true, *c.Critical
	case c.CriticalWithin != nil:
		x.watched, x.lo, x.hi = true, c.CriticalWithin.Lo, c.CriticalWithin.Hi
	}
}
