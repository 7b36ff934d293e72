package metrics

import "wallboard/metrics/clean"

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
}
