package window

import (
	"slices"
	"sync/atomic"

	"wallboard/metrics/fact"
)

// closedSum is what the closed minutes of a window come to: it changes once a
// minute, while rules and screens ask every second. Immutable once stored.
type closedSum struct {
	sum
	quantiles [fact.NumDists]fact.Quantiles // of the closed minutes alone
}

// windowCache holds the closed sums that views of one Dense series were asked
// for, until a minute closes or a past one is corrected. Views share it;
// whoever asks first fills it. Sparse series have none: there are ten
// thousand of them and they are cheap to sum.
type windowCache [fact.NumWindows]atomic.Pointer[closedSum]

// closed returns the closed sum of a window.
func (v *View) closed(w fact.Window) *closedSum {
	start := v.start(w)
	if c := v.s.dense.cache[w].Load(); c != nil && c.base == start {
		return c
	}
	c := new(closedSum)
	v.addClosed(w, &c.sum)
	for d := range c.dists {
		c.quantiles[d] = c.dists[d].quantiles()
	}
	v.s.dense.cache[w].Store(c)
	return c
}

// sumsFromCache is Sums by way of the closed sum.
func (v *View) sumsFromCache(w fact.Window, into *fact.Sums) {
	c := v.closed(w)
	var s sum
	s.running, s.lastSlopes, s.lastLevels = c.running, c.lastSlopes, c.lastLevels
	s.base, s.at = c.base, v.at
	v.addOpen(from(w, s.base), &s)
	s.settleFigures(into)
	for d := range s.dists {
		open := &s.dists[d]
		if open.n == 0 && len(open.gone) == 0 {
			into.Dists[d] = c.quantiles[d]
			continue
		}
		whole := c.dists[d]
		whole.gone = slices.Clone(whole.gone)
		if whole.bins != nil {
			own := *whole.bins
			whole.bins = &own
		}
		whole.merge(open)
		into.Dists[d] = whole.quantiles()
	}
}
