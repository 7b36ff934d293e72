// Package sessions owns the page Sessions: the lists of sessions somebody should
// look at, each with its count and its oldest. It must not know other pages.
package sessions

import (
	"wallboard/tui/i18n"
	"wallboard/tui/keys"
	"wallboard/tui/page"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
)

// Sessions is the page.
type Sessions struct{}

// New returns the page.
func New() *Sessions { return new(Sessions) }

// Draw draws the page.
func (*Sessions) Draw(p *panel.Pen, _ *panel.Scene, c screen.Canvas) {
	p.Empty(c, p.Say.Say(i18n.ChartEmpty))
}

// Act does what a key asks of the page.
func (*Sessions) Act(keys.Action, *panel.Scene) page.Request { return page.Request{} }

// SetFilter shows only rows that match.
func (*Sessions) SetFilter(string) {}

// Filter returns the filter in force.
func (*Sessions) Filter() string { return "" }

// Explained returns the number at the cursor.
func (*Sessions) Explained(*panel.Scene) page.Explained { return page.Explained{} }
