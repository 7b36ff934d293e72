package session

import (
	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
)

// span is a clock that ran: what it measured, from when, for how long.
type span struct {
	clock   i18n.ID // empty: none
	from    int64   // ms since the epoch
	millis  int64
	running bool // it still runs: millis is up to now
}

// step is one line of the timeline: an event, or now.
type step struct {
	at    int64
	after int64 // ms since the step before; -1 for the first
	event metrics.EventType
	by    metrics.Party
	agent clean.Text // where stored events say
	queue clean.Text
	now   bool
	nth   int  // the episode that begins here, 0: none does
	ended span // the clock that ended here, or that runs now
}

// clocks are those that may run at once while steps are read in order. 0 is
// not running.
type clocks struct {
	waiting, ringing, bot, asked int64
	first, turn                  int64
	firstRank                    int
	replied                      bool
	talking, holding, wrapping   int64
}

// What a first-response clock starts from, the stronger the later.
const (
	fromQueue = iota + 1
	fromMessage
	fromHandoff
)

// timeline turns a session's steps into lines, each with the clock that
// ended there, and adds what runs now. The definitions are those of the
// catalogue: ringing is part of a wait, a burst of messages is one turn, holding
// is no talk. A clock that began before the steps that were kept is not guessed,
// except where the session itself still knows its beginning.
func timeline(d *metrics.SessionDetail, steps []metrics.StepView, now int64) []step {
	lines := make([]step, 0, len(steps)+1)
	var c clocks
	before, episodes := int64(0), 0
	for i, e := range steps {
		line := step{at: e.At, after: -1, event: e.Type, by: e.By, agent: e.Agent, queue: e.Queue}
		if e.Type == metrics.TypeSessionOpened || e.Type == metrics.TypeSessionReopened {
			episodes++
			line.nth = episodes
		}
		if i > 0 {
			line.after = max(0, e.At-before)
		}
		before = e.At
		line.ended = c.take(e)
		lines = append(lines, line)
	}
	if d.State == metrics.StateClosed {
		return lines
	}
	line := step{at: now, after: -1, now: true, ended: c.running(d, now)}
	if before > 0 {
		line.after = max(0, now-before)
	}
	return append(lines, line)
}

// ran is a clock that ends at t, none where it did not run.
func ran(clock i18n.ID, from *int64, t int64) span {
	if *from == 0 {
		return span{}
	}
	s := span{clock: clock, from: *from, millis: max(0, t-*from)}
	*from = 0
	return s
}

// either is the first of the spans that is one.
func either(list ...span) span {
	for _, s := range list {
		if s.clock != "" {
			return s
		}
	}
	return span{}
}

// take moves the clocks by one event and returns the one that ends with it.
func (c *clocks) take(e metrics.StepView) span {
	t := e.At
	switch e.Type {
	case metrics.TypeSessionOpened, metrics.TypeSessionReopened:
		*c = clocks{}
	case metrics.TypeSessionBotReply:
		start(&c.bot, t)
	case metrics.TypeSessionHumanRequested:
		start(&c.asked, t)
	case metrics.TypeSessionHandoff:
		c.begin(fromHandoff, t)
		return ran(i18n.ClockBot, &c.bot, t)
	case metrics.TypeSessionQueued:
		start(&c.waiting, t)
		c.begin(fromQueue, t)
		return ran(i18n.ClockBot, &c.bot, t)
	case metrics.TypeSessionOffered:
		c.ringing = t
	case metrics.TypeSessionOfferFailed:
		return ran(i18n.ClockRing, &c.ringing, t)
	case metrics.TypeSessionAssigned:
		c.ringing = 0
		c.talking = t
		return either(ran(i18n.ClockWait, &c.waiting, t), ran(i18n.ClockAsked, &c.asked, t))
	case metrics.TypeSessionMessage:
		return c.message(e)
	}
	return c.work(e)
}

// message moves the clocks of responses. Automatic and bot replies stop none.
func (c *clocks) message(e metrics.StepView) span {
	switch e.By {
	case metrics.PartyCustomer:
		c.begin(fromMessage, e.At)
		if c.bot == 0 {
			start(&c.turn, e.At)
		}
	case metrics.PartyAgent:
		first, reply := span{}, ran(i18n.ClockReply, &c.turn, e.At)
		if !c.replied {
			first = ran(i18n.ClockFirst, &c.first, e.At)
		}
		c.replied, c.asked = true, 0
		return either(first, reply)
	}
	return span{}
}

// work moves the clocks of the person who has the session.
func (c *clocks) work(e metrics.StepView) span {
	t := e.At
	switch e.Type {
	case metrics.TypeSessionHeld:
		c.holding = t
	case metrics.TypeSessionResumed:
		return ran(i18n.ClockHold, &c.holding, t)
	case metrics.TypeSessionTransferred:
		c.holding = 0
		return ran(i18n.ClockTalk, &c.talking, t)
	case metrics.TypeSessionWrapStarted:
		c.holding, c.wrapping = 0, t
		return ran(i18n.ClockTalk, &c.talking, t)
	case metrics.TypeSessionWrapEnded:
		return ran(i18n.ClockWrap, &c.wrapping, t)
	case metrics.TypeSessionClosed:
		return c.close(t)
	}
	return span{}
}

// close ends everything; a wrap-up may go on.
func (c *clocks) close(t int64) span {
	s := either(ran(i18n.ClockWait, &c.waiting, t), ran(i18n.ClockTalk, &c.talking, t), ran(i18n.ClockBot, &c.bot, t))
	*c = clocks{wrapping: c.wrapping}
	return s
}

func start(clock *int64, t int64) {
	if *clock == 0 {
		*clock = t
	}
}

// begin starts the clock of the first response: a hand-off counts before a
// message, a message before the queue, and a start never moves to a weaker one.
func (c *clocks) begin(rank int, t int64) {
	if c.replied || rank <= c.firstRank {
		return
	}
	c.firstRank, c.first = rank, t
}

// running is the clock that matters most now: of one who waits, then of one who
// is owed a reply, then of the work.
func (c *clocks) running(d *metrics.SessionDetail, now int64) span {
	up := func(clock i18n.ID, from ...int64) span {
		for _, f := range from {
			if f > 0 {
				return span{clock: clock, from: f, millis: max(0, now-f), running: true}
			}
		}
		return span{}
	}
	switch d.State {
	case metrics.StateQueued, metrics.StateOffered:
		return up(i18n.ClockWait, d.FirstQueuedAt, d.QueuedAt, c.waiting, d.StateSince)
	case metrics.StateBot:
		return either(up(i18n.ClockAsked, d.HumanAskedSince), up(i18n.ClockBot, d.StateSince, c.bot))
	case metrics.StateHeld:
		return up(i18n.ClockHold, c.holding, d.StateSince)
	case metrics.StateWrapping:
		return up(i18n.ClockWrap, c.wrapping, d.StateSince)
	case metrics.StateActive:
		return either(up(i18n.ClockFirst, d.FirstReplyDueSince), up(i18n.ClockReply, d.UnansweredSince), up(i18n.ClockTalk, c.talking, d.StateSince))
	}
	return span{}
}

// sum is what a session's clocks came to: how often each ran, for how long
// together and at most.
type sum struct {
	clock   i18n.ID
	times   int
	millis  int64
	running bool
}

// sums adds the spans up, in the order in which people meet them.
func sums(lines []step) []sum {
	var out []sum
	for _, clock := range [...]i18n.ID{i18n.ClockBot, i18n.ClockAsked, i18n.ClockWait, i18n.ClockRing, i18n.ClockFirst, i18n.ClockReply, i18n.ClockTalk, i18n.ClockHold, i18n.ClockWrap} {
		one := sum{clock: clock}
		for _, l := range lines {
			if l.ended.clock == clock {
				one.times++
				one.millis += l.ended.millis
				one.running = one.running || l.ended.running
			}
		}
		if one.times > 0 {
			out = append(out, one)
		}
	}
	return out
}
