// Package heat owns the page Heat: touchpoints by hour, how a figure went over
// the day channel by channel or queue by queue. It must not know other pages.
package heat

import (
	"wallboard/tui/i18n"
	"wallboard/tui/keys"
	"wallboard/tui/page"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
)

// Heat is the page.
type Heat struct{}

// New returns the page.
func New() *Heat { return new(Heat) }

// Draw draws the page.
func (*Heat) Draw(p *panel.Pen, _ *panel.Scene, c screen.Canvas) {
	p.Empty(c, p.Say.Say(i18n.ChartEmpty))
}

// Act does what a key asks of the page.
func (*Heat) Act(keys.Action, *panel.Scene) page.Request { return page.Request{} }

// SetFilter shows only rows that match.
func (*Heat) SetFilter(string) {}

// Filter returns the filter in force.
func (*Heat) Filter() string { return "" }

// Explained returns the number at the cursor.
func (*Heat) Explained(*panel.Scene) page.Explained { return page.Explained{} }
