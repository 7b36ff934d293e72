package screen

import (
	"unicode/utf8"

	"wallboard/metrics/clean"
	"wallboard/tui/layout"
	"wallboard/tui/text"
)

// Align says at which side of a field a text stands.
type Align = text.Align

// The sides, repeated here for the callers of PrintFit.
const (
	Left   = text.Left
	Right  = text.Right
	Center = text.Center
)

// Canvas is a window on a grid. Its coordinates begin at 0, 0 in its own top
// left corner, and nothing drawn on it ever leaves it. It is a small value:
// copy it. Drawing allocates nothing, but for the first cluster of several
// runes in a grid.
//
// A style without a background keeps the background that a cell has already:
// fill a canvas once with the colour of a bar or of the selected row, then
// print on it in any role.
type Canvas struct {
	g          *Grid
	x, y, w, h int
}

// Size returns the canvas' width and height in cells.
func (c Canvas) Size() (w, h int) { return c.w, c.h }

// Bounds returns where on the screen c is.
func (c Canvas) Bounds() layout.Rect { return layout.Rect{X: c.x, Y: c.y, W: c.w, H: c.h} }

// Lines returns the runes that boxes and lines are drawn with.
func (c Canvas) Lines() Lines {
	if c.g == nil {
		return Rounded()
	}
	return c.g.lines
}

// Sub returns the part of c inside r. What of r lies outside c is cut off, at
// the left and at the top as well: the result's size says what is left.
func (c Canvas) Sub(r layout.Rect) Canvas {
	x0, y0 := max(r.X, 0), max(r.Y, 0)
	x1, y1 := min(r.X+r.W, c.w), min(r.Y+r.H, c.h)
	return Canvas{g: c.g, x: c.x + x0, y: c.y + y0, w: max(x1-x0, 0), h: max(y1-y0, 0)}
}

// Print draws t from x, y to the right and returns the cells it took inside
// the canvas. Of a wide cluster that an edge cuts, the half inside is blank.
func (c Canvas) Print(x, y int, t clean.Text, s Style) int {
	return c.print(x, y, c.w, t.String(), s)
}

// PrintRight draws t so that it ends just before column xEnd.
func (c Canvas) PrintRight(xEnd, y int, t clean.Text, s Style) {
	c.print(xEnd-text.Width(t.String()), y, min(xEnd, c.w), t.String(), s)
}

// PrintFit draws t in exactly w cells from x: cut with an ellipsis when it is
// wider, padded in s as align says when it is narrower.
func (c Canvas) PrintFit(x, y, w int, t clean.Text, s Style, align Align) {
	if w <= 0 || y < 0 || y >= c.h {
		return
	}
	str, width, dots := t.String(), text.Width(t.String()), false
	if width == len(str) && width <= w && c.fit(x, y, w, str, s, align) {
		return
	}
	if width > w {
		str, width = text.Cut(str, w-1)
		dots = true
	}
	taken := width
	if dots {
		taken++
	}
	before := indent(align, w-taken)
	c.spaces(x, y, before, s)
	c.print(x+before, y, min(x+w, c.w), str, s)
	if dots {
		c.Set(x+before+width, y, c.Lines().Ellipsis, s)
	}
	c.spaces(x+before+taken, y, w-before-taken, s)
}

// indent returns how many of the free cells of a field stand before its text.
func indent(align Align, free int) int {
	switch align {
	case Right:
		return free
	case Center:
		return free / 2
	}
	return 0
}

// fit is PrintFit for a text of as many cells as bytes that needs no cutting, in
// a field inside the canvas with nothing wide under it: nearly every number of a
// table. It says whether it was that.
func (c Canvas) fit(x, y, w int, str string, s Style, align Align) bool {
	if x < 0 || x+w > c.w {
		return false
	}
	field := c.g.row(c.y + y)[c.x+x : c.x+x+w]
	for i := range field {
		if field[i].width != 1 {
			return false
		}
	}
	before := indent(align, w-len(str))
	one, under := newCell(' ', 1, s), s.BG.IsZero()
	for i := range field {
		one.r = ' '
		if at := i - before; at >= 0 && at < len(str) {
			one.r = rune(str[at])
		}
		if under {
			one.bg = field[i].bg
		}
		field[i] = one
	}
	return true
}

// Set draws one rune at x, y. A rune that cannot stand in a cell by itself is
// drawn as U+FFFD, a wide one only when both its halves are inside.
func (c Canvas) Set(x, y int, r rune, s Style) {
	if x < 0 || y < 0 || x >= c.w || y >= c.h {
		return
	}
	r, w := drawable(r)
	if x+w > c.w {
		r, w = ' ', 1
	}
	c.g.put(c.x+x, c.y+y, "", r, w, s)
}

// Fill draws r in every cell of the canvas.
func (c Canvas) Fill(r rune, s Style) {
	if _, w := drawable(r); w != 1 {
		r = ' '
	}
	if c.g != nil && c.w == c.g.w && c.h > 0 && !s.BG.IsZero() {
		c.g.flood(c.y, c.y+c.h, newCell(r, 1, s))
		return
	}
	for y := range c.h {
		c.repeat(0, y, c.w, r, s)
	}
}

// HLine draws a horizontal line of w cells from x, y.
func (c Canvas) HLine(x, y, w int, s Style) { c.repeat(x, y, w, c.Lines().Horizontal, s) }

// VLine draws a vertical line of h cells down from x, y.
func (c Canvas) VLine(x, y, h int, s Style) {
	for i := range max(h, 0) {
		c.Set(x, y+i, c.Lines().Vertical, s)
	}
}

// Box draws a border around the canvas with a title in its upper edge, and
// returns the canvas inside. A canvas with no room for an inside stays as it
// is, and the result is empty.
func (c Canvas) Box(title clean.Text, border, titleStyle Style) Canvas {
	if c.w < 2 || c.h < 2 {
		return c.Sub(layout.Rect{})
	}
	l := c.Lines()
	c.HLine(1, 0, c.w-2, border)
	c.HLine(1, c.h-1, c.w-2, border)
	c.VLine(0, 1, c.h-2, border)
	c.VLine(c.w-1, 1, c.h-2, border)
	c.Set(0, 0, l.TopLeft, border)
	c.Set(c.w-1, 0, l.TopRight, border)
	c.Set(0, c.h-1, l.BottomLeft, border)
	c.Set(c.w-1, c.h-1, l.BottomRight, border)
	if room := c.w - 4; room > 0 && !title.Empty() {
		w := min(text.Width(title.String()), room)
		c.Set(1, 0, ' ', border)
		c.PrintFit(2, 0, w, title, titleStyle, Left)
		c.Set(2+w, 0, ' ', border)
	}
	return c.Sub(layout.Rect{X: 1, Y: 1, W: c.w - 2, H: c.h - 2})
}

// Restyle changes the style of w cells from x, y. Both halves of a wide
// cluster always change together, with the half that comes first.
func (c Canvas) Restyle(x, y, w int, f func(Style) Style) {
	if y < 0 || y >= c.h {
		return
	}
	x0, x1 := max(x, 0), min(x+w, c.w)
	if x0 >= x1 {
		return
	}
	row := c.g.row(c.y + y)
	for i := c.x + x0; i < c.x+x1; i++ {
		if row[i].width == 0 {
			continue // changed with its left half, or left alone with it
		}
		s := f(row[i].style())
		row[i].restyle(s)
		if row[i].width == 2 {
			row[i+1].restyle(s)
		}
	}
}

// print draws str from x up to column end, which must not lie outside c.
func (c Canvas) print(x, y, end int, str string, s Style) int {
	if y < 0 || y >= c.h || c.g == nil {
		return 0
	}
	written := 0
	for str != "" && x < end {
		if n := c.ascii(x, y, end, str, s); n > 0 {
			x, str, written = x+n, str[n:], written+n
			continue
		}
		cluster, rest, w := text.Next(str)
		str = rest
		if w == 0 {
			continue
		}
		if x < 0 || x+w > end { // an edge cuts it
			if lo, hi := max(x, 0), min(x+w, end); lo < hi {
				c.spaces(lo, y, hi-lo, s)
				written += hi - lo
			}
			x += w
			continue
		}
		r, n := rune(cluster[0]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(cluster)
		}
		if n == len(cluster) || !cleanCluster(cluster) {
			cluster = ""
		}
		c.g.put(c.x+x, c.y+y, cluster, r, w, s)
		x += w
		written += w
	}
	return written
}

// ascii draws the plain ASCII that str begins with, as far as it covers narrow
// cells only, and returns how many characters that were. It is the short way
// for most of what a board shows.
func (c Canvas) ascii(x, y, end int, str string, s Style) int {
	if x < 0 {
		return 0
	}
	row := c.g.row(c.y + y)[c.x:]
	n := 0
	for n < len(str) && x+n < end && str[n] >= 0x20 && str[n] < 0x7F && row[x+n].width == 1 {
		if n+1 < len(str) && str[n+1] >= utf8.RuneSelf {
			break // a mark may follow
		}
		under := row[x+n].bg
		row[x+n] = newCell(rune(str[n]), 1, s)
		if s.BG.IsZero() {
			row[x+n].bg = under
		}
		n++
	}
	return n
}

// cleanCluster says that a cluster of several runes holds nothing that must not
// reach a terminal. Texts are clean already; the strings of DrawANSI need not be.
func cleanCluster(s string) bool {
	for i, r := range s {
		if forbidden(r) || (r == utf8.RuneError && !utf8.ValidString(s[i:])) {
			return false
		}
	}
	return true
}

// spaces draws n blanks from x.
func (c Canvas) spaces(x, y, n int, s Style) { c.repeat(x, y, n, ' ', s) }

// repeat draws the narrow rune r in n cells from x.
func (c Canvas) repeat(x, y, n int, r rune, s Style) {
	if y < 0 || y >= c.h {
		return
	}
	if from, to := max(x, 0), min(x+n, c.w); from < to {
		c.g.repeat(c.x+from, c.x+to, c.y+y, r, s)
	}
}
