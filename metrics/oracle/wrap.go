package oracle

import "wallboard/metrics"

// wrapLimit ends a wrap that nobody ends, in ms.
const wrapLimit = 30 * 60_000

// wrapStart ends that agent's talk; the slot stays taken. Where the talk has
// ended before, by a transfer or the close, it is taken again.
func (s *session) wrapStart(ev *metrics.Event) bool {
	agent := s.floor.canonical(ev.Agent.String())
	if s.live != nil {
		if l := s.live.talking(agent); l != nil {
			s.live.stopTalk(ev.Time, l)
			l.wrapStart = l.talkEnd
			return true
		}
	}
	old := s.lastLegOf(agent)
	if old == nil || old.end == 0 || old.wrapStart != 0 {
		return false
	}
	old.wrapStart, old.end, old.afterClose = max(ev.Time, old.talkEnd), 0, old.episode.closed != 0
	return true
}

// lastLegOf returns the agent's newest stay with the session.
func (s *session) lastLegOf(agent string) *leg {
	for i := len(s.floor.legs) - 1; i >= 0; i-- {
		l := s.floor.legs[i]
		if l.episode.session == s && l.agent == agent && !l.monitor {
			return l
		}
	}
	return nil
}

func (s *session) wrapEnd(ev *metrics.Event) bool {
	agent := s.floor.canonical(ev.Agent.String())
	for _, l := range s.floor.legs {
		if l.episode.session == s && l.agent == agent && l.wrapStart != 0 && l.end == 0 {
			l.episode.endLeg(ev.Time, l)
			return true
		}
	}
	return false
}

// expireWraps ends wraps begun after the close at their limit.
func (e *episode) expireWraps(now int64) {
	for _, l := range e.legs {
		if l.afterClose && l.end == 0 && now >= l.wrapStart+wrapLimit {
			e.endLeg(l.wrapStart+wrapLimit, l)
		}
	}
}

// wentOffline ends a person's wraps begun after a close.
func (f *Floor) wentOffline(agent string, t int64) {
	for _, l := range f.legs {
		if l.agent == agent && l.afterClose && l.end == 0 {
			l.episode.endLeg(t, l)
		}
	}
}

// dutyEnd returns the first end of a channel's business day after an instant:
// where people are on duty around the clock, the floor's day end.
func (f *Floor) dutyEnd(channel string, t int64) int64 {
	duty := f.channel(channel).Duty
	if duty.From == duty.To {
		return nextLocal(t, f.place.DayStart, f.place.Zone)
	}
	return nextLocal(t, duty.To, f.place.Zone)
}
