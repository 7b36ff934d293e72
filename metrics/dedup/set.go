// Package dedup owns the memory of event ids: which have been seen within a
// horizon of count and time. It knows ids only as 64-bit fingerprints.
package dedup

import (
	"math/bits"

	"wallboard/metrics/checkpoint"
)

// chunkIDs is how many ids are forgotten at once. A power of two; the horizon
// is exact to one chunk.
const chunkIDs = 4096

// chunk holds ids in the order they came.
type chunk struct {
	ids    []uint64
	newest int64 // time of the last id, ms
}

// Set remembers fingerprints. An id is kept until both more than minIDs newer
// ones have come and it is older than keep, and never beyond maxIDs. With n
// ids a new one is taken for a known one with probability n / 2^64: at 2 M ids
// and 10 M events a day once in about 900,000 days. Not safe for concurrent
// use.
type Set struct {
	minIDs, maxIDs int
	keepMillis     int64

	table  []uint64 // open addressing, linear probing, 0 is empty
	count  int
	chunks []chunk  // oldest first
	spare  []uint64 // the ids of a chunk forgotten, to be filled again
	lost   int64    // time of the newest id forgotten, 0 for none
}

// New returns an empty Set. keepMillis is in milliseconds of the clock passed
// to Seen.
func New(minIDs, maxIDs int, keepMillis int64) *Set {
	return &Set{minIDs: minIDs, maxIDs: max(maxIDs, minIDs, chunkIDs), keepMillis: keepMillis, table: make([]uint64, 2*chunkIDs)}
}

// Seen reports whether the id is known, and remembers it if it is not.
func (s *Set) Seen(id uint64, now int64) bool {
	if id == 0 {
		id = 1
	}
	i, found := s.find(id)
	if found {
		return true
	}
	if s.count*4 >= len(s.table)*3 {
		s.grow()
		i, _ = s.find(id)
	}
	s.table[i] = id
	s.count++
	s.remember(id, now)
	s.forget(now)
	return false
}

// Known reports whether the id is known, without remembering it.
func (s *Set) Known(id uint64) bool {
	if id == 0 {
		id = 1
	}
	_, found := s.find(id)
	return found
}

// Len returns the number of ids known.
func (s *Set) Len() int { return s.count }

// Horizon returns the time, in milliseconds, after which every id is still
// known; 0 when nothing was forgotten yet.
func (s *Set) Horizon() int64 { return s.lost }

// slot is where an id belongs when nothing is in its way. The multiplication
// spreads fingerprints whose low bits were chosen by somebody.
func (s *Set) slot(id uint64) int {
	return int((id * 0x9E3779B97F4A7C15) >> (64 - bits.Len(uint(len(s.table)-1))))
}

func (s *Set) find(id uint64) (int, bool) {
	mask := len(s.table) - 1
	for i := s.slot(id); ; i = (i + 1) & mask {
		switch s.table[i] {
		case id:
			return i, true
		case 0:
			return i, false
		}
	}
}

func (s *Set) grow() {
	old := s.table
	s.table = make([]uint64, 2*len(old))
	for _, id := range old {
		if id != 0 {
			i, _ := s.find(id)
			s.table[i] = id
		}
	}
}

func (s *Set) remember(id uint64, now int64) {
	if n := len(s.chunks); n == 0 || len(s.chunks[n-1].ids) == chunkIDs {
		if s.spare == nil {
			s.spare = make([]uint64, 0, chunkIDs)
		}
		s.chunks = append(s.chunks, chunk{ids: s.spare[:0]})
		s.spare = nil
	}
	last := &s.chunks[len(s.chunks)-1]
	last.ids = append(last.ids, id)
	last.newest = max(last.newest, now)
}

// forget lets the oldest chunk go when the horizon has passed it.
func (s *Set) forget(now int64) {
	for len(s.chunks) > 1 {
		oldest := &s.chunks[0]
		left := s.count - len(oldest.ids)
		expired := left >= s.minIDs && oldest.newest < now-s.keepMillis
		if !expired && s.count <= s.maxIDs {
			return
		}
		for _, id := range oldest.ids {
			s.remove(id)
		}
		s.lost = max(s.lost, oldest.newest)
		s.spare = oldest.ids
		s.chunks[0] = chunk{}
		s.chunks = s.chunks[1:]
	}
}

// remove takes an id out and moves later ones of its run up, so that no run is
// ever broken by a hole.
func (s *Set) remove(id uint64) {
	i, found := s.find(id)
	if !found {
		return
	}
	mask := len(s.table) - 1
	s.count--
	for j := (i + 1) & mask; s.table[j] != 0; j = (j + 1) & mask {
		home := s.slot(s.table[j])
		if (j-home)&mask >= (j-i)&mask {
			s.table[i] = s.table[j]
			i = j
		}
	}
	s.table[i] = 0
}

// Code writes or reads the ids in the order they came.
func (s *Set) Code(c *checkpoint.Coder) {
	c.Int64(&s.lost)
	n := c.Len(len(s.chunks), s.maxIDs/chunkIDs+2)
	if c.Reading() {
		s.chunks, s.count, s.table = make([]chunk, n), 0, make([]uint64, 2*chunkIDs)
	}
	for i := 0; i < n && c.Err() == nil; i++ {
		s.codeChunk(c, &s.chunks[i])
	}
}

func (s *Set) codeChunk(c *checkpoint.Coder, ch *chunk) {
	c.Int64(&ch.newest)
	n := c.Len(len(ch.ids), chunkIDs)
	if c.Reading() {
		ch.ids = make([]uint64, n, chunkIDs)
	}
	for i := range ch.ids {
		c.Uint64(&ch.ids[i])
		if c.Reading() && c.Err() == nil {
			s.restore(c, ch.ids[i])
		}
	}
}

func (s *Set) restore(c *checkpoint.Coder, id uint64) {
	if s.count*4 >= len(s.table)*3 {
		s.grow()
	}
	i, found := s.find(id)
	if found || id == 0 {
		c.Fail("event id %x stands twice", id)
		return
	}
	s.table[i] = id
	s.count++
}
