package clean

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"
)

func TestString(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"not given stays empty", "", ""},
		{"ASCII stays", "presale 2 (hz)", "presale 2 (hz)"},
		{"Chinese stays", "售前咨询·一组", "售前咨询·一组"},
		{"a composed letter stays", "Zoë", "Zoë"},
		{"a decomposed letter is composed", "Zoe\u0308", "Zoë"},
		{"Hangul letters become a syllable", "\u1112\u1161\u11ab", "한"},
		{"tab and newline become spaces", "a\tb\nc", "a b c"},
		{"a Windows line end becomes one space", "a\r\nb\rc", "a b c"},
		{"invalid bytes are shown", "a\xffb\xe4\xb8", "a\ufffdb\ufffd\ufffd"},
		{"a lone C1 byte is shown, not obeyed", "a\x9b31mb", "a\ufffd31mb"},
		{"C0 and DEL go", "a\x00\x07\x08\x7fb", "ab"},
		{"C1 as UTF-8 goes", "a\u0085\u008db", "ab"},
		{"a colour goes whole", "a\x1b[1;31mred\x1b[0m", "ared"},
		{"a CSI with an intermediate goes whole", "a\x1b[2 qb", "ab"},
		{"a CSI written as C1 goes whole", "a\u009b2Jb", "ab"},
		{"an unfinished CSI goes to the end", "a\x1b[12;", "a"},
		{"a CSI ends at a letter that cannot belong to it", "a\x1b[12售", "a售"},
		{"a title ends at BEL", "a\x1b]0;owned\x07b", "ab"},
		{"a title ends at ST", "a\x1b]0;owned\x1b\\b", "ab"},
		{"a title ends at ST written as C1", "a\u009d0;owned\u009cb", "ab"},
		{"a clipboard write that never ends goes to the end", "a\x1b]52;c;ZXZpbA", "a"},
		{"a DCS goes whole", "a\x1bPq#0\x1b\\b", "ab"},
		{"a BEL does not end a DCS", "a\x1bPq\x07#0\x1b\\b", "ab"},
		{"APC, PM and SOS go whole", "a\x1b_G\x1b\\\x1b^x\x1b\\\x1bXy\x1b\\b", "ab"},
		{"CAN aborts a string", "a\x1b]0;x\x18b", "ab"},
		{"ESC inside a string begins the next sequence", "a\x1b]0;x\x1b[31mb", "ab"},
		{"a single escape goes with its letter", "a\x1bcb\x1b7c", "abc"},
		{"a charset choice goes whole", "a\x1b(0b", "ab"},
		{"a lone ESC goes", "a\x1b", "a"},
		{"line and paragraph separators go", "a\u2028b\u2029c", "abc"},
		{"bidirectional controls go", "a\u202e\u2066\u061c\u200fb", "ab"},
		{"zero width goes", "a\u200b\u200c\u200d\ufeff\u2060\u00adb", "ab"},
		{"tags go", "a\U000e0041\U000e007fb", "ab"},
		{"private use goes", "a\ue000\uf8ff\U000f0000\U00100001b", "ab"},
		{"noncharacters go", "a\ufdd0\ufffe\U0001ffffb", "ab"},
		{"variation selectors go", "☎\ufe0f☎\ufe0e\U000e0100", "☎☎"},
		{"Hangul fillers go", "a\u115f\u3164\uffa0b", "ab"},
		{"two marks stay", "x\u0323\u0324", "x\u0323\u0324"},
		{"the third mark goes", "x\u0323\u0324\u0325y", "x\u0323\u0324y"},
		{"a heap of marks goes", "x" + strings.Repeat("\u0323", 200), "x\u0323\u0323"},
		{"a heap of Hangul vowels goes", "\u1100" + strings.Repeat("\u1161", 200), "가\u1161\u1161"},
		{"marks without a base go", "\u0301\u0301a", "a"},
		{"only controls leave a question mark", "\x1b[31m", "?"},
		{"only a mark leaves a question mark", "\u0301", "?"},
		{"64 graphemes stay", strings.Repeat("售", 64), strings.Repeat("售", 64)},
		{"the 65th grapheme goes", strings.Repeat("售", 65), strings.Repeat("售", 64)},
		{"65 letters are cut", strings.Repeat("a", 65), strings.Repeat("a", 64)},
		{"64 letters with a mark each stay", strings.Repeat("x\u0323", 64), strings.Repeat("x\u0323", 64)},
		{"256 bytes are the end, at a whole grapheme", strings.Repeat("𠀀\u0323", 64), strings.Repeat("𠀀\u0323", 42)},
		{"one grapheme longer than all is cut between letters", strings.Repeat("\u1100", 200), strings.Repeat("\u1100", 85)},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, changed := String(c.in)
			if got.String() != c.want || changed != (c.in != c.want) {
				t.Errorf("String(%+q) = %+q, %v, want %+q", c.in, got, changed, c.want)
			}
			if b, _ := Borrow([]byte(c.in)); b != got {
				t.Errorf("Borrow(%+q) = %+q, want %+q", c.in, b, got)
			}
			if Own(c.in) != got {
				t.Errorf("Own(%+q) = %+q, want %+q", c.in, Own(c.in), got)
			}
			check(t, c.in)
		})
	}
}

func TestLineKeepsItsLength(t *testing.T) {
	long := strings.Repeat("售前 agent, ", 40)
	if got := Line(long).String(); got != long {
		t.Errorf("Line cut to %d bytes, want %d", len(got), len(long))
	}
	if got := Line(long + "\x1b[31m\n").String(); got != long+" " {
		t.Errorf("Line ends %+q", got[len(got)-4:])
	}
}

func TestBorrowSharesAndCloneDoesNot(t *testing.T) {
	b := []byte("presale")
	shared, _ := Borrow(b)
	kept := shared.Clone()
	b[0] = 'X'
	if shared.String() != "Xresale" || kept.String() != "presale" {
		t.Errorf("after a write to the buffer: borrowed %q, cloned %q", shared, kept)
	}
}

// forbidden is the list of reliability.md spelt out, without the tables that
// cleaning uses.
func forbidden(r rune) bool {
	for _, span := range [][2]rune{
		{0, 0x1f}, {0x7f, 0x9f}, {0x2028, 0x2029}, {0x61c, 0x61c}, {0x200b, 0x200f}, {0x202a, 0x202e}, {0x2060, 0x206f},
		{0xfeff, 0xfeff}, {0xad, 0xad}, {0x34f, 0x34f}, {0x180b, 0x180f}, {0xfe00, 0xfe0f}, {0xe0000, 0xe0fff},
		{0xd800, 0xdfff}, {0xe000, 0xf8ff}, {0xf0000, 0x10ffff}, {0xfdd0, 0xfdef}, {0xfff0, 0xfffb},
	} {
		if r >= span[0] && r <= span[1] {
			return true
		}
	}
	return r&0xffff >= 0xfffe
}

// check holds what is true of every cleaned text, measured apart from the code
// that cleans.
func check(t *testing.T, in string) {
	t.Helper()
	text, changed := String(in)
	s := text.String()
	if changed != (s != in) {
		t.Errorf("String(%+q) = %+q says changed = %v", in, s, changed)
	}
	if again, changed := String(s); again != text || changed {
		t.Errorf("not idempotent: %+q → %+q → %+q (%v)", in, s, again, changed)
	}
	if (s == "") != (in == "") {
		t.Errorf("String(%+q) = %+q", in, s)
	}
	line := Line(in).String()
	if Line(line).String() != line {
		t.Errorf("Line is not idempotent: %+q → %+q", in, line)
	}
	if !strings.HasPrefix(line, s) {
		t.Errorf("the cut text %+q does not begin the line %+q", s, line)
	}
	if len(s) > MaxBytes || uniseg.GraphemeClusterCount(s) > MaxGraphemes {
		t.Errorf("String(%+q) = %+q: %d bytes, %d graphemes", in, s, len(s), uniseg.GraphemeClusterCount(s))
	}
	if !utf8.ValidString(line) || !norm.NFC.IsNormalString(line) {
		t.Errorf("Line(%+q) = %+q: not UTF-8 in NFC", in, line)
	}
	marks := maxMarks
	for _, r := range line {
		if forbidden(r) {
			t.Errorf("Line(%+q) = %+q keeps %U", in, line, r)
		}
		if marks++; !unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc) {
			marks = 0
		}
		if marks > maxMarks {
			t.Errorf("Line(%+q) = %+q heaps marks", in, line)
		}
	}
}

func TestEveryCharacterAloneAndBetweenLetters(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) || r >= 0x32000 && r < 0xe0000 && r%251 != 0 || r >= 0xe1000 && r < 0x10fff0 && r%251 != 0 {
			continue // unassigned or private, and all alike
		}
		s := "a" + string(r)
		text, changed := String(s)
		if keeps := !changed; keeps && forbidden(r) {
			t.Fatalf("%U is kept", r)
		}
		if !forbidden(r) && unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S) &&
			!unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) && text.String() != norm.NFC.String(s) {
			t.Fatalf("%U is lost: %+q", r, text)
		}
		if plain(r) && (dropped(r) || mark(r) || !norm.NFC.IsNormalString("a"+string(r)+"\uac00"+string(r))) {
			t.Fatalf("%U is not plain", r)
		}
		if again, changed := String(text.String()); changed || again != text {
			t.Fatalf("%U: cleaning %+q again gives %+q", r, text, again)
		}
	}
}

// pieces are what random strings are made of: every class that cleaning tells apart.
var pieces = []string{"a", "é", "e", "\u0301", "\u0308", "\u0323", "\u09c7", "\u09be", "\u1100", "\u1161", "\u11a8", "가", "售", "𠀀",
	"\u200d", "👩", "👍", "🏽", "🇨", "🇳", "\ufe0f", "\x1b", "[", "31m", "]", "\x07", "\\", "P", "\u009b", "\u009d", "\u009c", "\xff", "\xe4",
	"\u0344", "\u0f73", "\u0f71", "\u0340", "\u2126", "\ufb1d", "\U0001d15e", "\t", "\r", "\n", " ", "\u202e", "\u0e33", "\u0d4e", "\u0600"}

func TestRandomStringsHoldEveryProperty(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		var b strings.Builder
		for range rnd.IntN(40) {
			for p, n := pieces[rnd.IntN(len(pieces))], 1+rnd.IntN(2)*rnd.IntN(40); n > 0; n-- {
				b.WriteString(p)
			}
		}
		check(t, b.String())
		if t.Failed() {
			return
		}
	}
}

func TestCleanTextCostsNoAllocation(t *testing.T) {
	for _, s := range []string{"agent-17", "售前咨询一组", "Zoë Müller", "Đặng Thị Ánh"} {
		b := []byte(s)
		if n := testing.AllocsPerRun(100, func() { Borrow(b) }); n != 0 {
			t.Errorf("Borrow(%q): %v allocations", s, n)
		}
	}
}

func FuzzString(f *testing.F) {
	for _, p := range pieces {
		f.Add("x" + p + "y" + p + p)
	}
	f.Add("a\x1b]0;x\x1b[31mb\x9c")
	f.Fuzz(func(t *testing.T, s string) {
		check(t, s)
		a, _ := String(s)
		if b, _ := Borrow([]byte(s)); a != b {
			t.Errorf("Borrow(%+q) = %+q, String %+q", s, b, a)
		}
	})
}

func BenchmarkBorrow(b *testing.B) {
	for _, c := range []struct{ name, in string }{
		{"ascii", "presale"}, {"chinese", "售前咨询一组"}, {"latin", "Zoë Müller"}, {"vietnamese", "Đặng Thị Ánh"},
		{"dirty", "a\x1b[31mred"}, {"decomposed", "Zoe\u0308"},
	} {
		b.Run(c.name, func(b *testing.B) {
			in := []byte(c.in)
			b.ReportAllocs()
			for b.Loop() {
				Borrow(in)
			}
		})
	}
}
