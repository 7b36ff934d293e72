package metrics

import (
	"cmp"
	"slices"
	"strings"

	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/window"
)

// agentCache is an agent as last shown.
type agentCache struct {
	view   *AgentView
	stamp  uint64
	missed int32
}

// arrange puts a floor's entities in the order of snapshots, when any came.
func (e *Engine) arrange(f *floorState, c *floorCache) {
	if c.shape == f.shape {
		return
	}
	c.shape = f.shape
	byID := func(id func(int32) clean.Text) func(a, b int32) int {
		return func(a, b int32) int { return strings.Compare(id(a).String(), id(b).String()) }
	}
	c.chans = slices.SortedFunc(slices.Values(f.chans), byID(func(i int32) clean.Text { return e.chans[i].id }))
	for k, i := range c.chans {
		e.chans[i].place = int32(k)
	}
	c.queues = slices.SortedFunc(slices.Values(f.queues), byID(func(i int32) clean.Text { return e.queues[i].id }))
	c.teams = slices.SortedFunc(slices.Values(f.teams), byID(func(i int32) clean.Text { return e.teams[i].id }))
	all := slices.SortedFunc(slices.Values(f.agents), byID(func(i int32) clean.Text { return e.agents[i].id }))
	c.agents, c.bots, c.agentChans = nil, nil, nil
	for _, i := range all {
		if e.agents[i].bot {
			c.bots = append(c.bots, i)
			continue
		}
		c.agents = append(c.agents, i)
	}
	c.place = make([]int32, len(e.agents))
	for _, list := range [][]int32{c.agents, c.bots} {
		for k, i := range list {
			c.place[i] = int32(k)
		}
	}
	c.topics, c.touchpoints = f.topics.sorted(e), f.touchpoints.sorted(e)
	e.arrangeCells(f, c, all)
	e.arrangeLevels(f, c)
	c.arranged = true
}

func (e *Engine) arrangeCells(f *floorState, c *floorCache, agents []int32) {
	c.cells = c.cells[:0]
	for _, cell := range e.cells {
		if cell.floor == f.index && cell.rows[3] != noRef {
			c.cells = append(c.cells, cell.index)
		}
	}
	slices.SortFunc(c.cells, func(a, b int32) int {
		x, y := e.cells[a], e.cells[b]
		return cmp.Or(strings.Compare(e.chans[x.channel].id.String(), e.chans[y.channel].id.String()),
			strings.Compare(e.queues[x.queue].id.String(), e.queues[y.queue].id.String()))
	})
	c.tables = make([]tableCache, len(c.cells))
	for _, ch := range c.chans {
		for _, i := range agents {
			if e.agents[i].bot {
				continue
			}
			for _, k := range e.agents[i].chans {
				if k.channel == ch {
					c.agentChans = append(c.agentChans, k.row)
				}
			}
		}
	}
	c.placeRow = make([]int32, len(e.rows))
	for k, i := range c.agentChans {
		c.placeRow[i] = int32(k)
	}
}

// arrangeLevels says for rows of several queues or channels what "in time"
// means where they agree on it.
func (e *Engine) arrangeLevels(f *floorState, c *floorCache) {
	seen := map[int32]bool{}
	for _, i := range c.cells {
		cell := e.cells[i]
		level := e.rows[cell.rows[3]].level
		for _, k := range cell.rows[:3] {
			r := e.rows[k]
			switch {
			case !seen[k]:
				seen[k], r.level = true, level
			case r.level.AnswerWithin != level.AnswerWithin:
				r.level.AnswerWithin = -1
			}
		}
	}
	for _, i := range f.teams {
		e.rows[e.teams[i].row].level = e.rows[f.row].level
	}
}

// peopleViews builds the pages of agents, sharing those without a change.
func (e *Engine) peopleViews(f *floorState, c *floorCache, out *FloorView) {
	whole := c.arranged || c.view == nil || c.day != f.dayStart
	c.arranged = false
	if !whole {
		out.Agents, out.AgentChannels, out.Roster = c.view.Agents, c.view.AgentChannels, c.view.Roster
		agents := pager[*AgentView]{pages: out.Agents.Pages}
		rows := pager[*Row]{pages: out.AgentChannels}
		bots := pager[*AgentView]{pages: [][]*AgentView{out.Roster}, size: len(c.bots)}
		for _, i := range e.views.agents {
			if a := e.agents[i]; a.floor == f.index {
				e.showAgent(a, c, &agents, &bots, &rows)
			}
		}
		for _, list := range [][]int32{e.views.idle, e.views.wasIdle} {
			for _, i := range list {
				if a := e.agents[i]; a.floor == f.index && a.built.view.IdleWhileWaitingSince != a.idleSince {
					e.showAgent(a, c, &agents, &bots, &rows)
				}
			}
		}
		out.Agents.Pages, out.AgentChannels = agents.pages, rows.pages
		if len(c.bots) > 0 {
			out.Roster = bots.pages[0]
		}
		return
	}
	day := c.view == nil || c.day != f.dayStart
	c.day = f.dayStart
	for _, i := range c.agents {
		addPaged(&out.Agents.Pages, e.agentAgain(e.agents[i], day))
	}
	for _, i := range c.bots {
		out.Roster = append(out.Roster, e.agentAgain(e.agents[i], day))
	}
	for _, i := range c.agentChans {
		r := e.rows[i]
		if a := e.agents[r.agent]; !day && r.built.row != nil && a.round != e.views.round {
			addPaged(&out.AgentChannels, r.built.row)
			continue
		}
		now := e.agentChannelNow(r)
		addPaged(&out.AgentChannels, e.rowView(r, &now))
	}
}

// agentAgain returns an agent as they are now, without looking where nothing
// has touched them and the day is the same.
func (e *Engine) agentAgain(a *agentState, day bool) *AgentView {
	if v := a.built.view; !day && v != nil && a.round != e.views.round && v.IdleWhileWaitingSince == a.idleSince {
		return v
	}
	return e.agentView(a)
}

// showAgent puts an agent, and their channels, as they are now into the pages.
func (e *Engine) showAgent(a *agentState, c *floorCache, agents, bots *pager[*AgentView], rows *pager[*Row]) {
	if a.bot {
		bots.put(c.place[a.index], e.agentView(a))
		return
	}
	agents.put(c.place[a.index], e.agentView(a))
	for k := range a.chans {
		r := e.rows[a.chans[k].row]
		now := e.agentChannelNow(r)
		rows.put(c.placeRow[r.index], e.rowView(r, &now))
	}
}

// pager changes pages that snapshots share: a page is copied before its first
// change, the list of pages too.
type pager[T comparable] struct {
	pages  [][]T
	size   int // of a page, 0: pageSize
	copied []bool
}

func (p *pager[T]) put(at int32, v T) {
	size := int32(p.size)
	if size == 0 {
		size = pageSize
	}
	k, i := at/size, at%size
	if p.pages[k][i] == v {
		return
	}
	if p.copied == nil {
		p.copied = make([]bool, len(p.pages))
		p.pages = append([][]T(nil), p.pages...)
	}
	if !p.copied[k] {
		p.copied[k] = true
		p.pages[k] = append([]T(nil), p.pages[k]...)
	}
	p.pages[k][i] = v
}

func addPaged[T any](pages *[][]T, v T) {
	n := len(*pages)
	if n == 0 || len((*pages)[n-1]) == pageSize {
		*pages = append(*pages, make([]T, 0, pageSize))
		n++
	}
	(*pages)[n-1] = append((*pages)[n-1], v)
}

// agentChannelNow reads an agent's present on one channel.
func (e *Engine) agentChannelNow(r *rowState) Now {
	var n Now
	a := e.agents[r.agent]
	if !a.face.shown || a.face == (face{}) {
		return n
	}
	for k := range min(len(a.chans), maxUsed) {
		if a.chans[k].row != r.index {
			continue
		}
		one := a.face.onChannel(k)
		var s staff
		s.add(&one, nil, +1)
		n.staffed(&s)
		n.MembershipKnown = false
	}
	var b brief
	channel := e.chanOfRow(a, r.index)
	e.briefOn(a, channel, &b)
	n.brief(&b)
	return n
}

func (e *Engine) chanOfRow(a *agentState, row int32) int32 {
	for k := range a.chans {
		if a.chans[k].row == row {
			return a.chans[k].channel
		}
	}
	return noRef
}

// agentView returns the agent as they are now, the last view where nothing
// differs.
func (e *Engine) agentView(a *agentState) *AgentView {
	c := &a.built
	missed := a.missedSince(e.now - missedMillis)
	now := e.agentNow(a)
	row := e.rowView(e.rows[a.row], &now)
	if c.view != nil && a.stamp <= c.stamp && c.missed == missed && c.view.IdleWhileWaitingSince == a.idleSince && row == c.view.Row {
		return c.view
	}
	v := e.newAgentView(a, &now, row, missed)
	c.view, c.stamp, c.missed = v, e.changes, missed
	e.views.changed = true
	return v
}

// channelsOf says of which channels the agent may be given sessions. Whose
// capacity nobody told is taken to be able.
func (e *Engine) channelsOf(a *agentState) uint64 {
	if !a.hasCapacity {
		return ^uint64(0)
	}
	set := uint64(0)
	for k := range a.chans {
		if a.chans[k].slots > 0 {
			set |= 1 << (e.chans[a.chans[k].channel].place & 63)
		}
	}
	return set
}

// missedMillis is for how long an offer that was missed is shown.
const missedMillis = 15 * msMinute

func (a *agentState) missedSince(t int64) int32 {
	n := int32(0)
	for _, m := range a.missed {
		if m != 0 && m > t {
			n++
		}
	}
	return n
}

// agentNow reads one agent's present.
func (e *Engine) agentNow(a *agentState) Now {
	var n Now
	if a.face.shown {
		var s staff
		s.add(&a.face, nil, +1)
		n.staffed(&s)
		n.MembershipKnown = len(a.queues) > 0
	}
	n.brief(&e.views.briefs[a.index])
	if a.idleSince != 0 {
		n.IdleWhileWaiting = 1
	}
	if a.presence == PresencePaused {
		n.PauseOverMs = e.pauseOver(a, e.now)
	}
	return n
}

func (e *Engine) newAgentView(a *agentState, n *Now, row *Row, missed int32) *AgentView {
	v := &AgentView{
		ID: a.id, Name: a.name, Bot: a.bot, Tier: a.tier, Presence: a.presence, PresenceReason: a.reason, PresenceSince: a.since,
		PauseUntil: e.pauseUntil(a), Activity: a.face.activity, ActivitySince: a.activeAt, Draining: a.face.draining,
		SlotsUsed: a.face.used, Slots: a.face.slots, Load: float64(a.face.load) / fact.ShareUnit,
		Unanswered: n.Unanswered, UnansweredSince: n.UnansweredSince, MissedOffers15m: missed,
		IdleWhileWaitingSince: a.idleSince, Day: a.day[:len(a.day):len(a.day)], Row: row,
	}
	if a.team != noRef {
		v.Team = e.teams[a.team].id
	}
	for i := range a.queues {
		id := e.queues[a.queues[i].queue].id
		v.Queues = append(v.Queues, id)
		if a.queues[i].paused {
			v.PausedQueues = append(v.PausedQueues, id)
		}
	}
	v.Channels = e.channelsOf(a)
	for _, s := range a.skills {
		v.Skills = append(v.Skills, e.names.words.texts[s])
	}
	for _, s := range a.langs {
		v.Langs = append(v.Langs, e.names.words.texts[s])
	}
	for i := range a.legs {
		l := e.legs.At(a.legs[i].leg)
		sv := e.sessionView(l.sess)
		sv.Agent = a.id
		switch l.state {
		case legRing:
			sv.State, sv.StateSince = StateOffered, l.begin
		case legTalk, legBot:
			v.LongestLegSince = earlier(v.LongestLegSince, l.begin)
		case legHold:
			sv.State, sv.StateSince = StateHeld, l.mark
			v.LongestLegSince = earlier(v.LongestLegSince, l.begin)
		case legWrap:
			sv.State, sv.StateSince = StateWrapping, l.mark
			v.WrapSince = earlier(v.WrapSince, l.mark)
		}
		v.Legs = append(v.Legs, sv)
	}
	return v
}

func trendInto(r *rowState, now int64, t *Trend) {
	var w window.Trend
	r.series.Trend(now, &w)
	*t = Trend(w)
}

// textOf returns a session's id as a text that may be kept.
func (e *Engine) textOf(ref int32) clean.Text {
	s := e.sessions.At(ref)
	return clean.Own(strings.Clone(e.ids.Get(s.id, int(s.idLen))))
}

// StepView is one event of a session. What the engine keeps of the last ones is
// when and what; the rest is known of those that were read from where events are
// stored.
type StepView struct {
	At           int64 // the engine's own: to within 32 ms
	Type         EventType
	By           Party // of messages and closes
	Agent, Queue clean.Text
	Outcome      Outcome
}

// SessionDetail is one session with its last steps, oldest first.
type SessionDetail struct {
	SessionView
	Outcome Outcome
	Topic   clean.Text
	Steps   []StepView
}

// Session returns the session with the id, while it is open or has just
// closed, on the first floor that knows it.
func (e *Engine) Session(id string) (SessionDetail, bool) { return e.SessionOn("", id) }

// SessionOn is Session on one floor; an empty floor asks all of them.
func (e *Engine) SessionOn(floor, id string) (SessionDetail, bool) {
	for _, f := range e.floors {
		if floor != "" && f.id.String() != floor {
			continue
		}
		ref := e.find(f.index, mix(uint64(f.index)+1, hashText(id)), id)
		if ref == noRef {
			continue
		}
		s := e.sessions.At(ref)
		d := SessionDetail{SessionView: e.sessionView(ref), Outcome: s.outcome, Topic: e.names.words.texts[s.topic]}
		for k := range s.nsteps {
			x := s.steps[(s.stepAt+steps-s.nsteps+k)%steps]
			typ, by := stepOf(x & 63)
			d.Steps = append(d.Steps, StepView{At: s.base + int64(int32(x)>>6)<<5, Type: typ, By: by})
		}
		return d, true
	}
	return SessionDetail{}, false
}
