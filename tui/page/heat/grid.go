package heat

import (
	"strconv"
	"strings"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
	"wallboard/tui/chart"
	"wallboard/tui/i18n"
	"wallboard/tui/panel"
)

// view is what the rows of the map are.
type view uint8

const (
	byChannel view = iota
	byQueue
	byWeekday
	numViews
)

// figures are those that the map can show, in the order of the key.
func figures() []string {
	return []string{panel.FRTp90, panel.ServiceLevel, panel.Offered, panel.AbandonRate, "csat"}
}

// settleEvery is how often, in ms of the engine clock, the running hour is read
// again. The hours before stand still.
const settleEvery = 5_000

// Steps there are, and those that a volume is shown in.
const heatSteps, volumeSteps = 6, 4

// grid is the map read out of the snapshot, kept until something in it can
// differ: a frame costs only its drawing.
type grid struct {
	of     gridOf
	settle int64
	lines  []line
	spans  []metrics.HourSpan
	target kpi.Target // of the scope on the screen
	held   bool       // there is a target
	reader kpi.Reader
}

// gridOf is everything that a grid depends on but the running hour.
type gridOf struct {
	hours  metrics.HourReader
	figure string
	view   view
	week   metrics.Key
	floor  clean.Text
	scope  metrics.Key
	filter string
	num    *i18n.Format
	spans  int
	rows   int
}

// line is one row of the map.
type line struct {
	id    string
	name  clean.Text
	row   *metrics.Row // of the snapshot it was read from; nil: a weekday
	day   time.Weekday
	days  int // stored, of a weekday
	cells []cell

	target    kpi.Target // the row's own
	held      bool       // it has one
	cold, hot float64    // the values of its best and its worst step
}

// cell is one hour, ready to be drawn.
type cell struct {
	value kpi.Value
	text  clean.Text
	step  int
}

// read brings the grid up to date with a figure of the page's rows.
func (g *grid) read(p *panel.Pen, s *panel.Scene, h *Heat, figure string) {
	hours := s.Snapshot.Hours
	if s.Floor == nil || hours == nil {
		g.lines, g.spans, g.of = nil, nil, gridOf{}
		return
	}
	spans := hours.Spans(s.Floor.ID.String(), s.At)
	if h.view == byWeekday {
		spans = clockHours(g.spans[:0])
	}
	rows := h.rows(s, g.lines[:0])
	of := gridOf{hours: hours, figure: figure, view: h.view, week: h.week.Key, floor: s.Floor.ID, scope: s.View.Scope, filter: h.filter, num: p.Num, spans: len(spans), rows: len(rows)}
	settle := s.At / settleEvery
	whole := of != g.of
	g.lines, g.spans = rows, spans
	if !whole && (settle == g.settle || h.view == byWeekday) {
		return
	}
	g.of, g.settle = of, settle
	k := kpi.Find(of.figure)
	g.target, g.held = s.Target(k, s.Row.Key)
	for i := range g.lines {
		l := &g.lines[i]
		l.target, l.held = g.target, g.held
		if l.row != nil {
			l.target, l.held = s.Target(k, l.row.Key)
		}
		g.readLine(p, s, k, l, whole)
	}
	g.scale(k)
}

// clockHours are the hours of any day.
func clockHours(into []metrics.HourSpan) []metrics.HourSpan {
	for hour := range 24 {
		into = append(into, metrics.HourSpan{Hour: hour})
	}
	return into
}

// readLine reads a row's hours: all of them, or the running one.
func (g *grid) readLine(p *panel.Pen, s *panel.Scene, k *kpi.KPI, l *line, whole bool) {
	first := len(g.spans) - 1
	if whole || len(l.cells) != len(g.spans) {
		l.cells = append(l.cells[:0], make([]cell, len(g.spans))...)
		first = 0
	}
	for i := max(0, first); i < len(g.spans); i++ {
		v := g.value(s, k, l, g.spans[i])
		l.cells[i] = cell{value: v, text: short(p, k, v)}
	}
}

// value reads one hour of one row.
func (g *grid) value(s *panel.Scene, k *kpi.KPI, l *line, span metrics.HourSpan) kpi.Value {
	row, days := g.hourRow(s, l, span)
	if row == nil {
		return kpi.Value{}
	}
	g.reader.Reset(row, s.At)
	v := g.reader.Read(k, fact.WindowToday)
	if days > 1 && v.OK && k.Unit == kpi.UnitCount {
		v.V /= float64(days) // of a usual day, not of all of them
	}
	return v
}

// hourRow returns the figures of a row within an hour, and of how many days.
func (g *grid) hourRow(s *panel.Scene, l *line, span metrics.HourSpan) (*metrics.Row, int) {
	if l.row == nil {
		return s.Snapshot.Hours.Usual(g.of.week, l.day, span.Hour)
	}
	return s.Snapshot.Hours.Row(l.row, s.At, span), 1
}

// scale grades the cells. A figure with a target is graded around it, each row
// around its own: half the steps are at the target or better, the others worse,
// so that a shade means the same on every day. A volume is graded against the
// fullest hour, the sum of all rows against its own, and in the calmer steps:
// many is not bad.
func (g *grid) scale(k *kpi.KPI) {
	fullest := g.fullest()
	for i := range g.lines {
		l := &g.lines[i]
		switch {
		case l.held && k.Direction == kpi.Less:
			l.cold, l.hot = 0, 2*l.target.Value
		case l.held && k.Direction == kpi.More:
			l.cold, l.hot = 100, 2*l.target.Value-100
		default:
			l.cold, l.hot = 0, fullest*heatSteps/volumeSteps
			if l.id == allID {
				l.hot = max(1, l.fullest()) * heatSteps / volumeSteps
			}
		}
		for j := range l.cells {
			c := &l.cells[j]
			c.step, _ = chart.HeatStep(c.value.V, l.cold, l.hot)
			if !l.held {
				c.step = min(c.step, volumeSteps-1)
			}
		}
	}
}

// fullest is the largest value of any hour. The sum of all rows does not count:
// it would leave every part of it cold.
func (g *grid) fullest() float64 {
	top := 1.0
	for i := range g.lines {
		if l := &g.lines[i]; l.id != allID || len(g.lines) <= 2 {
			top = max(top, l.fullest())
		}
	}
	return top
}

// fullest is the largest value of any hour of a row.
func (l *line) fullest() float64 {
	top := 0.0
	for _, c := range l.cells {
		if c.value.OK {
			top = max(top, c.value.V)
		}
	}
	return top
}

// short writes a value in four cells: what an hour of the narrowest map has.
func short(p *panel.Pen, k *kpi.KPI, v kpi.Value) clean.Text {
	if !v.OK {
		return clean.Text{}
	}
	switch k.Unit {
	case kpi.UnitSeconds:
		switch {
		case v.V < 600:
			return p.Num.Clock(v.V, i18n.Up)
		case v.V < 6000:
			return clean.Own(p.Num.Whole(v.V/60, i18n.Up).String() + "m")
		case v.V < 35_000: // two hours is not three
			return clean.Own(p.Num.Percent(v.V/3600, i18n.Up).String() + "h")
		}
		return clean.Own(p.Num.Whole(v.V/3600, i18n.Up).String() + "h")
	case kpi.UnitCount:
		if n := int64(v.V + .5); n < 10_000 {
			return clean.Own(strconv.FormatInt(n, 10)) // no comma: it would cost a figure
		}
		return clean.Own(strconv.FormatInt(int64(v.V/1000+.5), 10) + "k")
	}
	return p.Figure(k.ID, v)
}

// allID is the id of the row of the whole scope.
const allID = "*"

// rows lists the rows of the view; cells of rows that were there before are kept
// in place.
func (h *Heat) rows(s *panel.Scene, into []line) []line {
	old := into[:cap(into)]
	add := func(l line) {
		if h.filter != "" && l.id != allID && !strings.Contains(strings.ToLower(l.id), h.filter) {
			return
		}
		if n := len(into); n < len(old) && old[n].id == l.id {
			l.cells = old[n].cells
		}
		into = append(into, l)
	}
	switch h.view {
	case byWeekday:
		for i := range 7 {
			day := time.Weekday((i + 1) % 7) // Monday first
			_, days := s.Snapshot.Hours.Usual(h.week.Key, day, 12)
			add(line{id: day.String(), day: day, days: days})
		}
		return into
	case byQueue:
		add(line{id: allID, row: s.Row})
		for _, q := range s.Floor.Tables {
			if s.Shows(q) {
				add(line{id: q.Queue.String() + "/" + q.Channel.String(), name: q.Queue, row: q.Row})
			}
		}
		return into
	}
	add(line{id: allID, row: s.Row})
	for _, r := range s.Floor.Channels {
		if s.View.Scope.Scope != metrics.ScopeChannel || r.Key.Channel == s.View.Scope.Channel {
			add(line{id: r.Key.Channel.String(), name: r.Key.Channel, row: r})
		}
	}
	return into
}

// weekdayWord names a weekday.
func weekdayWord(d time.Weekday) i18n.ID {
	return [...]i18n.ID{i18n.Sunday, i18n.Monday, i18n.Tuesday, i18n.Wednesday, i18n.Thursday, i18n.Friday, i18n.Saturday}[d]
}

// stored says whether any day is stored.
func (g *grid) stored() bool {
	for _, l := range g.lines {
		if l.days > 0 {
			return true
		}
	}
	return false
}

// at returns the cell at a row and hour, false outside.
func (g *grid) at(row, hour int) (*line, *cell, bool) {
	if row < 0 || row >= len(g.lines) || hour < 0 || hour >= len(g.lines[row].cells) {
		return nil, nil, false
	}
	return &g.lines[row], &g.lines[row].cells[hour], true
}

// index returns the place of a row by its id, 0 where it is gone.
func (g *grid) index(id string) int {
	for i := range g.lines {
		if g.lines[i].id == id {
			return i
		}
	}
	return 0
}
