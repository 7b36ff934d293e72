package board

import (
	"math"

	"wallboard/metrics/checkpoint"
	"wallboard/metrics/history"
)

// nextQuarter returns the next instant at which what is past is gathered: each
// quarter of an hour, and after a day of silence, of which nothing is to be
// gathered, once a day.
func (b *Board) nextQuarter() int64 {
	if b.past == nil {
		return math.MaxInt64
	}
	step := history.Step
	if b.lookedAt-b.activeAt >= idleAfter {
		step = idleAfter
	}
	// Where steps were left out the clock is further on than the next of them.
	from := max(b.passedAt, b.engine.Now()-1)
	return from - from%step + step
}

func (b *Board) remember(now int64) {
	b.passedAt = now
	b.past.Take(b.Snapshot())
}

func (b *Board) rememberFrom(at int64) {
	if b.past != nil {
		b.past.Since(at)
	}
}

// Closed returns the days that closed, or changed since, after it was last
// asked; none where they are not gathered.
func (b *Board) Closed() []*history.Day {
	if b.past == nil {
		return nil
	}
	return b.past.Closed()
}

// Today returns a floor's day so far, nil where nothing of it is gathered.
func (b *Board) Today(floor string) *history.Day {
	if b.past == nil {
		return nil
	}
	return b.past.Today(floor)
}

// NoteLost says how many messages were lost in all.
func (b *Board) NoteLost(total int64) {
	if b.past != nil {
		b.past.NoteLost(total)
	}
}

// noteFrozen adds time over which the numbers were not whole.
func (b *Board) noteFrozen(ms int64) {
	if b.past != nil && b.engine.Now() > 0 {
		b.past.NoteFrozen(ms)
	}
}

// codePast visits what is past. A board that does not gather skips what another
// wrote.
func (b *Board) codePast(c *checkpoint.Coder) {
	c.Int64(&b.passedAt)
	kept := b.past != nil
	c.Bool(&kept)
	switch {
	case !kept:
	case b.past == nil:
		new(history.Quarters).Code(c)
	default:
		b.past.Code(c)
	}
}
