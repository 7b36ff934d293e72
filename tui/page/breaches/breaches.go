// Package breaches owns the page Breaches: what is out of bounds, who has it,
// and what was. It must not know other pages.
package breaches

import (
	"wallboard/tui/keys"
	"wallboard/tui/page"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
)

// Breaches is the page.
type Breaches struct{ filter string }

// New returns the page.
func New() *Breaches { return &Breaches{} }

// Draw draws the page.
func (b *Breaches) Draw(p *panel.Pen, s *panel.Scene, c screen.Canvas) { p.Breaches(c, s) }

// Act does what a key asks of the page.
func (b *Breaches) Act(keys.Action, *panel.Scene) page.Request { return page.Request{} }

// SetFilter shows only breaches that match.
func (b *Breaches) SetFilter(text string) { b.filter = text }

// Filter returns the filter in force.
func (b *Breaches) Filter() string { return b.filter }

// Explained returns the number at the cursor.
func (b *Breaches) Explained(*panel.Scene) page.Explained { return page.Explained{} }
