package panel

import (
	"cmp"
	"slices"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/layout"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// figuresCells is what a value, its limit and how long it lasts take in a notice
// at most, as good as always: a fixed number, so that a value that grows moves
// nothing.
const figuresCells = 26

// needs is how many rows a notice takes to say all of it: two where what to do
// and who has it have no room behind the rest.
func (p *Pen) needs(s *Scene, n Notice, w int) int {
	if n.State == metrics.BreachRecovering {
		return 1 // nothing is to be done
	}
	if w < wideLine {
		return 2
	}
	advice := text.Width(p.Say.Pick(n.AdviceEN, n.AdviceZH).String())
	if advice == 0 {
		advice = text.Width(p.Say.Pick(n.ReasonEN, n.ReasonZH).String())
	}
	others := 0
	if n.Others > 0 {
		others = 1 + text.Width(p.others(n).String())
	}
	used := others + 5 + p.levelWidth() + placeCells(w) + 2 + text.Width(p.KPIName(n.KPI).String()) + figuresCells
	if used+3+advice+2+text.Width(p.Owner(s, n.Breach).String()) > w {
		return 2
	}
	return 1
}

// placeCells is how wide the place of a notice stands in a line of w cells.
func placeCells(w int) int { return max(10, min(24, w/6)) }

// share gives h rows of w cells to the notices: how many rows each of the
// loudest gets. The loudest is said whole before a second is begun; rows that
// would stay empty go to others that need two. more says that the last row is
// left for those that get none.
func (p *Pen) share(s *Scene, all []Notice, w, h int) (rows []int, more bool) {
	rows = append(p.rows[:0], min(p.needs(s, all[0], w), h))
	h -= rows[0]
	others := all[1:]
	spare := h - len(others)
	if spare < 0 && h > 0 {
		others, more = others[:h-1], true
	} else if spare < 0 {
		others = nil
	}
	for _, n := range others {
		need := 1
		if spare > 0 && p.needs(s, n, w) == 2 {
			need, spare = 2, spare-1
		}
		rows = append(rows, need)
	}
	p.rows = rows
	return rows, more
}

// byPlace gathers notices of one place behind its loudest: three lines about one
// queue tell less than three about three.
func (p *Pen) byPlace(all []Notice) []Notice {
	out := p.places[:0]
next:
	for _, n := range all {
		for i := range out {
			if first := &out[i]; n.People == 0 && first.People == 0 && first.Key == n.Key && first.AckedBy == n.AckedBy {
				first.Others++
				continue next
			}
		}
		out = append(out, n)
	}
	slices.SortStableFunc(out, louderPlace)
	p.places = out
	return out
}

// louderPlace puts what comes and goes behind what stays, and a place with one
// breach behind one with several: a minute of a stray session is no queue that
// stands still, however early it began.
func louderPlace(a, b Notice) int {
	return cmp.Or(
		cmp.Compare(a.State, b.State),
		-cmp.Compare(a.Level, b.Level),
		cmp.Compare(taken(a.Breach), taken(b.Breach)),
		cmp.Compare(claim(Flaps(a.Breach)), claim(Flaps(b.Breach))),
		-cmp.Compare(claim(a.Others > 0), claim(b.Others > 0)),
	)
}

// claim makes a claim comparable.
func claim(holds bool) int {
	if holds {
		return 1
	}
	return 0
}

// others writes how many more breaches a place has.
func (p *Pen) others(n Notice) clean.Text {
	return p.Say.Fill(i18n.OthersHere, p.Num.Count(int64(n.Others)))
}

// Breaches draws the loudest breaches in as many rows as there are; the last row
// says how many more there are. Silenced ones take no row and are counted. With
// none at all it says so, and what is closest to a limit.
func (p *Pen) Breaches(c screen.Canvas, s *Scene) {
	w, h := c.Size()
	if h == 0 {
		return
	}
	if s.Untouched && s.Stale() && h > 1 {
		p.stopped(Row(c, 0), s)
		c = c.Sub(layout.Rect{Y: 1, W: w, H: h - 1})
		if h--; len(s.Notices) == 0 {
			return
		}
	}
	if len(s.Notices) == 0 {
		p.allWell(c, s)
		return
	}
	all := p.byPlace(s.Notices)
	rows, more := p.share(s, all, w, h)
	y := 0
	for i, n := range rows {
		at := c.Sub(layout.Rect{Y: y, W: w, H: n})
		p.Notice(at, s, all[i])
		if i == 0 && s.Untouched && alarms(s, all[i]) {
			p.band(at)
		}
		y += n
	}
	last := Row(c, h-1)
	if rest := breachesOf(all[len(rows):]); y >= h {
		if rest > 0 && rows[len(rows)-1] == 2 {
			last.PrintRight(w-1, 0, p.Say.Fill(i18n.MoreBreaches, p.Num.Count(int64(rest))), p.Look.Dim)
		}
		return
	}
	if s.Silenced > 0 {
		quiet := p.silenced(s)
		end := w - 1
		last.PrintRight(end, 0, quiet, p.Look.Dim)
		last = last.Sub(layout.Rect{W: max(0, end-text.Width(quiet.String())-2), H: 1})
	}
	if more {
		p.moreBreaches(last, s, all[len(rows):])
		return
	}
	p.otherwiseWell(Row(c, y), s)
}

// alarms says whether a notice is critical and nobody's.
func alarms(s *Scene, n Notice) bool {
	return n.Level == metrics.LevelCritical && !Calm(s, n.Breach) && !s.Stale()
}

// band makes a notice one bar across the screen. Where nobody sits before it, a
// badge of a few cells is not seen from ten metres, and whoever looks up must not
// meet it in the dark half of its flashing.
func (p *Pen) band(c screen.Canvas) {
	w, h := c.Size()
	look := p.Graded(metrics.LevelCritical).With(screen.Bold)
	for y := range h {
		c.Restyle(0, y, w, func(screen.Style) screen.Style { return look })
	}
}

// stopped is the bar of a wall whose numbers have stopped: the mark in the header
// is not read from ten metres.
func (p *Pen) stopped(c screen.Canvas, s *Scene) {
	w, _ := c.Size()
	mark := p.mark(s)
	look := p.Graded(metrics.LevelCritical).With(screen.Bold)
	c.Fill(' ', look)
	c.Set(2, 0, p.Look.Glyphs.Stale, look)
	x := 4 + c.Print(4, 0, mark.text, look) + 2
	if why := p.Say.Say(i18n.StaleJudges); x+text.Width(why.String()) < w {
		c.Print(x, 0, why, look)
	}
}

// otherwiseWell says below the breaches how many queues have none.
func (p *Pen) otherwiseWell(c screen.Canvas, s *Scene) {
	if s.Floor == nil || s.Stale() || s.Unsettled() {
		return
	}
	well := 0
	for _, q := range s.Floor.Tables {
		if s.RowLevel(q.Row) < metrics.LevelWarn {
			well++
		}
	}
	if well == 0 {
		return
	}
	x := 6 + p.levelWidth()
	p.Glyph(c, 2, 0, metrics.LevelOK)
	c.Print(4, 0, p.LevelWord(metrics.LevelOK), p.Look.Dim)
	if watched := s.watched(); watched > 0 {
		c.Print(x, 0, p.Say.Count(i18n.OthersWatched, int64(well), p.Num.Count(int64(well)), p.Num.Count(int64(watched))), p.Look.Dim)
		return
	}
	c.Print(x, 0, p.Say.Count(i18n.OthersWell, int64(well), p.Num.Count(int64(well))), p.Look.Dim)
}

// allWell is the calm line: nothing is out of bounds, or only what somebody
// silenced. What is closest to a limit stands below it, quietly.
func (p *Pen) allWell(c screen.Canvas, s *Scene) {
	switch {
	case s.Floor == nil:
		return
	case s.Stale():
		p.Glyph(c, 1, 0, metrics.LevelStale)
		c.Print(3, 0, p.Say.Say(i18n.StaleJudges), p.Look.Stale)
		return
	case s.Unsettled():
		p.unsettled(c, s)
		return
	}
	if s.Silenced > 0 {
		p.Glyph(c, 1, 0, s.Breaches[0].Level)
		c.Print(3, 0, p.Say.Count(i18n.OnlySilenced, int64(s.Silenced), p.Num.Count(int64(s.Silenced))), p.Look.Dim)
		return
	}
	n := len(s.Floor.Tables)
	p.Glyph(c, 1, 0, metrics.LevelOK)
	if watched := s.watched(); watched > 0 {
		c.Print(3, 0, p.Say.Count(i18n.NoneWatched, int64(n), p.Num.Count(int64(n)), p.Num.Count(int64(watched))), p.Look.Text)
	} else {
		x := 3 + c.Print(3, 0, p.Say.Count(i18n.AllWell, int64(n), p.Num.Count(int64(n))), p.Look.Text)
		if since := s.wellSince(); since > 0 {
			c.Print(x+1, 0, p.Say.Fill(i18n.WellSince, p.Num.Minute(since, p.Zone)), p.Look.Dim)
		}
	}
	w, h := c.Size()
	lead := clean.Text{}
	for y, near := range s.nearest(h - 1) {
		line := c.Sub(layout.Rect{X: 3, Y: y + 1, W: max(0, w-4), H: 1})
		if one := p.Say.Say(leadOf(near)); one != lead {
			lead = one
			line.Print(0, 0, lead, p.Look.Dim)
		}
		p.closest(line, s, near)
	}
}

// leadOf is what a list of figures near their limits begins with.
func leadOf(near Near) i18n.ID {
	if near.Side == Within {
		return i18n.Closest
	}
	return i18n.Beyond
}

// closest writes what is closest to a limit, or beyond it and no breach yet:
// where, what, how much of how much, and why it is none.
func (p *Pen) closest(c screen.Canvas, s *Scene, near Near) {
	value, limit := p.quantity(near.KPI, near.Value), p.quantity(near.KPI, near.Limit)
	x := 1 + max(text.Width(p.Say.Say(i18n.Closest).String()), text.Width(p.Say.Say(i18n.Beyond).String()))
	x += c.Print(x, 0, p.Place(s, near.Key), p.Look.Text) + 1
	x += c.Print(x, 0, p.KPIName(near.KPI), p.Look.Dim) + 1
	if near.Side == Within {
		c.Print(x, 0, p.Say.Fill(i18n.ClosestOf, value, limit), p.Look.Text)
		return
	}
	why := i18n.BeyondShort
	if near.Side == Unsure {
		why = i18n.BeyondUnsure
	}
	words := p.Say.Fill(why, value, limit)
	if w, _ := c.Size(); x+text.Width(words.String()) > w {
		words = p.Say.Fill(i18n.ShortBeyond, value, limit)
	}
	c.Print(x, 0, words, p.Look.Text.With(screen.Bold))
}

// wellSince returns since when nothing is out of bounds, ms; 0: nothing was.
func (s *Scene) wellSince() int64 {
	last := int64(0)
	for i := range s.Snapshot.PastBreaches {
		if e := &s.Snapshot.PastBreaches[i]; s.ofFloor(e.Key) {
			last = max(last, e.Ended)
		}
	}
	return last
}

// breachesOf counts breaches, those that another speaks for as well.
func breachesOf(list []Notice) int {
	n := len(list)
	for i := range list {
		n += list[i].Others
	}
	return n
}

// moreBreaches names in one line those that have no line of their own.
func (p *Pen) moreBreaches(c screen.Canvas, s *Scene, rest []Notice) {
	w, _ := c.Size()
	x := 2 + c.Print(2, 0, p.Say.Fill(i18n.MoreBreaches, p.Num.Count(int64(breachesOf(rest)))), p.Look.Dim)
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
