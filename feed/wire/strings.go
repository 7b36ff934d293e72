package wire

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf16"
	"unicode/utf8"
	"unsafe"
)

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// string scans the string whose first character is at i and returns the
// position of its closing quote and whether there are escapes in it. Eight
// bytes at a time are searched for what cannot simply be passed over: quote,
// backslash, control.
func (s *scanner) string(i int) (end int, escaped bool) {
	b := s.text
	for i+8 <= len(b) {
		w := binary.LittleEndian.Uint64(b[i:])
		quote, slash := w^(ones*'"'), w^(ones*'\\')
		// The lowest bit set is exact; a borrow can only spoil higher ones.
		hit := ((quote-ones)&^quote | (slash-ones)&^slash | (w-ones*0x20)&^w) & highs
		if hit == 0 {
			i += 8
			continue
		}
		i += bits.TrailingZeros64(hit) / 8
		if b[i] == '"' {
			return i, escaped
		}
		if i = s.special(i); i < 0 {
			return -1, escaped
		}
		escaped = true
	}
	for i < len(b) {
		switch c := b[i]; {
		case c == '"':
			return i, escaped
		case c == '\\' || c < 0x20:
			if i = s.special(i); i < 0 {
				return -1, escaped
			}
			escaped = true
		default:
			i++
		}
	}
	return s.stop(ReasonBadJSON), escaped
}

// special scans an escape at i; a control in its place is a fault.
func (s *scanner) special(i int) int {
	if s.text[i] != '\\' {
		return s.stop(ReasonBadJSON)
	}
	return s.escape(i)
}

// escape scans the escape at i, a surrogate pair as one.
func (s *scanner) escape(i int) int {
	if i+1 >= len(s.text) {
		return s.stop(ReasonBadJSON)
	}
	switch s.text[i+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return i + 2
	case 'u':
		r := hex4(s.str, i+2)
		if r < 0 {
			return s.stop(ReasonBadJSON)
		}
		i += 6
		if !utf16.IsSurrogate(r) {
			return i
		}
		if i+1 < len(s.str) && s.str[i] == '\\' && s.str[i+1] == 'u' {
			if low := hex4(s.str, i+2); utf16.DecodeRune(r, low) != utf8.RuneError {
				return i + 6
			}
		}
		s.lone = true
		return i
	}
	return s.stop(ReasonBadJSON)
}

// hex4 returns the value of the four hexadecimal digits at i, -1 if they are
// not there.
func hex4(str string, i int) rune {
	if i+4 > len(str) {
		return -1
	}
	var r rune
	for _, c := range []byte(str[i : i+4]) {
		d := unhex(c)
		if d < 0 {
			return -1
		}
		r = r<<4 | rune(d)
	}
	return r
}

func unhex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// unescape resolves the escapes of a scanned string into scratch.
func (s *scanner) unescape(raw string) string {
	from := len(s.scratch)
	for i := 0; i < len(raw); {
		if raw[i] != '\\' {
			s.scratch = append(s.scratch, raw[i])
			i++
			continue
		}
		c := raw[i+1]
		i += 2
		switch c {
		case 'b':
			c = '\b'
		case 'f':
			c = '\f'
		case 'n':
			c = '\n'
		case 'r':
			c = '\r'
		case 't':
			c = '\t'
		case 'u':
			r := hex4(raw, i)
			i += 4
			if utf16.IsSurrogate(r) {
				pair := rune(utf8.RuneError)
				if i+1 < len(raw) && raw[i] == '\\' && raw[i+1] == 'u' {
					pair = utf16.DecodeRune(r, hex4(raw, i+2))
				}
				if r = pair; r != utf8.RuneError {
					i += 6
				}
			}
			s.scratch = utf8.AppendRune(s.scratch, r)
			continue
		}
		s.scratch = append(s.scratch, c)
	}
	resolved := s.scratch[from:]
	return unsafe.String(unsafe.SliceData(resolved), len(resolved))
}
