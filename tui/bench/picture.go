package bench

import (
	"fmt"
	"math/rand/v2"
	"strconv"

	"wallboard/metrics/clean"
	"wallboard/themes"
	"wallboard/tui/chart"
	"wallboard/tui/layout"
	"wallboard/tui/screen"
	"wallboard/tui/style"
)

// The pace that the figure is defined on.
const (
	framesPerSecond  = 4
	numbersPerSecond = 60
	chartMinutes     = 66
)

// picture is a board of the size and liveliness of the real wall, whose changes
// are known exactly: six tiles, a table of numbers, two line charts.
type picture struct {
	rng     *rand.Rand
	sheet   *style.Sheet
	cache   chart.Cache
	names   [40]clean.Text
	numbers [40][6]clean.Text
	charts  [2][]float64
	clock   clean.Text
}

func newPicture() (*picture, error) {
	theme, err := themes.Load(themes.Default)
	if err != nil {
		return nil, fmt.Errorf("bench: picture: %w", err)
	}
	sheet, err := style.New(theme, screen.TrueColor, style.Options{})
	if err != nil {
		return nil, fmt.Errorf("bench: picture: %w", err)
	}
	p := &picture{rng: rand.New(rand.NewPCG(11, 12)), sheet: sheet}
	for i := range p.names {
		p.names[i] = clean.Own(fmt.Sprintf("queue %02d 客服", i))
		for j := range p.numbers[i] {
			p.numbers[i][j] = p.number()
		}
	}
	for i := range p.charts {
		for range chartMinutes {
			p.step(i)
		}
	}
	return p, nil
}

func (p *picture) number() clean.Text {
	return clean.Own(fmt.Sprintf("%d.%d", p.rng.IntN(100), p.rng.IntN(10)))
}

// step adds the newest value to a chart, which forgets its oldest.
func (p *picture) step(i int) {
	v := 40.0
	if n := len(p.charts[i]); n > 0 {
		v = min(max(p.charts[i][n-1]+float64(p.rng.IntN(9)-4), 0), 90)
	}
	p.charts[i] = append(p.charts[i], v)
	p.charts[i] = p.charts[i][max(len(p.charts[i])-chartMinutes, 0):]
}

// tick makes the changes of frame n: numbers in each, charts and the clock once
// a second.
func (p *picture) tick(n int) {
	for range numbersPerSecond / framesPerSecond {
		p.numbers[p.rng.IntN(len(p.numbers))][p.rng.IntN(6)] = p.number()
	}
	if n%framesPerSecond != 0 {
		return
	}
	for i := range p.charts {
		p.step(i)
	}
	s := n / framesPerSecond
	p.clock = clean.Own(fmt.Sprintf("14:%02d:%02d", s/60%60, s%60))
}

func (p *picture) draw(g *screen.Grid) {
	s := p.sheet
	c := g.Canvas()
	c.Fill(' ', s.Base)
	bar := c.Sub(layout.Rect{W: Width, H: 1})
	bar.Fill(' ', s.Header)
	bar.Print(1, 0, clean.Own("WALLBOARD"), s.Header)
	bar.PrintRight(Width-1, 0, p.clock, s.Header)
	for i := range 6 {
		tile := c.Sub(layout.Rect{X: i * Width / 6, Y: 1, W: Width / 6, H: 9}).Box(p.names[i], s.Border, s.Title)
		tile.Print(1, 2, p.numbers[i][0], s.Warn)
	}
	table := c.Sub(layout.Rect{Y: 10, W: 130, H: 49}).Box(clean.Own("queues"), s.Border, s.Title)
	for i, name := range p.names {
		table.PrintFit(1, i, 20, name, s.Text, screen.Left)
		for j, n := range p.numbers[i] {
			table.PrintFit(24+j*12, i, 8, n, s.OK, screen.Right)
		}
	}
	for i, values := range p.charts {
		area := c.Sub(layout.Rect{X: 130, Y: 10 + i*24, W: 70, H: 24}).Box(clean.Own("60 min"), s.Border, s.Title)
		chart.Line(area, chart.Plot{
			Series: []chart.Series{{Values: values, Style: s.Chart1}}, Unit: chart.Whole, Hi: 90,
			Label: func(v float64) clean.Text { return clean.Own(strconv.Itoa(int(v))) },
		}, s, &p.cache)
	}
}
