package screen

import "unicode/utf8"

// The frame of an update: a terminal that knows mode 2026 shows all of it at
// once, every other one ignores the two sequences.
const (
	beginSync = "\x1b[?2026h"
	endSync   = "\x1b[?2026l"
	wrapOn    = "\x1b[?7h"
	wrapOff   = "\x1b[?7l"
)

// smallFrame is the size in bytes up to which an update is wrapped without a
// second thought. A larger one of a single cluster is sent bare: the terminal
// draws it in one go anyway.
const smallFrame = 60

// unknown is a column or row where the cursor may not be taken to be.
const unknown = -1

// Encoder turns the step from one frame to the next into bytes for a terminal.
// Every update begins and ends with the terminal's own style and says where it
// writes, so that updates may be handed to several viewers and a key frame put
// between any two of them.
type Encoder struct {
	Profile Profile
	// ErasesInColor says that the terminal fills what it erases with the
	// background colour; without it only plain blanks are erased.
	ErasesInColor bool
	Render        Render
}

// Diff appends the update that turns a terminal which shows prev into one that
// shows next, nothing when they are equal. Without prev, or when it has another
// size, the update is a key frame: it clears the terminal and draws everything.
func (e Encoder) Diff(dst []byte, prev, next *Grid) []byte {
	if e.Render == RenderPlain {
		return e.plain(dst, prev, next)
	}
	if prev == nil || prev.w != next.w || prev.h != next.h {
		return e.keyFrame(dst, next)
	}
	start := len(dst)
	dst = append(dst, beginSync...)
	body := len(dst)
	u := update{Encoder: e, dst: dst, next: next, x: unknown, y: unknown}
	for y := range next.h {
		u.row(prev, y)
	}
	u.pen(Style{})
	dst = u.dst
	if len(dst) == body {
		return dst[:start]
	}
	if len(dst)-start+len(endSync) > smallFrame && u.clusters == 1 {
		return append(dst[:start], dst[body:]...)
	}
	return append(dst, endSync...)
}

// plain is Diff for a terminal that gets whole frames: after one of another
// size, or of none, it is cleared first.
func (e Encoder) plain(dst []byte, prev, next *Grid) []byte {
	switch {
	case prev == nil || prev.w != next.w || prev.h != next.h:
		dst = append(dst, plainClear...)
	case prev.Equal(next):
		return dst
	}
	return e.appendPlain(dst, next)
}

// keyFrame appends a whole frame.
func (e Encoder) keyFrame(dst []byte, next *Grid) []byte {
	dst = append(dst, beginSync+"\x1b[m\x1b[H\x1b[2J"...)
	u := update{Encoder: e, dst: dst, next: next}
	blank := cell{r: ' ', width: 1}
	for y := range next.h {
		u.runs(y, func(i int) bool { return next.cells[i] == blank })
	}
	u.pen(Style{})
	return append(u.dst, endSync...)
}

// update is one update while it is written: where the cursor is and with which
// pen it would draw.
type update struct {
	Encoder
	dst      []byte
	next     *Grid
	style    Style // of the pen, as the profile draws it
	x, y     int   // the cursor, or unknown
	clusters int   // written so far
}

// row writes what differs in row y.
func (u *update) row(prev *Grid, y int) {
	if sameCells(prev.row(y), u.next.row(y)) {
		return
	}
	u.runs(y, func(i int) bool { return u.next.same(i, prev) })
}

// sameCells says that both rows, of equal length, are the same and without
// clusters, whose numbers say nothing across grids.
func sameCells(a, b []cell) bool {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] || a[i].cluster != 0 {
			return false
		}
	}
	return true
}

// runs writes the cells of row y that are not yet the same on the terminal, in
// runs: a gap of cells that are the same is written again where that is shorter
// than to move over it.
func (u *update) runs(y int, same func(i int) bool) {
	w, base := u.next.w, y*u.next.w
	tail := u.blankTail(y)
	for x := 0; x < w; {
		width := max(int(u.next.cells[base+x].width), 1)
		if same(base + x) { // a right half always goes with its left one
			x += width
			continue
		}
		if x >= tail && u.eraseLine(x, y, same) {
			return
		}
		u.moveTo(x, y)
		u.write(x, y)
		x += width
	}
}

// moveTo brings the cursor to x, y: over cells of the pen's own style by
// writing them again, where that is shorter.
func (u *update) moveTo(x, y int) {
	if u.x == x && u.y == y {
		return
	}
	if u.y == y && u.x != unknown && u.x < x && u.rewrite(x) {
		return
	}
	u.dst = appendMove(u.dst, u.x, u.y, x, y)
	u.x, u.y = x, y
}

// rewrite writes the cells from the cursor to column x again if that takes no
// more bytes than moving there, and says whether it did.
func (u *update) rewrite(x int) bool {
	cells := u.next.cells[u.y*u.next.w:]
	limit := 3
	if x-u.x > 1 {
		limit = 4
	}
	size := 0
	for i := u.x; i < x; i++ {
		c := &cells[i]
		if c.cluster != 0 || c.width != 1 || !u.suits(c) {
			return false
		}
		if size += runeBytes(c.r); size > limit {
			return false
		}
	}
	for i := u.x; i < x; i++ {
		u.dst = u.next.appendCell(u.dst, u.y*u.next.w+i)
	}
	u.x = x
	return true
}

// write draws the cluster at x, y, where the cursor is.
func (u *update) write(x, y int) {
	c := &u.next.cells[y*u.next.w+x]
	if !u.suits(c) {
		u.pen(c.style())
	}
	u.clusters++
	if c.cluster != 0 || c.r >= firstPictograph {
		u.writeDoubtful(c, x, y)
	} else {
		u.dst = u.next.appendCell(u.dst, y*u.next.w+x)
		u.x += int(c.width)
	}
	if x+int(c.width) >= u.next.w { // the cursor waits behind the last column, and terminals differ on where that is
		u.x, u.y = unknown, unknown
	}
}

// firstPictograph is where Unicode's emoji begin, on whose width terminals
// differ with their age.
const firstPictograph = 0x1F000

// writeDoubtful draws what not every terminal takes to be as wide as we do:
// clusters of several runes, and pictographs. The cells are cleared first and
// the cursor is placed anew after them, so that at worst the cluster itself
// looks odd.
func (u *update) writeDoubtful(c *cell, x, y int) {
	for range c.width {
		u.dst = append(u.dst, ' ')
	}
	u.x = unknown
	if x+int(c.width) < u.next.w {
		u.dst = appendMove(u.dst, x+int(c.width), y, x, y)
		u.dst = u.next.appendCell(u.dst, y*u.next.w+x)
		return
	}
	u.dst = appendMove(u.dst, unknown, unknown, x, y)
	u.writeLast(c, x, y)
}

// writeLast draws a doubtful cluster in the last column. Where lines do not wrap
// the cursor stays on the cell it has drawn, and tmux joins a mark to the cell
// before: so lines wrap for that long. Not in the last row, which scrolls on a
// terminal that gives a mark a cell of its own: there the mark is left out.
func (u *update) writeLast(c *cell, x, y int) {
	switch {
	case c.cluster == 0 || c.width > 1:
		u.dst = u.next.appendCell(u.dst, y*u.next.w+x)
	case y == u.next.h-1:
		u.dst = utf8.AppendRune(u.dst, c.r)
	default:
		u.dst = append(u.dst, wrapOn...)
		u.dst = u.next.appendCell(u.dst, y*u.next.w+x)
		u.dst = append(u.dst, wrapOff...)
	}
}

// suits says that drawing c with the present pen looks right. Of a blank only
// the background is seen, unless lines or reverse video show its foreground:
// a chart's line and the blanks that it leaves behind need no two pens.
func (u *update) suits(c *cell) bool {
	s := c.style().In(u.Profile)
	if s == u.style {
		return true
	}
	const shown = Reverse | Underline
	return c.r == ' ' && c.cluster == 0 && s.BG == u.style.BG && (s.Attr|u.style.Attr)&shown == 0
}

// pen changes the style that is drawn with.
func (u *update) pen(s Style) { u.dst = appendPen(u.dst, &u.style, s, u.Profile) }

// blankTail returns the first column of the run of equal blanks that ends row
// y, the width if it must not be erased.
func (u *update) blankTail(y int) int {
	w := u.next.w
	row := u.next.cells[y*w : (y+1)*w]
	if w == 0 {
		return 0
	}
	last := row[w-1]
	s := last.style().In(u.Profile)
	if last.r != ' ' || last.width != 1 || last.cluster != 0 || s.Attr&(Reverse|Underline) != 0 ||
		(!s.BG.IsZero() && !u.ErasesInColor) {
		return w
	}
	x := w - 1
	for x > 0 && row[x-1] == last {
		x--
	}
	return x
}

// eraseLine erases from x to the end of row y if that is shorter than to write
// the blanks that differ, and says whether it did.
func (u *update) eraseLine(x, y int, same func(i int) bool) bool {
	changed := 0
	for i := x; i < u.next.w; i++ {
		if !same(y*u.next.w + i) {
			changed++
		}
	}
	if changed <= len("\x1b[K") {
		return false
	}
	u.moveTo(x, y)
	if c := &u.next.cells[y*u.next.w+x]; !u.suits(c) {
		u.pen(c.style())
	}
	u.dst = append(u.dst, "\x1b[K"...)
	u.clusters += changed
	return true
}

// runeBytes returns the length of r in UTF-8.
func runeBytes(r rune) int {
	switch {
	case r < 0x80:
		return 1
	case r < 0x800:
		return 2
	case r < 0x10000:
		return 3
	}
	return 4
}
