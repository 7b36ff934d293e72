//go:build unix

package main

import (
	"fmt"
	"html"
	"strconv"
	"strings"

	"wallboard/tui/text"
)

// look is how a cell is drawn. Colours are those of a terminal with 24 bits,
// "" its own.
type look struct {
	fg, bg             string
	bold, dim, reverse bool
	italic, underline  bool
}

// with returns the look changed by the parameters of an SGR sequence.
func (l look) with(params string) look {
	list := strings.Split(params, ";")
	for i := 0; i < len(list); i++ {
		n, _ := strconv.Atoi(list[i]) // an empty one is 0
		switch n {
		case 0:
			l = look{}
		case 1:
			l.bold = true
		case 2:
			l.dim = true
		case 3:
			l.italic = true
		case 4:
			l.underline = true
		case 7:
			l.reverse = true
		case 22:
			l.bold, l.dim = false, false
		case 23:
			l.italic = false
		case 24:
			l.underline = false
		case 27:
			l.reverse = false
		case 39:
			l.fg = ""
		case 49:
			l.bg = ""
		case 38, 48:
			colour, used := colourOf(list[i+1:])
			i += used
			if n == 38 {
				l.fg = colour
			} else {
				l.bg = colour
			}
		}
	}
	return l
}

// colourOf reads the parameters after 38 or 48 and says how many they are. Of
// colours by number only the number is kept: pictures are taken in 24 bits.
func colourOf(list []string) (string, int) {
	switch {
	case len(list) >= 4 && list[0] == "2":
		var rgb [3]int
		for i := range rgb {
			rgb[i], _ = strconv.Atoi(list[1+i])
		}
		return fmt.Sprintf("#%02x%02x%02x", rgb[0], rgb[1], rgb[2]), 4
	case len(list) >= 2 && list[0] == "5":
		return "indexed " + list[1], 2
	}
	return "", len(list)
}

// The size of a cell in the picture, and the colours of the terminal itself.
const (
	cellWide, cellHigh = 9, 18
	ownFG, ownBG       = "#d0d0d0", "#1c1c1c"
)

// colours returns what is drawn with, reverse video turned.
func (l look) colours() (fg, bg string) {
	fg, bg = ownFG, ownBG
	if l.fg != "" {
		fg = l.fg
	}
	if l.bg != "" {
		bg = l.bg
	}
	if l.reverse {
		return bg, fg
	}
	return fg, bg
}

// picture draws cells as an SVG that needs nothing but a font of one width.
// Lines and blocks are drawn, so that they meet in every font.
func picture(rows [][]cell) string {
	var b strings.Builder
	w, h := len(rows[0])*cellWide, len(rows)*cellHigh
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" font-family="'DejaVu Sans Mono','Noto Sans Mono CJK SC',Menlo,Consolas,monospace" font-size="15" xml:space="preserve">`+"\n", w, h, w, h)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="%s"/>`+"\n", w, h, ownBG)
	for y, row := range rows {
		grounds(row, func(x, n int, bg string) {
			if bg != ownBG {
				fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`+"\n", x*cellWide, y*cellHigh, n*cellWide, cellHigh, bg)
			}
		})
		runs(row, func(x, n int) { letters(&b, row, x, n, y) })
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// grounds calls f for each run of cells on the same ground.
func grounds(row []cell, f func(x, n int, bg string)) {
	for x := 0; x < len(row); {
		_, bg := row[x].look.colours()
		n := 1
		for x+n < len(row) {
			if _, next := row[x+n].look.colours(); next != bg {
				break
			}
			n++
		}
		f(x, n, bg)
		x += n
	}
}

// runs calls f for each run of cells that look the same.
func runs(row []cell, f func(x, n int)) {
	for x := 0; x < len(row); {
		n := 1
		for x+n < len(row) && row[x+n].look == row[x].look {
			n++
		}
		f(x, n)
		x += n
	}
}

// letters draws the texts of one run: words as words, the rest cell by cell.
func letters(b *strings.Builder, row []cell, x, n, y int) {
	fg, _ := row[x].look.colours()
	word, from := "", 0
	flush := func() {
		if strings.TrimSpace(word) != "" {
			fmt.Fprintf(b, `<text x="%d" y="%d" textLength="%d" fill="%s"%s>%s</text>`+"\n",
				from*cellWide, y*cellHigh+14, text.Width(word)*cellWide, fg, row[x].look.attributes(), html.EscapeString(word))
		}
		word = ""
	}
	for i := x; i < x+n; i++ {
		c := row[i].text
		path := shape([]rune(c + " ")[0], i*cellWide, y*cellHigh)
		switch {
		case c == "":
		case path != "":
			flush()
			fmt.Fprintf(b, path+"\n", fg)
		case c == " ": // words stay short, so that a font of another width cannot shift them far
			flush()
		case text.Width(c) > 1: // its font is another one: it stands by itself
			flush()
			word, from = c, i
			flush()
		default:
			if word == "" {
				from = i
			}
			word += c
		}
	}
	flush()
}

func (l look) attributes() string {
	out := ""
	if l.bold {
		out += ` font-weight="bold"`
	}
	if l.dim {
		out += ` opacity="0.6"`
	}
	if l.italic {
		out += ` font-style="italic"`
	}
	if l.underline {
		out += ` text-decoration="underline"`
	}
	return out
}

// arms says where the lines of a character go: left, right, up, down.
var arms = map[rune]string{
	'─': "lr", '│': "ud", '╭': "rd", '╮': "ld", '╰': "ru", '╯': "lu", '┤': "lud", '├': "rud", '┬': "lrd", '┴': "lru", '┼': "lrud", '╶': "r", '╴': "l", '╵': "u", '╷': "d",
}

// shape returns a line or block as SVG with a place for its colour, "" for
// every other character.
func shape(r rune, x, y int) string {
	rect := func(dx, dy, w, h float64) string {
		return fmt.Sprintf(`<rect x="%g" y="%g" width="%g" height="%g" fill="%%s"/>`, float64(x)+dx, float64(y)+dy, w, h)
	}
	switch {
	case r == '▀':
		return rect(0, 0, cellWide, cellHigh/2)
	case r >= '▁' && r <= '█':
		high := float64(r-'▁'+1) * cellHigh / 8
		return rect(0, cellHigh-high, cellWide, high)
	case r >= '▉' && r <= '▏':
		return rect(0, 0, float64('▏'-r+1)*cellWide/8, cellHigh)
	case r > 0x2800 && r <= 0x28FF:
		return dots(r-0x2800, float64(x), float64(y))
	}
	way := arms[r]
	if way == "" {
		return ""
	}
	cx, cy := float64(x)+cellWide/2.0, float64(y)+cellHigh/2.0
	ends := map[rune]string{
		'l': fmt.Sprintf("%d %g", x, cy), 'r': fmt.Sprintf("%d %g", x+cellWide, cy),
		'u': fmt.Sprintf("%g %d", cx, y), 'd': fmt.Sprintf("%g %d", cx, y+cellHigh),
	}
	path := ""
	if strings.ContainsRune("╭╮╰╯", r) {
		path = fmt.Sprintf("M%sQ%g %g %s", ends[rune(way[0])], cx, cy, ends[rune(way[1])])
	} else {
		for _, arm := range way {
			path += fmt.Sprintf("M%g %gL%s", cx, cy, ends[arm])
		}
	}
	return `<path d="` + path + `" fill="none" stroke="%s"/>`
}

// dots draws a braille character: the bits name its dots, seven and eight below
// the six of old.
func dots(bits rune, x, y float64) string {
	path := ""
	for i, at := range [...][2]float64{{0, 0}, {0, 1}, {0, 2}, {1, 0}, {1, 1}, {1, 2}, {0, 3}, {1, 3}} {
		if bits&(1<<i) != 0 {
			path += fmt.Sprintf("M%g %gh2v2h-2z", x+cellWide*(at[0]+0.5)/2-1, y+cellHigh*(at[1]+0.5)/4-1)
		}
	}
	return `<path d="` + path + `" fill="%s"/>`
}
