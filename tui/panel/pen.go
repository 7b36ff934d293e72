// Package panel owns drawing: data, a canvas and a pen in, cells out. Every
// panel fills exactly the canvas it is given. It must not know pages, keys'
// meanings, Bubble Tea or where a snapshot comes from.
package panel

import (
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/chart"
	"wallboard/tui/i18n"
	"wallboard/tui/layout"
	"wallboard/tui/screen"
	"wallboard/tui/style"
	"wallboard/tui/text"
)

// Pen is what panels draw with: the looks, words and numbers of one program.
type Pen struct {
	Look  *style.Sheet
	Say   *i18n.Catalogue
	Num   *i18n.Format
	Zone  *time.Location // of the floor on the screen
	Plot  *chart.Cache
	Masks *Masks       // of people's names; nil: they are shown
	Hits  *Hits        // what of the frame being drawn answers to the mouse
	Trail []clean.Text // the way to the page on the screen, outermost first; set with each frame

	index finder
	// Kept from frame to frame, for sharing rows out among breaches.
	places []Notice
	rows   []int
}

// NewPen returns a pen; the zone is set with each scene.
func NewPen(look *style.Sheet, say *i18n.Catalogue, num *i18n.Format) *Pen {
	return &Pen{Look: look, Say: say, Num: num, Zone: time.UTC, Plot: new(chart.Cache), Hits: new(Hits)}
}

// Focus says whether a panel has the keys.
type Focus bool

// The two states of a panel.
const (
	Unfocused Focus = false
	Focused   Focus = true
)

// Box draws the frame of a panel with its title and returns the inside. A
// canvas too low for a frame gets the title alone.
func (p *Pen) Box(c screen.Canvas, title clean.Text, f Focus) screen.Canvas {
	border := p.Look.Border
	if f == Focused {
		border = p.Look.Focus
	}
	return c.Box(title, border, p.Look.Title)
}

// Note writes a remark into the lower edge of a panel, at the right.
func (p *Pen) Note(c screen.Canvas, t clean.Text) {
	w, h := c.Size()
	need := text.Width(t.String())
	if t.Empty() || need+6 > w || h < 2 {
		return
	}
	x := w - need - 3
	c.Set(x-1, h-1, ' ', p.Look.Border)
	c.Print(x, h-1, t, p.Look.Dim)
	c.Set(x+need, h-1, ' ', p.Look.Border)
}

// Heading writes the title of a panel without a frame and returns what is below.
func (p *Pen) Heading(c screen.Canvas, title clean.Text, f Focus) screen.Canvas {
	w, h := c.Size()
	look := p.Look.Title
	if f == Focused {
		look = p.Look.Accent
	}
	c.PrintFit(1, 0, w-1, title, look, screen.Left)
	return c.Sub(layout.Rect{Y: 1, W: w, H: h - 1})
}

// Panel is Box where boxed, else Heading.
func (p *Pen) Panel(c screen.Canvas, title clean.Text, f Focus, boxed bool) screen.Canvas {
	if boxed {
		return p.Box(c, title, f)
	}
	return p.Heading(c, title, f)
}

// Empty writes why there is nothing here, in the middle of the canvas.
func (p *Pen) Empty(c screen.Canvas, t clean.Text) {
	w, h := c.Size()
	if h > 0 {
		c.PrintFit(1, h/2, w-2, t, p.Look.Dim, screen.Center)
	}
}

// LevelWord returns the word that always stands beside a level's glyph.
func (p *Pen) LevelWord(l metrics.Level) clean.Text {
	switch l {
	case metrics.LevelOK:
		return p.Say.Say(i18n.LevelOK)
	case metrics.LevelWarn:
		return p.Say.Say(i18n.LevelWarn)
	case metrics.LevelCritical:
		return p.Say.Say(i18n.LevelCritical)
	case metrics.LevelStale:
		return p.Say.Say(i18n.LevelStale)
	}
	return p.Say.Say(i18n.LevelNoData)
}

// Glyph draws a level's sign in one cell. What is well is not loud: ok is dim.
func (p *Pen) Glyph(c screen.Canvas, x, y int, l metrics.Level) {
	r, look := p.Look.Level(l)
	if l == metrics.LevelCritical {
		look = look.Without(screen.Reverse) // the sign alone; words and numbers are reversed
	}
	c.Set(x, y, r, look)
}

// Graded returns the look of a number at a level: plain unless it is a breach.
func (p *Pen) Graded(l metrics.Level) screen.Style {
	switch l {
	case metrics.LevelWarn:
		return p.Look.Warn
	case metrics.LevelCritical:
		return p.Look.Critical
	case metrics.LevelStale:
		return p.Look.Stale
	}
	return p.Look.Text
}

// Fact writes "label value" from x and returns the column after it.
func (p *Pen) Fact(c screen.Canvas, x, y int, label, value clean.Text, look screen.Style) int {
	x += c.Print(x, y, label, p.Look.Dim) + 1
	return x + c.Print(x, y, value, look)
}

// Row is line y of a canvas.
func Row(c screen.Canvas, y int) screen.Canvas {
	w, _ := c.Size()
	return c.Sub(layout.Rect{Y: y, W: w, H: 1})
}

// Tag writes what a panel is about into its lower edge, at the left.
func (p *Pen) Tag(c screen.Canvas, t clean.Text) {
	w, h := c.Size()
	room := min(text.Width(t.String()), w-6)
	if room <= 0 || h < 2 {
		return
	}
	c.Set(1, h-1, ' ', p.Look.Border)
	c.PrintFit(2, h-1, room, t, p.Look.Accent, screen.Left)
	c.Set(2+room, h-1, ' ', p.Look.Border)
}

// KeyHint is a key and what it does here.
type KeyHint struct {
	Key  string
	Word i18n.ID
}

// KeyHints writes keys into the lower edge of a panel, at the left, as far as
// they take no more than half of it.
func (p *Pen) KeyHints(c screen.Canvas, hints []KeyHint) {
	w, h := c.Size()
	x := 1
	for _, k := range hints {
		key, word := clean.Own(k.Key), p.Say.Say(k.Word)
		need := text.Width(k.Key) + text.Width(word.String()) + 4
		if h < 2 || x+need > w*2/3 {
			return
		}
		c.Sub(layout.Rect{X: x, Y: h - 1, W: need, H: 1}).Fill(' ', p.Look.Border)
		x += 1 + c.Print(x+1, h-1, key, p.Look.Key)
		x += 2 + c.Print(x+1, h-1, word, p.Look.Dim)
	}
	if x > 1 {
		c.Set(x, h-1, ' ', p.Look.Border)
	}
}
