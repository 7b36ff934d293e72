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
	if s.fig != nil {
		s.takeDense(t, facts)
		return
	}
	b := s.open
	for _, f := range facts {
		switch f.Kind {
		case FactCount:
			b = binary.AppendVarint(append(b, byte(tagCount)+f.Code), f.N)
		case FactObserve:
			b = binary.AppendUvarint(append(b, byte(tagSample)+f.Code), uint64(max(0, min(f.N, longestMs))))
		case FactForget:
			b = binary.AppendUvarint(append(b, byte(tagForget)+f.Code), uint64(max(0, min(f.N, longestMs))))
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
	for _, f := range facts {
		switch f.Kind {
		case FactCount:
			s.fig.counts[f.Code] += f.N
		case FactSlope:
			s.fig.slopes[f.Code] += f.N
			s.fig.moments[f.Code] += f.N * (t - s.minute)
		case FactPeak:
			s.fig.levels[f.Code].raise(f.N)
		default:
			s.takeOne(t, f)
		}
	}
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
