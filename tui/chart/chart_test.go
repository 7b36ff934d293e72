package chart

import (
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"wallboard/metrics/clean"
	"wallboard/themes"
	"wallboard/tui/screen"
	"wallboard/tui/style"
)

var nan = math.NaN()

func sheet(t testing.TB, name string, p screen.Profile, set style.GlyphSet) *style.Sheet {
	t.Helper()
	theme, err := themes.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	s, err := style.New(theme, p, style.Options{Glyphs: set})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func label(v float64) clean.Text { return clean.Own(strconv.FormatFloat(v, 'g', 4, 64)) }

// picture returns the rows of a grid between bars, so that blanks can be seen.
func picture(g *screen.Grid) string {
	_, h := g.Size()
	var b strings.Builder
	for y := range h {
		b.WriteString("|" + g.Row(y) + "|\n")
	}
	return b.String()
}

func TestResampleKeepsTheWorstOfEachColumn(t *testing.T) {
	rows := []struct {
		name   string
		in     []float64
		n      int
		better Better
		want   []float64
	}{
		{"as many values as columns stay as they are", []float64{1, 2, 3}, 3, LessIsBetter, []float64{1, 2, 3}},
		{"the peak stays where less is better", []float64{1, 9, 2, 3}, 2, LessIsBetter, []float64{9, 3}},
		{"the dip stays where more is better", []float64{90, 20, 80, 85}, 2, MoreIsBetter, []float64{20, 80}},
		{"too few values are held", []float64{1, 2}, 4, LessIsBetter, []float64{1, 1, 2, 2}},
		{"a gap stays a gap", []float64{nan, nan, 3, nan}, 2, LessIsBetter, []float64{nan, 3}},
		{"infinity is a gap", []float64{math.Inf(1), 2, math.Inf(-1)}, 3, LessIsBetter, []float64{nan, 2, nan}},
		{"nothing gives only gaps", nil, 2, LessIsBetter, []float64{nan, nan}},
		{"no column gives nothing", []float64{1}, 0, LessIsBetter, nil},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			got := Resample(row.in, row.n, row.better)
			if len(got) != len(row.want) {
				t.Fatalf("got %v, want %v", got, row.want)
			}
			for i := range got {
				if !sameNumber(got[i], row.want[i]) && !(math.IsNaN(got[i]) && math.IsNaN(row.want[i])) {
					t.Errorf("got %v, want %v", got, row.want)
				}
			}
		})
	}
}

func TestLineDrawsAxesGapsThresholdsAndHours(t *testing.T) {
	zone := time.FixedZone("CST", 8*3600)
	to := time.Date(2026, 3, 3, 14, 5, 0, 0, zone).UnixMilli()
	g := screen.NewGrid(40, 8)
	values := make([]float64, 61)
	for i := range values {
		values[i] = float64(i / 6 * 10)
		if i >= 30 && i < 36 {
			values[i] = nan
		}
	}
	Line(g.Canvas(), Plot{
		Series: []Series{{Values: values}}, Thresholds: []Threshold{{Value: 80}}, Unit: Whole,
		Label: label, From: to - 3_600_000, To: to, Zone: zone,
	}, sheet(t, "mono", screen.NoColor, style.Unicode), nil)
	want := strings.TrimPrefix(`
|100 ┤                              ╭ 100|
|    │╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╭─────╯    |
|    │                  ╶─────╯          |
| 50 ┤                                   |
|    │        ╭──────╴                   |
|    │  ╭─────╯                          |
|  0 ┤──╯                                |
|         13:20      13:40     14:00     |
`, "\n")
	if got := picture(g); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestAPeakOfOneMinuteIsSeenAtEveryWidth(t *testing.T) {
	s := sheet(t, "mono", screen.NoColor, style.Unicode)
	values := make([]float64, 240)
	values[117] = 100
	for w := 12; w < 200; w += 7 {
		g := screen.NewGrid(w, 9)
		Line(g.Canvas(), Plot{Series: []Series{{Values: values}}, Label: label}, s, nil)
		if top := g.Row(0); !strings.ContainsAny(top, "╭╮─") {
			t.Errorf("the peak is lost at width %d:\n%s", w, picture(g))
		}
	}
}

func TestAnEmptyChartSaysSo(t *testing.T) {
	g := screen.NewGrid(20, 5)
	for _, values := range [][]float64{nil, {nan, nan}, {math.Inf(1)}} {
		Line(g.Canvas(), Plot{Series: []Series{{Values: values}}, Label: label, Empty: clean.Own("nothing yet")}, sheet(t, "mono", screen.NoColor, style.Unicode), nil)
		if !strings.Contains(g.Row(2), "nothing yet") {
			t.Errorf("got\n%s", picture(g))
		}
	}
}

func TestAnyChartOfAnySizeIsDrawnInside(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	odd := []float64{nan, math.Inf(1), math.Inf(-1), 0, -1, 1e300, -1e300, 1e-300, math.MaxFloat64, math.SmallestNonzeroFloat64}
	var cache Cache
	zone := time.FixedZone("x", -3*3600-1800)
	for range 1000 {
		s := sheet(t, "mono", screen.NoColor, style.GlyphSet(r.IntN(int(style.NumGlyphSets))))
		g := screen.NewGrid(r.IntN(90), r.IntN(20))
		p := Plot{Lo: odd[r.IntN(len(odd))], Hi: odd[r.IntN(len(odd))], Unit: Unit(r.IntN(4)), Label: label, Empty: clean.Own("none")}
		for range r.IntN(4) {
			values := make([]float64, r.IntN(130))
			for i := range values {
				values[i] = r.NormFloat64() * math.Pow(10, float64(r.IntN(6)))
				if r.IntN(5) == 0 {
					values[i] = odd[r.IntN(len(odd))]
				}
			}
			p.Series = append(p.Series, Series{Values: values, Better: Better(r.IntN(2))})
			p.Thresholds = append(p.Thresholds, Threshold{Value: odd[r.IntN(len(odd))]})
		}
		if r.IntN(2) == 0 {
			p.Zone, p.From = zone, r.Int64N(1<<41)
			p.To = p.From + r.Int64N(200*3600_000) - 1000
		}
		Line(g.Canvas(), p, s, &cache) // must not panic; the canvas keeps it inside
	}
}

func TestACachedLineIsTheSameLine(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	s := sheet(t, "dusk", screen.TrueColor, style.Unicode)
	var cache Cache
	for range 200 {
		values := make([]float64, 3)
		for i := range values {
			values[i] = float64(r.IntN(3))
		}
		p := Plot{Series: []Series{{Values: values, Style: s.Chart1}}, Hi: 3}
		a, b := screen.NewGrid(20+r.IntN(2), 5), screen.NewGrid(0, 0)
		b.Reset(a.Size())
		Line(a.Canvas(), p, s, nil)
		Line(b.Canvas(), p, s, &cache)
		if !a.Equal(b) {
			t.Fatalf("got\n%s\nwant\n%s", picture(b), picture(a))
		}
	}
}

func TestScalesAreRoundAndHoldEverything(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 20000 {
		lo := r.NormFloat64() * math.Pow(10, float64(r.IntN(8)-2))
		hi := lo + math.Abs(r.NormFloat64())*math.Pow(10, float64(r.IntN(8)-2))
		rows, unit := 2+r.IntN(30), Unit(r.IntN(4))
		if r.IntN(2) == 0 {
			lo, hi = 0, math.Abs(hi)
		}
		if hi-lo < 1e-6*math.Abs(lo) {
			continue // no float of this size tells the steps apart
		}
		s := newScale(lo, hi, rows, unit)
		slack := 1e-9 * (math.Abs(lo) + math.Abs(hi))
		if !(s.lo <= lo+slack && s.hi >= hi-slack && s.step > 0 && s.hi > s.lo) {
			t.Fatalf("scale of [%g, %g] in %d rows: %+v", lo, hi, rows, s)
		}
		apart := s.step / (s.hi - s.lo) * float64(rows-1)
		first := (s.first - s.lo) / (s.hi - s.lo) * float64(rows-1)
		if math.Abs(apart-math.Round(apart)) > 1e-6 || math.Abs(first-math.Round(first)) > 1e-6 || apart < 1-1e-6 || rows > 4 && apart < 2-1e-6 {
			t.Fatalf("labels of [%g, %g] in %d rows stand %g rows apart from row %g: %+v", lo, hi, rows, apart, first, s)
		}
		if unit == Whole && s.step != math.Trunc(s.step) {
			t.Fatalf("scale of things counted: %+v", s)
		}
	}
}

func TestScales(t *testing.T) {
	rows := []struct {
		name   string
		lo, hi float64
		rows   int
		unit   Unit
		want   scale
	}{
		{"labels fall on rows", 0, 108, 10, Whole, scale{0, 112.5, 0, 25}},
		{"the top row need not be a label", 0, 108, 12, Whole, scale{0, 110, 0, 20}},
		{"an empty queue is counted in whole people", 0, 0, 7, Whole, scale{0, 1, 0, 1}},
		{"a share ends at 100", 60, 97, 4, Percent, scale{40, 100, 40, 20}},
		{"seconds are read as minutes", 0, 170, 7, Seconds, scale{0, 180, 0, 60}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			if got := newScale(row.lo, row.hi, row.rows, row.unit); got != row.want {
				t.Errorf("got %+v, want %+v", got, row.want)
			}
		})
	}
}

func BenchmarkLine(b *testing.B) {
	s := sheet(b, "dusk", screen.TrueColor, style.Unicode)
	values := make([]float64, 61)
	for i := range values {
		values[i] = 50 + 40*math.Sin(float64(i)/7)
	}
	p := Plot{Series: []Series{{Values: values, Style: s.Chart1}}, Unit: Whole, Label: label, To: 3_600_000, Zone: time.UTC}
	for name, cache := range map[string]*Cache{"drawn": nil, "cached": {}} {
		b.Run(name, func(b *testing.B) {
			g := screen.NewGrid(60, 12)
			b.ReportAllocs()
			for b.Loop() {
				Line(g.Canvas(), p, s, cache)
			}
		})
	}
}
