package store

import (
	"math/rand/v2"
	"testing"
)

// A list counted by going over it is the oracle of one that remembers how far
// it has counted.
func TestAgesCountAsIfCountedAnew(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 3))
		var a Ages
		type item struct {
			since int64
			ref   int32
		}
		var held []item
		clock := int64(1_000_000)
		span := []int64{3, 50, 5_000}[seed%3]
		for step := range 400 {
			clock += r.Int64N(span)
			switch k := r.IntN(10); {
			case k < 4:
				x := item{clock - r.Int64N(span*4), int32(step)}
				a.Add(x.since, x.ref)
				held = append(held, x)
			case k < 8 && len(held) > 0:
				i := r.IntN(len(held))
				a.Remove(held[i].since, held[i].ref)
				held = append(held[:i], held[i+1:]...)
			}
			for k, back := range []int64{0, span, 3 * span} {
				if r.IntN(3) == 0 {
					continue
				}
				want := 0
				for _, x := range held {
					if x.since < clock-back {
						want++
					}
				}
				if got := a.Before(k, clock-back); got != want {
					t.Fatalf("seed %d, step %d: %d of %d items before the mark, want %d", seed, step, got, len(held), want)
				}
			}
		}
	}
}
