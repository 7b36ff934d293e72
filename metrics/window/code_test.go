package window

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"wallboard/metrics/checkpoint"
	"wallboard/metrics/fact"
)

func saved(t *testing.T, s *Series) []byte {
	t.Helper()
	c := checkpoint.NewWriter(nil)
	s.Code(c)
	if c.Err() != nil {
		t.Fatal(c.Err())
	}
	return c.Bytes()
}

func restored(t *testing.T, data []byte) *Series {
	t.Helper()
	s, c := New(Dense), checkpoint.NewReader(data)
	s.Code(c)
	if c.Err() != nil || len(c.Bytes()) != 0 {
		t.Fatalf("read back: %v, %d bytes left", c.Err(), len(c.Bytes()))
	}
	return s
}

func TestARestartAnywhereChangesNothingByteForByte(t *testing.T) {
	kinds(t, func(t *testing.T, kind Kind) {
		r := rand.New(rand.NewPCG(9, 10))
		deeds := aDay(r, start, 150, 1500)
		for i := range deeds {
			if r.IntN(10) == 0 && i > 20 { // some arrive late
				deeds[i], deeds[i-20] = deeds[i-20], deeds[i]
			}
		}
		whole, broken := New(kind), New(kind)
		for i, d := range deeds {
			d.do(whole)
			d.do(broken)
			if i%100 == 50 {
				broken = restored(t, saved(t, broken))
			}
		}
		if !bytes.Equal(saved(t, whole), saved(t, broken)) {
			t.Fatal("state differs after restarts")
		}
		var a, b fact.Sums
		now := start + 150*minuteMs
		for w := range fact.NumWindows {
			whole.View(now).Sums(w, &a)
			broken.View(now).Sums(w, &b)
			if a != b {
				t.Fatalf("%v differs after restarts", w)
			}
		}
	})
}

func FuzzCodeReadsAnyBytes(f *testing.F) {
	r := rand.New(rand.NewPCG(11, 12))
	for _, kind := range []Kind{Dense, Sparse} {
		s := New(kind)
		for _, d := range aDay(r, start, 80, 300) {
			d.do(s)
		}
		c := checkpoint.NewWriter(nil)
		s.Code(c)
		f.Add(c.Bytes())
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, c := New(Dense), checkpoint.NewReader(data)
		s.Code(c)
		// Whatever was read or refused, the series works on.
		for _, d := range []deed{{0, start, 1, 1}, {1, start - minuteMs, 1, 90}, {2, start - 100*minuteMs, 1, 3}, {4, start + 5*minuteMs, 2, 1}} {
			d.do(s)
		}
		var sums fact.Sums
		var trend Trend
		for w := range fact.NumWindows {
			s.View(start).Sums(w, &sums)
		}
		s.View(start).Last(Reach, &sums)
		s.Trend(start, &trend)
		s.StartDay(start + 10*minuteMs)
		s.Advance(start + 2000*minuteMs)
		saved(t, s)
	})
}
