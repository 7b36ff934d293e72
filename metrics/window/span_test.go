package window

import (
	"math/rand/v2"
	"testing"

	"wallboard/metrics/fact"
)

func TestASpanEqualsTheListOfFactsOfItsMinutes(t *testing.T) {
	kinds(t, func(t *testing.T, kind Kind) {
		r := rand.New(rand.NewPCG(8, 9))
		compared, whole := 0, 0
		for range 20 {
			minutes := 5 + r.IntN(1300)
			deeds := aDay(r, start, minutes, 50+r.IntN(1500))
			s := New(kind)
			s.StartDay(start)
			for i, d := range deeds {
				if i%9 == 0 && i+1 < len(deeds) { // one of them comes late
					deeds[i+1].do(s)
				}
				if i%9 != 1 || i == 0 {
					d.do(s)
				}
			}
			now := deeds[len(deeds)-1].t + r.Int64N(2*minuteMs)
			v := s.View(now)
			for range 30 {
				from := start + r.Int64N(int64(minutes))*minuteMs
				to := from + (1+r.Int64N(90))*minuteMs
				compared++
				if compareSpan(t, v, deeds, from, to, now) {
					whole++
				}
			}
		}
		if kind == Dense && whole < compared*9/10 {
			t.Errorf("of %d spans within a day %d are whole", compared, whole)
		}
	})
}

// compareSpan holds a span against the list and says whether it is whole.
func compareSpan(t *testing.T, v *View, deeds []deed, from, to, now int64) bool {
	t.Helper()
	var span Span
	if !v.Gather(now, from, to, &span) {
		return false
	}
	var got fact.Sums
	span.Sums(&got)
	var before []deed
	for _, d := range deeds {
		if d.t < to {
			before = append(before, d)
		}
	}
	want := bruteSums(before, from, min(to, now))
	if from < minuteOf(now)-(SparseReach-1)*minuteMs {
		want.Dists, got.Dists = [fact.NumDists]fact.Quantiles{}, [fact.NumDists]fact.Quantiles{}
	}
	if err := closeEnough(got, want); err != nil {
		t.Errorf("[%d, %d) of %d: %v", (from-start)/minuteMs, (to-start)/minuteMs, (now-start)/minuteMs, err)
	}
	return true
}

func TestPartsOfADayAddUpToIt(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	s := New(Dense)
	s.StartDay(0)
	var parts Span
	parts.Reset()
	now := int64(0)
	for q := range int64(80) {
		until := (q + 1) * 15 * minuteMs
		for now += r.Int64N(9000); now < until; now += r.Int64N(9000) {
			s.Observe(now, fact.DistWait, int64(r.ExpFloat64()*40_000))
			s.Add(now, fact.Answered, 1)
			s.Peak(now, fact.PeakWaitEndedMs, r.Int64N(90_000))
		}
		now = until
		if !s.View(now).Gather(now, until-15*minuteMs, until, &parts) {
			t.Fatal("a quarter just over is not whole")
		}
	}
	var got, want fact.Sums
	parts.Sums(&got)
	s.View(now).Sums(fact.WindowToday, &want)
	if got != want {
		t.Errorf("parts %+v\nwhole %+v", got, want)
	}
}

func TestSamplesBeyondADurationAreCounted(t *testing.T) {
	s := New(Dense)
	s.StartDay(0)
	for i := range int64(100) {
		s.Observe(i*1000, fact.DistFRT, i*1000)
	}
	if beyond, n := s.View(100_000).Beyond(100_000, fact.WindowToday, fact.DistFRT, 60_000); beyond != 39 || n != 100 {
		t.Errorf("%d of %d beyond 60 s, want 39 of 100", beyond, n)
	}
}

func TestASpansBytesReadBackAndMergeLikeTheSpan(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 4))
	for round := range 60 {
		var parts, whole Span
		for range 1 + r.IntN(4) {
			deeds := aDay(r, start, 30, 1+r.IntN(900))
			s := New(Dense)
			for _, d := range deeds {
				d.do(s)
			}
			var one Span
			s.View(start+30*minuteMs).Gather(start+30*minuteMs, start, start+30*minuteMs, &one)
			whole.Merge(&one)
			if err := parts.Add(one.Append(nil), SameLayout()); err != nil {
				t.Fatal(err)
			}
		}
		var got, want fact.Sums
		parts.Sums(&got)
		whole.Sums(&want)
		if got != want {
			t.Fatalf("round %d: %+v\nwant %+v", round, got, want)
		}
	}
	var empty Span
	if b := empty.Append(nil); len(b) != 0 {
		t.Errorf("an empty span takes %d bytes", len(b))
	}
}

func TestAnotherNumberingReadsTheSameFigures(t *testing.T) {
	var s, got Span
	s.Counts[3], s.Counts[7], s.Peaks[1] = 5, 9, 4
	l := SameLayout()
	l.Counts[3], l.Counts[7], l.Peaks[1] = 11, -1, 0
	if err := got.Add(s.Append(nil), l); err != nil || got.Counts[11] != 5 || got.Counts[7] != 0 || got.Counts[3] != 0 || got.Peaks[0] != 4 {
		t.Errorf("%v %+v %+v", err, got.Counts, got.Peaks)
	}
}

func FuzzSpan(f *testing.F) {
	var s Span
	s.Counts[2], s.Peaks[0] = 7, 3
	for i := range int64(200) {
		s.dists[1].add(i * 31)
		s.dists[2].add(i % 5)
	}
	f.Add(s.Append(nil))
	f.Add([]byte{1, 0, 2, 0, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		var got, again Span
		if got.Add(b, SameLayout()) != nil {
			return
		}
		if err := again.Add(got.Append(nil), SameLayout()); err != nil {
			t.Fatalf("what was read does not read back: %v", err)
		}
		var x, y fact.Sums
		got.Sums(&x)
		again.Sums(&y)
		if x != y {
			t.Errorf("%+v\n%+v", x, y)
		}
	})
}
