package page

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestRowsAreSortedByKeyAndKeepTheirOrderAmongEquals(t *testing.T) {
	r := rand.New(rand.NewPCG(31, 32))
	var spare []keyed
	for range 300 {
		list := make([]keyed, r.IntN(400))
		span := int64(1) << r.IntN(50)
		for i := range list {
			p := Place{Rank: uint8(r.IntN(10)), Value: r.Int64N(span) - r.Int64N(span)}
			list[i] = keyed{p.key(), int32(i)}
		}
		want := slices.Clone(list)
		slices.SortStableFunc(want, func(a, b keyed) int { return cmp.Compare(a.key, b.key) })
		list, spare = byKey(list, spare)
		if !slices.Equal(list, want) {
			t.Fatalf("%d rows over %d: got %v, want %v", len(list), span, list, want)
		}
	}
}
