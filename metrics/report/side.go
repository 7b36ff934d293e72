// Package report owns the review of a shift or a day: what it holds, in which
// order, and how it is written as Markdown, HTML or CSV. It reads rows and
// stored days. It must not know NATS nor screens.
package report

import (
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/history"
	"wallboard/metrics/review"
)

// Side is one span of time under review: a stored day, the day so far, or part
// of either.
type Side struct {
	Floor    clean.Text
	Zone     *time.Location
	From, To int64 // ms since the epoch
	DayStart int64 // of the business day it lies in
	Seen     int64 // from when on events were seen
	Hours    []metrics.HourSpan
	Keys     []metrics.Key
	Episodes []metrics.Episode // newest first; Ended 0: still on
	Account  history.Account
	Breaches []metrics.Breach // of now, for rules judged at the day's close

	whole func(metrics.Key) review.Source
	hour  func(metrics.Key, metrics.HourSpan) review.Source
}

// OfDay returns a stored day, or the quarters of it in [from, to) where to is
// not 0.
func OfDay(d *history.Day, from, to int64) Side {
	whole := d.Whole()
	if to != 0 {
		whole.From, whole.To = max(from, whole.From), min(to, whole.To)
	}
	past := func(key metrics.Key, from, to int64) review.Source {
		return review.Source{Row: d.Row(key, from, to), Window: fact.WindowToday, At: d.Covered, Past: true}
	}
	s := Side{
		Floor: d.Floor, Zone: d.Zone, From: whole.From, To: whole.To, DayStart: d.Start, Seen: d.Seen, Keys: d.Keys(),
		Account: d.Account, Episodes: within(d.Episodes, whole.From, whole.To),
		whole: func(key metrics.Key) review.Source { return past(key, whole.From, whole.To) },
		hour:  func(key metrics.Key, h metrics.HourSpan) review.Source { return past(key, h.From, h.To) },
	}
	s.Hours = cut(d.Hours(d.Covered), whole.From, whole.To)
	return s
}

// OfSnapshot returns a floor's day so far, or the quarters of it in [from, to)
// where to is not 0. The snapshot must have been made with its hours.
func OfSnapshot(s *metrics.Snapshot, f *metrics.FloorView, from, to int64) Side {
	rows := rowsOf(f)
	side := Side{
		Floor: f.ID, Zone: f.Zone, From: f.DayStart, To: s.At, DayStart: f.DayStart, Seen: f.DayStart, Account: history.AccountOf(s),
		Breaches: s.Breaches,
	}
	for _, r := range rows.list {
		side.Keys = append(side.Keys, r.Key)
	}
	if h, ok := s.Hours.(*history.Hours); ok {
		side.Seen = max(side.Seen, h.Seen(f.ID.String()))
	}
	past := func(key metrics.Key, h metrics.HourSpan) review.Source {
		r := rows.byKey[key]
		if r == nil || s.Hours == nil {
			return review.Source{}
		}
		return review.Source{Row: s.Hours.Row(r, s.At, h), Window: fact.WindowToday, At: s.At, Past: true}
	}
	side.hour = past
	side.whole = func(key metrics.Key) review.Source {
		return review.Source{Row: rows.byKey[key], Window: fact.WindowToday, At: s.At}
	}
	if to != 0 {
		side.From, side.To = max(from, side.From), min(to, side.To)
		side.whole = func(key metrics.Key) review.Source { return past(key, metrics.HourSpan{From: side.From, To: to}) }
	}
	side.Episodes = within(episodes(s, f.ID), side.From, side.To)
	if s.Hours != nil {
		side.Hours = cut(s.Hours.Spans(f.ID.String(), s.At), side.From, side.To)
	}
	return side
}

// index finds rows by their keys.
type index struct {
	list  []*metrics.Row
	byKey map[metrics.Key]*metrics.Row
}

// rowsOf lists the rows of places and teams; a review names no single person.
func rowsOf(f *metrics.FloorView) index {
	x := index{byKey: map[metrics.Key]*metrics.Row{}}
	keep := func(r *metrics.Row) {
		if r != nil && !r.Past {
			x.list = append(x.list, r)
			x.byKey[r.Key] = r
		}
	}
	keep(f.Row)
	for _, list := range [][]*metrics.Row{f.Channels, f.Queues} {
		for _, r := range list {
			keep(r)
		}
	}
	for _, v := range f.Tables {
		keep(v.Row)
	}
	for _, r := range f.Teams {
		keep(r)
	}
	return x
}

func episodes(s *metrics.Snapshot, floor clean.Text) []metrics.Episode {
	var out []metrics.Episode
	for i := range s.Breaches {
		b := &s.Breaches[i]
		if b.Key.Floor == floor && (b.State == metrics.BreachFiring || b.State == metrics.BreachRecovering) {
			out = append(out, metrics.Episode{Rule: b.Rule, KPI: b.KPI, Key: b.Key, Window: b.Window, Level: b.Level, Since: b.Since, FiringSince: b.FiringSince, Peak: b.Peak, Limit: b.Limit, AckedBy: b.AckedBy, Flaps: b.Flaps})
		}
	}
	for _, e := range s.PastBreaches {
		if e.Key.Floor == floor {
			out = append(out, e)
		}
	}
	return out
}

// within lists the breaches that touch [from, to).
func within(all []metrics.Episode, from, to int64) []metrics.Episode {
	var out []metrics.Episode
	for _, e := range all {
		if e.FiringSince < to && (e.Ended == 0 || e.Ended > from) {
			out = append(out, e)
		}
	}
	return out
}

// cut lists the hours that lie in [from, to), cut at its edges; a running
// quarter stays whole.
func cut(hours []metrics.HourSpan, from, to int64) []metrics.HourSpan {
	until := (to + history.Step - 1) / history.Step * history.Step
	var out []metrics.HourSpan
	for _, h := range hours {
		if h.From, h.To = max(h.From, from), min(h.To, until); h.From < h.To {
			out = append(out, h)
		}
	}
	return out
}

// floorKey is the key of the whole floor.
func (s *Side) floorKey() metrics.Key { return metrics.Key{Scope: metrics.ScopeFloor, Floor: s.Floor} }

// of lists the keys of a scope.
func (s *Side) of(scope metrics.Scope) []metrics.Key {
	var out []metrics.Key
	for _, k := range s.Keys {
		if k.Scope == scope {
			out = append(out, k)
		}
	}
	return out
}
