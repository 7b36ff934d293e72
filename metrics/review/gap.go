package review

import (
	"wallboard/metrics"
	"wallboard/metrics/kpi"
)

// Input is what a gap table is made of.
type Input struct {
	Now      Source
	Before   Source // the same scope over the window before; no row: no trend
	Goals    Goals  // nil: the catalogue's targets
	Breaches []metrics.Breach
}

// Line is one indicator of the gap table.
type Line struct {
	KPI           *kpi.KPI
	Indicator     bool // one of the twelve, else a service figure
	Target        kpi.Target
	HasTarget     bool
	Value, Before kpi.Value
	Gap           float64 // > 0: short of the target by so much, in the KPI's unit; only with a target and data
	OK            bool    // at the target or better; false without a target or data
	Trend         Trend   // from Before to Value
	Rule          string  // review rule that found this out of bounds at the day's close, "" where none did
	Level         metrics.Level
	GuideEN       string // what the trade takes as a guide, "" where it has none
	GuideZH       string
	AdviceEN      string // what to do, where short of the target
	AdviceZH      string
}

// Trend says which way a value went.
type Trend int8

// The trends; the zero value claims nothing.
const (
	TrendUnknown Trend = iota
	TrendSame
	TrendBetter
	TrendWorse
	TrendUp // of values that are good neither way
	TrendDown
)

// ids lists the gap table in its order: the twelve indicators, the third
// column of some being a second face of the same one, then service figures.
var (
	indicators = []string{
		"frt_p90", "aht", "fcr", "csat", "conversion_uplift", "concurrency_mean", "bot_capacity", "ai_resolution",
		"omnichannel_rate", "productivity_uplift", "emotion_accuracy", "compliance_rate", "insight_conversion",
	}
	service = []string{
		"service_level", "abandon_rate", "asa", "longest_wait", "response_mean", "reply_rate_3m", "resolution_rate",
		"handoff_rate", "bot_share", "slot_utilization_mean", "occupancy",
	}
)

// Table returns the gap table of one scope in a fixed order: the twelve
// indicators (concurrency has a line for people and one for machines), then
// the service figures.
func Table(in Input) []Line {
	lines := make([]Line, 0, len(indicators)+len(service))
	now, before := in.Now.reading(), in.Before.reading()
	line := func(id string, indicator bool) Line {
		k := kpi.Find(id)
		return in.lineOf(Line{KPI: k, Indicator: indicator, Value: now.value(k), Before: before.value(k)})
	}
	for _, id := range indicators {
		lines = append(lines, line(id, true))
	}
	for _, id := range service {
		lines = append(lines, line(id, false))
	}
	return lines
}

// lineOf judges a line that has its values.
func (in *Input) lineOf(l Line) Line {
	k, id := l.KPI, l.KPI.ID
	g := guides[id]
	l.GuideEN, l.GuideZH = g.en, g.zh
	var key metrics.Key
	if in.Now.Row != nil {
		key = in.Now.Row.Key
	}
	l.Target, l.HasTarget = TargetOf(in.Goals, k, key)
	if l.Value.OK && l.HasTarget {
		l.Gap = Gap(k, l.Target, l.Value.V)
		l.OK = l.Gap <= 0
		if !l.OK {
			l.AdviceEN, l.AdviceZH = advice(k, l.Target, l.Value.V)
		}
	}
	l.Trend = TrendOf(Compare(k, &l.Target, l.Before, l.Value))
	for i := range in.Breaches {
		b := &in.Breaches[i]
		if b.Mode == modeReview && b.KPI == id && b.Key == key && b.Level > l.Level {
			l.Rule, l.Level = b.Rule, b.Level
		}
	}
	return l
}

// modeReview is the mode of rules that are judged when a day closes.
const modeReview = "review"

// Gap returns by how much a value is short of its target in the KPI's bad
// direction, in its unit; 0 or below: it is not.
func Gap(k *kpi.KPI, t kpi.Target, v float64) float64 {
	switch k.Direction {
	case kpi.More:
		return t.Value - v
	case kpi.Less:
		return v - t.Value
	case kpi.Within:
		return max(t.Lo-v, v-t.Hi)
	}
	return 0
}
