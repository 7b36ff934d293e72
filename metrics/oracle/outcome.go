package oracle

import (
	"slices"

	"wallboard/metrics"
)

// past is what a session is remembered for over its episodes.
type past struct {
	customer    string
	touchpoint  string
	insight     bool
	topics      []told
	complaint   int64 // when first tagged so
	complaintAt cell  // and whose it was then
	refund      int64
	lastReply   int64 // by a person or the bot
	lastLine    int64 // by anybody but an automaton
	credited    bool  // with a paid order
	screened    bool
	violated    bool
}

// told is a topic from an instant on.
type told struct {
	t     int64
	topic string
}

// cell is whom an episode's facts are laid to.
type cell struct{ queue, channel, agent, team, topic, touchpoint string }

// life is what becomes of one episode.
type life struct {
	tier                   int8 // last told, 0: never
	rated, escalated       bool
	negative, everNegative bool // by the last label to rely on, by any
	labelled               bool
	passes                 []cell // transfers that nobody has answered: their senders
	handed                 bool   // by the bot to people who have not come
	botQueue               string
	botSince               int64
	failures               int
	failedAt               int64 // the third failure in a row
	askedAt                int64 // for a person
}

// know keeps what any event may say of a session.
func (s *session) know(ev *metrics.Event) {
	if s.customer == "" && ev.Type != metrics.TypeSessionOrdered {
		s.customer = ev.Customer.String()
	}
}

// topicAt returns what the session was about as far as was known then.
func (s *session) topicAt(t int64) (topic string) {
	for _, said := range s.topics {
		if said.t <= t {
			topic = said.topic
		}
	}
	return topic
}

// cell returns whom a fact of the episode is laid to.
func (e *episode) cell(ev *metrics.Event) cell {
	c := cell{queue: e.lastQueue, channel: e.channel, agent: e.owner(ev)}
	if l := e.lastLeg(); l != nil && l.queue != "" {
		c.queue = l.queue
	}
	c.team = e.floor().teamOf(c.agent)
	c.topic, c.touchpoint = e.session.topicAt(ev.Time), e.session.touchpoint
	return c
}

// note marks a fact of the episode.
func (e *episode) note(what what, ev *metrics.Event, n int64) {
	c := e.cell(ev)
	e.mark(what, ev.Time, n, c.queue, c.agent)
}

// noteIf marks the second where yes, the first in any case.
func (e *episode) noteIf(of, is what, ev *metrics.Event, yes bool) {
	e.note(of, ev, 1)
	if yes {
		e.note(is, ev, 1)
	}
}

// verdict is the close of an episode that is no spam.
func (e *episode) verdict(ev *metrics.Event) {
	s, person := e.session, e.everAssigned
	e.note(closedEpisode, ev, 1)
	switch ev.Outcome {
	case metrics.OutcomeResolved:
		e.note(resolved, ev, 1)
		e.note(resolvedAfter, ev, ev.Time-s.firstOpened())
		if s.complaint != 0 {
			e.note(complaintResolved, ev, ev.Time-s.firstOpened())
		}
	case metrics.OutcomeUnresolved:
		e.note(unresolved, ev, 1)
	}
	if e.origin != metrics.PartyAgent && !person {
		e.note(closedWithoutHuman, ev, 1)
	}
	if e.botSeen && ev.Outcome != metrics.OutcomeCompleted && ev.Outcome != metrics.OutcomeNone {
		e.noteIf(botInvolvedClosed, botResolved, ev, ev.Outcome == metrics.OutcomeResolved && !person)
	}
	switch {
	case person:
		e.note(closedByPerson, ev, 1)
		e.note([...]what{endedAtTier1, endedAtTier1, endedAtTier2, endedAtTier3}[min(3, e.tier)], ev, 1)
	case e.botSeen && e.firstPlaced == 0:
		e.note(endedAtBot, ev, 1)
	}
	if e.everNegative {
		e.noteIf(everNegative, calmed, ev, !e.negative)
	}
	for _, sender := range e.passes { // kept: an overflow may go on
		e.floor().marks = append(e.floor().marks, mark{t: ev.Time, what: transferDecided, n: 1, queue: sender.queue, channel: sender.channel, agent: sender.agent, team: sender.team, episode: e})
	}
	if e.handed {
		e.note(handoffDecided, ev, 1)
	}
	if e.inBot {
		e.note(botPhase, ev, 1)
	}
}

// goOn takes back the close of an episode that goes on after an overflow.
func (e *episode) goOn() {
	f := e.floor()
	verdicts := map[what]bool{closedEpisode: true, closedWithoutHuman: true, closedByPerson: true, botInvolvedClosed: true, botResolved: true, endedAtBot: true,
		endedAtTier1: true, endedAtTier2: true, endedAtTier3: true, everNegative: true, calmed: true, transferDecided: true, handoffDecided: true}
	f.marks = slices.DeleteFunc(f.marks, func(m mark) bool { return m.episode == e && m.t == e.closed && verdicts[m.what] })
	e.closed, e.outcome = 0, metrics.OutcomeNone
}

// comeBack is the reopening of a session.
func (e *episode) comeBack(ev *metrics.Event, previous *episode) {
	if ev.By == metrics.PartyCustomer {
		previous.note(reopenedByCustomer, ev, 1)
	}
}

// firstOpened returns when the session's first episode began.
func (s *session) firstOpened() int64 { return s.first().opened }

func (s *session) first() *episode {
	for _, e := range s.floor.episodes {
		if e.session == s {
			return e
		}
	}
	return nil
}

// passOn is a transfer by whoever has a running leg.
func (e *episode) passOn(t int64, l *leg) {
	sender := cell{queue: l.queue, channel: e.channel, agent: l.agent, team: e.floor().teamOf(l.agent)}
	e.passes = append(e.passes, sender)
	e.mark(transferred, t, 1, l.queue, l.agent)
}

// reached is a person at last.
func (e *episode) reached(t int64) {
	f := e.floor()
	for _, sender := range e.passes {
		for _, what := range []what{transferDecided, transferAnswered} {
			f.marks = append(f.marks, mark{t: t, what: what, n: 1, queue: sender.queue, channel: sender.channel, agent: sender.agent, team: sender.team, episode: e})
		}
	}
	e.passes = nil
	if e.handed {
		e.mark(handoffDecided, t, 1, e.lastQueue, e.holder())
		e.mark(handoffAnswered, t, 1, e.lastQueue, e.holder())
		e.handed = false
	}
	if f.channel(e.channel).FirstReplyIsAnswer {
		e.session.lastReply, e.session.lastLine = t, t
	}
}

// heard notes a line for the orders that may follow.
func (e *episode) heard(t int64, by metrics.Party) {
	s := e.session
	if by != metrics.PartyAuto {
		s.lastLine = max(s.lastLine, t)
	}
	if by == metrics.PartyAgent || by == metrics.PartyBot {
		s.lastReply = max(s.lastReply, t)
	}
}

func (e *episode) escalate(ev *metrics.Event) {
	if ev.Tier != 0 {
		e.tier = ev.Tier
	}
	if ev.Tier >= 2 && !e.escalated {
		e.escalated = true
		e.note(escalated, ev, 1)
	}
}

// remark is what is said of a session, open or closed.
func (s *session) remark(ev *metrics.Event) {
	e := s.last
	if e == nil {
		return
	}
	spam := e.closed != 0 && e.outcome == metrics.OutcomeSpam
	switch ev.Type {
	case metrics.TypeSessionOrdered:
		s.order(e, ev)
	case metrics.TypeSessionTagged:
		e.tag(ev, spam)
	case metrics.TypeSessionRated:
		if !e.rated && !spam {
			e.rated = true
			e.noteIf(rated, ratedGood, ev, satisfied(ev.Score, ev.Scale))
			e.rateParts(ev)
		}
	case metrics.TypeSessionScreened:
		if !spam {
			e.screen(ev)
		}
	case metrics.TypeSessionEmotion:
		e.feel(ev)
	}
}

// screen counts a session once, and once more that it is not clean.
func (e *episode) screen(ev *metrics.Event) {
	s := e.session
	if !s.screened {
		s.screened = true
		e.note(screenedSession, ev, 1)
	}
	if ev.Violations > 0 && ev.By != metrics.PartyCustomer {
		e.note(violationFound, ev, 8*int64(ev.Severity)+int64(ev.Class))
	}
	if !s.violated && ev.Violations > 0 && ev.By != metrics.PartyCustomer {
		s.violated = true
		e.note(violatedSession, ev, 1)
	}
}

// satisfied says whether a score is at least four fifths of its scale.
func satisfied(score, scale float64) bool { return 5*score >= 4*scale }

// part is one part of a first rating.
type part struct {
	mark
	which int
	good  bool
}

func (e *episode) rateParts(ev *metrics.Event) {
	c := e.cell(ev)
	for i, v := range []float64{ev.Speed, ev.OutcomePart, ev.Attitude, ev.SkillPart} {
		if v == v { // given
			f := e.floor()
			m := mark{t: ev.Time, n: 1, queue: c.queue, channel: c.channel, agent: c.agent, team: c.team, episode: e}
			f.parts = append(f.parts, part{m, i, satisfied(v, ev.Scale)})
		}
	}
}

func (e *episode) tag(ev *metrics.Event, spam bool) {
	s := e.session
	if topic := ev.Topic.String(); topic != "" {
		s.topics = append(s.topics, told{ev.Time, topic})
	}
	if spam {
		return
	}
	if ev.Complaint == metrics.Yes && s.complaint == 0 {
		s.complaint, s.complaintAt = ev.Time, e.cell(ev)
		e.note(complained, ev, 1)
		if e.closed != 0 && e.outcome == metrics.OutcomeResolved {
			e.note(complaintResolved, ev, e.closed-s.firstOpened())
		}
	}
	if ev.Refund == metrics.Yes && s.refund == 0 {
		s.refund = ev.Time
		e.note(refundAsked, ev, 1)
	}
	if ev.Confirmed != metrics.NotGiven {
		e.noteIf(tagReviewed, tagRight, ev, ev.Confirmed == metrics.Yes)
	}
}

// sure is the confidence from which a label is relied on.
const sure = 0.6

func negativeLabel(label string) bool { return label == "negative" || label == "angry" }

func (e *episode) feel(ev *metrics.Event) {
	label := ev.Label.String()
	if !(ev.Confidence < sure) { // also where none is given
		e.labelled, e.negative = true, negativeLabel(label)
		e.everNegative = e.everNegative || e.negative
	}
	if actual := ev.Actual.String(); actual != "" {
		e.noteIf(moodReviewed, moodRight, ev, actual == label)
	}
}
