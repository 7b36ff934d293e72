package window

import (
	"math/rand/v2"
	"slices"
	"testing"

	"wallboard/metrics/fact"
)

// bruteTrend measures each point from the list of facts alone.
func bruteTrend(deeds []deed, now int64) Trend {
	out := Trend{MinuteStart: minuteOf(now)}
	born := int64(1) << 60
	for _, d := range deeds {
		born = min(born, minuteOf(d.t))
	}
	for i := range TrendMinutes {
		from := out.MinuteStart - int64(TrendMinutes-1-i)*minuteMs
		out.Waiting[i], out.FRTp50[i], out.FRTp90[i], out.Inflow[i], out.Outflow[i] = -1, -1, -1, -1, -1
		if from < born {
			continue
		}
		until := func(d deed) bool { return d.t >= from+minuteMs }
		minute := bruteSums(slices.DeleteFunc(slices.Clone(deeds), until), from, now)
		five := bruteSums(slices.DeleteFunc(slices.Clone(deeds), until), from-4*minuteMs, now).Dists[fact.DistFRT]
		out.Waiting[i] = int32(minute.Peaks[fact.PeakWaiting])
		out.Inflow[i], out.Outflow[i] = 0, 0
		for _, d := range deeds {
			if d.kind != 0 || minuteOf(d.t) != from {
				continue
			}
			switch fact.Count(d.index) {
			case fact.Offered:
				out.Inflow[i] += int32(d.v)
			case fact.Answered, fact.Abandoned, fact.Overflowed, fact.Requeued, fact.Withdrawn:
				out.Outflow[i] += int32(d.v)
			}
		}
		if five.N > 0 {
			out.FRTp50[i], out.FRTp90[i] = int32(five.P50), int32(five.P90)
		}
	}
	return out
}

func TestTheTrendEqualsTheListOfFactsAtEveryStep(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	for range 6 {
		deeds := aDay(r, start, 100, 700)
		for i := range deeds {
			if r.IntN(8) == 0 && i > 30 { // some arrive late
				deeds[i], deeds[i-30] = deeds[i-30], deeds[i]
			}
			if deeds[i].kind == 0 {
				deeds[i].index = r.IntN(16)
			}
		}
		s := New(Dense)
		now := start
		for i, d := range deeds {
			d.do(s)
			now = max(now, d.t)
			if i%23 != 0 {
				continue
			}
			for _, at := range []int64{now, now + r.Int64N(3*minuteMs)} {
				var got Trend
				s.Trend(at, &got)
				if want := bruteTrend(deeds[:i+1], at); got != want {
					t.Fatalf("after %d facts:\n got %+v\nwant %+v", i+1, got, want)
				}
			}
		}
	}
}
