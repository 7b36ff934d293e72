package themes

import (
	"bytes"
	"errors"
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// maxBytes bounds a theme file; a whole one has about 3 KB.
const maxBytes = 64 << 10

// hint ends the errors that a complete example would have prevented.
const hint = "(see: wallboard themes --sample)"

// file is a theme as it is written.
type file struct {
	Title   string               `toml:"title"`
	TitleZH string               `toml:"title_zh"`
	Suits   string               `toml:"suits"`
	Dark    *bool                `toml:"dark"`
	Colors  map[string]fileColor `toml:"colors"`
	Roles   map[string]fileLook  `toml:"roles"`
}

type fileColor struct {
	Hex   string `toml:"hex"`
	Xterm *int   `toml:"xterm"`
	ANSI  string `toml:"ansi"`
}

type fileLook struct {
	FG        string `toml:"fg"`
	BG        string `toml:"bg"`
	Bold      bool   `toml:"bold"`
	Dim       bool   `toml:"dim"`
	Italic    bool   `toml:"italic"`
	Underline bool   `toml:"underline"`
	Reverse   bool   `toml:"reverse"`
}

// Parse reads a theme strictly: every role is there, none is unknown, every
// colour is complete and used names exist. The error says which is not so.
func Parse(name string, data []byte) (Theme, error) {
	t, err := parse(name, data)
	if err != nil {
		return Theme{}, fmt.Errorf("theme %q: %w", name, err)
	}
	return t, nil
}

func parse(name string, data []byte) (Theme, error) {
	if len(data) > maxBytes {
		return Theme{}, fmt.Errorf("the file has more than %d bytes", maxBytes)
	}
	var f file
	if err := decode(data, &f); err != nil {
		return Theme{}, err
	}
	if f.Dark == nil {
		return Theme{}, errors.New("\"dark\" is missing: true or false " + hint)
	}
	colors := make(map[string]Color, len(f.Colors))
	for _, key := range sortedKeys(f.Colors) {
		c, err := parseColor(f.Colors[key])
		if err != nil {
			return Theme{}, fmt.Errorf("color %q: %w", key, err)
		}
		colors[key] = c
	}
	suits, err := parseSuits(f.Suits)
	if err != nil {
		return Theme{}, err
	}
	t := Theme{Name: name, Title: f.Title, TitleZH: f.TitleZH, Dark: *f.Dark, Suits: suits}
	for r := range NumRoles {
		look, ok := f.Roles[r.String()]
		if !ok {
			return Theme{}, fmt.Errorf("role %q is missing %s", r, hint)
		}
		delete(f.Roles, r.String())
		var err error
		if t.Looks[r], err = parseLook(look, colors); err != nil {
			return Theme{}, fmt.Errorf("role %q: %w", r, err)
		}
	}
	for _, key := range sortedKeys(f.Roles) {
		return Theme{}, fmt.Errorf("role %q is not known %s", key, hint)
	}
	return t, nil
}

// parseSuits reads for whom a theme is made.
func parseSuits(word string) (Suits, error) {
	var known []string
	for s := range numSuits {
		if s.String() == word {
			return s, nil
		}
		known = append(known, strconv.Quote(s.String()))
	}
	return 0, fmt.Errorf("suits is %q, want one of %s", word, strings.Join(known, ", "))
}

// decode reads TOML and refuses keys that a theme does not have.
func decode(data []byte, f *file) error {
	d := toml.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	err := d.Decode(f)
	var strict *toml.StrictMissingError
	if errors.As(err, &strict) && len(strict.Errors) > 0 {
		first := strict.Errors[0]
		row, _ := first.Position()
		return fmt.Errorf("line %d: %q is not known %s", row, strings.Join(first.Key(), "."), hint)
	}
	var syntax *toml.DecodeError
	if errors.As(err, &syntax) {
		row, column := syntax.Position()
		return fmt.Errorf("line %d, column %d: %s", row, column, syntax.Error())
	}
	return err
}

// parseColor reads one colour with all three of its names.
func parseColor(f fileColor) (Color, error) {
	c := Color{Set: true}
	rgb, err := strconv.ParseUint(strings.TrimPrefix(f.Hex, "#"), 16, 32)
	if err != nil || len(f.Hex) != 7 || f.Hex[0] != '#' {
		return Color{}, fmt.Errorf("hex is %q, want #rrggbb", f.Hex)
	}
	c.R, c.G, c.B = uint8(rgb>>16), uint8(rgb>>8), uint8(rgb)
	if f.Xterm == nil || *f.Xterm < 16 || *f.Xterm > 255 {
		return Color{}, fmt.Errorf("xterm must be a number from 16 to 255 (the first 16 are the user's own)")
	}
	c.X256 = uint8(*f.Xterm)
	for i, n := range ansiNames() {
		if n == f.ANSI {
			c.X16 = int8(i) + None
			return c, nil
		}
	}
	return Color{}, fmt.Errorf("ansi is %q, want one of %s", f.ANSI, strings.Join(ansiNames(), ", "))
}

// ansiNames returns the names of None and the 16 colours, in order.
func ansiNames() []string {
	return []string{
		"none", "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
		"bright-black", "bright-red", "bright-green", "bright-yellow",
		"bright-blue", "bright-magenta", "bright-cyan", "bright-white",
	}
}

// parseLook resolves the colour names of one role.
func parseLook(f fileLook, colors map[string]Color) (Look, error) {
	l := Look{Bold: f.Bold, Dim: f.Dim, Italic: f.Italic, Underline: f.Underline, Reverse: f.Reverse}
	for _, part := range []struct {
		name string
		into *Color
	}{{f.FG, &l.FG}, {f.BG, &l.BG}} {
		if part.name == "" {
			continue
		}
		c, ok := colors[part.name]
		if !ok {
			return Look{}, fmt.Errorf("color %q is not in [colors]", part.name)
		}
		*part.into = c
	}
	return l, nil
}

// sortedKeys returns m's keys in order, so that the first error is always the
// same one.
func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
