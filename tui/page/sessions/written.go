package sessions

import (
	"wallboard/metrics"
	"wallboard/tui/page"
	"wallboard/tui/panel"
	"wallboard/tui/sheet"
)

// Exported returns the list in sight, then the count of each list.
func (v *Sessions) Exported(s *panel.Scene) sheet.Sheet {
	names := [metrics.NumSessionTabs]string{}
	counts := sheet.Table{Name: "lists", Columns: []string{"list", "count", "oldest"}}
	for tab := range v.tabs {
		names[tab] = string(v.tabs[tab].Name)
		if s.Floor != nil {
			t := v.tally(s, metrics.SessionTab(tab))
			counts.Rows = append(counts.Rows, []sheet.Cell{sheet.Last(names[tab]), sheet.Count(t.count), sheet.Since(s.At, t.since)})
		}
	}
	list := v.lists[v.tab].Sheet(s, sheet.LastOf(names[v.tab]))
	return sheet.Sheet{Tables: []sheet.Table{list, counts}}
}

// Listed is the list in sight.
func (v *Sessions) Listed() page.Listed { return &v.lists[v.tab] }
