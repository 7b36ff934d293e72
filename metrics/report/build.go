package report

import (
	"cmp"
	"slices"

	"wallboard/metrics"
	"wallboard/metrics/kpi"
	"wallboard/metrics/review"
)

// Report is a review, ready to be written.
type Report struct {
	Side
	Against *Side // what it is compared with; nil: nothing
	Lines   []Line
	Changes []Change
	Volume  []Hour
	Heats   []Heat
	Worst   []Worst
}

// Line is a line of the gap table with who makes its gap.
type Line struct {
	review.Line
	Queues, Channels, Teams review.Breakdown
}

// Change is one figure over both sides.
type Change struct {
	KPI *kpi.KPI
	review.Change
}

// Hour is one clock hour of the floor.
type Hour struct {
	Span                         metrics.HourSpan
	Offered, Answered, Abandoned kpi.Value
	Level                        kpi.Value // service level
}

// Heat is one figure by place and hour.
type Heat struct {
	KPI       *kpi.KPI
	Target    kpi.Target
	HasTarget bool
	Rows      []HeatRow
}

// HeatRow is one place.
type HeatRow struct {
	Key   metrics.Key
	Cells []kpi.Value // by hour, in the order of Report.Hours
	Total kpi.Value
}

// Worst is one queue on one channel with what makes it bad.
type Worst struct {
	Key    metrics.Key
	Values []kpi.Value // of worstKPIs
	Share  float64     // of the gap of the figure the list is ordered by, percent
}

// Make reviews a side, against another where that is not nil.
func Make(side Side, against *Side, goals review.Goals) *Report {
	r := &Report{Side: side, Against: against}
	in := review.Input{Now: side.whole(side.floorKey()), Goals: goals, Breaches: side.Breaches}
	if against != nil {
		in.Before = against.whole(against.floorKey())
	}
	for _, l := range review.Table(in) {
		r.Lines = append(r.Lines, r.explained(in.Now, l))
	}
	if against != nil {
		r.Changes = changes(in)
	}
	for _, h := range side.Hours {
		src := side.hour(side.floorKey(), h)
		r.Volume = append(r.Volume, Hour{
			Span: h, Offered: src.Value(kpi.Find("offered")), Answered: src.Value(kpi.Find("answered")),
			Abandoned: src.Value(kpi.Find("abandoned")), Level: src.Value(kpi.Find("service_level")),
		})
	}
	r.quietEdges()
	for _, id := range heatKPIs {
		if h := r.heat(kpi.Find(id), goals); len(h.Rows) > 0 {
			r.Heats = append(r.Heats, h)
		}
	}
	r.Worst = r.worst(in.Now, goals)
	return r
}

// explained adds who makes the gap, where there is one.
func (r *Report) explained(whole review.Source, l review.Line) Line {
	out := Line{Line: l}
	if !l.Value.OK || !l.HasTarget || l.OK {
		return out
	}
	for scope, into := range map[metrics.Scope]*review.Breakdown{
		metrics.ScopeQueue: &out.Queues, metrics.ScopeChannel: &out.Channels, metrics.ScopeTeam: &out.Teams,
	} {
		var rows []*metrics.Row
		for _, key := range r.of(scope) {
			if src := r.whole(key); src.Row != nil {
				rows = append(rows, src.Row)
			}
		}
		*into = review.Contributors(l.KPI, l.Target, whole, rows)
	}
	return out
}

// compared lists the figures of before and after beside the gap table's.
var compared = []string{"offered", "answered", "abandoned", "handled", "frt_p50", "wait_p90"}

func changes(in review.Input) []Change {
	var ids []string
	ids = append(ids, compared...)
	for _, l := range review.Table(review.Input{}) {
		ids = append(ids, l.KPI.ID)
	}
	var out []Change
	for _, id := range ids {
		k := kpi.Find(id)
		var t *kpi.Target
		if in.Goals != nil && in.Now.Row != nil {
			if goal, ok := in.Goals.For(k, in.Now.Row.Key); ok {
				t = &goal
			}
		}
		if c := review.Compare(k, t, in.Before.Value(k), in.Now.Value(k)); c.OK {
			out = append(out, Change{k, c})
		}
	}
	return out
}

// quietEdges leaves out hours before the first and after the last contact.
func (r *Report) quietEdges() {
	quiet := func(h Hour) bool { return h.Offered.V+h.Answered.V+h.Abandoned.V == 0 }
	for len(r.Volume) > 1 && quiet(r.Volume[0]) {
		r.Volume, r.Hours = r.Volume[1:], r.Hours[1:]
	}
	for n := len(r.Volume); n > 1 && quiet(r.Volume[n-1]); n-- {
		r.Volume, r.Hours = r.Volume[:n-1], r.Hours[:n-1]
	}
}

// heatKPIs are the figures shown by place and hour.
var heatKPIs = []string{"offered", "service_level", "frt_p90", "abandon_rate", "csat"}

// maxHeatRows bounds a heat table to the busiest places.
const maxHeatRows = 20

func (r *Report) heat(k *kpi.KPI, goals review.Goals) Heat {
	h := Heat{KPI: k}
	h.Target, h.HasTarget = review.TargetOf(goals, k, r.floorKey())
	places := r.of(metrics.ScopeQueue)
	if len(places) == 0 {
		places = r.of(metrics.ScopeChannel)
	}
	busy := map[metrics.Key]float64{}
	for _, key := range places {
		busy[key] = r.whole(key).Value(kpi.Find("offered")).V
	}
	slices.SortStableFunc(places, func(a, b metrics.Key) int { return cmp.Compare(busy[b], busy[a]) })
	for _, key := range places[:min(len(places), maxHeatRows)] {
		row := HeatRow{Key: key, Total: r.whole(key).Value(k)}
		any := false
		for _, span := range r.Hours {
			v := r.hour(key, span).Value(k)
			any = any || v.OK && (k.Unit != kpi.UnitCount || v.V != 0)
			row.Cells = append(row.Cells, v)
		}
		if any {
			h.Rows = append(h.Rows, row)
		}
	}
	return h
}

// worstKPIs are what the list of worst queues shows.
var worstKPIs = []string{"offered", "service_level", "abandon_rate", "frt_p90", "wait_p90", "longest_wait"}

// worstBy are the figures whose gap orders the list: the first with one.
var worstBy = []string{"service_level", "frt_p90", "abandon_rate"}

// maxWorst bounds the list.
const maxWorst = 8

// worst lists the queues that make most of the floor's gap.
func (r *Report) worst(whole review.Source, goals review.Goals) []Worst {
	var rows []*metrics.Row
	for _, key := range r.of(metrics.ScopeQueueChannel) {
		if src := r.whole(key); src.Row != nil {
			rows = append(rows, src.Row)
		}
	}
	for _, id := range worstBy {
		k := kpi.Find(id)
		t, ok := review.TargetOf(goals, k, r.floorKey())
		if !ok {
			continue
		}
		b := review.Contributors(k, t, whole, rows)
		if b.Gap <= 0 || len(b.Parts) == 0 {
			continue
		}
		return r.worstOf(b)
	}
	return nil
}

func (r *Report) worstOf(b review.Breakdown) []Worst {
	var out []Worst
	for _, p := range b.Parts {
		if p.Gap <= 0 || p.Key == (metrics.Key{}) || len(out) == maxWorst {
			continue
		}
		w := Worst{Key: p.Key, Share: p.Share}
		for _, id := range worstKPIs {
			w.Values = append(w.Values, r.whole(p.Key).Value(kpi.Find(id)))
		}
		out = append(out, w)
	}
	return out
}
