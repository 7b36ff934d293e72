package metrics

import (
	"slices"

	"wallboard/metrics/checkpoint"
	"wallboard/metrics/clean"
	"wallboard/metrics/store"
)

// Lists of open sessions that a floor keeps for its tabs alone: most sessions
// are in none of them.
const (
	tabAsked     = iota // a person was asked for, and the bot still has it
	tabHumanOnly        // on a human-only topic with the bot
	tabNegative         // last mood negative
	tabMajor            // tier 3
	numKept
)

// tabCache is one tab as last shown.
type tabCache struct {
	items []tabItem
	list  SessionList
}

// tabItem is a session or an order of a tab: since when, and which.
type tabItem struct {
	since int64
	ref   int32
}

func (a tabItem) before(b tabItem) bool {
	return a.since < b.since || a.since == b.since && a.ref < b.ref
}

// oldestFew selects the oldest of many lists: a heap whose top is the youngest
// selected so far, so that of a list nothing beyond that is looked at.
type oldestFew struct{ items []tabItem }

func (o *oldestFew) take(a *store.Ages, until int64) {
	if a.Len() == 0 {
		return
	}
	for since, ref := range a.All {
		if since >= until || !o.add(tabItem{since, ref}) {
			return
		}
	}
}

// add selects an item and says whether younger ones may be selected too.
func (o *oldestFew) add(x tabItem) bool {
	s := o.items
	if len(s) == MaxSessionsListed {
		if !x.before(s[0]) {
			return x.since <= s[0].since // of one moment any may come
		}
		s[0] = x
		for i := 0; ; {
			down := 2*i + 1
			if down >= len(s) {
				return true
			}
			if down+1 < len(s) && s[down].before(s[down+1]) {
				down++
			}
			if !s[i].before(s[down]) {
				return true
			}
			s[i], s[down] = s[down], s[i]
			i = down
		}
	}
	s = append(s, x)
	for i := len(s) - 1; i > 0; {
		up := (i - 1) / 2
		if !s[up].before(s[i]) {
			break
		}
		s[i], s[up] = s[up], s[i]
		i = up
	}
	o.items = s
	return true
}

// tabViews builds the lists of the sessions page. Counts are exact; of each
// list the oldest MaxSessionsListed are looked at, whatever its length.
func (e *Engine) tabViews(f *floorState, c *floorCache, out *FloorView) {
	now := &e.views.now
	counts := [NumSessionTabs]int32{
		TabWaiting: now.floor.Waiting, TabUnanswered: now.floor.Unanswered, TabStuckInBot: now.floor.StuckInBot,
		TabCallbacksOverdue: now.floor.CallbacksOverdue, TabMessages: now.floor.Messages, TabUnpaidOrders: now.floor.Unpaid,
		TabLongOpen: now.floor.OpenOver4h, TabViolations: f.foundN,
	}
	kept := [numKept]SessionTab{tabAsked: TabHumanAsked, tabHumanOnly: TabHumanOnlyInBot, tabNegative: TabNegative, tabMajor: TabTier3}
	for k, tab := range kept {
		counts[tab] = int32(f.tabs[k].Len())
	}
	for tab := range NumSessionTabs {
		t := &c.sessions[tab]
		if e.views.asBefore && t.list.Count == counts[tab] {
			out.Sessions[tab] = t.list // by the clock alone a list only grows
			continue
		}
		few := &e.views.few
		few.items = few.items[:0]
		if counts[tab] > 0 {
			e.selectTab(f, tab, kept, few)
		}
		e.fillTab(f, tab, t, counts[tab])
		out.Sessions[tab] = t.list
	}
}

// selectTab selects the oldest sessions of a tab.
func (e *Engine) selectTab(f *floorState, tab SessionTab, kept [numKept]SessionTab, few *oldestFew) {
	for k, of := range kept {
		if of == tab {
			few.take(&f.tabs[k], noTime)
			return
		}
	}
	switch tab {
	case TabLongOpen:
		for _, i := range f.chans {
			few.take(&e.chans[i].open, e.now-longOpen[0])
		}
		return
	case TabViolations:
		for i := range f.found {
			few.items = append(few.items, tabItem{f.found[i].at, int32(i)})
		}
		return
	}
	for _, i := range f.cells {
		c := e.cells[i]
		switch tab {
		case TabWaiting:
			few.take(&c.waiting, noTime)
		case TabUnanswered:
			few.take(&c.unans, noTime)
		case TabStuckInBot:
			few.take(&c.stuck, e.now+1)
		case TabCallbacksOverdue:
			few.take(&c.callbacks, e.now)
		case TabMessages:
			few.take(&c.messages, noTime)
		case TabUnpaidOrders:
			few.take(&c.unpaid, noTime)
		}
	}
}

// fillTab describes the selected sessions, sharing the last list where nothing
// of it differs.
func (e *Engine) fillTab(f *floorState, tab SessionTab, t *tabCache, count int32) {
	items, v := e.views.few.items, &e.views
	slices.SortFunc(items, func(a, b tabItem) int {
		if a.before(b) {
			return -1
		}
		return b2i32(b.before(a))
	})
	v.listed = v.listed[:0]
	old := 0
	for _, x := range items {
		for old < len(t.items) && t.items[old].before(x) {
			old++
		}
		var id clean.Text
		if old < len(t.items) && t.items[old] == x {
			id = t.list.Sessions[old].ID
		}
		v.listed = append(v.listed, e.tabView(f, tab, x, id))
	}
	since := int64(0)
	if len(items) > 0 {
		since = items[0].since
	}
	t.items = append(t.items[:0], items...)
	if t.list.Count == count && t.list.OldestSince == since && slices.Equal(t.list.Sessions, v.listed) {
		return
	}
	e.views.changed = true
	t.list = SessionList{Count: count, OldestSince: since, Sessions: slices.Clone(v.listed)}
}

func b2i32(b bool) int {
	if b {
		return 1
	}
	return 0
}

// tabView describes one item of a tab. id is the session's, empty where it is
// to be looked up.
func (e *Engine) tabView(f *floorState, tab SessionTab, x tabItem, id clean.Text) SessionView {
	switch tab {
	case TabUnpaidOrders:
		o := e.orders.slab.At(x.ref)
		if id.Empty() {
			id = clean.Own(string([]byte(e.ids.Get(o.id, int(o.idLen)))))
		}
		v := e.viewOfID(f, id, o.cell)
		v.OrderAmount, v.OrderCurrency, v.OrderSince = o.amount, e.names.words.texts[o.currency], o.created
		return v
	case TabViolations:
		w := &f.found[x.ref]
		v := e.viewOfID(f, w.session, w.cell)
		v.StateSince = w.at
		if w.agent != noRef {
			v.Agent = e.agents[w.agent].id
		}
		return v
	}
	if id.Empty() {
		id = e.textOf(x.ref)
	}
	return e.describe(x.ref, id)
}

// viewOfID describes a session that may be closed by now, or forgotten.
func (e *Engine) viewOfID(f *floorState, id clean.Text, cell int32) SessionView {
	if ref := e.find(f.index, mix(uint64(f.index)+1, hashText(id.String())), id.String()); ref >= 0 {
		return e.describe(ref, id)
	}
	c := e.cells[cell]
	v := SessionView{ID: id, State: StateClosed}
	if c.channel != noRef {
		v.Channel = e.chans[c.channel].id
	}
	if c.queue != noRef {
		v.Queue = e.queues[c.queue].id
	}
	return v
}

// found is a violation that screening found.
type found struct {
	session  clean.Text
	at       int64
	cell     int32
	agent    int32
	n        int32
	rule     uint16
	class    ViolationClass
	severity Severity
	by       Party
}

// noteViolation keeps a finding for the floor's list of the day.
func (e *Engine) noteViolation(s *sess, n *note, o owner) {
	if n.before {
		return
	}
	f := e.floors[e.cells[s.cell].floor]
	f.foundN++
	if len(f.found) == MaxViolations {
		copy(f.found, f.found[1:])
		f.found = f.found[:MaxViolations-1]
	}
	agent := o.agent
	if o.mask&toPeople == 0 {
		agent = noRef
	}
	id := clean.Own(string([]byte(e.ids.Get(s.id, int(s.idLen)))))
	f.found = append(f.found, found{
		session: id, at: n.time, cell: o.cell, agent: agent, n: int32(min(n.extra, 1<<31-1)), rule: n.skills,
		class: ViolationClass(n.class), severity: Severity(n.lang), by: n.by,
	})
}

// reason is how often a reason was given for a rating today.
type reason struct {
	word uint16
	n    int64
}

// maxRatingReasons bounds the reasons told apart in a day.
const maxRatingReasons = 64

// noteReasons counts why a customer rated as they did.
func (e *Engine) noteReasons(s *sess, n *note) {
	if n.before {
		return
	}
	f := e.floors[e.cells[s.cell].floor]
	for _, word := range e.names.words.sets[n.skills] {
		i := slices.IndexFunc(f.reasons, func(r reason) bool { return r.word == word })
		switch {
		case i >= 0:
			f.reasons[i].n++
		case len(f.reasons) < maxRatingReasons:
			f.reasons = append(f.reasons, reason{word, 1})
		default:
			e.health.capped++
		}
	}
}

// qualityView says what the floor's day says in words, nil where nothing.
func (e *Engine) qualityView(f *floorState, c *floorCache) *QualityView {
	if len(f.reasons)+len(f.found)+len(f.sold) == 0 {
		return nil
	}
	if c.quality != nil && c.qualityAt == e.changes {
		return c.quality
	}
	q := &QualityView{Amounts: e.amounts(f)}
	for _, r := range f.reasons {
		q.Reasons = append(q.Reasons, Tally{e.names.words.texts[r.word], r.n})
	}
	slices.SortStableFunc(q.Reasons, func(a, b Tally) int { return int(max(-1, min(b.N-a.N, 1))) })
	for i := len(f.found) - 1; i >= 0; i-- {
		q.Violations = append(q.Violations, e.violationView(&f.found[i]))
	}
	if c.quality != nil && slices.Equal(q.Reasons, c.quality.Reasons) && slices.Equal(q.Violations, c.quality.Violations) && slices.Equal(q.Amounts, c.quality.Amounts) {
		c.qualityAt = e.changes
		return c.quality
	}
	e.views.changed = true
	c.quality, c.qualityAt = q, e.changes
	return q
}

func (e *Engine) violationView(w *found) Violation {
	v := Violation{Session: w.session, At: w.at, Class: w.class, Severity: w.severity, By: w.by, N: w.n, Rule: e.names.words.texts[w.rule]}
	c := e.cells[w.cell]
	if c.channel != noRef {
		v.Channel = e.chans[c.channel].id
	}
	if c.queue != noRef {
		v.Queue = e.queues[c.queue].id
	}
	if w.agent != noRef {
		v.Agent = e.agents[w.agent].id
	}
	return v
}

// newDay forgets what is of the day that ends.
func (f *floorState) newDay() {
	f.sold, f.reasons, f.found, f.foundN = f.sold[:0], f.reasons[:0], f.found[:0], 0
}

func (f *floorState) codeTabs(c *checkpoint.Coder) {
	for k := range f.tabs {
		f.tabs[k].Code(c)
	}
	checkpoint.Int(c, &f.foundN)
	store.Slice(c, &f.found, func(c *checkpoint.Coder, w *found) {
		codeText(c, &w.session)
		c.Int64(&w.at)
		for _, p := range []*int32{&w.cell, &w.agent, &w.n} {
			checkpoint.Int(c, p)
		}
		checkpoint.Int(c, &w.rule)
		checkpoint.Int(c, &w.class)
		checkpoint.Int(c, &w.severity)
		checkpoint.Int(c, &w.by)
	})
	store.Slice(c, &f.reasons, func(c *checkpoint.Coder, r *reason) {
		checkpoint.Int(c, &r.word)
		c.Int64(&r.n)
	})
}

// tabsGood says whether every number of the floor's lists names a record.
func (e *Engine) tabsGood(f *floorState) bool {
	for k := range f.tabs {
		for _, ref := range f.tabs[k].All {
			if ref >= e.sessions.Cap() {
				return false
			}
		}
	}
	words := len(e.names.words.texts)
	for i := range f.found {
		w := &f.found[i]
		if w.cell < 0 || int(w.cell) >= len(e.cells) || w.agent < noRef || int(w.agent) >= len(e.agents) || int(w.rule) >= words {
			return false
		}
	}
	return !slices.ContainsFunc(f.reasons, func(r reason) bool { return int(r.word) >= words })
}
