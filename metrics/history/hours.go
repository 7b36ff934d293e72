package history

import (
	"sync"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/window"
)

// Hours reads the days so far by the hour, and what weekdays usually were. It
// is immutable and safe for concurrent use: a metrics.HourReader.
type Hours struct {
	floors map[string]*Day
	usual  map[string]*Weekdays

	mu   sync.Mutex
	memo map[memoKey]*metrics.Row // of hours that no longer grow
}

type memoKey struct {
	key      metrics.Key
	from, to int64
}

// Hours returns the days so far, the same value until more is gathered.
func (q *Quarters) Hours() *Hours {
	if q.hours == nil {
		q.hours = &Hours{floors: map[string]*Day{}, memo: map[memoKey]*metrics.Row{}}
		for _, b := range q.floors {
			if b.today != nil {
				q.hours.floors[b.id()] = b.today.frozen()
			}
		}
	}
	return q.hours
}

// With returns the same hours with what weekdays usually were, by floor.
func (h *Hours) With(usual map[string]*Weekdays) *Hours {
	return &Hours{floors: h.floors, usual: usual, memo: map[memoKey]*metrics.Row{}}
}

// Spans lists the clock hours of a floor's day up to an instant, oldest first;
// the last is still running.
func (h *Hours) Spans(floor string, at int64) []metrics.HourSpan {
	d := h.floors[floor]
	if d == nil {
		return nil
	}
	return d.Hours(at)
}

// Row returns the figures of a row of a snapshot, whose clock is at, over an
// hour as Spans has it: what is gathered and, of the running quarter, what the
// row itself knows.
func (h *Hours) Row(r *metrics.Row, at int64, span metrics.HourSpan) *metrics.Row {
	if r == nil {
		return nil
	}
	d := h.floors[r.Key.Floor.String()]
	if d == nil {
		return nil
	}
	var parts []string
	if t := d.byKey[r.Key]; t != nil {
		if span.To <= d.Covered {
			return h.closed(d, t, r, span)
		}
		parts = d.parts(t, span.From, span.To)
	}
	if from := max(span.From, d.Covered); from < span.To {
		var live window.Span
		r.Gather(at, from, span.To, &live)
		if b := live.Append(nil); len(b) > 0 {
			parts = append(parts, string(b))
		}
	}
	return rowOf(r.Key, r.Level, parts)
}

// closed remembers the rows of hours that no longer grow.
func (h *Hours) closed(d *Day, t *track, r *metrics.Row, span metrics.HourSpan) *metrics.Row {
	key := memoKey{r.Key, span.From, span.To}
	h.mu.Lock()
	defer h.mu.Unlock()
	if row, ok := h.memo[key]; ok {
		return row
	}
	row := rowOf(r.Key, r.Level, d.parts(t, span.From, span.To))
	h.memo[key] = row
	return row
}

// Usual returns the sum of a scope's figures over the stored days of a weekday
// within a clock hour, and over how many days that is; nil where none is
// stored. Ratios and quantiles read as they are, volumes are to be divided.
func (h *Hours) Usual(key metrics.Key, day time.Weekday, hour int) (*metrics.Row, int) {
	w := h.usual[key.Floor.String()]
	if w == nil || day < 0 || int(day) >= len(w.days) || w.days[day] == 0 {
		return nil, 0
	}
	t, ok := w.sums[weekKey{key, day, hour}]
	if !ok {
		return nil, w.days[day]
	}
	return rowOf(key, t.level, []string{t.span}), w.days[day]
}

// Weekdays is what the stored days of a floor add up to by weekday and hour.
// Immutable.
type Weekdays struct {
	days [7]int
	sums map[weekKey]weekSum
}

type weekKey struct {
	key  metrics.Key
	day  time.Weekday
	hour int
}

type weekSum struct {
	level metrics.ServiceLevel
	span  string
}

// NewWeekdays adds days up; each is closed and of one floor. People are left
// out.
func NewWeekdays(days []*Day) *Weekdays {
	w := &Weekdays{sums: map[weekKey]weekSum{}}
	for _, d := range days {
		day := time.UnixMilli(d.Start).In(d.Zone).Weekday()
		w.days[day]++
		for _, span := range d.Hours(d.End) {
			for _, t := range d.tracks {
				if t.key.Scope == metrics.ScopeAgent {
					continue
				}
				w.add(weekKey{t.key, day, span.Hour}, t.level, d.parts(t, span.From, span.To))
			}
		}
	}
	return w
}

func (w *Weekdays) add(key weekKey, level metrics.ServiceLevel, parts []string) {
	if len(parts) == 0 {
		return
	}
	var span window.Span
	add(&span, w.sums[key].span)
	for _, b := range parts {
		add(&span, b)
	}
	w.sums[key] = weekSum{level: level, span: string(span.Append(nil))}
}

// Seen says from when on events of a floor's day were seen, 0 where nothing of
// the floor is known.
func (h *Hours) Seen(floor string) int64 {
	if d := h.floors[floor]; d != nil {
		return d.Seen
	}
	return 0
}
