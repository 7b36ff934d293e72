package chart

import (
	"strings"
	"testing"

	"wallboard/tui/screen"
	"wallboard/tui/style"
)

// drawn draws a plot of 12 x 9 cells without axis labels.
func drawn(t *testing.T, p Plot) *screen.Grid {
	t.Helper()
	g := screen.NewGrid(12, 9)
	Line(g.Canvas(), p, sheet(t, "dusk", screen.TrueColor, style.Unicode), nil)
	return g
}

// rowsWith returns the rows of a column that hold the rune.
func rowsWith(g *screen.Grid, x int, r string) []int {
	var out []int
	_, h := g.Size()
	for y := range h {
		if got, _ := g.At(x, y); got == r {
			out = append(out, y)
		}
	}
	return out
}

func same(v float64, n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = v
	}
	return out
}

func TestABandIsShadedFromEdgeToEdge(t *testing.T) {
	g := drawn(t, Plot{Series: []Series{{Values: same(8, 12)}}, Bands: []Band{{Lo: same(2, 12), Hi: same(5, 12)}}, Lo: 0, Hi: 8})
	if got := rowsWith(g, 6, "░"); len(got) != 4 || got[0] != 3 || got[3] != 6 {
		t.Errorf("rows %v are shaded, want 3 to 6:\n%s", got, picture(g))
	}
	if got := rowsWith(g, 0, "░"); got != nil {
		t.Errorf("the axis is shaded in rows %v", got)
	}
}

func TestABandIsMissingWhereItIsNotKnown(t *testing.T) {
	lo, hi := same(2, 12), same(5, 12)
	for i := range 6 {
		lo[i], hi[i] = nan, nan
	}
	g := drawn(t, Plot{Series: []Series{{Values: same(8, 12)}}, Bands: []Band{{Lo: lo, Hi: hi}}, Lo: 0, Hi: 8})
	if a, b := rowsWith(g, 3, "░"), rowsWith(g, 9, "░"); a != nil || b == nil {
		t.Errorf("shaded rows before %v and after %v it is known", a, b)
	}
}

func TestALimitThatMovesIsDrawnWhereItWas(t *testing.T) {
	values := same(2, 12)
	for i := 6; i < 12; i++ {
		values[i] = 6
	}
	g := drawn(t, Plot{Series: []Series{{Values: same(0, 12)}}, Tracks: []Track{{Values: values}}, Lo: 0, Hi: 8})
	if a, b := rowsWith(g, 3, "╌"), rowsWith(g, 9, "╌"); len(a) != 1 || a[0] != 6 || len(b) != 1 || b[0] != 2 {
		t.Errorf("the limit is in rows %v, then %v:\n%s", a, b, picture(g))
	}
}

func TestTheAxisHoldsBandsAndLimits(t *testing.T) {
	p := Plot{Series: []Series{{Values: same(1, 12)}}, Bands: []Band{{Lo: same(-40, 12), Hi: same(3, 12)}}, Tracks: []Track{{Values: same(90, 12)}}}
	if lo, hi, any := p.extent(); lo != -40 || hi != 90 || !any {
		t.Errorf("the axis reaches from %v to %v, any value %v", lo, hi, any)
	}
	p.Series = nil
	if _, _, any := p.extent(); any {
		t.Error("a band alone is no value")
	}
}

func TestBandsOfAnyLengthFitAnyCanvas(t *testing.T) {
	look := sheet(t, "mono", screen.NoColor, style.ASCII)
	for w := range 30 {
		for h := range 12 {
			g := screen.NewGrid(max(w, 1), max(h, 1))
			p := Plot{Series: []Series{{Values: same(5, 7)}}, Label: label, Bands: []Band{{Lo: same(1, w), Hi: same(9, h)}, {}}, Tracks: []Track{{Values: same(3, h)}, {}}}
			Line(g.Canvas(), p, look, nil)
			if strings.ContainsRune(g.Text(), '░') {
				t.Fatal("a shade that is not ASCII")
			}
		}
	}
}
