package metrics

import (
	"slices"

	"wallboard/metrics/clean"
)

// setQueues replaces the agent's whole membership.
func (e *Engine) setQueues(f *floorState, a *agentState, queues []Membership, t int64) {
	e.rebase(a, t, func() {
		old := a.queues
		e.retire(a)
		e.discount(a)
		for i := range old {
			e.dropMember(old[i].queue, a.index)
		}
		a.queues = nil
		for _, q := range queues {
			index := e.queueOf(f, q.Queue)
			if index == noRef || a.memberOf(index) != nil {
				continue
			}
			m := member{queue: index, priority: q.Priority, paused: slices.Contains(a.pausedIn, index)}
			for i := range old {
				if old[i].queue == index {
					m.paused, m.seen = old[i].paused, old[i].seen
				}
			}
			a.queues = append(a.queues, m)
			e.addMember(index, a.index)
		}
		a.explicit = true
		e.recount(a, t)
		for i := range old {
			e.coverQueue(old[i].queue, t)
		}
	})
}

func (e *Engine) join(a *agentState, queue int32, paused bool, t int64) {
	if queue == noRef {
		return
	}
	a.pausesIn(queue, paused)
	if a.presence == PresenceUnknown {
		e.setPresence(a, PresenceAvailable, clean.Text{}, 0, t)
	}
	e.rebase(a, t, func() {
		e.retire(a)
		e.discount(a)
		var left []member
		if !a.explicit {
			// What was only inferred gives way to what is said.
			for i := range a.queues {
				e.dropMember(a.queues[i].queue, a.index)
			}
			left, a.queues, a.explicit = a.queues, nil, true
		}
		m := a.memberOf(queue)
		if m == nil {
			a.queues = append(a.queues, member{queue: queue})
			m = &a.queues[len(a.queues)-1]
			e.addMember(queue, a.index)
		}
		m.paused, m.inferred = paused, false
		e.recount(a, t)
		for i := range left {
			e.coverQueue(left[i].queue, t)
		}
	})
}

func (e *Engine) leave(a *agentState, queue int32, t int64) {
	m := a.memberOf(queue)
	if m == nil {
		return
	}
	e.rebase(a, t, func() {
		e.retire(a)
		e.discount(a)
		for i := range a.queues {
			if a.queues[i].queue == queue {
				a.queues = append(a.queues[:i], a.queues[i+1:]...)
				break
			}
		}
		e.dropMember(queue, a.index)
		e.recount(a, t)
		e.coverQueue(queue, t)
	})
	if len(a.queues) == 0 {
		e.setPresence(a, PresenceOffline, clean.Text{}, 0, t)
	}
}

// infer notes that an agent who never said where they work has worked there.
func (e *Engine) infer(a *agentState, queue int32, t int64) {
	if queue == noRef || a.explicit {
		return
	}
	if m := a.memberOf(queue); m != nil {
		m.seen = max(m.seen, t)
		return
	}
	e.rebase(a, t, func() {
		e.retire(a)
		e.discount(a)
		kept := a.queues[:0]
		for _, m := range a.queues {
			if m.seen < t-inferMillis {
				e.dropMember(m.queue, a.index)
				continue
			}
			kept = append(kept, m)
		}
		a.queues = append(kept, member{queue: queue, inferred: true, seen: t, paused: slices.Contains(a.pausedIn, queue)})
		e.addMember(queue, a.index)
		e.recount(a, t)
	})
	e.timers.push(timer{due: t + inferMillis - 1, kind: timerMember, ref: a.index, of: int64(queue)}, e)
}

// servedUntil notes that a leg from which a membership is inferred ends.
func (e *Engine) servedUntil(l *leg, t int64) {
	if l.agent == noRef || l.role != RoleNone || e.agents[l.agent].explicit {
		return
	}
	if m := e.agents[l.agent].memberOf(e.cells[l.cell].queue); m != nil {
		m.seen = max(m.seen, t)
	}
}

// forgetMember ends an inferred membership once its last leg is long over.
func (e *Engine) forgetMember(x timer) {
	if x.ref < 0 || int(x.ref) >= len(e.agents) {
		return
	}
	a, queue := e.agents[x.ref], int32(x.of)
	m := a.memberOf(queue)
	if a.explicit || m == nil || !m.inferred {
		return
	}
	due := m.seen + inferMillis - 1
	for i := range a.legs {
		if l := e.legs.At(a.legs[i].leg); l.slot() && l.role == RoleNone && e.cells[l.cell].queue == queue {
			due = max(due, x.due+inferMillis)
		}
	}
	if due > x.due {
		x.due = due
		e.timers.push(x, e)
		return
	}
	t := x.due + 1
	e.touchAgent(a)
	e.rebase(a, t, func() {
		e.retire(a)
		e.discount(a)
		a.queues = slices.DeleteFunc(a.queues, func(m member) bool { return m.queue == queue })
		e.dropMember(queue, a.index)
		e.recount(a, t)
		e.coverQueue(queue, t)
	})
}

func (e *Engine) addMember(queue, agent int32) {
	q := e.queues[queue]
	q.members = append(q.members, agent)
}

func (e *Engine) dropMember(queue, agent int32) {
	q := e.queues[queue]
	if i := slices.Index(q.members, agent); i >= 0 {
		q.members = slices.Delete(q.members, i, i+1)
	}
}
