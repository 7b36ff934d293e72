package queues

import (
	"wallboard/metrics"
	"wallboard/tui/page"
	"wallboard/tui/panel"
	"wallboard/tui/sheet"
)

// Exported returns the table and its rows.
func (q *Queues) Exported(s *panel.Scene) sheet.Sheet {
	out := sheet.Sheet{Tables: []sheet.Table{q.list.Sheet(s, "queues")}}
	if s.Floor != nil {
		out.Rows = page.InKeys(page.QueueKeys(map[metrics.Key]bool{s.Row.Key: true}, &q.list))
	}
	return out
}

// Listed is the table.
func (q *Queues) Listed() page.Listed { return &q.list }
