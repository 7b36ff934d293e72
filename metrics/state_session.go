package metrics

import (
	"slices"
	"strings"

	"wallboard/metrics/checkpoint"
	"wallboard/metrics/store"
)

// codeSessions visits sessions, legs, timers and what may still be reordered.
func (e *Engine) codeSessions(c *checkpoint.Coder) {
	e.sessions.Code(c, e.codeSession)
	e.legs.Code(c, codeLeg)
	e.lingering.Code(c, func(c *checkpoint.Coder, x *lingerer) {
		checkpoint.Int(c, &x.ref)
		c.Int64(&x.ended)
	})
	e.closed.ring.Code(c, codeMemory)
	e.past.code(c)
	store.Slice(c, (*[]timer)(&e.timers), func(c *checkpoint.Coder, t *timer) {
		c.Int64(&t.due)
		c.Int64(&t.of)
		checkpoint.Int(c, &t.ref)
		checkpoint.Int(c, &t.kind)
	})
	e.journal.entries.Code(c, e.codeEntry)
	e.journal.ops.Code(c, codeOp)
	e.journal.legs.Code(c, codeLeg)
	e.held.ring.Code(c, func(c *checkpoint.Coder, x *heldNote) {
		codeNote(c, &x.n)
		c.String(&x.id)
		c.Int64(&x.deadline)
		c.Uint64(&x.prev)
		c.Bool(&x.gone)
	})
}

// codeSession visits a session with its id. A freed one has none.
func (e *Engine) codeSession(c *checkpoint.Coder, s *sess) {
	id := e.ids.Get(s.id, int(s.idLen))
	c.String(&id)
	codeSess(c, s)
	if c.Reading() && c.Err() == nil {
		if len(id) > 255 {
			c.Fail("metrics: session id of %d bytes", len(id))
			return
		}
		s.id, s.idLen = e.ids.Put(id), uint8(len(id))
	}
}

func codeSess(c *checkpoint.Coder, s *sess) {
	c.Int64(&s.base)
	checkpoint.Int(c, &s.jour)
	checkpoint.Int(c, &s.flags)
	for _, v := range []*int32{&s.cell, &s.owner, &s.agent, &s.legs, &s.due, &s.last, &s.since, &s.begun, &s.queued, &s.start, &s.turn, &s.asked, &s.failed, &s.ended} {
		checkpoint.Int(c, v)
	}
	for _, v := range []*uint16{&s.class, &s.lang, &s.skills, &s.touchpoint, &s.topic, &s.messages} {
		checkpoint.Int(c, v)
	}
	checkpoint.Int(c, &s.phase)
	checkpoint.Int(c, &s.kind)
	checkpoint.Int(c, &s.outcome)
	for _, v := range []*uint8{&s.startRank, &s.fails, &s.nsteps, &s.stepAt} {
		checkpoint.Int(c, v)
	}
	checkpoint.Int(c, &s.tier)
	checkpoint.Int(c, &s.priority)
	checkpoint.Int(c, &s.marks)
	checkpoint.Int(c, &s.visit)
	for i := range s.steps {
		checkpoint.Int(c, &s.steps[i])
	}
	if s.phase > phaseClosed || s.nsteps > steps || s.stepAt >= steps {
		c.Fail("metrics: session in phase %d", s.phase)
	}
}

func codeLeg(c *checkpoint.Coder, l *leg) {
	for _, v := range []*int64{&l.begin, &l.mark, &l.share} {
		c.Int64(v)
	}
	for _, v := range []*int32{&l.agent, &l.sess, &l.next, &l.cell, &l.holdMs} {
		checkpoint.Int(c, v)
	}
	checkpoint.Int(c, &l.state)
	checkpoint.Int(c, &l.role)
	checkpoint.Int(c, &l.booked)
	checkpoint.Int(c, &l.bits)
}

func codeMemory(c *checkpoint.Coder, m *memory) {
	c.Uint64(&m.hash)
	c.Int64(&m.ended)
	for _, v := range []*int32{&m.length, &m.agent, &m.cell} {
		checkpoint.Int(c, v)
	}
	checkpoint.Int(c, &m.flags)
	checkpoint.Int(c, &m.topic)
	checkpoint.Int(c, &m.class)
	checkpoint.Int(c, &m.owner)
}

func codeNote(c *checkpoint.Coder, n *note) {
	for _, v := range []*int64{&n.time, &n.due, &n.due0, &n.extra} {
		c.Int64(v)
	}
	c.Uint64(&n.order)
	c.Uint64(&n.hash)
	c.Uint64(&n.customer)
	for _, v := range []*uint16{&n.class, &n.lang, &n.skills, &n.touchpoint, &n.topic, &n.marks} {
		checkpoint.Int(c, v)
	}
	for _, v := range []*int32{&n.floor, &n.channel, &n.queue, &n.toQueue, &n.agent, &n.toAgent} {
		checkpoint.Int(c, v)
	}
	checkpoint.Int(c, &n.typ)
	checkpoint.Int(c, &n.by)
	checkpoint.Int(c, &n.outcome)
	checkpoint.Int(c, &n.kind)
	checkpoint.Int(c, &n.role)
	checkpoint.Int(c, &n.failure)
	checkpoint.Int(c, &n.stage)
	checkpoint.Int(c, &n.trigger)
	checkpoint.Int(c, &n.priority)
	checkpoint.Int(c, &n.tier)
	c.Bool(&n.tolerant)
	c.Bool(&n.before)
}

// codeEntry visits what can take an event back. The session it remembers has
// the id of the one it belongs to, so only its fields are kept.
func (e *Engine) codeEntry(c *checkpoint.Coder, x *entry) {
	codeNote(c, &x.n)
	codeSess(c, &x.pre)
	checkpoint.Int(c, &x.nlegs)
	checkpoint.Int(c, &x.kept)
	c.Uint64(&x.legs)
	c.Int64(&x.at)
	c.Uint64(&x.from)
	c.Uint64(&x.to)
	checkpoint.Int(c, &x.ref)
	checkpoint.Int(c, &x.prev)
	checkpoint.Int(c, &x.skews)
	checkpoint.Int(c, &x.origins)
	if c.Reading() && x.ref >= 0 && c.Err() == nil {
		if x.ref >= e.sessions.Cap() {
			c.Fail("metrics: entry of session %d", x.ref)
			return
		}
		s := e.sessions.At(x.ref)
		x.pre.id, x.pre.idLen = s.id, s.idLen
	}
}

func codeOp(c *checkpoint.Coder, o *op) {
	checkpoint.Int(c, &o.kind)
	checkpoint.Int(c, &o.fact.Kind)
	checkpoint.Int(c, &o.fact.Code)
	for _, v := range []*int32{&o.owner.cell, &o.owner.agent, &o.owner.team, &o.shift.channel} {
		checkpoint.Int(c, v)
	}
	checkpoint.Int(c, &o.owner.mask)
	checkpoint.Int(c, &o.owner.topic)
	checkpoint.Int(c, &o.owner.touch)
	c.Int64(&o.t)
	c.Int64(&o.fact.N)
	for _, v := range []*int16{&o.shift.slots, &o.shift.talk, &o.shift.ring} {
		checkpoint.Int(c, v)
	}
	checkpoint.Int(c, &o.shift.presence)
}

// relink rebuilds what is only a way to find the state: maps, indices, pools.
func (e *Engine) relink(c *checkpoint.Coder) {
	if !e.refsGood() {
		c.Fail("metrics: a reference leads nowhere")
		return
	}
	e.relinkNames()
	e.relinkOrders(c)
	e.relinkGrievances(c)
	for ref := range e.sessions.Cap() {
		if s := e.sessions.At(ref); s.phase != phaseVoid {
			e.byID.Add(e.hashOf(s), ref)
		}
	}
	r := &e.closed
	for pos := r.ring.Head(); pos < r.ring.Tail(); pos++ {
		if m := r.ring.At(pos); m.hash != 0 {
			r.index.Add(m.hash, int32(pos&refMask))
			r.n++
		}
	}
	h := &e.held
	h.last = map[uint64]uint64{}
	for pos := h.ring.Head(); pos < h.ring.Tail(); pos++ {
		if x := h.ring.At(pos); !x.gone {
			h.last[x.n.hash] = pos + 1
			h.n++
		}
	}
	for _, a := range e.agents {
		for k := range a.legs {
			a.legs[k] = carriedOf(a.legs[k].leg, e.legs.At(a.legs[k].leg))
		}
		a.begin()
		e.views.agents = append(e.views.agents, a.index)
	}
	e.due = 0
}

func (e *Engine) relinkNames() {
	for i, f := range e.floors {
		var named bool
		if f.settings, named = e.settings.Floors[f.id.String()]; !named {
			f.settings = e.settings.Floor
		}
		f.chanBy, f.queueBy, f.agentBy, f.teamBy, f.groupBy = map[string]int32{}, map[string]int32{}, map[string]int32{}, map[string]int32{}, map[string]int32{}
		e.names.floors[f.id.String()] = int32(i)
		f.shape = 1
		if f.roster {
			e.takeRoster(f)
		}
	}
	for i, ch := range e.chans {
		var named bool
		if ch.settings, named = e.settings.Channels[ch.id.String()]; !named {
			ch.settings = e.settings.Channel
		}
		e.floors[ch.floor].chanBy[ch.id.String()] = int32(i)
	}
	for i, k := range e.cells {
		if k.channel != noRef {
			e.floors[k.floor].cells = append(e.floors[k.floor].cells, int32(i))
		}
	}
	for i, q := range e.queues {
		e.floors[q.floor].queueBy[q.id.String()] = int32(i)
	}
	for i, t := range e.teams {
		e.floors[t.floor].teamBy[t.id.String()] = int32(i)
	}
	for i, a := range e.agents {
		f := e.floors[a.floor]
		if at, ok := f.agentBy[a.id.String()]; ok && at < noRef {
			for _, alias := range e.settings.Agents[-2-at].Aliases {
				f.agentBy[alias] = int32(i)
			}
		}
		f.agentBy[a.id.String()] = int32(i)
	}
	for i, g := range e.groups {
		e.floors[g.floor].groupBy[groupKey(g.queues)] = int32(i)
		for _, q := range g.queues {
			e.queues[q].groups = append(e.queues[q].groups, int32(i))
		}
	}
	for i, s := range e.health.sources {
		e.names.sources[sourceKey{s.floor, s.id.String()}] = int32(i)
	}
	for _, r := range e.rows {
		if r.wideRow == nil {
			continue
		}
		r.level = e.service.of("", "")
		switch r.scope {
		case ScopeQueueChannel:
			r.level = e.service.of(r.key.Queue.String(), r.key.Channel.String())
		case ScopeChannel:
			r.level = e.service.of("", r.key.Channel.String())
		}
	}
}

// refsGood says whether every number that names a record names one there is.
func (e *Engine) refsGood() bool {
	in := func(v int32, n int) bool { return v >= 0 && int(v) < n }
	opt := func(v int32, n int) bool { return v == noRef || in(v, n) }
	all := func(vs []int32, n int) bool {
		for _, v := range vs {
			if !in(v, n) {
				return false
			}
		}
		return true
	}
	ok := true
	check := func(good bool) { ok = ok && good }
	floors, chans, queues, agents, cells, rows, teams := len(e.floors), len(e.chans), len(e.queues), len(e.agents), len(e.cells), len(e.rows), len(e.teams)
	legs, sessions := int(e.legs.Cap()), int(e.sessions.Cap())
	for i, f := range e.floors {
		check(f.index == int32(i) && in(f.row, rows) && in(f.whole, cells) && all(f.chans, chans) && all(f.queues, queues) && all(f.agents, agents) && all(f.teams, teams))
		check(int(f.currency) < len(e.names.words.texts) && !slices.ContainsFunc(f.sold, func(x sold) bool { return int(x.currency) >= len(e.names.words.texts) }))
		check(e.tabsGood(f))
		check(f.topics.good(rows, len(e.names.words.texts)) && f.touchpoints.good(rows, len(e.names.words.texts)))
		check(opt(f.otherChan, chans) && opt(f.otherQueue, queues) && opt(f.otherAgent, agents))
	}
	for i, ch := range e.chans {
		check(ch.index == int32(i) && in(ch.floor, floors) && in(ch.row, rows) && in(ch.cell, cells) && ok && in(ch.local, len(e.floors[ch.floor].chans)))
	}
	for i, q := range e.queues {
		check(q.index == int32(i) && in(q.floor, floors) && ok && in(q.local, len(e.floors[q.floor].queues)) && in(q.row, rows) && all(q.members, agents))
		for _, v := range q.cells {
			check(opt(v, cells))
		}
	}
	for i, t := range e.teams {
		check(t.index == int32(i) && in(t.floor, floors) && in(t.row, rows))
	}
	check(e.visits.good(cells, agents, teams, len(e.names.words.texts)))
	for i, k := range e.cells {
		for _, ref := range k.unpaid.All {
			check(ref < e.orders.slab.Cap())
		}
		check(k.index == int32(i) && in(k.floor, floors) && opt(k.channel, chans) && opt(k.queue, queues) && in(k.rows[0], rows) && opt(k.rows[1], rows) && opt(k.rows[2], rows) && opt(k.rows[3], rows))
	}
	for i, r := range e.rows {
		check(r.index == int32(i) && in(r.floor, floors) && (!r.scope.ofOne() || in(r.agent, agents)) && (r.scope != ScopeAgentChannel || in(r.channel, chans)) && (r.scope != ScopeQueue && r.scope != ScopeQueueChannel || in(r.queue, queues)))
	}
	for i, g := range e.groups {
		check(g.index == int32(i) && in(g.floor, floors) && all(g.queues, queues))
		for _, k := range g.chans {
			check(in(k.channel, chans))
		}
	}
	for i, a := range e.agents {
		check(opt(a.group, len(e.groups)))
		check(a.index == int32(i) && in(a.floor, floors) && opt(a.team, teams) && in(a.row, rows))
		for k := range a.legs {
			check(in(a.legs[k].leg, legs))
		}
		for _, k := range a.chans {
			check(in(k.channel, chans) && in(k.row, rows))
		}
		for _, m := range a.queues {
			check(in(m.queue, queues))
		}
	}
	for ref := range e.sessions.Cap() {
		if s := e.sessions.At(ref); s.phase != phaseVoid {
			check(in(max(s.owner, ^s.owner), cells) && s.startRank < startReplied+NumCurve)
			check(in(s.cell, cells) && ok && e.cells[s.cell].channel != noRef && opt(s.agent, agents) && opt(s.legs, legs))
			check(int(s.class) < len(e.names.words.texts) && int(s.lang) < len(e.names.words.texts) && int(s.topic) < len(e.names.words.texts) && int(s.touchpoint) < len(e.names.words.texts) && int(s.mood()) <= len(e.names.moods) && int(s.skills) < len(e.names.words.sets))
		}
	}
	for i := range e.legs.Cap() {
		if l := e.legs.At(i); l.state != 0 {
			check(opt(l.agent, agents) && in(l.sess, sessions) && opt(l.next, legs) && in(l.cell, cells))
		}
	}
	return ok
}

// takeRoster notes which ids the configured agents go by.
func (e *Engine) takeRoster(f *floorState) {
	f.roster = true
	for i := range e.settings.Agents {
		for _, alias := range e.settings.Agents[i].Aliases {
			f.agentBy[strings.Clone(alias)] = -2 - int32(i)
		}
		f.agentBy[e.settings.Agents[i].ID] = -2 - int32(i)
	}
}

// Known says whether an event of the id has been taken already: a duplicate.
func (e *Engine) Known(ev *Event) bool {
	if ev.ID.Empty() {
		return false
	}
	i, ok := e.names.floors[ev.Floor.String()]
	if !ok {
		return false
	}
	hash := mix(uint64(i)+1, hashText(ev.Source.String()))
	return e.ids48.Known(mix(hash, hashText(ev.ID.String())))
}
