package style

import (
	"strings"

	"wallboard/tui/screen"
)

// Lookup returns a variable of one program's environment: os.LookupEnv for the
// local terminal, the session's own variables for a viewer from elsewhere.
type Lookup func(name string) (value string, ok bool)

// get returns the variable, empty when it is not set.
func (l Lookup) get(name string) string {
	v, _ := l(name)
	return v
}

// ProfileFrom returns the colours that the terminal of this environment draws.
// NO_COLOR (no-color.org) wins; then COLORTERM and TERM are believed. The
// terminal itself is never asked: the answer would come in between the keys.
func ProfileFrom(env Lookup) screen.Profile {
	term := strings.ToLower(env.get("TERM"))
	switch {
	case env.get("NO_COLOR") != "", term == "", term == "dumb", strings.HasPrefix(term, "vt"):
		return screen.NoColor
	case trueColor(term, strings.ToLower(env.get("COLORTERM"))):
		return screen.TrueColor
	case strings.Contains(term, "256color"):
		return screen.ANSI256
	}
	return screen.ANSI16
}

// trueColor says whether the terminal draws 24 bits. GNU screen keeps the
// COLORTERM of the terminal outside but passes on no such colour.
func trueColor(term, colorTerm string) bool {
	switch term {
	case "xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "contour":
		return true
	}
	if strings.HasSuffix(term, "-direct") {
		return true
	}
	return (colorTerm == "truecolor" || colorTerm == "24bit") && !strings.HasPrefix(term, "screen")
}

// ErasesInColor says whether erasing fills with the background colour, as all
// but GNU screen and the simplest terminals do.
func ErasesInColor(env Lookup) bool {
	term := strings.ToLower(env.get("TERM"))
	return term != "" && term != "dumb" && !strings.HasPrefix(term, "screen") && !strings.HasPrefix(term, "vt")
}

// GlyphSetFrom returns ASCII when the locale says that the terminal is not in
// UTF-8. A locale that is not set at all says nothing, and nearly every
// terminal is.
func GlyphSetFrom(env Lookup) GlyphSet {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		v := strings.ToLower(env.get(name))
		if v == "" {
			continue
		}
		if strings.Contains(v, "utf-8") || strings.Contains(v, "utf8") {
			return Unicode
		}
		return ASCII
	}
	return Unicode
}
