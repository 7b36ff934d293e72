package metrics

import "wallboard/metrics/clean"

// QualityView is what the floor's day says in words rather than in figures.
// Lists are of the floor's day so far. Immutable.
type QualityView struct {
	Reasons    []Tally     // why customers rated as they did, most frequent first
	Violations []Violation // newest first, at most MaxViolations
	Amounts    []Amount    // by currency, sorted by it
}

// Tally is how often something was said.
type Tally struct {
	Name clean.Text
	N    int64
}

// Violation is one finding of screening.
type Violation struct {
	Session, Channel, Queue, Agent clean.Text
	At                             int64
	Class                          ViolationClass
	Severity                       Severity
	By                             Party // whose message it was found in
	N                              int32
	Rule                           clean.Text // the first named
}

// MaxViolations bounds QualityView.Violations; the counts go on.
const MaxViolations = 100

// Amount is what was ordered in one currency, in hundredths of its unit.
type Amount struct {
	Currency   clean.Text
	Paid       int64 // orders
	Gross, Net int64 // Net: less what was refunded
}
