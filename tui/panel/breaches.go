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

// flashFor is how long, in ms, a critical breach that nobody has flashes after
// it begins or escalates. A wall that flashes for hours is not looked at.
const flashFor = 60_000

// wideLine is from how many cells a notice has room for everything.
const wideLine = 100

// Breaches draws the loudest breaches, one a row, in as many rows as there are;
// the last row says how many more there are. Silenced ones take no row and are
// counted. With none at all it says so, once.
func (p *Pen) Breaches(c screen.Canvas, s *Scene) {
	w, h := c.Size()
	if h == 0 {
		return
	}
	if len(s.Notices) == 0 {
		p.allWell(Row(c, 0), s)
		return
	}
	shown := len(s.Notices)
	if shown > h {
		shown = h - 1
	}
	if shown == 0 {
		shown = 1 // one row: the loudest itself says more than how many there are
	}
	for i := range shown {
		p.Notice(c.Sub(layout.Rect{Y: i, W: w, H: 1}), s, s.Notices[i])
	}
	if h <= 1 || h == shown {
		return
	}
	last := Row(c, shown)
	if s.Silenced > 0 {
		quiet := p.silenced(s)
		end := w - 1
		last.PrintRight(end, 0, quiet, p.Look.Dim)
		last = last.Sub(layout.Rect{W: end - text.Width(quiet.String()) - 2, H: 1})
	}
	if rest := s.Notices[shown:]; len(rest) > 0 {
		p.moreBreaches(last, s, rest)
	}
}

// silenced says how many breaches are silenced.
func (p *Pen) silenced(s *Scene) clean.Text {
	return p.Say.Count(i18n.SilencedCount, int64(s.Silenced), p.Num.Count(int64(s.Silenced)))
}

// allWell is the calm line: nothing is out of bounds, or only what somebody
// silenced.
func (p *Pen) allWell(c screen.Canvas, s *Scene) {
	if s.Floor == nil || s.Stale() || s.Unsettled() {
		return
	}
	if s.Silenced > 0 {
		p.Glyph(c, 1, 0, s.Breaches[0].Level)
		c.Print(3, 0, p.Say.Count(i18n.OnlySilenced, int64(s.Silenced), p.Num.Count(int64(s.Silenced))), p.Look.Dim)
		return
	}
	p.Glyph(c, 1, 0, metrics.LevelOK)
	c.Print(3, 0, p.Say.Count(i18n.AllWell, int64(len(s.Floor.Tables)), p.Num.Count(int64(len(s.Floor.Tables)))), p.Look.Dim)
}

// moreBreaches names in one line those that have no line of their own.
func (p *Pen) moreBreaches(c screen.Canvas, s *Scene, rest []Notice) {
	w, _ := c.Size()
	x := 2 + c.Print(2, 0, p.Say.Fill(i18n.MoreBreaches, p.Num.Count(int64(len(rest)))), p.Look.Dim)
	for i, n := range rest {
		place, name := p.Whose(s, n), p.KPIName(n.KPI)
		need := 6 + text.Width(place.String()) + text.Width(name.String())
		if x+need > w && i > 0 {
			c.Set(min(x+1, w-1), 0, p.Look.Lines.Ellipsis, p.Look.Dim)
			return
		}
		p.Glyph(c, x+2, 0, n.Level)
		x += 4 + c.Print(x+4, 0, place, p.Look.Text)
		x += 1 + c.Print(x+1, 0, name, p.Look.Dim)
	}
}

// Breach draws one as a notice.
func (p *Pen) Breach(c screen.Canvas, s *Scene, b *metrics.Breach) { p.Notice(c, s, Notice{Breach: b}) }

// Notice draws a breach in one line: sign and word, where, what and how far
// out, for how long, what to do, who has it.
func (p *Pen) Notice(c screen.Canvas, s *Scene, n Notice) {
	w, _ := c.Size()
	b, loud := n.Breach, p.loudness(s, n.Breach)
	glyph, _ := p.Look.Level(b.Level)
	x := 1
	width := 2 + p.levelWidth()
	c.Sub(layout.Rect{X: x, W: width + 2, H: 1}).Fill(' ', loud)
	c.Set(x+1, 0, glyph, loud)
	c.Print(x+3, 0, p.LevelWord(b.Level), loud)
	x += width + 3
	owner := p.Owner(s, b)
	nobodys := taken(b) == 0 && !Silenced(b, s.At)
	end := w - 1
	// A narrow line that says who has it says what to do instead while nobody has.
	if room := text.Width(owner.String()); end-room > x+40 && (!nobodys || w >= wideLine) {
		look := p.Look.Dim
		if nobodys {
			look = p.Look.Text
		}
		c.PrintRight(end, 0, owner, look)
		end -= room + 2
	}
	body := c.Sub(layout.Rect{W: end, H: 1})
	place := max(10, min(24, w/6))
	body.PrintFit(x, 0, min(place, max(0, end-x)), p.Whose(s, n), p.Look.Text.With(screen.Bold), screen.Left)
	x += place + 1
	x += body.Print(x, 0, p.KPIName(b.KPI), p.Look.Text) + 1
	if out := p.breachValue(b); !out.Empty() && !s.Stale() {
		x += body.Print(x, 0, out, loud.Without(screen.Reverse).With(screen.Bold)) + 1
	}
	x += body.Print(x, 0, p.Say.Fill(i18n.BreachFor, p.lasted(s, b)), p.Look.Dim) + 1
	if b.State == metrics.BreachRecovering {
		x += body.Print(x, 0, p.Say.Say(i18n.BreachRecovering), p.Look.OK) + 1
	} else if Flaps(b) {
		x += body.Print(x, 0, p.Say.Fill(i18n.BreachFlapping, p.Num.Count(int64(b.Flaps))), p.Look.Dim) + 1
	}
	p.todo(body, x, b)
}

// fewestCells is with how many cells a piece of advice still says something.
const fewestCells = 24

// Flaps says whether a breach comes and goes: one return is none yet.
func Flaps(b *metrics.Breach) bool { return b.Flaps > 1 }

// todo writes why it fires, where the limit moves, and what to do: the reason
// whole or not at all, the advice as far as it goes.
func (p *Pen) todo(c screen.Canvas, x int, b *metrics.Breach) {
	w, _ := c.Size()
	advice, reason := p.Say.Pick(b.AdviceEN, b.AdviceZH), p.Say.Pick(b.ReasonEN, b.ReasonZH)
	room := w - x - 2
	if room < 12 || advice.Empty() && reason.Empty() {
		return
	}
	c.Set(x, 0, p.Look.Glyphs.Dash, p.Look.Dim)
	x += 2
	switch need := text.Width(reason.String()); {
	case reason.Empty(), need > room:
	case advice.Empty(), room-need-3 < min(fewestCells, text.Width(advice.String())):
		c.Print(x, 0, reason, p.Look.Text)
		return
	default:
		x += c.Print(x, 0, reason, p.Look.Text) + 1
		c.Set(x, 0, p.Look.Glyphs.Dot, p.Look.Dim)
		x += 2
	}
	if advice.Empty() {
		advice = reason
	}
	c.PrintFit(x, 0, min(w-x, text.Width(advice.String())), advice, p.Look.Text, screen.Left)
}

// loudness is how a breach's badge looks. One that is new, critical and
// nobody's flashes once a second; one that somebody has is calm.
func (p *Pen) loudness(s *Scene, b *metrics.Breach) screen.Style {
	loud := p.Graded(b.Level)
	calm := Calm(s, b)
	switch {
	case s.Stale():
		return p.Look.Stale // rules are frozen: this was so when the numbers stopped
	case calm, p.flashes(s, b) && s.Wall/1000%2 == 1:
		return loud.Without(screen.Reverse) // still there, less loud
	}
	return loud
}

// Calm says whether a breach is drawn without reverse video: somebody has it,
// silenced it, or it is on its way back.
func Calm(s *Scene, b *metrics.Breach) bool {
	return taken(b) == 1 || Silenced(b, s.At) || b.State == metrics.BreachRecovering
}

func (p *Pen) flashes(s *Scene, b *metrics.Breach) bool {
	return b.Level == metrics.LevelCritical && s.At-b.FiringSince < flashFor && s.HeldAt == 0 && !s.Replay()
}

// lasted writes for how long a breach fires.
func (p *Pen) lasted(s *Scene, b *metrics.Breach) clean.Text {
	return p.Num.Words(float64(s.At-b.FiringSince)/1000, i18n.Down)
}

// levelWidth is the width of the widest level word that a breach line shows.
func (p *Pen) levelWidth() int {
	return max(text.Width(p.LevelWord(metrics.LevelWarn).String()), text.Width(p.LevelWord(metrics.LevelCritical).String()))
}

// Owner writes who has the breach, or until when somebody silenced it.
func (p *Pen) Owner(s *Scene, b *metrics.Breach) clean.Text {
	switch {
	case Silenced(b, s.At):
		return p.Say.Fill(i18n.SilencedTo, p.Num.Minute(b.SilencedUntil, p.Zone))
	case b.AckedBy.Empty():
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
	if IsFlag(b.KPI) {
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
