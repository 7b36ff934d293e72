package agent

import (
	"slices"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
	"wallboard/tui/i18n"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
)

// hourly are the figures shown by the hour, as many as there is room for. What is a sum of many people is not
// set beside what one of them did.
func hourly() [7]struct {
	kpi  string
	team bool
} {
	return [...]struct {
		kpi  string
		team bool
	}{{panel.Handled, false}, {panel.AHT, true}, {panel.FRTp90, true}, {panel.Occupancy, true}, {panel.Response, true}, {panel.ServiceLevel, true}, {"csat", true}}
}

// readEvery is how often, in ms of the engine clock, the hours are read again.
const readEvery = 5_000

// hours is a person's day by the hour beside their team's, read out of the
// snapshot and kept until it can differ: a frame costs only its drawing.
type hours struct {
	of     hoursOf
	spans  []metrics.HourSpan
	lines  []hourLine
	reader kpi.Reader
}

type hoursOf struct {
	reader metrics.HourReader
	settle int64
	num    *i18n.Format
	team   clean.Text
}

type hourLine struct {
	kpi   string
	team  bool // the line above, of the whole team
	cells []clean.Text
}

// read brings the lines up to date.
func (g *hours) read(p *panel.Pen, s *panel.Scene, a *metrics.AgentView) {
	of := hoursOf{reader: s.Snapshot.Hours, settle: s.At / readEvery, num: p.Num, team: a.Team}
	if of == g.of {
		return
	}
	g.of, g.lines = of, g.lines[:0]
	if of.reader == nil {
		return
	}
	g.spans = of.reader.Spans(s.Floor.ID.String(), s.At)
	first := began(s.Floor, a, s.At)
	g.spans = slices.DeleteFunc(slices.Clone(g.spans), func(h metrics.HourSpan) bool { return h.To <= first }) // before they came
	team := teamRow(s, a.Team)
	for _, one := range hourly() {
		g.lines = append(g.lines, hourLine{kpi: one.kpi, cells: g.cells(p, s, one.kpi, a.Row)})
		if one.team && team != nil {
			g.lines = append(g.lines, hourLine{kpi: one.kpi, team: true, cells: g.cells(p, s, one.kpi, team)})
		}
	}
}

func (g *hours) cells(p *panel.Pen, s *panel.Scene, id string, row *metrics.Row) []clean.Text {
	out := make([]clean.Text, len(g.spans))
	k := kpi.Find(id)
	for i, span := range g.spans {
		var v kpi.Value
		if of := g.of.reader.Row(row, s.At, span); of != nil {
			g.reader.Reset(of, s.At)
			v = g.reader.Read(k, fact.WindowToday)
		}
		out[i] = p.Figure(id, v)
	}
	return out
}

// Cells of an hour and of the names before them.
const hourCells, hourNames = 7, 24

// drawHours draws the hours that have room, the newest at the right.
func (g *hours) draw(p *panel.Pen, s *panel.Scene, c screen.Canvas, a *metrics.AgentView) {
	g.read(p, s, a)
	w, h := c.Size()
	if len(g.lines) == 0 || len(g.spans) == 0 {
		p.Empty(c, p.Say.Say(i18n.HoursNothing))
		return
	}
	n := max(1, min(len(g.spans), (w-hourNames-1)/hourCells))
	first := len(g.spans) - n
	for i := range n {
		c.PrintFit(hourNames+i*hourCells, 0, hourCells, p.Num.Minute(g.spans[first+i].From, p.Zone), p.Look.Dim, screen.Right)
	}
	for y, l := range g.lines {
		if y+1 >= h {
			return
		}
		name, look := p.Measure(l.kpi), p.Look.Text
		if l.team {
			name, look = p.Say.Say(i18n.HoursTeam), p.Look.Dim
			c.PrintFit(3, y+1, hourNames-4, name, look, screen.Left)
		} else {
			c.PrintFit(1, y+1, hourNames-2, name, p.Look.Dim, screen.Left)
		}
		for i := range n {
			c.PrintFit(hourNames+i*hourCells, y+1, hourCells, l.cells[first+i], look, screen.Right)
		}
	}
}
