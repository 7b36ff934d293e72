package window

import (
	"encoding/binary"

	"wallboard/metrics/checkpoint"
	"wallboard/metrics/fact"
)

// maxSamples bounds the samples of one bin that a checkpoint may claim.
const maxSamples = 1 << 31

// check refuses what no Series could have written and what reading it would
// trip over.
func (s *Series) check(c *checkpoint.Coder) {
	for _, payload := range [][]byte{s.carry, s.day, s.all} {
		if !wellFormed(payload, true) {
			c.Fail("window: payload")
		}
	}
	if !wellFormed(s.open, false) || !wellFormedLate(s.late) {
		c.Fail("window: open minute")
	}
	if !s.recent.wellFormed() || s.dense != nil && !s.dense.older.wellFormed() {
		c.Fail("window: minutes")
	}
	if s.minute == never && len(s.open)+len(s.late)+len(s.recent.b) > 0 {
		c.Fail("window: figures of no minute")
	}
	for _, t := range []int64{s.minute, s.newest, s.born, s.folded} {
		if t != never && (t < -maxTime || t > maxTime) {
			c.Fail("window: time out of range")
		}
	}
	if s.minute != never && s.minute != minuteOf(s.minute) {
		c.Fail("window: minute does not begin on the minute")
	}
}

// maxTime bounds times so that sums of them cannot overflow a minute's maths.
const maxTime = 1 << 50

func (m *minutes) wellFormed() bool {
	minute := m.base
	for b := m.b; len(b) > 0; {
		gap, n := uvarint(b)
		size, k := uvarint(b[n:])
		if n == 0 || k == 0 || gap > maxTime/minuteMs || size > uint64(len(b)-n-k) {
			return false
		}
		if gap == 0 && len(b) != len(m.b) {
			return false
		}
		minute += int64(gap) * minuteMs
		if !wellFormed(b[n+k:n+k+int(size)], true) {
			return false
		}
		b = b[n+k+int(size):]
	}
	return len(m.b) == 0 || minute == m.last && minute == minuteOf(minute) && minute > -maxTime && minute < maxTime
}

// wellFormed says whether b is a payload: what lasts before all else if
// canonical, entries in any order if not.
func wellFormed(b []byte, canonical bool) bool {
	last := 0
	for len(b) > 0 {
		tag := min(int(b[0]), tagSlope+1)
		if canonical && tag < last {
			return false
		}
		last = tag
		n := entryLen(b)
		if n == 0 {
			return false
		}
		b = b[n:]
	}
	return true
}

func wellFormedLate(b []byte) bool {
	for len(b) > 0 {
		behind, n := uvarint(b)
		if n == 0 || behind > maxTime/minuteMs {
			return false
		}
		k := entryLen(b[n:])
		if k == 0 {
			return false
		}
		b = b[n+k:]
	}
	return true
}

// uvarint is binary.Uvarint with 0 for every failure.
func uvarint(b []byte) (uint64, int) {
	v, n := binary.Uvarint(b)
	return v, max(n, 0)
}

// entryLen returns the length of the first entry, 0 if it is none.
func entryLen(b []byte) int {
	if len(b) == 0 {
		return 0
	}
	tag := int(b[0])
	switch {
	case tag < tagPeak:
		return varints(b, 1, 2)
	case tag < tagSlope:
		return varints(b, 1, 1)
	case tag == tagSlope:
		if len(b) < 2 || int(b[1]) >= int(fact.NumCounts) {
			return 0
		}
		return varints(b, 2, 2)
	case tag == tagOnes:
		return onesEnd(b)
	case tag < tagSample:
		return varints(b, 1, 1)
	case tag < tagExact:
		return sampleLen(b)
	case tag < tagBins:
		return exactLen(b)
	case tag < tagForget:
		return binsLen(b)
	case tag < numTags:
		return sampleLen(b)
	}
	return 0
}

// sampleLen returns the length of an entry of one duration, 0 if it is none.
func sampleLen(b []byte) int {
	v, n := uvarint(b[1:])
	if n == 0 || v > longestMs {
		return 0
	}
	return 1 + n
}

// onesEnd returns the end of the bits of tagOnes, 0 where one of them is of no
// count.
func onesEnd(b []byte) int {
	if len(b) < 1+onesLen || int(b[onesLen])>>((int(fact.NumCommon)-1)%8+1) != 0 {
		return 0
	}
	return 1 + onesLen
}

// varints returns the position after k varints that begin at from.
func varints(b []byte, from, k int) int {
	for range k {
		_, n := uvarint(b[from:])
		if n == 0 {
			return 0
		}
		from += n
	}
	return from
}

func exactLen(b []byte) int {
	count, n := uvarint(b[1:])
	if n == 0 || count == 0 || count >= exactBelow {
		return 0
	}
	at, ms := 1+n, uint64(0)
	for range count {
		gap, n := uvarint(b[at:])
		if ms += gap; n == 0 || gap > longestMs || ms > longestMs {
			return 0
		}
		at += n
	}
	return at
}

func binsLen(b []byte) int {
	used, n := uvarint(b[1:])
	if n == 0 || used == 0 || used > numBins {
		return 0
	}
	at, bin := 1+n, uint64(0)
	for range used {
		gap, n := uvarint(b[at:])
		count, k := uvarint(b[at+n:])
		if bin += gap; n == 0 || k == 0 || gap >= numBins || bin >= numBins || count > maxSamples {
			return 0
		}
		at += n + k
	}
	return at
}
