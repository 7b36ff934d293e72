package main

import (
	"context"

	"wallboard/metrics"
	"wallboard/metrics/history"
)

// archive is where a board keeps its closed days; one without a folder keeps
// none.
type archive struct{ days *history.Archive }

// archive returns where the days of a board go. What is no real day, a demo's
// or a replay's, is not kept.
func (p *program) archive(s showing) (*archive, error) {
	folder := p.file.State.Folder(p.getenv)
	if s.clock != metrics.ClockWall || s.simDay != 0 || folder == "" {
		return &archive{}, nil
	}
	keep, err := p.file.State.Days()
	if err != nil {
		return nil, usageError{err}
	}
	days, err := history.NewArchive(history.NewStore(folder), keep)
	if err != nil {
		return nil, usageError{err}
	}
	return &archive{days}, nil
}

func (a *archive) run(ctx context.Context) error {
	if a.days == nil {
		return nil
	}
	return a.days.Run(ctx)
}

func (a *archive) keep(days []*history.Day) {
	if a.days != nil {
		a.days.Keep(days)
	}
}

// completing completes a snapshot after others have.
func (a *archive) completing(others func(*metrics.Snapshot) uint64) func(*metrics.Snapshot) uint64 {
	if a.days == nil {
		return others
	}
	return func(s *metrics.Snapshot) uint64 {
		a.days.Complete(s)
		return others(s)
	}
}
