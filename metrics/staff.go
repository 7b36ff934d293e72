package metrics

import (
	"slices"

	"wallboard/metrics/fact"
)

// need is what some of a queue's waiting sessions ask of a person.
type need struct {
	skills, lang  uint16
	waiting, able int32 // sessions waiting; available members who could take them
}

// qualified says whether the agent has what the need asks. Somebody who never
// said what they can is taken to be able: silence is no gap.
func (e *Engine) qualified(a *agentState, n *need) bool {
	if n.skills != 0 && a.skills != nil && !e.names.words.within(n.skills, a.skills) {
		return false
	}
	if n.lang != 0 && a.langs != nil {
		_, speaks := slices.BinarySearch(a.langs, n.lang)
		return speaks
	}
	return true
}

// needs counts a waiting session among those of its queue that ask the same.
func (e *Engine) needs(queue int32, w *standing, d int32) {
	if queue == noRef {
		return
	}
	q := e.queues[queue]
	for i := range q.needs {
		if n := &q.needs[i]; n.skills == w.skills && n.lang == w.lang {
			n.waiting += d
			return
		}
	}
	n := need{skills: w.skills, lang: w.lang, waiting: d}
	for _, i := range q.members {
		a := e.agents[i]
		if m := a.memberOf(queue); m != nil && m.counted && e.qualified(a, &n) {
			n.able++
		}
	}
	q.needs = append(q.needs, n)
}

// able counts an agent who became available in the queue, or no longer is.
func (q *queueState) able(e *Engine, a *agentState, on bool) {
	for i := range q.needs {
		if n := &q.needs[i]; e.qualified(a, n) {
			if on {
				n.able++
			} else {
				n.able--
			}
		}
	}
}

func (e *Engine) cover(cell int32, t int64) {
	if q := e.cells[cell].queue; q != noRef {
		e.coverQueue(q, t)
	}
}

// coverQueue keeps since when a queue has somebody waiting whom no available
// member may take. Where nothing is known of its members nothing is claimed.
func (e *Engine) coverQueue(queue int32, t int64) {
	q := e.queues[queue]
	open := false
	for i := range q.needs {
		open = open || q.needs[i].waiting > 0 && q.needs[i].able <= 0
	}
	switch {
	case !open || !e.staffKnown(q):
		q.uncovered = 0
	case q.uncovered == 0:
		q.uncovered = t
	}
}

// staffKnown says whether anything is known of who serves the queue, beyond
// that somebody of whom nothing else is known once did.
func (e *Engine) staffKnown(q *queueState) bool {
	for _, i := range q.members {
		if a := e.agents[i]; a.presence != PresenceUnknown || a.explicit {
			return true
		}
	}
	return false
}

// staff adds up people as they are now.
type staff struct {
	presence   [NumPresences]int32
	activity   [NumActivities]int32
	members    int32 // people
	inferred   int32
	available  int32
	free       int32
	used       int32
	slots      int32
	load       int64
	loadPeople int32
	draining   int32
	drainSlots int32
	busy       int32
	tierFree   [4]int32
	bots       int32
}

// face is what one agent adds to the pools they are in.
type face struct {
	shown      bool
	presence   Presence
	activity   Activity
	tier       int8
	bot        bool
	draining   bool
	busy       bool
	loadKnown  bool
	used       int32
	slots      int32
	free       int32
	load       int32
	drainSlots int32
	chans      [maxUsed]struct {
		used, slots int32
		out         bool // a capacity of 0
	}
}

// faceOf reads the agent as they are now.
func (e *Engine) faceOf(a *agentState) face {
	f := face{shown: true, presence: a.presence, tier: a.tier, bot: a.bot}
	used := e.usedBy(a)
	exclusive := false
	f.activity = a.active
	sum := int32(0)
	for k := range a.chans {
		if k >= maxUsed {
			break
		}
		u := int32(used[k])
		f.chans[k].used, f.chans[k].slots = u, e.slotsOf(a, k)
		f.chans[k].out = a.hasCapacity && a.chans[k].slots <= 0
		sum += u
		exclusive = exclusive || a.chans[k].exclusive && u > 0
		f.free += max(0, f.chans[k].slots-u)
	}
	f.busy = sum > 0
	if a.presence == PresencePaused || a.presence == PresenceAway {
		f.draining, f.drainSlots = f.busy, sum
	}
	f.slots = e.allSlots(a)
	if a.hasCapacity && a.total > 0 {
		f.free = min(f.free, max(0, a.total-sum))
	}
	if exclusive || a.presence != PresenceAvailable {
		f.free = 0
	}
	f.used = sum
	f.load, f.loadKnown = e.loadOf(a, &used)
	return f
}

// act derives what the agent is doing from their legs, from t on.
func (a *agentState) act(e *Engine, t int64) {
	doing := carrying(0)
	for i := range a.legs {
		doing |= a.legs[i].doing()
	}
	now := ActivityIdle
	switch {
	case doing&doesEngage != 0:
		now = ActivityEngaged
	case doing&doesWrap != 0:
		now = ActivityWrapping
	case doing&doesRing != 0:
		now = ActivityRinging
	}
	if now != a.active {
		a.active, a.activeAt = now, t
	}
}

// usedBy counts the agent's slots in use by their channels.
func (e *Engine) usedBy(a *agentState) (used [maxUsed]int16) {
	for i := range a.legs {
		if l := &a.legs[i]; l.does(doesSlot) {
			if c := e.cells[l.cell()].channel; c != noRef {
				used[min(e.agentChannel(a, c), maxUsed-1)]++
			}
		}
	}
	return used
}

// add counts an agent's face in a pool, or takes it out.
func (s *staff) add(f *face, m *member, d int32) {
	if f.bot {
		s.bots += d
		return
	}
	s.members += d
	s.presence[f.presence] += d
	s.activity[f.activity] += d
	if f.busy {
		s.busy += d
	}
	if f.draining {
		s.draining += d
		s.drainSlots += d * f.drainSlots
	}
	if m != nil && m.inferred {
		s.inferred += d
	}
	if f.presence != PresenceAvailable || m != nil && m.paused {
		return
	}
	s.available += d
	s.free += d * f.free
	s.used += d * f.used
	s.slots += d * f.slots
	if f.loadKnown {
		s.load += int64(d) * int64(f.load)
		s.loadPeople += d
	}
	for t := 1; t <= 3; t++ {
		if f.tier == 0 || int(f.tier) >= t {
			s.tierFree[t] += d * f.free
		}
	}
}

// retire takes the agent out of the pools, before where they belong changes or
// to be counted anew.
func (e *Engine) retire(a *agentState) {
	if a.face.shown {
		e.pooled(a, -1)
		a.face = face{}
	}
	e.touchAgent(a)
}

// appear puts the agent into the pools as they are now.
func (e *Engine) appear(a *agentState) {
	now := e.faceOf(a)
	if now == a.face {
		return
	}
	if a.face.shown {
		e.pooled(a, -1)
	}
	a.face = now
	e.pooled(a, +1)
}

func (e *Engine) pooled(a *agentState, d int32) {
	f := &a.face
	e.floors[a.floor].pool.add(f, nil, d)
	if a.team != noRef {
		e.teams[a.team].pool.add(f, nil, d)
	}
	for k := range min(len(a.chans), maxUsed) {
		if f.chans[k].out {
			continue // who cannot take one is not of the channel
		}
		one := f.onChannel(k)
		e.chans[a.chans[k].channel].pool.add(&one, nil, d)
	}
	for i := range a.queues {
		m := &a.queues[i]
		q := e.queues[m.queue]
		q.pool.add(f, m, d)
		for k := range min(len(a.chans), maxUsed) {
			if c := e.cellAt(q, a.chans[k].channel); c != nil && !f.chans[k].out {
				one := f.onChannel(k)
				c.pool.add(&one, m, d)
			}
		}
	}
}

// cellAt returns the cell of a queue and a channel if there is one.
func (e *Engine) cellAt(q *queueState, channel int32) *cellState {
	local := int(e.chans[channel].local)
	if local >= len(q.cells) || q.cells[local] == noRef {
		return nil
	}
	return e.cells[q.cells[local]]
}

// poolMembers counts the queue's members on the channel of a new cell.
func (e *Engine) poolMembers(c *cellState) {
	for _, i := range e.queues[c.queue].members {
		a := e.agents[i]
		for k := range min(len(a.chans), maxUsed) {
			if a.face.shown && !a.face.chans[k].out && a.chans[k].channel == c.channel {
				one := a.face.onChannel(k)
				c.pool.add(&one, a.memberOf(c.queue), +1)
			}
		}
	}
}

// onChannel is the face as one channel sees it.
func (f *face) onChannel(k int) face {
	one := *f
	c := f.chans[k]
	one.used, one.slots = c.used, c.slots
	one.free = min(f.free, max(0, c.slots-c.used))
	one.busy = c.used > 0
	if one.draining = f.draining && c.used > 0; one.draining {
		one.drainSlots = c.used
	}
	one.loadKnown = c.slots > 0
	one.load = 0
	if c.slots > 0 {
		one.load = int32(min(int64(c.used)*fact.ShareUnit/int64(c.slots), fact.ShareUnit))
	}
	return one
}
