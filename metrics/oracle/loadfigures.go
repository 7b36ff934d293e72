package oracle

import "wallboard/metrics"

// within says whether a person belongs to a scope in a piece of time: to the
// queues they serve, the channels they have slots for, their team, themselves.
func (p *piece) within(s Scope) bool {
	if p.c.bot || p.who.id == "" {
		return false
	}
	switch s.Kind {
	case metrics.ScopeChannel:
		return p.can(s.Channel)
	case metrics.ScopeQueue:
		return p.who.serves(s.Queue, p.from)
	case metrics.ScopeQueueChannel:
		return p.who.serves(s.Queue, p.from) && p.can(s.Channel)
	case metrics.ScopeTeam:
		return p.c.team == s.Team
	case metrics.ScopeAgent, metrics.ScopeAgentChannel:
		return p.who.id == s.Agent
	}
	return true
}

// can says whether the person has slots for a channel or, where nobody has
// said how many, to do with it.
func (p *piece) can(channel string) bool {
	if p.c.slots != nil {
		return p.c.slots[channel] > 0
	}
	return p.who.worked(channel, p.from)
}

// available says whether the person can be given work of a scope.
func (p *piece) available(s Scope) bool { return p.within(s) && p.who.ready(s.Queue, p.from) }

// oneChannel says whether all slots of the scope are of one kind.
func (s Scope) oneChannel() bool {
	return s.Kind == metrics.ScopeChannel || s.Kind == metrics.ScopeQueueChannel || s.Kind == metrics.ScopeAgentChannel
}

// knownMembers says whether anybody is known to serve the scope's queue.
func (f *Floor) knownMembers(s Scope) bool {
	if s.Queue == "" {
		return true
	}
	for _, p := range f.order {
		if !p.now().bot && p.serves(s.Queue, f.at) {
			return true
		}
	}
	return false
}

// utilization is used and there is, in slots of one channel or in loads of
// people.
func (p *piece) utilization(s Scope) (used, of float64) {
	if !p.available(s) {
		return 0, 0
	}
	if s.oneChannel() {
		slots := p.who.slotsFor(s.Channel, p.from)
		if slots == 0 {
			return 0, 0
		}
		return float64(p.usedOn()[s.Channel]), float64(slots)
	}
	load, known := p.load()
	if !known {
		return 0, 0
	}
	return load, 1
}

func (f *Floor) loadFigures(out Figures, s Scope, w span) {
	f.concurrency(out, s, w)
	var used, of, usedMs, ofMs float64
	draining, drainingSlots := 0, 0
	for _, p := range f.order {
		now := f.instant(p)
		u, o := now.utilization(s)
		used, of = used+u, of+o
		if n := len(now.legs); n > 0 && now.within(s) && now.drains() {
			if s.oneChannel() {
				n = now.usedOn()[s.Channel]
			}
			draining += one(n > 0)
			drainingSlots += n
		}
	}
	for i := range f.pieces {
		if p := &f.pieces[i]; p.from >= w.from {
			u, o := p.utilization(s)
			usedMs, ofMs = usedMs+u*float64(p.ms()), ofMs+o*float64(p.ms())
		}
	}
	if f.knownMembers(s) {
		out.ratio("slot_utilization", used, of, 100)
		out.ratio("slot_utilization_mean", usedMs, ofMs, 100)
	} else {
		out.none("slot_utilization")
		out.none("slot_utilization_mean")
	}
	out.count("draining_slots", drainingSlots)
	if s.Kind != metrics.ScopeAgentChannel {
		out.count("draining", draining)
	}
	f.occupancy(out, s, w)
}

// drains says whether the person has left while sessions are open.
func (p *piece) drains() bool {
	return p.c.presence == metrics.PresencePaused || p.c.presence == metrics.PresenceAway
}

// whole says whether a person's time is not split in the scope.
func (s Scope) whole() bool {
	switch s.Kind {
	case metrics.ScopeFloor, metrics.ScopeQueue, metrics.ScopeTeam, metrics.ScopeAgent:
		return true
	}
	return false
}

func (f *Floor) occupancy(out Figures, s Scope, w span) {
	if !s.whole() {
		return
	}
	var busy, idle, online, known int64
	for i := range f.pieces {
		p := &f.pieces[i]
		if p.from < w.from {
			continue
		}
		if n, _ := p.legsHere(s); n > 0 {
			busy += p.ms()
		}
		if p.available(s) && len(p.legs) == 0 && !p.ringing && !p.listens {
			idle += p.ms()
		}
		if p.within(s) && p.c.presence > metrics.PresenceOffline {
			online += p.ms()
		}
		if p.within(s) && (p.c.presence == metrics.PresenceAvailable || p.drains() && len(p.legs) > 0) {
			known += p.ms()
		}
	}
	if known == 0 {
		out.none("occupancy") // idleness cannot be told from absence
	} else {
		out.ratio("occupancy", float64(busy), float64(busy+idle), 100)
	}
	f.productivity(out, s, w, online)
}

// productivity is the seed formula; under half an hour it says nothing.
func (f *Floor) productivity(out Figures, s Scope, w span, online int64) {
	if online < 30*60_000 {
		out.none("productivity")
		return
	}
	yes, no := len(f.marked(resolved, s, w)), len(f.marked(unresolved, s, w))
	weight := 1.0
	if yes+no > 0 {
		weight = float64(yes) / float64(yes+no)
	}
	out.ratio("productivity", float64(f.handling(s, w).legs)*weight, float64(online)/3_600_000, 1)
}
