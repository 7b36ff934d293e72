package agent

import (
	"wallboard/tui/page"
	"wallboard/tui/panel"
	"wallboard/tui/sheet"
)

// Exported returns the sessions that the person has.
func (a *Agent) Exported(s *panel.Scene) sheet.Sheet {
	return sheet.Sheet{Tables: []sheet.Table{a.legs.Sheet(s, "sessions")}}
}

// Listed is the list of sessions.
func (a *Agent) Listed() page.Listed { return &a.legs }
