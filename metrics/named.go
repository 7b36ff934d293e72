package metrics

import (
	"math"
	"slices"
	"strings"

	"wallboard/metrics/checkpoint"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/store"
	"wallboard/metrics/window"
)

// maxNamedRows bounds the rows of topics, and of touchpoints, that a floor has
// ever given out; beyond, a new name shares the row "other" on any day.
const maxNamedRows = 128

// namedRows are the rows of a floor's topics or touchpoints. The first
// MaxNamed names of a day have one of their own, the rest share "other".
type namedRows struct {
	list  []namedRow
	other int32 // row + 1, 0 none yet
}

// namedRow is the row of one name.
type namedRow struct {
	word uint16
	row  int32
	day  int64 // the last day on which it was given to the name
}

// row returns the row of a name on a day, noRef where it must be made first.
func (r *namedRows) row(word uint16, day int64) int32 {
	today := 0
	for i := range r.list {
		x := &r.list[i]
		if x.word == word && x.day == day {
			return x.row
		}
		if x.day == day {
			today++
		}
	}
	if today >= MaxNamed {
		return r.other - 1
	}
	for i := range r.list {
		if x := &r.list[i]; x.word == word {
			x.day = day
			return x.row
		}
	}
	if len(r.list) >= maxNamedRows {
		return r.other - 1
	}
	return noRef
}

// full says whether a new name shares the row "other" on a day.
func (r *namedRows) full(day int64) bool {
	today := 0
	for i := range r.list {
		if r.list[i].day == day {
			today++
		}
	}
	return today >= MaxNamed || len(r.list) >= maxNamedRows
}

// atNamed adds the rows of the owner's topic and touchpoint.
func (e *Engine) atNamed(a *target) {
	f := e.floors[e.cells[a.owner.cell].floor]
	if a.owner.mask&toTopic != 0 && a.owner.topic != 0 {
		a.add(e.rows[e.namedRow(f, &f.topics, ScopeTopic, a.owner.topic)])
	}
	if a.owner.mask&toTouchpoint != 0 && a.owner.touch != 0 {
		a.add(e.rows[e.namedRow(f, &f.touchpoints, ScopeTouchpoint, a.owner.touch)])
	}
}

func (e *Engine) namedRow(f *floorState, r *namedRows, scope Scope, word uint16) int32 {
	if row := r.row(word, f.dayStart); row >= 0 {
		return row
	}
	name, full := e.names.words.texts[word], r.full(f.dayStart)
	if full || name.String() == otherName {
		if r.other == 0 {
			r.other = e.addNamed(f, scope, clean.Own(otherName)) + 1
		}
		return r.other - 1
	}
	row := e.addNamed(f, scope, name)
	r.list = append(r.list, namedRow{word: word, row: row, day: f.dayStart})
	return row
}

func (e *Engine) addNamed(f *floorState, scope Scope, name clean.Text) int32 {
	key := Key{Scope: scope, Floor: f.id, Topic: name}
	if scope == ScopeTouchpoint {
		key.Topic, key.Touchpoint = clean.Text{}, name
	}
	f.shape++
	return e.addRow(f, key, window.Dense)
}

// sorted returns the rows given out, by name, "other" last.
func (r *namedRows) sorted(e *Engine) []int32 {
	rows := make([]int32, 0, len(r.list)+1)
	for i := range r.list {
		rows = append(rows, r.list[i].row)
	}
	name := func(i int32) string { return e.rows[i].key.Topic.String() + e.rows[i].key.Touchpoint.String() }
	slices.SortFunc(rows, func(a, b int32) int { return strings.Compare(name(a), name(b)) })
	if r.other != 0 {
		rows = append(rows, r.other-1)
	}
	return rows
}

func (r *namedRows) code(c *checkpoint.Coder) {
	checkpoint.Int(c, &r.other)
	store.Slice(c, &r.list, func(c *checkpoint.Coder, x *namedRow) {
		checkpoint.Int(c, &x.word)
		checkpoint.Int(c, &x.row)
		c.Int64(&x.day)
	})
}

// good says whether the rows are there.
func (r *namedRows) good(rows, words int) bool {
	if r.other < 0 || int(r.other) > rows {
		return false
	}
	for i := range r.list {
		if x := &r.list[i]; x.row < 0 || int(x.row) >= rows || int(x.word) >= words {
			return false
		}
	}
	return true
}

// namedViews builds the rows of the floor's topics and touchpoints. "other" is
// of no name, so it has no spike.
func (e *Engine) namedViews(f *floorState, c *floorCache, out *FloorView) {
	show := func(rows []int32, now func(*rowState) Now) (views []*Row) {
		for _, i := range rows {
			n := now(e.rows[i])
			views = append(views, e.rowView(e.rows[i], &n))
		}
		return views
	}
	out.Topics = show(c.topics, func(r *rowState) Now { return Now{Topic: c.spikes[r.index]} })
	out.Touchpoints = show(c.touchpoints, func(*rowState) Now { return Now{} })
}

// Topic is how often a topic has been told of late, against how often it is.
type Topic struct {
	N        int32   // sessions tagged with it in the last 60 minutes
	Share    float64 // of all tagged then, in [0,1]
	Expected float64 // its share of all tagged before; 0 where too few were
	Spike    bool
}

// What a spike is: enough tagged, a share half as high again as before, and by
// more than three standard deviations of what as many sessions would show.
const (
	spikeLeast    = 20
	spikeBase     = 100
	spikeFactor   = 1.5
	spikeSurprise = 3
)

// spikesOf finds out how a floor's topics do, once a minute: floors hold the
// worst of them.
func (e *Engine) spikesOf(f *floorState, c *floorCache) Topic {
	if len(c.topics) == 0 {
		return Topic{}
	}
	if minute := e.now / msMinute; c.spikes == nil || c.spikedAt != minute {
		c.spikedAt, c.spikes, c.worst = minute, make(map[int32]Topic, len(c.topics)), Topic{}
		var hour, all fact.Sums
		e.taggedOf(f.row, &hour, &all)
		tagged, before := hour.Counts[fact.Tagged], all.Counts[fact.Tagged]-hour.Counts[fact.Tagged]
		for _, i := range c.topics {
			e.taggedOf(i, &hour, &all)
			n := hour.Counts[fact.Tagged]
			t := spikeOf(n, tagged, all.Counts[fact.Tagged]-n, before)
			if i == f.topics.other-1 {
				t.Spike = false
			}
			c.spikes[i] = t
			if t.Spike && (!c.worst.Spike || t.Share*c.worst.Expected > c.worst.Share*t.Expected) {
				c.worst = t
			}
		}
		if !c.worst.Spike {
			c.worst.N = int32(tagged)
		}
	}
	return c.worst
}

func (e *Engine) taggedOf(row int32, hour, all *fact.Sums) {
	v := e.rows[row].series.View(e.now)
	v.Sums(fact.Window60m, hour)
	v.Sums(fact.WindowAll, all)
}

// spikeOf compares n of so many tagged with what there was before.
func spikeOf(n, tagged, before, allBefore int64) Topic {
	t := Topic{N: int32(n)}
	if tagged > 0 {
		t.Share = float64(n) / float64(tagged)
	}
	if allBefore < spikeBase {
		return t
	}
	t.Expected = float64(before) / float64(allBefore)
	surprise := spikeSurprise * math.Sqrt(t.Expected*(1-t.Expected)/float64(max(1, tagged)))
	t.Spike = tagged >= spikeLeast && n > 0 && t.Share >= spikeFactor*t.Expected && t.Share >= t.Expected+surprise
	return t
}
