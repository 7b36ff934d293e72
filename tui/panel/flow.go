package panel

import (
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
	"wallboard/tui/i18n"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// Flow draws in one line where the floor is going: in and out, whether the
// backlog grows or clears, what the next customer waits, who is short.
func (p *Pen) Flow(c screen.Canvas, s *Scene) {
	if s.Row == nil || s.Stale() {
		return
	}
	w, _ := c.Size()
	x := 1
	add := func(t clean.Text, look screen.Style) {
		need := text.Width(t.String())
		if t.Empty() || x+need+3 > w {
			return
		}
		if x > 1 {
			c.Set(x+1, 0, p.Look.Glyphs.Dot, p.Look.Dim)
			x += 3
		}
		x += c.Print(x, 0, t, look)
	}
	in, out := s.Read(Inflow, s.Row, fact.Window15m), s.Read(Outflow, s.Row, fact.Window15m)
	add(p.Say.Fill(i18n.FlowInOut, p.Figure(Inflow, in), p.Figure(Outflow, out)), p.Look.Text)
	add(p.backlog(s))
	add(p.nextWaits(s))
	add(p.peopleShort(s))
	if n := s.Row.Now.SkillGap; n > 0 {
		add(p.Say.Count(i18n.FlowSkillGap, int64(n), p.Num.Count(int64(n))), p.Look.Warn)
	}
	if n := s.Row.Now.CallbacksOverdue; n > 0 {
		add(p.Say.Count(i18n.FlowCallbacks, int64(n), p.Num.Count(int64(n))), p.Look.Warn)
	}
}

// backlog says whether it grows, and how fast, or when it will be gone.
func (p *Pen) backlog(s *Scene) (clean.Text, screen.Style) {
	clears := s.Read(BurnDown, s.Row, fact.Window15m)
	switch {
	case s.Row.Now.Waiting == 0:
		return p.Say.Say(i18n.FlowNoBacklog), p.Look.Dim
	case clears.OK && clears.V >= 0:
		return p.Say.Fill(i18n.FlowClears, p.Num.Words(clears.V*60, i18n.Up)), p.Look.Text
	case clears.Note == kpi.NoteGrows && clears.Num > 0:
		return p.Say.Fill(i18n.FlowGrows, p.Num.Rate(clears.Num, i18n.Up)), p.Look.Bad
	}
	return clean.Text{}, p.Look.Text
}

func (p *Pen) nextWaits(s *Scene) (clean.Text, screen.Style) {
	v := s.Read(ExpectedWait, s.Row, fact.Window15m)
	if !v.OK {
		return clean.Text{}, p.Look.Text
	}
	return p.Say.Fill(i18n.FlowNext, p.Num.Clock(v.V, i18n.Up)), p.Graded(s.Level(s.Row, ExpectedWait))
}

// peopleShort says how many more people the floor needs than it has.
func (p *Pen) peopleShort(s *Scene) (clean.Text, screen.Style) {
	gap := s.Read(StaffingGap, s.Row, fact.Window15m)
	if !gap.OK || gap.V >= 0 {
		return clean.Text{}, p.Look.Text
	}
	short := p.Num.Whole(-gap.V, i18n.Up)
	return p.Say.Fill(i18n.FlowShort, short), p.Look.Bad
}

// lineFigure is one figure of the one-line mode.
type lineFigure struct{ label, value clean.Text }

func (p *Pen) lineFigures(s *Scene) []lineFigure {
	if s.Row == nil {
		return nil
	}
	out := make([]lineFigure, 0, 5)
	for _, f := range [...]struct {
		label i18n.ID
		kpi   string
		w     fact.Window
	}{
		{i18n.LineWaiting, Waiting, s.View.Window}, {i18n.LineServiceLevel, ServiceLevel, s.View.Window},
		{i18n.LineFRT, FRTp90, s.View.Window}, {i18n.LineSlots, SlotUtilization, s.View.Window}, {i18n.LineAbandoned, AbandonRate, s.View.Window},
	} {
		v := s.Read(f.kpi, s.Row, f.w)
		v.OK = v.OK && !s.Stale()
		out = append(out, lineFigure{p.Say.Say(f.label), p.WithUnit(f.kpi, v)})
	}
	return out
}
