package window

import (
	"encoding/binary"
	"math/bits"

	"wallboard/metrics/fact"
)

// marks is a bit for each Count.
type marks [(int(fact.NumCounts) + 63) / 64]uint64

func (m *marks) set(c fact.Count) { m[c/64] |= 1 << (c % 64) }

func (m *marks) has(c int) bool { return m[c/64]>>(c%64)&1 != 0 }

// all calls yield for each Count marked, in order.
func (m *marks) all(yield func(c int) bool) {
	for i, word := range m {
		for ; word != 0; word &= word - 1 {
			if !yield(i*64 + bits.TrailingZeros64(word)) {
				return
			}
		}
	}
}

// running is the open minute of a Dense series as plain numbers, but for its
// samples. It knows which it has touched: of a hundred counts a minute changes
// a dozen, and closing it must not cost what all of them would.
type running struct {
	counted, sloped marks
	figures
}

func (r *running) count(c fact.Count, n int64) {
	r.counted.set(c)
	r.counts[c] += n
}

func (r *running) slope(c fact.Count, delta, moment int64) {
	r.sloped.set(c)
	r.slopes[c] += delta
	r.moments[c] += moment
}

// mark finds out what is touched of figures that were read.
func (r *running) mark() { r.touched(&r.counted, &r.sloped) }

// touched marks what is not 0.
func (f *figures) touched(counted, sloped *marks) {
	for c := range fact.NumCounts {
		if f.counts[c] != 0 {
			counted.set(c)
		}
		if f.slopes[c] != 0 || f.moments[c] != 0 {
			sloped.set(c)
		}
	}
}

// clear empties the minute.
func (r *running) clear() {
	for c := range r.counted.all {
		r.counts[c] = 0
	}
	for c := range r.sloped.all {
		r.slopes[c], r.moments[c] = 0, 0
	}
	r.counted, r.sloped, r.levels = marks{}, marks{}, [fact.NumPeaks]level{}
}

// write appends what sum.write would, samples apart.
func (r *running) write(dst []byte, base int64) []byte {
	dst = r.writeLevels(dst, base)
	for c := range r.sloped.all {
		if d, m := r.slopes[c], r.moments[c]; d != 0 || m != 0 {
			dst = appendSlope(dst, fact.Count(c), d, m)
		}
	}
	var ones [onesLen]byte
	n := 0
	for c := range r.counted.all {
		if r.counts[c] == 1 && c < int(fact.NumCommon) {
			ones[c/8] |= 1 << (c % 8)
			n++
		}
	}
	one := int64(0)
	if onesPay(n) {
		dst, one = append(append(dst, byte(tagOnes)), ones[:]...), 1
	}
	for c := range r.counted.all {
		if v := r.counts[c]; v != 0 && (v != one || c >= int(fact.NumCommon)) {
			dst = append(dst, byte(tagCount+c))
			dst = binary.AppendVarint(dst, v)
		}
	}
	return dst
}
