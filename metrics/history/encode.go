package history

import (
	"fmt"
	"slices"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/checkpoint"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/window"
)

const (
	layout     = 2 // 1: without curves
	maxTracks  = 1 << 18
	maxReasons = 1 << 10
	slotLimit  = 1 << 16
	maxFigures = 1 << 10
	maxTime    = int64(1) << 50
)

// codeDay writes or reads a day. What is read is checked whole.
func codeDay(c *checkpoint.Coder, d *Day) {
	version := int64(layout)
	if c.Int64(&version); c.Err() == nil && (version < 1 || version > layout) {
		c.Fail("history: layout %d, want 1 to %d", version, layout)
	}
	codeText(c, &d.Floor)
	codeZone(c, d)
	for _, t := range []*int64{&d.Start, &d.End, &d.Covered, &d.Seen} {
		c.Int64(t)
		if c.Err() == nil && (*t < -maxTime || *t > maxTime) {
			c.Fail("history: time out of range")
		}
	}
	if c.Err() == nil && d.End > 0 && (d.End <= d.Start || d.End-d.Start > int64(maxSlots-2)*quarter) {
		c.Fail("history: a day of %d ms", d.End-d.Start)
	}
	codeAccount(c, &d.Account)
	codeList(c, &d.Episodes, maxEpisodes, codeEpisode)
	numbers := codeNames(c)
	codeList(c, &d.tracks, maxTracks, func(c *checkpoint.Coder, t **track) {
		if c.Reading() {
			*t = &track{}
		}
		codeTrack(c, *t, d.Floor, numbers)
	})
	if c.Reading() && c.Err() == nil {
		d.order(c)
	}
	if version > 1 && c.Err() == nil {
		codeCurves(c, d)
	}
}

// order makes the tracks that were read findable.
func (d *Day) order(c *checkpoint.Coder) {
	slices.SortFunc(d.tracks, func(a, b *track) int { return compareKeys(a.key, b.key) })
	d.byKey = make(map[metrics.Key]*track, len(d.tracks))
	for _, t := range d.tracks {
		if d.byKey[t.key] != nil {
			c.Fail("history: a scope twice")
			return
		}
		d.byKey[t.key] = t
	}
}

// codeList visits a collection, growing with what there is to read: a length
// alone takes no memory.
func codeList[T any](c *checkpoint.Coder, list *[]T, limit int, code func(*checkpoint.Coder, *T)) {
	n := c.Len(len(*list), limit)
	if c.Reading() {
		*list = nil
	}
	for i := range n {
		if c.Reading() {
			var zero T
			*list = append(*list, zero)
		}
		if code(c, &(*list)[i]); c.Err() != nil {
			return
		}
	}
}

func codeText(c *checkpoint.Coder, t *clean.Text) {
	s := t.String()
	c.String(&s)
	if c.Reading() && s != "" {
		*t = clean.Own(s)
	}
}

// codeZone visits the zone by its name; where this machine knows none of the
// name, the offset at the day's start stands for it.
func codeZone(c *checkpoint.Coder, d *Day) {
	var name string
	var offset int64
	if !c.Reading() {
		name = d.Zone.String()
		_, seconds := time.UnixMilli(d.Start).In(d.Zone).Zone()
		offset = int64(seconds)
	}
	c.String(&name)
	c.Int64(&offset)
	if !c.Reading() || c.Err() != nil {
		return
	}
	if offset < -86_400 || offset > 86_400 {
		c.Fail("history: zone offset of %d s", offset)
		return
	}
	zone, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" {
		zone = time.FixedZone(clean.Own(name).String(), int(offset))
	}
	d.Zone = zone
}

func codeAccount(c *checkpoint.Coder, a *Account) {
	for _, n := range []*int64{&a.Received, &a.Applied, &a.Duplicates, &a.Late, &a.Ancient, &a.Misfit, &a.Unknown, &a.Lost, &a.FrozenMs} {
		c.Int64(n)
	}
	var reasons []string
	for reason := range a.Rejected {
		reasons = append(reasons, reason)
	}
	slices.Sort(reasons)
	rejected := a.Rejected
	if c.Reading() {
		rejected = map[string]int64{}
	}
	codeList(c, &reasons, maxReasons, func(c *checkpoint.Coder, reason *string) {
		n := rejected[*reason]
		c.String(reason)
		c.Int64(&n)
		rejected[clean.Own(*reason).String()] = n
	})
	a.Rejected = rejected
}

func codeEpisode(c *checkpoint.Coder, e *metrics.Episode) {
	for _, s := range []*string{&e.Rule, &e.KPI, &e.Window} {
		c.String(s)
		if c.Reading() {
			*s = clean.Own(*s).String()
		}
	}
	codeKey(c, &e.Key)
	codeText(c, &e.Key.Floor)
	checkpoint.Int(c, &e.Level)
	if e.Level > metrics.LevelStale {
		c.Fail("history: level %d", e.Level)
	}
	for _, t := range []*int64{&e.Since, &e.FiringSince, &e.Ended} {
		c.Int64(t)
	}
	c.Float64(&e.Peak)
	c.Float64(&e.Limit)
	codeText(c, &e.AckedBy)
	checkpoint.Int(c, &e.Flaps)
}

// codeKey visits a key but for its floor.
func codeKey(c *checkpoint.Coder, k *metrics.Key) {
	scope := k.Scope.String()
	c.String(&scope)
	if c.Err() != nil {
		return
	}
	known := false
	if k.Scope, known = metrics.ParseScope(scope); !known {
		c.Fail("history: scope %q", scope)
	}
	for _, t := range []*clean.Text{&k.Channel, &k.Queue, &k.Team, &k.Agent, &k.Topic, &k.Touchpoint} {
		codeText(c, t)
	}
}

// codeNames writes what the numbers of figures mean, and reads which figures of
// now they are.
func codeNames(c *checkpoint.Coder) *window.Layout {
	counts, peaks, dists := names(fact.NumCounts), names(fact.NumPeaks), names(fact.NumDists)
	l := &window.Layout{}
	l.Counts, l.Peaks, l.Dists = codeNumbers(c, counts), codeNumbers(c, peaks), codeNumbers(c, dists)
	return l
}

func names[T interface {
	~uint8
	fmt.Stringer
}](n T) []string {
	out := make([]string, n)
	for i := range n {
		out[i] = i.String()
	}
	return out
}

func codeNumbers(c *checkpoint.Coder, now []string) []int16 {
	written := now
	codeList(c, &written, maxFigures, func(c *checkpoint.Coder, name *string) { c.String(name) })
	numbers := make([]int16, len(written))
	for i, name := range written {
		numbers[i] = -1
		if name != "" {
			numbers[i] = int16(slices.Index(now, name))
		}
	}
	return numbers
}

func codeTrack(c *checkpoint.Coder, t *track, floor clean.Text, numbers *window.Layout) {
	codeKey(c, &t.key)
	t.key.Floor = floor
	checkpoint.Int(c, &t.level.AnswerWithin)
	checkpoint.Int(c, &t.level.ShortAbandon)
	variant := t.level.Variant.String()
	c.String(&variant)
	if c.Reading() && c.Err() == nil {
		known := false
		if t.level.Variant, known = metrics.ParseVariant(variant); !known {
			c.Fail("history: variant %q", variant)
		}
	}
	checkpoint.Int(c, &t.hours)
	var used []int
	for i := range t.slots {
		if t.slots[i] != "" {
			used = append(used, i)
		}
	}
	var room window.Span
	codeRest(c, t, &room, numbers)
	codeList(c, &used, maxSlots, func(c *checkpoint.Coder, i *int) {
		checkpoint.Int(c, i)
		var b []byte
		if !c.Reading() {
			b = []byte(t.slots[*i])
		}
		if c.Blob(&b, slotLimit); c.Reading() && c.Err() == nil {
			t.takeSlot(c, *i, b, &room, numbers)
		}
	})
}

func codeRest(c *checkpoint.Coder, t *track, room *window.Span, numbers *window.Layout) {
	b := []byte(t.rest)
	c.Blob(&b, slotLimit)
	if !c.Reading() || c.Err() != nil {
		return
	}
	room.Reset()
	if room.Add(b, numbers) != nil {
		c.Fail("history: the rest of a day")
		return
	}
	t.rest = string(room.Append(nil))
}

// takeSlot keeps a slot that was read, in the numbers of now.
func (t *track) takeSlot(c *checkpoint.Coder, i int, b []byte, room *window.Span, numbers *window.Layout) {
	room.Reset()
	if i < len(t.slots) || i >= maxSlots || room.Add(b, numbers) != nil {
		c.Fail("history: quarter %d", i)
		return
	}
	for len(t.slots) < i {
		t.slots = append(t.slots, "")
	}
	t.slots = append(t.slots, string(room.Append(nil)))
	for n, v := range room.Counts {
		t.total[n] += v
	}
}

// Code writes or reads all that is gathered, so that a restart in the middle of
// a day keeps its quarters.
func (q *Quarters) Code(c *checkpoint.Coder) {
	c.Int64(&q.since)
	c.Int64(&q.lost)
	c.Int64(&q.frozen)
	codeList(c, &q.floors, maxTracks, func(c *checkpoint.Coder, b **book) {
		if c.Reading() {
			*b = &book{}
		}
		codeOptional(c, &(*b).today)
		codeOptional(c, &(*b).closed)
		c.Bool(&(*b).dirty)
		codeAccount(c, &(*b).start)
		if c.Err() == nil && (*b).today == nil && (*b).closed == nil {
			c.Fail("history: a floor without a day")
		}
	})
	codeList(c, &q.closed, maxTracks, codeOptional)
	if c.Reading() {
		q.hours = nil
	}
}

func codeOptional(c *checkpoint.Coder, d **Day) {
	some := *d != nil
	if c.Bool(&some); !some {
		*d = nil
		return
	}
	if c.Reading() {
		*d = &Day{}
	}
	codeDay(c, *d)
}
