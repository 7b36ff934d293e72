package window

import (
	"math/rand/v2"
	"slices"

	"wallboard/metrics/fact"
)

// deed is one call on a Series: the brute-force list keeps them all.
type deed struct {
	kind  int // 0 add, 1 observe, 2 level, 3 peak, 4 slope
	t     int64
	index int
	v     int64
}

func (d deed) do(s *Series) {
	switch d.kind {
	case 0:
		s.Add(d.t, fact.Count(d.index), d.v)
	case 1:
		s.Observe(d.t, fact.Dist(d.index), d.v)
	case 2:
		s.Level(d.t, fact.Peak(d.index), d.v)
	case 3:
		s.Peak(d.t, fact.Peak(d.index), d.v)
	case 4:
		s.Slope(d.t, fact.Count(d.index), d.v)
	}
}

// bruteSums recomputes a span [from, at] from the list alone.
func bruteSums(deeds []deed, from, at int64) fact.Sums {
	var out fact.Sums
	var samples [fact.NumDists][]int64
	var stood [fact.NumPeaks]*deed
	for _, d := range deeds {
		in := d.t >= from
		switch d.kind {
		case 0:
			if in {
				out.Counts[d.index] += d.v
			}
		case 1:
			if in {
				samples[d.index] = append(samples[d.index], d.v)
			}
		case 2:
			if in {
				out.Peaks[d.index] = max(out.Peaks[d.index], d.v)
			} else if p := stood[d.index]; p == nil || d.t >= p.t {
				stood[d.index] = &d
			}
		case 3:
			if in {
				out.Peaks[d.index] = max(out.Peaks[d.index], d.v)
			}
		case 4:
			out.Counts[d.index] += d.v * (at - max(d.t, from))
		}
	}
	for i, d := range stood {
		if d != nil {
			out.Peaks[i] = max(out.Peaks[i], d.v)
		}
	}
	for i, v := range samples {
		slices.Sort(v)
		out.Dists[i] = fact.Quantiles{N: int64(len(v))}
		if n := len(v); n > 0 {
			at := func(permille int) float64 { return float64(v[(n-1)*permille/1000]) }
			out.Dists[i].P50, out.Dists[i].P90, out.Dists[i].P95, out.Dists[i].P99 = at(500), at(900), at(950), at(990)
		}
	}
	return out
}

// aDay makes deeds over some minutes from start, their times distinct, so that
// no two levels tie.
func aDay(r *rand.Rand, start int64, minutes, n int) []deed {
	seen := map[int64]bool{}
	deeds := make([]deed, 0, n)
	for len(deeds) < n {
		d := deed{kind: r.IntN(5), t: start + r.Int64N(int64(minutes)*minuteMs)}
		if r.IntN(6) == 0 {
			d.t -= d.t % minuteMs // exactly on a minute's edge
		}
		if seen[d.t] {
			continue
		}
		seen[d.t] = true
		switch d.kind {
		case 0:
			d.index, d.v = r.IntN(int(fact.NumCounts)), r.Int64N(5)
		case 1:
			d.index, d.v = r.IntN(int(fact.NumDists)), r.Int64N(1+int64(1)<<r.IntN(22))
		case 2, 3:
			d.index, d.v = r.IntN(int(fact.NumPeaks)), r.Int64N(40)
		case 4:
			d.index, d.v = r.IntN(int(fact.NumCounts)), r.Int64N(7)-3
		}
		deeds = append(deeds, d)
	}
	slices.SortFunc(deeds, func(a, b deed) int { return int(a.t - b.t) })
	return deeds
}
