package main

import (
	"context"
	"time"

	feedbench "wallboard/feed/bench"
	tuibench "wallboard/tui/bench"
)

func measureIngest(ctx context.Context, o benchOptions) ([]benchRow, error) {
	cfg := feedbench.DefaultIngest()
	if o.quick {
		cfg.Warm, cfg.Events, cfg.Repeats = 400_000, 50_000, 3
	}
	return ofFeed(feedbench.Ingest(ctx, cfg))
}

func measureCatchUp(ctx context.Context, o benchOptions) ([]benchRow, error) {
	cfg := feedbench.DefaultCatchUp()
	switch {
	case o.full:
		cfg.Events = 1_000_000
	case o.quick:
		cfg.Events, cfg.Repeats = 50_000, 2
	}
	return ofFeed(feedbench.CatchUp(ctx, cfg))
}

func measureMemory(ctx context.Context, o benchOptions) ([]benchRow, error) {
	cfg := feedbench.DefaultMemory()
	switch {
	case o.full:
		cfg = feedbench.FullMemory()
	case o.quick:
		cfg.Open = 60_000
	}
	return ofFeed(feedbench.Memory(ctx, cfg))
}

func measureSnapshot(ctx context.Context, _ benchOptions) ([]benchRow, error) {
	return ofFeed(feedbench.Snapshot(ctx, feedbench.DefaultSnapshot()))
}

func measureGrowth(ctx context.Context, o benchOptions) ([]benchRow, error) {
	cfg := feedbench.DefaultGrowth()
	if o.quick {
		cfg.Sizes[len(cfg.Sizes)-1].Open, cfg.Turns = 100_000, 7
	}
	return ofFeed(feedbench.Growth(ctx, cfg))
}

func measureBytes(ctx context.Context, o benchOptions) ([]benchRow, error) {
	cfg := tuibench.DefaultBytes()
	if o.quick {
		cfg.Seconds = 5
	}
	return ofScreen(tuibench.Bytes(ctx, cfg))
}

// ingestEvery is how often the floor behind the frames makes a snapshot, as a
// live board does.
const ingestEvery = 200 * time.Millisecond

// measureFrames draws floors of the engine's: first at rest, then while events
// pour in.
func measureFrames(ctx context.Context, o benchOptions) ([]benchRow, error) {
	full, err := feedbench.NewStage(feedbench.FullFloor())
	if err != nil {
		return nil, err
	}
	few, err := feedbench.NewStage(feedbench.Load{Agents: 1000, Open: 5000, Queues: feedbench.FullFloor().Queues})
	if err != nil {
		return nil, err
	}
	turns := 60
	if o.quick {
		turns = 20
	}
	figures, err := tuibench.Frames(ctx, tuibench.FrameConfig{Full: full, Few: few, Views: tuibench.DefaultViews(), Turns: turns})
	if err != nil {
		return nil, err
	}
	pouring, stop := context.WithCancel(ctx)
	defer stop()
	poured := make(chan struct{})
	go func() { // ends with pouring, which is awaited below
		defer close(poured)
		full.Pour(pouring, ingestEvery)
	}()
	figure, err := tuibench.FramesUnderIngest(ctx, full, turns*10)
	stop()
	<-poured
	return ofScreen(append(figures, figure), err)
}

func ofFeed(figures []feedbench.Figure, err error) ([]benchRow, error) {
	rows := make([]benchRow, 0, len(figures))
	for _, f := range figures {
		rows = append(rows, benchRow{
			ID: f.ID, What: f.What, Unit: f.Unit, Limit: f.Limit, Ours: f.Ours, Ratio: f.Ratio,
			Goal: f.Goal, AtLeast: f.AtLeast, InUnit: f.InUnit || f.Limit == 0, Reached: f.Reached(), Note: f.Note,
		})
	}
	return rows, err
}

func ofScreen(figures []tuibench.Figure, err error) ([]benchRow, error) {
	rows := make([]benchRow, 0, len(figures))
	for _, f := range figures {
		rows = append(rows, benchRow{
			ID: f.ID, What: f.What, Unit: f.Unit, Limit: f.Limit, Ours: f.Ours, Ratio: f.Ratio,
			Goal: f.Goal, InUnit: f.InUnit || f.Limit == 0, Reached: f.Reached(), Note: f.Note,
		})
	}
	return rows, err
}
