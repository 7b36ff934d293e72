package bench

import (
	"fmt"
	"math/rand/v2"
	"time"

	"wallboard/feed/wire"
	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// Load is how big the floor is.
type Load struct {
	Agents, Open int // people, and sessions open at any time
	Queues       int
}

// UsualFloor is one that most boards hang on.
func UsualFloor() Load { return Load{Agents: 150, Open: 600, Queues: 20} }

// FullFloor is the floor the ingest figure is defined on.
func FullFloor() Load { return Load{Agents: 10_000, Open: 50_000, Queues: 50} }

// life is what happens to one session, in order, and how often a step comes
// again before the next one.
type life uint8

const (
	lifeQueued life = iota
	lifeOffered
	lifeAssigned
	lifeTalk // several messages in turn
	lifeHeld
	lifeResumed
	lifeWrapping
	lifeWrapped
	lifeClosed
)

// talkMessages is how many messages a session has.
const talkMessages = 6

type contact struct {
	id, queue, agent clean.Text
	channel          clean.Text
	next             life
	said             int
}

// generator yields the events of a floor that stays the same size for ever:
// every event belongs to a random session, and a session that ends makes room
// for a new one. Same seed, same events.
type generator struct {
	load     Load
	rng      *rand.Rand
	now      int64 // event time, ms
	fraction int   // of a millisecond, in events
	events   int64
	sessions int64
	contacts []contact
	agents   []clean.Text
	queues   []clean.Text
	channels []clean.Text
	intro    int // agents introduced so far
	source   clean.Text
	floor    clean.Text
}

// eventsPerMilli makes the event clock run at 5,000 events a second.
const eventsPerMilli = 5

func newGenerator(load Load, start time.Time) *generator {
	g := &generator{
		load: load, rng: rand.New(rand.NewPCG(7, 11)), now: start.UnixMilli(),
		source: clean.Own("/acd/bench"), floor: clean.Own("hz"),
	}
	for i := range load.Agents {
		g.agents = append(g.agents, clean.Own(fmt.Sprintf("agent-%05d", i)))
	}
	for i := range load.Queues {
		g.queues = append(g.queues, clean.Own(fmt.Sprintf("queue-%02d", i)))
	}
	for _, c := range []string{"chat", "app", "wechat", "voice"} {
		g.channels = append(g.channels, clean.Own(c))
	}
	g.contacts = make([]contact, load.Open)
	for i := range g.contacts {
		g.fresh(&g.contacts[i])
	}
	return g
}

// queuesEach is how many queues a person serves, each on two channels.
const queuesEach = 3

func (g *generator) fresh(c *contact) {
	g.sessions++
	agent := g.rng.IntN(len(g.agents))
	queue := (agent + g.rng.IntN(queuesEach)) % len(g.queues)
	*c = contact{
		id:      clean.Own(fmt.Sprintf("s-%09d", g.sessions)),
		queue:   g.queues[queue],
		agent:   g.agents[agent],
		channel: g.channels[(queue+g.rng.IntN(2))%len(g.channels)],
	}
}

// next writes the next event.
func (g *generator) next(ev *metrics.Event) {
	g.events++
	g.pass()
	*ev = metrics.Event{
		Time: g.now, Source: g.source, Floor: g.floor,
		ID: clean.Own(fmt.Sprintf("e-%010d", g.events)),
	}
	if g.intro < 2*len(g.agents) {
		g.introduce(ev)
		return
	}
	c := &g.contacts[g.rng.IntN(len(g.contacts))]
	ev.Session, ev.Channel, ev.Queue = c.id, c.channel, c.queue
	g.step(c, ev)
}

// pass moves the event clock on by one event.
func (g *generator) pass() {
	if g.fraction++; g.fraction == eventsPerMilli {
		g.fraction = 0
		g.now++
	}
}

// introduce says who an agent is, then that they are there.
func (g *generator) introduce(ev *metrics.Event) {
	ev.Agent = g.agents[g.intro/2]
	if g.intro%2 == 0 {
		ev.Type, ev.Name = metrics.TypeAgentProfile, ev.Agent
		ev.Team = clean.Own(fmt.Sprintf("team-%03d", g.intro/2%200))
	} else {
		ev.Type, ev.Presence = metrics.TypeAgentPresence, metrics.PresenceAvailable
	}
	g.intro++
}

func (g *generator) step(c *contact, ev *metrics.Event) {
	if c.next != lifeQueued {
		ev.Agent = c.agent
	}
	switch c.next {
	case lifeQueued:
		ev.Type, ev.Priority = metrics.TypeSessionQueued, 2
	case lifeOffered:
		ev.Type = metrics.TypeSessionOffered
	case lifeAssigned:
		ev.Type = metrics.TypeSessionAssigned
	case lifeTalk:
		ev.Type, ev.By = metrics.TypeSessionMessage, metrics.PartyAgent
		if c.said%2 == 1 {
			ev.By, ev.Agent = metrics.PartyCustomer, clean.Text{}
		}
		if c.said++; c.said < talkMessages {
			return
		}
	case lifeHeld:
		ev.Type = metrics.TypeSessionHeld
	case lifeResumed:
		ev.Type = metrics.TypeSessionResumed
	case lifeWrapping:
		ev.Type = metrics.TypeSessionWrapStarted
	case lifeWrapped:
		ev.Type = metrics.TypeSessionWrapEnded
	case lifeClosed:
		ev.Type, ev.Outcome, ev.By = metrics.TypeSessionClosed, metrics.OutcomeResolved, metrics.PartyCustomer
		g.fresh(c)
		return
	}
	c.next++
}

// frames are encoded events: one payload after the other.
type frames struct {
	bytes    []byte
	ends     []int // of each payload in bytes
	subjects []string
}

func (f *frames) len() int { return len(f.ends) }

func (f *frames) payload(i int) []byte {
	from := 0
	if i > 0 {
		from = f.ends[i-1]
	}
	return f.bytes[from:f.ends[i]]
}

// take encodes the next n events.
func (g *generator) take(n int) *frames {
	f := &frames{ends: make([]int, 0, n), subjects: make([]string, 0, n)}
	interned := make(map[string]string)
	var ev metrics.Event
	var subject []byte
	for range n {
		g.next(&ev)
		f.bytes = wire.Append(f.bytes, &ev)
		f.ends = append(f.ends, len(f.bytes))
		subject = wire.AppendSubject(subject[:0], &ev)
		s, ok := interned[string(subject)]
		if !ok {
			s = string(subject)
			interned[s] = s
		}
		f.subjects = append(f.subjects, s)
	}
	return f
}
