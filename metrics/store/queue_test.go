package store

import (
	"math/rand/v2"
	"testing"

	"wallboard/metrics/checkpoint"
)

// A plain slice is the oracle of a queue that forgets and reuses blocks.
func TestAQueueHoldsWhatWasPushedAndNotDropped(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 5))
		var q Queue[int]
		var want []int // by position
		head := 0
		for range 400 {
			for range r.IntN(60) {
				x, pos := q.Push()
				*x = r.Int()
				if pos != uint64(len(want)) {
					t.Fatalf("seed %d: position %d, want %d", seed, pos, len(want))
				}
				want = append(want, *x)
			}
			if r.IntN(3) == 0 {
				head = min(len(want), head+r.IntN(120))
				q.DropTo(uint64(head))
			}
			if q.Len() != len(want)-head || q.Head() != uint64(head) || q.Tail() != uint64(len(want)) {
				t.Fatalf("seed %d: %d from %d to %d, want %d", seed, q.Len(), q.Head(), q.Tail(), len(want)-head)
			}
			for range min(q.Len(), 5) {
				if pos := head + r.IntN(q.Len()); *q.At(uint64(pos)) != want[pos] {
					t.Fatalf("seed %d: item %d is another", seed, pos)
				}
			}
			if room := len(q.blocks) * blockItems; room > q.Len()+2*blockItems {
				t.Fatalf("seed %d: room for %d with %d held", seed, room, q.Len())
			}
		}
		one := func(c *checkpoint.Coder, v *int) { checkpoint.Int(c, v) }
		w := checkpoint.NewWriter(nil)
		q.Code(w, one)
		var back Queue[int]
		back.Code(checkpoint.NewReader(w.Bytes()), one)
		if back.Len() != q.Len() || back.Head() != q.Head() || q.Len() > 0 && *back.At(back.Tail() - 1) != *q.At(q.Tail() - 1) {
			t.Fatalf("seed %d: read back as another", seed)
		}
	}
}
