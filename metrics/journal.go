package metrics

import "wallboard/metrics/store"

// maxJournal bounds how many events can be taken back at most: under a load
// that fills it faster than the hold-back passes, order is put right over a
// shorter time.
const maxJournal = 1 << 13

// maxBack bounds how many events of one session are folded anew for one that
// came out of order.
const maxBack = 64

// keptLegs is how many legs an entry remembers; a session with more cannot be
// taken back beyond.
const keptLegs = 16

// entry is one event folded, with what takes it back.
type entry struct {
	n        note
	pre      sess
	at       int64  // engine clock
	from, to uint64 // its writes
	legs     uint64 // where its legs begin
	ref      int32
	prev     uint32 // of the same session, position + 1
	nlegs    int8   // noRef: too many
	kept     int8   // how many are kept all the same
	skews    int32  // what it added to the health page
	origins  int32
}

// journal keeps the events of the last seconds.
type journal struct {
	entries store.Ring[entry]
	ops     store.Ring[op]
	legs    store.Ring[leg]
	on      bool
}

// begin opens an entry for an event about to be folded.
func (j *journal) begin(e *Engine, ref int32, s *sess, n *note) {
	if j.entries.Len() >= maxJournal {
		j.dropTo(j.entries.Head() + 1)
	}
	x, _ := j.entries.Push()
	x.n, x.pre, x.at, x.ref, x.prev = *n, *s, e.now, ref, s.jour
	x.n.before = true
	x.from = j.ops.Tail()
	x.skews, x.origins = int32(e.health.clockSkew), int32(e.health.originUnknown)
	x.nlegs, x.legs = 0, j.legs.Tail()
	for i := s.legs; i != noRef; i = e.legs.At(i).next {
		if x.nlegs == keptLegs {
			x.nlegs = -1
			break
		}
		l, _ := j.legs.Push()
		*l = *e.legs.At(i)
		x.nlegs++
	}
	x.kept = int8(j.legs.Tail() - x.legs)
	j.on = true
}

// cancel drops the entry: the event had no effect.
func (j *journal) cancel() {
	x := j.entries.At(j.entries.Tail() - 1)
	j.ops.Cut(x.from)
	j.legs.Cut(x.legs)
	j.entries.Cut(j.entries.Tail() - 1)
	j.on = false
}

func (j *journal) end(e *Engine, s *sess) {
	pos := j.entries.Tail() - 1
	x := j.entries.At(pos)
	x.to = j.ops.Tail()
	x.skews, x.origins = int32(e.health.clockSkew)-x.skews, int32(e.health.originUnknown)-x.origins
	s.jour = uint32(pos + 1)
	j.on = false
}

// of returns the session's newest entry, nil where it cannot be taken back.
func (j *journal) of(ref int32, jour uint32) *entry {
	if jour == 0 {
		return nil
	}
	head := j.entries.Head()
	pos := head + uint64(jour-1-uint32(head))
	if pos >= j.entries.Tail() {
		return nil
	}
	x := j.entries.At(pos)
	if x.ref != ref || x.nlegs < 0 {
		return nil
	}
	return x
}

// pass makes what the clock has decided of a session part of everything it
// can be taken back to.
func (j *journal) pass(ref int32, s *sess) {
	const clock = fOmni | fOmniMissed | fDue | fDueMissed
	for x := j.of(ref, s.jour); x != nil; x = j.of(ref, x.prev) {
		if x.pre.phase == phaseVoid || x.pre.phase == phaseClosed {
			// An episode that begins again is decided again.
			x.nlegs = -1
			return
		}
		x.pre.flags = x.pre.flags&^clock | s.flags&clock
	}
}

func (j *journal) dropTo(pos uint64) {
	if pos <= j.entries.Head() {
		return
	}
	last := j.entries.At(pos - 1)
	j.ops.DropTo(last.to)
	j.legs.DropTo(last.legs + uint64(last.kept))
	j.entries.DropTo(pos)
}

// expire forgets what nothing can reach back to any more.
func (j *journal) expire(before int64) {
	pos := j.entries.Head()
	for pos < j.entries.Tail() && j.entries.At(pos).at < before {
		pos++
	}
	j.dropTo(pos)
}

// takeBack undoes the session's newest event.
func (e *Engine) takeBack(ref int32, s *sess, x *entry) {
	for p := x.to; p > x.from; p-- {
		e.undo(e.journal.ops.At(p - 1))
	}
	e.health.clockSkew -= int64(x.skews)
	e.health.originUnknown -= int64(x.origins)
	t := x.n.time
	for i := s.legs; i != noRef; {
		l := e.legs.At(i)
		next := l.next
		e.legTally(i, -1)
		e.legConc(l, -int(b2i(l.talking())), -int(b2i(l.slot())), t)
		if l.agent != noRef {
			e.agents[l.agent].act(e, t)
		}
		e.legs.Free(i)
		i = next
	}
	held, credited := s.flags&fHeld, s.marks&mConverted
	if x.pre.phase != phaseVoid && x.pre.base != s.base {
		credited = 0
	}
	*s = x.pre
	s.marks |= credited // an order is credited once, and not taken back
	s.flags = s.flags&^fHeld | held
	s.legs = noRef
	for k := int(x.nlegs) - 1; k >= 0; k-- {
		i := e.legs.New()
		*e.legs.At(i) = *e.journal.legs.At(x.legs + uint64(k))
		l := e.legs.At(i)
		l.next, l.bits = s.legs, l.bits&^legBeyond
		s.legs = i
		e.legTally(i, +1)
		e.legConc(l, int(b2i(l.talking())), int(b2i(l.slot())), t)
		if l.agent != noRef {
			e.agents[l.agent].act(e, t)
		}
	}
}
