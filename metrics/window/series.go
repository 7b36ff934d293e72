package window

import (
	"encoding/binary"
	"math"
	"slices"

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
	denseFold, sparseFold = 24, 45
	// Minutes leave recent so many at a time.
	retireBatch = 4

	openLimit = 2 << 10 // a longer log of a running minute is summed up
	lateLimit = 512     // a longer log of corrections is put in its places
	lateKept  = 128     // and a buffer no longer than that is filled again
)

// state is everything a Series knows. The byte slices are shared with views:
// beyond their length bytes may be appended, what is within never changes
// while a view may hold it. What a write to the running minute needs comes
// first: a floor has tens of thousands of these, so a write mostly waits for
// memory, and 64 bytes are what it gets at once.
type state struct {
	minute    int64  // start of the open minute
	newest    int64  // time of the newest fact
	dense     *dense // nil for a Sparse series
	frozen    *state // what the last View reads, nil once anything changed
	open      []byte // entries of the open minute
	nextLimit int32  // of open
	held      held   // by views
	split     bool   // all differs from day

	late     []byte  // entries of earlier minutes, each after its distance in minutes
	recent   minutes // closed minutes, at least the newest SparseReach or trendReach
	carry    []byte  // what lasts from before recent, base 0
	day, all []byte  // minutes since dayStart, since allStart, that are before folded
	folded   int64   // closed minutes from here on are in recent alone
	born     int64   // minute of the first fact
	dayStart int64
	allStart int64
}

// dense is what only a Dense series has.
type dense struct {
	running              // the open minute, but for its samples
	older   old          // minutes before recent, without distributions
	cache   *windowCache // nil until a view is made of the minutes as they are
}

// held says, a bit each, which bytes a view may be reading: they must not be
// written over.
type held uint8

const (
	heldOpen held = 1 << iota
	heldLate
	heldRecent
	heldCarry
	heldTotals // day and all
)

// Series keeps one scope's base figures. Times are ms since the epoch. Not
// safe for concurrent use.
type Series struct {
	state
	scratch *Scratch
	trend   *trendCache
}

// New returns an empty Series. Where there are many, Scratch.New makes them
// cheaper to keep going.
func New(kind Kind) *Series { return (*Scratch)(nil).New(kind) }

// New returns an empty Series that sums up in this scratch.
func (x *Scratch) New(kind Kind) *Series {
	s := &Series{state: state{minute: never, newest: never, born: never, folded: never, nextLimit: openLimit}, scratch: x}
	if kind == Dense {
		s.dense = new(dense)
	}
	return s
}

func (s *state) kind() Kind {
	if s.dense == nil {
		return Sparse
	}
	return Dense
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
	if uint64(t-s.minute) < minuteMs && s.dense != nil {
		s.touch(t)
		s.dense.count(c, n)
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
	if s.dense != nil {
		s.dense.count(c, n)
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
	if s.dense != nil {
		s.dense.levels[p].set(t, v)
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
	if s.dense != nil {
		s.dense.levels[p].raise(v)
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
	if s.dense != nil {
		s.dense.slope(c, delta, delta*(t-s.minute))
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
	s.frozen = nil
	s.forgetSums()
	if s.minute == never {
		s.dayStart, s.allStart = start, start
		return
	}
	if minuteOf(start) > s.minute {
		s.roll(minuteOf(start))
	}
	s.placeLate()
	s.foldClosed()
	x := s.room()
	today := x.today().reset(start)
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
	x.bytes = today.write(x.bytes[:0])
	s.day, s.dayStart = slices.Clone(x.bytes), start
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
		if d != 0 {
			s.slope(fact.Count(c), d, 0)
		}
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
