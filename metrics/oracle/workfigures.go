package oracle

import (
	"slices"
)

// handling is what the legs ended came to, ms.
type handling struct {
	legs, sessions   int
	talk, hold, wrap int64
	each             []int64
	shares           float64
}

// handling sums the legs of a scope that ended in a span.
func (f *Floor) handling(s Scope, w span) handling {
	h := handling{}
	for _, l := range f.legs {
		if l.monitor || l.end == 0 || !w.holds(l.end) || !s.has(l.queue, l.channel, l.team, l.agent) {
			continue
		}
		held, wrap := int64(0), int64(0)
		if l.wrapStart != 0 {
			wrap = l.end - l.wrapStart
		}
		for _, i := range l.holds {
			held += i.to - i.from
		}
		h.legs++
		h.wrap += wrap
		h.shares += f.share(l)
		h.hold += held
		h.talk += l.talkEnd - l.start - held
		h.each = append(h.each, l.talkEnd-l.start+wrap)
	}
	for _, e := range f.episodes {
		h.sessions += one(w.holds(e.firstEnd(s)))
	}
	return h
}

// firstEnd returns when the first leg of an episode in a scope ended, before
// all windows where none did.
func (e *episode) firstEnd(s Scope) int64 {
	first := int64(-1 << 62)
	var ends []int64
	for _, l := range e.legs {
		if !l.monitor && l.end != 0 && s.hasLeg(l) {
			ends = append(ends, l.end)
		}
	}
	if len(ends) > 0 {
		return slices.Min(ends)
	}
	return first - 1
}

func (s Scope) hasLeg(l *leg) bool {
	if s.Kind.Named() {
		return s.about(l.episode.session, l.end)
	}
	return s.has(l.queue, l.channel, l.team, l.agent)
}

// share is a leg's part of its person's busy time, ms: each millisecond is
// split equally among the legs open in it.
func (f *Floor) share(l *leg) float64 {
	if l.agent == "" {
		return float64(l.end - l.start) // somebody else each time
	}
	if known, ok := f.shares[l]; ok {
		return known
	}
	total := 0.0
	for i := range f.pieces {
		p := &f.pieces[i]
		if p.who.id == l.agent && slices.Contains(p.legs, l) {
			total += float64(p.ms()) / float64(len(p.legs))
		}
	}
	f.shares[l] = total
	return total
}

func (f *Floor) workFigures(out Figures, s Scope, w span) {
	h := f.handling(s, w)
	out.count("handled", h.legs)
	out.count("handled_sessions", h.sessions)
	out.seconds("talk_total", h.talk)
	out.seconds("hold_total", h.hold)
	out.seconds("wrap_total", h.wrap)
	out.ratio("aht", float64(h.talk+h.hold+h.wrap)/1000, float64(h.legs), 1)
	out.quantile("aht_p50", h.each, 5)
	out.quantile("aht_p90", h.each, 9)
	out.ratio("aht_concurrent", h.shares/1000, float64(h.legs), 1)
	active := 0
	for _, l := range f.legs {
		active += one(l.holdsSlot(f.at) && s.has(l.queue, l.channel, f.teamOf(l.agent), l.agent))
	}
	out.count("active", active)
}

// legsHere returns those legs of a piece that belong to a scope, and how many
// of them talk.
func (p *piece) legsHere(s Scope) (legs, talks int) {
	for _, l := range p.legs {
		if s.has(l.queue, l.channel, p.c.team, l.agent) {
			legs++
			talks += one(l.talks(p.from))
		}
	}
	return legs, talks
}

// flash is the most that talked at once while the events of the piece's first
// instant were told, one after the other.
func (p *piece) flash(s Scope) (most int) {
	var mine []*leg
	for _, l := range p.who.floor.legs {
		if l.agent == p.id() && !l.monitor && l.start <= p.from && (l.talkEnd == 0 || l.talkEnd >= p.from) && s.has(l.queue, l.channel, p.c.team, l.agent) {
			mine = append(mine, l)
		}
	}
	for _, at := range mine {
		if at.start != p.from {
			continue
		}
		n := 0
		for _, l := range mine {
			n += one(l.began <= at.began && (l.talkEnd == 0 || l.talkEnd > p.from || l.fell > at.began || l == at))
		}
		most = max(most, n)
	}
	return most
}

func (p *piece) id() string { return p.who.id }

// concurrency is now, mean and peak of what one person has at once.
func (f *Floor) concurrency(out Figures, s Scope, w span) {
	talks, people := 0, 0
	var legMs, busyMs int64
	peak := 0
	for _, p := range f.order {
		now := f.instant(p)
		n, t := now.legsHere(s)
		talks += t
		people += one(n > 0)
		peak = max(peak, t)
	}
	for i := range f.pieces {
		p := &f.pieces[i]
		n, t := p.legsHere(s)
		if p.to >= w.from { // what it was when the window began is in it
			peak = max(peak, t)
		}
		if p.from < w.from {
			continue
		}
		peak = max(peak, t, p.flash(s))
		legMs += int64(n) * p.ms()
		if n > 0 {
			busyMs += p.ms()
		}
	}
	out.ratio("concurrency", float64(talks), float64(people), 1)
	out.ratio("concurrency_mean", float64(legMs), float64(busyMs), 1)
	out.count("concurrency_peak", peak)
}
