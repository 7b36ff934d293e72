package agents

import (
	"wallboard/metrics"
	"wallboard/tui/page"
	"wallboard/tui/panel"
	"wallboard/tui/sheet"
)

// Exported returns the table of people and their rows; masked there are no rows,
// which are called by people's ids.
func (a *Agents) Exported(s *panel.Scene) sheet.Sheet {
	out := sheet.Sheet{Tables: []sheet.Table{a.list.Sheet(s, "agents")}}
	if s.Floor != nil && !s.Masked {
		keys := map[metrics.Key]bool{}
		for _, one := range a.list.Rows() {
			if one.Row != nil {
				keys[one.Row.Key] = true
			}
		}
		out.Rows = page.InKeys(keys)
	}
	return out
}

// Listed is the table.
func (a *Agents) Listed() page.Listed { return &a.list }
