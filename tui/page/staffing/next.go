package staffing

import (
	"math"

	"wallboard/metrics/clean"
	"wallboard/metrics/kpi"
	"wallboard/metrics/staffing"
	"wallboard/tui/chart"
	"wallboard/tui/i18n"
	"wallboard/tui/layout"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
)

// example is a plan interval as it is published, in lines that fit a panel.
func example() []string {
	return []string{`{"queue":"refund",`, ` "from":"2026-01-05T17:00:00+08:00",`, ` "minutes":30,"offered":120,"aht":240,"people":14}`}
}

// drawEmpty says that there is nothing to foresee by, and what to do.
func (v *Staffing) drawEmpty(p *panel.Pen, c screen.Canvas) {
	w, h := c.Size()
	y := max(0, (h-len(example())-3)/2)
	write := func(t clean.Text, look screen.Style) {
		if y < h {
			c.PrintFit(1, y, w-2, t, look, screen.Left)
		}
		y++
	}
	write(p.Say.Say(i18n.StaffNoPlan), p.Look.Text)
	write(p.Say.Say(i18n.StaffNoPlanDo), p.Look.Dim)
	for _, l := range example() {
		write(clean.Own(l), p.Look.Accent)
	}
	write(p.Say.Say(i18n.StaffNoPlanWait), p.Look.Dim)
}

// ratioWords says by what the plan is multiplied.
func (v *Staffing) ratioWords(p *panel.Pen, _ *panel.Scene) clean.Text {
	o := &v.outlook
	switch {
	case len(o.intervals) == 0:
		return clean.Text{}
	case o.lastWeek && o.measured:
		return p.Say.Fill(i18n.StaffRatioWeek, ratio(p, o.ratio))
	case o.lastWeek:
		return p.Say.Say(i18n.StaffWeek)
	case !o.measured:
		return p.Say.Say(i18n.StaffAsPlanned)
	}
	return p.Say.Fill(i18n.StaffRatio, ratio(p, o.ratio), p.WindowName(o.over))
}

// ratio writes 1.18.
func ratio(p *panel.Pen, v float64) clean.Text {
	cents := int64(math.Round(v * 100))
	t := p.Num.Count(cents / 100).String()
	return clean.Own(t + "." + string([]byte{byte('0' + cents/10%10), byte('0' + cents%10)}))
}

// Columns of the intervals to come.
const (
	nextFrom, nextColumns = 6, 5
	nextLeast             = 7
)

// drawNext lists the intervals to come: what was planned, what is to be expected
// at the ratio of late, and the people that takes.
func (v *Staffing) drawNext(p *panel.Pen, s *panel.Scene, c screen.Canvas) {
	o := &v.outlook
	w, h := c.Size()
	first := o.running(s.At)
	switch {
	case len(o.intervals) == 0:
		v.drawEmpty(p, c)
		return
	case first < 0:
		p.Empty(c, p.Say.Say(i18n.StaffDayOver))
		return
	}
	cell := max(nextLeast, min(13, (w-nextFrom-2)/nextColumns))
	say := p.Say.Say
	v.nextRow(p, c, 0, cell, say(i18n.StaffFromTime), [nextColumns]clean.Text{say(i18n.StaffColPlan), say(i18n.StaffExpected), say(i18n.StaffScheduled), say(i18n.ColNeeded), say(i18n.StaffColGap)}, p.Look.Dim, p.Look.Dim)
	for y := 1; y < h && first+y-1 < len(o.intervals); y++ {
		i := &o.intervals[first+y-1]
		gap, look := gapWords(p, kpi.Value{V: -i.Short(), OK: !math.IsNaN(i.Short())})
		from := p.Num.Minute(i.From, p.Zone)
		plain := p.Look.Text
		if i.Runs(s.At) {
			plain = plain.With(screen.Bold)
		}
		v.nextRow(p, c, y, cell, from, [nextColumns]clean.Text{p.Num.Whole(i.Offered, i18n.Nearest), p.Num.Whole(i.Expected, i18n.Nearest), p.Num.Whole(i.People, i18n.Nearest), p.Num.Whole(i.Needed, i18n.Up), gap}, plain, look)
	}
}

func (v *Staffing) nextRow(p *panel.Pen, c screen.Canvas, y, cell int, from clean.Text, cells [nextColumns]clean.Text, look, gapLook screen.Style) {
	w, _ := c.Size()
	line := c.Sub(layout.Rect{Y: y, W: w, H: 1})
	line.PrintFit(1, 0, nextFrom-1, from, p.Look.Dim, screen.Left)
	for k, t := range cells {
		x := nextFrom + k*cell
		if k == nextColumns-1 {
			line.PrintFit(x, 0, w-x-1, t, gapLook, screen.Right)
			return
		}
		line.PrintFit(x, 0, cell-1, t, look, screen.Right)
	}
}

// series picks one number of each interval.
func (o *outlook) series(pick func(*staffing.Interval) float64) []float64 {
	out := make([]float64, len(o.intervals))
	for i := range o.intervals {
		out[i] = pick(&o.intervals[i])
	}
	return out
}

// legend names the plan, or what stands in for it.
func (o *outlook) legend() i18n.ID {
	if o.lastWeek {
		return i18n.StaffLegendWeek
	}
	return i18n.StaffLegendPlan
}

// drawContacts draws what was planned, what came, and what is to be expected.
func (v *Staffing) drawContacts(p *panel.Pen, s *panel.Scene, c, in screen.Canvas) {
	o := &v.outlook
	if len(o.intervals) < 2 {
		p.Empty(in, p.Say.Say(i18n.StaffNoPlan))
		return
	}
	p.Legend(c, panel.LegendEntry{Name: o.legend(), Look: p.Look.Dim}, panel.LegendEntry{Name: i18n.StaffLegendCame, Look: p.Look.Chart1}, panel.LegendEntry{Name: i18n.StaffLegendExpected, Look: p.Look.Chart2, Pattern: chart.Dotted})
	came := o.series(func(i *staffing.Interval) float64 {
		if i.Runs(s.At) {
			return math.NaN() // half of it is still to come
		}
		return i.Came
	})
	expected := o.series(func(i *staffing.Interval) float64 {
		if i.Over(s.At) {
			return math.NaN()
		}
		return i.Expected
	})
	v.plot(p, s, in, chart.Plot{
		Series: []chart.Series{{Values: came, Better: chart.LessIsBetter, Style: p.Look.Chart1}, {Values: expected, Better: chart.LessIsBetter, Style: p.Look.Chart2, Pattern: chart.Dotted}},
		Tracks: []chart.Track{{Values: o.series(func(i *staffing.Interval) float64 { return i.Offered }), Style: p.Look.Dim}},
		Hi:     10,
	})
}

// drawPeopleChart draws the people that were planned, were there and are needed.
func (v *Staffing) drawPeopleChart(p *panel.Pen, s *panel.Scene, c, in screen.Canvas) {
	o := &v.outlook
	if len(o.intervals) < 2 {
		p.Empty(in, p.Say.Say(i18n.StaffNoPlan))
		return
	}
	p.Legend(c, panel.LegendEntry{Name: o.legend(), Look: p.Look.Dim}, panel.LegendEntry{Name: i18n.StaffLegendHad, Look: p.Look.Chart2}, panel.LegendEntry{Name: i18n.StaffLegendNeeded, Look: p.Look.Chart1})
	v.plot(p, s, in, chart.Plot{
		Series: []chart.Series{
			{Values: o.series(func(i *staffing.Interval) float64 { return i.Had }), Better: chart.MoreIsBetter, Style: p.Look.Chart2},
			{Values: o.series(func(i *staffing.Interval) float64 { return i.Needed }), Better: chart.LessIsBetter, Style: p.Look.Chart1},
		},
		Tracks: []chart.Track{{Values: o.series(func(i *staffing.Interval) float64 { return i.People }), Style: p.Look.Dim}},
		Hi:     5,
	})
}

// plot draws with the hours of the day below and now marked.
func (v *Staffing) plot(p *panel.Pen, s *panel.Scene, c screen.Canvas, plot chart.Plot) {
	all := v.outlook.intervals
	plot.Unit, plot.Label = chart.Whole, func(v float64) clean.Text { return p.Num.Whole(v, i18n.Nearest) }
	plot.Zone, plot.Empty = p.Zone, p.Say.Say(i18n.ChartEmpty)
	plot.From, plot.To, plot.Now = all[0].From, all[len(all)-1].From, s.At
	chart.Line(c, plot, p.Look, p.Plot)
}
