package oracle

import (
	"wallboard/metrics"
	"wallboard/metrics/fact"
)

// order is one purchase.
type order struct {
	created, paid, cancelled, refunded int64
	reminded                           int64
	returned                           float64 // refunded
	refundCell                         cell
	amount                             float64 // paid
	owed                               float64 // created
	customer, currency                 string
	cell                               cell
	paidCell                           cell
	touchpoint                         string
}

// order keeps a stage, each once.
func (s *session) order(e *episode, ev *metrics.Event) {
	f := s.floor
	o := f.orders[ev.Order.String()]
	if o == nil {
		o = &order{customer: s.customer, currency: ev.Currency.String(), touchpoint: s.touchpoint}
		if !ev.Customer.Empty() {
			o.customer = ev.Customer.String()
		}
		f.orders[ev.Order.String()] = o
		f.orderIDs = append(f.orderIDs, ev.Order.String())
	}
	if ev.Reminded == metrics.Yes && o.reminded == 0 {
		o.reminded = ev.Time
		e.note(orderReminded, ev, 1)
	}
	switch {
	case ev.Stage == metrics.OrderCreated && o.created == 0:
		o.created, o.owed, o.cell = ev.Time, ev.Amount, e.cell(ev)
	case ev.Stage == metrics.OrderPaid && o.paid == 0:
		o.paid, o.amount, o.paidCell = ev.Time, ev.Amount, e.cell(ev)
		if o.reminded != 0 {
			e.note(paidAfterReminder, ev, 1)
		}
		f.credit(s, o, ev)
	case ev.Stage == metrics.OrderCancelled && o.cancelled == 0:
		o.cancelled = ev.Time
	case ev.Stage == metrics.OrderRefunded && o.refunded == 0:
		o.refunded, o.returned, o.refundCell = ev.Time, ev.Amount, e.cell(ev)
	}
}

// keepOrders is how long an order may stay unpaid before nobody waits for it.
const keepOrders = 7 * dayMs

const dayMs = 24 * 3_600_000

// credit lays a paid order to the customer's last replied session.
func (f *Floor) credit(s *session, o *order, ev *metrics.Event) {
	to, who := s, o.customer
	if who == "" {
		who = ev.Customer.String()
	}
	if who == "" {
		who = s.customer
	}
	if who != "" {
		to = nil
		for _, e := range f.episodes {
			if c := e.session; c.customer == who && c.lastReply != 0 && (to == nil || c.lastReply >= to.lastReply) {
				to = c
			}
		}
	}
	if to != nil && to.lastReply != 0 && o.paid-to.lastLine <= dayMs {
		to.credited = true
	}
}

// orderedIn says whether the customer ordered after an instant and up to
// another; orders paid count too where asked for.
func (f *Floor) orderedIn(customer string, after, to int64, orPaid bool) bool {
	in := func(t int64) bool { return t != 0 && t > after && t <= to }
	for _, o := range f.orders {
		if o.customer == customer && (in(o.created) || orPaid && in(o.paid)) {
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
	for _, id := range f.orderIDs {
		o := f.orders[id]
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
	for _, id := range f.orderIDs {
		o := f.orders[id]
		if o.created != 0 && o.paid == 0 && o.cancelled == 0 && f.at-o.created <= keepOrders && s.holds(o.cell) {
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
