package chart

import (
	"math"

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

// maxRows bounds the rows whose labels are kept apart.
const maxRows = 128

// drawEnds writes the newest value of each line where the line ends, the line
// being so many columns wide, or in the nearest free row. What has none says
// nothing.
func (p Plot) drawEnds(c screen.Canvas, e ends, s scale, columns int) {
	_, rows := c.Size()
	var taken [maxRows]bool
	last := math.Inf(-1)
	for i := len(p.Series) - 1; i >= 0; i-- { // what is drawn last is what matters most
		one := p.Series[i]
		v, ok := newest(one.Values)
		if !ok {
			continue
		}
		label := p.Label(v)
		first := -1 // what is larger goes up
		if v < last {
			first = 1
		}
		end := column(one.Values, columns-1, columns, one.Better)
		y, free := freeRow(s.line(end, rows), min(rows, maxRows), first, &taken)
		if !free || text.Width(label.String()) > e.value {
			continue
		}
		taken[y], last = true, v
		x := 1
		if e.name > 0 && !one.Name.Empty() {
			x += c.Print(x, y, one.Name, one.Style) + 1
		}
		c.Print(x, y, label, one.Style)
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

// freeRow returns the row nearest to y that is not taken, of two in the
// direction of first.
func freeRow(y, rows, first int, taken *[maxRows]bool) (int, bool) {
	for d := range rows {
		for _, at := range [...]int{y + first*d, y - first*d} {
			if at >= 0 && at < rows && !taken[at] {
				return at, true
			}
		}
	}
	return 0, false
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
