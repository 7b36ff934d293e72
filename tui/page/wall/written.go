package wall

import (
	"wallboard/metrics"
	"wallboard/tui/page"
	"wallboard/tui/panel"
	"wallboard/tui/sheet"
)

// Exported returns the queues in view, and the rows that all of the wall is made
// of: those of its queues, of the scope, and of the channels and teams in it. A wall
// names nobody, and neither does its file.
func (w *Wall) Exported(s *panel.Scene) sheet.Sheet {
	out := sheet.Sheet{Tables: []sheet.Table{w.queues.Sheet(s, "queues")}}
	if s.Floor == nil {
		return out
	}
	keys := page.QueueKeys(map[metrics.Key]bool{s.Row.Key: true}, &w.queues)
	if s.View.Scope.Scope == metrics.ScopeFloor {
		for _, list := range [...][]*metrics.Row{s.Floor.Channels, s.Floor.Teams} {
			for _, r := range list {
				keys[r.Key] = true
			}
		}
	}
	out.Rows = page.InKeys(keys)
	return out
}

// Listed is the table of queues.
func (w *Wall) Listed() page.Listed {
	w.focus = onQueues
	return &w.queues
}
