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

// mirror brings the visit of a session up to date after an event of it.
func (e *Engine) mirror(ref int32, s *sess, n *note) {
	x := &e.visits
	at := s.visit - 1
	if at < 0 || x.slab.At(at).base != s.base || x.slab.At(at).session != n.hash {
		if at = e.visitOf(s, n); at < 0 {
			s.visit = 0
			return
		}
		s.visit = at + 1
	}
	v := x.slab.At(at)
	if v.customer == 0 && n.customer != 0 && n.typ != TypeSessionOrdered {
		at = e.nameVisitor(at, n.customer)
		s.visit = at + 1
		v = x.slab.At(at)
	}
	e.mirrorLines(s, v, n)
	e.mirrorQueue(s, v)
	told := v.about != s.topic
	v.touch = s.touchpoint
	v.set(vHuman, s.flags&fHuman != 0)
	closed := s.phase == phaseClosed
	if v.flags&vClosed != 0 && (!closed || v.ended != s.ended) {
		e.unclose(at, v)
	}
	if told {
		x.tell(v.session, s.topic)
	}
	if closed && v.flags&vClosed == 0 {
		e.close(at, v, s, n)
	}
	if told {
		e.judge(at, v)
		e.judgeOthers(v)
	}
}

// tell gives the session's visits what it is about now.
func (x *visits) tell(session uint64, topic uint16) {
	for ref, pos := x.bySession.First(session); ref >= 0; ref, pos = x.bySession.Next(session, pos) {
		if v := x.slab.At(ref); v.session == session {
			v.about = topic
		}
	}
}

// keepLast keeps the visit of an episode that is over, whose session begins
// another: until now nobody's fate hung on it.
func (e *Engine) keepLast(s *sess, n *note) {
	if e.visits.of(n.hash, s.base) != noRef {
		return
	}
	at := e.visits.add(visit{
		session: n.hash, base: s.base, first: s.base, place: e.chans[e.cells[s.cell].channel].cell, queue: noRef, agent: noRef, team: noRef,
		about: s.topic, touch: s.touchpoint,
	})
	v := e.visits.slab.At(at)
	v.set(vHuman, s.flags&fHuman != 0)
	v.set(vAgent, s.flags&fFromAgent != 0)
	e.close(at, v, s, n)
}

// unbegun forgets the visits of episodes that have not begun after all, once
// events of the session were put in another order.
func (e *Engine) unbegun(s *sess, hash uint64) {
	x := &e.visits
	for at := x.of(hash, 0); at != noRef; at = x.of(hash, 0) {
		v := x.slab.At(at)
		if v.base <= s.base && s.phase != phaseVoid || v.base < s.base {
			return
		}
		e.unclose(at, v)
		x.drop(at)
	}
}

// visitOf finds the visit of an episode or begins one, noRef where it needs
// none: nobody else's fate hangs on it.
func (e *Engine) visitOf(s *sess, n *note) int32 {
	x := &e.visits
	if at := x.of(n.hash, s.base); at != noRef {
		return at
	}
	customer := n.customer
	if n.typ == TypeSessionOrdered {
		customer = 0
	}
	last := x.of(n.hash, 0)
	if customer == 0 && last != noRef {
		customer = x.slab.At(last).customer
	}
	first := e.reborn
	if last != noRef {
		first = x.slab.At(last).first
	}
	if customer == 0 && (first == 0 || first == s.base) {
		return noRef
	}
	if first == 0 {
		first = s.base
	}
	if x.n >= maxVisits && x.gone.Len() == 0 {
		e.health.capped++
		return noRef
	}
	v := visit{customer: customer, session: n.hash, base: s.base, first: first, place: e.chans[e.cells[s.cell].channel].cell, queue: noRef, agent: noRef, team: noRef}
	v.set(vAgent, s.flags&fFromAgent != 0)
	v.set(vReopened, n.typ == TypeSessionReopened)
	v.set(vAsked, s.marks&mAsked != 0)
	v.set(vInsight, s.flags&fInsight != 0)
	v.about, v.touch = s.topic, s.touchpoint
	at := x.add(v)
	e.arrived(at, x.slab.At(at))
	return at
}

// nameVisitor gives a visit its customer, told late.
func (e *Engine) nameVisitor(at int32, customer uint64) int32 {
	x := &e.visits
	v := *x.slab.At(at)
	e.unclose(at, x.slab.At(at))
	x.drop(at)
	v.customer = customer
	v.flags &^= vClosed | vReturned | vBack | vServed | vAgain
	at = x.add(v)
	e.arrived(at, x.slab.At(at))
	return at
}

// mirrorLines keeps when the session was last spoken in, and last replied to.
func (e *Engine) mirrorLines(s *sess, v *visit, n *note) {
	line, reply := false, false
	switch n.typ {
	case TypeSessionMessage:
		by := e.speaker(n)
		line, reply = by != PartyAuto, by == PartyAgent || by == PartyBot
	case TypeSessionBotReply:
		line, reply = true, true
	case TypeSessionAssigned:
		line = e.chans[e.cells[s.cell].channel].settings.FirstReplyIsAnswer && s.flags&fHuman != 0
		reply = line
	}
	rel := int32(n.time - v.base)
	if line && (v.flags&vLine == 0 || rel > v.line) {
		v.line, v.flags = rel, v.flags|vLine
	}
	if reply && (v.flags&vReply == 0 || rel > v.reply) {
		v.reply, v.flags = rel, v.flags|vReply
	}
}

// mirrorQueue keeps where the first segment of the episode began, and counts
// there what the opening was.
func (e *Engine) mirrorQueue(s *sess, v *visit) {
	if v.flags&vSegmented != 0 || s.flags&fSegmented == 0 {
		return
	}
	v.flags |= vSegmented
	if e.cells[s.cell].queue == noRef {
		return
	}
	v.queue, v.begun = s.cell, s.rel(e.at0)
	o := e.owned(v.queue, noRef, toQueues)
	t := v.base + int64(v.begun)
	if v.flags&vRepeat != 0 {
		e.aside(o, t, fact.Repeats, 1)
	}
	if v.flags&vConverted != 0 {
		e.countConverted(v, o, t)
	}
	e.askedFirst(v, toQueues, t)
}

// arrived counts what the beginning of a visit means for its customer.
func (e *Engine) arrived(at int32, v *visit) {
	if v.flags&vAgent != 0 {
		return
	}
	if v.customer == 0 {
		e.judgeOthers(v)
		return
	}
	e.visits.others(v.customer, func(ref int32, w *visit) {
		if ref != at && w.base < v.base && (w.flags&vClosed == 0 || w.end() > v.base || w.end() >= v.base-dayMillis) {
			v.flags |= vRepeat
		}
	})
	if v.flags&vRepeat != 0 {
		e.aside(e.opening(v), v.base, fact.Repeats, 1)
	}
	e.askedFirst(v, toSegment&^toQueues|toTouchpoint, v.base)
	e.judgeOthers(v)
}

// opening is whom the opening of a visit belongs to, queues apart.
func (e *Engine) opening(v *visit) owner {
	o := e.owned(v.place, noRef, toSegment)
	if v.touch != 0 {
		o.touch, o.mask = v.touch, o.mask|toTouchpoint
	}
	return o
}

// judgeOthers finds out anew what came of the customer's closed visits, and of
// the session's last.
func (e *Engine) judgeOthers(v *visit) {
	e.visits.others(v.customer, func(ref int32, w *visit) {
		if w != v {
			e.judge(ref, w)
		}
	})
	x := &e.visits
	for ref, pos := x.bySession.First(v.session); ref >= 0; ref, pos = x.bySession.Next(v.session, pos) {
		if w := x.slab.At(ref); w != v && w.session == v.session {
			e.judge(ref, w)
		}
	}
}

// close keeps the close of a visit and counts what it means.
func (e *Engine) close(at int32, v *visit, s *sess, n *note) {
	by := note{agent: noRef}
	if n.typ == TypeSessionClosed {
		by.agent = n.agent
	}
	o := e.episodeOwner(s, &by)
	v.owner, v.agent, v.team = o.cell, o.agent, o.team
	v.ended, v.topic = s.ended, s.topic
	v.flags |= vClosed
	v.flags &^= vResolved | vBot
	v.set(vSpam, s.flags&fCloseCounted == 0)
	if s.flags&fResolved != 0 {
		v.flags |= vResolved
		if s.flags&(fBot|fHuman) == fBot {
			v.flags |= vBot
		}
	}
	if e.visits.n > 0 {
		g, _ := e.visits.gone.Push()
		*g = gone{at, v.end()}
	}
	e.judge(at, v)
	e.serve(v)
}

// closing is whom the close of a visit belongs to.
func (e *Engine) closing(v *visit) owner {
	o := owner{cell: v.owner, agent: v.agent, team: v.team, mask: toAll}
	if v.agent == noRef {
		o.mask = toSegment
	}
	if v.topic != 0 {
		o.topic, o.mask = v.topic, o.mask|toTopic
	}
	if v.touch != 0 {
		o.touch, o.mask = v.touch, o.mask|toTouchpoint
	}
	return o
}

// unclose takes back what the close of a visit counted.
func (e *Engine) unclose(_ int32, v *visit) {
	if v.flags&vClosed == 0 {
		return
	}
	o, t := e.closing(v), v.end()
	for _, x := range [...]struct {
		flag  uint32
		count fact.Count
	}{{vReturned, fact.ResolvedReturned}, {vBack, fact.BotReturned}, {vServed, fact.ServedBuyers}, {vAgain, fact.Repurchases}} {
		if v.flags&x.flag != 0 {
			e.aside(o, t, x.count, -1)
		}
	}
	v.flags &^= vClosed | vResolved | vBot | vReturned | vBack | vServed | vAgain
}

// judge says whether the customer has come back to a resolved visit within a
// day of its close. What is about nobody knows what decides when the day is
// over; then the verdict stands.
func (e *Engine) judge(at int32, v *visit) {
	if v.flags&(vClosed|vResolved) != vClosed|vResolved || e.now > v.end()+dayMillis {
		return
	}
	returned, back, undecided := e.returns(v)
	if undecided && v.flags&vUndecided == 0 {
		v.flags |= vUndecided
		e.timers.push(timer{due: v.end() + dayMillis - 1, kind: timerVerdict, ref: at, of: v.base}, e)
	}
	// Another topic told later undoes no return: a bound that falls never rises.
	e.counted(v, vReturned, fact.ResolvedReturned, returned || v.flags&vReturned != 0)
	e.counted(v, vBack, fact.BotReturned, back && v.flags&vBot != 0)
}

// counted brings a fact of a close in line with what is so.
func (e *Engine) counted(v *visit, f uint32, c fact.Count, is bool) {
	switch was := v.flags&f != 0; {
	case is && !was:
		v.flags |= f
		e.aside(e.closing(v), v.end(), c, 1)
	case was && !is:
		v.flags &^= f
		e.aside(e.closing(v), v.end(), c, -1)
	}
}

// returns says whether the customer came back: to the same matter, to any, or
// to what cannot be told yet.
func (e *Engine) returns(v *visit) (same, any, undecided bool) {
	from, to := v.end(), v.end()+dayMillis
	e.visits.others(v.customer, func(_ int32, w *visit) {
		if w.session == v.session || w.base <= from || w.base > to || w.flags&(vAgent|vReopened) != 0 {
			return
		}
		any = true
		switch {
		case v.about != 0 && w.about != 0:
			same = same || v.about == w.about
		case e.now >= to:
			same = true
		default:
			undecided = true
		}
	})
	x := &e.visits
	for ref, pos := x.bySession.First(v.session); ref >= 0; ref, pos = x.bySession.Next(v.session, pos) {
		if w := x.slab.At(ref); w.session == v.session && w.base > from && w.base <= to && w.flags&(vAgent|vReopened) == vReopened {
			same, any = true, true
		}
	}
	return same, any, undecided
}

// settleVisit gives the verdict that nothing but the clock could.
func (e *Engine) settleVisit(t timer) {
	if t.ref < 0 || t.ref >= e.visits.slab.Cap() {
		return
	}
	if v := e.visits.slab.At(t.ref); v.session != 0 && v.base == t.of && v.flags&vClosed != 0 && v.end()+dayMillis-1 == t.due {
		e.judge(t.ref, v)
	}
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
			v.flags&vClosed != 0 && (!in(v.owner, cells) || !opt(v.agent, agents) || !opt(v.team, teams)) || int(v.topic) >= words || int(v.about) >= words || int(v.touch) >= words {
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
