package screen

import (
	"math/rand/v2"
	"strings"
	"testing"

	"wallboard/metrics/clean"
	"wallboard/tui/layout"
)

// words are what a floor is called in many scripts, with marks that no
// composed character takes up.
func words() []clean.Text {
	var list []clean.Text
	for _, s := range []string{
		"refund", "presale/chat", "97", "6:12", "客服中心", "退款", "夜班 team", "まちあわせ", "한국어", "ｆｕｌｌ",
		"①→Ω° ±", "q̃uix̂otic", "nai\u0308ve", "x̂y", "▲ warn", "■", "…", " ", "   ", "😀 ok", "a客b服c", "é", "ก็", "ห้อง",
	} {
		list = append(list, clean.Own(s))
	}
	return list
}

func styles() []Style {
	return []Style{
		{}, {Attr: Bold}, {Attr: Dim}, {Attr: Bold | Dim}, {Attr: Reverse}, {Attr: Underline | Italic},
		{FG: ANSI(1)}, {FG: ANSI(12), BG: ANSI(9)}, {FG: Indexed(200)}, {BG: Indexed(17), Attr: Bold},
		{FG: RGB(1, 2, 3)}, {FG: RGB(250, 251, 252), BG: RGB(20, 21, 22)}, {BG: RGB(20, 21, 22)}, {BG: RGB(20, 21, 22), Attr: Reverse},
	}
}

// chooser is where choices come from: a random source, or a fuzzer's bytes.
type chooser interface{ IntN(n int) int }

// scribble changes a grid at random places in all the ways a page does.
func scribble(r chooser, g *Grid) {
	all, looks := words(), styles()
	c := g.Canvas()
	for range r.IntN(12) {
		x, y := r.IntN(g.w+6)-3, r.IntN(g.h+2)-1
		s, t := looks[r.IntN(len(looks))], all[r.IntN(len(all))]
		switch r.IntN(9) {
		case 0, 1, 2:
			c.Print(x, y, t, s)
		case 3:
			c.PrintFit(x, y, r.IntN(g.w+3), t, s, Align(r.IntN(3)))
		case 4:
			c.Set(x, y, []rune(t.String())[0], s)
		case 5:
			c.Sub(layout.Rect{X: x, Y: y, W: r.IntN(g.w + 2), H: r.IntN(3)}).Fill(' ', s)
		case 6:
			c.Sub(layout.Rect{X: x, Y: y, W: r.IntN(g.w + 2), H: r.IntN(g.h + 2)}).Box(t, s, s)
		case 7:
			c.Restyle(x, y, r.IntN(g.w+3), func(Style) Style { return s })
		case 8:
			c.PrintRight(x, y, t, s)
		}
	}
}

func TestAnyUpdateCanFollowAKeyFrameOfItsPredecessor(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	enc := Encoder{Profile: TrueColor}
	a, b := NewGrid(40, 8), NewGrid(40, 8)
	scribble(r, a)
	b.CopyFrom(a)
	scribble(r, b)
	m := newModel(40, 8, false)
	for _, out := range [][]byte{enc.Diff(nil, nil, a), enc.Diff(nil, a, b)} {
		if err := m.feed(out); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.compare(b, TrueColor); err != nil {
		t.Error(err)
	}
}

func TestOneChangedCellTakesAtMostSixtyBytes(t *testing.T) {
	enc := Encoder{Profile: TrueColor, ErasesInColor: true}
	worst := 0
	for _, s := range append(styles(), Style{FG: RGB(200, 201, 202), BG: RGB(203, 204, 205), Attr: Bold}) {
		for _, r := range []rune{'7', '■', '客'} {
			a := NewGrid(200, 60)
			b := NewGrid(200, 60)
			b.Canvas().Set(198, 58, r, s)
			worst = max(worst, len(enc.Diff(nil, a, b)))
		}
	}
	if worst > 60 {
		t.Errorf("the worst cell takes %d bytes", worst)
	}
	t.Logf("worst of one changed cell: %d bytes", worst)
}

func TestUpdatesTakeTheShortestWay(t *testing.T) {
	rows := []struct {
		name       string
		prev, next []string
		want       string
	}{
		{"nothing changed", []string{"abc"}, []string{"abc"}, ""},
		{"a gap of few cells is written again", []string{"a1b2c     "}, []string{"a7b8c     "}, "\x1b[1;2H7b8"},
		{"a long gap is moved over", []string{"1aaaaaaaaaa2"}, []string{"3aaaaaaaaaa4"}, "\x1b[H3\x1b[10C4"},
		{"the end of a line is erased", []string{"abcdefgh"}, []string{"ab      "}, "\x1b[1;3H\x1b[K"},
		{"few cells at the end are blanked", []string{"abcdefgh"}, []string{"abcdef  "}, "\x1b[1;7H  "},
		{"the next row begins with a return", []string{"a  ", "b  "}, []string{"c  ", "d  "}, "\x1b[Hc\x1b[2Hd"},
		{"a short way down goes in steps", []string{strings.Repeat(" ", 120), strings.Repeat(" ", 120)}, []string{strings.Repeat(" ", 110) + "x" + strings.Repeat(" ", 9), strings.Repeat(" ", 110) + "y" + strings.Repeat(" ", 9)}, "\x1b[1;111Hx\x1b[D\x1b[By"},
		{"after the last column the place is said anew", []string{"aa", "aa"}, []string{"ab", "ba"}, "\x1b[1;2Hb\x1b[2Hb"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			got := string(Encoder{}.Diff(nil, drawn(row.prev), drawn(row.next)))
			if row.want != "" {
				row.want = beginSync + row.want + endSync
			}
			if got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

// drawn returns a grid of plain rows.
func drawn(rows []string) *Grid {
	g := NewGrid(len(rows[0]), len(rows))
	for y, s := range rows {
		for x, r := range s {
			g.Canvas().Set(x, y, r, Style{})
		}
	}
	return g
}

func TestStyleChangesAreAsShortAsTheyCanBe(t *testing.T) {
	red, blue := RGB(255, 0, 0), RGB(0, 0, 255)
	rows := []struct {
		name     string
		from, to Style
		want     string
	}{
		{"back to plain is a bare reset", Style{FG: red, Attr: Bold}, Style{}, "\x1b[m"},
		{"one colour changes alone", Style{FG: red, BG: red}, Style{FG: blue, BG: red}, "\x1b[38;2;0;0;255m"},
		{"bold comes alone", Style{FG: red}, Style{FG: red, Attr: Bold}, "\x1b[1m"},
		{"bold goes, dim stays", Style{FG: red, Attr: Bold | Dim}, Style{FG: red, Attr: Dim}, "\x1b[22;2m"},
		{"many attributes at once go by a reset", Style{Attr: Bold | Italic | Underline | Reverse}, Style{FG: ANSI(1)}, "\x1b[;31m"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			pen := row.from
			if got := string(appendPen(nil, &pen, row.to, TrueColor)); got != row.want || pen != row.to {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

func TestANSIOutputDrawsTheSameAgain(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 50 {
		g := NewGrid(30, 5)
		scribble(r, g)
		again := NewGrid(30, 5)
		again.Canvas().DrawANSI(0, 0, g.ANSI(TrueColor))
		if got, want := again.ANSI(TrueColor), g.ANSI(TrueColor); got != want {
			t.Fatalf("got\n%q\nwant\n%q", got, want)
		}
		if strings.Count(g.Text(), "\n") != 5 {
			t.Fatalf("text has not 5 rows: %q", g.Text())
		}
	}
}

func TestAnOldTerminalOnlyGetsThePictographItselfWrong(t *testing.T) {
	a, b := NewGrid(12, 1), NewGrid(12, 1)
	a.Canvas().Print(0, 0, clean.Own("abcdefghijkl"), Style{})
	b.Canvas().Print(0, 0, clean.Own("x😀yz 12 k"), Style{Attr: Bold})
	m := newModel(12, 1, false)
	m.old = true
	for _, out := range [][]byte{Encoder{}.Diff(nil, nil, a), Encoder{}.Diff(nil, a, b)} {
		if err := m.feed(out); err != nil {
			t.Fatal(err)
		}
	}
	for x := range 12 {
		if text, _ := b.At(x, 0); x != 1 && x != 2 && m.cells[x].text != text {
			t.Errorf("cell %d shows %q, want %q", x, m.cells[x].text, text)
		}
	}
	if m.cells[2].text != " " {
		t.Errorf("right of the pictograph is %q, want a blank", m.cells[2].text)
	}
}

func TestClustersThatDifferInTheirMarksDiffer(t *testing.T) {
	a, b := NewGrid(3, 1), NewGrid(3, 1)
	a.Canvas().Print(0, 0, clean.Own("q̃"), Style{})
	b.Canvas().Print(0, 0, clean.Own("q̂"), Style{})
	if out := (Encoder{}).Diff(nil, a, b); !strings.Contains(string(out), "q̂") {
		t.Errorf("got %q", out)
	}
	if a.Equal(b) || !a.Equal(a) {
		t.Error("Equal does not compare the marks")
	}
}

func TestMovesLeadWhereTheyShouldAndNeverTakeMoreThanThePlaceItself(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	for range 20000 {
		m := &model{w: 250, h: 120}
		from := [2]int{r.IntN(m.w), r.IntN(m.h)}
		to := [2]int{r.IntN(m.w), r.IntN(m.h)}
		if r.IntN(2) == 0 {
			to = [2]int{min(max(from[0]+r.IntN(9)-4, 0), m.w-1), min(max(from[1]+r.IntN(5)-2, 0), m.h-1)}
		}
		fromX, fromY := from[0], from[1]
		switch r.IntN(5) {
		case 0:
			fromX = unknown
		case 1:
			fromX, fromY = unknown, unknown
		}
		m.x, m.y = from[0], from[1]
		move := appendMove(nil, fromX, fromY, to[0], to[1])
		if err := m.feed(move); err != nil || m.x != to[0] || m.y != to[1] {
			t.Fatalf("from %v to %v: %q leads to %d, %d: %v", from, to, move, m.x, m.y, err)
		}
		if place := appendPlace(nil, to[0], to[1]); len(move) > len(place) {
			t.Fatalf("from %v to %v: %q is longer than %q", from, to, move, place)
		}
	}
}
