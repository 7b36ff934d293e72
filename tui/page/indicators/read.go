package indicators

import (
	"math"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
	"wallboard/metrics/review"
	"wallboard/tui/panel"
)

// settleEvery is how long, in ms of the engine clock, the table stands: figures
// of whole windows tell nothing new more often, and each costs a sum over one.
const settleEvery = 2_000

// readOf is everything that what was read depends on.
type readOf struct {
	settle int64
	floor  clean.Text
	scope  metrics.Key
	window fact.Window
	past   before
	known  bool
}

// refresh reads the table, the trends and who makes the gap, where they can
// differ from what is known.
func (v *Indicators) refresh(s *panel.Scene) {
	if s.Row == nil {
		v.lines, v.read = nil, readOf{}
		return
	}
	past, _ := v.chosen(s)
	of := readOf{settle: s.At / settleEvery, floor: s.Row.Key.Floor, scope: s.Row.Key, window: s.View.Window, past: past, known: true}
	if of != v.read {
		v.read = of
		v.table.Renew()
		v.made = madeOf{}
		v.lines = v.lines[:0]
		in := review.Input{Now: now(s), Before: v.source(s), Breaches: s.Snapshot.Breaches}
		if s.Goals != nil {
			in.Goals = s.Goals
		}
		v.lines = append(v.lines, review.Table(in)...)
		v.readDay(s)
	}
}

// dayOf is what the trends by the hour depend on.
type dayOf struct {
	hours metrics.HourReader
	scope metrics.Key
	spans int
}

// readDay reads each indicator hour by hour: hours that are over once, the
// running one each time.
func (v *Indicators) readDay(s *panel.Scene) {
	hours := s.Snapshot.Hours
	if hours == nil {
		v.trends, v.day = nil, dayOf{}
		return
	}
	spans := hours.Spans(s.Row.Key.Floor.String(), s.At)
	of := dayOf{hours: hours, scope: s.Row.Key, spans: len(spans)}
	first := len(spans) - 1
	if of != v.day || v.trends == nil {
		v.day, first = of, 0
		v.trends = make(map[*kpi.KPI][]float64, len(v.lines))
		for _, l := range v.lines {
			v.trends[l.KPI] = make([]float64, len(spans))
		}
	}
	for i := max(0, first); i < len(spans); i++ {
		row := hours.Row(s.Row, s.At, spans[i])
		if row != nil {
			v.reader.Reset(row, s.At)
		}
		for _, l := range v.lines {
			v.trends[l.KPI][i] = math.NaN()
			if row == nil || l.KPI.Kind == kpi.Now || l.KPI.Kind == kpi.Fixed {
				continue
			}
			if one := v.reader.Read(l.KPI, fact.WindowToday); one.OK {
				v.trends[l.KPI][i] = one.V
			}
		}
	}
}

// way is by what a gap is split.
type way uint8

const (
	byQueue way = iota
	byChannel
	byTeam
	numWays
)

// part is one of those who make the gap.
type part struct {
	review.Part
	id  string
	way way
	top float64 // the largest share of its list, for the bar
}

// madeOf is what those who make the gap depend on.
type madeOf struct {
	kpi  *kpi.KPI
	read readOf
}

// contributors reads who makes the gap of the selected indicator.
func (v *Indicators) contributors(s *panel.Scene) {
	line := v.selected()
	if line == nil {
		v.parts, v.made = [numWays][]*part{}, madeOf{}
		for w := range v.makers {
			v.makers[w].Renew()
		}
		return
	}
	of := madeOf{kpi: line.KPI, read: v.read}
	if of == v.made {
		return
	}
	another := v.made.kpi != of.kpi
	v.made = of
	for w := range numWays {
		v.toTop[w] = v.toTop[w] || another
		v.makers[w].Renew()
		v.parts[w] = v.parts[w][:0]
		if !line.HasTarget {
			continue
		}
		broken := review.Contributors(line.KPI, line.Target, now(s), rowsOf(s, w))
		top := 0.0
		for _, one := range broken.Parts {
			top = max(top, math.Abs(one.Gap))
		}
		for _, one := range broken.Parts {
			v.parts[w] = append(v.parts[w], &part{Part: one, id: partID(one.Key), way: w, top: top})
		}
	}
}

func partID(k metrics.Key) string {
	return k.Queue.String() + "\x00" + k.Channel.String() + "\x00" + k.Team.String()
}

// rowsOf lists the rows that a gap is split into, within the scope on the
// screen.
func rowsOf(s *panel.Scene, w way) []*metrics.Row {
	if s.Floor == nil {
		return nil
	}
	var rows []*metrics.Row
	switch w {
	case byQueue:
		for _, q := range s.Floor.Tables {
			if s.Shows(q) {
				rows = append(rows, q.Row)
			}
		}
	case byChannel:
		if s.View.Scope.Scope == metrics.ScopeFloor {
			rows = s.Floor.Channels
		}
	case byTeam:
		if s.View.Scope.Scope == metrics.ScopeFloor {
			rows = s.Floor.Teams
		}
	}
	return rows
}
