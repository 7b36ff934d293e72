package style

import (
	"fmt"
	"reflect"
	"testing"

	"wallboard/metrics"
	"wallboard/themes"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

func load(t *testing.T, name string) themes.Theme {
	t.Helper()
	theme, err := themes.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return theme
}

func sheet(t *testing.T, name string, p screen.Profile, o Options) *Sheet {
	t.Helper()
	s, err := New(load(t, name), p, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEveryRoleHasItsPlaceInTheSheet(t *testing.T) {
	s := &Sheet{}
	seen := map[*screen.Style]bool{}
	for r, into := range s.roles() {
		if r >= themes.NumRoles || seen[into] {
			t.Errorf("role %d has no place of its own", r)
		}
		seen[into] = true
	}
	if len(seen) != int(themes.NumRoles) {
		t.Errorf("%d of %d roles have a place", len(seen), themes.NumRoles)
	}
}

func TestColoursAreNamedAsTheTerminalDrawsThem(t *testing.T) {
	rows := []struct {
		profile screen.Profile
		want    screen.Style
	}{
		{screen.TrueColor, screen.Style{FG: screen.RGB(0xf3, 0xba, 0x62), Attr: screen.Bold}},
		{screen.ANSI256, screen.Style{FG: screen.Indexed(215), Attr: screen.Bold}},
		{screen.ANSI16, screen.Style{FG: screen.ANSI(11), Attr: screen.Bold}},
		{screen.NoColor, screen.Style{Attr: screen.Bold | screen.Underline}},
	}
	for _, row := range rows {
		if got := sheet(t, "dusk", row.profile, Options{}).Warn; got != row.want {
			t.Errorf("profile %s draws warn as %+v, want %+v", row.profile, got, row.want)
		}
	}
}

func TestCriticalIsReverseInEveryThemeAndProfile(t *testing.T) {
	for _, name := range themes.Names() {
		for p := screen.NoColor; p <= screen.TrueColor; p++ {
			s := sheet(t, name, p, Options{})
			if s.Critical.Attr&screen.Reverse == 0 {
				t.Errorf("theme %q, %s colours: critical is not reverse", name, p)
			}
			if s.Selected == s.Text || s.Selected == (screen.Style{}) {
				t.Errorf("theme %q, %s colours: the selected row looks like any other", name, p)
			}
		}
	}
}

func TestRedIsGoodSwapsChangesButNotLevels(t *testing.T) {
	a := sheet(t, "dusk", screen.TrueColor, Options{})
	b := sheet(t, "dusk", screen.TrueColor, Options{Red: RedIsGood})
	if a.Good != b.Bad || a.Bad != b.Good || a.Good == a.Bad {
		t.Error("good and bad are not swapped")
	}
	if a.Critical != b.Critical || a.OK != b.OK {
		t.Error("the levels changed")
	}
}

func TestTheSelectedRowKeepsItsRoles(t *testing.T) {
	for _, name := range themes.Names() {
		for p := screen.NoColor; p <= screen.TrueColor; p++ {
			s := sheet(t, name, p, Options{})
			for role, look := range map[string]screen.Style{"text": s.Text, "warn": s.Warn, "dim": s.Dim} {
				if got := s.Select(look); got == look || got.FG != look.FG || got.Attr&look.Attr != look.Attr {
					t.Errorf("theme %q, %s colours: %s is selected as %+v", name, p, role, got)
				}
			}
			if got := s.Select(s.Critical); got.Attr&screen.Reverse == 0 || got.BG == s.Selected.BG && !got.BG.IsZero() {
				t.Errorf("theme %q, %s colours: critical is selected as %+v", name, p, got)
			}
		}
	}
}

func TestSheetsOfOneProcessAreApart(t *testing.T) {
	a := sheet(t, "dusk", screen.TrueColor, Options{})
	before := *a
	sheet(t, "paper", screen.ANSI16, Options{Glyphs: ASCII, Red: RedIsGood})
	if *a != before {
		t.Error("making a second sheet changed the first")
	}
}

// runes calls f for each rune that v holds at any depth.
func runes(v reflect.Value, name string, f func(name string, r rune)) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			runes(v.Field(i), name+"."+v.Type().Field(i).Name, f)
		}
	case reflect.Array:
		for i := range v.Len() {
			runes(v.Index(i), fmt.Sprintf("%s[%d]", name, i), f)
		}
	case reflect.Int32:
		f(name, rune(v.Int()))
	}
}

func TestEveryGlyphTakesOneCell(t *testing.T) {
	for set := range NumGlyphSets {
		s := sheet(t, "dusk", screen.TrueColor, Options{Glyphs: set})
		check := func(name string, r rune) {
			if r == 0 && set == ASCII {
				return // halves do not exist in ASCII
			}
			if text.RuneWidth(r) != 1 {
				t.Errorf("%s %q takes %d cells", name, r, text.RuneWidth(r))
			}
			if set == ASCII && r >= 0x7F {
				t.Errorf("%s %q of the ASCII set is not ASCII", name, r)
			}
		}
		runes(reflect.ValueOf(s.Glyphs), "Glyphs", check)
		runes(reflect.ValueOf(s.Lines), "Lines", check)
	}
}

func TestEachLevelHasItsOwnGlyph(t *testing.T) {
	for set := range NumGlyphSets {
		s := sheet(t, "mono", screen.NoColor, Options{Glyphs: set})
		seen := map[rune]metrics.Level{}
		for _, l := range []metrics.Level{metrics.LevelUnknown, metrics.LevelOK, metrics.LevelWarn, metrics.LevelCritical, metrics.LevelStale} {
			r, _ := s.Level(l)
			if other, ok := seen[r]; ok {
				t.Errorf("levels %s and %s have the same glyph %q", l, other, r)
			}
			seen[r] = l
		}
	}
}

func TestTheEnvironmentDecidesTheColours(t *testing.T) {
	rows := []struct {
		name string
		env  map[string]string
		want screen.Profile
	}{
		{"NO_COLOR wins over everything", map[string]string{"NO_COLOR": "1", "TERM": "xterm-kitty", "COLORTERM": "truecolor"}, screen.NoColor},
		{"an empty NO_COLOR says nothing", map[string]string{"NO_COLOR": "", "TERM": "xterm-256color"}, screen.ANSI256},
		{"COLORTERM says 24 bits", map[string]string{"TERM": "xterm-256color", "COLORTERM": "truecolor"}, screen.TrueColor},
		{"tmux with COLORTERM draws 24 bits", map[string]string{"TERM": "tmux-256color", "COLORTERM": "truecolor"}, screen.TrueColor},
		{"GNU screen hands on the COLORTERM from outside but not the colours", map[string]string{"TERM": "screen-256color", "COLORTERM": "truecolor"}, screen.ANSI256},
		{"a terminal known for 24 bits needs no COLORTERM", map[string]string{"TERM": "alacritty"}, screen.TrueColor},
		{"the Linux console has 16", map[string]string{"TERM": "linux"}, screen.ANSI16},
		{"plain xterm has 16", map[string]string{"TERM": "xterm"}, screen.ANSI16},
		{"a dumb terminal has none", map[string]string{"TERM": "dumb"}, screen.NoColor},
		{"no TERM has none", nil, screen.NoColor},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			if got := ProfileFrom(lookup(row.env)); got != row.want {
				t.Errorf("got %s, want %s", got, row.want)
			}
		})
	}
}

func TestTheLocaleDecidesTheGlyphs(t *testing.T) {
	rows := []struct {
		name string
		env  map[string]string
		want GlyphSet
	}{
		{"no locale says nothing", nil, Unicode},
		{"UTF-8 in LANG", map[string]string{"LANG": "zh_CN.UTF-8"}, Unicode},
		{"LC_ALL wins over LANG", map[string]string{"LANG": "en_US.UTF-8", "LC_ALL": "C"}, ASCII},
		{"C.UTF-8 is UTF-8", map[string]string{"LC_ALL": "C.utf8"}, Unicode},
		{"the POSIX locale is ASCII", map[string]string{"LANG": "POSIX"}, ASCII},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			if got := GlyphSetFrom(lookup(row.env)); got != row.want {
				t.Errorf("got %d, want %d", got, row.want)
			}
		})
	}
}

func lookup(env map[string]string) Lookup {
	return func(name string) (string, bool) {
		v, ok := env[name]
		return v, ok
	}
}

func TestEveryGlyphSetHasItsName(t *testing.T) {
	for set := range NumGlyphSets {
		if got, ok := ParseGlyphSet(set.String()); !ok || got != set {
			t.Errorf("the name %q is that of set %d", set, got)
		}
	}
	if _, ok := ParseGlyphSet("emoji"); ok {
		t.Error("an unknown name is known")
	}
}
