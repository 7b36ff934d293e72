package chart

import (
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wallboard/metrics/clean"
	"wallboard/tui/screen"
	"wallboard/tui/style"
)

var update = flag.Bool("update", false, "draw the pictures anew")

// response is a chart as the wall has it: two lines, a band and a limit.
func response(s *style.Sheet) Plot {
	p90, p50 := make([]float64, 60), make([]float64, 60)
	lo, hi := make([]float64, 60), make([]float64, 60)
	for i := range p90 {
		p90[i] = 70 + 30*math.Sin(float64(i)/6) + float64(i)
		p50[i] = 30 + 10*math.Sin(float64(i)/4)
		lo[i], hi[i] = 40, 90
	}
	to := time.Date(2026, 3, 3, 14, 5, 0, 0, time.UTC).UnixMilli()
	return Plot{
		Series: []Series{
			{Values: p50, Style: s.Chart2, Pattern: Dotted, Name: clean.Own("p50")},
			{Values: p90, Style: s.Chart1, Name: clean.Own("p90")},
		},
		Bands: []Band{{Lo: lo, Hi: hi}}, Thresholds: []Threshold{{Value: 140, Name: clean.Own("limit")}},
		Unit: Seconds, Label: whole, From: to - 59*60_000, To: to, Zone: time.UTC,
	}
}

func whole(v float64) clean.Text { return label(math.Round(v)) }

// TestGoldenChartPictures holds the same chart in every glyph set, large and
// small.
func TestGoldenChartPictures(t *testing.T) {
	for set := range style.NumGlyphSets {
		for _, size := range [][2]int{{76, 16}, {42, 6}} {
			name := fmt.Sprintf("%s_%dx%d", set, size[0], size[1])
			t.Run(name, func(t *testing.T) {
				s := sheet(t, "dusk", screen.TrueColor, set)
				g := screen.NewGrid(size[0], size[1])
				Line(g.Canvas(), response(s), s, nil)
				golden(t, name, picture(g))
			})
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestTwoLinesAreToldApartWithoutColour(t *testing.T) {
	for set := range style.NumGlyphSets {
		s := sheet(t, "mono", screen.NoColor, set)
		draw := func(pattern Pattern) string {
			g := screen.NewGrid(30, 8)
			Line(g.Canvas(), Plot{Series: []Series{{Values: []float64{1, 5, 2, 8, 3}, Pattern: pattern}}}, s, nil)
			return picture(g)
		}
		if draw(Solid) == draw(Dotted) {
			t.Errorf("%s: a dotted line is drawn as a solid one:\n%s", set, draw(Dotted))
		}
	}
}

// TestAFineLineFollowsTheCoarseOne draws the same values in both sets: where one
// has a level piece of line the other has its dots, in the same row.
func TestAFineLineFollowsTheCoarseOne(t *testing.T) {
	values := make([]float64, 40)
	for i := range values {
		values[i] = float64(i / 8 * 10)
	}
	p := Plot{Series: []Series{{Values: values}}, Hi: 40}
	coarse, fine := screen.NewGrid(41, 9), screen.NewGrid(41, 9)
	Line(coarse.Canvas(), p, sheet(t, "mono", screen.NoColor, style.Unicode), nil)
	Line(fine.Canvas(), p, sheet(t, "mono", screen.NoColor, style.Braille), nil)
	level := 0
	for y := range 9 {
		for x := 1; x < 41; x++ {
			a, _ := coarse.At(x, y)
			b, _ := fine.At(x, y)
			if a == "─" {
				level++
				if b == " " {
					t.Errorf("no dots at %d, %d", x, y)
				}
			}
		}
	}
	if level < 20 {
		t.Errorf("only %d level cells:\n%s%s", level, picture(coarse), picture(fine))
	}
}

func TestWhereFineLinesMeetNeitherIsBroken(t *testing.T) {
	s := sheet(t, "dusk", screen.TrueColor, style.Braille)
	draw := func(series ...Series) *screen.Grid {
		g := screen.NewGrid(24, 6)
		Line(g.Canvas(), Plot{Series: series, Hi: 10}, s, nil)
		return g
	}
	up := Series{Values: []float64{0, 2, 4, 6, 8, 10}, Style: s.Chart1}
	down := Series{Values: []float64{10, 8, 6, 4, 2, 0}, Style: s.Chart2}
	a, b, both := draw(up), draw(down), draw(up, down)
	met := 0
	for y := range 6 {
		for x := 1; x < 24; x++ {
			x1, _ := a.At(x, y)
			x2, _ := b.At(x, y)
			got, _ := both.At(x, y)
			want := bits(x1) | bits(x2)
			if bits(got) != want {
				t.Errorf("at %d, %d: %q over %q is %q", x, y, x2, x1, got)
			}
			if bits(x1) != 0 && bits(x2) != 0 {
				met++
			}
		}
	}
	if met == 0 {
		t.Error("the lines never meet")
	}
}

func bits(cell string) rune {
	if r := []rune(cell)[0]; r >= brailleBlank && r <= brailleBlank+0xFF {
		return r - brailleBlank
	}
	return 0
}

func TestTheNewestValueStandsWhereTheLineEnds(t *testing.T) {
	s := sheet(t, "mono", screen.NoColor, style.Unicode)
	g := screen.NewGrid(60, 9)
	Line(g.Canvas(), Plot{Unit: Whole, Label: label, Series: []Series{
		{Values: []float64{10, 10, 39}, Name: clean.Own("out")}, {Values: []float64{0, 0, 40}, Name: clean.Own("in")},
	}}, s, nil)
	if !strings.HasSuffix(strings.TrimRight(g.Row(0), " "), "in 40") {
		t.Errorf("the line that is drawn last is not labelled at its end:\n%s", picture(g))
	}
	if !strings.HasSuffix(strings.TrimRight(g.Row(1), " "), "out 39") {
		t.Errorf("the other is not labelled beside it:\n%s", picture(g))
	}
	g = screen.NewGrid(60, 9)
	Line(g.Canvas(), Plot{Unit: Whole, Label: label, Series: []Series{{Values: []float64{40, 40, nan}, Name: clean.Own("in")}}}, s, nil)
	if strings.Contains(g.Text(), "in") {
		t.Errorf("a value that was not measured is said:\n%s", picture(g))
	}
}

func TestLabelsOfLinesThatMeetStandInTheOrderOfTheirValues(t *testing.T) {
	for _, row := range []struct{ in, want []int }{
		{[]int{2, 5}, []int{2, 5}}, {[]int{7, 7}, []int{6, 7}}, {[]int{0, 0, 0}, []int{0, 1, 2}},
		{[]int{5, 3, 7}, []int{5, 6, 7}}, {[]int{6, 7, 7, 7}, []int{4, 5, 6, 7}},
	} {
		list := make([]end, len(row.in))
		for i, at := range row.in {
			list[i].row = at
		}
		moveApart(list, 8)
		for i, at := range row.want {
			if list[i].row != at {
				t.Errorf("%v become %+v, want %v", row.in, list, row.want)
				break
			}
		}
	}
}

// TestALabelStandsWhereItsLineEndsInEverySet has a peak just before a low end,
// which a coarse line joins into its last column and a fine one does not.
func TestALabelStandsWhereItsLineEndsInEverySet(t *testing.T) {
	values := same(10, 120)
	values[118], values[117] = 90, 90
	for set := range style.NumGlyphSets {
		s := sheet(t, "mono", screen.NoColor, set)
		g := screen.NewGrid(66, 11)
		Line(g.Canvas(), Plot{Unit: Whole, Hi: 100, Label: label, Series: []Series{{Values: values}}}, s, nil)
		for y := range 11 {
			if row := strings.TrimRight(g.Row(y), " "); strings.HasSuffix(row, " 10") && len([]rune(row)) > 50 {
				if before := []rune(strings.TrimSuffix(row, " 10")); before[len(before)-1] == ' ' {
					t.Errorf("%s: the label stands beside nothing:\n%s", set, picture(g))
				}
			}
		}
	}
}

// TestTheChartRestsWhileItsValuesMove: the margin depends on axis and names, so
// that lines do not jump sideways when a number gets longer.
func TestTheChartRestsWhileItsValuesMove(t *testing.T) {
	s := sheet(t, "mono", screen.NoColor, style.Unicode)
	at := func(last float64) int {
		g := screen.NewGrid(60, 9)
		Line(g.Canvas(), Plot{Unit: Whole, Hi: 100, Label: label, Series: []Series{{Values: []float64{0, 100, last}}}, To: 1000, Zone: time.UTC}, s, nil)
		return strings.IndexRune(g.Row(0), '╮')
	}
	if a, b, c := at(3), at(33), at(60); a != b || b != c {
		t.Errorf("the peak is at %d, %d, %d", a, b, c)
	}
}

func TestALimitIsNamedWhereNoLineIsInTheWay(t *testing.T) {
	s := sheet(t, "mono", screen.NoColor, style.Unicode)
	draw := func(values []float64) string {
		g := screen.NewGrid(70, 9)
		Line(g.Canvas(), Plot{Unit: Whole, Lo: 0, Hi: 100, Label: label, Series: []Series{{Values: values}},
			Thresholds: []Threshold{{Value: 50, Name: clean.Own("limit")}}}, s, nil)
		return g.Row(4)
	}
	if row := draw([]float64{0, 0, 100, 0}); !strings.Contains(row, "╌ limit 50 ") {
		t.Errorf("the limit has no name: %q", row)
	}
	if row := draw([]float64{0, 0, 0, 0, 50, 50}); !strings.Contains(row, "limit 50 ╭──") && !strings.Contains(row, "limit 50 ╌") {
		t.Errorf("the name is on the line of the values: %q", row)
	}
	if row := draw([]float64{50, 50, 50}); strings.Contains(row, "limit") {
		t.Errorf("the name covers the values: %q", row)
	}
}
