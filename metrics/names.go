package metrics

import (
	"slices"
	"strings"
	"time"

	"github.com/cespare/xxhash/v2"

	"wallboard/metrics/clean"
	"wallboard/metrics/store"
	"wallboard/metrics/window"
)

// otherName is where everything beyond a limit is counted.
const otherName = "other"

// hashText hashes an id. The same text has the same hash in every run.
func hashText(s string) uint64 { return xxhash.Sum64String(s) }

// mix combines two hashes into one that depends on their order.
func mix(a, b uint64) uint64 {
	h := (a ^ (b<<31 | b>>33)) * 0x9E3779B185EBCA87
	h ^= h >> 29
	h = (h + b) * 0xC2B2AE3D27D4EB4F
	return h ^ h>>32
}

// names finds entities by their ids.
type names struct {
	floors    map[string]int32
	lastFloor *floorState
	sources   map[sourceKey]int32
	lastSrc   *sourceState
	words     wordTable
	moods     []uint16 // labels of moods in the order they were first told
}

type sourceKey struct {
	floor int32
	id    string
}

func (n *names) init() {
	n.floors = map[string]int32{}
	n.sources = map[sourceKey]int32{}
	n.words.init()
}

// floorState is one site or tenant.
type floorState struct {
	index    int32
	id       clean.Text
	settings FloorSettings
	dayStart int64
	nextDay  int64
	row      int32
	whole    int32 // the cell of no channel

	chanBy, queueBy, agentBy, teamBy, groupBy map[string]int32
	chans, queues, agents, teams              []int32 // in order of appearance
	lastChan                                  *chanState
	otherChan, otherQueue, otherAgent         int32
	pool                                      staff  // of all human agents
	roster                                    bool   // configured agents have been taken in
	shape                                     uint64 // rises with every entity that appears
	topics, touchpoints                       namedRows
	cells                                     []int32 // of sessions, in order of appearance
	tabs                                      [numKept]store.Ages
	found                                     []found // violations of today, newest last
	foundN                                    int32   // ... in all
	reasons                                   []reason
	currency                                  uint16 // word of the first that was told
	sold                                      []sold // today
}

// chanState is one channel of a floor.
type chanState struct {
	index, local int32
	floor        int32
	id           clean.Text
	settings     ChannelSettings
	row          int32
	cell         int32                // sessions of the channel in no queue
	open         store.Ages           // open sessions by the start of their episode
	omniTo       int64                // episodes begun before it have been decided
	overTo       [len(longOpen)]int64 // those begun before it are among their cells' over
	pool         staff                // of agents with the channel
	place        int32                // among the channels of a snapshot
}

// queueState is one queue of a floor.
type queueState struct {
	index     int32
	local     int32 // place among the floor's queues
	floor     int32
	id        clean.Text
	row       int32
	cells     []int32 // by the channel's local number, noRef where it has none
	members   []int32
	pool      staff
	plans     []plan
	planShown []PlanInterval // plans as snapshots show them; nil: to be made
	needs     []need
	groups    []int32 // of agents who serve it
	uncovered int64   // since when, 0 where it is covered
}

// teamState is one team of a floor.
type teamState struct {
	index, floor int32
	id           clean.Text
	row          int32
	pool         staff
}

// floorOf returns the floor with the id, taking it in where it is new.
func (e *Engine) floorOf(id clean.Text) *floorState {
	if last := e.names.lastFloor; last != nil && last.id == id {
		return last
	}
	i, ok := e.names.floors[id.String()]
	if !ok {
		if len(e.floors) >= e.settings.Limits.Floors && id.String() != otherName {
			e.health.capped++
			return e.floorOf(clean.Own(otherName))
		}
		i = e.addFloor(id.Clone())
	}
	e.names.lastFloor = e.floors[i]
	return e.floors[i]
}

func (e *Engine) addFloor(id clean.Text) int32 {
	f := &floorState{index: int32(len(e.floors)), id: id, otherChan: noRef, otherQueue: noRef, otherAgent: noRef}
	var named bool
	if f.settings, named = e.settings.Floors[id.String()]; !named {
		f.settings = e.settings.Floor
	}
	f.chanBy, f.queueBy, f.agentBy, f.teamBy, f.groupBy = map[string]int32{}, map[string]int32{}, map[string]int32{}, map[string]int32{}, map[string]int32{}
	e.floors = append(e.floors, f)
	e.names.floors[id.String()] = f.index
	f.dayStart, f.nextDay = dayAround(f.settings, e.now)
	e.due = min(e.due, f.nextDay)
	f.row = e.addRow(f, Key{Scope: ScopeFloor, Floor: id}, window.Dense)
	f.whole = e.addCell(f, noRef, noRef)
	return f.index
}

// dayAround returns the day start at or before now and the next one. A floor
// that appears before the clock has begun takes its day from the first tick.
func dayAround(s FloorSettings, now int64) (start, next int64) {
	at := time.UnixMilli(now).In(s.Zone)
	y, m, d := at.Date()
	day := func(add int) int64 {
		h, rest := s.DayStart/time.Hour, s.DayStart%time.Hour
		return time.Date(y, m, d+add, int(h), int(rest/time.Minute), int(rest%time.Minute/time.Second), 0, s.Zone).UnixMilli()
	}
	start = day(0)
	if start > now {
		return day(-1), start
	}
	return start, day(1)
}

// addRow makes a row of a floor.
func (e *Engine) addRow(f *floorState, key Key, kind window.Kind) int32 {
	r := &rowState{index: int32(len(e.rows)), floor: f.index, scope: key.Scope, series: *e.newSeries(f, kind)}
	e.rows = append(e.rows, r)
	if key.Scope.ofOne() {
		return r.index
	}
	r.wideRow = &wideRow{key: key, level: e.service.of("", "")}
	switch key.Scope {
	case ScopeQueueChannel:
		r.level = e.service.of(key.Queue.String(), key.Channel.String())
	case ScopeChannel:
		r.level = e.service.of("", key.Channel.String())
	}
	return r.index
}

// channelOf returns the channel with the id.
func (e *Engine) channelOf(f *floorState, id clean.Text) *chanState {
	if last := f.lastChan; last != nil && last.id == id {
		return last
	}
	i, ok := f.chanBy[id.String()]
	if !ok {
		if len(f.chans) >= e.settings.Limits.Channels {
			e.health.capped++
			if f.otherChan == noRef {
				f.otherChan = e.addChannel(f, clean.Own(otherName))
			}
			return e.chans[f.otherChan]
		}
		i = e.addChannel(f, id.Clone())
	}
	f.lastChan = e.chans[i]
	return f.lastChan
}

func (e *Engine) addChannel(f *floorState, id clean.Text) int32 {
	if i, ok := f.chanBy[id.String()]; ok {
		return i
	}
	c := &chanState{index: int32(len(e.chans)), local: int32(len(f.chans)), floor: f.index, id: id}
	var named bool
	if c.settings, named = e.settings.Channels[id.String()]; !named {
		c.settings = e.settings.Channel
	}
	e.chans = append(e.chans, c)
	f.chans = append(f.chans, c.index)
	f.chanBy[id.String()] = c.index
	c.row = e.addRow(f, Key{Scope: ScopeChannel, Floor: f.id, Channel: id}, window.Dense)
	c.cell = e.addCell(f, c.index, noRef)
	f.shape++
	return c.index
}

// queueOf returns the queue with the id, noRef for none.
func (e *Engine) queueOf(f *floorState, id clean.Text) int32 {
	if id.Empty() {
		return noRef
	}
	if i, ok := f.queueBy[id.String()]; ok {
		return i
	}
	if len(f.queues) >= e.settings.Limits.Queues {
		e.health.capped++
		if f.otherQueue == noRef {
			f.otherQueue = e.addQueue(f, clean.Own(otherName))
		}
		return f.otherQueue
	}
	return e.addQueue(f, id.Clone())
}

func (e *Engine) addQueue(f *floorState, id clean.Text) int32 {
	if i, ok := f.queueBy[id.String()]; ok {
		return i
	}
	q := &queueState{index: int32(len(e.queues)), local: int32(len(f.queues)), floor: f.index, id: id}
	e.queues = append(e.queues, q)
	f.queues = append(f.queues, q.index)
	f.queueBy[id.String()] = q.index
	q.row = e.addRow(f, Key{Scope: ScopeQueue, Floor: f.id, Queue: id}, window.Dense)
	e.rows[q.row].queue = q.index
	f.shape++
	return q.index
}

// cellOf returns the cell of a channel and a queue (noRef: none).
func (e *Engine) cellOf(f *floorState, c *chanState, queue int32) int32 {
	if queue == noRef {
		return c.cell
	}
	q := e.queues[queue]
	for int(c.local) >= len(q.cells) {
		q.cells = append(q.cells, noRef)
	}
	if q.cells[c.local] == noRef {
		q.cells[c.local] = e.addCell(f, c.index, queue)
	}
	return q.cells[c.local]
}

// teamOf returns the team with the id, noRef for none.
func (e *Engine) teamOf(f *floorState, id clean.Text) int32 {
	if id.Empty() {
		return noRef
	}
	if i, ok := f.teamBy[id.String()]; ok {
		return i
	}
	if len(f.teams) >= e.settings.Limits.Queues {
		e.health.capped++
		id = clean.Own(otherName)
		if i, ok := f.teamBy[otherName]; ok {
			return i
		}
	}
	t := &teamState{index: int32(len(e.teams)), floor: f.index, id: id.Clone()}
	e.teams = append(e.teams, t)
	f.teams = append(f.teams, t.index)
	f.teamBy[t.id.String()] = t.index
	t.row = e.addRow(f, Key{Scope: ScopeTeam, Floor: f.id, Team: t.id}, window.Dense)
	f.shape++
	return t.index
}

// wordTable gives small numbers to texts that many sessions share: classes,
// languages, skills, touchpoints, topics. 0 is the empty text.
type wordTable struct {
	texts []clean.Text
	by    map[string]uint16
	sets  [][]uint16 // skill sets, each sorted; 0 is the empty one
	setBy map[string]uint16
	key   []byte
}

const maxWords = 60_000

func (w *wordTable) init() {
	w.texts = []clean.Text{{}}
	w.by = map[string]uint16{"": 0}
	w.sets = [][]uint16{nil}
	w.setBy = map[string]uint16{"": 0}
}

func (w *wordTable) of(t clean.Text) uint16 {
	if i, ok := w.by[t.String()]; ok {
		return i
	}
	if len(w.texts) >= maxWords {
		return w.of(w.texts[1]) // full long ago: the first stands for the rest
	}
	t = t.Clone()
	i := uint16(len(w.texts))
	w.texts = append(w.texts, t)
	w.by[t.String()] = i
	return i
}

// set returns the number of a set of skills, whatever their order.
func (w *wordTable) set(skills []clean.Text) uint16 {
	if len(skills) == 0 {
		return 0
	}
	w.key = w.key[:0]
	for _, s := range skills {
		w.key = append(append(w.key, s.String()...), 0)
	}
	if i, ok := w.setBy[string(w.key)]; ok {
		return i
	}
	set := make([]uint16, 0, len(skills))
	for _, s := range skills {
		set = append(set, w.of(s))
	}
	slices.Sort(set)
	set = slices.Compact(set)
	for i, known := range w.sets {
		if slices.Equal(known, set) {
			return uint16(i)
		}
	}
	if len(w.sets) >= maxWords {
		return 0
	}
	i := uint16(len(w.sets))
	w.sets = append(w.sets, set)
	w.setBy[strings.Clone(string(w.key))] = i
	return i
}

// within says whether every skill of the set is among have, which is sorted.
func (w *wordTable) within(set uint16, have []uint16) bool {
	for _, s := range w.sets[set] {
		if _, ok := slices.BinarySearch(have, s); !ok {
			return false
		}
	}
	return true
}

// serviceTable answers what in time means for a queue and channel.
type serviceTable struct {
	base  ServiceLevel
	rules []ServiceOverride
}

func newServiceTable(s Settings) serviceTable { return serviceTable{s.Service, s.Services} }

// of applies the overrides from the least specific to the most: channel, then
// queue, then queue x channel; of equals the last one wins.
func (t *serviceTable) of(queue, channel string) ServiceLevel {
	level := t.base
	for _, kind := range [...]struct{ queue, channel bool }{{false, false}, {false, true}, {true, false}, {true, true}} {
		for _, r := range t.rules {
			if (r.Queue != "") != kind.queue || (r.Channel != "") != kind.channel ||
				r.Queue != "" && r.Queue != queue || r.Channel != "" && r.Channel != channel {
				continue
			}
			if r.AnswerWithin != nil {
				level.AnswerWithin = *r.AnswerWithin
			}
			if r.ShortAbandon != nil {
				level.ShortAbandon = *r.ShortAbandon
			}
			if r.Variant != nil {
				level.Variant = *r.Variant
			}
		}
	}
	return level
}
