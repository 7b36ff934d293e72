package metrics

import (
	"cmp"
	"math"

	"wallboard/metrics/checkpoint"
	"wallboard/metrics/fact"
	"wallboard/metrics/store"
)

// Orders are kept for a week after they were last heard of: by then one that is
// neither paid nor cancelled is left.
const (
	orderMillis = 7 * dayMillis
	maxOrders   = 1 << 18
)

// order is one purchase: what is known of it in whatever order it is told.
type order struct {
	hash     uint64 // of floor and order id; 0: free
	customer uint64
	created  int64
	heard    int64
	amount   int64 // as created, hundredths of its currency
	cell     int32 // of whom it was created
	id       uint32
	idLen    uint8
	stages   uint8 // a bit for each OrderStage, and below
	currency uint16
}

const (
	orderReminded = uint8(1)      // the bit of no stage
	orderListed   = uint8(1 << 7) // among the unpaid
)

func (o *order) has(s OrderStage) bool { return o.stages>>s&1 != 0 }

// unpaid says whether the order is created, and neither paid nor cancelled.
func (o *order) unpaid() bool {
	return o.has(OrderCreated) && !o.has(OrderPaid) && !o.has(OrderCancelled)
}

// orders finds purchases by their ids.
type orders struct {
	slab  store.Slab[order]
	index store.Index
	heard store.Ring[gone]
	n     int
}

// patron is a customer who has ordered.
type patron struct {
	hash  uint64 // 0: free
	first int64  // order created or paid
	last  int64
	n     int32 // orders of theirs that are kept
}

type patrons struct {
	slab  store.Slab[patron]
	index store.Index
}

func (p *patrons) find(hash uint64) *patron {
	for ref, pos := p.index.First(hash); ref >= 0; ref, pos = p.index.Next(hash, pos) {
		if x := p.slab.At(ref); x.hash == hash {
			return x
		}
	}
	return nil
}

// take returns the customer's record, making it.
func (p *patrons) take(hash uint64) *patron {
	if x := p.find(hash); x != nil {
		return x
	}
	ref := p.slab.New()
	x := p.slab.At(ref)
	*x = patron{hash: hash}
	p.index.Add(hash, ref)
	return x
}

// leave forgets one of the customer's orders, and the customer with the last.
func (p *patrons) leave(hash uint64) {
	for ref, pos := p.index.First(hash); ref >= 0; ref, pos = p.index.Next(hash, pos) {
		if x := p.slab.At(ref); x.hash == hash {
			if x.n--; x.n <= 0 {
				p.index.Remove(hash, ref)
				p.slab.Free(ref)
			}
			return
		}
	}
}

func (o *orders) find(hash uint64) int32 {
	ref, pos := o.index.First(hash)
	for ref >= 0 && o.slab.At(ref).hash != hash {
		ref, pos = o.index.Next(hash, pos)
	}
	return ref
}

// onOrdered takes a stage of an order, each once. What it counts depends on
// other sessions than its own, so it is not taken back with the event.
func (e *Engine) onOrdered(s *sess, n *note) {
	if n.before || n.stage == OrderNone {
		return
	}
	customer := n.customer
	if customer == 0 && s.visit != 0 {
		customer = e.visits.slab.At(s.visit - 1).customer
	}
	x := e.orderOf(s, n, customer)
	f := e.floors[e.cells[s.cell].floor]
	own := e.ownCurrency(f, n.class)
	o := e.episodeOwner(s, n)
	if n.marks&markReminded != 0 && x.stages&orderReminded == 0 {
		x.stages |= orderReminded
		e.aside(o, n.time, fact.Reminded, 1)
	}
	if x.has(n.stage) {
		return
	}
	x.stages |= 1 << n.stage
	switch n.stage {
	case OrderCreated:
		x.created, x.amount, x.cell = n.time, n.due, o.cell
		e.aside(o, n.time, fact.OrdersCreated, 1)
	case OrderPaid:
		e.paid(s, x, n, o, own)
	case OrderRefunded:
		f.sell(n.class, 0, 0, n.due)
		if own {
			e.aside(o, n.time, fact.AmountRefunded, n.due)
		}
	}
	e.listOrder(x)
	if n.stage == OrderPaid || n.stage == OrderCreated {
		e.bought(s, n, x.customer, f)
		if n.stage == OrderPaid != e.settings.Quality.CreditCreated {
			e.credit(s, n, cmp.Or(x.customer, customer))
		}
	}
}

// orderOf returns the record of the event's order, beginning it.
func (e *Engine) orderOf(s *sess, n *note, customer uint64) *order {
	y := &e.orders
	hash := mix(uint64(n.floor)+1, uint64(n.extra))
	ref := y.find(hash)
	if ref < 0 {
		for y.n >= maxOrders {
			e.dropOldestOrder()
			e.health.forgotten++
		}
		ref = y.slab.New()
		x := y.slab.At(ref)
		*x = order{hash: hash, cell: s.cell, currency: n.class}
		x.id, x.idLen = e.ids.Put(e.ids.Get(s.id, int(s.idLen))), s.idLen
		y.index.Add(hash, ref)
		y.n++
	}
	x := y.slab.At(ref)
	if x.customer == 0 && customer != 0 && !x.has(n.stage) {
		x.customer = customer
		e.patrons.take(customer).n++
	}
	x.heard = max(x.heard, n.time)
	g, _ := y.heard.Push()
	*g = gone{ref, n.time}
	return x
}

// paid counts an order paid.
func (e *Engine) paid(_ *sess, x *order, n *note, o owner, own bool) {
	e.aside(o, n.time, fact.OrdersPaid, 1)
	if x.stages&orderReminded != 0 {
		e.aside(o, n.time, fact.ReminderPaid, 1)
	}
	e.floors[e.cells[o.cell].floor].sell(n.class, 1, n.due, 0)
	if own {
		e.aside(o, n.time, fact.AmountPaid, n.due)
	} else {
		e.aside(o, n.time, fact.OrdersForeign, 1)
	}
}

// ownCurrency says whether amounts in the currency add up with the floor's: it
// is the one configured, else the first that was told.
func (e *Engine) ownCurrency(f *floorState, word uint16) bool {
	if f.currency == 0 && word != 0 && e.settings.Quality.Currency == "" {
		f.currency = word
	}
	if want := e.settings.Quality.Currency; want != "" {
		return word == 0 || e.names.words.texts[word].String() == want
	}
	return word == 0 || word == f.currency
}

// listOrder keeps the order among the unpaid of its cell, or takes it out.
func (e *Engine) listOrder(x *order) {
	listed, c := x.stages&orderListed != 0, e.cells[x.cell]
	if listed == x.unpaid() {
		return
	}
	ref := e.orders.find(x.hash)
	amount := int64(0)
	if e.ownCurrency(e.floors[c.floor], x.currency) {
		amount = x.amount
	}
	if listed {
		c.unpaid.Remove(x.created, ref)
		c.owed -= amount
		x.stages &^= orderListed
	} else {
		c.unpaid.Add(x.created, ref)
		c.owed += amount
		x.stages |= orderListed
	}
	c.stamp = e.changes
}

// bought notes that the customer has an order, and counts it for those of
// their contacts that wait for one.
func (e *Engine) bought(s *sess, n *note, customer uint64, f *floorState) {
	if customer == 0 {
		return
	}
	p := e.patrons.take(customer)
	if p.first == 0 || n.time < p.first {
		p.first = n.time
	}
	p.last = max(p.last, n.time)
	e.visits.others(customer, func(_ int32, v *visit) {
		if n.time >= f.dayStart {
			e.buys(f, v, n.time)
		}
		if n.stage == OrderCreated && v.flags&(vClosed|vServed) == vClosed|vServed && n.time > v.end() && n.time <= v.end()+dayMillis {
			e.counted(v, vAgain, fact.Repurchases, true)
		}
	})
}

// buys counts the customer of a visit as one with an order, in the rows in
// which the visit was their first of the day.
func (e *Engine) buys(f *floorState, v *visit, t int64) {
	rows := v.asked & v.todays(f) &^ v.bought
	if rows == 0 {
		return
	}
	v.bought |= rows
	e.inRows(v, rows, max(t, v.base), fact.Buyers)
}

// todays returns the rows in which the visit began today: in those of queues
// its first segment did.
func (v *visit) todays(f *floorState) uint16 {
	rows := uint16(0)
	if v.base >= f.dayStart {
		rows |= math.MaxUint16 &^ toQueues
	}
	if v.queue != noRef && v.base+int64(v.begun) >= f.dayStart {
		rows |= toQueues
	}
	return rows
}

// inRows counts a visit in some rows: those of its queue by its first segment.
func (e *Engine) inRows(v *visit, rows uint16, t int64, c fact.Count) {
	if places := rows &^ toQueues; places != 0 {
		o := e.opening(v)
		o.mask &= places
		e.aside(o, t, c, 1)
	}
	if queues := rows & toQueues; queues != 0 && v.queue != noRef {
		e.aside(owner{cell: v.queue, agent: noRef, team: noRef, mask: queues}, t, c, 1)
	}
}

// askedFirst counts a visit as its customer's first of the business day, in
// those of the rows in which it is.
func (e *Engine) askedFirst(v *visit, rows uint16, t int64) {
	f := e.floors[e.cells[v.place].floor]
	if v.customer == 0 || v.flags&vAgent != 0 || t < f.dayStart {
		return
	}
	if v.touch == 0 {
		rows &^= toTouchpoint
	}
	here := e.cells[v.place]
	e.visits.others(v.customer, func(_ int32, w *visit) {
		asked := w.asked & w.todays(f)
		if w == v || asked == 0 {
			return
		}
		rows &^= toFloor & asked
		if e.cells[w.place].channel == here.channel {
			rows &^= toChannel & asked
		}
		if w.touch == v.touch {
			rows &^= toTouchpoint & asked
		}
		if v.queue != noRef && w.queue != noRef {
			if e.cells[v.queue].queue == e.cells[w.queue].queue {
				rows &^= toQueue & asked
			}
			if v.queue == w.queue {
				rows &^= toQueueChannel & asked
			}
		}
		// One row of the customer's may have been asked for by several of
		// their contacts: any of them settles it.
	})
	if rows == 0 {
		return
	}
	v.asked |= rows
	e.inRows(v, rows, t, fact.Enquirers)
	if p := e.patrons.find(v.customer); p != nil && p.last >= f.dayStart {
		e.buys(f, v, t)
	}
}

// serve counts a close that a person had of a customer who had ordered.
func (e *Engine) serve(v *visit) {
	if v.flags&(vHuman|vSpam) != vHuman || v.customer == 0 {
		return
	}
	p := e.patrons.find(v.customer)
	if p == nil || p.first == 0 || p.first > v.end() {
		return
	}
	e.counted(v, vServed, fact.ServedBuyers, true)
}

// expireOrders drops what has not been heard of for a week.
func (e *Engine) expireOrders() {
	for e.orders.heard.Len() > 0 && e.orders.heard.At(e.orders.heard.Head()).at+orderMillis <= e.now {
		e.dropOldestOrder()
		e.changes++ // it may have been unpaid
	}
	e.expireGrievances()
}

// dropOldestOrder looks at the order heard of longest ago, and drops it unless
// it has been heard of since.
func (e *Engine) dropOldestOrder() {
	y := &e.orders
	if y.heard.Len() == 0 {
		return
	}
	g := *y.heard.At(y.heard.Head())
	y.heard.DropTo(y.heard.Head() + 1)
	x := y.slab.At(g.ref)
	if x.hash == 0 || x.heard != g.at {
		return
	}
	x.stages |= 1 << OrderCancelled
	e.listOrder(x)
	if x.customer != 0 {
		e.patrons.leave(x.customer)
	}
	e.ids.Free(x.id, int(x.idLen))
	y.index.Remove(x.hash, g.ref)
	y.slab.Free(g.ref)
	y.n--
}

func (e *Engine) codeOrders(c *checkpoint.Coder) {
	e.orders.slab.Code(c, func(c *checkpoint.Coder, x *order) {
		c.Uint64(&x.hash)
		c.Uint64(&x.customer)
		for _, p := range []*int64{&x.created, &x.heard, &x.amount} {
			c.Int64(p)
		}
		checkpoint.Int(c, &x.cell)
		checkpoint.Int(c, &x.stages)
		checkpoint.Int(c, &x.currency)
		id := e.ids.Get(x.id, int(x.idLen))
		c.String(&id)
		if c.Reading() && c.Err() == nil {
			if len(id) > 255 {
				c.Fail("metrics: session id of %d bytes", len(id))
				return
			}
			x.id, x.idLen = e.ids.Put(id), uint8(len(id))
		}
	})
	e.orders.heard.Code(c, func(c *checkpoint.Coder, g *gone) {
		checkpoint.Int(c, &g.ref)
		c.Int64(&g.at)
	})
	e.patrons.slab.Code(c, func(c *checkpoint.Coder, p *patron) {
		c.Uint64(&p.hash)
		c.Int64(&p.first)
		c.Int64(&p.last)
		checkpoint.Int(c, &p.n)
	})
}

// relinkOrders rebuilds what is only a way to find orders and customers.
func (e *Engine) relinkOrders(c *checkpoint.Coder) {
	y := &e.orders
	for ref := range y.slab.Cap() {
		x := y.slab.At(ref)
		if x.hash == 0 {
			continue
		}
		if x.cell < 0 || int(x.cell) >= len(e.cells) || int(x.currency) >= len(e.names.words.texts) {
			c.Fail("metrics: order %d", ref)
			return
		}
		y.index.Add(x.hash, ref)
		y.n++
	}
	for p := y.heard.Head(); p < y.heard.Tail(); p++ {
		if g := y.heard.At(p); g.ref < 0 || g.ref >= y.slab.Cap() {
			c.Fail("metrics: order %d of %d", g.ref, y.slab.Cap())
			return
		}
	}
	for ref := range e.patrons.slab.Cap() {
		if x := e.patrons.slab.At(ref); x.hash != 0 {
			e.patrons.index.Add(x.hash, ref)
		}
	}
}
