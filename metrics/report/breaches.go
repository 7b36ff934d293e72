package report

import (
	"cmp"
	"slices"

	"wallboard/metrics"
	"wallboard/metrics/kpi"
)

// group is what one rule found in one place, all its breaches together: one
// that comes and goes thirty times a day is one line.
type group struct {
	worst          metrics.Episode // of the highest level, of those the longest
	times          int
	total, longest int64   // ms within the span
	from, until    int64   // until 0: still on
	peak           float64 // farthest the bad way
	acked          string
}

// grouped returns the breaches by rule and place, critical ones first, then by
// how long they lasted.
func (r *Report) grouped() []group {
	type id struct {
		rule string
		key  metrics.Key
	}
	at := map[id]int{}
	var out []group
	for _, e := range r.Episodes {
		k := id{e.Rule, e.Key}
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k] = i
			out = append(out, group{worst: e, from: e.FiringSince, until: e.Ended, peak: e.Peak})
		}
		out[i].take(e, r.lasted(e))
	}
	slices.SortStableFunc(out, func(a, b group) int {
		return cmp.Or(cmp.Compare(b.worst.Level, a.worst.Level), cmp.Compare(b.total, a.total))
	})
	return out
}

func (g *group) take(e metrics.Episode, lasted int64) {
	g.times++
	g.total += lasted
	if e.Level > g.worst.Level || e.Level == g.worst.Level && lasted > g.longest {
		g.worst = e
	}
	g.longest = max(g.longest, lasted)
	if k := kpi.Find(e.KPI); k != nil && k.Direction == kpi.More || e.Peak < e.Limit {
		g.peak = min(g.peak, e.Peak)
	} else {
		g.peak = max(g.peak, e.Peak)
	}
	g.from = min(g.from, e.FiringSince)
	if e.Ended == 0 {
		g.until = 0
	} else if g.until != 0 {
		g.until = max(g.until, e.Ended)
	}
	if e.AckedBy.String() != "" && g.acked == "" {
		g.acked = e.AckedBy.String()
	}
}
