package oracle

import "wallboard/metrics"

// how a segment ended.
type how int

const (
	waiting how = iota
	answered
	abandoned
	overflowed
	requeued
	withdrawn
)

// segment is one stay in one queue.
type segment struct {
	queue, channel string
	kind           metrics.QueueKind
	due            int64
	start, end     int64
	chainStart     int64 // since when the customer waits without a break
	how            how
	agent, team    string // who answered, empty if unnamed
	skills         []string
	lang           string
}

func (g *segment) wait() int64 { return g.end - g.start }

// leg is one stay with one agent. A wrap begun after it had ended takes it up
// again: it ends, and counts, when that wrap does.
type leg struct {
	agent, team    string // the team when it ended
	queue, channel string
	monitor        bool // holds no slot and handles nothing
	joined         bool // a colleague's, who is not the one who handles it
	start          int64
	talkEnd        int64 // when active and held ended
	wrapStart      int64 // 0: no wrap
	end            int64 // when the slot was freed for good
	holds          []interval
	began, fell    int  // which events began and ended its talk, of all
	afterClose     bool // its wrap began after the close: limits end it
	episode        *episode
}

// ring is one offer to one agent.
type ring struct {
	agent, queue, channel string
	start, end            int64
}

// mark is a fact of one instant with those it belongs to.
type mark struct {
	t                           int64
	what                        what
	n                           int64 // amount, ms for durations
	queue, channel, agent, team string
	episode                     *episode
}

// what a mark says.
type what int

const (
	nonresponse what = iota
	offerAbandoned
	firstReply
	leftUnanswered
	turnBegun
	turnAnswered
	turnDecided    // ... and not decided before
	turnUnanswered // decided without an answer
	omniReplied
	omniMissed
	letterReplied
	letterMissed
	callbackKept
	callbackMissed
	resolved
	unresolved
	closedEpisode
	closedByPerson
	violationFound // once per screening; n: 8 x severity + class
	handedOnUser
	handedOnFailures
	handedOnRule
	reopenedByCustomer
	transferred // once per transfer
	transferAnswered
	transferDecided
	escalated
	rated
	ratedGood
	screenedSession
	violatedSession
	calmed
	everNegative
	moodReviewed
	moodRight
	tagReviewed
	tagRight
	complained
	refundAsked
	orderReminded
	paidAfterReminder
	resolvedAfter      // ms since the first opening
	complaintResolved  // the same of complaints
	closedWithoutHuman // customer-opened
	botInvolvedClosed
	botResolved
	botReplied // with the flag
	botUnderstood
	botPhase
	handedToPeople
	handoffDecided
	handoffAnswered
	endedAtBot
	endedAtTier1
	endedAtTier2
	endedAtTier3
)

// episode is one run of a session from its opening to its close.
type episode struct {
	session        *session
	channel        string
	opened, closed int64
	origin         metrics.Party
	reopened       bool
	inBot, botSeen bool
	segment        *segment
	lastQueue      string
	firstQueued    int64
	firstLive      int64 // the same, callbacks and messages apart
	chainStart     int64
	rings          []*ring
	legs           []*leg
	everAssigned   bool
	ownAgent       string // to whom a reopened episode comes back without a segment
	direct         bool   // transferred straight to an agent: no segment begins
	firstCustomer  int64
	handedOff      int64
	replied        bool
	deferred       bool // a callback or an offline message: it has clocks of its own
	letter         *letter
	promise        *promise
	turn           *turn
	omniDecided    bool
	skills         []string
	lang           string
	outcome        metrics.Outcome // of its close
	firstPlace     string          // the queue of its first segment
	firstPlaced    int64           // and when that began
	life
}

// session is one contact over its episodes.
type session struct {
	id        string
	floor     *Floor
	live      *episode
	last      *episode // the newest, live or closed
	lastCause metrics.Outcome
	held      []*metrics.Event // told before they can be true
	past
}

// holdBack is how long what cannot be true yet waits, ms.
const holdBack = 5000

// offer applies an event, or keeps it until what it needs has been told.
func (s *session) offer(ev *metrics.Event) {
	s.know(ev)
	if !s.take(ev) {
		s.held = append(s.held, ev)
		return
	}
	for again := true; again; {
		again = false
		for i, h := range s.held {
			if s.take(h) {
				s.held = append(s.held[:i:i], s.held[i+1:]...)
				again = true
				break
			}
		}
	}
}

// expire applies, as tolerantly as they can be, what has waited long enough.
func (f *Floor) expire(now int64) {
	for _, e := range f.episodes {
		e.expireWraps(now)
		e.decideReply(now)
		if e.turn != nil {
			e.endBusinessDay(now)
		}
		if e.letter != nil {
			e.loseLetter(now)
		}
		e.breakPromise(now)
		if age := f.channel(e.channel).OrphanAfter.Milliseconds(); e.closed == 0 && now >= e.opened+age {
			e.close(&metrics.Event{Type: metrics.TypeSessionClosed, Time: e.opened + age, By: metrics.PartySystem})
		}
	}
	for _, s := range f.sessions {
		for len(s.held) > 0 && now >= s.held[0].Time+holdBack {
			ev := s.held[0]
			s.held = s.held[1:]
			s.tolerate(ev)
		}
	}
}

// tolerate opens an episode for what cannot be without one.
func (s *session) tolerate(ev *metrics.Event) {
	if s.live != nil {
		return
	}
	switch ev.Type {
	case metrics.TypeSessionQueued, metrics.TypeSessionOffered, metrics.TypeSessionAssigned, metrics.TypeSessionMessage:
		s.open(ev)
		s.offer(ev)
	case metrics.TypeSessionClosed:
		if s.last == nil {
			s.open(ev)
			s.offer(ev)
		}
	}
}

// open begins an episode.
func (s *session) open(ev *metrics.Event) *episode {
	e := &episode{session: s, channel: ev.Channel.String(), opened: ev.Time}
	s.live, s.last = e, e
	s.floor.episodes = append(s.floor.episodes, e)
	return e
}

// take applies an event and says whether there was a transition for it.
func (s *session) take(ev *metrics.Event) bool {
	switch ev.Type {
	case metrics.TypeSessionRated, metrics.TypeSessionOrdered, metrics.TypeSessionTagged, metrics.TypeSessionScreened, metrics.TypeSessionEmotion:
		s.remark(ev)
		return true
	case metrics.TypeSessionWrapStarted:
		return s.wrapStart(ev)
	case metrics.TypeSessionWrapEnded:
		return s.wrapEnd(ev)
	}
	if s.live == nil {
		return s.takeClosed(ev)
	}
	e, agent := s.live, s.floor.canonical(ev.Agent.String())
	switch ev.Type {
	case metrics.TypeSessionBotReply:
		if !e.inBot {
			return false
		}
		e.botReply(ev)
	case metrics.TypeSessionHumanRequested:
		e.askForPerson(ev.Time)
	case metrics.TypeSessionEscalated:
		e.escalate(ev)
	case metrics.TypeSessionHandoff:
		if !e.inBot {
			return false
		}
		e.leaveBot(ev.Time, ev.Trigger)
	case metrics.TypeSessionQueued:
		e.describe(ev)
		e.queue(ev.Time, ev.Queue.String(), ev.Kind, ev.Due)
	case metrics.TypeSessionOffered:
		return e.offered(ev.Time, agent)
	case metrics.TypeSessionOfferFailed:
		e.offerFailed(ev, agent)
	case metrics.TypeSessionAssigned:
		e.assign(ev, agent)
	case metrics.TypeSessionJoined:
		if e.talking(agent) == nil {
			l := e.begin(ev.Time, agent)
			l.joined, l.monitor = true, ev.Role == metrics.RoleMonitor
		}
	case metrics.TypeSessionLeft:
		l := e.talking(agent)
		if l == nil {
			return false
		}
		e.endTalk(ev.Time, l)
	case metrics.TypeSessionMessage:
		e.message(ev, agent)
	case metrics.TypeSessionHeld:
		return e.hold(ev.Time)
	case metrics.TypeSessionResumed:
		return e.resume(ev.Time)
	case metrics.TypeSessionTransferred:
		e.transfer(ev)
	case metrics.TypeSessionClosed:
		e.close(ev)
	case metrics.TypeSessionOpened, metrics.TypeSessionReopened:
		return false
	}
	return true
}

// takeClosed applies an event to a session that is not live.
func (s *session) takeClosed(ev *metrics.Event) bool {
	switch ev.Type {
	case metrics.TypeSessionOpened:
		if s.last != nil {
			return false // an id does not open twice; it reopens
		}
		e := s.open(ev)
		e.describe(ev)
		e.origin = ev.Origin
		s.insight, s.touchpoint = ev.Insight == metrics.Yes, ev.Touchpoint.String()
		if ev.Bot == metrics.Yes {
			e.enterBot(ev.Time)
		}
		return true
	case metrics.TypeSessionReopened:
		if s.last == nil {
			return false
		}
		s.reopen(ev)
		return true
	case metrics.TypeSessionQueued:
		overflow := s.lastCause == metrics.OutcomeOverflowed || s.lastCause == metrics.OutcomeTimedOut
		if s.last == nil || !overflow || ev.Time-s.last.closed >= 60_000 {
			return false
		}
		s.live = s.last
		s.live.goOn()
		return s.take(ev)
	}
	return false
}

// reopen begins a further episode, which remembers who had the last one.
func (s *session) reopen(ev *metrics.Event) {
	previous := s.last
	e := s.open(ev)
	e.origin, e.reopened, e.lastQueue = ev.By, true, previous.lastQueue
	e.comeBack(ev, previous)
	e.skills, e.lang = previous.skills, previous.lang
	e.ownAgent = previous.ownAgent
	if l := previous.lastLeg(); l != nil {
		e.ownAgent = l.agent
	}
}

// describe keeps what the customer needs of a person.
func (e *episode) describe(ev *metrics.Event) {
	if ev.Tier != 0 {
		e.tier = ev.Tier
	}
	if len(ev.Skills) > 0 {
		e.skills = nil
		for _, s := range ev.Skills {
			e.skills = append(e.skills, s.String())
		}
	}
	if !ev.Lang.Empty() {
		e.lang = ev.Lang.String()
	}
}

func (e *episode) floor() *Floor { return e.session.floor }

// mark notes a fact, with the agent's team of that instant.
func (e *episode) mark(what what, t, n int64, queue, agent string) {
	f := e.floor()
	f.marks = append(f.marks, mark{t: t, what: what, n: n, queue: queue, channel: e.channel, agent: agent, team: f.teamOf(agent), episode: e})
}
