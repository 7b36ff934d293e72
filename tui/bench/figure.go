package bench

import (
	"runtime"
	"slices"
	"time"
)

// Figure is one measured figure beside its limit, from the same run.
type Figure struct {
	ID    string
	What  string
	Unit  string  // of Limit and Ours
	Limit float64 // 0: none
	Ours  float64
	Ratio float64 // ours to the limit; without one, ours
	Goal  float64 // not to be passed
	// InUnit says that the goal is set to ours, not to the ratio.
	InUnit bool
	Note   string
}

// Reached says whether the figure is as it should be.
func (f Figure) Reached() bool {
	if f.InUnit {
		return f.Ours <= f.Goal
	}
	return f.Ratio <= f.Goal
}

// quantile returns the value at floor(q*(n-1)) of the sorted values.
func quantile(values []float64, q float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[int(q*float64(len(sorted)-1))]
}

func median(values []float64) float64 { return quantile(values, 0.5) }

// wallMillis returns how long f takes, in ms of wall time.
func wallMillis(f func()) float64 {
	before := time.Now()
	f()
	return float64(time.Since(before)) / float64(time.Millisecond)
}

// allocations returns the objects allocated by one call of f. Others that
// allocate meanwhile are counted too.
func allocations(f func()) float64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return float64(after.Mallocs - before.Mallocs)
}
