package chart

import (
	"wallboard/tui/screen"
	"wallboard/tui/style"
)

// drawNow draws an upright line where what was ends and what is expected begins.
func drawNow(c screen.Canvas, p Plot, sheet *style.Sheet) {
	w, rows := c.Size()
	span := p.To - p.From
	if p.Now <= p.From || p.Now > p.To || span <= 0 {
		return
	}
	x := max(1, int((p.Now-p.From)*int64(w-1)/span))
	for y := range rows {
		c.Set(x, y, sheet.Glyphs.Line.Vertical, sheet.Border)
	}
}
