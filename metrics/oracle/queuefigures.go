package oracle

import (
	"slices"

	"wallboard/metrics"
	"wallboard/metrics/fact"
)

// tally counts segments of a scope over a span: waits of those ended, in ms.
type tally struct {
	offered, outOfHours                                   int
	answered, abandoned, overflowed, requeued, withdrawn  []int64
	answeredIn, abandonedShort, abandonedIn, overflowedIn int
	levelAnswered, levelAbandoned, levelShort, levelOver  int // in hours only
	broughtForward                                        int
}

func (f *Floor) tally(s Scope, w span) *tally {
	t := &tally{}
	for _, g := range f.segments {
		if g.kind != metrics.KindLive || !s.has(g.queue, g.channel, g.team, g.agent) {
			continue
		}
		if w.holds(g.start) {
			t.offered++
			t.outOfHours += one(!f.inHours(g.channel, g.start))
		}
		t.broughtForward += one(g.start < w.from && (g.end == 0 || g.end >= w.from))
		if g.end != 0 && w.holds(g.end) {
			f.tallyEnd(t, g)
		}
	}
	return t
}

func (f *Floor) tallyEnd(t *tally, g *segment) {
	level, in := f.level(g.queue, g.channel), f.inHours(g.channel, g.start)
	within := in && g.wait() <= level.AnswerWithin.Milliseconds()
	short := g.wait() <= level.ShortAbandon.Milliseconds()
	switch g.how {
	case answered:
		t.answered = append(t.answered, g.wait())
		t.answeredIn += one(within)
		t.levelAnswered += one(in)
	case abandoned:
		t.abandoned = append(t.abandoned, g.wait())
		t.abandonedShort += one(short)
		t.abandonedIn += one(within)
		t.levelAbandoned += one(in)
		t.levelShort += one(in && short)
	case overflowed:
		t.overflowed = append(t.overflowed, g.wait())
		t.overflowedIn += one(within)
		t.levelOver += one(in)
	case requeued:
		t.requeued = append(t.requeued, g.wait())
	case withdrawn:
		t.withdrawn = append(t.withdrawn, g.wait())
	}
}

// ended returns the waits of all segments ended.
func (t *tally) ended() []int64 {
	return slices.Concat(t.answered, t.abandoned, t.overflowed, t.requeued, t.withdrawn)
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// waitingNow returns the segments of a kind that wait now.
func (f *Floor) waitingNow(s Scope, kind metrics.QueueKind) []*segment {
	var out []*segment
	for _, g := range f.segments {
		if g.kind == kind && g.end == 0 && s.has(g.queue, g.channel, "", "") {
			out = append(out, g)
		}
	}
	return out
}

func (f *Floor) queueFigures(out Figures, s Scope, w span, window fact.Window) {
	t := f.tally(s, w)
	out.count("answered", len(t.answered))
	out.mean("asa", t.answered)
	out.quantile("wait_p50", t.answered, 5)
	out.quantile("wait_p90", t.answered, 9)
	out.count("nonresponse", len(f.marked(nonresponse, s, w)))
	out.count("offer_abandoned", len(f.marked(offerAbandoned, s, w)))
	if ended := t.ended(); len(ended) > 0 {
		out.seconds("longest_wait", slices.Max(ended))
	} else {
		out.none("longest_wait")
	}
	out.percent("service_level:answered_only", t.answeredIn, t.levelAnswered)
	if s.people() {
		out["service_level"] = out["service_level:answered_only"]
		return
	}
	out.count("offered", t.offered)
	out.count("abandoned", len(t.abandoned))
	out.count("abandoned_short", t.abandonedShort)
	out.count("overflowed", len(t.overflowed))
	out.count("requeued", len(t.requeued))
	out.count("withdrawn", len(t.withdrawn))
	out.count("out_of_hours", t.outOfHours)
	if window == fact.WindowToday {
		out.count("brought_forward", t.broughtForward)
	}
	lost := len(t.abandoned) - t.abandonedShort
	out.percent("abandon_rate", lost, len(t.answered)+lost)
	out.mean("abandon_time", t.abandoned)
	f.serviceLevels(out, t, s)
	f.waitFigures(out, t, s)
	f.deferred(out, s, w)
}

// serviceLevels computes all variants side by side.
func (f *Floor) serviceLevels(out Figures, t *tally, s Scope) {
	in, ans, ab := t.answeredIn, t.levelAnswered, t.levelAbandoned
	out.percent("service_level:offered", in, ans+ab)
	out.percent("service_level:offered_less_short", in, ans+ab-t.levelShort)
	out.percent("service_level:removed", in+t.abandonedIn+t.overflowedIn, ans+ab+t.levelOver)
	out.percent("service_level:late_abandons", in, ans+ab-t.abandonedIn)
	out.percent("service_level:sl2", in+t.abandonedIn, ans+ab)
	out.percent("service_level:with_overflow", in, ans+ab+t.levelOver)
	out["service_level"] = out["service_level:"+f.level(s.Queue, s.Channel).Variant.String()]
	beyond := 0
	for _, g := range f.waitingNow(s, metrics.KindLive) {
		beyond += one(f.inHours(g.channel, g.start) && f.at-g.start > f.level(g.queue, g.channel).AnswerWithin.Milliseconds())
	}
	out.percent("service_level_live", in, ans+ab-t.levelShort+beyond)
}

// waitFigures are of those who wait now.
func (f *Floor) waitFigures(out Figures, t *tally, s Scope) {
	var starts, chains []int64
	beyond := 0
	for _, g := range f.waitingNow(s, metrics.KindLive) {
		starts, chains = append(starts, g.start), append(chains, g.chainStart)
		beyond += one(f.at-g.start > 900_000)
	}
	out.count("waiting", len(starts))
	f.age(out, "oldest_wait", starts)
	f.age(out, "oldest_wait_total", chains)
	out.percent("wait_share_900", beyond, len(starts))
	ended := t.ended()
	out.percent("wait_share_window_900", len(ended)-upTo(ended, 900_000)+beyond, len(ended)+len(starts))
}

// deferred are callbacks and offline messages, apart from all others.
func (f *Floor) deferred(out Figures, s Scope, w span) {
	var overdue, messages []int64
	open := f.waitingNow(s, metrics.KindCallback)
	for _, g := range open {
		if g.due != 0 && g.due < f.at {
			overdue = append(overdue, g.due)
		}
	}
	for _, e := range f.episodes {
		if e.letter != nil && e.closed == 0 && s.has(e.letter.queue, e.channel, "", "") {
			messages = append(messages, e.letter.start)
		}
	}
	out.count("callbacks", len(open))
	out.count("callbacks_overdue", len(overdue))
	f.age(out, "callbacks_oldest_overdue", overdue)
	out.count("offline_messages", len(messages))
	f.age(out, "offline_messages_oldest", messages)
	replied := len(f.marked(letterReplied, s, w))
	out.percent("message_reply_rate", replied, replied+len(f.marked(letterMissed, s, w)))
	kept := len(f.marked(callbackKept, s, w))
	out.percent("callback_kept", kept, kept+len(f.marked(callbackMissed, s, w)))
}
