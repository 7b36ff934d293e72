// Package review owns how a floor's figures are judged after the fact: the gap
// table of the indicators against their targets, the change between any two
// spans of time, and who makes a gap. It is pure: rows in, lines out. It must
// not know where days are stored nor how a review is drawn.
package review

import (
	"wallboard/metrics"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
)

// Source is one scope over one span of time: a row of a snapshot over a
// window, or a row read back from what is past.
type Source struct {
	Row    *metrics.Row // nil: nothing is known
	Window fact.Window
	At     int64 // clock of the snapshot the row is of, ms since the epoch
	Past   bool  // the span is over: what is only true of now has no data
}

// Goals tells the target of a KPI for a scope. *kpi.Goals is one.
type Goals interface {
	For(k *kpi.KPI, key metrics.Key) (kpi.Target, bool)
}

// Value reads a KPI off the source.
func (s Source) Value(k *kpi.KPI) kpi.Value {
	return s.reading().value(k)
}

// reading reads many KPIs off one source, summing its figures once.
type reading struct {
	Source
	reader kpi.Reader
}

func (s Source) reading() *reading {
	r := &reading{Source: s}
	if s.Row != nil {
		r.reader.Reset(s.Row, s.At)
	}
	return r
}

func (r *reading) value(k *kpi.KPI) kpi.Value {
	if k == nil || r.Row == nil || r.Past && (k.Kind == kpi.Now || k.Kind == kpi.Fixed) {
		return kpi.Value{}
	}
	return r.reader.Read(k, r.Window)
}

// TargetOf returns what a KPI is held against in a scope: the goals' word,
// else the catalogue's, else the guide's.
func TargetOf(goals Goals, k *kpi.KPI, key metrics.Key) (kpi.Target, bool) {
	if goals != nil {
		if t, ok := goals.For(k, key); ok {
			return t, true
		}
	}
	if k.Target != nil {
		return *k.Target, true
	}
	if g := guides[k.ID]; g.target != nil {
		return *g.target, true
	}
	return kpi.Target{}, false
}
