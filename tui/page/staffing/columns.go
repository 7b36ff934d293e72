package staffing

import (
	"math"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
	"wallboard/tui/i18n"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// column is a column of the table.
type column = panel.Column[place]

// idleColumn is where the cursor of the teams' table begins.
const idleColumn = "idle"

func chosenWindow(s *panel.Scene) fact.Window { return s.View.Window }
func quarterHour(*panel.Scene) fact.Window    { return fact.Window15m }

// placeColumns are those of places, from the left in the order in which narrow
// screens keep them.
func (v *Staffing) placeColumns() []column {
	return []column{
		{ID: "level", Width: 1, Draw: func(p *panel.Pen, s *panel.Scene, c screen.Canvas, pl place) { p.Glyph(c, 0, 0, standing(s, pl)) }},
		{ID: "queue", Title: i18n.StaffColPlace, Width: 11, Flex: true, Draw: drawName, Name: func(pl place) string { return pl.name().String() }},
		{ID: "channel", Title: i18n.ColChannel, Width: 6, Drop: 1,
			Draw: func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, pl place) {
				if pl.row.Key.Scope == metrics.ScopeQueueChannel {
					fit(c, pl.row.Key.Channel, p.Look.Dim, screen.Left)
				}
			},
			Name: func(pl place) string { return pl.row.Key.Channel.String() }},
		{ID: panel.StaffingGap, KPI: panel.StaffingGap, Over: quarterHour, Title: i18n.StaffColGap, Width: 13, Right: true, Draw: v.drawGap,
			Value: func(s *panel.Scene, pl place) float64 { return -gapOf(s, pl.row) }},
		{ID: panel.People, KPI: panel.People, Title: i18n.StaffColHere, Width: 7, Right: true, Draw: drawPeople,
			Value: func(_ *panel.Scene, pl place) float64 { return float64(pl.row.Now.People) }},
		figure(panel.Needed, i18n.ColNeeded, 4, 0, quarterHour),
		figure(panel.Waiting, i18n.ColWaiting, 5, 0, chosenWindow),
		figure(panel.Inflow, i18n.StaffColIn, 6, 2, quarterHour),
		figure(panel.AHT, i18n.StaffColHandle, 6, 3, chosenWindow),
		figure(panel.SlotLoad, i18n.StaffColLoad, 6, 4, quarterHour),
		figure(panel.FreeSlots, i18n.StaffColFree, 5, 5, chosenWindow),
		{ID: panel.PlannedGap, KPI: panel.PlannedGap, Title: i18n.StaffColPlanned, Width: 9, Right: true, Drop: 6, Draw: drawPlanned,
			Value: func(s *panel.Scene, pl place) float64 { return sortable(readPlan(s, panel.PlannedGap, pl)) }},
		{ID: panel.ForecastGap, KPI: panel.ForecastGap, Over: chosenWindow, Title: i18n.StaffColForecast, Width: 8, Right: true, Drop: 7, Draw: v.drawForecast,
			Value: func(s *panel.Scene, pl place) float64 { return sortable(readPlan(s, panel.ForecastGap, pl)) }},
		figure("agents_paused", i18n.StaffColPaused, 6, 8, chosenWindow),
		{ID: "back", Title: i18n.StaffColBack, Width: 6, Right: true, Drop: 9, Draw: v.drawBack,
			Value: func(s *panel.Scene, pl place) float64 { return float64(v.crewOf(s, pl.row).soon) }},
		figure("agents_away", i18n.StaffColAway, 5, 11, chosenWindow),
		figure("draining", i18n.StaffColDraining, 8, 12, chosenWindow),
		{ID: "shared", Title: i18n.StaffColShared, Width: 6, Right: true, Drop: 10, Draw: v.drawShared,
			Value: func(s *panel.Scene, pl place) float64 { return float64(v.crewOf(s, pl.row).shared) }},
		figure(panel.OfferedLoad, i18n.StaffColErlangs, 8, 13, quarterHour),
		figure(panel.Offered, i18n.StaffColOffered, 7, 14, chosenWindow),
		{ID: "covered", KPI: panel.Needed, Over: quarterHour, Title: i18n.StaffColCovered, Width: 10, Flex: true, Drop: 15, Draw: drawCovered,
			Value: func(s *panel.Scene, pl place) float64 { return -gapOf(s, pl.row) }},
	}
}

// teamColumns are those of teams: who is there, and who could go.
func (v *Staffing) teamColumns() []column {
	return []column{
		{ID: "queue", Title: i18n.ColTeam, Width: 12, Flex: true, Draw: drawName, Name: func(pl place) string { return pl.name().String() }},
		figure("agents_available", i18n.StaffColHere, 6, 0, chosenWindow),
		{ID: idleColumn, Title: i18n.StaffColIdle, Width: 5, Right: true, Draw: v.drawIdle,
			Value: func(_ *panel.Scene, pl place) float64 { return float64(v.census.done.idle[pl.row.Key.Team]) }},
		figure(panel.FreeSlots, i18n.StaffColFree, 5, 0, chosenWindow),
		figure(panel.SlotUtilization, i18n.ColSlots, 6, 1, chosenWindow),
		figure("agents_paused", i18n.StaffColPaused, 6, 0, chosenWindow),
		figure("agents_away", i18n.StaffColAway, 5, 2, chosenWindow),
		figure("draining", i18n.StaffColDraining, 8, 3, chosenWindow),
		figure("idle_while_waiting", i18n.StaffColIdleWaiting, 9, 4, chosenWindow),
		figure(panel.Occupancy, i18n.ColOccupancy, 6, 5, chosenWindow),
		figure(panel.AHT, i18n.StaffColHandle, 6, 6, chosenWindow),
		figure(panel.Handled, i18n.ColHandled, 7, 7, chosenWindow),
	}
}

// standing is how a place stands: its own breach of the gap, else short or not.
func standing(s *panel.Scene, pl place) metrics.Level {
	gap := s.Read(panel.StaffingGap, pl.row, fact.Window15m)
	level := max(s.Level(pl.row, panel.StaffingGap), s.Level(pl.row, panel.Uncovered))
	switch {
	case s.Stale():
		return metrics.LevelStale
	case pl.row.Now.Uncovered:
		return metrics.LevelCritical
	case gap.OK && gap.V < 0:
		return max(level, metrics.LevelWarn)
	case !gap.OK || quiet(s, pl):
		return metrics.LevelUnknown
	}
	return max(level, metrics.LevelOK)
}

func drawName(p *panel.Pen, _ *panel.Scene, c screen.Canvas, pl place) {
	w, _ := c.Size()
	if pl.closed {
		note := p.Say.Say(i18n.QueueClosed)
		if room := text.Width(note.String()) + 1; text.Width(pl.name().String())+room <= w {
			c.PrintRight(w, 0, note, p.Look.Dim)
			w -= room
		}
	}
	c.PrintFit(0, 0, w, pl.name(), p.Look.Text, screen.Left)
}

// drawGap says in words by how many people the place is short; a star marks what
// is to spare of people who serve other queues too.
func (v *Staffing) drawGap(p *panel.Pen, s *panel.Scene, c screen.Canvas, pl place) {
	gap := s.Read(panel.StaffingGap, pl.row, fact.Window15m)
	t, look := gapWords(p, gap)
	switch {
	case s.Stale():
		t, look = p.Num.NoData(), p.Look.Stale
	case pl.row.Now.Uncovered:
		t, look = p.Say.Say(nobody(pl.row, i18n.StaffNobody, i18n.StaffUnable)), p.Look.Critical
	case s.Unsettled():
		look = p.Look.Dim
	case gap.OK && gap.V < 0 && standing(s, pl) == metrics.LevelCritical:
		look = p.Look.Critical
	}
	w, _ := c.Size()
	c.PrintFit(0, 0, w-1, t, look, screen.Right)
	if gap.OK && gap.V > 0 && !s.Stale() && float64(v.crewOf(s, pl.row).shared) >= gap.V {
		c.Set(w-1, 0, '*', p.Look.Dim)
	}
}

// nobody is what is said of a place where nobody can take those who wait: that
// nobody is there, or that those who are lack a skill or a language.
func nobody(row *metrics.Row, absent, unable i18n.ID) i18n.ID {
	if row.Now.People > 0 {
		return unable
	}
	return absent
}

// drawCovered draws how much of the people here is needed: a full bar is a place
// that is short.
func drawCovered(p *panel.Pen, s *panel.Scene, c screen.Canvas, pl place) {
	needed := s.Read(panel.Needed, pl.row, fact.Window15m)
	here := float64(pl.row.Now.People)
	if s.Stale() || !needed.OK || here == 0 {
		return
	}
	look := p.Look.Band
	if needed.V > here {
		look = p.Look.Warn.Without(screen.Reverse | screen.Bold)
	}
	w, _ := c.Size()
	w = min(w-2, 20)
	full := int(math.Round(min(1, needed.V/here) * float64(w)))
	for i := range w { // half a cell high, so that rows do not run into one another
		if i < full {
			c.Set(2+i, 0, p.Look.Glyphs.Spark[3], look)
		} else {
			c.Set(2+i, 0, p.Look.Glyphs.Spark[0], p.Look.Border)
		}
	}
}

// gapWords writes "3 short", "2 to spare" or "enough".
func gapWords(p *panel.Pen, gap kpi.Value) (clean.Text, screen.Style) {
	switch {
	case !gap.OK:
		return p.Num.NoData(), p.Look.NoData
	case gap.V < 0:
		return p.Say.Fill(i18n.StaffShort, p.Num.Whole(-gap.V, i18n.Up)), p.Look.Warn
	case gap.V > 0:
		return p.Say.Fill(i18n.StaffSpare, p.Num.Whole(gap.V, i18n.Down)), p.Look.Dim
	}
	return p.Say.Say(i18n.StaffEnough), p.Look.Dim
}

// drawPeople draws who is here and, dim, all members.
func drawPeople(p *panel.Pen, s *panel.Scene, c screen.Canvas, pl place) {
	here := s.Read(panel.People, pl.row, fact.Window15m)
	if s.Stale() || !here.OK {
		fit(c, p.Num.NoData(), p.Look.NoData, screen.Right)
		return
	}
	w, _ := c.Size()
	all := p.Num.Count(int64(pl.row.Now.Members))
	x := w - text.Width(all.String())
	c.Print(x, 0, all, p.Look.Dim)
	c.Set(x-1, 0, '/', p.Look.Dim)
	c.PrintRight(x-1, 0, p.Figure(panel.People, here), p.Look.Text)
}

// readPlan reads a figure off the row whose plan it is.
func readPlan(s *panel.Scene, id string, pl place) kpi.Value {
	if pl.plan == nil {
		return kpi.Value{}
	}
	return s.Read(id, pl.plan, s.View.Window)
}

// drawPlanned draws how many people were planned, and how many more are here.
func drawPlanned(p *panel.Pen, s *panel.Scene, c screen.Canvas, pl place) {
	v := readPlan(s, panel.PlannedGap, pl)
	if s.Stale() || !v.OK {
		fit(c, p.Num.NoData(), p.Look.NoData, screen.Right)
		return
	}
	w, _ := c.Size()
	look := p.Look.Dim
	if v.V < 0 {
		look = p.Graded(max(metrics.LevelWarn, s.Level(pl.plan, panel.PlannedGap)))
	}
	diff := p.Num.Signed(v.V, i18n.Down)
	c.PrintRight(w, 0, diff, look)
	c.PrintRight(w-5, 0, p.Num.Whole(v.Den, i18n.Nearest), p.Look.Text)
}

// drawForecast draws by how much more comes than planned; against last week,
// where there is no plan, it says so.
func (v *Staffing) drawForecast(p *panel.Pen, s *panel.Scene, c screen.Canvas, pl place) {
	gap := readPlan(s, panel.ForecastGap, pl)
	percent, ok, week := gap.V, gap.OK, false
	if !ok && !v.planned(s, pl.row) {
		percent, ok = v.againstLastWeek(s, pl.row)
		week = ok
	}
	if s.Stale() || !ok {
		fit(c, p.Num.NoData(), p.Look.NoData, screen.Right)
		return
	}
	look := p.Graded(s.Level(pl.row, panel.ForecastGap))
	if math.Abs(percent) < 10 && look == p.Look.Text {
		look = p.Look.Dim // as foreseen is no news
	}
	w, _ := c.Size()
	mark := '%'
	if week {
		mark = 'w'
	}
	c.Set(w-1, 0, mark, p.Look.Dim)
	c.PrintRight(w-1, 0, p.Num.Signed(percent, i18n.Nearest), look)
}

// planned says whether there is a plan for the queue of a row.
func (v *Staffing) planned(s *panel.Scene, row *metrics.Row) bool {
	return plansOf(s.Floor, queueKey(row, row.Key.Queue)) != nil
}

// drawBack draws when the next one is back from a break, and how many are late.
func (v *Staffing) drawBack(p *panel.Pen, s *panel.Scene, c screen.Canvas, pl place) {
	w := v.crewOf(s, pl.row)
	switch {
	case s.Stale() || w.next == 0 && w.overdue == 0:
		fit(c, p.Num.NoData(), p.Look.NoData, screen.Right)
	case w.next == 0:
		fit(c, p.Say.Say(i18n.StaffLate), p.Look.Warn, screen.Right)
	default:
		fit(c, p.Num.Minute(w.next, p.Zone), p.Look.Text, screen.Right)
	}
}

// drawIdle draws how many of a team are available and have nothing to do.
func (v *Staffing) drawIdle(p *panel.Pen, s *panel.Scene, c screen.Canvas, pl place) {
	n, look := v.census.done.idle[pl.row.Key.Team], p.Look.Text.With(screen.Bold)
	if n == 0 {
		look = p.Look.Dim
	}
	t := p.Num.Count(int64(n))
	if s.Stale() {
		t, look = p.Num.NoData(), p.Look.Stale
	}
	fit(c, t, look, screen.Right)
}

// drawShared draws how many of those here serve another queue too.
func (v *Staffing) drawShared(p *panel.Pen, s *panel.Scene, c screen.Canvas, pl place) {
	n := v.crewOf(s, pl.row).shared
	look := p.Look.Text
	if n == 0 {
		look = p.Look.Dim
	}
	fit(c, p.Num.Count(int64(n)), look, screen.Right)
}

// figure is a column of a figure of the catalogue.
func figure(id string, title i18n.ID, width, drop int, over func(*panel.Scene) fact.Window) column {
	return column{ID: id, KPI: id, Over: over, Title: title, Width: width, Right: true, Drop: drop,
		Draw: func(p *panel.Pen, s *panel.Scene, c screen.Canvas, pl place) {
			v := s.Read(id, pl.row, over(s))
			look := p.Graded(s.Level(pl.row, id))
			switch {
			case s.Stale():
				v.OK, look = false, p.Look.Stale
			case !v.OK:
				look = p.Look.NoData
			case s.Unsettled(), v.V == 0 && look == p.Look.Text:
				look = p.Look.Dim // nothing there is no news
			}
			fit(c, p.Figure(id, v), look, screen.Right)
		},
		Value: func(s *panel.Scene, pl place) float64 { return sortable(s.Once(id, pl.row, over(s))) }}
}

// sortable is a value to sort by.
func sortable(v kpi.Value) float64 {
	if !v.OK {
		return math.NaN()
	}
	return v.V
}

// fit draws a text over the whole cell.
func fit(c screen.Canvas, t clean.Text, look screen.Style, align screen.Align) {
	w, _ := c.Size()
	c.PrintFit(0, 0, w, t, look, align)
}
