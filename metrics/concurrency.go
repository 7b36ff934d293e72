package metrics

import "wallboard/metrics/fact"

// legConc keeps how many sessions people have at once, and how many people
// have any, after a leg has begun (+1) or ceased (-1) to count as such.
func (e *Engine) legConc(l *leg, talk, slot int, t int64) {
	if talk == 0 && slot == 0 {
		return
	}
	cell := e.cells[l.cell]
	var n inHand
	switch {
	case l.agent == noRef:
		for k := range n.talks {
			n.talks[k], n.slots[k] = max(0, talk), max(0, slot)
		}
	case e.agents[l.agent].bot:
		return
	default:
		e.countInHand(e.agents[l.agent], l, &n)
	}
	for k, i := range cell.rows {
		if i != noRef {
			e.rows[i].inHand(e, &n, k, talk, slot, t)
		}
	}
	if l.agent == noRef {
		return
	}
	a := e.agents[l.agent]
	e.rows[a.row].inHand(e, &n, 0, talk, slot, t)
	if a.team != noRef {
		e.rows[e.teams[a.team].row].inHand(e, &n, 0, talk, slot, t)
	}
	if cell.channel != noRef {
		e.rows[a.chans[e.agentChannel(a, cell.channel)].row].inHand(e, &n, 1, talk, slot, t)
	}
}

// inHand is an agent's legs that talk and that hold a slot: in all, on a
// channel, in a queue, and in both.
type inHand struct{ talks, slots [4]int }

func (e *Engine) countInHand(a *agentState, of *leg, n *inHand) {
	cell := e.cells[of.cell]
	for i := range a.legs {
		l := &a.legs[i]
		if !l.does(doesSlot) {
			continue
		}
		talk := 0
		if l.does(doesTalk) {
			talk = 1
		}
		n.talks[0] += talk
		n.slots[0]++
		c := cell
		if l.cell() != of.cell {
			c = e.cells[l.cell()]
		}
		if c.channel == cell.channel {
			n.talks[1] += talk
			n.slots[1]++
		}
		if c.queue == cell.queue {
			n.talks[2] += talk
			n.slots[2]++
		}
		if c == cell {
			n.talks[3] += talk
			n.slots[3]++
		}
	}
}

// inHand moves one person from what they had in the row's scope k to what they
// have.
func (r *rowState) inHand(e *Engine, n *inHand, k, talk, slot int, t int64) {
	if talk != 0 {
		r.concurrent(e, n.talks[k]-talk, n.talks[k], t)
	}
	switch {
	case slot > 0 && n.slots[k] == 1:
		r.busy++
		r.stamp = e.changes
	case slot < 0 && n.slots[k] == 0:
		r.busy--
		r.stamp = e.changes
	}
}

// concurrent moves one person from so many sessions at once to so many.
func (r *rowState) concurrent(e *Engine, was, is int, t int64) {
	if r.wideRow == nil {
		r.most(e, is, t) // of one person that is the highest
		return
	}
	for len(r.conc) <= max(was, is) {
		r.conc = append(r.conc, 0)
	}
	if was > 0 {
		r.conc[was]--
	}
	if is > 0 {
		r.conc[is]++
	}
	top := max(int(r.top), is)
	for top > 0 && r.conc[top] <= 0 {
		top--
	}
	r.most(e, top, t)
}

// most sets the highest that one person has at once.
func (r *rowState) most(e *Engine, top int, t int64) {
	if int32(top) != r.top {
		r.top = int32(top)
		r.touch(e, t)
		r.series.Level(t, fact.PeakConcurrency, int64(top))
	}
}
