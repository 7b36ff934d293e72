package rule

import (
	"fmt"
	"math"
	"time"

	"wallboard/metrics/kpi"
	"wallboard/metrics/window"
)

// What mode burn takes where a rule says nothing: for a day of 14 hours, a
// fourth of the budget in three hours is a warning, 15 % in one is critical.
const (
	burnDay     = 14 * time.Hour
	shortOfLong = 12 // the short window is so small a part of the long one
)

// DefaultBurn returns the shipped burn rates for a goal in percent.
func DefaultBurn(goal float64) *Burn {
	return &Burn{Goal: goal, Day: burnDay, Warn: &Spend{Share: 0.25, Window: 3 * time.Hour}, Critical: &Spend{Share: 0.15, Window: time.Hour}}
}

// Rate returns X: how many times as fast as it lasts the budget may be spent.
func (b *Burn) Rate(s *Spend) float64 {
	return s.Share * float64(b.Day) / float64(s.Window)
}

// fastest is the burn rate at which every case is missed: no rate is higher.
func (b *Burn) fastest() float64 { return 100 / (100 - b.Goal) }

// level returns the percentage at which the budget burns at a rate.
func (b *Burn) level(rate float64) float64 { return 100 - rate*(100-b.Goal) }

func (c *compiled) checkBurn() (key, reason string) {
	b := c.Burn
	switch {
	case b == nil:
		return "goal", "mode burn needs a goal"
	case c.kpi.Unit != kpi.UnitPercent || c.Direction != kpi.More || c.kpi.Kind != kpi.Window:
		return "kpi", fmt.Sprintf("mode burn needs a percentage over a window of which more is better, not %q", c.KPI)
	case !(b.Goal > 0 && b.Goal < 100):
		return "goal", fmt.Sprintf("%g %% leaves no budget of misses or no goal", b.Goal)
	case b.Day < time.Hour || b.Day > 31*24*time.Hour:
		return "budget_period", fmt.Sprintf("%v is not within an hour and 31 days", b.Day)
	case c.Warn != nil || c.Critical != nil || c.WarnWithin != nil || c.CriticalWithin != nil:
		return "warn", "in mode burn warn and critical are { spend = \"25%\", in = \"180m\" }"
	case b.Warn == nil && b.Critical == nil:
		return "warn", "neither warn nor critical is given"
	}
	c.spends = [2]*Spend{b.Warn, b.Critical}
	for i, s := range c.spends {
		if s == nil {
			continue
		}
		if reason := b.refuses(s); reason != "" {
			return [2]string{"warn", "critical"}[i], reason
		}
	}
	if b.Warn != nil && b.Critical != nil && b.Rate(b.Warn) > b.Rate(b.Critical) {
		return "warn", fmt.Sprintf("its rate %.3g is above that of critical, %.3g: it would never be seen", b.Rate(b.Warn), b.Rate(b.Critical))
	}
	return "", ""
}

// refuses says why a spend cannot be meant; empty where it can.
func (b *Burn) refuses(s *Spend) string {
	minutes := s.Window.Minutes()
	switch {
	case !(s.Share > 0 && s.Share <= 1):
		return fmt.Sprintf("%g %% of the budget is not within 0 and 100 %%", 100*s.Share)
	case minutes != math.Trunc(minutes) || minutes < shortOfLong || minutes > window.Reach || math.Mod(minutes, shortOfLong) != 0:
		return fmt.Sprintf("a window of %v: give a multiple of 12 minutes up to %d, for its twelfth is looked at too", s.Window, window.Reach)
	case b.Rate(s) >= b.fastest():
		return fmt.Sprintf("a burn rate above %.3g can never be reached: with a goal of %g %% missing everything burns %.3g times as fast as the budget lasts", b.Rate(s), b.Goal, b.fastest())
	}
	return ""
}

// spendAny returns the spend whose window names the rule's.
func (c *compiled) spendAny() *Spend {
	if c.spends[atCritical] != nil {
		return c.spends[atCritical]
	}
	return c.spends[atWarn]
}

// burn holds the KPI over each level's two windows against the level that its
// rate stands for. What both must pass is the better of the two.
func (r *round) burn(c *compiled, s *sight) {
	s.level = [2]gauge{unwatched, unwatched}
	on := r.within(c) && r.holds(c)
	s.ok = false
	for i, spend := range c.spends {
		if spend == nil {
			continue
		}
		long := r.value(c.kpi, c.Window, int(spend.Window.Minutes()))
		brief := r.value(c.kpi, c.Window, int(spend.Window.Minutes())/shortOfLong)
		g := &s.level[i]
		g.watched, g.lo = true, c.Burn.level(c.Burn.Rate(spend))
		g.ok = on && long.OK && brief.OK && long.N >= c.MinN
		g.value = max(long.V, brief.V)
		if long.OK && long.N >= c.MinN && on {
			s.ok, s.value, s.n = true, long.V, long.N
		}
		if g.beyond() {
			s.reason = Reason{kind: reasonBurn, a: (100 - g.value) / (100 - c.Burn.Goal), b: c.Burn.Rate(spend)}
		}
	}
	c.settleBacks(&s.level)
}
