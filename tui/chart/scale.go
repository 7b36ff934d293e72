package chart

import "math"

// Unit says which steps of a scale are round numbers.
type Unit uint8

// Plain is any number, Whole counts things, Seconds are read as minutes and
// hours, Percent is a share whose axis ends at 100.
const (
	Plain Unit = iota
	Whole
	Seconds
	Percent
)

// scale is the range of a chart's vertical axis. Its labels are round, stand
// exactly on rows and equally far apart, and the axis rests while values move:
// lo or, of a share, hi is a label, and the other end is wherever the last row is.
type scale struct {
	lo, hi float64
	first  float64 // the lowest label
	step   float64 // between two labels
}

// maxMagnitude bounds what a chart draws; larger values are drawn at its edge.
const maxMagnitude = 1e15

// crowded is the penalty for more than so many labels, and lonely that for a
// label alone or in twos: how much more range a scale may waste to avoid it.
const (
	most    = 6
	crowded = 1.3
	lonely  = 1.25
)

// newScale returns a round scale around [lo, hi] for an axis of so many rows:
// the one that wastes the least, with at least a row between two labels where
// there are more than four rows.
func newScale(lo, hi float64, rows int, unit Unit) scale {
	lo, hi = min(max(lo, -maxMagnitude), maxMagnitude), min(max(hi, -maxMagnitude), maxMagnitude)
	if hi <= lo {
		hi = lo + 1
	}
	share := unit == Percent && lo >= 0 && hi <= 100
	best, cost := scale{}, math.Inf(1)
	for k := leastRows(rows); k <= max(rows-1, 1); k++ {
		parts := float64(max(rows-1, 1)) / float64(k)
		s := fromBelow(lo, hi, parts, unit)
		if share {
			s = fromAbove(lo, parts)
		}
		c := (s.hi - s.lo) * weight(int(parts)+1)
		if share && s.lo < 0 {
			c *= 4 // there is no share below nothing
		}
		if c < cost {
			best, cost = s, c
		}
	}
	return best
}

// leastRows returns how far apart labels are at the least.
func leastRows(rows int) int {
	if rows > 4 {
		return 2
	}
	return 1
}

// weight says how much a number of labels is worth avoiding.
func weight(labels int) float64 {
	switch {
	case labels > most:
		return crowded
	case labels < 3:
		return lonely
	}
	return 1
}

// fromBelow returns the smallest scale around [lo, hi] whose lowest row is a
// label; parts is how many steps fit its rows.
func fromBelow(lo, hi, parts float64, unit Unit) scale {
	if parts <= 1 && lo < 0 && hi > 0 {
		lo, hi = math.Floor(lo), math.Ceil(hi)
		return scale{lo: lo, hi: hi, first: lo, step: hi - lo} // no round step has both its ends beside 0
	}
	step := firstStep((hi-lo)/parts, unit)
	for {
		low := math.Floor(lo/step) * step
		if high := low + parts*step; high >= hi {
			return scale{lo: low, hi: high, first: low, step: step}
		}
		step = firstStep(step*1.01, unit)
	}
}

// fromAbove returns the smallest scale from lo or below up to 100.
func fromAbove(lo, parts float64) scale {
	for _, step := range [...]float64{1, 2, 5, 10, 20, 25, 50} {
		if low := 100 - parts*step; low <= lo {
			return scale{lo: low, hi: 100, first: 100 - math.Floor(parts)*step, step: step}
		}
	}
	return scale{lo: 100 - parts*100, hi: 100, first: 100 - math.Floor(parts)*100, step: 100}
}

// firstStep returns the smallest round step that is not below least.
func firstStep(least float64, unit Unit) float64 {
	if unit == Whole {
		least = max(least, 1)
	}
	if unit == Seconds {
		for _, s := range [...]float64{1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400} {
			if s >= least {
				return s
			}
		}
		return math.Ceil(least/86400) * 86400
	}
	power := math.Pow(10, math.Floor(math.Log10(least)))
	for _, m := range [...]float64{1, 2, 2.5, 3, 4, 5, 10} {
		if s := m * power; s >= least && (unit != Whole || s == math.Trunc(s)) {
			return s
		}
	}
	return 10 * power
}

// row returns where v lies between 0 and rows-1, counted from the bottom.
func (s scale) row(v float64, rows int) float64 {
	at := (v - s.lo) / (s.hi - s.lo) * float64(rows-1)
	return min(max(at, 0), float64(rows-1))
}

// line returns the row of the canvas that v is drawn in, counted from the top.
func (s scale) line(v float64, rows int) int { return rows - 1 - int(math.Round(s.row(v, rows))) }
