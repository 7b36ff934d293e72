package bench

import (
	"context"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/board"
)

// Stage is a busy floor for whoever measures a screen: snapshots of it, and
// events that pour into it meanwhile.
type Stage struct {
	crowd *crowd
	board *board.Board
	box   board.Box
}

// NewStage returns a floor that has settled, with its first snapshot ready.
func NewStage(load Load) (*Stage, error) {
	c := newCrowd(load, time.Now().Add(-time.Hour))
	b, err := c.warm(c.settled())
	if err != nil {
		return nil, err
	}
	s := &Stage{crowd: c, board: b}
	s.publish()
	return s, nil
}

// Latest returns the newest snapshot.
func (s *Stage) Latest() *metrics.Snapshot { return s.box.Latest() }

func (s *Stage) publish() { s.box.Put(s.board.Snapshot()) }

// Pour lets events in as fast as they go and makes a snapshot every now and
// then, until the context ends. Only Latest may be called meanwhile.
func (s *Stage) Pour(ctx context.Context, every time.Duration) {
	var ev metrics.Event
	due := time.Now()
	for i := 0; ctx.Err() == nil; i++ {
		s.crowd.next(&ev)
		s.board.Apply(&ev)
		if i%256 == 0 && time.Now().After(due) {
			s.publish()
			due = time.Now().Add(every)
		}
	}
}
