package oracle

import (
	"maps"
	"slices"
	"time"

	"wallboard/metrics"
)

// interval is a stretch of time; to 0: it goes on.
type interval struct{ from, to int64 }

func (i interval) holds(t int64) bool { return i.from <= t && (i.to == 0 || t < i.to) }

// condition is what is known of a person from an instant on. It is replaced,
// never changed, by the next one.
type condition struct {
	from      int64
	presence  metrics.Presence
	reason    string
	until     int64
	since     int64 // of the presence and its reason
	pausedIn  map[string]bool
	queues    map[string]bool
	told      bool             // membership was sent, else it is inferred
	leftAt    map[string]int64 // queues left, which are inferred from later legs only
	slots     map[string]int
	exclusive map[string]bool
	total     int
	team      string
	bot       bool
	tier      int8
	skills    []string
	langs     []string
}

// person is one agent.
type person struct {
	id         string
	floor      *Floor
	conditions []condition // at least one
}

// introduce names the agents of the settings.
func (f *Floor) introduce() {
	for _, a := range f.settings.Agents {
		c := &f.person(a.ID).conditions[0]
		c.bot, c.team = a.Bot, a.Team
		if len(a.Slots) > 0 {
			c.slots = maps.Clone(a.Slots)
		}
	}
}

// canonical turns an alias into the id it stands for.
func (f *Floor) canonical(id string) string {
	for _, a := range f.settings.Agents {
		if slices.Contains(a.Aliases, id) {
			return a.ID
		}
	}
	return id
}

func (f *Floor) person(id string) *person {
	id = f.canonical(id)
	p := f.people[id]
	if p == nil {
		p = &person{id: id, floor: f, conditions: []condition{{}}}
		f.people[id] = p
		f.order = append(f.order, p)
	}
	return p
}

func (f *Floor) teamOf(agent string) string {
	if agent == "" {
		return ""
	}
	return f.person(agent).now().team
}

func (p *person) now() *condition { return &p.conditions[len(p.conditions)-1] }

// at returns what was known of the person at an instant.
func (p *person) at(t int64) *condition {
	i := len(p.conditions) - 1
	for i > 0 && p.conditions[i].from > t {
		i--
	}
	return &p.conditions[i]
}

// take notes what an event says of the person, and whether it sent them
// offline.
func (p *person) take(ev *metrics.Event) (offline bool) {
	c := *p.now()
	c.from = ev.Time
	c.pausedIn, c.queues, c.leftAt = maps.Clone(c.pausedIn), maps.Clone(c.queues), maps.Clone(c.leftAt)
	if c.pausedIn == nil {
		c.pausedIn, c.queues, c.leftAt = map[string]bool{}, map[string]bool{}, map[string]int64{}
	}
	queue := ev.Queue.String()
	switch ev.Type {
	case metrics.TypeAgentProfile:
		c.profile(ev)
	case metrics.TypeAgentPresence:
		if queue != "" {
			c.pausedIn[queue] = ev.Presence == metrics.PresencePaused
		} else {
			c.appear(ev.Time, ev.Presence, ev.Reason.String(), ev.Until)
			offline = ev.Presence == metrics.PresenceOffline
		}
	case metrics.TypeAgentQueues:
		c.queues, c.told = map[string]bool{}, true
		for _, q := range ev.Queues {
			c.queues[q.Queue.String()] = true
		}
	case metrics.TypeAgentJoined:
		c.queues[queue], c.told = true, true
		c.pausedIn[queue] = ev.Paused == metrics.Yes
		if c.presence == metrics.PresenceUnknown {
			c.appear(ev.Time, metrics.PresenceAvailable, "", 0)
		}
	case metrics.TypeAgentLeft:
		delete(c.queues, queue)
		c.leftAt[queue] = ev.Time
		if mine := p.memberships(ev.Time); len(mine) == 1 && mine[queue] {
			c.appear(ev.Time, metrics.PresenceOffline, "", 0)
			offline = true
		}
	case metrics.TypeAgentCapacity:
		c.capacity(ev)
	}
	p.conditions = append(p.conditions, c)
	return offline
}

// appear sets the presence; said again, it goes on, but a pause begins anew.
func (c *condition) appear(t int64, presence metrics.Presence, reason string, until int64) {
	if c.presence == presence && presence != metrics.PresencePaused {
		return
	}
	c.presence, c.reason, c.until, c.since = presence, reason, until, t
}

func (c *condition) profile(ev *metrics.Event) {
	if ev.Bot != metrics.NotGiven {
		c.bot = ev.Bot == metrics.Yes
	}
	if !ev.Team.Empty() {
		c.team = ev.Team.String()
	}
	if ev.Tier != 0 {
		c.tier = ev.Tier
	}
	if len(ev.Skills) > 0 {
		c.skills = nil
		for _, s := range ev.Skills {
			c.skills = append(c.skills, s.String())
		}
	}
	if len(ev.Langs) > 0 {
		c.langs = nil
		for _, l := range ev.Langs {
			c.langs = append(c.langs, l.String())
		}
	}
}

func (c *condition) capacity(ev *metrics.Event) {
	c.slots, c.exclusive, c.total = map[string]int{}, map[string]bool{}, int(ev.Total)
	for _, s := range ev.Slots {
		c.slots[s.Channel.String()] = int(s.Slots)
	}
	for _, x := range ev.Exclusive {
		c.exclusive[x.String()] = true
	}
}

// inferFor is how long a leg stands for a membership never sent, ms.
const inferFor = 8 * 3_600_000

// memberships returns the queues the person serves at an instant.
func (p *person) memberships(t int64) map[string]bool {
	c := p.at(t)
	if c.told {
		return c.queues
	}
	out := map[string]bool{}
	for _, l := range p.floor.legs {
		if l.agent == p.id && l.queue != "" && p.serves(l.queue, t) {
			out[l.queue] = true
		}
	}
	return out
}

// serves says whether the person is a member of a queue at an instant.
func (p *person) serves(queue string, t int64) bool {
	c := p.at(t)
	if c.told {
		return c.queues[queue]
	}
	for _, l := range p.floor.legs {
		if l.agent == p.id && l.queue == queue && !l.monitor && !l.joined && l.start <= t && l.start >= c.leftAt[queue] && (l.end == 0 || t < l.end+inferFor) {
			return true
		}
	}
	return false
}

// ready says whether the person is available in a queue at an instant, in
// any where queue is empty.
func (p *person) ready(queue string, t int64) bool {
	c := p.at(t)
	if c.presence != metrics.PresenceAvailable {
		return false
	}
	return queue == "" || !c.pausedIn[queue]
}

// slotsFor returns how many sessions of a channel the person may have at once.
func (p *person) slotsFor(channel string, t int64) int {
	c := p.at(t)
	if c.slots != nil {
		return c.slots[channel]
	}
	if p.worked(channel, t) {
		return p.floor.channel(channel).Slots
	}
	return 0
}

// worked says whether the person has had to do with a channel: without an
// agent.capacity nothing else tells that they can.
func (p *person) worked(channel string, t int64) bool {
	since, ok := p.floor.touched[[2]string{p.id, channel}]
	return ok && since <= t
}

// nextLocal returns the first instant after t at which the clock on the wall
// shows a time of day.
func nextLocal(t int64, of time.Duration, zone *time.Location) int64 {
	local := time.UnixMilli(t).In(zone)
	for ahead := -1; ; ahead++ {
		at := time.Date(local.Year(), local.Month(), local.Day()+ahead, 0, 0, 0, 0, zone)
		at = time.Date(at.Year(), at.Month(), at.Day(), 0, int(of/time.Minute), 0, 0, zone)
		if at.UnixMilli() > t {
			return at.UnixMilli()
		}
	}
}
