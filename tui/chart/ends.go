package chart

import (
	"wallboard/tui/screen"
	"wallboard/tui/style"
	"wallboard/tui/text"
)

// ends is the margin right of a chart, where each line says its newest value.
// Its width depends on names and axis labels alone, so that it rests while
// values move.
type ends struct{ name, value int }

// How many columns a line keeps before its end is labelled, and named as well.
const (
	lineBesideValues = 24
	lineBesideNames  = 40
)

// width returns the columns of the margin, with a space before it.
func (e ends) width() int {
	switch {
	case e.value == 0:
		return 0
	case e.name == 0:
		return e.value + 1
	}
	return e.name + 1 + e.value + 1
}

// ends returns the margin that has room beside a chart of w columns.
func (p Plot) ends(w int, ticks []tick) ends {
	e := ends{}
	for _, t := range ticks {
		e.value = max(e.value, text.Width(t.text.String()))
	}
	for _, s := range p.Series {
		e.name = max(e.name, text.Width(s.Name.String()))
	}
	if w-e.width() < lineBesideNames {
		e.name = 0
	}
	if w-e.width() < lineBesideValues {
		return ends{}
	}
	return e
}

// maxEnds is how many lines are labelled at their ends.
const maxEnds = 8

// end is the label of one line, in a row from the top.
type end struct {
	series, row int
	value       float64
}

// drawEnds writes the newest value of each line where the line ends, the lines
// being so many columns wide. Labels that would share a row move apart, the
// larger value above. A line whose newest value was not measured says nothing.
func (p Plot) drawEnds(c screen.Canvas, e ends, s scale, columns int) {
	_, rows := c.Size()
	var list [maxEnds]end
	n := 0
	for i, one := range p.Series {
		v, ok := newest(one.Values)
		if !ok || n == maxEnds || text.Width(p.Label(v).String()) > e.value {
			continue
		}
		row := s.line(column(one.Values, columns-1, columns, one.Better), rows)
		at := n
		for ; at > 0 && list[at-1].value < v; at-- {
			list[at] = list[at-1]
		}
		list[at] = end{i, row, v}
		n++
	}
	moveApart(list[:n], rows)
	for _, l := range list[:n] {
		one, x := p.Series[l.series], 1
		if e.name > 0 && !one.Name.Empty() {
			x += c.Print(x, l.row, one.Name, one.Style) + 1
		}
		c.Print(x, l.row, p.Label(l.value), one.Style)
	}
}

// moveApart gives each label a row of its own, as near to its line as the order
// from top to bottom allows. Those that have no room end above the canvas.
func moveApart(list []end, rows int) {
	for i := 1; i < len(list); i++ {
		list[i].row = max(list[i].row, list[i-1].row+1)
	}
	below := rows
	for i := len(list) - 1; i >= 0; i-- {
		list[i].row = min(list[i].row, below-1)
		below = list[i].row
	}
}

// newest returns the last value, false where it was not measured.
func newest(values []float64) (float64, bool) {
	if len(values) == 0 {
		return 0, false
	}
	v := values[len(values)-1]
	return v, finite(v)
}

// nameLimits writes what a limit is into its line, as far right as no line of a
// series is in the way.
func (p Plot) nameLimits(c screen.Canvas, s scale, lines drawnLines, sheet *style.Sheet) {
	if p.Label == nil {
		return
	}
	for _, t := range p.Thresholds {
		p.nameLimit(c, t, s, lines, sheet)
	}
	for _, t := range p.Tracks {
		if v, ok := newest(t.Values); ok {
			p.nameLimit(c, Threshold{Value: v, Style: t.Style, Name: t.Name}, s, lines, sheet)
		}
	}
}

func (p Plot) nameLimit(c screen.Canvas, t Threshold, s scale, lines drawnLines, sheet *style.Sheet) {
	w, rows := c.Size()
	if t.Name.Empty() || !finite(t.Value) {
		return
	}
	look := t.Style
	if look == (screen.Style{}) {
		look = sheet.Threshold
	}
	value := p.Label(t.Value)
	name := text.Width(t.Name.String())
	need := name + text.Width(value.String()) + 3 // with spaces around
	y := s.line(t.Value, rows)
	for x := w - need; x > w/3; x-- {
		if !lines.free(x, y, need) {
			continue
		}
		c.Set(x, y, ' ', look)
		c.Print(x+1, y, t.Name, look)
		c.Set(x+1+name, y, ' ', look)
		c.Print(x+2+name, y, value, look)
		c.Set(x+need-1, y, ' ', look)
		return
	}
}
