package store

import (
	"math/rand/v2"
	"slices"
	"testing"

	"wallboard/metrics/checkpoint"
)

func TestAgesAreASortedListHoweverTheyComeAndGo(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 1))
		var a Ages
		type item struct {
			since int64
			ref   int32
		}
		var want []item
		now := int64(1_767_571_200_000)
		for n := range 600 {
			now += r.Int64N(2000)
			switch {
			case r.IntN(5) < 3 || len(want) == 0:
				it := item{now - r.Int64N(2)*r.Int64N(60_000), int32(n)}
				a.Add(it.since, it.ref)
				want = append(want, it)
			default:
				k := r.IntN(len(want))
				if r.IntN(2) == 0 {
					k = 0
				}
				a.Remove(want[k].since, want[k].ref)
				want = slices.Delete(want, k, k+1)
			}
			slices.SortStableFunc(want, func(a, b item) int { return int(a.since - b.since) })
			for k, back := range []int64{5_000, 30_000, 120_000} {
				count := 0
				for _, it := range want {
					if it.since < now-back {
						count++
					}
				}
				if r.IntN(3) > 0 {
					continue
				}
				if got := a.Before(k, now-back); got != count {
					t.Fatalf("seed %d step %d: %d before, want %d", seed, n, got, count)
				}
			}
			if since, _, ok := a.Oldest(); ok != (len(want) > 0) || ok && since != want[0].since {
				t.Fatalf("seed %d step %d: oldest %d", seed, n, since)
			}
		}
		var got []item
		for since, ref := range a.All {
			got = append(got, item{since, ref})
		}
		if len(got) != len(want) || !slices.IsSortedFunc(got, func(a, b item) int { return int(a.since - b.since) }) {
			t.Fatalf("seed %d: %d items, want %d", seed, len(got), len(want))
		}
		w := checkpoint.NewWriter(nil)
		a.Code(w)
		var back Ages
		c := checkpoint.NewReader(w.Bytes())
		back.Code(c)
		again := checkpoint.NewWriter(nil)
		back.Code(again)
		if c.Err() != nil || !slices.Equal(w.Bytes(), again.Bytes()) {
			t.Fatal(c.Err())
		}
	}
}

func TestIndexFindsWhatIsInIt(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var x Index
	have := map[int32]uint64{}
	for ref := range int32(20_000) {
		hash := r.Uint64() & 0xfffff // many alike
		x.Add(hash, ref)
		have[ref] = hash
		if r.IntN(2) == 0 {
			gone := r.Int32N(ref + 1)
			if h, ok := have[gone]; ok {
				x.Remove(h, gone)
				delete(have, gone)
			}
		}
	}
	for ref, hash := range have {
		found, pos := x.First(hash)
		for found >= 0 && found != ref {
			found, pos = x.Next(hash, pos)
		}
		if found != ref {
			t.Fatalf("%d is lost", ref)
		}
	}
	if x.Len() != len(have) {
		t.Errorf("%d of %d", x.Len(), len(have))
	}
}

func TestTextsComeBackAsTheyWerePut(t *testing.T) {
	var x Texts
	type kept struct {
		ref uint32
		s   string
	}
	var all []kept
	r := rand.New(rand.NewPCG(4, 2))
	for range 5000 {
		b := make([]byte, r.IntN(257))
		for i := range b {
			b[i] = byte('a' + r.IntN(26))
		}
		all = append(all, kept{x.Put(string(b)), string(b)})
		if r.IntN(3) == 0 {
			k := r.IntN(len(all))
			x.Free(all[k].ref, len(all[k].s))
			all = slices.Delete(all, k, k+1)
		}
	}
	for _, k := range all {
		if x.Get(k.ref, len(k.s)) != k.s {
			t.Fatalf("%q became %q", k.s, x.Get(k.ref, len(k.s)))
		}
	}
}
