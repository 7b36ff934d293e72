package queue

import (
	"cmp"
	"math"
	"slices"

	"wallboard/metrics"
	"wallboard/metrics/kpi"
	"wallboard/tui/i18n"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
)

// watched is a rule over this queue as it stands: also where all is well.
type watched struct {
	rule     *metrics.RuleView
	row      *metrics.Row
	warn     float64 // NaN: not watched, or not known yet
	critical float64
	breach   *metrics.Breach // nil: it is within its limits
}

// rulesOf returns every rule that watches the queue x channel or its whole
// queue, those in breach first.
func rulesOf(s *panel.Scene, v *metrics.QueueView) []watched {
	whole := metrics.Key{Scope: metrics.ScopeQueue, Floor: v.Row.Key.Floor, Queue: v.Queue}
	var out []watched
	for i := range s.Snapshot.Rules {
		r := &s.Snapshot.Rules[i]
		one := watched{rule: r, warn: r.Warn, critical: r.Critical}
		switch {
		case r.Watches(v.Row.Key):
			one.row = v.Row
		case r.Watches(whole):
			one.row = s.RowOf(whole)
		}
		if one.row == nil {
			continue
		}
		one.limits(s)
		one.breach = s.Breach(panel.Identity{Rule: r.Name, Key: one.row.Key})
		out = append(out, one)
	}
	slices.SortStableFunc(out, func(a, b watched) int { return cmp.Compare(loudness(b), loudness(a)) })
	return out
}

func loudness(w watched) metrics.Level {
	if w.breach == nil {
		return metrics.LevelUnknown
	}
	return w.breach.Level
}

// limits fills in what the rule itself does not hold: the entity's target, and
// what is learned.
func (w *watched) limits(s *panel.Scene) {
	if w.rule.FromTarget {
		if t, held := s.Target(kpi.Find(w.rule.KPI), w.row.Key); held {
			w.warn = t.Value
		}
	}
	for i := range s.Snapshot.Limits {
		if l := &s.Snapshot.Limits[i]; l.Rule == w.rule.Name && l.Key == w.row.Key {
			w.warn, w.critical = l.Warn, l.Critical
		}
	}
	if w.rule.CriticalTimes > 0 && math.IsNaN(w.critical) {
		w.critical = w.warn * w.rule.CriticalTimes
	}
}

// Cells of the columns of rules.
const (
	ruleName  = 26
	ruleValue = 9
	ruleState = 12
)

// drawRules draws the rules with their value, limits and level now, and returns
// how many had no room.
func drawRules(p *panel.Pen, s *panel.Scene, c screen.Canvas, v *metrics.QueueView) int {
	w, h := c.Size()
	list := rulesOf(s, v)
	if len(list) == 0 {
		p.Empty(c, p.Say.Say(i18n.RulesNone))
		return 0
	}
	c.PrintFit(3, 0, ruleName, p.Say.Say(i18n.ColWhat), p.Look.Dim, screen.Left)
	for i, title := range [...]i18n.ID{i18n.ColValue, i18n.RuleWarn, i18n.RuleCritical} {
		c.PrintFit(3+ruleName+i*ruleValue, 0, ruleValue-1, p.Say.Say(title), p.Look.Dim, screen.Right)
	}
	x := 3 + ruleName + 3*ruleValue + 1
	c.PrintFit(x, 0, max(0, w-x-1), p.Say.Say(i18n.ColState), p.Look.Dim, screen.Left)
	for i, one := range list {
		if i+1 >= h {
			return len(list) - i
		}
		drawRule(p, s, panel.Row(c, i+1), one)
	}
	return 0
}

func drawRule(p *panel.Pen, s *panel.Scene, c screen.Canvas, one watched) {
	w, _ := c.Size()
	level, look, name := metrics.LevelOK, p.Look.Text, p.Look.Dim
	value := s.Read(one.rule.KPI, one.row, one.rule.Window)
	switch {
	case one.breach != nil:
		level, look, name = one.breach.Level, p.Graded(one.breach.Level).Without(screen.Reverse), p.Look.Text
	case !value.OK:
		level, look = metrics.LevelUnknown, p.Look.NoData
	}
	p.Glyph(c, 1, 0, level)
	c.PrintFit(3, 0, ruleName, p.KPIName(one.rule.KPI), name, screen.Left)
	c.PrintFit(3+ruleName, 0, ruleValue-1, p.Figure(one.rule.KPI, value), look, screen.Right)
	for i, limit := range [...]float64{one.warn, one.critical} {
		t := p.Num.NoData()
		if !math.IsNaN(limit) {
			t = p.Figure(one.rule.KPI, kpi.Value{V: limit, OK: true})
		}
		c.PrintFit(3+ruleName+(i+1)*ruleValue, 0, ruleValue-1, t, p.Look.Dim, screen.Right)
	}
	x := 3 + ruleName + 3*ruleValue + 1
	if one.breach == nil {
		c.PrintFit(x, 0, max(0, w-x-1), p.LevelWord(level), p.Look.Dim, screen.Left)
		return
	}
	c.PrintFit(x, 0, ruleState, p.LevelWord(level), look, screen.Left)
	since := p.Num.Clock(float64(s.At-one.breach.FiringSince)/1000, i18n.Down)
	c.PrintFit(x+ruleState, 0, max(0, min(8, w-x-ruleState)), since, p.Look.Text, screen.Left)
	if advice := p.Say.Pick(one.breach.AdviceEN, one.breach.AdviceZH); w-x-ruleState > 20 {
		c.PrintFit(x+ruleState+9, 0, w-x-ruleState-10, advice, p.Look.Dim, screen.Left)
	}
}
