package panel

import (
	"strings"

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

// silenced says how many breaches are silenced.
func (p *Pen) silenced(s *Scene) clean.Text {
	return p.Say.Count(i18n.SilencedCount, int64(s.Silenced), p.Num.Count(int64(s.Silenced)))
}

// Breach draws one as a notice.
func (p *Pen) Breach(c screen.Canvas, s *Scene, b *metrics.Breach) { p.Notice(c, s, Notice{Breach: b}) }

// Notice draws a breach: sign and word, where, what and how far out, for how
// long, what to do, who has it. A second line takes what to do, so that neither
// is cut.
func (p *Pen) Notice(c screen.Canvas, s *Scene, n Notice) {
	w, h := c.Size()
	b := n.Breach
	x := p.badge(c, s, b)
	owner := p.Owner(s, b)
	nobodys := taken(b) == 0 && !Silenced(b, s.At)
	end := w - 1
	// One narrow line that says who has it says what to do instead while nobody has.
	if room := text.Width(owner.String()); end-room > x+30 && (!nobodys || w >= wideLine || h > 1) {
		look := p.Look.Dim
		if nobodys {
			look = p.Look.Text
		}
		c.PrintRight(end, 0, owner, look)
		end -= room + 2
	}
	body := c.Sub(layout.Rect{W: end, H: 1})
	place := placeCells(w)
	body.PrintFit(x, 0, min(place, max(0, end-x)), p.Whose(s, n), p.Look.Text.With(screen.Bold), screen.Left)
	at := x
	x += place + 1
	x += body.Print(x, 0, p.KPIName(b.KPI), p.Look.Text) + 1
	if out := p.breachValue(b); !out.Empty() && !s.Stale() {
		x += body.Print(x, 0, out, p.valueLook(s, b)) + 1
	}
	since := p.since(s, b)
	if h < 2 && w < wideLine {
		n.Others = 0 // what to do says more
	}
	if h < 2 {
		p.todo(body, p.course(body, x+body.Print(x, 0, since, p.Look.Dim)+1, n), b)
		return
	}
	second := c.Sub(layout.Rect{X: at, Y: 1, W: max(0, w-1-at), H: 1})
	if x+text.Width(since.String()) <= end {
		p.course(body, x+body.Print(x, 0, since, p.Look.Dim)+1, n)
		p.todo(second, 0, b)
		return
	}
	// How long it lasts is never cut: it begins the second line instead.
	p.todo(second, second.Print(0, 0, since, p.Look.Dim)+1, b)
}

// badge draws the sign and the word of a breach's level and returns the column
// after it.
func (p *Pen) badge(c screen.Canvas, s *Scene, b *metrics.Breach) int {
	loud := p.loudness(s, b)
	glyph, _ := p.Look.Level(b.Level)
	word, look := p.LevelWord(b.Level), loud
	if recovers(s, b) {
		word, look = p.Say.Say(i18n.BadgeRecovers), p.Look.Dim
	}
	const x = 1
	width := 2 + p.levelWidth()
	c.Sub(layout.Rect{X: x, W: width + 2, H: 1}).Fill(' ', loud)
	c.Set(x+1, 0, glyph, loud)
	c.Print(x+3, 0, word, look)
	return x + width + 3
}

// recovers says whether a breach is on its way back, as far as is known.
func recovers(s *Scene, b *metrics.Breach) bool {
	return b.State == metrics.BreachRecovering && !s.Stale()
}

// valueLook is how the value of a breach looks: one that is back is not coloured.
func (p *Pen) valueLook(s *Scene, b *metrics.Breach) screen.Style {
	if recovers(s, b) {
		return p.Look.Text
	}
	return p.loudness(s, b).Without(screen.Reverse).With(screen.Bold)
}

// since writes for how long a breach fires, or after how long it is on its way
// back.
func (p *Pen) since(s *Scene, b *metrics.Breach) clean.Text {
	if recovers(s, b) {
		return p.Say.Fill(i18n.BreachAfter, p.lasted(s, b))
	}
	return p.Say.Fill(i18n.BreachFor, p.lasted(s, b))
}

// course says what else its place has, or that a breach comes and goes, and
// returns the column after it.
func (p *Pen) course(c screen.Canvas, x int, n Notice) int {
	if n.Others > 0 {
		x += c.Print(x, 0, p.others(n), p.Look.Text) + 1
	}
	if b := n.Breach; Flaps(b) && b.State != metrics.BreachRecovering {
		return x + c.Print(x, 0, p.Say.Fill(i18n.BreachFlapping, p.Num.Count(int64(b.Flaps))), p.Look.Dim) + 1
	}
	return x
}

// Flaps says whether a breach comes and goes: one return is none yet.
func Flaps(b *metrics.Breach) bool { return b.Flaps > 1 }

// todo writes why it fires, where the limit moves, and what to do: the advice as
// far as it goes, the reason whole or not at all.
func (p *Pen) todo(c screen.Canvas, x int, b *metrics.Breach) {
	if b.State == metrics.BreachRecovering {
		return // it mends itself
	}
	w, _ := c.Size()
	advice, reason := p.Say.Pick(b.AdviceEN, b.AdviceZH), p.Say.Pick(b.ReasonEN, b.ReasonZH)
	if advice.Empty() {
		advice, reason = reason, clean.Text{}
	}
	room := w - x - 2
	if room < 12 || advice.Empty() {
		return
	}
	c.Set(x, 0, p.Look.Glyphs.Dash, p.Look.Dim)
	x += 2
	if need := text.Width(reason.String()); need > 0 && need+3+text.Width(advice.String()) <= room {
		x += c.Print(x, 0, reason, p.Look.Dim) + 1
		c.Set(x, 0, p.Look.Glyphs.Dot, p.Look.Dim)
		x += 2
	}
	advice = clause(advice, w-x)
	c.PrintFit(x, 0, min(w-x, text.Width(advice.String())), advice, p.Look.Text, screen.Left)
}

// clause returns as many whole clauses of a piece of advice as fit into w cells,
// all of it where not even the first does: half a sentence that ends says more
// than a whole one that breaks off.
func clause(t clean.Text, w int) clean.Text {
	s := t.String()
	if text.Width(s) <= w {
		return t
	}
	best := ""
	for i, r := range s {
		if strings.ContainsRune(",;:，；：。", r) && text.Width(s[:i]) <= w {
			best = s[:i]
		}
	}
	if best == "" {
		return t
	}
	return clean.Own(best)
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
	return p.Num.Words(float64(max(0, s.At-b.FiringSince))/1000, i18n.Down)
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
