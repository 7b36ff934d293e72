package dedup

import "math/bits"

// stamp numbers chunks, and so says when an id came. Numbers come round; the
// table is swept before one that is still in it means another chunk. Within
// the table only the difference to the oldest counts.
type stamp uint16

// lineIDs is how many ids fit in a line of memory with their stamps.
const lineIDs = 6

// line is one cache line of the table. An id whose line is full goes to the
// next one, and passed says so: until those that went on are forgotten, who
// looks for an id must go on too.
type line struct {
	ids    [lineIDs]uint64 // 0: never used
	stamps [lineIDs]stamp
	passed stamp // of the newest id that went on
	went   bool  // passed counts
}

// table finds ids. Most searches touch one line: memory, not arithmetic, is
// what they cost.
type table struct {
	lines  []line
	shift  int   // of a spread id, to its line
	oldest stamp // of the chunks that are live
	swept  int   // lines before this were swept in this round
}

// fill is how many of a line's places are taken on average at most.
const fill = 4

func newTable(ids int) table {
	n := 1 << bits.Len(uint(ids/fill-1))
	return table{lines: make([]line, n), shift: 64 - bits.Len(uint(n-1)), oldest: 1}
}

// room is how many ids the table holds before it has to grow.
func (t *table) room() int { return len(t.lines) * fill }

// home is where an id belongs. The multiplication spreads fingerprints whose
// low bits were chosen by somebody.
func (t *table) home(id uint64) int { return int((id * 0x9E3779B97F4A7C15) >> t.shift) }

// holds says whether a stamp is of a live chunk.
func (t *table) holds(s stamp) bool { return s-t.oldest < mostChunks+2 }

func (t *table) known(id uint64) bool {
	for i := t.home(id); ; i = (i + 1) & (len(t.lines) - 1) {
		l := &t.lines[i]
		for k := range l.ids {
			if l.ids[k] == id && t.holds(l.stamps[k]) {
				return true
			}
		}
		if !l.went || !t.holds(l.passed) {
			return false
		}
	}
}

// put notes an id that is not known, of the newest chunk. Ids of chunks that
// are gone give up their places.
func (t *table) put(id uint64, newest stamp) {
	for i := t.home(id); ; i = (i + 1) & (len(t.lines) - 1) {
		l := &t.lines[i]
		for k := range l.ids {
			if l.ids[k] == 0 || !t.holds(l.stamps[k]) {
				l.ids[k], l.stamps[k] = id, newest
				return
			}
		}
		l.passed, l.went = newest, true
	}
}

// sweepParts is in how many steps the whole table is swept: with as many
// chunks to come before a stamp's number can return, twice in time.
const sweepParts = 16_384

// sweep takes out what is gone in a part of the table, and is called once for
// each chunk.
func (t *table) sweep() {
	for range len(t.lines)/sweepParts + 1 {
		t.lines[t.swept].sweep(t)
		t.swept = (t.swept + 1) & (len(t.lines) - 1)
	}
}

func (l *line) sweep(t *table) {
	for k := range l.ids {
		if !t.holds(l.stamps[k]) {
			l.ids[k] = 0
		}
	}
	if !t.holds(l.passed) {
		l.went = false
	}
}

// rebuild makes the table of the chunks again, with room for so many ids.
func (t *table) rebuild(ids int, chunks []chunk, newest stamp) {
	next := newTable(ids)
	next.oldest = newest - stamp(len(chunks)-1)
	for i, c := range chunks {
		for _, id := range c.ids {
			next.put(id, next.oldest+stamp(i))
		}
	}
	*t = next
}
