package metrics

import "wallboard/metrics/fact"

// restand moves a session from what it was worth to what it is worth now. t is
// when that happened.
func (e *Engine) restand(ref int32, old, now *standing, t int64) {
	if *old == *now {
		return
	}
	if old.live {
		e.unlist(ref, old)
	}
	if now.live {
		e.list(ref, now)
	}
	if old.live != now.live || old.base != now.base || e.cells[old.cell].channel != e.cells[now.cell].channel {
		e.relist(ref, old, now)
	}
	e.relevel(old, now, t)
	if old.waiting || now.waiting {
		e.cover(old.cell, t)
		if now.cell != old.cell {
			e.cover(now.cell, t)
		}
	}
}

// relist keeps the list of open sessions by age.
func (e *Engine) relist(ref int32, old, now *standing) {
	if old.live {
		e.chans[e.cells[old.cell].channel].open.Remove(old.base, ref)
	}
	if now.live {
		c := e.chans[e.cells[now.cell].channel]
		c.open.Add(now.base, ref)
		c.omniTo = min(c.omniTo, now.base)
		e.due = min(e.due, now.base+min(c.settings.OrphanAfter.Milliseconds(), c.settings.ReplyWithin.Milliseconds()+1))
	}
}

func (e *Engine) list(ref int32, w *standing) {
	c := e.cells[w.cell]
	e.tallied(c, w, +1)
	if w.waiting {
		c.waiting.Add(w.begun, ref)
		e.needs(c.queue, w, +1)
		if w.queued != w.begun {
			c.total.Add(w.queued, ref)
		}
	}
	if w.callback {
		c.callbacks.Add(w.due, ref)
	}
	if w.message {
		c.messages.Add(w.queued, ref)
	}
	if w.first {
		c.first.Add(w.start, ref)
	}
	if w.unanswered {
		c.unans.Add(w.turn, ref)
	}
	if w.stuck != 0 {
		c.stuck.Add(w.stuck, ref)
	}
	if w.asked == 0 && !w.human && !w.negative && !w.major {
		return
	}
	t := &e.floors[c.floor].tabs
	if w.asked != 0 {
		t[tabAsked].Add(w.asked, ref)
	}
	if w.human {
		t[tabHumanOnly].Add(w.base, ref)
	}
	if w.negative {
		t[tabNegative].Add(w.base, ref)
	}
	if w.major {
		t[tabMajor].Add(w.base, ref)
	}
}

func (e *Engine) unlist(ref int32, w *standing) {
	c := e.cells[w.cell]
	e.tallied(c, w, -1)
	if w.waiting {
		c.waiting.Remove(w.begun, ref)
		e.needs(c.queue, w, -1)
		if w.queued != w.begun {
			c.total.Remove(w.queued, ref)
		}
	}
	if w.callback {
		c.callbacks.Remove(w.due, ref)
	}
	if w.message {
		c.messages.Remove(w.queued, ref)
	}
	if w.first {
		c.first.Remove(w.start, ref)
	}
	if w.unanswered {
		c.unans.Remove(w.turn, ref)
	}
	if w.stuck != 0 {
		c.stuck.Remove(w.stuck, ref)
	}
	if w.asked == 0 && !w.human && !w.negative && !w.major {
		return
	}
	t := &e.floors[c.floor].tabs
	if w.asked != 0 {
		t[tabAsked].Remove(w.asked, ref)
	}
	if w.human {
		t[tabHumanOnly].Remove(w.base, ref)
	}
	if w.negative {
		t[tabNegative].Remove(w.base, ref)
	}
	if w.major {
		t[tabMajor].Remove(w.base, ref)
	}
}

func (e *Engine) tallied(c *cellState, w *standing, d int32) {
	y := &c.tally
	y.open += d
	for k, to := range e.chans[c.channel].overTo {
		if w.base < to {
			c.over[k] += d
		}
	}
	add := func(to *int32, on bool) {
		if on {
			*to += d
		}
	}
	add(&y.vip, w.vip)
	add(&y.botActive, w.bot)
	add(&y.humanOnly, w.human)
	for i, on := range [...]bool{w.labelled, w.labelled && w.bot} {
		add(&y.labelled[i], on)
		add(&y.negative[i], on && w.negative)
	}
	if w.waiting {
		y.tierWaiting[w.tier] += d
		add(&y.incomplete, w.inc)
	}
}

// relevel sets the levels whose peaks are kept.
func (e *Engine) relevel(old, now *standing, t int64) {
	if old.waiting != now.waiting || old.waiting && old.cell != now.cell {
		e.level(old.cell, t, fact.PeakWaiting, old.waiting, -1)
		e.level(now.cell, t, fact.PeakWaiting, now.waiting, +1)
	}
	if old.bot != now.bot || old.bot && old.cell != now.cell {
		e.level(old.cell, t, fact.PeakBotActive, old.bot, -1)
		e.level(now.cell, t, fact.PeakBotActive, now.bot, +1)
	}
}

func (e *Engine) level(cell int32, t int64, p fact.Peak, on bool, d int32) {
	if !on {
		return
	}
	at := 0
	if p == fact.PeakBotActive {
		at = 1
	}
	for _, i := range e.cells[cell].rows {
		if i == noRef {
			continue
		}
		r := e.rows[i]
		r.level0[at] += d
		r.touch(e, t)
		r.series.Level(t, p, int64(r.level0[at]))
	}
}
