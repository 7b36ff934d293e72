package staffing

import (
	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/chart"
	"wallboard/tui/i18n"
	"wallboard/tui/layout"
	"wallboard/tui/page"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// panelID is one of the panels about the selected row.
type panelID int

const (
	helpPanel panelID = iota
	nextPanel
	contactsPanel
	peoplePanel
	whyPanel
	numPanels
)

// Draw draws the page.
func (v *Staffing) Draw(p *panel.Pen, s *panel.Scene, c screen.Canvas) {
	v.reckon(s)
	list := v.list()
	list.Prepare(s)
	w, h := c.Size()
	l := layout.StaffingOf(w, h, len(list.Rows()))
	v.shown = l.Shown
	v.drawFacts(p, s, c.Sub(l.Facts), l.Digits)
	v.drawMoves(p, s, c.Sub(l.Moves))
	v.drawTable(p, s, c.Sub(l.Table), l.Boxed)
	pl, ok := v.subject(s)
	if !ok {
		return
	}
	v.foresee(s, pl)
	for i := range l.Shown {
		v.drawPanel(p, s, c.Sub(l.Panels[i]), v.panelAt(i, l.Shown), pl, l.Boxed)
	}
}

// panelAt says which panel is in the i-th place of so many. Where there is room
// for two the first stays, and tab changes the other.
func (v *Staffing) panelAt(i, of int) panelID {
	switch {
	case of == layout.StaffingPanels:
		return [...]panelID{whyPanel, helpPanel, nextPanel, contactsPanel, peoplePanel}[i]
	case of == 2 && i == 0:
		return whyPanel
	case of == 2:
		return panelID((v.panel + 1) % int(whyPanel)) // the outlook first: who could help is on top
	}
	return panelID(v.panel)
}

// subject is the place that the panels tell of: the chosen one, or where teams
// are listed the place with the widest gap.
func (v *Staffing) subject(s *panel.Scene) (place, bool) {
	if v.view != byTeam {
		return v.chosen(s)
	}
	switch {
	case len(v.sum.moves) > 0:
		return place{row: v.sum.moves[0].to}, true
	case v.sum.worst != nil:
		return place{row: v.sum.worst}, true
	}
	return place{}, false
}

func (v *Staffing) drawTable(p *panel.Pen, s *panel.Scene, c screen.Canvas, boxed bool) {
	list := v.list()
	title := [numViews]i18n.ID{i18n.StaffByTable, i18n.StaffByQueue, i18n.StaffByChannel, i18n.StaffByTeam}[v.view]
	in := p.Panel(c, page.Title(p, title, list.Filter()), panel.Focused, boxed)
	list.Draw(p, s, in, panel.Focused)
	if len(list.Rows()) == 0 {
		p.Empty(in, p.Say.Say(i18n.StaffNoRows))
	}
	if !boxed {
		return
	}
	if _, below := list.Hidden(); below > 0 {
		p.Note(c, page.MoreRows(p, below))
		return
	}
	p.Note(c, p.Say.Say(i18n.StaffKeys))
}

// drawFacts draws what the floor needs, has and lacks: big where there is room.
func (v *Staffing) drawFacts(p *panel.Pen, s *panel.Scene, c screen.Canvas, digits int) {
	needed, here, ok := floorGap(s)
	none := p.Num.NoData()
	facts := [...]struct {
		label i18n.ID
		value clean.Text
		look  screen.Style
	}{
		{i18n.StaffNeeded, none, p.Look.Digits}, {i18n.StaffHere, none, p.Look.Digits}, {i18n.StaffToSpare, none, p.Look.Digits},
	}
	if ok && !s.Stale() {
		facts[0].value, facts[1].value = p.Num.Whole(needed, i18n.Up), p.Num.Whole(here, i18n.Down)
		facts[2].value = p.Num.Whole(max(0, here-needed), i18n.Down)
	}
	if v.sum.short > 0 && !s.Stale() {
		facts[2].label, facts[2].value, facts[2].look = i18n.StaffMissing, p.Num.Count(int64(v.sum.short)), p.Look.Bad
	}
	w, _ := c.Size()
	x := 1
	for i, f := range facts {
		label := p.Say.Say(f.label)
		if f.label == i18n.StaffMissing {
			label = p.Say.Count(f.label, int64(v.sum.places), p.Num.Count(int64(v.sum.places)))
		}
		if digits > 0 {
			cell := c.Sub(layout.Rect{X: x, W: min(max(18, w/3), w-x), H: digits + 1})
			drawBig(p, cell, label, f.value, f.look, v.alarm(i))
			x += max(18, w/3)
			continue
		}
		look := p.Look.Text.With(screen.Bold)
		if i == 2 && v.sum.short > 0 {
			look = p.Look.Bad
		}
		if x+text.Width(label.String())+text.Width(f.value.String())+2 > w {
			return
		}
		x = p.Fact(c, x, 0, label, f.value, look) + 3
	}
	if digits == 0 && len(v.sum.moves) > 0 && x < w-20 {
		v.drawMove(p, s, c.Sub(layout.Rect{X: x - 1, W: w - x, H: 1}), &v.sum.moves[0])
	}
}

// alarm is the level of the i-th of the floor's figures.
func (v *Staffing) alarm(i int) metrics.Level {
	switch {
	case i < 2 || v.sum.short == 0:
		return metrics.LevelUnknown
	case len(v.sum.moves) > 0 && v.sum.moves[0].to.Now.Uncovered:
		return metrics.LevelCritical
	}
	return metrics.LevelWarn
}

// drawBig draws one figure in big digits under its label, which has a sign where
// people are missing: before the digits it would read as a point.
func drawBig(p *panel.Pen, c screen.Canvas, label, value clean.Text, look screen.Style, alarm metrics.Level) {
	w, _ := c.Size()
	x := 0
	if alarm > metrics.LevelOK {
		p.Glyph(c, 0, 0, alarm)
		x = 2
	}
	c.PrintFit(x, 0, w-x, label, p.Look.Dim, screen.Left)
	if chart.BigWidth(value, chart.ThreeRows, p.Look.Glyphs) > w {
		c.PrintFit(0, 2, w, value, look, screen.Left)
		return
	}
	chart.BigDigits(c, 0, 1, chart.ThreeRows, value, look, p.Look.Glyphs)
}
