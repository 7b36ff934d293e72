package panel

import (
	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
	"wallboard/tui/i18n"
)

// Target returns what a KPI of a row is held against.
func (s *Scene) Target(k *kpi.KPI, key metrics.Key) (kpi.Target, bool) {
	return s.Goals.For(k, key)
}

// Excluded returns what a KPI of a row leaves out over a window.
func (s *Scene) Excluded(id string, row *metrics.Row, w fact.Window) []kpi.Exclusion {
	k := kpi.Find(id)
	if k == nil || row == nil {
		return nil
	}
	return s.Figures.of(row).reader.Excluded(k, w)
}

// Target writes what a KPI is held against: ≤ 3m00s, ≥ 80.0 %, 3–5.
func (p *Pen) Target(k *kpi.KPI, t kpi.Target) clean.Text {
	var out string
	switch k.Direction {
	case kpi.Within:
		out = p.bare(k.ID, t.Lo).String() + "–" + p.quantity(k.ID, t.Hi).String()
	case kpi.More:
		out = "≥ " + p.quantity(k.ID, t.Value).String()
	default:
		out = "≤ " + p.quantity(k.ID, t.Value).String()
	}
	return p.Say.Plain(clean.Own(out))
}

// Bounded writes a value with its unit; one that is not decided for good as the
// bound that it is: ≤ 84.0 %.
func (p *Pen) Bounded(id string, v kpi.Value) clean.Text {
	t := p.WithUnit(id, v)
	if !v.Provisional() {
		return t
	}
	sign := "≤ "
	if v.Note == kpi.NoteLower {
		sign = "≥ "
	}
	return p.Say.Plain(clean.Own(sign + t.String()))
}

// Change writes a difference between two values of a KPI with its sign and unit:
// +1m12s, −3.4.
func (p *Pen) Change(id string, difference float64) clean.Text {
	k := kpi.Find(id)
	if k == nil || difference != difference {
		return p.Num.NoData()
	}
	sign, size := "+", difference
	if difference < 0 {
		sign, size = "−", -difference
	}
	t := p.magnitude(k, size)
	if zero := p.magnitude(k, 0); t == zero {
		sign = "±"
	}
	return p.Say.Plain(clean.Own(sign + t.String()))
}

// magnitude writes a size in a KPI's unit, rounded to the nearest: a change is
// good or bad by its sign.
func (p *Pen) magnitude(k *kpi.KPI, v float64) clean.Text {
	switch k.Unit {
	case kpi.UnitSeconds:
		return p.Num.Span(v, i18n.Nearest)
	case kpi.UnitMinutes:
		return p.Num.Span(v*60, i18n.Nearest)
	case kpi.UnitCount, kpi.UnitPeople:
		return p.Num.Whole(v, i18n.Nearest)
	}
	return p.Num.Percent(v, i18n.Nearest)
}
