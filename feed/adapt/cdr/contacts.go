package cdr

import (
	"fmt"
	"math"
	"strconv"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

var nan = math.NaN()

// boundEnding is an ending with its columns found.
type boundEnding struct {
	wait   [][2]moment
	closed []moment
}

// contacts turns a table with one row per contact into steps.
type contacts struct {
	m                   *Map
	texts               texts
	times               instants
	outcome, resolution int // columns; -1: none
	score, scale        template
	answered, abandoned boundEnding
	messages            [][]moment
	timeline            *timeline
	report              *Report
}

// bindContacts resolves everything a row-per-contact map says against the header.
func bindContacts(m *Map, h *header, t *timeline, report *Report) (*contacts, error) {
	c := &contacts{m: m, timeline: t, report: report, outcome: -1, resolution: -1}
	b := binder{header: h}
	c.texts = b.texts(m)
	if m.Outcome != "" {
		c.outcome = b.column(m.Outcome)
	}
	if m.Resolution.Column != "" {
		c.resolution = b.column(m.Resolution.Column)
	}
	c.score, c.scale = b.template(m.Rating.Score), b.template(m.Rating.Scale)
	c.times = b.instants(m)
	ordered := len(c.times.order)
	c.answered, c.abandoned = b.ending(m.Answered, &c.times), b.ending(m.Abandoned, &c.times)
	for _, msg := range m.Messages {
		c.messages = append(c.messages, b.moments(msg.At, &c.times))
	}
	if b.err == nil && ordered > 0 && len(c.times.order) > ordered {
		return nil, fmt.Errorf("time.order lacks column %q", h.names[c.times.order[ordered]])
	}
	c.times.names = h.names
	return c, b.err
}

// row adds the events of one contact.
func (c *contacts) row(r *row) *unreadable {
	fail := func(reason, detail string) *unreadable {
		return &unreadable{line: r.line, reason: reason, detail: detail}
	}
	value, meaning := c.meaning(r)
	switch meaning {
	case outcomeUnknown:
		return fail("unknown outcome", strconv.Quote(value))
	case outcomeSkipped:
		c.report.skip("outcome " + value)
		return nil
	}
	if reason, detail := c.times.read(r); reason != "" {
		return fail(reason, detail)
	}
	if c.outcome < 0 {
		meaning = c.deduce(r)
	}
	ending := &c.answered
	if meaning == outcomeAbandoned {
		ending = &c.abandoned
	}
	start, end, err := ending.times(&c.times, r)
	if err != nil {
		return fail("bad duration", err.Error())
	}
	if start == 0 {
		c.report.skip(value + " without a wait")
		return nil
	}
	if end < start {
		c.report.Clamped++
		end = start
	}
	shared, u := c.contact(r)
	if u != nil {
		return u
	}
	return c.steps(r, shared, meaning, start, end)
}

// The meanings of a row's outcome.
type outcomeMeaning uint8

const (
	outcomeUnknown outcomeMeaning = iota
	outcomeAnswered
	outcomeAbandoned
	outcomeSkipped
)

func (c *contacts) meaning(r *row) (string, outcomeMeaning) {
	if c.outcome < 0 {
		return "row", outcomeAnswered // decided by its times later
	}
	value := r.value(c.outcome)
	switch {
	case c.m.answered[value]:
		return value, outcomeAnswered
	case c.m.abandonedSet[value]:
		return value, outcomeAbandoned
	case c.m.skippedSet[value]:
		return value, outcomeSkipped
	}
	return value, outcomeUnknown
}

// deduce tells the meaning of a row without an outcome column from its times.
func (c *contacts) deduce(r *row) outcomeMeaning {
	if start, _, err := c.answered.times(&c.times, r); err != nil || start != 0 {
		return outcomeAnswered
	}
	return outcomeAbandoned
}

// times finds the first wait that is set.
func (e *boundEnding) times(times *instants, r *row) (start, end int64, err error) {
	for _, pair := range e.wait {
		if start, err = times.find(pair[0], r, 0); err != nil || start == 0 {
			continue
		}
		if end, err = times.find(pair[1], r, start); err != nil {
			return 0, 0, err
		}
		if end != 0 {
			return start, end, nil
		}
	}
	return 0, 0, nil
}

// contact reads what the row's events share.
func (c *contacts) contact(r *row) (*contact, *unreadable) {
	shared := &contact{
		session: c.report.session(c.texts.session.fill(r)), customer: c.report.clean(c.texts.customer.fill(r)),
		topic: c.report.clean(c.texts.topic.fill(r)),
	}
	if reason := c.report.place(shared, &c.texts, r); reason != "" {
		return nil, &unreadable{line: r.line, reason: reason}
	}
	if text := c.texts.priority.fill(r); text != "" {
		priority, err := strconv.ParseInt(text, 10, 32)
		if err != nil {
			return nil, &unreadable{line: r.line, reason: "bad priority", detail: strconv.Quote(text)}
		}
		shared.priority = int32(priority)
	}
	if text := c.score.fill(r); text != "" {
		var errScore, errScale error
		shared.score, errScore = strconv.ParseFloat(text, 64)
		shared.scale, errScale = strconv.ParseFloat(c.scale.fill(r), 64)
		if errScore != nil || errScale != nil || !(shared.score >= 0 && shared.score <= shared.scale && shared.scale > 0 && shared.scale < math.MaxInt32) {
			return nil, &unreadable{line: r.line, reason: "bad rating", detail: strconv.Quote(text)}
		}
	}
	return shared, nil
}

// steps adds a contact's events in the order in which they happen.
func (c *contacts) steps(r *row, shared *contact, meaning outcomeMeaning, start, end int64) *unreadable {
	queue, agent := c.report.clean(c.texts.queue.fill(r)), clean.Text{}
	closed, outcome := end, metrics.OutcomeAbandoned
	by := metrics.PartyCustomer
	if meaning == outcomeAnswered {
		agent, by = c.report.clean(c.texts.agent.fill(r)), metrics.PartyNone
		var u *unreadable
		if closed, outcome, u = c.service(r, end); u != nil {
			return u
		}
	}
	messages, u := c.messageSteps(r, shared, start, end, agent)
	if u != nil {
		return u
	}
	add := func(s step) {
		s.c, s.queue = shared, queue
		if s.id == "" {
			s.id = verb(s.kind)
		}
		// A message belongs before the first of the others that is later.
		for len(messages) > 0 && messages[0].at < s.at {
			c.timeline.add(messages[0])
			messages = messages[1:]
		}
		c.timeline.add(s)
	}
	add(step{kind: metrics.TypeSessionQueued, at: start})
	if !shared.topic.Empty() {
		add(step{kind: metrics.TypeSessionTagged, at: start})
	}
	if meaning == outcomeAnswered {
		add(step{kind: metrics.TypeSessionAssigned, at: end, agent: agent})
	}
	for len(messages) > 0 && messages[0].at <= closed {
		c.timeline.add(messages[0])
		messages = messages[1:]
	}
	add(step{kind: metrics.TypeSessionClosed, at: closed, agent: agent, by: by, outcome: outcome})
	if shared.scale > 0 {
		add(step{kind: metrics.TypeSessionRated, at: closed, agent: agent})
	}
	for range messages {
		c.report.Lost++
	}
	return nil
}

// service finds an answered contact's end: the first end of service that is
// set, not before the answer, else the answer itself; and what came of it.
func (c *contacts) service(r *row, answered int64) (closed int64, outcome metrics.Outcome, u *unreadable) {
	for _, m := range c.answered.closed {
		at, err := c.times.find(m, r, answered)
		if err != nil {
			return 0, 0, &unreadable{line: r.line, reason: "bad duration", detail: err.Error()}
		}
		if at != 0 {
			closed = at
			break
		}
	}
	if closed == 0 {
		c.report.Unserved++
	} else if closed < answered {
		c.report.Clamped++
	}
	if c.resolution < 0 {
		return max(closed, answered), metrics.OutcomeNone, nil
	}
	value := r.value(c.resolution)
	switch {
	case value == "":
	case contains(c.m.Resolution.Resolved, value):
		outcome = metrics.OutcomeResolved
	case contains(c.m.Resolution.Unresolved, value):
		outcome = metrics.OutcomeUnresolved
	default:
		return 0, 0, &unreadable{line: r.line, reason: "unknown resolution", detail: strconv.Quote(value)}
	}
	return max(closed, answered), outcome, nil
}

// messageSteps are the messages whose time is set, by time.
func (c *contacts) messageSteps(r *row, shared *contact, start, end int64, agent clean.Text) ([]step, *unreadable) {
	var found []step
	for i, moments := range c.messages {
		for _, m := range moments {
			at, err := c.times.find(m, r, end)
			if err != nil {
				return nil, &unreadable{line: r.line, reason: "bad duration", detail: err.Error()}
			}
			if at == 0 {
				continue
			}
			s := step{kind: metrics.TypeSessionMessage, at: max(at, start), c: shared, by: party(c.m.Messages[i].By), id: "message/" + strconv.Itoa(i+1)}
			if s.by == metrics.PartyAgent {
				s.agent = agent
			}
			found = append(found, s)
			break
		}
	}
	sortByTime(found)
	return found, nil
}
