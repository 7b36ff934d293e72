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
	title i18n.ID  // empty: the KPI's name
	rules []string // KPIs whose breaches belong to it
	worst bool     // the figure is that of the worst place, not a sum of all
	note  func(p *Pen, s *Scene) (clean.Text, screen.Style)
	trend func(p *Pen, s *Scene) (clean.Text, screen.Style) // nil: it has none
	gauge func(p *Pen, c screen.Canvas, s *Scene, l metrics.Level)
	where func(p *Pen, s *Scene) clean.Text // where most of it is while nothing is out of bounds; nil: the note says enough
}

// Tiles returns the six figures of the wall in reading order.
func Tiles() []Tile {
	return []Tile{
		{KPI: Waiting, title: i18n.TileWaiting, rules: []string{Waiting, WaitShare}, note: (*Pen).waitingTrend, trend: (*Pen).waitingChange, gauge: (*Pen).waitingGauge, where: (*Pen).mostWait},
		{KPI: OldestWait, title: i18n.TileOldest, rules: []string{OldestWait, "oldest_wait"}, worst: true, note: (*Pen).oldestWhere},
		{KPI: ServiceLevel, title: i18n.TileServiceLevel, rules: []string{ServiceLevel, ServiceLevelLive}, note: (*Pen).liveServiceLevel, trend: lately(ServiceLevelLive, ServiceLevel), gauge: percentGauge(ServiceLevel)},
		{KPI: Unanswered, title: i18n.TileUnanswered, rules: []string{Unanswered, UnansweredOldest, FRTp90}, note: (*Pen).frtNote},
		{KPI: SlotUtilization, title: i18n.TileSlots, rules: []string{SlotUtilization}, note: (*Pen).slotsNote, gauge: percentGauge(SlotUtilization)},
		{KPI: AbandonRate, title: i18n.TileAbandoned, rules: []string{AbandonRate}, note: (*Pen).abandonedNote, trend: lately(AbandonRate, AbandonRate)},
	}
}

// TileOf returns the figure of any KPI of the catalogue: one of the six as it
// is there, any other with its name, target and change.
func TileOf(id string) Tile {
	for _, t := range Tiles() {
		if t.KPI == id {
			return t
		}
	}
	t := Tile{KPI: id, rules: []string{id}, note: targetNote(id)}
	k := kpi.Find(id)
	if k == nil {
		return t
	}
	if k.Kind != kpi.Now && k.Kind != kpi.Fixed {
		t.trend = lately(id, id)
	}
	if k.Unit == kpi.UnitPercent {
		t.gauge = percentGauge(id)
	}
	return t
}

// tileTitle is what stands above the figure.
func (p *Pen) tileTitle(t Tile) clean.Text {
	if t.title == "" {
		return p.KPIName(t.KPI)
	}
	return p.Say.Say(t.title)
}

// BigTile draws a figure in a box: digits rows high, below them sign and word of
// its level and a gauge; in the upper edge where it is going, in the lower one
// where it is worst.
func (p *Pen) BigTile(c screen.Canvas, s *Scene, t Tile, digits int, f Focus) {
	in := p.Box(c, p.tileTitle(t), f)
	w, h := in.Size()
	if w < 4 || h < 1 || s.Row == nil {
		return
	}
	v, level, breach := p.tileValue(s, t)
	p.bigNumber(in, digits, p.bigForms(t.KPI, v), p.tileUnit(t.KPI, v), p.digitsLook(level, s))
	p.tileEdges(c, s, t, breach)
	if h > digits {
		p.tileState(Row(in, h-1), s, t, level, breach)
	}
}

// tileEdges writes where a figure is going into the upper edge of its box, where
// it is worst, or else what explains it, into the lower one.
func (p *Pen) tileEdges(c screen.Canvas, s *Scene, t Tile, b *metrics.Breach) {
	w, h := c.Size()
	if t.trend != nil && !s.Stale() {
		change, look := t.trend(p, s)
		if s.Unsettled() {
			look = p.Look.Dim // neither good nor bad yet
		}
		need, title := text.Width(change.String()), text.Width(p.tileTitle(t).String())
		if need > 0 && title+need+7 <= w {
			c.Set(w-3-need, 0, ' ', p.Look.Border)
			c.Print(w-2-need, 0, change, look)
			c.Set(w-2, 0, ' ', p.Look.Border)
		}
	}
	words, look := t.note(p, s)
	if t.where != nil && !s.Stale() {
		words, look = t.where(p, s), p.Look.Dim
	}
	if b != nil {
		words, look = p.Place(s, b.Key), p.Look.Text.With(screen.Bold)
		whole := clean.Line(words.String() + " " + p.Say.Fill(i18n.BreachFor, p.lasted(s, b)).String())
		if t.gauge != nil && text.Width(whole.String()) <= w-4 {
			words = whole
		}
	}
	room := min(text.Width(words.String()), w-4)
	if room <= 0 || h < 2 {
		return
	}
	c.Set(1, h-1, ' ', p.Look.Border)
	c.PrintFit(2, h-1, room, words, look, screen.Left)
	c.Set(2+room, h-1, ' ', p.Look.Border)
}

// tileState writes sign and word of a figure's level, and beside them its gauge
// or for how long it is out of bounds.
func (p *Pen) tileState(c screen.Canvas, s *Scene, t Tile, own metrics.Level, b *metrics.Breach) {
	w, _ := c.Size()
	x := 1
	if !s.Unsettled() { // what moves to where it belongs is not yet ok
		x = 2 + p.tileWord(c, 1, s, max(own, levelOf(b)), b)
	}
	const least, most = 5, 16
	if room := min(w-1-x, most); t.gauge != nil && room >= least && !s.Stale() {
		t.gauge(p, c.Sub(layout.Rect{X: w - 1 - room, W: room, H: 1}), s, own)
		return
	}
	if b == nil {
		return
	}
	since := p.Say.Fill(i18n.BreachFor, p.lasted(s, b))
	if text.Width(since.String()) > w-1-x {
		since = p.lasted(s, b)
	}
	if text.Width(since.String()) <= w-1-x {
		c.PrintRight(w-1, 0, since, p.Look.Dim)
	}
}

// tileWord writes sign and word of a level and returns the cells they take: a
// breach that nobody has is reversed, one that somebody has is not.
func (p *Pen) tileWord(c screen.Canvas, x int, s *Scene, l metrics.Level, b *metrics.Breach) int {
	glyph, _ := p.Look.Level(l)
	look := p.Look.Dim
	switch {
	case b != nil:
		look = p.loudness(s, b)
	case l >= metrics.LevelWarn:
		look = p.Graded(l)
	}
	c.Set(x, 0, glyph, look)
	c.Set(x+1, 0, ' ', look)
	return 2 + c.Print(x+2, 0, p.LevelWord(l), look)
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

// bigForms are the ways to write a figure in big digits, the exact one first:
// a wait of 12:09 that has no room is 13m in digits that ten metres can read, not
// 12:09 in letters that they cannot.
func (p *Pen) bigForms(id string, v kpi.Value) [2]clean.Text {
	forms := [2]clean.Text{p.Figure(id, v)}
	k := kpi.Find(id)
	if k == nil || !v.OK {
		return forms
	}
	switch k.Unit {
	case kpi.UnitSeconds:
		forms[1] = p.Num.Brief(v.V, side(k.Direction))
	case kpi.UnitMinutes:
		forms[1] = p.Num.Brief(v.V*60, side(k.Direction))
	case kpi.UnitCount:
		forms[1] = p.Num.Compact(int64(v.V))
	}
	return forms
}

// bigNumber draws a number in the middle of the upper part of a tile, in the
// largest digits that the first of its forms fits in.
func (p *Pen) bigNumber(c screen.Canvas, digits int, forms [2]clean.Text, unit clean.Text, look screen.Style) {
	w, _ := c.Size()
	g := p.Look.Glyphs
	for _, number := range forms {
		for _, rows := range [...]chart.Rows{chart.FiveRows, chart.ThreeRows} {
			width := chart.BigWidth(number, rows, g)
			if int(rows) > digits || width == 0 || width > w || !chart.CanBeBig(number) {
				continue
			}
			room := text.Width(unit.String())
			x := max(0, min(max(1, (w-width-room-1)/2), w-width))
			y := (digits - int(rows)) / 2
			chart.BigDigits(c, x, y, rows, number, look, g)
			if x+width+1+room <= w {
				c.Print(x+width+1, y+int(rows)-1, unit, p.Look.Dim)
			}
			return
		}
	}
	number := forms[0]
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
	value := p.WithUnit(t.KPI, v)
	title := p.tileTitle(t)
	room := max(0, min(text.Width(title.String()), w-4-text.Width(value.String())))
	c.PrintFit(2, 0, room, title, p.labelLook(f), screen.Left)
	x := 3 + room
	look := p.digitsLook(level, s)
	if level == metrics.LevelCritical {
		look = p.Graded(level)
	}
	x += c.Print(x, 0, value, look) + 1
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
	if s.Stale() {
		return p.staleNote(s)
	}
	if _, known := s.changed(); !known {
		return clean.Text{}, p.Look.Dim
	}
	moved, look := p.waitingChange(s)
	return p.Say.Fill(i18n.TileTrend, moved), look
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
