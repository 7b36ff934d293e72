package rule

import (
	"math"

	"wallboard/metrics"
)

// leastKeep is how long a value must stay back at least, whatever the rule
// says, and reopenWithin how soon after its end a breach that comes back is
// the same one: a series that crosses its limit every few seconds for an hour
// is one breach with a count. While it flaps it must stay back for so long.
const (
	leastKeep    = int64(10_000)
	reopenWithin = int64(300_000)
)

// life is the life of one rule in one scope. Times are ms of the engine clock,
// 0 for none.
type life struct {
	state  metrics.BreachState
	level  metrics.Level // firing level
	worst  metrics.Level // highest of the episode
	beyond [2]int64      // since when warn and critical have been exceeded without a break
	since  int64         // when the condition of this episode began
	fired  int64
	well   int64 // since when the firing level has been back
	frozen int64 // since when nothing has been judged
	ended  int64 // when the last episode ended; it may be opened again for a while

	value, limit, back, peak, base float64
	n                              int64
	episodes                       int32
	flaps                          int32
	first                          int64 // start of the first of the flaps, 0: none
	learned, steps                 int32
	reason                         Reason
	trail                          trail
	day                            int64  // the day start that episodes counts from
	round                          uint64 // the evaluation it was last stepped in; not state
}

// event is what a step of a life came to, for the history.
type event uint8

const (
	evNone event = iota
	evReopened
	evEnded
)

// step moves the life on to now.
func (l *life) step(c *compiled, s *sight, now int64) event {
	l.thaw(now)
	if s.ok {
		l.value, l.n = s.value, s.n
	} else {
		l.n = 0
	}
	l.base, l.learned, l.steps = s.base, s.learned, s.steps
	l.track(s, now)
	target := l.due(c, now)
	happened := evNone
	switch {
	case !l.active():
		happened = l.begin(s, target, now)
	case target > l.level: // escalation keeps the identity
		l.relapse(now)
		l.level, l.state, l.well = target, metrics.BreachFiring, 0
	default:
		happened = l.recover(c, s, now)
	}
	l.note(c, s, now)
	return happened
}

func (l *life) active() bool {
	return l.state == metrics.BreachFiring || l.state == metrics.BreachRecovering
}

// idle says that the life may be forgotten: nothing runs, nothing can be
// reopened and there is no count to keep.
func (l *life) idle(now int64) bool {
	return l.episodes == 0 && l.idleButCounted(now)
}

// idleButCounted says that only the count of the day keeps the life.
func (l *life) idleButCounted(now int64) bool {
	return !l.active() && l.state != metrics.BreachPending && (l.ended == 0 || now-l.ended >= reopenWithin)
}

// today begins the count of episodes anew with the day; one that still fires
// is one of the new day's.
func (l *life) today(start int64) {
	if l.day == start {
		return
	}
	l.day, l.episodes = start, 0
	if l.active() {
		l.episodes = 1
	}
}

// freeze stops the life's clocks: over what cannot be trusted nothing holds
// and nothing stays back.
func (l *life) freeze(now int64) {
	if l.frozen == 0 {
		l.frozen = now
	}
}

// thaw moves what was running on by as long as it was stopped.
func (l *life) thaw(now int64) {
	if l.frozen == 0 {
		return
	}
	stopped := now - l.frozen
	for _, since := range []*int64{&l.beyond[atWarn], &l.beyond[atCritical], &l.well, &l.ended} {
		if *since != 0 {
			*since += stopped
		}
	}
	l.frozen = 0
}

// track notes since when each limit has been exceeded without a break.
func (l *life) track(s *sight, now int64) {
	for i := range s.level {
		switch {
		case !s.level[i].beyond():
			l.beyond[i] = 0
		case l.beyond[i] == 0:
			l.beyond[i] = now
		}
	}
}

// due returns the highest level that has held long enough.
func (l *life) due(c *compiled, now int64) metrics.Level {
	hold := c.For.Milliseconds()
	for i := atCritical; i >= atWarn; i-- {
		if since := l.beyond[i]; since != 0 && now-since >= hold {
			return levelOf(i)
		}
	}
	return metrics.LevelOK
}

// begin handles a life that is not firing.
func (l *life) begin(s *sight, target metrics.Level, now int64) event {
	since := earliest(l.beyond[atWarn], l.beyond[atCritical])
	switch {
	case target > metrics.LevelOK && l.ended != 0 && now-l.ended < reopenWithin:
		l.reopen(target)
		return evReopened
	case target > metrics.LevelOK:
		l.state, l.level, l.worst, l.since, l.fired, l.well = metrics.BreachFiring, target, target, since, now, 0
		l.peak, l.flaps, l.first, l.ended = l.value, 0, 0, 0
		l.episodes++
	case since != 0:
		l.state = metrics.BreachPending
		if l.ended == 0 || now-l.ended >= reopenWithin {
			l.since, l.ended = since, 0
		}
	case l.ended != 0 && now-l.ended < reopenWithin:
		l.state = metrics.BreachResolved
	default:
		l.state, l.since, l.ended = metrics.BreachInactive, 0, 0
		l.trail = trail{}
	}
	return evNone
}

// reopen takes an episode that has just ended up again.
func (l *life) reopen(target metrics.Level) {
	l.state, l.level, l.worst, l.well, l.ended = metrics.BreachFiring, target, max(l.worst, target), 0, 0
	l.flap()
}

func (l *life) flap() {
	l.flaps++
	if l.first == 0 {
		l.first = l.since
	}
}

// relapse counts a return from where it was already well.
func (l *life) relapse(int64) {
	if l.state == metrics.BreachRecovering {
		l.flap()
	}
}

// keep is how long the value must stay back.
func (l *life) keep(c *compiled) int64 {
	keep := max(c.Keep.Milliseconds(), leastKeep)
	if l.flaps > 0 {
		keep = max(keep, reopenWithin)
	}
	return keep
}

// recover handles a firing life whose level does not rise: it falls, critical
// first to warn, once the value has stayed back beyond the return level.
func (l *life) recover(c *compiled, s *sight, now int64) event {
	i := int(l.level - metrics.LevelWarn)
	if s.level[i].unwell() {
		l.relapse(now)
		l.state, l.well = metrics.BreachFiring, 0
		return evNone
	}
	if l.well == 0 {
		l.well = now
	}
	l.state = metrics.BreachRecovering
	if now-l.well < l.keep(c) {
		return evNone
	}
	if l.level == metrics.LevelCritical && s.level[atWarn].unwell() {
		l.level, l.state, l.well = metrics.LevelWarn, metrics.BreachFiring, 0
		return evNone
	}
	l.state, l.level, l.well, l.ended = metrics.BreachResolved, metrics.LevelOK, 0, now
	return evEnded
}

// note remembers what a breach shows: limits now, the peak, why, and the trail.
func (l *life) note(c *compiled, s *sight, now int64) {
	if l.state == metrics.BreachInactive || l.state == metrics.BreachResolved {
		return
	}
	l.trail.add(c, s, now)
	if !l.active() {
		return
	}
	l.worst = max(l.worst, l.level)
	i := int(l.level - metrics.LevelWarn)
	if !s.level[i].watched {
		i = atCritical
	}
	g := &s.level[i]
	if limit := g.limit(l.value); finite(limit) {
		l.limit, l.back = limit, g.back(l.value)
	}
	if s.ok && c.worse(s.value, l.peak, g) {
		l.peak = s.value
	}
	if s.ok && g.beyond() {
		l.reason = s.reason
	}
}

// worse says whether v is further out than what was the peak.
func (c *compiled) worse(v, peak float64, g *gauge) bool {
	if math.IsInf(g.lo, 0) || math.IsInf(g.hi, 0) {
		return c.sense()*(v-peak) > 0
	}
	out := func(v float64) float64 { return max(v-g.hi, g.lo-v) }
	return out(v) > out(peak)
}

// earliest returns the earlier of two times of which 0 means none.
func earliest(a, b int64) int64 {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}
