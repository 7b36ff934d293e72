package chart

import "math"

// Better says in which direction a figure gets better, and with that which of
// several values a reader must not miss.
type Better uint8

// LessIsBetter is the zero value: waits, queues, abandons.
const (
	LessIsBetter Better = iota
	MoreIsBetter
)

// Resample returns exactly n points for n columns. Where several values fall
// into a column it keeps the worst of them, the largest where less is better:
// an average would smooth away just the peak that a wall is there to show.
// Where there are fewer values than columns each is held, not interpolated. A
// column without any number is NaN, and so is an infinite value.
func Resample(values []float64, n int, better Better) []float64 {
	out := make([]float64, max(n, 0))
	for i := range out {
		out[i] = column(values, i, n, better)
	}
	return out
}

// column returns the value of column i of n.
func column(values []float64, i, n int, better Better) float64 {
	worst := math.NaN()
	if len(values) == 0 {
		return worst
	}
	from := i * len(values) / n
	to := max((i+1)*len(values)/n, from+1)
	for _, v := range values[from:to] {
		if !finite(v) {
			continue
		}
		if math.IsNaN(worst) || (better == LessIsBetter && v > worst) || (better == MoreIsBetter && v < worst) {
			worst = v
		}
	}
	return worst
}

// finite says that v is a number and not infinite.
func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
