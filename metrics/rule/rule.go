// Package rule owns thresholds: which value of which scope is out of bounds,
// for how long, and when it is well again. It must not know where a breach is
// shown or sent.
package rule

import (
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
)

// Mode says how a rule finds its limit.
type Mode uint8

// The modes.
const (
	ModeFixed   Mode = iota // the limits as given
	ModeShare               // the same over the part of those waiting who wait longer than a time (wait_share_N)
	ModeDynamic             // the edge of a learned band, held between two bounds around a base
	ModeBurn                // how fast the day's budget of misses is spent
	ModeReview              // judged when the day has closed, in the gap table and the report; never live
	NumModes
)

var modeNames = [NumModes]string{"fixed", "share", "dynamic", "burn", "review"}

// String returns the mode's word in configuration and JSON.
func (m Mode) String() string { return modeNames[m] }

// ParseMode is the inverse of String.
func ParseMode(name string) (Mode, bool) {
	for m, n := range modeNames {
		if n == name {
			return Mode(m), true
		}
	}
	return 0, false
}

// Rule is one threshold over every entity of a scope. Limits are in the KPI's
// unit (seconds, percent, count); a nil limit is not watched. A value on its
// limit is not beyond it.
type Rule struct {
	Name    string
	KPI     string
	Scope   metrics.Scope
	Match   Match
	Window  fact.Window // ignored by KPIs that read now or their own window
	Minutes int         // above 0: a window of so many whole minutes, at most window.Reach, instead of Window; beyond an hour it is judged 48 times as it passes
	Mode    Mode

	Direction      kpi.Direction // which values are good; Neutral: as the catalogue says
	Warn, Critical *float64
	WarnWithin     *Range  // direction within: out of it is a warning
	CriticalWithin *Range  // ... critical
	FromTarget     bool    // the warn limit or range is the KPI's target for the entity
	CriticalTimes  float64 // above 0: critical is so many times the warn limit in force (within: its upper edge)
	Dynamic        *Dynamic
	Burn           *Burn

	Return    *float64      // where the warn level is well again; nil: the default of thresholds
	For       time.Duration // must hold so long before it fires
	Keep      time.Duration // must stay back so long before it resolves
	MinN      int64         // below this many samples nothing fires
	Confident bool          // a percentage is beyond a limit only where the 90 % Wilson bound is
	Hours     *metrics.Hours
	When      []Condition // all must hold, or the value counts as well

	AdviceEN, AdviceZH clean.Text
}

// Range is two limits: above Hi or below Lo is beyond them.
type Range struct{ Lo, Hi float64 }

// Amount is a number in the KPI's unit or, where Of is not empty, Value times
// what Of names: a KPI of the same row ("people"), or one of the words below.
type Amount struct {
	Value float64
	Of    string
}

// What an Amount may be a multiple of, apart from KPIs.
const (
	OfBase   = "base"   // the dynamic rule's own base
	OfUsual  = "usual"  // what the band expects at this time of day
	OfTarget = "target" // the KPI's target for the entity
)

// Dynamic says how a limit is learned: clamp(edge of the band, Min, Max).
type Dynamic struct {
	Base        Amount        // in force until the band is warm and inside promotions the KPI does not scale with; a rule with two bad sides is silent then
	Min, Max    *Amount       // nil: not held on that side
	Sensitivity float64       // surprise at the edge; 0: that of a band that moves a threshold
	Step        time.Duration // between the values learned; whole minutes; 0: five
	Weekday     bool          // learn a shape for each weekday
}

// Burn says how much of the day's budget of misses may go how fast. The budget
// is 100 % less the goal.
type Burn struct {
	Goal           float64       // percent
	Day            time.Duration // over which the budget is meant to last
	Warn, Critical *Spend
}

// Spend is a part of the budget that must not go within a window. The limit is
// passed where both the window and its last twelfth burn faster.
type Spend struct {
	Share  float64 // of the day's budget, in (0, 1]
	Window time.Duration
}

// Condition is a further KPI of the same row that a rule asks for.
type Condition struct {
	KPI     string
	AtLeast float64
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
