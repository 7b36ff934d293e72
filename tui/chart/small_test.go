package chart

import (
	"math"
	"strings"
	"testing"

	"wallboard/metrics/clean"
	"wallboard/tui/screen"
	"wallboard/tui/style"
)

func TestSparkline(t *testing.T) {
	rows := []struct {
		name   string
		values []float64
		w      int
		better Better
		top    float64
		want   string
	}{
		{"the lowest step is 0, the highest the largest value", []float64{0, 1, 2, 4, 8}, 5, LessIsBetter, 0, "▁▁▂▄█"},
		{"a given top keeps the scale", []float64{0, 2, 4}, 3, LessIsBetter, 8, "▁▂▄"},
		{"a value beyond the top moves it", []float64{4, 16}, 2, LessIsBetter, 8, "▂█"},
		{"too few values stand at the right", []float64{1, 1}, 4, LessIsBetter, 1, "··██"},
		{"too many keep the worst", []float64{0, 8, 0, 0}, 2, LessIsBetter, 8, "█▁"},
		{"too many keep the worst where more is better", []float64{8, 1, 8, 8}, 2, MoreIsBetter, 8, "▁█"},
		{"a gap is marked", []float64{8, nan, 8}, 3, LessIsBetter, 8, "█·█"},
		{"nothing is all gaps", nil, 3, LessIsBetter, 0, "···"},
		{"all zero is not loud", []float64{0, 0}, 2, LessIsBetter, 0, "▁▁"},
		{"a negative value is drawn as nothing", []float64{-5, 8}, 2, LessIsBetter, 8, "▁█"},
	}
	s := sheet(t, "mono", screen.NoColor, style.Unicode)
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			g := screen.NewGrid(row.w, 1)
			Sparkline(g.Canvas(), 0, 0, row.w, row.values, row.better, row.top, s.Chart1, s.NoData, s.Glyphs)
			if g.Row(0) != row.want {
				t.Errorf("got %q, want %q", g.Row(0), row.want)
			}
		})
	}
}

func TestAFineSparklineHasTwoValuesACell(t *testing.T) {
	rows := []struct {
		name   string
		values []float64
		w      int
		top    float64
		want   string
	}{
		{"each value is a column of dots from the bottom", []float64{1, 2, 3, 4}, 2, 4, "⣠⣾"},
		{"an odd one stands at the right of its cell", []float64{4, 1, 4}, 2, 4, "⢸⣸"},
		{"too few values stand at the right", []float64{4, 4}, 3, 4, "··⣿"},
		{"too many keep the worst", []float64{0, 4, 0, 0, 0, 0, 0, 4}, 2, 4, "⣇⣸"},
		{"half a cell without a value is half empty", []float64{nan, 4}, 1, 4, "⢸"},
		{"a cell without any is a gap", []float64{nan, nan, 4, 4}, 2, 4, "·⣿"},
		{"nothing is all gaps", nil, 3, 0, "···"},
		{"infinity is a gap and nothing is not loud", []float64{math.Inf(1), 0}, 1, 0, "⢀"},
	}
	s := sheet(t, "mono", screen.NoColor, style.Braille)
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			g := screen.NewGrid(row.w, 1)
			Sparkline(g.Canvas(), 0, 0, row.w, row.values, LessIsBetter, row.top, s.Chart1, s.NoData, s.Glyphs)
			if g.Row(0) != row.want {
				t.Errorf("got %q, want %q", g.Row(0), row.want)
			}
		})
	}
}

func TestAnySparklineOfAnyWidthStaysInside(t *testing.T) {
	odd := []float64{nan, math.Inf(1), math.Inf(-1), -1, 0, 1e300, 3}
	for set := range style.NumGlyphSets {
		s := sheet(t, "mono", screen.NoColor, set)
		for w := range 12 {
			for n := range 30 {
				values := make([]float64, n)
				for i := range values {
					values[i] = odd[(i*7+n+w)%len(odd)]
				}
				g := screen.NewGrid(20, 1)
				Sparkline(g.Canvas(), 2, 0, w, values, Better(n%2), odd[n%len(odd)], s.Chart1, s.NoData, s.Glyphs)
				if row := []rune(g.Row(0)); strings.TrimSpace(string(row[:2])+string(row[2+w:])) != "" {
					t.Fatalf("%d values in %d cells: %q", n, w, g.Row(0))
				}
			}
		}
	}
}

func TestBar(t *testing.T) {
	rows := []struct {
		name  string
		share float64
		want  string
	}{
		{"nothing is empty", 0, "────"},
		{"all is full", 1, "████"},
		{"half is half", 0.5, "██──"},
		{"eighths are drawn", 0.5 + 3.0/32, "██▍─"},
		{"a little is never empty", 0.0001, "▏───"},
		{"nearly all is never full", 0.9999, "███▉"},
		{"more than all is all", 1.4, "████"},
		{"less than nothing is nothing", -1, "────"},
		{"no number is nothing", nan, "────"},
		{"infinity is all", math.Inf(1), "████"},
	}
	s := sheet(t, "mono", screen.NoColor, style.Unicode)
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			g := screen.NewGrid(4, 1)
			Bar(g.Canvas(), 0, 0, 4, row.share, s.Bar, s.BarEmpty, s.Glyphs)
			if g.Row(0) != row.want {
				t.Errorf("got %q, want %q", g.Row(0), row.want)
			}
		})
	}
}

func TestAColouredBarHasItsTroughBehindIt(t *testing.T) {
	s := sheet(t, "dusk", screen.TrueColor, style.Unicode)
	g := screen.NewGrid(4, 1)
	Bar(g.Canvas(), 0, 0, 4, 0.4, s.Bar, s.BarEmpty, s.Glyphs)
	for x := 1; x < 4; x++ {
		if _, look := g.At(x, 0); look.BG != s.BarEmpty.FG {
			t.Errorf("cell %d has background %+v", x, look.BG)
		}
	}
	if g.Row(0) != "█▋  " {
		t.Errorf("got %q", g.Row(0))
	}
}

func TestSlotDots(t *testing.T) {
	rows := []struct {
		name      string
		used, all int
		w         int
		want      string
	}{
		{"used and free", 3, 5, 10, "●●●○○ 3/5"},
		{"none used", 0, 2, 10, "○○ 0/2"},
		{"over capacity", 3, 2, 10, "●●● 3/2"},
		{"no slots at all", 0, 0, 10, "0/0"},
		{"too many for their room are numbers", 12, 20, 10, "12/20"},
		{"no room cuts", 12, 20, 3, "12/"},
	}
	for set := range style.NumGlyphSets {
		s := sheet(t, "dusk", screen.TrueColor, set)
		for _, row := range rows {
			g := screen.NewGrid(12, 1)
			n := SlotDots(g.Canvas(), 0, 0, row.w, row.used, row.all, s)
			want := row.want
			if set == style.ASCII {
				want = strings.NewReplacer("●", "@", "○", "o").Replace(want)
			}
			if got := strings.TrimRight(g.Row(0), " "); got != want || n != len([]rune(want)) {
				t.Errorf("%s: got %q of %d cells, want %q", row.name, got, n, want)
			}
		}
	}
}

func TestHeat(t *testing.T) {
	for _, row := range []struct {
		v, cold, hot float64
		step         int
		ok           bool
	}{
		{0, 0, 60, 0, true}, {60, 0, 60, 5, true}, {30, 0, 60, 2, true}, {99, 0, 60, 5, true}, {-9, 0, 60, 0, true},
		{95, 100, 50, 0, true}, {50, 100, 50, 5, true}, {nan, 0, 1, 0, false}, {1, 2, 2, 0, false},
	} {
		if step, ok := HeatStep(row.v, row.cold, row.hot); step != row.step || ok != row.ok {
			t.Errorf("%g of %g…%g is step %d, %v, want %d, %v", row.v, row.cold, row.hot, step, ok, row.step, row.ok)
		}
	}
	s := sheet(t, "mono", screen.NoColor, style.Unicode)
	seen := map[string]bool{}
	for step := range 6 {
		g := screen.NewGrid(6, 1)
		HeatCell(g.Canvas(), 0, 0, 6, step, clean.Own("42"), s)
		if !strings.HasSuffix(g.Row(0), "42") || seen[g.Row(0)] {
			t.Errorf("step %d looks like another or lost its value: %q", step, g.Row(0))
		}
		seen[g.Row(0)] = true
	}
	g := screen.NewGrid(6, 1)
	HeatCell(g.Canvas(), 0, 0, 4, 9, clean.Own("12345"), s)
	if g.Row(0) != "█12…  " {
		t.Errorf("got %q", g.Row(0))
	}
}

func TestBigDigitsAreDrawnInThreeAndFiveRows(t *testing.T) {
	rows := []struct {
		name string
		set  style.GlyphSet
		rows Rows
		in   string
		want string
	}{
		{"three rows of half blocks", style.Unicode, ThreeRows, "6:12", "█▀▀ ▄ ▀█  ▀▀█\n█▀█ ▄  █  █▀▀\n▀▀▀   ▀▀▀ ▀▀▀\n"},
		{"a unit is its plain letter", style.Unicode, ThreeRows, "42s", "█ █ ▀▀█\n▀▀█ █▀▀\n  ▀ ▀▀▀ s\n"},
		{"three rows of ASCII", style.ASCII, ThreeRows, "90%", " _   _\n|_| | |\n _| |_| %\n"},
		{"five rows of whole blocks", style.Unicode, FiveRows, "4.7", "██  ██      ██████\n██  ██          ██\n██████          ██\n    ██          ██\n    ██  ██      ██\n"},
		{"five rows of ASCII", style.ASCII, FiveRows, "1", "####\n  ##\n  ##\n  ##\n######\n"},
		{"what the font lacks is left out", style.Unicode, ThreeRows, "客1?", "▀█\n █\n▀▀▀\n"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			s := sheet(t, "mono", screen.NoColor, row.set)
			g := screen.NewGrid(40, int(row.rows))
			n := BigDigits(g.Canvas(), 0, 0, row.rows, clean.Own(row.in), s.Digits, s.Glyphs)
			if g.Text() != row.want {
				t.Errorf("got\n%swant\n%s", g.Text(), row.want)
			}
			if w := BigWidth(clean.Own(row.in), row.rows, s.Glyphs); w != n {
				t.Errorf("it takes %d cells, BigWidth says %d", n, w)
			}
		})
	}
}

func TestEveryBigCharacterDiffersFromEveryOther(t *testing.T) {
	const all = "0123456789:.+-/<>≤%smhdk "
	for _, set := range []style.GlyphSet{style.Unicode, style.ASCII} {
		for _, rows := range []Rows{ThreeRows, FiveRows} {
			s := sheet(t, "mono", screen.NoColor, set)
			seen := map[string]rune{}
			for _, r := range all {
				g := screen.NewGrid(30, int(rows))
				if n := BigDigits(g.Canvas(), 0, 0, rows, clean.Own("1"+string(r)+"1"), s.Digits, s.Glyphs); n == 0 {
					t.Errorf("%q is not drawn", r)
				}
				if other, ok := seen[g.Text()]; ok {
					t.Errorf("%q looks like %q in %d rows:\n%s", r, other, rows, g.Text())
				}
				seen[g.Text()] = r
			}
		}
	}
}

func TestBigDigitsAreNeverCutInTheMiddle(t *testing.T) {
	s := sheet(t, "mono", screen.NoColor, style.Unicode)
	for w := range 30 {
		g := screen.NewGrid(w, 3)
		n := BigDigits(g.Canvas(), 0, 0, ThreeRows, clean.Own("888888"), s.Digits, s.Glyphs)
		if whole := (w + 1) / 4; w >= 3 && n != min(whole, 6)*4-1 {
			t.Errorf("in %d cells %d are drawn:\n%s", w, n, g.Text())
		}
	}
}
