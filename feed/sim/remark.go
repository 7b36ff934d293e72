package sim

import (
	"math"
	"strconv"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// purchase is an order on its way, which another session may go on with.
type purchase struct {
	id, who clean.Text
	amount  float64
	money   clean.Text
	stages  int
}

// remark is what is said about a session at any time: verdicts, orders, tags.
func (k *walk) remark() {
	switch k.draw.IntN(6) {
	case 0:
		k.rate()
	case 1, 2:
		k.buy()
	case 3:
		k.tag()
	case 4:
		k.screen()
	default:
		k.feel()
	}
}

// rate is a verdict on some scale, with parts or without.
func (k *walk) rate() {
	e := k.tell(metrics.TypeSessionRated)
	e.Scale = []float64{5, 5, 10, 100}[k.draw.IntN(4)]
	step := e.Scale / 5
	score := func() float64 { return step * float64(1+k.draw.IntN(5)) }
	e.Score = score()
	if k.hits(0.3) {
		e.Score = math.Round(e.Score * 0.9) // on either side of four fifths
	}
	for _, part := range []*float64{&e.Speed, &e.OutcomePart, &e.Attitude, &e.SkillPart} {
		*part = math.NaN()
		if k.hits(0.5) {
			*part = score()
		}
	}
	if k.hits(0.4) {
		e.Reasons = texts([]string{ratingReasons[k.draw.IntN(len(ratingReasons))]})
	}
}

// buy moves an order on by a stage, mostly a later one; now and then it is
// another session's.
func (k *walk) buy() {
	var p *purchase
	if len(k.orders) > 0 && k.hits(0.6) {
		p = one(k.wanderer, k.orders)
	} else {
		p = &purchase{id: clean.Own("o" + strconv.Itoa(len(k.orders)+1)), who: k.who, amount: float64(k.draw.IntN(90_000)) / 100, money: clean.Own("CNY")}
		k.orders = append(k.orders, p)
	}
	e := k.tell(metrics.TypeSessionOrdered)
	e.Order, e.Amount, e.Currency = p.id, p.amount, p.money
	if k.hits(0.8) {
		e.Customer = p.who
	}
	if !k.agent.Empty() && k.hits(0.5) {
		e.AttributedTo = k.agent
	}
	switch {
	case p.stages == 0 && k.hits(0.9):
		e.Stage = metrics.OrderCreated
	case k.hits(0.6):
		e.Stage = metrics.OrderPaid
	default:
		e.Stage = metrics.OrderCreated + metrics.OrderStage(k.draw.IntN(4))
	}
	p.stages++
	e.Reminded = choice(k.hits(0.3))
}

func (k *walk) tag() {
	e := k.tell(metrics.TypeSessionTagged)
	if k.hits(0.9) {
		e.Topic = one(k.wanderer, k.topics)
	}
	e.Complaint, e.Refund = choice(k.hits(0.3)), choice(k.hits(0.2))
	if k.hits(0.3) {
		e.Confirmed = choice(k.hits(0.7))
	}
}

func (k *walk) screen() {
	e := k.tell(metrics.TypeSessionScreened)
	e.By = []metrics.Party{metrics.PartyAgent, metrics.PartyAgent, metrics.PartyBot, metrics.PartyCustomer, metrics.PartyNone}[k.draw.IntN(5)]
	if k.hits(0.3) {
		e.Violations = int32(1 + k.draw.IntN(2))
		e.Class = metrics.ViolationEfficacy + metrics.ViolationClass(k.draw.IntN(4))
		e.Severity = metrics.SeverityNote + metrics.Severity(k.draw.IntN(3))
		e.Rules = texts([]string{screeningRules[k.draw.IntN(len(screeningRules))]})
	}
}

func (k *walk) feel() {
	e := k.tell(metrics.TypeSessionEmotion)
	label := func() clean.Text { return clean.Own(emotionLabels[k.draw.IntN(len(emotionLabels))]) }
	e.Label, e.Confidence = label(), math.NaN()
	if k.hits(0.8) {
		e.Confidence = float64(k.draw.IntN(11)) / 10
	}
	if k.hits(0.3) {
		e.Actual = e.Label
		if k.hits(0.4) {
			e.Actual = label()
		}
	}
}
