package main

import (
	"context"

	"wallboard/metrics"
	"wallboard/metrics/history"
	"wallboard/tui"
)

// archive is where a board keeps its closed days; one without a folder keeps
// none.
type archive struct {
	days  *history.Archive
	store *history.Store
}

// past is where the screen reads stored days from, nil where none are kept.
func (a *archive) past() tui.Past {
	if a.store == nil {
		return nil // a nil *history.Store in an interface would not be nil
	}
	return a.store
}

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
	store := history.NewStore(folder)
	days, err := history.NewArchive(store, keep)
	if err != nil {
		return nil, usageError{err}
	}
	return &archive{days, store}, nil
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
