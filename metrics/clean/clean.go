// Package clean owns the one choke point that turns an outside string into a
// Text: the only kind of string that the engine keeps and drawing accepts. It
// knows nothing of any other package.
//
// Cleaning replaces invalid UTF-8 by U+FFFD, drops controls, whole escape
// sequences and every character that reorders, hides or has no agreed width,
// turns tabs and newlines into spaces, composes to NFC, keeps at most two
// combining marks per base and cuts at 64 graphemes or 256 bytes. It is
// idempotent. Text that needs nothing of this costs no allocation.
package clean

import (
	"strings"
	"unicode/utf8"
	"unsafe"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"
)

// The caps on a Text. A Line has neither.
const (
	MaxGraphemes = 64
	MaxBytes     = 256
)

// maxMarks is how many combining marks a base may carry.
const maxMarks = 2

// nothingLeft stands for a string of which cleaning left nothing: something
// was given, so it must not read as not given.
const nothingLeft = "?"

// Text is a string that is safe to keep and to draw: valid UTF-8 in NFC, no
// control or escape sequences, no bidirectional or invisible characters, at
// most MaxGraphemes graphemes and MaxBytes bytes. Its zero value is the empty
// text, which means "not given". Texts compare with ==.
//
// A Text made by Borrow shares the caller's buffer and is valid only as long
// as that buffer is; Clone makes one that may be kept.
type Text struct{ s string }

// String returns the cleaned text.
func (t Text) String() string { return t.s }

// Empty says whether nothing was given.
func (t Text) Empty() bool { return t.s == "" }

// Clone returns a copy that shares no buffer.
func (t Text) Clone() Text { return Text{strings.Clone(t.s)} }

// String cleans an outside string and says whether it had to change anything.
// It allocates only then.
func String(s string) (t Text, changed bool) {
	if len(s) <= MaxGraphemes && printable(s) == len(s) {
		return Text{s}, false
	}
	if isClean(s) && fits(s) {
		return Text{s}, false
	}
	return Text{cut(rewrite(s))}, true
}

// Borrow is String for a buffer: a clean one is shared, not copied, so the
// Text holds only as long as the buffer keeps its bytes.
func Borrow(b []byte) (t Text, changed bool) {
	if len(b) == 0 {
		return Text{}, false
	}
	return String(unsafe.String(&b[0], len(b)))
}

// Own makes a Text of a string of this program: a constant, a catalogue
// string, a formatted number.
func Own(s string) Text {
	t, _ := String(s)
	return t
}

// Line is Own for sentences: the same cleaning without the caps on length.
func Line(s string) Text {
	if isClean(s) {
		return Text{s}
	}
	return Text{rewrite(s)}
}

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// printable returns how many bytes s begins with that are printable ASCII; it
// may say less than there are where what follows is not. Eight at a time: this
// decides the cost of nearly every string of a feed.
func printable(s string) int {
	i := 0
	for ; i+8 <= len(s); i += 8 {
		w := uint64(s[i]) | uint64(s[i+1])<<8 | uint64(s[i+2])<<16 | uint64(s[i+3])<<24 |
			uint64(s[i+4])<<32 | uint64(s[i+5])<<40 | uint64(s[i+6])<<48 | uint64(s[i+7])<<56
		// A byte beyond 0x7e, or below a space: sums and differences that carry
		// into a neighbour do so only where a byte is already at fault.
		if (w|(w+ones)|(w-ones*' '))&highs != 0 {
			return i
		}
	}
	for i < len(s) && s[i] >= ' ' && s[i] < 0x7f {
		i++
	}
	return i
}

// isClean says whether s has nothing to clean except, perhaps, its length.
func isClean(s string) bool {
	i := printable(s)
	if i == len(s) {
		return true
	}
	marks, compose := 0, false
	if i == 0 {
		marks = maxMarks // no base yet: a mark would land on what is drawn before it
	}
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch {
		case plain(r):
			marks = 0
		case r == utf8.RuneError && n == 1, dropped(r):
			return false
		case mark(r):
			if marks++; marks > maxMarks {
				return false
			}
			compose = true
		default:
			marks, compose = 0, true
		}
	}
	// QuickSpan decides nearly always and, unlike IsNormal, allocates nothing.
	return !compose || norm.NFC.QuickSpanString(s) == len(s) || norm.NFC.IsNormalString(s)
}

// rewrite returns the cleaned form of s, of any length.
func rewrite(s string) string {
	if s == "" {
		return ""
	}
	b := norm.NFC.Bytes(scrub(make([]byte, 0, len(s)), s))
	b = thin(b)
	if len(b) == 0 {
		return nothingLeft
	}
	return string(b)
}

// preMarks is how many marks a base may carry before composition, which joins
// some of them with their base. norm inserts U+034F beyond 30 of them, so the
// bound must stand before it as well as after.
const preMarks = 8

// scrub appends s to dst without anything that must not be drawn.
func scrub(dst []byte, s string) []byte {
	marks := preMarks
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\t' || r == '\n':
			dst, marks = append(dst, ' '), 0
		case r == '\r':
			if !strings.HasPrefix(s[i:], "\r\n") {
				dst, marks = append(dst, ' '), 0
			}
		case r == esc || r >= 0x80 && r <= 0x9f:
			n = sequence(s[i:], r, n)
		case dropped(r):
		case mark(r):
			if marks++; marks <= preMarks {
				dst = append(dst, s[i:i+n]...)
			}
		default:
			dst, marks = utf8.AppendRune(dst, r), 0
		}
		i += n
	}
	return dst
}

// thin removes in place the marks beyond maxMarks per base. What stays is
// still NFC: only the end of a run of marks goes, and nothing that is not a
// mark composes with a mark before it.
func thin(b []byte) []byte {
	out, marks := b[:0], maxMarks
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if mark(r) {
			marks++
		} else {
			marks = 0
		}
		if marks <= maxMarks {
			out = append(out, b[i:i+n]...)
		}
		i += n
	}
	return out
}

// fits says whether s is within both caps.
func fits(s string) bool {
	if len(s) <= MaxGraphemes {
		return true
	}
	return len(s) <= MaxBytes && (utf8.RuneCountInString(s) <= MaxGraphemes || len(cut(s)) == len(s))
}

// cut returns the longest prefix of whole graphemes within both caps. A first
// grapheme that alone is longer than MaxBytes is cut between characters.
func cut(s string) string {
	rest, state, end := s, -1, 0
	for g := 0; g < MaxGraphemes && rest != ""; g++ {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if end+len(cluster) > MaxBytes {
			break
		}
		end += len(cluster)
	}
	if end == 0 && s != "" {
		for end = MaxBytes; !utf8.RuneStart(s[end]); {
			end--
		}
	}
	if end == len(s) {
		return s
	}
	return strings.Clone(s[:end])
}
