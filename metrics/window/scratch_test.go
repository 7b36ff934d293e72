package window

import (
	"math/rand/v2"
	"testing"
	"unsafe"

	"wallboard/metrics/fact"
)

// seenView is a view with what it showed when it was made.
type seenView struct {
	view *View
	sums [fact.NumWindows]fact.Sums
	last fact.Sums
}

func look(v *View) seenView {
	s := seenView{view: v}
	for w := range fact.NumWindows {
		v.Sums(w, &s.sums[w])
	}
	v.Last(90, &s.last)
	return s
}

func TestViewsShowTheSameHoweverMuchIsWrittenAfterThem(t *testing.T) {
	kinds(t, func(t *testing.T, kind Kind) {
		r := rand.New(rand.NewPCG(21, uint64(kind)))
		var x Scratch
		series := []*Series{x.New(kind), x.New(kind), x.New(Dense)}
		var seen []seenView
		now := start
		for i := range 20_000 {
			now += r.Int64N(1500)
			if r.IntN(500) == 0 {
				now += r.Int64N(20 * minuteMs)
			}
			d := deed{kind: r.IntN(5), t: now - r.Int64N(2)*r.Int64N(2)*r.Int64N(2)*r.Int64N(100*minuteMs), index: r.IntN(4), v: r.Int64N(4000) - 1000}
			if d.kind == 1 {
				d.v += 1000
			}
			s := series[r.IntN(len(series))]
			d.do(s)
			if i%3000 == 2999 {
				s.StartDay(now - r.Int64N(90*minuteMs))
			}
			if r.IntN(40) == 0 {
				seen = append(seen, look(s.View(now)))
			}
		}
		for i := range seen {
			if again := look(seen[i].view); again != seen[i] {
				t.Fatalf("view %d of %d shows other figures than when it was made", i, len(seen))
			}
		}
	})
}

func TestASeriesThatHasSettledAllocatesNothing(t *testing.T) {
	for _, row := range []struct {
		name  string
		kind  Kind
		times int
		most  float64 // allocations in a hundred minutes
	}{
		{"an agent with a contact each minute", Sparse, 1, 1},
		// An hour of old minutes is packed, and its list grows.
		{"a queue with ten contacts a minute", Dense, 10, 8},
	} {
		s := new(Scratch).New(row.kind)
		minute := start
		step := func() {
			minute += minuteMs
			for i := range int64(row.times) {
				at := minute + i*5_000
				for c := range fact.Count(20) {
					s.Add(at, c, 1)
				}
				s.Slope(at, fact.BusyMs, 1)
				s.Slope(at+4_000, fact.BusyMs, -1)
				s.Level(at, fact.PeakWaiting, i)
				s.Observe(at, fact.DistFRT, 40_000+i*700)
				s.Add(at-minuteMs, fact.Offered, 1)
			}
		}
		for range 2 * Reach {
			step()
		}
		got := testing.AllocsPerRun(6, func() {
			for range 100 {
				step()
			}
		})
		if got > row.most {
			t.Errorf("%s: %v allocations in a hundred minutes, at most %v expected", row.name, got, row.most)
		}
	}
}

func TestWhatAWriteNeedsLiesInOneCacheLine(t *testing.T) {
	var s state
	if end := unsafe.Offsetof(s.split) + unsafe.Sizeof(s.split); end > 64 {
		t.Errorf("the hot part of a series is %d bytes", end)
	}
	if size := unsafe.Sizeof(Series{}); size > 256 || size <= 240 {
		t.Errorf("a series is %d bytes: the allocator aligns 241 to 256 to a cache line", size)
	}
}
