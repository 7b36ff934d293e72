package store

import (
	"cmp"
	"slices"
)

// tieIndex finds items that began at the same moment by their ref. A flood
// with one time stamp, an import for instance, makes hundreds of thousands of
// ties, and going over them costs more than all else an event does. Ordering
// ties by ref instead would move as many on each Add.
type tieIndex struct {
	rel   int32
	end   int // positions from here on are not in it
	byRef []tie
}

type tie struct{ ref, pos int32 }

// fewTies are gone over without an index; more get one once going over them
// has cost indexPays times their number.
const (
	fewTies   = 64
	indexPays = 4
)

// find returns the position of an item, -1 where there is none.
func (a *Ages) find(rel, ref int32) int {
	last := a.after(rel) - 1
	from := a.head
	indexed := a.ties != nil && a.ties.rel == rel
	if indexed {
		from = max(from, a.ties.end)
	}
	i := last
	for i >= from && a.items[i].rel == rel && a.items[i].ref != ref {
		i--
	}
	if n := last - i; n > fewTies {
		a.steps += n
		defer a.indexTies(rel, last+1)
	}
	if i >= from && a.items[i].rel == rel {
		return i
	}
	if indexed {
		return a.ties.find(a.items, ref)
	}
	return -1
}

// find returns the position of a tie that has not been removed, -1 for none.
func (t *tieIndex) find(items []age, ref int32) int {
	k, _ := slices.BinarySearchFunc(t.byRef, ref, func(x tie, ref int32) int { return cmp.Compare(x.ref, ref) })
	for ; k < len(t.byRef) && t.byRef[k].ref == ref; k++ {
		if pos := int(t.byRef[k].pos); items[pos].ref == ref {
			return pos
		}
	}
	return -1
}

// indexTies makes an index of the ties that end before a position, where that
// pays.
func (a *Ages) indexTies(rel int32, end int) {
	from := a.after(rel - 1)
	if a.steps < indexPays*(end-from) {
		return
	}
	var known []tie
	if a.ties != nil && a.ties.rel == rel {
		known, from = a.ties.byRef, a.ties.end
	}
	var fresh []tie
	for i := max(from, a.head); i < end; i++ {
		if ref := a.items[i].ref; ref >= 0 {
			fresh = append(fresh, tie{ref, int32(i)})
		}
	}
	slices.SortFunc(fresh, byRef)
	a.ties, a.steps = &tieIndex{rel: rel, end: end, byRef: joinTies(a.items, known, fresh)}, 0
}

func byRef(x, y tie) int { return cmp.Compare(x.ref, y.ref) }

// joinTies returns both lists as one in order, without known ties that were
// removed.
func joinTies(items []age, known, fresh []tie) []tie {
	out := make([]tie, 0, len(known)+len(fresh))
	for _, x := range known {
		if items[x.pos].ref != x.ref {
			continue
		}
		for len(fresh) > 0 && fresh[0].ref < x.ref {
			out, fresh = append(out, fresh[0]), fresh[1:]
		}
		out = append(out, x)
	}
	return append(out, fresh...)
}

// moved drops the index where items from a position on have moved.
func (a *Ages) moved(from int) {
	if a.ties != nil && from < a.ties.end {
		a.ties = nil
	}
}
