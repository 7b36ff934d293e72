package themes

import "math"

// ReadableContrast is the least ratio between a text and its background that
// WCAG 2.1 (level AA) asks for.
const ReadableContrast = 4.5

// Contrast returns the WCAG contrast ratio of two colours, 1 to 21.
// Source: WCAG 2.1, "contrast ratio" and "relative luminance".
func Contrast(a, b Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// luminance returns the relative luminance in [0,1].
func luminance(c Color) float64 {
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

// linear returns the light of an sRGB value, in [0,1].
func linear(v uint8) float64 {
	s := float64(v) / 255
	if s <= 0.04045 {
		return s / 12.92
	}
	return math.Pow((s+0.055)/1.055, 2.4)
}

// Ground returns the two colours that a role's text and background have on the
// screen, and false when the theme leaves one of them to the terminal.
func (t Theme) Ground(r Role) (fg, bg Color, ok bool) {
	look := t.Looks[r]
	fg, bg = look.FG, look.BG
	if !fg.Set {
		fg = t.Looks[Base].FG
	}
	if !bg.Set {
		bg = t.Looks[Base].BG
	}
	if look.Reverse {
		fg, bg = bg, fg
	}
	return fg, bg, fg.Set && bg.Set
}
