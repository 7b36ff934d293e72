// Package screen owns the terminal: a grid of cells to draw on, the difference
// between two frames as the fewest bytes, and the terminal's modes from the
// first byte to its restoration. It must not know metrics, pages or Bubble Tea.
package screen

import (
	"strings"
	"unicode/utf8"

	"wallboard/tui/text"
)

// cell is what one terminal cell shows, 16 bytes without padding so that a
// frame is compared and copied at memory speed. The style is kept whole instead
// of as a number into a table: no lookup on drawing, and cells of two grids
// compare directly.
type cell struct {
	r       rune
	fg, bg  Color
	attr    Attr
	width   uint8  // 1, or 2 for the left half of a wide cluster, 0 for its right half
	cluster uint16 // 1 + the place in Grid.clusters of a cluster of several runes; 0 for a plain rune
}

// newCell returns a cell of one plain rune.
func newCell(r rune, width int, s Style) cell {
	return cell{r: r, fg: s.FG, bg: s.BG, attr: s.Attr, width: uint8(width)}
}

// style returns how the cell looks.
func (c *cell) style() Style { return Style{FG: c.fg, BG: c.bg, Attr: c.attr} }

// restyle changes how the cell looks.
func (c *cell) restyle(s Style) { c.fg, c.bg, c.attr = s.FG, s.BG, s.Attr }

// maxSide bounds a grid: larger terminals are drawn in their top left part.
const maxSide = 2000

// maxClusters is how many clusters of several runes one grid holds; beyond it
// a cluster is drawn as its first rune.
const maxClusters = 1<<16 - 2

// Grid is one frame: w x h cells. It keeps two promises that the encoder needs:
// a wide cluster always has both its halves, and no cell holds a control
// character. Not safe for concurrent use.
type Grid struct {
	w, h     int
	cells    []cell
	clusters []string
	lines    Lines
}

// NewGrid returns a blank grid of w x h cells.
func NewGrid(w, h int) *Grid {
	g := &Grid{lines: Rounded()}
	g.Reset(w, h)
	return g
}

// Reset makes g a blank grid of w x h cells, reusing its memory. The lines it
// draws with stay. A side outside 0…2,000 is brought inside.
func (g *Grid) Reset(w, h int) {
	g.w, g.h = min(max(w, 0), maxSide), min(max(h, 0), maxSide)
	n := g.w * g.h
	if cap(g.cells) < n {
		g.cells = make([]cell, n)
	}
	g.cells = g.cells[:n]
	g.flood(0, g.h, cell{r: ' ', width: 1})
	clear(g.clusters) // let go of the strings of the frame before
	g.clusters = g.clusters[:0]
}

// flood writes c into every cell of the rows from y up to end, at the speed of
// memory: whole rows leave no half of anything.
func (g *Grid) flood(y, end int, c cell) {
	cells := g.cells[y*g.w : end*g.w]
	if len(cells) == 0 {
		return
	}
	cells[0] = c
	for n := 1; n < len(cells); n *= 2 {
		copy(cells[n:], cells[:n])
	}
}

// Size returns the grid's width and height in cells.
func (g *Grid) Size() (w, h int) { return g.w, g.h }

// UseLines sets the runes that boxes, lines and cut texts are drawn with.
func (g *Grid) UseLines(l Lines) { g.lines = l }

// Canvas returns the whole grid as a canvas.
func (g *Grid) Canvas() Canvas { return Canvas{g: g, w: g.w, h: g.h} }

// CopyFrom makes g an equal copy of o.
func (g *Grid) CopyFrom(o *Grid) {
	g.w, g.h, g.lines = o.w, o.h, o.lines
	g.cells = append(g.cells[:0], o.cells...)
	clear(g.clusters)
	g.clusters = append(g.clusters[:0], o.clusters...)
}

// Equal says whether both grids show the same.
func (g *Grid) Equal(o *Grid) bool {
	if g.w != o.w || g.h != o.h {
		return false
	}
	for i := range g.cells {
		if !g.same(i, o) {
			return false
		}
	}
	return true
}

// same says whether cell i shows the same in both grids, of equal size.
func (g *Grid) same(i int, o *Grid) bool {
	a, b := &g.cells[i], &o.cells[i]
	if a.cluster == 0 && b.cluster == 0 {
		return *a == *b
	}
	return a.cluster != 0 && b.cluster != 0 && a.width == b.width && a.style() == b.style() &&
		g.clusters[a.cluster-1] == o.clusters[b.cluster-1]
}

// Text returns the frame as plain rows, each ended by a newline, without the
// blanks at the end of a row.
func (g *Grid) Text() string {
	var b strings.Builder
	b.Grow(len(g.cells) + g.h)
	row := make([]byte, 0, 4*g.w)
	for y := range g.h {
		row = row[:0]
		for x := range g.w {
			row = g.appendCell(row, y*g.w+x)
		}
		b.WriteString(strings.TrimRight(string(row), " "))
		b.WriteByte('\n')
	}
	return b.String()
}

// Row returns row y as plain text of exactly the grid's width in cells.
func (g *Grid) Row(y int) string {
	if y < 0 || y >= g.h {
		return ""
	}
	row := make([]byte, 0, 4*g.w)
	for x := range g.w {
		row = g.appendCell(row, y*g.w+x)
	}
	return string(row)
}

// At returns what cell x, y shows and how: the cluster, empty for the right
// half of a wide one, and its style. Outside the grid it returns nothing.
func (g *Grid) At(x, y int) (string, Style) {
	if x < 0 || y < 0 || x >= g.w || y >= g.h {
		return "", Style{}
	}
	i := y*g.w + x
	return string(g.appendCell(nil, i)), g.cells[i].style()
}

// appendCell appends the text of cell i, nothing for a right half.
func (g *Grid) appendCell(dst []byte, i int) []byte {
	c := &g.cells[i]
	switch {
	case c.width == 0:
		return dst
	case c.cluster != 0:
		return append(dst, g.clusters[c.cluster-1]...)
	case c.r < utf8.RuneSelf:
		return append(dst, byte(c.r))
	}
	return utf8.AppendRune(dst, c.r)
}

// put writes one cluster of the given width at x, y, which with its right half
// must lie inside the grid. What it covers halfway of another cluster becomes
// blank, so that no half is ever left.
func (g *Grid) put(x, y int, cluster string, r rune, width int, s Style) {
	row := g.row(y)
	if row[x].width == 0 {
		g.blank(&row[x-1])
	}
	if end := x + width; end < g.w && row[end].width == 0 {
		g.blank(&row[end])
	}
	if s.BG.IsZero() {
		s.BG = row[x].bg
	}
	row[x] = newCell(r, width, s)
	if cluster != "" {
		row[x].cluster = g.keep(cluster)
	}
	if width == 2 {
		row[x+1] = newCell(' ', 0, s)
	}
}

// repeat writes the narrow rune r into the cells from x up to end of row y.
func (g *Grid) repeat(x, end, y int, r rune, s Style) {
	cells := g.row(y)[:end]
	c, under := newCell(r, 1, s), s.BG.IsZero()
	for ; x < len(cells); x++ {
		if cells[x].width != 1 {
			g.put(x, y, "", r, 1, s)
			continue
		}
		if under {
			c.bg = cells[x].bg
		}
		cells[x] = c
	}
}

// row returns the cells of row y.
func (g *Grid) row(y int) []cell { return g.cells[y*g.w : (y+1)*g.w : (y+1)*g.w] }

// blank leaves a space in c's own style.
func (g *Grid) blank(c *cell) { *c = newCell(' ', 1, c.style()) }

// keep returns the number of a cluster of several runes, 0 when the grid holds
// no more of them. Only the last few are searched: a frame has few clusters,
// and equal ones come together.
func (g *Grid) keep(cluster string) uint16 {
	for i := len(g.clusters) - 1; i >= max(0, len(g.clusters)-8); i-- {
		if g.clusters[i] == cluster {
			return uint16(i + 1)
		}
	}
	if len(g.clusters) >= maxClusters {
		return 0
	}
	g.clusters = append(g.clusters, cluster)
	return uint16(len(g.clusters))
}

// drawable returns r if a cell can show it by itself, with its width, else the
// replacement character.
func drawable(r rune) (rune, int) {
	if w := text.RuneWidth(r); w > 0 && utf8.ValidRune(r) {
		return r, w
	}
	return utf8.RuneError, 1
}
