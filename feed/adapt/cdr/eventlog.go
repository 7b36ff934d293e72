package cdr

import (
	"cmp"
	"slices"
	"strconv"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// The words of row.do, in the order in which they are applied.
const (
	deedOpened     = "opened"
	deedQueued     = "queued"
	deedAssigned   = "assigned"
	deedHeld       = "held"
	deedMessage    = "message"
	deedResolved   = "resolved"
	deedUnresolved = "unresolved"
	deedCompleted  = "completed"
	deedAbandoned  = "abandoned"
	deedCancelled  = "cancelled"
)

var deeds = []string{deedOpened, deedQueued, deedAssigned, deedHeld, deedMessage,
	deedResolved, deedUnresolved, deedCompleted, deedAbandoned, deedCancelled}

// closing returns the outcome of a rule that closes the session.
func closing(rule *rowRule) (outcome metrics.Outcome, closes bool) {
	for _, word := range rule.Do {
		switch word {
		case deedResolved:
			return metrics.OutcomeResolved, true
		case deedUnresolved:
			return metrics.OutcomeUnresolved, true
		case deedCompleted:
			return metrics.OutcomeNone, true
		case deedAbandoned:
			return metrics.OutcomeAbandoned, true
		case deedCancelled:
			return metrics.OutcomeCancelled, true
		}
	}
	return metrics.OutcomeNone, false
}

// stage is how far a session of a log has come.
type stage uint8

const (
	stageNone stage = iota
	stageOpen
	stageQueued
	stageActive
	stageHeld
	stageClosed
)

// logCase is one session of an event log.
type logCase struct {
	contact
	stage     stage
	at, agent clean.Text // queue and agent it is with
}

// logRow is a row kept until all are there: logs are sorted by case, or not at all.
type logRow struct {
	at                     int64
	c                      *logCase
	rule                   *rowRule
	queue, agent, customer clean.Text
}

// eventLog turns a table with one row per event into steps.
type eventLog struct {
	m        *Map
	texts    texts
	activity template
	own      map[*rowRule]texts // queue, agent and customer as a rule says
	times    instants
	at       moment
	cases    map[string]*logCase
	rows     []logRow
	timeline *timeline
	report   *Report
}

func bindEventLog(m *Map, h *header, t *timeline, report *Report) (*eventLog, error) {
	b := binder{header: h}
	l := &eventLog{m: m, timeline: t, report: report, cases: make(map[string]*logCase), own: make(map[*rowRule]texts)}
	l.texts, l.activity = b.texts(m), b.template(m.Activity)
	for i := range m.Rows {
		rule := &m.Rows[i]
		own := l.texts
		if rule.Queue != "" {
			own.queue = b.template(rule.Queue)
		}
		if rule.Agent != "" {
			own.agent = b.template(rule.Agent)
		}
		if rule.Customer != "" {
			own.customer = b.template(rule.Customer)
		}
		l.own[rule] = own
	}
	l.times = b.instants(m)
	l.at = b.moment(m.Time.Column, &l.times)
	l.times.names = h.names
	return l, b.err
}

// row keeps a row that a rule speaks of.
func (l *eventLog) row(r *row) *unreadable {
	activity := l.activity.fill(r)
	rule := l.m.rules[activity]
	if rule == nil {
		return &unreadable{line: r.line, reason: "unknown activity", detail: strconv.Quote(activity)}
	}
	if reason, detail := l.times.read(r); reason != "" {
		return &unreadable{line: r.line, reason: reason, detail: detail}
	}
	at := l.times.at[l.at.column]
	if at == 0 {
		return &unreadable{line: r.line, reason: "bad time", detail: "not set"}
	}
	if len(rule.Do) == 0 {
		l.report.skip("activity " + activity)
		return nil
	}
	id := l.report.session(l.texts.session.fill(r))
	c := l.cases[id.String()]
	if c == nil {
		c = &logCase{contact: contact{session: id, topic: l.report.clean(l.texts.topic.fill(r))}}
		if reason := l.report.place(&c.contact, &l.texts, r); reason != "" {
			return &unreadable{line: r.line, reason: reason}
		}
		if priority, err := strconv.ParseInt(l.texts.priority.fill(r), 10, 32); err == nil {
			c.priority = int32(priority)
		}
		l.cases[id.String()] = c
	}
	own := l.own[rule]
	l.rows = append(l.rows, logRow{at: at, c: c, rule: rule, queue: l.report.clean(own.queue.fill(r)),
		agent: l.report.clean(own.agent.fill(r)), customer: l.report.clean(own.customer.fill(r))})
	return nil
}

// finish follows every session through its rows, in time order.
func (l *eventLog) finish() {
	slices.SortStableFunc(l.rows, func(a, b logRow) int { return cmp.Compare(a.at, b.at) })
	for _, r := range l.rows {
		if r.c.queue.Empty() {
			r.c.queue = r.queue
		}
		if r.c.customer.Empty() {
			r.c.customer = r.customer
		}
	}
	for i := range l.rows {
		before := len(l.timeline.steps)
		l.apply(&l.rows[i])
		if len(l.timeline.steps) == before {
			l.report.skip("unchanged")
		}
	}
}

// apply adds the events of one row: only what changes the session.
func (l *eventLog) apply(r *logRow) {
	c := r.c
	outcome, closes := closing(r.rule)
	if closes && c.stage == stageClosed {
		return
	}
	does := func(word string) bool { return slices.Contains(r.rule.Do, word) }
	switch {
	case does(deedQueued):
		l.queued(r)
	case does(deedOpened), does(deedMessage) && c.stage == stageNone, does(deedAssigned) && c.stage == stageNone, closes && c.stage == stageNone:
		l.begin(r)
	}
	if does(deedAssigned) || does(deedHeld) && c.stage == stageClosed { // who lets a closed one rest works on it again
		l.assigned(r, does(deedHeld) || closes)
	}
	if does(deedHeld) && c.stage == stageActive {
		c.stage = stageHeld
		l.add(r, metrics.TypeSessionHeld, step{agent: c.agent})
	}
	if does(deedMessage) {
		l.message(r)
	}
	if closes {
		c.stage = stageClosed
		l.add(r, metrics.TypeSessionClosed, step{outcome: outcome, by: party(r.rule.By), agent: c.agent})
		c.agent = clean.Text{}
	}
}

// add appends a step of a row's session at the row's time.
func (l *eventLog) add(r *logRow, kind metrics.EventType, s step) {
	s.c, s.at, s.kind, s.queue = &r.c.contact, r.at, kind, r.c.at
	s.id = r.c.unique(kind, r.at)
	l.timeline.add(s)
}

// revive makes the session live: opened if it is new, reopened if it was closed.
func (l *eventLog) revive(r *logRow) (began bool) {
	c := r.c
	if c.stage != stageNone && c.stage != stageClosed {
		return false
	}
	kind, by := metrics.TypeSessionOpened, metrics.PartyCustomer
	if c.stage == stageClosed {
		kind, by = metrics.TypeSessionReopened, party(l.m.ReopenedBy)
	} else if party(r.rule.By) == metrics.PartyAgent {
		by = metrics.PartyAgent
	}
	c.stage = stageOpen
	l.add(r, kind, step{by: by})
	if kind == metrics.TypeSessionOpened && !c.topic.Empty() {
		l.add(r, metrics.TypeSessionTagged, step{})
	}
	return by != metrics.PartyAgent
}

// begin revives the session and, if nobody has it, lets it wait in its queue.
// What an agent began waits for nobody.
func (l *eventLog) begin(r *logRow) {
	fresh := r.c.stage == stageNone
	if !l.revive(r) || !fresh {
		return
	}
	if queue := l.queueOf(r); !queue.Empty() {
		r.c.at, r.c.stage = queue, stageQueued
		l.add(r, metrics.TypeSessionQueued, step{})
	}
}

// queueOf is the queue that a row speaks of.
func (l *eventLog) queueOf(r *logRow) clean.Text {
	switch {
	case !r.queue.Empty():
		return r.queue
	case !r.c.at.Empty():
		return r.c.at
	}
	return r.c.queue
}

// queued puts the session into a queue, unless it is in it, or with somebody
// who took it from there.
func (l *eventLog) queued(r *logRow) {
	l.revive(r)
	c, queue := r.c, l.queueOf(r)
	if queue.Empty() || c.stage != stageOpen && queue == c.at {
		return
	}
	c.at, c.stage, c.agent = queue, stageQueued, clean.Text{}
	l.add(r, metrics.TypeSessionQueued, step{})
}

// assigned gives the session to the row's agent; passing says that the row
// goes on to hold or close it, so that a held one need not be resumed.
func (l *eventLog) assigned(r *logRow, passing bool) {
	l.revive(r)
	c := r.c
	if !r.queue.Empty() && !c.at.Empty() && r.queue != c.at {
		l.queued(r) // passed on to another queue, whose agent has it at once
	}
	with := c.stage == stageActive || c.stage == stageHeld
	switch {
	case with && c.agent == r.agent && (c.stage == stageActive || passing):
		return
	case with && c.agent == r.agent:
		l.add(r, metrics.TypeSessionResumed, step{agent: c.agent})
	default:
		if c.at.Empty() {
			c.at = l.queueOf(r)
		}
		c.agent = r.agent
		l.add(r, metrics.TypeSessionAssigned, step{agent: c.agent})
	}
	c.stage = stageActive
}

// message adds a message; one on a closed session brings it back.
func (l *eventLog) message(r *logRow) {
	l.revive(r)
	s := step{by: party(r.rule.By)}
	if s.by == metrics.PartyAgent {
		s.agent = r.agent
	}
	l.add(r, metrics.TypeSessionMessage, s)
}
