package panel

import (
	"math"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/chart"
	"wallboard/tui/i18n"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// points is a Trend series as a chart wants it.
type points [metrics.TrendMinutes]float64

// scaled turns a series of integers into chart values; what was not measured
// is a gap.
func scaled(from *[metrics.TrendMinutes]int32, factor float64) points {
	var out points
	for i, v := range from {
		out[i] = float64(v) * factor
		if v < 0 {
			out[i] = math.NaN()
		}
	}
	return out
}

// WaitingChart draws the length of the queue over the last hour.
func (p *Pen) WaitingChart(c screen.Canvas, s *Scene, row *metrics.Row, boxed bool) {
	in := p.Panel(c, p.Say.Say(i18n.ChartWaiting), Unfocused, boxed)
	if row == nil || row.Trend == nil {
		p.Empty(in, p.Say.Say(i18n.ChartEmpty))
		return
	}
	v := scaled(&row.Trend.Waiting, 1)
	if row.Now != nil {
		v[len(v)-1] = float64(row.Now.Waiting) // a minute's most, but of this one what the table says
	}
	p.plot(in, row.Trend, chart.Plot{
		Series: []chart.Series{{Values: v[:], Better: chart.LessIsBetter, Style: p.Look.Chart1}},
		Unit:   chart.Whole, Hi: 5, Label: func(v float64) clean.Text { return p.Num.Whole(v, i18n.Nearest) },
		Thresholds: p.limits(s, row, Waiting),
	})
}

// FRTChart draws the median and the ninetieth percentile of first responses.
func (p *Pen) FRTChart(c screen.Canvas, s *Scene, row *metrics.Row, boxed bool) {
	in := p.Panel(c, p.Say.Say(i18n.ChartFRT), Unfocused, boxed)
	p.Legend(c, LegendEntry{i18n.LegendP50, p.Look.Chart2, chart.Dotted}, LegendEntry{i18n.LegendP90, p.Look.Chart1, chart.Solid})
	if row == nil || row.Trend == nil {
		p.Empty(in, p.Say.Say(i18n.ChartEmpty))
		return
	}
	p50, p90 := scaled(&row.Trend.FRTp50, .001), scaled(&row.Trend.FRTp90, .001)
	p.plot(in, row.Trend, chart.Plot{
		Series: []chart.Series{
			{Values: p50[:], Better: chart.LessIsBetter, Style: p.Look.Chart2, Pattern: chart.Dotted, Name: p.Say.Say(i18n.LegendP50)},
			{Values: p90[:], Better: chart.LessIsBetter, Style: p.Look.Chart1, Name: p.Say.Say(i18n.LegendP90)},
		},
		Unit: chart.Seconds, Hi: 10, Label: func(v float64) clean.Text { return p.Num.Clock(v, i18n.Nearest) },
		Thresholds: p.limits(s, row, FRTp90),
	})
}

// FlowChart draws what came and what went each minute.
func (p *Pen) FlowChart(c screen.Canvas, s *Scene, row *metrics.Row, boxed bool) {
	in := p.Panel(c, p.Say.Say(i18n.ChartFlow), Unfocused, boxed)
	p.Legend(c, LegendEntry{i18n.LegendIn, p.Look.Chart1, chart.Solid}, LegendEntry{i18n.LegendOut, p.Look.Chart2, chart.Dotted})
	if row == nil || row.Trend == nil {
		p.Empty(in, p.Say.Say(i18n.ChartEmpty))
		return
	}
	came, went := scaled(&row.Trend.Inflow, 1), scaled(&row.Trend.Outflow, 1)
	whole := len(came) - 1 // the minute that runs has only begun: drawn, it would be a fall to nothing
	p.plotTo(in, row.Trend.MinuteStart-60_000, chart.Plot{
		Series: []chart.Series{
			{Values: went[:whole], Better: chart.MoreIsBetter, Style: p.Look.Chart2, Pattern: chart.Dotted, Name: p.Say.Say(i18n.LegendOut)},
			{Values: came[:whole], Better: chart.LessIsBetter, Style: p.Look.Chart1, Name: p.Say.Say(i18n.LegendIn)},
		},
		Unit: chart.Whole, Hi: 5, Label: func(v float64) clean.Text { return p.Num.Whole(v, i18n.Nearest) },
	})
}

// plot draws with the hour below.
func (p *Pen) plot(c screen.Canvas, t *metrics.Trend, plot chart.Plot) {
	p.plotTo(c, t.MinuteStart, plot)
}

// plotTo draws series of minutes of which the last begins at a time.
func (p *Pen) plotTo(c screen.Canvas, to int64, plot chart.Plot) {
	plot.Zone, plot.Empty = p.Zone, p.Say.Say(i18n.ChartEmpty)
	plot.To = to
	plot.From = to - int64(len(plot.Series[0].Values)-1)*60_000
	chart.Line(c, plot, p.Look, p.Plot)
}

// limits returns the limits of the KPI that are broken in the row now: a line
// that nothing crosses would only be more ink.
func (p *Pen) limits(s *Scene, row *metrics.Row, id string) []chart.Threshold {
	var out []chart.Threshold
	for _, b := range s.Breaches {
		if b.KPI == id && b.Key == row.Key {
			out = append(out, chart.Threshold{Value: b.Limit, Style: p.Look.Threshold, Name: p.Say.Say(i18n.ChartLimit)})
		}
	}
	return out
}

// LegendEntry is the name of a line and how it looks.
type LegendEntry struct {
	Name    i18n.ID
	Look    screen.Style
	Pattern chart.Pattern
}

// Legend writes the names of lines into the upper edge of a panel, at the right,
// as far as they take no more than half of it.
func (p *Pen) Legend(c screen.Canvas, entries ...LegendEntry) {
	w, _ := c.Size()
	x, pieces := w-1, 3 // of the line that stands for it
	if w < 60 {
		pieces = 1
	}
	for i := len(entries) - 1; i >= 0; i-- {
		e := entries[i]
		t := p.Say.Say(e.Name)
		if x < w/2 {
			return
		}
		c.Set(x-1, 0, ' ', e.Look)
		c.PrintRight(x-1, 0, t, e.Look)
		x -= text.Width(t.String()) + 2
		c.Set(x, 0, ' ', e.Look)
		for i := range pieces {
			c.Set(x-1-i, 0, chart.Piece(e.Pattern, p.Look.Glyphs), e.Look)
		}
		x -= pieces + 1
		c.Set(x, 0, ' ', e.Look)
	}
}
