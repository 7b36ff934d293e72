package chart

import (
	"math"

	"wallboard/tui/screen"
	"wallboard/tui/style"
)

// drawTracks draws limits that move, each a broken line, right of the axis.
// Where a limit jumps it is not joined: it never had the values in between.
func drawTracks(c screen.Canvas, list []Track, s scale, sheet *style.Sheet) {
	w, rows := c.Size()
	for _, t := range list {
		look := t.Style
		if look == (screen.Style{}) {
			look = sheet.Threshold
		}
		for x, v := range Resample(t.Values, w, LessIsBetter) {
			if x > 0 && finite(v) {
				c.Set(x, s.line(v, rows), sheet.Glyphs.Line.Threshold, look)
			}
		}
	}
}

// drawBands shades what is usual.
func drawBands(c screen.Canvas, list []Band, s scale, sheet *style.Sheet) {
	w, rows := c.Size()
	for _, b := range list {
		lo, hi := Resample(b.Lo, w, MoreIsBetter), Resample(b.Hi, w, LessIsBetter)
		for x := 1; x < w; x++ {
			if x >= len(lo) || x >= len(hi) || !finite(lo[x]) || !finite(hi[x]) {
				continue
			}
			shade(c, x, s.row(lo[x], rows), s.row(hi[x], rows), rows, sheet)
		}
	}
}

// shade fills column x between two heights, in rows from the bottom.
func shade(c screen.Canvas, x int, lo, hi float64, rows int, sheet *style.Sheet) {
	const glyph = 2 // of the shades: light
	for y := int(math.Round(lo)); y <= int(math.Round(hi)); y++ {
		c.Set(x, rows-1-y, sheet.Glyphs.Shade[glyph], sheet.Band)
	}
}
