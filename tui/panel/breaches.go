package panel

import (
	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/kpi"
	"wallboard/tui/i18n"
	"wallboard/tui/layout"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// Breaches draws the loudest breaches, one a row, in as many rows as there are;
// the last row says how many more there are. With none it says so, once.
func (p *Pen) Breaches(c screen.Canvas, s *Scene) {
	w, h := c.Size()
	if h == 0 {
		return
	}
	if len(s.Breaches) == 0 {
		p.allWell(Row(c, 0), s)
		return
	}
	shown := len(s.Breaches)
	if shown > h {
		shown = h - 1
	}
	if shown == 0 {
		shown = 1 // one row: the loudest itself says more than how many there are
	}
	for i := range shown {
		p.Breach(c.Sub(layout.Rect{Y: i, W: w, H: 1}), s, s.Breaches[i])
	}
	if rest := s.Breaches[shown:]; len(rest) > 0 && h > 1 {
		p.moreBreaches(Row(c, shown), s, rest)
	}
}

// allWell is the calm line: nothing is out of bounds.
func (p *Pen) allWell(c screen.Canvas, s *Scene) {
	if s.Floor == nil || s.Stale() || s.Unsettled() {
		return
	}
	p.Glyph(c, 1, 0, metrics.LevelOK)
	c.Print(3, 0, p.Say.Count(i18n.AllWell, int64(len(s.Floor.Tables)), p.Num.Count(int64(len(s.Floor.Tables)))), p.Look.Dim)
}

// moreBreaches names in one line those that have no line of their own.
func (p *Pen) moreBreaches(c screen.Canvas, s *Scene, rest []*metrics.Breach) {
	w, _ := c.Size()
	x := 2 + c.Print(2, 0, p.Say.Fill(i18n.MoreBreaches, p.Num.Count(int64(len(rest)))), p.Look.Dim)
	for i, b := range rest {
		place, name := p.Place(s, b.Key), p.KPIName(b.KPI)
		need := 6 + text.Width(place.String()) + text.Width(name.String())
		if x+need > w && i > 0 {
			c.Set(min(x+1, w-1), 0, p.Look.Lines.Ellipsis, p.Look.Dim)
			return
		}
		p.Glyph(c, x+2, 0, b.Level)
		x += 4 + c.Print(x+4, 0, place, p.Look.Text)
		x += 1 + c.Print(x+1, 0, name, p.Look.Dim)
	}
}

// Breach draws one: sign and word, where, what and how far out, for how long,
// what to do, who has it.
func (p *Pen) Breach(c screen.Canvas, s *Scene, b *metrics.Breach) {
	w, _ := c.Size()
	loud := p.Graded(b.Level)
	switch {
	case s.Stale():
		loud = p.Look.Stale // rules are frozen: this was so when the numbers stopped
	case !b.AckedBy.Empty(), b.State == metrics.BreachRecovering:
		loud = loud.Without(screen.Reverse) // somebody has it, or it is going: still there, less loud
	}
	glyph, _ := p.Look.Level(b.Level)
	x := 1
	word := p.LevelWord(b.Level)
	width := 2 + p.levelWidth()
	c.Sub(layout.Rect{X: x, W: width + 2, H: 1}).Fill(' ', loud)
	c.Set(x+1, 0, glyph, loud)
	c.Print(x+3, 0, word, loud)
	x += width + 3
	owner := p.owner(b)
	end := w - 1
	if room := text.Width(owner.String()); end-room > x+40 {
		look := p.Look.Dim
		if b.AckedBy.Empty() {
			look = p.Look.Text
		}
		c.PrintRight(end, 0, owner, look)
		end -= room + 2
	}
	body := c.Sub(layout.Rect{W: end, H: 1})
	place := max(10, min(24, w/6))
	body.PrintFit(x, 0, min(place, max(0, end-x)), p.Place(s, b.Key), p.Look.Text.With(screen.Bold), screen.Left)
	x += place + 1
	x += body.Print(x, 0, p.KPIName(b.KPI), p.Look.Text) + 1
	if out := p.breachValue(b); !out.Empty() && !s.Stale() {
		x += body.Print(x, 0, out, loud.Without(screen.Reverse).With(screen.Bold)) + 1
	}
	x += body.Print(x, 0, p.Say.Fill(i18n.BreachFor, p.Num.Words(float64(s.At-b.FiringSince)/1000, i18n.Down)), p.Look.Dim) + 1
	if b.State == metrics.BreachRecovering {
		x += body.Print(x, 0, p.Say.Say(i18n.BreachRecovering), p.Look.OK) + 1
	}
	advice := p.Say.Pick(b.AdviceEN, b.AdviceZH)
	if room := end - x - 2; !advice.Empty() && room >= 12 {
		body.Set(x, 0, p.Look.Glyphs.Dash, p.Look.Dim)
		body.PrintFit(x+2, 0, min(room, text.Width(advice.String())), advice, p.Look.Text, screen.Left)
	}
}

// levelWidth is the width of the widest level word that a breach line shows.
func (p *Pen) levelWidth() int {
	return max(text.Width(p.LevelWord(metrics.LevelWarn).String()), text.Width(p.LevelWord(metrics.LevelCritical).String()))
}

// owner writes who has the breach.
func (p *Pen) owner(b *metrics.Breach) clean.Text {
	if b.AckedBy.Empty() {
		return p.Say.Say(i18n.Unacked)
	}
	return p.Say.Fill(i18n.AckedBy, b.AckedBy)
}

// beyond returns on which side of its limit the value is, empty where it is on
// the good one.
func beyond(b *metrics.Breach) string {
	direction := kpi.Neutral
	if k := kpi.Find(b.KPI); k != nil {
		direction = k.Direction
	}
	switch {
	case b.Value > b.Limit && direction != kpi.More:
		return ">"
	case b.Value < b.Limit && direction != kpi.Less:
		return "<"
	}
	return ""
}

// breachValue writes how far out it is: 6:12 > 5:00, 76.4 % < 80 %. A flag has
// no value: being there is all it says.
func (p *Pen) breachValue(b *metrics.Breach) clean.Text {
	if p.isFlag(b.KPI) {
		return clean.Text{}
	}
	value, limit := p.quantity(b.KPI, b.Value), p.quantity(b.KPI, b.Limit)
	switch sign := beyond(b); sign {
	case "":
		return p.Say.Fill(i18n.BreachBack, value, limit) // on the way back, not there yet
	default:
		return clean.Line(value.String() + " " + sign + " " + limit.String())
	}
}
