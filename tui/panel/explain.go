package panel

import (
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
	KPI      string
	Row      *metrics.Row
	Window   fact.Window
	Own      bool  // it is read over Window, whatever the window on the screen
	From, To int64 // of a row that is of one hour or day, ms; 0: of the window on the screen
}

// past says that the number is of a span of its own, not of a window.
func (sub Subject) past() bool { return sub.To > 0 }

// over returns the window of the number; a row of the past reads the same over
// every one.
func (sub Subject) over(s *Scene) fact.Window {
	switch {
	case sub.past():
		return fact.WindowToday
	case sub.Own:
		return sub.Window
	}
	return s.View.Window
}

// explanation is what there is to say about a number, line by line.
type explanation struct{ lines []explainLine }

// explainLine is one line: a label, and a text or whatever draws itself.
type explainLine struct {
	label i18n.ID
	value clean.Text
	look  screen.Style
	draw  func(c screen.Canvas)
}

func (e *explanation) add(label i18n.ID, value clean.Text, look screen.Style) {
	if !value.Empty() {
		e.lines = append(e.lines, explainLine{label: label, value: value, look: look})
	}
}

// gap leaves a line free.
func (e *explanation) gap() { e.lines = append(e.lines, explainLine{}) }

func (e *explanation) drawn(label i18n.ID, draw func(c screen.Canvas)) {
	e.lines = append(e.lines, explainLine{label: label, draw: draw})
}

// explainWidth is the inner width of the box, explainLabel that of its labels.
const explainWidth, explainLabel = 86, 15

// Explain draws in the middle of the canvas where a number comes from: its
// formula, window, numerator and denominator, n, what it leaves out, its target,
// its values over every window, and the breach it is in. It begins with line
// top where not all have room, and returns how many lines are out of sight.
func (p *Pen) Explain(c screen.Canvas, s *Scene, sub Subject, top int) (hidden int) {
	k := kpi.Find(sub.KPI)
	if k == nil || sub.Row == nil {
		return 0
	}
	cw, ch := c.Size()
	w := min(cw, explainWidth+4)
	lines := wrapped(p.explanation(s, sub, k).lines, w-explainLabel-5)
	box := c.Sub(layout.Overlay(layout.Rect{W: cw, H: ch}, w, len(lines)+2))
	in := p.overlay(box, p.KPIName(sub.KPI), p.Say.Say(i18n.OverlayClose))
	iw, h := in.Size()
	hidden = max(0, len(lines)-h)
	for y, l := range lines[min(max(top, 0), hidden):] {
		if y >= h {
			p.Tag(box, p.Say.Fill(i18n.ExplainMore, p.Num.Count(int64(hidden-min(top, hidden)))))
			break
		}
		if l.label != "" {
			in.PrintFit(1, y, explainLabel-1, p.Say.Say(l.label), p.Look.Dim, screen.Left)
		}
		line := in.Sub(layout.Rect{X: explainLabel + 1, Y: y, W: iw - explainLabel - 2, H: 1})
		if l.draw != nil {
			l.draw(line)
			continue
		}
		line.Print(0, 0, l.value, l.look)
	}
	return hidden
}

// wrapped breaks texts that are wider than w into lines, the label on the first.
func wrapped(lines []explainLine, w int) []explainLine {
	out := make([]explainLine, 0, len(lines)+4)
	for _, l := range lines {
		if l.draw != nil || text.Width(l.value.String()) <= w {
			out = append(out, l)
			continue
		}
		for i, part := range wrap(l.value, w) {
			one := explainLine{value: part, look: l.look}
			if i == 0 {
				one.label = l.label
			}
			out = append(out, one)
		}
	}
	return out
}

func (p *Pen) explanation(s *Scene, sub Subject, k *kpi.KPI) *explanation {
	e := new(explanation)
	v := s.Read(sub.KPI, sub.Row, sub.over(s))
	p.explainValue(e, s, sub, k, v)
	p.explainSource(e, s, sub, k, v)
	p.explainPeople(e, s, sub)
	p.explainTarget(e, s, sub, k, v)
	if v.Service != nil {
		p.explainService(e, v.Service)
	}
	if !sub.past() && (k.Kind == kpi.Window || k.Kind == kpi.Cohort) {
		e.gap()
		e.drawn("", func(c screen.Canvas) {
			p.everyWindow(c, func(w fact.Window) clean.Text { return p.WindowName(w) }, s, sub, p.Look.Dim)
		})
		e.drawn(i18n.ExplainEvery, func(c screen.Canvas) {
			p.everyWindow(c, func(w fact.Window) clean.Text { return p.Bounded(sub.KPI, s.Read(sub.KPI, sub.Row, w)) }, s, sub, p.Look.Text)
		})
		e.drawn(i18n.ExplainN, func(c screen.Canvas) {
			p.everyWindow(c, func(w fact.Window) clean.Text { return p.samples(s.Read(sub.KPI, sub.Row, w)) }, s, sub, p.Look.Dim)
		})
	}
	for _, b := range s.Breaches {
		if !sub.past() && b.KPI == sub.KPI && (b.Key == sub.Row.Key || sub.Row.Key.Scope == metrics.ScopeQueueChannel && b.Key == queueOf(sub.Row.Key)) {
			p.explainBreach(e, s, b)
		}
	}
	return e
}

// explainValue says what it is, of where, of when.
func (p *Pen) explainValue(e *explanation, s *Scene, sub Subject, k *kpi.KPI, v kpi.Value) {
	plain := p.Look.Text
	e.add(i18n.ExplainWhere, p.Place(s, sub.Row.Key), plain)
	e.add(i18n.ExplainNow, p.Bounded(sub.KPI, v), p.Graded(p.levelOf(s, sub)).With(screen.Bold))
	if v.Note != kpi.NoteNone {
		e.add("", p.words(v.Note.Words()), p.Look.Accent)
	}
	if v.Provisional() {
		e.add(i18n.ExplainSettled, p.Say.Fill(i18n.ExplainSettledOf, p.Num.Percent(v.SettledShare()*100, i18n.Down), p.Num.Count(v.Settled), p.Num.Count(v.N)), p.Look.Accent)
	}
	if !k.Measured() {
		e.add("", p.Say.Say(i18n.ExplainUnmeasured), p.Look.Dim)
	}
	if sub.past() {
		e.add(i18n.ExplainWindow, p.Say.Fill(i18n.ExplainHour, p.Num.Date(sub.From, p.Zone), p.Say.Fill(i18n.HeatHour, p.Num.Minute(sub.From, p.Zone), p.Num.Minute(sub.To, p.Zone))), plain)
	} else {
		e.add(i18n.ExplainWindow, p.spanOf(s, k, sub.over(s)), plain)
	}
	if k.Kind == kpi.Cohort || k.Kind == kpi.Fixed {
		e.add("", p.words(k.Kind.Words()), p.Look.Dim)
	}
}

// levelOf is how the number stands now; one of the past does not.
func (p *Pen) levelOf(s *Scene, sub Subject) metrics.Level {
	if sub.past() {
		return metrics.LevelUnknown
	}
	return s.Level(sub.Row, sub.KPI)
}

// explainSource says what it is made of, and what not.
func (p *Pen) explainSource(e *explanation, s *Scene, sub Subject, k *kpi.KPI, v kpi.Value) {
	plain := p.Look.Text
	e.add(i18n.ExplainFormula, p.words(k.FormulaEN, k.FormulaZH), plain)
	if v.Den > 0 {
		e.add(i18n.ExplainRatio, p.Say.Fill(i18n.ExplainOver, p.amount(v.Num), p.amount(v.Den)), plain)
	}
	if v.N > 0 && k.Unit != kpi.UnitCount {
		e.add(i18n.ExplainN, p.Num.Count(v.N), plain)
	}
	if len(k.Excludes()) == 0 {
		return
	}
	left := s.Excluded(sub.KPI, sub.Row, sub.over(s))
	if len(left) == 0 {
		e.add(i18n.ExplainLeftOut, p.Say.Say(i18n.ExplainNothing), p.Look.Dim)
	}
	for i, x := range left {
		label := i18n.ExplainLeftOut
		if i > 0 {
			label = ""
		}
		e.add(label, clean.Line(p.Num.Count(x.N).String()+" "+p.words(x.Reason.Words()).String()), plain)
	}
}

// explainTarget says what it is held against and who says so.
func (p *Pen) explainTarget(e *explanation, s *Scene, sub Subject, k *kpi.KPI, v kpi.Value) {
	t, ok := s.Target(k, sub.Row.Key)
	e.add(i18n.ExplainBetter, p.words(k.Direction.Words()), p.Look.Text)
	if !ok {
		e.add(i18n.ExplainTarget, p.Say.Say(i18n.ExplainNoTarget), p.Look.Dim)
		return
	}
	e.add(i18n.ExplainTarget, clean.Line(p.Target(k, t).String()+"  "+p.words(t.OriginWords()).String()), p.Look.Text)
	if k.Direction != kpi.Within && t.Critical != 0 {
		e.add("", p.Say.Fill(i18n.ExplainCritical, p.quantity(k.ID, t.Critical)), p.Look.Dim)
	}
}

// explainService writes what "in time" means here and all seven variants side by
// side, each with what it is made of.
func (p *Pen) explainService(e *explanation, l *kpi.ServiceLevel) {
	if l.Within >= 0 {
		e.add(i18n.ExplainWithin, p.Num.Words(l.Within.Seconds(), i18n.Nearest), p.Look.Text)
	} else {
		e.add(i18n.ExplainWithin, p.Say.Say(i18n.ExplainDiffers), p.Look.Dim)
	}
	for v := metrics.Variant(0); v < metrics.NumVariants; v += 2 {
		label := i18n.ID("")
		if v == 0 {
			label = i18n.ExplainVariants
		}
		e.drawn(label, func(c screen.Canvas) {
			w, _ := c.Size()
			p.variant(c.Sub(layout.Rect{W: w / 2, H: 1}), l, v)
			p.variant(c.Sub(layout.Rect{X: w / 2, W: w - w/2, H: 1}), l, v+1)
		})
	}
}

// variant writes one way to count a service level; the one in force is marked.
func (p *Pen) variant(c screen.Canvas, l *kpi.ServiceLevel, v metrics.Variant) {
	if v >= metrics.NumVariants {
		return
	}
	w, _ := c.Size()
	name, number := p.Look.Dim, p.Look.Text
	if v == l.Variant {
		name, number = p.Look.Accent, p.Look.Text.With(screen.Bold)
		c.Set(0, 0, p.Look.Glyphs.Pointer, p.Look.Accent)
	}
	const cells = 6
	one := l.Variants[v]
	c.PrintFit(2, 0, min(18, w-cells-3), clean.Own(v.String()), name, screen.Left)
	x := min(20, w-cells-1)
	c.PrintFit(x, 0, cells, p.Figure(ServiceLevel, one), number, screen.Right)
	if !one.OK {
		return
	}
	made := p.Say.Fill(i18n.ExplainOver, p.amount(one.Num), p.amount(one.Den))
	if need := text.Width(made.String()); need <= w-x-cells-2 {
		c.Print(x+cells+2, 0, made, p.Look.Dim)
	}
}

// everyWindow writes something of each window side by side, the chosen one
// louder.
func (p *Pen) everyWindow(c screen.Canvas, write func(fact.Window) clean.Text, s *Scene, sub Subject, look screen.Style) {
	w, _ := c.Size()
	all := windows()
	cell := min(12, w/len(all))
	for i, one := range all {
		l := look
		if one == sub.over(s) {
			l = look.With(screen.Bold)
			if look == p.Look.Text {
				l = p.Look.Accent.With(screen.Bold)
			}
		}
		c.PrintFit(i*cell, 0, cell-1, write(one), l, screen.Right)
	}
}

// samples writes what a value rests on.
func (p *Pen) samples(v kpi.Value) clean.Text {
	if !v.OK {
		return p.Num.NoData()
	}
	return p.Num.Count(v.N)
}

// words picks the language of a text of the catalogue's.
func (p *Pen) words(english, chinese string) clean.Text {
	return p.Say.Plain(p.Say.Pick(clean.Line(english), clean.Line(chinese)))
}

// spanOf writes of when a KPI is: now, its fixed window, or one chosen.
func (p *Pen) spanOf(s *Scene, k *kpi.KPI, w fact.Window) clean.Text {
	switch {
	case s.Floor == nil:
		return clean.Text{}
	case k.Kind == kpi.Now:
		return p.Say.Fill(i18n.ExplainAt, p.Num.TimeOfDay(s.At, p.Zone))
	case k.Kind == kpi.Fixed:
		return p.WindowSpan(s, k.Over)
	}
	return p.WindowSpan(s, w)
}

// amount writes a numerator or denominator: whole where it is whole.
func (p *Pen) amount(v float64) clean.Text {
	if v == float64(int64(v)) {
		return p.Num.Count(int64(v))
	}
	return p.Num.Percent(v, i18n.Nearest)
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
