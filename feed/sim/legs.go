package sim

import (
	"slices"

	"wallboard/metrics"
)

const (
	chatWrap = 16_000.0 // ms, median
	callWrap = 22_000.0 // ms, median
)

// seize takes one of p's slots.
func (s *Sim) seize(c *contact, p *person) {
	p.used[c.channel]++
	p.load++
}

// release frees the slot, and whoever is next gets it.
func (s *Sim) release(c *contact, p *person) {
	p.used[c.channel]--
	p.load--
	s.leaveIfDone(p)
	s.in(0, func() { s.feed(p) })
}

// leaveLeg ends the running leg without ending the episode: after a transfer
// the sender may wrap while the next one talks. The room has been cleared.
func (s *Sim) leaveLeg(c *contact, wraps bool) {
	p := c.agent
	c.agent = nil
	p.dropLeg(c)
	if wraps {
		s.wrap(c, p, nil)
		return
	}
	s.release(c, p)
}

// clearRoom lets everyone go who is in besides the one who handles it.
func (s *Sim) clearRoom(c *contact) {
	for len(c.extras) > 0 {
		s.unjoin(c, c.extras[0])
	}
	s.stopListening(c)
}

func (p *person) dropLeg(c *contact) {
	if i := slices.Index(p.legs, c); i >= 0 {
		p.legs = slices.Delete(p.legs, i, i+1)
	}
}

// wrap speaks the wrap of p's leg and runs then at its end.
func (s *Sim) wrap(c *contact, p *person, then func()) {
	e := s.about(metrics.TypeSessionWrapStarted, c)
	e.Agent = p.id
	c.wraps = append(c.wraps, p)
	median := chatWrap
	if c.channel == voice {
		median = callWrap
	}
	if s.during(IncidentSlowSystem) {
		median *= 2.2
	}
	s.in(max(1500, min(240*second, s.logNormal(median, 0.6))), func() {
		if s.endWrap(c, p) && then != nil {
			then()
		}
	})
}

// endWrap frees the slot of a wrap, unless a close has ended it before.
func (s *Sim) endWrap(c *contact, p *person) bool {
	i := slices.Index(c.wraps, p)
	if i < 0 {
		return false
	}
	c.wraps = slices.Delete(c.wraps, i, i+1)
	s.about(metrics.TypeSessionWrapEnded, c).Agent = p.id
	s.release(c, p)
	return true
}

// endService ends what a person handled the ordinary way.
func (s *Sim) endService(c *contact) {
	outcome, by := s.outcomeOf(c)
	s.finish(c, outcome, by)
}

// finish ends the leg and the episode: most contacts close and are wrapped up
// afterwards, some are wrapped up first.
func (s *Sim) finish(c *contact, outcome metrics.Outcome, by metrics.Party) {
	s.clearRoom(c)
	p := c.agent
	c.step++
	p.dropLeg(c)
	if c.channel != voice && by == metrics.PartyAgent && s.chance(0.4) {
		c.state = stateWrapping
		s.wrap(c, p, func() {
			c.agent = nil
			s.close(c, outcome, metrics.PartyAgent)
			s.aftercare(c, p, outcome)
		})
		return
	}
	c.agent = nil
	s.close(c, outcome, by)
	if s.chance(0.92) {
		s.wrap(c, p, func() { s.aftercare(c, p, outcome) })
		return
	}
	s.release(c, p)
	s.aftercare(c, p, outcome)
}

// outcomeOf draws how a contact handled by a person ends.
func (s *Sim) outcomeOf(c *contact) (metrics.Outcome, metrics.Party) {
	by := metrics.PartyAgent
	if s.chance(0.4) {
		by = metrics.PartyCustomer
	}
	switch {
	case s.chance(0.04):
		return metrics.OutcomeNone, metrics.PartySystem
	case s.chance(0.06):
		return metrics.OutcomeCompleted, by
	case c.moved && s.chance(0.15), s.chance(0.10):
		return metrics.OutcomeUnresolved, by
	}
	return metrics.OutcomeResolved, by
}

// close ends the episode.
func (s *Sim) close(c *contact, outcome metrics.Outcome, by metrics.Party) {
	for len(c.wraps) > 0 {
		s.endWrap(c, c.wraps[0]) // a wrap begun before the close ends with it at the latest
	}
	for _, p := range c.offers {
		p.ringing--
		s.leaveIfDone(p)
		s.in(0, func() { s.feed(p) })
	}
	c.offers = c.offers[:0]
	c.queue.remove(c)
	c.step++
	c.state = stateClosed
	s.open[c.source]--
	e := s.about(metrics.TypeSessionClosed, c)
	e.Outcome, e.By = outcome, by
}

// maybeReturn lets the customer come back to a closed contact with probability
// p: to the person who knew it, if there and free, else to the queue.
func (s *Sim) maybeReturn(c *contact, p float64) {
	if c.reopened >= 2 || c.channel == voice || !s.chance(p) {
		return
	}
	s.in(2*millisPerMinute+s.exp(14)*millisPerMinute, func() { s.reopen(c, metrics.PartyCustomer) })
}

func (s *Sim) reopen(c *contact, by metrics.Party) {
	minute := s.minuteOfDay(s.now)
	if c.state != stateClosed || !c.queue.openAt(minute) || !c.home.openAt(minute) {
		return
	}
	c.reopened++
	c.step++
	c.state, c.kind, c.due = stateOpen, metrics.KindLive, 0
	c.overflowed, c.moved, c.replied, c.patience, c.queuedAt = false, false, false, 0, s.now
	s.open[c.source]++
	e := s.about(metrics.TypeSessionReopened, c)
	e.By = by
	p := c.last
	back := p != nil && p.available() && p.free(c.channel) && !slices.Contains(c.wraps, p)
	if by == metrics.PartyAgent && !back {
		s.next(c, 500, func() { s.close(c, metrics.OutcomeCompleted, metrics.PartyAgent) })
		return
	}
	if by == metrics.PartyCustomer {
		s.sayCustomer(c)
	}
	if back && (by == metrics.PartyAgent || s.chance(0.5)) {
		s.startLeg(c, p)
		return
	}
	s.next(c, s.between(100, 2000), func() { s.enqueue(c, c.home) })
}
