package kpi

import (
	"fmt"

	"wallboard/metrics"
)

// Goal replaces the catalogue's target of a KPI, everywhere or where Queue or
// Channel say. Fields of Target that are nil stay as the catalogue has them.
type Goal struct {
	KPI            string
	Queue, Channel string   // "": any
	Value          *float64 // of KPIs that are good one way
	Critical       *float64
	Lo, Hi         *float64 // of KPIs that are good within
}

// OriginConfigured is the origin of a target that was set, not shipped.
const OriginConfigured = "configured"

// Goals are the targets in force. A nil *Goals is the catalogue's. Immutable,
// safe for concurrent use.
type Goals struct{ by map[string][]Goal }

// NewGoals checks the goals. Of goals for one KPI the most specific wins
// (queue x channel, queue, channel, everywhere), of equals the last.
func NewGoals(goals []Goal) (*Goals, error) {
	g := &Goals{by: map[string][]Goal{}}
	for i, goal := range goals {
		if err := goal.check(); err != nil {
			return nil, fmt.Errorf("kpi: target, number %d: %w", i+1, err)
		}
		g.by[goal.KPI] = append(g.by[goal.KPI], goal)
	}
	return g, nil
}

func (g *Goal) check() error {
	k := Find(g.KPI)
	switch {
	case k == nil:
		return fmt.Errorf("kpi %q is not in the catalogue (see: wallboard kpis)", g.KPI)
	case g.Value == nil && g.Critical == nil && g.Lo == nil && g.Hi == nil:
		return fmt.Errorf("%s: neither value, critical, lo nor hi is given", g.KPI)
	case k.Direction == Within && (g.Value != nil || g.Critical != nil):
		return fmt.Errorf("%s is good within bounds: give lo and hi", g.KPI)
	case k.Direction != Within && (g.Lo != nil || g.Hi != nil):
		return fmt.Errorf("%s is good one way: give value, not lo and hi", g.KPI)
	}
	t := g.over(k, k.on(g.Channel))
	switch {
	case k.Direction == Within && t.Lo > t.Hi:
		return fmt.Errorf("%s: lo %g is above hi %g", g.KPI, t.Lo, t.Hi)
	case t.Critical == 0:
	case k.Direction == More && t.Critical > t.Value, k.Direction == Less && t.Critical < t.Value:
		return fmt.Errorf("%s: critical %g is better than value %g", g.KPI, t.Critical, t.Value)
	}
	return nil
}

// over lays the goal over the shipped target. A new value without a
// critical one drops the shipped critical where it would be the better of the
// two.
func (g *Goal) over(k *KPI, shipped *Target) Target {
	var t Target
	if shipped != nil {
		t = *shipped
	}
	t.Origin = OriginConfigured
	set := func(to *float64, v *float64) {
		if v != nil {
			*to = *v
		}
	}
	set(&t.Value, g.Value)
	set(&t.Critical, g.Critical)
	set(&t.Lo, g.Lo)
	set(&t.Hi, g.Hi)
	if g.Critical == nil && (k.Direction == More && t.Critical >= t.Value || k.Direction == Less && t.Critical <= t.Value) {
		t.Critical = 0
	}
	return t
}

// For returns the target of a KPI for a row, and whether it has one. A goal of
// a queue holds for the queue and each of its channels, that of a channel for
// the channel, its queues and its agents.
func (g *Goals) For(k *KPI, key metrics.Key) (Target, bool) {
	if k == nil {
		return Target{}, false
	}
	best, rank := (*Goal)(nil), -1
	if g != nil {
		for i := range g.by[k.ID] {
			goal := &g.by[k.ID][i]
			if r := goal.rank(key); r >= 0 && r >= rank {
				best, rank = goal, r
			}
		}
	}
	if best != nil {
		return best.over(k, k.on(best.Channel)), true
	}
	if shipped := k.on(key.Channel.String()); shipped != nil {
		return *shipped, true
	}
	return Target{}, false
}

// rank says how specific the goal is for a row, below 0 where it is not for it.
func (g *Goal) rank(key metrics.Key) int {
	r := 0
	if g.Queue != "" {
		if g.Queue != key.Queue.String() {
			return -1
		}
		r += 2
	}
	if g.Channel != "" {
		if g.Channel != key.Channel.String() {
			return -1
		}
		r++
	}
	return r
}
