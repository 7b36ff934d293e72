package report

import (
	"fmt"
	"math"

	"wallboard/metrics/kpi"
)

// value is a number to draw, NaN where there is none.
func value(v kpi.Value) float64 {
	if !v.OK {
		return math.NaN()
	}
	return v.V
}

// chart is stacked bars, one column an hour.
type chart struct {
	title  string
	legend []string
	top    float64 // of the scale; 0: the highest column
	line   float64 // a target drawn across; 0: none
	labels []string
	bars   [][]float64 // by column, stacked from below
}

func (c *chart) add(label string, values ...float64) {
	c.labels = append(c.labels, label)
	c.bars = append(c.bars, values)
}

// The sizes of a chart, in its own units.
const (
	chartWidth, chartHeight = 720, 200
	chartLeft, chartTop     = 44, 24
	plotWidth               = chartWidth - chartLeft - 8
	plotHeight              = chartHeight - chartTop - 24
)

// bar is one rectangle of a chart.
type bar struct {
	X, Y, W, H string
	Series     int
	Title      string
}

// tick is one text of a chart.
type tick struct {
	X, Y string
	Text string
}

// drawn is a chart with its rectangles worked out.
type drawn struct {
	Title      string
	Legend     []string
	Bars       []bar
	Labels     []tick
	Scale      []tick
	Line       string // y of the target, "" where there is none
	LineText   string
	Width      int
	Height     int
	Left       int
	Right      int
	Base       int
	TextTop    int
	LegendLeft []int
}

func units(v float64) string { return fmt.Sprintf("%.1f", v) }

// draw works the rectangles out.
func (c *chart) draw() drawn {
	d := drawn{Title: c.title, Legend: c.legend, Width: chartWidth, Height: chartHeight, Left: chartLeft, Right: chartLeft + plotWidth, Base: chartTop + plotHeight, TextTop: 14}
	for i := range c.legend {
		d.LegendLeft = append(d.LegendLeft, chartWidth-110*(len(c.legend)-i))
	}
	top := c.scale()
	step := plotWidth / float64(max(1, len(c.bars)))
	y := func(v float64) float64 { return float64(d.Base) - min(v, top)/top*plotHeight }
	for i, column := range c.bars {
		sum := 0.0
		for s, v := range column {
			if math.IsNaN(v) || v <= 0 {
				continue
			}
			from := sum
			sum += v
			d.Bars = append(d.Bars, bar{
				X: units(chartLeft + (float64(i)+0.1)*step), W: units(step * 0.8), Y: units(y(sum)), H: units(y(from) - y(sum)), Series: s,
				Title: fmt.Sprintf("%s  %s", c.labels[i], decimals(v, kpi.Neutral, b2i(v != math.Trunc(v)))),
			})
		}
		if every := (len(c.bars) + 15) / 16; i%every == 0 {
			d.Labels = append(d.Labels, tick{X: units(chartLeft + (float64(i)+0.5)*step), Y: units(float64(d.Base + 16)), Text: c.labels[i]})
		}
	}
	for _, share := range []float64{0, 0.5, 1} {
		d.Scale = append(d.Scale, tick{X: units(chartLeft - 6), Y: units(y(top*share) + 4), Text: decimals(top*share, kpi.Neutral, 0)})
	}
	if c.line > 0 && c.line <= top {
		d.Line, d.LineText = units(y(c.line)), decimals(c.line, kpi.Neutral, 0)
	}
	return d
}

// scale is the top of the axis: a round number not below any column.
func (c *chart) scale() float64 {
	if c.top > 0 {
		return c.top
	}
	highest := 1.0
	for _, column := range c.bars {
		sum := 0.0
		for _, v := range column {
			if !math.IsNaN(v) {
				sum += v
			}
		}
		highest = max(highest, sum)
	}
	unit := math.Pow(10, math.Floor(math.Log10(highest)))
	for _, m := range []float64{1, 2, 4, 6, 8, 10} {
		if m*unit >= highest {
			return m * unit
		}
	}
	return highest
}
