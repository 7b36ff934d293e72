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
	list  page.AgentList // everybody: sorted or filtered, and few people, as one table
	want  page.AgentList // of them, those who want somebody
	rest  page.AgentList // and everybody else, as tiles
	tiles page.Tiles[*metrics.AgentView]
	team  clean.Text // whose people; empty: those of the scope on the screen

	onTiles bool // the tiles have the keys
}

// New returns the page.
func New() *Agents { return with(page.Agents(nil)) }

// OfTeam returns the page with the people of one team.
func OfTeam(team clean.Text) *Agents {
	a := with(page.Agents(func(one *metrics.AgentView) bool { return one.Team == team }))
	a.team = team
	return a
}

// with returns the page with the parts of a list.
func with(list page.AgentList) *Agents {
	a := &Agents{list: list}
	a.want, a.rest = a.list.Wanting(), a.list.Others()
	a.tiles = page.Tiles[*metrics.AgentView]{List: &a.rest.List, Cells: page.TileCells, Cell: page.DrawTile}
	a.list.Activate()
	a.want.Activate()
	a.rest.Activate()
	return a
}

// split says whether those who are well are tiles.
func (a *Agents) split() bool { return a.list.Split() }

// among says whether the keys are those of the tiles: by choice, or because
// nobody wants attention.
func (a *Agents) among() bool { return a.onTiles || len(a.want.Rows()) == 0 }

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
	if a.split() {
		a.drawParts(p, s, c, l)
	} else {
		a.drawTable(p, s, c.Sub(l.Table), l.Boxed)
	}
	if !l.Side.Empty() {
		drawBots(p, s, c.Sub(l.Side))
	}
}

// drawTable draws everybody as one table.
func (a *Agents) drawTable(p *panel.Pen, s *panel.Scene, c screen.Canvas, boxed bool) {
	in := c
	if boxed {
		in = p.Box(c, a.title(p), panel.Focused)
	}
	a.list.Draw(p, s, in, panel.Focused)
	if len(a.list.Rows()) == 0 {
		p.Empty(in, p.Say.Say(i18n.NoAgents))
	}
	if _, below := a.list.Hidden(); boxed && below > 0 {
		p.Note(c, page.MoreRows(p, below))
	}
}

// drawParts draws those who want somebody as a table and those who are well as
// tiles below it, so that the few stand out of the many.
func (a *Agents) drawParts(p *panel.Pen, s *panel.Scene, c screen.Canvas, l layout.List) {
	a.want.Prepare(s)
	a.rest.Prepare(s)
	n := a.list.Counts()
	table, tiles := layout.PartsOf(l.Table, a.tiles.Lines(l.Table.W-2, len(a.list.Rows())))
	number := func(n int) clean.Text { return p.Num.Count(int64(n)) }
	f := panel.Focus(!a.among())
	in := p.Panel(c.Sub(table), p.Say.Fill(i18n.PeopleWanting, number(n.Want)), f, l.Boxed)
	a.want.Draw(p, s, in, f)
	if n.Want == 0 {
		p.Empty(in, p.Say.Fill(i18n.PeopleNoneWanting, number(n.Well)))
	}
	if _, below := a.want.Hidden(); l.Boxed && below > 0 {
		p.Note(c.Sub(table), page.MoreRows(p, below))
	}
	in = p.Panel(c.Sub(tiles), p.Say.Fill(i18n.PeopleOthers, number(n.Well), number(n.Away), number(n.Offline)), panel.Focus(a.among()), l.Boxed)
	a.tiles.Draw(p, s, in, panel.Focus(a.among()))
	if below := a.tiles.Below(); l.Boxed && below > 0 {
		p.Note(c.Sub(tiles), p.Say.Fill(i18n.PeopleMore, number(below), clean.Own(string(p.Look.Glyphs.More))))
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
	urgent, look := int64(a.list.Counts().Want), p.Look.Dim
	if urgent > 0 {
		look = p.Look.Warn
	}
	add(p.Say.Count(i18n.AgentsUrgent, urgent, p.Num.Count(urgent)), look)
	for _, one := range [...]metrics.Presence{metrics.PresenceAvailable, metrics.PresencePaused, metrics.PresenceAway, metrics.PresenceOffline} {
		add(pair(p.Say.Say(page.PresenceWord(one)), p.Num.Count(int64(a.present(n, one)))), p.Look.Dim)
	}
	if a.list.Filter() != "" || !a.team.Empty() {
		return // tiers are counted for the whole floor
	}
	for tier := 1; tier < len(n.TierFree); tier++ {
		if n.TierFree[tier] > 0 || n.TierWaiting[tier] > 0 {
			add(p.Say.Fill(i18n.TierFree, p.Num.Count(int64(tier)), p.Num.Count(int64(n.TierFree[tier]))), p.Look.Dim)
		}
	}
}

// present counts people by presence: of the floor, or of those in the list where
// it holds only some, so that the line adds up to what it begins with.
func (a *Agents) present(n *metrics.Now, of metrics.Presence) int32 {
	if a.list.Filter() == "" && a.team.Empty() {
		return n.Presence[of]
	}
	count := int32(0)
	for _, one := range a.list.Rows() {
		if one.Presence == of {
			count++
		}
	}
	return count
}

func pair(a, b clean.Text) clean.Text { return clean.Line(a.String() + " " + b.String()) }

// Cells of the columns of AI agents.
const botName, botState, botLoad = 18, 12, 22

// drawBots draws the AI agents: machines and people never share a table. Sessions
// with the bot are counted for the floor, seldom for one machine: a machine of
// which none is known says what it can carry, not that it carries nothing.
func drawBots(p *panel.Pen, s *panel.Scene, c screen.Canvas) {
	in := p.Box(c, p.Say.Say(i18n.PanelAIAgents), panel.Unfocused)
	if now := s.Floor.Row.Now; now != nil {
		t := p.Say.Fill(i18n.BotsNow, p.Num.Count(int64(now.BotActive)))
		if now.BotCapacity > 0 {
			t = p.Say.Fill(i18n.BotsOf, p.Num.Count(int64(now.BotActive)), p.Num.Count(int64(now.BotCapacity)))
		}
		p.Tag(c, t)
	}
	w, h := in.Size()
	for i, a := range s.Floor.Roster {
		if i >= h {
			p.Note(c, page.MoreRows(p, len(s.Floor.Roster)-h))
			break
		}
		line := panel.Row(in, i)
		level, look := metrics.LevelOK, p.Look.Dim
		if a.Presence != metrics.PresenceAvailable {
			level, look = metrics.LevelUnknown, p.Look.Text
		}
		p.Glyph(line, 0, 0, level)
		line.PrintFit(2, 0, botName, page.Name(p, a), p.Look.Text, screen.Left)
		line.PrintFit(3+botName, 0, botState, p.Say.Say(page.PresenceWord(a.Presence)), look, screen.Left)
		x := 4 + botName + botState
		load, used := p.Say.Fill(i18n.BotLoad, p.Num.Count(int64(a.SlotsUsed)), p.Num.Count(int64(a.Slots))), p.Look.Text
		switch {
		case a.Slots == 0:
			load, used = p.Num.NoData(), p.Look.NoData
		case a.SlotsUsed == 0:
			load, used = p.Say.Fill(i18n.BotRoom, p.Num.Count(int64(a.Slots))), p.Look.Dim
		}
		line.PrintFit(x, 0, botLoad, load, used, screen.Right)
		x += botLoad + 2
		if a.Slots == 0 || a.SlotsUsed == 0 || w-x < 12 {
			continue
		}
		share := float64(a.SlotsUsed) / float64(a.Slots)
		percent := p.Num.Percent(100*share, i18n.Down)
		line.PrintFit(x, 0, 6, clean.Line(percent.String()+" %"), p.Look.Dim, screen.Right)
		chart.Bar(line, x+8, 0, max(0, min(40, w-x-9)), share, p.Look.Bar, p.Look.Base, p.Look.Glyphs)
	}
}

// Act does what a key asks of the page.
func (a *Agents) Act(k keys.Action, _ *panel.Scene) page.Request {
	switch k {
	case keys.Enter:
		if one, ok := a.selected(); ok {
			return page.Request{Open: page.OneAgent, Agent: one.ID}
		}
	case keys.Back:
		a.list.SetFilter("")
	case keys.NextPanel, keys.PreviousPanel:
		a.onTiles = !a.among() && a.split()
	case keys.Sort, keys.SecondSort:
		a.list.Column = a.want.Column
		a.list.Act(k)
	default:
		a.act(k)
	}
	return page.Request{}
}

// act gives a key to the part that has the keys.
func (a *Agents) act(k keys.Action) {
	switch {
	case !a.split():
		a.list.Act(k)
		a.want.Column = a.list.Column
	case a.among():
		a.tiles.Act(k)
	default:
		a.want.Act(k)
	}
}

// Focus gives the keys to the part that was clicked.
func (a *Agents) Focus(t panel.Target) { a.onTiles = t == &a.tiles }

// selected returns the person at the cursor.
func (a *Agents) selected() (*metrics.AgentView, bool) {
	switch {
	case !a.split():
		return a.list.Selected()
	case a.among():
		return a.rest.Selected()
	}
	return a.want.Selected()
}

// Breach returns the loudest breach of the selected person, nil where there is
// none.
func (a *Agents) Breach(s *panel.Scene) *metrics.Breach {
	if one, ok := a.selected(); ok {
		return s.LoudestOf(one.Row)
	}
	return nil
}

// SetFilter shows only people that match.
func (a *Agents) SetFilter(text string) { a.list.SetFilter(text) }

// Filter returns the filter in force.
func (a *Agents) Filter() string { return a.list.Filter() }

// Explained returns the number at the cursor.
func (a *Agents) Explained(*panel.Scene) page.Explained {
	if a.split() && !a.among() {
		return a.want.Explained()
	}
	return a.list.Explained()
}
