package panel

import (
	"wallboard/metrics/clean"
	"wallboard/tui/screen"
)

// Lines writes a text over as many rows as it takes and the canvas has.
func (p *Pen) Lines(c screen.Canvas, t clean.Text, look screen.Style) {
	w, h := c.Size()
	if w <= 0 {
		return
	}
	for y, line := range wrap(t, w) {
		if y < h {
			c.Print(0, y, line, look)
		}
	}
}
