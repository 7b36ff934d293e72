package sim

import (
	"slices"

	"wallboard/metrics"
)

const (
	chatPatience = 48_000.0  // ms, mean of those in a hurry
	callPatience = 110_000.0 // ms
	calmShare    = 0.35      // wait five times as long
	hastyShare   = 0.005     // leave within seconds, whatever the wait
	chatMissed   = 0.018     // offers not taken
	callMissed   = 0.022
	sharedWork   = 0.05 // of chats go to whoever has least, not to whoever is already at it
)

// enqueue puts a contact into a queue. On the wire that is session.queued,
// unless a transfer has just said so.
func (s *Sim) enqueue(c *contact, q *queue) {
	s.enterQueue(c, q)
	e := s.about(metrics.TypeSessionQueued, c)
	e.Queue, e.Kind, e.Due, e.Priority, e.Tier = q.id, c.kind, c.due, c.priority, c.tier
	e.Customer, e.CustomerClass, e.Skills, e.Lang = c.customer.id, c.customer.class, c.skills, c.lang
	s.afterEntering(c)
}

func (s *Sim) enterQueue(c *contact, q *queue) {
	c.step++
	waits := c.state == stateQueued || c.state == stateOffered
	c.queue.remove(c)
	c.queue, c.state, c.refused = q, stateQueued, c.refused[:0]
	c.priority = q.priority
	if c.customer.vip {
		c.priority += 4
	}
	if !waits {
		c.queuedAt = s.now
	}
	if c.patience == 0 && c.kind == metrics.KindLive && c.channel != email {
		c.patience = s.patienceOf(c)
	}
}

func (s *Sim) patienceOf(c *contact) int64 {
	if s.chance(hastyShare) {
		return s.between(1000, 9000)
	}
	mean := chatPatience
	if c.channel == voice {
		mean = callPatience
	}
	switch {
	case c.moved || c.replied:
		mean *= 5 // whoever was in talks already has more to lose
	case s.chance(calmShare):
		mean *= 5
	}
	return second + s.exp(mean)
}

// afterEntering sets what ends a wait without an answer and looks for someone.
func (s *Sim) afterEntering(c *contact) {
	c.queue.add(c)
	if c.kind == metrics.KindLive && c.channel != email {
		s.in(max(0, c.queuedAt+c.patience-s.now), func() { s.loseHeart(c) })
		s.waitEvents(c)
	}
	s.place(c)
}

// waitEvents are what happens while a customer waits: a standing text, an
// impatient line, and the ways a long wait is cut.
func (s *Sim) waitEvents(c *contact) {
	since := c.queuedAt
	still := func(do func()) func() {
		return func() {
			if c.state == stateQueued && c.queuedAt == since {
				do()
			}
		}
	}
	if c.channel < voice {
		if s.chance(0.25) {
			s.next(c, 400, func() { s.say(c, metrics.PartyAuto, nil) })
		}
		s.in(25*second, still(func() { s.sayCustomer(c) }))
		s.in(900*second, still(func() { s.close(c, metrics.OutcomeTimedOut, metrics.PartySystem) }))
		if c.queue.overflow != nil && !c.overflowed {
			s.in(s.between(110, 130)*second, still(func() {
				c.overflowed = true
				s.enqueue(c, c.queue.overflow)
			}))
		}
		return
	}
	if c.channel == voice {
		s.in(s.between(55, 70)*second, still(func() { s.cutCall(c) }))
	}
}

// cutCall ends a long wait on the phone: some take a callback, some calls
// overflow to the complaint desk, where the experienced answer.
func (s *Sim) cutCall(c *contact) {
	desk := s.queueNamed("complaint")
	switch {
	case s.chance(0.3):
		s.close(c, metrics.OutcomeCallback, metrics.PartyCustomer)
		s.in(300, func() {
			again := s.newContact(voice, c.queue)
			again.customer, again.topic = c.customer, c.topic
			s.askForCallback(again)
		})
	case c.queue != desk && !c.overflowed:
		c.overflowed = true
		s.close(c, metrics.OutcomeOverflowed, metrics.PartySystem)
		s.in(s.between(200, 900), func() {
			s.open[c.source]++
			s.enqueue(c, desk)
		})
	}
}

// loseHeart is the end of a customer's patience.
func (s *Sim) loseHeart(c *contact) {
	if c.state != stateQueued && c.state != stateOffered || s.now < c.queuedAt+c.patience {
		return
	}
	for _, p := range c.offers {
		if s.chance(0.6) {
			s.failOffer(c, p, metrics.OfferCustomerLeft)
		}
	}
	outcome, by := metrics.OutcomeAbandoned, metrics.PartyCustomer
	switch {
	case c.overflowed && c.channel == voice:
		by = metrics.PartyNone
	case s.chance(0.08):
		outcome = metrics.OutcomeCancelled
	}
	s.close(c, outcome, by)
}

// place offers a waiting contact to the best person, if there is one.
func (s *Sim) place(c *contact) {
	if c.state != stateQueued {
		return
	}
	p := s.bestFor(c)
	if p == nil {
		return
	}
	s.offer(c, p)
	if c.channel < voice && c.customer.vip && s.chance(0.15) {
		if other := s.bestFor(c); other != nil {
			s.offer(c, other) // a VIP rings at two desks; the first to take it has it
		}
	}
}

func (s *Sim) bestFor(c *contact) *person {
	var best *person
	bestRank := int32(0)
	share := s.chance(sharedWork)
	for _, p := range c.queue.members {
		if !p.may(c) {
			continue
		}
		rank := rankFor(p, c, share)
		if best == nil || rank < bestRank || rank == bestRank && p.taken < best.taken {
			best, bestRank = p, rank
		}
	}
	return best
}

// rankFor orders people for a chat: those at work below comfort first, then
// the idle, then those beyond comfort; for a call by membership alone.
func rankFor(p *person, c *contact, share bool) int32 {
	home := 3 * (p.priorityIn(c.queue) - 1)
	switch {
	case c.channel == voice:
		return home
	case share:
		return home + p.load
	case p.load < comfort:
		return home + comfort - 1 - p.load
	}
	return home + 8 + p.load
}

// offer rings at p.
func (s *Sim) offer(c *contact, p *person) {
	c.queue.remove(c)
	c.state = stateOffered
	c.offers = append(c.offers, p)
	p.ringing++
	p.taken = s.now
	e := s.about(metrics.TypeSessionOffered, c)
	e.Agent = p.id
	s.ring(c, p)
}

// ring decides what becomes of the offer that p has before them.
func (s *Sim) ring(c *contact, p *person) {
	missed, limit, take := chatMissed, 20*second, min(18*second, s.logNormal(4200, 0.6))
	if c.channel == voice {
		missed, limit, take = callMissed, 15*second, min(14*second, s.logNormal(5200, 0.45))
	}
	if c.channel == email {
		take = s.between(5, 60) * second
	}
	since := c.step
	live := func() bool { return c.step == since && slices.Contains(c.offers, p) }
	switch {
	case s.chance(missed):
		s.in(limit, func() {
			if live() {
				s.missOffer(c, p)
			}
		})
	case s.chance(0.006):
		s.in(s.between(1, 6)*second, func() {
			if live() {
				s.failOffer(c, p, metrics.OfferRejected)
				s.placeAgain(c, p)
			}
		})
	default:
		s.in(take, func() {
			switch {
			case !live():
			case p.lost:
				s.failOffer(c, p, metrics.OfferTimeout)
				s.placeAgain(c, p)
			default:
				s.take(c, p)
			}
		})
	}
}

// missOffer is an offer nobody reacted to. Two in a row, and the platform
// takes the person off the floor for a moment.
func (s *Sim) missOffer(c *contact, p *person) {
	reason := metrics.OfferMissed
	if p.lost {
		reason = metrics.OfferTimeout
	}
	s.failOffer(c, p, reason)
	if !p.lost && p.working && p.load == 0 && s.chance(0.5) {
		s.pauseNow(p, standing{presence: metrics.PresencePaused, reason: s.words.missed, planned: metrics.No}, 90*second)
	}
	s.placeAgain(c, p)
}

// failOffer ends one offer; the contact waits again once none rings.
func (s *Sim) failOffer(c *contact, p *person, why metrics.OfferFailure) {
	e := s.about(metrics.TypeSessionOfferFailed, c)
	e.Agent, e.OfferFailure = p.id, why
	p.ringing--
	c.offers = slices.DeleteFunc(slices.Clone(c.offers), func(x *person) bool { return x == p })
	c.refused = append(c.refused, p)
	if len(c.offers) == 0 {
		c.state = stateQueued
		if c.direct {
			c.state = stateOpen
		}
	}
	s.leaveIfDone(p)
	s.in(0, func() { s.feed(p) })
}

// placeAgain looks for the next person after an offer failed. Once everybody
// has refused they may be asked anew.
func (s *Sim) placeAgain(c *contact, p *person) {
	switch {
	case c.state == stateOpen: // a direct transfer nobody took
		c.patience = 0
		s.enqueue(c, c.queue)
	case c.state == stateQueued:
		if len(c.refused) > 3 {
			c.refused = append(c.refused[:0], p)
		}
		c.queue.add(c)
		s.place(c)
	}
}

// feed gives a person the contact that is most urgent among those that wait
// for them, and again until they are busy or nobody waits.
func (s *Sim) feed(p *person) {
	for p.available() && p.ringing == 0 && p.load < p.total {
		var best *contact
		for _, seat := range p.seats {
			best = firstFor(p, seat.queue, best)
		}
		if p.helping != nil {
			best = firstFor(p, p.helping, best)
		}
		if best == nil {
			return
		}
		s.offer(best, p)
	}
}

// firstFor returns the first contact of q that p may take if it is served
// before best.
func firstFor(p *person, q *queue, best *contact) *contact {
	for i, c := range q.waiting {
		if i >= 60 {
			break // far back in a long line; the front decides
		}
		if p.may(c) {
			if best == nil || ahead(c, best) {
				return c
			}
			return best
		}
	}
	return best
}
