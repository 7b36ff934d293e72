package staffing

import (
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
	"wallboard/tui/i18n"
	"wallboard/tui/layout"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// drawPanel draws one of the panels about a place.
func (v *Staffing) drawPanel(p *panel.Pen, s *panel.Scene, c screen.Canvas, id panelID, pl place, boxed bool) {
	place := p.Place(s, pl.row.Key)
	if id != whyPanel && id != helpPanel {
		place = p.Place(s, v.outlook.row.Key)
	}
	title := p.Say.Fill([numPanels]i18n.ID{i18n.StaffHelp, i18n.StaffNext, i18n.StaffContacts, i18n.StaffPeople, i18n.StaffWhy}[id], place)
	in := p.Panel(c, title, panel.Unfocused, boxed)
	switch id {
	case whyPanel:
		v.drawWhy(p, s, in, pl)
	case helpPanel:
		v.drawHelp(p, s, in, pl)
	case nextPanel:
		v.drawNext(p, s, in)
		if boxed && v.outlook.row != nil {
			p.Tag(c, v.ratioWords(p, s))
		}
	case contactsPanel:
		v.drawContacts(p, s, c, in)
	default:
		v.drawPeopleChart(p, s, c, in)
	}
	if boxed && v.shown < layout.StaffingPanels && (v.shown == 1 || id != whyPanel) {
		p.Note(c, p.Say.Say(i18n.StaffTab))
	}
}

// sheet writes labelled lines: a label, the reckoning, what comes of it.
type sheet struct {
	c screen.Canvas
	y int
}

func (sh *sheet) row(p *panel.Pen, label, middle, result clean.Text, look screen.Style) {
	w, h := sh.c.Size()
	if sh.y >= h {
		return
	}
	const labels = 11
	sh.c.PrintFit(1, sh.y, labels, label, p.Look.Dim, screen.Left)
	end := w - 1
	if !result.Empty() {
		sh.c.PrintRight(end, sh.y, result, look)
		end -= text.Width(result.String()) + 1
	}
	sh.c.PrintFit(labels+2, sh.y, end-labels-2, middle, p.Look.Text, screen.Left)
	sh.y++
}

// drawWhy shows how people needed come about, with the numbers of now.
func (v *Staffing) drawWhy(p *panel.Pen, s *panel.Scene, c screen.Canvas, pl place) {
	sh := &sheet{c: c}
	if s.Stale() {
		p.Empty(c, p.Num.NoData())
		return
	}
	w, somebody := v.workload(s, pl.row)
	if w.Handled > 0 {
		drawReckoning(p, sh, &w, there(somebody))
	} else {
		sh.row(p, p.Say.Say(i18n.StaffNeeded), p.Say.Say(i18n.StaffNoHandle), clean.Text{}, p.Look.Text)
	}
	v.drawPresence(p, s, sh, pl)
}

// drawReckoning writes the formula line by line; where nobody is there, with the
// slots of people elsewhere.
func drawReckoning(p *panel.Pen, sh *sheet, w *kpi.Workload, here there) {
	handle := p.Num.Span(w.HandleMinutes*60, i18n.Up)
	slots := func(v float64) clean.Text { return p.Say.Fill(i18n.StaffSlots, p.Num.Rate(v, i18n.Nearest)) }
	flow, backlog := *w, *w
	flow.Waiting, backlog.PerMinute = 0, 0
	sh.row(p, p.Say.Say(i18n.StaffComing), p.Say.Fill(i18n.StaffComingHow, p.Num.Rate(w.PerMinute, i18n.Nearest), handle), slots(flow.Slots()), p.Look.Text)
	sh.row(p, p.Say.Say(i18n.StaffBacklog), p.Say.Fill(i18n.StaffBacklogHow, p.Num.Count(int64(w.Waiting)), handle), slots(backlog.Slots()), p.Look.Text)
	each := i18n.StaffSlotsEach
	if !here {
		each = i18n.StaffSlotsElsewhere
	}
	sh.row(p, p.Say.Say(i18n.StaffNeeded), p.Say.Fill(each, p.Num.Rate(w.Slots(), i18n.Nearest), p.Num.Rate(w.SlotsEach(), i18n.Nearest)),
		p.Num.Whole(w.People(w.SlotsEach()), i18n.Up), p.Look.Text.With(screen.Bold))
}

// there says that somebody is in the place.
type there bool

// drawPresence writes who is there, who is not and what was planned.
func (v *Staffing) drawPresence(p *panel.Pen, s *panel.Scene, sh *sheet, pl place) {
	n, w := pl.row.Now, v.crewOf(s, pl.row)
	here := s.Read(panel.People, pl.row, fact.Window15m)
	sh.row(p, p.Say.Say(i18n.StaffHere), p.Say.Count(i18n.StaffHereHow, int64(n.Members), p.Num.Count(int64(n.Members)), p.Num.Count(int64(w.shared))), p.Figure(panel.People, here), p.Look.Text.With(screen.Bold))
	if gap := s.Read(panel.StaffingGap, pl.row, fact.Window15m); gap.OK {
		t, look := gapWords(p, gap)
		load := s.Read(panel.SlotLoad, pl.row, fact.Window15m)
		sh.row(p, p.Say.Say(i18n.StaffColGap), p.Say.Fill(i18n.StaffLoadHow, p.WithUnit(panel.SlotLoad, load)), t, look.With(screen.Bold))
	}
	if gap := readPlan(s, panel.PlannedGap, place{row: pl.row, plan: planRow(s, pl)}); gap.OK {
		sh.row(p, p.Say.Say(i18n.StaffPlanned), p.Say.Fill(i18n.StaffPlannedHow, p.Num.Whole(gap.Den, i18n.Nearest), p.Place(s, planRow(s, pl).Key)), p.Num.Signed(gap.V, i18n.Down), p.Look.Text)
	}
	sh.breaks(p, s, pl, w)
}

// breaks writes who could come back.
func (sh *sheet) breaks(p *panel.Pen, s *panel.Scene, pl place, w crew) {
	paused, away, draining := s.Read("agents_paused", pl.row, fact.Window15m), s.Read("agents_away", pl.row, fact.Window15m), s.Read("draining", pl.row, fact.Window15m)
	sh.row(p, p.Say.Say(i18n.StaffColPaused), p.Say.Fill(i18n.StaffBreaksHow, p.Figure("agents_away", away), p.Figure("draining", draining)), p.Figure("agents_paused", paused), p.Look.Text)
	back := clean.Text{}
	if w.next > 0 {
		back = p.Say.Fill(i18n.StaffNextBack, p.Num.Minute(w.next, p.Zone), p.Num.Count(int64(w.soon)))
	}
	late := clean.Text{}
	if w.overdue > 0 {
		late = p.Say.Count(i18n.StaffOverdue, int64(w.overdue), p.Num.Count(int64(w.overdue)))
	}
	if !back.Empty() || !late.Empty() {
		sh.row(p, p.Say.Say(i18n.StaffColBack), back, late, p.Look.Warn)
	}
}
