package window

import (
	mathbits "math/bits"
	"slices"

	"wallboard/metrics/fact"
)

// exactBelow is how many samples of one window turn exact values into a
// sketch.
const exactBelow = 128

// binned counts samples by bin and knows which bins have any: of a thousand
// a day's samples fill a few hundred.
type binned struct {
	used   [(numBins + 63) / 64]uint64
	counts [numBins]uint32
}

func (b *binned) add(bin int, count int64) {
	b.used[bin/64] |= 1 << (bin % 64)
	b.counts[bin] += uint32(count)
}

// all calls yield for each bin with samples, in order.
func (b *binned) all(yield func(bin int, count uint32) bool) {
	for i, word := range b.used {
		for ; word != 0; word &= word - 1 {
			bin := i*64 + mathbits.TrailingZeros64(word)
			if b.counts[bin] != 0 && !yield(bin, b.counts[bin]) {
				return
			}
		}
	}
}

func (b *binned) clear() {
	for i, word := range b.used {
		for ; word != 0; word &= word - 1 {
			b.counts[i*64+mathbits.TrailingZeros64(word)] = 0
		}
		b.used[i] = 0
	}
}

// samples gathers durations: exactly while there are few, then as a DDSketch
// whose bins are integer counts. Because a window's exact part is bounded and
// bins only add, merging parts in any order equals taking them whole.
type samples struct {
	n    int64
	vals [exactBelow - 1]uint32
	bins *binned  // nil while exact
	gone []uint32 // taken out before they were added
	keep bool     // room is worth keeping when these are done with
	room *binned  // for bins, empty; nil: made when needed
}

func (s *samples) add(ms int64) {
	if len(s.gone) > 0 && s.cancels(func(v uint32) bool { return int64(v) == ms }) {
		return
	}
	if s.bins == nil {
		if s.n < exactBelow-1 {
			s.vals[s.n] = uint32(ms)
			s.n++
			return
		}
		s.spill()
	}
	s.bins.add(bins.of(ms), 1)
	s.n++
}

func (s *samples) addBin(bin int, count int64) {
	if s.bins == nil {
		s.spill()
	}
	for len(s.gone) > 0 && count > 0 && s.cancels(func(v uint32) bool { return bins.of(int64(v)) == bin }) {
		count--
	}
	s.bins.add(bin, count)
	s.n += count
}

// merge adds other to s.
func (s *samples) merge(other *samples) {
	defer func() {
		for _, ms := range other.gone {
			s.remove(int64(ms))
		}
	}()
	if other.bins == nil {
		for _, ms := range other.vals[:other.n] {
			s.add(int64(ms))
		}
		return
	}
	for bin, count := range other.bins.all {
		s.addBin(bin, int64(count))
	}
}

// reset empties s and keeps its room.
func (s *samples) reset() {
	if s.bins != nil && s.room != nil {
		s.room.clear()
	}
	s.n, s.bins, s.gone = 0, nil, s.gone[:0]
}

func (s *samples) spill() {
	if s.bins = s.room; s.bins == nil {
		s.bins = new(binned)
		if s.keep {
			s.room = s.bins
		}
	}
	for _, ms := range s.vals[:s.n] {
		s.bins.add(bins.of(int64(ms)), 1)
	}
}

// exact returns the sorted values; only where bins is nil.
func (s *samples) exact() []uint32 {
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
	for bin, count := range s.bins.all {
		seen += int64(count)
		for next < len(ranks) && ranks[next] < seen {
			*out[next] = bins.value(bin)
			next++
		}
	}
	return q
}
