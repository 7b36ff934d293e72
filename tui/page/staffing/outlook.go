package staffing

import (
	"math"
	"slices"
	"strings"

	"wallboard/metrics"
	"wallboard/metrics/fact"
	"wallboard/metrics/history"
	"wallboard/metrics/kpi"
	"wallboard/metrics/staffing"
	"wallboard/metrics/window"
	"wallboard/tui/panel"
)

// step is how long the intervals of the outlook are, ms.
const step = 30 * 60_000

// enough is how many planned contacts a window needs before its ratio is
// believed: of thirty one in five is chance.
const enough = 30

// outlook is how the day of one row goes against its plan.
type outlook struct {
	of        outlookOf
	row       *metrics.Row // whose plan it is
	intervals []staffing.Interval
	ratio     float64
	over      fact.Window // the window of the ratio
	measured  bool        // it has one: else as planned
	lastWeek  bool        // the plan is what came a week ago
	reader    kpi.Reader
	memo      map[int64]staffing.Actual // of intervals that are over, by their beginning
	memoOf    metrics.HourReader
}

// outlookOf is everything that an outlook depends on.
type outlookOf struct {
	key    metrics.Key
	plans  *metrics.PlanInterval
	hours  metrics.HourReader
	day    *history.Day
	settle int64
}

// planRow returns the row whose plan a place follows: its queue's.
func planRow(s *panel.Scene, pl place) *metrics.Row {
	if k := pl.row.Key; k.Scope == metrics.ScopeQueueChannel {
		if r := queueRow(s, k.Queue); r != nil {
			return r
		}
	}
	return pl.row
}

// foresee brings the outlook of a place up to date.
func (v *Staffing) foresee(s *panel.Scene, pl place) {
	o := &v.outlook
	row := planRow(s, pl)
	plans := plansOf(s.Floor, row.Key)
	of := outlookOf{key: row.Key, hours: s.Snapshot.Hours, day: v.day(s), settle: s.At / settleEvery}
	if len(plans) > 0 {
		of.plans = &plans[0]
	}
	if of == o.of {
		return
	}
	if o.memo == nil || o.memoOf != of.hours || o.of.key != of.key {
		o.memo, o.memoOf = map[int64]staffing.Actual{}, of.hours
	}
	o.of, o.row, o.lastWeek = of, row, false
	plan := today(s.Floor, plans)
	if len(plan) == 0 && of.day != nil {
		plan, o.lastWeek = weekPlan(of.day, row.Key, s.Floor.DayStart), true
	}
	v.measure(s)
	c := staffing.Course{Now: s.At, Ratio: o.ratio, SlotsEach: math.NaN(), HandleMinutes: math.NaN(), Came: func(from, to int64) (staffing.Actual, bool) { return v.came(s, from, to) }}
	w, _ := v.workload(s, row)
	if w.Handled > 0 {
		c.HandleMinutes = w.HandleMinutes
	}
	c.SlotsEach = w.SlotsEach()
	o.intervals = c.Follow(staffing.Joined(plan, step), o.intervals[:0])
	o.forgetUnseen()
}

// plansOf returns the plan of a queue.
func plansOf(f *metrics.FloorView, k metrics.Key) []metrics.PlanInterval {
	i, found := slices.BinarySearchFunc(f.Plans, k.Queue.String(), func(p metrics.QueuePlan, id string) int { return strings.Compare(p.Queue.String(), id) })
	if !found || k.Scope != metrics.ScopeQueue {
		return nil
	}
	return f.Plans[i].Intervals
}

// today cuts a plan to the floor's day.
func today(f *metrics.FloorView, plan []metrics.PlanInterval) []staffing.Planned {
	var out []staffing.Planned
	for _, p := range plan {
		if p.Until > f.DayStart && p.From < f.DayStart+24*3_600_000 {
			out = append(out, staffing.Planned{From: p.From, To: p.Until, Offered: p.Offered, People: p.People, HandleMinutes: p.HandleSeconds / 60})
		}
	}
	return out
}

// measure reads how what comes compares with what was planned: over the
// shortest window that holds enough of it.
func (v *Staffing) measure(s *panel.Scene) {
	o := &v.outlook
	o.ratio, o.measured = 1, false
	if o.lastWeek {
		if gap, ok := v.againstLastWeek(s, o.row); ok {
			o.ratio, o.over, o.measured = 1+gap/100, fact.WindowToday, true
		}
		return
	}
	for _, w := range [...]fact.Window{fact.Window15m, fact.Window60m, fact.WindowToday} {
		if gap := s.Once(panel.ForecastGap, o.row, w); gap.OK && gap.Den >= enough {
			o.ratio, o.over, o.measured = gap.Num/gap.Den, w, true
			return
		}
	}
}

// came reads what a stretch of the day held; what is over is read once.
func (v *Staffing) came(s *panel.Scene, from, to int64) (staffing.Actual, bool) {
	o := &v.outlook
	whole := to < s.At
	if a, ok := o.memo[from]; ok && whole {
		return a, true
	}
	a, ok := held(s, o.row, from, to)
	if ok && whole {
		o.memo[from] = a
	}
	return a, ok
}

// rowsReach is for how long a row knows its people by the minute, ms; what came
// it knows for a day.
const rowsReach = 55 * 60_000

// held sums up a stretch of the day: by the minute where the row itself knows
// it, else by the quarters that are gathered.
func held(s *panel.Scene, row *metrics.Row, from, to int64) (staffing.Actual, bool) {
	var live, stored fact.Sums
	var span window.Span
	known := row.Gather(s.At, from, to, &span)
	span.Sums(&live)
	if known && from > s.At-rowsReach || s.Snapshot.Hours == nil {
		return actual(&live), known
	}
	part := s.Snapshot.Hours.Row(row, s.At, metrics.HourSpan{From: from, To: to, Hour: -1})
	if part == nil {
		return actual(&live), known
	}
	part.SumsAt(s.At, fact.WindowToday, &stored)
	a := actual(&stored)
	if known {
		people := a.PeopleMs
		a = actual(&live)
		a.PeopleMs = people
	}
	return a, true
}

// forgetUnseen takes what is before anything was seen for unknown, not for
// nothing: a board that began at noon knows no morning.
func (o *outlook) forgetUnseen() {
	for i := range o.intervals {
		one := &o.intervals[i]
		if one.Came > 0 || one.Had > 0 {
			return
		}
		if one.Over(o.of.settle * settleEvery) {
			one.Came, one.Had, one.Needed = math.NaN(), math.NaN(), math.NaN()
		}
	}
}

// running is the index of the interval that runs, or of the next one; -1 where
// the day has no more.
func (o *outlook) running(now int64) int {
	return slices.IndexFunc(o.intervals, func(i staffing.Interval) bool { return i.To > now })
}
