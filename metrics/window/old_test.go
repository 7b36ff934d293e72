package window

import (
	"math/rand/v2"
	"slices"
	"testing"

	"wallboard/metrics/fact"
)

// compareLast holds windows of any whole minutes against the list of facts.
func compareLast(t *testing.T, s *Series, deeds []deed, now int64) {
	t.Helper()
	v := s.View(now)
	for _, k := range []int{1, 2, 59, 60, 61, 64, 65, 90, 179, 180, 400, 1000, Reach - 1, Reach} {
		var got fact.Sums
		v.Last(k, &got)
		want := bruteSums(deeds, minuteOf(now)-int64(k-1)*minuteMs, now)
		if k > SparseReach {
			want.Dists = [fact.NumDists]fact.Quantiles{}
		}
		if err := closeEnough(got, want); err != nil {
			t.Fatalf("the last %d minutes: %v", k, err)
		}
	}
}

func TestAnyWholeMinutesUpToADayEqualTheListOfFacts(t *testing.T) {
	r := rand.New(rand.NewPCG(31, 32))
	for range 5 {
		deeds := aDay(r, start, 2500, 6000)
		s := New(Dense)
		for i, d := range deeds {
			d.do(s)
			if i%997 == 0 {
				compareLast(t, s, deeds[:i+1], d.t+r.Int64N(2*minuteMs))
			}
		}
		compareLast(t, s, deeds, start+2500*minuteMs)
		compareLast(t, s, deeds, start+2900*minuteMs)
	}
}

func TestCorrectionsOfAnyAgeFindTheirMinute(t *testing.T) {
	r := rand.New(rand.NewPCG(33, 34))
	for range 5 {
		deeds := aDay(r, start, 1400, 3000)
		sparse := slices.DeleteFunc(slices.Clone(deeds), func(d deed) bool { return (d.t-start)/minuteMs%100 > 50 })
		for _, list := range [][]deed{deeds, sparse} {
			shuffled := slices.Clone(list)
			r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
			s := New(Dense)
			for i, d := range shuffled {
				d.do(s)
				if i == len(shuffled)/2 {
					s = restored(t, saved(t, s))
				}
			}
			compareLast(t, s, list, start+1400*minuteMs)
		}
	}
}

func TestAPackHoldsEveryFigureBitForBit(t *testing.T) {
	r := rand.New(rand.NewPCG(35, 36))
	for range 200 {
		var u, back unpacked
		u.n = 1 + r.IntN(packMinutes)
		minute := minuteOf(start)
		for i := range u.n {
			u.minutes[i] = minute
			minute += minuteMs * (1 + r.Int64N(3))
			for key := range numKeys {
				if key < keyLevel && r.IntN(4) == 0 {
					u.figures[i].put(key, u.minutes[i], int64(r.Uint64())>>r.IntN(64))
				}
			}
			u.figures[i].levels[1].set(u.minutes[i]+r.Int64N(minuteMs), r.Int64N(99))
		}
		if !back.read(u.write(nil)) || back.n != u.n || back.minutes != u.minutes {
			t.Fatal("does not read back")
		}
		for i := range u.n {
			if back.figures[i].counts != u.figures[i].counts || back.figures[i].slopes != u.figures[i].slopes ||
				back.figures[i].moments != u.figures[i].moments || back.figures[i].levels[1] != u.figures[i].levels[1] {
				t.Fatalf("minute %d of %d differs", i, u.n)
			}
		}
	}
}
