package metrics

import (
	"wallboard/metrics/fact"
	"wallboard/metrics/store"
	"wallboard/metrics/window"
)

// rowState is one scope's figures as they grow. What a write needs comes first
// and lies together: nearly every one waits for memory.
type rowState struct {
	seen    int64  // newest fact, for "seen since the day start"
	stamp   uint64 // change at which it was last written
	series  window.Series
	index   int32
	floor   int32
	agent   int32 // of agent and agent x channel rows
	channel int32 // of agent x channel rows
	queue   int32 // of queue and queue x channel rows
	top     int32 // most sessions at once of one human agent
	busy    int32 // human agents with a session
	scope   Scope
	built   rowCache
	*wideRow
}

// wideRow is what only rows of more than one person have; there are few.
type wideRow struct {
	key     Key
	level   ServiceLevel
	conc    []int32 // human agents by their sessions at once
	level0  [2]int32
	drawn   *Trend // the last trend made, at
	trend   uint64 // this change
	trendAt int64

	complainants, repeaters int32 // customers who complained in the last week; more than once
}

// keyOf names a row: one of a person by who and on what they are.
func (e *Engine) keyOf(r *rowState) Key {
	if r.wideRow != nil {
		return r.key
	}
	key := Key{Scope: r.scope, Floor: e.floors[r.floor].id, Agent: e.agents[r.agent].id}
	if r.scope == ScopeAgentChannel {
		key.Channel = e.chans[r.channel].id
	}
	return key
}

// levelOf is what in time means for a row: for a person's it is what it means
// for their floor, or channel.
func (e *Engine) levelOf(r *rowState) ServiceLevel {
	switch {
	case r.wideRow != nil:
		return r.level
	case r.scope == ScopeAgentChannel:
		return e.rows[e.chans[r.channel].row].level
	}
	return e.rows[e.floors[r.floor].row].level
}

// ofOne says whether rows of the scope are of one person.
func (s Scope) ofOne() bool { return s == ScopeAgent || s == ScopeAgentChannel }

// cellState is where sessions of one channel and one queue (or none) count.
type cellState struct {
	index        int32
	floor        int32
	channel      int32 // noRef: the floor alone
	queue        int32 // noRef: no queue
	rows         [4]int32
	answerWithin int64 // T, ms
	short        int64
	openTime     bool // T runs in open time only

	waiting, total, first, unans, callbacks, messages, stuck store.Ages
	tally                                                    tally
	over                                                     [len(longOpen)]int32 // open for longer than that

	unpaid store.Ages // orders
	owed   int64      // of them, hundredths of the floor's currency

	stamp uint64 // change at which what waits was last touched
	pool  staff  // of the queue's members on the channel
}

// tally counts sessions and legs of a cell by what they are now.
type tally struct {
	vip, open            int32
	activeLegs, talkLegs int32
	botActive, humanOnly int32
	incomplete           int32
	labelled, negative   [2]int32 // [1]: of them with the bot
	tierMismatch         int32
	tierWaiting          [4]int32
}

func (e *Engine) addCell(f *floorState, channel, queue int32) int32 {
	c := &cellState{index: int32(len(e.cells)), floor: f.index, channel: channel, queue: queue}
	c.rows = [4]int32{f.row, noRef, noRef, noRef}
	key := Key{Scope: ScopeQueueChannel, Floor: f.id}
	var channelID, queueID string
	if channel != noRef {
		c.rows[1] = e.chans[channel].row
		key.Channel = e.chans[channel].id
		channelID = key.Channel.String()
	}
	if queue != noRef {
		c.rows[2] = e.queues[queue].row
		key.Queue = e.queues[queue].id
		queueID = key.Queue.String()
	}
	if channel != noRef && queue != noRef {
		c.rows[3] = e.addRow(f, key, window.Dense)
		e.rows[c.rows[3]].queue = queue
	}
	level := e.service.of(queueID, channelID)
	c.answerWithin, c.short = level.AnswerWithin.Milliseconds(), level.ShortAbandon.Milliseconds()
	c.openTime = channelID == "email"
	e.cells = append(e.cells, c)
	if channel != noRef {
		f.cells = append(f.cells, c.index)
	}
	f.shape++
	if c.rows[3] != noRef {
		e.poolMembers(c)
	}
	return c.index
}

// The rows a fact goes to, as bits of an owner's mask.
const (
	toFloor = 1 << iota
	toChannel
	toQueue
	toQueueChannel
	toTeam
	toAgent
	toAgentChannel
	toTopic
	toTouchpoint
	toNamed   = toTopic | toTouchpoint
	toSegment = toFloor | toChannel | toQueue | toQueueChannel
	toQueues  = toQueue | toQueueChannel
	toPeople  = toTeam | toAgent | toAgentChannel
	toAll     = toSegment | toPeople
)

// owner names who a fact belongs to.
type owner struct {
	cell, agent, team int32
	mask              uint16
	topic, touch      uint16 // words, 0 none
}

// target is an owner with its rows looked up: facts of one event mostly share
// an owner.
type target struct {
	owner owner
	n     int
	rows  [9]*rowState
}

// at looks the rows of an owner up.
func (e *Engine) at(o owner) *target {
	if e.aim.n > 0 && e.aim.owner == o {
		return &e.aim
	}
	a := &e.aim
	a.owner, a.n = o, 0
	cell := e.cells[o.cell]
	for i := range 4 {
		if o.mask&(1<<i) != 0 && cell.rows[i] != noRef {
			a.rows[a.n] = e.rows[cell.rows[i]]
			a.n++
		}
	}
	if o.mask&toNamed != 0 {
		e.atNamed(a)
	}
	if o.agent == noRef || o.mask&toPeople == 0 {
		return a
	}
	agent := e.agents[o.agent]
	if o.mask&toTeam != 0 && o.team != noRef {
		a.add(e.rows[e.teams[o.team].row])
	}
	switch {
	case o.mask&toAgentChannel != 0 && cell.channel != noRef:
		// The agent's own row shows its channels' facts joined to its own.
		a.add(e.rows[agent.chans[e.agentChannel(agent, cell.channel)].row])
	case o.mask&toAgent != 0:
		a.add(e.rows[agent.row])
	}
	return a
}

func (a *target) add(r *rowState) {
	a.rows[a.n] = r
	a.n++
}

// owned returns the owner of a fact of the cell and, where it is a named
// person, of the agent and the team they are in now.
func (e *Engine) owned(cell, agent int32, mask uint16) owner {
	o := owner{cell: cell, agent: agent, team: noRef, mask: mask}
	if agent == noRef {
		o.mask &^= toPeople
	} else {
		o.team = e.agents[agent].team
	}
	return o
}

// opKind is a kind of write that can be taken back.
type opKind uint8

const (
	opFact  opKind = iota
	opTime         // an agent's time line
	opCurve        // a first reply, in its hour
)

// op is one write to the figures, kept for as long as it may be taken back.
type op struct {
	kind  opKind
	fact  window.Fact
	owner owner
	t     int64
	shift shift
}

// batch gathers the facts of one owner and one moment: an event writes a dozen
// and each goes to half a dozen rows.
type batch struct {
	owner owner
	t     int64
	facts []window.Fact
}

// put writes a fact at t, in a way that can be taken back.
func (e *Engine) put(o owner, t int64, f window.Fact) {
	if e.journal.on {
		x, _ := e.journal.ops.Push()
		x.kind, x.fact, x.owner, x.t = opFact, f, o, t
	}
	e.doPut(o, t, f)
}

func (e *Engine) doPut(o owner, t int64, f window.Fact) {
	b := &e.facts
	if len(b.facts) > 0 && (b.t != t || b.owner != o) {
		e.flush()
	}
	b.owner, b.t = o, t
	b.facts = append(b.facts, f)
}

// flush writes the facts gathered to their rows.
func (e *Engine) flush() {
	b := &e.facts
	if len(b.facts) == 0 {
		return
	}
	a := e.at(b.owner)
	for _, r := range a.rows[:a.n] {
		r.touch(e, b.t)
		r.series.Take(b.t, b.facts)
	}
	if b.owner.mask&toAgent != 0 && b.owner.agent != noRef {
		e.touchAgent(e.agents[b.owner.agent])
	}
	b.facts = b.facts[:0]
}

func (r *rowState) touch(e *Engine, t int64) {
	r.stamp = e.changes
	if t > r.seen {
		r.seen = t
	}
}

// count adds n at t.
func (e *Engine) count(o owner, t int64, c fact.Count, n int64) {
	if n != 0 {
		e.put(o, t, window.Fact{Kind: window.FactCount, Code: uint8(c), N: n})
	}
}

// observe adds a duration to a distribution at t.
func (e *Engine) observe(o owner, t int64, d fact.Dist, ms int64) {
	e.put(o, t, window.Fact{Kind: window.FactObserve, Code: uint8(d), N: ms})
}

// forget takes a duration back, for a leg that turns out to go on.
func (e *Engine) forget(o owner, t int64, d fact.Dist, ms int64) {
	e.put(o, t, window.Fact{Kind: window.FactForget, Code: uint8(d), N: ms})
}

// peak notes a single value at t.
func (e *Engine) peak(o owner, t int64, p fact.Peak, v int64) {
	e.put(o, t, window.Fact{Kind: window.FactPeak, Code: uint8(p), N: v})
}

// slope makes a count grow by delta more in each ms from t on.
func (e *Engine) slope(o owner, t int64, c fact.Count, delta int64) {
	e.put(o, t, window.Fact{Kind: window.FactSlope, Code: uint8(c), N: delta})
}

// undo takes a write back. A single value that was the highest stays: a peak
// remembers no other.
func (e *Engine) undo(o *op) {
	if o.kind == opTime {
		back := o.shift
		back.slots, back.talk, back.ring = -back.slots, -back.talk, -back.ring
		e.doShift(e.agents[o.owner.agent], o.t, back)
		return
	}
	if o.kind == opCurve {
		e.countCurve(o.owner.cell, o.t, int(o.fact.Code), -o.fact.N)
		return
	}
	f := o.fact
	switch f.Kind {
	case window.FactCount, window.FactSlope:
		f.N = -f.N
	case window.FactObserve:
		f.Kind = window.FactForget
	case window.FactForget:
		f.Kind = window.FactObserve
	case window.FactPeak:
		return
	}
	e.doPut(o.owner, o.t, f)
}
