// Package rule owns thresholds: which value of which scope is out of bounds,
// for how long, and when it is well again. It must not know where a breach is
// shown or sent.
package rule

import (
	"fmt"
	"math"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
)

// Mode says how a rule finds its limit.
type Mode uint8

// The modes. A share rule is a fixed rule over a share KPI (wait_share_900).
const (
	ModeFixed Mode = iota // the limits as given
)

// Rule is one threshold over every entity of a scope. Limits are in the KPI's
// unit (seconds, percent, count); a nil limit is not watched.
type Rule struct {
	Name   string
	KPI    string
	Scope  metrics.Scope
	Match  Match
	Window fact.Window // ignored by KPIs that read now or their own window
	Mode   Mode

	Warn, Critical *float64
	Return         *float64      // where the warn level is well again; nil: the default of thresholds
	For            time.Duration // must hold so long before it fires
	Keep           time.Duration // must stay back so long before it resolves
	MinN           int64         // below this many samples nothing fires

	AdviceEN, AdviceZH clean.Text
}

// Match narrows a rule to entities; an empty part or "*" matches each.
type Match struct {
	Floor, Channel, Queue, Team, Agent string
	Channels                           []string // any of these, when not empty
}

func part(pattern string, value clean.Text) bool {
	return pattern == "" || pattern == "*" || pattern == value.String()
}

func (m Match) matches(k metrics.Key) bool {
	if !part(m.Floor, k.Floor) || !part(m.Channel, k.Channel) || !part(m.Queue, k.Queue) || !part(m.Team, k.Team) || !part(m.Agent, k.Agent) {
		return false
	}
	if len(m.Channels) == 0 {
		return true
	}
	for _, channel := range m.Channels {
		if channel == k.Channel.String() {
			return true
		}
	}
	return false
}

// sense is which side of a limit is bad: +1 above, -1 below.
type sense float64

// compiled is a rule made ready to evaluate.
type compiled struct {
	Rule
	kpi   *kpi.KPI
	sense sense
	back  [2]float64 // return levels of warn and critical
}

// beyond says whether v is out of bounds; on the limit is not.
func (s sense) beyond(v, limit float64) bool { return float64(s)*(v-limit) > 0 }

// compile checks a rule and works out its return levels.
func compile(r Rule) (compiled, error) {
	c := compiled{Rule: r}
	k := kpi.Find(r.KPI)
	switch {
	case r.Name == "":
		return c, fmt.Errorf("rule: a rule over %q has no name", r.KPI)
	case k == nil:
		return c, fmt.Errorf("rule %q: kpi %q is not in the catalogue (see: wallboard kpis)", r.Name, r.KPI)
	case !k.Scopes.Has(r.Scope):
		return c, fmt.Errorf("rule %q: kpi %q is not defined for the scope %s", r.Name, r.KPI, r.Scope)
	case r.Warn == nil && r.Critical == nil:
		return c, fmt.Errorf("rule %q: neither warn nor critical is given", r.Name)
	case r.Warn != nil && !finite(*r.Warn), r.Critical != nil && !finite(*r.Critical):
		return c, fmt.Errorf("rule %q: a limit is not a finite number", r.Name)
	case r.For < 0 || r.Keep < 0 || r.MinN < 0:
		return c, fmt.Errorf("rule %q: for, keep and min_n are 0 or more", r.Name)
	}
	c.kpi, c.sense = k, 1
	if k.Direction == kpi.More {
		c.sense = -1
	}
	if r.Warn != nil && r.Critical != nil && c.sense.beyond(*r.Warn, *r.Critical) {
		return c, fmt.Errorf("rule %q: warn %v lies beyond critical %v: it would never be seen", r.Name, *r.Warn, *r.Critical)
	}
	c.back = c.returnLevels()
	return c, nil
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// returnLevels moves each limit toward the good side: by a fifth of the
// distance between the two, or with one level by 5 %, for percentages by 2
// points, for counts by at least 1. A return level given replaces that of
// warn, or of critical when that is the only level.
func (c *compiled) returnLevels() [2]float64 {
	var back [2]float64
	for i, limit := range [2]*float64{c.Warn, c.Critical} {
		if limit != nil {
			back[i] = *limit - float64(c.sense)*c.margin(*limit)
		}
	}
	if c.Return != nil && c.Warn != nil {
		back[0] = *c.Return
	} else if c.Return != nil {
		back[1] = *c.Return
	}
	return back
}

func (c *compiled) margin(limit float64) float64 {
	if c.Warn != nil && c.Critical != nil && *c.Warn != *c.Critical {
		return 0.2 * math.Abs(*c.Critical-*c.Warn)
	}
	switch c.kpi.Unit {
	case kpi.UnitPercent:
		return 2
	case kpi.UnitCount, kpi.UnitPeople, kpi.UnitFlag:
		return math.Max(1, 0.05*math.Abs(limit))
	}
	return 0.05 * math.Abs(limit)
}
