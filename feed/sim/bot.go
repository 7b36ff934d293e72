package sim

import (
	"wallboard/metrics"
	"wallboard/metrics/clean"
)

const (
	botFirst       = 0.85 // chat, app and wechat customers who meet the bot first
	asksForPerson  = 0.18 // of them want a person from the start
	botUnderstands = 0.90
	botIgnores     = 0.04 // requests for a person not heard
	aiAgents       = 0.08 // of bot phases are with an AI agent that has a name
)

// startBot begins a contact with the bot.
func (s *Sim) startBot(c *contact) {
	if s.chance(aiAgents) {
		c.machine = pick(s, s.machines)
		s.begin(c, metrics.No)
		e := s.about(metrics.TypeSessionAssigned, c)
		e.Agent = c.machine.id
		c.state = stateBot
	} else {
		s.begin(c, metrics.Yes)
	}
	c.botTurns = s.atLeastOne(3.0)
	c.wants = s.chance(asksForPerson)
	s.next(c, s.between(800, 6000), func() { s.botTurn(c) })
}

// botTurn is a customer's line and the bot's answer.
func (s *Sim) botTurn(c *contact) {
	s.say(c, metrics.PartyCustomer, nil)
	s.feel(c, 0.01)
	s.next(c, s.between(300, 1800), func() { s.botReply(c) })
}

func (s *Sim) botReply(c *contact) {
	understands := botUnderstands
	if s.during(IncidentBotFailure) {
		understands = 0.25
	}
	e := s.about(metrics.TypeSessionBotReply, c)
	understood := s.chance(understands)
	e.Understood = choice(understood)
	c.botTurns--
	if understood && !c.named && (s.humanOnly(c.topic) || s.chance(0.1)) {
		c.named = true
		s.about(metrics.TypeSessionTagged, c).Topic = c.topic
	}
	if understood {
		c.failures = 0
	} else {
		c.failures++
	}
	if c.machine != nil && s.chance(0.3) {
		s.next(c, 700, func() {
			s.say(c, metrics.PartyBot, c.machine)
			s.afterBot(c)
		})
		return
	}
	s.afterBot(c)
}

// afterBot decides how it goes on after a reply of the bot.
func (s *Sim) afterBot(c *contact) {
	switch {
	case s.humanOnly(c.topic) && s.chance(0.75):
		s.next(c, 300, func() { s.handOff(c, metrics.HandoffRule) })
	case c.wants:
		s.next(c, s.between(1000, 7000), func() { s.askForPerson(c) })
	case c.failures >= 2 && s.chance(0.7), c.failures >= 4:
		s.next(c, 300, func() { s.handOff(c, metrics.HandoffFailures) })
	case c.botTurns > 0:
		s.next(c, min(170*second, s.logNormal(11_000, 0.7)), func() { s.botTurn(c) })
	default:
		s.next(c, min(120*second, s.logNormal(14_000, 0.6)), func() { s.endBot(c) })
	}
}

// askForPerson is the sentence nobody should overlook; now and then the bot
// does.
func (s *Sim) askForPerson(c *contact) {
	s.say(c, metrics.PartyCustomer, nil)
	s.about(metrics.TypeSessionHumanRequested, c)
	if !s.chance(botIgnores) {
		s.next(c, s.between(500, 4000), func() { s.handOff(c, metrics.HandoffUser) })
		return
	}
	c.wants = false
	c.botTurns = 2
	c.failures = 2
	s.next(c, s.between(35, 100)*second, func() { s.botTurn(c) })
}

// handOff passes the contact from the bot to a queue.
func (s *Sim) handOff(c *contact, why metrics.HandoffTrigger) {
	e := s.about(metrics.TypeSessionHandoff, c)
	e.Trigger = why
	c.state = stateOpen
	c.step++
	minute := s.minuteOfDay(s.now)
	s.next(c, s.between(30, 500), func() {
		switch {
		case c.queue.openAt(minute):
			s.enqueue(c, c.queue)
		case s.chance(0.5):
			s.enqueue(c, s.queueNamed("night"))
		default:
			s.leaveMessage(c)
		}
	})
}

// endBot closes what the bot handled alone.
func (s *Sim) endBot(c *contact) {
	outcome, by := metrics.OutcomeResolved, metrics.PartyCustomer
	switch {
	case c.failures > 0 && s.chance(0.6):
		outcome = metrics.OutcomeUnresolved
	case s.chance(0.08):
		outcome = metrics.OutcomeUnresolved
	case s.chance(0.10):
		outcome, by = metrics.OutcomeCompleted, metrics.PartySystem
	case s.chance(0.3):
		by = metrics.PartyBot
	case s.chance(0.004):
		outcome, by = metrics.OutcomeSpam, metrics.PartySystem
	}
	s.close(c, outcome, by)
	if s.chance(0.35) {
		s.in(s.between(1, 20)*second, func() { s.tag(c) })
	}
	if s.chance(0.07) {
		s.in(s.between(3, 40)*second, func() { s.rate(c) })
	}
	if s.chance(0.15) {
		s.in(s.between(1, 60)*second, func() { s.screen(c, metrics.PartyBot) })
	}
	if s.buys(c, 0.13) {
		s.in(s.between(20, 200)*second, func() { s.order(c) })
	}
	s.maybeReturn(c, 0.012)
}

func (s *Sim) humanOnly(topic clean.Text) bool {
	switch topic.String() {
	case "funds", "defect", "privacy":
		return true
	}
	return false
}
