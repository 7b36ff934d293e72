package metrics

import "wallboard/metrics/fact"

// foldOne folds one event into its session and keeps what can take it back. It
// reports false, and has no effect, where the session's state has no legal
// transition for the event.
func (e *Engine) foldOne(ref int32, s *sess, n *note) bool {
	var old, now standing
	e.at0, e.reborn = n.time, 0
	e.stand(s, &old)
	e.journal.begin(e, ref, s, n)
	if !e.fold(ref, s, n) {
		e.journal.cancel()
		return false
	}
	e.trimLegs(s)
	e.journal.end(e, s)
	s.step(n)
	if rel := s.rel(n.time); rel > s.last || s.nsteps == 1 {
		s.last = rel
	}
	if s.visit != 0 || n.customer != 0 || s.touchpoint != 0 || n.typ == TypeSessionReopened || e.reborn != 0 {
		e.mirror(s, n)
	}
	e.stand(s, &now)
	e.restand(ref, &old, &now, n.time)
	e.flush()
	e.touchLegs(s)
	e.cells[s.cell].stamp, e.cells[old.cell].stamp = e.changes, e.changes
	return true
}

// touchLegs has the agents of a session shown anew: their lists name it.
func (e *Engine) touchLegs(s *sess) {
	for i := s.legs; i != noRef; i = e.legs.At(i).next {
		if l := e.legs.At(i); l.agent != noRef && l.state != legOver {
			e.touchAgent(e.agents[l.agent])
		}
	}
}

// fold applies the transition of events.md for the event's type.
func (e *Engine) fold(ref int32, s *sess, n *note) bool {
	switch n.typ {
	case TypeSessionOpened:
		return e.onOpened(s, n)
	case TypeSessionQueued:
		return e.onQueued(ref, s, n)
	case TypeSessionReopened:
		return e.onReopened(s, n)
	}
	if s.phase == phaseVoid {
		if !n.tolerant || !e.openTolerantly(s, n) {
			return false
		}
	}
	switch n.typ {
	case TypeSessionRated, TypeSessionOrdered, TypeSessionTagged, TypeSessionScreened, TypeSessionEmotion:
		e.onQuality(s, n)
		return true
	case TypeSessionWrapStarted:
		return e.onWrapStarted(ref, s, n)
	case TypeSessionWrapEnded:
		return e.onWrapEnded(ref, s, n)
	}
	if !s.live() {
		return false
	}
	e.channelFrom(s, n)
	switch n.typ {
	case TypeSessionBotReply:
		e.onBotReply(s, n)
		return true
	case TypeSessionHumanRequested:
		if s.asked == 0 {
			s.asked = max(1, s.rel(n.time))
		}
		return true
	case TypeSessionHandoff:
		return e.onHandoff(s, n)
	case TypeSessionOffered:
		return e.onOffered(ref, s, n)
	case TypeSessionOfferFailed:
		e.onOfferFailed(s, n)
		return true
	case TypeSessionAssigned:
		return e.onAssigned(ref, s, n)
	case TypeSessionJoined:
		return e.onJoined(ref, s, n)
	case TypeSessionLeft:
		return e.onLeft(s, n)
	case TypeSessionMessage:
		e.onMessage(s, n)
		return true
	case TypeSessionHeld, TypeSessionResumed:
		return e.onHold(s, n)
	case TypeSessionTransferred:
		return e.onTransferred(ref, s, n)
	case TypeSessionEscalated:
		e.onEscalated(s, n)
		return true
	case TypeSessionClosed:
		e.onClosed(ref, s, n)
		return true
	}
	return false
}

// openTolerantly begins the episode of an id that nothing has announced.
func (e *Engine) openTolerantly(s *sess, n *note) bool {
	switch n.typ {
	case TypeSessionHeld, TypeSessionResumed, TypeSessionLeft, TypeSessionWrapStarted, TypeSessionWrapEnded, TypeSessionOfferFailed, TypeSessionJoined:
		return false
	}
	e.begin(s, n)
	s.flags |= fIncomplete | fByCustomer
	s.marks |= mAsked
	if n.typ == TypeSessionHandoff || n.typ == TypeSessionBotReply {
		s.flags |= fBot
		s.to(phaseBot, n.time)
	}
	e.countOpened(s, n)
	e.health.originUnknown++
	return true
}

// begin starts an episode at the event: everything of an earlier one is gone
// but the last agent.
func (e *Engine) begin(s *sess, n *note) {
	keep := *s
	if keep.phase != phaseVoid {
		e.reborn = e.firstOpened(&keep)
		if keep.phase == phaseClosed {
			e.keepLast(&keep, n)
		}
	}
	e.loseLater(&keep)
	*s = sess{id: keep.id, idLen: keep.idLen, jour: keep.jour, agent: keep.agent, legs: keep.legs, base: n.time, flags: keep.flags & (fHeld | fAny | fOfSession)}
	if keep.phase == phaseVoid {
		s.marks = keep.marks & mConverted
	}
	for i := s.legs; i != noRef; i = e.legs.At(i).next {
		e.legs.At(i).grow()
	}
	s.cell = e.chans[n.channel].cell
	if keep.phase != phaseVoid && n.marks&markChannelAny != 0 {
		c := e.cells[keep.cell]
		s.cell = e.chans[c.channel].cell
	} else if n.marks&markChannelAny == 0 {
		s.flags &^= fAny
	}
	s.phase = phaseOpen
	if e.outOfHours(e.chans[e.cells[s.cell].channel], n.time) {
		s.flags |= fOut
	}
}

// counted counts the episode as opened.
func (e *Engine) countOpened(s *sess, n *note) {
	e.countOpening(s, e.owned(s.cell, noRef, toSegment).from(s), n.time)
}

// countOpening counts an episode where and when it is known to have begun.
func (e *Engine) countOpening(s *sess, o owner, t int64) {
	e.count(o, t, fact.Opened, 1)
	if s.flags&fByCustomer == 0 {
		return
	}
	e.count(o, t, fact.OpenedByCustomer, 1)
	if s.marks&mAsked != 0 {
		e.count(o, t, fact.Asked, 1)
		if s.flags&fInsight != 0 {
			e.count(o, t, fact.AskedInsight, 1)
		}
	}
}

func (e *Engine) onOpened(s *sess, n *note) bool {
	if s.live() {
		return false
	}
	again := s.phase != phaseVoid
	e.begin(s, n)
	if n.marks&markFromAgent != 0 {
		s.flags |= fFromAgent
	} else {
		s.flags |= fByCustomer
		s.asks(again)
	}
	if n.marks&markInsight != 0 {
		s.flags |= fInsight
	}
	if n.marks&markBot != 0 {
		s.flags |= fBot
		s.phase = phaseBot
	}
	s.describe(n)
	e.countOpened(s, n)
	return true
}

// asks notes that the customer began the session, an id once.
func (s *sess) asks(again bool) {
	if !again {
		s.marks |= mAsked
	}
}

// describe takes what the event says about the contact.
func (s *sess) describe(n *note) {
	set := func(to *uint16, v uint16) {
		if v != 0 {
			*to = v
		}
	}
	set(&s.class, n.class)
	set(&s.lang, n.lang)
	set(&s.skills, n.skills)
	set(&s.touchpoint, n.touchpoint)
	if n.tier > 0 {
		s.tier = n.tier
	}
	if n.priority != 0 {
		s.priority = n.priority
	}
}

func (e *Engine) onReopened(s *sess, n *note) bool {
	if s.live() {
		return false
	}
	known := s.phase == phaseClosed
	last, topic, class, lang, touch, insight := s.agent, s.topic, s.class, s.lang, s.touchpoint, s.flags&fInsight
	queue := e.cells[s.cell].queue
	was := e.episodeOwner(s, &note{agent: noRef})
	e.begin(s, n)
	s.agent, s.topic, s.class, s.lang, s.touchpoint = last, topic, class, lang, touch
	s.flags |= fReopened | insight
	if known && queue != noRef {
		// Until it is queued again the episode stays with the queue it was in.
		c := e.cells[s.cell]
		s.cell = e.cellOf(e.floors[c.floor], e.chans[c.channel], queue)
	}
	if n.by == PartyAgent {
		s.flags |= fFromAgent
	} else {
		s.flags |= fByCustomer
	}
	o := e.owned(e.chans[e.cells[s.cell].channel].cell, noRef, toSegment).about(s)
	e.countOpening(s, o, n.time)
	if n.by != PartyAgent {
		if !known {
			was = o
		}
		e.count(was, n.time, fact.Reopened, 1)
	}
	return true
}

func (e *Engine) onBotReply(s *sess, n *note) {
	o := e.owned(s.cell, noRef, toSegment).about(s)
	if n.marks&markUnderstoodGiven != 0 {
		e.count(o, n.time, fact.BotReplies, 1)
		if n.marks&markUnderstood != 0 {
			e.count(o, n.time, fact.BotUnderstood, 1)
			s.fails, s.failed = 0, 0
		} else if s.fails++; s.fails == 3 {
			s.failed = max(1, s.rel(n.time))
		} else if s.fails > 200 {
			s.fails = 200
		}
	}
	e.omni(s, n.time, true)
}

// handedBy is where a hand-off of the trigger counts; one that says nothing, or
// is only to be seen by what came next, is a rule's.
func handedBy(t HandoffTrigger) fact.Count {
	switch t {
	case HandoffUser:
		return fact.HandedUser
	case HandoffFailures:
		return fact.HandedFailures
	}
	return fact.HandedRule
}

// leaveBot ends the bot's part: the first-reply clock starts here.
func (e *Engine) leaveBot(s *sess, t int64, trigger HandoffTrigger) {
	if s.phase != phaseBot {
		return
	}
	o := e.owned(s.cell, noRef, toSegment).about(s)
	e.count(o, t, fact.BotPhases, 1)
	e.count(o, t, fact.HandedOff, 1)
	e.count(o, t, handedBy(trigger), 1)
	s.marks |= mHanded
	e.endBotLegs(s, t)
	s.to(phaseOpen, t)
	e.startAt(s, startHandoff, t)
}

func (e *Engine) endBotLegs(s *sess, t int64) {
	for i := s.legs; i != noRef; {
		next := e.legs.At(i).next
		if e.legs.At(i).state == legBot {
			e.endLeg(i, s, t)
		}
		i = next
	}
}

func (e *Engine) onHandoff(s *sess, n *note) bool {
	if s.phase != phaseBot {
		return false
	}
	s.flags |= fBot
	e.leaveBot(s, n.time, n.trigger)
	return true
}

func (e *Engine) onEscalated(s *sess, n *note) {
	if n.tier > 0 {
		for i := s.legs; i != noRef; i = e.legs.At(i).next {
			e.legTally(i, -1)
		}
		s.tier = n.tier
		for i := s.legs; i != noRef; i = e.legs.At(i).next {
			e.legTally(i, +1)
		}
	}
	if s.tier >= 2 && s.flags&fEscalated == 0 {
		s.flags |= fEscalated
		e.count(e.episodeOwner(s, n), n.time, fact.Escalated, 1)
	}
}

// episodeOwner is the one owner of an episode's facts: the last leg's agent
// and queue, else the last segment's queue; the event's own agent overrides.
func (e *Engine) episodeOwner(s *sess, n *note) owner {
	agent := s.agent
	if n.agent != noRef {
		agent = n.agent
	}
	if agent != noRef && e.agents[agent].bot {
		agent = noRef
	}
	return e.owned(e.episodeCell(s), agent, toAll).about(s)
}

// about is the owner, and what the session is about and came from.
func (o owner) about(s *sess) owner {
	if s.topic != 0 {
		o.topic, o.mask = s.topic, o.mask|toTopic
	}
	return o.from(s)
}

// from is the owner, and what the session came from.
func (o owner) from(s *sess) owner {
	if s.touchpoint != 0 {
		o.touch, o.mask = s.touchpoint, o.mask|toTouchpoint
	}
	return o
}

// episodeCell is where the session's last leg was, else its last segment.
func (e *Engine) episodeCell(s *sess) int32 {
	for i := s.legs; i != noRef; i = e.legs.At(i).next {
		if l := e.legs.At(i); l.state != legRing && l.state != legBot && l.role == RoleNone && l.age() == 0 {
			if e.cells[l.cell].queue == noRef {
				break
			}
			return l.cell
		}
	}
	if s.owner > 0 {
		return s.owner // never the floor's own, which is cell 0
	}
	return s.cell
}
