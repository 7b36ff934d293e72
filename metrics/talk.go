package metrics

import "wallboard/metrics/fact"

// onJoined adds another agent: a leg, no slot for a monitor, never an answer.
func (e *Engine) onJoined(ref int32, s *sess, n *note) bool {
	if s.phase != phaseActive && s.phase != phaseHeld || n.agent == noRef {
		return false
	}
	if e.legOf(s, n.agent, legTalk, legHold) != noRef {
		return true
	}
	role := n.role
	if role == RoleNone {
		role = RoleConference
	}
	e.newLeg(ref, s, n.agent, n.time, legTalk, role)
	return true
}

// onLeft ends the leg of an agent who had joined.
func (e *Engine) onLeft(s *sess, n *note) bool {
	i := e.legOf(s, n.agent, legTalk, legWrap)
	if i == noRef || e.legs.At(i).role == RoleNone {
		return false
	}
	e.endLeg(i, s, n.time)
	e.settle(s, n.time)
	return true
}

// onHold puts the talk on hold, or takes it off.
func (e *Engine) onHold(s *sess, n *note) bool {
	from, to, phase := legTalk, legHold, phaseHeld
	if n.typ == TypeSessionResumed {
		from, to, phase = legHold, legTalk, phaseActive
	}
	if s.phase != phaseActive && s.phase != phaseHeld || s.phase == phase {
		return false
	}
	i := e.mainLeg(s, n.agent, from)
	if i != noRef {
		l := e.legs.At(i)
		if to == legTalk {
			l.holdMs = int32(min(int64(l.holdMs)+max(0, n.time-l.mark), 1<<31-1))
		}
		l.mark = n.time
		e.setLeg(i, to, n.time)
	}
	s.to(phase, n.time)
	return true
}

// onTransferred passes the session on.
func (e *Engine) onTransferred(ref int32, s *sess, n *note) bool {
	t := n.time
	e.leaveBot(s, t, HandoffNone)
	if s.phase == phaseActive || s.phase == phaseHeld || s.phase == phaseWrapping {
		e.passOn(s, n.agent, t)
	}
	switch {
	case n.toQueue != noRef:
		e.enterQueue(ref, s, n.toQueue, &note{time: t, kind: KindLive}, t)
	case n.toAgent != noRef:
		if s.flags&fSegmented == 0 {
			s.flags |= fDirect
		}
		e.ring(ref, s, n.toAgent, t)
	}
	return true
}

// passOn ends the legs in talk because the session goes elsewhere, and counts
// the sender's transfer, once per session in each row that sends it.
func (e *Engine) passOn(s *sess, sender int32, t int64) {
	if sender == noRef {
		sender = s.agent
	}
	if sender != noRef && e.agents[sender].bot {
		sender = noRef
	}
	o := e.owned(s.cell, sender, toAll)
	if i := e.senderLeg(s, sender); i != noRef {
		l := e.legs.At(i)
		o = e.owned(l.cell, sender, uint16(e.unsent(s, l)))
		l.booked |= legSent
	} else if s.flags&fTransferred != 0 {
		o.mask = 0
	}
	e.endTalks(s, t)
	s.flags |= fTransferred
	s.marks |= mPassed
	if o.mask != 0 {
		e.count(o, t, fact.TransferredOut, 1)
	}
	s.to(phaseOpen, t)
}

// senderLeg returns the running leg that a session is passed on from.
func (e *Engine) senderLeg(s *sess, sender int32) int32 {
	for _, state := range [...]legState{legTalk, legHold, legWrap} {
		if i := e.mainLeg(s, sender, state); i != noRef && e.legs.At(i).agent == sender {
			return i
		}
	}
	return noRef
}

// unsent says which rows of the leg have not passed the episode on yet.
func (e *Engine) unsent(s *sess, l *leg) uint8 {
	rows := uint8(toAll)
	for i := s.legs; i != noRef; i = e.legs.At(i).next {
		if o := e.legs.At(i); o.booked&legSent != 0 && o.age() == l.age() {
			rows &^= e.shared(l, o)
		}
	}
	return rows
}

// decidePassed counts the transfer that waits for an answer, for whom it was
// passed on by.
func (e *Engine) decidePassed(s *sess, t int64, answered bool, sign int64) {
	if s.marks&mPassed == 0 {
		return
	}
	o := e.owned(s.cell, noRef, toAll)
	for i := s.legs; i != noRef; i = e.legs.At(i).next {
		if l := e.legs.At(i); l.booked&legSent != 0 && l.age() == 0 {
			agent := l.agent
			if agent != noRef && e.agents[agent].bot {
				agent = noRef
			}
			o = e.owned(l.cell, agent, toAll)
			break
		}
	}
	e.count(o, t, fact.TransfersDecided, sign)
	if answered {
		e.count(o, t, fact.TransfersAnswered, sign)
	}
}

// decideHanded counts the bot's hand-off that waits for an answer.
func (e *Engine) decideHanded(s *sess, t int64, answered bool, sign int64) {
	if s.marks&mHanded == 0 {
		return
	}
	o := e.owned(s.cell, noRef, toSegment).about(s)
	e.count(o, t, fact.HandoffsDecided, sign)
	if answered {
		e.count(o, t, fact.HandoffsAnswered, sign)
	}
}

// reached is a person at last, for whoever was passed on or handed over.
func (e *Engine) reached(s *sess, t int64) {
	e.decidePassed(s, t, true, 1)
	e.decideHanded(s, t, true, 1)
	s.marks &^= mPassed | mHanded
}

// onWrapStarted ends an agent's talk and begins their wrap; allowed after the
// session was passed on or closed.
func (e *Engine) onWrapStarted(ref int32, s *sess, n *note) bool {
	t, agent := n.time, n.agent
	if agent == noRef && s.live() {
		agent = s.agent
	}
	i := e.legOf(s, agent, legTalk, legHold)
	switch {
	case i != noRef:
		l := e.legs.At(i)
		if l.state == legHold {
			l.holdMs = int32(min(int64(l.holdMs)+max(0, t-l.mark), 1<<31-1))
		}
		l.mark = t
		e.setLeg(i, legWrap, t)
	default:
		if i = e.legOf(s, agent, legOver, legOver); i != noRef {
			if e.legs.At(i).has(legExtra | legWrapped) {
				return false
			}
			e.reviveLeg(i, s, t)
			break
		}
		if s.live() || agent == noRef || agent != s.agent || s.flags&fHuman == 0 {
			return false
		}
		// What the leg was is remembered no more: the wrap is counted alone.
		i = e.newLeg(ref, s, agent, t, legTalk, RoleNone)
		e.legs.At(i).mark = t
		e.legs.At(i).bits |= legExtra
		e.setLeg(i, legWrap, t)
	}
	l := e.legs.At(i)
	if !s.live() {
		l.bits |= legLate
		e.timers.push(timer{due: t + wrapMillis, kind: timerWrap, ref: ref, of: int64(agent)}, e)
		return true
	}
	e.settle(s, t)
	return true
}

// wrapMillis is how long a wrap may last that no close ends.
const wrapMillis = 30 * 60_000

// onWrapEnded ends the agent's wrap: the slot is free, the leg handled.
func (e *Engine) onWrapEnded(ref int32, s *sess, n *note) bool {
	agent := n.agent
	i := e.legOf(s, agent, legWrap, legWrap)
	if i == noRef && agent == noRef {
		i = e.anyLeg(s, legWrap, legWrap)
	}
	if i == noRef {
		return false
	}
	e.endLeg(i, s, n.time)
	if s.live() {
		e.settle(s, n.time)
	} else {
		e.linger(ref, s)
	}
	return true
}

// settle moves a session whose legs have changed to the phase they make of it.
func (e *Engine) settle(s *sess, t int64) {
	switch s.phase {
	case phaseActive, phaseHeld, phaseWrapping:
	default:
		return
	}
	switch {
	case e.mainLeg(s, noRef, legTalk) != noRef:
		s.to(phaseActive, t)
	case e.mainLeg(s, noRef, legHold) != noRef:
		s.to(phaseHeld, t)
	case e.colleague(s):
		s.to(phaseActive, t)
	case e.anyLeg(s, legWrap, legWrap) != noRef:
		s.to(phaseWrapping, t)
	default:
		s.to(s.resting(), t)
	}
}

// onClosed ends the episode with all that is open in it.
func (e *Engine) onClosed(ref int32, s *sess, n *note) {
	t := n.time
	abandoned := n.outcome == OutcomeAbandoned || n.outcome == OutcomeCancelled && n.by == PartyCustomer
	e.dropTurn(s, n)
	wasBot := s.phase == phaseBot
	if wasBot && n.outcome != OutcomeSpam {
		e.count(e.owned(s.cell, noRef, toSegment).about(s), t, fact.BotPhases, 1)
	}
	e.closeRings(s, abandoned, t)
	if s.flags&fSegment != 0 {
		e.closeSegment(s, n, abandoned)
	}
	e.closeLegs(s, t)
	if s.kind == KindMessage && n.outcome != OutcomeOverflowed && n.outcome != OutcomeTimedOut && s.flags&fDue != 0 {
		// Closed without a reply: decided against it. After an overflow it may go on.
		s.flags &^= fDue
		if n.outcome != OutcomeSpam {
			e.count(e.owned(s.cell, noRef, toSegment), min(t, s.abs(s.due)), fact.MessagesDecided, 1)
		}
	}
	s.to(phaseClosed, t)
	s.ended, s.outcome = s.rel(t), n.outcome
	e.closeFacts(s, n)
	e.linger(ref, s)
}

// closeRings ends the offers: those a customer left are counted, once each.
func (e *Engine) closeRings(s *sess, abandoned bool, t int64) {
	for i := s.legs; i != noRef; {
		l := e.legs.At(i)
		next := l.next
		if l.state == legRing {
			if abandoned && !e.agents[l.agent].bot {
				e.count(e.owned(s.cell, l.agent, toAll), t, fact.OfferAbandoned, 1)
			}
			e.endLeg(i, s, t)
		}
		i = next
	}
}

func (e *Engine) closeSegment(s *sess, n *note, abandoned bool) {
	overflowed := n.outcome == OutcomeOverflowed || n.outcome == OutcomeTimedOut
	how := fact.Withdrawn
	switch {
	case abandoned:
		how = fact.Abandoned
	case overflowed:
		how = fact.Overflowed
		s.flags |= fUnbroken
	}
	e.endSegment(s, n.time, how, noRef)
}

// closeLegs ends the legs in talk and the wraps begun before the close.
func (e *Engine) closeLegs(s *sess, t int64) {
	for i := s.legs; i != noRef; {
		l := e.legs.At(i)
		next := l.next
		if l.state != legOver && !l.has(legLate) {
			e.endLeg(i, s, t)
		}
		i = next
	}
}

// closeFacts counts the close for those who own the episode.
func (e *Engine) closeFacts(s *sess, n *note) {
	t := n.time
	if n.outcome == OutcomeSpam {
		s.flags |= fOmni
		return
	}
	o := e.episodeOwner(s, n)
	if s.flags&(fHuman|fReplied) == fHuman && s.flags&(fFromAgent|fOut) == 0 && s.kind == KindLive {
		e.count(o, t, fact.LeftUnanswered, 1)
	}
	e.decideOmni(s, o.cell, t, false) // by the close: a fact of the episode
	s.flags |= fCloseCounted
	e.verdict(s, o, t, 1)
	switch n.outcome {
	case OutcomeResolved:
		s.flags |= fResolved
		e.count(o, t, fact.Resolved, 1)
		e.count(o, t, fact.ResolveMs, t-e.firstOpened(s))
		if s.flags&fComplaint != 0 {
			e.countComplaintCycle(s, o, t)
		}
	case OutcomeUnresolved:
		e.count(o, t, fact.Unresolved, 1)
	}
}

// endLateWraps ends the wraps that go on after a close because their agent
// went offline.
func (e *Engine) endLateWraps(a *agentState, t int64) {
	for k := len(a.legs) - 1; k >= 0; k-- {
		i := a.legs[k].leg
		l := e.legs.At(i)
		if l.state != legWrap || !l.has(legLate) {
			continue
		}
		s := e.sessions.At(l.sess)
		e.endLeg(i, s, max(t, l.mark))
		s.jour = 0
		e.linger(l.sess, s)
	}
}

// pauseEnds counts what a pause that ends at t took beyond its allowance.
func (e *Engine) pauseEnds(a *agentState, t int64) {
	if over := e.pauseOver(a, t); over > 0 && !a.bot {
		e.count(e.owned(e.floors[a.floor].whole, a.index, toFloor|toTeam|toAgent), t, fact.PauseOverMs, over)
	}
}
