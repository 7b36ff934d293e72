package sim

import (
	"slices"
	"strconv"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// walk is one session on its way through the state machine.
type walk struct {
	*wanderer
	id      clean.Text
	channel clean.Text
	who     clean.Text
	at      int64
	state   state
	segment bool
	queue   clean.Text
	kind    metrics.QueueKind
	agent   clean.Text
	offers  []clean.Text
	ended   []clean.Text // legs that ended without a wrap yet
	wraps   []clean.Text
	joined  []clean.Text
}

// wander writes one session from its opening to wherever it is left: often
// closed, sometimes reopened, sometimes open for ever.
func (w *wanderer) wander(n int, at int64) {
	k := &walk{wanderer: w, at: at, id: clean.Own("s" + strconv.Itoa(n)), channel: one(w, w.channels)}
	k.open()
	for steps := 1 + w.draw.IntN(40); steps > 0; steps-- {
		k.at += w.gap()
		k.step()
	}
	if (w.hits(0.8) || w.long) && k.state != stateClosed {
		k.at += w.gap()
		k.close()
	}
	for range w.draw.IntN(4) { // what is said afterwards
		k.at += w.gap()
		k.remark()
	}
}

func (k *walk) tell(t metrics.EventType) *metrics.Event {
	e := k.say(t, k.at)
	e.Session, e.Channel = k.id, k.channel
	return e
}

func (k *walk) open() {
	if k.hits(0.9) {
		k.who = one(k.wanderer, k.people)
	}
	origin, bot := metrics.PartyCustomer, metrics.No
	k.state = stateOpen
	switch {
	case k.hits(0.1):
		origin = metrics.PartyAgent
	case k.hits(0.4):
		bot, k.state = metrics.Yes, stateBot
	}
	e := k.tell(metrics.TypeSessionOpened)
	e.Origin, e.Bot, e.Customer = origin, bot, k.who
	if k.hits(0.3) {
		e.CustomerClass = clean.Own("vip")
	}
	if k.hits(0.4) {
		e.Insight = metrics.Yes
	}
	if k.hits(0.7) {
		e.Touchpoint = one(k.wanderer, k.touchpoints)
	}
	switch {
	case origin == metrics.PartyAgent:
		k.at += k.gap()
		k.assign(one(k.wanderer, k.agents))
	case bot == metrics.No && len(k.machines) > 0 && k.hits(0.2):
		k.at += k.gap()
		k.tell(metrics.TypeSessionAssigned).Agent = one(k.wanderer, k.machines)
		k.state = stateBot
	}
}

// step does one legal thing. A wrap of a leg that is over may come at any
// time, whoever talks by then.
func (k *walk) step() {
	switch {
	case len(k.wraps) > 0 && k.hits(0.3):
		k.tell(metrics.TypeSessionWrapEnded).Agent = k.wraps[0]
		k.wraps = k.wraps[1:]
		return
	case len(k.ended) > 0 && k.hits(0.3):
		k.wrapLate()
		return
	case k.hits(0.1):
		k.remark()
		return
	}
	switch k.state {
	case stateOpen:
		k.fromOpen()
	case stateBot:
		k.fromBot()
	case stateQueued:
		k.fromQueued()
	case stateOffered:
		k.fromOffered()
	case stateActive, stateHeld:
		k.fromActive()
	case stateWrapping:
		k.close()
	case stateClosed:
		if k.hits(0.25) {
			k.reopen()
		}
	}
}

func (k *walk) wrapLate() {
	a := k.ended[0]
	k.ended = k.ended[1:]
	if a == k.agent || slices.Contains(k.wraps, a) || slices.Contains(k.joined, a) || slices.Contains(k.offers, a) {
		return
	}
	k.tell(metrics.TypeSessionWrapStarted).Agent = a
	k.wraps = append(k.wraps, a)
}

func (k *walk) fromOpen() {
	switch {
	case k.hits(0.6):
		k.enqueue(one(k.wanderer, k.queues))
	case k.hits(0.3):
		k.assign(k.free())
	case k.hits(0.3):
		k.offer()
	case k.hits(0.5):
		k.message(metrics.PartyCustomer)
	default:
		k.close()
	}
}

func (k *walk) fromBot() {
	switch k.draw.IntN(8) {
	case 0, 1:
		k.message(metrics.PartyCustomer)
	case 2, 3, 4:
		k.tell(metrics.TypeSessionBotReply).Understood = choice(k.hits(0.5))
	case 5:
		k.tell(metrics.TypeSessionHumanRequested)
	case 6:
		k.tell(metrics.TypeSessionHandoff).Trigger = metrics.HandoffUser + metrics.HandoffTrigger(k.draw.IntN(3))
		k.state = stateOpen
	default:
		if k.hits(0.4) {
			k.close()
		} else {
			k.message(metrics.PartyBot)
		}
	}
}

func (k *walk) fromQueued() {
	switch k.draw.IntN(9) {
	case 0, 1, 2, 3:
		k.offer()
	case 4:
		k.assign(k.free())
	case 5:
		k.message(metrics.PartyCustomer)
	case 6:
		k.enqueue(one(k.wanderer, k.queues)) // the same one or another
	case 7:
		k.tell(metrics.TypeSessionEscalated).Tier = int8(1 + k.draw.IntN(3))
	default:
		k.close()
	}
}

func (k *walk) fromOffered() {
	ringing := one(k.wanderer, k.offers)
	switch k.draw.IntN(8) {
	case 0, 1, 2:
		e := k.tell(metrics.TypeSessionOfferFailed)
		e.Agent, e.OfferFailure = ringing, metrics.OfferMissed+metrics.OfferFailure(k.draw.IntN(5))
		k.offers = slices.DeleteFunc(k.offers, func(a clean.Text) bool { return a == ringing })
		if len(k.offers) == 0 {
			k.state = stateOpen
			if k.segment {
				k.state = stateQueued
			}
		}
	case 3:
		k.offer()
	case 4:
		k.close() // while it rings
	default:
		k.assign(ringing)
	}
}

func (k *walk) fromActive() {
	switch k.draw.IntN(15) {
	case 0, 1, 2:
		k.message(metrics.PartyCustomer)
	case 3, 4, 5:
		k.message(metrics.PartyAgent)
	case 6:
		if k.state == stateActive {
			k.tell(metrics.TypeSessionHeld)
			k.state = stateHeld
			return
		}
		k.tell(metrics.TypeSessionResumed)
		k.state = stateActive
	case 7, 8:
		k.transfer()
	case 9:
		k.company()
	case 10:
		k.tell(metrics.TypeSessionEscalated).Tier = int8(1 + k.draw.IntN(3))
	case 11:
		k.tell(metrics.TypeSessionWrapStarted).Agent = k.agent
		k.wraps = append(k.wraps, k.agent)
		k.agent, k.state = clean.Text{}, stateWrapping
	case 12:
		k.takeOver()
	default:
		k.close()
	}
}

// takeOver is what a platform does without a transfer: another person has it,
// or it is back in a queue.
func (k *walk) takeOver() {
	if k.hits(0.5) {
		k.assign(k.free())
		return
	}
	k.leave()
	k.enqueue(one(k.wanderer, k.queues))
}

// free picks an agent with nothing to do with this session now.
func (k *walk) free() clean.Text {
	start := k.draw.IntN(len(k.agents))
	for i := range k.agents {
		a := k.agents[(start+i)%len(k.agents)]
		if a != k.agent && !slices.Contains(k.wraps, a) && !slices.Contains(k.joined, a) && !slices.Contains(k.offers, a) {
			return a
		}
	}
	return clean.Text{}
}

func (k *walk) offer() {
	a := k.free()
	if a.Empty() {
		return
	}
	k.tell(metrics.TypeSessionOffered).Agent = a
	k.offers = append(k.offers, a)
	k.state = stateOffered
}

func (k *walk) assign(a clean.Text) {
	if a.Empty() {
		return
	}
	k.leave()
	k.tell(metrics.TypeSessionAssigned).Agent = a
	k.ended = slices.DeleteFunc(k.ended, func(x clean.Text) bool { return x == a })
	k.agent, k.offers, k.segment, k.state = a, nil, false, stateActive
}

// leave ends the running leg, which may still be wrapped up.
func (k *walk) leave() {
	if !k.agent.Empty() {
		k.ended = append(k.ended, k.agent)
		k.agent = clean.Text{}
	}
}

func (k *walk) enqueue(q clean.Text) {
	e := k.tell(metrics.TypeSessionQueued)
	e.Queue, e.Customer = q, k.who
	if !k.segment {
		k.kind = metrics.KindLive
		if k.hits(0.15) {
			k.kind = metrics.KindCallback + metrics.QueueKind(k.draw.IntN(2))
		}
	}
	e.Kind = k.kind
	if k.kind != metrics.KindLive {
		e.Due = k.at + 60_000*(1+k.draw.Int64N(90))
	}
	if k.hits(0.3) {
		e.Priority, e.Tier = int32(k.draw.IntN(5)), int8(1+k.draw.IntN(3))
	}
	k.queue, k.offers, k.segment, k.state = q, nil, true, stateQueued
}

func (k *walk) message(by metrics.Party) {
	lines := 1 + k.draw.IntN(3)
	for i := range lines {
		e := k.tell(metrics.TypeSessionMessage)
		e.By = by
		if by == metrics.PartyAgent {
			e.Agent = k.agent
		}
		if i+1 < lines {
			k.at += k.unit + k.round(k.draw.Int64N(4000))
		}
	}
}

func (k *walk) transfer() {
	e := k.tell(metrics.TypeSessionTransferred)
	e.Agent, e.TransferKind = k.agent, metrics.TransferBlind+metrics.TransferKind(k.draw.IntN(2))
	to := k.free()
	if to.Empty() || k.hits(0.5) {
		e.ToQueue = one(k.wanderer, k.queues)
		k.leave()
		k.queue, k.segment, k.kind, k.state = e.ToQueue, true, metrics.KindLive, stateQueued
		return
	}
	e.ToAgent = to
	k.leave()
	k.offers, k.segment, k.state = []clean.Text{to}, false, stateOffered
}

// company brings a colleague in or lets one go.
func (k *walk) company() {
	if len(k.joined) > 0 && k.hits(0.6) {
		k.tell(metrics.TypeSessionLeft).Agent = k.joined[0]
		k.joined = k.joined[1:]
		return
	}
	a := k.free()
	if a.Empty() {
		return
	}
	e := k.tell(metrics.TypeSessionJoined)
	e.Agent, e.Role = a, metrics.RoleConference+metrics.LegRole(k.draw.IntN(4))
	k.joined = append(k.joined, a)
	k.ended = slices.DeleteFunc(k.ended, func(x clean.Text) bool { return x == a })
}

// close ends the episode; after an overflow it may go on within the minute.
func (k *walk) close() {
	e := k.tell(metrics.TypeSessionClosed)
	e.By = metrics.PartyCustomer + metrics.Party(k.draw.IntN(2))
	switch k.state {
	case stateQueued, stateOffered:
		e.Outcome = []metrics.Outcome{metrics.OutcomeAbandoned, metrics.OutcomeAbandoned, metrics.OutcomeAbandoned, metrics.OutcomeCancelled,
			metrics.OutcomeOverflowed, metrics.OutcomeTimedOut, metrics.OutcomeCallback, metrics.OutcomeSpam, metrics.OutcomeNone}[k.draw.IntN(9)]
	case stateActive, stateHeld, stateWrapping:
		e.Outcome = []metrics.Outcome{metrics.OutcomeResolved, metrics.OutcomeUnresolved, metrics.OutcomeCompleted, metrics.OutcomeNone,
			metrics.OutcomeAbandoned, metrics.OutcomeSpam}[k.draw.IntN(6)]
	default:
		e.Outcome = []metrics.Outcome{metrics.OutcomeResolved, metrics.OutcomeUnresolved, metrics.OutcomeNone, metrics.OutcomeAbandoned}[k.draw.IntN(4)]
	}
	again := e.Outcome == metrics.OutcomeOverflowed || e.Outcome == metrics.OutcomeTimedOut
	k.leave()
	k.wraps = nil // a wrap begun before the close ends with it
	k.offers, k.joined, k.segment, k.state = nil, nil, false, stateClosed
	if again && k.hits(0.6) {
		k.at += min(k.gap(), 59_000)
		k.enqueue(one(k.wanderer, k.queues))
	}
}

func (k *walk) reopen() {
	k.tell(metrics.TypeSessionReopened).By = metrics.PartyCustomer + metrics.Party(k.draw.IntN(2))
	k.ended = nil // what was not wrapped up by now never is
	k.queue, k.segment, k.state = clean.Text{}, false, stateOpen
}
