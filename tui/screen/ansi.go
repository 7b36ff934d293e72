package screen

import (
	"strings"
	"unicode/utf8"

	"wallboard/tui/text"
)

// DrawANSI draws a string with SGR sequences, as Lip Gloss and asciigraph make
// them, from x, y: a newline continues at x in the next row. Every other
// sequence and control character is left out, so nothing but looks gets in.
func (c Canvas) DrawANSI(x, y int, ansi string) {
	var s Style
	at := x
	for ansi != "" {
		switch ansi[0] {
		case 0x1B:
			var params string
			var final byte
			params, final, ansi = cutSequence(ansi)
			if final == 'm' {
				s = applySGR(s, params)
			}
		case '\n':
			at, y, ansi = x, y+1, ansi[1:]
		default:
			n := strings.IndexAny(ansi, "\x1b\n")
			if n < 0 {
				n = len(ansi)
			}
			c.print(at, y, c.w, ansi[:n], s)
			at += text.Width(ansi[:n])
			ansi = ansi[n:]
		}
	}
}

// cutSequence takes the escape sequence off the front of s, which begins with
// ESC. final is 0 for anything but a complete CSI sequence.
func cutSequence(s string) (params string, final byte, rest string) {
	if len(s) < 2 {
		return "", 0, ""
	}
	switch s[1] {
	case '[':
		for i := 2; i < len(s); i++ {
			if s[i] >= 0x40 && s[i] <= 0x7E {
				return s[2:i], s[i], s[i+1:]
			}
			if s[i] < 0x20 || s[i] > 0x7E {
				return "", 0, s[i:]
			}
		}
		return "", 0, ""
	case ']', 'P', 'X', '^', '_': // a string, up to BEL or ST
		for i := 2; i < len(s); i++ {
			if s[i] == 0x07 {
				return "", 0, s[i+1:]
			}
			if s[i] == 0x1B && i+1 < len(s) && s[i+1] == '\\' {
				return "", 0, s[i+2:]
			}
		}
		return "", 0, ""
	}
	_, n := utf8.DecodeRuneInString(s[1:])
	return "", 0, s[1+n:]
}

// applySGR returns s changed by the parameters of one SGR sequence. Unknown
// parameters change nothing.
func applySGR(s Style, params string) Style {
	var list [24]int
	n := parseParams(params, &list)
	for i := 0; i < n; i++ {
		switch p := list[i]; {
		case p == 0:
			s = Style{}
		case p >= 1 && p <= 4:
			s.Attr |= Attr(1) << (p - 1)
		case p == 7:
			s.Attr |= Reverse
		case p == 22:
			s.Attr &^= Bold | Dim
		case p == 23:
			s.Attr &^= Italic
		case p == 24:
			s.Attr &^= Underline
		case p == 27:
			s.Attr &^= Reverse
		case p >= 30 && p <= 37:
			s.FG = ANSI(uint8(p - 30))
		case p >= 90 && p <= 97:
			s.FG = ANSI(uint8(p - 90 + 8))
		case p >= 40 && p <= 47:
			s.BG = ANSI(uint8(p - 40))
		case p >= 100 && p <= 107:
			s.BG = ANSI(uint8(p - 100 + 8))
		case p == 39:
			s.FG = Color{}
		case p == 49:
			s.BG = Color{}
		case p == 38 || p == 48:
			color, used := extended(list[i+1 : n])
			i += used
			if p == 38 {
				s.FG = color
			} else {
				s.BG = color
			}
		}
	}
	return s
}

// extended reads the parameters after 38 or 48 and says how many they are.
func extended(p []int) (Color, int) {
	switch {
	case len(p) >= 2 && p[0] == 5:
		return Indexed(uint8(p[1])), 2
	case len(p) >= 4 && p[0] == 2:
		return RGB(uint8(p[1]), uint8(p[2]), uint8(p[3])), 4
	}
	return Color{}, len(p)
}

// parseParams reads numbers parted by ; or : and says how many. An empty
// parameter is 0; what is beyond the array is left out.
func parseParams(params string, list *[24]int) int {
	n := 0
	for i := 0; i < len(params); i++ {
		switch d := params[i]; {
		case d == ';' || d == ':':
			if n+1 == len(list) {
				return n + 1
			}
			n++
		case d >= '0' && d <= '9' && list[n] < 1000:
			list[n] = list[n]*10 + int(d-'0')
		}
	}
	return n + 1
}

// ANSI returns the frame as rows with SGR sequences for profile p, each ended
// by a reset and a newline: what a script prints.
func (g *Grid) ANSI(p Profile) string {
	out := make([]byte, 0, 2*len(g.cells)+8*g.h)
	for y := range g.h {
		pen := Style{}
		last := g.lastInk(y)
		for x := 0; x <= last; x++ {
			i := y*g.w + x
			if g.cells[i].width == 0 {
				continue
			}
			out = appendPen(out, &pen, g.cells[i].style(), p)
			out = g.appendCell(out, i)
		}
		out = appendPen(out, &pen, Style{}, p)
		out = append(out, '\n')
	}
	return string(out)
}

// lastInk returns the last column of row y that is not a blank in the
// terminal's own style, -1 for none.
func (g *Grid) lastInk(y int) int {
	for x := g.w - 1; x >= 0; x-- {
		if g.cells[y*g.w+x] != (cell{r: ' ', width: 1}) {
			return x
		}
	}
	return -1
}
