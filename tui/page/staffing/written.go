package staffing

import (
	"wallboard/metrics/fact"
	"wallboard/tui/page"
	"wallboard/tui/panel"
	rows "wallboard/tui/sheet"
)

// Exported returns the table of the view in force.
func (v *Staffing) Exported(s *panel.Scene) rows.Sheet {
	name := "places"
	if v.view == byTeam {
		name = "teams"
	}
	return rows.Sheet{Tables: []rows.Table{v.list().Sheet(s, name)}}
}

// Listed is the table of the view in force.
func (v *Staffing) Listed() page.Listed { return v.list() }

// written is what files hold of the table: who is short is below nought.
func written() map[string][]panel.Field[place] {
	type field = panel.Field[place]
	return map[string][]field{
		"level": {{Name: "level", Cell: func(s *panel.Scene, pl place) rows.Cell { return rows.Word(standing(s, pl).String()) }}},
		"queue": {
			{Name: "of", Cell: func(_ *panel.Scene, pl place) rows.Cell { return rows.Word(pl.row.Key.Scope.String()) }},
			{Name: "name", Cell: func(_ *panel.Scene, pl place) rows.Cell { return rows.Text(pl.name()) }},
		},
		panel.StaffingGap: {{Name: panel.StaffingGap, Cell: func(s *panel.Scene, pl place) rows.Cell {
			gap := s.Read(panel.StaffingGap, pl.row, fact.Window15m)
			return rows.Number(sortable(gap))
		}}},
		"covered": panel.Unwritten[place](),
	}
}
