// Package doctor owns what a check-up says: it turns facts about the terminal,
// the environment, the configuration and the server into findings with advice,
// and writes them. It must not find anything out itself.
package doctor

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"wallboard/metrics/clean"
	"wallboard/themes"
	"wallboard/tui/i18n"
	"wallboard/tui/layout"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
	"wallboard/tui/style"
)

// Level says how much a finding matters.
type Level uint8

// The levels. Fail would stop the board or leave it empty; Skip was not looked at.
const (
	OK Level = iota
	Warn
	Fail
	Skip
)

// String returns the level's name in JSON.
func (l Level) String() string { return [...]string{"ok", "warn", "fail", "skip"}[l] }

// Finding is one thing that was looked at.
type Finding struct {
	Section, Check i18n.ID
	Level          Level
	Found          clean.Text
	Advice         []clean.Text
	Sample         bool // in place of Found: the levels in their colours
}

// Report is a whole check-up, in the order in which it is read.
type Report []Finding

// Failed returns how many findings would stop the board.
func (r Report) Failed() int { return r.count(Fail) }

func (r Report) count(l Level) int {
	n := 0
	for _, f := range r {
		if f.Level == l {
			n++
		}
	}
	return n
}

// Doctor is what findings are said with.
type Doctor struct {
	Say  *i18n.Catalogue
	Zone *time.Location // of times it writes
}

// found returns a finding that fills in a message.
func (d Doctor) found(section, check i18n.ID, l Level, id i18n.ID, with ...clean.Text) Finding {
	return Finding{Section: section, Check: check, Level: l, Found: d.Say.Fill(id, with...)}
}

// advise adds advice to a finding.
func (d Doctor) advise(f Finding, id i18n.ID, with ...clean.Text) Finding {
	f.Advice = append(f.Advice, d.Say.Fill(id, with...))
	return f
}

// JSON writes the report as one object. Sections, checks and levels are stable;
// what was found is in the language of the report.
func (d Doctor) JSON(w io.Writer, r Report) error {
	type finding struct {
		Section string   `json:"section"`
		Check   string   `json:"check"`
		Level   string   `json:"level"`
		Found   string   `json:"found,omitempty"`
		Advice  []string `json:"advice,omitempty"`
	}
	out := struct {
		OK     bool      `json:"ok"`
		Checks []finding `json:"checks"`
	}{OK: r.Failed() == 0}
	for _, f := range r {
		one := finding{Section: tail(f.Section), Check: tail(f.Check), Level: f.Level.String(), Found: f.Found.String()}
		for _, a := range f.Advice {
			one.Advice = append(one.Advice, a.String())
		}
		out.Checks = append(out.Checks, one)
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(out); err != nil {
		return fmt.Errorf("doctor: write the report: %w", err)
	}
	return nil
}

// Where a line of the report has its parts.
const (
	levelAt = 4
	titleAt = levelAt + 9
	foundAt = titleAt + 17
)

// Paper is what a report is written on.
type Paper struct {
	Sheet  *style.Sheet
	Colour bool // what goes into a file or a pipe has none
}

// Sheet returns the default theme in the colours and glyphs in force.
func Sheet(profile screen.Profile, glyphs style.GlyphSet) (*style.Sheet, error) {
	theme, err := themes.Load(themes.Default)
	if err != nil {
		return nil, fmt.Errorf("doctor: load the theme: %w", err)
	}
	return style.New(theme, profile, style.Options{Glyphs: glyphs})
}

// onTheirs returns the looks for a background that is the reader's own: the 16
// colours, which every terminal makes legible on it, and no others.
func (p Paper) onTheirs() *style.Sheet {
	s := *p.Sheet
	if !p.Colour || s.Profile == screen.NoColor {
		return &s
	}
	s.Text, s.Title, s.Dim = screen.Style{}, screen.Style{Attr: screen.Bold}, screen.Style{Attr: screen.Dim}
	s.OK, s.Warn = screen.Style{FG: screen.ANSI(green)}, screen.Style{FG: screen.ANSI(yellow), Attr: screen.Bold}
	s.Critical, s.NoData, s.Accent = screen.Style{FG: screen.ANSI(red), Attr: screen.Bold}, s.Dim, screen.Style{FG: screen.ANSI(cyan)}
	return &s
}

// The colours of those 16 that are used.
const red, green, yellow, cyan = 1, 2, 3, 6

// Text writes the report for people, in lines of at most width cells.
func (d Doctor) Text(w io.Writer, r Report, p Paper, width int) error {
	g := screen.NewGrid(width, d.rows(r, width))
	g.UseLines(p.Sheet.Lines)
	theme := p.Sheet
	p.Sheet = p.onTheirs()
	c, y := g.Canvas(), 0
	section := i18n.ID("")
	for _, f := range r {
		if f.Section != section {
			if section != "" {
				y++
			}
			section = f.Section
			c.Print(0, y, d.Say.Say(section), p.Sheet.Title)
			y++
		}
		y += d.finding(c.Sub(layout.Rect{Y: y, W: width, H: 1 << 10}), f, p, width)
		if f.Sample {
			sample(c.Sub(layout.Rect{X: foundAt, Y: y - 1, W: width, H: 1}), theme)
		}
	}
	d.summary(c, y+1, r, p)
	out := g.Text()
	if p.Colour && p.Sheet.Profile != screen.NoColor {
		out = g.ANSI(p.Sheet.Profile)
	}
	if _, err := io.WriteString(w, out); err != nil {
		return fmt.Errorf("doctor: write the report: %w", err)
	}
	return nil
}

// finding draws one finding and returns the lines it took.
func (d Doctor) finding(c screen.Canvas, f Finding, p Paper, width int) int {
	glyph, look := d.sign(f.Level, p)
	c.Set(2, 0, glyph, look)
	if f.Level == Warn {
		look = p.Sheet.Title // yellow words are hard to read on white
	}
	c.Print(levelAt, 0, d.word(f.Level), look)
	c.Print(titleAt, 0, d.Say.Say(f.Check), p.Sheet.Dim)
	y := 0
	for _, line := range panel.Wrap(f.Found, width-foundAt) {
		c.Print(foundAt, y, line, p.Sheet.Text)
		y++
	}
	advised := p.Sheet.Accent
	if f.Level == OK {
		advised = p.Sheet.Dim
	}
	for _, advice := range f.Advice {
		c.Print(foundAt, y, d.Say.Plain(clean.Own("→")), advised)
		for _, line := range panel.Wrap(advice, width-foundAt-3) {
			c.Print(foundAt+3, y, line, advised)
			y++
		}
	}
	return y
}

// sample draws the levels and the steps of heat as the board would.
func sample(c screen.Canvas, theme *style.Sheet) {
	c = c.Sub(layout.Rect{W: sampleCells, H: 1})
	c.Fill(' ', theme.Base)
	x := 1
	for _, one := range []struct {
		glyph rune
		look  screen.Style
	}{{theme.Glyphs.OK, theme.OK}, {theme.Glyphs.Warn, theme.Warn}, {theme.Glyphs.Critical, theme.Critical.Without(screen.Reverse)}, {theme.Glyphs.Stale, theme.Stale}} {
		c.Set(x, 0, one.glyph, one.look)
		x += 2
	}
	for _, heat := range theme.Heat {
		c.Sub(layout.Rect{X: x, W: 2, H: 1}).Fill(' ', heat)
		x += 2
	}
}

// sampleCells is the width of a sample: four levels, six steps, and an edge.
const sampleCells = 1 + 4*2 + 6*2 + 1

// rows is how many lines the report takes.
func (d Doctor) rows(r Report, width int) int {
	rows, section := 2, i18n.ID("")
	for _, f := range r {
		if f.Section != section {
			section = f.Section
			rows += 2
		}
		rows += len(panel.Wrap(f.Found, width-foundAt))
		for _, advice := range f.Advice {
			rows += len(panel.Wrap(advice, width-foundAt-3))
		}
	}
	return rows - 1
}

// summary says what it all comes to.
func (d Doctor) summary(c screen.Canvas, y int, r Report, p Paper) {
	count := func(n int) clean.Text { return clean.Line(fmt.Sprint(n)) }
	t, look := d.Say.Say(i18n.DoctorWell), p.Sheet.OK
	switch failed, warned := r.Failed(), r.count(Warn); {
	case failed > 0:
		t, look = d.Say.Fill(i18n.DoctorIll, count(failed), count(len(r))), p.Sheet.Critical.Without(screen.Reverse)
	case warned > 0:
		t, look = d.Say.Fill(i18n.DoctorWellBut, count(warned)), p.Sheet.Title
	}
	c.Print(0, y, t, look.With(screen.Bold))
}

func (d Doctor) sign(l Level, p Paper) (rune, screen.Style) {
	switch l {
	case Warn:
		return p.Sheet.Glyphs.Warn, p.Sheet.Warn
	case Fail:
		return p.Sheet.Glyphs.Stale, p.Sheet.Critical.Without(screen.Reverse)
	case Skip:
		return p.Sheet.Glyphs.NoData, p.Sheet.NoData
	}
	return p.Sheet.Glyphs.OK, p.Sheet.OK
}

func (d Doctor) word(l Level) clean.Text {
	return d.Say.Say([...]i18n.ID{i18n.DoctorOK, i18n.DoctorWarn, i18n.DoctorFail, i18n.DoctorSkip}[l])
}

// tail is a message's name without its group: "doctor.title_size" is "size".
func tail(id i18n.ID) string {
	s := string(id)
	for _, prefix := range []string{"doctor.", "title_"} {
		if len(s) > len(prefix) && s[:len(prefix)] == prefix {
			s = s[len(prefix):]
		}
	}
	return s
}

// MinWidth is the narrowest that a report can be read at.
const MinWidth = foundAt + 24

// WidthFor returns the width to write for a terminal of so many columns; 0 is
// no terminal.
func WidthFor(columns int) int {
	const usual, most = 100, 120
	if columns <= 0 {
		return usual
	}
	return max(MinWidth, min(columns, most))
}
