package window

import (
	"encoding/binary"

	"wallboard/metrics/fact"
)

// Span is the figures of some span of time, to which those of others can be
// added: counts add up, peaks are the highest of a part, distributions merge.
// The zero value is empty. Not safe for concurrent use.
type Span struct {
	Counts [fact.NumCounts]int64
	Peaks  [fact.NumPeaks]int64
	dists  [fact.NumDists]samples
}

// Reset empties the span and keeps its room.
func (s *Span) Reset() {
	s.Counts, s.Peaks = [fact.NumCounts]int64{}, [fact.NumPeaks]int64{}
	for d := range s.dists {
		s.dists[d].keep = true
		s.dists[d].reset()
	}
}

// Merge adds another span.
func (s *Span) Merge(other *Span) {
	for c, n := range other.Counts {
		s.Counts[c] += n
	}
	for p, v := range other.Peaks {
		s.Peaks[p] = max(s.Peaks[p], v)
	}
	for d := range s.dists {
		s.dists[d].merge(&other.dists[d])
	}
}

// Sums writes the figures into the caller's value.
func (s *Span) Sums(into *fact.Sums) {
	into.Counts, into.Peaks = s.Counts, s.Peaks
	for d := range s.dists {
		into.Dists[d] = s.dists[d].quantiles()
	}
}

// Beyond returns how many samples of a distribution lie above ms, and how many
// there are.
func (s *Span) Beyond(d fact.Dist, ms int64) (beyond, n int64) {
	return s.dists[d].beyond(ms), s.dists[d].n
}

// beyond counts the samples above ms: exactly while they are few, then by what
// stands for their bins.
func (s *samples) beyond(ms int64) int64 {
	n := int64(0)
	if s.bins == nil {
		for _, v := range s.vals[:s.n] {
			if int64(v) > ms {
				n++
			}
		}
		return n
	}
	for bin, count := range s.bins.all {
		if bins.value(bin) > float64(ms) {
			n += int64(count)
		}
	}
	return n
}

// Beyond returns how many samples of a distribution lie above ms over a
// window, and how many there are, with the clock at a later moment.
func (v *View) Beyond(at int64, w fact.Window, d fact.Dist, ms int64) (beyond, n int64) {
	var s sum
	v.At(at).add(w, &s)
	return s.dists[d].beyond(ms), s.dists[d].n
}

// Gather adds the figures of the whole minutes in [from, to), with the clock
// at a later moment than the view's, and says whether they are whole: counts
// reach back Reach minutes, of a Sparse series SparseReach. Distributions reach
// SparseReach; of a span that begins before they are left out.
func (v *View) Gather(at, from, to int64, into *Span) bool {
	v = v.At(at)
	var s sum
	v.addRange(from, to, &s)
	s.settleCounts(min(to, v.at))
	for c, n := range s.counts {
		into.Counts[c] += n
	}
	for i := range s.levels {
		highest := s.levels[i]
		if s.lastLevels[i].hasLast {
			highest.raise(s.lastLevels[i].last)
		}
		if highest.hasMax {
			into.Peaks[i] = max(into.Peaks[i], highest.max)
		}
	}
	for d := range s.dists {
		into.dists[d].merge(&s.dists[d])
	}
	return v.s.keeps(from, v.s.whole()) || v.s.dense != nil && v.s.keeps(from, v.s.minute-(Reach-1)*minuteMs)
}

// keeps says whether every minute from on is there, those before first having
// been dropped.
func (s *state) keeps(from, first int64) bool { return s.minute == never || max(from, s.born) >= first }

// addRange adds the minutes in [from, to).
func (v *View) addRange(from, to int64, s *sum) {
	s.base = from
	recent := v.s.keeps(from, v.s.whole())
	if v.s.dense != nil && !recent {
		v.s.dense.older.add(s, from, to)
	} else {
		s.add(v.s.carry, 0, before)
	}
	for c := v.s.recent.cursor(); c.ahead() < to; {
		payload, _ := c.next()
		s.add(payload, c.minute, partOf(c.minute, from))
	}
	for log := v.s.late; len(log) > 0; {
		behind, n := binary.Uvarint(log)
		minute := v.s.minute - int64(behind)*minuteMs
		if minute >= to {
			log = log[n+entryLen(log[n:]):]
			continue
		}
		log = s.addEntry(log[n:], minute, partOf(minute, from))
	}
	if v.s.minute != never && v.s.minute < to {
		p := partOf(v.s.minute, from)
		s.addLog(v.s.open, v.s.minute, p)
		if v.s.dense != nil {
			s.addRunning(&v.s.dense.running, v.s.minute, p)
		}
	}
	if !recent {
		clear(s.dists[:])
	}
}
