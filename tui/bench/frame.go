package bench

import (
	"context"
	"fmt"

	"wallboard/metrics"
	"wallboard/tui"
	"wallboard/tui/screen"
)

// Width and Height are the size that the figures are defined on.
const (
	Width  = 200
	Height = 60
)

// FrameConfig says what is drawn and how often.
type FrameConfig struct {
	Full  tui.Source // the floor the figure is defined on
	Few   tui.Source // one of few people, to compare with
	Pages []tui.Page
	Turns int
}

// DefaultPages are the pages that show what many people do.
func DefaultPages() []tui.Page {
	return []tui.Page{tui.PageWall, tui.PageQueues, tui.PageAgents, tui.PageIndicators, tui.PageHeat, tui.PageStaffing, tui.PageSessions}
}

// canvas is one viewer and the grid it draws on.
type canvas struct {
	source tui.Source
	stills *tui.Stills
	grid   *screen.Grid
	now    int64
	costs  []float64 // ms
	allocs []float64
}

func newCanvas(source tui.Source, page tui.Page) (*canvas, error) {
	look := tui.Look{Profile: screen.TrueColor}
	stills, err := tui.NewStills(look, tui.Choice{Page: page}, Width, Height)
	if err != nil {
		return nil, fmt.Errorf("bench: frame: %w", err)
	}
	c := &canvas{source: source, stills: stills, grid: screen.NewGrid(Width, Height)}
	c.now = source.Latest().At
	return c, nil
}

// draw draws the source's newest snapshot a second later than the last frame,
// so that every clock on it moves.
func (c *canvas) draw() { c.drawOf(c.source.Latest()) }

func (c *canvas) drawOf(s *metrics.Snapshot) {
	c.now = max(c.now+1000, s.At)
	c.grid.Reset(Width, Height)
	c.stills.Draw(s, c.now, c.grid)
}

func (c *canvas) turn() {
	c.costs = append(c.costs, millis(c.draw))
	c.allocs = append(c.allocs, allocations(c.draw))
}

// Frames measures what building one frame costs, beside the same picture in
// plain Lip Gloss and beside a floor of few people, in turns. Nothing else may
// allocate meanwhile.
func Frames(ctx context.Context, cfg FrameConfig) ([]Figure, error) {
	var out []Figure
	for _, page := range cfg.Pages {
		figures, err := framesOf(ctx, cfg, page)
		if err != nil {
			return nil, err
		}
		out = append(out, figures...)
	}
	return out, nil
}

func framesOf(ctx context.Context, cfg FrameConfig, page tui.Page) ([]Figure, error) {
	full, err := newCanvas(cfg.Full, page)
	if err != nil {
		return nil, err
	}
	few, err := newCanvas(cfg.Few, page)
	if err != nil {
		return nil, err
	}
	full.draw()
	few.draw()
	plain, picture := newGloss(), cut(full.grid)
	var theirs, glossAllocs []float64
	for range cfg.Turns {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("bench: frames: %w", err)
		}
		full.turn()
		few.turn()
		theirs = append(theirs, millis(func() { plain.compose(picture) }))
	}
	glossAllocs = append(glossAllocs, allocations(func() { plain.compose(picture) }))
	return frameFigures(page, full, few, theirs, glossAllocs), nil
}

func frameFigures(page tui.Page, full, few *canvas, theirs, glossAllocs []float64) []Figure {
	name := tui.PageName(page)
	ours, limit := median(full.costs), median(theirs)
	small := median(few.costs)
	return []Figure{
		{ID: "P6", What: fmt.Sprintf("frame of page %s, 200x60, 10,000 agents, of plain Lip Gloss", name), Unit: "ms",
			Limit: limit, Ours: ours, Ratio: ours / limit, Goal: 1.0 / 20, Note: fmt.Sprintf("p99 %.2f ms", quantile(full.costs, 0.99))},
		{ID: "P6", What: fmt.Sprintf("  its median (%s)", name), Unit: "ms", Ours: ours, Ratio: ours, Goal: 0.5, InUnit: true},
		{ID: "P6", What: fmt.Sprintf("  its allocations (%s)", name), Unit: "allocs", Limit: median(glossAllocs), Ours: median(full.allocs),
			Ratio: median(full.allocs) / median(glossAllocs), Goal: 500, InUnit: true},
		{ID: "P6", What: fmt.Sprintf("  of a floor of few people (%s)", name), Unit: "ms", Limit: small, Ours: ours, Ratio: ours / small, Goal: 2},
	}
}

// FramesUnderIngest measures frames while the source's floor is being fed, and
// judges the slowest in a hundred.
func FramesUnderIngest(ctx context.Context, source tui.Source, turns int) (Figure, error) {
	c, err := newCanvas(source, tui.PageWall)
	if err != nil {
		return Figure{}, err
	}
	c.draw()
	for range turns {
		if err := ctx.Err(); err != nil {
			return Figure{}, fmt.Errorf("bench: frames: %w", err)
		}
		c.costs = append(c.costs, millis(c.draw))
	}
	p99 := quantile(c.costs, 0.99)
	return Figure{ID: "P6", What: "frame of page wall under full ingest, p99", Unit: "ms", Ours: p99, Ratio: p99, Goal: 2, InUnit: true,
		Note: fmt.Sprintf("median %.2f ms", median(c.costs))}, nil
}
