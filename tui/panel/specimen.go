package panel

import (
	"math"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/themes"
	"wallboard/tui/chart"
	"wallboard/tui/i18n"
	"wallboard/tui/layout"
	"wallboard/tui/screen"
)

// The size of a theme's sample sheet.
const (
	SpecimenWide = 96
	SpecimenHigh = 27
)

// Specimen draws the sample sheet of a theme: every role on its ground, as the
// board uses it. The numbers are made up, and always the same.
func (p *Pen) Specimen(c screen.Canvas, t themes.Theme) {
	c.Fill(' ', p.Look.Base)
	w, _ := c.Size()
	head := Row(c, 0)
	head.Fill(' ', p.Look.Header)
	head.Print(1, 0, clean.Line(t.Name), p.Look.Header)
	head.PrintRight(w-1, 0, p.Say.Pick(clean.Line(t.Title), clean.Line(t.TitleZH)), p.Look.Header)
	p.specimenRoles(c.Sub(layout.Rect{Y: 1, W: 28, H: 14}))
	p.specimenLevels(c.Sub(layout.Rect{X: 28, Y: 1, W: 22, H: 14}))
	p.specimenTable(c.Sub(layout.Rect{X: 50, Y: 1, W: w - 50, H: 7}))
	p.specimenBars(c.Sub(layout.Rect{X: 50, Y: 8, W: w - 50, H: 7}))
	p.specimenChart(c.Sub(layout.Rect{Y: 15, W: w, H: 11}))
	foot := Row(c, SpecimenHigh-1)
	foot.Fill(' ', p.Look.Footer)
	foot.Print(1, 0, clean.Own("t"), p.Look.Key)
	foot.Print(3, 0, p.Say.Say(i18n.ThemesTitle), p.Look.Footer)
}

// specimenRoles writes the names of the roles that are words on the board, each
// in its own look: names that a theme file has, in any language.
func (p *Pen) specimenRoles(c screen.Canvas) {
	in := p.Box(c, p.Say.Say(i18n.SpecimenRoles), Focused)
	w, _ := in.Size()
	for y, e := range []struct {
		role themes.Role
		look screen.Style
	}{
		{themes.Text, p.Look.Text}, {themes.Dim, p.Look.Dim}, {themes.Title, p.Look.Title}, {themes.Header, p.Look.Header},
		{themes.Footer, p.Look.Footer}, {themes.Key, p.Look.Key}, {themes.Selected, p.Look.Selected}, {themes.Accent, p.Look.Accent},
		{themes.Digits, p.Look.Digits}, {themes.Axis, p.Look.Axis}, {themes.Border, p.Look.Border}, {themes.Focus, p.Look.Focus},
	} {
		in.PrintFit(1, y, 11, clean.Own(e.role.String()), e.look, screen.Left)
		in.PrintFit(13, y, w-14, p.Say.Say(i18n.SpecimenWords), e.look, screen.Left)
	}
}

// specimenLevels writes each level as the board does: glyph, word, a number, and
// changes to the better and to the worse.
func (p *Pen) specimenLevels(c screen.Canvas) {
	in := p.Box(c, p.Say.Say(i18n.SpecimenLevels), Unfocused)
	for y, l := range []metrics.Level{metrics.LevelOK, metrics.LevelWarn, metrics.LevelCritical, metrics.LevelStale, metrics.LevelUnknown} {
		_, look := p.Look.Level(l)
		p.Glyph(in, 1, 2*y, l)
		in.Print(3, 2*y, p.LevelWord(l), look)
		in.PrintRight(19, 2*y, p.Num.Clock(372, i18n.Nearest), p.Graded(l))
	}
	in.Set(1, 10, p.Look.Glyphs.Up, p.Look.Good)
	in.Print(3, 10, p.Say.Say(i18n.SpecimenGood), p.Look.Good)
	in.Set(1, 11, p.Look.Glyphs.Down, p.Look.Bad)
	in.Print(3, 11, p.Say.Say(i18n.SpecimenBad), p.Look.Bad)
}

// specimenTable draws five rows of a table, the second selected.
func (p *Pen) specimenTable(c screen.Canvas) {
	in := p.Box(c, p.Say.Say(i18n.ColQueue), Unfocused)
	w, _ := in.Size()
	levels := []metrics.Level{metrics.LevelCritical, metrics.LevelWarn, metrics.LevelOK, metrics.LevelOK, metrics.LevelStale}
	for y, name := range []string{"refund", "presale", "logistics", "售后", "night"} {
		row, l := Row(in, y), levels[y]
		p.Glyph(row, 0, 0, l)
		row.Print(2, 0, clean.Own(name), p.Look.Text)
		row.PrintRight(17, 0, p.Num.Count(int64(41-9*y)), p.Look.Text)
		look := p.Graded(l)
		row.PrintRight(24, 0, p.Num.Clock(float64(372-70*y), i18n.Nearest), look)
		row.PrintRight(31, 0, p.Num.Percent(61.2+8*float64(y), i18n.Nearest), p.Look.Dim)
		spark := p.Look.Spark
		if l == metrics.LevelCritical || l == metrics.LevelWarn {
			spark = look.Without(screen.Reverse | screen.Bold | screen.Underline)
		}
		chart.Sparkline(row, 33, 0, w-34, wave(24, 6+float64(y)), chart.LessIsBetter, 12, spark, p.Look.Dim, p.Look.Glyphs)
		if y == 1 {
			row.Restyle(0, 0, w, p.Look.Select)
		}
	}
}

// specimenBars draws bars, slots and the steps of a heat map.
func (p *Pen) specimenBars(c screen.Canvas) {
	in := p.Box(c, p.Say.Say(i18n.SpecimenBars), Unfocused)
	w, _ := in.Size()
	chart.Bar(in, 1, 0, w-2, 0.62, p.Look.Bar, p.Look.BarEmpty, p.Look.Glyphs)
	x := 1
	for _, used := range []int{1, 3, 5, 6} {
		x += chart.SlotDots(in, x, 1, 11, used, 5, p.Look) + 1
	}
	step := (w - 2) / len(p.Look.Heat)
	for i := range p.Look.Heat {
		for y := range 2 {
			chart.HeatCell(in, 1+i*step, 3+y, step, i, p.Num.Count(int64(10*i+7*y)), p.Look)
		}
	}
}

// specimenChart draws two lines, a band and a limit.
func (p *Pen) specimenChart(c screen.Canvas) {
	in := p.Box(c, p.Say.Say(i18n.SpecimenChart), Unfocused)
	lo, hi := make([]float64, 60), make([]float64, 60)
	for i, v := range wave(60, 3) {
		lo[i], hi[i] = 50+3*v, 90+4*v
	}
	first, second, third := wave(60, 5), wave(60, 9), wave(60, 7)
	for i := range first {
		first[i], second[i], third[i] = 60+14*first[i]+float64(i), 30+6*second[i], 10+3*third[i]
	}
	chart.Line(in, chart.Plot{
		Series: []chart.Series{
			{Values: third, Style: p.Look.Chart3}, {Values: second, Style: p.Look.Chart2, Pattern: chart.Dotted}, {Values: first, Style: p.Look.Chart1},
		},
		Bands: []chart.Band{{Lo: lo, Hi: hi}}, Thresholds: []chart.Threshold{{Value: 180, Name: p.Say.Say(i18n.ChartLimit)}},
		Unit: chart.Seconds, Label: func(v float64) clean.Text { return p.Num.Clock(v, i18n.Nearest) },
		From: 0, To: 59 * 60_000, Zone: p.Zone,
	}, p.Look, p.Plot)
}

// wave returns n values between 0 and 6.
func wave(n int, period float64) []float64 {
	out := make([]float64, n)
	for i := range out {
		x := float64(i)
		out[i] = 3 + 2*math.Sin(x/period) + math.Sin(x/2.3+period)
	}
	return out
}
