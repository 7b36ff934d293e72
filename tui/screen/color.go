package screen

// Profile says how many colours a terminal draws. It is a value of one
// program, computed once from that program's environment.
type Profile uint8

// The zero value draws no colour at all, which every terminal can.
const (
	NoColor Profile = iota
	ANSI16
	ANSI256
	TrueColor
)

// String names the profile as the settings and the doctor page do.
func (p Profile) String() string {
	return [...]string{"none", "16", "256", "truecolor"}[min(p, TrueColor)]
}

// colorKind says in which of a terminal's colour spaces a Color is named.
type colorKind uint8

const (
	kindNone colorKind = iota
	kind16
	kind256
	kindRGB
)

// Color is one colour as a terminal names it. The zero value is no colour: as
// a foreground the terminal's own, as a background whatever is underneath (see
// Canvas). Colors compare with ==.
type Color struct{ v uint32 } // the kind, then red, green, blue; or the number as red

func newColor(k colorKind, a, b, c uint8) Color {
	return Color{uint32(k)<<24 | uint32(a)<<16 | uint32(b)<<8 | uint32(c)}
}

// ANSI returns one of the terminal's 16 colours, n in 0…15.
func ANSI(n uint8) Color { return newColor(kind16, n&15, 0, 0) }

// Indexed returns one of the 256 colours of xterm's palette.
func Indexed(n uint8) Color { return newColor(kind256, n, 0, 0) }

// RGB returns a colour of 24 bits.
func RGB(r, g, b uint8) Color { return newColor(kindRGB, r, g, b) }

// IsZero says that no colour is named.
func (c Color) IsZero() bool { return c.v == 0 }

// kind returns the colour space, rgb the three parts of the rest.
func (c Color) kind() colorKind { return colorKind(c.v >> 24) }

func (c Color) rgb() (a, b, d uint8) { return uint8(c.v >> 16), uint8(c.v >> 8), uint8(c.v) }

// In returns the colour nearest to c that a terminal of profile p can draw.
// Themes name their own 16 and 256 colours; this is for what has only one name.
func (c Color) In(p Profile) Color {
	n, _, _ := c.rgb()
	switch k := c.kind(); {
	case p == NoColor:
		return Color{}
	case k == kindRGB && p == ANSI256:
		return Indexed(nearest(c, 16, 256))
	case k == kindRGB && p == ANSI16:
		return ANSI(nearest(c, 0, 16))
	case k == kind256 && p == ANSI16 && n < 16:
		return ANSI(n)
	case k == kind256 && p == ANSI16:
		return ANSI(nearest(xterm(n), 0, 16))
	}
	return c
}

// nearest returns the palette entry in [from, to) closest to c by the eye's
// rough weights for red, green and blue.
func nearest(c Color, from, to int) uint8 {
	best, bestDistance := from, 1<<30
	r, g, b := c.rgb()
	for n := from; n < to; n++ {
		xr, xg, xb := xterm(uint8(n)).rgb()
		dr, dg, db := int(r)-int(xr), int(g)-int(xg), int(b)-int(xb)
		if d := 2*dr*dr + 4*dg*dg + 3*db*db; d < bestDistance {
			best, bestDistance = n, d
		}
	}
	return uint8(best)
}

// xterm returns the default RGB value of an entry of xterm's 256 colours. The
// first 16 are only usual values: users set their own.
func xterm(n uint8) Color {
	switch {
	case n < 16:
		level := uint8(0xCD)
		if n >= 8 {
			level = 0xFF
		}
		pick := func(bit uint8) uint8 {
			if n&bit != 0 {
				return level
			}
			return 0
		}
		switch n {
		case 7:
			return RGB(0xE5, 0xE5, 0xE5)
		case 8:
			return RGB(0x7F, 0x7F, 0x7F)
		}
		return RGB(pick(1), pick(2), pick(4))
	case n < 232:
		cube := func(v uint8) uint8 {
			if v == 0 {
				return 0
			}
			return 55 + 40*v
		}
		n -= 16
		return RGB(cube(n/36), cube(n/6%6), cube(n%6))
	}
	gray := 8 + 10*(n-232)
	return RGB(gray, gray, gray)
}

// Attr is a set of the attributes a cell can have besides its colours.
type Attr uint8

// The attributes every terminal of the last thirty years draws in some way.
const (
	Bold Attr = 1 << iota
	Dim
	Italic
	Underline
	Reverse
)

// Style is how a cell looks. The zero value is the terminal's own look. Styles
// compare with ==.
type Style struct {
	FG, BG Color
	Attr   Attr
}

// With returns s with the attributes a added.
func (s Style) With(a Attr) Style {
	s.Attr |= a
	return s
}

// Without returns s with the attributes a taken away.
func (s Style) Without(a Attr) Style {
	s.Attr &^= a
	return s
}

// On returns s on the background bg.
func (s Style) On(bg Color) Style {
	s.BG = bg
	return s
}

// In returns s as a terminal of profile p can draw it.
func (s Style) In(p Profile) Style {
	s.FG, s.BG = s.FG.In(p), s.BG.In(p)
	return s
}
