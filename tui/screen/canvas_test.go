package screen

import (
	"math/rand/v2"
	"strings"
	"testing"

	"wallboard/metrics/clean"
	"wallboard/tui/layout"
	"wallboard/tui/text"
)

func TestPrintDrawsWholeClustersInsideTheCanvas(t *testing.T) {
	rows := []struct {
		name string
		x    int
		in   string
		want string // of a canvas of 6 in a grid of 8, between bars
		n    int
	}{
		{"plain text", 1, "abc", "| abc  |", 3},
		{"the right edge cuts", 4, "abc", "|    ab|", 2},
		{"the left edge cuts", -2, "abc", "|c     |", 1},
		{"wide characters take two cells", 0, "客服", "|客服  |", 4},
		{"half a wide character at the right is a blank", 3, "客服", "|   客 |", 3},
		{"half a wide character at the left is a blank", -1, "客服", "| 服   |", 3},
		{"marks stay with their base", 0, "q̃x̂", "|q̃x̂    |", 2},
		{"all outside draws nothing", 6, "abc", "|      |", 0},
		{"far to the left draws nothing", -9, "abc", "|      |", 0},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			g := NewGrid(8, 1)
			g.Canvas().Set(0, 0, '|', Style{})
			g.Canvas().Set(7, 0, '|', Style{})
			c := g.Canvas().Sub(layout.Rect{X: 1, Y: 0, W: 6, H: 1})
			n := c.Print(row.x, 0, clean.Own(row.in), Style{})
			if got := g.Row(0); got != row.want || n != row.n {
				t.Errorf("got %q and %d cells, want %q and %d", got, n, row.want, row.n)
			}
		})
	}
}

func TestPrintFitFillsExactlyItsField(t *testing.T) {
	rows := []struct {
		in    string
		w     int
		align Align
		want  string
	}{
		{"ab", 4, Left, "ab  "}, {"ab", 4, Right, "  ab"}, {"ab", 5, Center, " ab  "},
		{"abcdef", 4, Left, "abc…"}, {"abcdef", 4, Right, "abc…"}, {"客服中心", 5, Left, "客服…"},
		{"客服中心", 4, Left, "客… "}, {"客服中心", 4, Right, " 客…"}, {"abc", 1, Left, "…"}, {"", 3, Center, "   "},
	}
	for _, row := range rows {
		g := NewGrid(8, 1)
		g.Canvas().Fill('#', Style{})
		g.Canvas().PrintFit(1, 0, row.w, clean.Own(row.in), Style{}, row.align)
		want := "#" + row.want + strings.Repeat("#", 7-row.w)
		if got := g.Row(0); got != want {
			t.Errorf("%q in %d cells: got %q, want %q", row.in, row.w, got, want)
		}
	}
}

func TestHalvesOfWideCharactersAreNeverLeft(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 2000 {
		g := NewGrid(1+r.IntN(20), 1+r.IntN(4))
		scribble(r, g)
		for i, c := range g.cells {
			x := i % g.w
			if c.width == 0 && (x == 0 || g.cells[i-1].width != 2 || g.cells[i-1].style() != c.style()) {
				t.Fatalf("cell %d is a right half without its left one:\n%s", i, g.Text())
			}
			if c.width == 2 && (x == g.w-1 || g.cells[i+1].width != 0) {
				t.Fatalf("cell %d is a left half without its right one:\n%s", i, g.Text())
			}
		}
		for y := range g.h {
			if w := text.Width(g.Row(y)); w != g.w {
				t.Fatalf("row %d of a grid %d wide takes %d cells: %q", y, g.w, w, g.Row(y))
			}
		}
	}
}

func TestDrawingStaysInsideItsCanvas(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for range 500 {
		g := NewGrid(30, 8)
		g.Canvas().Fill('.', Style{})
		inner := NewGrid(1+r.IntN(12), 1+r.IntN(4))
		rect := layout.Rect{X: 9, Y: 2, W: inner.w, H: inner.h}
		c := g.Canvas().Sub(rect)
		hole := Canvas{g: c.g, x: c.x, y: c.y, w: c.w, h: c.h}
		for _, t := range words() {
			hole.Print(r.IntN(20)-5, r.IntN(6)-1, t, Style{Attr: Bold})
			hole.PrintFit(r.IntN(20)-5, r.IntN(6)-1, r.IntN(20), t, Style{}, Right)
			hole.Box(t, Style{}, Style{})
			hole.DrawANSI(r.IntN(20)-5, r.IntN(6)-1, "\x1b[31m"+t.String()+"\n中文")
		}
		for y := range g.h {
			for x := range g.w {
				inside := x >= rect.X && x < rect.X+rect.W && y >= rect.Y && y < rect.Y+rect.H
				if s, _ := g.At(x, y); !inside && s != "." {
					t.Fatalf("cell %d, %d outside %+v was drawn: %q", x, y, rect, s)
				}
			}
		}
	}
}

func TestAStyleWithoutABackgroundKeepsWhatIsUnderneath(t *testing.T) {
	g := NewGrid(4, 1)
	bar := Style{BG: ANSI(4)}
	g.Canvas().Fill(' ', bar)
	g.Canvas().Print(0, 0, clean.Own("a"), Style{FG: ANSI(1)})
	g.Canvas().Print(1, 0, clean.Own("b"), Style{FG: ANSI(1), BG: ANSI(2)})
	for x, want := range []Style{{FG: ANSI(1), BG: ANSI(4)}, {FG: ANSI(1), BG: ANSI(2)}, bar} {
		if _, got := g.At(x, 0); got != want {
			t.Errorf("cell %d has %+v, want %+v", x, got, want)
		}
	}
}

func TestBoxDrawsItsTitleAndReturnsItsInside(t *testing.T) {
	g := NewGrid(12, 3)
	inside := g.Canvas().Box(clean.Own("waiting room"), Style{}, Style{Attr: Bold})
	if w, h := inside.Size(); w != 10 || h != 1 {
		t.Errorf("the inside is %d x %d", w, h)
	}
	want := "╭ waiting… ╮\n│          │\n╰──────────╯\n"
	if g.Text() != want {
		t.Errorf("got\n%swant\n%s", g.Text(), want)
	}
	g.UseLines(PlainLines())
	g.Canvas().Box(clean.Own("wait"), Style{}, Style{})
	if want := "+ wait ----+\n|          |\n+----------+\n"; g.Text() != want {
		t.Errorf("got\n%swant\n%s", g.Text(), want)
	}
	for w := range 2 {
		if iw, ih := NewGrid(w, 3).Canvas().Box(clean.Own("x"), Style{}, Style{}).Size(); iw != 0 || ih != 0 {
			t.Errorf("a box of width %d has an inside", w)
		}
	}
}

func TestDrawANSIKeepsLooksAndDropsEverythingElse(t *testing.T) {
	g := NewGrid(12, 2)
	g.Canvas().DrawANSI(1, 0, "\x1b[1;38;2;1;2;3mab\x1b[0mc\x1b]0;title\x07d\x1b[2Je\n\x1b[38:5:9;4mx\x1b[Py\x1bPzz\x1b\\\x07")
	if want := " abcde\n xy\n"; g.Text() != want {
		t.Errorf("got %q, want %q", g.Text(), want)
	}
	if _, s := g.At(2, 0); s != (Style{FG: RGB(1, 2, 3), Attr: Bold}) {
		t.Errorf("b has %+v", s)
	}
	if _, s := g.At(1, 1); s != (Style{FG: Indexed(9), Attr: Underline}) {
		t.Errorf("x has %+v", s)
	}
}

func TestControlRunesNeverReachACell(t *testing.T) {
	g := NewGrid(4, 1)
	for x, r := range []rune{0x1B, '\n', 0x9B, 0x200B} {
		g.Canvas().Set(x, 0, r, Style{})
	}
	if want := strings.Repeat("\uFFFD", 4); g.Row(0) != want {
		t.Errorf("got %q, want %q", g.Row(0), want)
	}
}

func TestDrawingAllocatesNothing(t *testing.T) {
	g := NewGrid(100, 30)
	c := g.Canvas()
	name, number := clean.Own("退款 refund/app"), clean.Own("12:34")
	if n := testing.AllocsPerRun(50, func() {
		g.Reset(100, 30)
		inside := c.Sub(layout.Rect{X: 2, Y: 2, W: 60, H: 20}).Box(name, Style{Attr: Dim}, Style{Attr: Bold})
		for y := range 18 {
			inside.PrintFit(0, y, 10, name, Style{}, Left)
			inside.PrintRight(40, y, number, Style{FG: ANSI(2)})
			inside.Restyle(0, y, 40, func(s Style) Style { return s.With(Reverse) })
		}
	}); n != 0 {
		t.Errorf("drawing a panel allocates %.0f times", n)
	}
}

func FuzzDrawANSI(f *testing.F) {
	f.Add("\x1b[1;38;2;1;2;3mab\x1b[0m\nc\x1b]0;t\x07", 3, 1)
	f.Add("\x1b[", -1, 0)
	f.Add("a\u200db\xff\u0301", 0, 0)
	f.Fuzz(func(t *testing.T, s string, x, y int) {
		g := NewGrid(10, 3)
		g.Canvas().DrawANSI(x%20, y%5, s)
		if err := CheckFrame(Encoder{Profile: TrueColor}.Diff(nil, nil, g), 10, 3); err != nil {
			t.Error(err)
		}
	})
}
