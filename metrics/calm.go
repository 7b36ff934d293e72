package metrics

import "wallboard/metrics/store"

// calmUntil returns until when the clock alone changes nothing of the floors,
// at most to the end of the minute: where anything moves all the time it is
// now. It is asked for when nothing has happened since the last snapshot.
func (e *Engine) calmUntil() int64 {
	until := min(e.now-e.now%msMinute+msMinute, e.views.wakes.due())
	if e.now%curveStep == 0 {
		return e.now
	}
	for _, q := range e.queues {
		if len(q.plans) > 0 {
			return e.now // what is forecast up to now grows
		}
	}
	for _, c := range e.chans {
		for _, age := range longOpen {
			until = min(until, e.ripe(&c.open, age))
		}
	}
	for _, c := range e.cells {
		until = min(until, e.cellCalm(c))
	}
	return until
}

// cellCalm is calmUntil of one cell.
func (e *Engine) cellCalm(c *cellState) int64 {
	if c.openTime && c.waiting.Len() > 0 {
		return e.now
	}
	until := min(e.ripe(&c.callbacks, 0), e.ripe(&c.stuck, 0))
	for _, age := range [...]int64{idleMillis, longWaitMillis, c.answerWithin} {
		until = min(until, e.ripe(&c.waiting, age))
	}
	for _, age := range lateAfter {
		until = min(until, e.ripe(&c.first, age))
	}
	return until
}

// ripe returns when the next item of a list comes of age.
func (e *Engine) ripe(list *store.Ages, age int64) int64 {
	if list.Len() == 0 {
		return noTime
	}
	since, _, ok := list.Next(e.now - age)
	if !ok {
		return noTime
	}
	return since + age
}
