package sim

import "math"

const second = int64(1000)

// chance is true with probability p.
func (s *Sim) chance(p float64) bool { return s.draw.Float64() < p }

// between returns a duration in ms, uniform in [lo, hi).
func (s *Sim) between(lo, hi int64) int64 { return lo + s.draw.Int64N(hi-lo) }

// exp returns an exponential duration of the mean given, both in ms.
func (s *Sim) exp(mean float64) int64 { return int64(s.draw.ExpFloat64() * mean) }

// logNormal returns a duration in ms around a median in ms: people's delays
// have no typical size, only a typical factor. The 90th percentile lies
// exp(1.28 sigma) times above the median.
func (s *Sim) logNormal(median, sigma float64) int64 {
	return int64(median * math.Exp(sigma*s.draw.NormFloat64()))
}

// atLeastOne returns 1, 2, ... with the mean given (geometric).
func (s *Sim) atLeastOne(mean float64) int {
	n := 1
	for p := 1 - 1/mean; n < 40 && s.chance(p); {
		n++
	}
	return n
}

func pick[T any](s *Sim, from []T) T { return from[s.draw.IntN(len(from))] }
