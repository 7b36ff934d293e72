package metrics

import (
	"slices"

	"wallboard/metrics/clean"
	"wallboard/metrics/window"
)

// agentState is one person or machine. What every event of theirs needs comes
// first, and their legs, channels and time line begin within it: on a floor of
// thousands it is memory, not arithmetic, that an event waits for.
type agentState struct {
	index, floor int32
	team         int32 // noRef: none
	group        int32 // of those who serve the same queues, noRef: none
	row          int32
	total        int32
	bot          bool
	hasCapacity  bool // agent.capacity has been sent
	explicit     bool // membership has been sent
	tier         int8
	presence     Presence
	active       Activity
	missedAt     uint8
	stamp        uint64 // change at which it was last touched
	id           clean.Text
	activeAt     int64
	legs         []carried // rings, talks, holds, wraps
	chans        []agentChan
	hist         []piece  // the last seconds of the time line, oldest first
	room         struct { // where these three begin
		legs  [8]carried
		chans [3]agentChan
		hist  [3]piece
	}

	name      clean.Text
	queues    []member
	skills    []uint16
	langs     []uint16
	pausedIn  []int32 // queues, served or not
	reason    clean.Text
	since     int64          // of the presence
	day       []PresenceMark // changes of presence, oldest first; never changed in place
	until     int64
	missed    [8]int64 // times of the last missed offers
	idleSince int64    // as of the last snapshot: idle while somebody waits
	idleOn    uint64   // on these channels

	face  face   // as it stands in the pools
	round uint64 // snapshot in which it was last looked at
	built agentCache
}

// begin gives an agent that is new, or has been read, its lists in its own
// memory.
func (a *agentState) begin() {
	if len(a.legs) <= len(a.room.legs) {
		a.legs = append(a.room.legs[:0], a.legs...)
	}
	if len(a.chans) <= len(a.room.chans) {
		a.chans = append(a.room.chans[:0], a.chans...)
	}
	if len(a.hist) <= len(a.room.hist) {
		a.hist = append(a.room.hist[:0], a.hist...)
	}
}

// agentChan is what an agent does on one channel.
type agentChan struct {
	channel, row int32
	slots        int32 // by agent.capacity; noRef: not sent
	exclusive    bool
}

// member is an agent's place in one queue.
type member struct {
	queue    int32
	priority int32
	paused   bool
	inferred bool
	counted  bool  // among the available of the queue
	seen     int64 // newest leg in the queue
}

const inferMillis = 8 * hourMillis

// agentOf returns the agent with the id or alias.
func (e *Engine) agentOf(f *floorState, id clean.Text) int32 {
	if i, ok := f.agentBy[id.String()]; ok {
		if i < noRef {
			return e.configured(f, i)
		}
		return i
	}
	if !f.roster {
		e.takeRoster(f)
		return e.agentOf(f, id)
	}
	return e.addAgent(f, id, nil)
}

// configured takes a configured agent in when it is first heard of.
func (e *Engine) configured(f *floorState, index int32) int32 {
	c := &e.settings.Agents[-2-index]
	i := e.addAgent(f, clean.Own(c.ID), c)
	for _, alias := range c.Aliases {
		f.agentBy[alias] = i
	}
	return i
}

func (e *Engine) addAgent(f *floorState, id clean.Text, c *AgentSettings) int32 {
	if len(f.agents) >= e.settings.Limits.Agents {
		e.health.capped++
		if f.otherAgent != noRef {
			return f.otherAgent
		}
		id, c = clean.Own(otherName), nil
	}
	full := len(f.agents) >= e.settings.Limits.Agents
	a := &agentState{index: int32(len(e.agents)), floor: f.index, id: id.Clone(), team: noRef, group: noRef, activeAt: e.now}
	a.begin()
	a.name = a.id
	if c != nil {
		a.bot = c.Bot
		if c.Name != "" {
			a.name = clean.Own(c.Name)
		}
		a.team = e.teamOf(f, clean.Own(c.Team))
		if c.Team == "" {
			a.team = noRef
		}
	}
	a.row = e.addRow(f, Key{Scope: ScopeAgent}, window.Sparse)
	e.rows[a.row].agent = a.index
	e.agents = append(e.agents, a)
	f.agents = append(f.agents, a.index)
	f.shape++
	f.agentBy[a.id.String()] = a.index
	if full {
		f.otherAgent = a.index
	}
	if c != nil {
		channels := make([]string, 0, len(c.Slots))
		for id := range c.Slots {
			channels = append(channels, id)
		}
		slices.Sort(channels)
		for _, id := range channels {
			k := e.agentChannel(a, e.channelOf(f, clean.Own(id)).index)
			a.chans[k].slots = int32(c.Slots[id])
		}
		a.hasCapacity = len(channels) > 0
	}
	e.touchAgent(a)
	return a.index
}

// agentChannel returns the place of a channel among the agent's, taking it in.
func (e *Engine) agentChannel(a *agentState, channel int32) int32 {
	for k := range a.chans {
		if a.chans[k].channel == channel {
			return int32(k)
		}
	}
	f := e.floors[a.floor]
	row := e.addRow(f, Key{Scope: ScopeAgentChannel}, window.Sparse)
	e.rows[row].agent, e.rows[row].channel = a.index, channel
	// Without a capacity of its own the channel brings its slots with it.
	t := e.stopTime(a, e.at0)
	e.retire(a)
	a.chans = append(a.chans, agentChan{channel: channel, row: row, slots: noRef})
	f.shape++
	e.startTime(a, t)
	return int32(len(a.chans) - 1)
}

// slotsOf returns the agent's slots on one of its channels, 0 where none or
// unknown.
func (e *Engine) slotsOf(a *agentState, k int) int32 {
	if a.hasCapacity {
		return max(0, a.chans[k].slots)
	}
	return int32(e.chans[a.chans[k].channel].settings.Slots)
}

// touchAgent notes that the agent must be shown anew.
func (e *Engine) touchAgent(a *agentState) {
	if a.stamp <= e.views.at {
		e.views.agents = append(e.views.agents, a.index)
	}
	a.stamp = e.changes
}

// takeAgent applies an event of an agent.
func (e *Engine) takeAgent(f *floorState, ev *Event, t int64) {
	a := e.agents[e.agentOf(f, ev.Agent)]
	e.touchAgent(a)
	e.rows[a.row].seen = max(e.rows[a.row].seen, t)
	switch ev.Type {
	case TypeAgentPresence:
		if !ev.Queue.Empty() {
			e.pauseIn(a, e.queueOf(f, ev.Queue), ev.Presence, t)
			return
		}
		e.setPresence(a, ev.Presence, ev.Reason, ev.Until, t)
	case TypeAgentQueues:
		e.setQueues(f, a, ev.Queues, t)
	case TypeAgentJoined:
		e.join(a, e.queueOf(f, ev.Queue), ev.Paused == Yes, t)
	case TypeAgentLeft:
		e.leave(a, e.queueOf(f, ev.Queue), t)
	case TypeAgentCapacity:
		e.setCapacity(f, a, ev, t)
	case TypeAgentProfile:
		e.setProfile(f, a, ev, t)
	}
}

// setPresence moves the agent to a presence at t.
func (e *Engine) setPresence(a *agentState, p Presence, reason clean.Text, until, t int64) {
	e.logPresence(a, p, reason, t)
	if t < a.since {
		// Out of order: what was said later stands, the time between is moved.
		e.shiftTime(a, t, shift{presence: int8(p), channel: noRef})
		return
	}
	if a.presence == PresencePaused {
		e.pauseEnds(a, t)
	}
	e.shiftTime(a, t, shift{presence: int8(p), channel: noRef})
	if p != a.presence {
		e.regard(a, func() { a.presence = p }, t)
	}
	if reason != a.reason {
		a.reason = reason.Clone()
	}
	a.since, a.until = t, until
	if p == PresenceOffline {
		e.endLateWraps(a, t)
	}
}

// pauseOver returns how much of a pause that lasts to t is beyond what was
// allowed: what `until` said, else the allowance of its reason.
func (e *Engine) pauseOver(a *agentState, t int64) int64 {
	if a.until != 0 {
		return max(0, t-max(a.until, a.since))
	}
	allowed, known := e.settings.Allowances[a.reason.String()]
	if !known {
		return 0
	}
	return max(0, t-a.since-allowed.Milliseconds())
}

// pauseUntil returns until when the running pause may last: what was said, else
// the allowance of its reason; 0 where neither is known.
func (e *Engine) pauseUntil(a *agentState) int64 {
	if a.until != 0 || a.presence != PresencePaused {
		return a.until
	}
	if allowed, known := e.settings.Allowances[a.reason.String()]; known {
		return a.since + allowed.Milliseconds()
	}
	return 0
}

// regard changes something that decides where the agent is available.
func (e *Engine) regard(a *agentState, change func(), t int64) {
	e.retire(a)
	change()
	e.recount(a, t)
}

// recount brings the agent's queues up to date with where they are available.
func (e *Engine) recount(a *agentState, t int64) {
	for i := range a.queues {
		m := &a.queues[i]
		if able := a.availableIn(m); able != m.counted {
			m.counted = able
			e.queues[m.queue].able(e, a, able)
		}
		e.coverQueue(m.queue, t)
	}
}

// discount takes the agent out of what their queues count on, before skills or
// membership change.
func (e *Engine) discount(a *agentState) {
	for i := range a.queues {
		if m := &a.queues[i]; m.counted {
			m.counted = false
			e.queues[m.queue].able(e, a, false)
		}
	}
}

// availableIn says whether the agent takes contacts of the queue now.
func (a *agentState) availableIn(m *member) bool {
	return !a.bot && !m.paused && a.presence == PresenceAvailable
}

func (a *agentState) memberOf(queue int32) *member {
	for i := range a.queues {
		if a.queues[i].queue == queue {
			return &a.queues[i]
		}
	}
	return nil
}

// pauseIn pauses the agent in one queue, or ends that.
func (e *Engine) pauseIn(a *agentState, queue int32, p Presence, t int64) {
	a.pausesIn(queue, p != PresenceAvailable)
	m := a.memberOf(queue)
	if m == nil {
		return
	}
	e.rebase(a, t, func() {
		e.regard(a, func() { m.paused = p != PresenceAvailable }, t)
	})
}

// pausesIn keeps that the agent is paused in the queue, for whenever they are
// known to serve it.
func (a *agentState) pausesIn(queue int32, paused bool) {
	a.pausedIn = slices.DeleteFunc(a.pausedIn, func(q int32) bool { return q == queue })
	if paused && len(a.pausedIn) < maxPausedIn {
		a.pausedIn = append(a.pausedIn, queue)
	}
}

// maxPausedIn bounds the queues an agent is paused in.
const maxPausedIn = 64

func (e *Engine) setCapacity(f *floorState, a *agentState, ev *Event, t int64) {
	for _, s := range ev.Slots {
		e.agentChannel(a, e.channelOf(f, s.Channel).index)
	}
	for _, x := range ev.Exclusive {
		e.agentChannel(a, e.channelOf(f, x).index)
	}
	e.rebase(a, t, func() {
		e.retire(a)
		a.hasCapacity, a.total = true, max(0, ev.Total)
		for k := range a.chans {
			a.chans[k].slots, a.chans[k].exclusive = noRef, false
		}
		for _, s := range ev.Slots {
			a.chans[e.agentChannel(a, e.channelOf(f, s.Channel).index)].slots = max(0, s.Slots)
		}
		for _, x := range ev.Exclusive {
			for k := range a.chans {
				if e.chans[a.chans[k].channel].id == x {
					a.chans[k].exclusive = true
				}
			}
		}
	})
}

func (e *Engine) setProfile(f *floorState, a *agentState, ev *Event, t int64) {
	legs := slices.Clone(a.legs)
	for _, c := range legs {
		e.legConcIf(c.leg, -1, t)
	}
	e.rebase(a, t, func() {
		e.retire(a)
		e.discount(a)
		if !ev.Name.Empty() && ev.Name != a.name {
			a.name = ev.Name.Clone()
		}
		if ev.Tier > 0 {
			a.tier = ev.Tier
		}
		if ev.Skills != nil {
			a.skills = e.words(ev.Skills)
		}
		if ev.Langs != nil {
			a.langs = e.words(ev.Langs)
		}
		if team := e.teamOf(f, ev.Team); team != noRef {
			a.team = team
		}
		if ev.Bot != NotGiven {
			a.bot = ev.Bot == Yes
			f.shape++
		}
		e.recount(a, t)
	})
	for _, c := range legs {
		e.legConcIf(c.leg, +1, t)
	}
}

// legConcIf takes a leg out of what is shown, or puts it back, while what
// decides where it counts changes.
func (e *Engine) legConcIf(i int32, d int, t int64) {
	l := e.legs.At(i)
	e.legTally(i, int32(d))
	e.legConc(l, d*int(b2i(l.talking())), d*int(b2i(l.slot())), t)
}

func (e *Engine) words(texts []clean.Text) []uint16 {
	out := make([]uint16, 0, len(texts))
	for _, t := range texts {
		out = append(out, e.names.words.of(t))
	}
	slices.Sort(out)
	return slices.Compact(out)
}
