package store

// Index finds the indices of records by the hash of their key. Several keys
// may share a hash, so the caller compares the key of each candidate. The zero
// value is ready.
type Index struct {
	slots []slot
	n     int
}

type slot struct {
	hash uint32
	ref  int32 // index + 1, 0 where empty
}

// First returns the first candidate for the hash and its position, -1 where
// there is none.
func (x *Index) First(hash uint64) (ref int32, pos int) {
	if len(x.slots) == 0 {
		return -1, 0
	}
	return x.from(uint32(hash), x.home(uint32(hash)))
}

// Touch reads where the hash would be found and returns a number that means
// nothing: the place is then at hand when First looks there.
func (x *Index) Touch(hash uint64) uint64 {
	if len(x.slots) == 0 {
		return 0
	}
	return uint64(x.slots[x.home(uint32(hash))].hash)
}

// Next returns the candidate after the one at pos.
func (x *Index) Next(hash uint64, pos int) (ref int32, next int) {
	return x.from(uint32(hash), x.after(pos))
}

// home is where a hash belongs: as far into the table as it is into all hashes,
// so that the table may have any length and need not double to grow.
func (x *Index) home(h uint32) int { return int(uint64(h) * uint64(len(x.slots)) >> 32) }

func (x *Index) after(pos int) int {
	if pos++; pos < len(x.slots) {
		return pos
	}
	return 0
}

func (x *Index) from(h uint32, pos int) (int32, int) {
	for ; ; pos = x.after(pos) {
		s := x.slots[pos]
		if s.ref == 0 {
			return -1, pos
		}
		if s.hash == h {
			return s.ref - 1, pos
		}
	}
}

// Add notes that a record with the hash lives at the index.
func (x *Index) Add(hash uint64, ref int32) {
	if 4*(x.n+1) > 3*len(x.slots) {
		x.grow()
	}
	x.put(slot{uint32(hash), ref + 1})
	x.n++
}

func (x *Index) put(s slot) {
	pos := x.home(s.hash)
	for x.slots[pos].ref != 0 {
		pos = x.after(pos)
	}
	x.slots[pos] = s
}

// grow takes a quarter more: 60 to 75 of a hundred places are used.
func (x *Index) grow() {
	old := x.slots
	x.slots = make([]slot, max(64, len(old)+len(old)/4))
	for _, s := range old {
		if s.ref != 0 {
			x.put(s)
		}
	}
}

// Remove forgets the record at the index; it does nothing where it is unknown.
func (x *Index) Remove(hash uint64, ref int32) {
	got, pos := x.First(hash)
	for got != ref {
		if got < 0 {
			return
		}
		got, pos = x.Next(hash, pos)
	}
	x.n--
	// Records behind the gap move up, so that no probe stops short of them.
	for next := x.after(pos); x.slots[next].ref != 0; next = x.after(next) {
		if x.behind(x.home(x.slots[next].hash), next) >= x.behind(pos, next) {
			x.slots[pos] = x.slots[next]
			pos = next
		}
	}
	x.slots[pos] = slot{}
}

// behind is how many places from comes before to, round the end.
func (x *Index) behind(from, to int) int {
	if to >= from {
		return to - from
	}
	return to - from + len(x.slots)
}

// Len returns how many records are known.
func (x *Index) Len() int { return x.n }
