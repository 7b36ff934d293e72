package page

import (
	"wallboard/metrics"
	"wallboard/tui/i18n"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// tilesFrom is from how many people on, those who are well are tiles: a table of
// them all hides the few who want somebody.
const tilesFrom = 60

// Split says whether the people are shown in two parts, those who want somebody
// and those who are well. A viewer who sorts or filters asks for one table.
func (l *AgentList) Split() bool {
	return len(l.Rows()) >= tilesFrom && l.Order().First.Column == "" && l.Filter() == ""
}

// Counts is how many people want somebody, are well, are paused or away, and are
// not on duty.
type Counts struct{ Want, Well, Away, Offline int }

// Counts returns them as the list last settled.
func (l *AgentList) Counts() Counts {
	y := l.sticks
	if y.counted == 0 && l.scene != nil { // sorted by columns: nobody was given a place
		for _, a := range l.Rows() {
			what, _ := y.of(a, l.scene.At)
			y.count(l.scene, a, what)
		}
	}
	return Counts{y.want, y.well, y.away, len(l.Rows()) - y.want - y.well - y.away}
}

// count counts a person to those who want somebody or to those who are well.
func (y *yardsticks) count(s *panel.Scene, a *metrics.AgentView, what Situation) {
	y.counted++
	switch {
	case what < SituationOK || s.RowLevel(a.Row) >= metrics.LevelWarn:
		y.want++
	case what == SituationOK:
		y.well++
	case what == SituationAway:
		y.away++
	}
}

// Wanting returns the list of those who are in any situation, or in a breach.
func (l *AgentList) Wanting() AgentList {
	return l.part(func() []*metrics.AgentView { return l.Rows()[:l.sticks.want] })
}

// Others returns the list of everybody else: those who are well, then those who
// are away, then those who are not on duty.
func (l *AgentList) Others() AgentList {
	return l.part(func() []*metrics.AgentView { return l.Rows()[l.sticks.want:] })
}

// part returns a list of some of the rows, in their order; it settles when the
// whole list does.
func (l *AgentList) part(of func() []*metrics.AgentView) AgentList {
	out := AgentList{sticks: l.sticks}
	out.List = l.List
	out.Table.Columns = agentColumns(l.sticks)
	out.Loud = func(*panel.Scene) uint64 { return l.Settled() }
	out.Place = func(*panel.Scene, *metrics.AgentView) Place { return Place{} }
	out.Collect = func(_ *panel.Scene, into []*metrics.AgentView) []*metrics.AgentView { return append(into, of()...) }
	return out
}

// TileCells is what one person takes as a tile at least, tileGap of them between
// a tile's number and the next tile's sign: closer, they read as one.
const TileCells, tileGap = 23, 3

// DrawTile draws a person who wants nobody: name and slots of one who is there,
// else in what presence they are.
func DrawTile(p *panel.Pen, s *panel.Scene, c screen.Canvas, a *metrics.AgentView) {
	w, _ := c.Size()
	w -= tileGap
	level := max(metrics.LevelOK, s.RowLevel(a.Row))
	if a.Presence != metrics.PresenceAvailable && a.SlotsUsed == 0 {
		word := p.Say.Say(PresenceWord(a.Presence))
		p.Glyph(c, 0, 0, metrics.LevelUnknown)
		c.PrintFit(2, 0, max(0, w-text.Width(word.String())-3), Name(p, a), p.Look.Dim, screen.Left)
		c.PrintRight(w, 0, word, p.Look.Dim)
		return
	}
	p.Glyph(c, 0, 0, level)
	const load = 6 // cells of "12/15"
	c.PrintFit(2, 0, max(0, w-load-2), Name(p, a), p.Look.Text, screen.Left)
	if a.Slots == 0 {
		c.PrintRight(w, 0, p.Num.NoData(), p.Look.NoData)
		return
	}
	look := p.Look.Dim
	if a.SlotsUsed == a.Slots {
		look = p.Look.Text
	}
	all := p.Num.Count(int64(a.Slots))
	x := w - text.Width(all.String())
	c.Print(x, 0, all, p.Look.Dim)
	c.Set(x-1, 0, '/', p.Look.Dim)
	c.PrintRight(x-1, 0, p.Num.Count(int64(a.SlotsUsed)), look)
}

// breachesColumn tells how much is out of bounds about somebody.
func breachesColumn(drop int) agentColumn {
	of := func(s *panel.Scene, a *metrics.AgentView) (n int64, worst metrics.Level) {
		if s.RowLevel(a.Row) == metrics.LevelUnknown {
			return 0, metrics.LevelUnknown // nearly everybody, nearly always
		}
		for _, b := range s.Breaches {
			if b.Key == a.Row.Key {
				n, worst = n+1, max(worst, b.Level)
			}
		}
		return n, worst
	}
	return agentColumn{ID: "breaches", Title: i18n.ColBreaches, Width: 6, Right: true, Drop: drop,
		Draw: func(p *panel.Pen, s *panel.Scene, c screen.Canvas, a *metrics.AgentView) {
			n, worst := of(s, a)
			look := p.Look.Dim
			if n > 0 {
				look = p.Graded(worst).Without(screen.Reverse)
			}
			right(c, p.Num.Count(n), look)
		},
		Value: func(s *panel.Scene, a *metrics.AgentView) float64 { n, _ := of(s, a); return float64(n) }}
}

// ratedColumn draws how satisfied customers were with a person, and of how many
// ratings that is: of a few it says nothing.
func ratedColumn(drop int) agentColumn {
	const id = "csat"
	return agentColumn{ID: id, KPI: id, Title: i18n.ColRated, Width: 9, Right: true, Drop: drop,
		Draw: func(p *panel.Pen, s *panel.Scene, c screen.Canvas, a *metrics.AgentView) {
			v := s.Read(id, a.Row, s.View.Window)
			w, _ := c.Size()
			if !v.OK {
				right(c, p.Num.NoData(), p.Look.NoData)
				return
			}
			n := p.Say.Fill(i18n.Bracketed, p.Num.Compact(int64(v.N)))
			c.PrintRight(w, 0, n, p.Look.Dim)
			c.PrintRight(w-text.Width(n.String())-1, 0, p.Figure(id, v), p.Graded(s.Level(a.Row, id)))
		},
		Value: func(s *panel.Scene, a *metrics.AgentView) float64 { return sortable(s.Once(id, a.Row, s.View.Window)) }}
}
