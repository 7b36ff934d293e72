package oracle

import "wallboard/metrics"

// plan is an interval of the forecast; a newer one for the same queue and
// beginning replaces it.
type plan struct {
	queue           string
	from, to        int64
	offered, people float64
}

func (f *Floor) plan(ev *metrics.Event) {
	if ev.Minutes <= 0 || ev.Queue.Empty() {
		return
	}
	p := plan{ev.Queue.String(), ev.From, ev.From + int64(ev.Minutes)*60_000, ev.PlanOffered, ev.PlanPeople}
	for i := range f.plans {
		if f.plans[i].queue == p.queue && f.plans[i].from == p.from {
			f.plans[i] = p
			return
		}
	}
	f.plans = append(f.plans, p)
}

// planFigures hold what is there against what was planned: of the floor and
// of queues, which is what plans are made for.
func (f *Floor) planFigures(out Figures, s Scope, w span) {
	if s.people() {
		return
	}
	out.none("staffing_gap")
	if people, needed := out["people"], out["needed"]; people.OK && needed.OK {
		out.set("staffing_gap", people.V-needed.V)
	}
	if s.Kind != metrics.ScopeFloor && s.Kind != metrics.ScopeQueue {
		return
	}
	out.none("staffing_gap_planned")
	planned, known := 0.0, false
	for _, p := range f.plans {
		if p.from <= f.at && f.at < p.to && (s.Queue == "" || s.Queue == p.queue) {
			planned, known = planned+p.people, true
		}
	}
	if people := out["people"]; people.OK && known {
		out.set("staffing_gap_planned", people.V-planned)
	}
}
