package metrics

import (
	"math"
	"slices"

	"wallboard/metrics/clean"
)

// note is one session event in the engine's own terms: small, without borrowed
// texts, so that it can be kept and folded again.
type note struct {
	time, due        int64
	due0             int64  // until when it may be held back
	order            uint64 // position among all events applied
	hash             uint64 // of floor and session id
	customer         uint64 // hash of floor and customer id, 0 where none was given
	class            uint16
	lang, skills     uint16
	touchpoint       uint16
	topic            uint16
	marks            uint16
	floor, channel   int32 // channel: noRef where none was given
	queue, toQueue   int32
	agent, toAgent   int32
	extra            int64 // rated: a bit for each part given and good; ordered: hash of the order; screened: violations; emotion: bits
	typ              EventType
	by               Party
	outcome          Outcome
	kind             QueueKind
	role             LegRole
	failure          OfferFailure
	stage            OrderStage
	trigger          HandoffTrigger
	priority, tier   int8
	tolerant, before bool // opened for want of better; folded before
}

// marks of a note.
const (
	markBot = 1 << iota
	markFromAgent
	markInsight
	markUnderstoodGiven
	markUnderstood
	markComplaint
	markRefund
	markChannelAny
	markReviewed // tagged
	markConfirmed
	markReminded // ordered
)

// Bits of a note's extra where the session was rated: for the whole, then for
// each part of it, whether it was given and whether it was good.
const (
	ratedGood  = 1 << iota
	ratedParts // and above, two bits each
)

// Bits of a note's extra where a mood was labelled.
const (
	moodSure = 1 << iota // confident enough to count
	moodNegative
	moodReviewed
	moodRight
)

// read fills the note from an event of a session, taking in what it names.
// ref is the session, noRef where it is not known.
func (e *Engine) read(f *floorState, ev *Event, n *note, ref int32) {
	id := ev.Channel
	if id.Empty() {
		id = clean.Own(anyChannel)
	}
	n.channel = e.channelOf(f, id).index
	if id.String() == anyChannel {
		n.marks |= markChannelAny
	}
	n.by, n.outcome, n.kind, n.role, n.failure, n.stage = ev.By, ev.Outcome, ev.Kind, ev.Role, ev.OfferFailure, ev.Stage
	n.tier, n.due, n.trigger = ev.Tier, ev.Due, ev.Trigger
	if !ev.Customer.Empty() {
		n.customer = mix(uint64(f.index)+1, hashText(ev.Customer.String()))
	}
	n.priority = int8(max(-128, min(ev.Priority, 127)))
	if !ev.Queue.Empty() {
		n.queue = e.queueOf(f, ev.Queue)
	}
	if !ev.Agent.Empty() {
		if n.agent = e.holder(ref); n.agent == noRef || e.agents[n.agent].id != ev.Agent {
			n.agent = e.agentOf(f, ev.Agent)
		}
	}
	switch ev.Type {
	case TypeSessionOpened, TypeSessionQueued:
		e.readOrigin(ev, n)
	case TypeSessionTransferred:
		n.toQueue = e.queueOf(f, ev.ToQueue)
		if !ev.ToAgent.Empty() {
			n.toAgent = e.agentOf(f, ev.ToAgent)
		}
	case TypeSessionBotReply:
		n.setMark(markUnderstoodGiven, ev.Understood != NotGiven)
		n.setMark(markUnderstood, ev.Understood == Yes)
	default:
		e.readQuality(ev, n)
	}
}

// anyChannel stands where a publisher cannot know the channel.
const anyChannel = "any"

func (e *Engine) readOrigin(ev *Event, n *note) {
	w := &e.names.words
	n.class, n.lang, n.skills, n.touchpoint = w.of(ev.CustomerClass), w.of(ev.Lang), w.set(ev.Skills), w.of(ev.Touchpoint)
	n.setMark(markBot, ev.Bot == Yes)
	n.setMark(markFromAgent, ev.Origin == PartyAgent)
	n.setMark(markInsight, ev.Insight == Yes)
}

func (e *Engine) readQuality(ev *Event, n *note) {
	switch ev.Type {
	case TypeSessionRated:
		n.readRating(ev)
		n.skills = e.names.words.set(ev.Reasons)
	case TypeSessionOrdered:
		n.extra = int64(hashText(ev.Order.String()))
		n.due = hundredths(ev.Amount)
		n.class = e.names.words.of(ev.Currency)
		n.setMark(markReminded, ev.Reminded == Yes)
	case TypeSessionTagged:
		n.topic = e.topicOf(ev.Topic)
		n.setMark(markComplaint, ev.Complaint == Yes)
		n.setMark(markRefund, ev.Refund == Yes)
		n.setMark(markReviewed, ev.Confirmed != NotGiven)
		n.setMark(markConfirmed, ev.Confirmed == Yes)
	case TypeSessionScreened:
		n.extra = int64(ev.Violations)
		n.class, n.lang = uint16(ev.Class), uint16(ev.Severity)
		if len(ev.Rules) > 0 {
			n.skills = e.names.words.of(ev.Rules[0])
		}
	case TypeSessionEmotion:
		e.readMood(ev, n)
	}
}

// readRating says which parts of a rating were given, and which were good.
func (n *note) readRating(ev *Event) {
	good := func(score float64) bool { return 5*score >= 4*ev.Scale && ev.Scale > 0 }
	if good(ev.Score) {
		n.extra |= ratedGood
	}
	for i, part := range [...]float64{ev.Speed, ev.OutcomePart, ev.Attitude, ev.SkillPart} {
		if math.IsNaN(part) {
			continue
		}
		n.extra |= ratedParts << (2 * i)
		if good(part) {
			n.extra |= ratedParts << (2*i + 1)
		}
	}
}

func (e *Engine) readMood(ev *Event, n *note) {
	q := &e.settings.Quality
	n.class = e.names.words.of(ev.Label)
	if !(ev.Confidence < q.Confidence) { // one without a confidence counts
		n.extra |= moodSure
	}
	if slices.Contains(q.NegativeLabels, ev.Label.String()) {
		n.extra |= moodNegative
	}
	if !ev.Actual.Empty() {
		n.extra |= moodReviewed
		if ev.Actual == ev.Label {
			n.extra |= moodRight
		}
	}
}

// hundredths returns an amount of money as a whole number, held within what
// sums can take.
func hundredths(v float64) int64 {
	const most = 1e14
	if math.IsNaN(v) {
		return 0
	}
	return int64(math.Round(100 * max(-most, min(v, most))))
}

func (n *note) setMark(m uint16, on bool) {
	if on {
		n.marks |= m
	}
}

// topicOf returns the word of a topic, "other" beyond the limit.
func (e *Engine) topicOf(t clean.Text) uint16 {
	w := &e.names.words
	if _, known := w.by[t.String()]; !known && len(w.texts) > e.settings.Limits.Topics+1 {
		e.health.capped++
		return w.of(clean.Own(otherName))
	}
	return w.of(t)
}

// begins says whether the event may begin an episode of an unknown id at once.
// Any other event waits for one that does.
func (n *note) begins() bool {
	return n.typ == TypeSessionOpened || n.typ == TypeSessionQueued || n.typ == TypeSessionReopened
}

// rank orders those events of one session and one moment that the order told
// cannot: 0 for the others.
func (n *note) rank() int {
	switch n.typ {
	case TypeSessionOpened, TypeSessionReopened:
		return 1
	case TypeSessionQueued:
		return 2
	case TypeSessionAssigned:
		return 3
	case TypeSessionClosed:
		return 4
	}
	return 0
}
