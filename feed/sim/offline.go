package sim

import "wallboard/metrics"

// leaveMessage turns a contact outside opening hours into a 留言, due half an
// hour after the queue opens.
func (s *Sim) leaveMessage(c *contact) {
	c.kind = metrics.KindMessage
	c.due = s.nextOpening(c.queue) + 30*millisPerMinute
	if c.queue.openAt(s.minuteOfDay(s.now)) {
		c.due = s.now + 4*60*millisPerMinute
	}
	s.sayCustomer(c)
	s.enqueue(c, c.queue)
}

// askForCallback registers a callback: at night for the morning, by day within
// the hour.
func (s *Sim) askForCallback(c *contact) {
	c.kind = metrics.KindCallback
	c.due = s.now + 40*millisPerMinute
	if !c.queue.openAt(s.minuteOfDay(s.now)) {
		c.due = s.nextOpening(c.queue) + 90*millisPerMinute
	}
	c.due -= c.due % second
	c.unripe = true
	s.begin(c, metrics.No)
	s.in(s.between(5, 25)*second, func() { s.enqueue(c, c.queue) })
	// Some are dialled only when they are due: a busy floor makes them late.
	s.in(c.due-s.now-s.between(0, 20)*millisPerMinute, func() {
		c.unripe = false
		s.place(c)
	})
}

// nextOpening returns the next time at which q opens.
func (s *Sim) nextOpening(q *queue) int64 {
	day := (s.now - s.opt.DayStart) / millisPerDay
	at := s.opt.DayStart + day*millisPerDay + int64(q.open)*millisPerMinute
	if at <= s.now {
		at += millisPerDay
	}
	return at
}

// answerMessage writes the reply to a 留言 and closes it.
func (s *Sim) answerMessage(c *contact) {
	s.next(c, min(300*second, s.logNormal(45_000, 0.6)), func() {
		c.replied = true
		s.say(c, metrics.PartyAgent, c.agent)
		s.next(c, s.between(2, 12)*second, func() { s.endService(c) })
	})
}

// answerMail writes the reply to an email and closes it.
func (s *Sim) answerMail(c *contact) {
	c.replied = true
	s.say(c, metrics.PartyAgent, c.agent)
	s.next(c, s.between(3, 20)*second, func() { s.endService(c) })
}

// closeHours moves who still waits when the queues change hands: at midnight to
// the night desk, at opening time back to where they belong.
func (s *Sim) closeHours() {
	minute := s.minuteOfDay(s.now)
	night := s.queueNamed("night")
	for _, q := range s.queues {
		for _, c := range append([]*contact(nil), q.waiting...) {
			switch {
			case c.kind != metrics.KindLive || c.channel == email:
			case q == night && minute >= 8*60:
				s.enqueue(c, c.home)
			case q.openAt(minute):
			case c.channel == voice:
				s.close(c, metrics.OutcomeCallback, metrics.PartySystem)
				again := s.newContact(voice, c.home)
				again.customer, again.topic = c.customer, c.topic
				s.askForCallback(again)
			default:
				s.enqueue(c, night)
			}
		}
	}
}

// outbound lets presale people write to customers by themselves when they have
// room, and comes back.
func (s *Sim) outbound() {
	s.in(10*second+s.exp(45_000), s.outbound)
	minute := s.minuteOfDay(s.now)
	if minute < 9*60 || minute > 22*60 {
		return
	}
	p := pick(s, s.teams[s.draw.IntN(2)].people)
	ch := chat
	if p.team == s.teams[1] {
		ch = wechat
	}
	if !p.available() || !p.free(ch) || p.load > 1 {
		return
	}
	q := p.seats[0].queue
	if len(q.waiting) > 0 {
		return
	}
	c := s.newContact(ch, q)
	c.origin, c.customer = metrics.PartyAgent, s.nextCustomer()
	c.topic = pick(s, q.topics)
	s.begin(c, metrics.No)
	s.startOwn(c, p)
}

// startOwn is a chat that the agent began: the customer answers, or does not.
func (s *Sim) startOwn(c *contact, p *person) {
	c.state, c.agent, c.last = stateActive, p, p
	s.seize(c, p)
	p.legs = append(p.legs, c)
	s.about(metrics.TypeSessionAssigned, c).Agent = p.id
	s.next(c, s.between(1, 6)*second, func() {
		c.replied = true
		s.say(c, metrics.PartyAgent, p)
		if s.chance(0.55) {
			c.turns = s.atLeastOne(2.5)
			s.next(c, s.logNormal(30_000, 0.7), func() { s.customerTurn(c) })
			return
		}
		s.next(c, s.between(60, 120)*second, func() { s.endService(c) })
	})
}
