package panel

import (
	"math"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/chart"
	"wallboard/tui/i18n"
	"wallboard/tui/screen"
)

// explainBreach says by which rule a number is out of bounds, since when, from
// where its limit comes, and what was made of it.
func (p *Pen) explainBreach(e *explanation, s *Scene, b *metrics.Breach) {
	e.gap()
	loud := p.Graded(b.Level)
	e.add(i18n.ExplainBreach, clean.Line(p.LevelWord(b.Level).String()+"  "+p.breachValue(b).String()), loud)
	e.add(i18n.ExplainRule, p.Say.Fill(i18n.DetailRule, clean.Own(b.Rule), p.modeName(b.Mode), p.windowOf(b.Window)), p.Look.Text)
	e.add(i18n.ExplainSince, p.Say.Fill(i18n.ExplainSinceFor, p.Num.TimeOfDay(b.FiringSince, p.Zone), p.Num.Words(float64(s.At-b.FiringSince)/1000, i18n.Down)), p.Look.Text)
	if reason := p.Say.Pick(b.ReasonEN, b.ReasonZH); !reason.Empty() {
		e.add(i18n.ExplainReason, reason, p.Look.Text)
	}
	if !IsFlag(b.KPI) {
		p.explainLimits(e, b)
	}
	if t := b.Trail; t != nil && len(t.Value) > 1 {
		e.drawn(i18n.ExplainTrail, func(c screen.Canvas) { p.trail(c, b) })
	}
}

// explainLimits says what the limit is made of and when it is well again.
func (p *Pen) explainLimits(e *explanation, b *metrics.Breach) {
	limit := p.quantity(b.KPI, b.Limit).String()
	if b.Base != 0 && b.Base != b.Limit {
		limit = p.Say.Fill(i18n.ExplainBase, clean.Own(limit), p.quantity(b.KPI, b.Base)).String()
	}
	e.add(i18n.ExplainLimit, clean.Line(limit), p.Look.Text)
	if b.Return != 0 {
		e.add(i18n.ExplainReturn, p.quantity(b.KPI, b.Return), p.Look.Text)
	}
	if lo, hi, ok := bandNow(b.Trail); ok {
		e.add(i18n.ExplainBand, clean.Line(p.quantity(b.KPI, lo).String()+" – "+p.quantity(b.KPI, hi).String()), p.Look.Text)
	}
	if b.NeededSteps > 0 {
		e.add(i18n.ExplainLearned, p.Say.Fill(i18n.ExplainSteps, p.Num.Count(int64(b.LearnedSteps)), p.Num.Count(int64(b.NeededSteps))), p.Look.Text)
	}
	if b.SampleSize > 0 {
		e.add(i18n.ExplainN, p.Num.Count(b.SampleSize), p.Look.Text)
	}
	if b.Peak != 0 && b.Peak != b.Value {
		e.add(i18n.ExplainPeak, p.quantity(b.KPI, b.Peak), p.Look.Text)
	}
}

// bandNow is the newest band that a trail knows.
func bandNow(t *metrics.Trail) (lo, hi float64, ok bool) {
	if t == nil || len(t.Lo) == 0 || len(t.Lo) != len(t.Hi) {
		return 0, 0, false
	}
	lo, hi = float64(t.Lo[len(t.Lo)-1]), float64(t.Hi[len(t.Hi)-1])
	return lo, hi, !math.IsNaN(lo) && !math.IsNaN(hi)
}

// trail draws how the value went until now.
func (p *Pen) trail(c screen.Canvas, b *metrics.Breach) {
	w, _ := c.Size()
	values := make([]float64, len(b.Trail.Value))
	for i, v := range b.Trail.Value {
		values[i] = float64(v)
	}
	better := chart.LessIsBetter
	if beyond(b) == "<" {
		better = chart.MoreIsBetter
	}
	chart.Sparkline(c, 0, 0, min(w, max(20, len(values))), values, better, 0, p.Graded(b.Level).Without(screen.Reverse|screen.Bold), p.Look.Dim, p.Look.Glyphs)
}
