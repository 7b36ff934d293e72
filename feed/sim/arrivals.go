package sim

import (
	"math/rand/v2"
	"strconv"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

const (
	// arrivalsPerSecond is the floor's rate at level 1 of the curves, Load 1.
	arrivalsPerSecond = 1.68

	// recentCustomers is how many customers are remembered as possible
	// returners.
	recentCustomers = 5000
	returnChance    = 0.06 // with something else
	againChance     = 0.20 // with what they came for before
	recentVisits    = 400  // remembered per queue

	byMessage  = 0.012 // leave a message though people are there
	byCallback = 0.06  // of callers ask to be called back
)

// stream is one Poisson flow of customers, with randomness of its own: an
// incident or a promotion elsewhere does not change who comes here.
type stream struct {
	queue   *queue
	channel int
	perMS   float64 // at level 1 of the curve
	curve   *curve
	draw    *rand.Rand
}

// customer is who contacts the shop.
type customer struct {
	id    clean.Text
	class clean.Text
	vip   bool
}

// scheduleArrival sets the stream's next arrival after from, in ms with its
// fraction. Within a minute the rate is constant, and an exponential gap that
// reaches beyond it may be drawn anew from the next minute's rate: the process
// has no memory.
func (s *Sim) scheduleArrival(st *stream, from float64) {
	for t := from; ; {
		minute := (int64(t) - s.opt.DayStart) / millisPerMinute
		edge := float64(s.opt.DayStart + (minute+1)*millisPerMinute)
		rate := st.perMS * st.curve[minute%dayMinutes] * s.surge(st, int64(t))
		if rate > 0 {
			if next := t + st.draw.ExpFloat64()/rate; next < edge {
				s.timers.push(max(int64(next), s.now), func() { s.arrive(st, next) })
				return
			}
		}
		t = edge
	}
}

// arrive lets one customer in; exact is the time with its fraction of a ms.
func (s *Sim) arrive(st *stream, exact float64) {
	s.scheduleArrival(st, exact)
	c := s.newContact(st.channel, st.queue)
	s.introduceCustomer(c)
	if st.queue.id.String() == "cross-border" && s.chance(0.7) {
		c.lang = s.words.en
	}
	inHours := st.queue.openAt(s.minuteOfDay(s.now))
	switch {
	case st.channel == voice && (!inHours || s.chance(byCallback)):
		c.touchpoint = s.words.callback
		s.askForCallback(c)
	case st.channel < voice && inHours && s.chance(byMessage):
		s.begin(c, metrics.No)
		s.leaveMessage(c)
	case st.channel == voice:
		s.begin(c, metrics.No)
		s.in(s.between(200, 1500), func() { s.enqueue(c, c.queue) })
	case st.channel == email:
		s.begin(c, metrics.No)
		s.sayCustomer(c)
		s.in(50, func() { s.enqueue(c, c.queue) })
	case !inHours || s.chance(botFirst):
		s.startBot(c)
	default:
		s.begin(c, metrics.No)
		s.in(s.between(100, 2500), func() {
			s.sayCustomer(c)
			s.in(s.between(50, 400), func() { s.enqueue(c, c.queue) })
		})
	}
}

// newContact makes a contact that has not spoken yet.
func (s *Sim) newContact(channel int, q *queue) *contact {
	s.contacts++
	c := &contact{channel: channel, queue: q, home: q, tier: 1, lang: s.words.zh, source: sourceIM}
	if channel == voice {
		c.source = sourceACD
	}
	var buf [24]byte
	c.id = clean.Own(string(strconv.AppendUint(append(buf[:0], channelNames[channel][0], '-'), 100_000+s.contacts, 10)))
	if s.chance(0.3) {
		c.skills = q.skills
	}
	c.touchpoint = pick(s, s.touch[channel])
	c.insight = s.chance(0.2)
	return c
}

// visit is a customer who was at a queue, and what for.
type visit struct {
	who   customer
	topic clean.Text
}

// introduceCustomer says who comes and what about: somebody new, somebody who
// was here before, or somebody whose matter is not settled.
func (s *Sim) introduceCustomer(c *contact) {
	q := c.queue
	if n := len(q.visits); n > 20 && s.chance(againChance) {
		v := q.visits[s.draw.IntN(n)]
		c.customer, c.topic = v.who, v.topic
		return
	}
	c.customer = s.nextCustomer()
	c.topic = s.topicFor(c)
	if len(q.visits) < recentVisits {
		q.visits = append(q.visits, visit{c.customer, c.topic})
		return
	}
	q.visits[q.visit] = visit{c.customer, c.topic}
	q.visit = (q.visit + 1) % recentVisits
}

func (s *Sim) nextCustomer() customer {
	if len(s.customers) > 200 && s.chance(returnChance) {
		return pick(s, s.customers)
	}
	s.strangers++
	var buf [24]byte
	who := customer{id: clean.Own(string(strconv.AppendUint(append(buf[:0], "u-"...), 500_000+s.strangers*7919%9_000_011, 36)))}
	switch {
	case s.chance(0.06):
		who.class, who.vip = s.words.vip, true
	case s.chance(0.3):
		who.class = s.words.fresh
	default:
		who.class = s.words.regular
	}
	if len(s.customers) < recentCustomers {
		s.customers = append(s.customers, who)
	} else {
		s.customers[s.customer] = who
		s.customer = (s.customer + 1) % recentCustomers
	}
	return who
}

// topicFor draws what the contact is about; an incident decides it for most.
func (s *Sim) topicFor(c *contact) clean.Text {
	switch {
	case incidentSurge(IncidentLogistics, c.queue.id.String()) > 1 && s.during(IncidentLogistics) && s.chance(0.8):
		return s.words.delayTopic
	case incidentSurge(IncidentPaymentFailure, c.queue.id.String()) > 1 && s.during(IncidentPaymentFailure) && s.chance(0.8):
		return s.words.paymentTopic
	}
	return pick(s, c.queue.topics)
}

// begin speaks session.opened.
func (s *Sim) begin(c *contact, bot metrics.Choice) {
	s.open[c.source]++
	c.state = stateOpen
	if bot == metrics.Yes {
		c.state = stateBot
	}
	e := s.about(metrics.TypeSessionOpened, c)
	e.Customer, e.CustomerClass = c.customer.id, c.customer.class
	e.Origin, e.Bot = c.origin, bot
	if e.Origin == metrics.PartyNone {
		e.Origin = metrics.PartyCustomer
	}
	e.Touchpoint, e.Skills, e.Lang = c.touchpoint, c.skills, c.lang
	if c.insight {
		e.Insight = metrics.Yes
	}
}

func newArrivalDraw(seed uint64, stream int) *rand.Rand {
	return rand.New(rand.NewPCG(seed, 0x6172_7269_7661_6c00+uint64(stream)))
}
