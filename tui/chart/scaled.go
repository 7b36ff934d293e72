package chart

import (
	"wallboard/metrics/clean"
	"wallboard/tui/screen"
	"wallboard/tui/style"
	"wallboard/tui/text"
)

// Scale is how large a pixel of the big characters is drawn: so many cells
// across, so many halves of a cell down. Square pixels have both alike.
type Scale struct{ Across, Down int }

// Rows returns how many rows of cells a character takes.
func (s Scale) Rows() int { return (glyphRows*s.Down + 1) / 2 }

// unit is the scale of a unit behind the digits: half as large.
func (s Scale) unit() Scale { return Scale{max(1, s.Across/2), max(1, s.Down/2)} }

// gap is the cells between two characters.
func (s Scale) gap() int { return max(1, s.Across-s.Across/3) }

// whole makes pixels whole cells where there are no half blocks.
func (s Scale) whole(g style.Glyphs) Scale {
	if g.UpperHalf == 0 {
		s.Down += s.Down % 2
	}
	return s
}

// LargestScale returns the largest scale in which t fits into w x h cells, false
// where not even the smallest does. Characters are at most half as tall again as
// square ones: taller ones read worse, however large they are.
func LargestScale(t clean.Text, w, h int, g style.Glyphs) (Scale, bool) {
	for across := max(1, w/3); across > 0; across-- {
		if ScaledWidth(t, Scale{Across: across}) > w {
			continue
		}
		for down := (3*across + 1) / 2; down >= max(1, across-across/3); down-- {
			if s := (Scale{across, down}).whole(g); s.Rows() <= h && s.Down <= 2*across {
				return s, true
			}
		}
	}
	return Scale{}, false
}

// ScaledWidth returns the cells that t takes in a scale.
func ScaledWidth(t clean.Text, s Scale) int {
	width := 0
	for _, r := range t.String() {
		if w := s.runeWidth(r); w > 0 {
			width += w + s.gap()
		}
	}
	return max(width-s.gap(), 0)
}

func (s Scale) runeWidth(r rune) int {
	if unit(r) {
		return s.unit().Across * len(unitGlyph(r)[0])
	}
	return s.Across * len(bigGlyph(r)[0])
}

// Scaled draws t in a scale with its top left corner at x, y. Characters that
// the font lacks are left out; units are smaller and stand on the same line.
func Scaled(c screen.Canvas, x, y int, s Scale, t clean.Text, look screen.Style, g style.Glyphs) {
	look = look.Without(screen.Underline)
	s = s.whole(g)
	for _, r := range t.String() {
		width := s.runeWidth(r)
		if width == 0 {
			continue
		}
		if unit(r) {
			small := s.unit().whole(g)
			small.draw(c, x, y+s.Rows()-small.Rows(), unitGlyph(r), look, g)
		} else {
			s.draw(c, x, y, bigGlyph(r), look, g)
		}
		x += width + s.gap()
	}
}

// draw draws the pixels of one character.
func (s Scale) draw(c screen.Canvas, x, y int, pixels [glyphRows]string, look screen.Style, g style.Glyphs) {
	on := func(half, column int) bool {
		row := half / s.Down
		return row < glyphRows && pixels[row][column/s.Across] != ' '
	}
	for row := range s.Rows() {
		for column := range s.Across * len(pixels[0]) {
			upper, lower := on(2*row, column), on(2*row+1, column)
			switch {
			case upper && lower, upper && g.UpperHalf == 0:
				c.Set(x+column, y+row, g.Solid, look)
			case upper:
				c.Set(x+column, y+row, g.UpperHalf, look)
			case lower:
				c.Set(x+column, y+row, g.LowerHalf, look)
			}
		}
	}
}

// CanBeBig says whether every character of t is one that the font has.
func CanBeBig(t clean.Text) bool {
	for _, r := range t.String() {
		if !unit(r) && bigGlyph(r)[0] == "" {
			return false
		}
	}
	return text.Width(t.String()) > 0
}
