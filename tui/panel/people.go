package panel

import (
	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/tui/chart"
	"wallboard/tui/i18n"
	"wallboard/tui/layout"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// peopleFact is one line of the people panel.
type peopleFact struct {
	label i18n.ID
	n     int32
	loud  bool // should be nought
}

func peopleFacts(n *metrics.Now) [8]peopleFact {
	return [...]peopleFact{
		{i18n.PeopleAvailable, n.Presence[metrics.PresenceAvailable], false},
		{i18n.PeopleEngaged, n.Activity[metrics.ActivityEngaged], false},
		{i18n.PeopleWrapping, n.Activity[metrics.ActivityWrapping], false},
		{i18n.PeoplePaused, n.Presence[metrics.PresencePaused], false},
		{i18n.PeopleAway, n.Presence[metrics.PresenceAway], false},
		{i18n.PeopleDraining, n.Draining, false},
		{i18n.PeopleIdleWaiting, n.IdleWhileWaiting, true},
		{i18n.PeopleRinging, n.Activity[metrics.ActivityRinging], false},
	}
}

// People draws how many are available, engaged and away, and how full their
// slots are. It names nobody.
func (p *Pen) People(c screen.Canvas, s *Scene, row *metrics.Row, boxed bool) {
	in := p.Panel(c, p.Say.Say(i18n.PanelPeople), Unfocused, boxed)
	w, h := in.Size()
	if row == nil || h < 1 {
		return
	}
	facts := peopleFacts(row.Now)
	if h > len(facts) {
		for i, f := range facts {
			p.peopleBar(Row(in, i), s, f, row.Now)
		}
		p.slotsBar(Row(in, len(facts)+min(1, h-len(facts)-1)), s, row)
		return
	}
	const cell = 15
	columns, rows := min(4, max(1, w/cell)), max(1, h-1)
	for i, f := range facts {
		x, y := i%columns, i/columns
		if y >= rows {
			break
		}
		x0, x1 := w*x/columns, w*(x+1)/columns
		p.peopleFact(in.Sub(layout.Rect{X: x0, Y: y, W: x1 - x0 - 1, H: 1}), s, f)
	}
	if h > 1 {
		p.slotsBar(Row(in, h-1), s, row)
	}
}

func (p *Pen) peopleFact(c screen.Canvas, s *Scene, f peopleFact) {
	look := p.Look.Text
	if f.n == 0 {
		look = p.Look.Dim
	} else if f.loud {
		look = p.Look.Warn
	}
	value := p.Num.Count(int64(f.n))
	if s.Stale() {
		value, look = p.Num.NoData(), p.Look.Stale
	}
	p.ledger(c, p.Say.Say(f.label), value, look)
}

// peopleBar draws a fact with a bar: its part of all who are there.
func (p *Pen) peopleBar(c screen.Canvas, s *Scene, f peopleFact, n *metrics.Now) {
	const label = 24
	w, _ := c.Size()
	p.peopleFact(c.Sub(layout.Rect{W: min(label, w-1), H: 1}), s, f)
	all := n.Presence[metrics.PresenceAvailable] + n.Presence[metrics.PresencePaused] + n.Presence[metrics.PresenceAway]
	if w > label+6 && all > 0 && f.n > 0 && !s.Stale() {
		bar := p.Look.Band
		if f.loud {
			bar = p.Look.Warn
		}
		p.thinBar(c.Sub(layout.Rect{X: label + 2, W: w - label - 3, H: 1}), float64(f.n)/float64(all), bar)
	}
}

// ledger draws a label at the left and its value at the right of a cell.
func (p *Pen) ledger(c screen.Canvas, label, value clean.Text, look screen.Style) {
	w, _ := c.Size()
	room := text.Width(value.String())
	c.PrintFit(1, 0, w-room-2, label, p.Look.Dim, screen.Left)
	c.PrintRight(w, 0, value, look)
}

// slotsBar draws used and all slots with a bar.
func (p *Pen) slotsBar(c screen.Canvas, s *Scene, row *metrics.Row) {
	w, _ := c.Size()
	n := row.Now
	x := 1 + c.Print(1, 0, p.Say.Say(i18n.PeopleSlots), p.Look.Dim) + 1
	if n.Slots == 0 || s.Stale() {
		c.Print(x, 0, p.Num.NoData(), p.Look.NoData)
		return
	}
	level := metrics.LevelUnknown
	if b := s.Worst(SlotUtilization); b != nil {
		level = b.Level
	}
	look := p.Graded(level)
	x += c.Print(x, 0, p.Num.Count(int64(n.SlotsUsed)), look)
	x += c.Print(x, 0, clean.Own("/"), p.Look.Dim)
	x += c.Print(x, 0, p.Num.Count(int64(n.Slots)), p.Look.Dim) + 1
	used := s.Read(SlotUtilization, row, s.View.Window)
	percent := p.WithUnit(SlotUtilization, used)
	end := w - 1 - text.Width(percent.String())
	c.PrintRight(w-1, 0, percent, look)
	bar := p.Look.Bar
	if level >= metrics.LevelWarn {
		bar = look.Without(screen.Reverse)
	}
	chart.Bar(c, x, 0, end-1-x, number(used)/100, bar, p.Look.BarEmpty, p.Look.Glyphs)
}

// Bot draws what the machines carry and who is stuck with them.
func (p *Pen) Bot(c screen.Canvas, s *Scene, boxed bool) {
	in := p.Panel(c, p.Say.Say(i18n.PanelBot), Unfocused, boxed)
	w, h := in.Size()
	if s.Row == nil || h < 1 {
		return
	}
	n := s.Row.Now
	var oldest clean.Text
	if n.StuckSince > 0 {
		oldest = p.Num.Clock(float64(s.At-n.StuckSince)/1000, i18n.Up)
	}
	facts := [...]struct {
		label i18n.ID
		n     int32
		more  clean.Text
		loud  bool
	}{
		{i18n.BotActive, n.BotActive, clean.Text{}, false},
		{i18n.BotStuck, n.StuckInBot, oldest, true},
		{i18n.BotHumanOnly, n.HumanOnlyInBot, clean.Text{}, true},
	}
	columns := 1
	if h < len(facts) {
		columns = 2
	}
	for i, f := range facts {
		if i/columns >= h {
			break
		}
		look := p.Look.Text
		if f.n == 0 {
			look = p.Look.Dim
		} else if f.loud {
			look = p.Look.Warn
		}
		value := p.Num.Count(int64(f.n))
		if s.Stale() {
			value, look = p.Num.NoData(), p.Look.Stale
		} else if f.n > 0 && !f.more.Empty() {
			value = p.Say.Fill(i18n.BotOldest, value, f.more)
		}
		p.ledger(in.Sub(layout.Rect{X: i % columns * w / columns, Y: i / columns, W: w/columns - 1, H: 1}), p.Say.Say(f.label), value, look)
	}
}

// RowColumns are those of the small tables of channels and teams.
func RowColumns(name i18n.ID, people bool) []Column[*metrics.Row] {
	out := []Column[*metrics.Row]{
		{ID: "level", Width: 1, Draw: func(p *Pen, s *Scene, c screen.Canvas, r *metrics.Row) { p.Glyph(c, 0, 0, rowLevel(s, r)) }},
		{ID: "name", Title: name, Width: 10, Flex: true, Draw: func(p *Pen, s *Scene, c screen.Canvas, r *metrics.Row) {
			cellText(c, rowName(r.Key), p.Look.Text)
		}},
	}
	if people {
		return append(out,
			presence(i18n.PeopleAvailable, metrics.PresenceAvailable), activity(i18n.PeopleEngaged, metrics.ActivityEngaged),
			presence(i18n.PeoplePaused, metrics.PresencePaused), rowSlots(),
			rowColumn(Occupancy, i18n.ColOccupancy, 5, chosen),
			rowColumn(AHT, i18n.ColAHT, 8, chosen), rowColumn(FRTp90, i18n.ColFRT, 6, chosen), rowColumn(Handled, i18n.ColHandled, 7, chosen))
	}
	return append(out,
		rowColumn(Waiting, i18n.ColWaiting, 5, latest), rowColumn(OldestWait, i18n.ColOldest, 6, latest),
		rowColumn(Unanswered, i18n.ColUnanswered, 5, latest),
		rowColumn(ServiceLevel, i18n.ColServiceLevel, 4, chosen), rowColumn(FRTp90, i18n.ColFRT, 6, chosen),
		rowColumn(AbandonRate, i18n.ColAbandoned, 4, chosen), rowColumn(Offered, i18n.ColOffered, 7, chosen), rowSlots(),
		Column[*metrics.Row]{ID: "trend", Title: i18n.ColTrend, Width: 8, Flex: true, Drop: 2,
			Draw: func(p *Pen, s *Scene, c screen.Canvas, r *metrics.Row) { p.spark(c, r, rowLevel(s, r)) }})
}

// rowSlots draws used and all slots of a row's people.
func rowSlots() Column[*metrics.Row] {
	return Column[*metrics.Row]{ID: SlotUtilization, KPI: SlotUtilization, Title: i18n.ColSlots, Width: 9, Right: true, Drop: 2,
		Draw: func(p *Pen, s *Scene, c screen.Canvas, r *metrics.Row) {
			if s.Stale() || r.Now.Slots == 0 {
				cellNumber(c, p.Num.NoData(), p.Look.NoData)
				return
			}
			p.over(c, s, r)
		}}
}

func rowName(k metrics.Key) clean.Text {
	if k.Scope == metrics.ScopeTeam {
		return k.Team
	}
	return k.Channel
}

func rowLevel(s *Scene, r *metrics.Row) metrics.Level {
	if s.Stale() {
		return metrics.LevelStale
	}
	worst := metrics.LevelOK
	for _, b := range s.Breaches {
		switch {
		case b.Key == r.Key, r.Key.Scope == metrics.ScopeChannel && b.Key.Channel == r.Key.Channel:
			worst = max(worst, b.Level)
		}
	}
	return worst
}

func rowColumn(id string, title i18n.ID, width int, w windowOf) Column[*metrics.Row] {
	return Column[*metrics.Row]{ID: id, KPI: id, Title: title, Width: width, Right: true, Drop: 1,
		Draw: func(p *Pen, s *Scene, c screen.Canvas, r *metrics.Row) {
			v := s.Read(id, r, w(s))
			look := p.numberLook(s, r, id, v)
			v.OK = v.OK && !s.Stale()
			cellNumber(c, p.Figure(id, v), look)
		},
		Value: func(s *Scene, r *metrics.Row) float64 { return number(s.Read(id, r, w(s))) }}
}

func presence(title i18n.ID, of metrics.Presence) Column[*metrics.Row] {
	return peopleCount(title, func(n *metrics.Now) int32 { return n.Presence[of] })
}

func activity(title i18n.ID, of metrics.Activity) Column[*metrics.Row] {
	return peopleCount(title, func(n *metrics.Now) int32 { return n.Activity[of] })
}

func peopleCount(title i18n.ID, of func(*metrics.Now) int32) Column[*metrics.Row] {
	return Column[*metrics.Row]{ID: string(title), Title: title, Width: 9, Right: true, Drop: 2,
		Draw: func(p *Pen, s *Scene, c screen.Canvas, r *metrics.Row) {
			look := p.Look.Text
			if of(r.Now) == 0 {
				look = p.Look.Dim
			}
			p.count(c, s, of(r.Now), look)
		},
		Value: func(_ *Scene, r *metrics.Row) float64 { return float64(of(r.Now)) }}
}

// windows are the windows that `w` goes through.
func windows() [5]fact.Window {
	return [...]fact.Window{fact.WindowToday, fact.Window60m, fact.Window30m, fact.Window15m, fact.Window5m}
}

// NextWindow returns the window after w.
func NextWindow(w fact.Window) fact.Window {
	list := windows()
	for i, one := range list {
		if one == w {
			return list[(i+1)%len(list)]
		}
	}
	return list[0]
}
