package bench

import (
	"fmt"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/board"
	"wallboard/metrics/clean"
)

// legsEach is how many sessions a person handles at a time.
const legsEach = 5

// visitEvery is how many events there are to one of a session that waits.
const visitEvery = 8

// crowd is a floor with more open sessions than its people can handle: the
// rest waits, and now and then one gives up and another comes. Same load, same
// events.
type crowd struct {
	*generator
	waiting []waiter
	arrived int // of waiting, how many have come for the first time
	visits  int64
	turn    int
}

type waiter struct {
	id   clean.Text
	gone bool
}

// newCrowd makes a floor of which at most nine tenths of the open sessions are
// in hand.
func newCrowd(load Load, start time.Time) *crowd {
	inHand := load
	inHand.Open = min(load.Open-load.Open/10, legsEach*load.Agents)
	c := &crowd{generator: newGenerator(inHand, start), waiting: make([]waiter, load.Open-inHand.Open)}
	return c
}

// next writes the next event.
func (c *crowd) next(ev *metrics.Event) {
	if c.arrived < len(c.waiting) {
		c.visit(c.arrived, ev)
		c.arrived++
		return
	}
	if c.turn++; c.turn%visitEvery == 0 {
		c.visit(c.rng.IntN(len(c.waiting)), ev)
		return
	}
	c.generator.next(ev)
}

// visit lets a session come, or give up.
func (c *crowd) visit(i int, ev *metrics.Event) {
	c.visits++
	w := &c.waiting[i]
	*ev = metrics.Event{
		Type: metrics.TypeSessionQueued, Time: c.now, Source: c.source, Floor: c.floor,
		ID:      clean.Own(fmt.Sprintf("v-%010d", c.visits)),
		Channel: c.channels[i%len(c.channels)], Queue: c.queues[i%len(c.queues)],
	}
	if !w.id.Empty() && !w.gone {
		ev.Type, ev.Session, ev.Outcome, w.gone = metrics.TypeSessionClosed, w.id, metrics.OutcomeAbandoned, true
		return
	}
	*w = waiter{id: clean.Own(fmt.Sprintf("w-%010d", c.visits))}
	ev.Session = w.id
}

// warm folds in n events and returns the board.
func (c *crowd) warm(n int) (*board.Board, error) {
	b, err := newBoard()
	if err != nil {
		return nil, err
	}
	var ev metrics.Event
	for range n {
		c.next(&ev)
		b.Apply(&ev)
	}
	return b, nil
}

// settled is how many events it takes until every session has begun and those
// in hand stand at random steps of their lives.
func (c *crowd) settled() int {
	return len(c.waiting) + 2*len(c.agents) + 8*len(c.contacts)
}

// newBoard makes a board without rules that has read its history.
func newBoard() (*board.Board, error) {
	b, err := board.New(boardConfig())
	if err != nil {
		return nil, fmt.Errorf("bench: %w", err)
	}
	b.CaughtUp(0)
	return b, nil
}
