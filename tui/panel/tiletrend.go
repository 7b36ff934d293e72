package panel

import (
	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
	"wallboard/tui/chart"
	"wallboard/tui/i18n"
	"wallboard/tui/layout"
	"wallboard/tui/screen"
)

// quarterHour is how far back a trend looks, in minutes.
const quarterHour = 15

// changed is by how much the queue changed in a quarter of an hour, false where
// it is not known.
func (s *Scene) changed() (int64, bool) {
	t := s.Row.Trend
	if t == nil || s.Stale() {
		return 0, false
	}
	before := t.Waiting[metrics.TrendMinutes-1-quarterHour]
	return int64(s.Row.Now.Waiting - before), before >= 0
}

// moved writes a change with its arrow, good or bad by the direction of a KPI.
func (p *Pen) moved(id string, change float64, written clean.Text) (clean.Text, screen.Style) {
	direction := kpi.Neutral
	if k := kpi.Find(id); k != nil {
		direction = k.Direction
	}
	look, glyph := p.Look.Dim, p.Look.Glyphs.Flat
	switch {
	case change > 0:
		glyph = p.Look.Glyphs.Up
	case change < 0:
		glyph = p.Look.Glyphs.Down
	}
	switch worse := change > 0; {
	case change == 0 || direction != kpi.Less && direction != kpi.More:
	case worse == (direction == kpi.Less):
		look = p.Look.Bad
	default:
		look = p.Look.Good
	}
	return clean.Line(string(glyph) + " " + written.String()), look
}

// waitingChange writes how the queue changed: ↑ +12.
func (p *Pen) waitingChange(s *Scene) (clean.Text, screen.Style) {
	change, known := s.changed()
	if !known {
		return clean.Text{}, p.Look.Dim
	}
	return p.moved(Waiting, float64(change), p.Num.Signed(float64(change), i18n.Nearest))
}

// lately returns a trend: how a KPI is in the last quarter of an hour against
// the window on the screen.
func lately(recent, over string) func(p *Pen, s *Scene) (clean.Text, screen.Style) {
	return func(p *Pen, s *Scene) (clean.Text, screen.Style) {
		if s.View.Window == fact.Window15m {
			return clean.Text{}, p.Look.Dim
		}
		now, usual := s.Read(recent, s.Row, fact.Window15m), s.Read(over, s.Row, s.View.Window)
		if !now.OK || !usual.OK {
			return clean.Text{}, p.Look.Dim
		}
		change := now.V - usual.V
		written := p.Change(over, change)
		if k := kpi.Find(over); k != nil && p.Change(over, 0) == written {
			change = 0
		}
		return p.moved(over, change, written)
	}
}

// waitingGauge draws the queue of the last hour.
func (p *Pen) waitingGauge(c screen.Canvas, s *Scene, l metrics.Level) { p.spark(c, s.Row, l) }

// mostWait names the queue in which most wait.
func (p *Pen) mostWait(s *Scene) clean.Text {
	var most *metrics.QueueView
	for _, q := range s.Floor.Tables {
		if s.Shows(q) && q.Row.Now.Waiting > 0 && (most == nil || q.Row.Now.Waiting > most.Row.Now.Waiting) {
			most = q
		}
	}
	if most == nil {
		return p.Say.Say(i18n.TileNobodyWaits)
	}
	return clean.Line(p.Place(s, most.Row.Key).String() + " " + p.Num.Count(int64(most.Row.Now.Waiting)).String())
}

// percentGauge returns a bar of a percentage, a third of a row high where there
// are such glyphs: it stands below digits, and must not run into them.
func percentGauge(id string) func(p *Pen, c screen.Canvas, s *Scene, l metrics.Level) {
	return func(p *Pen, c screen.Canvas, s *Scene, l metrics.Level) {
		v := s.Read(id, s.Row, s.View.Window)
		if !v.OK {
			return
		}
		w, _ := c.Size()
		look := p.Look.Band
		if l >= metrics.LevelWarn {
			look = p.Graded(l).Without(screen.Reverse | screen.Bold)
		}
		p.thinBar(c.Sub(layout.Rect{W: w, H: 1}), v.V/100, look)
	}
}

// thinBar draws a share in [0,1] a third of a row high, so that bars above one
// another do not run into a block.
func (p *Pen) thinBar(c screen.Canvas, share float64, look screen.Style) {
	w, _ := c.Size()
	g := p.Look.Glyphs
	if g.UpperHalf == 0 {
		chart.Bar(c, 0, 0, w, share, look, p.Look.BarEmpty, g)
		return
	}
	full := int(max(0, min(share, 1))*float64(w) + .5)
	if share > 0 {
		full = max(full, 1)
	}
	for x := range w {
		if x < full {
			c.Set(x, 0, g.Spark[2], look)
		} else {
			c.Set(x, 0, g.Spark[0], p.Look.Dim)
		}
	}
}

// targetNote returns a note that says what a KPI is held against.
func targetNote(id string) func(p *Pen, s *Scene) (clean.Text, screen.Style) {
	return func(p *Pen, s *Scene) (clean.Text, screen.Style) {
		if s.Stale() {
			return p.staleNote(s)
		}
		if k := kpi.Find(id); k != nil && s.Row != nil {
			if t, has := s.Target(k, s.Row.Key); has {
				return p.Say.Fill(i18n.TileTarget, p.Target(k, t)), p.Look.Dim
			}
		}
		return clean.Text{}, p.Look.Dim
	}
}

// leastDigits is what a figure that fills its tile keeps room for, so that its
// size does not change with every digit that comes or goes.
const leastDigits = "88.8"

// FullTile draws a figure as large as its box is: the number, below it sign and
// word with the place and for how long, and the gauge or what explains it.
func (p *Pen) FullTile(c screen.Canvas, s *Scene, t Tile, f Focus) {
	_, rows := c.Size()
	v, level, breach := kpi.Value{}, metrics.LevelUnknown, (*metrics.Breach)(nil)
	if s.Row != nil {
		v, level, breach = p.tileValue(s, t)
	}
	title, unit := p.tileTitle(t), p.tileUnit(t.KPI, v)
	if !unit.Empty() {
		title = clean.Line(title.String() + ", " + unit.String())
	}
	in := p.Panel(c, title, f, rows >= 7)
	w, h := in.Size()
	if w < 4 || h < 1 || s.Row == nil {
		return
	}
	if rows >= 7 {
		p.tileEdges(c, s, t, breach)
	}
	below := 0
	if h >= 5 {
		below = 1
	}
	p.fill(in.Sub(layout.Rect{W: w, H: h - below}), p.Figure(t.KPI, v), p.digitsLook(level, s))
	if below > 0 {
		p.tileState(Row(in, h-1), s, t, level, breach)
	}
}

// fill draws a number as large as fits, in the middle; what the big characters
// lack, or where there is no room for them, as text.
func (p *Pen) fill(c screen.Canvas, number clean.Text, look screen.Style) {
	w, h := c.Size()
	g := p.Look.Glyphs
	room := number
	if len(number.String()) < len(leastDigits) {
		room = clean.Own(leastDigits)
	}
	scale, fits := chart.LargestScale(room, w-2, h, g)
	if !fits || !chart.CanBeBig(number) {
		Row(c, h/2).PrintFit(1, 0, w-2, number, look.With(screen.Bold), screen.Center)
		return
	}
	chart.Scaled(c, (w-chart.ScaledWidth(number, scale))/2, (h-scale.Rows())/2, scale, number, look, g)
}

// HeadTile draws a figure without a box: title and place, below them the digits.
func (p *Pen) HeadTile(c screen.Canvas, s *Scene, t Tile, digits int, f Focus) {
	w, h := c.Size()
	if s.Row == nil || h < 1 {
		return
	}
	v, level, b := p.tileValue(s, t)
	head := Row(c, 0)
	x := 1 + head.Print(1, 0, p.tileTitle(t), p.labelLook(f)) + 1
	if !s.Unsettled() {
		p.tileWord(head, x, s, max(level, levelOf(b)), b)
	}
	below := c.Sub(layout.Rect{Y: 1, W: w - 1, H: h - 1})
	p.bigNumber(below, digits, p.bigForms(t.KPI, v), p.tileUnit(t.KPI, v), p.digitsLook(level, s))
}

// labelLook is the look of a figure's label without a box.
func (p *Pen) labelLook(f Focus) screen.Style {
	if f == Focused {
		return p.Look.Accent.With(screen.Underline)
	}
	return p.Look.Dim
}
