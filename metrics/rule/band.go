package rule

import (
	"fmt"
	"math"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/baseline"
	"wallboard/metrics/checkpoint"
	"wallboard/metrics/kpi"
)

// learnEvery is the step of a band where a rule says nothing.
const learnEvery = 5 * time.Minute

// band is what one dynamic rule has learned of one entity.
type band struct {
	series *baseline.Series
	shown  sight // of the last look; not state
}

func (c *compiled) checkDynamic() (key, reason string) {
	d := c.Dynamic
	switch {
	case d == nil:
		return "base", "mode dynamic needs a base"
	case c.Warn != nil || c.WarnWithin != nil || c.FromTarget:
		return "warn", "in mode dynamic the warn limit is learned: give base and clamp"
	case d.Step < 0 || d.Step%time.Minute != 0 || d.Step > 24*time.Hour:
		return "step", fmt.Sprintf("%v is no number of whole minutes up to a day", d.Step)
	case d.Sensitivity < 0 || d.Sensitivity > 20 || math.IsNaN(d.Sensitivity):
		return "sensitivity", fmt.Sprintf("%g is not within 0 and 20", d.Sensitivity)
	case c.Confident:
		return "confident", "a band weighs its samples already"
	}
	if d.Step == 0 {
		copied := *d
		copied.Step, c.Dynamic = learnEvery, &copied
	}
	amounts := map[string]*Amount{"base": &d.Base, "clamp, lower": d.Min, "clamp, upper": d.Max}
	for _, name := range []string{"base", "clamp, lower", "clamp, upper"} {
		if reason := c.checkAmount(amounts[name], name == "base"); reason != "" {
			return name, reason
		}
	}
	return "", ""
}

// checkAmount finds what an amount is a multiple of.
func (c *compiled) checkAmount(a *Amount, isBase bool) string {
	switch {
	case a == nil:
		return ""
	case !finite(a.Value):
		return "it is not a finite number"
	case a.Of == "" || a.Of == OfUsual || a.Of == OfTarget || a.Of == OfBase && !isBase:
		return ""
	}
	k := kpi.Find(a.Of)
	if k == nil || !k.Scopes.Has(c.Scope) {
		return fmt.Sprintf("%q is no KPI of the scope %s, nor base, usual or target", a.Of, c.Scope)
	}
	if c.terms == nil {
		c.terms = map[string]*kpi.KPI{}
	}
	c.terms[a.Of] = k
	return ""
}

// kindOf says how a KPI answers to how much there is to do.
func kindOf(k *kpi.KPI) baseline.Kind {
	switch {
	case k.Unit == kpi.UnitPercent:
		return baseline.KindRatio
	case k.Flow():
		return baseline.KindFlow
	}
	return baseline.KindLevel
}

func (c *compiled) newBand(zone *time.Location) *band {
	o := baseline.Options{Step: c.Dynamic.Step, Kind: kindOf(c.kpi), MinN: float64(c.MinN), Zone: zone}
	if c.Dynamic.Weekday {
		o.Shape = baseline.ShapeWeekday
	}
	series, err := baseline.New(o)
	if err != nil {
		panic(err) // the rule was checked
	}
	return &band{series: series}
}

// moment is what the band is told of now.
func (r *round) moment(key metrics.Key, s *sight) baseline.Moment {
	return baseline.Moment{At: r.at, N: float64(s.n), Factor: r.book.config.Calendar.Factor(r.at, key, r.on.Zone)}
}

// learned holds a value against the edge of its band, between the rule's
// bounds: with no band yet, or inside a promotion it cannot be scaled for,
// against the base.
func (r *round) learned(c *compiled, key metrics.Key, s *sight) {
	d := c.Dynamic
	s.dynamic, s.lo, s.hi = true, math.NaN(), math.NaN()
	s.level = [2]gauge{unwatched, unwatched}
	m := r.moment(key, s)
	b := r.book.bands[identity{c.index, key}]
	edge := baseline.Band{}
	usual := math.NaN()
	s.steps = int32(baseline.Needed(d.Step))
	if b != nil {
		edge = b.series.Threshold(m, sensitivity(d))
		s.learned = int32(b.series.Learned())
		if b.series.Progress() == 1 {
			usual = b.series.Usual(m)
		}
	}
	terms := amounts{round: r, c: c, key: key, usual: usual}
	terms.base = terms.of(&d.Base)
	s.base = terms.base
	lo, hi := terms.base, terms.base
	switch {
	case edge.Known:
		lo, hi = edge.Lo, edge.Hi
		s.lo, s.hi = lo, hi
	case c.Direction == kpi.Within:
		return // one number bounds nothing on two sides
	}
	c.limits(&s.level, terms.clamp(lo, d), terms.clamp(hi, d))
	if edge.Known && s.ok && s.level[atWarn].outside(s.value) {
		s.reason = Reason{kind: reasonBand, band: b.series.Explain(m, s.value)}
	}
}

func sensitivity(d *Dynamic) float64 {
	if d.Sensitivity > 0 {
		return d.Sensitivity
	}
	return baseline.SensitivityEdge
}

func (g *gauge) outside(v float64) bool { return v > g.hi || v < g.lo }

// limits watches the bad side of lo to hi, or both.
func (c *compiled) limits(g *[2]gauge, lo, hi float64) {
	w := &g[atWarn]
	if c.Direction != kpi.Less && finite(lo) {
		w.watched, w.lo = true, lo
	}
	if c.Direction != kpi.More && finite(hi) {
		w.watched, w.hi = true, hi
	}
	if w.watched {
		c.times(g)
		c.settleBacks(g)
	}
}

// amounts works out what the amounts of a rule come to in one row.
type amounts struct {
	round       *round
	c           *compiled
	key         metrics.Key
	base, usual float64
}

// of returns NaN where what the amount is a multiple of is not known.
func (t *amounts) of(a *Amount) float64 {
	switch a.Of {
	case "":
		return a.Value
	case OfBase:
		return a.Value * t.base
	case OfUsual:
		return a.Value * t.usual
	case OfTarget:
		target, ok := t.round.target(t.c.kpi, t.key)
		if !ok {
			return math.NaN()
		}
		return a.Value * target.Value
	}
	v := t.round.value(t.c.terms[a.Of], t.c.Window, t.c.Minutes)
	if !v.OK {
		return math.NaN()
	}
	return a.Value * v.V
}

// clamp holds a limit between the rule's bounds; where they cross, the lower
// one counts: a queue of two people still may have five waiting.
func (t *amounts) clamp(limit float64, d *Dynamic) float64 {
	if d.Max != nil {
		if hi := t.of(d.Max); finite(hi) {
			limit = min(limit, hi)
		}
	}
	if d.Min != nil {
		if lo := t.of(d.Min); finite(lo) {
			limit = max(limit, lo)
		}
	}
	return limit
}

// learn feeds the band at the end of each of its steps. What rests on too
// little, and what a closed queue shows, feeds nothing.
func (r *round) learn(c *compiled, id identity, l *life, s *sight) {
	if r.at%c.Dynamic.Step.Milliseconds() != 0 || r.closed || !r.within(c) {
		return
	}
	v := r.read(c)
	if !v.OK || v.N < c.MinN {
		return
	}
	b := r.book.bands[id]
	if b == nil {
		b = c.newBand(r.on.Zone)
		r.book.bands[id] = b
	}
	s.n = v.N
	m := r.moment(id.key, s)
	m.Firing = l != nil && l.active()
	b.series.Feed(m, v.V)
}

// Limits returns what the dynamic rules hold values against now, by rule and
// key: only of entities that something has been learned of.
func (b *Book) Limits() []metrics.LimitView {
	if len(b.bands) == 0 {
		return nil
	}
	out := make([]metrics.LimitView, 0, len(b.bands))
	for _, id := range sortedIDs(b.bands) {
		s := &b.bands[id].shown
		c := b.rules[id.rule]
		view := metrics.LimitView{
			Rule: c.Name, KPI: c.KPI, Key: id.key, Value: math.NaN(), Warn: s.drawn(atWarn), Critical: s.drawn(atCritical),
			Base: s.base, Lo: s.lo, Hi: s.hi, LearnedSteps: s.learned, NeededSteps: s.steps,
		}
		if s.ok {
			view.Value = s.value
		}
		out = append(out, view)
	}
	return out
}

// drawn is the limit of a level, NaN where none is in force.
func (s *sight) drawn(level int) float64 {
	if limit := s.level[level].limit(s.value); s.level[level].watched && finite(limit) {
		return limit
	}
	return math.NaN()
}

// codeBands writes or reads every band.
func (b *Book) codeBands(c *checkpoint.Coder) {
	ids := sortedIDs(b.bands)
	n := c.Len(len(ids), mostLives)
	if c.Reading() {
		b.bands = make(map[identity]*band, min(n, 1<<16))
	}
	for i := 0; i < n && c.Err() == nil; i++ {
		id := identity{}
		var state []byte
		if !c.Reading() {
			id = ids[i]
			w := checkpoint.NewWriter(nil)
			b.bands[id].series.Code(w)
			state = w.Bytes()
		}
		known := b.codeIdentity(c, &id)
		c.Blob(&state, mostBandBytes)
		if c.Reading() && known && c.Err() == nil {
			b.readBand(id, state)
		}
	}
}

// mostBandBytes bounds the state of one band.
const mostBandBytes = 1 << 20

// readBand takes a band back. One that was learned another way (another shape,
// an older version) is let go: it is learned anew, and everything else is kept.
func (b *Book) readBand(id identity, state []byte) {
	c := b.rules[id.rule]
	if c.Mode != ModeDynamic {
		return
	}
	fresh := c.newBand(time.UTC)
	r := checkpoint.NewReader(state)
	fresh.series.Code(r)
	if r.Err() == nil {
		b.bands[id] = fresh
	}
}
