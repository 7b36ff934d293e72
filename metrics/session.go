package metrics

import "strings"

// phase is where a session stands; the zero phase has not begun.
type phase uint8

const (
	phaseVoid phase = iota
	phaseOpen
	phaseBot
	phaseQueued
	phaseOffered
	phaseActive
	phaseHeld
	phaseWrapping
	phaseClosed
)

// The truths about a session's episode.
const (
	fSegment      uint32 = 1 << iota // a segment is open
	fSegmentOut                      // ... begun outside opening hours
	fOut                             // the episode began outside opening hours
	fSegmented                       // the episode has had a segment
	fFromAgent                       // an agent started it
	fByCustomer                      // the customer opened it
	fBot                             // a bot was involved
	fReplied                         // a person has replied
	fStarted                         // the first-reply clock has a start
	fHuman                           // a person has taken it
	fTurn                            // a customer's message waits for a person
	fTurnDecided                     // ... and counts as decided already
	fOmni                            // omnichannel_rate is decided
	fOmniMissed                      // ... by its limit passing
	fReopened                        // by reopening, and no leg since
	fTransferred                     // has been transferred
	fEscalated                       // has reached tier 2
	fRated                           // has been rated
	fComplaint                       // has been tagged a complaint
	fRefund                          // ... a refund
	fScreened                        // has been screened
	fViolated                        // ... and found wanting
	fIncomplete                      // began before what could be read
	fHeld                            // events of it are held back
	fDue                             // a callback or message not yet decided
	fDueMissed                       // ... or decided by its time passing
	fCloseCounted                    // its close is counted
	fInsight                         // came from an insight
	fAny                             // its channel is not known yet
	fUnbroken                        // its wait goes on though no segment is open
	fDirect                          // passed straight to an agent before it queued
	fResolved                        // its close as resolved is counted
	numFlags      = iota
)

const _ = 32 - uint(numFlags) // flags fit

// fOfSession are the truths that hold for a session's later episodes too.
const fOfSession = fComplaint | fRefund | fScreened | fViolated

const steps = 12

// sess is one session while it lives, and for a short while after. Times but
// base are ms after base.
type sess struct {
	base   int64 // start of the episode
	id     uint32
	jour   uint32 // journal position + 1 of its newest entry, 0 none
	flags  uint32
	cell   int32 // channel and last segment's queue
	owner  int32 // of a session made whole again: cell of its last leg; below 0: complement of the cell of its first reply; 0 none
	agent  int32 // of the last leg, noRef where unnamed or none
	legs   int32 // newest first
	due    int32
	last   int32 // newest event
	since  int32 // start of the phase
	begun  int32 // of the current segment
	queued int32 // of the unbroken wait
	start  int32 // of the first-reply clock; once it is counted: the reply
	turn   int32
	asked  int32 // a person was asked for; 0 never
	failed int32 // third bot failure in a row; 0 never
	ended  int32 // close

	class, lang, skills, touchpoint, topic uint16
	messages                               uint16
	idLen                                  uint8
	phase                                  phase
	kind                                   QueueKind
	outcome                                Outcome
	startRank                              uint8 // what the first-reply clock started from
	tier                                   int8
	priority                               int8
	fails                                  uint8
	nsteps                                 uint8
	stepAt                                 uint8
	marks                                  uint16
	visit                                  int32 // number of its customer's visit + 1, 0 none
	steps                                  [steps]uint32
}

// More truths about a session's episode.
const (
	mPassed       uint16 = 1 << iota // a transfer of it has not been answered yet
	mHanded                          // a hand-off by the bot has not
	mLabelled                        // a mood was told with confidence
	mNegative                        // ... last a negative one
	mEverNegative                    // ... a negative one at any time
	mAsked                           // it is counted in Asked
	mConverted                       // ... and, while it has no visit, in Converted
	moodShift     = iota             // above: the number of the label of its mood
)

// maxMoods bounds the labels that are told apart in lists; figures know no bound.
const maxMoods = 1<<(16-moodShift) - 1

// mood returns the number of the session's mood among the labels, 0 none.
func (s *sess) mood() uint16 { return s.marks >> moodShift }

// What the first-reply clock can start from, the stronger the later.
const (
	startNone = iota
	startQueued
	startMessage
	startHandoff
	startReplied // and above: over, in that span of the curve; start is the reply's
)

// rel returns a time as kept in a session. Beyond 24 days either side it stays
// at that edge.
func (s *sess) rel(t int64) int32 {
	const edge = 1<<31 - 1
	return int32(max(-edge, min(t-s.base, edge)))
}

func (s *sess) abs(rel int32) int64 { return s.base + int64(rel) }

func (s *sess) live() bool { return s.phase != phaseVoid && s.phase != phaseClosed }

// human says whether the customer is with people or waiting for them.
func (s *sess) human() bool { return s.live() && s.phase != phaseBot }

// to moves the session to a phase at t.
func (s *sess) to(p phase, t int64) {
	if s.phase != p {
		s.phase, s.since = p, s.rel(t)
	}
}

// What a step is, in six bits: the event's type, but for messages and closes
// who did it.
const (
	stepMessageBy = 40 // + Party
	stepClosedBy  = 48 // + Party
)

func stepCode(n *note) uint32 {
	switch n.typ {
	case TypeSessionMessage:
		return stepMessageBy + uint32(n.by)
	case TypeSessionClosed:
		return stepClosedBy + uint32(n.by)
	}
	return uint32(n.typ)
}

// stepOf is the inverse of stepCode.
func stepOf(code uint32) (EventType, Party) {
	switch {
	case code < uint32(NumEventTypes):
		return EventType(code), PartyNone
	case code >= stepMessageBy && code <= stepMessageBy+uint32(PartySystem):
		return TypeSessionMessage, Party(code - stepMessageBy)
	case code >= stepClosedBy && code <= stepClosedBy+uint32(PartySystem):
		return TypeSessionClosed, Party(code - stepClosedBy)
	}
	return TypeUnknown, PartyNone
}

// step notes an event among the last few: six bits of what it is, the rest
// units of 32 ms since the start of the episode.
func (s *sess) step(n *note) {
	s.steps[s.stepAt] = uint32(s.rel(n.time)>>5)<<6 | stepCode(n)
	s.stepAt = (s.stepAt + 1) % steps
	s.nsteps = min(s.nsteps+1, steps)
}

// find returns the live or lingering session with the id, noRef for none.
func (e *Engine) find(floor int32, hash uint64, id string) int32 {
	ref, pos := e.byID.First(hash)
	for ref >= 0 {
		s := e.sessions.At(ref)
		if int(s.idLen) == len(id) && e.ids.Get(s.id, len(id)) == id && e.cells[s.cell].floor == floor {
			return ref
		}
		ref, pos = e.byID.Next(hash, pos)
	}
	return noRef
}

// holder returns the agent of the session's newest leg or offer, else of its
// last leg: events mostly name that one.
func (e *Engine) holder(ref int32) int32 {
	if ref == noRef {
		return noRef
	}
	s := e.sessions.At(ref)
	if s.legs != noRef {
		return e.legs.At(s.legs).agent
	}
	return s.agent
}

// admit makes room for a session that is about to begin.
func (e *Engine) admit(n *note, id string) int32 {
	if len(id) > 255 {
		id = strings.ToValidUTF8(id[:255], "")
	}
	ref := e.sessions.New()
	s := e.sessions.At(ref)
	s.id, s.idLen = e.ids.Put(id), uint8(len(id))
	s.base = n.time
	s.agent, s.legs = noRef, noRef
	s.cell = e.chans[n.channel].cell
	s.flags = 0
	if n.marks&markChannelAny != 0 {
		s.flags = fAny
	}
	e.byID.Add(n.hash, ref)
	e.restore(ref, s, n.hash)
	return ref
}

// hashOf returns the hash under which the session is found.
func (e *Engine) hashOf(s *sess) uint64 {
	return mix(uint64(e.cells[s.cell].floor)+1, hashText(e.ids.Get(s.id, int(s.idLen))))
}

// discard gives a session's room back.
func (e *Engine) discard(ref int32) {
	s := e.sessions.At(ref)
	for l := s.legs; l != noRef; {
		next := e.legs.At(l).next
		e.dropLeg(l)
		l = next
	}
	e.byID.Remove(e.hashOf(s), ref)
	e.ids.Free(s.id, int(s.idLen))
	e.sessions.Free(ref)
}

// channelFrom lets a session whose channel was unknown take a known one, as
// long as nothing of it waits or is being talked to.
func (e *Engine) channelFrom(s *sess, n *note) {
	if s.flags&fAny == 0 || n.marks&markChannelAny != 0 || s.flags&fSegment != 0 || s.phase > phaseBot {
		return
	}
	s.flags &^= fAny
	c := e.cells[s.cell]
	s.cell = e.cellOf(e.floors[c.floor], e.chans[n.channel], c.queue)
}

// standing is what a session adds to the figures of now.
type standing struct {
	cell                                   int32
	live, waiting, callback, message       bool
	first, unanswered, bot                 bool
	vip, human, inc                        bool
	labelled, negative                     bool
	tier                                   uint8
	skills, lang                           uint16
	major                                  bool
	base                                   int64
	begun, queued, start, turn, stuck, due int64
	asked                                  int64
}

// stand reads what a session is worth now.
func (e *Engine) stand(s *sess, into *standing) {
	*into = standing{cell: s.cell, live: s.live(), base: s.base}
	if !into.live {
		return
	}
	into.inc = s.flags&fIncomplete != 0
	into.major = s.tier >= 3
	into.labelled, into.negative = s.marks&mLabelled != 0, s.marks&mNegative != 0
	into.bot = s.phase == phaseBot
	if s.flags&fSegment != 0 {
		into.begun, into.queued, into.due = s.abs(s.begun), s.abs(s.queued), s.abs(s.due)
		into.waiting, into.callback, into.message = s.kind == KindLive, s.kind == KindCallback, s.kind == KindMessage
		into.tier = uint8(max(1, min(s.tier, 3)))
		into.vip = into.waiting && e.names.words.texts[s.class].String() == "vip"
		into.skills, into.lang = s.skills, s.lang
	} else if s.flags&fDue != 0 && s.kind == KindMessage {
		// A 留言 taken by someone stays open until it is replied to.
		into.message, into.queued = true, s.abs(s.queued)
	}
	if s.awaits() {
		into.first, into.start = true, s.abs(s.start)
	}
	if s.flags&fTurn != 0 && (s.phase == phaseActive || s.phase == phaseHeld) {
		into.unanswered, into.turn = true, s.abs(s.turn)
	}
	if into.bot {
		into.human = e.humanOnly(s.topic)
		if s.asked != 0 {
			into.asked = s.abs(s.asked)
		}
		if s.failed != 0 {
			into.stuck = s.abs(s.failed)
		}
		if s.asked != 0 && (into.stuck == 0 || s.abs(s.asked)+stuckMillis < into.stuck) {
			into.stuck = s.abs(s.asked) + stuckMillis + 1 // only beyond it
		}
	}
}

// stuckSince returns since when a session listed as stuck is.
func (s *sess) stuckSince(listed int64) int64 {
	if s.asked != 0 && listed == s.abs(s.asked)+stuckMillis+1 {
		return listed - 1
	}
	return listed
}

// stuckMillis is how long after asking for a person a customer still with the
// bot counts as stuck.
const stuckMillis = 30_000

func (e *Engine) humanOnly(topic uint16) bool {
	if topic == 0 {
		return false
	}
	name := e.names.words.texts[topic].String()
	for _, t := range e.settings.HumanOnlyTopics {
		if t == name {
			return true
		}
	}
	return false
}
