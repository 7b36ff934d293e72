package baseline

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// How surprising a value must be to fire, and to move a threshold.
const (
	SensitivityHigh   = 4.5
	SensitivityNormal = 5.25
	SensitivityLow    = 6.0

	// SensitivityEdge is for the band whose edge serves as a threshold.
	SensitivityEdge = 3.0
)

const (
	usualStep      = 5 * time.Minute
	keepPerStep    = 0.9995 // of what a lens remembers, per usualStep
	warmSteps      = 100    // of usualStep
	fewestValues   = 20     // before a band is trusted, however long the step
	driftRate      = 0.05
	levelRate      = 0.25
	latchHalfLife  = 500 // of usualStep
	longestPause   = time.Hour
	largestValue   = 1e100
	smallestValue  = 1e-100 // what is nearer to 0 is 0
	largestFactor  = 1e6    // of a promotion, and its inverse
	mostConfidence = 3      // cap on how much more than the median n a ratio's n counts
)

// Kind says how a series answers to how much there is to do.
type Kind uint8

// The kinds of series.
const (
	KindLevel Kind = iota // waits, queue lengths: not linear in arrivals
	KindFlow              // counts of arrivals: a promotion's factor scales them
	KindRatio             // shares of n: the fewer n, the less a difference means
)

// Options say how a series is learned. The zero value is a level every five
// minutes, in UTC, at normal sensitivity.
type Options struct {
	Step        time.Duration  // between values; 0: five minutes
	Kind        Kind           //
	MinN        float64        // a step with fewer n is passed over
	Zone        *time.Location // of the time of day; nil: UTC
	Sensitivity float64        // surprise above which a value fires; 0: normal
	Shape       Shape
}

// Shape says how many courses of the day are learned.
type Shape uint8

// The shapes.
const (
	ShapeDaily   Shape = iota // one
	ShapeWeekday              // seven, shrunk to the common one
)

// Moment is what is known of a step before its value is.
type Moment struct {
	At     int64   // milliseconds since the epoch
	N      float64 // what the value rests on; read where Options ask for it
	Factor float64 // of the promotion this step lies in; 0: none
	Firing bool    // a breach over this series is firing: learning pauses, for at most an hour
}

// Band is what is nothing unusual: Lo <= v <= Hi. Where Known is false nothing
// can be said yet (or here) and both edges are 0.
type Band struct {
	Lo, Hi float64
	Known  bool
}

// Holds says whether v is nothing unusual.
func (b Band) Holds(v float64) bool { return !b.Known || (v >= b.Lo && v <= b.Hi) }

// Verdict is what a value came to.
type Verdict struct {
	Band             // as known before the value arrived
	Used     bool    // false: the step was passed over, nothing else is set
	Learning bool    // no band yet
	Fired    bool    // outside the band
	Surprise float64 // 0 while learning
	Latched  float64 // Surprise where it exceeds the faded latch, else 0
	Score    float64 // in [0,1], rises with Latched, above 1/2 exactly where Fired
	Reason   Reason  // set where Latched is above 0
}

// Series learns one series. Not safe for concurrent use.
type Series struct {
	options Options
	keep    float64 // of what a lens remembers, per step
	fade    float64 // of the latch, per step

	usual      expectation
	lens       [numLenses]histogram
	drift      float64 // average difference
	level      float64 // average value
	size       float64 // largest |value| learned: the order of magnitude
	latch      float64
	learned    float64 // values
	weight     median  // of n, for ratios
	paused     time.Duration
	hasLevel   bool
	reach      float64 // 10^(-2 x reachAt), kept as the limit of the last walk
	reachAt    float64
	dayStart   int64 // local midnight the slots are counted from, ms
	dayEnd     int64
	dayWeekday int
}

// ErrOptions is wrapped by every refusal of New.
var ErrOptions = errors.New("baseline: options")

// New returns a series that has learned nothing.
func New(o Options) (*Series, error) {
	if o.Step == 0 {
		o.Step = usualStep
	}
	if o.Sensitivity == 0 {
		o.Sensitivity = SensitivityNormal
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	switch {
	case o.Step < 0:
		return nil, fmt.Errorf("%w: step %v is not above 0", ErrOptions, o.Step)
	case !(o.Sensitivity > 0) || o.Sensitivity >= mostSurprise:
		return nil, fmt.Errorf("%w: sensitivity %v lies outside (0, %d)", ErrOptions, o.Sensitivity, mostSurprise)
	case !(o.MinN >= 0):
		return nil, fmt.Errorf("%w: least n %v is not 0 or more", ErrOptions, o.MinN)
	case o.Kind > KindRatio, o.Shape > ShapeWeekday:
		return nil, fmt.Errorf("%w: no such kind or shape", ErrOptions)
	}
	s := &Series{options: o}
	if o.Shape == ShapeWeekday {
		s.usual.weekday = new([7][slots]mean)
	}
	s.SetStep(o.Step)
	return s, nil
}

// SetStep says how far apart values are from here on; steps of 0 or less are
// ignored. Half-lives and warm-up are kept in time: a latch of 500 hourly steps
// would hide three weeks, one of 500 steps of a minute forgets a day too soon.
func (s *Series) SetStep(step time.Duration) {
	if step <= 0 || (step == s.options.Step && s.keep != 0) {
		return
	}
	s.options.Step = step
	steps := float64(step) / float64(usualStep)
	s.keep = max(0.5, math.Pow(keepPerStep, steps))
	s.fade = math.Exp2(-steps / latchHalfLife)
}

// Progress returns how far learning has come, in [0,1]; at 1 there is a band.
func (s *Series) Progress() float64 {
	needed := max(fewestValues, warmSteps*float64(usualStep)/float64(s.options.Step))
	return min(1, math.Floor(100*s.learned/needed)/100)
}

// Needed returns how many values a step apart must be learned before there is
// a band.
func Needed(step time.Duration) int {
	if step <= 0 {
		step = usualStep
	}
	return int(math.Ceil(max(fewestValues, warmSteps*float64(usualStep)/float64(step))))
}

// Learned returns how many of the Needed values have been.
func (s *Series) Learned() int {
	needed := Needed(s.options.Step)
	if s.Progress() == 1 {
		return needed
	}
	return min(needed-1, int(s.learned))
}

// Usual returns what is expected at a moment, a promotion's factor included
// where the series scales with it; 0 before anything was learned.
func (s *Series) Usual(m Moment) float64 {
	set := s.setting(m)
	return set.factor * set.expected
}

// Explain says why v would be surprising, as the reason of a Verdict does.
func (s *Series) Explain(m Moment, v float64) Reason {
	if s.learned == 0 || !s.usable(m) || !finite(v) {
		return Reason{}
	}
	set := s.setting(m)
	return s.reason(&set, set.scored(v), v)
}

// Resolve ends the incident the latch remembers: the next value outside the
// unlatched band fires again.
func (s *Series) Resolve() { s.latch = 0 }

// Latch returns the largest surprise remembered, faded.
func (s *Series) Latch() float64 { return s.latch }

// setting is how the lenses read a value at one moment. On their common axis u
// is the value a usual day would have had: promotion taken off, and for a ratio
// drawn toward the expectation as far as n is small.
type setting struct {
	slot, day int
	expected  float64 // on a usual day
	factor    float64 // of a promotion
	trust     float64 // of a ratio's n
}

func (m *setting) scored(v float64) float64 {
	if m.factor == 1 && m.trust == 1 {
		return v // exactly
	}
	return m.expected + m.trust*(v/m.factor-m.expected)
}

func (m *setting) value(u float64) float64 {
	if m.factor == 1 && m.trust == 1 {
		return u
	}
	return m.factor * (m.expected + (u-m.expected)/m.trust)
}

// usable says whether a step at m tells anything about the series.
func (s *Series) usable(m Moment) bool {
	switch {
	case s.options.MinN > 0 && !(m.N >= s.options.MinN):
		return false
	case s.options.Kind == KindRatio && !(m.N > 0 && m.N < largestValue):
		return false
	case s.options.Kind == KindLevel && promoted(m):
		return false
	}
	return !promoted(m) || (m.Factor >= 1/largestFactor && m.Factor <= largestFactor)
}

func promoted(m Moment) bool { return m.Factor != 0 }

func (s *Series) setting(m Moment) setting {
	slot, day := s.clock(m.At)
	set := setting{slot: slot, day: day, expected: s.usual.at(slot, day), factor: 1, trust: 1}
	if promoted(m) && s.options.Kind == KindFlow {
		set.factor = m.Factor
	}
	if s.options.Kind == KindRatio && s.weight.value > 0 {
		set.trust = min(mostConfidence, math.Sqrt(m.N/s.weight.value))
	}
	return set
}

// clock returns the slot of the local day and the weekday. The bounds of the
// day are kept, so that the zone is asked once a day; where the zone changes
// its offset within the day it is asked each time.
func (s *Series) clock(at int64) (slot, day int) {
	if at < s.dayStart || at >= s.dayEnd {
		local := time.UnixMilli(at).In(s.options.Zone)
		hour, minute, _ := local.Clock()
		slot, day = hour*4+minute/15, int(local.Weekday())
		year, month, date := local.Date()
		start := time.Date(year, month, date, 0, 0, 0, 0, s.options.Zone).UnixMilli()
		end := time.Date(year, month, date+1, 0, 0, 0, 0, s.options.Zone).UnixMilli()
		if end-start == slots*slotMillis {
			s.dayStart, s.dayEnd, s.dayWeekday = start, end, day
		}
		return slot, day
	}
	return int((at - s.dayStart) / slotMillis), s.dayWeekday
}

// Threshold returns the band outside which a value is more surprising than the
// given surprise, whatever the latch remembers: its edge may move a threshold.
func (s *Series) Threshold(m Moment, surprise float64) Band {
	if s.Progress() < 1 || !s.usable(m) {
		return Band{}
	}
	set := s.setting(m)
	return s.band(&set, surprise)
}

// Alert returns the band outside which a value fires: one more surprising than
// the sensitivity and than what the latch still remembers.
func (s *Series) Alert(m Moment) Band { return s.Threshold(m, s.limit()) }

func (s *Series) limit() float64 { return max(s.options.Sensitivity, s.latch*s.fade) }
