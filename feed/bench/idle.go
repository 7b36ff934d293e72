package bench

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"wallboard/feed/live"
	"wallboard/feed/natsfeed"
	"wallboard/metrics"
	"wallboard/metrics/board"
)

// IdleConfig says what is measured and for how long.
type IdleConfig struct {
	Load Load
	Warm int // events before it falls silent
	For  time.Duration
}

// DefaultIdle is the full floor for five seconds.
func DefaultIdle() IdleConfig {
	return IdleConfig{Load: FullFloor(), Warm: 400_000, For: 5 * time.Second}
}

// silent is a source on which nothing more comes.
type silent struct{ ready chan struct{} }

func (s silent) Ready() <-chan struct{} { return s.ready }
func (silent) Take() natsfeed.Batch     { return natsfeed.Batch{} }
func (silent) Status() natsfeed.Status {
	return natsfeed.Status{Open: true, Link: natsfeed.State{Connected: true}}
}

// Idle measures what a board takes of a core while its clock ticks and nothing
// happens: snapshots five times a second, of people who are all there.
func Idle(ctx context.Context, cfg IdleConfig) ([]Figure, error) {
	b, err := fallenSilent(cfg)
	if err != nil {
		return nil, fmt.Errorf("bench: idle: %w", err)
	}
	r, err := live.New(live.Config{
		Source: silent{}, Box: &board.Box{}, Now: time.Now,
		NewBoard: func() (live.Board, error) { return b, nil },
	})
	if err != nil {
		return nil, fmt.Errorf("bench: idle: %w", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- r.Run(ctx) }() // ends with ctx, awaited below
	pause(ctx, cfg.For/5)               // the first snapshots are of what has happened
	runtime.GC()
	began, before := wall(), spent()
	pause(ctx, cfg.For)
	share := float64(spent()-before) / float64(wall()-began)
	cancel()
	if err := <-ended; err != nil {
		return nil, fmt.Errorf("bench: idle: %w", err)
	}
	return []Figure{{
		ID: "P9", What: fmt.Sprintf("share of a core while nothing happens, %d people", cfg.Load.Agents), Unit: "%",
		Ours: 100 * share, Ratio: 100 * share, Goal: 1, InUnit: true,
	}}, nil
}

// fallenSilent returns a board on wall time that has read events up to now.
func fallenSilent(cfg IdleConfig) (live.Board, error) {
	settings := boardConfig()
	settings.ClockMode = metrics.ClockWall
	b, err := live.Boards(settings)()
	if err != nil {
		return nil, err
	}
	took := time.Duration(cfg.Warm/eventsPerMilli) * time.Millisecond
	g := newGenerator(cfg.Load, time.Now().Add(-took))
	var ev metrics.Event
	for range cfg.Warm {
		g.next(&ev)
		b.Apply(&ev)
	}
	return b, nil
}

// pause waits, at most until the context ends.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
