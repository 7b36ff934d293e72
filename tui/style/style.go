// Package style owns how roles look in one program: a theme, a terminal's
// colours and a set of glyphs become a Sheet, a value without any state of the
// process. It must not know pages.
package style

import (
	"fmt"

	"wallboard/metrics"
	"wallboard/themes"
	"wallboard/tui/screen"
)

// Sheet is every look that pages draw with. A style without a background keeps
// what it is printed on; Base is for filling the screen first.
type Sheet struct {
	Base                                          screen.Style
	Text, Dim, Title, Border, Focus               screen.Style
	Header, Footer, Key, Selected, Accent         screen.Style
	OK, Warn, Critical, Stale, NoData             screen.Style
	Good, Bad, Digits                             screen.Style
	Chart1, Chart2, Chart3, Axis, Threshold, Band screen.Style
	Bar, BarEmpty, Spark                          screen.Style
	Heat                                          [6]screen.Style

	Glyphs  Glyphs
	Lines   screen.Lines
	Profile screen.Profile
	Theme   string // the theme's name
}

// GlyphSet chooses the characters that are not letters.
type GlyphSet uint8

// Unicode needs a font with geometric shapes, blocks and lines; ASCII needs
// nothing; Braille is Unicode whose charts are drawn in fine dots.
const (
	Unicode GlyphSet = iota
	ASCII
	Braille
	NumGlyphSets
)

// String returns the name of the set in flags and configuration.
func (g GlyphSet) String() string {
	return [NumGlyphSets]string{Unicode: "unicode", ASCII: "ascii", Braille: "braille"}[g%NumGlyphSets]
}

// ParseGlyphSet returns the set of a name.
func ParseGlyphSet(name string) (GlyphSet, bool) {
	for g := range NumGlyphSets {
		if g.String() == name {
			return g, true
		}
	}
	return 0, false
}

// Meaning says which of red and green is good news.
type Meaning uint8

// RedIsBad is the zero value. RedIsGood swaps the two for changes (Good, Bad);
// levels keep their colours, glyphs and words.
const (
	RedIsBad Meaning = iota
	RedIsGood
)

// Options are what a program may choose besides its theme.
type Options struct {
	Glyphs GlyphSet
	Red    Meaning
}

// New returns the sheet of a theme for a terminal with profile p. Without
// colours every theme has the attributes of the embedded theme "mono", for a
// coloured theme alone would not tell levels and the selected row apart.
func New(theme themes.Theme, p screen.Profile, o Options) (*Sheet, error) {
	looks := theme.Looks
	if p == screen.NoColor {
		mono, err := themes.Load("mono")
		if err != nil {
			return nil, fmt.Errorf("style: load the theme without colours: %w", err)
		}
		looks = mono.Looks
	}
	if o.Red == RedIsGood {
		looks[themes.Good], looks[themes.Bad] = looks[themes.Bad], looks[themes.Good]
	}
	s := &Sheet{Profile: p, Theme: theme.Name, Lines: screen.Rounded()}
	switch o.Glyphs {
	case ASCII:
		s.Glyphs, s.Lines = asciiGlyphs(), screen.PlainLines()
	case Braille:
		s.Glyphs = brailleGlyphs()
	default:
		s.Glyphs = unicodeGlyphs()
	}
	for role, into := range s.roles() {
		*into = resolve(looks[role], p)
	}
	return s, nil
}

// roles returns where each role of a theme is kept in s.
func (s *Sheet) roles() map[themes.Role]*screen.Style {
	m := map[themes.Role]*screen.Style{
		themes.Base: &s.Base, themes.Text: &s.Text, themes.Dim: &s.Dim, themes.Title: &s.Title,
		themes.Border: &s.Border, themes.Focus: &s.Focus, themes.Header: &s.Header,
		themes.Footer: &s.Footer, themes.Key: &s.Key, themes.Selected: &s.Selected,
		themes.Accent: &s.Accent, themes.OK: &s.OK, themes.Warn: &s.Warn,
		themes.Critical: &s.Critical, themes.Stale: &s.Stale, themes.NoData: &s.NoData,
		themes.Good: &s.Good, themes.Bad: &s.Bad, themes.Digits: &s.Digits,
		themes.Chart1: &s.Chart1, themes.Chart2: &s.Chart2, themes.Chart3: &s.Chart3,
		themes.Axis: &s.Axis, themes.Threshold: &s.Threshold, themes.Band: &s.Band,
		themes.Bar: &s.Bar, themes.BarEmpty: &s.BarEmpty, themes.Spark: &s.Spark,
	}
	for i := range s.Heat {
		m[themes.Heat0+themes.Role(i)] = &s.Heat[i]
	}
	return m
}

// resolve turns a theme's look into a style for profile p.
func resolve(l themes.Look, p screen.Profile) screen.Style {
	s := screen.Style{FG: color(l.FG, p), BG: color(l.BG, p)}
	for _, a := range []struct {
		set  bool
		attr screen.Attr
	}{{l.Bold, screen.Bold}, {l.Dim, screen.Dim}, {l.Italic, screen.Italic}, {l.Underline, screen.Underline}, {l.Reverse, screen.Reverse}} {
		if a.set {
			s.Attr |= a.attr
		}
	}
	return s
}

// color returns the name of a theme's colour that profile p can draw.
func color(c themes.Color, p screen.Profile) screen.Color {
	switch {
	case !c.Set || p == screen.NoColor || (p == screen.ANSI16 && c.X16 == themes.None):
		return screen.Color{}
	case p == screen.ANSI16:
		return screen.ANSI(uint8(c.X16))
	case p == screen.ANSI256:
		return screen.Indexed(c.X256)
	}
	return screen.RGB(c.R, c.G, c.B)
}

// Level returns the glyph and the style of a level. Pages put the level's word
// beside it: colour and shape alone do not tell.
func (s *Sheet) Level(l metrics.Level) (rune, screen.Style) {
	switch l {
	case metrics.LevelOK:
		return s.Glyphs.OK, s.OK
	case metrics.LevelWarn:
		return s.Glyphs.Warn, s.Warn
	case metrics.LevelCritical:
		return s.Glyphs.Critical, s.Critical
	case metrics.LevelStale:
		return s.Glyphs.Stale, s.Stale
	}
	return s.Glyphs.NoData, s.NoData
}

// Select returns how look is drawn in the selected row. Restyle a row with it
// after printing: where the theme selects by reverse video, a role printed on
// top would otherwise lose it. What is reversed itself keeps its own ground,
// for a critical value must stay as loud there.
func (s *Sheet) Select(look screen.Style) screen.Style {
	if s.Selected.BG.IsZero() {
		return look.With(s.Selected.Attr)
	}
	if look.Attr&screen.Reverse != 0 {
		return look.On(s.Base.BG)
	}
	return look.On(s.Selected.BG)
}
