package metrics

import (
	"encoding/binary"
	"slices"

	"wallboard/metrics/checkpoint"
	"wallboard/metrics/fact"
	"wallboard/metrics/store"
	"wallboard/metrics/window"
)

// group is the agents who serve exactly the same queues. What their slots and
// load add to each of those queues is kept once here, and joined with the
// queue's own figures when it is read: an agent of twenty queues would
// otherwise write twenty rows with every session.
type group struct {
	index, floor int32
	queues       []int32 // sorted
	series       *window.Series
	chans        []groupChan
	stamp        uint64
}

// groupChan is a group's slots on one channel.
type groupChan struct {
	channel int32
	series  *window.Series
}

// poolRates are what a queue reads of its groups.
var poolRates = [...]fact.Count{fact.SlotUsedMs, fact.SlotMs, fact.LoadShareMs, fact.LoadPeopleMs}

// regroup puts the agent with those who serve the same queues.
func (e *Engine) regroup(a *agentState) {
	room := [16]int32{}
	queues := room[:0]
	for i := range a.queues {
		if !a.queues[i].paused {
			queues = append(queues, a.queues[i].queue)
		}
	}
	if len(queues) == 0 {
		a.group = noRef
		return
	}
	slices.Sort(queues)
	if a.group != noRef && slices.Equal(e.groups[a.group].queues, queues) {
		return
	}
	f := e.floors[a.floor]
	key := groupKey(queues)
	i, ok := f.groupBy[key]
	if !ok {
		g := &group{index: int32(len(e.groups)), floor: f.index, queues: slices.Clone(queues), series: e.newSeries(f, window.Sparse)}
		i = g.index
		e.groups = append(e.groups, g)
		f.groupBy[key] = i
		for _, q := range g.queues {
			e.queues[q].groups = append(e.queues[q].groups, i)
		}
	}
	a.group = i
}

func groupKey(queues []int32) string {
	var key []byte
	for _, q := range queues {
		key = binary.AppendUvarint(key, uint64(q))
	}
	return string(key)
}

// on returns the group's slots on a channel.
func (g *group) on(e *Engine, channel int32) *window.Series {
	for i := range g.chans {
		if g.chans[i].channel == channel {
			return g.chans[i].series
		}
	}
	s := e.newSeries(e.floors[g.floor], window.Sparse)
	g.chans = append(g.chans, groupChan{channel, s})
	return s
}

// newSeries returns a series whose day has begun with the floor's.
func (e *Engine) newSeries(f *floorState, kind window.Kind) *window.Series {
	s := e.scratch.New(kind)
	if e.now > 0 {
		s.StartDay(f.dayStart)
	}
	return s
}

// writeGroup adds what slots and load change to the agent's group.
func (e *Engine) writeGroup(a *agentState, t int64, d *pace) {
	if a.group == noRef {
		return
	}
	g := e.groups[a.group]
	g.stamp = e.changes
	var room [4]window.Fact
	facts := room[:0]
	for k := rateUsed; k <= rateLoadPeople; k++ {
		if v := d.all[k]; v != 0 {
			facts = append(facts, window.Fact{Kind: window.FactSlope, Code: uint8(rateCounts[k]), N: int64(v)})
		}
	}
	g.series.Take(t, facts)
	for k := range min(len(a.chans), maxUsed) {
		facts = room[:0]
		for i := 2; i < 4; i++ {
			if v := d.channels[k][i]; v != 0 {
				facts = append(facts, window.Fact{Kind: window.FactSlope, Code: uint8(channelRates[i]), N: int64(v)})
			}
		}
		if len(facts) > 0 {
			g.on(e, a.chans[k].channel).Take(t, facts)
		}
	}
}

// pooled is a queue's figures, or a queue x channel's, with the slots and load
// of the people who serve it.
type pooledFigures struct {
	own  *window.View
	pool []*window.View
}

// Sums writes the figures of a window.
func (v pooledFigures) Sums(w fact.Window, into *fact.Sums) {
	v.own.Sums(w, into)
	var s fact.Sums
	for _, p := range v.pool {
		p.Sums(w, &s)
		for _, c := range poolRates {
			into.Counts[c] += s.Counts[c]
		}
	}
}

// LastAt writes the figures of the last minutes: slots and load, which reach an
// hour, are left out of more.
func (v pooledFigures) LastAt(at int64, minutes int, into *fact.Sums) {
	v.own.LastAt(at, minutes, into)
	if minutes > window.SparseReach {
		return
	}
	var s fact.Sums
	for _, p := range v.pool {
		p.LastAt(at, minutes, &s)
		for _, c := range poolRates {
			into.Counts[c] += s.Counts[c]
		}
	}
}

// SumsAt is Sums with the clock at a later moment.
func (v pooledFigures) SumsAt(at int64, w fact.Window, into *fact.Sums) {
	later := pooledFigures{own: v.own.At(at), pool: make([]*window.View, len(v.pool))}
	for i := range v.pool {
		later.pool[i] = v.pool[i].At(at)
	}
	later.Sums(w, into)
}

// Gather leaves slots and load out where the people's figures reach back less
// far.
func (v pooledFigures) Gather(at, from, to int64, into *window.Span) bool {
	whole := v.own.Gather(at, from, to, into)
	var pool window.Span
	for _, p := range v.pool {
		if !p.Gather(at, from, to, &pool) {
			return whole
		}
	}
	for _, c := range poolRates {
		into.Counts[c] += pool.Counts[c]
	}
	return whole
}

// Beyond counts the samples above ms.
func (v pooledFigures) Beyond(at int64, w fact.Window, d fact.Dist, ms int64) (beyond, n int64) {
	return v.own.Beyond(at, w, d, ms)
}

// poolOf returns the views a row's slots and load are read from.
func (e *Engine) poolOf(r *rowState) []*window.View {
	var out []*window.View
	for _, i := range e.queues[r.queue].groups {
		g := e.groups[i]
		if r.scope == ScopeQueue {
			out = append(out, g.series.View(e.now))
			continue
		}
		for k := range g.chans {
			if e.chans[g.chans[k].channel].id == r.key.Channel {
				out = append(out, g.chans[k].series.View(e.now))
			}
		}
	}
	return out
}

func (e *Engine) codeGroup(c *checkpoint.Coder, g *group) {
	checkpoint.Int(c, &g.index)
	checkpoint.Int(c, &g.floor)
	store.Slice(c, &g.queues, codeInt32)
	if c.Reading() {
		g.series = e.scratch.New(window.Sparse)
	}
	g.series.Code(c)
	store.Slice(c, &g.chans, func(c *checkpoint.Coder, k *groupChan) {
		checkpoint.Int(c, &k.channel)
		if c.Reading() {
			k.series = e.scratch.New(window.Sparse)
		}
		k.series.Code(c)
	})
}
