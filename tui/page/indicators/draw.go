package indicators

import (
	"math"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/kpi"
	"wallboard/metrics/review"
	"wallboard/tui/chart"
	"wallboard/tui/i18n"
	"wallboard/tui/layout"
	"wallboard/tui/page"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// Draw draws the page.
func (v *Indicators) Draw(p *panel.Pen, s *panel.Scene, c screen.Canvas) {
	v.refresh(s)
	v.table.Prepare(s)
	v.contributors(s)
	w, h := c.Size()
	l := layout.IndicatorsOf(w, h, len(v.lines), int(numWays))
	v.ways = len(l.Makers)
	if v.onPart && v.ways == 1 && !l.Change.Empty() && l.Change.W == l.Makers[0].W {
		// Below one another there is room for one of them: that which has the keys.
		l.Makers[0].Y, l.Makers[0].H = l.Change.Y, l.Change.H+l.Makers[0].H
		l.Change = layout.Rect{}
	}
	table := c.Sub(l.Table)
	in := p.Panel(table, page.Title(p, i18n.PanelIndicators, v.table.Filter()), panel.Focus(!v.onPart), l.Boxed)
	v.table.Draw(p, s, in, panel.Focused)
	if len(v.table.Rows()) == 0 {
		p.Empty(in, p.Say.Say(i18n.ReviewNoMatch))
	}
	if l.Boxed {
		p.Tag(table, v.score(p))
		if _, below := v.table.Hidden(); below > 0 {
			p.Note(table, page.MoreRows(p, below))
		} else {
			p.Note(table, p.Say.Say(i18n.ReviewTabs))
		}
	}
	if !l.Change.Empty() {
		v.drawChange(p, s, c.Sub(l.Change), l.Boxed)
	}
	for i, r := range l.Makers {
		at := v.way
		if len(l.Makers) > 1 {
			at = way(i)
		}
		if !r.Empty() {
			v.drawMakers(p, s, c.Sub(r), at, l.Boxed)
		}
	}
}

// score says how many are at their target.
func (v *Indicators) score(p *panel.Pen) clean.Text {
	good, held, none := 0, 0, 0
	for i := range v.lines {
		switch l := &v.lines[i]; {
		case !l.Value.OK:
			none++
		case l.HasTarget:
			held++
			if l.OK {
				good++
			}
		}
	}
	return p.Say.Fill(i18n.ReviewTwelve, p.Num.Count(int64(good)), p.Num.Count(int64(held)), p.Num.Count(int64(none)))
}

type lineColumn = panel.Column[*review.Line]

// columns are those of the gap table, from the left in the order in which
// narrow screens keep them.
func (v *Indicators) columns() []lineColumn {
	return []lineColumn{
		{ID: "level", Width: 1, Draw: func(p *panel.Pen, s *panel.Scene, c screen.Canvas, l *review.Line) { p.Glyph(c, 0, 0, v.level(s, l)) }},
		{ID: "indicator", Title: i18n.ColIndicator, Width: 25,
			Draw: func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, l *review.Line) {
				look := p.Look.Text
				if l.Indicator {
					look = look.With(screen.Bold)
				}
				w, _ := c.Size()
				c.PrintFit(0, 0, w, p.KPIName(l.KPI.ID), look, screen.Left)
			},
			Name: func(l *review.Line) string { return l.KPI.ID }},
		{ID: "target", Title: i18n.ColTarget, Width: 11, Right: true, Drop: 2,
			Draw: func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, l *review.Line) {
				t := p.Num.NoData()
				if l.HasTarget {
					t = p.Target(l.KPI, l.Target)
				}
				number(c, t, p.Look.Dim)
			}},
		{ID: "now", Title: i18n.ColNow, Width: 9, Right: true,
			Draw: func(p *panel.Pen, s *panel.Scene, c screen.Canvas, l *review.Line) {
				look := p.Graded(s.Level(s.Row, l.KPI.ID))
				t := p.Bounded(l.KPI.ID, l.Value)
				if !l.Value.OK || s.Stale() {
					look, t = p.Look.NoData, p.Num.NoData()
				}
				number(c, t, look)
			},
			Value: func(_ *panel.Scene, l *review.Line) float64 { return sortable(l.Value.OK, l.Value.V) }},
		{ID: "gap", Title: i18n.ColGap, Width: 8, Right: true,
			Draw: func(p *panel.Pen, s *panel.Scene, c screen.Canvas, l *review.Line) {
				switch {
				case !l.Value.OK || !l.HasTarget || s.Stale():
					number(c, p.Num.NoData(), p.Look.NoData)
				case l.OK: // what there is to spare, quietly
					number(c, v.gap(p, l), p.Look.Dim)
				default:
					number(c, v.gap(p, l), p.Look.Bad)
				}
			},
			Value: func(_ *panel.Scene, l *review.Line) float64 {
				return sortable(l.Value.OK && l.HasTarget, relative(l))
			}},
		{ID: "trend", Title: i18n.ColTrendDay, Width: 10, Drop: 5, Draw: v.drawTrend},
		{ID: "change", Title: i18n.ReviewDiffers, Width: 8, Right: true, Drop: 3, Draw: v.drawDiffers,
			Value: func(s *panel.Scene, l *review.Line) float64 {
				c := v.change(s, l)
				return sortable(c.OK, c.Relative)
			}},
		{ID: "n", Title: i18n.ColSamples, Width: 6, Right: true, Drop: 4,
			Draw: func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, l *review.Line) {
				t := p.Num.NoData()
				if l.Value.OK {
					t = p.Num.Compact(l.Value.N)
				}
				number(c, t, p.Look.Dim)
			}},
		{ID: "advice", Title: i18n.ColAdvice, Width: 22, Flex: true, Drop: 6,
			Draw: func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, l *review.Line) {
				t, look := advice(p, l)
				c.PrintFit(1, 0, width(c)-1, t, look, screen.Left)
			}},
	}
}

func width(c screen.Canvas) int {
	w, _ := c.Size()
	return w
}

func number(c screen.Canvas, t clean.Text, look screen.Style) {
	c.PrintFit(0, 0, width(c), t, look, screen.Right)
}

func sortable(ok bool, v float64) float64 {
	if !ok {
		return math.NaN()
	}
	return v
}

// relative is a gap beside what it is a gap to, so that gaps of different units
// sort.
func relative(l *review.Line) float64 {
	to := math.Max(math.Abs(l.Target.Value), math.Max(math.Abs(l.Target.Lo), math.Abs(l.Target.Hi)))
	if to == 0 {
		return l.Gap
	}
	return l.Gap / to
}

// level grades a line for its sign: what a rule says of it, else whether it is
// short of its target.
func (v *Indicators) level(s *panel.Scene, l *review.Line) metrics.Level {
	switch known := max(s.Level(s.Row, l.KPI.ID), l.Level); {
	case s.Stale():
		return metrics.LevelStale
	case !l.Value.OK:
		return metrics.LevelUnknown
	case known >= metrics.LevelWarn:
		return known
	case l.HasTarget && !l.OK:
		return metrics.LevelWarn
	}
	return metrics.LevelOK
}

// gap writes how far short of its target a value is, with the sign that says on
// which side.
func (v *Indicators) gap(p *panel.Pen, l *review.Line) clean.Text {
	return p.Change(l.KPI.ID, toward(l, l.Gap))
}

// toward turns a gap, where above 0 is bad, into a difference of the value: below
// its target a value is short by less than nothing.
func toward(l *review.Line, gap float64) float64 {
	if l.KPI.Direction == kpi.More || l.KPI.Direction == kpi.Within && l.Value.V-l.Target.Lo < l.Target.Hi-l.Value.V {
		return -gap
	}
	return gap
}

// advice is what to do about a line, else what the trade takes as a guide.
func advice(p *panel.Pen, l *review.Line) (clean.Text, screen.Style) {
	if l.AdviceEN != "" && l.Value.OK && !l.OK {
		return p.Say.Pick(clean.Line(l.AdviceEN), clean.Line(l.AdviceZH)), p.Look.Text
	}
	if l.GuideEN != "" {
		return p.Say.Fill(i18n.ReviewGuide, p.Say.Plain(p.Say.Pick(clean.Line(l.GuideEN), clean.Line(l.GuideZH)))), p.Look.Dim
	}
	return clean.Text{}, p.Look.Dim
}

// drawTrend draws the day hour by hour.
func (v *Indicators) drawTrend(p *panel.Pen, _ *panel.Scene, c screen.Canvas, l *review.Line) {
	values := v.trends[l.KPI]
	if len(values) == 0 {
		return
	}
	better := chart.LessIsBetter
	if l.KPI.Direction == kpi.More {
		better = chart.MoreIsBetter
	}
	var room [24]float64
	shape := shaped(room[:0], values[max(0, len(values)-min(width(c), len(room))):])
	chart.Sparkline(c, 0, 0, width(c), shape, better, 1, p.Look.Spark, p.Look.Dim, p.Look.Glyphs)
}

// shaped stretches values over a sparkline's height, so that a rate that is always
// high has a shape too; what differs by less than a twentieth stays nearly flat.
func shaped(into, values []float64) []float64 {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if !math.IsNaN(v) {
			lo, hi = math.Min(lo, v), math.Max(hi, v)
		}
	}
	span := math.Max(hi-lo, math.Max(math.Abs(hi)/20, 1e-9))
	for _, v := range values {
		into = append(into, .15+.7*(v-lo)/span)
	}
	return into
}

// noNews is a change, in percent, that is not worth a colour.
const noNews = 2

// drawDiffers draws how far the value went from what it is compared with, and
// whether that is good.
func (v *Indicators) drawDiffers(p *panel.Pen, s *panel.Scene, c screen.Canvas, l *review.Line) {
	change := v.change(s, l)
	if !change.OK || s.Stale() {
		number(c, p.Num.NoData(), p.Look.NoData)
		return
	}
	look := p.Look.Dim
	switch trend := review.TrendOf(change); {
	case math.Abs(change.Relative) < noNews:
	case trend == review.TrendBetter:
		look = p.Look.Good
	case trend == review.TrendWorse:
		look = p.Look.Bad
	}
	number(c, p.Change(l.KPI.ID, change.Absolute), look)
}

// drawChange draws before and after side by side, with what became of it.
func (v *Indicators) drawChange(p *panel.Pen, s *panel.Scene, c screen.Canvas, boxed bool) {
	in := p.Panel(c, p.Say.Say(i18n.PanelChange), panel.Unfocused, boxed)
	if boxed {
		p.Note(c, p.Say.Say(i18n.ReviewOther))
	}
	l := v.selected()
	if l == nil {
		return
	}
	w, h := in.Size()
	y := 0
	line := func(draw func(screen.Canvas)) {
		if y < h {
			draw(in.Sub(layout.Rect{X: 1, Y: y, W: w - 2, H: 1}))
		}
		y++
	}
	if h >= 5 {
		line(func(c screen.Canvas) {
			c.PrintFit(0, 0, width(c), p.KPIName(l.KPI.ID), p.Look.Text.With(screen.Bold), screen.Left)
		})
	}
	for _, one := range v.sides(p, s, l) {
		line(func(c screen.Canvas) { v.side(p, c, one, l.KPI.ID) })
	}
	line(func(c screen.Canvas) { v.verdict(p, s, c, l) })
	chart := 0
	if h-y >= leastBelow && l.KPI.Kind != kpi.Now && l.KPI.Kind != kpi.Fixed {
		chart = min(tallestChart, h-y-adviceRows)
	}
	if t, look := advice(p, l); h-chart > y+1 && !t.Empty() {
		p.Paragraph(in.Sub(layout.Rect{X: 1, Y: y + 1, W: w - 2, H: h - chart - y - 1}), t, look)
	}
	if chart > 0 {
		v.drawHours(p, s, in.Sub(layout.Rect{Y: h - chart, W: w, H: chart}), l)
	}
}

// Rows that advice takes, those from which on a chart stands below it, and how
// tall that grows.
const adviceRows, leastBelow, tallestChart = 5, 15, 18

// drawHours draws the day of an indicator hour by hour.
func (v *Indicators) drawHours(p *panel.Pen, s *panel.Scene, c screen.Canvas, l *review.Line) {
	if v.hours.KPI != l.KPI.ID {
		v.hours = panel.HourChart{KPI: l.KPI.ID}
	}
	v.hours.Draw(p, c, s, s.Row, false)
}

// side writes one of the two: of when, the value, what it rests on.
func (v *Indicators) side(p *panel.Pen, c screen.Canvas, one side, id string) {
	w := width(c)
	const name, number, samples = 8, 9, 9
	c.PrintFit(0, 0, name, p.Say.Say(one.label), p.Look.Dim, screen.Left)
	room := w - name - number - samples - 1
	c.PrintFit(name, 0, max(0, room), one.when, p.Look.Text, screen.Left)
	c.PrintFit(w-number-samples, 0, number, p.Bounded(id, one.value), p.Look.Text.With(screen.Bold), screen.Right)
	if one.value.OK {
		c.PrintFit(w-samples+1, 0, samples-1, p.Num.Count(one.value.N), p.Look.Dim, screen.Right)
	}
}

// verdict writes the change: absolute, relative, and whether it is for the
// better.
func (v *Indicators) verdict(p *panel.Pen, s *panel.Scene, c screen.Canvas, l *review.Line) {
	change := v.change(s, l)
	if !change.OK {
		t := p.Say.Say(i18n.ReviewNoBefore)
		if v.asking {
			t = p.Say.Fill(i18n.ReviewReading, clean.Own(v.past.date))
		}
		c.PrintFit(0, 0, width(c), t, p.Look.Dim, screen.Left)
		return
	}
	x := 8
	c.PrintFit(0, 0, x, p.Say.Say(i18n.ReviewDiffers), p.Look.Dim, screen.Left)
	x += c.Print(x, 0, p.Change(l.KPI.ID, change.Absolute), p.Look.Text.With(screen.Bold)) + 2
	if !math.IsNaN(change.Relative) {
		x += c.Print(x, 0, clean.Own(p.Num.SignedRate(change.Relative, i18n.Nearest).String()+" %"), p.Look.Text) + 2
	}
	if !change.Judged || math.IsNaN(change.Improvement) || change.Gain == 0 {
		return
	}
	word, look := i18n.ReviewBetter, p.Look.Good
	if change.Gain < 0 {
		word, look = i18n.ReviewWorse, p.Look.Bad
	}
	t := p.Say.Fill(word, p.Num.Percent(math.Abs(change.Improvement), i18n.Nearest))
	if x+text.Width(t.String()) <= width(c) {
		c.Print(x, 0, t, look)
	}
}
