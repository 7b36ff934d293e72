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
	leastCell, mostCell   = 6, 12
	leastName, mostName   = 10, 24
	tallestRow            = 3
	legendFrom, headLines = 8, 1
)

// Draw draws the page.
func (h *Heat) Draw(p *panel.Pen, s *panel.Scene, c screen.Canvas) {
	h.grid.read(p, s, h, h.figure())
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
	h.drawMaps(p, s, in.Sub(layout.Rect{W: iw, H: ih - below}))
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

// drawMaps draws the figure of the title, and below it as many others as there is
// room for: what went wrong at eleven shows in more than one of them.
func (h *Heat) drawMaps(p *panel.Pen, s *panel.Scene, c screen.Canvas) {
	w, ch := c.Size()
	if ch <= headLines {
		return
	}
	hours := len(h.grid.spans)
	h.drawn.name = h.nameCells(p, w)
	h.drawn.hour = max(leastCell, min(mostCell, (w-h.drawn.name)/max(1, hours)))
	h.visible = max(1, min(hours, (w-h.drawn.name)/h.drawn.hour))
	h.scroll(hours)
	maps, tall := stacked(ch, len(h.grid.lines))
	h.drawHours(p, c, h.drawn.name)
	y := headLines
	y += h.drawMap(p, s, c.Sub(layout.Rect{Y: y, W: w, H: ch - y}), &h.grid, tall)
	for i := range maps - 1 {
		g := &h.more[i]
		g.read(p, s, h, figures()[(h.metric+1+i)%len(figures())])
		y++
		h.drawHours(p, c.Sub(layout.Rect{Y: y, W: w, H: 1}), drawHead(p, panel.Row(c, y), g))
		y += headLines
		y += h.drawMap(p, s, c.Sub(layout.Rect{Y: y, W: w, H: ch - y}), g, 1)
	}
}

// stacked says how many figures of so many lines stand below one another, an
// empty row between them, and how tall the lines of the first are then.
func stacked(rows, lines int) (maps, tall int) {
	lines = max(1, lines)
	each := headLines + lines
	maps = max(1, min(len(figures()), (rows+1)/(each+1)))
	spare := rows + 1 - maps*(each+1)
	return maps, max(1, min(tallestRow, 1+spare/lines))
}

// drawHead names a figure below the first, with its target, and returns where the
// hours may begin.
func drawHead(p *panel.Pen, c screen.Canvas, g *grid) int {
	k := kpi.Find(g.of.figure)
	x := 1 + c.Print(1, 0, p.KPIName(k.ID), p.Look.Title) + 2
	if g.held {
		x += c.Print(x, 0, p.Say.Fill(i18n.HeatTarget, p.Target(k, g.target)), p.Look.Dim) + 2
	}
	return x
}

// drawMap draws the lines of one figure and returns the rows they took.
func (h *Heat) drawMap(p *panel.Pen, s *panel.Scene, c screen.Canvas, g *grid, tall int) int {
	w, ch := c.Size()
	rows := ch / tall
	cursor := g.index(h.row)
	h.top = max(0, min(h.top, len(g.lines)-rows))
	if h.chosen {
		h.top = max(cursor-rows+1, min(h.top, cursor))
	}
	drawn := 0
	for i := h.top; i < len(g.lines) && drawn < rows; i++ {
		line := c.Sub(layout.Rect{Y: drawn * tall, W: w, H: tall})
		p.Hits.Target(line, h, i)
		h.drawLine(p, s, line, g, i)
		drawn++
	}
	return drawn * tall
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

// drawHours heads the columns from x with the hours of the clock, the cursor's
// marked.
func (h *Heat) drawHours(p *panel.Pen, c screen.Canvas, from int) {
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
		x := h.drawn.name + (i+1)*h.drawn.hour - 3
		if x < from {
			continue
		}
		c.Set(x, 0, rune('0'+hour/10), look)
		c.Set(x+1, 0, rune('0'+hour%10), look)
	}
}

// drawLine draws one row of a figure: its name, then its hours.
func (h *Heat) drawLine(p *panel.Pen, s *panel.Scene, c screen.Canvas, g *grid, i int) {
	l := &g.lines[i]
	name, width := h.drawn.name, h.drawn.hour
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
		h.drawCell(p, s, c, g, l, at, layout.Rect{X: name + k*width, W: width, H: tall})
	}
}

// drawCell draws one hour of one row.
func (h *Heat) drawCell(p *panel.Pen, s *panel.Scene, c screen.Canvas, g *grid, l *line, at int, r layout.Rect) {
	one := &l.cells[at]
	mid := (r.H - 1) / 2
	switch {
	case !one.value.OK || s.Stale() && at == len(l.cells)-1:
		c.Set(r.X+r.W-2, mid, p.Look.Glyphs.Gap, p.Look.NoData)
	case g.few(one.value):
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
func (g *grid) few(v kpi.Value) bool { return g.held && v.N < fewest }

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
	x += c.Print(x, 0, h.hourWords(p, s.At, h.grid.spans[h.hour]), p.Look.Dim) + 2
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

// hourWords writes an hour, the running one up to now: 13:00 → 13:27.
func (h *Heat) hourWords(p *panel.Pen, now int64, span metrics.HourSpan) clean.Text {
	if span.To > 0 {
		return p.Say.Fill(i18n.HeatHour, p.Num.Minute(span.From, p.Zone), p.Num.Minute(min(span.To, now), p.Zone))
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
	steps := volumeSteps
	if h.grid.held {
		steps = heatSteps
	}
	for step := range steps {
		if step == heatSteps/2 && !middle.Empty() {
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
