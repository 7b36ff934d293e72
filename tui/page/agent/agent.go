// Package agent owns the drill-down into one person: their sessions with running
// clocks, their day, their figures beside their team's, what to do about them. It
// must not know other pages.
package agent

import (
	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/tui/chart"
	"wallboard/tui/i18n"
	"wallboard/tui/keys"
	"wallboard/tui/layout"
	"wallboard/tui/page"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// Agent is the page of one person.
type Agent struct {
	id    clean.Text
	legs  page.List[*metrics.SessionView]
	hours hours
	judge page.Judge
}

// New returns the page of a person.
func New(id clean.Text) *Agent {
	a := &Agent{id: id}
	a.legs = page.Sessions(page.LegColumns(), func(s *panel.Scene) []metrics.SessionView {
		if one := s.Agent(id); one != nil {
			return one.Legs
		}
		return nil
	})
	a.legs.Table.Written = page.WrittenLegs()
	a.legs.Activate()
	return a
}

func figures() []string {
	return []string{
		panel.Handled, panel.AHT, panel.FRTp50, panel.FRTp90, panel.Response, panel.Occupancy, panel.ServiceLevel,
	}
}

// Draw draws the page.
func (a *Agent) Draw(p *panel.Pen, s *panel.Scene, c screen.Canvas) {
	a.legs.Prepare(s)
	w, h := c.Size()
	l := layout.AgentOf(w, h, personRows, len(figures()))
	one := s.Agent(a.id)
	here := p.PersonID(a.id)
	if one != nil {
		here = page.Name(p, one)
	}
	x := page.Crumb(p, c.Sub(l.Crumb), i18n.PageAgents, here)
	if one == nil {
		p.Empty(c.Sub(l.Sessions), p.Say.Say(i18n.AgentGone))
		return
	}
	if !p.Masked() {
		c.Print(x+1, l.Crumb.Y, one.ID, p.Look.Dim)
	}
	drawPerson(p, s, box(p, c, l.Person, i18n.PanelPerson, l.Boxed), one)
	a.drawDay(p, s, c, l, one)
	a.drawLegs(p, s, c.Sub(l.Sessions), l.Boxed, one)
	if !l.Actions.Empty() {
		drawActions(p, s, box(p, c, l.Actions, i18n.PanelActions, l.Boxed), one, a.judge.Situations(s, one))
	}
	if !l.Hours.Empty() {
		a.hours.draw(p, s, box(p, c, l.Hours, i18n.PanelHours, l.Boxed), one)
	}
	if !l.Figures.Empty() {
		drawFigures(p, s, box(p, c, l.Figures, i18n.PanelFigures, l.Boxed), one)
	}
	if !l.Rules.Empty() {
		page.Rules(p, s, box(p, c, l.Rules, i18n.PanelRules, l.Boxed), func(k metrics.Key) bool { return !k.Agent.Empty() && k.Agent == a.id })
	}
}

// box draws the frame of one part of the page and returns its inside.
func box(p *panel.Pen, c screen.Canvas, at layout.Rect, title i18n.ID, boxed bool) screen.Canvas {
	return p.Panel(c.Sub(at), p.Say.Say(title), panel.Unfocused, boxed)
}

// drawDay draws the strip of the day, with what the pauses were for.
func (a *Agent) drawDay(p *panel.Pen, s *panel.Scene, c screen.Canvas, l layout.Agent, one *metrics.AgentView) {
	if l.Day.Empty() {
		return
	}
	drawDay(p, s, box(p, c, l.Day, i18n.PanelDay, l.Boxed), one)
	if l.Boxed {
		p.Tag(c.Sub(l.Day), reasons(p, stretches(s.Floor, one, s.At), l.Day.W/2))
		p.Note(c.Sub(l.Day), dayNote(p, s.Floor, one))
	}
}

// personRows is how many rows drawPerson fills.
const personRows = 3

// drawPerson draws who it is and how they stand, in three lines.
func drawPerson(p *panel.Pen, s *panel.Scene, c screen.Canvas, one *metrics.AgentView) {
	line := func(y int, facts ...known) {
		x := 1
		w, _ := c.Size()
		for _, f := range facts {
			if !f.value.Empty() && x < w-8 {
				x = p.Fact(c, x, y, p.Say.Say(f.label), f.value, p.Look.Text) + 3
			}
		}
	}
	presence := p.Say.Say(page.PresenceWord(one.Presence))
	if !one.PresenceReason.Empty() {
		presence = clean.Line(presence.String() + ": " + one.PresenceReason.String())
	}
	age := func(since int64) clean.Text {
		if since == 0 {
			return clean.Text{}
		}
		return p.Num.Clock(float64(s.At-since)/1000, i18n.Down)
	}
	line(0, known{i18n.ColTeam, one.Team}, known{i18n.ColPresence, presence}, known{i18n.ColSince, age(one.PresenceSince)},
		known{i18n.ColActivity, p.Say.Say(page.ActivityWord(one.Activity))}, known{i18n.ColSince, age(one.ActivitySince)})
	line(1, known{i18n.ColQueues, page.Joined(one.Queues)}, known{i18n.FactSkills, page.Joined(one.Skills)}, known{i18n.FactLangs, page.Joined(one.Langs)},
		known{i18n.FactTier, tier(p, one.Tier)})
	x := 1 + c.Print(1, 2, p.Say.Say(i18n.ColSlots), p.Look.Dim) + 1
	x += chart.SlotDots(c, x, 2, 24, int(one.SlotsUsed), int(one.Slots), p.Look) + 3
	x = p.Fact(c, x, 2, p.Say.Say(i18n.ColUnanswered), p.Num.Count(int64(one.Unanswered)), p.Look.Text) + 3
	if one.UnansweredSince > 0 {
		x = p.Fact(c, x, 2, p.Say.Say(i18n.ColOldest), p.Num.Clock(float64(s.At-one.UnansweredSince)/1000, i18n.Up), p.Look.Text) + 3
	}
	p.Fact(c, x, 2, p.Say.Say(i18n.FactMissed), p.Num.Count(int64(one.MissedOffers15m)), p.Look.Text)
	drawBrief(p, s, c, one)
}

// drawBrief draws the figures over the window on the screen and what the day
// came to in a line each, where there are lines for it.
func drawBrief(p *panel.Pen, s *panel.Scene, c screen.Canvas, one *metrics.AgentView) {
	w, h := c.Size()
	if h > personRows {
		x := 1 + c.Print(1, personRows, p.WindowName(s.View.Window), p.Look.Dim) + 3
		for _, f := range [...]struct {
			label clean.Text
			kpi   string
		}{
			{p.Say.Say(i18n.ColHandled), panel.Handled}, {p.Say.Say(i18n.ColAHT), panel.AHT}, {p.Say.Say(i18n.ColFRT), panel.FRTp90},
			{p.Say.Say(i18n.LineServiceLevel), panel.ServiceLevel}, {p.KPIName(panel.Occupancy), panel.Occupancy},
		} {
			label, value := f.label, p.WithUnit(f.kpi, s.Read(f.kpi, one.Row, s.View.Window))
			if x+text.Width(label.String())+1+text.Width(value.String()) > w {
				break
			}
			x = p.Fact(c, x, personRows, label, value, p.Graded(s.Level(one.Row, f.kpi))) + 3
		}
	}
	if h <= personRows+1 || s.Floor == nil {
		return
	}
	x, day := 1, stretches(s.Floor, one, s.At)
	for _, presence := range stripRows() {
		sum := int64(0)
		for _, lasted := range day {
			if lasted.presence == presence {
				sum += lasted.to - lasted.from
			}
		}
		value, look := p.Num.NoData(), p.Look.NoData
		if sum > 0 {
			value, look = brief(p, sum), p.Look.Text
		}
		x = p.Fact(c, x, personRows+1, p.Say.Say(page.PresenceWord(presence)), value, look) + 3
	}
}

type known struct {
	label i18n.ID
	value clean.Text
}

func tier(p *panel.Pen, t int8) clean.Text {
	if t == 0 {
		return clean.Text{}
	}
	return p.Num.Count(int64(t))
}

func (a *Agent) drawLegs(p *panel.Pen, s *panel.Scene, c screen.Canvas, boxed bool, one *metrics.AgentView) {
	in := p.Panel(c, p.Say.Fill(i18n.PanelSessions, p.Num.Count(int64(len(one.Legs)))), panel.Focused, boxed)
	a.legs.Draw(p, s, in, panel.Focused)
	if len(one.Legs) == 0 {
		p.Empty(in, p.Say.Say(i18n.NoSessions))
	}
}

// Cells of the figures' columns.
const nameCells, valueCells = 24, 8

// drawFigures draws the person's figures over the window on the screen beside
// their team's, then over the other windows as far as there is room.
func drawFigures(p *panel.Pen, s *panel.Scene, c screen.Canvas, one *metrics.AgentView) {
	w, h := c.Size()
	type column struct {
		title  clean.Text
		row    *metrics.Row
		window fact.Window
	}
	columns := []column{{p.WindowName(s.View.Window), one.Row, s.View.Window}, {p.Say.Say(i18n.HoursTeam), teamRow(s, one.Team), s.View.Window}}
	for _, window := range panel.Windows() {
		if window != s.View.Window {
			columns = append(columns, column{p.WindowName(window), one.Row, window})
		}
	}
	columns = columns[:max(1, min(len(columns), (w-nameCells)/valueCells))]
	for i, col := range columns {
		c.PrintFit(nameCells+i*valueCells, 0, valueCells-1, col.title, p.Look.Dim, screen.Right)
	}
	for y, id := range figures() {
		if y+1 >= h {
			return
		}
		c.PrintFit(1, y+1, nameCells-1, p.Measure(id), p.Look.Dim, screen.Left)
		for i, col := range columns {
			if id == panel.Handled && i == 1 {
				continue // a sum of many stands beside nobody's own
			}
			v := s.Read(id, col.row, col.window)
			look := p.Look.Dim
			switch {
			case !v.OK:
				look = p.Look.NoData
			case i == 0:
				look = p.Graded(s.Level(one.Row, id))
			}
			c.PrintFit(nameCells+i*valueCells, y+1, valueCells-1, p.Figure(id, v), look, screen.Right)
		}
	}
}

func teamRow(s *panel.Scene, team clean.Text) *metrics.Row {
	for _, r := range s.Floor.Teams {
		if r.Key.Team == team {
			return r
		}
	}
	return nil
}

// Act does what a key asks of the page.
func (a *Agent) Act(k keys.Action, _ *panel.Scene) page.Request {
	if one, ok := a.legs.Selected(); ok && k == keys.Enter {
		return page.Request{Open: page.OneSession, Session: one.ID}
	}
	a.legs.Act(k)
	return page.Request{}
}

// Breach returns the person's loudest breach, nil where there is none.
func (a *Agent) Breach(s *panel.Scene) *metrics.Breach {
	if one := s.Agent(a.id); one != nil {
		return s.LoudestOf(one.Row)
	}
	return nil
}

// SetFilter does nothing: a person has few sessions.
func (a *Agent) SetFilter(string) {}

// Filter returns nothing.
func (a *Agent) Filter() string { return "" }

// Explained returns the person's handle time: what is asked for most.
func (a *Agent) Explained(s *panel.Scene) page.Explained {
	if one := s.Agent(a.id); one != nil {
		return page.Explained{KPI: panel.AHT, Row: one.Row}
	}
	return page.Explained{}
}
