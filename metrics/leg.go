package metrics

import "wallboard/metrics/fact"

// legState is where a stay with an agent stands.
type legState uint8

const (
	legRing legState = iota + 1 // offered, not yet taken
	legTalk
	legHold
	legWrap
	legOver // ended; kept while a wrap may still begin
	legBot  // with a machine: no slot, no person's time
)

// leg is one stay of a session with one agent, or an offer to one.
type leg struct {
	begin  int64 // moved on where a wrap begins later than the talk ended
	mark   int64 // start of the hold or wrap, or the end
	share  int64 // the agent's share at the begin; of one that ended its own
	agent  int32 // noRef: unnamed
	sess   int32
	next   int32
	cell   int32
	holdMs int32
	state  legState
	role   LegRole
	booked uint8 // rows of which its end is the episode's first
	bits   legBits
}

// legBits are truths about a leg.
type legBits uint8

const (
	legLate    legBits = 1 << iota // its wrap began after the close
	legExtra                       // only a wrap: its talk was counted long ago
	legBeyond                      // counted as beyond its agent's tier
	legWrapped                     // it has had its wrap
	legAge                         // and above: how many episodes have begun since its own
)

// legSent is the bit of booked that says that the session was passed on from
// the leg.
const legSent = uint8(1 << 7)

// booking returns the rows of which the leg's end is the episode's first.
func (l *leg) booking() uint16 { return uint16(l.booked &^ legSent) }

const maxLegAge = 15

// age counts the episodes begun since the leg's own, as far as it is told.
func (l *leg) age() legBits { return l.bits / legAge }

// grow notes that another episode begins.
func (l *leg) grow() {
	if l.age() < maxLegAge {
		l.bits += legAge
	}
}

func (l *leg) has(b legBits) bool { return l.bits&b != 0 }

func (l *leg) slot() bool {
	return l.state >= legTalk && l.state <= legWrap && l.role != RoleMonitor
}

func (l *leg) talking() bool {
	return (l.state == legTalk || l.state == legHold) && l.role != RoleMonitor
}

// keeps says whether the leg keeps its agent from being idle without taking a
// slot: it rings, or they listen in.
func (l *leg) keeps() bool {
	return l.state == legRing || l.role == RoleMonitor && (l.state == legTalk || l.state == legHold)
}

func b2i(b bool) int16 {
	if b {
		return 1
	}
	return 0
}

// carried is a leg in its agent's list, with what is asked of all of them
// whenever one changes: the legs themselves lie anywhere.
type carried struct {
	leg  int32
	what uint32 // its cell, above what it asks of its agent
}

// carrying says what a leg asks of its agent.
type carrying uint32

const (
	doesSlot   carrying = 1 << iota // it holds a slot
	doesTalk                        // ... and is talked to
	doesRing                        // it rings
	doesWrap                        // it is wrapped up
	doesEngage                      // it is talked to, or listened to
	allDoes    = 1<<iota - 1
	doesBits   = iota
)

func carriedOf(i int32, l *leg) carried {
	does := carrying(0)
	if l.slot() {
		does |= doesSlot
	}
	if l.talking() {
		does |= doesTalk
	}
	switch l.state {
	case legRing:
		does |= doesRing
	case legWrap:
		does |= doesWrap
	case legTalk, legHold:
		does |= doesEngage
	}
	return carried{leg: i, what: uint32(l.cell)<<doesBits | uint32(does)}
}

func (c *carried) doing() carrying { return carrying(c.what) & allDoes }

func (c *carried) does(d carrying) bool { return carrying(c.what)&d != 0 }

func (c *carried) cell() int32 { return int32(c.what >> doesBits) }

// newLeg attaches a leg to the session.
func (e *Engine) newLeg(ref int32, s *sess, agent int32, t int64, state legState, role LegRole) int32 {
	i := e.legs.New()
	l := e.legs.At(i)
	*l = leg{begin: t, agent: agent, sess: ref, next: s.legs, cell: s.cell, role: role}
	s.legs = i
	e.setLeg(i, state, t)
	if agent != noRef && l.slot() {
		l.share = e.shareAt(e.agents[agent], t)
	}
	return i
}

// offerTo returns the offer that becomes the agent's leg where they take the
// session, noRef where none does.
func (e *Engine) offerTo(s *sess, agent int32) int32 {
	if agent == noRef {
		return noRef
	}
	i := e.legOf(s, agent, legRing, legRing)
	if i != noRef && e.legs.At(i).cell != s.cell {
		return noRef // it was made in another queue
	}
	return i
}

// takeUp turns an offer into the session's newest leg: one step of the agent's
// time, where ending the one and beginning the other would be two.
func (e *Engine) takeUp(i int32, s *sess, t int64) {
	e.detach(s, i)
	l := e.legs.At(i)
	l.begin, l.next = t, s.legs
	s.legs = i
	e.setLeg(i, legTalk, t)
	l.share = e.shareAt(e.agents[l.agent], t)
}

// setLeg moves a leg to another state at t.
func (e *Engine) setLeg(i int32, state legState, t int64) {
	l := e.legs.At(i)
	slot, talk, ring := l.slot(), l.talking(), l.keeps()
	if slot && talk && (state == legTalk || state == legHold) {
		// Held and resumed change nothing but what the leg is called.
		l.state = state
		if l.agent != noRef {
			e.touchAgent(e.agents[l.agent])
		}
		return
	}
	e.legTally(i, -1)
	l.state = state
	e.legTally(i, +1)
	sh := shift{slots: b2i(l.slot()) - b2i(slot), talk: b2i(l.talking()) - b2i(talk), ring: b2i(l.keeps()) - b2i(ring), presence: keepPresence}
	if l.agent != noRef {
		e.agents[l.agent].act(e, t)
	}
	if sh.slots == 0 && sh.talk == 0 && sh.ring == 0 {
		return
	}
	e.legConc(l, int(sh.talk), int(sh.slots), t)
	e.legTime(l, t, sh)
}

// legTime writes what a leg's change means for the time of people.
func (e *Engine) legTime(l *leg, t int64, sh shift) {
	if l.agent == noRef {
		if sh.slots != 0 {
			// An unnamed person is a person of their own.
			o := e.owned(l.cell, noRef, toSegment)
			e.slope(o, t, fact.LegMs, int64(sh.slots))
			e.slope(o, t, fact.BusyMs, int64(sh.slots))
		}
		return
	}
	a := e.agents[l.agent]
	if a.bot {
		return
	}
	sh.channel = noRef
	if c := e.cells[l.cell].channel; c != noRef {
		sh.channel = e.agentChannel(a, c)
	}
	e.shiftTime(a, t, sh)
	if sh.slots == 0 || e.cells[l.cell].queue == noRef {
		return
	}
	o := e.owned(l.cell, noRef, toQueues)
	e.slope(o, t, fact.LegMs, int64(sh.slots))
	inQueue, inCell := e.legsIn(a, l.cell)
	if sh.slots > 0 {
		inQueue, inCell = inQueue-1, inCell-1
	}
	if inQueue == 0 {
		e.slope(owner{cell: l.cell, agent: noRef, team: noRef, mask: toQueue}, t, fact.BusyMs, int64(sh.slots))
	}
	if inCell == 0 {
		e.slope(owner{cell: l.cell, agent: noRef, team: noRef, mask: toQueueChannel}, t, fact.BusyMs, int64(sh.slots))
	}
}

// legsIn counts the agent's legs holding a slot in the cell and in its queue.
func (e *Engine) legsIn(a *agentState, cell int32) (inQueue, inCell int) {
	q := e.cells[cell].queue
	for i := range a.legs {
		l := &a.legs[i]
		switch {
		case !l.does(doesSlot):
		case l.cell() == cell:
			inCell++
			inQueue++
		case e.cells[l.cell()].queue == q:
			inQueue++
		}
	}
	return inQueue, inCell
}

// legTally puts a leg among those shown now, or takes it out.
func (e *Engine) legTally(i int32, d int32) {
	l := e.legs.At(i)
	if l.state == 0 || l.state == legOver {
		return
	}
	y := &e.cells[l.cell].tally
	if l.agent == noRef || !e.agents[l.agent].bot {
		if l.slot() {
			y.activeLegs += d
		}
		if l.talking() {
			y.talkLegs += d
			if s := e.sessions.At(l.sess); d > 0 && l.agent != noRef && l.role == RoleNone && e.agents[l.agent].tier > 0 && s.tier > e.agents[l.agent].tier {
				l.bits |= legBeyond
				y.tierMismatch++
			} else if d < 0 && l.has(legBeyond) {
				l.bits &^= legBeyond
				y.tierMismatch--
			}
		}
	}
	if l.agent == noRef {
		return
	}
	a := e.agents[l.agent]
	e.touchAgent(a)
	if d > 0 {
		a.legs = append(a.legs, carriedOf(i, l))
		return
	}
	for k := range a.legs {
		if a.legs[k].leg == i {
			copy(a.legs[k:], a.legs[k+1:])
			a.legs = a.legs[:len(a.legs)-1]
			return
		}
	}
}

// parts returns what a leg that ends at t consisted of.
func (l *leg) parts(t int64) (talk, hold, wrap int64) {
	hold = int64(l.holdMs)
	end := t
	switch l.state {
	case legHold:
		hold += max(0, t-l.mark)
	case legWrap:
		wrap, end = max(0, t-l.mark), l.mark
	case legOver:
		end = l.mark
	}
	return max(0, end-l.begin-hold), hold, wrap
}

// endLeg ends a leg at t: handled, and its parts, belong to that minute.
func (e *Engine) endLeg(i int32, s *sess, t int64) {
	l := e.legs.At(i)
	if l.state == legRing || l.state == legBot || l.role == RoleMonitor {
		e.setLeg(i, legOver, t)
		e.unlinkLeg(s, i)
		return
	}
	if t < l.begin {
		e.health.clockSkew++
	}
	e.servedUntil(l, t)
	talk, hold, wrap := l.parts(t)
	share := e.shareOf(l, t)
	if l.state == legWrap {
		l.bits |= legWrapped
	}
	e.setLeg(i, legOver, t)
	if !l.has(legExtra) {
		l.booked = l.booked&legSent | e.unbooked(s, l)
	}
	e.legFacts(l, t, talk, hold, wrap, share)
	l.mark, l.begin, l.share = t, t-talk-hold, share
	l.holdMs = int32(min(hold, 1<<31-1))
}

// unbooked says of which rows no other leg of the episode that has ended is:
// handled_sessions counts an episode once in each row it has a leg in.
func (e *Engine) unbooked(s *sess, l *leg) uint8 {
	rows := uint8(toAll)
	for i := s.legs; i != noRef; i = e.legs.At(i).next {
		if o := e.legs.At(i); o != l && o.state == legOver && o.sameEpisode(l) {
			rows &^= e.shared(l, o)
		}
	}
	return rows
}

// sameEpisode says whether two legs of a session that count as handled are of
// one episode: both of this one, or both of an earlier one.
func (l *leg) sameEpisode(o *leg) bool {
	return !l.has(legExtra) && !o.has(legExtra) && l.age() == o.age()
}

// shared says which rows two legs of one episode have in common.
func (e *Engine) shared(a, b *leg) uint8 {
	rows := uint8(toFloor | toChannel)
	if e.cells[a.cell].queue == e.cells[b.cell].queue {
		rows |= toQueues
	}
	if a.agent == noRef || b.agent == noRef {
		return rows
	}
	if a.agent == b.agent {
		rows |= toAgent | toAgentChannel
	}
	if e.agents[a.agent].team == e.agents[b.agent].team {
		rows |= toTeam
	}
	return rows
}

// shareOf returns the leg's part of its agent's busy time, in ShareUnit.
func (e *Engine) shareOf(l *leg, t int64) int64 {
	if l.agent == noRef || e.agents[l.agent].bot {
		return max(0, t-l.begin) * fact.ShareUnit
	}
	return max(0, e.shareAt(e.agents[l.agent], t)-l.share)
}

func (e *Engine) legFacts(l *leg, t, talk, hold, wrap, share int64) {
	o := e.owned(l.cell, l.agent, toAll)
	if !l.has(legExtra) {
		e.count(o, t, fact.LegsEnded, 1)
		e.count(e.owned(l.cell, l.agent, l.booking()), t, fact.HandledSessions, 1)
		e.observe(o, t, fact.DistHandle, talk+hold+wrap)
	}
	e.count(o, t, fact.TalkMs, talk)
	e.count(o, t, fact.HoldMs, hold)
	e.count(o, t, fact.WrapMs, wrap)
	e.count(o, t, fact.ConcurrentShare, share)
	if wrap > 0 {
		e.observe(o, t, fact.DistWrap, wrap)
	}
}

// reviveLeg takes a leg that has ended into wrap at t: it has not ended after
// all, so its end is taken back and will be counted when the wrap ends.
func (e *Engine) reviveLeg(i int32, s *sess, t int64) {
	l := e.legs.At(i)
	at := l.mark
	talk, hold, _ := l.parts(at)
	o := e.owned(l.cell, l.agent, toAll)
	e.count(o, at, fact.LegsEnded, -1)
	e.count(e.owned(l.cell, l.agent, l.booking()), at, fact.HandledSessions, -1)
	e.rebook(s, l)
	e.count(o, at, fact.TalkMs, -talk)
	e.count(o, at, fact.HoldMs, -hold)
	e.count(o, at, fact.ConcurrentShare, -l.share)
	e.forget(o, at, fact.DistHandle, talk+hold)
	l.begin = t - talk - hold
	l.mark = t
	share := l.share
	e.setLeg(i, legWrap, t)
	l.share = -share
	if l.agent != noRef && !e.agents[l.agent].bot {
		l.share += e.shareAt(e.agents[l.agent], t)
	}
}

// rebook counts the episode for the legs that have ended beside one that goes
// on after all.
func (e *Engine) rebook(s *sess, l *leg) {
	left := l.booked &^ legSent
	l.booked &= legSent
	for left != 0 {
		first := (*leg)(nil)
		for i := s.legs; i != noRef; i = e.legs.At(i).next {
			o := e.legs.At(i)
			if o != l && o.state == legOver && o.sameEpisode(l) && left&e.shared(l, o) != 0 && (first == nil || o.mark < first.mark) {
				first = o
			}
		}
		if first == nil {
			return
		}
		rows := left & e.shared(l, first)
		left &^= rows
		first.booked |= rows
		e.count(e.owned(first.cell, first.agent, uint16(rows)), first.mark, fact.HandledSessions, 1)
	}
}

// unlinkLeg frees a leg that will not be needed again.
func (e *Engine) unlinkLeg(s *sess, i int32) {
	e.detach(s, i)
	e.legs.Free(i)
}

// detach takes a leg out of its session's list.
func (e *Engine) detach(s *sess, i int32) {
	for at := &s.legs; *at != noRef; at = &e.legs.At(*at).next {
		if *at == i {
			*at = e.legs.At(i).next
			break
		}
	}
}

// keptOver is how many ended legs a session keeps: for a wrap that begins late,
// and to know in which rows it has been handled.
const keptOver = 8

// trimLegs drops the oldest ended legs beyond keptOver.
func (e *Engine) trimLegs(s *sess) {
	over := 0
	for i := s.legs; i != noRef; {
		l := e.legs.At(i)
		next := l.next
		if l.state == legOver {
			if over++; over > keptOver {
				e.unlinkLeg(s, i)
			}
		}
		i = next
	}
}

// dropLeg takes a leg out of everything shown and frees it, without a fact.
func (e *Engine) dropLeg(i int32) {
	e.legTally(i, -1)
	e.legs.Free(i)
}
