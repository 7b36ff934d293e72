// Package agent owns the drill-down into one person: their sessions with
// running clocks, their figures beside their team's, their breaches. It must
// not know other pages.
package agent

import (
	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/chart"
	"wallboard/tui/i18n"
	"wallboard/tui/keys"
	"wallboard/tui/layout"
	"wallboard/tui/page"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
)

// Agent is the page of one person.
type Agent struct {
	id   clean.Text
	legs page.List[*metrics.SessionView]
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
	l := layout.DetailOf(w, h, 3, 2)
	one := s.Agent(a.id)
	here := a.id
	if one != nil {
		here = page.Name(one)
	}
	x := page.Crumb(p, c.Sub(l.Crumb), i18n.PageAgents, here)
	if one == nil {
		p.Empty(c.Sub(l.Main), p.Say.Say(i18n.AgentGone))
		return
	}
	c.Print(x+1, l.Crumb.Y, one.ID, p.Look.Dim)
	a.drawPerson(p, s, p.Panel(c.Sub(l.Facts), p.Say.Say(i18n.PanelPerson), panel.Unfocused, l.Boxed), one)
	a.drawLegs(p, s, c.Sub(l.Main), l.Boxed, one)
	a.drawFigures(p, s, c, l, one)
	if !l.Rules.Empty() {
		in := p.Panel(c.Sub(l.Rules), p.Say.Say(i18n.PanelRules), panel.Unfocused, l.Boxed)
		page.Rules(p, s, in, func(k metrics.Key) bool { return !k.Agent.Empty() && k.Agent == a.id })
	}
}

// drawPerson draws who it is and how they stand, in three lines.
func (a *Agent) drawPerson(p *panel.Pen, s *panel.Scene, c screen.Canvas, one *metrics.AgentView) {
	line := func(y int, facts ...fact) {
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
	line(0, fact{i18n.ColTeam, one.Team}, fact{i18n.ColPresence, presence}, fact{i18n.ColSince, age(one.PresenceSince)},
		fact{i18n.ColActivity, p.Say.Say(page.ActivityWord(one.Activity))}, fact{i18n.ColSince, age(one.ActivitySince)})
	line(1, fact{i18n.ColQueues, page.Joined(one.Queues)}, fact{i18n.FactSkills, page.Joined(one.Skills)}, fact{i18n.FactLangs, page.Joined(one.Langs)},
		fact{i18n.FactTier, tier(p, one.Tier)})
	x := 1 + c.Print(1, 2, p.Say.Say(i18n.ColSlots), p.Look.Dim) + 1
	x += chart.SlotDots(c, x, 2, 24, int(one.SlotsUsed), int(one.Slots), p.Look) + 3
	x = p.Fact(c, x, 2, p.Say.Say(i18n.ColUnanswered), p.Num.Count(int64(one.Unanswered)), p.Look.Text) + 3
	if one.UnansweredSince > 0 {
		x = p.Fact(c, x, 2, p.Say.Say(i18n.ColOldest), p.Num.Clock(float64(s.At-one.UnansweredSince)/1000, i18n.Up), p.Look.Text) + 3
	}
	p.Fact(c, x, 2, p.Say.Say(i18n.FactMissed), p.Num.Count(int64(one.MissedOffers15m)), p.Look.Text)
}

type fact struct {
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

// drawFigures draws the person's figures, and their team's beside or below.
func (a *Agent) drawFigures(p *panel.Pen, s *panel.Scene, c screen.Canvas, l layout.Detail, one *metrics.AgentView) {
	own, theirs := l.Second, l.Charts[0]
	if own.Empty() {
		return
	}
	in := p.Panel(c.Sub(own), p.Say.Say(i18n.PanelFigures), panel.Unfocused, l.Boxed)
	page.Figures(p, s, in, one.Row, figures())
	row := teamRow(s, one.Team)
	if theirs.Empty() || row == nil {
		return
	}
	in = p.Panel(c.Sub(theirs), p.Say.Fill(i18n.TeamNamed, one.Team), panel.Unfocused, l.Boxed)
	page.Figures(p, s, in, row, figures())
	if !l.Charts[1].Empty() {
		p.People(c.Sub(l.Charts[1]), s, row, l.Boxed)
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
