package oracle

import (
	"slices"

	"wallboard/metrics"
	"wallboard/metrics/fact"
)

// Number is one figure: what it is, or that there is none.
type Number struct {
	V  float64
	OK bool
}

// Figures are the KPIs of one scope over one window, by the catalogue's ids.
type Figures map[string]Number

// Scope says what a question is about; parts not of its kind are empty.
type Scope struct {
	Kind                        metrics.Scope
	Channel, Queue, Team, Agent string
	Topic, Touchpoint           string
}

func (s Scope) people() bool { return s.Kind.People() }

// has says whether a fact of these belongs to the scope.
func (s Scope) has(queue, channel, team, agent string) bool {
	switch s.Kind {
	case metrics.ScopeChannel:
		return channel == s.Channel
	case metrics.ScopeQueue:
		return queue == s.Queue
	case metrics.ScopeQueueChannel:
		return queue == s.Queue && channel == s.Channel
	case metrics.ScopeTeam:
		return team == s.Team
	case metrics.ScopeAgent:
		return agent == s.Agent
	case metrics.ScopeAgentChannel:
		return agent == s.Agent && channel == s.Channel
	case metrics.ScopeTopic, metrics.ScopeTouchpoint:
		return false
	}
	return true
}

// owns says whether a fact belongs to the scope: to a topic if the session was
// about it then.
func (s Scope) owns(m *mark) bool {
	if s.Kind.Named() {
		return s.about(m.episode.session, m.t)
	}
	return s.has(m.queue, m.channel, m.team, m.agent)
}

// about says whether a session belongs to a scope of names at an instant.
func (s Scope) about(session *session, t int64) bool {
	if s.Kind == metrics.ScopeTouchpoint {
		return session.touchpoint == s.Touchpoint
	}
	return session.topicAt(t) == s.Topic
}

func (s Scope) holds(c cell) bool {
	switch s.Kind {
	case metrics.ScopeTopic:
		return c.topic == s.Topic
	case metrics.ScopeTouchpoint:
		return c.touchpoint == s.Touchpoint
	}
	return s.has(c.queue, c.channel, c.team, c.agent)
}

func (s Scope) hasStretch(b *botStretch) bool {
	if s.Kind.Named() {
		return s.about(b.episode.session, b.from)
	}
	return s.has(b.queue, b.channel, "", "")
}

// span is a stretch of time, both ends included: the instant asked about
// belongs to every window.
type span struct{ from, at int64 }

func (w span) holds(t int64) bool { return t >= w.from && t <= w.at }

var everyWindow = []fact.Window{fact.WindowToday, fact.Window60m, fact.Window30m, fact.Window15m, fact.Window5m, fact.WindowAll}

func (f *Floor) span(w fact.Window) span {
	switch w {
	case fact.WindowToday:
		return span{f.dayStart, f.at}
	case fact.WindowAll:
		return span{-1 << 62, f.at}
	}
	return span{f.at - f.at%60_000 - int64(w.Minutes()-1)*60_000, f.at}
}

// Scopes returns every scope that a fact or a person has belonged to.
func (f *Floor) Scopes() []Scope {
	seen := map[Scope]bool{{Kind: metrics.ScopeFloor}: true}
	place := func(queue, channel string) {
		seen[Scope{Kind: metrics.ScopeChannel, Channel: channel}] = true
		if queue != "" {
			seen[Scope{Kind: metrics.ScopeQueue, Queue: queue}] = true
			seen[Scope{Kind: metrics.ScopeQueueChannel, Queue: queue, Channel: channel}] = true
		}
	}
	for _, g := range f.segments {
		place(g.queue, g.channel)
	}
	for _, l := range f.legs {
		place(l.queue, l.channel)
		if l.agent != "" {
			seen[Scope{Kind: metrics.ScopeAgentChannel, Agent: l.agent, Channel: l.channel}] = true
		}
	}
	for _, p := range f.order {
		if p.now().bot || p.id == "" {
			continue
		}
		seen[Scope{Kind: metrics.ScopeAgent, Agent: p.id}] = true
		for _, c := range p.conditions {
			if c.team != "" {
				seen[Scope{Kind: metrics.ScopeTeam, Team: c.team}] = true
			}
		}
	}
	var out []Scope
	for s := range seen {
		out = append(out, s)
	}
	slices.SortFunc(out, compareScopes)
	return out
}

func compareScopes(a, b Scope) int {
	if a.Kind != b.Kind {
		return int(a.Kind) - int(b.Kind)
	}
	for _, pair := range [][2]string{{a.Channel, b.Channel}, {a.Queue, b.Queue}, {a.Team, b.Team}, {a.Agent, b.Agent}} {
		if pair[0] < pair[1] {
			return -1
		} else if pair[0] > pair[1] {
			return 1
		}
	}
	return 0
}

// Figures answers for a scope and a window.
func (f *Floor) Figures(s Scope, w fact.Window) Figures {
	out := Figures{}
	span := f.span(w)
	if s.Kind.Named() {
		f.outcomeFigures(out, s, span)
		f.botFigures(out, s, span)
		f.orderFigures(out, s, span)
		f.cohortFigures(out, s, span)
		return out
	}
	f.queueFigures(out, s, span, w)
	f.flowFigures(out, s)
	f.chatFigures(out, s, span)
	f.workFigures(out, s, span)
	f.loadFigures(out, s, span)
	f.staffFigures(out, s, span)
	f.outcomeFigures(out, s, span)
	f.botFigures(out, s, span)
	f.tierFigures(out, s)
	f.orderFigures(out, s, span)
	f.cohortFigures(out, s, span)
	if w == fact.WindowToday && !s.people() {
		f.enquiries(out, s)
	}
	f.planFigures(out, s, span)
	return out
}

func (out Figures) set(id string, v float64)     { out[id] = Number{v, true} }
func (out Figures) count(id string, n int)       { out.set(id, float64(n)) }
func (out Figures) seconds(id string, ms int64)  { out.set(id, float64(ms)/1000) }
func (out Figures) none(id string)               { out[id] = Number{} }
func (out Figures) percent(id string, n, of int) { out.ratio(id, float64(n), float64(of), 100) }

func (out Figures) ratio(id string, n, d, scale float64) {
	if d <= 0 {
		out.none(id)
		return
	}
	out.set(id, n/d*scale)
}

// age is how long ago the earliest of some moments was.
func (f *Floor) age(out Figures, id string, moments []int64) {
	if len(moments) == 0 {
		out.none(id)
		return
	}
	out.seconds(id, f.at-slices.Min(moments))
}

// mean of milliseconds, in seconds.
func (out Figures) mean(id string, ms []int64) {
	out.ratio(id, float64(sum(ms))/1000, float64(len(ms)), 1)
}

// quantile is the value at rank floor(q x (n - 1)), q in tenths, in seconds.
func (out Figures) quantile(id string, ms []int64, tenths int) {
	if len(ms) == 0 {
		out.none(id)
		return
	}
	sorted := slices.Sorted(slices.Values(ms))
	out.seconds(id, sorted[tenths*(len(sorted)-1)/10])
}

func sum(ms []int64) (total int64) {
	for _, v := range ms {
		total += v
	}
	return total
}

func upTo(ms []int64, limit int64) (n int) {
	for _, v := range ms {
		if v <= limit {
			n++
		}
	}
	return n
}
