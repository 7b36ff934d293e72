package oracle

import (
	"slices"

	"wallboard/metrics"
)

// openedIn says whether the episode was opened in a place and a span: at
// queues where and when its first segment began.
func (e *episode) openedIn(s Scope, w span) bool {
	switch {
	case s.Kind == metrics.ScopeTopic:
		topic, at := e.firstTopic()
		return topic == s.Topic && w.holds(at)
	case s.Kind == metrics.ScopeTouchpoint:
		return w.holds(e.opened) && e.session.touchpoint == s.Touchpoint
	case s.Queue != "":
		return e.firstPlaced != 0 && w.holds(e.firstPlaced) && s.has(e.firstPlace, e.channel, "", "")
	}
	return w.holds(e.opened) && s.has("", e.channel, "", "")
}

// firstTopic is what the episode was about when it was opened, or what it was
// first said to be about, and when that was known.
func (e *episode) firstTopic() (topic string, at int64) {
	if topic = e.session.topicAt(e.opened); topic != "" {
		return topic, e.opened
	}
	next := int64(1<<62 - 1)
	for _, other := range e.floor().episodes {
		if other.session == e.session && other.opened > e.opened {
			next = min(next, other.opened)
		}
	}
	for _, said := range e.session.topics {
		spam := e.closed != 0 && said.t > e.closed && e.outcome == metrics.OutcomeSpam
		if said.t > e.opened && said.t < next && !spam {
			return said.topic, said.t
		}
	}
	return "", 0
}

// byCustomer says whether the customer began the episode.
func (e *episode) byCustomer() bool { return e.origin == metrics.PartyCustomer }

// returned says whether the customer came back within a day of a close: to the
// session itself, or with another that is about the same where alike is asked.
func (f *Floor) returned(e *episode, alike bool) bool {
	s, limit := e.session, min(f.at, e.closed+dayMs)
	for _, other := range f.episodes {
		if other.opened <= e.closed || other.opened > limit || other.origin == metrics.PartyAgent {
			continue
		}
		if other.session == s {
			if other.reopened {
				return true
			}
			continue
		}
		if s.customer == "" || other.reopened || other.session.customer != s.customer {
			continue
		}
		known := s.topicAt(limit) != "" && other.session.topicAt(limit) != ""
		if !alike || s.everAlike(other.session, limit) || !known && f.at >= e.closed+dayMs {
			return true
		}
	}
	return false
}

// everAlike says whether two sessions were about the same at some moment up to
// an instant: what has failed once is not well again for a new tag.
func (s *session) everAlike(other *session, until int64) bool {
	for _, said := range slices.Concat(s.topics, other.topics) {
		if mine := s.topicAt(said.t); said.t <= until && mine != "" && mine == other.topicAt(said.t) {
			return true
		}
	}
	return false
}

// seenBefore says whether the customer of an episode had another one that was
// open within the day before it.
func (f *Floor) seenBefore(e *episode) bool {
	for _, other := range f.episodes {
		if other == e || e.session.customer == "" || other.session.customer != e.session.customer || other.opened >= e.opened {
			continue
		}
		if closed := other.closedBefore(e.opened); closed == 0 || closed >= e.opened-dayMs {
			return true
		}
	}
	return false
}

// closedBefore returns the close as it was known at an instant, 0: still open.
func (e *episode) closedBefore(t int64) int64 {
	if e.closed != 0 && e.closed <= t {
		return e.closed
	}
	return 0
}

func (f *Floor) cohortFigures(out Figures, s Scope, w span) {
	f.closeCohorts(out, s, w)
	if s.people() {
		return
	}
	opened, again := 0, 0
	var asked, credited [2]int // by insight
	for _, e := range f.episodes {
		if !e.openedIn(s, w) || !e.byCustomer() {
			continue
		}
		opened++
		again += one(f.seenBefore(e))
		if e.reopened {
			continue
		}
		i := one(e.session.insight)
		asked[i]++
		credited[i] += one(e.session.credited)
	}
	out.percent("repeat_rate", again, opened)
	out.percent("conversion", credited[0]+credited[1], asked[0]+asked[1])
	out.none("insight_conversion")
	if asked[0] > 0 && asked[1] > 0 && credited[0] > 0 {
		with, without := float64(credited[1])/float64(asked[1]), float64(credited[0])/float64(asked[0])
		out.set("insight_conversion", (with/without-1)*100)
	}
}

// closeCohorts are of episodes by the minute of their close.
func (f *Floor) closeCohorts(out Figures, s Scope, w span) {
	solved, kept, alone, lasting := 0, 0, 0, 0
	bots := 0
	for _, m := range f.marks {
		if !w.holds(m.t) || !s.owns(&m) {
			continue
		}
		switch m.what {
		case resolved:
			solved++
			kept += one(!f.returned(m.episode, true))
		case botInvolvedClosed:
			bots++
		case botResolved:
			alone++
			lasting += one(!f.returned(m.episode, false))
		}
	}
	out.percent("fcr", kept, solved)
	if !s.people() {
		out.percent("ai_resolution_effective", lasting, bots)
	}
}
