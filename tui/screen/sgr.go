package screen

import "strconv"

// appendPen appends the shortest SGR sequence that turns *pen into style as
// profile p draws it, nothing if they already agree, and moves *pen.
func appendPen(dst []byte, pen *Style, style Style, p Profile) []byte {
	if p != TrueColor {
		style = style.In(p)
	}
	if style == *pen {
		return dst
	}
	from := *pen
	*pen = style
	if style == (Style{}) {
		return append(dst, "\x1b[m"...)
	}
	start := len(dst)
	dst = append(dst, "\x1b["...)
	dst = appendChange(dst, from, style)
	change := len(dst)
	if from == (Style{}) {
		dst[change-1] = 'm'
		return dst
	}
	// The other way is to begin anew; an empty first parameter means 0.
	dst = append(dst, "\x1b[;"...)
	dst = appendChange(dst, Style{}, style)
	if whole := len(dst) - change; whole < change-start {
		copy(dst[start:], dst[change:])
		dst = dst[:start+whole]
	} else {
		dst = dst[:change]
	}
	dst[len(dst)-1] = 'm'
	return dst
}

// appendChange appends the parameters that lead from one style to another,
// each followed by a semicolon.
func appendChange(dst []byte, from, to Style) []byte {
	if gone := from.Attr &^ to.Attr; gone != 0 {
		if gone&(Bold|Dim) != 0 {
			dst = append(dst, "22;"...)
			from.Attr &^= Bold | Dim // one code ends both
		}
		if gone&Italic != 0 {
			dst = append(dst, "23;"...)
		}
		if gone&Underline != 0 {
			dst = append(dst, "24;"...)
		}
		if gone&Reverse != 0 {
			dst = append(dst, "27;"...)
		}
	}
	if come := to.Attr &^ from.Attr; come != 0 {
		for n, code := range [...]byte{'1', '2', '3', '4', '7'} {
			if come&(1<<n) != 0 {
				dst = append(dst, code, ';')
			}
		}
	}
	if from.FG != to.FG {
		dst = appendColor(dst, to.FG, 30)
	}
	if from.BG != to.BG {
		dst = appendColor(dst, to.BG, 40)
	}
	return dst
}

// appendColor appends the parameters of one colour; base is 30 for the
// foreground and 40 for the background.
func appendColor(dst []byte, c Color, base int64) []byte {
	r, g, b := c.rgb()
	switch c.kind() {
	case kindNone:
		dst = strconv.AppendInt(dst, base+9, 10)
	case kind16:
		n := base + int64(r)
		if r >= 8 {
			n = base + 60 + int64(r) - 8
		}
		dst = strconv.AppendInt(dst, n, 10)
	case kind256:
		dst = strconv.AppendInt(dst, base+8, 10)
		dst = append(dst, ";5;"...)
		dst = strconv.AppendInt(dst, int64(r), 10)
	case kindRGB:
		dst = strconv.AppendInt(dst, base+8, 10)
		dst = append(dst, ";2"...)
		for _, v := range [...]uint8{r, g, b} {
			dst = append(dst, ';')
			dst = strconv.AppendInt(dst, int64(v), 10)
		}
	}
	return append(dst, ';')
}
