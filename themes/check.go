package themes

// What a theme is held to. The differences were set before any theme was drawn:
// ten times what can just be seen, so that a glyph's colour tells at a glance.
const (
	HighContrast     = 7.0 // WCAG 2.1, level AAA
	SelectedContrast = 3.0 // of a role on the selected row, which has text beside it
	MarkContrast     = 3.0 // of bars and lines, WCAG 2.1, 1.4.11
	ToldApart        = 10.0
)

// Palette says how many colours a terminal has.
type Palette uint8

// A theme's two palettes whose colours are known; the other 16 are the user's.
const (
	TrueColors Palette = iota
	Xterm256
	NumPalettes
)

// String returns the palette's name.
func (p Palette) String() string {
	return [NumPalettes]string{"16 million colours", "256 colours"}[p]
}

// of returns the colour as a terminal with the palette draws it.
func (p Palette) of(c Color) Color {
	if p == TrueColors || c.X256 < 16 {
		return c
	}
	if c.X256 >= 232 {
		v := 8 + 10*(c.X256-232)
		return Color{R: v, G: v, B: v, Set: c.Set}
	}
	step := func(n uint8) uint8 {
		if n == 0 {
			return 0
		}
		return 55 + 40*n
	}
	n := c.X256 - 16
	return Color{R: step(n / 36), G: step(n / 6 % 6), B: step(n % 6), Set: c.Set}
}

// Contrasted is the contrast of a role to its ground.
type Contrasted struct {
	Role     Role
	Selected bool // on the selected row
	Palette  Palette
	Ratio    float64
	Want     float64
}

// Holds says whether the contrast is enough.
func (c Contrasted) Holds() bool { return c.Ratio >= c.Want }

// Contrasts measures every role whose colours are not left to the terminal.
func (t Theme) Contrasts() []Contrasted {
	var out []Contrasted
	for p := range NumPalettes {
		for r := range NumRoles {
			fg, bg, ok := t.Ground(r)
			if want := t.wants(r); ok && want > 0 {
				out = append(out, Contrasted{Role: r, Palette: p, Ratio: Contrast(p.of(fg), p.of(bg)), Want: want})
			}
		}
		chosen := t.Looks[Selected].BG
		for _, r := range []Role{Text, Dim, OK, Warn, Stale, NoData, Good} {
			if fg := t.Looks[r].FG; fg.Set && chosen.Set {
				out = append(out, Contrasted{Role: r, Selected: true, Palette: p, Ratio: Contrast(p.of(fg), p.of(chosen)), Want: SelectedContrast})
			}
		}
	}
	return out
}

// wants returns the least contrast of a role, 0 for what is only decoration.
func (t Theme) wants(r Role) float64 {
	switch {
	case r.Reads() && t.Suits == LowVision:
		return HighContrast
	case r.Reads():
		return ReadableContrast
	case r == Bar || r == Spark || r == Focus:
		return MarkContrast
	}
	return 0
}

// Group is a set of roles that must be told apart.
type Group struct {
	Name  string
	Roles []Role
}

// Groups returns what people tell apart on the board.
func Groups() []Group {
	return []Group{
		{"levels", []Role{OK, Warn, Critical, Stale, NoData}},
		{"good and bad", []Role{Good, Bad}},
		{"lines of a chart", []Role{Chart1, Chart2, Chart3}},
		{"heat steps", []Role{Heat0, Heat1, Heat2, Heat3, Heat4, Heat5}},
	}
}

// Apart is the least difference within a group, and the two roles that have it.
type Apart struct {
	Group      string
	Vision     Vision
	Palette    Palette
	A, B       Role
	Difference float64
	Required   bool // the theme says that it suits this vision
}

// Holds says whether the difference is enough, where it must be.
func (a Apart) Holds() bool { return !a.Required || a.Difference >= ToldApart }

// Apart measures every group under every vision. Groups with a colour that is
// left to the terminal are not measured.
func (t Theme) Apart() []Apart {
	var out []Apart
	for v := range NumVisions {
		for p := range NumPalettes {
			for _, g := range Groups() {
				if a, ok := t.least(g, v, p); ok {
					out = append(out, a)
				}
			}
		}
	}
	return out
}

// least returns the pair of a group that is the hardest to tell apart.
func (t Theme) least(g Group, v Vision, p Palette) (Apart, bool) {
	least := Apart{Group: g.Name, Vision: v, Palette: p, Difference: -1, Required: t.suits(v)}
	for i, a := range g.Roles {
		for _, b := range g.Roles[i+1:] {
			x, y := t.mark(a), t.mark(b)
			if !x.Set || !y.Set {
				return Apart{}, false
			}
			if d := v.Difference(p.of(x), p.of(y)); least.Difference < 0 || d < least.Difference {
				least.A, least.B, least.Difference = a, b, d
			}
		}
	}
	return least, true
}

// mark is the colour that tells a role: a heat step's ground, else the text.
func (t Theme) mark(r Role) Color {
	if r >= Heat0 {
		return t.Looks[r].BG
	}
	return t.Looks[r].FG
}

// suits says whether the theme claims to be made for a vision. Colours that only
// few can tell apart are of no use either, so those it must tell in full as well.
func (t Theme) suits(v Vision) bool {
	switch t.Suits {
	case RedGreenBlind:
		return v != Tritanopia
	case BlueYellowBlind:
		return v == Tritanopia || v == FullVision
	}
	return false
}
