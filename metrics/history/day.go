package history

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"
	"weak"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/window"
)

// Account is what happened to the input of a day, for what was incomplete.
type Account struct {
	Received, Applied, Duplicates, Late, Ancient, Misfit, Unknown int64
	Lost                                                          int64
	Rejected                                                      map[string]int64
	FrozenMs                                                      int64 // how long the numbers were stale or incomplete
}

// Day is one business day of one floor. What Quarters hands out and Store reads
// is immutable.
type Day struct {
	Floor      clean.Text
	Zone       *time.Location
	Start, End int64 // End 0: still running
	Covered    int64 // figures reach up to here
	Seen       int64 // from when on events were seen; later than Start: the day's beginning is missing
	Account    Account
	Episodes   []metrics.Episode // breaches of the day, newest first; Ended 0: it went on

	tracks []*track // sorted by key
	byKey  map[metrics.Key]*track
	curves []curve // sorted by channel and queue
	curved bool    // curves were kept; not in days of earlier builds
}

// track is one scope's quarters. A slot, once written, is replaced, never
// changed, so copies share them.
type track struct {
	key   metrics.Key
	level metrics.ServiceLevel
	slots []string                  // by quarter, bytes of a window.Span; "" where nothing happened
	rest  string                    // of the day, but of no quarter: slots and load from before the scope was first seen
	row   weak.Pointer[metrics.Row] // as last gathered; weak, so that it pins no figures
	hours int                       // of a person: slots before are joined to whole hours
	total [fact.NumCounts]int64     // of all slots; not kept of people
}

func newDay(floor clean.Text, zone *time.Location, start int64) *Day {
	return &Day{Floor: floor, Zone: zone, Start: start, Covered: start, Seen: start, byKey: map[metrics.Key]*track{}, curved: true}
}

// Date returns the local date on which the day began, as YYYY-MM-DD.
func (d *Day) Date() string { return time.UnixMilli(d.Start).In(d.Zone).Format(time.DateOnly) }

// base is the start of the quarter in which the day begins.
func (d *Day) base() int64 { return floorTo(d.Start, quarter) }

func floorTo(t, step int64) int64 { return t - ((t%step)+step)%step }

// slotStart returns where a slot begins.
func (d *Day) slotStart(i int) int64 { return max(d.Start, d.base()+int64(i)*quarter) }

// slotEnd returns where a slot ends: on the quarter, or with the day.
func (d *Day) slotEnd(i int) int64 {
	end := d.base() + int64(i+1)*quarter
	if d.End > 0 {
		end = min(end, d.End)
	}
	return end
}

// slotOf returns the slot that holds t, which is not before the day.
func (d *Day) slotOf(t int64) int { return int((t - d.base()) / quarter) }

// Hours lists the clock hours of the day up to an instant, oldest first, cut
// at the day's edges: 23 or 25 on a day on which the clock is changed.
func (d *Day) Hours(until int64) []metrics.HourSpan {
	var out []metrics.HourSpan
	if d.End > 0 {
		until = min(until, d.End)
	}
	for i := 0; i < maxSlots && d.slotStart(i) < until; i++ {
		from, to := d.slotStart(i), d.slotEnd(i)
		if n := len(out); n > 0 && d.localHour(out[n-1].From) == d.localHour(from) {
			out[n-1].To = to
			continue
		}
		out = append(out, metrics.HourSpan{From: from, To: to, Hour: time.UnixMilli(from).In(d.Zone).Hour()})
	}
	return out
}

// localHour names the clock hour that holds t, apart from its namesake of a
// day of 25 hours.
func (d *Day) localHour(t int64) [2]int64 {
	_, offset := time.UnixMilli(t).In(d.Zone).Zone()
	return [2]int64{floorTo(t+int64(offset)*1000, hour), int64(offset)}
}

// Keys lists the scopes that the day has figures of, in the order of snapshot
// rows.
func (d *Day) Keys() []metrics.Key {
	keys := make([]metrics.Key, len(d.tracks))
	for i, t := range d.tracks {
		keys[i] = t.key
	}
	return keys
}

// Whole returns the whole day as far as it is covered.
func (d *Day) Whole() metrics.HourSpan {
	to := d.Covered
	if d.End > 0 {
		to = d.End
	}
	return metrics.HourSpan{From: d.Start, To: to, Hour: -1}
}

// Row returns a scope's figures of the quarters in [from, to) as a row that
// KPIs read whatever window they are asked for, nil where the day has none of
// the scope. Agents are kept by the hour: their quarters are those of whole
// hours.
func (d *Day) Row(key metrics.Key, from, to int64) *metrics.Row {
	t := d.byKey[key]
	if t == nil {
		return nil
	}
	return rowOf(key, t.level, d.parts(t, from, to))
}

// parts lists what a track holds of [from, to).
func (d *Day) parts(t *track, from, to int64) []string {
	var parts []string
	for i := range t.slots {
		if start := d.slotStart(i); t.slots[i] != "" && start >= from && start < to {
			parts = append(parts, t.slots[i])
		}
	}
	if whole := d.Whole(); t.rest != "" && from <= whole.From && to >= whole.To {
		parts = append(parts, t.rest)
	}
	return parts
}

// same is the layout of bytes in memory; it never changes.
var same = window.SameLayout()

// past reads spans put together as the figures of a row.
type past struct {
	parts []string
	sums  fact.Sums
}

func rowOf(key metrics.Key, level metrics.ServiceLevel, parts []string) *metrics.Row {
	v := &past{parts: parts}
	span := v.span()
	span.Sums(&v.sums)
	// Slots are only counted of members that are known.
	known := v.sums.Counts[fact.SlotMs]+v.sums.Counts[fact.LoadPeopleMs] > 0
	return &metrics.Row{Key: key, Level: level, Now: &metrics.Now{MembershipKnown: known}, View: v}
}

func (v *past) span() *window.Span {
	span := new(window.Span)
	for _, b := range v.parts {
		add(span, b)
	}
	return span
}

// add adds the bytes of a slot, which this package wrote or has checked.
func add(span *window.Span, b string) {
	if err := span.Add([]byte(b), same); err != nil {
		panic("history: a slot that was checked does not read back: " + err.Error())
	}
}

// Sums writes the figures, whatever the window: there is only one.
func (v *past) Sums(_ fact.Window, into *fact.Sums) { *into = v.sums }

// Beyond counts the samples above ms.
func (v *past) Beyond(_ int64, _ fact.Window, d fact.Dist, ms int64) (beyond, n int64) {
	return v.span().Beyond(d, ms)
}

// trackOf returns the track of a key, a new one where there is none.
func (d *Day) trackOf(key metrics.Key) *track {
	if t := d.byKey[key]; t != nil {
		return t
	}
	t := &track{key: key}
	d.byKey[key] = t
	at, _ := slices.BinarySearchFunc(d.tracks, t, func(a, b *track) int { return compareKeys(a.key, b.key) })
	d.tracks = slices.Insert(d.tracks, at, t)
	return t
}

func compareKeys(a, b metrics.Key) int {
	return cmp.Or(
		cmp.Compare(a.Scope, b.Scope), strings.Compare(a.Channel.String(), b.Channel.String()), strings.Compare(a.Queue.String(), b.Queue.String()),
		strings.Compare(a.Team.String(), b.Team.String()), strings.Compare(a.Agent.String(), b.Agent.String()),
		strings.Compare(a.Topic.String(), b.Topic.String()), strings.Compare(a.Touchpoint.String(), b.Touchpoint.String()),
	)
}

// frozen returns a copy that no longer changes.
func (d *Day) frozen() *Day {
	out := *d
	out.Episodes = slices.Clone(d.Episodes)
	out.curves = frozenCurves(d.curves)
	out.tracks = make([]*track, len(d.tracks))
	out.byKey = make(map[metrics.Key]*track, len(d.tracks))
	for i, t := range d.tracks {
		kept := &track{key: t.key, level: t.level, slots: slices.Clone(t.slots), rest: t.rest, hours: t.hours}
		if d.End > 0 && t.key.Scope == metrics.ScopeAgent {
			kept.mergeHours(&out, math.MaxInt64)
		}
		out.tracks[i], out.byKey[t.key] = kept, kept
	}
	return &out
}

// WithoutAgents returns the day without figures of single people, itself where
// it has none.
func (d *Day) WithoutAgents() *Day {
	if !slices.ContainsFunc(d.tracks, func(t *track) bool { return t.key.Scope == metrics.ScopeAgent }) {
		return d
	}
	out := *d
	out.tracks = slices.DeleteFunc(slices.Clone(d.tracks), func(t *track) bool { return t.key.Scope == metrics.ScopeAgent })
	out.byKey = make(map[metrics.Key]*track, len(out.tracks))
	for _, t := range out.tracks {
		out.byKey[t.key] = t
	}
	return &out
}
