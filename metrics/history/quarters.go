package history

import (
	"slices"
	"strings"
	"weak"

	"wallboard/metrics"
	"wallboard/metrics/fact"
	"wallboard/metrics/window"
)

// Quarters gathers the day so far of every floor. What it holds is a pure
// function of the snapshots it was given. One goroutine owns it.
type Quarters struct {
	floors []*book // sorted by floor
	closed []*Day  // since Closed was last asked
	since  int64   // from when on events were seen
	lost   int64
	frozen int64 // ms in all
	hours  *Hours
	room   window.Span
	bytes  []byte
}

// book is one floor's days that may still change.
type book struct {
	today  *Day
	closed *Day    // yesterday, until nothing can change it
	dirty  bool    // closed differs from what was handed out
	start  Account // the counters as they stood when the day began
}

// Step is how far apart the instants are at which Take must be called: whole
// multiples of it since the epoch.
const Step = quarter

// Since says from when on events were seen, ms since the epoch: what is before
// is missing, not empty. Only the first call counts.
func (q *Quarters) Since(at int64) {
	if q.since == 0 {
		q.since = at
	}
}

// NoteLost says how many messages were lost in all so far.
func (q *Quarters) NoteLost(total int64) { q.lost = total }

// NoteFrozen adds time in which the numbers were stale or incomplete.
func (q *Quarters) NoteFrozen(ms int64) { q.frozen += max(0, ms) }

// Take gathers what the clock has passed since the last snapshot. Call it with
// the snapshot at each multiple of Step, its breaches in it; where nothing
// happened, steps may be left out.
func (q *Quarters) Take(s *metrics.Snapshot) {
	q.Since(s.At)
	for _, f := range s.Floors {
		b := q.bookOf(f)
		if b.today != nil && f.DayStart > b.today.Start {
			q.close(b, f, s)
		}
		if b.today == nil {
			b.today = newDay(f.ID, f.Zone, f.DayStart)
			b.today.Seen = max(q.since, f.DayStart)
			b.start = q.account(s)
		}
		q.gather(b.today, f, s.At)
		b.today.takeCurves(f)
		b.today.Account = q.account(s).less(b.start)
		b.today.Episodes = episodesOf(s, b.today)
		q.settle(b, f, s)
	}
	q.hours = nil
}

// close ends a floor's day at the start of the next.
func (q *Quarters) close(b *book, f *metrics.FloorView, s *metrics.Snapshot) {
	q.amendCurves(b, f)
	q.settled(b)
	d := b.today
	d.End = f.DayStart
	if d.End-d.Start > int64(maxSlots-4)*quarter {
		d.End = d.Start + 24*hour // the clock leapt over whole days
	}
	q.gather(d, f, s.At)
	d.takeCurves(f)
	d.Account = q.account(s).less(b.start)
	d.Episodes = episodesOf(s, d)
	q.closed = append(q.closed, d.frozen())
	b.today, b.closed, b.dirty = nil, d, false
}

// settle gathers a closed day anew while that can change it.
func (q *Quarters) settle(b *book, f *metrics.FloorView, s *metrics.Snapshot) {
	d := b.closed
	if d == nil || s.At == d.End {
		return
	}
	q.amendCurves(b, f)
	switch {
	case s.At <= d.End+correctable:
		b.dirty = q.gather(d, f, s.At) || b.dirty
		if s.At == d.End+correctable && b.dirty {
			q.closed = append(q.closed, d.frozen())
			b.dirty = false
		}
	case s.At >= d.End+24*hour:
		q.settled(b)
	case s.At%hour == 0:
		b.dirty = q.amend(d, f, s.At) || b.dirty
	}
}

// settled hands a closed day out once more where it was amended, and lets go of
// it.
func (q *Quarters) settled(b *book) {
	if b.closed != nil && b.dirty {
		q.closed = append(q.closed, b.closed.frozen())
	}
	b.closed, b.dirty = nil, false
}

// amend looks for counts of a closed day that were decided after it: a customer
// who comes back, an order that is paid belong to the minute of the contact,
// for a day. The day is then handed out once more, when the next one closes.
// What is decided when its minute is out of reach, a day later to the minute,
// stays out: a stored day's cohorts never count as settled.
func (q *Quarters) amend(d *Day, f *metrics.FloorView, at int64) bool {
	oldest := d.slotOf(max(d.Start, floorTo(at, quarter)-(window.Reach-30)*minute))
	changed := false
	eachRow(f, func(r *metrics.Row) {
		if r == nil || r.View == nil || r.Key.Scope == metrics.ScopeAgent {
			return
		}
		if t := d.byKey[r.Key]; t != nil {
			changed = q.correctWithin(d, t, r, at, oldest, d.slotOf(d.End-1)+1) || changed
		}
	})
	return changed
}

// Closed returns the days that closed, or changed afterwards, since it was last
// asked.
func (q *Quarters) Closed() []*Day {
	out := q.closed
	q.closed = nil
	return out
}

// Today returns a floor's day so far, nil where nothing is known of it.
func (q *Quarters) Today(floor string) *Day {
	for _, b := range q.floors {
		if b.today != nil && b.today.Floor.String() == floor {
			return b.today.frozen()
		}
	}
	return nil
}

func (q *Quarters) bookOf(f *metrics.FloorView) *book {
	at, found := slices.BinarySearchFunc(q.floors, f.ID.String(), func(b *book, id string) int {
		return strings.Compare(b.id(), id)
	})
	if !found {
		b := &book{today: newDay(f.ID, f.Zone, f.DayStart)}
		b.today.Seen = max(q.since, f.DayStart)
		q.floors = slices.Insert(q.floors, at, b)
	}
	return q.floors[at]
}

func (b *book) id() string {
	if b.today != nil {
		return b.today.Floor.String()
	}
	return b.closed.Floor.String()
}

// account reads the counters of a snapshot.
func (q *Quarters) account(s *metrics.Snapshot) Account {
	h := &s.Health
	a := Account{
		Received: h.Received, Applied: h.Applied, Duplicates: h.Duplicates, Late: h.Late, Ancient: h.Ancient, Misfit: h.Misfit, Unknown: h.Unknown,
		Lost: max(q.lost, h.Lost), FrozenMs: q.frozen, Rejected: map[string]int64{},
	}
	for reason, n := range h.Rejected {
		a.Rejected[reason] = n
	}
	return a
}

// less returns what was counted since.
func (a Account) less(b Account) Account {
	a.Received -= b.Received
	a.Applied -= b.Applied
	a.Duplicates -= b.Duplicates
	a.Late -= b.Late
	a.Ancient -= b.Ancient
	a.Misfit -= b.Misfit
	a.Unknown -= b.Unknown
	a.Lost -= b.Lost
	a.FrozenMs -= b.FrozenMs
	for reason, n := range b.Rejected {
		if a.Rejected[reason] -= n; a.Rejected[reason] == 0 {
			delete(a.Rejected, reason)
		}
	}
	return a
}

// maxEpisodes bounds the breaches kept of a day.
const maxEpisodes = metrics.MaxPastBreaches

// episodesOf lists the floor's breaches that touch the day, those still active
// first.
func episodesOf(s *metrics.Snapshot, d *Day) []metrics.Episode {
	var out []metrics.Episode
	end := s.At
	if d.End > 0 {
		end = d.End
	}
	keep := func(e metrics.Episode) {
		if e.Key.Floor == d.Floor && e.FiringSince < end && len(out) < maxEpisodes {
			out = append(out, e)
		}
	}
	for i := range s.Breaches {
		if b := &s.Breaches[i]; b.State == metrics.BreachFiring || b.State == metrics.BreachRecovering {
			keep(metrics.Episode{Rule: b.Rule, KPI: b.KPI, Key: b.Key, Window: b.Window, Level: b.Level, Since: b.Since, FiringSince: b.FiringSince, Peak: b.Peak, Limit: b.Limit, AckedBy: b.AckedBy, Flaps: b.Flaps})
		}
	}
	for _, e := range s.PastBreaches {
		if e.Ended > d.Start {
			keep(e)
		}
	}
	return out
}

// eachRow calls yield with the rows that are kept.
func eachRow(f *metrics.FloorView, yield func(*metrics.Row)) {
	yield(f.Row)
	for _, list := range [][]*metrics.Row{f.Channels, f.Queues, f.Teams} {
		for _, r := range list {
			yield(r)
		}
	}
	for _, v := range f.Tables {
		yield(v.Row)
	}
	f.Agents.All(func(a *metrics.AgentView) bool { yield(a.Row); return true })
}

// gather reads the quarters of a day that a snapshot at an instant may have
// changed, and says whether any did.
func (q *Quarters) gather(d *Day, f *metrics.FloorView, at int64) bool {
	until := at
	if d.End > 0 {
		until = min(until, d.End)
	}
	if until <= d.Start {
		return false
	}
	last := d.slotOf(until - 1)
	if last >= maxSlots {
		return false
	}
	// What was gathered before is gathered again as far back as it can be.
	first := d.slotOf(max(d.Start, min(d.Covered, floorTo(at, quarter)-reach)))
	changed := false
	eachRow(f, func(r *metrics.Row) {
		if r != nil && r.View != nil {
			changed = q.gatherRow(d, r, at, first, last) || changed
		}
	})
	d.Covered = max(d.Covered, until)
	return changed
}

func (q *Quarters) gatherRow(d *Day, r *metrics.Row, at int64, first, last int) bool {
	t := d.byKey[r.Key]
	if t == nil {
		t = d.trackOf(r.Key)
	}
	row := weak.Make(r)
	unchanged := t.row == row && r.Key.Scope.People()
	t.row, t.level = row, r.Level
	changed := false
	for i := first; i <= last; i++ {
		if unchanged && d.slotEnd(i) <= d.Covered {
			continue // nothing happened since, and it was whole then
		}
		if i < len(t.slots) && t.merged(d, i) {
			continue
		}
		changed = q.gatherSlot(d, t, r, at, i) || changed
	}
	if r.Key.Scope == metrics.ScopeAgent {
		t.mergeHours(d, at)
		return changed
	}
	if d.End == 0 {
		changed = q.correct(d, t, r, at, first) || changed
	}
	return changed
}

// gatherSlot reads one quarter anew and says whether that changed it.
func (q *Quarters) gatherSlot(d *Day, t *track, r *metrics.Row, at int64, i int) bool {
	q.room.Reset()
	from, to := d.slotStart(i), d.slotEnd(i)
	if !r.Gather(at, from, to, &q.room) && i < len(t.slots) && t.slots[i] != "" {
		return false // it was whole before
	}
	return q.put(t, i)
}

// put replaces a slot by what the room holds.
func (q *Quarters) put(t *track, i int) bool {
	q.bytes = q.room.Append(q.bytes[:0])
	for len(t.slots) <= i {
		if len(q.bytes) == 0 && len(t.slots) == i {
			return false
		}
		t.slots = append(t.slots, "")
	}
	if t.slots[i] == string(q.bytes) {
		return false
	}
	if t.key.Scope != metrics.ScopeAgent {
		var before window.Span
		add(&before, t.slots[i])
		for c := range t.total {
			t.total[c] += q.room.Counts[c] - before.Counts[c]
		}
	}
	t.slots[i] = string(q.bytes)
	return true
}

// correct finds counts of quarters before first that a late event changed: once
// an hour, only where the day's sum differs from that of its quarters, and then
// by halves. Samples that old are no longer known by their minute; the quarter
// keeps those it has.
func (q *Quarters) correct(d *Day, t *track, r *metrics.Row, at int64, first int) bool {
	var today fact.Sums
	r.SumsAt(at, fact.WindowToday, &today)
	total := t.total
	changed := t.takeRest(&today, &total)
	if at%hour != 0 || today.Counts == total {
		return changed
	}
	oldest := d.slotOf(max(d.Start, floorTo(at, quarter)-(window.Reach-30)*minute))
	return q.correctWithin(d, t, r, at, oldest, first) || changed
}

// takeRest keeps what a queue's people did that day before the scope was seen
// for the first time: it is of the day, but no quarter of it is known. Those
// counts are then equal in today and total.
func (t *track) takeRest(today *fact.Sums, total *[fact.NumCounts]int64) bool {
	if !t.ofQueue() {
		return false
	}
	var rest window.Span
	for _, c := range peopleCounts {
		rest.Counts[c] = today.Counts[c] - total[c]
		total[c] = today.Counts[c]
	}
	b := string(rest.Append(nil))
	changed := b != t.rest
	t.rest = b
	return changed
}

func (t *track) ofQueue() bool {
	return t.key.Scope == metrics.ScopeQueue || t.key.Scope == metrics.ScopeQueueChannel
}

// peopleCounts are what a queue's row reads of the people who serve it.
var peopleCounts = [...]fact.Count{fact.SlotUsedMs, fact.SlotMs, fact.LoadShareMs, fact.LoadPeopleMs}

// correctWithin looks for what differs in the slots [lo, hi).
func (q *Quarters) correctWithin(d *Day, t *track, r *metrics.Row, at int64, lo, hi int) bool {
	if lo >= hi {
		return false
	}
	var now, kept window.Span
	if !r.Gather(at, d.slotStart(lo), d.slotEnd(hi-1), &now) {
		return false
	}
	for i := lo; i < min(hi, len(t.slots)); i++ {
		add(&kept, t.slots[i])
	}
	if t.ofQueue() {
		// The people's part of a queue's figures does not reach back so far.
		for _, c := range peopleCounts {
			now.Counts[c] = kept.Counts[c]
		}
	}
	if now.Counts == kept.Counts {
		return false
	}
	if hi-lo > 1 {
		mid := (lo + hi) / 2
		left := q.correctWithin(d, t, r, at, lo, mid)
		return q.correctWithin(d, t, r, at, mid, hi) || left
	}
	q.room.Reset()
	q.room.Merge(&kept)
	q.room.Counts = now.Counts
	for p := range now.Peaks {
		q.room.Peaks[p] = max(q.room.Peaks[p], now.Peaks[p])
	}
	return q.put(t, lo)
}

// merged says whether a slot of a person is part of an hour already.
func (t *track) merged(d *Day, i int) bool {
	return t.key.Scope == metrics.ScopeAgent && i < t.hours
}

// mergeHours joins a person's quarters to hours once nothing can change them,
// or all of them when the day is over.
func (t *track) mergeHours(d *Day, at int64) {
	for t.hours < len(t.slots) {
		from, next := t.hours, t.hours+1
		for next < maxSlots && d.localHour(d.slotStart(next)) == d.localHour(d.slotStart(from)) {
			next++
		}
		if d.slotEnd(next-1) > at-reach-quarter {
			return
		}
		if last := min(next, len(t.slots)); last > from+1 {
			var span window.Span
			for i := from; i < last; i++ {
				add(&span, t.slots[i])
				t.slots[i] = ""
			}
			t.slots[from] = string(span.Append(nil))
		}
		t.hours = next
	}
}

// AccountOf reads the counters of a snapshot.
func AccountOf(s *metrics.Snapshot) Account { return new(Quarters).account(s) }
