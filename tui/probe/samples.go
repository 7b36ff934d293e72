package probe

import (
	"reflect"
	"slices"

	"wallboard/tui/screen"
	"wallboard/tui/style"
	"wallboard/tui/text"
)

// Samples returns one text for every character of a glyph set beyond ASCII, and
// some of each kind that terminals disagree on: ideographs, characters of
// ambiguous width, marks that join the character before them.
func Samples(g style.Glyphs, l screen.Lines) []string {
	var out []string
	add := func(s string) {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	each(reflect.ValueOf(g), func(r rune) { add(string(r)) })
	each(reflect.ValueOf(l), func(r rune) { add(string(r)) })
	for _, s := range []string{"中", "客服", "ｱ", "Ａ", "±", "×", "…", "°", "é", "가"} {
		add(s)
	}
	add("e\u0301")
	return out
}

// each calls f for every character beyond ASCII in a value.
func each(v reflect.Value, f func(rune)) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			each(v.Field(i), f)
		}
	case reflect.Array:
		for i := range v.Len() {
			each(v.Index(i), f)
		}
	case reflect.Int32:
		if r := rune(v.Int()); r >= 0x80 {
			f(r)
		}
	}
}

// Ambiguous says whether every text that was drawn otherwise is one cell to the
// board and two to the terminal: what East Asian settings do to characters of
// ambiguous width.
func Ambiguous(wrong []Cells) bool {
	for _, c := range wrong {
		if c.Want != 1 || c.Got != 2 || text.Width(c.Text) != 1 {
			return false
		}
	}
	return len(wrong) > 0
}
