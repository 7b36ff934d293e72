package sim

import (
	"math"
	"strconv"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// aftercare is what follows a contact that a person handled: tags, a rating,
// screening, orders, a return.
func (s *Sim) aftercare(c *contact, p *person, outcome metrics.Outcome) {
	if s.chance(0.8) {
		s.tag(c)
	}
	if s.chance(0.34) {
		s.in(s.between(4, 90)*second, func() { s.rateFor(c, outcome) })
	}
	if s.chance(0.6) {
		s.in(s.between(30, 400)*second, func() { s.screen(c, metrics.PartyAgent) })
	}
	if c.queue.id.String() == "refund" && outcome == metrics.OutcomeResolved && s.chance(0.4) {
		s.in(s.between(1, 60)*second, func() { s.refund(c) })
	}
	if outcome == metrics.OutcomeUnresolved {
		s.maybeReturn(c, 0.15)
	} else {
		s.maybeReturn(c, 0.025)
	}
	if c.channel != voice && s.chance(0.004) {
		s.in(s.between(60, 400)*second, func() { s.reopen(c, metrics.PartyAgent) })
	}
}

// tag says what it was about; now and then a reviewer confirms or corrects it.
func (s *Sim) tag(c *contact) {
	e := s.about(metrics.TypeSessionTagged, c)
	e.Topic = c.topic
	e.Complaint = choice(c.queue.id.String() == "complaint" && s.chance(0.7) || s.chance(0.015))
	e.Refund = choice(c.queue.id.String() == "refund" && s.chance(0.8) || s.chance(0.02))
	if s.chance(0.03) {
		e.Confirmed = choice(s.chance(0.9))
	}
}

func (s *Sim) rate(c *contact) { s.rateFor(c, metrics.OutcomeResolved) }

// rateFor is the customer's verdict; who was not helped says so.
func (s *Sim) rateFor(c *contact, outcome metrics.Outcome) {
	score := 5.0
	bad := 0.08
	if outcome == metrics.OutcomeUnresolved {
		bad = 0.6
	}
	switch {
	case s.chance(bad):
		score = float64(1 + s.draw.IntN(3))
	case s.chance(0.25):
		score = 4
	}
	e := s.about(metrics.TypeSessionRated, c)
	e.Score, e.Scale = score, 5
	e.Speed, e.OutcomePart, e.Attitude, e.SkillPart = math.NaN(), math.NaN(), math.NaN(), math.NaN()
	if s.chance(0.4) {
		e.Speed, e.OutcomePart = s.part(score-0.3), s.part(score)
		e.Attitude, e.SkillPart = s.part(score+1), s.part(score)
	}
	switch {
	case score <= 3 && s.chance(0.5):
		e.Reasons = []clean.Text{pick(s, s.words.reasons)}
	case s.chance(0.1):
		e.Reasons = []clean.Text{pick(s, s.words.praise)}
	}
}

// part is the verdict on one part of the service, near that on the whole.
func (s *Sim) part(score float64) float64 {
	return min(5, max(1, math.Round(score+s.draw.NormFloat64()*0.7)))
}

func (s *Sim) screen(c *contact, by metrics.Party) {
	e := s.about(metrics.TypeSessionScreened, c)
	e.By = by
	if s.chance(0.0006) {
		e.Violations = 1
		e.Rules = []clean.Text{pick(s, s.words.rules)}
		e.Class = pick(s, []metrics.ViolationClass{metrics.ViolationEfficacy, metrics.ViolationExaggeration, metrics.ViolationOther})
		e.Severity = pick(s, []metrics.Severity{metrics.SeverityNote, metrics.SeverityNote, metrics.SeverityWarn})
	}
}

// feel labels the customer's last line with probability p.
func (s *Sim) feel(c *contact, p float64) {
	if !s.chance(p) {
		return
	}
	label := 0
	switch x := s.draw.Float64(); {
	case x > 0.95:
		label = 3
	case x > 0.85:
		label = 2
	case x > 0.6:
		label = 1
	}
	e := s.about(metrics.TypeSessionEmotion, c)
	e.Label, e.Confidence = s.words.labels[label], math.Round(100*(0.55+0.45*s.draw.Float64()))/100
	if s.chance(0.15) {
		e.Actual = e.Label
		if s.chance(0.14) {
			e.Actual = s.words.labels[(label+1)%len(s.words.labels)]
		}
	}
}

// insightLift is how much likelier somebody buys whose wishes were known.
const insightLift = 1.35

// buys says whether a customer of the presale queues orders now.
func (s *Sim) buys(c *contact, chance float64) bool {
	switch c.home.id.String() {
	case "presale", "售前", "vip":
	default:
		return false
	}
	if c.insight {
		chance *= insightLift
	}
	return !c.ordered && s.chance(chance)
}

// order is a purchase that came of a contact: created, then paid, perhaps after
// a reminder, or cancelled, or left.
func (s *Sim) order(c *contact) {
	c.ordered = true
	s.orders++
	var buf [24]byte
	id := clean.Own(string(strconv.AppendUint(append(buf[:0], "o-"...), 7_000_000+s.orders, 10)))
	amount := math.Round(s.draw.ExpFloat64()*22_000+1900) / 100
	by := clean.Text{}
	if c.last != nil {
		by = c.last.id
	}
	stage := func(st metrics.OrderStage, reminded metrics.Choice) {
		e := s.about(metrics.TypeSessionOrdered, c)
		e.Order, e.Stage, e.Amount, e.Currency = id, st, amount, s.words.cny
		if c.lang == s.words.en {
			e.Currency = s.words.usd
		}
		e.Customer, e.AttributedTo, e.Reminded = c.customer.id, by, reminded
	}
	stage(metrics.OrderCreated, metrics.No)
	pays := 0.70
	if s.during(IncidentPaymentFailure) {
		pays = 0.2
	}
	switch {
	case s.chance(pays):
		s.in(s.logNormal(100_000, 0.8), func() { stage(metrics.OrderPaid, metrics.No) })
	case s.chance(0.6):
		s.in(15*millisPerMinute+s.exp(6)*millisPerMinute, func() {
			stage(metrics.OrderCreated, metrics.Yes) // said again: the customer was reminded
			switch {
			case s.chance(0.45):
				s.in(s.exp(9)*millisPerMinute, func() { stage(metrics.OrderPaid, metrics.Yes) })
			case s.chance(0.5):
				s.in(s.exp(30)*millisPerMinute, func() { stage(metrics.OrderCancelled, metrics.Yes) })
			}
		})
	case s.chance(0.5):
		s.in(s.exp(20)*millisPerMinute, func() { stage(metrics.OrderCancelled, metrics.No) })
	}
}

func (s *Sim) refund(c *contact) {
	s.orders++
	e := s.about(metrics.TypeSessionOrdered, c)
	e.Order = clean.Own("o-" + strconv.FormatUint(6_000_000+s.orders, 10))
	e.Stage, e.Currency = metrics.OrderRefunded, s.words.cny
	e.Amount = math.Round(s.draw.ExpFloat64()*18_000+900) / 100
	e.Customer = c.customer.id
}
