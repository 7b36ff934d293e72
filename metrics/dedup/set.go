// Package dedup owns the memory of event ids: which have been seen within a
// horizon of count and time. It knows ids only as 64-bit fingerprints.
package dedup

import "wallboard/metrics/checkpoint"

// chunkIDs is how many ids are forgotten at once. A power of two; the horizon
// is exact to one chunk.
const chunkIDs = 4096

// mostChunks bounds the chunks held, so that stamps stay far from meeting
// their successors.
const mostChunks = 30_000

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

	table  table
	count  int
	chunks []chunk  // oldest first
	newest stamp    // of the last chunk
	spare  []uint64 // the ids of a chunk forgotten, to be filled again
	lost   int64    // time of the newest id forgotten, 0 for none
}

// New returns an empty Set. keepMillis is in milliseconds of the clock passed
// to Seen. It keeps 120 M ids at most.
func New(minIDs, maxIDs int, keepMillis int64) *Set {
	most := min(max(maxIDs, minIDs, chunkIDs), mostChunks*chunkIDs)
	return &Set{minIDs: minIDs, maxIDs: most, keepMillis: keepMillis, table: newTable(2 * chunkIDs)}
}

// Seen reports whether the id is known, and remembers it if it is not.
func (s *Set) Seen(id uint64, now int64) bool {
	id = named(id)
	if s.table.known(id) {
		return true
	}
	s.remember(id, now)
	s.forget(now)
	return false
}

// Touch reads where the id would be found and returns a number that means
// nothing: the place is then at hand when Seen looks there.
func (s *Set) Touch(id uint64) uint64 { return s.table.lines[s.table.home(named(id))].ids[0] }

// Known reports whether the id is known, without remembering it.
func (s *Set) Known(id uint64) bool { return s.table.known(named(id)) }

// named gives the fingerprint that stands for none another value.
func named(id uint64) uint64 { return max(id, 1) }

// Len returns the number of ids known.
func (s *Set) Len() int { return s.count }

// Horizon returns the time, in milliseconds, after which every id is still
// known; 0 when nothing was forgotten yet.
func (s *Set) Horizon() int64 { return s.lost }

func (s *Set) remember(id uint64, now int64) {
	if n := len(s.chunks); n == 0 || len(s.chunks[n-1].ids) == chunkIDs {
		if s.spare == nil {
			s.spare = make([]uint64, 0, chunkIDs)
		}
		s.begin(chunk{ids: s.spare[:0]})
		s.spare = nil
	}
	s.put(id)
	last := &s.chunks[len(s.chunks)-1]
	last.ids = append(last.ids, id)
	last.newest = max(last.newest, now)
}

// begin opens a chunk.
func (s *Set) begin(c chunk) {
	s.chunks = append(s.chunks, c)
	s.newest++
	s.table.sweep()
}

// put notes an id of the newest chunk in the table.
func (s *Set) put(id uint64) {
	if s.count >= s.table.room() {
		s.table.rebuild(2*s.table.room(), s.chunks, s.newest)
	}
	s.table.put(id, s.newest)
	s.count++
}

// forget lets the oldest chunk go when the horizon has passed it. Its ids stay
// in the table until others need their places: stamps tell them from live
// ones, so forgetting costs no search.
func (s *Set) forget(now int64) {
	for len(s.chunks) > 1 {
		oldest := &s.chunks[0]
		left := s.count - len(oldest.ids)
		expired := left >= s.minIDs && oldest.newest < now-s.keepMillis
		if !expired && s.count <= s.maxIDs {
			return
		}
		s.count = left
		s.lost = max(s.lost, oldest.newest)
		s.spare = oldest.ids
		s.chunks[0] = chunk{}
		s.chunks = s.chunks[1:]
		s.table.oldest++
	}
}

// Code writes or reads the ids in the order they came.
func (s *Set) Code(c *checkpoint.Coder) {
	c.Int64(&s.lost)
	n := c.Len(len(s.chunks), s.maxIDs/chunkIDs+2)
	if c.Reading() {
		*s = Set{minIDs: s.minIDs, maxIDs: s.maxIDs, keepMillis: s.keepMillis, table: newTable(2 * chunkIDs), lost: s.lost}
	}
	for i := 0; i < n && c.Err() == nil; i++ {
		if c.Reading() {
			s.readChunk(c)
		} else {
			s.codeChunk(c, &s.chunks[i])
		}
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
	}
}

func (s *Set) readChunk(c *checkpoint.Coder) {
	var ch chunk
	s.codeChunk(c, &ch)
	if c.Err() != nil {
		return
	}
	ids := ch.ids
	ch.ids = ids[:0]
	s.begin(ch)
	for i, id := range ids {
		if id == 0 || s.table.known(id) {
			c.Fail("event id %x stands twice", id)
			return
		}
		s.put(id)
		s.chunks[len(s.chunks)-1].ids = ids[:i+1]
	}
}
