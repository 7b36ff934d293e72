package panel

import (
	"wallboard/metrics"
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
		if s.Unsettled() {
			look = p.Look.Dim // nothing is judged yet
		}
		if x > 1 {
			c.Set(x+1, 0, p.Look.Glyphs.Dot, p.Look.Dim)
			x += 3
		}
		x += c.Print(x, 0, t, look)
	}
	if on := s.promotion(); on != nil {
		add(p.promotion(s, on), p.Look.Accent.With(screen.Bold))
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

// promotion returns the promotion that brings most to the scope on the screen.
func (s *Scene) promotion() *metrics.PromotionView {
	var on *metrics.PromotionView
	for i := range s.Snapshot.Promotions {
		p := &s.Snapshot.Promotions[i]
		scope := s.View.Scope
		if !p.Queue.Empty() && !scope.Queue.Empty() && p.Queue != scope.Queue {
			continue
		}
		if on == nil || p.Factor > on.Factor {
			on = p
		}
	}
	return on
}

// promotion writes what is on, how much it brings and until when.
func (p *Pen) promotion(s *Scene, on *metrics.PromotionView) clean.Text {
	name := on.Name
	if !on.Queue.Empty() {
		name = clean.Line(name.String() + " " + on.Queue.String())
	}
	until := p.Num.Minute(on.To, p.Zone)
	if on.To-s.At > 24*60*60*1000 {
		until = clean.Line(p.Num.Date(on.To, p.Zone).String() + " " + until.String())
	}
	return p.Say.Fill(i18n.FlowPromotion, p.Say.Plain(name), p.Num.Rate(on.Factor, i18n.Nearest), until)
}

// backlog says whether it grows, and how fast, or when it will be gone.
func (p *Pen) backlog(s *Scene) (clean.Text, screen.Style) {
	clears := s.Read(BurnDown, s.Row, fact.Window15m)
	switch {
	case s.Row.Now.Waiting == 0:
		return p.Say.Say(i18n.FlowNoBacklog), p.Look.Dim
	case clears.OK && clears.V >= 0:
		return p.Say.Fill(i18n.FlowClears, p.Num.Words(clears.V*60, i18n.Up)), p.Look.Text
	case clears.Note != kpi.NoteGrows:
		return clean.Text{}, p.Look.Text
	}
	// What grows is in less out, as the line itself says; that people answer
	// fewer than come is hidden where the others give up.
	if net := s.Read(NetFlow, s.Row, fact.Window15m); net.OK && net.V > 0 {
		return p.Say.Fill(i18n.FlowGrows, p.Num.Rate(net.V, i18n.Up)), p.Look.Bad
	}
	if clears.Num > 0 {
		return p.Say.Say(i18n.FlowGiveUp), p.Look.Bad
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
