package chart

import (
	"wallboard/metrics/clean"
	"wallboard/tui/screen"
	"wallboard/tui/style"
)

// Rows is how high big digits are, in rows of cells.
type Rows int

// Three rows draw pixels of half a cell, five rows pixels of two cells: both
// have strokes that are as thick across as they are down.
const (
	ThreeRows Rows = 3
	FiveRows  Rows = 5
)

// BigWidth returns the cells that t takes in big characters.
func BigWidth(t clean.Text, rows Rows, g style.Glyphs) int {
	width := 0
	for _, r := range t.String() {
		if w := bigRuneWidth(r, rows, g); w > 0 {
			width += w + gap(rows)
		}
	}
	return max(width-gap(rows), 0)
}

// BigDigits draws t in big characters with its top left corner at x, y and
// returns the cells it takes. Characters that the font lacks are left out: it
// has digits, : . , + - — / < > ≤ and, smaller, the units % s m h d k. Only whole
// characters are drawn; of a text that is too wide the end is missing, so
// callers choose a shorter form by BigWidth first.
func BigDigits(c screen.Canvas, x, y int, rows Rows, t clean.Text, s screen.Style, g style.Glyphs) int {
	s = s.Without(screen.Underline) // a line under each row of blocks only blurs them
	start, taken := x, 0
	w, _ := c.Size()
	for _, r := range t.String() {
		cells := bigRuneWidth(r, rows, g)
		if cells == 0 {
			continue
		}
		if taken > 0 {
			x = start + taken + gap(rows)
		}
		if x+cells > w {
			break
		}
		switch {
		case unit(r) && (rows == ThreeRows || g.UpperHalf == 0):
			c.Set(x, y+int(rows)-1, r, s)
		case unit(r):
			halfPixels(c, x, y+2, 1, unitGlyph(r), s, g)
		case rows == FiveRows:
			fatPixels(c, x, y, bigGlyph(r), s, g.Solid)
		case g.UpperHalf == 0:
			drawSegments(c, x, y, segments(r), s)
		default:
			halfPixels(c, x, y, 0, bigGlyph(r), s, g)
		}
		taken = x + cells - start
	}
	return taken
}

// gap returns the cells between two big characters.
func gap(rows Rows) int {
	if rows == FiveRows {
		return 2
	}
	return 1
}

// bigRuneWidth returns the cells of one big character, 0 if the font lacks it.
func bigRuneWidth(r rune, rows Rows, g style.Glyphs) int {
	switch {
	case unit(r) && (rows == ThreeRows || g.UpperHalf == 0):
		return 1
	case unit(r):
		return len(unitGlyph(r)[0])
	case rows == FiveRows:
		return 2 * len(bigGlyph(r)[0])
	case g.UpperHalf == 0:
		return len(segments(r)[0])
	}
	return len(bigGlyph(r)[0])
}

// fatPixels draws one pixel in two cells of one row.
func fatPixels(c screen.Canvas, x, y int, pixels [glyphRows]string, s screen.Style, solid rune) {
	for row, line := range pixels {
		for column := range len(line) {
			if line[column] != ' ' {
				c.Set(x+2*column, y+row, solid, s)
				c.Set(x+2*column+1, y+row, solid, s)
			}
		}
	}
}

// halfPixels draws two pixels, one above the other, in one cell, the first of
// them so many pixels below y.
func halfPixels(c screen.Canvas, x, y, below int, pixels [glyphRows]string, s screen.Style, g style.Glyphs) {
	on := func(row, column int) bool {
		row -= below
		return row >= 0 && row < glyphRows && pixels[row][column] != ' '
	}
	for row := 0; row < glyphRows+below; row += 2 {
		for column := range len(pixels[0]) {
			upper, lower := on(row, column), on(row+1, column)
			switch {
			case upper && lower:
				c.Set(x+column, y+row/2, g.Solid, s)
			case upper:
				c.Set(x+column, y+row/2, g.UpperHalf, s)
			case lower:
				c.Set(x+column, y+row/2, g.LowerHalf, s)
			}
		}
	}
}

// drawSegments draws three rows of ASCII.
func drawSegments(c screen.Canvas, x, y int, rows [3]string, s screen.Style) {
	for row, line := range rows {
		for column := range len(line) {
			if line[column] != ' ' {
				c.Set(x+column, y+row, rune(line[column]), s)
			}
		}
	}
}
