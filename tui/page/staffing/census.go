package staffing

import (
	"slices"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/panel"
)

// group is the people of one team who serve the same queues on the same
// channels: they can stand in for one another, and are counted together.
type group struct {
	team     clean.Text
	queues   []clean.Text
	channels uint64
	skills   []clean.Text // that all of them have
	told     bool         // their skills were told

	here, idle, free      int32 // available; of them without a session; their free slots
	paused, away, working int32 // working: paused or away with sessions still open
	soon, overdue         int32 // paused, back within soonMs; should be back already
	next                  int64 // when the next one is planned back, 0: not told
}

// soonMs is the half hour in which people are moved.
const soonMs = 30 * 60_000

// stepPages is how many pages of agents are counted with one frame, so that no
// frame costs more on a floor of many people; firstPages all at once.
const stepPages, firstPages = 4, 1 << 20

// census counts the floor's people by group. One count is shown while the next
// is made, a few pages with each frame; the first is made at once.
type census struct {
	floor  clean.Text
	done   *count // as counted last
	making *count
	pages  [][]*metrics.AgentView // that are being counted
	next   int                    // the first not yet counted
	at     int64                  // the clock of what is being counted
	doneAt int64
}

// count is the people of the floor by group, in the order of their ids.
type count struct {
	groups  []*group
	byHash  map[uint64]*group
	byQueue map[clean.Text][]*group
	idle    map[clean.Text]int32 // available and without a session, by team
	spare   []*group             // who has somebody idle, then who has free slots
}

// mostSpare bounds the groups that help is looked for among.
const mostSpare = 256

func newCount() *count {
	return &count{byHash: map[uint64]*group{}, byQueue: map[clean.Text][]*group{}, idle: map[clean.Text]int32{}}
}

// finish finds out who has anybody to spare.
func (n *count) finish() {
	for _, g := range n.groups {
		n.idle[g.team] += g.idle
		if g.idle > 0 && len(n.spare) < mostSpare {
			n.spare = append(n.spare, g)
		}
	}
	for _, g := range n.groups {
		if g.idle == 0 && g.free > 0 && len(n.spare) < mostSpare {
			n.spare = append(n.spare, g)
		}
	}
}

// settleEvery is how often, in ms of the engine clock, people are counted anew.
const settleEvery = 5_000

// lapse is after how long a count is not shown any more, but made at once.
const lapse = 60_000

// count brings the census up to date, or nearer to it.
func (c *census) count(s *panel.Scene) {
	first := c.floor != s.Floor.ID || c.done == nil || s.At-c.doneAt > lapse || s.At < c.doneAt
	if first {
		*c = census{floor: s.Floor.ID, done: newCount()}
	}
	if c.pages == nil {
		if !first && s.At-c.at < settleEvery {
			return
		}
		c.making, c.pages, c.next, c.at = newCount(), s.Floor.Agents.Pages, 0, s.At
	}
	n := stepPages
	if first {
		n = firstPages
	}
	for ; n > 0 && c.next < len(c.pages); n, c.next = n-1, c.next+1 {
		for _, a := range c.pages[c.next] {
			c.add(a)
		}
	}
	if c.next < len(c.pages) {
		return
	}
	c.making.finish()
	c.done, c.doneAt, c.pages = c.making, c.at, nil
}

// add counts one person.
func (c *census) add(a *metrics.AgentView) {
	if a.Bot || a.Presence == metrics.PresenceOffline || a.Presence == metrics.PresenceUnknown {
		return
	}
	g := c.groupOf(a)
	g.skill(a.Skills)
	switch a.Presence {
	case metrics.PresenceAvailable:
		g.here++
		if a.Activity == metrics.ActivityIdle && a.SlotsUsed == 0 {
			g.idle++
		}
		g.free += max(0, a.Slots-a.SlotsUsed)
	case metrics.PresencePaused:
		g.paused++
		g.backAt(a.PauseUntil, c.at)
	default:
		g.away++
	}
	if a.Draining {
		g.working++
	}
}

// backAt notes when somebody paused is planned back.
func (g *group) backAt(until, now int64) {
	switch {
	case until == 0:
	case until <= now:
		g.overdue++
	default:
		if until-now <= soonMs {
			g.soon++
		}
		if g.next == 0 || until < g.next {
			g.next = until
		}
	}
}

// groupOf returns the group of a person, a new one where there is none.
func (c *census) groupOf(a *metrics.AgentView) *group {
	h := hash(14695981039346656037, a.Team)
	for _, q := range a.Queues {
		h = hash(h, q)
	}
	h = (h ^ a.Channels) * 1099511628211
	n := c.making
	g := n.byHash[h]
	if g == nil {
		g = &group{team: a.Team, queues: a.Queues, channels: a.Channels}
		n.byHash[h] = g
		n.groups = append(n.groups, g)
		for _, q := range a.Queues {
			n.byQueue[q] = append(n.byQueue[q], g)
		}
	}
	return g
}

// hash goes on with FNV-1a over a text and its end.
func hash(h uint64, t clean.Text) uint64 {
	s := t.String()
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return (h ^ 0xff) * 1099511628211
}

// skill keeps what all of the group can do. Who said nothing takes nothing away:
// silence is no gap.
func (g *group) skill(skills []clean.Text) {
	switch {
	case len(skills) == 0:
	case !g.told:
		g.told, g.skills = true, slices.Clone(skills)
	case !slices.Equal(g.skills, skills):
		g.skills = slices.DeleteFunc(g.skills, func(t clean.Text) bool { return !slices.Contains(skills, t) })
	}
}

// serves says whether the group serves a queue.
func (g *group) serves(queue clean.Text) bool { return slices.Contains(g.queues, queue) }

// takes says whether the group may be given sessions of the floor's k-th
// channel; of any, where k is below zero.
func (g *group) takes(k int) bool { return k < 0 || g.channels&(1<<(k&63)) != 0 }

// channelIndex is the place of a channel among the floor's, -1 where there is
// none such.
func channelIndex(f *metrics.FloorView, channel clean.Text) int {
	return slices.IndexFunc(f.Channels, func(r *metrics.Row) bool { return r.Key.Channel == channel })
}

// crew is what the people of a queue come to.
type crew struct {
	shared        int32 // here, and in another queue too
	soon, overdue int32
	next          int64
	skills        []clean.Text // that all of them have; nil: none are told
}

// crewOf adds up the groups that serve a queue on a channel.
func (c *census) crewOf(queue clean.Text, channel int) crew {
	var out crew
	told := false
	for _, g := range c.done.byQueue[queue] {
		if !g.takes(channel) {
			continue
		}
		if len(g.queues) > 1 {
			out.shared += g.here
		}
		out.soon, out.overdue = out.soon+g.soon, out.overdue+g.overdue
		if g.next != 0 && (out.next == 0 || g.next < out.next) {
			out.next = g.next
		}
		switch {
		case !g.told:
		case !told:
			told, out.skills = true, slices.Clone(g.skills)
		default:
			out.skills = slices.DeleteFunc(out.skills, func(t clean.Text) bool { return !slices.Contains(g.skills, t) })
		}
	}
	return out
}
