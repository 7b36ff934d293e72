// Package session owns the drill-down into one session: what is known of it and
// its last steps with the clocks that ran between them. It must not know other
// pages, nor where the steps come from.
package session

import (
	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/keys"
	"wallboard/tui/page"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
)

// Session is the page of one session.
type Session struct{ id clean.Text }

// New returns the page of a session.
func New(id clean.Text) *Session { return &Session{id: id} }

// Draw draws the page.
func (v *Session) Draw(p *panel.Pen, _ *panel.Scene, c screen.Canvas) {
	page.Crumb(p, c, i18n.PageSessions, v.id)
}

// Act does what a key asks of the page.
func (v *Session) Act(keys.Action, *panel.Scene) page.Request { return page.Request{} }

// SetFilter does nothing: a session has few steps.
func (v *Session) SetFilter(string) {}

// Filter returns nothing.
func (v *Session) Filter() string { return "" }

// Explained returns nothing: a step is not a KPI.
func (v *Session) Explained(*panel.Scene) page.Explained { return page.Explained{} }
