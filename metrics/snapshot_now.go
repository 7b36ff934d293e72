package metrics

const (
	beyond900 = 0 // marks of a cell's lists
	beyondT   = 1
)

// longWaitMillis is the wait that nobody should have, ms.
const longWaitMillis = 900_000

// nowOfCell reads what a cell's sessions are now.
func (e *Engine) nowOfCell(c *cellState, n *Now) {
	y := &c.tally
	n.Waiting, n.WaitingVIP = int32(c.waiting.Len()), y.vip
	n.WaitingBeyond900 = int32(c.waiting.Before(beyond900, e.now-longWaitMillis))
	n.WaitingBeyondT = e.beyondService(c)
	n.OldestSince = oldest(c.waiting.Oldest())
	n.OldestTotalSince = earlier(n.OldestSince, oldest(c.total.Oldest()))
	n.AwaitingFirst, n.AwaitingFirstSince = int32(c.first.Len()), oldest(c.first.Oldest())
	n.AwaitingBeyond30 = int32(c.first.Before(0, e.now-30_000))
	n.AwaitingBeyond60 = int32(c.first.Before(1, e.now-60_000))
	n.AwaitingBeyond180 = int32(c.first.Before(2, e.now-180_000))
	n.Unanswered, n.UnansweredSince = int32(c.unans.Len()), oldest(c.unans.Oldest())
	n.OpenSessions = y.open
	n.OpenOver4h, n.OpenOver24h = c.over[0], c.over[1]
	n.ActiveLegs, n.TalkLegs = y.activeLegs, y.talkLegs
	n.Callbacks = int32(c.callbacks.Len())
	n.CallbacksOverdue = int32(c.callbacks.Before(0, e.now))
	if n.CallbacksOverdue > 0 {
		n.CallbackOverdueSince = oldest(c.callbacks.Oldest())
	}
	n.Messages, n.MessageSince = int32(c.messages.Len()), oldest(c.messages.Oldest())
	n.TierWaiting = y.tierWaiting
	e.tiersSince(c, n)
	n.TierMismatch = y.tierMismatch
	n.BotActive, n.HumanOnlyInBot = y.botActive, y.humanOnly
	n.StuckInBot = int32(c.stuck.Before(0, e.now+1))
	if n.StuckInBot > 0 {
		if since, ref, ok := c.stuck.Oldest(); ok {
			n.StuckSince = e.sessions.At(ref).stuckSince(since)
		}
	}
	n.Incomplete = y.incomplete > 0
	n.Unpaid, n.UnpaidSince, n.Owed = int32(c.unpaid.Len()), oldest(c.unpaid.Oldest()), c.owed
	n.Labelled, n.LabelledBot, n.Negative, n.NegativeBot = y.labelled[0], y.labelled[1], y.negative[0], y.negative[1]
}

// beyondService counts the waiting sessions whose wait is above T.
func (e *Engine) beyondService(c *cellState) int32 {
	if !c.openTime || c.channel == noRef || e.chans[c.channel].settings.Hours.always() {
		return int32(c.waiting.Before(beyondT, e.now-c.answerWithin))
	}
	over := int32(0)
	for since := range c.waiting.All {
		if e.openBetween(e.chans[c.channel], since, e.now) <= c.answerWithin {
			break
		}
		over++
	}
	return over
}

// tiersSince finds the oldest waiting session of each tier.
func (e *Engine) tiersSince(c *cellState, n *Now) {
	missing := 0
	for _, k := range c.tally.tierWaiting {
		if k > 0 {
			missing++
		}
	}
	if missing == 0 {
		return
	}
	for since, ref := range c.waiting.All {
		t := max(1, min(e.sessions.At(ref).tier, 3))
		if n.TierSince[t] == 0 {
			n.TierSince[t] = since
			if missing--; missing == 0 {
				return
			}
		}
	}
}

func oldest(since int64, _ int32, ok bool) int64 {
	if !ok {
		return 0
	}
	return since
}

// earlier returns the earlier of two times of which 0 means none.
func earlier(a, b int64) int64 {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}

// add joins what two parts of a scope are now.
func (n *Now) add(m *Now) {
	n.Waiting += m.Waiting
	n.WaitingVIP += m.WaitingVIP
	n.WaitingBeyondT += m.WaitingBeyondT
	n.WaitingBeyond900 += m.WaitingBeyond900
	n.OldestSince = earlier(n.OldestSince, m.OldestSince)
	n.OldestTotalSince = earlier(n.OldestTotalSince, m.OldestTotalSince)
	n.AwaitingFirst += m.AwaitingFirst
	n.AwaitingFirstSince = earlier(n.AwaitingFirstSince, m.AwaitingFirstSince)
	n.AwaitingBeyond30 += m.AwaitingBeyond30
	n.AwaitingBeyond60 += m.AwaitingBeyond60
	n.AwaitingBeyond180 += m.AwaitingBeyond180
	n.Unanswered += m.Unanswered
	n.UnansweredSince = earlier(n.UnansweredSince, m.UnansweredSince)
	n.OpenSessions += m.OpenSessions
	n.OpenOver4h += m.OpenOver4h
	n.OpenOver24h += m.OpenOver24h
	n.ActiveLegs += m.ActiveLegs
	n.TalkLegs += m.TalkLegs
	n.Callbacks += m.Callbacks
	n.CallbacksOverdue += m.CallbacksOverdue
	n.CallbackOverdueSince = earlier(n.CallbackOverdueSince, m.CallbackOverdueSince)
	n.Messages += m.Messages
	n.MessageSince = earlier(n.MessageSince, m.MessageSince)
	for t := range n.TierWaiting {
		n.TierWaiting[t] += m.TierWaiting[t]
		n.TierSince[t] = earlier(n.TierSince[t], m.TierSince[t])
	}
	n.TierMismatch += m.TierMismatch
	n.BotActive += m.BotActive
	n.HumanOnlyInBot += m.HumanOnlyInBot
	n.StuckInBot += m.StuckInBot
	n.StuckSince = earlier(n.StuckSince, m.StuckSince)
	n.Incomplete = n.Incomplete || m.Incomplete
	n.Unpaid += m.Unpaid
	n.UnpaidSince = earlier(n.UnpaidSince, m.UnpaidSince)
	n.Owed += m.Owed
	n.Labelled += m.Labelled
	n.Negative += m.Negative
	n.LabelledBot += m.LabelledBot
	n.NegativeBot += m.NegativeBot
}

// staffed writes the people of a pool.
func (n *Now) staffed(s *staff) {
	n.Presence, n.Activity = s.presence, s.activity
	n.People, n.Members, n.FreeSlots = s.available, s.members, s.free
	n.MembershipKnown, n.MembershipInferred = s.members > 0, s.inferred > 0
	n.Draining, n.DrainingSlots = s.draining, s.drainSlots
	n.SlotsUsed, n.Slots = s.used, s.slots
	n.LoadShare, n.LoadPeople = s.load, s.loadPeople
	n.TierFree = s.tierFree
}

// nows gathers what is true now, scope by scope.
type nows struct {
	floor  Now
	chans  []Now // by the channel's place in the floor
	queues []Now // by the queue's
	cells  []Now // by the cell's number
}

// readNow reads a floor's present into e.views.
func (e *Engine) readNow(f *floorState, out *nows) {
	out.floor = Now{}
	out.chans = resized(out.chans, len(f.chans))
	out.queues = resized(out.queues, len(f.queues))
	out.cells = resized(out.cells, len(e.cells))
	for _, i := range f.chans {
		e.grownOld(e.chans[i])
	}
	for _, i := range f.chans {
		c := e.chans[i]
		e.addCellNow(e.cells[c.cell], c, noRef, out)
	}
	for k, i := range f.queues {
		q := e.queues[i]
		for local, cell := range q.cells {
			if cell != noRef {
				e.addCellNow(e.cells[cell], e.chans[f.chans[local]], int32(k), out)
			}
		}
		e.queueNow(q, &out.queues[k], out)
	}
	out.floor.staffed(&f.pool)
	for _, i := range f.chans {
		c := e.chans[i]
		out.chans[c.local].staffed(&c.pool)
	}
	e.machinesNow(f, out)
	e.idleWaiting(f, out)
	e.pausesNow(f, out)
}

// longOpen are the ages at which an open session is backlog, ms.
var longOpen = [2]int64{4 * hourMillis, 24 * hourMillis}

// grownOld counts the open sessions of a channel that have come of age, each in
// the cell it is in: only those that come of age since the last look cost
// anything.
func (e *Engine) grownOld(c *chanState) {
	for k, age := range longOpen {
		to := e.now - age
		if to <= c.overTo[k] {
			continue
		}
		for since, ref := range c.open.From(c.overTo[k]) {
			if since >= to {
				break
			}
			e.cells[e.sessions.At(ref).cell].over[k]++
		}
		c.overTo[k] = to
	}
}

func resized(s []Now, n int) []Now {
	if cap(s) < n {
		s = make([]Now, n, n+n/4)
	}
	s = s[:n]
	clear(s)
	return s
}

func (e *Engine) addCellNow(c *cellState, ch *chanState, queue int32, out *nows) {
	n := &out.cells[c.index]
	e.nowOfCell(c, n)
	out.chans[ch.local].add(n)
	out.floor.add(n)
	if queue != noRef {
		out.queues[queue].add(n)
	}
}

// queueNow adds who serves the queue.
func (e *Engine) queueNow(q *queueState, n *Now, out *nows) {
	floor := &out.floor
	n.staffed(&q.pool)
	n.Uncovered, n.UncoveredSince = q.uncovered != 0, q.uncovered
	if n.Uncovered {
		floor.Uncovered = true
		floor.UncoveredSince = earlier(floor.UncoveredSince, q.uncovered)
		for local, cell := range q.cells {
			if cell != noRef && e.cells[cell].waiting.Len() > 0 {
				ch := &out.chans[local]
				ch.Uncovered, ch.UncoveredSince = true, earlier(ch.UncoveredSince, q.uncovered)
			}
		}
	}
	if !e.staffKnown(q) {
		return
	}
	for i := range q.needs {
		if d := &q.needs[i]; (d.skills != 0 || d.lang != 0) && d.able <= 0 {
			n.SkillGap += d.waiting
		}
	}
	floor.SkillGap += n.SkillGap
}

// machinesNow adds what the floor's machines can hold at once: of each that is
// not offline its total, else its slots.
func (e *Engine) machinesNow(f *floorState, out *nows) {
	if int(f.index) >= len(e.views.floors) {
		return
	}
	for _, i := range e.views.floors[f.index].bots {
		a := e.agents[i]
		if a.presence == PresenceOffline || !a.hasCapacity {
			continue
		}
		room := int32(0)
		for k := range a.chans {
			slots := e.slotsOf(a, k)
			room += slots
			if slots == 0 {
				continue
			}
			channel := a.chans[k].channel
			out.chans[e.chans[channel].local].machine(slots)
			for _, m := range a.queues {
				if cells := e.queues[m.queue].cells; int(e.chans[channel].local) < len(cells) && cells[e.chans[channel].local] != noRef {
					out.cells[cells[e.chans[channel].local]].machine(slots)
				}
			}
		}
		if a.total > 0 {
			room = a.total
		}
		out.floor.machine(room)
		for _, m := range a.queues {
			out.queues[e.queues[m.queue].local].machine(room)
		}
	}
}

// machine adds a machine that holds so many sessions at once.
func (n *Now) machine(room int32) {
	n.BotMachines++
	n.BotCapacity += room
}

// idleMillis is how long a session must wait for an idle person to count as
// one who should have taken it.
const idleMillis = 30_000

// idleWaiting finds the available people without a session in whose queues
// somebody they may take has waited too long.
func (e *Engine) idleWaiting(f *floorState, out *nows) {
	before := len(e.views.idle)
	for k, i := range f.queues {
		q := e.queues[i]
		if since := out.queues[k].OldestSince; since == 0 || since > e.now-idleMillis || q.pool.activity[ActivityIdle] == 0 {
			continue
		}
		for _, m := range q.members {
			a := e.agents[m]
			if a.face.activity == ActivityIdle && a.availableIn(a.memberOf(i)) {
				e.idleIn(q, a, out)
			}
		}
	}
	out.floor.IdleWhileWaiting = int32(len(e.views.idle) - before)
}

// idleIn finds what an idle member of the queue might have taken.
func (e *Engine) idleIn(q *queueState, a *agentState, out *nows) {
	idle := false
	for local, cell := range q.cells {
		if cell == noRef || !e.serves(a, e.cells[cell].channel) {
			continue
		}
		since := e.oldestFor(e.cells[cell], a)
		if since == 0 || since > e.now-idleMillis {
			continue
		}
		idle = true
		e.noteIdle(a, max(a.activeAt, a.since, since+idleMillis))
		if !a.has(e.cells[cell].channel) {
			continue // nobody has told yet that they are of the channel
		}
		out.cells[cell].IdleWhileWaiting++
		if bit := uint64(1) << (local & 63); a.idleOn&bit == 0 {
			a.idleOn |= bit
			out.chans[local].IdleWhileWaiting++
		}
	}
	if idle {
		out.queues[q.local].IdleWhileWaiting++
	}
}

// has says whether the agent has had to do with the channel.
func (a *agentState) has(channel int32) bool {
	for k := range a.chans {
		if a.chans[k].channel == channel {
			return true
		}
	}
	return false
}

// serves says whether nothing is known against the agent taking sessions of
// the channel: a capacity that leaves it out, or gives it no slot, is.
func (e *Engine) serves(a *agentState, channel int32) bool {
	for k := range a.chans {
		if a.chans[k].channel == channel {
			return !a.hasCapacity || a.chans[k].slots > 0
		}
	}
	return !a.hasCapacity
}

func (e *Engine) noteIdle(a *agentState, since int64) {
	if a.idleSince == 0 {
		e.views.idle = append(e.views.idle, a.index)
		a.idleSince = since
	}
	a.idleSince = min(a.idleSince, since)
}

// oldestFor returns since when the oldest session of the cell waits that the
// agent may take, 0 for none.
func (e *Engine) oldestFor(c *cellState, a *agentState) int64 {
	for since, ref := range c.waiting.All {
		s := e.sessions.At(ref)
		if e.qualified(a, &need{skills: s.skills, lang: s.lang}) {
			return since
		}
	}
	return 0
}

// pausesNow adds the running pauses beyond their allowance.
func (e *Engine) pausesNow(f *floorState, out *nows) {
	for _, i := range e.views.restless {
		if a := e.agents[i]; a.floor == f.index && a.presence == PresencePaused && !a.bot {
			out.floor.PauseOverMs += e.pauseOver(a, e.now)
		}
	}
}
