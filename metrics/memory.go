package metrics

import (
	"slices"

	"wallboard/metrics/store"
)

// lingerer is a closed session that is still kept whole.
type lingerer struct {
	ref   int32
	ended int64
}

// linger notes that the session has closed: a while later it is only
// remembered.
func (e *Engine) linger(ref int32, s *sess) {
	x, _ := e.lingering.Push()
	*x = lingerer{ref, s.abs(s.ended)}
}

// memory is what is remembered of a closed session.
type memory struct {
	hash   uint64 // 0: forgotten
	ended  int64
	length int32 // of the episode, ms
	agent  int32
	cell   int32
	flags  uint32
	topic  uint16
	class  uint16
	owner  int32 // cell of the last leg, else of the last segment
}

// remembered keeps closed sessions for as long as they may be reopened, rated
// or tagged.
type remembered struct {
	ring  store.Queue[memory]
	index store.Index
	n     int
}

const refMask = 1<<31 - 1

func (r *remembered) find(hash uint64) *memory {
	ref, at := r.index.First(hash)
	for ref >= 0 {
		head := r.ring.Head()
		pos := head + (uint64(ref)-head)&refMask
		if pos < r.ring.Tail() {
			if m := r.ring.At(pos); m.hash == hash {
				return m
			}
		}
		ref, at = r.index.Next(hash, at)
	}
	return nil
}

func (r *remembered) known(hash uint64) bool { return r.find(hash) != nil }

func (r *remembered) add(m memory) {
	x, pos := r.ring.Push()
	*x = m
	r.index.Add(m.hash, int32(pos&refMask))
	r.n++
}

// forget drops the oldest.
func (r *remembered) forget() {
	pos := r.ring.Head()
	if m := r.ring.At(pos); m.hash != 0 {
		r.index.Remove(m.hash, int32(pos&refMask))
		r.n--
	}
	r.ring.DropTo(pos + 1)
}

// take returns what is remembered and forgets it.
func (r *remembered) take(hash uint64) (memory, bool) {
	ref, at := r.index.First(hash)
	for ref >= 0 {
		head := r.ring.Head()
		if pos := head + (uint64(ref)-head)&refMask; pos < r.ring.Tail() && r.ring.At(pos).hash == hash {
			m := *r.ring.At(pos)
			r.ring.At(pos).hash = 0
			r.index.Remove(hash, ref)
			r.n--
			return m, true
		}
		ref, at = r.index.Next(hash, at)
	}
	return memory{}, false
}

// recall makes a remembered session whole again for an event that may still
// concern it, noRef where nothing is remembered.
func (e *Engine) recall(n *note, id string) int32 {
	if e.closed.n == 0 || !quality(n.typ) && n.typ != TypeSessionWrapStarted || !e.closed.known(n.hash) {
		return noRef
	}
	return e.admit(n, id)
}

// restore fills a session from what is remembered of it.
func (e *Engine) restore(ref int32, s *sess, hash uint64) {
	if e.closed.n == 0 {
		return
	}
	m, ok := e.closed.take(hash)
	if !ok {
		return
	}
	s.base = m.ended - int64(m.length)
	s.phase, s.cell, s.agent, s.flags = phaseClosed, m.cell, m.agent, m.flags
	s.topic, s.class, s.owner = m.topic, m.class, m.owner
	s.ended = s.rel(m.ended)
	if at := e.visits.of(hash, s.base); at != noRef {
		s.visit, s.touchpoint = at+1, e.visits.slab.At(at).touch
	}
	s.last = s.ended
	e.takeLegs(ref, s, hash)
	e.linger(ref, s)
}

// remember lets closed sessions go that have lingered long enough.
func (e *Engine) remember() {
	for e.lingering.Len() > 0 {
		x := e.lingering.At(e.lingering.Head())
		if x.ended+lingerMillis > e.now {
			break
		}
		e.demote(*x)
		e.lingering.DropTo(e.lingering.Head() + 1)
	}
	e.expireVisits()
	e.expireOrders()
	until := e.now - e.settings.Limits.RememberFor.Milliseconds()
	for e.closed.ring.Len() > 0 {
		m := e.closed.ring.At(e.closed.ring.Head())
		if m.hash != 0 && m.ended >= until && e.closed.n <= e.settings.Limits.RememberedSessions {
			break
		}
		if m.hash != 0 && m.ended >= until {
			e.health.forgotten++
		}
		e.closed.forget()
	}
}

// loseLater has a callback or message that the session will know nothing of any
// more decided when its time has passed.
func (e *Engine) loseLater(s *sess) {
	if s.flags&fDue == 0 || s.due == noDue {
		return
	}
	lost := timer{due: max(s.abs(s.due), e.now), kind: timerLost, ref: s.cell, of: int64(s.kind) | int64(s.id)<<8}
	if !slices.Contains(e.timers, lost) { // the event may be folded a second time
		e.timers.push(lost, e)
	}
}

func (e *Engine) demote(x lingerer) {
	s := e.sessions.At(x.ref)
	if s.phase != phaseClosed || s.abs(s.ended) != x.ended || s.flags&fHeld != 0 {
		return
	}
	if e.anyLeg(s, legTalk, legWrap) != noRef {
		return // when the wrap ends it lingers again
	}
	e.loseLater(s)
	hash := e.hashOf(s)
	e.keepLegs(s, hash)
	e.closed.add(memory{
		hash: hash, ended: x.ended, length: s.ended, agent: s.agent, cell: s.cell, owner: e.episodeCell(s), flags: s.flags &^ (fHeld | fDue),
		topic: s.topic, class: s.class,
	})
	e.discard(x.ref)
}
