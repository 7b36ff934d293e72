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

// scale is the range of a chart's vertical axis: lo and hi are multiples of
// step, so that the labels are round and the axis rests while values move.
type scale struct{ lo, hi, step float64 }

// maxMagnitude bounds what a chart draws; larger values are drawn at its edge.
const maxMagnitude = 1e15

// newScale returns a round scale around [lo, hi] for an axis of so many rows.
// It prefers steps that fall exactly on rows, unless that wastes more than
// half as much again. A share's axis ends at 100 and not above it.
func newScale(lo, hi float64, rows int, unit Unit) scale {
	lo, hi = min(max(lo, -maxMagnitude), maxMagnitude), min(max(hi, -maxMagnitude), maxMagnitude)
	if unit == Percent && lo >= 0 && hi <= 100 {
		return percentScale(lo, rows)
	}
	if hi <= lo {
		hi = lo + 1
	}
	best := roundScale(lo, hi, max(rows/2, 1), unit)
	limit := 1.5 * (best.hi - best.lo)
	exact := false
	for n := 2; n <= max(rows/2, min(rows-1, 3)); n++ {
		if (rows-1)%n != 0 {
			continue
		}
		s := exactScale(lo, hi, n, unit)
		if size := s.hi - s.lo; size <= limit && (!exact || size <= best.hi-best.lo) {
			best, exact = s, true
		}
	}
	return best
}

// percentScale returns a scale from lo or below up to 100, by the same rule.
func percentScale(lo float64, rows int) scale {
	best := scale{lo: 0, hi: 100, step: 100}
	limit, most := math.Inf(1), max(rows/2, min(rows-1, 3))
	for _, step := range [...]float64{1, 2, 5, 10, 20, 25, 50} {
		for n := int(math.Ceil((100 - lo) / step)); n <= most && 100-float64(n)*step >= 0; n++ {
			s := scale{lo: 100 - float64(n)*step, hi: 100, step: step}
			if math.IsInf(limit, 1) {
				best, limit = s, 1.5*(s.hi-s.lo)
			}
			if n >= 2 && (rows-1)%n == 0 && s.hi-s.lo <= limit {
				return s
			}
		}
	}
	return best
}

// roundScale returns the smallest round scale around [lo, hi] of at most n steps.
func roundScale(lo, hi float64, n int, unit Unit) scale {
	step := firstStep((hi-lo)/float64(n), unit)
	for {
		s := scale{lo: math.Floor(lo/step) * step, hi: math.Ceil(hi/step) * step, step: step}
		if s.hi-s.lo <= (float64(n)+0.5)*step || s.hi-s.lo <= 2.5*step {
			return s // rounding outwards leaves two steps at the least
		}
		step = firstStep(step*1.01, unit)
	}
}

// exactScale returns the smallest round scale around [lo, hi] of exactly n >= 2
// steps.
func exactScale(lo, hi float64, n int, unit Unit) scale {
	step := firstStep((hi-lo)/float64(n), unit)
	for {
		low := math.Floor(lo/step) * step
		if high := low + float64(n)*step; high >= hi {
			return scale{lo: low, hi: high, step: step}
		}
		step = firstStep(step*1.01, unit)
	}
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
