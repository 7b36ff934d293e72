package heat

import (
	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/kpi"
	"wallboard/tui/chart"
	"wallboard/tui/i18n"
	"wallboard/tui/layout"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// Cells of an hour: a figure of five with a shade before it at least, so that
// the map can be read without colours.
const (
	leastCell, mostCell   = 6, 9
	leastName, mostName   = 10, 24
	tallestRow            = 3
	legendFrom, headLines = 8, 1
)

// Draw draws the page.
func (h *Heat) Draw(p *panel.Pen, s *panel.Scene, c screen.Canvas) {
	h.grid.read(p, s, h)
	if h.follow {
		h.hour = len(h.grid.spans) - 1
	}
	w, ch := c.Size()
	boxed := w >= 60 && ch >= 12
	in := p.Panel(c, h.title(p, s), panel.Focused, boxed)
	if boxed {
		p.Note(c, p.Say.Say(i18n.HeatKeys))
	}
	if why, hint, empty := h.empty(); empty {
		h.drawEmpty(p, in, why, hint)
		return
	}
	iw, ih := in.Size()
	below := 0
	if ih >= legendFrom {
		below = 2
	}
	h.drawMap(p, s, in.Sub(layout.Rect{W: iw, H: ih - below}))
	if below > 0 {
		h.drawCursor(p, s, in.Sub(layout.Rect{Y: ih - 2, W: iw, H: 1}))
		h.drawLegend(p, panel.Row(in, ih-1))
	}
	if boxed && h.left > 0 {
		p.Tag(c, p.Say.Fill(i18n.HeatEarlier, p.Num.Count(int64(h.left))))
	}
}

// title says which figure, by what, of whom.
func (h *Heat) title(p *panel.Pen, s *panel.Scene) clean.Text {
	by := [numViews]i18n.ID{i18n.HeatByChannel, i18n.HeatByQueue, i18n.HeatWeekdays}[h.view]
	t := p.Say.Fill(i18n.HeatTitle, p.KPIName(h.figure()), p.Say.Say(by))
	if h.view == byWeekday && h.week.row != nil {
		t = p.Say.Fill(i18n.HeatOf, t, p.Place(s, h.week.Key))
	}
	if h.filter != "" {
		t = p.Say.Fill(i18n.TitleFiltered, t, clean.Line(h.filter))
	}
	return t
}

// empty says why there is nothing to show, and what to do.
func (h *Heat) empty() (why, hint i18n.ID, empty bool) {
	switch {
	case h.view == byWeekday && !h.grid.stored():
		return i18n.HeatNoDays, i18n.HeatNoDays2, true
	case len(h.grid.spans) == 0:
		return i18n.HeatNoHours, i18n.HeatNoHours2, true
	}
	return "", "", false
}

func (h *Heat) drawEmpty(p *panel.Pen, c screen.Canvas, why, hint i18n.ID) {
	w, ch := c.Size()
	if ch <= 3 {
		p.Empty(c, p.Say.Say(why))
		return
	}
	c.PrintFit(1, ch/2-1, w-2, p.Say.Say(why), p.Look.Text, screen.Center)
	c.PrintFit(1, ch/2+1, w-2, p.Say.Say(hint), p.Look.Dim, screen.Center)
}

// drawMap draws hours across and rows down, each row as tall as there is room.
func (h *Heat) drawMap(p *panel.Pen, s *panel.Scene, c screen.Canvas) {
	w, ch := c.Size()
	if ch <= headLines {
		return
	}
	name := h.nameCells(p, w)
	hours := len(h.grid.spans)
	width := max(leastCell, min(mostCell, (w-name)/max(1, hours)))
	h.visible = max(1, min(hours, (w-name)/width))
	h.scroll(hours)
	tall := max(1, min(tallestRow, (ch-headLines)/max(1, len(h.grid.lines))))
	rows := (ch - headLines) / tall
	cursor := h.grid.index(h.row)
	h.top = max(0, min(h.top, len(h.grid.lines)-rows))
	if h.chosen {
		h.top = max(cursor-rows+1, min(h.top, cursor))
	}
	h.drawHours(p, c, name, width)
	h.drawn = drawn{name: name, hour: width}
	for i := h.top; i < len(h.grid.lines) && i-h.top < rows; i++ {
		y := headLines + (i-h.top)*tall
		line := c.Sub(layout.Rect{Y: y, W: w, H: tall})
		p.Hits.Target(line, h, i)
		h.drawLine(p, s, line, i, name, width)
	}
}

// scroll keeps the hour at the cursor in sight.
func (h *Heat) scroll(hours int) {
	if h.follow {
		h.left = hours - h.visible
	}
	h.left = max(0, min(h.left, hours-h.visible))
	if h.hour < h.left {
		h.left = max(0, h.hour)
	}
	if h.hour >= h.left+h.visible {
		h.left = h.hour - h.visible + 1
	}
}

// nameCells is what the widest name takes, within bounds.
func (h *Heat) nameCells(p *panel.Pen, w int) int {
	widest := leastName
	for i := range h.grid.lines {
		if widest = max(widest, text.Width(h.name(p, &h.grid.lines[i]).String())+2+channelCells(&h.grid.lines[i])); widest >= mostName {
			break
		}
	}
	return min(widest, mostName, w/3) + 1
}

// channelCells is what a queue's channel takes behind its name.
func channelCells(l *line) int {
	if l.row == nil || l.row.Key.Scope != metrics.ScopeQueueChannel {
		return 0
	}
	return text.Width(l.row.Key.Channel.String()) + 1
}

// name names a row.
func (h *Heat) name(p *panel.Pen, l *line) clean.Text {
	switch {
	case l.row == nil:
		return p.Say.Say(weekdayWord(l.day))
	case l.id == allID:
		return p.Say.Say(i18n.HeatAll)
	}
	return l.name
}

// drawHours heads the columns with the hours of the clock, the cursor's marked.
func (h *Heat) drawHours(p *panel.Pen, c screen.Canvas, name, width int) {
	for i := range h.visible {
		at := h.left + i
		look := p.Look.Dim
		switch {
		case h.chosen && at == h.hour:
			look = p.Look.Accent.With(screen.Underline)
		case h.view != byWeekday && at == len(h.grid.spans)-1:
			look = p.Look.Accent // still running
		}
		hour := h.grid.spans[at].Hour
		x := name + i*width + width - 3
		c.Set(x, 0, rune('0'+hour/10), look)
		c.Set(x+1, 0, rune('0'+hour%10), look)
	}
}

// drawLine draws one row: its name, then its hours.
func (h *Heat) drawLine(p *panel.Pen, s *panel.Scene, c screen.Canvas, i, name, width int) {
	l := &h.grid.lines[i]
	_, tall := c.Size()
	mid := (tall - 1) / 2
	look := p.Look.Text
	if h.chosen && l.id == h.row {
		look = p.Look.Accent
		c.Set(0, mid, p.Look.Glyphs.Pointer, p.Look.Accent)
	}
	n := name - 2
	if l.row == nil {
		n = min(n, 4)
		c.PrintFit(6, mid, max(0, name-7), p.Say.Fill(i18n.HeatDays, p.Num.Count(int64(l.days))), p.Look.Dim, screen.Right)
	} else if room := channelCells(l); room > 0 && room < n-4 {
		c.PrintFit(name-room, mid, room-1, l.row.Key.Channel, p.Look.Dim, screen.Right)
		n -= room
	}
	c.PrintFit(1, mid, n, h.name(p, l), look, screen.Left)
	for k := range h.visible {
		at := h.left + k
		if at >= len(l.cells) {
			return
		}
		h.drawCell(p, s, c, l, at, layout.Rect{X: name + k*width, W: width, H: tall}, mid)
	}
}

// drawCell draws one hour of one row.
func (h *Heat) drawCell(p *panel.Pen, s *panel.Scene, c screen.Canvas, l *line, at int, r layout.Rect, mid int) {
	one := &l.cells[at]
	switch {
	case !one.value.OK || s.Stale() && at == len(l.cells)-1:
		c.Set(r.X+r.W-2, mid, p.Look.Glyphs.Gap, p.Look.NoData)
	case h.few(one.value):
		c.PrintRight(r.X+r.W-1, mid, one.text, p.Look.Dim)
	default:
		h.drawShade(p, c, one, r, mid)
	}
	if h.chosen && at == h.hour && l.id == h.row {
		for y := range r.H {
			c.Restyle(r.X, y, r.W, func(screen.Style) screen.Style { return p.Look.Selected.With(screen.Bold | screen.Reverse) })
		}
	}
}

// fewest is how many cases a shade needs: one in three of nine is no news.
const fewest = 10

// few says that a value rests on too little to be graded.
func (h *Heat) few(v kpi.Value) bool { return h.grid.held && v.N < fewest }

// drawShade draws a graded cell. The figure stands one cell off the right edge,
// so that it does not run into the next one; without colours that cell is blank.
func (h *Heat) drawShade(p *panel.Pen, c screen.Canvas, one *cell, r layout.Rect, mid int) {
	for y := range r.H {
		t := clean.Text{}
		if y == mid {
			t = one.text
		}
		chart.HeatCell(c, r.X, y, r.W-1, one.step, t, p.Look)
		if p.Look.Profile != screen.NoColor {
			chart.HeatCell(c, r.X+r.W-1, y, 1, one.step, clean.Text{}, p.Look)
		}
	}
}

// drawCursor says in words what is at the cursor, or in the newest hour of all.
func (h *Heat) drawCursor(p *panel.Pen, s *panel.Scene, c screen.Canvas) {
	i := h.grid.index(h.row)
	l, one, ok := h.grid.at(i, h.hour)
	if !ok {
		return
	}
	w, _ := c.Size()
	place := h.name(p, l)
	if l.row != nil {
		place = p.Place(s, l.row.Key)
	}
	x := 1 + c.Print(1, 0, place, p.Look.Text.With(screen.Bold)) + 2
	x += c.Print(x, 0, h.hourWords(p, h.grid.spans[h.hour]), p.Look.Dim) + 2
	id := h.figure()
	x = p.Fact(c, x, 0, p.KPIName(id), p.WithUnit(id, one.value), p.Look.Text.With(screen.Bold)) + 2
	k := kpi.Find(id)
	if one.value.N > 0 && k.Unit != kpi.UnitCount && x < w-10 {
		x = p.Fact(c, x, 0, p.Say.Say(i18n.ExplainN), p.Num.Count(one.value.N), p.Look.Dim) + 2
	}
	if l.held && l.target != h.grid.target && x < w-20 { // else the legend says it
		p.Fact(c, x, 0, p.Say.Say(i18n.ExplainTarget), p.Target(k, l.target), p.Look.Dim)
	}
}

// hourWords writes an hour: 13:00 → 14:00.
func (h *Heat) hourWords(p *panel.Pen, span metrics.HourSpan) clean.Text {
	if span.To > 0 {
		return p.Say.Fill(i18n.HeatHour, p.Num.Minute(span.From, p.Zone), p.Num.Minute(span.To, p.Zone))
	}
	return p.Say.Fill(i18n.HeatHour, p.Num.Clock(float64(span.Hour*60), i18n.Nearest), p.Num.Clock(float64((span.Hour+1)*60), i18n.Nearest))
}

// drawLegend says what the steps mean.
func (h *Heat) drawLegend(p *panel.Pen, c screen.Canvas) {
	k := kpi.Find(h.figure())
	first, last := p.Say.Say(i18n.HeatFew), p.Say.Say(i18n.HeatMany)
	middle := clean.Text{}
	if h.grid.held {
		first, last = p.Say.Say(i18n.HeatGood), p.Say.Say(i18n.HeatBad)
		middle = p.Say.Fill(i18n.HeatTarget, p.Target(k, h.grid.target))
	}
	x := 1 + c.Print(1, 0, first, p.Look.Dim) + 1
	for step := range p.Look.Heat {
		if step == len(p.Look.Heat)/2 && !middle.Empty() {
			x += c.Print(x+1, 0, middle, p.Look.Dim) + 2
		}
		chart.HeatCell(c, x, 0, 3, step, clean.Text{}, p.Look)
		x += 3
	}
	x += 1 + c.Print(x+1, 0, last, p.Look.Dim)
	if h.grid.held {
		c.Print(x+3, 0, p.Say.Fill(i18n.HeatSmall, p.Num.Count(fewest)), p.Look.Dim)
	}
}
