package window

import (
	"encoding/binary"
	"math"

	"wallboard/metrics/fact"
)

// Kind says how a Series keeps its running minute.
type Kind uint8

// The kinds. Dense costs about 2 KB more and counts in a few nanoseconds
// whatever the traffic; Sparse costs what it holds.
const (
	Dense Kind = iota
	Sparse
	numKinds
)

// Reach is how many minutes, the running one included, counts and peaks can be
// asked for; a Sparse series reaches SparseReach, and so do distributions.
const (
	Reach       = 1440
	SparseReach = 60
	// trendReach keeps four minutes more, for the trend's first points look
	// five minutes back.
	trendReach = SparseReach + 4
)

const (
	never = math.MinInt64 / 4
	// Closed minutes are added to the totals so many at a time: each time the
	// totals are written anew.
	denseFold, sparseFold = 8, 45

	openLimit = 2 << 10 // a longer log of a running minute is summed up
	lateLimit = 512     // a longer log of corrections is put in its places
)

// state is everything a Series knows. The byte slices are shared with views:
// beyond their length bytes may be appended, what is within never changes.
type state struct {
	kind     Kind
	minute   int64    // start of the open minute
	newest   int64    // time of the newest fact
	born     int64    // minute of the first fact
	fig      *figures // the open minute of a Dense series, but for its samples
	open     []byte   // entries of the open minute
	late     []byte   // entries of earlier minutes, each after its distance in minutes
	recent   minutes  // closed minutes, the newest SparseReach or trendReach
	older    old      // those before, without distributions: Dense only
	carry    []byte   // what lasts from before recent, base 0
	day, all []byte   // minutes since dayStart, since allStart, that are before folded
	folded   int64    // closed minutes from here on are in recent alone
	dayStart int64
	allStart int64
	split    bool         // all differs from day
	cache    *windowCache // nil until a view is made of the minutes as they are; Dense only
}

// Series keeps one scope's base figures. Times are ms since the epoch. Not
// safe for concurrent use.
type Series struct {
	state
	frozen    *state // what the last View reads, nil once anything changed
	nextLimit int    // of open
	shared    bool   // a view holds open
	lateOut   bool   // a view holds late

	corrections uint64 // past minutes changed so many times
	trend       *trendCache
}

// New returns an empty Series.
func New(kind Kind) *Series {
	s := &Series{state: state{kind: kind, minute: never, newest: never, born: never, folded: never}, nextLimit: openLimit}
	if kind == Dense {
		s.fig = new(figures)
	}
	return s
}

// touch notes that a fact at t changes the series.
func (s *Series) touch(t int64) {
	s.frozen = nil
	if t > s.newest {
		s.newest = t
	}
}

// running says whether t lies in the open minute, opening t's minute if it is
// newer than that.
func (s *Series) running(t int64) bool {
	s.touch(t)
	if uint64(t-s.minute) < minuteMs {
		return true
	}
	if t < s.minute {
		return false
	}
	s.roll(minuteOf(t))
	return true
}

// Add counts n into the minute of t.
func (s *Series) Add(t int64, c fact.Count, n int64) {
	if uint64(t-s.minute) < minuteMs && s.fig != nil {
		s.touch(t)
		s.fig.counts[c] += n
		return
	}
	s.add(t, c, n)
}

// add is Add where it is not the common case.
func (s *Series) add(t int64, c fact.Count, n int64) {
	if !s.running(t) {
		s.correct(t)
		s.late = appendCount(s.late, c, n)
		s.settleLate()
		return
	}
	if s.fig != nil {
		s.fig.counts[c] += n
		return
	}
	s.open = appendCount(s.open, c, n)
	s.settleOpen()
}

func appendCount(b []byte, c fact.Count, n int64) []byte {
	b = append(b, byte(tagCount)+byte(c))
	return binary.AppendVarint(b, n)
}

// Observe adds a duration in ms, clamped to [0, 49 days], to the minute of t.
func (s *Series) Observe(t int64, d fact.Dist, ms int64) {
	ms = max(0, min(ms, longestMs))
	if !s.running(t) {
		s.correct(t)
		s.late = binary.AppendUvarint(append(s.late, byte(tagSample)+byte(d)), uint64(ms))
		s.settleLate()
		return
	}
	s.open = binary.AppendUvarint(append(s.open, byte(tagSample)+byte(d)), uint64(ms))
	s.settleOpen()
}

// Level says that from t on the level is v, until it is set again.
func (s *Series) Level(t int64, p fact.Peak, v int64) {
	if !s.running(t) {
		s.correct(t)
		s.late = appendLevel(s.late, p, t-minuteOf(t), v)
		s.settleLate()
		return
	}
	if s.fig != nil {
		s.fig.levels[p].set(t, v)
		return
	}
	s.open = appendLevel(s.open, p, t-s.minute, v)
	s.settleOpen()
}

func appendLevel(b []byte, p fact.Peak, off, v int64) []byte {
	b = append(b, byte(tagLevel)+byte(p))
	b = binary.AppendVarint(b, off)
	return binary.AppendVarint(b, v)
}

// Peak notes a single value at t that does not last.
func (s *Series) Peak(t int64, p fact.Peak, v int64) {
	if !s.running(t) {
		s.correct(t)
		s.late = binary.AppendVarint(append(s.late, byte(tagPeak)+byte(p)), v)
		s.settleLate()
		return
	}
	if s.fig != nil {
		s.fig.levels[p].raise(v)
		return
	}
	s.open = binary.AppendVarint(append(s.open, byte(tagPeak)+byte(p)), v)
	s.settleOpen()
}

// Slope changes by delta the amount by which the count grows in each ms from
// t on. The count of a window is the exact integral over it up to its clock.
func (s *Series) Slope(t int64, c fact.Count, delta int64) {
	if !s.running(t) {
		s.correct(t)
		s.late = appendSlope(s.late, c, delta, delta*(t-minuteOf(t)))
		s.settleLate()
		return
	}
	if s.fig != nil {
		s.fig.slopes[c] += delta
		s.fig.moments[c] += delta * (t - s.minute)
		return
	}
	s.open = appendSlope(s.open, c, delta, delta*(t-s.minute))
	s.settleOpen()
}

// Advance says that the clock is at now. It only saves memory: views and
// writes are right without it.
func (s *Series) Advance(now int64) {
	if s.minute != never && minuteOf(now) > s.minute {
		s.frozen = nil
		s.roll(minuteOf(now))
	}
}

// StartDay says that today begins at start. A start not later than the last
// one has no effect.
func (s *Series) StartDay(start int64) {
	if start <= s.dayStart {
		return
	}
	s.frozen, s.cache = nil, nil
	if s.minute == never {
		s.dayStart, s.allStart = start, start
		return
	}
	if minuteOf(start) > s.minute {
		s.roll(minuteOf(start))
	}
	s.placeLate()
	s.foldClosed()
	today := sum{base: start}
	today.add(s.carry, 0, before)
	for c := s.recent.cursor(); ; {
		payload, ok := c.next()
		if !ok {
			break
		}
		today.add(payload, c.minute, partOf(c.minute, start))
	}
	today.carryIn()
	if !s.split {
		s.all, s.split = s.day, true
	}
	s.day, s.dayStart = today.write(nil), start
}

func partOf(minute, start int64) part {
	if minute < start {
		return before
	}
	return inside
}

// carryIn turns what was running at the base into facts of the base.
func (s *sum) carryIn() {
	for c, d := range s.lastSlopes {
		s.slopes[c] += d
	}
	for i := range s.lastLevels {
		l, in := &s.lastLevels[i], &s.levels[i]
		if !l.hasLast {
			continue
		}
		in.raise(l.last)
		if !in.hasLast {
			in.set(s.base, l.last)
		}
	}
}
