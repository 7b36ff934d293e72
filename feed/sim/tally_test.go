package sim

import (
	"math"
	"slices"

	"wallboard/metrics"
)

// tally computes the figures of a day from its events alone, by the plainest
// bookkeeping that does: who waits since when, who is busy since when.
type tally struct {
	from, to int64 // facts outside are followed, not counted

	events   int // in [from, to)
	arrivals map[string][]int64
	waits    map[string]*wait // by session
	talks    map[string]*talk
	people   map[string]*hours
	bots     map[string]bool

	answered, abandoned, short map[string]int // by queue/channel
	lateMS                     map[string]int64
	frt                        []float64 // s
	replies                    []float64 // s, later turns
	legMS, busyMS, idleMS      int64
	legs                       int
	opened                     int
	botEnds, handoffs          int
	oldest                     map[string]int64 // longest wait seen by queue/channel
}

// wait is a session in a queue.
type wait struct {
	queue string
	since int64
	live  bool
}

// talk is the reply clock of an episode: since is 0 when nothing is owed.
type talk struct {
	start   int64
	replied bool
	turn    int64
	agent   bool // started by the agent
	bot     bool
	has     string // whose leg runs
}

// hours is a person's time: legs now, and since when the state lasts.
type hours struct {
	legs      int
	available bool
	since     int64
}

func newTally(from, to int64) *tally {
	return &tally{from: from, to: to, arrivals: map[string][]int64{}, waits: map[string]*wait{}, talks: map[string]*talk{},
		people: map[string]*hours{}, bots: map[string]bool{}, answered: map[string]int{}, abandoned: map[string]int{},
		short: map[string]int{}, lateMS: map[string]int64{}, oldest: map[string]int64{}}
}

func (y *tally) counts(t int64) bool { return t >= y.from && t < y.to }

func (y *tally) add(e *metrics.Event) {
	if y.counts(e.Time) {
		y.events++
	}
	switch e.Type {
	case metrics.TypeAgentProfile:
		y.bots[e.Agent.String()] = e.Bot == metrics.Yes
	case metrics.TypeAgentPresence:
		if e.Queue.Empty() && !y.bots[e.Agent.String()] {
			h := y.settle(e.Agent.String(), e.Time)
			h.available = e.Presence == metrics.PresenceAvailable
		}
	case metrics.TypeSessionOpened:
		y.open(e)
	case metrics.TypeSessionReopened:
		y.talks[e.Session.String()] = &talk{start: e.Time, agent: e.By == metrics.PartyAgent}
	case metrics.TypeSessionHandoff:
		y.handoffs++
		y.botEnds++
		y.talks[e.Session.String()] = &talk{start: e.Time}
	case metrics.TypeSessionQueued:
		y.queue(e, e.Queue.String())
	case metrics.TypeSessionTransferred:
		y.leg(e.Agent.String(), e.Time, -1)
		y.talks[e.Session.String()].has = ""
		if !e.ToQueue.Empty() {
			y.queue(e, e.ToQueue.String())
		}
	case metrics.TypeSessionAssigned:
		y.assign(e)
	case metrics.TypeSessionMessage:
		y.message(e)
	case metrics.TypeSessionWrapStarted, metrics.TypeSessionWrapEnded, metrics.TypeSessionClosed:
		y.end(e)
	}
}

func (y *tally) open(e *metrics.Event) {
	if e.Origin == metrics.PartyCustomer && e.Touchpoint.String() != "callback-request" {
		ch := e.Channel.String()
		y.arrivals[ch] = append(y.arrivals[ch], e.Time)
	}
	y.talks[e.Session.String()] = &talk{agent: e.Origin == metrics.PartyAgent, bot: e.Bot == metrics.Yes}
	if y.counts(e.Time) {
		y.opened++
	}
}

func (y *tally) queue(e *metrics.Event, q string) {
	id := e.Session.String()
	if w := y.waits[id]; w != nil {
		w.queue = q // the customer has waited since the first
		return
	}
	live := e.Kind == metrics.KindLive && e.Channel.String() != "email"
	y.waits[id] = &wait{queue: q, since: e.Time, live: live}
	if t := y.talks[id]; t != nil && t.start == 0 {
		t.start = e.Time
	}
	if t := y.talks[id]; t != nil && !live {
		t.agent = true // no reply clock
	}
}

func (y *tally) assign(e *metrics.Event) {
	if y.bots[e.Agent.String()] {
		y.talks[e.Session.String()].bot = true
		return
	}
	id := e.Session.String()
	if w := y.waits[id]; w != nil {
		delete(y.waits, id)
		if key := w.queue + "/" + e.Channel.String(); w.live && y.counts(e.Time) {
			y.answered[key]++
			y.lateMS[key] += e.Time - w.since
			y.oldest[key] = max(y.oldest[key], e.Time-w.since)
		}
	}
	y.talks[id].has = e.Agent.String()
	y.leg(e.Agent.String(), e.Time, 1)
}

func (y *tally) message(e *metrics.Event) {
	t := y.talks[e.Session.String()]
	switch {
	case t == nil:
	case e.By == metrics.PartyCustomer:
		if t.start == 0 && !t.bot {
			t.start = e.Time
		}
		if t.turn == 0 && t.replied {
			t.turn = e.Time
		}
	case e.By == metrics.PartyAgent:
		if !t.replied && !t.agent && t.start > 0 && y.counts(e.Time) {
			y.frt = append(y.frt, float64(e.Time-t.start)/1000)
		}
		if t.turn > 0 && y.counts(e.Time) {
			y.replies = append(y.replies, float64(e.Time-t.turn)/1000)
		}
		t.replied, t.turn = true, 0
	}
}

func (y *tally) end(e *metrics.Event) {
	id := e.Session.String()
	switch e.Type {
	case metrics.TypeSessionWrapStarted:
		if t := y.talks[id]; t != nil && t.has == e.Agent.String() {
			t.has = "" // wraps before the close: the leg goes on
			return
		}
		y.leg(e.Agent.String(), e.Time, 1)
		return
	case metrics.TypeSessionWrapEnded:
		y.leg(e.Agent.String(), e.Time, -1)
		return
	}
	if w := y.waits[id]; w != nil {
		delete(y.waits, id)
		lost := e.Outcome == metrics.OutcomeAbandoned || e.Outcome == metrics.OutcomeCancelled
		if key := w.queue + "/" + e.Channel.String(); w.live && lost && y.counts(e.Time) {
			y.abandoned[key]++
			if e.Time-w.since <= 5000 {
				y.short[key]++
			}
		}
	}
	if t := y.talks[id]; t != nil {
		if t.has != "" {
			y.leg(t.has, e.Time, -1)
			t.has = ""
		}
		if t.bot && t.start == 0 {
			y.botEnds++
		}
	}
}

// settle adds a person's time up to t.
func (y *tally) settle(agent string, t int64) *hours {
	h := y.people[agent]
	if h == nil {
		h = &hours{since: t}
		y.people[agent] = h
	}
	if d := min(t, y.to) - max(h.since, y.from); d > 0 {
		switch {
		case h.legs > 0:
			y.busyMS += d
			y.legMS += d * int64(h.legs)
		case h.available:
			y.idleMS += d
		}
	}
	h.since = t
	return h
}

func (y *tally) leg(agent string, t int64, n int) {
	if agent != "" {
		if n > 0 && y.counts(t) {
			y.legs++
		}
		y.settle(agent, t).legs += n
	}
}

// finish settles everybody at the end of the span.
func (y *tally) finish() {
	for id := range y.people {
		y.settle(id, y.to)
	}
}

func (y *tally) occupancy() float64   { return float64(y.busyMS) / float64(y.busyMS+y.idleMS) }
func (y *tally) concurrency() float64 { return float64(y.legMS) / float64(y.busyMS) }

func (y *tally) abandonment() float64 {
	a, l, s := sum(y.answered), sum(y.abandoned), sum(y.short)
	return float64(l-s) / float64(a+l-s)
}

func sum(m map[string]int) (n int) {
	for _, v := range m {
		n += v
	}
	return n
}

// quantile is the value at rank floor(q (n-1)) of the sorted samples.
func quantile(samples []float64, q float64) float64 {
	if len(samples) == 0 {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(samples))
	return sorted[int(q*float64(len(sorted)-1))]
}
