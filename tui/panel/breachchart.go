package panel

import (
	"cmp"
	"math"
	"slices"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/kpi"
	"wallboard/tui/chart"
	"wallboard/tui/i18n"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// BreachChart draws how a breach came about: its value, the limits as they were
// and, where the rule learns, what was usual.
func (p *Pen) BreachChart(c screen.Canvas, s *Scene, b *metrics.Breach, boxed bool) {
	if w, h := c.Size(); w == 0 || h == 0 {
		return
	}
	title := p.Say.Say(i18n.ChartBreach)
	if b != nil && b.Trail != nil {
		title = p.Say.Fill(i18n.ChartBreachOver, p.KPIName(b.KPI), p.Num.Length(float64(int64(len(b.Trail.Value))*b.Trail.StepMillis)/1000))
	}
	in := p.Panel(c, title, Unfocused, boxed)
	if b == nil || b.Trail == nil || len(b.Trail.Value) == 0 {
		p.Empty(in, p.Say.Say(i18n.ChartEmpty))
		return
	}
	t := b.Trail
	if boxed {
		p.trailLegend(c, b, text.Width(title.String())+4)
	}
	values := widened(t.Value)
	tracks := []chart.Track{{Values: widened(t.Warn), Style: p.warnLine(), Name: p.Say.Say(i18n.LevelWarn)}}
	if reaches(b, t) {
		tracks = append(tracks, chart.Track{Values: widened(t.Critical), Style: p.Look.Threshold, Name: p.Say.Say(i18n.LevelCritical)})
	}
	lo := first(values)
	hi := lo
	if IsFlag(b.KPI) {
		lo, hi, tracks = 0, 1, nil // there or not: no limit between says more
	}
	chart.Line(in, chart.Plot{
		Series: []chart.Series{{Values: values, Better: betterOf(b.KPI), Style: p.Look.Chart1}}, Lo: lo, Hi: hi,
		Tracks: tracks,
		Bands:  []chart.Band{{Lo: widened(t.Lo), Hi: widened(t.Hi)}},
		Unit:   chartUnit(b.KPI), Label: func(v float64) clean.Text { return p.axisLabel(b.KPI, v) },
		From: t.Start, To: t.Start + int64(len(t.Value)-1)*t.StepMillis, Zone: p.Zone, Empty: p.Say.Say(i18n.ChartEmpty),
	}, p.Look, p.Plot)
}

// warnLine is how the limit of a warning is drawn: a broken line that is bold or
// underlined as well would be louder than the value.
func (p *Pen) warnLine() screen.Style { return p.Look.Warn.Without(screen.Bold | screen.Underline) }

// reaches says whether the critical limit is worth its ink: it was passed, or is
// near enough that drawing it does not press the rest flat.
func reaches(b *metrics.Breach, t *metrics.Trail) bool {
	if b.Level == metrics.LevelCritical || len(t.Critical) == 0 {
		return len(t.Critical) > 0
	}
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, v := range t.Value {
		if v == v {
			lo, hi = min(lo, float64(v)), max(hi, float64(v))
		}
	}
	const near = 0.6 // of the height that the values take
	room := near * max(hi-lo, math.Abs(b.Limit-lo), math.Abs(hi-b.Limit))
	limit := float64(t.Critical[len(t.Critical)-1])
	return limit >= lo-room && limit <= hi+room
}

// first returns the first number of a series, so that its axis need not begin at
// nought.
func first(v []float64) float64 {
	for _, x := range v {
		if !math.IsNaN(x) {
			return x
		}
	}
	return 0
}

// widened turns a trail's numbers into a chart's.
func widened(v []float32) []float64 {
	if len(v) == 0 {
		return nil
	}
	out := make([]float64, len(v))
	for i, x := range v {
		out[i] = float64(x)
	}
	return out
}

// betterOf says which of several values in a column must not be missed.
func betterOf(id string) chart.Better {
	if k := kpi.Find(id); k != nil && k.Direction == kpi.More {
		return chart.MoreIsBetter
	}
	return chart.LessIsBetter
}

// chartUnit returns which steps of the axis are round for a KPI.
func chartUnit(id string) chart.Unit {
	k := kpi.Find(id)
	if k == nil {
		return chart.Plain
	}
	switch k.Unit {
	case kpi.UnitPercent:
		if k.Direction == kpi.More {
			return chart.Percent
		}
	case kpi.UnitSeconds:
		return chart.Seconds
	case kpi.UnitCount, kpi.UnitPeople, kpi.UnitFlag:
		return chart.Whole
	}
	return chart.Plain
}

// axisLabel writes a step of the axis, which is a round number.
func (p *Pen) axisLabel(id string, v float64) clean.Text {
	switch chartUnit(id) {
	case chart.Seconds:
		return p.Num.Clock(v, i18n.Nearest)
	case chart.Whole:
		return p.Num.Whole(v, i18n.Nearest)
	}
	return p.Num.Rate(v, i18n.Nearest)
}

// drawn says whether a line has any point: a rule of one level only has none for
// the other.
func drawn(line []float32) bool {
	return slices.ContainsFunc(line, func(v float32) bool { return v == v })
}

// trailLegend writes what the lines are into the upper edge, as far as there is
// room right of the title.
func (p *Pen) trailLegend(c screen.Canvas, b *metrics.Breach, from int) {
	t := b.Trail
	w, _ := c.Size()
	x := w - 1
	g := p.Look.Glyphs
	for _, e := range [...]struct {
		name  i18n.ID
		glyph rune
		look  screen.Style
		skip  bool
	}{
		{i18n.LegendBand, g.Shade[2], p.Look.Band, t.Hi == nil},
		{i18n.LevelCritical, g.Line.Threshold, p.Look.Threshold, IsFlag(b.KPI) || !reaches(b, t)},
		{i18n.LevelWarn, g.Line.Threshold, p.warnLine(), IsFlag(b.KPI) || !drawn(t.Warn)},
		{i18n.LegendValue, g.Line.Horizontal, p.Look.Chart1, false},
	} {
		word := p.Say.Say(e.name)
		need := text.Width(word.String()) + 4
		if e.skip || x-need < from {
			continue
		}
		x -= need
		c.Set(x, 0, ' ', p.Look.Dim)
		c.Set(x+1, 0, cmp.Or(e.glyph, ' '), e.look)
		c.Set(x+2, 0, ' ', p.Look.Dim)
		c.Print(x+3, 0, word, p.Look.Dim)
		c.Set(x+need-1, 0, ' ', p.Look.Dim)
	}
}
