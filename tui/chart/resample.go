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
		out[i] = math.NaN()
		if len(values) == 0 {
			continue
		}
		from := i * len(values) / n
		to := max((i+1)*len(values)/n, from+1)
		for _, v := range values[from:to] {
			if !finite(v) {
				continue
			}
			if math.IsNaN(out[i]) || (better == LessIsBetter && v > out[i]) || (better == MoreIsBetter && v < out[i]) {
				out[i] = v
			}
		}
	}
	return out
}

// finite says that v is a number and not infinite.
func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
