package bench

import (
	"context"
	"fmt"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/board"
)

// GrowthConfig says how much is measured.
type GrowthConfig struct {
	Sizes  []Load // the first is what the others are compared with
	Events int    // in each turn
	Turns  int
}

// DefaultGrowth grows people first, then open sessions.
func DefaultGrowth() GrowthConfig {
	const queues = 50
	return GrowthConfig{
		Sizes: []Load{
			{Agents: 10, Open: 1_000, Queues: queues},
			{Agents: 10_000, Open: 1_000, Queues: queues},
			{Agents: 10_000, Open: 1_000_000, Queues: queues},
		},
		Events: 5_000, Turns: 15,
	}
}

// field is a floor of one size and the board that follows it.
type field struct {
	crowd *crowd
	board *board.Board
	costs []float64 // ns of processor time per event, by turn
}

// Growth measures what one event costs the board on floors of different sizes,
// in turns.
func Growth(ctx context.Context, cfg GrowthConfig) ([]Figure, error) {
	fields := make([]*field, len(cfg.Sizes))
	start := time.Now().Add(-time.Hour)
	for i, load := range cfg.Sizes {
		c := newCrowd(load, start)
		b, err := c.warm(c.settled())
		if err != nil {
			return nil, err
		}
		fields[i] = &field{crowd: c, board: b}
	}
	events := make([]metrics.Event, cfg.Events)
	for turn := range cfg.Turns {
		for i := range fields {
			if err := ctx.Err(); err != nil {
				return nil, fmt.Errorf("bench: growth: %w", err)
			}
			fields[(turn+i)%len(fields)].turn(events)
		}
	}
	return growthFigures(cfg, fields), nil
}

// turn makes events, then measures folding them in, a few at a time as a board
// gets them.
func (f *field) turn(events []metrics.Event) {
	next := make([]*metrics.Event, len(events))
	for i := range events {
		f.crowd.next(&events[i])
		next[i] = &events[i]
	}
	before := spent()
	for len(next) > 0 {
		few := next[:min(metrics.Foreseen, len(next))]
		next = next[len(few):]
		f.board.Foresee(few)
		for _, ev := range few {
			f.board.Apply(ev)
		}
	}
	f.costs = append(f.costs, float64(spent()-before)/float64(len(events)))
}

func growthFigures(cfg GrowthConfig, fields []*field) []Figure {
	var out []Figure
	first := fields[0].costs
	for i, f := range fields[1:] {
		load := cfg.Sizes[i+1]
		out = append(out, Figure{
			ID: "P12", Unit: "ns/event",
			What:  fmt.Sprintf("engine: %d agents, %d open, of %d and %d", load.Agents, load.Open, cfg.Sizes[0].Agents, cfg.Sizes[0].Open),
			Limit: median(first), Ours: median(f.costs), Ratio: pairwise(f.costs, first), Goal: 2,
		})
	}
	return out
}
