package themes

import (
	"math"
	"strings"
	"testing"
)

// shipped returns every embedded theme.
func shipped(t *testing.T) []Theme {
	t.Helper()
	var list []Theme
	for _, name := range Names() {
		theme, err := Load(name)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, theme)
	}
	return list
}

func TestTheShippedThemesServeEverybody(t *testing.T) {
	count := map[Suits]int{}
	dark, light := 0, 0
	for _, theme := range shipped(t) {
		count[theme.Suits]++
		if theme.Suits == Anybody && theme.Looks[Base].BG.Set {
			if theme.Dark {
				dark++
			} else {
				light++
			}
		}
	}
	if dark < 2 || light < 2 || count[LowVision] < 1 || count[RedGreenBlind] < 1 || count[BlueYellowBlind] < 1 {
		t.Errorf("%d dark, %d light, %v by whom they suit", dark, light, count)
	}
}

func TestEveryShippedThemeHasTheContrastItClaims(t *testing.T) {
	for _, theme := range shipped(t) {
		for _, c := range theme.Contrasts() {
			if !c.Holds() {
				t.Errorf("theme %q role %q (selected %v) in %s: contrast %.2f, want %.1f", theme.Name, c.Role, c.Selected, c.Palette, c.Ratio, c.Want)
			}
		}
	}
}

// TestHighContrastIsSevenToOne asks once more without the code under test.
func TestHighContrastIsSevenToOne(t *testing.T) {
	asked := 0
	for _, theme := range shipped(t) {
		if theme.Suits != LowVision {
			continue
		}
		for r := range NumRoles {
			fg, bg, ok := theme.Ground(r)
			if !ok || !r.Reads() {
				continue
			}
			asked++
			if a, b := Contrast(fg, bg), Contrast(xterm(fg.X256), xterm(bg.X256)); a < 7 || b < 7 {
				t.Errorf("theme %q role %q has %.2f, in 256 colours %.2f", theme.Name, r, a, b)
			}
		}
	}
	if asked < 2*20 {
		t.Errorf("only %d roles were asked about", asked)
	}
}

func TestThemesForColourBlindnessTellTheirColoursApart(t *testing.T) {
	for _, theme := range shipped(t) {
		required := 0
		for _, a := range theme.Apart() {
			if a.Required {
				required++
			}
			if !a.Holds() {
				t.Errorf("theme %q, %s, %s: %s %s and %s differ by %.1f, want %.0f", theme.Name, a.Vision, a.Palette, a.Group, a.A, a.B, a.Difference, ToldApart)
			} else if !a.Required && a.Difference < ToldApart {
				t.Logf("theme %q, %s, %s: %s %s and %s differ by %.1f; glyph and word tell them", theme.Name, a.Vision, a.Palette, a.Group, a.A, a.B, a.Difference)
			}
		}
		if claims := theme.Suits == RedGreenBlind || theme.Suits == BlueYellowBlind; claims != (required > 0) {
			t.Errorf("theme %q: %d differences are required", theme.Name, required)
		}
	}
}

func TestLevelsAreToldApartInFullVisionByEveryTheme(t *testing.T) {
	for _, theme := range shipped(t) {
		for _, a := range theme.Apart() {
			if a.Vision == FullVision && a.Group != "heat steps" && a.Difference < ToldApart {
				t.Errorf("theme %q, %s: %s %s and %s differ by %.1f", theme.Name, a.Palette, a.Group, a.A, a.B, a.Difference)
			}
		}
	}
}

func TestThe256ColoursAreThoseOfXterm(t *testing.T) {
	for n := 16; n < 256; n++ {
		got, want := Xterm256.of(Color{X256: uint8(n), Set: true}), xterm(uint8(n))
		if want.Set = true; got != want {
			t.Errorf("colour %d is %+v, want %+v", n, got, want)
		}
	}
}

func TestAThemeThatClaimsTooMuchIsFound(t *testing.T) {
	for suits, group := range map[string]string{"deuteranopia": "levels", "tritanopia": "levels"} {
		theme, err := Parse("mine", []byte(strings.Replace(Sample(), "\n[colors]", "suits = \""+suits+"\"\n[colors]", 1)))
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, a := range theme.Apart() {
			found = found || !a.Holds()
			if math.IsNaN(a.Difference) || a.Difference < 0 {
				t.Errorf("%s: %+v", group, a)
			}
		}
		if !found {
			t.Errorf("dusk passes as made for %s", suits)
		}
	}
	if _, err := Parse("mine", []byte(strings.Replace(Sample(), "\n[colors]", "suits = \"cats\"\n[colors]", 1))); err == nil || !strings.Contains(err.Error(), `suits is "cats"`) {
		t.Errorf("got %v", err)
	}
}
