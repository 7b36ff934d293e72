package window

import (
	"encoding/binary"

	"wallboard/metrics/fact"
)

// View reads a Series as it was when the view was made. Immutable, safe for
// concurrent use.
type View struct {
	s  *state
	at int64 // sums over time are settled here
}

// View returns the series at now; facts after now are in it.
func (s *Series) View(now int64) *View {
	if s.frozen == nil {
		frozen := s.state
		if s.fig != nil {
			fig := *s.fig
			frozen.fig = &fig
		}
		s.frozen = &frozen
		s.shared = s.shared || len(s.open) > 0
		s.lateOut = s.lateOut || len(s.late) > 0
	}
	return &View{s: s.frozen, at: max(now, s.newest)}
}

// Sums writes the figures of a window into the caller's value.
func (v *View) Sums(w fact.Window, into *fact.Sums) {
	var s sum
	v.add(w, &s)
	s.settle(into)
}

// Last writes the figures of the last minutes, the running one included, into
// the caller's value: at most Reach minutes (SparseReach of a Sparse series).
// Distributions reach no further than SparseReach: beyond, they are empty
// rather than of another window than they claim.
func (v *View) Last(minutes int, into *fact.Sums) {
	var s sum
	v.addLast(minutes, &s)
	s.settle(into)
}

// Merge writes the figures of several views taken together over one window.
// Levels are the highest of one view, not of the sum.
func Merge(w fact.Window, into *fact.Sums, views ...*View) {
	var s sum
	var counts [fact.NumCounts]int64
	for _, v := range views {
		v.add(w, &s)
		s.settleCounts(v.at)
		for c := range counts {
			counts[c] += s.counts[c]
		}
		s.rest()
	}
	s.counts = counts
	s.settle(into)
}

// Joined reads several views as one scope: an agent as its own figures and
// those of each of its channels.
type Joined []*View

// Sums writes the figures of a window into the caller's value.
func (j Joined) Sums(w fact.Window, into *fact.Sums) { Merge(w, into, j...) }

// rest clears what belongs to one view and keeps peaks and samples.
func (s *sum) rest() {
	levels := s.levels
	for i := range levels {
		if s.lastLevels[i].hasLast {
			levels[i].raise(s.lastLevels[i].last)
		}
	}
	s.figures = figures{levels: levels}
	s.lastSlopes = [fact.NumCounts]int64{}
	s.lastLevels = [fact.NumPeaks]level{}
	s.at = 0
}

func (v *View) add(w fact.Window, s *sum) {
	switch w {
	case fact.WindowToday:
		v.addSince(v.s.day, v.s.dayStart, partOf, s)
	case fact.WindowAll:
		all := v.s.all
		if !v.s.split {
			all = v.s.day
		}
		v.addSince(all, v.s.allStart, func(int64, int64) part { return inside }, s)
	default:
		v.addLast(w.Minutes(), s)
	}
}

func (v *View) addSince(total []byte, start int64, of func(minute, start int64) part, s *sum) {
	s.base, s.at = start, v.at
	s.add(total, start, inside)
	for c := v.s.recent.cursor(); ; {
		payload, ok := c.next()
		if !ok {
			break
		}
		if c.minute >= v.s.folded {
			s.add(payload, c.minute, of(c.minute, start))
		}
	}
	v.addOpen(func(minute int64) part { return of(minute, start) }, s)
}

// addOpen adds the open minute and the corrections not yet in their places.
func (v *View) addOpen(of func(minute int64) part, s *sum) {
	for log := v.s.late; len(log) > 0; {
		behind, n := binary.Uvarint(log)
		minute := v.s.minute - int64(behind)*minuteMs
		log = s.addEntry(log[n:], minute, of(minute))
	}
	if v.s.minute == never {
		return
	}
	p := of(v.s.minute)
	s.addLog(v.s.open, v.s.minute, p)
	if v.s.fig != nil {
		s.addFigures(v.s.fig, v.s.minute, p)
	}
}

func (v *View) addLast(k int, s *sum) {
	from := minuteOf(v.at) - int64(k-1)*minuteMs
	s.base, s.at = from, v.at
	if int64(k) > v.s.reach() && v.s.kind == Dense {
		v.s.older.add(s, from)
	} else {
		s.add(v.s.carry, 0, before)
	}
	s.addMinutes(&v.s.recent, from)
	v.addOpen(func(minute int64) part { return partOf(minute, from) }, s)
	if k > SparseReach {
		clear(s.dists[:])
	}
}

func (s *sum) addMinutes(m *minutes, from int64) {
	for c := m.cursor(); ; {
		payload, ok := c.next()
		if !ok {
			return
		}
		s.add(payload, c.minute, partOf(c.minute, from))
	}
}

// settleCounts turns slopes into counts at the clock at.
func (s *sum) settleCounts(at int64) {
	for c := range s.counts {
		s.counts[c] += (s.lastSlopes[c]+s.slopes[c])*(at-s.base) - s.moments[c]
	}
}

// settle writes the figures at s.at.
func (s *sum) settle(into *fact.Sums) {
	s.settleCounts(s.at)
	into.Counts = s.counts
	for i := range s.levels {
		highest := s.levels[i]
		if s.lastLevels[i].hasLast {
			highest.raise(s.lastLevels[i].last)
		}
		into.Peaks[i] = highest.max
	}
	for d := range s.dists {
		into.Dists[d] = s.dists[d].quantiles()
	}
}
