package window

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/DataDog/sketches-go/ddsketch"

	"wallboard/metrics/fact"
)

func TestTheTablesAgreeWithTheMapping(t *testing.T) {
	check := func(ms int64) {
		if got, want := bins.of(ms), bins.slow(ms); got != want {
			t.Fatalf("%d ms: bin %d, want %d", ms, got, want)
		}
	}
	for ms := range int64(300_000) {
		check(ms)
	}
	for bin := 1; bin < numBins; bin++ {
		for d := int64(-1); d <= 1; d++ {
			if ms := bins.lowest[bin] + d; ms >= 0 && ms <= longestMs {
				check(ms)
			}
		}
	}
	r := rand.New(rand.NewPCG(1, 1))
	for range 200_000 {
		check(r.Int64N(longestMs))
	}
	check(longestMs)
}

func TestASketchAgreesWithDDSketch(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for range 30 {
		theirs, err := ddsketch.LogUnboundedDenseDDSketch(fact.RelativeError)
		if err != nil {
			t.Fatal(err)
		}
		var ours samples
		for range exactBelow + r.IntN(5000) {
			ms := int64(math.Exp(r.NormFloat64()*2 + 9))
			ours.add(ms)
			if err := theirs.Add(float64(ms)); err != nil {
				t.Fatal(err)
			}
		}
		q := ours.quantiles()
		for percent, got := range map[float64]float64{0.5: q.P50, 0.9: q.P90, 0.95: q.P95, 0.99: q.P99} {
			want, err := theirs.GetValueAtQuantile(math.Floor(percent*float64(ours.n-1)) / float64(ours.n-1))
			if err != nil || math.Abs(got-want) > 1e-9*want {
				t.Errorf("q %v of %d: got %v, want %v, %v", percent, ours.n, got, want, err)
			}
		}
	}
}

func TestQuantilesLieWithinTheStatedError(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for n := 1; n < 3000; n += 1 + n/7 {
		var s samples
		values := make([]int64, n)
		for i := range values {
			values[i] = r.Int64N(1 + int64(1)<<r.IntN(30))
			s.add(values[i])
		}
		slices.Sort(values)
		q := s.quantiles()
		for percent, got := range map[int]float64{50: q.P50, 90: q.P90, 95: q.P95, 99: q.P99} {
			want := float64(values[(n-1)*percent/100])
			if n < exactBelow && got != want || math.Abs(got-want) > want*(fact.RelativeError+1e-9) {
				t.Errorf("p%d of %d: got %v, want %v", percent, n, got, want)
			}
		}
	}
}

func TestMergingPartsEqualsTheWhole(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for range 50 {
		var whole, merged samples
		for range 1 + r.IntN(6) {
			var part samples
			for range r.IntN(300) {
				ms := r.Int64N(200_000)
				whole.add(ms)
				part.add(ms)
			}
			merged.merge(&part)
		}
		if whole.n != merged.n || whole.quantiles() != merged.quantiles() {
			t.Fatalf("%d samples: %+v, merged %+v", whole.n, whole.quantiles(), merged.quantiles())
		}
	}
}
