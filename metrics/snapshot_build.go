package metrics

import (
	"slices"
	"strings"

	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/window"
)

// pageSize is how many agents share one page of a snapshot.
const pageSize = 64

// viewCache keeps what the last snapshot was made of, so that the next can
// share what has not changed.
type viewCache struct {
	last    *Snapshot
	at      uint64 // changes when it was made
	version uint64
	now     nows
	idle    []int32 // agents idle while somebody waits
	agents  []int32 // touched since, to be shown anew
	floors  []floorCache
	briefs  []brief // by the agent's number

	// Agents whose figures of now move with the clock alone.
	restless []int32 // paused for longer than they may be: they change all the time
	wakes    wakes   // when the others do
	wasIdle  []int32
	round    uint64 // of snapshots
	teams    []Now
	few      oldestFew
	listed   []SessionView
	changed  bool  // anything differs from the last snapshot
	asBefore bool  // only the clock has moved since the last snapshot
	calm     int64 // until when the floors of the last snapshot stay as they are
	trends   bool  // rows are made with their trends
}

// rowCache is a row as last shown.
type rowCache struct {
	row   *Row
	at    int64
	stamp uint64
	day   int64
}

// floorCache is the order of a floor's entities and its pages as last shown.
type floorCache struct {
	shape                       uint64
	chans, queues, teams, cells []int32
	agents, bots                []int32
	agentChans                  []int32 // rows
	topics, touchpoints         []int32 // rows
	sessions                    [NumSessionTabs]tabCache
	quality                     *QualityView
	qualityAt                   uint64
	spikes                      map[int32]Topic
	worst                       Topic
	spikedAt                    int64   // minute
	place                       []int32 // of each agent of the engine among agents or bots
	placeRow                    []int32 // of each row of the engine among agentChans
	view                        *FloorView
	tables                      []tableCache
	arranged                    bool  // anew since the last snapshot
	day                         int64 // its start in the last snapshot
	plans                       []QueuePlan
}

type tableCache struct {
	view   *QueueView
	stamp  uint64
	closed bool
}

// Snapshot returns everything there is to see now, sharing with the snapshot
// before what has not changed since.
func (e *Engine) Snapshot() *Snapshot { return e.look(true) }

// Glance is Snapshot without trends, for rules: they look every few seconds of
// a month that is read in one go, and a third of what a look costs would be
// curves that nobody draws. A row may have a trend all the same.
func (e *Engine) Glance() *Snapshot { return e.look(false) }

// look makes a snapshot; with trends where they are to be drawn.
func (e *Engine) look(trends bool) *Snapshot {
	v := &e.views
	if v.last != nil && v.at == e.changes && v.last.At == e.now && (v.trends || !trends) {
		return v.last
	}
	v.asBefore = v.last != nil && v.at == e.changes
	v.changed = !v.asBefore
	if v.asBefore && e.now < v.calm && (v.trends || !trends) {
		s := &Snapshot{At: e.now, Version: v.version, Floors: v.last.Floors, Health: e.healthView()}
		v.last = s
		return s
	}
	v.trends = trends
	e.appearAll()
	s := &Snapshot{At: e.now}
	for len(v.floors) < len(e.floors) {
		v.floors = append(v.floors, floorCache{})
	}
	for i, f := range e.floors {
		s.Floors = append(s.Floors, e.floorView(f, &v.floors[i]))
	}
	slices.SortFunc(s.Floors, func(a, b *FloorView) int { return strings.Compare(a.ID.String(), b.ID.String()) })
	s.Health = e.healthView()
	if v.changed {
		v.version++
	}
	s.Version = v.version
	v.agents = v.agents[:0]
	v.last, v.at = s, e.changes
	if v.calm = e.now; v.asBefore {
		v.calm = e.calmUntil()
	}
	return s
}

// floorView builds one floor.
func (e *Engine) floorView(f *floorState, c *floorCache) *FloorView {
	e.arrange(f, c)
	n := &e.views.now
	e.readNow(f, n)
	out := &FloorView{ID: f.id, Zone: f.settings.Zone, DayStart: f.dayStart, MaxLegs: e.rows[f.row].top, Words: e.names.words.texts[:len(e.names.words.texts):len(e.names.words.texts)]}
	for k, i := range f.queues {
		e.planNow(f, e.queues[i], &n.queues[k])
		n.floor.planned(&n.queues[k])
	}
	out.Plans = e.plansOf(c)
	out.Unskilled = e.unskilled(c)
	n.floor.Topic = e.spikesOf(f, c)
	out.Row = e.rowView(e.rows[f.row], &n.floor)
	for _, i := range c.chans {
		out.Channels = append(out.Channels, e.rowView(e.rows[e.chans[i].row], &n.chans[e.chans[i].local]))
	}
	for _, i := range c.queues {
		out.Queues = append(out.Queues, e.rowView(e.rows[e.queues[i].row], &n.queues[e.queues[i].local]))
	}
	for k, i := range c.cells {
		out.Tables = append(out.Tables, e.tableView(e.cells[i], &c.tables[k], n))
	}
	e.teamViews(c, out)
	e.namedViews(f, c, out)
	e.tabViews(f, c, out)
	out.Quality = e.qualityView(f, c)
	out.Curves = e.curvesOf(f)
	e.peopleViews(f, c, out)
	c.view = out
	return out
}

// rowView returns the row as it is now, the last one where nothing differs.
func (e *Engine) rowView(r *rowState, now *Now) *Row {
	now.BusyPeople, now.Bases = r.busy, e.bases
	if r.wideRow != nil {
		now.Complainants, now.RepeatComplainants = r.complainants, r.repeaters
	}
	c := &r.built
	f, level := e.floors[r.floor], e.levelOf(r)
	stamp, newest := e.heardOf(r)
	fresh := c.row == nil || stamp > c.stamp || c.day != f.dayStart || c.row.Level != level
	// What grows by time alone is settled when it is read: SumsAt. Only a trend
	// must move on with the minutes.
	trends := e.views.trends && !r.scope.People()
	fresh = fresh || trends && (c.row.Trend == nil || e.now/msMinute != c.at/msMinute)
	sameNow := c.row != nil && *c.row.Now == *now
	seen := newest >= f.dayStart && newest > 0 || now.lives()
	if !fresh && sameNow && seen == !c.row.Past {
		return c.row
	}
	e.views.changed = true
	row := &Row{Key: e.keyOf(r), Level: level, Past: !seen, View: e.viewOf(r)}
	if sameNow {
		row.Now = c.row.Now
	} else {
		kept := *now
		row.Now = &kept
	}
	if trends {
		row.Trend = e.trendOf(r)
	}
	c.row, c.at, c.stamp, c.day = row, e.now, e.changes, f.dayStart
	return row
}

// heardOf returns when a row last changed, as a stamp and as the time of its
// newest fact. An agent's row is also what the agent's channels are.
func (e *Engine) heardOf(r *rowState) (stamp uint64, newest int64) {
	stamp, newest = r.stamp, r.seen
	if r.scope == ScopeAgent {
		for _, k := range e.agents[r.agent].chans {
			stamp, newest = max(stamp, e.rows[k.row].stamp), max(newest, e.rows[k.row].seen)
		}
	}
	if r.scope == ScopeQueue || r.scope == ScopeQueueChannel {
		for _, i := range e.queues[r.queue].groups {
			stamp = max(stamp, e.groups[i].stamp)
		}
	}
	return stamp, newest
}

// viewOf returns the figures of a row: an agent's own, which are of their time,
// joined with those of their channels, which are of what they did.
func (e *Engine) viewOf(r *rowState) View {
	own := r.series.View(e.now)
	if r.scope == ScopeQueue || r.scope == ScopeQueueChannel {
		if pool := e.poolOf(r); len(pool) > 0 {
			return pooledFigures{own, pool}
		}
		return own
	}
	if r.scope != ScopeAgent || len(e.agents[r.agent].chans) == 0 {
		return own
	}
	chans := e.agents[r.agent].chans
	joined := make(agentFigures, 0, 1+len(chans))
	joined = append(joined, own)
	for _, k := range chans {
		joined = append(joined, e.rows[k.row].series.View(e.now))
	}
	return joined
}

// agentFigures joins an agent's own figures with those of their channels.
type agentFigures window.Joined

// Sums takes what an agent did from their channels, and what their time was
// spent on, which does not add up over channels, from their own.
func (v agentFigures) Sums(w fact.Window, into *fact.Sums) {
	var own fact.Sums
	v[0].Sums(w, &own)
	window.Joined(v).Sums(w, into)
	for _, c := range rateCounts {
		into.Counts[c] = own.Counts[c]
	}
	into.Peaks[fact.PeakConcurrency] = own.Peaks[fact.PeakConcurrency]
}

// SumsAt is Sums with the clock at a later moment.
func (v agentFigures) SumsAt(at int64, w fact.Window, into *fact.Sums) {
	later := make(agentFigures, len(v))
	for i := range v {
		later[i] = v[i].At(at)
	}
	later.Sums(w, into)
}

// Gather takes counts and distributions as Sums does.
func (v agentFigures) Gather(at, from, to int64, into *window.Span) bool {
	var own window.Span
	whole := v[0].Gather(at, from, to, &own)
	sum := own
	for _, c := range v[1:] {
		whole = c.Gather(at, from, to, &sum) && whole
	}
	for _, c := range rateCounts {
		sum.Counts[c] = own.Counts[c]
	}
	sum.Peaks[fact.PeakConcurrency] = own.Peaks[fact.PeakConcurrency]
	into.Merge(&sum)
	return whole
}

// Beyond counts the samples above ms of all channels.
func (v agentFigures) Beyond(at int64, w fact.Window, d fact.Dist, ms int64) (beyond, n int64) {
	for _, c := range v {
		b, k := c.Beyond(at, w, d, ms)
		beyond, n = beyond+b, n+k
	}
	return beyond, n
}

// lives says whether anything of a scope is going on: a contact, or people
// there for it. A membership alone, perhaps inferred from yesterday, is not.
func (n *Now) lives() bool {
	return n.Waiting|n.OpenSessions|n.ActiveLegs|n.Callbacks|n.Messages|n.People|n.BotActive != 0
}

// trendOf returns the row's last hour, the one shown before where neither a
// fact nor a minute has come since.
func (e *Engine) trendOf(r *rowState) *Trend {
	c := r.wideRow
	if c.drawn != nil && r.stamp <= c.trend && e.now/msMinute == c.trendAt/msMinute {
		return c.drawn
	}
	t := &Trend{}
	trendInto(r, e.now, t)
	c.drawn, c.trend, c.trendAt = t, e.changes, e.now
	return t
}

// tableView builds one queue x channel.
func (e *Engine) tableView(c *cellState, t *tableCache, n *nows) *QueueView {
	now := &n.cells[c.index]
	e.cellStaff(c, now, &n.queues[e.queues[c.queue].local])
	row := e.rowView(e.rows[c.rows[3]], now)
	closed := e.outOfHours(e.chans[c.channel], e.now)
	if t.view != nil && t.view.Row == row && t.stamp == c.stamp && t.closed == closed {
		return t.view
	}
	v := &QueueView{Queue: e.queues[c.queue].id, Channel: e.chans[c.channel].id, Row: row, Closed: closed}
	if closed {
		v.OpensAt = e.opensAt(e.chans[c.channel], e.now)
	}
	if t.view != nil && t.stamp == c.stamp {
		v.Waiting = t.view.Waiting
	} else {
		v.Waiting = e.waitingViews(c)
	}
	if t.closed != closed {
		e.views.changed = true
	}
	t.view, t.stamp, t.closed = v, c.stamp, closed
	return v
}

// cellStaff writes the people of a queue x channel: the queue's members as
// they stand on the channel.
func (e *Engine) cellStaff(c *cellState, now, queue *Now) {
	now.staffed(&c.pool)
	now.MembershipKnown, now.MembershipInferred = queue.MembershipKnown, queue.MembershipInferred
	// Who may come from where is said of the queue; a channel that nobody is
	// known to serve shows the queue's people.
	now.Uncovered = queue.Uncovered && now.Waiting > 0
	if now.Uncovered {
		now.UncoveredSince = queue.UncoveredSince
	}
}

func (e *Engine) waitingViews(c *cellState) []SessionView {
	out := make([]SessionView, 0, min(c.waiting.Len(), MaxWaitingListed))
	for _, ref := range c.waiting.All {
		if len(out) == MaxWaitingListed {
			break
		}
		out = append(out, e.sessionView(ref))
	}
	return out
}

// sessionView describes one session.
func (e *Engine) sessionView(ref int32) SessionView { return e.describe(ref, e.textOf(ref)) }

// describe describes one session whose id is known.
func (e *Engine) describe(ref int32, id clean.Text) SessionView {
	s := e.sessions.At(ref)
	c := e.cells[s.cell]
	w := &e.names.words
	v := SessionView{
		ID: id, CustomerClass: w.texts[s.class], Lang: w.texts[s.lang], State: stateOf[s.phase],
		StateSince: s.abs(s.since), OpenedAt: s.base, Messages: int32(s.messages), Priority: int32(s.priority), Tier: s.tier,
		Incomplete: s.flags&fIncomplete != 0, Topic: w.texts[s.topic],
	}
	if m := s.mood(); m != 0 {
		v.Emotion = w.texts[e.names.moods[m-1]]
	}
	if s.phase == phaseBot {
		v.BotFailures = int32(s.fails)
		if s.asked != 0 {
			v.HumanAskedSince = s.abs(s.asked)
		}
	}
	if s.kind == KindCallback && s.flags&fDue != 0 && s.due != noDue {
		v.DueAt = s.abs(s.due)
	}
	if c.channel != noRef {
		v.Channel = e.chans[c.channel].id
	}
	if c.queue != noRef {
		v.Queue = e.queues[c.queue].id
	}
	if i := e.anyLeg(s, legRing, legWrap); i != noRef && e.legs.At(i).agent != noRef {
		v.Agent = e.agents[e.legs.At(i).agent].id
	} else if i := e.anyLeg(s, legBot, legBot); i != noRef {
		v.Agent = e.agents[e.legs.At(i).agent].id
	}
	if s.flags&fSegment != 0 {
		v.QueuedAt, v.FirstQueuedAt = s.abs(s.begun), s.abs(s.queued)
	}
	if s.flags&fTurn != 0 {
		v.UnansweredSince = s.abs(s.turn)
	}
	if s.awaits() {
		v.FirstReplyDueSince = s.abs(s.start)
	}
	return v
}

var stateOf = [...]SessionState{
	phaseVoid: StateClosed, phaseOpen: StateOpen, phaseBot: StateBot, phaseQueued: StateQueued, phaseOffered: StateOffered,
	phaseActive: StateActive, phaseHeld: StateHeld, phaseWrapping: StateWrapping, phaseClosed: StateClosed,
}

// planned adds the forecast of a queue to that of its floor.
func (n *Now) planned(q *Now) {
	if !q.Planned {
		return
	}
	n.Planned = true
	n.PeoplePlanned = n.PeoplePlanned || q.PeoplePlanned
	n.PlannedPeople += q.PlannedPeople
	for w := range n.PlannedWindow {
		n.PlannedWindow[w] += q.PlannedWindow[w]
	}
}

// planNow writes what the forecast says of a queue.
func (e *Engine) planNow(f *floorState, q *queueState, n *Now) {
	if len(q.plans) == 0 {
		return
	}
	for w := range fact.NumWindows {
		from := f.dayStart
		if m := w.Minutes(); m > 0 {
			from = e.now - e.now%msMinute - int64(m-1)*msMinute
		}
		offered, people, known, staffed := q.planned(from, e.now)
		n.PeoplePlanned = n.PeoplePlanned || staffed
		n.PlannedWindow[w], n.PlannedPeople = offered, people
		n.Planned = n.Planned || known
	}
}
