package metrics

import "wallboard/metrics/fact"

// mirror brings the visit of a session up to date after an event of it.
func (e *Engine) mirror(s *sess, n *note) {
	x := &e.visits
	at := s.visit - 1
	if at < 0 || x.slab.At(at).base != s.base || x.slab.At(at).session != n.hash {
		if at = e.visitOf(s, n); at < 0 {
			s.visit = 0
			return
		}
		s.visit = at + 1
	}
	v := x.slab.At(at)
	if v.customer == 0 && n.customer != 0 && n.typ != TypeSessionOrdered {
		at = e.nameVisitor(at, n.customer)
		s.visit = at + 1
		v = x.slab.At(at)
	}
	e.mirrorLines(s, v, n)
	e.mirrorQueue(s, v)
	v.mirrorReply(s)
	told := v.about != s.topic
	v.touch = s.touchpoint
	v.set(vHuman, s.flags&fHuman != 0)
	closed := s.phase == phaseClosed
	if v.flags&vClosed != 0 && (!closed || v.ended != s.ended) {
		e.unclose(at, v)
	}
	if told {
		x.tell(v.session, s.topic)
	}
	if closed && v.flags&vClosed == 0 {
		e.close(at, v, s, n)
	}
	if told {
		e.judge(at, v)
		e.judgeOthers(v)
	}
}

// tell gives the session's visits what it is about now.
func (x *visits) tell(session uint64, topic uint16) {
	for ref, pos := x.bySession.First(session); ref >= 0; ref, pos = x.bySession.Next(session, pos) {
		if v := x.slab.At(ref); v.session == session {
			v.about = topic
		}
	}
}

// keepLast keeps the visit of an episode that is over, whose session begins
// another: until now nobody's fate hung on it.
func (e *Engine) keepLast(s *sess, n *note) {
	if e.visits.of(n.hash, s.base) != noRef {
		return
	}
	at := e.visits.add(visit{
		session: n.hash, base: s.base, first: s.base, place: e.chans[e.cells[s.cell].channel].cell, queue: noRef, agent: noRef, team: noRef,
		about: s.topic, touch: s.touchpoint,
	})
	v := e.visits.slab.At(at)
	v.set(vHuman, s.flags&fHuman != 0)
	v.set(vAgent, s.flags&fFromAgent != 0)
	v.mirrorReply(s)
	v.set(vAsked, s.marks&mAsked != 0)
	v.set(vConverted, s.marks&mConverted != 0)
	v.set(vInsight, s.flags&fInsight != 0)
	if s.flags&fSegmented != 0 {
		v.flags |= vSegmented
		if e.cells[s.cell].queue != noRef {
			v.queue, v.begun = s.cell, s.begun
		}
	}
	if s.flags&fReplied != 0 {
		v.line, v.reply, v.flags = s.ended, s.ended, v.flags|vLine|vReply
	}
	e.close(at, v, s, n)
}

// unbegun forgets the visits of episodes that have not begun after all, once
// events of the session were put in another order.
func (e *Engine) unbegun(s *sess, hash uint64) {
	x := &e.visits
	for at := x.of(hash, 0); at != noRef; at = x.of(hash, 0) {
		v := x.slab.At(at)
		if v.base <= s.base && s.phase != phaseVoid || v.base < s.base {
			return
		}
		e.unclose(at, v)
		e.unarrive(v)
		x.drop(at)
	}
}

// unarrive takes back what the beginning of a visit counted.
func (e *Engine) unarrive(v *visit) {
	if v.flags&vRepeat != 0 {
		e.aside(e.opening(v), v.base, fact.Repeats, -1)
		if v.queue != noRef {
			e.aside(e.owned(v.queue, noRef, toQueues), v.base+int64(v.begun), fact.Repeats, -1)
		}
	}
	if rows := v.asked &^ toQueues; rows != 0 {
		o := e.opening(v)
		o.mask &= rows
		e.aside(o, v.base, fact.Enquirers, -1)
	}
	if rows := v.asked & toQueues; rows != 0 && v.queue != noRef {
		e.aside(owner{cell: v.queue, agent: noRef, team: noRef, mask: rows}, v.base+int64(v.begun), fact.Enquirers, -1)
	}
}

// visitOf finds the visit of an episode or begins one, noRef where it needs
// none: nobody else's fate hangs on it, and nobody will ask where it came from.
func (e *Engine) visitOf(s *sess, n *note) int32 {
	x := &e.visits
	if at := x.of(n.hash, s.base); at != noRef {
		return at
	}
	customer := n.customer
	if n.typ == TypeSessionOrdered {
		customer = 0
	}
	last := x.of(n.hash, 0)
	if customer == 0 && last != noRef {
		customer = x.slab.At(last).customer
	}
	first := e.reborn
	if last != noRef {
		first = x.slab.At(last).first
	}
	if customer == 0 && s.touchpoint == 0 && (first == 0 || first == s.base) {
		return noRef
	}
	if first == 0 {
		first = s.base
	}
	if x.n >= maxVisits && x.gone.Len() == 0 {
		e.health.capped++
		return noRef
	}
	v := visit{customer: customer, session: n.hash, base: s.base, first: first, place: e.chans[e.cells[s.cell].channel].cell, queue: noRef, agent: noRef, team: noRef}
	v.set(vAgent, s.flags&fFromAgent != 0)
	v.set(vReopened, n.typ == TypeSessionReopened)
	v.set(vAsked, s.marks&mAsked != 0)
	v.set(vConverted, s.marks&mConverted != 0)
	v.set(vInsight, s.flags&fInsight != 0)
	v.about, v.touch = s.topic, s.touchpoint
	at := x.add(v)
	e.arrived(at, x.slab.At(at))
	return at
}

// nameVisitor gives a visit its customer, told late.
func (e *Engine) nameVisitor(at int32, customer uint64) int32 {
	x := &e.visits
	v := *x.slab.At(at)
	e.unclose(at, x.slab.At(at))
	x.drop(at)
	v.customer = customer
	v.flags &^= vClosed | vReturned | vBack | vServed | vAgain
	at = x.add(v)
	e.arrived(at, x.slab.At(at))
	e.arrivedInQueue(x.slab.At(at))
	return at
}

// mirrorLines keeps when the session was last spoken in, and last replied to.
func (e *Engine) mirrorLines(s *sess, v *visit, n *note) {
	line, reply := false, false
	switch n.typ {
	case TypeSessionMessage:
		by := e.speaker(n)
		line, reply = by != PartyAuto, by == PartyAgent || by == PartyBot
	case TypeSessionBotReply:
		line, reply = true, true
	case TypeSessionAssigned:
		line = e.chans[e.cells[s.cell].channel].settings.FirstReplyIsAnswer && s.flags&fHuman != 0
		reply = line
	}
	rel := int32(n.time - v.base)
	if line && (v.flags&vLine == 0 || rel > v.line) {
		v.line, v.flags = rel, v.flags|vLine
	}
	if reply && (v.flags&vReply == 0 || rel > v.reply) {
		v.reply, v.flags = rel, v.flags|vReply
	}
}

// mirrorQueue keeps where the first segment of the episode began, and counts
// there what the opening was.
func (e *Engine) mirrorQueue(s *sess, v *visit) {
	if v.flags&vSegmented != 0 || s.flags&fSegmented == 0 {
		return
	}
	v.flags |= vSegmented
	if e.cells[s.cell].queue == noRef {
		return
	}
	v.queue, v.begun = s.cell, s.rel(e.at0)
	if v.flags&vConverted != 0 && s.marks&mConverted == 0 {
		e.countConverted(v, e.owned(v.queue, noRef, toQueues), v.base+int64(v.begun))
	}
	e.arrivedInQueue(v)
}

// arrivedInQueue counts what the beginning of a visit means for its customer
// where and when its first segment began.
func (e *Engine) arrivedInQueue(v *visit) {
	if v.queue == noRef {
		return
	}
	t := v.base + int64(v.begun)
	if v.flags&vRepeat != 0 {
		e.aside(e.owned(v.queue, noRef, toQueues), t, fact.Repeats, 1)
	}
	e.askedFirst(v, toQueues, t)
}

// arrived counts what the beginning of a visit means for its customer.
func (e *Engine) arrived(at int32, v *visit) {
	if v.flags&vAgent != 0 {
		return
	}
	if v.customer == 0 {
		e.judgeOthers(v)
		return
	}
	e.visits.others(v.customer, func(ref int32, w *visit) {
		if ref != at && w.base < v.base && (w.flags&vClosed == 0 || w.end() > v.base || w.end() >= v.base-dayMillis) {
			v.flags |= vRepeat
		}
	})
	if v.flags&vRepeat != 0 {
		e.aside(e.opening(v), v.base, fact.Repeats, 1)
	}
	e.askedFirst(v, toSegment&^toQueues|toTouchpoint, v.base)
	e.judgeOthers(v)
}

// opening is whom the opening of a visit belongs to, queues apart.
func (e *Engine) opening(v *visit) owner {
	o := e.owned(v.place, noRef, toSegment)
	if v.touch != 0 {
		o.touch, o.mask = v.touch, o.mask|toTouchpoint
	}
	return o
}

// judgeOthers finds out anew what came of the customer's closed visits, and of
// the session's last.
func (e *Engine) judgeOthers(v *visit) {
	e.visits.others(v.customer, func(ref int32, w *visit) {
		if w != v {
			e.judge(ref, w)
		}
	})
	x := &e.visits
	for ref, pos := x.bySession.First(v.session); ref >= 0; ref, pos = x.bySession.Next(v.session, pos) {
		if w := x.slab.At(ref); w != v && w.session == v.session {
			e.judge(ref, w)
		}
	}
}

// close keeps the close of a visit and counts what it means.
func (e *Engine) close(at int32, v *visit, s *sess, n *note) {
	by := note{agent: noRef}
	if n.typ == TypeSessionClosed {
		by.agent = n.agent
	}
	o := e.episodeOwner(s, &by)
	v.owner, v.agent, v.team = o.cell, o.agent, o.team
	v.ended, v.topic = s.ended, s.topic
	v.flags |= vClosed
	v.flags &^= vResolved | vBot
	v.set(vSpam, s.flags&fCloseCounted == 0)
	if s.flags&fResolved != 0 {
		v.flags |= vResolved
		if s.flags&(fBot|fHuman) == fBot {
			v.flags |= vBot
		}
	}
	if e.visits.n > 0 {
		g, _ := e.visits.gone.Push()
		*g = gone{at, v.end()}
	}
	e.judge(at, v)
	e.serve(v)
}

// closing is whom the close of a visit belongs to.
func (e *Engine) closing(v *visit) owner {
	o := owner{cell: v.owner, agent: v.agent, team: v.team, mask: toAll}
	if v.agent == noRef {
		o.mask = toSegment
	}
	if v.topic != 0 {
		o.topic, o.mask = v.topic, o.mask|toTopic
	}
	if v.touch != 0 {
		o.touch, o.mask = v.touch, o.mask|toTouchpoint
	}
	return o
}

// unclose takes back what the close of a visit counted.
func (e *Engine) unclose(_ int32, v *visit) {
	if v.flags&vClosed == 0 {
		return
	}
	o, t := e.closing(v), v.end()
	for _, x := range [...]struct {
		flag  uint32
		count fact.Count
	}{{vReturned, fact.ResolvedReturned}, {vBack, fact.BotReturned}, {vServed, fact.ServedBuyers}, {vAgain, fact.Repurchases}} {
		if v.flags&x.flag != 0 {
			e.aside(o, t, x.count, -1)
		}
	}
	v.flags &^= vClosed | vResolved | vBot | vReturned | vBack | vServed | vAgain
}

// judge says whether the customer has come back to a resolved visit within a
// day of its close. What is about nobody knows what decides when the day is
// over; then the verdict stands.
func (e *Engine) judge(at int32, v *visit) {
	if v.flags&(vClosed|vResolved) != vClosed|vResolved || e.now > v.end()+dayMillis {
		return
	}
	returned, back, undecided := e.returns(v)
	if undecided && v.flags&vUndecided == 0 {
		v.flags |= vUndecided
		e.timers.push(timer{due: v.end() + dayMillis - 1, kind: timerVerdict, ref: at, of: v.base}, e)
	}
	// Another topic told later undoes no return: a bound that falls never rises.
	e.counted(v, vReturned, fact.ResolvedReturned, returned || v.flags&vReturned != 0)
	e.counted(v, vBack, fact.BotReturned, back && v.flags&vBot != 0)
}

// counted brings a fact of a close in line with what is so.
func (e *Engine) counted(v *visit, f uint32, c fact.Count, is bool) {
	switch was := v.flags&f != 0; {
	case is && !was:
		v.flags |= f
		e.aside(e.closing(v), v.end(), c, 1)
	case was && !is:
		v.flags &^= f
		e.aside(e.closing(v), v.end(), c, -1)
	}
}

// returns says whether the customer came back: to the same matter, to any, or
// to what cannot be told yet.
func (e *Engine) returns(v *visit) (same, any, undecided bool) {
	from, to := v.end(), v.end()+dayMillis
	e.visits.others(v.customer, func(_ int32, w *visit) {
		if w.session == v.session || w.base <= from || w.base > to || w.flags&(vAgent|vReopened) != 0 {
			return
		}
		any = true
		switch {
		case v.about != 0 && w.about != 0:
			same = same || v.about == w.about
		case e.now >= to:
			same = true
		default:
			undecided = true
		}
	})
	x := &e.visits
	for ref, pos := x.bySession.First(v.session); ref >= 0; ref, pos = x.bySession.Next(v.session, pos) {
		if w := x.slab.At(ref); w.session == v.session && w.base > from && w.base <= to && w.flags&(vAgent|vReopened) == vReopened {
			same, any = true, true
		}
	}
	return same, any, undecided
}

// settleVisit gives the verdict that nothing but the clock could.
func (e *Engine) settleVisit(t timer) {
	if t.ref < 0 || t.ref >= e.visits.slab.Cap() {
		return
	}
	if v := e.visits.slab.At(t.ref); v.session != 0 && v.base == t.of && v.flags&vClosed != 0 && v.end()+dayMillis-1 == t.due {
		e.judge(t.ref, v)
	}
}
