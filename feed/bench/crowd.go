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
	waiting []clean.Text // ids
	arrived int          // of waiting, how many have come for the first time
	empty   int          // the place that the last one to give up has left, -1: none
	visits  int64
	turn    int
}

// newCrowd makes a floor of which at most nine tenths of the open sessions are
// in hand.
func newCrowd(load Load, start time.Time) *crowd {
	inHand := load
	inHand.Open = min(load.Open-load.Open/10, legsEach*load.Agents)
	c := &crowd{generator: newGenerator(inHand, start), waiting: make([]clean.Text, load.Open-inHand.Open), empty: -1}
	return c
}

// next writes the next event.
func (c *crowd) next(ev *metrics.Event) {
	if c.arrived < len(c.waiting) {
		c.come(c.arrived, ev)
		c.arrived++
		return
	}
	if c.turn++; c.turn%visitEvery == 0 {
		if c.empty >= 0 {
			c.come(c.empty, ev)
			return
		}
		c.giveUp(c.rng.IntN(len(c.waiting)), ev)
		return
	}
	c.generator.next(ev)
}

// come lets a session begin to wait.
func (c *crowd) come(i int, ev *metrics.Event) {
	c.visit(i, ev)
	c.waiting[i], c.empty = clean.Own(fmt.Sprintf("w-%010d", c.visits)), -1
	ev.Type, ev.Session = metrics.TypeSessionQueued, c.waiting[i]
}

// giveUp lets a session that waits end.
func (c *crowd) giveUp(i int, ev *metrics.Event) {
	c.visit(i, ev)
	c.empty = i
	ev.Type, ev.Session, ev.Outcome = metrics.TypeSessionClosed, c.waiting[i], metrics.OutcomeAbandoned
}

func (c *crowd) visit(i int, ev *metrics.Event) {
	c.visits++
	c.pass()
	*ev = metrics.Event{
		Time: c.now, Source: c.source, Floor: c.floor, ID: clean.Own(fmt.Sprintf("v-%010d", c.visits)),
		Channel: c.channels[i%len(c.channels)], Queue: c.queues[i%len(c.queues)],
	}
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
