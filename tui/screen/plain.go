package screen

import "strconv"

// Render says how frames are written.
type Render uint8

// The zero value is for terminals that do what they say.
const (
	// RenderDiff writes what has changed, in the alternate screen and inside
	// synchronized output.
	RenderDiff Render = iota
	// RenderPlain is for the others: serial consoles, old multiplexers, telnet
	// clients. Every frame is written whole, row by row, each from its own
	// absolute place, with colours and erasing set out in full; nothing is asked
	// of the terminal that a VT100 with colours does not have. Whatever went
	// wrong on the screen is right again with the next frame.
	RenderPlain
)

// appendPlain appends a whole frame. The last cell of the last row stays as the
// erasing left it: a terminal that cannot be told not to wrap would scroll.
func (e Encoder) appendPlain(dst []byte, next *Grid) []byte {
	u := plainFrame{dst: dst, next: next, profile: e.Profile}
	for y := range next.h {
		u.row(y)
	}
	u.pen(Style{})
	return appendPlainPlace(u.dst, 0, max(next.h-1, 0)) // where a cursor that cannot be hidden is in nobody's way
}

// plainClear clears a screen of which nothing is known.
const plainClear = "\x1b[0m\x1b[1;1H\x1b[2J"

// plainFrame is one plain frame while it is written.
type plainFrame struct {
	dst     []byte
	next    *Grid
	profile Profile
	style   Style
}

// row writes row y: the cursor is placed anew after everything that terminals
// draw in different widths, so that no other cell moves with it.
func (u *plainFrame) row(y int) {
	w := u.next.w
	cells, end, tail := u.next.row(y), w, u.blankTail(y)
	if y == u.next.h-1 {
		end = w - 1
	}
	placed, doubtful := false, false
	for x := 0; x < min(tail, end); {
		c := &cells[x]
		width := max(int(c.width), 1)
		if !placed || doubtful && c.r < 0x80 && c.cluster == 0 {
			u.dst = appendPlainPlace(u.dst, x, y)
		}
		u.pen(c.style())
		if x+width > end { // half of it would be in the last cell
			u.dst = append(u.dst, ' ')
			break
		}
		u.dst = u.next.appendCell(u.dst, y*w+x)
		placed, doubtful = c.cluster == 0 && width == 1 && c.r < firstPictograph, c.r >= 0x80
		x += width
	}
	if tail < w {
		u.pen(Style{})
		u.dst = append(appendPlainPlace(u.dst, tail, y), "\x1b[K"...)
	}
}

// blankTail returns the first column of the blanks in the terminal's own style
// that end row y, the width where there are none.
func (u *plainFrame) blankTail(y int) int {
	row, x := u.next.row(y), u.next.w
	for x > 0 && row[x-1].r == ' ' && row[x-1].width == 1 && row[x-1].cluster == 0 && plainBlank(row[x-1].style().In(u.profile)) {
		x--
	}
	return x
}

// plainBlank says that a blank in the style looks as erasing leaves it.
func plainBlank(s Style) bool { return s.BG.IsZero() && s.Attr&(Reverse|Underline) == 0 }

// pen changes the style, from nothing each time.
func (u *plainFrame) pen(s Style) {
	if s = s.In(u.profile); s == u.style {
		return
	}
	u.style = s
	u.dst = append(u.dst, "\x1b[0;"...)
	u.dst = appendChange(u.dst, Style{}, s)
	u.dst[len(u.dst)-1] = 'm'
}

// appendPlainPlace appends a move to a place with both its parts.
func appendPlainPlace(dst []byte, x, y int) []byte {
	dst = append(dst, "\x1b["...)
	dst = strconv.AppendInt(dst, int64(y+1), 10)
	dst = append(dst, ';')
	dst = strconv.AppendInt(dst, int64(x+1), 10)
	return append(dst, 'H')
}
