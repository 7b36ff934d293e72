package metrics

import "wallboard/metrics/fact"

// timerKind is what a timer is for.
type timerKind uint8

const (
	timerDue     timerKind = iota // a callback or 留言 must have been reached
	timerWrap                     // a wrap after the close ends by itself
	timerLost                     // the same as timerDue of a session remembered no more: ref is its cell, of its kind
	timerMember                   // an inferred membership may have ended: ref is the agent, of their queue
	timerVerdict                  // a day has passed since a visit closed: ref is the visit, of its start
)

// timer fires once the clock has passed due. Whether it still means anything
// is found out then.
type timer struct {
	due  int64
	of   int64
	ref  int32
	kind timerKind
}

// timerHeap gives the earliest timer first, equal ones in a fixed order.
type timerHeap []timer

func (a timer) before(b timer) bool {
	switch {
	case a.due != b.due:
		return a.due < b.due
	case a.kind != b.kind:
		return a.kind < b.kind
	case a.ref != b.ref:
		return a.ref < b.ref
	}
	return a.of < b.of
}

func (h *timerHeap) push(t timer, e *Engine) {
	*h = append(*h, t)
	e.due = min(e.due, t.due+1)
	s := *h
	for i := len(s) - 1; i > 0; {
		up := (i - 1) / 2
		if !s[i].before(s[up]) {
			return
		}
		s[i], s[up] = s[up], s[i]
		i = up
	}
}

func (h *timerHeap) pop() timer {
	s := *h
	top := s[0]
	n := len(s) - 1
	s[0] = s[n]
	s = s[:n]
	*h = s
	for i := 0; ; {
		down := 2*i + 1
		if down >= n {
			return top
		}
		if down+1 < n && s[down+1].before(s[down]) {
			down++
		}
		if !s[down].before(s[i]) {
			return top
		}
		s[i], s[down] = s[down], s[i]
		i = down
	}
}

// Tick moves the clock forward to now, never back. Whatever becomes due on the
// way happens at its own time and in the order of those times.
func (e *Engine) Tick(now int64) {
	if now <= e.now {
		return
	}
	if e.now == 0 {
		e.firstTick(now)
	}
	for e.due <= now {
		a := e.next()
		if e.due = a.at; a.at > now {
			break
		}
		e.now = max(e.now, a.at)
		e.changes++
		e.goOff(a, now)
		e.flush()
		e.due = 0
	}
	e.now = now
	e.journal.expire(now - e.settings.Limits.HoldBack.Milliseconds())
	e.remember()
}

// firstTick places the floors that were heard of before the clock began.
func (e *Engine) firstTick(now int64) {
	e.now = now
	e.due = 0
	for _, f := range e.floors {
		f.dayStart, f.nextDay = dayAround(f.settings, now)
		e.startRows(f)
	}
}

func (e *Engine) startRows(f *floorState) {
	for _, r := range e.rows {
		if r.floor == f.index {
			r.series.StartDay(f.dayStart)
		}
	}
	for _, g := range e.groups {
		if g.floor != f.index {
			continue
		}
		g.series.StartDay(f.dayStart)
		for k := range g.chans {
			g.chans[k].series.StartDay(f.dayStart)
		}
	}
}

// alarmKind is what is due by the clock.
type alarmKind uint8

const (
	alarmNone   alarmKind = iota
	alarmDay              // a floor's day begins
	alarmHeld             // an event has been held back long enough
	alarmGone             // ... or is no more
	alarmTimer            // the first of the timers
	alarmReply            // a channel's limit of omnichannel_rate has passed
	alarmOrphan           // a session has been open for too long
)

// alarm is the next thing due. Its index is of the floor, channel or session.
type alarm struct {
	at    int64
	index int32
	kind  alarmKind
}

// next returns what is due next.
func (e *Engine) next() alarm {
	a := alarm{at: noTime}
	for _, f := range e.floors {
		if f.nextDay < a.at {
			a = alarm{f.nextDay, f.index, alarmDay}
		}
	}
	if h := &e.held.ring; h.Len() > 0 {
		switch x := h.At(h.Head()); {
		case x.gone:
			a = alarm{e.now, 0, alarmGone}
		case x.deadline < a.at:
			a = alarm{x.deadline, 0, alarmHeld}
		}
	}
	if len(e.timers) > 0 && e.timers[0].due+1 < a.at {
		a = alarm{e.timers[0].due + 1, 0, alarmTimer}
	}
	for _, c := range e.chans {
		if due, ok := e.omniDue(c); ok && due < a.at {
			a = alarm{due, c.index, alarmReply}
		}
		if base, ref, ok := c.open.Oldest(); ok {
			if due := base + c.settings.OrphanAfter.Milliseconds(); due < a.at {
				a = alarm{due, ref, alarmOrphan}
			}
		}
	}
	return a
}

// goOff does what was due.
func (e *Engine) goOff(a alarm, now int64) {
	switch a.kind {
	case alarmDay:
		e.startDay(e.floors[a.index], now)
	case alarmHeld:
		e.letGo()
	case alarmGone:
		e.dropHeld()
	case alarmTimer:
		e.fire(e.timers.pop())
	case alarmReply:
		e.missReply(e.chans[a.index])
	case alarmOrphan:
		e.closeOrphan(a.index, a.at)
	}
}

// omniDue returns when the next episode of the channel has waited beyond the
// limit of omnichannel_rate.
func (e *Engine) omniDue(c *chanState) (int64, bool) {
	for {
		base, ref, ok := c.open.Next(c.omniTo)
		if !ok {
			c.omniTo = noTime
			return 0, false
		}
		if e.sessions.At(ref).flags&(fOmni|fOut) == 0 {
			c.omniTo = base
			return base + c.settings.ReplyWithin.Milliseconds() + 1, true
		}
		if !e.omniAt(c, base) {
			c.omniTo = base + 1
			continue
		}
		c.omniTo = base
		return base + c.settings.ReplyWithin.Milliseconds() + 1, true
	}
}

// omniAt says whether any episode begun at base is undecided.
func (e *Engine) omniAt(c *chanState, base int64) bool {
	for since, ref := range c.open.From(base) {
		if since != base {
			return false
		}
		if e.sessions.At(ref).flags&(fOmni|fOut) == 0 {
			return true
		}
	}
	return false
}

// missReply decides the episodes at the limit that nobody has replied to.
func (e *Engine) missReply(c *chanState) {
	base := c.omniTo
	for since, ref := range c.open.From(base) {
		if since != base {
			break
		}
		s := e.sessions.At(ref)
		if s.flags&(fOmni|fOut) == 0 {
			e.omni(s, base+c.settings.ReplyWithin.Milliseconds(), false)
			s.flags |= fOmniMissed
			e.journal.pass(ref, s)
		}
	}
	c.omniTo = base + 1
}

func (e *Engine) fire(t timer) {
	switch t.kind {
	case timerVerdict:
		e.settleVisit(t)
		return
	case timerMember:
		e.forgetMember(t)
		return
	}
	if t.kind == timerLost {
		e.count(e.owned(t.ref, noRef, toSegment), t.due, missedCount(QueueKind(t.of&0xff)), 1)
		return
	}
	s := e.sessions.At(t.ref)
	if s.phase == phaseVoid {
		return
	}
	if t.kind == timerWrap {
		e.endWrapByAge(t, s)
		return
	}
	if s.flags&fDue == 0 || s.base != t.of || s.abs(s.due) != t.due {
		return
	}
	var old, now standing
	e.stand(s, &old)
	o := e.owned(s.cell, noRef, toSegment)
	e.count(o, t.due, missedCount(s.kind), 1)
	s.flags = s.flags&^fDue | fDueMissed
	e.journal.pass(t.ref, s)
	e.stand(s, &now)
	e.restand(t.ref, &old, &now, t.due)
	e.cells[s.cell].stamp = e.changes
}

// missedCount is where a callback or message that was not reached counts.
func missedCount(k QueueKind) fact.Count {
	if k == KindCallback {
		return fact.CallbacksDue
	}
	return fact.MessagesDecided
}

func (e *Engine) endWrapByAge(t timer, s *sess) {
	i := e.legOf(s, int32(t.of), legWrap, legWrap)
	if i == noRef || !e.legs.At(i).has(legLate) || e.legs.At(i).mark+wrapMillis != t.due {
		return
	}
	cell := e.legs.At(i).cell
	e.endLeg(i, s, t.due)
	e.count(e.owned(cell, int32(t.of), toAll), t.due, fact.WrapOrphans, 1)
	e.health.wrapOrphans++
	s.jour = 0
	e.linger(t.ref, s)
}

// closeOrphan closes a session that has been open for longer than its channel
// allows.
func (e *Engine) closeOrphan(ref int32, t int64) {
	s := e.sessions.At(ref)
	var old, now standing
	e.stand(s, &old)
	n := note{typ: TypeSessionClosed, time: t, by: PartySystem, agent: noRef, queue: noRef, toQueue: noRef, toAgent: noRef}
	e.count(e.owned(s.cell, noRef, toSegment), t, fact.OrphansClosed, 1)
	e.health.orphansClosed++
	e.onClosed(ref, s, &n)
	if s.visit != 0 {
		n.hash = e.hashOf(s)
		e.mirror(s, &n)
	}
	s.jour = 0
	e.stand(s, &now)
	e.restand(ref, &old, &now, t)
	e.cells[s.cell].stamp = e.changes
}

// startDay begins the floor's day. Days that pass within one tick are gone
// through at once: only the last can be seen.
func (e *Engine) startDay(f *floorState, now int64) {
	start := f.nextDay
	f.dayStart, f.nextDay = dayAround(f.settings, start)
	if f.nextDay <= start {
		f.nextDay = start + 24*hourMillis
	}
	e.decideTurns(f, start-1)
	f.newDay()
	if f.nextDay <= now {
		return
	}
	e.startRows(f)
	for _, c := range e.cells {
		if c.floor == f.index {
			if n := c.waiting.Before(2, start); n > 0 {
				e.count(owner{cell: c.index, agent: noRef, team: noRef, mask: toSegment}, start, fact.BroughtForward, int64(n))
			}
		}
	}
}

// decideTurns counts every turn still open as unanswered at the end of the
// business day, in its last minute.
func (e *Engine) decideTurns(f *floorState, t int64) {
	for ref := range e.sessions.Cap() {
		s := e.sessions.At(ref)
		if s.phase == phaseVoid || s.flags&(fTurn|fTurnDecided) != fTurn || e.cells[s.cell].floor != f.index {
			continue
		}
		if s.flags&fOut == 0 {
			e.count(e.turnOwner(s, s.agent), t, fact.TurnsDecided, 1)
		}
		s.flags |= fTurnDecided
		s.jour = 0
	}
}
