// Package live owns the way from raw messages to snapshots: the goroutine that
// decodes, drives the clock and the board, says how far its numbers can be
// trusted, and puts snapshots where screens look; and the same offline, from
// files. It must not know screens, nor what the numbers mean.
package live

import (
	"wallboard/metrics"
	"wallboard/metrics/board"
	"wallboard/metrics/clean"
	"wallboard/metrics/history"
)

// Board is what is driven: an engine with its clock and rules.
type Board interface {
	// Foresee may read what folding the events in will need; it changes nothing.
	Foresee([]*metrics.Event)
	Apply(*metrics.Event)
	Reject(reason string, at int64, sample clean.Text)
	NoteCleaned(n int64)
	Advance(wall int64)
	CaughtUp(wall int64)
	CatchingUp() bool
	Now() int64 // the engine clock
	Freeze(frozen bool)
	StandAt(at int64)
	Snapshot() *metrics.Snapshot
	Session(floor, id string) (metrics.SessionDetail, bool)
	NoteLost(total int64)
	Closed() []*history.Day
}

// NewBoard makes a board that has seen nothing, at the start and again whenever
// everything read so far turns out to be void.
type NewBoard func() (Board, error)

// Boards returns what makes boards of the configuration.
func Boards(c board.Config) NewBoard {
	return func() (Board, error) {
		b, err := board.New(c)
		if err != nil {
			return nil, err
		}
		return whole{b}, nil
	}
}

// whole is a board with what only its engine takes.
type whole struct{ *board.Board }

// NoteCleaned counts strings that had to be cleaned.
func (w whole) NoteCleaned(n int64) { w.Engine().NoteCleaned(n) }
