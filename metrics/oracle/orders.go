package oracle

import "wallboard/metrics"

// order is one purchase.
type order struct {
	created, paid, cancelled, reminded int64
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
		f.credit(s, o)
	case ev.Stage == metrics.OrderCancelled && o.cancelled == 0:
		o.cancelled = ev.Time
	}
}

const dayMs = 24 * 3_600_000

// credit lays a paid order to the customer's last replied session.
func (f *Floor) credit(s *session, o *order) {
	to := s
	if o.customer != "" {
		to = nil
		for _, e := range f.episodes {
			if c := e.session; c.customer == o.customer && c.lastReply != 0 && (to == nil || c.lastReply >= to.lastReply) {
				to = c
			}
		}
	}
	if to != nil && to.lastReply != 0 && o.paid-to.lastLine <= dayMs {
		to.credited = true
	}
}

// orderedBy says whether the customer had ordered by then.
func (f *Floor) orderedBy(customer string, from, to int64) bool {
	for _, o := range f.orders {
		if o.customer == customer && (o.created > from && o.created <= to || o.paid > from && o.paid <= to) {
			return true
		}
	}
	return false
}

func (f *Floor) orderFigures(out Figures, s Scope, w span) {
	out.percent("reminder_conversion", len(f.marked(paidAfterReminder, s, w)), len(f.marked(orderReminded, s, w)))
	if s.people() {
		return
	}
	var unpaid []int64
	owed, sold := 0.0, 0.0
	for _, id := range f.orderIDs {
		o := f.orders[id]
		if o.created != 0 && o.paid == 0 && o.cancelled == 0 && s.has(o.cell.queue, o.cell.channel, "", "") {
			unpaid = append(unpaid, o.created)
			owed += o.owed
		}
		if o.paid != 0 && w.holds(o.paid) && s.has(o.paidCell.queue, o.paidCell.channel, "", "") {
			sold += o.amount
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
