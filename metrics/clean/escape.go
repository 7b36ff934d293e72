package clean

import "unicode/utf8"

const (
	esc = 0x1b // introduces every sequence in its seven-bit form
	bel = 0x07 // ends an OSC, as terminals allow
	can = 0x18 // aborts any sequence
	sub = 0x1a // aborts any sequence
	st  = 0x9c // ends a control string
)

// sequence returns the length in bytes of the escape sequence or C1 control
// that s begins with; r is its first character, n that character's length.
// Only C1 controls encoded as UTF-8 introduce a sequence: a single byte in that
// range is invalid UTF-8 and is far more often text in another encoding.
func sequence(s string, r rune, n int) int {
	if r == esc {
		if len(s) == 1 {
			return 1
		}
		if s[1] < 0x40 || s[1] > 0x5f {
			return escaped(s)
		}
		r, n = rune(s[1])+0x40, 2
	}
	switch r {
	case 0x9b: // CSI
		return control(s, n)
	case 0x9d: // OSC
		return controlString(s, n, bel)
	case 0x90, 0x98, 0x9e, 0x9f: // DCS, SOS, PM, APC
		return controlString(s, n, st)
	}
	return n
}

// escaped measures ESC, any intermediates, one final byte.
func escaped(s string) int {
	i := 1
	for i < len(s) && s[i] >= 0x20 && s[i] <= 0x2f {
		i++
	}
	if i < len(s) && s[i] >= 0x30 && s[i] <= 0x7e {
		i++
	}
	return i
}

// control measures a CSI sequence whose parameters start at i. As in a
// terminal, other controls inside it do not end it, ESC and a character that
// cannot belong to it do.
func control(s string, i int) int {
	for i < len(s) {
		switch c := s[i]; {
		case c == can || c == sub:
			return i + 1
		case c == esc || c >= 0x80:
			return i
		case c >= 0x40 && c <= 0x7e:
			return i + 1
		}
		i++
	}
	return i
}

// controlString measures a control string whose body starts at i: to ST, to
// the other terminator, to an abort, or to the end of s where none comes.
func controlString(s string, i int, other rune) int {
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch r {
		case st, can, sub, other:
			return i + n
		case esc:
			if i+1 < len(s) && s[i+1] == '\\' {
				return i + 2
			}
			return i // the next sequence begins here
		}
		i += n
	}
	return i
}
