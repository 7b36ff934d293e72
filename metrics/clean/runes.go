package clean

import "unicode"

// plain says of a character, without a table, that it is drawn, is no mark and
// neither composes with anything but a mark after it nor decomposes: ASCII, Latin,
// kana, CJK ideographs and punctuation, full-width forms. Nearly all text is
// of these, so it decides the cost of a check.
func plain(r rune) bool {
	switch {
	case r < 0x300:
		return r >= 0xa0 && r != 0xad || r >= ' ' && r < 0x7f
	case r < 0x3400:
		return r >= 0x3000 && r <= 0x3029 || r >= 0x3041 && r <= 0x3096 || r >= 0x30a1 && r <= 0x30fa
	case r <= 0x9fff:
		return r <= 0x4dbf || r >= 0x4e00
	}
	return r >= 0xff01 && r <= 0xff60
}

// dropped says whether a character is left out: controls, formats (among them
// every bidirectional control, the zero width characters and the tags), line
// and paragraph separators, private use, surrogates, noncharacters, and what
// Unicode calls default ignorable: fillers, joiners and variation selectors,
// which either change the width of what stands before them or show nothing.
func dropped(r rune) bool {
	switch {
	case r < 0x20 || r >= 0x7f && r < 0xa0:
		return true
	case r < 0x300:
		return r == 0xad
	case r&0xfffe == 0xfffe, r >= 0xfdd0 && r <= 0xfdef, r == 0x2028, r == 0x2029:
		return true
	case r >= 0xe0000 && r <= 0xe0fff: // tags, selectors and what Unicode reserves beside them
		return true
	}
	return unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs,
		unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}

// mark says whether a character is drawn onto the one before it. Emoji
// modifiers and the vowel and final letters of Hangul are not marks by category
// but behave as marks.
func mark(r rune) bool {
	switch {
	case r < 0x300:
		return false
	case r >= 0x1160 && r <= 0x11ff, r >= 0xd7b0 && r <= 0xd7ff, r >= 0x1f3fb && r <= 0x1f3ff:
		return true
	}
	return unicode.Is(unicode.M, r)
}
