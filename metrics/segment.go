package metrics

import "wallboard/metrics/fact"

// onQueued: any live state → queued.
func (e *Engine) onQueued(ref int32, s *sess, n *note) bool {
	t := n.time
	switch {
	case !s.live() && e.continues(s, t):
		e.resumeEpisode(s, t)
	case !s.live():
		again := s.phase != phaseVoid
		e.begin(s, n)
		s.flags |= fByCustomer
		s.asks(again)
		e.countOpened(s, n)
	}
	e.channelFrom(s, n)
	s.describe(n)
	queue := n.queue
	if queue == noRef {
		queue = e.cells[s.cell].queue
	}
	e.leaveBot(s, t, HandoffNone)
	if s.phase == phaseActive || s.phase == phaseHeld || s.phase == phaseWrapping {
		e.passOn(s, n.agent, t)
	}
	e.enterQueue(ref, s, queue, n, t)
	return true
}

// continues says whether a closed session goes on when it is queued at t.
func (e *Engine) continues(s *sess, t int64) bool {
	return s.phase == phaseClosed && (s.outcome == OutcomeOverflowed || s.outcome == OutcomeTimedOut) &&
		t-s.abs(s.ended) < continueMillis
}

// resumeEpisode takes the close of an overflowed episode back: it was only the
// end of a segment. What was unbroken stays unbroken.
func (e *Engine) resumeEpisode(s *sess, t int64) {
	if s.flags&fCloseCounted != 0 {
		e.verdict(s, e.episodeOwner(s, &note{agent: noRef}), s.abs(s.ended), -1)
		s.flags &^= fCloseCounted
	}
	s.outcome = OutcomeNone
	s.to(phaseOpen, t)
}

// enterQueue begins a segment in the queue, unless the session waits there.
func (e *Engine) enterQueue(ref int32, s *sess, queue int32, n *note, t int64) {
	c := e.cells[s.cell]
	cell := e.cellOf(e.floors[c.floor], e.chans[c.channel], queue)
	unbroken := s.queued
	carried := s.outcomeCarries()
	if s.kind == KindMessage && n.kind == KindMessage && s.flags&(fDue|fDueMissed) != 0 {
		carried = true // nobody has replied to it yet
	}
	if s.flags&fSegment != 0 {
		if cell == s.cell && n.kind == s.kind {
			return
		}
		e.dropRings(s, t)
		e.endSegment(s, t, fact.Requeued, noRef)
		carried = true
	}
	e.dropRings(s, t)
	if cell != s.cell {
		s.flags &^= fOmniMissed // that verdict stays with the queue it fell in
	}
	was := s.kind
	s.cell, s.kind = cell, n.kind
	s.begun = s.rel(t)
	s.queued = s.begun // what becomes a message waits as one from now on
	if carried && (n.kind == was || n.kind != KindMessage) {
		s.queued = min(unbroken, s.begun)
	}
	s.flags = s.flags&^(fSegmentOut|fUnbroken) | fSegment
	s.to(phaseQueued, t)
	e.beginSegment(ref, s, n, t)
}

func (s *sess) outcomeCarries() bool { return s.flags&fUnbroken != 0 }

// beginSegment counts a segment that has begun at t.
func (e *Engine) beginSegment(ref int32, s *sess, n *note, t int64) {
	first := s.flags&fSegmented == 0
	s.flags |= fSegmented
	if first {
		e.countOpening(s, e.owned(s.cell, noRef, toQueues), t)
	}
	if s.kind != KindLive {
		e.promise(ref, s, n, t)
		return
	}
	s.flags &^= fDue | fDueMissed // it waits as a live contact from now on
	if e.outOfHours(e.chans[e.cells[s.cell].channel], t) {
		s.flags |= fSegmentOut
	}
	e.count(e.owned(s.cell, noRef, toSegment), t, fact.Offered, 1)
	if s.flags&fSegmentOut != 0 {
		e.count(e.owned(s.cell, noRef, toSegment), t, fact.OutOfHours, 1)
	}
	e.startAt(s, startQueued, t)
}

// promise begins the time within which a callback or message must be reached.
// A message passed on keeps the time it has.
func (e *Engine) promise(ref int32, s *sess, n *note, t int64) {
	if s.kind == KindMessage && s.queued < s.begun && s.flags&(fDue|fDueMissed) != 0 {
		return
	}
	s.flags = s.flags&^fDueMissed | fDue
	s.due = s.rel(e.dueOf(s, n, t))
	if s.due != noDue {
		e.timers.push(timer{due: s.abs(s.due), kind: timerDue, ref: ref, of: s.base}, e)
	}
}

// noDue stands for "never" in a session's due time.
const noDue = int32(1<<31 - 1)

// dueOf returns when a callback or message must have been reached.
func (e *Engine) dueOf(s *sess, n *note, t int64) int64 {
	if s.kind == KindMessage {
		return e.openAfter(e.chans[e.cells[s.cell].channel], t, messageMillis)
	}
	if n.due == 0 {
		return noTime
	}
	return n.due
}

// messageMillis of open time is what a 留言 may take.
const messageMillis = 4 * hourMillis

// endSegment ends the open segment at t in the given way. agent is who
// answered.
func (e *Engine) endSegment(s *sess, t int64, how fact.Count, agent int32) {
	s.flags &^= fSegment
	if s.kind != KindLive {
		return
	}
	wait := t - s.abs(s.begun)
	if wait < 0 {
		e.health.clockSkew++
		wait = 0
	}
	out := s.flags&fSegmentOut != 0
	cell := e.cells[s.cell]
	within := !out && e.waited(cell, s.abs(s.begun), wait) <= cell.answerWithin
	o := e.owned(s.cell, noRef, toSegment)
	if how == fact.Answered && agent != noRef {
		o = e.owned(s.cell, agent, toAll)
	}
	e.count(o, t, how, 1)
	e.count(o, t, fact.WaitAllMs, wait)
	if wait > 900_000 {
		e.count(o, t, fact.EndedBeyond900, 1)
	}
	e.peak(o, t, fact.PeakWaitEndedMs, wait)
	switch how {
	case fact.Answered:
		e.count(o, t, fact.AnsweredWithin, int64(b2i(within)))
		e.count(o, t, fact.AnsweredOut, int64(b2i(out)))
		e.count(o, t, fact.WaitAnsweredMs, wait)
		e.observe(o, t, fact.DistWait, wait)
	case fact.Abandoned:
		short := wait <= cell.short
		e.count(o, t, fact.AbandonedShort, int64(b2i(short)))
		e.count(o, t, fact.AbandonedWithin, int64(b2i(within)))
		e.count(o, t, fact.AbandonedOut, int64(b2i(out)))
		e.count(o, t, fact.AbandonedShortOut, int64(b2i(out && short)))
		e.count(o, t, fact.WaitAbandonedMs, wait)
	case fact.Overflowed:
		e.count(o, t, fact.OverflowedWithin, int64(b2i(within)))
		e.count(o, t, fact.OverflowedOut, int64(b2i(out)))
	}
}

// waited returns the part of a wait that counts against T.
func (e *Engine) waited(c *cellState, begun, wait int64) int64 {
	if !c.openTime {
		return wait
	}
	return e.openBetween(e.chans[c.channel], begun, begun+wait)
}

// onOffered: open, bot, queued → offered; a second agent adds an offer.
func (e *Engine) onOffered(ref int32, s *sess, n *note) bool {
	switch s.phase {
	case phaseOpen, phaseBot, phaseQueued, phaseOffered:
	default:
		return false
	}
	e.leaveBot(s, n.time, HandoffNone)
	e.ring(ref, s, n.agent, n.time)
	return true
}

// ring adds an offer to the agent, once.
func (e *Engine) ring(ref int32, s *sess, agent int32, t int64) {
	s.to(phaseOffered, t)
	if agent != noRef && e.legOf(s, agent, legRing, legRing) == noRef {
		e.newLeg(ref, s, agent, t, legRing, RoleNone)
	}
}

// dropRings withdraws every offer.
func (e *Engine) dropRings(s *sess, t int64) { e.dropRingsBut(s, noRef, t) }

// dropRingsBut withdraws every offer but one.
func (e *Engine) dropRingsBut(s *sess, taken int32, t int64) {
	for i := s.legs; i != noRef; {
		next := e.legs.At(i).next
		if e.legs.At(i).state == legRing && i != taken {
			e.endLeg(i, s, t)
		}
		i = next
	}
}

// onOfferFailed counts an offer that came to nothing, said or not said before.
func (e *Engine) onOfferFailed(s *sess, n *note) {
	agent := n.agent
	var i int32 = noRef
	if agent == noRef {
		if i = e.anyLeg(s, legRing, legRing); i != noRef {
			agent = e.legs.At(i).agent
		}
	} else {
		i = e.legOf(s, agent, legRing, legRing)
	}
	if i != noRef {
		e.endLeg(i, s, n.time)
	}
	e.countFailure(s, agent, n)
	if s.phase == phaseOffered && e.anyLeg(s, legRing, legRing) == noRef {
		s.to(s.resting(), n.time)
	}
}

func (e *Engine) countFailure(s *sess, agent int32, n *note) {
	if agent != noRef && e.agents[agent].bot {
		return // machines share no figure with people
	}
	o := e.owned(s.cell, agent, toAll)
	switch n.failure {
	case OfferWithdrawn:
	case OfferCustomerLeft:
		e.count(o, n.time, fact.OfferAbandoned, 1)
	default:
		e.count(o, n.time, fact.Nonresponse, 1)
		if agent != noRef {
			e.agents[agent].miss(n.time)
			e.touchAgent(e.agents[agent])
		}
	}
}

// miss remembers when the agent last let an offer pass.
func (a *agentState) miss(t int64) {
	a.missed[a.missedAt] = t
	a.missedAt = (a.missedAt + 1) % uint8(len(a.missed))
}

// resting is where a session stands that nobody has and nobody is offered.
func (s *sess) resting() phase {
	if s.flags&fSegment != 0 {
		return phaseQueued
	}
	return phaseOpen
}

// onAssigned: somebody takes the session.
func (e *Engine) onAssigned(ref int32, s *sess, n *note) bool {
	t, agent := n.time, n.agent
	if agent != noRef && e.agents[agent].bot {
		e.takenByBot(ref, s, agent, t)
		return true
	}
	talking := s.phase == phaseActive || s.phase == phaseHeld || s.phase == phaseWrapping
	if talking {
		if i := e.legOf(s, agent, legTalk, legHold); i != noRef {
			if e.legs.At(i).role == RoleNone {
				return true // the same agent again
			}
			e.endLeg(i, s, t) // a colleague who had joined takes over
		}
		e.endTalks(s, t)
	}
	e.leaveBot(s, t, HandoffNone)
	own := s.flags&fReopened != 0 && agent == s.agent
	s.flags &^= fReopened
	e.answer(s, n, own)
	e.reached(s, t)
	taken := e.offerTo(s, agent)
	e.dropRingsBut(s, taken, t)
	if i := e.legOf(s, agent, legWrap, legWrap); i != noRef && agent != noRef {
		e.endLeg(i, s, t)
	}
	s.agent = agent
	s.flags |= fHuman
	if taken != noRef {
		e.takeUp(taken, s, t)
	} else {
		e.newLeg(ref, s, agent, t, legTalk, RoleNone)
	}
	s.to(phaseActive, t)
	if agent != noRef {
		e.infer(e.agents[agent], e.cells[s.cell].queue, t)
	}
	if e.chans[e.cells[s.cell].channel].settings.FirstReplyIsAnswer {
		e.firstReply(s, agent, t)
		e.omni(s, t, true)
		e.replyMessage(s, t)
	}
	return true
}

// answer ends the open segment as answered. An episode that never queued, and
// that no agent started, has had one of 0 s.
func (e *Engine) answer(s *sess, n *note, own bool) {
	t := n.time
	if s.flags&fSegment == 0 {
		if s.flags&(fSegmented|fHuman|fFromAgent|fDirect) != 0 || own {
			return
		}
		c := e.cells[s.cell]
		if n.queue != noRef {
			s.cell = e.cellOf(e.floors[c.floor], e.chans[c.channel], n.queue)
		}
		s.kind, s.begun, s.queued = KindLive, s.rel(t), s.rel(t)
		s.flags = s.flags&^fSegmentOut | fSegment
		e.beginSegment(noRef, s, n, t)
	}
	if s.kind == KindCallback {
		e.decideCallback(s, t)
	}
	e.endSegment(s, t, fact.Answered, n.agent)
}

// decideCallback counts a callback reached at t.
func (e *Engine) decideCallback(s *sess, t int64) {
	if s.due == noDue {
		s.flags &^= fDue
		return
	}
	if !e.decides(s, t, fact.CallbacksDue) {
		return
	}
	o := e.owned(s.cell, noRef, toSegment)
	e.count(o, t, fact.CallbacksDue, 1)
	if t <= s.abs(s.due) {
		e.count(o, t, fact.CallbacksKept, 1)
	}
}

// takenByBot gives the session to a machine: that is no answer.
func (e *Engine) takenByBot(ref int32, s *sess, agent int32, t int64) {
	if e.legOf(s, agent, legBot, legBot) != noRef {
		return
	}
	e.endTalks(s, t)
	e.dropRings(s, t)
	if s.flags&fSegment != 0 {
		e.endSegment(s, t, fact.Withdrawn, noRef)
	}
	s.flags |= fBot
	s.asked, s.failed, s.fails = 0, 0, 0
	e.newLeg(ref, s, agent, t, legBot, RoleNone)
	s.to(phaseBot, t)
}

// endTalks ends every leg of the session that is being talked to or wrapped.
func (e *Engine) endTalks(s *sess, t int64) {
	for i := s.legs; i != noRef; {
		next := e.legs.At(i).next
		if l := e.legs.At(i); (l.state == legTalk || l.state == legHold) && l.role == RoleNone {
			e.endLeg(i, s, t)
		}
		i = next
	}
}
