package metrics

import (
	"slices"

	"wallboard/metrics/checkpoint"
	"wallboard/metrics/clean"
	"wallboard/metrics/store"
	"wallboard/metrics/window"
)

// stateVersion changes whenever what Code writes does.
const stateVersion = 6

// Code writes or reads the whole state. Read it into an engine made with the
// settings of the one that wrote it: then both go on alike, byte for byte. An
// engine that could not be read whole must not be used.
func (e *Engine) Code(c *checkpoint.Coder) {
	version := int64(stateVersion)
	c.Int64(&version)
	if version != stateVersion {
		c.Fail("metrics: state of version %d, want %d", version, stateVersion)
		return
	}
	if c.Reading() {
		fresh, err := NewEngine(e.settings)
		if err != nil {
			c.Fail("%v", err)
			return
		}
		*e = *fresh
	}
	c.Int64(&e.now)
	c.Uint64(&e.order)
	e.names.words.code(c)
	store.Slice(c, &e.names.moods, codeUint16)
	if len(e.names.moods) > maxMoods {
		c.Fail("metrics: %d labels of moods", len(e.names.moods))
	}
	e.codeEntities(c)
	if c.Err() != nil {
		return
	}
	e.codeSessions(c)
	if c.Err() != nil {
		return
	}
	e.ids48.Code(c)
	e.visits.code(c)
	e.codeOrders(c)
	e.grievance.code(c)
	e.curves.code(c, len(e.cells))
	e.health.code(c)
	if c.Reading() && c.Err() == nil {
		e.relink(c)
	}
}

func codeText(c *checkpoint.Coder, t *clean.Text) {
	s := t.String()
	c.String(&s)
	if c.Reading() && s != t.String() {
		*t = clean.Text{}
		if s != "" {
			*t = clean.Own(s)
		}
	}
}

func codeInt32(c *checkpoint.Coder, v *int32)   { checkpoint.Int(c, v) }
func codeUint16(c *checkpoint.Coder, v *uint16) { checkpoint.Int(c, v) }

// pointers visits a slice of pointers, making what they point to.
func pointers[T any](c *checkpoint.Coder, s *[]*T, one func(*checkpoint.Coder, *T)) {
	store.Slice(c, s, func(c *checkpoint.Coder, p **T) {
		if c.Reading() {
			*p = new(T)
		}
		one(c, *p)
	})
}

func (w *wordTable) code(c *checkpoint.Coder) {
	store.Slice(c, &w.texts, codeText)
	store.Slice(c, &w.sets, func(c *checkpoint.Coder, set *[]uint16) { store.Slice(c, set, codeUint16) })
	keys := make([]string, 0, len(w.setBy))
	for k := range w.setBy {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	store.Slice(c, &keys, func(c *checkpoint.Coder, k *string) {
		v := w.setBy[*k]
		c.String(k)
		codeUint16(c, &v)
		if c.Reading() {
			w.setBy[*k] = v
		}
	})
	if !c.Reading() {
		return
	}
	w.by = make(map[string]uint16, len(w.texts))
	for i, t := range w.texts {
		w.by[t.String()] = uint16(i)
	}
	if len(w.texts) == 0 || len(w.sets) == 0 || len(w.texts) > maxWords+1 || len(w.sets) > maxWords+1 {
		c.Fail("metrics: %d words, %d sets", len(w.texts), len(w.sets))
	}
}

// codeEntities visits floors, channels, queues, teams, agents, cells and rows.
func (e *Engine) codeEntities(c *checkpoint.Coder) {
	pointers(c, &e.floors, e.codeFloor)
	pointers(c, &e.chans, e.codeChannel)
	pointers(c, &e.queues, e.codeQueue)
	pointers(c, &e.teams, codeTeam)
	pointers(c, &e.agents, e.codeAgent)
	pointers(c, &e.cells, codeCell)
	pointers(c, &e.rows, e.codeRow)
	pointers(c, &e.groups, e.codeGroup)
}

func (e *Engine) codeFloor(c *checkpoint.Coder, f *floorState) {
	checkpoint.Int(c, &f.index)
	codeText(c, &f.id)
	c.Int64(&f.dayStart)
	c.Int64(&f.nextDay)
	checkpoint.Int(c, &f.row)
	checkpoint.Int(c, &f.whole)
	c.Bool(&f.roster)
	for _, v := range []*int32{&f.otherChan, &f.otherQueue, &f.otherAgent} {
		checkpoint.Int(c, v)
	}
	for _, v := range []*[]int32{&f.chans, &f.queues, &f.agents, &f.teams} {
		store.Slice(c, v, codeInt32)
	}
	codeSold(c, f)
	f.codeTabs(c)
	f.topics.code(c)
	f.touchpoints.code(c)
}

func (e *Engine) codeChannel(c *checkpoint.Coder, ch *chanState) {
	for _, v := range []*int32{&ch.index, &ch.local, &ch.floor, &ch.row, &ch.cell} {
		checkpoint.Int(c, v)
	}
	codeText(c, &ch.id)
	ch.open.Code(c)
	c.Int64(&ch.omniTo)
}

func (e *Engine) codeQueue(c *checkpoint.Coder, q *queueState) {
	for _, v := range []*int32{&q.index, &q.local, &q.floor, &q.row} {
		checkpoint.Int(c, v)
	}
	codeText(c, &q.id)
	store.Slice(c, &q.cells, codeInt32)
	store.Slice(c, &q.members, codeInt32)
	store.Slice(c, &q.plans, func(c *checkpoint.Coder, p *plan) {
		c.Int64(&p.from)
		c.Int64(&p.until)
		c.Float64(&p.offered)
		c.Float64(&p.people)
		c.Float64(&p.aht)
	})
	store.Slice(c, &q.needs, func(c *checkpoint.Coder, n *need) {
		codeUint16(c, &n.skills)
		codeUint16(c, &n.lang)
		checkpoint.Int(c, &n.waiting)
		checkpoint.Int(c, &n.able)
	})
	c.Int64(&q.uncovered)
}

func codeTeam(c *checkpoint.Coder, t *teamState) {
	for _, v := range []*int32{&t.index, &t.floor, &t.row} {
		checkpoint.Int(c, v)
	}
	codeText(c, &t.id)
}

func (e *Engine) codeAgent(c *checkpoint.Coder, a *agentState) {
	for _, v := range []*int32{&a.index, &a.floor, &a.team, &a.group, &a.row, &a.total} {
		checkpoint.Int(c, v)
	}
	codeText(c, &a.id)
	codeText(c, &a.name)
	for _, v := range []*bool{&a.bot, &a.hasCapacity, &a.explicit} {
		c.Bool(v)
	}
	checkpoint.Int(c, &a.tier)
	store.Slice(c, &a.chans, func(c *checkpoint.Coder, k *agentChan) {
		checkpoint.Int(c, &k.channel)
		checkpoint.Int(c, &k.row)
		checkpoint.Int(c, &k.slots)
		c.Bool(&k.exclusive)
	})
	codeSkills(c, &a.skills)
	codeSkills(c, &a.langs)
	store.Slice(c, &a.queues, func(c *checkpoint.Coder, m *member) {
		checkpoint.Int(c, &m.queue)
		checkpoint.Int(c, &m.priority)
		c.Bool(&m.paused)
		c.Bool(&m.inferred)
		c.Bool(&m.counted)
		c.Int64(&m.seen)
	})
	store.Slice(c, &a.pausedIn, codeInt32)
	checkpoint.Int(c, &a.presence)
	codeText(c, &a.reason)
	for _, v := range []*int64{&a.since, &a.until, &a.activeAt} {
		c.Int64(v)
	}
	checkpoint.Int(c, &a.active)
	store.Slice(c, &a.legs, func(c *checkpoint.Coder, l *carried) { checkpoint.Int(c, &l.leg) })
	store.Slice(c, &a.hist, codePiece)
	store.Slice(c, &a.day, codePresenceMark)
	for i := range a.missed {
		c.Int64(&a.missed[i])
	}
	checkpoint.Int(c, &a.missedAt)
	if a.missedAt >= uint8(len(a.missed)) || len(a.day) > MaxPresenceMarks || a.presence >= NumPresences {
		c.Fail("metrics: agent %d", a.index)
	}
}

// codeSkills visits a set of words of which none given differs from none had.
func codeSkills(c *checkpoint.Coder, s *[]uint16) {
	given := *s != nil
	c.Bool(&given)
	store.Slice(c, s, codeUint16)
	if given && *s == nil {
		*s = []uint16{}
	}
}

func codePiece(c *checkpoint.Coder, p *piece) {
	c.Int64(&p.t)
	c.Int64(&p.share)
	checkpoint.Int(c, &p.presence)
	c.Bool(&p.said)
	checkpoint.Int(c, &p.ring)
	checkpoint.Int(c, &p.slots)
	for i := range p.used {
		checkpoint.Int(c, &p.used[i])
	}
}

func codeCell(c *checkpoint.Coder, k *cellState) {
	for _, v := range []*int32{&k.index, &k.floor, &k.channel, &k.queue, &k.rows[0], &k.rows[1], &k.rows[2], &k.rows[3]} {
		checkpoint.Int(c, v)
	}
	c.Int64(&k.answerWithin)
	c.Int64(&k.short)
	c.Bool(&k.openTime)
	for _, v := range []*store.Ages{&k.waiting, &k.total, &k.first, &k.unans, &k.callbacks, &k.messages, &k.stuck, &k.unpaid} {
		v.Code(c)
	}
	c.Int64(&k.owed)
	y := &k.tally
	for _, v := range []*int32{&y.vip, &y.open, &y.activeLegs, &y.talkLegs, &y.botActive, &y.humanOnly, &y.incomplete, &y.tierMismatch, &y.labelled[0], &y.labelled[1], &y.negative[0], &y.negative[1]} {
		checkpoint.Int(c, v)
	}
	for i := range y.tierWaiting {
		checkpoint.Int(c, &y.tierWaiting[i])
	}
}

func (e *Engine) codeRow(c *checkpoint.Coder, r *rowState) {
	checkpoint.Int(c, &r.index)
	checkpoint.Int(c, &r.floor)
	checkpoint.Int(c, &r.agent)
	checkpoint.Int(c, &r.queue)
	checkpoint.Int(c, &r.scope)
	if r.scope.ofOne() {
		checkpoint.Int(c, &r.channel)
	} else {
		if c.Reading() {
			r.wideRow = &wideRow{}
		}
		checkpoint.Int(c, &r.key.Scope)
		for _, t := range []*clean.Text{&r.key.Floor, &r.key.Channel, &r.key.Queue, &r.key.Team, &r.key.Agent, &r.key.Topic, &r.key.Touchpoint} {
			codeText(c, t)
		}
	}
	if c.Reading() {
		r.series = *e.scratch.New(r.kind())
	}
	r.series.Code(c)
	c.Int64(&r.seen)
	checkpoint.Int(c, &r.top)
	checkpoint.Int(c, &r.busy)
	if r.top < 0 || r.scope >= NumScopes {
		c.Fail("metrics: row %d", r.index)
	}
	if r.wideRow == nil {
		return
	}
	store.Slice(c, &r.conc, codeInt32)
	for i := range r.level0 {
		checkpoint.Int(c, &r.level0[i])
	}
	if int(r.top) > len(r.conc) || r.key.Scope != r.scope {
		c.Fail("metrics: row %d", r.index)
	}
}

func (r *rowState) kind() window.Kind {
	if r.scope.ofOne() {
		return window.Sparse
	}
	return window.Dense
}

func (h *healthState) code(c *checkpoint.Coder) {
	for _, v := range []*int64{
		&h.received, &h.applied, &h.duplicates, &h.ancient, &h.misfit, &h.unknown, &h.late, &h.future, &h.noTime, &h.clockSkew,
		&h.originUnknown, &h.cleaned, &h.wrapOrphans, &h.orphansClosed, &h.capped, &h.forgotten, &h.newest,
	} {
		c.Int64(v)
	}
	c.Uint64(&h.sequence)
	codeCounts(c, h.rejected)
	codeCounts(c, h.unknownTypes)
	store.Slice(c, &h.samples, func(c *checkpoint.Coder, s *Sample) {
		c.Int64(&s.At)
		c.String(&s.Reason)
		codeText(c, &s.Text)
	})
	pointers(c, &h.sources, func(c *checkpoint.Coder, s *sourceState) {
		codeText(c, &s.id)
		checkpoint.Int(c, &s.floor)
		c.Uint64(&s.hash)
		for _, v := range []*int64{&s.events, &s.newest, &s.arrival, &s.beats, &s.beatAt, &s.beatSeq, &s.missed, &s.open, &s.drift, &s.median, &s.tempo.minute, &s.tempo.running, &s.tempo.before} {
			c.Int64(v)
		}
		for i := range s.gaps {
			c.Int64(&s.gaps[i])
		}
		checkpoint.Int(c, &s.gapAt)
		s.spoke.code(c)
	})
}

func codeCounts(c *checkpoint.Coder, m map[string]int64) {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	store.Slice(c, &keys, func(c *checkpoint.Coder, k *string) {
		v := m[*k]
		c.String(k)
		c.Int64(&v)
		if c.Reading() {
			m[*k] = v
		}
	})
}
