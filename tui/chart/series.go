package chart

import (
	"math"

	"github.com/guptarohit/asciigraph"

	"wallboard/tui/screen"
	"wallboard/tui/style"
)

// brailleBlank is the braille character without dots; the eight low bits of the
// others are their dots.
const brailleBlank = 0x2800

// Dots of a braille character, across and down.
const (
	dotsAcross = 2
	dotsDown   = 4
)

// drawnLines are the cells of the lines of one chart, for what must not be
// written over them. More lines than it holds are drawn, and not kept clear of.
type drawnLines struct {
	cells [8][]rune
	n     int
	w     int
}

func (d *drawnLines) add(cells []rune) {
	if d.n < len(d.cells) {
		d.cells[d.n] = cells
		d.n++
	}
}

// free says whether no line passes through n cells from x, y.
func (d *drawnLines) free(x, y, n int) bool {
	for _, cells := range d.cells[:d.n] {
		for i := y*d.w + x; i < y*d.w+x+n && i < len(cells); i++ {
			if cells[i] != ' ' {
				return false
			}
		}
	}
	return true
}

// under returns the dots of the lines drawn so far in cell i.
func (d *drawnLines) under(i int) rune {
	var dots rune
	for _, cells := range d.cells[:d.n] {
		if r := cells[i]; r > brailleBlank && r <= brailleBlank+0xFF {
			dots |= r - brailleBlank
		}
	}
	return dots
}

// drawAll draws the lines over the canvas, whose first column is the axis, the
// last one on top. Where fine lines meet in a cell its dots are those of both:
// only one colour has room, but no line is broken.
func drawAll(c screen.Canvas, list []Series, s scale, sheet *style.Sheet, cache *Cache) drawnLines {
	w, rows := c.Size()
	lines := drawnLines{w: w}
	if w < 2 || rows < 2 {
		return lines
	}
	for _, one := range list {
		cells := seriesCells(one, w, rows, s, sheet.Glyphs, cache)
		if len(cells) != w*rows {
			continue
		}
		for i, r := range cells {
			if x := i % w; r != ' ' && x > 0 { // column 0 is asciigraph's axis; ours is there already
				if sheet.Glyphs.Fine {
					r |= lines.under(i)
				}
				c.Set(x, i/w, r, one.Style)
			}
		}
		lines.add(cells)
	}
	return lines
}

// seriesCells returns a line as w x rows cells, nothing where there is no value.
//
// asciigraph draws the line. It gets values in units of rows, within the
// canvas, one for each column: then its own scaling is the identity and it
// neither interpolates a peak away nor asks for more rows than there are. It
// never sees an empty slice, infinity, or only NaN, on which it panics or
// prints nonsense. For fine lines it draws on a canvas of dots, twice as wide
// and four times as high: one engine and one cache for all glyph sets, and a
// line of braille has just the shape of the coarse one.
func seriesCells(one Series, w, rows int, s scale, g style.Glyphs, cache *Cache) []rune {
	p := drawing{w: w, rows: rows, pattern: one.Pattern, fine: g.Fine, glyphs: g.Line}
	points := Resample(one.Values, p.columns(), one.Better)
	any := false
	for i, v := range points {
		if !finite(v) {
			continue
		}
		any = true
		points[i] = s.row(v, rows)
		if p.fine { // in the middle of its cell, where the label is
			points[i] = math.Floor(points[i]*dotsDown) + (dotsDown-1)/2
		}
	}
	if !any {
		return nil
	}
	return cache.cells(points, p)
}

// drawing is what a line is drawn as, but for its points.
type drawing struct {
	w, rows int
	pattern Pattern
	fine    bool
	glyphs  style.LineGlyphs
}

// columns and lines are the canvas that asciigraph draws on.
func (p drawing) columns() int {
	if p.fine {
		return p.w * dotsAcross
	}
	return p.w
}

func (p drawing) lines() int {
	if p.fine {
		return p.rows * dotsDown
	}
	return p.rows
}

// draw returns the cells of the line through the points.
func (p drawing) draw(points []float64) []rune {
	cells := make([]rune, p.w*p.rows)
	for i := range cells {
		cells[i] = ' '
	}
	x, y := 0, 0
	for _, r := range plot(points, p.lines(), p.charset()) {
		if r == '\n' {
			x, y = 0, y+1
			continue
		}
		if r != ' ' && x < p.columns() && y < p.lines() {
			p.mark(cells, x, y, r)
		}
		x++
	}
	return cells
}

// mark puts one character of asciigraph's into its cell.
func (p drawing) mark(cells []rune, x, y int, r rune) {
	if !p.fine {
		cells[y*p.w+x] = r
		return
	}
	if p.pattern == Dotted && (x+y)%2 == 1 {
		return
	}
	cell := &cells[y/dotsDown*p.w+x/dotsAcross]
	if *cell == ' ' {
		*cell = brailleBlank
	}
	*cell |= dot(x%dotsAcross, y%dotsDown)
}

// dot returns the bit of a braille dot, x from the left and y from the top.
// Source: Unicode, "Braille Patterns", dots 1 to 8.
func dot(x, y int) rune {
	return [dotsAcross][dotsDown]rune{{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}}[x][y]
}

// Piece returns a level piece of a line with the pattern, for legends.
func Piece(p Pattern, g style.Glyphs) rune {
	switch {
	case g.Fine && p == Dotted:
		return brailleBlank | dot(0, 2)
	case g.Fine:
		return brailleBlank | dot(0, 2) | dot(1, 2)
	case p == Dotted:
		return g.Line.Dotted
	}
	return g.Line.Horizontal
}

// charset returns what asciigraph draws the line with.
func (p drawing) charset() asciigraph.CharSet {
	g := p.glyphs
	if p.pattern == Dotted && !p.fine {
		across, down := string(g.Dotted), string(g.DottedVertical)
		return asciigraph.CharSet{Horizontal: across, VerticalLine: down, ArcDownRight: across, ArcDownLeft: across,
			ArcUpRight: across, ArcUpLeft: across, EndCap: across, StartCap: across}
	}
	return asciigraph.CharSet{
		Horizontal: string(g.Horizontal), VerticalLine: string(g.Vertical),
		ArcDownRight: string(g.RightDown), ArcDownLeft: string(g.LeftDown),
		ArcUpRight: string(g.RightUp), ArcUpLeft: string(g.LeftUp),
		EndCap: string(g.EndCap), StartCap: string(g.StartCap),
	}
}

// plot returns asciigraph's drawing of points, which are rows from the bottom.
func plot(points []float64, rows int, set asciigraph.CharSet) string {
	return asciigraph.Plot(points,
		asciigraph.Height(rows-1),
		asciigraph.LowerBound(0),
		asciigraph.UpperBound(float64(rows-1)),
		asciigraph.Offset(1),
		asciigraph.YAxisValueFormatter(func(float64) string { return "" }),
		asciigraph.SeriesChars(set),
	)
}
