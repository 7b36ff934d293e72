// Package tui owns the screen of one viewer: which page is shown, the size, the
// overlays, the tick that pulls the newest snapshot. It runs in Bubble Tea's
// event loop and draws on tui/screen. It must not know NATS or JSON.
package tui

import (
	"context"
	"fmt"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/fact"
	"wallboard/metrics/history"
	"wallboard/metrics/kpi"
	"wallboard/metrics/rule"
	"wallboard/themes"
	"wallboard/tui/i18n"
	"wallboard/tui/keys"
	"wallboard/tui/layout"
	"wallboard/tui/screen"
	"wallboard/tui/style"
)

// Source is where the screen pulls snapshots from. Latest returns nil before
// the first; it must be safe to call from another goroutine.
type Source interface{ Latest() *metrics.Snapshot }

// Sessions answers for one session, which no snapshot carries. It may wait for
// whoever owns the sessions: the screen asks it beside its event loop only. It
// must be safe for concurrent use.
type Sessions interface {
	Session(ctx context.Context, floor, id string) (detail metrics.SessionDetail, found bool, err error)
}

// Past reads stored days; *history.Store does. It reads a disk: the screen asks
// it beside its event loop only. It must be safe for concurrent use.
type Past interface {
	Dates(floor string) ([]string, error)
	Get(floor, date string) (*history.Day, error)
}

// Page is a page that a program may begin with.
type Page uint8

// The pages; the zero value is the wall.
const (
	PageWall Page = iota
	PageQueues
	PageAgents
	PageBreaches
	PageIndicators
	PageHeat
	PageStaffing
	PageSessions
	PageHealth
	numPages
)

// pageEntry is what is known of a page outside it.
type pageEntry struct {
	name   string // on the command line
	number string // that of its key
	key    keys.Action
}

// pageTable is the one place that a page is entered in, besides viewer.pages.
func pageTable() [numPages]pageEntry {
	return [numPages]pageEntry{
		PageWall:       {"wall", "1", keys.PageWall},
		PageQueues:     {"queues", "2", keys.PageQueues},
		PageAgents:     {"agents", "3", keys.PageAgents},
		PageBreaches:   {"breaches", "4", keys.PageBreaches},
		PageIndicators: {"indicators", "5", keys.PageIndicators},
		PageHeat:       {"heat", "6", keys.PageHeat},
		PageStaffing:   {"staffing", "7", keys.PageStaffing},
		PageSessions:   {"sessions", "8", keys.PageSessions},
		PageHealth:     {"health", "9", keys.PageHealth},
	}
}

// pageName returns the page's name on the command line.
func pageName(p Page) string { return pageTable()[p].name }

// PageNames returns the names of all pages in the order of their keys.
func PageNames() []string {
	var out []string
	for _, e := range pageTable() {
		out = append(out, e.name)
	}
	return out
}

// ParsePage returns the page of a name.
func ParsePage(name string) (Page, bool) {
	for p, e := range pageTable() {
		if e.name == name {
			return Page(p), true
		}
	}
	return 0, false
}

// pageOf returns the page that a key shows.
func pageOf(a keys.Action) (Page, bool) {
	for p, e := range pageTable() {
		if e.key == a {
			return Page(p), true
		}
	}
	return 0, false
}

// Digits says how large the wall writes its figures.
type Digits = layout.Digits

// The zero value writes them as large as leaves room for the rest.
const (
	BigDigits   = layout.DigitsFit
	PlainDigits = layout.DigitsPlain
)

// Mouse says whether clicks and the wheel do anything.
type Mouse = screen.Mouse

// The zero value leaves the mouse to the terminal.
const (
	MouseOff = screen.MouseOff
	MouseOn  = screen.MouseOn
)

// Render says how frames are written to the terminal.
type Render = screen.Render

// The renderings, repeated here for whoever resolves a Look.
const (
	RenderDiff  = screen.RenderDiff
	RenderPlain = screen.RenderPlain
)

// Look is everything about how one viewer's screen looks and speaks.
type Look struct {
	Theme   string // a name on the shelf or a path; empty: the default
	Shelf   themes.Shelf
	Lang    i18n.Lang
	Profile screen.Profile
	Glyphs  style.GlyphSet
	Red     style.Meaning
	Digits  Digits
	Mouse   Mouse
	Render  Render // plain frames come once a second, and after a key
}

// Choice is what a viewer looks at first.
type Choice struct {
	Page   Page
	Floor  string      // empty: the first
	Scope  metrics.Key // zero: the floor
	Window fact.Window
	Goals  *kpi.Goals  // targets in force; nil: the catalogue's
	Rules  []rule.Rule // limits in force; nil: not known
	Wall   WallChoice
}

// Clock tells the time of the wall: the screen never asks the system itself.
type Clock func() time.Time

// withDefaults fills in what a Look leaves open.
func (l Look) withDefaults() Look {
	if l.Theme == "" {
		l.Theme = themes.Default
	}
	if l.Lang == "" {
		l.Lang = i18n.English
	}
	if l.Render == RenderPlain {
		// A terminal that is not trusted gets the 16 colours that all have.
		l.Profile, l.Mouse = min(l.Profile, screen.ANSI16), MouseOff
	}
	return l
}

// sheet resolves the theme.
func (l Look) sheet() (*style.Sheet, error) {
	theme, err := l.Shelf.Load(l.Theme)
	if err != nil {
		return nil, fmt.Errorf("tui: load the theme: %w", err)
	}
	look, err := style.New(theme, l.Profile, style.Options{Glyphs: l.Glyphs, Red: l.Red})
	if err != nil {
		return nil, fmt.Errorf("tui: resolve theme %q: %w", l.Theme, err)
	}
	return look, nil
}

// script is the script of the glyph set.
func (l Look) script() i18n.Script {
	if l.Glyphs == style.ASCII {
		return i18n.ASCII
	}
	return i18n.Unicode
}
