package sim

import (
	"fmt"
	"slices"

	"wallboard/metrics"
)

// checker holds every event against the states of the wire contract: strict,
// where a board would be tolerant. It knows nothing of the simulation.
type checker struct {
	sessions map[string]*course
	agents   map[string]*desk
	ids      map[string]bool
	last     int64
	types    [metrics.NumEventTypes]int
	// wild leaves out what only a well-run floor guarantees: desks that are
	// there, belong to the queue and have room.
	wild bool
}

// course is what the checker knows of one session.
type course struct {
	state   string // open, bot, queued, offered, active, held, wrapping, closed
	segment bool
	queue   string
	channel string
	agent   string // running leg
	offers  []string
	wraps   map[string]bool
	ended   map[string]bool // legs that ended and have not been wrapped
	joined  map[string]bool
	monitor map[string]bool
	outcome metrics.Outcome
	closed  int64
}

// desk is what the checker knows of one agent.
type desk struct {
	present metrics.Presence
	paused  map[string]bool
	queues  map[string]bool
	slots   map[string]int
	total   int
	used    map[string]int
	bot     bool
}

func newChecker() *checker {
	return &checker{sessions: map[string]*course{}, agents: map[string]*desk{}, ids: map[string]bool{}}
}

func (k *checker) desk(id string) *desk {
	d := k.agents[id]
	if d == nil {
		d = &desk{paused: map[string]bool{}, queues: map[string]bool{}, slots: map[string]int{}, used: map[string]int{}}
		k.agents[id] = d
	}
	return d
}

func (d *desk) load() int {
	n := 0
	for _, u := range d.used {
		n += u
	}
	return n
}

// check returns what is wrong with the next event of the stream.
func (k *checker) check(e *metrics.Event) error {
	if e.Time < k.last {
		return fmt.Errorf("time %d before %d", e.Time, k.last)
	}
	k.last = e.Time
	key := e.Source.String() + "\x00" + e.ID.String()
	if k.ids[key] || e.ID.Empty() || e.Source.Empty() || e.Floor.Empty() {
		return fmt.Errorf("identity %q twice or missing", key)
	}
	k.ids[key] = true
	k.types[e.Type]++
	switch {
	case e.Type.Session():
		return k.session(e)
	case e.Type.Agent():
		return k.agent(e)
	case e.Type == metrics.TypePlanInterval && (e.Queue.Empty() || e.Minutes <= 0 || e.From == 0):
		return fmt.Errorf("plan without queue, minutes or from")
	}
	return nil
}

func (k *checker) agent(e *metrics.Event) error {
	if e.Agent.Empty() {
		return fmt.Errorf("no agent")
	}
	d := k.desk(e.Agent.String())
	switch e.Type {
	case metrics.TypeAgentPresence:
		if e.Presence == metrics.PresenceUnknown {
			return fmt.Errorf("no presence")
		}
		if !e.Queue.Empty() {
			d.paused[e.Queue.String()] = e.Presence == metrics.PresencePaused
			return nil
		}
		if e.Presence == metrics.PresenceOffline && d.load() > 0 && !k.wild {
			return fmt.Errorf("offline with %d legs", d.load())
		}
		d.present = e.Presence
	case metrics.TypeAgentQueues:
		d.queues = map[string]bool{}
		for _, q := range e.Queues {
			d.queues[q.Queue.String()] = true
		}
	case metrics.TypeAgentJoined:
		d.queues[e.Queue.String()] = true
	case metrics.TypeAgentLeft:
		delete(d.queues, e.Queue.String())
	case metrics.TypeAgentCapacity:
		for _, s := range e.Slots {
			d.slots[s.Channel.String()] = int(s.Slots)
		}
		d.total = int(e.Total)
	case metrics.TypeAgentProfile:
		d.bot = e.Bot == metrics.Yes
	}
	return nil
}

func (k *checker) session(e *metrics.Event) error {
	if e.Session.Empty() || e.Channel.Empty() {
		return fmt.Errorf("no session or channel")
	}
	id := e.Session.String()
	c := k.sessions[id]
	if e.Type == metrics.TypeSessionOpened {
		if c != nil {
			return fmt.Errorf("opened twice")
		}
		c = &course{state: "open", channel: e.Channel.String()}
		c.fresh()
		if e.Bot == metrics.Yes {
			c.state = "bot"
		}
		k.sessions[id] = c
		return nil
	}
	if c == nil {
		return fmt.Errorf("session never opened")
	}
	if c.channel != e.Channel.String() {
		return fmt.Errorf("channel %s was %s", e.Channel, c.channel)
	}
	if err := k.step(c, e); err != nil {
		return fmt.Errorf("session %s in %s: %w", id, c.state, err)
	}
	return nil
}

func (c *course) fresh() {
	c.wraps, c.ended = map[string]bool{}, map[string]bool{}
	c.joined, c.monitor = map[string]bool{}, map[string]bool{}
}

// statesFor lists in which states a type is legal; types not named need none.
var statesFor = map[metrics.EventType][]string{
	metrics.TypeSessionBotReply:       {"bot"},
	metrics.TypeSessionHumanRequested: {"bot"},
	metrics.TypeSessionHandoff:        {"bot"},
	metrics.TypeSessionOffered:        {"open", "bot", "queued", "offered"},
	metrics.TypeSessionOfferFailed:    {"offered"},
	metrics.TypeSessionJoined:         {"active", "held"},
	metrics.TypeSessionHeld:           {"active"},
	metrics.TypeSessionResumed:        {"held"},
	metrics.TypeSessionTransferred:    {"active", "held"},
	metrics.TypeSessionMessage:        {"open", "bot", "queued", "offered", "active", "held"},
	metrics.TypeSessionEscalated:      {"open", "bot", "queued", "offered", "active", "held"},
	metrics.TypeSessionClosed:         {"open", "bot", "queued", "offered", "active", "held", "wrapping"},
	metrics.TypeSessionReopened:       {"closed"},
}

func (k *checker) step(c *course, e *metrics.Event) error {
	if want, limited := statesFor[e.Type]; limited && !slices.Contains(want, c.state) {
		return fmt.Errorf("%s is not legal", e.Type)
	}
	agent := e.Agent.String()
	switch e.Type {
	case metrics.TypeSessionHandoff:
		c.state = "open"
	case metrics.TypeSessionQueued:
		return k.queued(c, e)
	case metrics.TypeSessionOffered:
		return k.offered(c, agent)
	case metrics.TypeSessionOfferFailed:
		return c.offerFailed(agent)
	case metrics.TypeSessionAssigned:
		return k.assigned(c, agent)
	case metrics.TypeSessionJoined:
		return k.joined(c, e, agent)
	case metrics.TypeSessionLeft:
		return k.left(c, agent)
	case metrics.TypeSessionHeld:
		c.state = "held"
	case metrics.TypeSessionResumed:
		c.state = "active"
	case metrics.TypeSessionMessage:
		return k.message(c, e, agent)
	case metrics.TypeSessionTransferred:
		return k.transferred(c, e)
	case metrics.TypeSessionWrapStarted:
		return k.wrapStarted(c, agent)
	case metrics.TypeSessionWrapEnded:
		if !c.wraps[agent] {
			return fmt.Errorf("%s does not wrap", agent)
		}
		delete(c.wraps, agent)
		k.desk(agent).used[c.channel]--
	case metrics.TypeSessionClosed:
		return k.closed(c, e)
	case metrics.TypeSessionReopened:
		c.state, c.segment, c.queue = "open", false, ""
		c.ended = map[string]bool{}
	}
	return nil
}
