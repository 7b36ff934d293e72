package metrics

import (
	"slices"
	"strings"

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
	changed bool // anything differs from the last snapshot
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
	shape                       [5]int
	chans, queues, teams, cells []int32
	agents, bots                []int32
	agentChans                  []int32 // rows
	view                        *FloorView
	tables                      []tableCache
}

type tableCache struct {
	view   *QueueView
	stamp  uint64
	closed bool
}

// Snapshot returns everything there is to see now, sharing with the snapshot
// before what has not changed since.
func (e *Engine) Snapshot() *Snapshot {
	v := &e.views
	if v.last != nil && v.at == e.changes && v.last.At == e.now {
		return v.last
	}
	v.changed = v.last == nil || v.at != e.changes
	for _, i := range v.agents {
		e.appear(e.agents[i])
		e.noteActivity(e.agents[i])
	}
	v.agents = v.agents[:0]
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
	v.last, v.at = s, e.changes
	return s
}

// noteActivity is a hook for what changes with the agent's face; the time of
// the change is kept where the legs change.
func (e *Engine) noteActivity(*agentState) {}

// floorView builds one floor.
func (e *Engine) floorView(f *floorState, c *floorCache) *FloorView {
	e.arrange(f, c)
	n := &e.views.now
	e.readNow(f, n)
	out := &FloorView{ID: f.id, Zone: f.settings.Zone, DayStart: f.dayStart, MaxLegs: e.rows[f.row].top}
	out.Row = e.rowView(e.rows[f.row], &n.floor)
	for _, i := range c.chans {
		out.Channels = append(out.Channels, e.rowView(e.rows[e.chans[i].row], &n.chans[e.chans[i].local]))
	}
	for k, i := range f.queues {
		e.planNow(f, e.queues[i], &n.queues[k])
	}
	place := map[int32]int{}
	for k, i := range f.queues {
		place[i] = k
	}
	for _, i := range c.queues {
		out.Queues = append(out.Queues, e.rowView(e.rows[e.queues[i].row], &n.queues[place[i]]))
	}
	for k, i := range c.cells {
		out.Tables = append(out.Tables, e.tableView(e.cells[i], &c.tables[k], n, place))
	}
	for _, i := range c.teams {
		t := e.teams[i]
		var now Now
		now.staffed(&t.pool)
		e.teamNow(t, &now)
		out.Teams = append(out.Teams, e.rowView(e.rows[t.row], &now))
	}
	e.peopleViews(f, c, out)
	c.view = out
	return out
}

// teamNow adds the sessions of a team's people.
func (e *Engine) teamNow(t *teamState, n *Now) {
	for _, i := range e.floors[t.floor].agents {
		a := e.agents[i]
		if a.team != t.index || a.bot {
			continue
		}
		e.legsNow(a, n)
		if a.idleSince != 0 {
			n.IdleWhileWaiting++
		}
		if a.presence == PresencePaused {
			n.PauseOverMs += e.pauseOver(a, e.now)
		}
	}
}

// legsNow adds an agent's sessions as they are now.
func (e *Engine) legsNow(a *agentState, n *Now) {
	for _, i := range a.legs {
		l := e.legs.At(i)
		if l.slot() {
			n.ActiveLegs++
		}
		if l.talking() {
			n.TalkLegs++
		}
		s := e.sessions.At(l.sess)
		if s.agent != a.index || !l.slot() || l.late {
			continue
		}
		n.OpenSessions++
		if s.flags&fTurn != 0 && (s.phase == phaseActive || s.phase == phaseHeld) {
			n.Unanswered++
			n.UnansweredSince = earlier(n.UnansweredSince, s.abs(s.turn))
		}
		if s.flags&(fStarted|fReplied|fFromAgent|fOut) == fStarted && s.human() && s.kind == KindLive {
			e.awaiting(s, n)
		}
	}
}

func (e *Engine) awaiting(s *sess, n *Now) {
	since := s.abs(s.start)
	n.AwaitingFirst++
	n.AwaitingFirstSince = earlier(n.AwaitingFirstSince, since)
	for _, x := range [...]struct {
		limit int64
		n     *int32
	}{{30_000, &n.AwaitingBeyond30}, {60_000, &n.AwaitingBeyond60}, {180_000, &n.AwaitingBeyond180}} {
		if e.now-since > x.limit {
			*x.n++
		}
	}
}

// rowView returns the row as it is now, the last one where nothing differs.
func (e *Engine) rowView(r *rowState, now *Now) *Row {
	c := &r.built
	f := e.floors[r.floor]
	stamp, newest := e.heardOf(r)
	fresh := c.row == nil || stamp > c.stamp || c.day != f.dayStart || c.row.Level != r.level
	if !fresh && c.at != e.now {
		fresh = r.net != (rates{}) || e.now/msMinute != c.at/msMinute && (!r.key.Scope.People() || newest > c.at-61*msMinute)
	}
	sameNow := c.row != nil && *c.row.Now == *now
	seen := newest >= f.dayStart && newest > 0 || now.lives()
	if !fresh && sameNow && seen == !c.row.Past {
		return c.row
	}
	e.views.changed = true
	row := &Row{Key: r.key, Level: r.level, Past: !seen, View: e.viewOf(r)}
	if sameNow {
		row.Now = c.row.Now
	} else {
		kept := *now
		row.Now = &kept
	}
	if !r.key.Scope.People() {
		row.Trend = e.trendOf(r)
	}
	c.row, c.at, c.stamp, c.day = row, e.now, e.changes, f.dayStart
	return row
}

// heardOf returns when a row last changed, as a stamp and as the time of its
// newest fact. An agent's row is also what the agent's channels are.
func (e *Engine) heardOf(r *rowState) (stamp uint64, newest int64) {
	stamp, newest = r.stamp, r.seen
	if r.key.Scope == ScopeAgent {
		for _, k := range e.agents[r.agent].chans {
			stamp, newest = max(stamp, e.rows[k.row].stamp), max(newest, e.rows[k.row].seen)
		}
	}
	return stamp, newest
}

// viewOf returns the figures of a row: an agent's own, which are of their time,
// joined with those of their channels, which are of what they did.
func (e *Engine) viewOf(r *rowState) View {
	own := r.series.View(e.now)
	if r.key.Scope != ScopeAgent || len(e.agents[r.agent].chans) == 0 {
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

// lives says whether anything of a scope is going on.
func (n *Now) lives() bool {
	return n.Waiting|n.OpenSessions|n.ActiveLegs|n.Callbacks|n.Messages|n.Members|n.BotActive != 0
}

// trendOf returns the row's last hour, the one shown before where neither a
// fact nor a minute has come since.
func (e *Engine) trendOf(r *rowState) *Trend {
	c := &r.built
	if c.row != nil && c.row.Trend != nil && r.stamp <= c.stamp && e.now/msMinute == c.at/msMinute {
		return c.row.Trend
	}
	t := &Trend{}
	trendInto(r, e.now, t)
	return t
}

// tableView builds one queue x channel.
func (e *Engine) tableView(c *cellState, t *tableCache, n *nows, place map[int32]int) *QueueView {
	now := &n.cells[c.index]
	e.cellStaff(c, now, &n.queues[place[c.queue]])
	row := e.rowView(e.rows[c.rows[3]], now)
	closed := e.outOfHours(e.chans[c.channel], e.now)
	if t.view != nil && t.view.Row == row && t.stamp == c.stamp && t.closed == closed {
		return t.view
	}
	v := &QueueView{Queue: e.queues[c.queue].id, Channel: e.chans[c.channel].id, Row: row, Closed: closed}
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
	var pool staff
	q := e.queues[c.queue]
	if c.staffStamp != 0 && c.staffStamp >= q.staffStamp {
		pool = c.pool
	} else {
		for _, i := range q.members {
			a := e.agents[i]
			m := a.memberOf(c.queue)
			for k := range min(len(a.chans), maxUsed) {
				if a.chans[k].channel == c.channel && a.face.shown {
					one := a.face.onChannel(k)
					pool.add(&one, m, +1)
				}
			}
		}
		c.pool, c.staffStamp = pool, e.changes+1
	}
	now.staffed(&pool)
	// Who may come from where is said of the queue; a channel that nobody is
	// known to serve shows the queue's people.
	now.Uncovered = queue.Uncovered && now.Waiting > 0
	if now.Uncovered {
		now.UncoveredSince = queue.UncoveredSince
	}
	now.IdleWhileWaiting = queue.IdleWhileWaiting
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
func (e *Engine) sessionView(ref int32) SessionView {
	s := e.sessions.At(ref)
	c := e.cells[s.cell]
	w := &e.names.words
	v := SessionView{
		ID: e.textOf(ref), CustomerClass: w.texts[s.class], Lang: w.texts[s.lang], State: stateOf[s.phase],
		StateSince: s.abs(s.since), OpenedAt: s.base, Messages: int32(s.messages), Priority: int32(s.priority), Tier: s.tier,
		Incomplete: s.flags&fIncomplete != 0,
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
	if s.flags&(fStarted|fReplied|fFromAgent|fOut) == fStarted && s.human() && s.kind == KindLive {
		v.FirstReplyDueSince = s.abs(s.start)
	}
	return v
}

var stateOf = [...]SessionState{
	phaseVoid: StateClosed, phaseOpen: StateOpen, phaseBot: StateBot, phaseQueued: StateQueued, phaseOffered: StateOffered,
	phaseActive: StateActive, phaseHeld: StateHeld, phaseWrapping: StateWrapping, phaseClosed: StateClosed,
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
		offered, people, known := q.planned(from, e.now)
		n.PlannedWindow[w], n.PlannedPeople = offered, people
		n.Planned = n.Planned || known
	}
}
