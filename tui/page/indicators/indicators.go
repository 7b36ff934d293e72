// Package indicators owns the page Indicators: the gap table of the indicators,
// before and after side by side, and who makes the gap. It must not know other
// pages.
package indicators

import (
	"wallboard/tui/i18n"
	"wallboard/tui/keys"
	"wallboard/tui/page"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
)

// Indicators is the page.
type Indicators struct{}

// New returns the page.
func New() *Indicators { return new(Indicators) }

// Draw draws the page.
func (*Indicators) Draw(p *panel.Pen, _ *panel.Scene, c screen.Canvas) {
	p.Empty(c, p.Say.Say(i18n.ChartEmpty))
}

// Act does what a key asks of the page.
func (*Indicators) Act(keys.Action, *panel.Scene) page.Request { return page.Request{} }

// SetFilter shows only rows that match.
func (*Indicators) SetFilter(string) {}

// Filter returns the filter in force.
func (*Indicators) Filter() string { return "" }

// Explained returns the number at the cursor.
func (*Indicators) Explained(*panel.Scene) page.Explained { return page.Explained{} }
