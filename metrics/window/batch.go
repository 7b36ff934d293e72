package window

import (
	"encoding/binary"

	"wallboard/metrics/fact"
)

// FactKind says which call on a Series a Fact stands for.
type FactKind uint8

// The kinds of Fact.
const (
	FactCount   FactKind = iota // Add
	FactObserve                 // Observe
	FactForget                  // Forget
	FactPeak                    // Peak
	FactSlope                   // Slope
)

// Fact is one call on a Series without its time. Code is the fact.Count,
// fact.Dist or fact.Peak.
type Fact struct {
	Kind FactKind
	Code uint8
	N    int64
}

// firstOpen is the room of a log that begins: growing to it by doubling would
// take four steps.
const firstOpen = 64

// Take does what the single calls would, all at t. One event changes a dozen
// figures of each of its rows: looking the minute up once for all of them
// halves what that costs.
func (s *Series) Take(t int64, facts []Fact) {
	if !s.running(t) {
		for _, f := range facts {
			s.takeOne(t, f)
		}
		return
	}
	if s.dense != nil {
		s.takeDense(t, facts)
		return
	}
	b := s.open
	if cap(b) == 0 {
		b = make([]byte, 0, firstOpen)
	}
	for _, f := range facts {
		switch f.Kind {
		case FactCount:
			b = binary.AppendVarint(append(b, byte(tagCount)+f.Code), f.N)
		case FactObserve:
			b = appendSample(b, tagSample, f.Code, f.N)
		case FactForget:
			b = appendSample(b, tagForget, f.Code, f.N)
		case FactPeak:
			b = binary.AppendVarint(append(b, byte(tagPeak)+f.Code), f.N)
		case FactSlope:
			b = appendSlope(b, fact.Count(f.Code), f.N, f.N*(t-s.minute))
		}
	}
	s.open = b
	s.settleOpen()
}

func (s *Series) takeDense(t int64, facts []Fact) {
	run, off := &s.dense.running, t-s.minute
	for i := range facts {
		f := &facts[i]
		switch f.Kind {
		case FactCount:
			run.count(fact.Count(f.Code), f.N)
		case FactSlope:
			run.slope(fact.Count(f.Code), f.N, f.N*off)
		case FactPeak:
			run.levels[f.Code].raise(f.N)
		case FactObserve:
			s.open = appendSample(s.open, tagSample, f.Code, f.N)
		case FactForget:
			s.open = appendSample(s.open, tagForget, f.Code, f.N)
		}
	}
	s.settleOpen()
}

func (s *Series) takeOne(t int64, f Fact) {
	switch f.Kind {
	case FactCount:
		s.Add(t, fact.Count(f.Code), f.N)
	case FactObserve:
		s.Observe(t, fact.Dist(f.Code), f.N)
	case FactForget:
		s.Forget(t, fact.Dist(f.Code), f.N)
	case FactPeak:
		s.Peak(t, fact.Peak(f.Code), f.N)
	case FactSlope:
		s.Slope(t, fact.Count(f.Code), f.N)
	}
}

// appendSample writes a duration, clamped to what can be told apart.
func appendSample(b []byte, tag int, code uint8, ms int64) []byte {
	return binary.AppendUvarint(append(b, byte(tag)+code), uint64(max(0, min(ms, longestMs))))
}
