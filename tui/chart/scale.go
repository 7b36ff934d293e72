package chart

import "math"

// Unit says which steps of a scale are round numbers.
type Unit uint8

// Plain is any number, Whole counts things, Seconds are read as minutes and
// hours.
const (
	Plain Unit = iota
	Whole
	Seconds
)

// scale is the range of a chart's vertical axis: lo and hi are multiples of
// step, so that the labels are round and the axis rests while values move.
type scale struct{ lo, hi, step float64 }

// maxMagnitude bounds what a chart draws; larger values are drawn at its edge.
const maxMagnitude = 1e15

// newScale returns the smallest round scale around [lo, hi] with at most ticks
// steps.
func newScale(lo, hi float64, ticks int, unit Unit) scale {
	lo, hi = min(max(lo, -maxMagnitude), maxMagnitude), min(max(hi, -maxMagnitude), maxMagnitude)
	if hi <= lo {
		hi = lo + 1
	}
	ticks = max(ticks, 1)
	step := firstStep((hi-lo)/float64(ticks), unit)
	for range 64 { // ends after a few rounds: rounding lo and hi outwards adds two steps at most
		s := scale{lo: math.Floor(lo/step) * step, hi: math.Ceil(hi/step) * step, step: step}
		if s.hi-s.lo <= (float64(ticks)+0.5)*step && s.hi > s.lo {
			return s
		}
		step = firstStep(step*1.01, unit)
	}
	return scale{lo: lo, hi: hi, step: hi - lo}
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
	for _, m := range [...]float64{1, 2, 5, 10} {
		if s := m * power; s >= least {
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
