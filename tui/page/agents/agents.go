// Package agents owns the page Agents: people by situation, the worst first,
// never by a score, and AI agents in a panel of their own. It must not know
// other pages.
package agents

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
	"wallboard/tui/text"
)

// Agents is the page.
type Agents struct {
	list page.AgentList
	team clean.Text // whose people; empty: those of the scope on the screen
}

// New returns the page.
func New() *Agents {
	a := &Agents{list: page.Agents(nil)}
	a.list.Activate()
	return a
}

// OfTeam returns the page with the people of one team.
func OfTeam(team clean.Text) *Agents {
	a := &Agents{list: page.Agents(func(one *metrics.AgentView) bool { return one.Team == team }), team: team}
	a.list.Activate()
	return a
}

// Draw draws the page.
func (a *Agents) Draw(p *panel.Pen, s *panel.Scene, c screen.Canvas) {
	a.list.Prepare(s)
	w, h := c.Size()
	bots := 0
	if s.Floor != nil && len(s.Floor.Roster) > 0 {
		bots = min(len(s.Floor.Roster), 4) + 2
	}
	l := layout.ListOf(w, h, layout.AllRows, bots)
	a.drawFacts(p, s, c.Sub(l.Facts))
	table := c.Sub(l.Table)
	in := table
	if l.Boxed {
		in = p.Box(table, a.title(p), panel.Focused)
	}
	a.list.Draw(p, s, in, panel.Focused)
	if len(a.list.Rows()) == 0 {
		p.Empty(in, p.Say.Say(i18n.NoAgents))
	}
	if _, below := a.list.Hidden(); l.Boxed && below > 0 {
		p.Note(table, page.MoreRows(p, below))
	}
	if !l.Side.Empty() {
		drawBots(p, s, c.Sub(l.Side))
	}
}

func (a *Agents) title(p *panel.Pen) clean.Text {
	if a.team.Empty() || a.list.Filter() != "" {
		return page.Title(p, i18n.PanelAgents, a.list.Filter())
	}
	return p.Say.Fill(i18n.TeamNamed, a.team)
}

// drawFacts sums the page up: how many people, how many want somebody, and what
// the tiers have free.
func (a *Agents) drawFacts(p *panel.Pen, s *panel.Scene, c screen.Canvas) {
	if s.Floor == nil {
		return
	}
	n := s.Floor.Row.Now
	w, _ := c.Size()
	x := 1
	add := func(t clean.Text, look screen.Style) {
		if x+text.Width(t.String())+3 > w {
			return
		}
		if x > 1 {
			c.Set(x+1, 0, p.Look.Glyphs.Dot, p.Look.Dim)
			x += 3
		}
		x += c.Print(x, 0, t, look)
	}
	total := int64(len(a.list.Rows()))
	add(p.Say.Count(i18n.AgentsTotal, total, p.Num.Count(total)), p.Look.Text)
	urgent, look := int64(a.list.Urgent()), p.Look.Dim
	if urgent > 0 {
		look = p.Look.Warn
	}
	add(p.Say.Count(i18n.AgentsUrgent, urgent, p.Num.Count(urgent)), look)
	for _, one := range [...]metrics.Presence{metrics.PresenceAvailable, metrics.PresencePaused, metrics.PresenceAway, metrics.PresenceOffline} {
		add(pair(p.Say.Say(page.PresenceWord(one)), p.Num.Count(int64(n.Presence[one]))), p.Look.Dim)
	}
	for tier := 1; tier < len(n.TierFree); tier++ {
		if n.TierFree[tier] > 0 || n.TierWaiting[tier] > 0 {
			add(p.Say.Fill(i18n.TierFree, p.Num.Count(int64(tier)), p.Num.Count(int64(n.TierFree[tier]))), p.Look.Dim)
		}
	}
}

func pair(a, b clean.Text) clean.Text { return clean.Line(a.String() + " " + b.String()) }

// drawBots draws the AI agents: machines and people never share a table.
func drawBots(p *panel.Pen, s *panel.Scene, c screen.Canvas) {
	in := p.Box(c, p.Say.Say(i18n.PanelAIAgents), panel.Unfocused)
	w, h := in.Size()
	for i, a := range s.Floor.Roster {
		if i >= h {
			p.Note(c, page.MoreRows(p, len(s.Floor.Roster)-h))
			break
		}
		line := panel.Row(in, i)
		p.Glyph(line, 0, 0, metrics.LevelOK)
		line.PrintFit(2, 0, 18, page.Name(p, a), p.Look.Text, screen.Left)
		line.PrintFit(21, 0, 12, p.Say.Say(page.PresenceWord(a.Presence)), p.Look.Dim, screen.Left)
		label := p.Say.Fill(i18n.BotLoad, p.Num.Count(int64(a.SlotsUsed)), p.Num.Count(int64(a.Slots)))
		x := 34 + line.Print(34, 0, label, p.Look.Text) + 2
		if a.Slots > 0 && w-x > 10 {
			chart.Bar(line, x, 0, min(40, w-x-1), float64(a.SlotsUsed)/float64(a.Slots), p.Look.Bar, p.Look.BarEmpty, p.Look.Glyphs)
		}
	}
}

// Act does what a key asks of the page.
func (a *Agents) Act(k keys.Action, _ *panel.Scene) page.Request {
	switch k {
	case keys.Enter:
		if one, ok := a.list.Selected(); ok {
			return page.Request{Open: page.OneAgent, Agent: one.ID}
		}
	case keys.Back:
		a.list.SetFilter("")
	default:
		a.list.Act(k)
	}
	return page.Request{}
}

// Breach returns the loudest breach of the selected person, nil where there is
// none.
func (a *Agents) Breach(s *panel.Scene) *metrics.Breach {
	if one, ok := a.list.Selected(); ok {
		return s.LoudestOf(one.Row)
	}
	return nil
}

// SetFilter shows only people that match.
func (a *Agents) SetFilter(text string) { a.list.SetFilter(text) }

// Filter returns the filter in force.
func (a *Agents) Filter() string { return a.list.Filter() }

// Explained returns the number at the cursor.
func (a *Agents) Explained(*panel.Scene) page.Explained { return a.list.Explained() }
