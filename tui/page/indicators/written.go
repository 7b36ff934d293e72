package indicators

import (
	"wallboard/metrics"
	"wallboard/metrics/kpi"
	"wallboard/metrics/review"
	"wallboard/tui/page"
	"wallboard/tui/panel"
	"wallboard/tui/sheet"
)

// Exported returns the gap table, then who makes the gap of the indicator at the
// cursor; that which has the keys is first.
func (v *Indicators) Exported(s *panel.Scene) sheet.Sheet {
	v.refresh(s)
	table := v.table.Sheet(s, "indicators")
	v.contributors(s)
	makers := v.makers[v.way].Sheet(s, "gap_by_"+sheet.LastOf(wayWord(v.way)))
	if v.onPart {
		return sheet.Sheet{Tables: []sheet.Table{makers, table}}
	}
	return sheet.Sheet{Tables: []sheet.Table{table, makers}}
}

// Listed is the list that has the keys.
func (v *Indicators) Listed() page.Listed {
	if v.onPart {
		return &v.makers[v.way]
	}
	return &v.table
}

// writtenLines is what files hold of the gap table: values in the unit of each.
func (v *Indicators) writtenLines() map[string][]panel.Field[*review.Line] {
	type field = panel.Field[*review.Line]
	number := func(name string, ok func(*review.Line) bool, of func(*review.Line) float64) field {
		return field{Name: name, Cell: func(_ *panel.Scene, l *review.Line) sheet.Cell { return sheet.Number(sortable(ok(l), of(l))) }}
	}
	known := func(l *review.Line) bool { return l.Value.OK }
	held := func(l *review.Line) bool { return l.HasTarget }
	ranged := func(l *review.Line) bool { return held(l) && l.KPI.Direction == kpi.Within }
	single := func(l *review.Line) bool { return held(l) && l.KPI.Direction != kpi.Within }
	return map[string][]field{
		"level": {{Name: "level", Cell: func(s *panel.Scene, l *review.Line) sheet.Cell { return sheet.Word(v.level(s, l).String()) }}},
		"indicator": {
			{Name: "indicator", Cell: func(_ *panel.Scene, l *review.Line) sheet.Cell { return sheet.Word(l.KPI.ID) }},
			{Name: "unit", Cell: func(_ *panel.Scene, l *review.Line) sheet.Cell { return sheet.Word(string(l.KPI.Unit)) }},
		},
		"target": {
			number("target", single, func(l *review.Line) float64 { return l.Target.Value }),
			number("target_low", ranged, func(l *review.Line) float64 { return l.Target.Lo }), number("target_high", ranged, func(l *review.Line) float64 { return l.Target.Hi }),
		},
		"gap": {number("gap", func(l *review.Line) bool { return known(l) && held(l) }, func(l *review.Line) float64 { return toward(l, l.Gap) })},
		"change": {{Name: "change", Cell: func(s *panel.Scene, l *review.Line) sheet.Cell {
			c := v.change(s, l)
			return sheet.Number(sortable(c.OK, c.Absolute))
		}}},
		"n": {number("n", known, func(l *review.Line) float64 { return float64(l.Value.N) })},
	}
}

// writtenParts is what files hold of who makes a gap.
func writtenParts() map[string][]panel.Field[*part] {
	type field = panel.Field[*part]
	return map[string][]field{"place": {
		{Name: "of", Cell: func(_ *panel.Scene, one *part) sheet.Cell {
			if one.Key == (metrics.Key{}) {
				return sheet.Word("rest")
			}
			return sheet.Word(one.Key.Scope.String())
		}},
		{Name: "queue", Cell: func(_ *panel.Scene, one *part) sheet.Cell { return sheet.Text(one.Key.Queue) }},
		{Name: "channel", Cell: func(_ *panel.Scene, one *part) sheet.Cell { return sheet.Text(one.Key.Channel) }},
		{Name: "team", Cell: func(_ *panel.Scene, one *part) sheet.Cell { return sheet.Text(one.Key.Team) }},
	}}
}
