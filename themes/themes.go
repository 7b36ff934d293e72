// Package themes owns the palettes: TOML files that give each role on the
// screen its look, embedded or the user's own, read strictly and checked for
// contrast. It must not know anything else, not even how a look is drawn.
package themes

import (
	"embed"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

//go:embed *.toml
var files embed.FS

// Default is the theme that is used when none is asked for.
const Default = "dusk"

// Role is a part that something plays on the screen. Pages name roles, themes
// say how they look.
type Role uint8

// The roles. Base is the whole screen where nothing else is.
const (
	Base Role = iota
	Text
	Dim
	Title
	Border
	Focus // the border of the panel that has the keys
	Header
	Footer
	Key
	OK
	Warn
	Critical
	Stale
	NoData
	Selected
	Accent
	Good // a change to the better
	Bad  // a change to the worse
	Digits
	Chart1
	Chart2
	Chart3
	Axis
	Threshold
	Band
	Bar
	BarEmpty
	Spark // the course of a figure in a table: seen, not loud
	Heat0
	Heat1
	Heat2
	Heat3
	Heat4
	Heat5
	NumRoles
)

// String returns the role's name in theme files.
func (r Role) String() string { return roleName(r) }

// roleName is a function with a table inside, so that the table cannot change.
func roleName(r Role) string {
	return [NumRoles]string{
		"base", "text", "dim", "title", "border", "focus", "header", "footer", "key",
		"ok", "warn", "critical", "stale", "no_data", "selected", "accent", "good", "bad", "digits",
		"chart1", "chart2", "chart3", "axis", "threshold", "band", "bar", "bar_empty", "spark",
		"heat0", "heat1", "heat2", "heat3", "heat4", "heat5",
	}[r]
}

// Reads says that the role is a text that people must be able to read, so that
// its contrast is checked; the others are lines, bars and marks.
func (r Role) Reads() bool {
	switch r {
	case Border, Focus, Axis, Threshold, Band, Bar, BarEmpty, Spark:
		return false
	}
	return true
}

// Color is one colour under its three names. The zero value is no colour.
type Color struct {
	R, G, B uint8
	X256    uint8 // in xterm's palette of 256, 16…255: the first 16 are the user's
	X16     int8  // of the terminal's 16 colours, None for the terminal's own
	Set     bool
}

// None as Color.X16 leaves the terminal's own colour.
const None = -1

// Look is how one role looks. A zero BG keeps what is underneath.
type Look struct {
	FG, BG                                Color
	Bold, Dim, Italic, Underline, Reverse bool
}

// Suits says for whom a theme is made, which is what Check holds it to.
type Suits uint8

// The zero value is made for nobody in particular.
const (
	Anybody Suits = iota
	LowVision
	RedGreenBlind
	BlueYellowBlind
	numSuits
)

// String returns the word of theme files.
func (s Suits) String() string {
	return [numSuits]string{"", "contrast", "deuteranopia", "tritanopia"}[s]
}

// Theme is one palette: a value that does not change.
type Theme struct {
	Name    string // of the file, without .toml
	Title   string // in English
	TitleZH string // empty: the English one
	Dark    bool
	Suits   Suits
	Looks   [NumRoles]Look
}

// Names returns the names of the embedded themes in order.
func Names() []string {
	entries, err := files.ReadDir(".")
	if err != nil {
		return nil // embedded at build time: cannot happen
	}
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), extension))
	}
	sort.Strings(names)
	return names
}

// Load returns an embedded theme by its name, or reads the user's own file when
// name holds a slash or ends in .toml.
func Load(name string) (Theme, error) { return Shelf{}.Load(name) }

// readFile reads a theme of the user's own. What is larger than any theme is not
// read to its end: the name may be that of a device.
func readFile(file string) (Theme, error) {
	f, err := os.Open(file)
	if err != nil {
		return Theme{}, fmt.Errorf("themes: read the theme file: %w", err)
	}
	defer func() { _ = f.Close() }() // only read
	data, err := io.ReadAll(io.LimitReader(f, maxBytes+1))
	if err != nil {
		return Theme{}, fmt.Errorf("themes: read the theme file: %w", err)
	}
	return Parse(strings.TrimSuffix(filepath.Base(file), extension), data)
}

// embedded returns a theme that ships; known are the names to tell of where
// there is none.
func embedded(name string, known []string) (Theme, error) {
	data, err := files.ReadFile(name + extension)
	if err != nil {
		return Theme{}, fmt.Errorf("theme %q is not known: one of %s, or the path of a .toml file", name, strings.Join(known, ", "))
	}
	return Parse(name, data)
}

// Sample returns the source of a complete theme to begin one's own from.
func Sample() string {
	data, err := files.ReadFile(Default + extension)
	if err != nil {
		return "" // embedded at build time: cannot happen
	}
	return string(data)
}
