package metrics

import (
	"slices"

	"wallboard/metrics/store"
)

// maxHeld bounds what waits: beyond it the oldest are let go early.
const maxHeld = 1 << 16

// heldNote is an event that waits for what it needs.
type heldNote struct {
	n        note
	id       string
	deadline int64
	prev     uint64 // position + 1 of the one before of the same session
	gone     bool
}

// holdBack keeps events that came too early.
type holdBack struct {
	ring store.Ring[heldNote]
	last map[uint64]uint64 // position + 1 of a session's newest
	n    int
}

func (h *holdBack) waits(hash uint64) bool { return h.n > 0 && h.last[hash] != 0 }

// hold keeps an event until it can be applied, at most until the deadline.
func (e *Engine) hold(n *note, id string, deadline int64) {
	h := &e.held
	if h.last == nil {
		h.last = map[uint64]uint64{}
	}
	for h.n >= maxHeld {
		e.letGo()
	}
	x, pos := h.ring.Push()
	*x = heldNote{n: *n, id: string([]byte(id)), deadline: deadline, prev: h.last[n.hash]}
	h.last[n.hash] = pos + 1
	h.n++
	e.due = min(e.due, deadline)
}

// takeHeld takes every event out that waits for the session, oldest first.
func (e *Engine) takeHeld(hash uint64, batch []note) []note {
	h := &e.held
	if h.n == 0 {
		return batch
	}
	from := len(batch)
	for pos := h.last[hash]; pos > h.ring.Head(); {
		x := h.ring.At(pos - 1)
		pos = x.prev
		if x.gone {
			continue
		}
		x.gone = true
		h.n--
		batch = append(batch, x.n)
		batch[len(batch)-1].due0 = x.deadline
	}
	delete(h.last, hash)
	slices.Reverse(batch[from:])
	return batch
}

// inOrder says whether the event comes after everything its session has seen.
func (e *Engine) inOrder(s *sess, n *note) bool {
	if s.phase == phaseVoid {
		return true
	}
	// At one moment the order told stands, as long as it is legal.
	return s.rel(n.time) >= s.last || s.jour == 0
}

// reorder folds the event where it belongs among the last ones of its session:
// what came after it is taken back, everything is sorted and folded again, and
// what still has no legal transition is held back.
func (e *Engine) reorder(ref int32, n *note, id string) {
	s := e.sessions.At(ref)
	newest := s.abs(s.last)
	batch := e.takeHeld(n.hash, append(e.batch[:0], *n))
	batch[0].due0 = e.now + e.settings.Limits.HoldBack.Milliseconds()
	first := batch[0].time
	for i := range batch {
		first = min(first, batch[i].time)
	}
	batch = e.rollBack(ref, s, first, batch)
	slices.SortFunc(batch, func(a, b note) int {
		switch {
		case a.time != b.time:
			return cmp64(a.time, b.time)
		default:
			return cmp64(int64(a.order), int64(b.order))
		}
	})
	pending := e.pending[:0]
	for i := 0; i < len(batch); {
		j := i + 1
		for j < len(batch) && batch[j].time == batch[i].time {
			j++
		}
		if batch[i].time == n.time && n.time == newest {
			rankTies(batch[i:j])
		}
		for ; i < j; i++ {
			pending = e.foldOrWait(ref, s, &batch[i], pending)
		}
	}
	e.settleReordered(ref, s, pending, id)
	e.batch, e.pending = batch[:0], pending[:0]
}

func cmp64(a, b int64) int {
	if a < b {
		return -1
	}
	return 1
}

// rollBack takes the session's events from first on back, and adds them to the
// batch.
func (e *Engine) rollBack(ref int32, s *sess, first int64, batch []note) []note {
	var old, now standing
	e.stand(s, &old)
	back := 0
	for x := e.journal.of(ref, s.jour); x != nil && back < maxBack; x = e.journal.of(ref, s.jour) {
		if x.n.time < first {
			break
		}
		batch = append(batch, x.n)
		e.takeBack(ref, s, x)
		x.ref = noRef // it is no session's entry any more
		back++
	}
	if back > 0 {
		if e.visits.n > 0 {
			e.unbegun(s, e.hashOf(s))
		}
		e.flush()
		e.stand(s, &now)
		e.restand(ref, &old, &now, first)
	}
	return batch
}

// rankTies sorts the events of one moment whose order as told was not legal:
// queued before assigned before closed. The others stay where they arrived.
func rankTies(tie []note) {
	// Few events share a moment: each ranked one moves before those ranked
	// after it, from ranked place to ranked place.
	for i := range tie {
		for j := range tie[:i] {
			if a, b := tie[j].rank(), tie[i].rank(); a != 0 && b != 0 && b < a {
				tie[i], tie[j] = tie[j], tie[i]
			}
		}
	}
}

// foldOrWait folds the event, and then whatever has been waiting for it.
func (e *Engine) foldOrWait(ref int32, s *sess, n *note, pending []note) []note {
	if !e.foldOne(ref, s, n) {
		return append(pending, *n)
	}
	e.foldedAgain(n)
	for i := 0; i < len(pending); {
		if !e.foldOne(ref, s, &pending[i]) {
			i++
			continue
		}
		e.foldedAgain(&pending[i])
		pending = slices.Delete(pending, i, i+1)
		i = 0
	}
	return pending
}

// foldedAgain counts an event as applied, once.
func (e *Engine) foldedAgain(n *note) {
	if !n.before {
		e.applied(n.time)
	}
}

// settleReordered holds what is left back and lets go of a session that has
// not begun after all.
func (e *Engine) settleReordered(ref int32, s *sess, pending []note, id string) {
	if e.visits.n > 0 {
		e.unbegun(s, e.hashOf(s))
	}
	s.flags &^= fHeld
	for i := range pending {
		n := &pending[i]
		if n.before {
			// It had an effect that it has no more.
			e.health.applied--
			n.before = false
			n.due0 = e.now + e.settings.Limits.HoldBack.Milliseconds()
		}
		if n.due0 <= e.now && e.now > 0 {
			e.health.misfit++
			continue
		}
		s.flags |= fHeld
		e.hold(n, id, n.due0)
	}
	switch s.phase {
	case phaseVoid:
		e.discard(ref)
	case phaseClosed:
		e.linger(ref, s)
	}
}

// letGo ends the wait of the oldest event: it is applied as tolerantly as it
// can be, or counted as a misfit.
func (e *Engine) letGo() {
	h := &e.held
	for h.ring.Len() > 0 && h.ring.At(h.ring.Head()).gone {
		e.dropHeld()
	}
	if h.ring.Len() == 0 {
		return
	}
	x := *h.ring.At(h.ring.Head())
	n := x.n
	ref := e.find(n.floor, n.hash, x.id)
	switch {
	case ref >= 0:
		// Whatever came since has tried it again: it fits nowhere.
		e.release(n.hash, h.ring.Head())
		e.health.misfit++
		e.markSettled(ref, n.hash)
	case e.closed.known(n.hash):
		e.release(n.hash, h.ring.Head())
		e.health.misfit++
	default:
		e.openHeld(&n, x.id)
	}
}

// openHeld begins a session with the earliest of the events that wait for it.
func (e *Engine) openHeld(n *note, id string) {
	batch := e.takeHeld(n.hash, nil)
	rest := batch[:0]
	for i := range batch {
		b := batch[i]
		b.tolerant = true
		switch {
		case quality(b.typ):
			e.countLoose(&b)
			e.applied(b.time)
		default:
			rest = append(rest, b)
		}
	}
	slices.SortStableFunc(rest, func(a, b note) int { return int(max(-1, min(a.time-b.time, 1))) })
	var pending []note
	ref := noRef
	for i := range rest {
		if ref == noRef {
			ref = e.admit(&rest[i], id)
		}
		pending = e.foldOrWait(ref, e.sessions.At(ref), &rest[i], pending)
	}
	if ref == noRef {
		return
	}
	for i := range pending {
		if pending[i].order == n.order {
			pending[i].due0 = e.now
		}
		pending[i].tolerant = false
	}
	e.settleReordered(ref, e.sessions.At(ref), pending, id)
}

func quality(t EventType) bool {
	return t >= TypeSessionRated && t <= TypeSessionEmotion
}

// countLoose counts what was said of a session that nothing else is known of.
func (e *Engine) countLoose(n *note) {
	s := sess{base: n.time, cell: e.chans[n.channel].cell, agent: noRef, legs: noRef}
	if n.queue != noRef {
		c := e.cells[s.cell]
		s.cell = e.cellOf(e.floors[c.floor], e.chans[c.channel], n.queue)
	}
	e.onQuality(&s, n)
	e.flush()
}

// release takes one waiting event out.
func (e *Engine) release(hash uint64, pos uint64) {
	h := &e.held
	h.ring.At(pos).gone = true
	h.n--
	if h.last[hash] == pos+1 {
		delete(h.last, hash)
	}
	e.dropHeld()
}

func (e *Engine) dropHeld() {
	h := &e.held
	for h.ring.Len() > 0 && h.ring.At(h.ring.Head()).gone {
		*h.ring.At(h.ring.Head()) = heldNote{gone: true}
		h.ring.DropTo(h.ring.Head() + 1)
	}
}

// markSettled clears a session's mark once nothing waits for it.
func (e *Engine) markSettled(ref int32, hash uint64) {
	if !e.held.waits(hash) {
		e.sessions.At(ref).flags &^= fHeld
	}
}
