package window

import (
	"math/rand/v2"
	"testing"

	"wallboard/metrics/fact"
)

func TestFactsTakenTogetherAreAsTakenOneByOne(t *testing.T) {
	for _, kind := range []Kind{Dense, Sparse} {
		r := rand.New(rand.NewPCG(3, uint64(kind)))
		a, b := New(kind), New(kind)
		now := start
		for range 500 {
			now += r.Int64N(40_000)
			at := now - r.Int64N(2)*r.Int64N(200_000)
			var facts []Fact
			for range 1 + r.IntN(12) {
				f := Fact{Kind: FactKind(r.IntN(5)), N: r.Int64N(5000)}
				switch f.Kind {
				case FactCount, FactSlope:
					f.Code = uint8(r.IntN(int(fact.NumCounts)))
				case FactPeak:
					f.Code = uint8(r.IntN(int(fact.NumPeaks)))
				default:
					f.Code = uint8(r.IntN(int(fact.NumDists)))
				}
				facts = append(facts, f)
			}
			a.Take(at, facts)
			for _, f := range facts {
				b.takeOne(at, f)
			}
		}
		for w := range fact.NumWindows {
			var sa, sb fact.Sums
			a.View(now).Sums(w, &sa)
			b.View(now).Sums(w, &sb)
			if sa != sb {
				t.Errorf("kind %d, %v: %+v, one by one %+v", kind, w, sa, sb)
			}
		}
	}
}
