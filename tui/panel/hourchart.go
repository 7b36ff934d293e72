package panel

import (
	"math"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
	"wallboard/tui/chart"
	"wallboard/tui/i18n"
	"wallboard/tui/screen"
)

// hoursEvery is how long, in ms of the engine clock, an hour chart stays as it
// is: an hour that runs changes slowly, and reading a day by the hour is no work
// for every frame.
const hoursEvery = 60_000

// HourChart draws a KPI by the hour of today. It keeps what it read. Not safe
// for concurrent use.
type HourChart struct {
	KPI string

	at       int64
	key      metrics.Key
	from, to int64
	values   []float64
	reader   kpi.Reader
}

// Draw draws the chart of a row with what the KPI is held against.
func (h *HourChart) Draw(p *Pen, c screen.Canvas, s *Scene, row *metrics.Row, boxed bool) {
	in := p.Panel(c, p.Say.Fill(i18n.ChartByHour, p.KPIName(h.KPI)), Unfocused, boxed)
	k := kpi.Find(h.KPI)
	if k == nil || row == nil || s.Snapshot.Hours == nil {
		p.Empty(in, p.Say.Say(i18n.ChartEmpty))
		return
	}
	if at := s.At/hoursEvery + 1; h.at != at || h.key != row.Key {
		h.at, h.key = at, row.Key
		h.read(k, s, row)
	}
	better := chart.LessIsBetter
	if k.Direction == kpi.More {
		better = chart.MoreIsBetter
	}
	plot := chart.Plot{
		Series: []chart.Series{{Values: h.values, Better: better, Style: p.Look.Chart1}},
		Unit:   chart.Whole, Label: func(v float64) clean.Text { return p.bare(k.ID, v) },
		From: h.from, To: h.to, Zone: p.Zone, Empty: p.Say.Say(i18n.ChartEmpty),
	}
	switch k.Unit {
	case kpi.UnitSeconds:
		plot.Unit, plot.Hi = chart.Seconds, 10
	case kpi.UnitPercent:
		plot.Label = func(v float64) clean.Text { return p.Num.Whole(v, i18n.Nearest) }
	}
	if t, has := s.Target(k, row.Key); has && k.Direction != kpi.Within {
		plot.Thresholds = []chart.Threshold{{Value: t.Value, Style: p.Look.Threshold}}
	}
	chart.Line(in, plot, p.Look, p.Plot)
}

// read reads the hours of the day, each at its middle.
func (h *HourChart) read(k *kpi.KPI, s *Scene, row *metrics.Row) {
	spans := s.Snapshot.Hours.Spans(s.Floor.ID.String(), s.At)
	h.values = h.values[:0]
	for i, span := range spans {
		v := math.NaN()
		if one := s.Snapshot.Hours.Row(row, s.At, span); one != nil {
			h.reader.Reset(one, s.At)
			if got := h.reader.Read(k, fact.WindowToday); got.OK {
				v = got.V
			}
		}
		h.values = append(h.values, v)
		if i == 0 {
			h.from = span.From
		}
		h.to = span.From
	}
}
