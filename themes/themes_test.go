package themes

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestShippedThemesLoad(t *testing.T) {
	for _, name := range Names() {
		theme, err := Load(name)
		if err != nil {
			t.Fatal(err)
		}
		if theme.Name != name || theme.Title == "" {
			t.Errorf("theme %q has name %q and title %q", name, theme.Name, theme.Title)
		}
	}
}

// xterm is the palette of 256 from its definition, not from the drawing code.
func xterm(n uint8) Color {
	if n >= 232 {
		v := 8 + 10*(n-232)
		return Color{R: v, G: v, B: v}
	}
	steps := [6]uint8{0, 95, 135, 175, 215, 255}
	n -= 16
	return Color{R: steps[n/36], G: steps[n/6%6], B: steps[n%6]}
}

func TestEveryTextOfAShippedThemeIsReadable(t *testing.T) {
	for _, name := range Names() {
		theme, err := Load(name)
		if err != nil {
			t.Fatal(err)
		}
		for r := range NumRoles {
			fg, bg, ok := theme.Ground(r)
			if !ok || !r.Reads() {
				continue
			}
			if c := Contrast(fg, bg); c < ReadableContrast {
				t.Errorf("theme %q role %q: contrast %.2f in truecolor, want %.1f", name, r, c, ReadableContrast)
			}
			if c := Contrast(xterm(fg.X256), xterm(bg.X256)); c < ReadableContrast {
				t.Errorf("theme %q role %q: contrast %.2f in 256 colours (%d on %d), want %.1f", name, r, c, fg.X256, bg.X256, ReadableContrast)
			}
		}
	}
}

func TestEveryRoleReadsOnTheSelectedRow(t *testing.T) {
	for _, name := range Names() {
		theme, err := Load(name)
		if err != nil {
			t.Fatal(err)
		}
		bg := theme.Looks[Selected].BG
		for _, r := range []Role{Text, Dim, OK, Warn, NoData, Stale, Good} {
			fg := theme.Looks[r].FG
			if !fg.Set || !bg.Set {
				continue
			}
			if c := Contrast(fg, bg); c < 3 {
				t.Errorf("theme %q: role %q on the selected row has contrast %.2f, want 3", name, r, c)
			}
		}
	}
}

func TestContrastAgainstPublishedValues(t *testing.T) {
	white, black := Color{R: 255, G: 255, B: 255}, Color{}
	gray := Color{R: 0x76, G: 0x76, B: 0x76} // WCAG's example of just enough on white
	if c := Contrast(white, black); math.Abs(c-21) > 1e-9 {
		t.Errorf("white on black has %.3f, want 21", c)
	}
	if c := Contrast(gray, white); math.Abs(c-4.54) > 0.01 {
		t.Errorf("#767676 on white has %.3f, want 4.54", c)
	}
}

func TestErrorsSayWhatToDo(t *testing.T) {
	sample := Sample()
	rows := []struct{ name, data, want string }{
		{"a missing role is named", dropLine(sample, "warn "), `theme "mine": role "warn" is missing (see: wallboard themes --sample)`},
		{"an unknown role is named", sample + "waarn = { fg = \"ink\" }\n", `role "waarn" is not known`},
		{"an unknown key is named", strings.Replace(sample, "bold = true", "blod = true", 1), `blod" is not known`},
		{"an unknown color is named", strings.Replace(sample, `fg = "amber"`, `fg = "ambre"`, 1), `role "warn": color "ambre" is not in [colors]`},
		{"a short hex value is refused", strings.Replace(sample, "#191d28", "#191d2", 1), `color "night": hex is "#191d2", want #rrggbb`},
		{"a hex value with a sign is refused", strings.Replace(sample, "#191d28", "#+91d28", 1), `color "night": hex is "#+91d28", want #rrggbb`},
		{"an xterm number of the user's own 16 is refused", strings.Replace(sample, "xterm = 234", "xterm = 4", 1), `color "night": xterm must be`},
		{"an unknown ansi name is refused", strings.Replace(sample, `"bright-yellow"`, `"gold"`, 1), `color "amber": ansi is "gold"`},
		{"dark must be said", dropLine(sample, "dark "), `"dark" is missing`},
		{"broken TOML has its line", "title = \n", "line 1, column"},
		{"a huge file is refused", strings.Repeat("#", maxBytes+1), "more than"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			_, err := Parse("mine", []byte(row.data))
			if err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("got error %v, want one with %q", err, row.want)
			}
		})
	}
}

func dropLine(s, prefix string) string {
	var kept []string
	for _, line := range strings.Split(s, "\n") {
		if !strings.HasPrefix(line, prefix) {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

func TestAUsersOwnFileIsReadByItsPath(t *testing.T) {
	name := filepath.Join(t.TempDir(), "mine.toml")
	if err := os.WriteFile(name, []byte(Sample()), 0o600); err != nil {
		t.Fatal(err)
	}
	theme, err := Load(name)
	if err != nil || theme.Name != "mine" {
		t.Fatalf("got theme %q, error %v", theme.Name, err)
	}
	if _, err := Load("nosuch"); err == nil || !strings.Contains(err.Error(), strings.Join(Names(), ", ")) {
		t.Errorf("an unknown name gives %v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(Sample()))
	f.Add([]byte("dark = true\n[roles]\nbase = {}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		theme, err := Parse("fuzz", data)
		if err != nil && theme != (Theme{}) {
			t.Error("a refused theme must be empty")
		}
	})
}
