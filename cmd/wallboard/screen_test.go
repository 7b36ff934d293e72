//go:build unix

package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"wallboard/tui/text"
)

// cell is one cell of a terminal; the right half of a wide character has no
// text.
type cell struct {
	text string
	look look
}

// screen is what a terminal shows: a model written from the standards, and
// strict. Whatever is drawn outside is a fault.
type screen struct {
	w, h      int
	cells     [][]cell
	x, y      int
	modes     map[string]bool
	rest      string   // the beginning of a sequence whose end is yet to come
	whole     []string // the rows after the last whole update
	heads     []string // the first row of every update
	settled   bool     // a whole frame of this size was drawn
	key, over bool     // the update so far: is a key frame, left the screen
	faults    []string
	bells     int // rung
	pen       look
	frames    int      // drawn whole so far
	before    [][]cell // what the screen showed when the last of them began
	plain     bool     // updates have no end: what is shown is what is there
	resized   bool     // a plain update of the old size may still be on its way
}

func newScreen(w, h int) screen {
	s := screen{modes: map[string]bool{"?25": true, "?7": true}, settled: true}
	s.size(w, h)
	return s
}

func (s *screen) size(w, h int) {
	s.w, s.h, s.x, s.y = w, h, 0, 0
	s.cells = make([][]cell, h)
	for y := range s.cells {
		s.cells[y] = make([]cell, w)
	}
	s.erase(0, 0)
}

// leftover is what is in a cell that nothing was drawn in since the size
// changed: where terminals move what they show is nobody's promise.
const leftover = "☠"

// resize begins a new size. Until the first key frame of it, updates of the old
// size may still be on their way: they are no faults.
func (s *screen) resize(w, h int) {
	s.size(w, h)
	for _, row := range s.cells {
		for x := range row {
			row[x].text = leftover
		}
	}
	s.settled, s.resized = false, true
}

// copied returns the cells as they are now.
func (s *screen) copied() [][]cell {
	out := make([][]cell, len(s.cells))
	for y, row := range s.cells {
		out[y] = slices.Clone(row)
	}
	return out
}

func (s *screen) fault(format string, args ...any) {
	s.over = true
	if s.settled && len(s.faults) < 10 {
		s.faults = append(s.faults, fmt.Sprintf(format, args...))
	}
}

// blank is what erasing leaves: xterm fills with the pen's background.
func (s *screen) blank() cell { return cell{" ", look{bg: s.pen.bg}} }

// erase blanks from x, y to the end of the screen.
func (s *screen) erase(x, y int) {
	for ; y < s.h; y, x = y+1, 0 {
		for ; x < s.w; x++ {
			s.cells[y][x] = s.blank()
		}
	}
}

// feed reads output and returns what the terminal answers.
func (s *screen) feed(output string) (answer string) {
	in := s.rest + output
	for in != "" {
		n := 0
		switch {
		case in[0] == 0x1b:
			var more string
			if n, more = s.sequence(in); n == 0 {
				s.rest = in
				return answer
			}
			answer += more
		case in[0] == '\r':
			s.x, n = 0, 1
		case in[0] == '\n':
			s.y, n = min(s.y+1, s.h-1), 1
		case in[0] == 0x07:
			s.bells, n = s.bells+1, 1
		case in[0] < 0x20:
			s.fault("control character %#x", in[0])
			n = 1
		case !utf8.FullRuneInString(in):
			s.rest = in
			return answer
		default:
			n = s.print(in)
		}
		in = in[n:]
	}
	s.rest = ""
	if s.plain {
		s.read()
	}
	return answer
}

func (s *screen) print(in string) int {
	cluster, _, width := text.Next(in)
	switch {
	case s.plain && s.y == s.h-1 && s.x+width >= s.w:
		s.fault("%q in the last cell, and the screen scrolls", cluster)
	case s.modes["?1049"] && s.x+width > s.w:
		s.fault("%q at column %d of %d", cluster, s.x, s.w)
	case s.x+width <= s.w && width > 0:
		s.cells[s.y][s.x] = cell{cluster, s.pen}
		for i := 1; i < width; i++ {
			s.cells[s.y][s.x+i] = cell{"", s.pen}
		}
	}
	s.x += width
	return len(cluster)
}

// sequence obeys the escape sequence that in begins with and returns its
// length, 0 where its end is yet to come.
func (s *screen) sequence(in string) (int, string) {
	if len(in) < 2 {
		return 0, ""
	}
	if in[1] == ']' || in[1] == 'P' { // a title, or a question about colours, which stays without an answer
		for i := 2; i < len(in); i++ {
			if in[i] == 0x07 {
				return i + 1, ""
			}
			if in[i] == 0x1b && i+1 < len(in) {
				return i + 2, ""
			}
		}
		return 0, ""
	}
	end := strings.IndexFunc(in[2:], func(r rune) bool { return r >= 0x40 && r <= 0x7e })
	if end < 0 {
		return 0, ""
	}
	return end + 3, s.control(in[2:2+end], in[2+end])
}

func (s *screen) control(params string, final byte) string {
	first, second, _ := strings.Cut(params, ";")
	a, b := number(first), number(second)
	switch final {
	case 't':
	case 'm':
		s.pen = s.pen.with(params)
	case 'A':
		s.move(s.x, s.y-a)
	case 'B':
		s.move(s.x, s.y+a)
	case 'C':
		s.move(s.x+a, s.y)
	case 'D':
		s.move(s.x-a, s.y)
	case 'G':
		s.move(a-1, s.y)
	case 'd':
		s.move(s.x, a-1)
	case 'H':
		s.move(b-1, a-1)
	case 'J':
		s.key, s.before = true, s.copied()
		if s.plain && s.resized {
			s.faults = nil // what was painted over was that of the old size
		}
		s.settled = s.settled || s.plain
		s.frames++
		s.erase(0, 0)
	case 'K':
		for x := s.x; x < s.w; x++ {
			s.cells[s.y][x] = s.blank()
		}
	case 'h', 'l':
		s.mode(params, final == 'h')
	case 'n':
		return fmt.Sprintf("\x1b[%d;%dR", s.y+1, s.x+1)
	default:
		s.fault("sequence %q %c", params, final)
	}
	return ""
}

func number(param string) int {
	n, err := strconv.Atoi(param)
	if err != nil || n < 1 {
		return 1
	}
	return n
}

func (s *screen) move(x, y int) {
	if x < 0 || y < 0 || x > s.w || y >= s.h { // column w: the cursor behind a full row
		s.fault("the cursor is sent to %d, %d of %d x %d", x, y, s.w, s.h)
	}
	s.x, s.y = max(0, min(x, s.w)), max(0, min(y, s.h-1))
}

func (s *screen) mode(name string, on bool) {
	s.modes[name] = on
	if name == "?2026" && on {
		s.key, s.over = false, false
	}
	if name != "?2026" || on {
		return
	}
	s.settled = s.settled || s.key && !s.over
	s.heads = append(s.heads, s.read()[0])
}

// read keeps the rows as they are now, and returns them.
func (s *screen) read() []string {
	s.whole = s.whole[:0:0]
	for _, row := range s.cells {
		var b strings.Builder
		for _, c := range row {
			b.WriteString(c.text)
		}
		s.whole = append(s.whole, b.String())
	}
	return s.whole
}
