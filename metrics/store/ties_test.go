package store

import (
	"math/rand/v2"
	"testing"
)

func TestTiesAreFoundInWhateverOrderTheyLeave(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 9))
		var a Ages
		type item struct {
			since int64
			ref   int32
		}
		var held []item
		next := int32(0)
		indexed := false
		for range 6000 {
			if r.IntN(100) < 52 || len(held) == 0 {
				it := item{1_000_000 + r.Int64N(2)*r.Int64N(2), next}
				next++
				a.Add(it.since, it.ref)
				held = append(held, it)
			} else {
				k := r.IntN(len(held))
				a.Remove(held[k].since+r.Int64N(2)*7, held[k].ref^1<<20) // not there
				a.Remove(held[k].since, held[k].ref)
				held = append(held[:k], held[k+1:]...)
			}
			indexed = indexed || a.ties != nil
		}
		if !indexed {
			t.Fatal("no index of ties was ever made")
		}
		// What is left, in the order it came.
		for _, since := range []int64{1_000_000, 1_000_001} {
			var want []int32
			for _, it := range held {
				if it.since == since {
					want = append(want, it.ref)
				}
			}
			k := 0
			for at := range a.All {
				if at == since {
					k++
				}
			}
			if k != len(want) {
				t.Fatalf("seed %d: %d items at %d, want %d", seed, k, since, len(want))
			}
		}
		left := map[int32]bool{}
		last := item{ref: -1}
		for since, ref := range a.All {
			if since == last.since && ref < last.ref || since < last.since {
				t.Fatalf("seed %d: item %d out of the order it came in", seed, ref)
			}
			last, left[ref] = item{since, ref}, true
		}
		for _, it := range held {
			if !left[it.ref] {
				t.Fatalf("seed %d: item %d is lost", seed, it.ref)
			}
		}
	}
}

func BenchmarkRemoveAmongTies(b *testing.B) {
	const ties = 300_000
	var a Ages
	for ref := range int32(ties) {
		a.Add(5, ref)
	}
	r := rand.New(rand.NewPCG(1, 1))
	for b.Loop() {
		ref := r.Int32N(ties)
		a.Remove(5, ref)
		a.Add(5, ref)
	}
}
