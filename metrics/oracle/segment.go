package oracle

import "wallboard/metrics"

// queue begins a stay in a queue, unless it goes on where it is.
func (e *episode) queue(t int64, queue string, kind metrics.QueueKind, due int64) {
	e.leaveBot(t, metrics.HandoffNone)
	if e.segment != nil {
		if e.segment.queue == queue && e.segment.kind == kind {
			e.stopRinging(t)
			return
		}
		e.endSegment(t, requeued, "")
	}
	if main := e.main(); main != nil {
		e.passOn(t, main)
		e.endTalk(t, main)
	}
	e.stopRinging(t)
	e.direct = false
	e.beginSegment(t, queue, kind, due)
}

func (e *episode) beginSegment(t int64, queue string, kind metrics.QueueKind, due int64) {
	if e.chainStart == 0 {
		e.chainStart = t
	}
	if e.firstQueued == 0 {
		e.firstQueued = t
	}
	if e.firstPlaced == 0 {
		e.firstPlace, e.firstPlaced = queue, t
	}
	if e.firstLive == 0 && kind == metrics.KindLive {
		e.firstLive = t
	}
	e.lastQueue = queue
	e.segment = &segment{queue: queue, channel: e.channel, kind: kind, due: due, start: t, chainStart: e.chainStart, skills: e.skills, lang: e.lang}
	f := e.floor()
	f.segments = append(f.segments, e.segment)
	e.deferFor(t, queue, kind, due)
}

func (e *episode) endSegment(t int64, how how, agent string) {
	g := e.segment
	g.end, g.how, g.agent, g.team = max(t, g.start), how, agent, e.floor().teamOf(agent)
	e.segment = nil
}

// offered rings at an agent.
func (e *episode) offered(t int64, agent string) bool {
	if e.main() != nil {
		return false
	}
	e.leaveBot(t, metrics.HandoffNone)
	for _, r := range e.rings {
		if r.agent == agent {
			return true
		}
	}
	e.floor().touch(agent, e.channel, t)
	r := &ring{agent: agent, queue: e.lastQueue, channel: e.channel, start: t}
	e.rings = append(e.rings, r)
	f := e.floor()
	f.rings = append(f.rings, r)
	return true
}

func (e *episode) stopRinging(t int64) {
	for _, r := range e.rings {
		r.end = t
	}
	e.rings = nil
}

// offerFailed counts once per offer, and once without one.
func (e *episode) offerFailed(ev *metrics.Event, agent string) {
	e.floor().touch(agent, e.channel, ev.Time)
	for i, r := range e.rings {
		if r.agent == agent {
			r.end = ev.Time
			e.rings = append(e.rings[:i:i], e.rings[i+1:]...)
			break
		}
	}
	switch ev.OfferFailure {
	case metrics.OfferWithdrawn:
	case metrics.OfferCustomerLeft:
		e.mark(offerAbandoned, ev.Time, 1, e.lastQueue, agent)
	default:
		e.mark(nonresponse, ev.Time, 1, e.lastQueue, agent)
	}
}

// assign begins a leg, which answers the segment that waits.
func (e *episode) assign(ev *metrics.Event, agent string) {
	f, t := e.floor(), ev.Time
	if agent != "" && f.person(agent).now().bot {
		e.enterBot(t)
		return
	}
	if main := e.main(); main != nil && main.agent == agent {
		return
	}
	e.leaveBot(t, metrics.HandoffNone)
	first := e.segment == nil && e.firstQueued == 0 && len(e.legs) == 0 && !e.direct
	if first && e.origin != metrics.PartyAgent && (e.ownAgent == "" || e.ownAgent != agent) {
		queue := e.lastQueue
		if !ev.Queue.Empty() {
			queue = ev.Queue.String()
		}
		e.beginSegment(t, queue, metrics.KindLive, 0)
	}
	if e.segment != nil {
		e.endSegment(t, answered, agent)
	}
	e.keepPromise(t)
	e.stopRinging(t)
	e.chainStart = 0
	if main := e.main(); main != nil {
		e.endTalk(t, main)
	}
	if joined := e.talking(agent); joined != nil {
		e.endTalk(t, joined)
	}
	for _, old := range f.legs {
		if old.episode.session == e.session && old.agent == agent && old.wrapStart != 0 && old.end == 0 {
			e.endLeg(t, old) // whoever takes it up again has done with the wrap
		}
	}
	e.begin(t, agent)
	e.everAssigned, e.direct = true, false
	e.reached(t)
	if f.channel(e.channel).FirstReplyIsAnswer {
		e.firstReply(t, agent)
	}
}

func (e *episode) begin(t int64, agent string) *leg {
	e.floor().touch(agent, e.channel, t)
	l := &leg{agent: agent, queue: e.lastQueue, channel: e.channel, start: t, episode: e, began: e.floor().turns}
	e.legs = append(e.legs, l)
	f := e.floor()
	f.legs = append(f.legs, l)
	return l
}

// main returns the leg of who handles it now, nil where nobody does.
func (e *episode) main() *leg {
	for _, l := range e.legs {
		if l.talkEnd == 0 && !l.joined {
			return l
		}
	}
	return nil
}

// talking returns the agent's leg that still talks.
func (e *episode) talking(agent string) *leg {
	for _, l := range e.legs {
		if l.agent == agent && l.talkEnd == 0 {
			return l
		}
	}
	return nil
}

// lastLeg returns the newest leg of who handled it.
func (e *episode) lastLeg() *leg {
	for i := len(e.legs) - 1; i >= 0; i-- {
		if l := e.legs[i]; !l.joined {
			return l
		}
	}
	return nil
}

// endTalk ends a leg that nobody wraps up yet.
func (e *episode) endTalk(t int64, l *leg) {
	e.stopTalk(t, l)
	e.endLeg(t, l)
}

func (e *episode) stopTalk(t int64, l *leg) {
	l.talkEnd, l.fell = max(t, l.start), e.floor().turns
	if n := len(l.holds); n > 0 && l.holds[n-1].to == 0 {
		l.holds[n-1].to = t
	}
}

func (e *episode) endLeg(t int64, l *leg) {
	l.end, l.team = max(t, l.talkEnd), e.floor().teamOf(l.agent)
}

func (e *episode) hold(t int64) bool {
	l := e.main()
	if l == nil || l.onHold() {
		return false
	}
	l.holds = append(l.holds, interval{from: t})
	return true
}

func (e *episode) resume(t int64) bool {
	l := e.main()
	if l == nil || !l.onHold() {
		return false
	}
	l.holds[len(l.holds)-1].to = t
	return true
}

func (l *leg) onHold() bool {
	n := len(l.holds)
	return n > 0 && l.holds[n-1].to == 0
}

// transfer passes the session on: to a queue as a new segment, to an agent
// without one.
func (e *episode) transfer(ev *metrics.Event) {
	if !ev.ToQueue.Empty() {
		e.queue(ev.Time, ev.ToQueue.String(), metrics.KindLive, 0)
		return
	}
	if main := e.main(); main != nil {
		e.passOn(ev.Time, main)
		e.endTalk(ev.Time, main)
	}
	e.direct = e.segment == nil
	if to := e.floor().canonical(ev.ToAgent.String()); to != "" {
		e.offered(ev.Time, to)
	}
}
