package session

import (
	"wallboard/tui/page"
	"wallboard/tui/panel"
	"wallboard/tui/sheet"
)

// Exported returns the last steps with the clocks that ended there.
func (v *Session) Exported(s *panel.Scene) sheet.Sheet {
	t := sheet.Table{Name: "steps", Columns: []string{"session", "time", "after", "event", "by", "clock", "seconds", "running"}}
	d, known := v.view(s)
	if !known {
		return sheet.Sheet{Tables: []sheet.Table{t}}
	}
	for _, l := range timeline(d, v.steps(d), s.At) {
		row := []sheet.Cell{sheet.Text(d.ID), sheet.Moment(l.at, page.Zone(s)), {}, sheet.Word("now"), {}, {}, {}, {}}
		if l.after >= 0 {
			row[2] = sheet.Number(float64(l.after) / 1000)
		}
		if !l.now {
			row[3], row[4] = sheet.Word(l.event.String()), sheet.Last(partyWord(l.by))
		}
		if l.ended.clock != "" {
			row[5], row[6] = sheet.Last(l.ended.clock), sheet.Number(float64(l.ended.millis)/1000)
			row[7] = sheet.Word(map[bool]string{true: "yes", false: "no"}[l.ended.running])
		}
		t.Rows = append(t.Rows, row)
	}
	return sheet.Sheet{Tables: []sheet.Table{t}}
}
