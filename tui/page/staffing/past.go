package staffing

import (
	"math"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/history"
	"wallboard/metrics/staffing"
	"wallboard/tui/panel"
)

const quarter = 15 * 60_000

// past is the stored day a week ago, which stands in for a plan.
type past struct {
	floor  string
	start  int64 // of the day for which it was asked
	asking bool
	days   map[string]*history.Day // by date; nil: asked for, and there is none
}

// weekAgo is what a row had by the same time a week ago.
type weekAgo struct {
	slot    int64   // the quarter that was running
	before  float64 // offered in the quarters before
	running float64 // ... in all of the running one
	known   bool
}

// weekDate is the date a week before the floor's day.
func weekDate(f *metrics.FloorView) string {
	zone := f.Zone
	if zone == nil {
		zone = time.UTC
	}
	return time.UnixMilli(f.DayStart).In(zone).AddDate(0, 0, -7).Format(time.DateOnly)
}

// WantsDay says that the day a week ago is to be read, where some queue has no
// plan. It notes that it is being asked for.
func (v *Staffing) WantsDay(s *panel.Scene) (floor, date string, ok bool) {
	if s.Floor == nil || v.past.asking || len(s.Floor.Plans) >= len(s.Floor.Queues) {
		return "", "", false
	}
	floor, date = s.Floor.ID.String(), weekDate(s.Floor)
	if v.past.floor != floor || v.past.start != s.Floor.DayStart {
		v.past = past{floor: floor, start: s.Floor.DayStart, days: map[string]*history.Day{}}
		clear(v.lastWeek)
	}
	if _, asked := v.past.days[date]; asked {
		return "", "", false
	}
	v.past.asking = true
	return floor, date, true
}

// TakeDates is not asked for: the date is known.
func (v *Staffing) TakeDates([]string, error) { v.past.asking = false }

// TakeDay takes the stored day; one that cannot be read is none.
func (v *Staffing) TakeDay(date string, d *history.Day, err error) {
	if err != nil {
		d = nil
	}
	v.past.asking, v.past.days[date] = false, d
	v.outlook.of = outlookOf{}
	clear(v.lastWeek)
}

// day returns the stored day a week ago, nil where there is none.
func (v *Staffing) day(s *panel.Scene) *history.Day {
	if v.past.floor != s.Floor.ID.String() || v.past.start != s.Floor.DayStart {
		return nil
	}
	return v.past.days[weekDate(s.Floor)]
}

// againstLastWeek returns by how many percent more has come to a row today than
// by the same time a week ago.
func (v *Staffing) againstLastWeek(s *panel.Scene, row *metrics.Row) (float64, bool) {
	d := v.day(s)
	if d == nil {
		return 0, false
	}
	passed := s.At - s.Floor.DayStart
	w := v.lastWeek[row.Key]
	if slot := passed / quarter; !w.known || w.slot != slot {
		w = weekAgo{slot: slot, known: true}
		w.before = offeredIn(d, row.Key, d.Start, d.Start+slot*quarter)
		w.running = offeredIn(d, row.Key, d.Start+slot*quarter, d.Start+(slot+1)*quarter)
		v.lastWeek[row.Key] = w
	}
	usual := w.before + w.running*float64(passed%quarter)/quarter
	if usual <= 0 {
		return 0, false
	}
	return (s.Read(panel.Offered, row, fact.WindowToday).V/usual - 1) * 100, true
}

func offeredIn(d *history.Day, key metrics.Key, from, to int64) float64 {
	row := d.Row(key, from, to)
	if row == nil || to <= from {
		return 0
	}
	var sums fact.Sums
	row.View.Sums(fact.WindowToday, &sums)
	return float64(sums.Counts[fact.Offered])
}

// weekPlan makes a plan for today of what a row held a week ago.
func weekPlan(d *history.Day, key metrics.Key, start int64) []staffing.Planned {
	var out []staffing.Planned
	for from := d.Start; from < d.End; from += step {
		to := min(from+step, d.End)
		row := d.Row(key, from, to)
		if row == nil {
			return nil
		}
		var sums fact.Sums
		row.View.Sums(fact.WindowToday, &sums)
		a := actual(&sums)
		if a.Offered == 0 && a.PeopleMs == 0 {
			continue
		}
		p := staffing.Planned{From: start + from - d.Start, To: start + to - d.Start, Offered: float64(a.Offered),
			People: float64(a.PeopleMs) / float64(to-from), HandleMinutes: math.NaN()}
		if a.Handled > 0 {
			p.HandleMinutes = float64(a.HandleMs) / 60_000 / float64(a.Handled)
		}
		out = append(out, p)
	}
	return out
}

// actual reads off a stretch of time what staffing is about.
func actual(sums *fact.Sums) staffing.Actual {
	c := &sums.Counts
	return staffing.Actual{Offered: c[fact.Offered], Handled: c[fact.LegsEnded], HandleMs: c[fact.TalkMs] + c[fact.HoldMs] + c[fact.WrapMs], PeopleMs: c[fact.LoadPeopleMs]}
}

// queueKey is the key of the queue of a row.
func queueKey(row *metrics.Row, queue clean.Text) metrics.Key {
	return metrics.Key{Scope: metrics.ScopeQueue, Floor: row.Key.Floor, Queue: queue}
}
