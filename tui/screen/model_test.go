package screen

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// model is a terminal for tests, written from the standards (ECMA-48, xterm's
// control sequences, UAX #11) and not from the encoder. It is stricter than a
// real one: what terminals do differently is an error or leaves garbage behind.
type model struct {
	w, h    int
	cells   []modelCell
	x, y    int
	waiting bool // behind the last column
	pen     Style
	inColor bool // erasing fills with the pen's background
	old     bool // knows no pictographs and draws them one cell wide
	wraps   bool // cannot be told not to: the last cell of the screen must not be touched
	wrapOn  bool // lines wrap for now
	sync    bool // holds back what it shows
	err     error
}

type modelCell struct {
	text  string // empty: the right half of the cell before
	style Style
}

// garbage is what a cell holds after half of its wide character was
// overwritten: terminals differ, so nothing may rely on it.
const garbage = "\uFFFD?"

func newModel(w, h int, inColor bool) *model {
	m := &model{w: w, h: h, cells: make([]modelCell, w*h), inColor: inColor}
	for i := range m.cells {
		m.cells[i].text = "leftover"
	}
	return m
}

func (m *model) failf(format string, args ...any) {
	if m.err == nil {
		m.err = fmt.Errorf(format, args...)
	}
}

// feed lets the terminal read b.
func (m *model) feed(b []byte) error {
	s := string(b)
	for s != "" && m.err == nil {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case strings.HasPrefix(s, "\x1b["):
			end := strings.IndexFunc(s[2:], func(r rune) bool { return r >= 0x40 && r <= 0x7E })
			if end < 0 {
				m.failf("a sequence without end: %q", s)
				break
			}
			m.control(s[2:2+end], s[2+end])
			n = end + 3
		case r == '\r':
			m.still("carriage return")
			m.x = 0
		case r < 0x20 || r == 0x7F:
			m.failf("control character %#x", r)
		default:
			m.print(r)
		}
		s = s[n:]
	}
	if m.sync || m.wrapOn {
		m.failf("the update never ends")
	}
	return m.err
}

// still fails when the cursor waits behind the last column.
func (m *model) still(what string) {
	if m.waiting {
		m.failf("%s while the cursor waits behind the last column", what)
	}
}

func (m *model) control(params string, final byte) {
	if strings.HasPrefix(params, "?") {
		if params == "?7" && m.wrapOn != (final == 'h') && !m.wraps {
			m.wrapOn = final == 'h'
			return
		}
		if params != "?2026" || m.sync == (final == 'h') || m.wraps {
			m.failf("mode %q %c in a frame", params, final)
		}
		m.sync = final == 'h'
		return
	}
	var list []int
	for _, p := range strings.Split(params, ";") {
		n := 0
		if _, err := fmt.Sscan(p, &n); p != "" && err != nil {
			m.failf("parameters %q", params)
		}
		list = append(list, n)
	}
	one := max(list[0], 1)
	switch final {
	case 'H':
		m.waiting = false
		column := 1
		if len(list) > 1 {
			column = max(list[1], 1)
		}
		m.x, m.y = column-1, one-1
	case 'G':
		m.still("CHA")
		m.x = one - 1
	case 'd':
		m.still("VPA")
		m.y = one - 1
	case 'A':
		m.still("CUU")
		m.y -= one
	case 'B':
		m.still("CUD")
		m.y += one
	case 'C':
		m.still("CUF")
		m.x += one
	case 'D':
		m.still("CUB")
		m.x -= one
	case 'J':
		m.erase(0, m.w*m.h)
	case 'K':
		m.still("EL")
		m.split(m.x)
		m.erase(m.y*m.w+m.x, (m.y+1)*m.w)
	case 'm':
		m.sgr(list)
	default:
		m.failf("sequence %q %c", params, final)
	}
	if m.x < 0 || m.y < 0 || m.x >= m.w || m.y >= m.h {
		m.failf("cursor at %d, %d of %d x %d", m.x, m.y, m.w, m.h)
	}
}

func (m *model) erase(from, to int) {
	blank := modelCell{text: " "}
	if m.inColor {
		blank.style.BG = m.pen.BG
	}
	for i := from; i < to; i++ {
		m.cells[i] = blank
	}
}

// split leaves garbage in a wide character that ends at column x of the row.
func (m *model) split(x int) {
	if i := m.y*m.w + x; x > 0 && x < m.w && m.cells[i].text == "" {
		m.cells[i-1].text, m.cells[i].text = garbage, garbage
	}
}

func (m *model) print(r rune) {
	if unicode.In(r, unicode.Mn, unicode.Me) {
		// Joins the character before the cursor.
		i := m.y*m.w + m.x - 1
		if m.waiting && (m.wrapOn || m.wraps) {
			i++ // else the cursor is on the cell it has drawn
		}
		if i > 0 && m.cells[i].text == "" {
			i--
		}
		m.cells[i].text += string(r)
		return
	}
	n := 1
	if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
		n = 2
	}
	if m.old && r >= 0x1F000 {
		n = 1
	}
	m.still("text")
	if m.x+n > m.w {
		m.failf("a wide character in the last column")
		return
	}
	if m.wraps && m.y == m.h-1 && m.x+n == m.w {
		m.failf("the last cell is written, and the screen scrolls")
		return
	}
	m.split(m.x)
	m.split(m.x + n)
	i := m.y*m.w + m.x
	m.cells[i] = modelCell{text: string(r), style: m.pen}
	if n == 2 {
		m.cells[i+1] = modelCell{style: m.pen}
	}
	m.x += n
	if m.x == m.w {
		m.x, m.waiting = m.w-1, true
	}
}

func (m *model) sgr(list []int) {
	for len(list) > 0 {
		n := 1
		switch p := list[0]; {
		case p == 0:
			m.pen = Style{}
		case p == 1:
			m.pen.Attr |= Bold
		case p == 2:
			m.pen.Attr |= Dim
		case p == 3:
			m.pen.Attr |= Italic
		case p == 4:
			m.pen.Attr |= Underline
		case p == 7:
			m.pen.Attr |= Reverse
		case p == 22:
			m.pen.Attr &^= Bold | Dim
		case p == 23:
			m.pen.Attr &^= Italic
		case p == 24:
			m.pen.Attr &^= Underline
		case p == 27:
			m.pen.Attr &^= Reverse
		case p/10 == 3 || p/10 == 4 || p/10 == 9 || p/10 == 10:
			n = m.color(list)
		default:
			m.failf("SGR %d", p)
		}
		if n > len(list) {
			m.failf("SGR %v is cut off", list)
			return
		}
		list = list[n:]
	}
}

// color reads one colour and returns how many parameters it has.
func (m *model) color(list []int) int {
	p, n := list[0], 1
	var c Color
	switch digit := p % 10; {
	case digit < 8 && p < 50:
		c = ANSI(uint8(digit))
	case digit < 8:
		c = ANSI(uint8(digit + 8))
	case digit == 8 && len(list) >= 3 && list[1] == 5:
		c, n = Indexed(uint8(list[2])), 3
	case digit == 8 && len(list) >= 5 && list[1] == 2:
		c, n = RGB(uint8(list[2]), uint8(list[3]), uint8(list[4])), 5
	case digit == 8:
		m.failf("SGR %v", list)
	}
	if p/10 == 3 || p/10 == 9 {
		m.pen.FG = c
	} else {
		m.pen.BG = c
	}
	return n
}

// compare returns the first cell in which the terminal and the frame differ.
func (m *model) compare(g *Grid, p Profile) error {
	if m.pen != (Style{}) {
		return fmt.Errorf("the update leaves the pen at %+v", m.pen)
	}
	cells := m.cells
	if m.wraps && len(cells) > 0 {
		last := len(cells) - 1
		if cells[last].text != " " {
			return fmt.Errorf("the last cell shows %+v", cells[last])
		}
		cells = cells[:last]
		if last > 0 && m.w > 1 && g.cells[last].width == 0 {
			cells = cells[:last-1] // half of what has no room
		}
	}
	for i, c := range cells {
		text, style := g.At(i%m.w, i/m.w)
		if text == "" {
			style = g.cells[i-1].style()
		}
		want := seen(modelCell{text, style.In(p)})
		if i == len(m.cells)-1 && c.text != "" {
			want.text, c.text = base(want.text), base(c.text)
		}
		if got := seen(c); got != want {
			return fmt.Errorf("cell %d, %d shows %+v, want %+v", i%m.w, i/m.w, got, want)
		}
	}
	return nil
}

// base is a cluster without its marks, as the last cell of the screen shows it.
func base(cluster string) string {
	_, n := utf8.DecodeRuneInString(cluster)
	return cluster[:n]
}

// seen returns what people can see of a cell: of a blank only its background,
// unless a line or reverse video shows its foreground.
func seen(c modelCell) modelCell {
	if c.text == " " && c.style.Attr&(Reverse|Underline) == 0 {
		c.style = Style{BG: c.style.BG}
	}
	return c
}
