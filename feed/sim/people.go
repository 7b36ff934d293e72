package sim

import (
	"fmt"
	"math"
	"slices"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// team is a group of people with the same work.
type team struct {
	spec   *teamSpec
	id     clean.Text
	people []*person
}

// person is one agent, a human or a machine.
type person struct {
	id, name clean.Text
	team     *team
	tier     int8
	skills   []clean.Text
	langs    []clean.Text
	slots    [numChannels]int32
	total    int32
	seats    []seat
	helping  *queue // joined for a while

	roster  shift
	working bool // on shift
	lost    bool // cut off by an incident
	shown   metrics.Presence
	wish    standing // what they are when not cut off
	pause   uint32   // counts changes of standing, so that a pause ends only itself
	avoids  *queue   // paused in that one

	used    [numChannels]int32
	load    int32 // legs that hold a slot
	ringing int
	taken   int64 // when an offer last came
	legs    []*contact
}

// seat is a membership of a queue.
type seat struct {
	queue    *queue
	priority int32
}

// standing is a presence as agent.presence says it.
type standing struct {
	presence metrics.Presence
	reason   clean.Text
	planned  metrics.Choice
	until    int64
}

// comfort is how many chats a person takes while colleagues have room.
const comfort = 4

func (s *Sim) buildPeople() {
	number := 100
	for i := range teamSpecs {
		spec := &teamSpecs[i]
		t := &team{spec: spec, id: clean.Own(spec.id)}
		s.teams = append(s.teams, t)
		for k := range max(3, int(math.Round(float64(spec.people)*s.opt.Load))) {
			number++
			p := s.newPerson(t, k, number)
			t.people = append(t.people, p)
			s.people = append(s.people, p)
		}
		s.rosterTeam(t)
	}
	robots := &team{spec: &teamSpec{id: "AI"}, id: clean.Own("AI")}
	for i, name := range machineNames {
		p := &person{id: clean.Own(fmt.Sprintf("ai-%d", i+1)), name: clean.Own(name), team: robots, tier: 1, total: 300,
			langs: []clean.Text{s.words.zh, s.words.en}, seats: []seat{{s.queueNamed("presale"), 9}, {s.queueNamed("售前"), 9}}}
		p.slots[chat], p.slots[wechat], p.slots[app] = 300, 300, 300
		s.machines = append(s.machines, p)
	}
}

func (s *Sim) newPerson(t *team, k, number int) *person {
	p := &person{
		id: clean.Own(fmt.Sprintf("a%03d", number)), name: clean.Own(s.personName(k)), team: t,
		slots: t.spec.slots, total: t.spec.total, langs: texts(t.spec.langs), tier: 1, shown: metrics.PresenceUnknown,
	}
	switch {
	case k == 0:
		p.tier = 3 // the lead
	case k%3 != 2:
		p.tier = 2
	}
	p.tier = min(3, p.tier+t.spec.tierPlus)
	if k%5 == 2 && p.slots[voice] == 0 {
		p.langs = append(p.langs, s.words.en)
	}
	skills := map[clean.Text]bool{}
	for _, tq := range t.spec.queues {
		q := s.queueNamed(tq.queue)
		if float64(k%10) < tq.share*10 {
			p.seats = append(p.seats, seat{q, tq.priority})
			q.members = append(q.members, p)
		}
		for _, skill := range q.skills {
			if !skills[skill] {
				skills[skill] = true
				p.skills = append(p.skills, skill)
			}
		}
	}
	return p
}

func (s *Sim) personName(k int) string {
	if k%4 == 3 {
		return pick(s, latinFirst) + " " + pick(s, latinLast)
	}
	return pick(s, surnames) + pick(s, givenNames)
}

// introduce speaks of everyone: who they are, what they take, where they
// belong, and that they are not there yet.
func (s *Sim) introduce() {
	for _, p := range s.people {
		s.introducePerson(p, metrics.No)
	}
	for _, p := range s.machines {
		s.introducePerson(p, metrics.Yes)
		s.stand(p, standing{presence: metrics.PresenceAvailable})
	}
}

func (s *Sim) introducePerson(p *person, bot metrics.Choice) {
	e := s.speak(metrics.TypeAgentProfile, sourceWFM)
	e.Agent, e.Name, e.Team, e.Tier = p.id, p.name, p.team.id, p.tier
	e.Skills, e.Langs, e.Bot = p.skills, p.langs, bot

	e = s.speak(metrics.TypeAgentCapacity, sourceWFM)
	e.Agent, e.Total = p.id, p.total
	for ch, n := range p.slots {
		if n > 0 {
			e.Slots = append(e.Slots, metrics.ChannelSlots{Channel: s.channels[ch], Slots: n})
		}
	}
	if p.slots[voice] > 0 {
		e.Exclusive = []clean.Text{s.channels[voice]}
	}
	e = s.speak(metrics.TypeAgentQueues, sourceWFM)
	e.Agent = p.id
	for _, seat := range p.seats {
		e.Queues = append(e.Queues, metrics.Membership{Queue: seat.queue.id, Priority: seat.priority})
	}
	if bot == metrics.No && !p.team.spec.night {
		s.stand(p, standing{presence: metrics.PresenceOffline})
	}
}

// stand changes what a person says of themselves; while cut off it is only
// remembered.
func (s *Sim) stand(p *person, to standing) {
	p.wish = to
	p.pause++
	if p.lost {
		return
	}
	s.show(p, to)
}

func (s *Sim) show(p *person, to standing) {
	if p.shown == to.presence && to.reason.Empty() {
		return
	}
	p.shown = to.presence
	e := s.speak(metrics.TypeAgentPresence, sourceWFM)
	e.Agent, e.Presence, e.Reason, e.Planned, e.Until = p.id, to.presence, to.reason, to.planned, to.until
}

func (p *person) available() bool { return p.shown == metrics.PresenceAvailable }

// priorityIn returns the person's priority in queue q, 0 if they do not serve
// it now.
func (p *person) priorityIn(q *queue) int32 {
	if p.avoids == q {
		return 0
	}
	for _, seat := range p.seats {
		if seat.queue == q {
			return seat.priority
		}
	}
	if p.helping == q {
		return 4
	}
	return 0
}

// free says whether the person has a slot for one more on the channel. A call
// excludes everything else.
func (p *person) free(channel int) bool {
	if p.used[channel] >= p.slots[channel] || p.load >= p.total || p.ringing > 0 {
		return false
	}
	if channel == voice {
		return p.load == 0
	}
	return p.used[voice] == 0
}

func (p *person) speaks(lang clean.Text) bool {
	for _, l := range p.langs {
		if l == lang {
			return true
		}
	}
	return false
}

// may says whether the person can be offered contact c now. Callbacks and
// messages wait until someone has little else to do.
func (p *person) may(c *contact) bool {
	if !p.available() || !p.free(c.channel) || p.tier < c.tier {
		return false
	}
	if c.kind != metrics.KindLive && (p.load > 1 || c.unripe) {
		return false
	}
	for _, r := range c.refused {
		if r == p {
			return false
		}
	}
	return p.priorityIn(c.queue) > 0 && p.speaks(c.lang) && !slices.Contains(c.wraps, p)
}
