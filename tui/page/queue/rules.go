package queue

import (
	"cmp"
	"math"
	"slices"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/kpi"
	"wallboard/tui/i18n"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
)

// watched is a rule over this queue as it stands: also where all is well.
type watched struct {
	rule     *metrics.RuleView
	row      *metrics.Row
	least    float64 // of a range that is to be kept, its lower end; else NaN
	warn     float64 // NaN: not watched, or not known yet
	critical float64
	value    kpi.Value
	breach   *metrics.Breach // nil: it is within its limits, or beyond them not for long enough
}

// rulesOf returns every rule that watches the queue x channel or its whole
// queue, those in breach first,
// then those beyond a limit.
func rulesOf(s *panel.Scene, v *metrics.QueueView) []watched {
	whole := metrics.Key{Scope: metrics.ScopeQueue, Floor: v.Row.Key.Floor, Queue: v.Queue}
	var out []watched
	for i := range s.Snapshot.Rules {
		r := &s.Snapshot.Rules[i]
		one := watched{rule: r, least: math.NaN(), warn: r.Warn, critical: r.Critical}
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
		one.value = s.Read(r.KPI, one.row, r.Window)
		one.breach = s.Breach(panel.Identity{Rule: r.Name, Key: one.row.Key})
		out = append(out, one)
	}
	slices.SortStableFunc(out, func(a, b watched) int { return cmp.Compare(loudness(b), loudness(a)) })
	return out
}

// loudness orders rules: breaches by their level, then what may become one.
func loudness(w watched) int {
	switch {
	case w.breach != nil:
		return 2 + int(w.breach.Level)
	case w.value.OK && w.beyond():
		return 1
	}
	return 0
}

// limits fills in what the rule itself does not hold: the entity's target, and
// what is learned.
func (w *watched) limits(s *panel.Scene) {
	if w.rule.FromTarget {
		k := kpi.Find(w.rule.KPI)
		if t, held := s.Target(k, w.row.Key); held {
			w.warn = t.Value
			if k.Direction == kpi.Within {
				w.least, w.warn = t.Lo, t.Hi
			}
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

// beyond says whether a value is past a limit, whether or not it is so for long
// enough to be a breach.
func (w *watched) beyond() bool {
	v := w.value.V
	limit := w.warn
	if math.IsNaN(limit) {
		limit = w.critical
	}
	if k := kpi.Find(w.rule.KPI); k != nil && k.Direction == kpi.More {
		return v < limit
	}
	return v > limit || v < w.least
}

// limit writes a limit; that of a flag is that it is up.
func (w *watched) limit(p *panel.Pen, v float64) clean.Text {
	switch {
	case math.IsNaN(v):
		return p.Num.NoData()
	case panel.IsFlag(w.rule.KPI):
		return p.Say.Say(i18n.Yes)
	}
	return p.Quantity(w.rule.KPI, v)
}

// lowest writes the limit of a warning, both ends of it where it is a range.
func (w *watched) lowest(p *panel.Pen) clean.Text {
	if math.IsNaN(w.least) {
		return w.limit(p, w.warn)
	}
	return clean.Line(w.limit(p, w.least).String() + "–" + w.limit(p, w.warn).String())
}

// Cells of the columns of rules.
const (
	ruleName  = 26
	ruleValue = 9
	ruleRange = 12 // a limit may be a range: 3m00s–8m00s
	ruleState = 12
	ruleWord  = 3 + ruleName + 2*ruleValue + ruleRange + 1 // where words begin
)

// ruleColumns is where the three numbers of a rule stand: first cell, and how many.
func ruleColumns() [3][2]int {
	at := 3 + ruleName
	return [...][2]int{{at, ruleValue - 1}, {at + ruleValue, ruleRange - 1}, {at + ruleValue + ruleRange, ruleValue - 1}}
}

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
		at := ruleColumns()[i]
		c.PrintFit(at[0], 0, at[1], p.Say.Say(title), p.Look.Dim, screen.Right)
	}
	x := ruleWord
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
	value := one.value
	switch {
	case one.breach != nil:
		level, look, name = one.breach.Level, p.Graded(one.breach.Level).Without(screen.Reverse), p.Look.Text
	case !value.OK:
		level, look = metrics.LevelUnknown, p.Look.NoData
	}
	p.Glyph(c, 1, 0, level)
	c.PrintFit(3, 0, ruleName, p.KPIName(one.rule.KPI), name, screen.Left)
	for i, number := range [...]clean.Text{p.WithUnit(one.rule.KPI, value), one.lowest(p), one.limit(p, one.critical)} {
		at, of := ruleColumns()[i], p.Look.Dim
		if i == 0 {
			of = look
		}
		c.PrintFit(at[0], 0, at[1], number, of, screen.Right)
	}
	x := ruleWord
	if one.breach == nil {
		word, look := p.LevelWord(level), p.Look.Dim
		if value.OK && one.beyond() {
			word, look = p.Say.Say(i18n.RuleNotYet), p.Look.Text
		}
		c.PrintFit(x, 0, max(0, w-x-1), word, look, screen.Left)
		return
	}
	c.PrintFit(x, 0, ruleState, p.LevelWord(level), look, screen.Left)
	since := p.Num.Clock(float64(s.At-one.breach.FiringSince)/1000, i18n.Down)
	c.PrintFit(x+ruleState, 0, max(0, min(8, w-x-ruleState)), since, p.Look.Text, screen.Left)
	if advice := p.Say.Pick(one.breach.AdviceEN, one.breach.AdviceZH); w-x-ruleState > 20 {
		c.PrintFit(x+ruleState+9, 0, w-x-ruleState-10, advice, p.Look.Dim, screen.Left)
	}
}
