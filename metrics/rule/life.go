package rule

import "wallboard/metrics"

// life is the life of one rule in one scope. Times are ms of the engine clock,
// 0 for none.
type life struct {
	state    metrics.BreachState
	level    metrics.Level // firing level
	beyond   [2]int64      // since when warn and critical have been exceeded without a break
	since    int64         // when the condition of this episode began
	fired    int64
	well     int64 // since when the firing level has been back
	value    float64
	peak     float64
	episodes int32
}

// reading is what a rule saw: no value counts as well, for a percentage
// without samples and a wait nobody has claim nothing.
type reading struct {
	value float64
	ok    bool
}

// step moves the life on to now and says whether it is worth keeping.
func (l *life) step(c *compiled, r reading, now int64) {
	l.value = r.value
	l.track(c, r, now)
	target := l.due(c, now)
	switch {
	case l.state == metrics.BreachInactive || l.state == metrics.BreachPending || l.state == metrics.BreachResolved:
		l.begin(c, target, now)
	case target > l.level: // escalation keeps the identity
		l.level, l.state, l.well = target, metrics.BreachFiring, 0
	default:
		l.recover(c, r, now)
	}
	if l.active() && r.ok && c.sense.beyond(r.value, l.peak) {
		l.peak = r.value
	}
}

func (l *life) active() bool {
	return l.state == metrics.BreachFiring || l.state == metrics.BreachRecovering
}

// track notes since when each limit has been exceeded without a break.
func (l *life) track(c *compiled, r reading, now int64) {
	for i, limit := range [2]*float64{c.Warn, c.Critical} {
		switch {
		case limit == nil || !r.ok || !c.sense.beyond(r.value, *limit):
			l.beyond[i] = 0
		case l.beyond[i] == 0:
			l.beyond[i] = now
		}
	}
}

// due returns the highest level that has held long enough.
func (l *life) due(c *compiled, now int64) metrics.Level {
	hold := c.For.Milliseconds()
	for i, level := range [2]metrics.Level{metrics.LevelCritical, metrics.LevelWarn} {
		if since := l.beyond[1-i]; since != 0 && now-since >= hold {
			return level
		}
	}
	return metrics.LevelOK
}

// begin handles a life that is not firing.
func (l *life) begin(c *compiled, target metrics.Level, now int64) {
	since := l.beyond[0]
	if since == 0 || l.beyond[1] != 0 && l.beyond[1] < since {
		since = l.beyond[1]
	}
	switch {
	case target > metrics.LevelOK:
		l.state, l.level, l.since, l.fired, l.well = metrics.BreachFiring, target, since, now, 0
		l.peak = l.value
		l.episodes++
	case since != 0:
		l.state, l.since = metrics.BreachPending, since
	default:
		l.state, l.since = metrics.BreachInactive, 0
	}
}

// recover handles a firing life whose level does not rise: it falls, critical
// first to warn, once the value has stayed back beyond the return level.
func (l *life) recover(c *compiled, r reading, now int64) {
	i := int(l.level - metrics.LevelWarn)
	if r.ok && c.sense.beyond(r.value, c.back[i]) {
		l.state, l.well = metrics.BreachFiring, 0
		return
	}
	if l.well == 0 {
		l.well = now
	}
	l.state = metrics.BreachRecovering
	if now-l.well < c.Keep.Milliseconds() {
		return
	}
	if l.level == metrics.LevelCritical && c.Warn != nil && r.ok && c.sense.beyond(r.value, c.back[0]) {
		l.level, l.state, l.well = metrics.LevelWarn, metrics.BreachFiring, 0
		return
	}
	l.state, l.level, l.since, l.fired, l.well = metrics.BreachResolved, metrics.LevelOK, 0, 0, 0
}
