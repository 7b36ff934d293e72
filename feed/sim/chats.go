package sim

import (
	"math"
	"slices"

	"wallboard/metrics"
)

const (
	firstReply  = 7_000.0  // ms, median with one chat open
	laterReply  = 15_000.0 // ms, median with one chat open
	replySpread = 0.68     // sigma: the slow tenth takes 2.4 times the median
	replyLimit  = 165_000  // ms; beyond that a colleague has taken the keyboard
	thinkTime   = 21_000.0 // ms, median, customer
	chatTurns   = 5.8      // customer turns, mean
	walkOuts    = 0.01     // customers who leave before the reply they wait for
)

// say speaks a message; by an agent it carries who wrote.
func (s *Sim) say(c *contact, by metrics.Party, p *person) {
	e := s.about(metrics.TypeSessionMessage, c)
	e.By = by
	if p != nil {
		e.Agent = p.id
	}
}

func (s *Sim) sayCustomer(c *contact) { s.say(c, metrics.PartyCustomer, nil) }

// take is an offer accepted: the leg begins.
func (s *Sim) take(c *contact, p *person) {
	c.step++
	for _, other := range slices.Clone(c.offers) {
		if other != p {
			s.failOffer(c, other, metrics.OfferWithdrawn)
		}
	}
	c.offers = c.offers[:0]
	p.ringing--
	s.startLeg(c, p)
	s.feed(p)
}

// startLeg speaks session.assigned and begins the service of the channel.
func (s *Sim) startLeg(c *contact, p *person) {
	c.state, c.agent, c.last, c.direct = stateActive, p, p, false
	s.seize(c, p)
	p.legs = append(p.legs, c)
	e := s.about(metrics.TypeSessionAssigned, c)
	e.Agent = p.id
	switch {
	case c.kind == metrics.KindMessage:
		s.answerMessage(c)
	case c.channel == voice:
		s.startCall(c)
	case c.channel == email:
		s.next(c, s.logNormal(250_000, 0.5), func() { s.answerMail(c) })
	default:
		c.turns = s.atLeastOne(chatTurns)
		if s.chance(0.15) {
			s.next(c, 300, func() { s.say(c, metrics.PartyAuto, nil) })
		}
		wait := s.replyAfter(p, firstReply)
		if s.chance(walkOuts) {
			s.next(c, wait*2/3, func() { s.finish(c, metrics.OutcomeUnresolved, metrics.PartyCustomer) })
			return
		}
		s.next(c, wait, func() { s.agentReply(c) })
	}
}

// replyAfter draws how long a person takes for a reply: longer with each chat
// open at the same time.
func (s *Sim) replyAfter(p *person, median float64) int64 {
	median *= 0.7 + 0.3*float64(p.load)
	limit := int64(replyLimit)
	if s.during(IncidentSlowSystem) {
		median *= 3
		limit *= 3
	}
	return min(limit, s.logNormal(median, replySpread))
}

// agentReply answers the customer's turn, sometimes in two lines, and decides
// how the chat goes on.
func (s *Sim) agentReply(c *contact) {
	c.replied = true
	s.say(c, metrics.PartyAgent, c.agent)
	if s.chance(0.22) {
		s.next(c, s.between(1500, 5000), func() {
			s.say(c, metrics.PartyAgent, c.agent)
			s.goOn(c)
		})
		return
	}
	s.goOn(c)
}

func (s *Sim) goOn(c *contact) {
	c.turns--
	switch {
	case !c.moved && s.chance(0.012):
		s.next(c, s.between(1, 8)*second, func() { s.transfer(c) })
	case !c.moved && s.chance(0.006):
		s.next(c, s.between(1, 8)*second, func() { s.escalate(c) })
	case c.turns <= 0:
		s.next(c, min(90*second, s.logNormal(9000, 0.7)), func() { s.endService(c) })
	default:
		if s.chance(0.006) {
			s.next(c, 100, func() { s.consult(c) })
		}
		s.next(c, min(150*second, s.logNormal(thinkTime, 0.75)), func() { s.customerTurn(c) })
	}
}

// customerTurn is a burst of one to three lines; the reply's clock runs from
// the first.
func (s *Sim) customerTurn(c *contact) {
	s.sayCustomer(c)
	s.feel(c, 0.05)
	more := int64(0)
	for s.chance(0.3) && more < 8000 {
		more += s.between(900, 4000)
		s.next(c, more, func() { s.sayCustomer(c) })
	}
	if s.buys(c, 0.11) {
		s.next(c, more+500, func() { s.order(c) })
	}
	wait := max(more+900, s.replyAfter(c.agent, laterReply))
	if s.chance(walkOuts) {
		s.next(c, wait*3/4, func() { s.finish(c, metrics.OutcomeUnresolved, metrics.PartyCustomer) })
		return
	}
	s.next(c, wait, func() { s.agentReply(c) })
}

// transfer moves the contact to another queue or straight to a colleague.
func (s *Sim) transfer(c *contact) {
	from := c.agent
	s.clearRoom(c)
	c.moved = true
	if s.chance(0.3) {
		if to := s.colleague(c, from); to != nil {
			s.transferTo(c, to)
			return
		}
	}
	to := s.otherQueue(c)
	e := s.about(metrics.TypeSessionTransferred, c)
	e.Agent, e.ToQueue, e.TransferKind = from.id, to.id, metrics.TransferBlind
	s.leaveLeg(c, s.chance(0.6))
	c.patience = 0
	s.enterQueue(c, to)
	s.afterEntering(c)
}

// transferTo hands over to one person, whose desk rings.
func (s *Sim) transferTo(c *contact, to *person) {
	e := s.about(metrics.TypeSessionTransferred, c)
	e.Agent, e.ToAgent, e.TransferKind = c.agent.id, to.id, metrics.TransferAttended
	s.leaveLeg(c, true)
	c.step++
	c.state, c.direct = stateOffered, true
	c.patience, c.queuedAt = math.MaxInt32, s.now
	c.offers = append(c.offers[:0], to)
	to.ringing++
	to.taken = s.now
	s.ring(c, to)
}

// escalate raises the tier: to the colleagues who may take it.
func (s *Sim) escalate(c *contact) {
	from := c.agent
	s.clearRoom(c)
	c.moved = true
	c.tier = 2
	to := c.queue
	switch {
	case s.chance(0.25) && c.channel == chat:
		c.tier, to = 3, s.queueNamed("vip")
	case s.chance(0.4) && c.channel == voice:
		c.tier, to = 3, s.queueNamed("complaint")
	}
	e := s.about(metrics.TypeSessionEscalated, c)
	e.Tier = c.tier
	e = s.about(metrics.TypeSessionTransferred, c)
	e.Agent, e.ToQueue, e.TransferKind = from.id, to.id, metrics.TransferAttended
	s.leaveLeg(c, true)
	c.patience = 0
	s.enterQueue(c, to)
	c.refused = append(c.refused, from)
	s.afterEntering(c)
}

// otherQueue is where a transfer goes: a queue whose people have the channel.
func (s *Sim) otherQueue(c *contact) *queue {
	name := ""
	switch c.queue.id.String() {
	case "presale":
		name = "aftersale"
	case "aftersale":
		name = "technical"
	case "technical", "vip":
		name = "aftersale"
	case "售前":
		name = "售后"
	case "售后":
		name = "logistics"
	case "logistics":
		name = "售后"
	case "refund":
		name = "payment"
	case "payment", "发票":
		name = "refund"
	}
	if c.channel == voice {
		name = "complaint"
	}
	if q := s.queueNamed(name); q != nil {
		return q
	}
	return c.queue
}

// colleague finds someone of the same team with a slot free.
func (s *Sim) colleague(c *contact, p *person) *person {
	start := s.draw.IntN(len(p.team.people))
	for i := range p.team.people {
		to := p.team.people[(start+i)%len(p.team.people)]
		if to != p && to != c.monitor && !slices.Contains(c.extras, to) && to.tier >= c.tier && to.may(c) {
			return to
		}
	}
	return nil
}

// consult brings a colleague in for a while; a call may have a listener too.
func (s *Sim) consult(c *contact) {
	p := s.colleague(c, c.agent)
	if p == nil || c.state != stateActive {
		return
	}
	role := metrics.RoleConsult
	if s.chance(0.3) {
		role = metrics.RoleConference
	}
	s.join(c, p, role)
	s.in(s.between(20, 70)*second, func() { s.unjoin(c, p) })
}

func (s *Sim) join(c *contact, p *person, role metrics.LegRole) {
	e := s.about(metrics.TypeSessionJoined, c)
	e.Agent, e.Role = p.id, role
	s.seize(c, p)
	c.extras = append(c.extras, p)
}

// unjoin lets a consulted colleague go, if they are still in.
func (s *Sim) unjoin(c *contact, p *person) {
	i := slices.Index(c.extras, p)
	if i < 0 {
		return
	}
	c.extras = slices.Delete(c.extras, i, i+1)
	e := s.about(metrics.TypeSessionLeft, c)
	e.Agent = p.id
	s.release(c, p)
}
