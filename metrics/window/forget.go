package window

import (
	"encoding/binary"

	"wallboard/metrics/fact"
)

// Forget takes one sample of ms at t out again: what was observed turned out
// not to have happened then. It does nothing to a window that lacks the sample.
func (s *Series) Forget(t int64, d fact.Dist, ms int64) {
	ms = max(0, min(ms, longestMs))
	if !s.running(t) {
		s.correct(t)
		s.late = binary.AppendUvarint(append(s.late, byte(tagForget)+byte(d)), uint64(ms))
		s.settleLate()
		return
	}
	s.open = binary.AppendUvarint(append(s.open, byte(tagForget)+byte(d)), uint64(ms))
	s.settleOpen()
}

// remove takes a sample out. One that is not there yet is remembered: it may
// be in a part that has still to be added.
func (s *samples) remove(ms int64) {
	if s.bins == nil {
		for i, v := range s.vals[:s.n] {
			if int64(v) == ms {
				s.n--
				s.vals[i] = s.vals[s.n]
				return
			}
		}
	} else if b := bins.of(ms); s.bins.counts[b] > 0 {
		s.bins.counts[b]--
		s.n--
		return
	}
	s.gone = append(s.gone, uint32(ms))
}

// cancels says whether a sample about to be added has been taken out already.
func (s *samples) cancels(same func(ms uint32) bool) bool {
	for i, v := range s.gone {
		if same(v) {
			s.gone = append(s.gone[:i], s.gone[i+1:]...)
			return true
		}
	}
	return false
}

// writeGone writes what was taken out of parts not in this payload.
func (s *samples) writeGone(dst []byte, d int) []byte {
	for _, ms := range s.gone {
		dst = binary.AppendUvarint(append(dst, byte(tagForget+d)), uint64(ms))
	}
	return dst
}
