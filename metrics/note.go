package metrics

import "wallboard/metrics/clean"

// note is one session event in the engine's own terms: small, without borrowed
// texts, so that it can be kept and folded again.
type note struct {
	time, due        int64
	due0             int64  // until when it may be held back
	order            uint64 // position among all events applied
	hash             uint64 // of floor and session id
	class            uint16
	lang, skills     uint16
	touchpoint       uint16
	topic            uint16
	marks            uint16
	floor, channel   int32 // channel: noRef where none was given
	queue, toQueue   int32
	agent, toAgent   int32
	extra            int64 // rated: 1 good; ordered: hash of the order; screened: violations
	typ              EventType
	by               Party
	outcome          Outcome
	kind             QueueKind
	role             LegRole
	failure          OfferFailure
	stage            OrderStage
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
	n.tier, n.due = ev.Tier, ev.Due
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
		if 5*ev.Score >= 4*ev.Scale && ev.Scale > 0 {
			n.extra = 1
		}
	case TypeSessionOrdered:
		n.extra = int64(mix(hashText(ev.Order.String()), uint64(ev.Stage)))
	case TypeSessionTagged:
		n.topic = e.topicOf(ev.Topic)
		n.setMark(markComplaint, ev.Complaint == Yes)
		n.setMark(markRefund, ev.Refund == Yes)
	case TypeSessionScreened:
		n.extra = int64(ev.Violations)
	case TypeSessionEmotion:
		n.class = e.names.words.of(ev.Label)
	}
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
