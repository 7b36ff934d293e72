package heat

import (
	"wallboard/tui/page"
	"wallboard/tui/panel"
	"wallboard/tui/sheet"
)

// Exported returns the map, an hour of a row each line: what stands side by side
// on the screen is one below the other in a file.
func (h *Heat) Exported(s *panel.Scene) sheet.Sheet {
	t := sheet.Table{Name: h.figure(), Columns: []string{"row", "hour", "from", "to", "kpi", "value", "n"}}
	for i := range h.grid.lines {
		l := &h.grid.lines[i]
		for j := range l.cells {
			t.Rows = append(t.Rows, h.cell(s, l, j))
		}
	}
	return sheet.Sheet{Tables: []sheet.Table{t}}
}

func (h *Heat) cell(s *panel.Scene, l *line, hour int) []sheet.Cell {
	span, v := h.grid.spans[hour], l.cells[hour].value
	row := []sheet.Cell{sheet.Word(l.id), {}, sheet.Moment(span.From, page.Zone(s)), sheet.Moment(span.To, page.Zone(s)), sheet.Word(h.figure()), {}, {}}
	if span.Hour >= 0 {
		row[1] = sheet.Count(span.Hour)
	}
	if v.OK {
		row[5], row[6] = sheet.Number(v.V), sheet.Count(v.N)
	}
	return row
}
