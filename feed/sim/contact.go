package sim

import (
	"slices"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// state is where an episode stands, as events.md names it.
type state uint8

const (
	stateNone state = iota
	stateOpen
	stateBot
	stateQueued
	stateOffered
	stateActive
	stateHeld
	stateWrapping
	stateClosed
)

// contact is one session, from its first episode to its last.
type contact struct {
	id       clean.Text
	customer customer
	channel  int
	source   int
	origin   metrics.Party // PartyNone: the customer
	state    state

	// step invalidates what is due: a timer set through Sim.next does nothing
	// once the contact has taken another turn.
	step uint32

	queue      *queue
	home       *queue // the one it came for
	kind       metrics.QueueKind
	due        int64
	queuedAt   int64 // start of the unbroken wait
	priority   int32
	tier       int8
	skills     []clean.Text
	lang       clean.Text
	touchpoint clean.Text
	insight    bool
	topic      clean.Text
	patience   int64     // ms the customer waits; 0: until served
	offers     []*person // ringing
	refused    []*person // did not take this wait's offer
	overflowed bool
	direct     bool // handed straight to a person: in no queue

	agent    *person   // of the running leg
	last     *person   // of the last one
	machine  *person   // the AI agent it began with
	extras   []*person // consulted, hold a slot
	monitor  *person   // listens, holds none
	wraps    []*person // wrap up a leg of it
	turns    int       // customer turns left
	replied  bool
	moved    bool // was transferred or escalated once; one is enough
	botTurns int
	failures int
	wants    bool // a person, whatever the bot says
	ordered  bool
	named    bool // what it is about was said
	unripe   bool // a callback promised for later
	reopened int
}

// next runs do after ms unless the contact has moved on by then.
func (s *Sim) next(c *contact, ms int64, do func()) {
	step := c.step
	s.in(ms, func() {
		if c.step == step {
			do()
		}
	})
}

// queue is a line of contacts and who serves it.
type queue struct {
	id         clean.Text
	open, shut int // minutes of the day
	priority   int32
	topics     []clean.Text
	skills     []clean.Text
	overflow   *queue
	waiting    []*contact // in the order in which they are served
	members    []*person
	takesCalls bool
	visits     []visit // who came lately, a ring
	visit      int
}

func (q *queue) openAt(minute int) bool { return minute >= q.open && minute < q.shut }

// ahead says whether a is served before b: live contacts before callbacks and
// messages, then by priority, then by age.
func ahead(a, b *contact) bool {
	if live := a.kind == metrics.KindLive; live != (b.kind == metrics.KindLive) {
		return live
	}
	if a.priority != b.priority {
		return a.priority > b.priority
	}
	return a.queuedAt < b.queuedAt
}

func (q *queue) add(c *contact) {
	at, _ := slices.BinarySearchFunc(q.waiting, c, func(x, c *contact) int {
		if ahead(c, x) {
			return 1
		}
		return -1
	})
	q.waiting = slices.Insert(q.waiting, at, c)
}

func (q *queue) remove(c *contact) {
	if i := slices.Index(q.waiting, c); i >= 0 {
		q.waiting = slices.Delete(q.waiting, i, i+1)
	}
}

func (s *Sim) buildQueues() {
	byID := map[string]*queue{}
	for i := range queueSpecs {
		spec := &queueSpecs[i]
		q := &queue{id: clean.Own(spec.id), open: spec.open, shut: spec.shut, priority: spec.priority,
			topics: texts(spec.topics), skills: s.words.skills[i%len(s.words.skills) : i%len(s.words.skills)+1]}
		byID[spec.id] = q
		s.queues = append(s.queues, q)
	}
	for i := range queueSpecs {
		s.queues[i].overflow = byID[queueSpecs[i].overflow]
	}
	for i := range s.curves {
		s.curves[i] = newCurve(curveKnots[i])
	}
	s.buildStreams(byID)
}

func (s *Sim) queueNamed(id string) *queue {
	for _, q := range s.queues {
		if q.id.String() == id {
			return q
		}
	}
	return nil
}
