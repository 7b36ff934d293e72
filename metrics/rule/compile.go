package rule

import (
	"fmt"
	"math"
	"strings"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
	"wallboard/metrics/window"
)

// compiled is a rule made ready to evaluate.
type compiled struct {
	Rule
	index  int
	kpi    *kpi.KPI
	every  int64    // ms between two judgements; 1: each look
	moving bool     // the value may change though the row does not
	fixed  [2]gauge // limits that never move: warn, critical
	spends [2]*Spend
	when   []*kpi.KPI
	terms  map[string]*kpi.KPI // KPIs that amounts are multiples of
}

// The levels of a rule in the order of its arrays.
const (
	atWarn = iota
	atCritical
)

// Problem is why a rule is refused: which rule, which of its keys as the
// configuration spells it, and the reason.
type Problem struct{ Rule, Key, Reason string }

// Error says it in a sentence.
func (p *Problem) Error() string { return fmt.Sprintf("rule %q: %s: %s", p.Rule, p.Key, p.Reason) }

// Check says whether a rule can be meant, as a *Problem where it cannot.
func Check(r Rule) error {
	_, err := compile(r)
	return err
}

// compile checks a rule and works out its limits and return levels.
func compile(r Rule) (*compiled, error) {
	c := &compiled{Rule: r, kpi: kpi.Find(r.KPI)}
	for _, check := range []func(*compiled) (key, reason string){
		(*compiled).checkSubject, (*compiled).checkTimes, (*compiled).checkDirection, (*compiled).checkMode, (*compiled).checkLimits, (*compiled).checkConditions,
	} {
		if key, reason := check(c); key != "" {
			return nil, &Problem{Rule: r.Name, Key: key, Reason: reason}
		}
	}
	c.fixed = c.fixedGauges()
	c.every = c.judged()
	c.moving = c.moves()
	return c, nil
}

func (c *compiled) checkSubject() (key, reason string) {
	switch {
	case c.Name == "":
		return "name", fmt.Sprintf("a rule over %q has no name", c.KPI)
	case c.kpi == nil:
		return "kpi", fmt.Sprintf("%q is not in the catalogue (see: wallboard kpis)", c.KPI)
	case !c.kpi.Scopes.Has(c.Scope):
		return "scope", fmt.Sprintf("%q is not defined for the scope %s", c.KPI, c.Scope)
	case c.Mode >= NumModes:
		return "mode", "there is no such mode"
	case c.Mode == ModeShare && kpi.ShareBeyond(c.kpi) == 0:
		return "kpi", fmt.Sprintf("mode share needs wait_share_N (N seconds), not %q", c.KPI)
	}
	return "", ""
}

func (c *compiled) checkTimes() (key, reason string) {
	switch {
	case c.Minutes < 0 || c.Minutes > window.Reach:
		return "window", fmt.Sprintf("%d minutes is not within 1 to %d", c.Minutes, window.Reach)
	case c.Minutes > 0 && !named(c.Minutes) && (c.Scope == metrics.ScopeAgent || c.Scope == metrics.ScopeAgentChannel):
		return "window", "a person's figures are kept for today, 60m, 30m, 15m and 5m"
	case c.Minutes > window.SparseReach && (c.kpi.Pooled() || strings.HasSuffix(c.KPI, "_p50") || strings.HasSuffix(c.KPI, "_p90")):
		return "window", fmt.Sprintf("what %q is made of is kept for %d minutes", c.KPI, window.SparseReach)
	case c.For < 0 || c.For > 24*time.Hour:
		return "for", fmt.Sprintf("%v is not within 0 and 24 h", c.For)
	case c.Keep < 0 || c.Keep > 24*time.Hour:
		return "keep", fmt.Sprintf("%v is not within 0 and 24 h", c.Keep)
	case c.MinN < 0:
		return "min_n", fmt.Sprintf("%d is below 0", c.MinN)
	}
	return "", ""
}

// checkDirection settles which side is bad.
func (c *compiled) checkDirection() (key, reason string) {
	within := c.WarnWithin != nil || c.CriticalWithin != nil
	if c.Direction == kpi.Neutral {
		c.Direction = c.kpi.Direction
		if within {
			c.Direction = kpi.Within
		}
	}
	switch {
	case c.Direction == kpi.Neutral:
		return "direction", fmt.Sprintf("the catalogue calls neither side of %q good: give more, less or within", c.KPI)
	case within && c.Direction != kpi.Within:
		return "direction", "a range is given, so it must be within"
	case within && (c.Warn != nil || c.Critical != nil):
		return "warn", "a range and a single limit do not go together"
	case c.Direction == kpi.Within && !within && !c.FromTarget && c.Mode != ModeDynamic && c.Mode != ModeReview:
		return "warn", "direction within needs a range such as [20, 30]"
	}
	return "", ""
}

func (c *compiled) checkMode() (key, reason string) {
	switch {
	case c.Mode == ModeDynamic:
		return c.checkDynamic()
	case c.Mode == ModeBurn:
		return c.checkBurn()
	case c.Dynamic != nil:
		return "base", "only mode dynamic learns a limit"
	case c.Burn != nil:
		return "goal", "only mode burn has a budget"
	case c.Confident && (c.kpi.Unit != kpi.UnitPercent || c.Direction == kpi.Within):
		return "confident", "only a percentage with one bad side has a Wilson bound"
	}
	return "", ""
}

func (c *compiled) checkLimits() (key, reason string) {
	none := c.Warn == nil && c.Critical == nil && c.WarnWithin == nil && c.CriticalWithin == nil
	switch {
	case c.Mode == ModeDynamic || c.Mode == ModeBurn:
		return "", ""
	case none && !c.FromTarget && c.Mode != ModeReview:
		return "warn", "neither warn nor critical is given"
	case c.Warn != nil && !finite(*c.Warn), c.WarnWithin != nil && !c.WarnWithin.sound():
		return "warn", "it is not a finite number or a range from low to high"
	case c.Critical != nil && !finite(*c.Critical), c.CriticalWithin != nil && !c.CriticalWithin.sound():
		return "critical", "it is not a finite number or a range from low to high"
	case c.Return != nil && !finite(*c.Return):
		return "return", "it is not a finite number"
	case c.CriticalTimes != 0 && !(c.CriticalTimes >= 1 && c.CriticalTimes < 1e6):
		return "critical", fmt.Sprintf("%g times the warn limit is not beyond it", c.CriticalTimes)
	case c.Warn != nil && c.Critical != nil && c.sense()*(*c.Warn-*c.Critical) > 0:
		return "warn", fmt.Sprintf("%g lies beyond critical %g: it would never be seen", *c.Warn, *c.Critical)
	case c.WarnWithin != nil && c.CriticalWithin != nil && (c.CriticalWithin.Lo > c.WarnWithin.Lo || c.CriticalWithin.Hi < c.WarnWithin.Hi):
		return "warn", "the range is wider than that of critical: it would never be seen"
	}
	return c.checkReturn()
}

// checkReturn refuses a return level on the bad side: it would resolve while
// the limit is still passed.
func (c *compiled) checkReturn() (key, reason string) {
	limit := c.Warn
	if limit == nil {
		limit = c.Critical
	}
	switch {
	case c.Return == nil:
		return "", ""
	case limit == nil:
		return "return", "only a rule with one fixed limit has a return level"
	case c.sense()*(*c.Return-*limit) > 0:
		return "return", fmt.Sprintf("%g lies beyond the limit %g", *c.Return, *limit)
	}
	return "", ""
}

func (c *compiled) checkConditions() (key, reason string) {
	for _, w := range c.When {
		k := kpi.Find(w.KPI)
		if k == nil || !k.Scopes.Has(c.Scope) {
			return "when", fmt.Sprintf("%q is not a KPI of the scope %s", w.KPI, c.Scope)
		}
		c.when = append(c.when, k)
	}
	return "", ""
}

func (r *Range) sound() bool { return finite(r.Lo) && finite(r.Hi) && r.Lo <= r.Hi }

// sense is +1 where above a limit is bad, -1 where below is.
func (c *compiled) sense() float64 {
	if c.Direction == kpi.More {
		return -1
	}
	return 1
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// windowName is the window as a breach prints it.
func (c *compiled) windowName() string {
	switch {
	case c.Mode == ModeBurn:
		return spanName(c.spendAny().Window)
	case c.kpi.Kind == kpi.Now:
		return "now"
	case c.kpi.Kind == kpi.Fixed:
		return c.kpi.Over.String()
	case c.Minutes > 0:
		return spanName(time.Duration(c.Minutes) * time.Minute)
	}
	return c.Window.String()
}

func spanName(d time.Duration) string { return fmt.Sprintf("%dm", int(d.Minutes())) }

// named says whether a window of so many minutes is one of the usual ones.
func named(minutes int) bool {
	for w := range fact.NumWindows {
		if w.Minutes() == minutes {
			return true
		}
	}
	return false
}
