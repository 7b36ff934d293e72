package indicators

import (
	"math"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/chart"
	"wallboard/tui/i18n"
	"wallboard/tui/keys"
	"wallboard/tui/page"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
)

// wayWord names by what a gap is split.
func wayWord(w way) i18n.ID {
	return [numWays]i18n.ID{i18n.ReviewQueues, i18n.ReviewChannels, i18n.ReviewTeams}[w]
}

// drawMakers draws who makes the gap of the selected indicator, the largest
// first.
func (v *Indicators) drawMakers(p *panel.Pen, s *panel.Scene, c screen.Canvas, w way, boxed bool) {
	list := &v.makers[w]
	list.Prepare(s)
	if v.toTop[w] {
		v.toTop[w] = false
		list.Act(keys.First)
	}
	focus := panel.Focus(v.onPart && v.way == w)
	in := p.Panel(c, p.Say.Fill(i18n.PanelMadeBy, p.Say.Say(wayWord(w))), focus, boxed)
	if len(v.parts[w]) == 0 {
		p.Empty(in, v.whyNone(p, w))
		return
	}
	list.Draw(p, s, in, focus)
	if !boxed {
		return
	}
	if _, below := list.Hidden(); below > 0 {
		p.Note(c, page.MoreRows(p, below))
	} else if v.ways == 1 {
		p.Note(c, p.Say.Say(i18n.ReviewSwitch))
	}
	if l := v.selected(); l != nil && l.OK {
		p.Tag(c, p.Say.Say(i18n.ReviewNoGap))
	}
}

// whyNone says why nobody makes a gap, and what to do.
func (v *Indicators) whyNone(p *panel.Pen, w way) clean.Text {
	switch l := v.selected(); {
	case l == nil || !l.Value.OK:
		return p.Say.Say(i18n.ReviewNoData)
	case !l.HasTarget:
		return p.Say.Say(i18n.ReviewNoTarget)
	}
	return p.Say.Fill(i18n.ReviewNoParts, p.Say.Say(wayWord(w)))
}

type partColumn = panel.Column[*part]

// partColumns are those of a list of who makes the gap.
func partColumns(v *Indicators) []partColumn {
	return []partColumn{
		{ID: "level", Width: 1, Draw: func(p *panel.Pen, s *panel.Scene, c screen.Canvas, one *part) {
			if row := s.RowOf(one.Key); row != nil && s.RowLevel(row) >= metrics.LevelWarn {
				p.Glyph(c, 0, 0, s.RowLevel(row))
			}
		}},
		{ID: "place", Title: i18n.ColPlace, Width: 16, Flex: true,
			Draw: func(p *panel.Pen, s *panel.Scene, c screen.Canvas, one *part) {
				name, look := placeOf(p, s, one.Key), p.Look.Text
				if one.Key == (metrics.Key{}) {
					name, look = p.Say.Say(i18n.ReviewRest), p.Look.Dim
				}
				c.PrintFit(0, 0, width(c), name, look, screen.Left)
			},
			Name: func(one *part) string { return one.id }},
		{ID: "value", Title: i18n.ColNow, Width: 8, Right: true,
			Draw: func(p *panel.Pen, s *panel.Scene, c screen.Canvas, one *part) {
				if one.Value.OK {
					number(c, p.Bounded(v.made.kpi.ID, one.Value), p.Look.Text)
				}
			},
			Value: func(_ *panel.Scene, one *part) float64 { return sortable(one.Value.OK, one.Value.V) }},
		{ID: "adds", Title: i18n.ColAdds, Width: 7, Right: true, Drop: 1,
			Draw: func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, one *part) {
				look := p.Look.Text
				if one.Gap < 0 {
					look = p.Look.Dim
				}
				if l := v.line(v.made.kpi); l != nil {
					number(c, p.Change(l.KPI.ID, toward(l, one.Gap)), look)
				}
			},
			Value: func(_ *panel.Scene, one *part) float64 { return one.Gap }},
		{ID: "share", Title: i18n.ColShare, Width: 5, Right: true, Drop: 2,
			Draw: func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, one *part) {
				if one.Gap > 0 && one.Share > 0 {
					number(c, clean.Own(p.Num.Whole(one.Share, i18n.Nearest).String()+" %"), p.Look.Dim)
				}
			},
			Value: func(_ *panel.Scene, one *part) float64 { return one.Share }},
		{ID: "bar", Width: 4, Flex: true, Drop: 3,
			Draw: func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, one *part) {
				if one.Gap > 0 && one.top > 0 {
					chart.Bar(c, 1, 0, width(c)-2, math.Min(1, one.Gap/one.top), p.Look.Bar, p.Look.BarEmpty, p.Look.Glyphs)
				}
			}},
	}
}
