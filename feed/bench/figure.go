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
	Goal  float64
	// AtLeast says that the ratio is to reach the goal; otherwise it is not to
	// pass it.
	AtLeast bool
	// InUnit says that the goal is set to ours, not to the ratio.
	InUnit bool
	Note   string
}

// Reached says whether the figure is as it should be.
func (f Figure) Reached() bool {
	v := f.Ratio
	if f.InUnit {
		v = f.Ours
	}
	if f.AtLeast {
		return v >= f.Goal
	}
	return v <= f.Goal
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	if n == 0 {
		return 0
	}
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

func worst(values []float64) float64 { return slices.Max(values) }

// pairwise returns the median over the turns of how many times faster ours was
// than theirs: each turn was run back to back, so what disturbed the machine
// disturbed both.
func pairwise(theirs, ours []float64) float64 {
	ratios := make([]float64, 0, len(ours))
	for i := range ours {
		ratios = append(ratios, theirs[i]/ours[i])
	}
	return median(ratios)
}

// wall is the wall time since an instant that stays the same.
func wall() time.Duration { return time.Duration(time.Now().UnixNano()) }

// mallocs returns the objects allocated since the program began.
func mallocs() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Mallocs
}
