package chart

import (
	"testing"

	"wallboard/metrics/clean"
	"wallboard/themes"
	"wallboard/tui/screen"
	"wallboard/tui/style"
)

func scaledGlyphs(t *testing.T, set style.GlyphSet) style.Glyphs {
	t.Helper()
	theme, err := themes.Load(themes.Default)
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := style.New(theme, screen.TrueColor, style.Options{Glyphs: set})
	if err != nil {
		t.Fatal(err)
	}
	return sheet.Glyphs
}

func TestTheLargestScaleFitsAndTheNextOneDoesNot(t *testing.T) {
	for _, set := range []style.GlyphSet{style.Unicode, style.ASCII} {
		g := scaledGlyphs(t, set)
		for _, number := range []string{"0", "77.7", "12:34", "1,234", "2h45m", "—", "100"} {
			for w := 1; w <= 90; w++ {
				for h := 1; h <= 30; h++ {
					s, ok := LargestScale(clean.Own(number), w, h, g)
					if !ok {
						continue
					}
					if width := ScaledWidth(clean.Own(number), s); width > w || s.Rows() > h {
						t.Fatalf("%q in %dx%d: scale %+v takes %dx%d", number, w, h, s, width, s.Rows())
					}
				}
			}
		}
	}
}

func TestScaledDigitsAreTheSmallOnesEnlarged(t *testing.T) {
	g := scaledGlyphs(t, style.Unicode)
	for _, c := range []struct {
		name  string
		scale Scale
		want  []string
	}{
		{"pixels of two cells", Scale{2, 2}, []string{"██████", "    ██", "██████", "██    ", "██████"}},
		{"pixels of three halves", Scale{2, 3}, []string{"██████", "▀▀▀▀██", "    ██", "██████", "██▀▀▀▀", "██    ", "██████", "▀▀▀▀▀▀"}},
	} {
		grid := screen.NewGrid(6, len(c.want))
		Scaled(grid.Canvas(), 0, 0, c.scale, clean.Own("2"), screen.Style{}, g)
		for y, want := range c.want {
			if grid.Row(y) != want {
				t.Errorf("%s, row %d: %q, want %q", c.name, y, grid.Row(y), want)
			}
		}
	}
}

func TestOnlyWhatTheFontHasIsDrawnBig(t *testing.T) {
	for text, want := range map[string]bool{"77.7": true, "6:12": true, "2h45m": true, "—": true, "yes": false, "": false, "3.2k": true} {
		if CanBeBig(clean.Own(text)) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}
