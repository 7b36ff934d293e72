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
	"wallboard/tui/text"
)

// Tile is one of the figures of the wall.
type Tile struct {
	KPI   string
	title i18n.ID
	rules []string // KPIs whose breaches belong to it
	worst bool     // the figure is that of the worst place, not a sum of all
	note  func(p *Pen, s *Scene) (clean.Text, screen.Style)
}

// Tiles returns the figures of the wall in reading order.
func Tiles() [layout.Figures]Tile {
	return [layout.Figures]Tile{
		{KPI: Waiting, title: i18n.TileWaiting, rules: []string{Waiting, WaitShare}, note: (*Pen).waitingTrend},
		{KPI: OldestWait, title: i18n.TileOldest, rules: []string{OldestWait, "oldest_wait"}, worst: true, note: (*Pen).oldestWhere},
		{KPI: ServiceLevel, title: i18n.TileServiceLevel, rules: []string{ServiceLevel, ServiceLevelLive}, note: (*Pen).liveServiceLevel},
		{KPI: Unanswered, title: i18n.TileUnanswered, rules: []string{Unanswered, UnansweredOldest, FRTp90}, note: (*Pen).frtNote},
		{KPI: SlotUtilization, title: i18n.TileSlots, rules: []string{SlotUtilization}, note: (*Pen).slotsNote},
		{KPI: AbandonRate, title: i18n.TileAbandoned, rules: []string{AbandonRate}, note: (*Pen).abandonedNote},
	}
}

// BigTile draws a figure in a box: digits rows high, the sign of its level
// beside them, a note below.
func (p *Pen) BigTile(c screen.Canvas, s *Scene, t Tile, digits int, f Focus) {
	in := p.Box(c, p.Say.Say(t.title), f)
	w, h := in.Size()
	if w < 4 || h < 1 || s.Row == nil {
		return
	}
	v, level, breach := p.tileValue(s, t)
	look := p.digitsLook(level, s)
	number := p.Figure(t.KPI, v)
	p.bigNumber(in, digits, number, p.tileUnit(t.KPI, v), look)
	if h <= digits {
		return
	}
	note := Row(in, h-1)
	if breach != nil {
		p.tileBreach(note, s, breach)
		return
	}
	line, noteLook := t.note(p, s)
	note.PrintFit(1, 0, w-2, line, noteLook, screen.Left)
}

// tileValue reads the tile's KPI, how it stands itself, and the loudest breach
// of its kind: a floor can be well where one of its queues is not.
func (p *Pen) tileValue(s *Scene, t Tile) (kpi.Value, metrics.Level, *metrics.Breach) {
	v := s.Read(t.KPI, s.Row, s.View.Window)
	if s.Stale() {
		return kpi.Value{}, metrics.LevelStale, nil
	}
	level := metrics.LevelOK
	if !v.OK {
		level = metrics.LevelUnknown
	}
	b := s.Worst(t.rules...)
	if b == nil {
		return v, level, nil
	}
	switch row := s.RowOf(b.Key); {
	case t.worst && b.KPI == t.KPI && row != nil: // number and place belong together
		return s.Read(t.KPI, row, s.View.Window), b.Level, b
	case b.Key == s.Row.Key:
		return v, b.Level, b
	}
	return v, level, b
}

// digitsLook colours big digits by level, not reversed: a wall of solid blocks
// cannot be read. The reversed word below says that it is critical.
func (p *Pen) digitsLook(l metrics.Level, s *Scene) screen.Style {
	switch {
	case s.Unsettled():
		return p.Look.Dim
	case l == metrics.LevelWarn, l == metrics.LevelCritical, l == metrics.LevelStale:
		return p.Graded(l).Without(screen.Reverse)
	}
	return p.Look.Digits
}

// bigNumber draws a number in the middle of the upper part of a tile, in the
// largest digits that fit.
func (p *Pen) bigNumber(c screen.Canvas, digits int, number, unit clean.Text, look screen.Style) {
	w, _ := c.Size()
	g := p.Look.Glyphs
	for _, rows := range [...]chart.Rows{chart.FiveRows, chart.ThreeRows} {
		if int(rows) > digits {
			continue
		}
		width := chart.BigWidth(number, rows, g)
		if width+2 > w {
			continue
		}
		room := text.Width(unit.String())
		x := max(1, (w-width-room-1)/2)
		y := (digits - int(rows)) / 2
		chart.BigDigits(c, x, y, rows, number, look, g)
		if x+width+1+room <= w {
			c.Print(x+width+1, y+int(rows)-1, unit, p.Look.Dim)
		}
		return
	}
	line := Row(c, digits/2)
	x := max(1, (w-text.Width(number.String())-text.Width(unit.String())-1)/2)
	x += line.Print(x, 0, number, look.With(screen.Bold))
	line.Print(x+1, 0, unit, p.Look.Dim)
}

// tileUnit returns what is written small beside the digits.
func (p *Pen) tileUnit(id string, v kpi.Value) clean.Text {
	k := kpi.Find(id)
	if !v.OK || k == nil || k.Unit != kpi.UnitPercent {
		return clean.Text{}
	}
	return clean.Own(string(k.Unit))
}

// tileBreach writes level and place: where the figure is out of bounds.
func (p *Pen) tileBreach(c screen.Canvas, s *Scene, b *metrics.Breach) {
	w, _ := c.Size()
	look := p.Graded(b.Level)
	glyph, _ := p.Look.Level(b.Level)
	c.Set(1, 0, glyph, look)
	c.Set(2, 0, ' ', look)
	x := 3 + c.Print(3, 0, p.LevelWord(b.Level), look)
	if room := w - x - 2; room > 3 {
		place := p.Place(s, b.Key)
		c.PrintFit(x+1, 0, min(room, text.Width(place.String())), place, p.Look.Text, screen.Left)
	}
}

// SmallTile draws a figure in one line: sign, label, value, note.
func (p *Pen) SmallTile(c screen.Canvas, s *Scene, t Tile, f Focus) {
	w, _ := c.Size()
	if s.Row == nil {
		return
	}
	v, level, b := p.tileValue(s, t)
	if sign := max(level, levelOf(b)); sign >= metrics.LevelWarn {
		p.Glyph(c, 0, 0, sign)
	}
	label := p.Look.Dim
	if f == Focused {
		label = p.Look.Accent.With(screen.Underline)
	}
	x := 2 + c.Print(2, 0, p.Say.Say(t.title), label) + 1
	look := p.digitsLook(level, s)
	if level == metrics.LevelCritical {
		look = p.Graded(level)
	}
	x += c.Print(x, 0, p.WithUnit(t.KPI, v), look) + 1
	note, noteLook := t.note(p, s)
	if need := text.Width(note.String()); !s.Stale() && x+need < w {
		c.Print(x, 0, note, noteLook)
	}
}

// levelOf returns the level of a breach, nothing where there is none.
func levelOf(b *metrics.Breach) metrics.Level {
	if b == nil {
		return metrics.LevelUnknown
	}
	return b.Level
}

// waitingTrend says by how much the queue changed in a quarter of an hour.
func (p *Pen) waitingTrend(s *Scene) (clean.Text, screen.Style) {
	const quarter = 15
	t := s.Row.Trend
	if t == nil || s.Stale() {
		return p.staleNote(s)
	}
	before := t.Waiting[metrics.TrendMinutes-1-quarter]
	if before < 0 {
		return clean.Text{}, p.Look.Dim
	}
	change := int64(s.Row.Now.Waiting - before)
	look, glyph := p.Look.Dim, p.Look.Glyphs.Flat
	switch {
	case change > 0:
		look, glyph = p.Look.Bad, p.Look.Glyphs.Up
	case change < 0:
		look, glyph = p.Look.Good, p.Look.Glyphs.Down
	}
	return p.Say.Fill(i18n.TileTrend, clean.Own(string(glyph)), p.Num.Signed(float64(change), i18n.Nearest)), look
}

// oldestWhere names the queue of the longest wait.
func (p *Pen) oldestWhere(s *Scene) (clean.Text, screen.Style) {
	if s.Stale() {
		return p.staleNote(s)
	}
	if s.Floor == nil || s.Row.Now.OldestTotalSince == 0 {
		return p.Say.Say(i18n.TileNobodyWaits), p.Look.Dim
	}
	for _, q := range s.Floor.Tables {
		if q.Row.Now.OldestTotalSince == s.Row.Now.OldestTotalSince && s.Shows(q) {
			return p.Place(s, q.Row.Key), p.Look.Dim
		}
	}
	return clean.Text{}, p.Look.Dim
}

func (p *Pen) liveServiceLevel(s *Scene) (clean.Text, screen.Style) {
	if s.Stale() {
		return p.staleNote(s)
	}
	return p.Say.Fill(i18n.TileLive, p.WithUnit(ServiceLevelLive, s.Read(ServiceLevelLive, s.Row, fact.Window15m))), p.Look.Dim
}

func (p *Pen) frtNote(s *Scene) (clean.Text, screen.Style) {
	if s.Stale() {
		return p.staleNote(s)
	}
	return p.Say.Fill(i18n.TileFRT, p.Figure(FRTp90, s.Read(FRTp90, s.Row, s.View.Window))), p.Look.Dim
}

func (p *Pen) slotsNote(s *Scene) (clean.Text, screen.Style) {
	if s.Stale() {
		return p.staleNote(s)
	}
	return p.Say.Fill(i18n.TileConcurrency, p.Figure(Concurrency, s.Read(Concurrency, s.Row, s.View.Window))), p.Look.Dim
}

func (p *Pen) abandonedNote(s *Scene) (clean.Text, screen.Style) {
	if s.Stale() {
		return p.staleNote(s)
	}
	v := s.Read(AbandonRate, s.Row, s.View.Window)
	return p.Say.Fill(i18n.TileOf, p.Num.Count(v.N)), p.Look.Dim
}

// staleNote restates how old the numbers are that the tile does not show.
func (p *Pen) staleNote(s *Scene) (clean.Text, screen.Style) {
	return p.Say.Fill(i18n.TileStale, p.Num.AgeWords(whole(s.At-s.Snapshot.Mark.Since))), p.Look.Stale
}
