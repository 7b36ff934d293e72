package metrics

import (
	"wallboard/metrics/checkpoint"
	"wallboard/metrics/fact"
	"wallboard/metrics/store"
)

const (
	dayMillis = 24 * hourMillis

	// visitMillis is how long a visit is kept after its close: a verdict falls
	// within a day of it, and a business day may have an hour more.
	visitMillis = 26 * hourMillis

	// maxVisits bounds the visits that are kept. Beyond, the longest closed go
	// first; what they have counted stays.
	maxVisits = 1 << 20
)

// visit is one episode as its customer's others see it: what has come of it may
// depend on what they do within a day. It is kept apart from the session, for
// those only that have a customer or that were opened more than once, and is a
// mirror: it follows whatever the session is folded to, so that it needs no
// taking back. Times but base and first are ms after base.
type visit struct {
	customer uint64 // 0: unknown
	session  uint64 // hash
	base     int64  // start of the episode
	first    int64  // start of the session's first
	older    int32  // of the customer's, by the order they came; noRef none
	newer    int32
	before   int32 // the session's last episode, noRef none
	place    int32 // cell it opened in
	queue    int32 // cell of its first segment, noRef none
	owner    int32 // cell its close belongs to
	agent    int32 // ... and agent
	team     int32 // ... and team then
	begun    int32 // first segment
	ended    int32
	line     int32 // last message of anybody but an automaton
	reply    int32 // last of a person or the bot
	flags    uint32
	topic    uint16 // of the close
	touch    uint16
	about    uint16 // the session's topic, as far as it has been told
	asked    uint16 // rows in which it is the customer's first of the day
	bought   uint16 // ... and counted as with an order
	span     uint8  // of the curve, of the first reply
	answer   replied
}

const (
	vClosed   uint32 = 1 << iota
	vResolved        // closed so
	vBot             // ... by the bot alone
	vHuman           // a person had it
	vAgent           // an agent began it
	vReopened        // it began by reopening
	vAsked           // it is counted in Asked
	vInsight
	vLine      // line is given
	vReply     // reply is given
	vReturned  // counted in ResolvedReturned
	vBack      // counted in BotReturned
	vServed    // counted in ServedBuyers
	vAgain     // counted in Repurchases
	vRepeat    // counted in Repeats
	vConverted // counted in Converted
	vUndecided // a timer is to say whether it was returned to
	vSegmented // its first segment has begun, in a queue or in none
	vSpam      // closed as spam: no more than that it is over
)

// visits finds visits by customer and by session.
type visits struct {
	slab      store.Slab[visit]
	byVisitor store.Index // newest of each customer
	bySession store.Index // every one
	gone      store.Ring[gone]
	n         int
}

// gone is a visit closed, to be dropped once nothing can come of it any more.
type gone struct {
	ref int32
	at  int64
}

func (v *visit) set(f uint32, on bool) {
	v.flags &^= f
	if on {
		v.flags |= f
	}
}

func (v *visit) end() int64 { return v.base + int64(v.ended) }

// newest returns the customer's newest visit, noRef for none.
func (x *visits) newest(customer uint64) int32 {
	ref, pos := x.byVisitor.First(customer)
	for ref >= 0 && x.slab.At(ref).customer != customer {
		ref, pos = x.byVisitor.Next(customer, pos)
	}
	return ref
}

// of returns the session's newest visit, or the one that began at base where
// that is not 0; noRef for none.
func (x *visits) of(session uint64, base int64) int32 {
	if x.n == 0 {
		return noRef
	}
	best := noRef
	for ref, pos := x.bySession.First(session); ref >= 0; ref, pos = x.bySession.Next(session, pos) {
		v := x.slab.At(ref)
		if v.session != session {
			continue
		}
		if base != 0 && v.base == base {
			return ref
		}
		if base == 0 && (best == noRef || v.base > x.slab.At(best).base) {
			best = ref
		}
	}
	return best
}

// add keeps a visit that has begun.
func (x *visits) add(v visit) int32 {
	ref := x.slab.New()
	v.older, v.newer = noRef, noRef
	v.before = x.of(v.session, 0)
	if v.customer != 0 {
		if v.older = x.newest(v.customer); v.older != noRef {
			x.slab.At(v.older).newer = ref
			x.byVisitor.Remove(v.customer, v.older)
		}
		x.byVisitor.Add(v.customer, ref)
	}
	*x.slab.At(ref) = v
	x.bySession.Add(v.session, ref)
	x.n++
	x.thin(v.session)
	return ref
}

// thin drops the oldest of too many visits of one session.
func (x *visits) thin(session uint64) {
	n, oldest := 0, noRef
	for ref, pos := x.bySession.First(session); ref >= 0; ref, pos = x.bySession.Next(session, pos) {
		if v := x.slab.At(ref); v.session == session {
			if n++; oldest == noRef || v.base < x.slab.At(oldest).base {
				oldest = ref
			}
		}
	}
	if n > maxWalk {
		x.drop(oldest)
	}
}

// drop forgets a visit.
func (x *visits) drop(ref int32) {
	v := x.slab.At(ref)
	if v.newer != noRef {
		x.slab.At(v.newer).older = v.older
	} else if v.customer != 0 {
		x.byVisitor.Remove(v.customer, ref)
		if v.older != noRef {
			x.byVisitor.Add(v.customer, v.older)
		}
	}
	if v.older != noRef {
		x.slab.At(v.older).newer = v.newer
	}
	x.bySession.Remove(v.session, ref)
	for next, pos := x.bySession.First(v.session); next >= 0; next, pos = x.bySession.Next(v.session, pos) {
		if w := x.slab.At(next); w.before == ref {
			w.before = v.before
		}
	}
	x.slab.Free(ref)
	x.n--
}

// maxWalk bounds how many visits of one customer, or of one session, are looked
// at: a pseudonym that thousands share must not cost their square.
const maxWalk = 128

// others calls yield for each of the customer's last visits, the newest first.
func (x *visits) others(customer uint64, yield func(ref int32, v *visit)) {
	if customer == 0 {
		return
	}
	ref := x.newest(customer)
	for steps := 0; ref != noRef && steps < maxWalk; steps++ {
		v := x.slab.At(ref)
		next := v.older
		yield(ref, v)
		ref = next
	}
}

// expire drops the visits that nothing can come of any more, and the oldest of
// too many.
func (e *Engine) expireVisits() {
	x := &e.visits
	for x.gone.Len() > 0 {
		g := x.gone.At(x.gone.Head())
		if g.at+visitMillis > e.now && x.n <= maxVisits {
			return
		}
		if v := x.slab.At(g.ref); v.session != 0 && v.flags&vClosed != 0 && v.end() == g.at {
			if g.at+visitMillis > e.now {
				e.health.forgotten++
			}
			x.drop(g.ref)
		}
		x.gone.DropTo(x.gone.Head() + 1)
	}
}

// aside counts what is not taken back with an event but when its mirror moves.
func (e *Engine) aside(o owner, t int64, c fact.Count, n int64) {
	on := e.journal.on
	e.journal.on = false
	e.count(o, t, c, n)
	e.journal.on = on
}

// firstOpened returns when the session's first episode began.
func (e *Engine) firstOpened(s *sess) int64 {
	if s.visit != 0 {
		if v := e.visits.slab.At(s.visit - 1); v.base == s.base {
			return v.first
		}
	}
	return s.base
}

func codeVisit(c *checkpoint.Coder, v *visit) {
	c.Uint64(&v.customer)
	c.Uint64(&v.session)
	c.Int64(&v.base)
	c.Int64(&v.first)
	for _, p := range []*int32{&v.older, &v.newer, &v.before, &v.place, &v.queue, &v.owner, &v.agent, &v.team, &v.begun, &v.ended, &v.line, &v.reply} {
		checkpoint.Int(c, p)
	}
	checkpoint.Int(c, &v.flags)
	for _, p := range []*uint16{&v.topic, &v.touch, &v.about, &v.asked, &v.bought} {
		checkpoint.Int(c, p)
	}
	checkpoint.Int(c, &v.answer.cell)
	checkpoint.Int(c, &v.answer.at)
	checkpoint.Int(c, &v.span)
}

func (x *visits) code(c *checkpoint.Coder) {
	x.slab.Code(c, codeVisit)
	x.gone.Code(c, func(c *checkpoint.Coder, g *gone) {
		checkpoint.Int(c, &g.ref)
		c.Int64(&g.at)
	})
	if !c.Reading() || c.Err() != nil {
		return
	}
	x.byVisitor, x.bySession, x.n = store.Index{}, store.Index{}, 0
	for ref := range x.slab.Cap() {
		v := x.slab.At(ref)
		if v.session == 0 {
			continue
		}
		x.bySession.Add(v.session, ref)
		x.n++
		if v.customer != 0 && v.newer == noRef {
			x.byVisitor.Add(v.customer, ref)
		}
	}
}

// good says whether every number that names a record names one there is.
func (x *visits) good(cells, agents, teams, words int) bool {
	in := func(v int32, n int) bool { return v >= 0 && int(v) < n }
	opt := func(v int32, n int) bool { return v == noRef || in(v, n) }
	n := int(x.slab.Cap())
	for ref := range x.slab.Cap() {
		v := x.slab.At(ref)
		if v.session == 0 {
			continue
		}
		if !opt(v.older, n) || !opt(v.newer, n) || !opt(v.before, n) || !in(v.place, cells) || !opt(v.queue, cells) ||
			v.flags&vClosed != 0 && (!in(v.owner, cells) || !opt(v.agent, agents) || !opt(v.team, teams)) || int(v.topic) >= words || int(v.about) >= words || int(v.touch) >= words || !in(v.answer.cell, cells) || v.span >= NumCurve {
			return false
		}
	}
	for p := x.gone.Head(); p < x.gone.Tail(); p++ {
		if !in(x.gone.At(p).ref, n) {
			return false
		}
	}
	return true
}
