package bench

import (
	"context"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

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
	Views []View
	Turns int
}

// View is a page, or what the keys on it lead to.
type View struct {
	Name string
	Page tui.Page
	Keys []tea.KeyType
}

// DefaultViews are all pages and the drill-downs from them.
func DefaultViews() []View {
	var out []View
	for _, page := range tui.Pages() {
		out = append(out, View{Name: tui.PageName(page), Page: page})
	}
	return append(out,
		View{"one queue", tui.PageQueues, []tea.KeyType{tea.KeyEnter}},
		View{"one agent", tui.PageAgents, []tea.KeyType{tea.KeyEnter}},
		View{"an explanation", tui.PageQueues, []tea.KeyType{tea.KeyRunes}})
}

// canvas is one viewer and the grid it draws on.
type canvas struct {
	source tui.Source
	stills *tui.Stills
	grid   *screen.Grid
	now    int64
	costs  []float64 // ms
	colds  []float64 // ms, with the caches full of others' data
	allocs []float64
}

func newCanvas(source tui.Source, view View) (*canvas, error) {
	look := tui.Look{Profile: screen.TrueColor}
	stills, err := tui.NewStills(look, tui.Choice{Page: view.Page}, Width, Height)
	if err != nil {
		return nil, fmt.Errorf("bench: frame: %w", err)
	}
	c := &canvas{source: source, stills: stills, grid: screen.NewGrid(Width, Height)}
	c.now = source.Latest().At
	c.draw() // what keys do depends on what is drawn
	for _, k := range view.Keys {
		stills.Press(tea.KeyMsg{Type: k, Runes: []rune("e")})
	}
	c.draw()
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

// turn draws twice: once as the others who take turns have left the caches, and
// once more, which is what is compared.
func (c *canvas) turn() {
	c.allocs = append(c.allocs, allocations(func() { c.colds = append(c.colds, millis(c.draw)) }))
	c.costs = append(c.costs, millis(c.draw))
}

// Frames measures what building one frame takes of a processor, beside the same
// picture in plain Lip Gloss and beside a floor of few people, in turns. Nothing
// else may allocate meanwhile.
func Frames(ctx context.Context, cfg FrameConfig) ([]Figure, error) {
	var out []Figure
	var all summary
	for _, view := range cfg.Views {
		figure, err := all.frames(ctx, cfg, view)
		if err != nil {
			return nil, err
		}
		out = append(out, figure)
	}
	return append(out, all.figures()...), nil
}

// summary is the worst of all views.
type summary struct{ slowest, cold, rare, allocs, growth worst }

// worst is the largest value and the view it was measured on.
type worst struct {
	value float64
	view  string
}

func (w *worst) see(value float64, view string) {
	if w.view == "" || value > w.value {
		*w = worst{value, view}
	}
}

func (a *summary) frames(ctx context.Context, cfg FrameConfig, view View) (Figure, error) {
	full, err := newCanvas(cfg.Full, view)
	if err != nil {
		return Figure{}, err
	}
	few, err := newCanvas(cfg.Few, view)
	if err != nil {
		return Figure{}, err
	}
	plain, picture := newGloss(), cut(full.grid)
	var theirs []float64
	for range cfg.Turns {
		if err := ctx.Err(); err != nil {
			return Figure{}, fmt.Errorf("bench: frames: %w", err)
		}
		full.turn()
		few.turn()
		plain.compose(picture) // as with ours
		theirs = append(theirs, millis(func() { plain.compose(picture) }))
	}
	ours, limit, allocs := median(full.costs), median(theirs), median(full.allocs)
	p99, growth := quantile(full.costs, 0.99), ours/median(few.costs)
	a.slowest.see(ours, view.Name)
	a.cold.see(median(full.colds), view.Name)
	a.rare.see(p99, view.Name)
	a.allocs.see(allocs, view.Name)
	a.growth.see(growth, view.Name)
	return Figure{
		ID: "P6", What: "frame of " + view.Name + ", 200x60, 10,000 agents, of plain Lip Gloss", Unit: "ms",
		Limit: limit, Ours: ours, Ratio: ours / limit, Goal: 1.0 / 20,
		Note: fmt.Sprintf("p99 %.2f ms, cold %.2f ms, %.0f allocs of %.0f, %.2f of 1,000 agents", p99, median(full.colds), allocs, allocations(func() { plain.compose(picture) }), growth),
	}, nil
}

func (a *summary) figures() []Figure {
	row := func(what, unit string, w worst, goal float64) Figure {
		return Figure{ID: "P6", What: "  " + what, Unit: unit, Ours: w.value, Ratio: w.value, Goal: goal, InUnit: true, Note: w.view}
	}
	return []Figure{
		row("the slowest of them, median", "ms", a.slowest, 0.5),
		row("the slowest of them, with cold caches", "ms", a.cold, 0.5),
		row("the slowest of them, p99", "ms", a.rare, 2),
		row("the most allocations of them", "allocs", a.allocs, 500),
		row("the most it grows from 1,000 agents to 10,000", "times", a.growth, 2),
	}
}

// FramesUnderIngest measures frames while the source's floor is being fed, and
// judges the slowest in a hundred.
func FramesUnderIngest(ctx context.Context, source tui.Source, turns int) (Figure, error) {
	c, err := newCanvas(source, View{Name: tui.PageName(tui.PageWall), Page: tui.PageWall})
	if err != nil {
		return Figure{}, err
	}
	c.draw()
	var walls []float64
	for range turns {
		if err := ctx.Err(); err != nil {
			return Figure{}, fmt.Errorf("bench: frames: %w", err)
		}
		walls = append(walls, wallMillis(func() { c.costs = append(c.costs, millis(c.draw)) }))
	}
	p99 := quantile(c.costs, 0.99)
	return Figure{ID: "P6", What: "frame of page wall under full ingest, p99", Unit: "ms", Ours: p99, Ratio: p99, Goal: 2, InUnit: true,
		Note: fmt.Sprintf("median %.2f ms; by the wall clock %.2f and %.2f ms", median(c.costs), median(walls), quantile(walls, 0.99))}, nil
}
