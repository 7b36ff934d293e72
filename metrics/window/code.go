package window

import (
	"wallboard/metrics/checkpoint"
	"wallboard/metrics/fact"
)

const (
	layout       = 1          // of what Code writes
	payloadLimit = 1 << 20    // longest payload, or run of minutes, that is read
	maxPacks     = Reach + 60 // one minute each at worst
)

// Code writes the series, or reads it over whatever it held. What is read is
// checked whole before any of it is used.
func (s *Series) Code(c *checkpoint.Coder) {
	if c.Reading() {
		*s = *s.scratch.New(s.kind())
	}
	for _, want := range []int64{layout, int64(fact.NumCounts), int64(fact.NumPeaks), int64(fact.NumDists)} {
		got := want
		if c.Int64(&got); c.Err() == nil && got != want {
			c.Fail("window: layout %d, want %d", got, want)
		}
	}
	kind := s.kind()
	checkpoint.Int(c, &kind)
	if kind >= numKinds {
		c.Fail("window: kind %d", kind)
	}
	if c.Err() != nil {
		return
	}
	if c.Reading() {
		*s = *s.scratch.New(kind)
	}
	s.codeState(c)
	if c.Reading() && c.Err() == nil {
		s.check(c)
	}
	if c.Reading() && c.Err() != nil {
		*s = *s.scratch.New(s.kind())
	}
}

func (s *Series) codeState(c *checkpoint.Coder) {
	older := new(old)
	if s.dense != nil {
		older = &s.dense.older
	}
	for _, t := range []*int64{&s.minute, &s.newest, &s.born, &s.folded, &s.dayStart, &s.allStart, &s.recent.base, &s.recent.last, &older.tail.base, &older.tail.last} {
		c.Int64(t)
	}
	c.Bool(&s.split)
	checkpoint.Int(c, &s.nextLimit)
	for _, b := range []*[]byte{&s.open, &s.late, &s.recent.b, &older.tail.b, &older.carry, &s.carry, &s.day, &s.all} {
		c.Blob(b, payloadLimit)
	}
	older.codePacks(c)
	if s.dense != nil {
		s.dense.figures.code(c)
		s.dense.mark()
	}
}

func (o *old) codePacks(c *checkpoint.Coder) {
	n := c.Len(len(o.packs), maxPacks)
	if c.Reading() {
		o.packs = make([]pack, n)
	}
	for i := range o.packs {
		b := []byte(o.packs[i])
		c.Blob(&b, payloadLimit)
		o.packs[i] = b
	}
}

// code visits the running minute as pairs of place and value: most are zero.
func (f *figures) code(c *checkpoint.Coder) {
	for _, column := range []*[fact.NumCounts]int64{&f.counts, &f.slopes, &f.moments} {
		codeColumn(c, column)
	}
	for i := range f.levels {
		l := &f.levels[i]
		c.Bool(&l.hasMax)
		c.Bool(&l.hasLast)
		c.Int64(&l.max)
		c.Int64(&l.last)
		c.Int64(&l.at)
	}
}

func codeColumn(c *checkpoint.Coder, column *[fact.NumCounts]int64) {
	used := 0
	for _, v := range column {
		if v != 0 {
			used++
		}
	}
	used = c.Len(used, len(column))
	at := -1
	for range used {
		if !c.Reading() {
			for at++; column[at] == 0; at++ {
			}
		}
		checkpoint.Int(c, &at)
		if at < 0 || at >= len(column) {
			c.Fail("window: count %d", at)
		}
		if c.Err() != nil {
			return
		}
		c.Int64(&column[at])
	}
}
