package rule

import (
	"math"

	"wallboard/metrics"
	"wallboard/metrics/kpi"
)

// gauge is one level of a rule at one look: the limits in force, where the
// value is well again, and the value that is held against them. A side that is
// not watched lies at an infinity.
type gauge struct {
	watched        bool
	lo, hi         float64
	backLo, backHi float64
	value          float64
	ok             bool // false: no data, too few samples, or no limit known
}

// unwatched is a level that no value passes.
var unwatched = gauge{lo: math.Inf(-1), hi: math.Inf(1), backLo: math.Inf(-1), backHi: math.Inf(1)}

// beyond says whether the value is out of bounds; on a limit it is not.
func (g *gauge) beyond() bool { return g.watched && g.ok && (g.value > g.hi || g.value < g.lo) }

// unwell says whether the value has not yet come back to where it is well.
func (g *gauge) unwell() bool {
	return g.watched && g.ok && (g.value > g.backHi || g.value < g.backLo)
}

// limit returns the limit a value is held against: that of the side it is
// nearer to.
func (g *gauge) limit(v float64) float64 { return nearer(v, g.lo, g.hi) }

// back returns the return level of the same side.
func (g *gauge) back(v float64) float64 {
	if nearer(v, g.lo, g.hi) == g.lo && !math.IsInf(g.lo, 0) {
		return g.backLo
	}
	return g.backHi
}

func nearer(v, lo, hi float64) float64 {
	switch {
	case math.IsInf(lo, 0):
		return hi
	case math.IsInf(hi, 0):
		return lo
	case math.Abs(v-lo) < math.Abs(v-hi):
		return lo
	}
	return hi
}

// sight is what a rule saw in one scope at one look. No value counts as well:
// a percentage without samples and a wait nobody has claim nothing.
type sight struct {
	value float64 // in the KPI's unit
	ok    bool
	n     int64
	level [2]gauge // warn, critical

	dynamic        bool
	base           float64 // dynamic: the limit without the band
	lo, hi         float64 // dynamic: the band, NaN while learning
	learned, steps int32   // dynamic
	reason         Reason
}

// fixedGauges turns the limits of a rule that never move into gauges.
func (c *compiled) fixedGauges() [2]gauge {
	g := [2]gauge{unwatched, unwatched}
	for i, limit := range [2]*float64{c.Warn, c.Critical} {
		if limit == nil {
			continue
		}
		g[i].watched = true
		if c.sense() > 0 {
			g[i].hi = *limit
		} else {
			g[i].lo = *limit
		}
	}
	for i, within := range [2]*Range{c.WarnWithin, c.CriticalWithin} {
		if within != nil {
			g[i].watched, g[i].lo, g[i].hi = true, within.Lo, within.Hi
		}
	}
	c.settleBacks(&g)
	return g
}

// settleBacks moves each limit toward the good side by the rule's margin. A
// return level given replaces that of warn, or of critical when that is the
// only level.
func (c *compiled) settleBacks(g *[2]gauge) {
	floor, ceiling := c.span()
	for i := range g {
		low := min(g[i].lo+margin(c.kpi, g[atWarn].lo, g[atCritical].lo, g[i].lo), ceiling)
		high := max(g[i].hi-margin(c.kpi, g[atWarn].hi, g[atCritical].hi, g[i].hi), floor)
		if low > high { // a range too narrow for two margins
			low, high = (g[i].lo+g[i].hi)/2, (g[i].lo+g[i].hi)/2
		}
		g[i].backLo, g[i].backHi = low, high
	}
	if c.Return == nil {
		return
	}
	i := atWarn
	if !g[atWarn].watched {
		i = atCritical
	}
	if c.sense() > 0 {
		g[i].backHi = *c.Return
	} else {
		g[i].backLo = *c.Return
	}
}

// span is where values of the KPI can lie: a return level outside could never
// be reached.
func (c *compiled) span() (floor, ceiling float64) {
	switch c.kpi.Unit {
	case kpi.UnitPercent:
		if c.kpi.Direction != kpi.Within || c.kpi.Target == nil || c.kpi.Target.Hi <= 100 {
			return math.Inf(-1), 100
		}
	case kpi.UnitCount, kpi.UnitFlag, kpi.UnitSeconds:
		return 0, math.Inf(1)
	}
	return math.Inf(-1), math.Inf(1)
}

// margin is how far a limit's return level lies on the good side: a fifth of
// the distance between warn and critical, or with one level 5 %, for
// percentages 2 points, for counts at least 1.
func margin(k *kpi.KPI, warn, critical, limit float64) float64 {
	if math.IsInf(limit, 0) {
		return 0
	}
	if !math.IsInf(warn, 0) && !math.IsInf(critical, 0) && warn != critical {
		return 0.2 * math.Abs(critical-warn)
	}
	switch k.Unit {
	case kpi.UnitPercent:
		return 2
	case kpi.UnitCount, kpi.UnitPeople, kpi.UnitFlag:
		return math.Max(1, 0.05*math.Abs(limit))
	}
	return 0.05 * math.Abs(limit)
}

// levelOf is the level of an index into a rule's arrays.
func levelOf(i int) metrics.Level { return metrics.LevelWarn + metrics.Level(i) }
