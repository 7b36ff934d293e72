package oracle

import (
	"fmt"
	"slices"

	"wallboard/metrics/fact"
)

// marked returns the amounts of the facts of a name inside a scope and a span.
func (f *Floor) marked(what what, s Scope, w span) []int64 {
	out := []int64{}
	for _, m := range f.marks {
		if m.what == what && w.holds(m.t) && s.owns(&m) {
			out = append(out, m.n)
		}
	}
	return out
}

func (f *Floor) chatFigures(out Figures, s Scope, w span) {
	first, left := f.marked(firstReply, s, w), len(f.marked(leftUnanswered, s, w))
	due := f.firstReplyDue(s)
	out.mean("frt_mean", first)
	out.quantile("frt_p50", first, 5)
	out.quantile("frt_p90", first, 9)
	out.count("frt_live", len(due))
	f.age(out, "frt_live_oldest", due)
	out.count("left_unanswered", left)
	for _, limit := range []int64{30, 60, 180} {
		beyond := 0
		for _, from := range due {
			beyond += one(f.at-from > limit*1000)
		}
		in := upTo(first, limit*1000)
		out.percent(fmt.Sprintf("frt_within_%d", limit), in, len(first)+left)
		out.percent(fmt.Sprintf("frt_within_live_%d", limit), in, len(first)+left+beyond)
	}
	turns := f.marked(turnAnswered, s, w)
	out.mean("response_mean", turns)
	out.quantile("response_p50", turns, 5)
	out.quantile("response_p90", turns, 9)
	decided := f.marked(turnDecided, s, w)
	out.percent("reply_rate_3m", upTo(decided, 180_000), len(decided)+len(f.marked(turnUnanswered, s, w)))
	recent := f.span(fact.Window5m)
	out.set("turn_backlog", float64(len(f.marked(turnBegun, s, recent))-len(f.marked(turnAnswered, s, recent)))/5)
	open := f.unanswered(s)
	out.count("unanswered", len(open))
	f.age(out, "unanswered_oldest", open)
	if !s.people() {
		in := len(f.marked(omniReplied, s, w))
		out.percent("omnichannel_rate", in, in+len(f.marked(omniMissed, s, w)))
	}
}

// firstReplyDue returns the starts of the first-response clocks that run now.
func (f *Floor) firstReplyDue(s Scope) []int64 {
	var out []int64
	for _, e := range f.episodes {
		from := e.firstReplyFrom()
		if e.closed != 0 || e.replied || from == 0 || !e.here(s) {
			continue
		}
		out = append(out, from)
	}
	return out
}

// here says whether a live episode belongs to a scope: to its last segment's
// queue, and to who handles it now.
func (e *episode) here(s Scope) bool {
	if s.Kind.Named() {
		return s.about(e.session, e.floor().at)
	}
	agent := e.holder()
	return s.has(e.lastQueue, e.channel, e.floor().teamOf(agent), agent)
}

// anyoneTalks says whether the session is active: with who handles it, or
// while they wrap up with a colleague who is still in.
func (e *episode) anyoneTalks() bool {
	if e.main() != nil {
		return true
	}
	return e.segment == nil && !e.direct && slices.ContainsFunc(e.legs, func(l *leg) bool { return l.talkEnd == 0 && !l.monitor })
}

// unanswered returns since when active sessions wait for a person to write.
func (f *Floor) unanswered(s Scope) []int64 {
	var out []int64
	for _, e := range f.episodes {
		if e.closed == 0 && e.turn != nil && e.anyoneTalks() && e.here(s) {
			out = append(out, e.turn.start)
		}
	}
	return out
}
