package store

import "wallboard/metrics/checkpoint"

// Marks is how many running counts a list of Ages can keep.
const Marks = 3

// Ages is a list of record indices ordered by the time something began for
// them, oldest first, ties in the order they came. Items mostly come at the
// end and go anywhere: a removed one leaves a gap that is closed up later. The
// zero value is ready.
type Ages struct {
	base  int64 // times are kept relative to it
	items []age
	head  int // before it there are only gaps
	live  int
	marks [Marks]mark
	ties  *tieIndex // nil unless very many began at once
	steps int       // over ties that no index knew
}

type age struct {
	rel int32
	ref int32 // -1: a gap
}

// mark remembers how many live items begin before a time.
type mark struct {
	before int64
	pos, n int
	set    bool
}

// Len returns how many items are in the list.
func (a *Ages) Len() int { return a.live }

// Add puts an item in its place.
func (a *Ages) Add(since int64, ref int32) {
	rel := a.rel(since)
	if a.live == 0 {
		a.items, a.head = a.items[:0], 0
		a.marks = [Marks]mark{}
		a.moved(0)
	}
	i := len(a.items)
	for i > a.head && a.items[i-1].rel > rel {
		if len(a.items)-i > 32 {
			i = a.after(rel)
			break
		}
		i--
	}
	a.live++
	if i < len(a.items) && a.items[i].ref < 0 && i >= a.head {
		// The gap is between the right neighbours: no need to shift.
		a.moved(i)
		a.items[i] = age{rel, ref}
		a.counted(since, i)
		return
	}
	a.moved(i)
	a.items = append(a.items, age{})
	copy(a.items[i+1:], a.items[i:])
	a.items[i] = age{rel, ref}
	for k := range a.marks {
		if m := &a.marks[k]; i < m.pos {
			m.pos++
		}
	}
	a.counted(since, i)
}

// counted notes an item that came to position i. Before a mark's time there
// are only gaps between its position and the item's.
func (a *Ages) counted(since int64, i int) {
	for k := range a.marks {
		if m := &a.marks[k]; m.set && since < m.before {
			m.n++
			m.pos = max(m.pos, i+1)
		}
	}
}

// rel returns the kept form of a time, moving the base where it must. Twenty
// days either side of the base fit; times further off are kept at that edge.
func (a *Ages) rel(since int64) int32 {
	if a.live == 0 {
		a.base = since
	}
	d := since - a.base
	const edge = 20 * 24 * 3600_000
	if d > edge {
		a.rebase(since)
		d = since - a.base
	}
	return int32(max(-edge, min(d, edge)))
}

// rebase moves the base so that the oldest item sits at the near edge.
func (a *Ages) rebase(since int64) {
	a.close()
	const edge = 20 * 24 * 3600_000
	shift := since - edge/2 - a.base
	for i := range a.items {
		a.items[i].rel = int32(max(-edge, int64(a.items[i].rel)-shift))
	}
	a.base += shift
}

// after returns the position behind all items that begin at rel or before.
func (a *Ages) after(rel int32) int {
	lo, hi := a.head, len(a.items)
	for lo < hi {
		if mid := (lo + hi) / 2; a.items[mid].rel <= rel {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// Remove takes an item out; it does nothing where it is not in the list.
func (a *Ages) Remove(since int64, ref int32) {
	if a.live == 0 {
		return
	}
	i := a.find(a.rel(since), ref)
	if i < 0 {
		return
	}
	a.items[i].ref = -1
	a.live--
	for k := range a.marks {
		if m := &a.marks[k]; m.set && since < m.before {
			m.n--
		}
	}
	for a.head < len(a.items) && a.items[a.head].ref < 0 {
		a.head++
	}
	if gaps := len(a.items) - a.live; gaps > 16 && gaps > a.live {
		a.close()
	}
}

// close closes the gaps up.
func (a *Ages) close() {
	kept := a.items[:0]
	for _, it := range a.items {
		if it.ref >= 0 {
			kept = append(kept, it)
		}
	}
	if cap(a.items) > 64 && 8*len(kept) < cap(a.items) {
		kept = append(make([]age, 0, 2*len(kept)), kept...)
	}
	a.items, a.head = kept, 0
	a.marks = [Marks]mark{}
	a.moved(0)
}

// Oldest returns the oldest item.
func (a *Ages) Oldest() (since int64, ref int32, ok bool) {
	if a.live == 0 {
		return 0, -1, false
	}
	it := a.items[a.head]
	return a.base + int64(it.rel), it.ref, true
}

// Before returns how many items begin before t. It is fast where t mostly
// rises from call to call with the same k in [0, Marks).
func (a *Ages) Before(k int, t int64) int {
	if a.live == 0 {
		return 0
	}
	m := &a.marks[k]
	if t < m.before || !m.set {
		*m = mark{pos: a.head, set: true}
	}
	// Before the head are gaps only, in no order.
	m.pos = max(m.pos, a.head)
	for m.pos < len(a.items) && a.base+int64(a.items[m.pos].rel) < t {
		if a.items[m.pos].ref >= 0 {
			m.n++
		}
		m.pos++
	}
	m.before = t
	return m.n
}

// Next returns the first item that begins at or after t.
func (a *Ages) Next(t int64) (since int64, ref int32, ok bool) {
	if a.live == 0 {
		return 0, -1, false
	}
	i := a.head
	if d := t - a.base; d > -20*24*3600_000 {
		i = a.after(int32(min(d-1, 1<<31-1)))
	}
	for ; i < len(a.items); i++ {
		if it := a.items[i]; it.ref >= 0 {
			return a.base + int64(it.rel), it.ref, true
		}
	}
	return 0, -1, false
}

// All calls yield for each item, oldest first, until it returns false. The
// list must not change meanwhile.
func (a *Ages) All(yield func(since int64, ref int32) bool) {
	for i := a.head; i < len(a.items); i++ {
		if it := a.items[i]; it.ref >= 0 && !yield(a.base+int64(it.rel), it.ref) {
			return
		}
	}
}

// Code visits the items; gaps and running counts are not state.
func (a *Ages) Code(c *checkpoint.Coder) {
	n := c.Len(a.live, maxItems)
	if !c.Reading() {
		for since, ref := range a.All {
			c.Int64(&since)
			checkpoint.Int(c, &ref)
		}
		return
	}
	*a = Ages{}
	for i := 0; i < n && c.Err() == nil; i++ {
		var since int64
		var ref int32
		c.Int64(&since)
		checkpoint.Int(c, &ref)
		if ref < 0 {
			c.Fail("item %d in a list of ages", ref)
			return
		}
		a.Add(since, ref)
	}
}

// From returns the items that begin at or after t, oldest first. The list must
// not change meanwhile.
func (a *Ages) From(t int64) func(yield func(int64, int32) bool) {
	return func(yield func(int64, int32) bool) {
		if a.live == 0 {
			return
		}
		i := a.head
		if d := t - a.base; d > -20*24*3600_000 {
			i = a.after(int32(min(d-1, 1<<31-1)))
		}
		for ; i < len(a.items); i++ {
			if it := a.items[i]; it.ref >= 0 && !yield(a.base+int64(it.rel), it.ref) {
				return
			}
		}
	}
}
