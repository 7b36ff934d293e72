package window

import (
	"slices"

	"github.com/DataDog/sketches-go/ddsketch/mapping"

	"wallboard/metrics/fact"
)

const (
	// exactBelow is how many samples of one window turn exact values into a
	// sketch.
	exactBelow = 128
	// longestMs bounds what a sketch can tell apart: 34 years.
	longestMs = 1 << 40
	// numBins covers 0 ms (a bin of its own) and 1 ms to longestMs.
	numBins = 1400
)

// logarithmic is DDSketch's own mapping from values to bins. It never changes.
var logarithmic = newMapping()

func newMapping() *mapping.LogarithmicMapping {
	m, err := mapping.NewLogarithmicMapping(fact.RelativeError)
	if err != nil {
		panic("window: relative error out of range: " + err.Error())
	}
	return m
}

// binOf returns the bin of a duration, 0 <= ms <= longestMs.
func binOf(ms int64) int {
	if ms <= 0 {
		return 0
	}
	return 1 + logarithmic.Index(float64(ms))
}

// valueOf returns the duration in ms that stands for a bin.
func valueOf(bin int) float64 {
	if bin == 0 {
		return 0
	}
	return logarithmic.Value(bin - 1)
}

// samples gathers durations: exactly while there are few, then as a DDSketch
// whose bins are integer counts. Because a window's exact part is bounded and
// bins only add, merging parts in any order equals taking them whole.
type samples struct {
	n    int64
	vals [exactBelow - 1]int64
	bins []int64 // nil while exact
}

func (s *samples) add(ms int64) {
	if s.bins == nil {
		if s.n < exactBelow-1 {
			s.vals[s.n] = ms
			s.n++
			return
		}
		s.spill()
	}
	s.bins[binOf(ms)]++
	s.n++
}

func (s *samples) addBin(bin int, count int64) {
	if s.bins == nil {
		s.spill()
	}
	s.bins[bin] += count
	s.n += count
}

// merge adds other to s.
func (s *samples) merge(other *samples) {
	if other.bins == nil {
		for _, ms := range other.vals[:other.n] {
			s.add(ms)
		}
		return
	}
	for bin, count := range other.bins {
		if count != 0 {
			s.addBin(bin, count)
		}
	}
}

func (s *samples) spill() {
	s.bins = make([]int64, numBins)
	for _, ms := range s.vals[:s.n] {
		s.bins[binOf(ms)]++
	}
}

// exact returns the sorted values; only where bins is nil.
func (s *samples) exact() []int64 {
	v := s.vals[:s.n]
	slices.Sort(v)
	return v
}

// rank is the position of a quantile among n sorted samples, in integers so
// that no rounding of floats can move it.
func rank(percent, n int64) int64 { return (n-1)/100*percent + (n-1)%100*percent/100 }

// quantiles reads the samples off; it sorts them.
func (s *samples) quantiles() fact.Quantiles {
	q := fact.Quantiles{N: s.n}
	if s.n == 0 {
		return q
	}
	ranks := [4]int64{rank(50, s.n), rank(90, s.n), rank(95, s.n), rank(99, s.n)}
	out := [4]*float64{&q.P50, &q.P90, &q.P95, &q.P99}
	if s.bins == nil {
		v := s.exact()
		for i, r := range ranks {
			*out[i] = float64(v[r])
		}
		return q
	}
	seen, next := int64(0), 0
	for bin, count := range s.bins {
		seen += count
		for next < len(ranks) && ranks[next] < seen {
			*out[next] = valueOf(bin)
			next++
		}
	}
	return q
}
