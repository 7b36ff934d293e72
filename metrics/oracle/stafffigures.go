package oracle

import (
	"maps"
	"slices"

	"wallboard/metrics"
)

var presenceIDs = map[metrics.Presence]string{metrics.PresenceAvailable: "agents_available", metrics.PresencePaused: "agents_paused",
	metrics.PresenceAway: "agents_away", metrics.PresenceOffline: "agents_offline"}

var activityIDs = map[metrics.Activity]string{metrics.ActivityIdle: "agents_idle", metrics.ActivityRinging: "agents_ringing",
	metrics.ActivityEngaged: "agents_engaged", metrics.ActivityWrapping: "agents_wrapping"}

// staff counts the available people of a scope and their slots.
func (f *Floor) staff(s Scope) (people, slots int) {
	for _, p := range f.order {
		now := f.instant(p)
		if now.available(s) {
			people++
			slots += now.slotsIn(s, false)
		}
	}
	return people, slots
}

// slotsIn returns the person's slots that a scope can use, all or the free.
func (p *piece) slotsIn(s Scope, free bool) int {
	count := func(channel string) int {
		if free {
			return p.freeOn(channel)
		}
		return p.who.slotsFor(channel, p.from)
	}
	if s.oneChannel() {
		return count(s.Channel)
	}
	n := 0
	for _, channel := range p.channels() {
		n += count(channel)
	}
	switch {
	case p.c.total > 0 && free:
		n = max(0, min(n, p.c.total-len(p.legs)))
	case p.c.total > 0 && n > 0:
		n = min(n, p.c.total)
	case p.c.total > 0: // only the total is known
		n = p.c.total
	}
	return n
}

// channels are those the person may have slots for.
func (p *piece) channels() []string {
	seen := map[string]bool{}
	for channel := range p.c.slots {
		seen[channel] = true
	}
	for key, since := range p.who.floor.touched {
		if key[0] == p.who.id && since <= p.from {
			seen[key[1]] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// staffFigures are of people now.
func (f *Floor) staffFigures(out Figures, s Scope, w span) {
	counts, free, idling := map[string]int{}, 0, 0
	for _, p := range f.order {
		now := f.instant(p)
		if !now.within(s) {
			continue
		}
		counts[presenceIDs[now.c.presence]]++
		counts[activityIDs[now.activity()]]++
		if now.available(s) {
			free += now.slotsIn(s, true)
		}
		idling += one(f.idles(&now, s))
	}
	if s.Kind != metrics.ScopeAgentChannel {
		for _, id := range presenceIDs {
			out.count(id, counts[id])
		}
		for _, id := range activityIDs {
			out.count(id, counts[id])
		}
		out.count("idle_while_waiting", idling)
	}
	f.adherence(out, s, w)
	if !f.knownMembers(s) {
		out.none("free_slots")
		out.none("people")
		out.none("uncovered")
		out.none("skill_gap")
		return
	}
	out.count("free_slots", free)
	if s.people() {
		return
	}
	people, _ := f.staff(s)
	out.count("people", people)
	out.count("skill_gap", f.skillGap(s))
	out.count("uncovered", one(f.uncovered(s)))
}

// skillGap counts those who wait for what no available member has.
func (f *Floor) skillGap(s Scope) (gap int) {
	for _, g := range f.waitingNow(s, metrics.KindLive) {
		if len(g.skills) == 0 && g.lang == "" {
			continue
		}
		gap += one(!f.covered(g))
	}
	return gap
}

// uncovered says whether somebody waits for whom nobody is there.
func (f *Floor) uncovered(s Scope) bool {
	for _, g := range f.waitingNow(s, metrics.KindLive) {
		if f.staffTold(g.queue) && !f.covered(g) {
			return true
		}
	}
	return false
}

// staffTold says whether anybody has told where a member of the queue is, or
// that they are one: a source that tells neither is no claim that nobody is
// there.
func (f *Floor) staffTold(queue string) bool {
	return slices.ContainsFunc(f.order, func(p *person) bool {
		return p.serves(queue, f.at) && (p.now().told || p.now().presence != metrics.PresenceUnknown)
	})
}

// covered says whether an available member of its queue can take a wait.
func (f *Floor) covered(g *segment) bool {
	return slices.ContainsFunc(f.order, func(p *person) bool {
		now := f.instant(p)
		return now.available(Scope{Kind: metrics.ScopeQueue, Queue: g.queue}) && now.has(g)
	})
}

// has says whether the person has the skills and the language a wait needs.
func (p *piece) has(g *segment) bool {
	for _, skill := range g.skills {
		if !slices.Contains(p.c.skills, skill) {
			return false
		}
	}
	return g.lang == "" || len(p.c.langs) == 0 || slices.Contains(p.c.langs, g.lang)
}

// idles says whether the person does nothing while somebody they may take has
// waited for 30 s or more.
func (f *Floor) idles(p *piece, s Scope) bool {
	if !p.available(s) || len(p.legs) > 0 || p.ringing || p.listens {
		return false
	}
	return slices.ContainsFunc(f.waitingNow(placeOf(s), metrics.KindLive), func(g *segment) bool {
		return f.at-g.start >= 30_000 && p.available(Scope{Kind: metrics.ScopeQueue, Queue: g.queue}) && p.has(g) && p.freeOn(g.channel) > 0
	})
}

// placeOf widens a scope of people to the whole floor.
func placeOf(s Scope) Scope {
	if s.people() {
		return Scope{}
	}
	return s
}

// adherence sums pauses beyond what is allowed: those ended in the span, and
// the ones that go on.
func (f *Floor) adherence(out Figures, s Scope, w span) {
	if !s.whole() {
		return
	}
	paused, over := int64(0), int64(0)
	for i := range f.pieces {
		p := &f.pieces[i]
		if p.from >= w.from && p.within(s) && p.c.presence == metrics.PresencePaused {
			paused += p.ms()
		}
	}
	for _, p := range f.order {
		for _, pause := range p.pauses() {
			end := pause.to
			if end == 0 {
				end = f.at
			}
			state := piece{who: p, from: pause.from, c: p.at(end - 1)}
			if (pause.to == 0 || w.holds(pause.to)) && state.within(s) {
				over += p.over(pause, end)
			}
		}
	}
	if paused == 0 {
		out.none("adherence_gap")
		return
	}
	out.seconds("adherence_gap", over)
}

// pauses returns the person's pauses, each with one reason.
func (p *person) pauses() []interval {
	var out []interval
	open := false
	for _, c := range p.conditions {
		if n := len(out); open && (c.presence != metrics.PresencePaused || c.since != out[n-1].from) {
			out[n-1].to, open = c.from, false
		}
		if !open && c.presence == metrics.PresencePaused {
			out, open = append(out, interval{from: c.since}), true
		}
	}
	return out
}

// over is how much of a pause is beyond its end or its allowance.
func (p *person) over(pause interval, end int64) int64 {
	c := p.at(end - 1)
	if c.until != 0 {
		return max(0, end-max(c.until, pause.from))
	}
	allowed, ok := p.floor.settings.Allowances[c.reason]
	if !ok {
		return 0
	}
	return max(0, end-pause.from-allowed.Milliseconds())
}
