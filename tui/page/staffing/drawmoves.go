package staffing

import (
	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/layout"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// drawMoves says, place by place that is short, who could go there.
func (v *Staffing) drawMoves(p *panel.Pen, s *panel.Scene, c screen.Canvas) {
	w, h := c.Size()
	if h < 2 {
		return
	}
	c.PrintFit(1, 0, w-2, p.Say.Say(i18n.StaffMoves), p.Look.Title, screen.Left)
	if s.Stale() {
		return
	}
	if len(v.sum.moves) == 0 {
		c.PrintFit(1, 1, w-2, p.Say.Say(i18n.StaffNoMoves), p.Look.Dim, screen.Left)
		return
	}
	rows := min(h-1, len(v.sum.moves))
	for y := range rows {
		v.drawMove(p, s, c.Sub(layout.Rect{Y: y + 1, W: w, H: 1}), &v.sum.moves[y])
	}
	if more := v.sum.places - rows; more > 0 {
		c.PrintRight(w-1, 0, p.Say.Fill(i18n.StaffMoreShort, p.Num.Count(int64(more))), p.Look.Dim)
	}
}

// line writes parts of a row one after the other, as far as they have room.
type line struct {
	c   screen.Canvas
	x   int
	dot rune
	sep screen.Style
}

// add writes a text behind the last.
func (l *line) add(t clean.Text, look screen.Style) bool {
	w, _ := l.c.Size()
	if t.Empty() || l.x+text.Width(t.String()) > w {
		return false
	}
	l.x += l.c.Print(l.x, 0, t, look) + 1
	return true
}

// part writes a text behind a dot.
func (l *line) part(t clean.Text, look screen.Style) bool {
	l.x += 2
	if !l.add(t, look) {
		l.x -= 2
		return false
	}
	l.c.Set(l.x-text.Width(t.String())-3, 0, l.dot, l.sep)
	return true
}

// drawMove draws one place that is short and what can be done for it.
func (v *Staffing) drawMove(p *panel.Pen, s *panel.Scene, c screen.Canvas, m *move) {
	level, short, look := metrics.LevelWarn, p.Say.Fill(i18n.StaffShort, p.Num.Count(int64(m.short))), p.Look.Warn
	if m.to.Now.Uncovered {
		level, short, look = metrics.LevelCritical, p.Say.Fill(nobody(m.to, i18n.StaffNobodyOf, i18n.StaffUnableOf), p.Num.Count(int64(m.short))), p.Look.Critical
	}
	p.Glyph(c, 1, 0, level)
	l := line{c, 3, p.Look.Glyphs.Dot, p.Look.Dim}
	l.add(p.Place(s, m.to.Key), p.Look.Text.With(screen.Bold))
	l.add(short, look)
	if m.helper != nil {
		l.part(p.Say.Count(i18n.StaffTake, int64(m.count), p.Num.Count(int64(m.count)), m.helper.group.team), p.Look.Good)
		if queues := m.helper.group.queues; len(queues) > 0 {
			l.add(p.Say.Fill(i18n.StaffFrom, joined(p, queues)), p.Look.Dim)
		}
		return
	}
	said := v.drawReturn(p, &l, &m.crew)
	if free := m.to.Now.FreeSlots; free > 0 {
		said = l.part(p.Say.Count(i18n.StaffSlotsFree, int64(free), p.Num.Count(int64(free))), p.Look.Text) || said
	}
	if !said {
		l.part(p.Say.Say(i18n.StaffNobodyIdle), p.Look.Dim)
	}
}

// drawReturn says who comes back from a break by when, or should have.
func (v *Staffing) drawReturn(p *panel.Pen, l *line, c *crew) bool {
	said := false
	if c.overdue > 0 {
		said = l.part(p.Say.Count(i18n.StaffOverdue, int64(c.overdue), p.Num.Count(int64(c.overdue))), p.Look.Warn)
	}
	if c.soon > 0 {
		said = l.part(p.Say.Count(i18n.StaffSoon, int64(c.soon), p.Num.Count(int64(c.soon)), p.Num.Minute(c.next, p.Zone)), p.Look.Good) || said
	}
	return said
}

// joined writes names with commas, the first two and how many more.
func joined(p *panel.Pen, names []clean.Text) clean.Text {
	const most = 2
	out := names[0].String()
	for i := 1; i < min(len(names), most); i++ {
		out += ", " + names[i].String()
	}
	if more := len(names) - most; more > 0 {
		out += " +" + p.Num.Count(int64(more)).String()
	}
	return clean.Line(out)
}
