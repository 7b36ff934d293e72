package metrics

import "wallboard/metrics/fact"

// startAt gives the first-reply clock its start: the hand-off if a bot was
// involved, else the customer's first message, else the queue; the queue alone
// where the answer is the reply. It starts once in an episode.
func (e *Engine) startAt(s *sess, rank uint8, t int64) {
	if rank != startQueued && e.chans[e.cells[s.cell].channel].settings.FirstReplyIsAnswer {
		return
	}
	if s.flags&(fReplied|fFromAgent) != 0 || rank <= s.startRank {
		return
	}
	s.flags |= fStarted
	s.startRank, s.start = rank, s.rel(t)
}

// onMessage moves the reply and turn clocks.
func (e *Engine) onMessage(s *sess, n *note) {
	if s.messages < 1<<16-1 {
		s.messages++
	}
	switch e.speaker(n) {
	case PartyCustomer:
		e.asks(s, n.time)
	case PartyAgent:
		e.replies(s, n)
	case PartyBot:
		e.omni(s, n.time, true)
	}
}

// speaker returns whose message it is. One that names nobody is the customer's,
// or that of the agent it is of.
func (e *Engine) speaker(n *note) Party {
	by := n.by
	if by == PartyNone || by == PartySystem {
		by = PartyCustomer
		if n.agent != noRef {
			by = PartyAgent
		}
	}
	if by == PartyAgent && n.agent != noRef && e.agents[n.agent].bot {
		by = PartyBot
	}
	return by
}

// asks begins a turn, unless one is waiting: a burst is one turn. What the
// customer writes to the bot begins none.
func (e *Engine) asks(s *sess, t int64) {
	if s.phase == phaseBot {
		return
	}
	e.startAt(s, startMessage, t)
	if s.flags&fTurn != 0 {
		return
	}
	s.flags = s.flags&^fTurnDecided | fTurn
	s.turn = s.rel(t)
	e.count(e.turnOwner(s, s.agent), t, fact.TurnsBegun, 1)
}

// turnOwner is who a turn belongs to: the agent of the leg, the last segment's
// queue.
func (e *Engine) turnOwner(s *sess, agent int32) owner {
	if agent != noRef && (e.agents[agent].bot || e.ownLeg(s, agent) == noRef) {
		agent = noRef
	}
	return e.owned(s.cell, agent, toAll)
}

// replies takes a person's message: it ends the turn and is the first reply if
// none came before. From an agent without a leg it counts for the session only.
func (e *Engine) replies(s *sess, n *note) {
	agent := n.agent
	if agent == noRef {
		if i := e.anyLeg(s, legTalk, legHold); i != noRef {
			agent = e.legs.At(i).agent
		}
	} else if e.legOf(s, agent, legTalk, legOver) == noRef {
		agent = noRef
	}
	t := n.time
	if !e.chans[e.cells[s.cell].channel].settings.FirstReplyIsAnswer {
		e.firstReply(s, agent, t)
	}
	e.omni(s, t, true)
	e.replyMessage(s, t)
	if s.flags&fTurn == 0 {
		return
	}
	took := t - s.abs(s.turn)
	if took < 0 {
		e.health.clockSkew++
		took = 0
	}
	o := e.owned(s.cell, agent, toAll)
	e.count(o, t, fact.TurnsAnswered, 1)
	e.count(o, t, fact.ResponseMs, took)
	e.observe(o, t, fact.DistResponse, took)
	if s.flags&(fTurnDecided|fOut) == 0 {
		e.count(o, t, fact.TurnsDecided, 1)
		if took <= replyMillis {
			e.count(o, t, fact.TurnsWithin180, 1)
		}
	}
	s.flags &^= fTurn | fTurnDecided
}

// replyMillis is what reply_rate_3m asks of an answer.
const replyMillis = 180_000

// firstReply counts the first answer of a person in the episode.
func (e *Engine) firstReply(s *sess, agent int32, t int64) {
	if s.flags&fReplied != 0 {
		return
	}
	s.flags |= fReplied
	if s.flags&(fFromAgent|fOut) != 0 || s.flags&fStarted == 0 || s.kind != KindLive {
		return
	}
	took := t - s.abs(s.start)
	if took < 0 {
		e.health.clockSkew++
		took = 0
	}
	e.curveReply(s, t, took)
	o := e.owned(s.cell, agent, toAll)
	e.count(o, t, fact.FirstReplies, 1)
	e.count(o, t, fact.FRTMs, took)
	e.observe(o, t, fact.DistFRT, took)
	for _, limit := range [...]struct {
		ms int64
		c  fact.Count
	}{{30_000, fact.FRTWithin30}, {60_000, fact.FRTWithin60}, {180_000, fact.FRTWithin180}} {
		if took <= limit.ms {
			e.count(o, t, limit.c, 1)
		}
	}
}

// replyMessage decides a 留言 at its reply.
func (e *Engine) replyMessage(s *sess, t int64) {
	if s.kind != KindMessage || !e.decides(s, t, fact.MessagesDecided) {
		return
	}
	o := e.owned(s.cell, noRef, toSegment)
	e.count(o, t, fact.MessagesDecided, 1)
	if t <= s.abs(s.due) {
		e.count(o, t, fact.MessagesReplied, 1)
	}
}

// decides says whether what happens at t decides a callback or message, and
// takes back that it was missed where it was heard of too late.
func (e *Engine) decides(s *sess, t int64, c fact.Count) bool {
	switch {
	case s.flags&fDue != 0:
	case s.flags&fDueMissed != 0 && t <= s.abs(s.due):
		e.count(e.owned(s.cell, noRef, toSegment), s.abs(s.due), c, -1)
	default:
		return false
	}
	s.flags &^= fDue | fDueMissed
	return true
}

// omni decides omnichannel_rate of the episode: a reply within the channel's
// limit of its start, or none. A reply in time that arrives after the limit has
// passed by clock takes that verdict back.
func (e *Engine) omni(s *sess, t int64, replied bool) { e.decideOmni(s, s.cell, t, replied) }

func (e *Engine) decideOmni(s *sess, cell int32, t int64, replied bool) {
	if s.flags&fOut != 0 || s.flags&fOmni != 0 && (s.flags&fOmniMissed == 0 || !replied) {
		return
	}
	limit := e.chans[e.cells[s.cell].channel].settings.ReplyWithin.Milliseconds()
	o := e.owned(cell, noRef, toSegment)
	inTime := replied && t-s.base <= limit
	if s.flags&fOmniMissed != 0 {
		s.flags &^= fOmniMissed
		if !inTime {
			return
		}
		e.count(o, s.base+limit, fact.OmniDecided, -1)
	}
	s.flags |= fOmni
	e.count(o, t, fact.OmniDecided, 1)
	if inTime {
		e.count(o, t, fact.OmniReplied, 1)
	}
}

// dropTurn decides the turn that is open when the session closes.
func (e *Engine) dropTurn(s *sess, n *note) {
	if s.flags&fTurn == 0 {
		return
	}
	decided := s.flags&(fTurnDecided|fOut) != 0
	s.flags &^= fTurn | fTurnDecided
	if decided || n.outcome == OutcomeSpam {
		return
	}
	o := e.turnOwner(s, s.agent)
	byCustomer := n.by == PartyCustomer || n.by == PartyNone && n.outcome == OutcomeAbandoned
	if byCustomer && n.time-s.abs(s.turn) < replyMillis {
		e.count(o, n.time, fact.TurnsExcluded, 1)
		return
	}
	e.count(o, n.time, fact.TurnsDecided, 1)
}
