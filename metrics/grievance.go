package metrics

import (
	"wallboard/metrics/checkpoint"
	"wallboard/metrics/store"
)

const (
	// grievanceMillis is within what time two complaints of a customer are one
	// too many.
	grievanceMillis = 7 * dayMillis
	maxGrievances   = 1 << 16
)

// grievance is one session of a known customer that was tagged a complaint.
type grievance struct {
	customer uint64
	session  uint64
	at       int64
	cell     int32
}

// grievances are those of the last week, and in how many of them each customer
// complains in each row.
type grievances struct {
	ring  store.Ring[grievance]
	known map[uint64]bool // sessions
	by    map[grievant]int32
}

type grievant struct {
	row      int32
	customer uint64
}

// complains keeps a session's first complaint.
func (e *Engine) complains(s *sess, n *note, cell int32) {
	if s.visit == 0 || n.before {
		return
	}
	g := &e.grievance
	v := e.visits.slab.At(s.visit - 1)
	if v.customer == 0 || g.known[n.hash] {
		return
	}
	if g.known == nil {
		g.known, g.by = map[uint64]bool{}, map[grievant]int32{}
	}
	if g.ring.Len() >= maxGrievances {
		e.dropGrievance()
		e.health.forgotten++
	}
	x, _ := g.ring.Push()
	*x = grievance{customer: v.customer, session: n.hash, at: n.time, cell: cell}
	g.known[n.hash] = true
	e.grieve(x, +1)
}

// grieve counts a complaint in its rows, or takes it out.
func (e *Engine) grieve(x *grievance, d int32) {
	for _, i := range e.cells[x.cell].rows {
		if i == noRef {
			continue
		}
		r, key := e.rows[i], grievant{i, x.customer}
		was := e.grievance.by[key]
		is := was + d
		r.complainants += b2n(is >= 1) - b2n(was >= 1)
		r.repeaters += b2n(is >= 2) - b2n(was >= 2)
		if is <= 0 {
			delete(e.grievance.by, key)
			continue
		}
		e.grievance.by[key] = is
	}
}

func b2n(b bool) int32 { return int32(b2i(b)) }

// expireGrievances drops what is older than a week.
func (e *Engine) expireGrievances() {
	for g := &e.grievance.ring; g.Len() > 0 && g.At(g.Head()).at < e.now-grievanceMillis; {
		e.dropGrievance()
		e.changes++
	}
}

func (e *Engine) dropGrievance() {
	g := &e.grievance
	x := *g.ring.At(g.ring.Head())
	g.ring.DropTo(g.ring.Head() + 1)
	delete(g.known, x.session)
	e.grieve(&x, -1)
}

func (g *grievances) code(c *checkpoint.Coder) {
	g.ring.Code(c, func(c *checkpoint.Coder, x *grievance) {
		c.Uint64(&x.customer)
		c.Uint64(&x.session)
		c.Int64(&x.at)
		checkpoint.Int(c, &x.cell)
	})
}

// relinkGrievances counts the complaints anew.
func (e *Engine) relinkGrievances(c *checkpoint.Coder) {
	g := &e.grievance
	g.known, g.by = map[uint64]bool{}, map[grievant]int32{}
	for p := g.ring.Head(); p < g.ring.Tail(); p++ {
		x := g.ring.At(p)
		if x.cell < 0 || int(x.cell) >= len(e.cells) {
			c.Fail("metrics: complaint in cell %d", x.cell)
			return
		}
		g.known[x.session] = true
		e.grieve(x, +1)
	}
}
