package panel

import (
	"strings"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
	"wallboard/tui/i18n"
	"wallboard/tui/layout"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// Subject is a number on the screen that can be explained.
type Subject struct {
	KPI string
	Row *metrics.Row
}

// explanation is what there is to say about a number, line by line.
type explanation struct {
	lines   []explainLine
	windows bool // its values over every window follow
}

type explainLine struct {
	label i18n.ID
	value clean.Text
	look  screen.Style
}

func (e *explanation) add(label i18n.ID, value clean.Text, look screen.Style) {
	if !value.Empty() {
		e.lines = append(e.lines, explainLine{label, value, look})
	}
}

// explainWidth is the inner width of the box.
const explainWidth = 82

// Explain draws in the middle of the canvas where a number comes from: its
// formula, window, numerator and denominator, n, its values over every window,
// and the breach it is in.
func (p *Pen) Explain(c screen.Canvas, s *Scene, sub Subject) {
	k := kpi.Find(sub.KPI)
	if k == nil || sub.Row == nil {
		return
	}
	e := p.explanation(s, sub, k)
	cw, ch := c.Size()
	w := min(cw, explainWidth+4)
	height := 2
	for _, l := range e.lines {
		height += len(wrap(l.value, w-20))
	}
	if e.windows {
		height += 3
	}
	box := c.Sub(layout.Overlay(layout.Rect{W: cw, H: ch}, w, height))
	in := p.overlay(box, p.KPIName(sub.KPI), p.Say.Say(i18n.OverlayClose))
	_, h := in.Size()
	y := 0
	for _, l := range e.lines {
		in.PrintFit(1, y, 14, p.Say.Say(l.label), p.Look.Dim, screen.Left)
		for _, part := range wrap(l.value, w-20) {
			in.Print(16, y, part, l.look)
			y++
		}
	}
	if e.windows && y+2 < h {
		p.everyWindow(in, y+1, s, sub)
	}
}

func (p *Pen) explanation(s *Scene, sub Subject, k *kpi.KPI) explanation {
	var e explanation
	plain := p.Look.Text
	v := s.Read(sub.KPI, sub.Row, s.View.Window)
	e.add(i18n.ExplainWhere, p.Place(s, sub.Row.Key), plain)
	e.add(i18n.ExplainNow, p.WithUnit(sub.KPI, v), p.Graded(s.Level(sub.Row, sub.KPI)).With(screen.Bold))
	e.add(i18n.ExplainFormula, p.Say.Plain(p.Say.Pick(clean.Line(k.FormulaEN), clean.Line(k.FormulaZH))), plain)
	if v.Den > 0 {
		e.add(i18n.ExplainRatio, p.Say.Fill(i18n.ExplainOver, p.amount(v.Num), p.amount(v.Den)), plain)
	}
	if v.N > 0 && k.Unit != kpi.UnitCount {
		e.add(i18n.ExplainN, p.Num.Count(v.N), plain)
	}
	e.add(i18n.ExplainWindow, p.spanOf(s, k), plain)
	e.add(i18n.ExplainBetter, p.better(k), plain)
	if v.Service != nil {
		p.explainService(&e, v.Service)
	}
	for _, b := range s.Breaches {
		if b.KPI == sub.KPI && (b.Key == sub.Row.Key || b.Key == queueOf(sub.Row.Key)) {
			e.add(i18n.ExplainBreach, p.Say.Fill(i18n.ExplainLimit, p.breachValue(b), clean.Own(b.Rule)), p.Graded(b.Level))
		}
	}
	e.windows = k.Kind == kpi.Window
	return e
}

// spanOf writes of when a KPI is: now, its fixed window, or the one chosen.
func (p *Pen) spanOf(s *Scene, k *kpi.KPI) clean.Text {
	switch {
	case s.Floor == nil:
		return clean.Text{}
	case k.Kind == kpi.Now:
		return p.Say.Fill(i18n.ExplainAt, p.Num.TimeOfDay(s.At, p.Zone))
	case k.Kind == kpi.Fixed:
		return p.WindowSpan(s, k.Over)
	}
	return p.WindowSpan(s, s.View.Window)
}

// explainService writes what "in time" means here and all variants side by side.
func (p *Pen) explainService(e *explanation, l *kpi.ServiceLevel) {
	if l.Within >= 0 {
		e.add(i18n.ExplainWithin, p.Num.Words(l.Within.Seconds(), i18n.Nearest), p.Look.Text)
	}
	var b strings.Builder
	for v := range metrics.NumVariants {
		one := l.Variants[v]
		if b.Len() > 0 {
			b.WriteString("  ")
		}
		b.WriteString(v.String() + " " + p.Figure(ServiceLevel, one).String())
		if v == l.Variant {
			b.WriteString(" *")
		}
	}
	e.add(i18n.ExplainVariants, clean.Line(b.String()), p.Look.Text)
}

// everyWindow writes the value over each window side by side.
func (p *Pen) everyWindow(c screen.Canvas, y int, s *Scene, sub Subject) {
	x := 1
	for _, w := range windows() {
		name := p.WindowName(w)
		look := p.Look.Text
		if w == s.View.Window {
			look = p.Look.Accent
		}
		cell := max(10, text.Width(name.String())+2)
		c.PrintFit(x, y, cell-1, name, p.Look.Dim, screen.Right)
		c.PrintFit(x, y+1, cell-1, p.Figure(sub.KPI, s.Read(sub.KPI, sub.Row, w)), look, screen.Right)
		x += cell
	}
}

// amount writes a numerator or denominator: whole where it is whole.
func (p *Pen) amount(v float64) clean.Text {
	if v == float64(int64(v)) {
		return p.Num.Count(int64(v))
	}
	return p.Num.Percent(v, i18n.Nearest)
}

// better says which way is good.
func (p *Pen) better(k *kpi.KPI) clean.Text {
	switch k.Direction {
	case kpi.More:
		return p.Say.Say(i18n.BetterMore)
	case kpi.Less:
		return p.Say.Say(i18n.BetterLess)
	case kpi.Within:
		return p.Say.Say(i18n.BetterWithin)
	}
	return clean.Text{}
}

// wrap breaks a text into lines of at most w cells, at spaces where there are.
func wrap(t clean.Text, w int) []clean.Text {
	if w < 8 {
		return []clean.Text{t}
	}
	var out []clean.Text
	rest := t.String()
	for text.Width(rest) > w {
		head, _ := text.Cut(rest, w)
		if i := lastSpace(head); i > len(head)/2 {
			head = head[:i]
		}
		out = append(out, clean.Line(head))
		rest = rest[len(head):]
		for rest != "" && rest[0] == ' ' {
			rest = rest[1:]
		}
	}
	return append(out, clean.Line(rest))
}

func lastSpace(s string) int {
	for i := len(s) - 1; i > 0; i-- {
		if s[i] == ' ' {
			return i
		}
	}
	return -1
}

// Windows returns the window after w, for the screens that show all of them.
func Windows() [5]fact.Window { return windows() }

// Paragraph writes a text over as many lines as it needs and there are.
func (p *Pen) Paragraph(c screen.Canvas, t clean.Text, look screen.Style) {
	w, h := c.Size()
	for y, line := range wrap(t, w) {
		if y < h {
			c.PrintFit(0, y, w, line, look, screen.Left)
		}
	}
}
