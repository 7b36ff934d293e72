package metrics

import (
	"slices"

	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
)

// Level grades a value against its limits.
type Level uint8

// The levels; the zero value claims nothing.
const (
	LevelUnknown Level = iota
	LevelOK
	LevelWarn
	LevelCritical
	LevelStale
)

var levelNames = [...]string{"unknown", "ok", "warn", "critical", "stale"}

// String returns the level's word in configuration and JSON.
func (l Level) String() string { return levelNames[l] }

// BreachState is where a breach stands in its life.
type BreachState uint8

// The life of a breach.
const (
	BreachInactive BreachState = iota
	BreachPending
	BreachFiring
	BreachRecovering
	BreachResolved
)

var breachStateNames = [...]string{"inactive", "pending", "firing", "recovering", "resolved"}

// String returns the state's word in JSON.
func (s BreachState) String() string { return breachStateNames[s] }

// Breach is one rule out of bounds in one scope. Identity: Rule and Key.
type Breach struct {
	Rule          string
	KPI           string
	Key           Key
	Window        string // as printed: "15m", "now"
	Level         Level
	State         BreachState
	Since         int64 // when the condition began, ms since the epoch
	FiringSince   int64
	Value, Limit  float64 // in the KPI's unit
	Peak          float64
	AdviceEN      clean.Text
	AdviceZH      clean.Text
	AckedBy       clean.Text
	AckedAt       int64
	SilencedUntil int64
	Episodes      int32 // times it fired since the day start

	Mode               string     // of the rule: fixed, share, dynamic, burn
	Return             float64    // the level at which it is well again
	Base               float64    // dynamic: the limit without the band; else Limit
	LearnedSteps       int32      // dynamic: how far the band has learned
	NeededSteps        int32      // ... of how many; 0: nothing to learn
	ReasonEN, ReasonZH clean.Text // why it fires, in words; empty: the value and its limit say it
	AckComment         clean.Text
	SilencedBy         clean.Text
	SilenceComment     clean.Text
	Flaps              int32 // times it came back soon after it was well: one line, counted
	FirstSince         int64 // when the first of those episodes began
	SampleSize         int64 // n the value rests on
	Trail              *Trail
}

// Trail is how a breach's value and limits went, for its chart: equal steps,
// oldest first, NaN where there was nothing. Immutable.
type Trail struct {
	Start      int64 // of the first point, ms since the epoch
	StepMillis int64
	Value      []float32
	Warn       []float32 // limits in force at the time
	Critical   []float32
	Lo, Hi     []float32 // the band, nil where the rule has none
}

// Episode is a breach that is over. Immutable.
type Episode struct {
	Rule, KPI   string
	Key         Key
	Window      string
	Level       Level // the highest it reached
	Since       int64 // when the condition began
	FiringSince int64
	Ended       int64
	Peak, Limit float64
	AckedBy     clean.Text
	Flaps       int32
}

// SinkView is how one way of telling people about breaches fares, for the
// health page.
type SinkView struct {
	Name                          string // redacted
	Sent, Failed, Queued, Dropped int64
	Retrying                      bool
	LastError                     string
	LastSent                      int64 // ms since the epoch
}

// TogetherView says whether acknowledgements and silences reach other boards.
type TogetherView struct {
	Shared    bool // false: they stay on this board
	Why       string
	Since     int64
	LastError string
}

// LimitView is a limit that is learned, as it stands: also where nothing is in
// breach. What is not known is NaN. Immutable.
type LimitView struct {
	Rule, KPI                 string
	Key                       Key
	Value                     float64 // last seen, in the KPI's unit
	Warn, Critical, Base      float64
	Lo, Hi                    float64 // the band; NaN while it is learned
	LearnedSteps, NeededSteps int32
}

// PromotionView is a promotion that is on now.
type PromotionView struct {
	Name, Queue clean.Text // Queue empty: each
	Factor      float64
	From, To    int64 // ms since the epoch
}

// RuleView is a rule as it watches, whether something is out of bounds or not.
// Immutable.
type RuleView struct {
	Name, KPI                          string
	Scope                              Scope
	Window                             fact.Window
	Warn, Critical                     float64 // NaN: not watched, or it moves
	FromTarget                         bool    // the warn limit is the target of the entity
	CriticalTimes                      float64 // above 0: critical is so many times the warn limit
	Floor, Channel, Queue, Team, Agent string  // which entities; empty or "*": any
	Channels                           []string
}

// Watches says whether the rule watches an entity of its scope.
func (r *RuleView) Watches(k Key) bool {
	part := func(pattern string, value clean.Text) bool {
		return pattern == "" || pattern == "*" || pattern == value.String()
	}
	return k.Scope == r.Scope && part(r.Floor, k.Floor) && part(r.Channel, k.Channel) && part(r.Queue, k.Queue) && part(r.Team, k.Team) && part(r.Agent, k.Agent) &&
		(len(r.Channels) == 0 || slices.Contains(r.Channels, k.Channel.String()))
}
