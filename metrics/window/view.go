package window

import (
	"encoding/binary"
	"math"

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
		s.freeze()
	}
	return &View{s: s.frozen, at: max(now, s.newest)}
}

// sharedLog is the longest log of a running minute that a view copies. Beyond,
// it holds the series' own bytes, which the series then leaves to it.
const sharedLog = 256

// What a view is made of, each in one piece.
type (
	frozenDense struct {
		state
		own  dense
		room [sharedLog]byte
	}
	frozenSparse struct {
		state
		room [sharedLog / 2]byte
	}
)

// freeze makes what views of the series as it is read.
func (s *Series) freeze() {
	var f *state
	var room []byte
	switch n := len(s.open); {
	case s.dense != nil:
		if s.dense.cache == nil {
			s.dense.cache = new(windowCache)
		}
		s.dense.older.held = true
		d := &frozenDense{state: s.state, own: *s.dense}
		d.dense = &d.own
		f, room = &d.state, d.room[:0]
	case n == 0 || n > sharedLog:
		f = new(state)
		*f = s.state
	case n <= sharedLog/2:
		d := &frozenSparse{state: s.state}
		f, room = &d.state, d.room[:0]
	default:
		f = new(state)
		*f = s.state
		room = make([]byte, 0, sharedLog)
	}
	s.held |= heldLate | heldRecent | heldCarry | heldTotals
	if len(s.open) <= cap(room) {
		f.open = append(room, s.open...)
	} else {
		s.held |= heldOpen
	}
	s.frozen = f
}

// Sums writes the figures of a window into the caller's value.
func (v *View) Sums(w fact.Window, into *fact.Sums) {
	if v.s.dense != nil {
		v.sumsFromCache(w, into)
		return
	}
	var s sum
	v.add(w, &s)
	s.settle(into)
}

// SumsAt is Sums with the clock at a later moment, nothing having happened
// since the view was made.
func (v *View) SumsAt(at int64, w fact.Window, into *fact.Sums) {
	later := View{s: v.s, at: max(at, v.s.newest)}
	later.Sums(w, into)
}

// At returns the view with the clock at a later moment, nothing having happened
// since it was made.
func (v *View) At(at int64) *View { return &View{s: v.s, at: max(at, v.s.newest)} }

// Last writes the figures of the last minutes, the running one included, into
// the caller's value: at most Reach minutes (SparseReach of a Sparse series).
// Distributions reach no further than SparseReach: beyond, they are empty
// rather than of another window than they claim.
func (v *View) Last(minutes int, into *fact.Sums) {
	var s sum
	v.addLast(minutes, &s)
	s.settle(into)
}

// LastAt is Last with the clock at a later moment, nothing having happened
// since the view was made.
func (v *View) LastAt(at int64, minutes int, into *fact.Sums) { v.At(at).Last(minutes, into) }

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
	s.running = running{figures: figures{levels: levels}}
	s.lastSlopes = [fact.NumCounts]int64{}
	s.lastLevels = [fact.NumPeaks]level{}
	s.at = 0
}

func (v *View) add(w fact.Window, s *sum) {
	v.addClosed(w, s)
	v.addOpen(from(w, s.base), s)
}

// start is where a window begins.
func (v *View) start(w fact.Window) int64 {
	switch w {
	case fact.WindowToday:
		return v.s.dayStart
	case fact.WindowAll:
		return v.s.allStart
	}
	return minuteOf(v.at) - int64(w.Minutes()-1)*minuteMs
}

// from is where minutes begin to take part in a window that starts at start.
// What came before the first day start is in all, if only just.
func from(w fact.Window, start int64) int64 {
	if w == fact.WindowAll {
		return math.MinInt64
	}
	return start
}

// addClosed adds the closed minutes of a window.
func (v *View) addClosed(w fact.Window, s *sum) {
	s.base, s.at = v.start(w), v.at
	switch {
	case w == fact.WindowToday || w == fact.WindowAll && !v.s.split:
		s.add(v.s.day, s.base, inside)
	case w == fact.WindowAll:
		s.add(v.s.all, s.base, inside)
	default:
		s.add(v.s.carry, 0, before)
		s.addMinutes(&v.s.recent, s.base)
		return
	}
	for c := v.s.recent.cursor(); ; {
		payload, ok := c.next()
		if !ok {
			return
		}
		if c.minute >= v.s.folded {
			s.add(payload, c.minute, partOf(c.minute, from(w, s.base)))
		}
	}
}

// addOpen adds the open minute and the corrections not yet in their places, of
// a window whose minutes begin at from.
func (v *View) addOpen(from int64, s *sum) {
	for log := v.s.late; len(log) > 0; {
		behind, n := binary.Uvarint(log)
		minute := v.s.minute - int64(behind)*minuteMs
		log = s.addEntry(log[n:], minute, partOf(minute, from))
	}
	if v.s.minute == never {
		return
	}
	p := partOf(v.s.minute, from)
	s.addLog(v.s.open, v.s.minute, p)
	if v.s.dense != nil {
		s.addRunning(&v.s.dense.running, v.s.minute, p)
	}
}

func (v *View) addLast(k int, s *sum) {
	from := minuteOf(v.at) - int64(k-1)*minuteMs
	s.base, s.at = from, v.at
	if int64(k) > v.s.reach() && v.s.dense != nil {
		v.s.dense.older.add(s, from, math.MaxInt64)
	} else {
		s.add(v.s.carry, 0, before)
	}
	s.addMinutes(&v.s.recent, from)
	v.addOpen(from, s)
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
	s.settleFigures(into)
	for d := range s.dists {
		into.Dists[d] = s.dists[d].quantiles()
	}
}

// settleFigures writes all but the distributions.
func (s *sum) settleFigures(into *fact.Sums) {
	s.settleCounts(s.at)
	into.Counts = s.counts
	for i := range s.levels {
		highest := s.levels[i]
		if s.lastLevels[i].hasLast {
			highest.raise(s.lastLevels[i].last)
		}
		into.Peaks[i] = highest.max
	}
}
