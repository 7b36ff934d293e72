package panel

import (
	"strings"

	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/keys"
	"wallboard/tui/layout"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// Footer draws the keys that work here, the active page marked. A hint stands
// behind the pages, whose names give way to it where there is no room for both.
func (p *Pen) Footer(c screen.Canvas, m *keys.Map, active keys.Action, hint clean.Text) {
	w, _ := c.Size()
	c.Fill(' ', p.Look.Footer)
	help := p.Say.Say(i18n.FootHelp)
	end := w - text.Width(help.String()) - 4
	shows := allWords
	if !hint.Empty() {
		shows = p.roomFor(m, active, end-4-text.Width(hint.String()))
	}
	x := 1
	for _, b := range m.All() {
		if !inFooter(b) || shows != allWords && b.Group != keys.Pages {
			continue
		}
		need := p.footerWidth(b, shows, active)
		if x+need > end-1 {
			break
		}
		p.footerKey(c, x, b, need, active)
		x += need + shows.gap()
	}
	if shows != allWords {
		c.Print(x+2, 0, hint, p.Look.Accent.Without(screen.Bold).On(p.Look.Footer.BG))
	}
	p.Hits.Key(c.Sub(layout.Rect{X: end + 1, W: w - end, H: 1}), keys.Help)
	c.Print(end+1, 0, clean.Own("?"), p.Look.Key)
	c.Print(end+3, 0, help, p.Look.Footer)
}

// footerWords says how much of the footer's keys is written.
type footerWords uint8

const (
	allWords    footerWords = iota // every key with its word
	pageWords                      // the pages' keys with their words
	pageNumbers                    // the pages' keys, the active one's with its word
)

// gap is the room between two keys.
func (f footerWords) gap() int {
	if f == pageNumbers {
		return 1
	}
	return 2
}

// roomFor returns how much of the pages is written in a width, beside a hint; all
// where the hint has no room.
func (p *Pen) roomFor(m *keys.Map, active keys.Action, width int) footerWords {
	for _, shows := range [...]footerWords{pageWords, pageNumbers} {
		need := 1
		for _, b := range m.All() {
			if b.Group == keys.Pages && inFooter(b) {
				need += p.footerWidth(b, shows, active) + shows.gap()
			}
		}
		if need <= width {
			return shows
		}
	}
	return allWords
}

// inFooter says whether a key has a place among the footer's keys.
func inFooter(b keys.Binding) bool {
	return b.Short != "" && b.Binding.Enabled() && b.Action != keys.Help
}

// footerWidth is how many cells a key takes.
func (p *Pen) footerWidth(b keys.Binding, shows footerWords, active keys.Action) int {
	label := text.Width(b.Label())
	if shows == pageNumbers && b.Action != active {
		return label
	}
	return label + 1 + text.Width(p.Say.Say(b.Short).String())
}

// footerKey draws a key and, where its width has room for it, its word.
func (p *Pen) footerKey(c screen.Canvas, x int, b keys.Binding, width int, active keys.Action) {
	label := text.Width(b.Label())
	look := p.Look.Footer
	if b.Action == active {
		look = p.Look.Footer.With(screen.Bold | screen.Underline)
		look.FG = p.Look.Header.FG
	}
	p.Hits.Key(c.Sub(layout.Rect{X: x, W: width, H: 1}), b.Action)
	c.Print(x, 0, clean.Own(b.Label()), p.Look.Key)
	if width > label {
		c.Print(x+label+1, 0, p.Say.Say(b.Short), look)
	}
}

// Prompt draws a line being typed: a leader, the text, the cursor, and after it
// what would complete it. A negative place has no cursor: a remark.
func (p *Pen) Prompt(c screen.Canvas, leader, typed clean.Text, at int, hint clean.Text, hintLook screen.Style) {
	w, _ := c.Size()
	c.Fill(' ', p.Look.Footer)
	x := 1 + c.Print(1, 0, leader, p.Look.Key)
	c.Print(x, 0, typed, p.Look.Header.On(p.Look.Footer.BG))
	if at >= 0 {
		c.Restyle(min(x+at, w-1), 0, 1, p.Caret)
	}
	after := x + text.Width(typed.String()) + 2
	c.PrintFit(after, 0, max(0, min(w-after-1, text.Width(hint.String()))), hint, hintLook, screen.Left)
}

// Caret is the look of the cell at which one types: reversed, or not where the line
// itself is reversed.
func (p *Pen) Caret(s screen.Style) screen.Style {
	if p.Look.Header.Attr&screen.Reverse != 0 {
		return s.Without(screen.Reverse).With(screen.Underline | screen.Bold)
	}
	return s.With(screen.Reverse)
}

// tagLeftOf writes a tag into the lower edge as far as the note at its right
// leaves room: a tag that is cut says nothing.
func (p *Pen) tagLeftOf(c screen.Canvas, tag, note clean.Text) {
	w, _ := c.Size()
	if !tag.Empty() && text.Width(tag.String())+text.Width(note.String())+8 <= w {
		p.Tag(c, tag)
	}
}

// keyLabel writes the keys of a binding: where there are no arrows, by their names.
func (p *Pen) keyLabel(b keys.Binding) clean.Text {
	label := clean.Own(b.Label())
	if p.Say.Plain(label) != label {
		return clean.Own(strings.Join(b.Keys(), " "))
	}
	return label
}

// overlay clears a box over the page and draws its frame.
func (p *Pen) overlay(c screen.Canvas, title, note clean.Text) screen.Canvas {
	c.Fill(' ', p.Look.Base)
	in := p.Box(c, title, Focused)
	p.Note(c, note)
	return in
}
