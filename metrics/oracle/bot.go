package oracle

import "wallboard/metrics"

// botPhase is a stretch with the bot.
type botStretch struct {
	ended      bool
	rose, fell int // which event began and ended it, of all
	interval
	queue, channel string
	episode        *episode
}

func (e *episode) enterBot(t int64) {
	if e.inBot {
		return
	}
	e.inBot, e.botSeen = true, true
	e.botSince, e.botQueue = t, e.lastQueue
	e.failures, e.failedAt, e.askedAt = 0, 0, 0
	f := e.floor()
	f.stretches = append(f.stretches, &botStretch{interval: interval{from: t}, queue: e.lastQueue, channel: e.channel, episode: e, rose: f.turns})
}

// stopBot ends the stretch that runs.
func (e *episode) stopBot(t int64) {
	e.inBot = false
	for _, b := range e.floor().stretches {
		if b.episode == e && b.to == 0 {
			b.to = t
			b.ended, b.fell = true, e.floor().turns
		}
	}
}

// leaveBot ends the bot's phase; from here people are asked for.
func (e *episode) leaveBot(t int64, why metrics.HandoffTrigger) {
	if !e.inBot {
		return
	}
	e.stopBot(t)
	e.handedOff, e.handed = t, true
	e.mark(botPhase, t, 1, e.lastQueue, "")
	e.mark(handedToPeople, t, 1, e.lastQueue, "")
	e.mark([...]what{handedOnRule, handedOnUser, handedOnFailures, handedOnRule}[why], t, 1, e.lastQueue, "")
}

func (e *episode) botReply(ev *metrics.Event) {
	e.omniReply(ev.Time)
	e.heard(ev.Time, metrics.PartyBot)
	switch ev.Understood {
	case metrics.Yes:
		e.mark(botReplied, ev.Time, 1, e.lastQueue, "")
		e.mark(botUnderstood, ev.Time, 1, e.lastQueue, "")
		e.failures, e.failedAt = 0, 0
	case metrics.No:
		e.mark(botReplied, ev.Time, 1, e.lastQueue, "")
		if e.failures++; e.failures == 3 {
			e.failedAt = ev.Time
		}
	}
}

func (e *episode) askForPerson(t int64) {
	if e.inBot && e.askedAt == 0 {
		e.askedAt = t
	}
}

// stuckSince returns since when a customer is stuck with the bot, 0 if not.
func (e *episode) stuckSince(now int64) int64 {
	if !e.inBot {
		return 0
	}
	since := e.failedAt
	if asked := e.askedAt + 30_000; e.askedAt != 0 && now > asked && (since == 0 || asked < since) {
		since = asked
	}
	return since
}

func (f *Floor) botFigures(out Figures, s Scope, w span) {
	if s.people() {
		return
	}
	count := func(what what) int { return len(f.marked(what, s, w)) }
	out.percent("bot_share", count(closedWithoutHuman), count(closedEpisode))
	out.percent("ai_resolution", count(botResolved), count(botInvolvedClosed))
	out.percent("bot_understood", count(botUnderstood), count(botReplied))
	out.percent("handoff_rate", count(handedToPeople), count(botPhase))
	out.percent("handoff_rate_user", count(handedOnUser), count(botPhase))
	out.percent("handoff_rate_failures", count(handedOnFailures), count(botPhase))
	out.percent("handoff_rate_rule", count(handedOnRule), count(botPhase))
	out.percent("handoff_success", count(handoffAnswered), count(handoffDecided))
	var stuck []int64
	active, humanOnly := 0, 0
	for _, e := range f.episodes {
		if e.closed != 0 || !e.inBot || !e.here(s) {
			continue
		}
		active++
		if since := e.stuckSince(f.at); since != 0 {
			stuck = append(stuck, since)
		}
		for _, topic := range f.settings.HumanOnlyTopics {
			humanOnly += one(e.session.topicAt(f.at) == topic)
		}
	}
	out.count("bot_active", active)
	out.count("stuck_in_bot", len(stuck))
	f.age(out, "stuck_in_bot_oldest", stuck)
	out.count("human_only_in_bot", humanOnly)
	out.count("bot_active_peak", f.botPeak(s, w))
	f.botCapacity(out, s)
}

// botPeak is the most sessions with the bot at once, what the span began with
// included.
func (f *Floor) botPeak(s Scope, w span) int {
	peak := 0
	for _, b := range f.stretches { // what the span began with
		peak += one(b.from < w.from && (!b.ended || b.to >= w.from) && s.hasStretch(b))
	}
	for _, one := range f.stretches {
		if !w.holds(one.from) {
			continue
		}
		n := 0
		for _, b := range f.stretches {
			if b.rose <= one.rose && (!b.ended || b.fell > one.rose) && s.hasStretch(b) {
				n++
			}
		}
		peak = max(peak, n)
	}
	return peak
}

// botCapacity is what the machines can hold at once.
func (f *Floor) botCapacity(out Figures, s Scope) {
	n, machines := 0, 0
	for _, p := range f.order {
		c := p.now()
		if !c.bot || c.presence == metrics.PresenceOffline || s.Queue != "" && !c.queues[s.Queue] {
			continue
		}
		machines += one(c.slots != nil && (!s.oneChannel() || c.slots[s.Channel] > 0))
		switch {
		case s.oneChannel():
			n += c.slots[s.Channel]
		case c.total > 0:
			n += c.total
		default:
			for _, slots := range c.slots {
				n += slots
			}
		}
	}
	if machines == 0 {
		out.none("bot_capacity")
		return
	}
	out.count("bot_capacity", n)
}
