package tui

import (
	"fmt"
	"testing"

	"wallboard/tui/i18n"
	"wallboard/tui/layout"
	"wallboard/tui/screen"
	"wallboard/tui/style"
)

// TestGoldenLayout holds a wall that the configuration says.
func TestGoldenLayout(t *testing.T) {
	voice, err := NewWallLayout(WallSpec{
		Name: "voice", Tiles: []string{"service_level", "asa", "abandon_rate", "occupancy"}, Queues: []string{"*/voice", "*/chat"},
		Columns: []string{"waiting", "oldest_wait_total", "service_level", "abandon_rate", "trend"}, Charts: []string{"service_level", "flow"}, Panels: []string{"people", "teams"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range [][2]int{{200, 60}, {120, 32}, {80, 24}} {
		name := fmt.Sprintf("wall_layout_%dx%d", size[0], size[1])
		t.Run(name, func(t *testing.T) {
			g, err := Frame(busy(), Look{Profile: screen.TrueColor}, Choice{Wall: WallChoice{Layout: voice}}, size[0], size[1])
			if err != nil {
				t.Fatal(err)
			}
			checkFrame(t, g, size[0], size[1], name)
			golden(t, name, g.Text())
		})
	}
}

// TestGoldenDigits holds the wall in each size of its digits.
func TestGoldenDigits(t *testing.T) {
	for _, digits := range []Digits{layout.DigitsThree, layout.DigitsFive, layout.DigitsFull} {
		for _, size := range [][2]int{{200, 60}, {120, 32}, {80, 24}} {
			for _, lang := range i18n.Langs() {
				name := fmt.Sprintf("wall_digits_%s_%dx%d_%s", digits, size[0], size[1], lang)
				t.Run(name, func(t *testing.T) {
					g, err := Frame(busy(), Look{Lang: lang, Profile: screen.TrueColor, Digits: digits}, Choice{}, size[0], size[1])
					if err != nil {
						t.Fatal(err)
					}
					checkFrame(t, g, size[0], size[1], name)
					golden(t, name, g.Text())
				})
			}
		}
	}
	g, err := Frame(busy(), Look{Glyphs: style.ASCII, Digits: layout.DigitsFull}, Choice{}, 120, 32)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "wall_digits_full_120x32_ascii", g.Text())
}
