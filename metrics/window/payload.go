package window

import (
	"encoding/binary"
	"math/bits"

	"wallboard/metrics/fact"
)

// Facts are written as entries of one tag byte and signed or unsigned varints.
// A canonical payload has each figure at most once, in the order of the tags,
// so that what lasts (levels and slopes) can be read without the rest. Times
// are relative to a base that the owner of the payload knows.
const (
	tagLevel  = 0                              // + Peak: ms after base, value; lasts
	tagPeak   = tagLevel + int(fact.NumPeaks)  // + Peak: value
	tagSlope  = tagPeak + int(fact.NumPeaks)   // Count, sum of deltas, sum of delta x (t - base)
	tagOnes   = tagSlope + 1                   // a bit for each Count whose sum is 1
	tagCount  = tagOnes + 1                    // + Count: sum
	tagSample = tagCount + int(fact.NumCounts) // + Dist: ms
	tagExact  = tagSample + int(fact.NumDists) // + Dist: how many, first, then the gaps between sorted values
	tagBins   = tagExact + int(fact.NumDists)  // + Dist: how many, then gap to the last bin and count of each
	tagForget = tagBins + int(fact.NumDists)   // + Dist: ms of a sample to take out
	numTags   = tagForget + int(fact.NumDists)
)

const _ = uint8(numTags) // a tag is one byte

// part says how a payload takes part in a window.
type part uint8

const (
	inside part = iota // its facts are in the window
	before             // only what lasts matters
)

// level is a value that lasts until it is set again.
type level struct {
	max, last, at   int64 // at: when last was set, ms since the epoch
	hasMax, hasLast bool
}

func (l *level) set(at, v int64) {
	l.raise(v)
	if !l.hasLast || at >= l.at {
		l.last, l.at, l.hasLast = v, at, true
	}
}

func (l *level) raise(v int64) {
	if !l.hasMax || v > l.max {
		l.max, l.hasMax = v, true
	}
}

// figures are base figures as plain numbers, relative to a base.
type figures struct {
	counts  [fact.NumCounts]int64
	slopes  [fact.NumCounts]int64 // sum of deltas
	moments [fact.NumCounts]int64 // sum of delta x (t - base)
	levels  [fact.NumPeaks]level
}

// sum gathers the parts of one window, or of one payload to be written.
type sum struct {
	running
	base       int64
	at         int64 // where sums over time are settled
	dists      [fact.NumDists]samples
	lastSlopes [fact.NumCounts]int64 // slopes that were running at base
	lastLevels [fact.NumPeaks]level  // levels that stood at base
}

// reset empties s for figures relative to base.
func (s *sum) reset(base int64) *sum {
	s.running.clear()
	s.base, s.at = base, 0
	for d := range s.dists {
		s.dists[d].reset()
	}
	s.lastSlopes, s.lastLevels = [fact.NumCounts]int64{}, [fact.NumPeaks]level{}
	return s
}

// addRunning adds the running minute of a Dense series.
func (s *sum) addRunning(r *running, base int64, p part) {
	if p == before {
		for c := range r.sloped.all {
			s.lastSlopes[c] += r.slopes[c]
		}
		for i := range r.levels {
			s.addLast(i, &r.levels[i])
		}
		return
	}
	for c := range r.counted.all {
		s.count(fact.Count(c), r.counts[c])
	}
	for c := range r.sloped.all {
		s.slope(fact.Count(c), r.slopes[c], r.moments[c]+r.slopes[c]*(base-s.base))
	}
	s.addLevels(&r.levels)
}

// addFigures adds a minute of plain figures.
func (s *sum) addFigures(f *figures, base int64, p part) {
	r := running{figures: *f}
	r.mark()
	s.addRunning(&r, base, p)
}

func (s *sum) addLevels(levels *[fact.NumPeaks]level) {
	for i := range levels {
		l := &levels[i]
		if l.hasMax {
			s.levels[i].raise(l.max)
		}
		if l.hasLast {
			s.levels[i].set(l.at, l.last)
		}
	}
}

func (s *sum) addLast(i int, l *level) {
	if l.hasLast {
		s.lastLevels[i].set(l.at, l.last)
	}
}

// add reads a whole payload. Its bytes are this package's own or have been
// checked by wellFormed, so varints are never cut short.
func (s *sum) add(b []byte, base int64, p part) {
	for len(b) > 0 {
		if p == before && int(b[0]) > tagSlope {
			return // canonical: nothing that lasts follows
		}
		b = s.addEntry(b, base, p)
	}
}

// addLog reads entries in any order.
func (s *sum) addLog(b []byte, base int64, p part) {
	for len(b) > 0 {
		b = s.addEntry(b, base, p)
	}
}

// addEntry reads the first entry of b and returns the rest.
func (s *sum) addEntry(b []byte, base int64, p part) []byte {
	tag := int(b[0])
	b = b[1:]
	switch {
	case tag < tagPeak:
		off, n := binary.Varint(b)
		v, m := binary.Varint(b[n:])
		if p == before {
			s.lastLevels[tag].set(base+off, v)
		} else {
			s.levels[tag].set(base+off, v)
		}
		return b[n+m:]
	case tag < tagSlope:
		v, n := binary.Varint(b)
		if p == inside {
			s.levels[tag-tagPeak].raise(v)
		}
		return b[n:]
	case tag == tagSlope:
		c := b[0]
		d, n := binary.Varint(b[1:])
		m, k := binary.Varint(b[1+n:])
		if p == before {
			s.lastSlopes[c] += d
		} else {
			s.slope(fact.Count(c), d, m+d*(base-s.base))
		}
		return b[1+n+k:]
	case tag == tagOnes:
		if p == inside {
			s.addOnes(b)
		}
		return b[onesLen:]
	case tag < tagSample:
		v, n := binary.Varint(b)
		if p == inside {
			s.count(fact.Count(tag-tagCount), v)
		}
		return b[n:]
	}
	return s.addDist(tag, b, p)
}

func (s *sum) addDist(tag int, b []byte, p part) []byte {
	d := &s.dists[(tag-tagSample)%int(fact.NumDists)]
	v, n := binary.Uvarint(b)
	b = b[n:]
	switch {
	case tag < tagExact:
		if p == inside {
			d.add(int64(v))
		}
	case tag < tagBins:
		ms := int64(0)
		for range v {
			gap, n := binary.Uvarint(b)
			b = b[n:]
			ms += int64(gap)
			if p == inside {
				d.add(ms)
			}
		}
	case tag >= tagForget:
		if p == inside {
			d.remove(int64(v))
		}
	default:
		return d.addBins(b, int(v), p)
	}
	return b
}

// addBins reads so many bins, each the gap to the last and its count.
func (s *samples) addBins(b []byte, n int, p part) []byte {
	if p == inside && s.bins == nil {
		s.spill()
	}
	bin := 0
	for range n {
		var gap, count uint64
		if len(b) >= 2 && b[0]|b[1] < 0x80 { // most
			gap, count, b = uint64(b[0]), uint64(b[1]), b[2:]
		} else {
			g, n := binary.Uvarint(b)
			c, m := binary.Uvarint(b[n:])
			gap, count, b = g, c, b[n+m:]
		}
		bin += int(gap)
		switch {
		case p != inside:
		case len(s.gone) == 0:
			s.bins.add(bin, int64(count))
			s.n += int64(count)
		default:
			s.addBin(bin, int64(count))
		}
	}
	return b
}

// write appends the canonical payload of what is inside, relative to s.base.
func (s *sum) write(dst []byte) []byte {
	dst = s.running.write(dst, s.base)
	return s.writeSamples(dst)
}

// writeSamples appends the distributions.
func (s *sum) writeSamples(dst []byte) []byte {
	for d := range s.dists {
		dst = s.dists[d].write(dst, d)
	}
	for d := range s.dists {
		dst = s.dists[d].writeGone(dst, d)
	}
	return dst
}

// onesLen is the length of the bits of tagOnes, and more ones than that pay for
// them. In a minute of one contact nearly every count is 1.
// Only the common counts have a bit: what is seldom counted would make every
// minute of every agent longer.
const onesLen = (int(fact.NumCommon) + 7) / 8

func (s *sum) addOnes(b []byte) {
	for i, octet := range b[:onesLen] {
		for ; octet != 0; octet &= octet - 1 {
			s.count(fact.Count(i*8+bits.TrailingZeros8(octet)), 1)
		}
	}
}

// onesPay says whether so many counts of 1 are written shorter as bits.
func onesPay(n int) bool { return 2*n > 1+onesLen }

// writeLevels appends the entries of levels and single peaks.
func (f *figures) writeLevels(dst []byte, base int64) []byte {
	for i := range f.levels {
		l := &f.levels[i]
		if l.hasLast {
			dst = append(dst, byte(tagLevel+i))
			dst = binary.AppendVarint(dst, l.at-base)
			dst = binary.AppendVarint(dst, l.last)
		}
	}
	for i := range f.levels {
		l := &f.levels[i]
		if l.hasMax && (!l.hasLast || l.max > l.last) {
			dst = append(dst, byte(tagPeak+i))
			dst = binary.AppendVarint(dst, l.max)
		}
	}
	return dst
}

func appendSlope(dst []byte, c fact.Count, delta, moment int64) []byte {
	dst = append(dst, byte(tagSlope), byte(c))
	dst = binary.AppendVarint(dst, delta)
	return binary.AppendVarint(dst, moment)
}

func (s *samples) write(dst []byte, d int) []byte {
	switch {
	case s.n == 0:
		return dst
	case s.bins == nil:
		dst = append(dst, byte(tagExact+d))
		dst = binary.AppendUvarint(dst, uint64(s.n))
		last := uint32(0)
		for _, ms := range s.exact() {
			dst = binary.AppendUvarint(dst, uint64(ms-last))
			last = ms
		}
		return dst
	}
	used := 0
	for range s.bins.all {
		used++
	}
	dst = append(dst, byte(tagBins+d))
	dst = binary.AppendUvarint(dst, uint64(used))
	last := 0
	for bin, count := range s.bins.all {
		dst = binary.AppendUvarint(dst, uint64(bin-last))
		dst = binary.AppendUvarint(dst, uint64(count))
		last = bin
	}
	return dst
}
