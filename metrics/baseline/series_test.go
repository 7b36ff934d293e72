package baseline

import (
	"math"
	"math/rand/v2"
	"testing"
)

const minute = int64(60_000)

func series(t testing.TB, o Options) *Series {
	t.Helper()
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// oneOf draws a series of some kind: smooth, bursty, whole numbers, mostly zero.
func oneOf(r *rand.Rand) func(i int) float64 {
	level, spread := math.Exp(6*r.NormFloat64()), r.Float64()
	walk := 0.0
	switch r.IntN(5) {
	case 0:
		return func(int) float64 { return level * (1 + spread*r.NormFloat64()) }
	case 1:
		return func(int) float64 { return level * math.Exp(2*spread*r.NormFloat64()) }
	case 2:
		return func(i int) float64 { return math.Round(20 * (1 + math.Sin(float64(i)/46)) * (0.5 + r.Float64())) }
	case 3:
		return func(int) float64 {
			if r.IntN(5) > 0 {
				return 0
			}
			return math.Floor(10 * r.ExpFloat64())
		}
	}
	return func(int) float64 { walk += level * spread * r.NormFloat64(); return walk }
}

// plainSurprise adds the lenses up with logarithms, straight from the words of
// the method.
func plainSurprise(s *Series, set *setting, v float64) float64 {
	u := set.scored(v)
	weights := [numLenses]float64{1, 0.5, 0.5}
	sum := 0.0
	for i, x := range s.readings(set, u) {
		h := &s.lens[i]
		grid := *h
		var doublings float64
		for x < grid.low || x >= grid.low+grid.width*bins {
			grid.double(x < grid.low)
			doublings++
		}
		var below, above, total float64
		for k, w := range h.weight {
			w /= h.newest
			total += w
			edge := h.low + h.width*float64(k)
			if edge <= x {
				below += w
			}
			if edge+h.width > x {
				above += w
			}
		}
		tail := math.Min(below, above)
		if doublings > 0 {
			tail = 0
		}
		sum += weights[i] * (4*doublings - math.Log10(math.Min(1, 2*(tail+0.05)/(total+0.1))))
	}
	return sum
}

func TestBandIsTheRule(t *testing.T) {
	rows := 1_000_000
	if testing.Short() {
		rows = 50_000
	}
	r := rand.New(rand.NewPCG(7, 7))
	fired, gaps := 0, 0
	for done := 0; done < rows; {
		kind := Kind(r.IntN(3))
		s := series(t, Options{Kind: kind, Shape: Shape(r.IntN(2)), Sensitivity: 3 + 3*r.Float64()})
		next := oneOf(r)
		for i := range 200 + r.IntN(4000) {
			v := next(i)
			switch r.IntN(300) {
			case 0:
				v *= 3
			case 1:
				v = -v * math.Exp(3*r.NormFloat64())
			case 2:
				old := next
				next = func(i int) float64 { return old(i) * 1.7 }
			}
			m := Moment{At: int64(i) * 5 * minute, N: 1 + math.Floor(100*r.Float64())}
			if r.IntN(40) == 0 {
				m.Factor = 0.5 + 3*r.Float64()
			}
			before := s.Alert(m)
			limit := s.limit()
			set := s.setting(m)
			if before.Known && r.IntN(20) == 0 && before.Hi-before.Lo < 1e12 { // ask for values right around the edges
				v = []float64{before.Lo, before.Hi, math.Nextafter(before.Lo, math.Inf(-1)), math.Nextafter(before.Hi, math.Inf(1))}[r.IntN(4)]
			}
			var plain float64
			var onEdge bool // of a bin, where rounding decides
			if before.Known {
				plain = plainSurprise(s, &set, v)
				hair := 1e-9 * (s.size + math.Abs(v)) * (1 + 1/set.trust)
				onEdge = plainSurprise(s, &set, v-hair) != plain || plainSurprise(s, &set, v+hair) != plain
			}
			got := s.Feed(m, v)
			done++
			if got.Band != before {
				t.Fatalf("row %d: the band was %v before the value and %v with it", i, before, got.Band)
			}
			if !got.Known {
				if got.Fired || got.Score != 0 {
					t.Fatalf("row %d fired without a band", i)
				}
				continue
			}
			inside := v >= got.Lo && v <= got.Hi
			switch {
			case inside == got.Fired:
				t.Fatalf("row %d: %v in [%v, %v], fired %v", i, v, got.Lo, got.Hi, got.Fired)
			case got.Fired != (got.Score > 0.5), got.Fired != (got.Surprise > limit):
				t.Fatalf("row %d: fired %v with score %v, surprise %v, limit %v", i, got.Fired, got.Score, got.Surprise, limit)
			case !finite(got.Lo, got.Hi) || got.Lo > got.Hi:
				t.Fatalf("row %d: the band is [%v, %v]", i, got.Lo, got.Hi)
			}
			if got.Fired {
				fired++
			}
			// Computed another way: outside is above the limit but for rounding at
			// an edge, and the edges themselves are below it (else the band would
			// be wider than it need be) unless every value is above.
			near := math.Min(math.Abs(v-got.Lo), math.Abs(v-got.Hi)) <= 1e-9*math.Max(1e-3*s.size, math.Abs(v))
			if got.Fired && plain <= limit-1e-6 && !near {
				t.Fatalf("row %d of kind %d: %v outside [%v, %v] has surprise %v, limit %v", i, kind, v, got.Lo, got.Hi, plain, limit)
			}
			if !got.Fired && plain > limit+1e-6 && !near {
				gaps++
			}
			if !got.Fired && plain <= limit-1e-6 && math.Abs(plain-got.Surprise) > 1e-6 && !onEdge {
				t.Fatalf("row %d: surprise %v, computed plainly %v", i, got.Surprise, plain)
			}
		}
	}
	t.Logf("%d rows, %d fired, %d inside a gap of the band", rows, fired, gaps)
}

func BenchmarkStep(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	values := make([]float64, 1<<14)
	for i := range values {
		values[i] = 50*(1+math.Sin(float64(i)*math.Pi/144)) + 8*r.NormFloat64() + 3*math.Pow(r.Float64(), -0.4)
	}
	for _, o := range []struct {
		name    string
		options Options
	}{{"level", Options{}}, {"ratio with weekdays", Options{Kind: KindRatio, Shape: ShapeWeekday}}} {
		b.Run(o.name, func(b *testing.B) {
			s := series(b, o.options)
			at := int64(0)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				at += 5 * minute
				s.Feed(Moment{At: at, N: 20}, values[i&(1<<14-1)])
			}
		})
	}
}
