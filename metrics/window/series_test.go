package window

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sync"
	"testing"

	"wallboard/metrics/fact"
)

// start is 2026-11-21 09:00:00 UTC.
const start = int64(1_795_251_600_000)

func closeEnough(got, want fact.Sums) error {
	if got.Counts != want.Counts {
		for c := range got.Counts {
			if got.Counts[c] != want.Counts[c] {
				return fmt.Errorf("count %d: got %d, want %d", c, got.Counts[c], want.Counts[c])
			}
		}
	}
	if got.Peaks != want.Peaks {
		return fmt.Errorf("peaks: got %v, want %v", got.Peaks, want.Peaks)
	}
	for d := range got.Dists {
		g, w := got.Dists[d], want.Dists[d]
		if g.N != w.N {
			return fmt.Errorf("dist %d: got n %d, want %d", d, g.N, w.N)
		}
		bound := fact.RelativeError + 1e-9
		if w.N < exactBelow {
			bound = 0
		}
		for i, pair := range [][2]float64{{g.P50, w.P50}, {g.P90, w.P90}, {g.P95, w.P95}, {g.P99, w.P99}} {
			if math.Abs(pair[0]-pair[1]) > bound*pair[1] {
				return fmt.Errorf("dist %d of %d, quantile %d: got %v, want %v", d, w.N, i, pair[0], pair[1])
			}
		}
	}
	return nil
}

// compare holds every window of a series against the brute-force list.
func compare(t *testing.T, s *Series, deeds []deed, dayStart, now int64) {
	t.Helper()
	v := s.View(now)
	for w := range fact.NumWindows {
		from := minuteOf(now) - int64(w.Minutes()-1)*minuteMs
		switch w {
		case fact.WindowToday:
			from = dayStart
		case fact.WindowAll:
			from = math.MinInt64
		}
		var got fact.Sums
		v.Sums(w, &got)
		if err := closeEnough(got, bruteSums(deeds, from, now)); err != nil {
			t.Fatalf("%v at %d: %v", w, now-start, err)
		}
	}
}

func kinds(t *testing.T, f func(t *testing.T, kind Kind)) {
	for kind, name := range []string{"dense", "sparse"} {
		t.Run(name, func(t *testing.T) { f(t, Kind(kind)) })
	}
}

func TestEveryWindowEqualsTheListOfFactsAtEveryStep(t *testing.T) {
	kinds(t, func(t *testing.T, kind Kind) {
		r := rand.New(rand.NewPCG(1, 2))
		for round := range 12 {
			deeds := aDay(r, start, 5+r.IntN(200), 50+r.IntN(1500))
			s := New(kind)
			s.StartDay(start - 1000*minuteMs)
			for i, d := range deeds {
				d.do(s)
				if i%97 == round {
					compare(t, s, deeds[:i+1], start-1000*minuteMs, d.t+r.Int64N(minuteMs/2))
				}
			}
			end := deeds[len(deeds)-1].t
			for _, later := range []int64{0, minuteMs, 7 * minuteMs, 90 * minuteMs} {
				compare(t, s, deeds, start-1000*minuteMs, end+later)
			}
		}
	})
}

func TestOrderOfArrivalDoesNotMatter(t *testing.T) {
	kinds(t, func(t *testing.T, kind Kind) {
		r := rand.New(rand.NewPCG(3, 4))
		for range 12 {
			minutes := 2 + r.IntN(55)
			deeds := aDay(r, start, minutes, 50+r.IntN(1200))
			s := New(kind)
			s.StartDay(start)
			shuffled := append([]deed(nil), deeds...)
			r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
			for i, d := range shuffled {
				d.do(s)
				if i%50 == 0 {
					s.View(d.t) // a view must not change what follows
				}
			}
			compare(t, s, deeds, start, start+int64(minutes)*minuteMs)
		}
	})
}

func TestANewDayTakesOverWhatLasts(t *testing.T) {
	kinds(t, func(t *testing.T, kind Kind) {
		r := rand.New(rand.NewPCG(5, 6))
		for range 8 {
			deeds := aDay(r, start, 180, 900)
			midnight := start + 100*minuteMs
			s := New(kind)
			s.StartDay(start)
			for _, d := range deeds {
				if d.t >= midnight {
					s.StartDay(midnight)
				}
				d.do(s)
			}
			compare(t, s, deeds, midnight, start+181*minuteMs)
		}
	})
}

func TestADayStartNoticedLateCountsFromItsOwnTime(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	deeds := aDay(r, start, 60, 700)
	s := New(Dense)
	s.StartDay(start)
	for _, d := range deeds {
		d.do(s)
	}
	s.StartDay(start + 30*minuteMs)
	compare(t, s, deeds, start+30*minuteMs, start+60*minuteMs)
}

func TestViewsTakenTogetherEqualOneSeries(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for range 6 {
		deeds := aDay(r, start, 50, 900)
		whole, parts := New(Dense), []*Series{New(Sparse), New(Dense), New(Sparse)}
		for _, d := range deeds {
			if d.kind == 2 {
				continue // a level is of one series
			}
			d.do(whole)
			d.do(parts[r.IntN(len(parts))])
		}
		now := start + 50*minuteMs
		joined := Joined{parts[0].View(now), parts[1].View(now), parts[2].View(now)}
		for w := range fact.NumWindows {
			var got, want fact.Sums
			joined.Sums(w, &got)
			whole.View(now).Sums(w, &want)
			if got != want {
				t.Fatalf("%v: got %+v, want %+v", w, got, want)
			}
		}
	}
}

func TestAViewNeverChangesWhileTheSeriesGoesOn(t *testing.T) {
	kinds(t, func(t *testing.T, kind Kind) {
		r := rand.New(rand.NewPCG(13, 14))
		deeds := aDay(r, start, 200, 2500)
		for i := range deeds {
			if r.IntN(4) == 0 && i > 40 { // some arrive late
				deeds[i], deeds[i-40] = deeds[i-40], deeds[i]
			}
		}
		s := New(kind)
		type kept struct {
			view *View
			sums [fact.NumWindows]fact.Sums
		}
		var views []kept
		var readers sync.WaitGroup
		for i, d := range deeds {
			d.do(s)
			if i%60 != 0 {
				continue
			}
			k := kept{view: s.View(start)}
			for w := range fact.NumWindows {
				k.view.Sums(w, &k.sums[w])
			}
			views = append(views, k)
			readers.Go(func() { // the race detector looks on
				var sums fact.Sums
				k.view.Sums(fact.WindowToday, &sums)
			})
		}
		readers.Wait()
		for i, k := range views {
			for w := range fact.NumWindows {
				var again fact.Sums
				if k.view.Sums(w, &again); again != k.sums[w] {
					t.Fatalf("view %d: %v changed", i, w)
				}
			}
		}
	})
}

func TestCountingInTheRunningMinuteAllocatesNothing(t *testing.T) {
	kinds(t, func(t *testing.T, kind Kind) {
		s := New(kind)
		i := int64(0)
		run := func() {
			for range 10 {
				s.Add(start+i%minuteMs, fact.Offered, 1)
				s.Slope(start+i%minuteMs, fact.BusyMs, 1-i%2*2)
				s.Level(start+i%minuteMs, fact.PeakWaiting, i%9)
				i++
			}
		}
		run()
		if n := testing.AllocsPerRun(2000, run); n >= 1 {
			t.Errorf("%v allocations for 30 facts", n)
		}
	})
}

func TestTimeSplitsAtMinuteEdgesInWholeMilliseconds(t *testing.T) {
	s := New(Dense)
	s.StartDay(start)
	s.Slope(start+59_999, fact.BusyMs, 3) // three people busy from the last ms of a minute
	s.Slope(start+60_001, fact.BusyMs, -1)
	for minutes, want := range map[int]int64{1: 3*1 + 2*1000 - 2, 2: 3*2 + 2*999} {
		var sums fact.Sums
		s.View(start+minuteMs+1000).Last(minutes, &sums)
		if got := sums.Counts[fact.BusyMs]; got != want {
			t.Errorf("the last %d minutes: %d ms, want %d", minutes, got, want)
		}
	}
}
