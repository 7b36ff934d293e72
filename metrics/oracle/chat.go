package oracle

import "wallboard/metrics"

// turn is a customer's unanswered burst.
type turn struct {
	start int64
	lost  bool // decided as unanswered when the business day ended
}

// message moves the reply and turn clocks. Automatic replies move none.
func (e *episode) message(ev *metrics.Event, agent string) {
	e.heard(ev.Time, ev.By)
	switch ev.By {
	case metrics.PartyCustomer:
		if e.firstCustomer == 0 {
			e.firstCustomer = ev.Time
		}
		if !e.inBot && e.turn == nil {
			e.turn = &turn{start: ev.Time}
			e.mark(turnBegun, ev.Time, 1, e.lastQueue, e.holder())
		}
	case metrics.PartyBot:
		e.omniReply(ev.Time)
	case metrics.PartyAgent:
		if agent == "" {
			agent = e.holder()
		}
		credit := agent
		if e.talking(agent) == nil {
			credit = ""
		}
		e.reply(ev.Time, credit)
	}
}

// holder returns the agent who handles it, empty when nobody or an unnamed
// one does.
func (e *episode) holder() string {
	if l := e.main(); l != nil {
		return l.agent
	}
	if l := e.lastLeg(); l != nil && !l.joined && l.end == 0 {
		return l.agent // wraps up
	}
	return ""
}

// firstReplyFrom is where the first-response clock starts, 0 while it has not.
func (e *episode) firstReplyFrom() int64 {
	switch {
	case e.origin == metrics.PartyAgent, e.deferred:
		return 0
	case e.floor().channel(e.channel).FirstReplyIsAnswer:
		return e.firstLive
	case e.botSeen:
		return e.handedOff
	case e.firstCustomer != 0:
		return e.firstCustomer
	}
	return e.firstLive
}

// firstReply ends the first-response clock: a person's message, or where the
// channel says so the answer.
func (e *episode) firstReply(t int64, credit string) {
	if from := e.firstReplyFrom(); !e.replied && from != 0 {
		e.mark(firstReply, t, max(0, t-from), e.lastQueue, credit)
	}
	e.replied = true
	e.omniReply(t)
	e.answerLetter(t)
}

// reply is a person's message: it ends the turn too.
func (e *episode) reply(t int64, credit string) {
	e.firstReply(t, credit)
	if e.turn != nil {
		e.endBusinessDay(t)
		took := max(0, t-e.turn.start)
		e.mark(turnAnswered, t, took, e.lastQueue, credit)
		if !e.turn.lost {
			e.mark(turnDecided, t, took, e.lastQueue, credit)
		}
		e.turn = nil
	}
}

// endBusinessDay decides a turn still open when its channel's people go home.
func (e *episode) endBusinessDay(now int64) {
	end := e.floor().dutyEnd(e.channel, e.turn.start)
	if e.turn.lost || end == 0 || now < end {
		return
	}
	e.turn.lost = true
	e.mark(turnUnanswered, end-1, 1, e.lastQueue, e.holder()) // of the day that ended
}

// omniReply decides the episode for the omnichannel rate.
func (e *episode) omniReply(t int64) {
	e.decideReply(t - 1)
	if !e.omniDecided {
		e.omniDecided = true
		e.mark(omniReplied, t, 1, e.lastQueue, e.holder())
	}
}

// decideReply lets the omnichannel deadline pass.
func (e *episode) decideReply(now int64) {
	deadline := e.opened + e.floor().channel(e.channel).ReplyWithin.Milliseconds()
	if !e.omniDecided && now > deadline && (e.closed == 0 || e.closed > deadline) {
		e.omniDecided = true
		e.mark(omniMissed, deadline, 1, e.lastQueue, e.holder())
	}
}

// close ends the episode with its segment, its talk and its wraps.
func (e *episode) close(ev *metrics.Event) {
	t, left := ev.Time, closingHow(ev) == abandoned
	spam := ev.Outcome == metrics.OutcomeSpam
	if left {
		for _, r := range e.rings {
			e.mark(offerAbandoned, t, 1, e.lastQueue, r.agent)
		}
	}
	e.stopRinging(t)
	if e.segment != nil {
		e.endSegment(t, closingHow(ev), "")
	}
	e.decideReply(t - 1)
	e.closeChat(ev, spam)
	for _, l := range e.legs {
		if l.talkEnd == 0 {
			e.endTalk(t, l)
		} else if l.end == 0 && !l.afterClose {
			e.endLeg(t, l)
		}
	}
	e.closed, e.outcome = t, ev.Outcome
	if e.inBot {
		e.stopBot(t)
	}
	e.session.live, e.session.lastCause = nil, ev.Outcome
}

// closeChat decides at the close what no reply has decided.
func (e *episode) closeChat(ev *metrics.Event, spam bool) {
	t, agent, queue := ev.Time, "", e.lastQueue
	if l := e.lastLeg(); l != nil {
		agent = l.agent
		if l.queue != "" {
			queue = l.queue
		}
	}
	if turn := e.turn; turn != nil {
		e.endBusinessDay(t)
		short := ev.By == metrics.PartyCustomer && t-turn.start < 180_000
		if !spam && !short && !turn.lost {
			e.mark(turnUnanswered, t, 1, e.lastQueue, e.holder())
		}
		e.turn = nil
	}
	e.closeLetter(ev)
	if !spam && e.everAssigned && !e.replied && !e.deferred && e.origin != metrics.PartyAgent {
		e.mark(leftUnanswered, t, 1, queue, agent)
	}
	if !spam && !e.omniDecided {
		e.mark(omniMissed, t, 1, queue, agent)
	}
	e.omniDecided = true
	if !spam {
		e.verdict(ev)
	}
}

// owner is who an episode is laid to: the agent named, else who had the
// session last, in whichever of its episodes.
func (e *episode) owner(ev *metrics.Event) string {
	if own := e.floor().canonical(ev.Agent.String()); own != "" {
		return own
	}
	legs := e.floor().legs
	for i := len(legs) - 1; i >= 0; i-- {
		if legs[i].episode.session == e.session && !legs[i].joined {
			return legs[i].agent
		}
	}
	return ""
}

// closingHow says how a segment ends when its session closes.
func closingHow(ev *metrics.Event) how {
	switch {
	case ev.Outcome == metrics.OutcomeAbandoned, ev.Outcome == metrics.OutcomeCancelled && ev.By == metrics.PartyCustomer:
		return abandoned
	case ev.Outcome == metrics.OutcomeOverflowed, ev.Outcome == metrics.OutcomeTimedOut:
		return overflowed
	}
	return withdrawn
}
