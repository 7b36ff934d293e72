// Package text owns the measure of strings: how many terminal cells one takes,
// where it may be cut, how it is padded. It is the only place that measures,
// and it must not know what the strings mean or where they are drawn.
package text

import (
	"strings"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
	"github.com/rivo/uniseg"
)

// Ellipsis is what stands for the part that was cut off; EllipsisASCII is its
// form for terminals that draw only ASCII. Both take one cell.
const (
	Ellipsis      = "…"
	EllipsisASCII = "~"
)

// Align says at which side of a field a string stands.
type Align uint8

// The zero value is Left, as text is read.
const (
	Left Align = iota
	Right
	Center
)

// Width returns how many terminal cells s takes. A grapheme cluster takes 0
// (a mark without a base), 1 or 2 cells.
func Width(s string) int {
	n := narrow(s)
	if n == len(s) {
		return n
	}
	n = max(n-1, 0) // what follows may join the last of them
	s = s[n:]
	for s != "" {
		var w int
		_, s, w = Next(s)
		n += w
	}
	return n
}

// narrow returns how many bytes s begins with that are printable ASCII, which
// take a cell each: most of what a board shows needs no rules beyond that.
func narrow(s string) int {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] >= 0x7F {
			return i
		}
	}
	return len(s)
}

// Next splits the first grapheme cluster off s and returns it, the rest, and
// the cluster's width in cells. Of an empty string it returns empty ones.
func Next(s string) (cluster, rest string, width int) {
	if s == "" {
		return "", "", 0
	}
	r, n := rune(s[0]), 1
	if r >= utf8.RuneSelf {
		r, n = utf8.DecodeRuneInString(s)
	}
	if n == len(s) || (alone(r) && aloneNext(s[n:])) {
		return s[:n], s[n:], RuneWidth(r)
	}
	cluster, rest, _, _ = uniseg.FirstGraphemeClusterInString(s, -1)
	if len(cluster) == n {
		return cluster, rest, RuneWidth(r)
	}
	return cluster, rest, clusterWidth(cluster)
}

// aloneNext says whether s begins with a rune that never joins the one before.
func aloneNext(s string) bool {
	if s[0] < utf8.RuneSelf {
		return true
	}
	r, _ := utf8.DecodeRuneInString(s)
	return alone(r)
}

// alone says that r neither joins the rune before it nor the one after it,
// when both are alone too. These ranges are what a board prints nearly all the
// time; everything else is asked of the full rules.
func alone(r rune) bool {
	switch {
	case r < 0x300:
		return r != 0xA9 && r != 0xAE && r != 0xAD && r >= 0x20 // pictographs and controls have rules
	case r >= 0x2500 && r <= 0x25A9, r >= 0x2800 && r <= 0x28FF: // boxes, blocks, braille
		return true
	case r >= 0x3041 && r <= 0x3096, r >= 0x30A1 && r <= 0x30FA: // kana
		return true
	case r >= 0x3400 && r <= 0x4DBF, r >= 0x4E00 && r <= 0x9FFF: // ideographs
		return true
	case r >= 0xFF01 && r <= 0xFF5E: // full-width ASCII
		return true
	}
	return false
}

// condition fixes the two questions on which terminals and locales differ:
// East Asian ambiguous characters are narrow and neutral emoji are not widened.
// The library's own default reads the environment, which would let two viewers
// of one process measure the same name differently from their own terminals.
func condition() runewidth.Condition {
	return runewidth.Condition{EastAsianWidth: false, StrictEmojiNeutral: true}
}

// RuneWidth returns the cells one rune takes by itself: 0, 1 or 2.
func RuneWidth(r rune) int {
	switch {
	case r < 0x20 || (r >= 0x7F && r < 0xA0):
		return 0
	case r < 0x300:
		if r == 0xAD {
			return 0
		}
		return 1
	case r >= 0x2500 && r <= 0x25A9, r >= 0x2800 && r <= 0x28FF:
		return 1
	case r >= 0x3400 && r <= 0x4DBF, r >= 0x4E00 && r <= 0x9FFF, r >= 0xAC00 && r <= 0xD7A3:
		return 2
	}
	c := condition()
	return c.RuneWidth(r)
}

// clusterWidth returns the cells of a cluster of several runes.
func clusterWidth(s string) int {
	c := condition()
	return min(c.StringWidth(s), 2)
}

// Truncate returns s if it takes at most width cells, else its longest
// beginning that leaves room for tail, followed by tail. A cluster is never
// split. If not even tail has room the result is empty.
func Truncate(s string, width int, tail string) string {
	if width <= 0 {
		return ""
	}
	if len(s) <= width { // no cluster takes more cells than bytes
		return s
	}
	cut, room := 0, width-Width(tail)
	used := 0
	for rest := s; rest != ""; {
		var w int
		_, rest, w = Next(rest)
		used += w
		if used <= room {
			cut = len(s) - len(rest)
		}
		if used > width {
			if room < 0 {
				return ""
			}
			return s[:cut] + tail
		}
	}
	return s
}

// Cut returns the longest beginning of s of at most width cells, without any
// tail, and the cells it takes.
func Cut(s string, width int) (string, int) {
	used := 0
	for rest := s; rest != ""; {
		cluster, next, w := Next(rest)
		if used+w > width {
			return s[:len(s)-len(next)-len(cluster)], used
		}
		used += w
		rest = next
	}
	return s, used
}

// PadRight appends spaces until s takes width cells; a wider s stays as it is.
func PadRight(s string, width int) string {
	return s + spaces(width-Width(s))
}

// PadLeft puts spaces before s until it takes width cells; a wider s stays as
// it is.
func PadLeft(s string, width int) string {
	return spaces(width-Width(s)) + s
}

// Fit returns s in exactly width cells: cut with tail when it is wider, padded
// as align says when it is narrower.
func Fit(s string, width int, align Align, tail string) string {
	if width <= 0 {
		return ""
	}
	s = Truncate(s, width, tail)
	free := width - Width(s)
	switch align {
	case Right:
		return spaces(free) + s
	case Center:
		return spaces(free/2) + s + spaces(free-free/2)
	}
	return s + spaces(free)
}

// spaces returns n spaces, none for n <= 0.
func spaces(n int) string { return strings.Repeat(" ", max(n, 0)) }
