package oracle

import (
	"wallboard/metrics"
	"wallboard/metrics/fact"
)

// order is one purchase.
type order struct {
	since                              int64 // of its last event
	created, paid, cancelled, refunded int64
	reminded                           int64
	returned                           float64 // refunded
	refundCell                         cell
	amount                             float64 // paid
	owed                               float64 // created
	customer                           string  // the first known
	createdBy, paidBy                  string
	cell                               cell
	paidCell                           cell
}

// orderOf returns the order of an event, anew where it has been forgotten.
func (f *Floor) orderOf(ev *metrics.Event) *order {
	id := ev.Order.String()
	if o := f.orders[id]; o != nil && ev.Time-o.since <= keepOrders {
		o.since = ev.Time
		return o
	}
	o := &order{since: ev.Time}
	f.orders[id] = o
	f.orderList = append(f.orderList, o)
	return o
}

// order keeps a stage, each once.
func (s *session) order(e *episode, ev *metrics.Event) {
	o := s.floor.orderOf(ev)
	told := map[metrics.OrderStage]int64{metrics.OrderCreated: o.created, metrics.OrderPaid: o.paid, metrics.OrderCancelled: o.cancelled, metrics.OrderRefunded: o.refunded}
	if ev.Reminded == metrics.Yes && o.reminded == 0 {
		o.reminded = ev.Time
		e.note(orderReminded, ev, 1)
	}
	if told[ev.Stage] != 0 {
		return
	}
	if o.customer == "" {
		o.customer = ev.Customer.String()
	}
	if o.customer == "" {
		o.customer = s.customer
	}
	switch ev.Stage {
	case metrics.OrderCreated:
		o.created, o.createdBy, o.owed, o.cell = ev.Time, o.customer, ev.Amount, e.cell(ev)
	case metrics.OrderPaid:
		o.paid, o.paidBy, o.amount, o.paidCell = ev.Time, o.customer, ev.Amount, e.cell(ev)
		if o.reminded != 0 {
			e.note(paidAfterReminder, ev, 1)
		}
		s.floor.credit(s, o)
	case metrics.OrderCancelled:
		o.cancelled = ev.Time
	case metrics.OrderRefunded:
		o.refunded, o.returned, o.refundCell = ev.Time, ev.Amount, e.cell(ev)
	}
}

// keepOrders is how long an order may stay unpaid before nobody waits for it.
const keepOrders = 7 * dayMs

const dayMs = 24 * 3_600_000

// credit lays a paid order to the customer's last replied session.
func (f *Floor) credit(s *session, o *order) {
	to, who := s, o.customer
	if who != "" {
		to = nil
		for _, e := range f.episodes {
			if c := e.session; c.customer == who && c.lastReply != 0 && (to == nil || c.lastReply >= to.lastReply) {
				to = c
			}
		}
	}
	spam := to != nil && to.last != nil && to.live == nil && to.last.outcome == metrics.OutcomeSpam
	if to != nil && (who != "" || !spam) && to.lastReply != 0 && o.paid-to.lastLine <= dayMs {
		to.credited = true
	}
}

// orderedIn says whether the customer ordered after an instant and up to
// another; orders paid count too where asked for.
func (f *Floor) orderedIn(customer string, after, to int64, orPaid bool) bool {
	in := func(t int64) bool { return t != 0 && t > after && t <= to }
	for _, o := range f.orderList {
		if o.createdBy == customer && in(o.created) || orPaid && o.paidBy == customer && in(o.paid) {
			return true
		}
	}
	return false
}

// repurchase is of the episodes that a person had, of customers who had
// ordered before.
func (f *Floor) repurchase(out Figures, s Scope, w span) {
	served, again := 0, 0
	for _, m := range f.marks {
		customer := m.customer()
		if m.what != closedByPerson || customer == "" || !w.holds(m.t) || !s.owns(&m) {
			continue
		}
		if f.orderedIn(customer, -1<<62, m.t, true) {
			served++
			again += one(f.orderedIn(customer, m.t, m.t+dayMs, false))
		}
	}
	out.percent("repurchase_rate", again, served)
}

func (m *mark) customer() string { return m.episode.session.customer }

// enquiries are the customers who asked today, and who of them ordered.
func (f *Floor) enquiries(out Figures, s Scope) {
	today := f.span(fact.WindowToday)
	asked, ordered := map[string]bool{}, 0
	for _, e := range f.episodes {
		if e.byCustomer() && e.session.customer != "" && e.openedIn(s, today) {
			asked[e.session.customer] = true
		}
	}
	for customer := range asked {
		ordered += one(f.orderedIn(customer, f.dayStart-1, f.at, true))
	}
	out.percent("enquiry_conversion", ordered, len(asked))
}

func (f *Floor) orderFigures(out Figures, s Scope, w span) {
	out.percent("reminder_conversion", len(f.marked(paidAfterReminder, s, w)), len(f.marked(orderReminded, s, w)))
	sold, net := 0.0, 0.0
	for _, o := range f.orderList {
		if c := o.paidCell; o.paid != 0 && w.holds(o.paid) && s.holds(c) {
			sold, net = sold+o.amount, net+o.amount
		}
		if c := o.refundCell; o.refunded != 0 && w.holds(o.refunded) && s.holds(c) {
			net -= o.returned
		}
	}
	out.set("order_amount", sold)
	out.set("amount_net", net)
	f.repurchase(out, s, w)
	if s.people() {
		return
	}
	var unpaid []int64
	owed := 0.0
	for _, o := range f.orderList {
		if o.created != 0 && o.paid == 0 && o.cancelled == 0 && f.at-o.since <= keepOrders && s.holds(o.cell) {
			unpaid = append(unpaid, o.created)
			owed += o.owed
		}
	}
	out.count("unpaid_orders", len(unpaid))
	f.age(out, "unpaid_orders_oldest", unpaid)
	out.set("unpaid_orders_amount", owed)
	opened := 0
	for _, e := range f.episodes {
		opened += one(e.openedIn(s, w))
	}
	out.ratio("touchpoint_value", sold, float64(opened), 1)
}
