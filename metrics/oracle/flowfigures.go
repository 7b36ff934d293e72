package oracle

import (
	"math"

	"wallboard/metrics"
	"wallboard/metrics/fact"
)

// flowFigures are rates over fixed windows and what follows from them.
func (f *Floor) flowFigures(out Figures, s Scope) {
	if s.people() {
		return
	}
	f.flow(out, s, fact.Window5m, "_5m")
	t := f.flow(out, s, fact.Window15m, "_15m")
	n := len(f.waitingNow(s, metrics.KindLive))
	net := float64(len(t.answered))/15 - float64(t.offered)/15
	if n == 0 || len(t.answered) <= t.offered {
		out.none("burn_down")
	} else {
		out.set("burn_down", float64(n)/net)
	}
	out.ratio("expected_wait", float64(n+1), float64(len(t.answered))/15, 60)
	f.needed(out, s, t, n)
}

func (f *Floor) flow(out Figures, s Scope, w fact.Window, suffix string) *tally {
	t, minutes := f.tally(s, f.span(w)), float64(w.Minutes())
	lost := len(t.abandoned) + len(t.overflowed) + len(t.requeued)
	out.set("inflow"+suffix, float64(t.offered)/minutes)
	out.set("outflow"+suffix, float64(len(t.ended()))/minutes)
	out.set("outflow_answered"+suffix, float64(len(t.answered))/minutes)
	out.set("outflow_lost"+suffix, float64(lost)/minutes)
	out.set("outflow_withdrawn"+suffix, float64(len(t.withdrawn))/minutes)
	out.set("net_flow"+suffix, float64(t.offered-len(t.ended()))/minutes)
	return t
}

// needed is the workload bound: the load plus clearing the backlog in 15 min.
func (f *Floor) needed(out Figures, s Scope, t *tally, waiting int) {
	for _, id := range []string{"needed", "offered_load", "slot_load"} {
		out.none(id)
	}
	people, slots := f.staff(s)
	if people == 0 || slots == 0 {
		return
	}
	if t.offered == 0 && waiting == 0 {
		out.count("needed", 0)
		f.offeredLoad(out, s, 0, slots)
		return
	}
	for _, w := range []fact.Window{fact.Window15m, fact.Window60m, fact.WindowToday} {
		h := f.handling(s, f.span(w))
		if h.legs == 0 {
			continue
		}
		aht := float64(h.talk+h.hold+h.wrap) / 60_000 / float64(h.legs)
		load := float64(t.offered)/15*aht/0.85 + float64(waiting)*aht/15
		out.set("needed", math.Ceil(load/(float64(slots)/float64(people))))
		f.offeredLoad(out, s, float64(t.offered)*aht/15, slots)
		return
	}
}

// offeredLoad is how many are in work at once, alone and against the slots.
func (f *Floor) offeredLoad(out Figures, s Scope, erlangs float64, slots int) {
	out.set("offered_load", erlangs)
	if f.knownMembers(s) {
		out.set("slot_load", 100*erlangs/float64(slots))
	}
}
