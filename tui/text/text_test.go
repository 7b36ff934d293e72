package text

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
	"github.com/rivo/uniseg"
)

func TestWidth(t *testing.T) {
	rows := []struct {
		name, in string
		want     int
	}{
		{"nothing", "", 0},
		{"ASCII", "refund", 6},
		{"ideographs are wide", "客服", 4},
		{"mixed", "退款 app", 8},
		{"kana and hangul are wide", "まち한국", 8},
		{"full-width forms are wide", "ｆｕ", 4},
		{"marks take nothing", "q̃x̂", 2},
		{"several marks take nothing", "q̧̃", 1},
		{"a mark without a base takes nothing", "\u0301", 0},
		{"ambiguous characters are narrow", "●▲■…—×αЖ", 8},
		{"blocks, boxes and braille are narrow", "▁█╭│⣿", 5},
		{"a pictograph is wide", "😀", 2},
		{"a joined family is one pictograph", "👩‍👩‍👧", 2},
		{"a flag is one pictograph", "🇨🇳", 2},
		{"control characters take nothing", "\x1b\n\u009b", 0},
		{"Thai marks take nothing", "ห้อง", 3},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			if got := Width(row.in); got != row.want {
				t.Errorf("%q takes %d cells, want %d", row.in, got, row.want)
			}
		})
	}
}

func TestTheShortWaysAgreeWithTheLibraries(t *testing.T) {
	c := runewidth.Condition{StrictEmojiNeutral: true}
	for r := rune(0); r < 0x30000; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		if r >= 0x20 && !(r >= 0x7F && r < 0xA0) && RuneWidth(r) != c.RuneWidth(r) {
			t.Fatalf("%U has width %d, the library says %d", r, RuneWidth(r), c.RuneWidth(r))
		}
		if !alone(r) {
			continue
		}
		for _, other := range []rune{'a', '客', 'か', '─', '⣿', 'é', 'Ａ'} {
			for _, s := range []string{string(r) + string(other), string(other) + string(r)} {
				if n := uniseg.GraphemeClusterCount(s); n != 2 {
					t.Fatalf("%+q is %d clusters", s, n)
				}
			}
		}
	}
}

func TestTruncate(t *testing.T) {
	rows := []struct {
		in    string
		width int
		want  string
	}{
		{"refund", 6, "refund"}, {"refund", 5, "refu…"}, {"refund", 1, "…"}, {"refund", 0, ""},
		{"客服中心", 8, "客服中心"}, {"客服中心", 7, "客服中…"}, {"客服中心", 6, "客服…"}, {"客服中心", 2, "…"},
		{"q̃q̃q̃", 3, "q̃q̃q̃"}, {"q̃q̃q̃", 2, "q̃…"}, {"", 3, ""},
	}
	for _, row := range rows {
		if got := Truncate(row.in, row.width, Ellipsis); got != row.want {
			t.Errorf("%q in %d cells: got %q, want %q", row.in, row.width, got, row.want)
		}
	}
	if got := Truncate("refund", 2, "..."); got != "" {
		t.Errorf("a tail without room gives %q", got)
	}
}

func TestFitAndPad(t *testing.T) {
	for _, got := range [][2]string{
		{Fit("客服", 6, Left, Ellipsis), "客服  "},
		{Fit("客服", 6, Right, Ellipsis), "  客服"},
		{Fit("客服", 7, Center, Ellipsis), " 客服  "},
		{Fit("客服中心", 5, Right, Ellipsis), "客服…"},
		{Fit("客服中心", 4, Left, EllipsisASCII), "客~ "},
		{Fit("abc", 0, Left, Ellipsis), ""},
		{PadLeft("客", 4), "  客"}, {PadRight("客", 4), "客  "}, {PadLeft("refund", 2), "refund"},
	} {
		if got[0] != got[1] {
			t.Errorf("got %q, want %q", got[0], got[1])
		}
	}
}

func FuzzCutting(f *testing.F) {
	for _, s := range []string{"refund", "客服中心", "q̃x̂", "😀👩‍👩‍👧🇨🇳", "a\xffb\x00\u202e"} {
		f.Add(s, 3)
	}
	f.Fuzz(func(t *testing.T, s string, width int) {
		width %= 100
		if got := Fit(s, width, Right, Ellipsis); width > 0 && Width(got) != width {
			t.Errorf("%q fitted to %d takes %d: %q", s, width, Width(got), got)
		}
		head, n := Cut(s, max(width, 0))
		if n != Width(head) || n > max(width, 0) || !strings.HasPrefix(s, head) {
			t.Errorf("%q cut to %d gives %q of %d", s, width, head, n)
		}
		rest := s
		for rest != "" {
			cluster, next, w := Next(rest)
			if cluster+next != rest || cluster == "" || w < 0 || w > 2 {
				t.Fatalf("%q splits into %q, %q, %d", rest, cluster, next, w)
			}
			rest = next
		}
	})
}

func BenchmarkWidth(b *testing.B) {
	for name, s := range map[string]string{"ascii": "oldest wait 6:12", "cjk": "退款 客服中心 夜班", "marks": "q̃uix̂otic"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Width(s)
			}
		})
	}
}
