// Package kpi owns the catalogue: for every KPI its id, its English and
// Chinese name, unit, direction, formula in words, default target and where
// that comes from, the scopes it is defined for, and how it reads a scope.
// Nothing else repeats a name, a unit or a formula. It must not know screens.
package kpi

import (
	"wallboard/metrics"
	"wallboard/metrics/fact"
)

// Unit is what a value is measured in, as JSON names it.
type Unit string

// The units.
const (
	UnitCount    Unit = "n"
	UnitSeconds  Unit = "s"
	UnitPercent  Unit = "%" // 0 to 100
	UnitPerMin   Unit = "/min"
	UnitPerHour  Unit = "/h"
	UnitMinutes  Unit = "min"
	UnitPeople   Unit = "people"
	UnitSessions Unit = "sessions per agent"
	UnitFlag     Unit = "flag" // 0 or 1
	UnitAmount   Unit = "amount"
	UnitScore    Unit = "score" // 0 to 100
	UnitErlangs  Unit = "erl"   // sessions in work at once
)

// Direction says which way a value is good.
type Direction uint8

// The directions. Neutral values are volumes: neither way is good.
const (
	Neutral Direction = iota
	More
	Less
	Within
)

// String returns the direction's word.
func (d Direction) String() string { return [...]string{"neutral", "more", "less", "within"}[d] }

// Kind says what a value is of.
type Kind uint8

// The kinds.
const (
	Now    Kind = iota // true at the snapshot's clock, the same whatever the window
	Window             // over the window asked for
	Fixed              // over KPI.Over, whatever the window asked for
	Cohort             // of sessions that have had 24 h to be decided
)

// String returns the kind's word.
func (k Kind) String() string { return [...]string{"now", "window", "fixed", "cohort"}[k] }

// Section is the part of the catalogue a KPI stands in.
type Section uint8

// The sections.
const (
	SectionQueue Section = iota
	SectionChat
	SectionWork
	SectionQuality
	SectionBot
	SectionComposite
)

// String returns the section's word.
func (s Section) String() string {
	return [...]string{"queue", "chat", "work", "quality", "bot", "composite"}[s]
}

// Target is what a KPI is held against where the configuration says nothing.
// For Within, Lo and Hi bound it; else Value does. Critical is 0 where none is
// given.
type Target struct {
	Value, Critical float64
	Lo, Hi          float64
	Origin          string
}

// ChannelTarget is the target of one channel where it is not the catalogue's:
// nobody answers a letter as fast as a telephone.
type ChannelTarget struct {
	Channel string
	Target  Target
}

// on returns the shipped target of a channel's rows, nil where there is none.
func (k *KPI) on(channel string) *Target {
	for i := range k.Channels {
		if k.Channels[i].Channel == channel {
			return &k.Channels[i].Target
		}
	}
	return k.Target
}

// onVoice and onEmail are the waits at which the shipped rules of these channels
// begin, in seconds.
func onVoice() ChannelTarget {
	return ChannelTarget{"voice", Target{Value: 60, Critical: 180, Origin: "shipped default, voice"}}
}

func onEmail() ChannelTarget {
	return ChannelTarget{"email", Target{Value: 4 * 3600, Critical: 24 * 3600, Origin: "shipped default, email"}}
}

// Scopes is a set of scopes.
type Scopes uint16

// Has says whether a scope is in the set.
func (s Scopes) Has(scope metrics.Scope) bool { return s&(1<<scope) != 0 }

// Sets of scopes that many KPIs share.
const (
	scopeFloor        Scopes = 1 << metrics.ScopeFloor
	scopeQueue        Scopes = 1 << metrics.ScopeQueue
	scopeQueueChannel Scopes = 1 << metrics.ScopeQueueChannel
	scopeTeam         Scopes = 1 << metrics.ScopeTeam
	scopeAgent        Scopes = 1 << metrics.ScopeAgent
	scopeAgentChannel Scopes = 1 << metrics.ScopeAgentChannel
	scopeTopic        Scopes = 1 << metrics.ScopeTopic
	scopeTouchpoint   Scopes = 1 << metrics.ScopeTouchpoint

	named      = scopeTopic | scopeTouchpoint // of episodes, not of waits and people
	everywhere = Scopes(1<<metrics.NumScopes-1) &^ named
	people     = scopeTeam | scopeAgent | scopeAgentChannel
	places     = everywhere &^ people // what happens before an answer
	persons    = everywhere &^ scopeAgentChannel
	wholes     = scopeFloor | scopeTeam | scopeAgent // a person's time is not split by queue or channel
)

// KPI is one entry of the catalogue.
type KPI struct {
	ID                   string
	Section              Section
	NameEN, NameZH       string
	Unit                 Unit
	Direction            Direction
	Kind                 Kind
	Over                 fact.Window // of Fixed
	FormulaEN, FormulaZH string
	Target               *Target // nil: none
	Channels             []ChannelTarget
	Scopes               Scopes
	read                 func(*reading) Value // nil: not measured yet
	excluded             func(*reading) []Exclusion
}

// Value is a KPI read off a scope. Where OK is false there is no data, and V
// means nothing.
type Value struct {
	V        float64 // in the KPI's unit, unrounded
	OK       bool
	N        int64   // what it rests on: the denominator of a ratio, the samples of a mean or quantile, else the count itself
	Num, Den float64 // V is made of these, where it is a ratio or a mean
	Note     Note
	Service  *ServiceLevel // service_level only

	// Of a Cohort: how many of N are decided for good. Until all are, V is a
	// bound, and Note says on which side.
	Settled int64
	bound   bool
}

// Provisional says whether the value may still move though no more is counted:
// some of what it rests on is not decided yet.
func (v *Value) Provisional() bool { return v.bound && v.OK && v.Settled < v.N }

// SettledShare is the share in [0,1] of what the value rests on that is decided
// for good; 1 where nothing of it can change.
func (v *Value) SettledShare() float64 {
	if !v.Provisional() {
		return 1
	}
	return float64(v.Settled) / float64(v.N)
}

// Reason says why something is not in a value. It is a name for catalogues of
// words, such as "out_of_hours".
type Reason string

// The reasons.
const (
	ExcludedOutOfHours    Reason = "out_of_hours"   // begun outside opening or duty hours
	ExcludedShort         Reason = "short_abandon"  // given up within the short limit
	ExcludedCompleted     Reason = "completed"      // closed without saying whether resolved
	ExcludedLastTurn      Reason = "closed_in_turn" // closed by the customer before an answer was due
	ExcludedNotReviewed   Reason = "not_reviewed"   // nobody checked it
	ExcludedMissingPart   Reason = "missing_part"   // rated without saying this part
	ExcludedUndecided     Reason = "undecided"      // may still be decided
	ExcludedOtherCurrency Reason = "other_currency" // orders in another currency than the floor's
	ExcludedWithBot       Reason = "bot"            // machines share no figure with people
	ExcludedNoBotVerdict  Reason = "bot_no_verdict" // the bot's session closed without saying whether resolved
	ExcludedOverflowed    Reason = "overflowed"     // went on to another place
	ExcludedElsewhere     Reason = "ended_else"     // moved to another queue or withdrawn
	ExcludedNoReply       Reason = "no_reply"       // closed without a human reply
)

// Exclusion is how much is not in a value, and why.
type Exclusion struct {
	Reason Reason
	N      int64
}

// Note is a mark that must be printed beside a value.
type Note string

// The notes.
const (
	NoteNone       Note = ""
	NoteUnweighted Note = "unweighted"   // productivity without known outcomes
	NoteGrows      Note = "grows"        // burn_down: Num is by how many a minute
	NoteInferred   Note = "inferred"     // queue membership never sent
	NoteUpper      Note = "upper bound"  // of a cohort not yet decided: it can only fall
	NoteLower      Note = "lower bound"  // it can only rise
	NotePartly     Note = "renormalised" // made without the parts that have no data
)

// Measured says whether values can be read at all; the other entries are read
// as no data.
func (k *KPI) Measured() bool { return k.read != nil }

// Read reads the KPI off a row. sums are the row's figures over w, at is the
// snapshot's clock.
func (k *KPI) Read(row *metrics.Row, sums *fact.Sums, w fact.Window, at int64) Value {
	r := reading{row: row, now: row.Now, window: w, at: at}
	r.sums[w], r.known[w] = *sums, true
	return k.readFrom(&r)
}

// Reader reads many KPIs off one row, summing each window once. Not safe for
// concurrent use; make one per goroutine and Reset it for each row.
type Reader struct{ r reading }

// Reset points the reader at a row of a snapshot whose clock is at.
// Pointed at the same row again, it moves figures on instead of summing them
// anew, where that gives the same.
func (r *Reader) Reset(row *metrics.Row, at int64) {
	if r.r.row == row {
		r.r.moveOn(at)
		return
	}
	r.r.row, r.r.now, r.r.at, r.r.again = row, row.Now, at, false
	r.r.known = [anyMinutes + 1]bool{}
}

// Read reads a KPI over a window.
func (r *Reader) Read(k *KPI, w fact.Window) Value {
	r.r.window = w
	return k.readFrom(&r.r)
}

// Excluded says what the value of a KPI over a window leaves out, and why: what
// nothing was left out of is not listed.
func (r *Reader) Excluded(k *KPI, w fact.Window) []Exclusion {
	r.r.window = w
	if k.excluded == nil || r.r.row == nil || !k.Scopes.Has(r.r.row.Key.Scope) {
		return nil
	}
	var out []Exclusion
	for _, x := range k.excluded(&r.r) {
		if x.N > 0 {
			out = append(out, x)
		}
	}
	return out
}

// Excludes lists what a KPI leaves out wherever it occurs.
func (k *KPI) Excludes() []Reason {
	if k.excluded == nil {
		return nil
	}
	var out []Reason
	for _, x := range k.excluded(&reading{row: &metrics.Row{}, now: &metrics.Now{}}) {
		out = append(out, x.Reason)
	}
	return out
}

// ReadLast reads a KPI over the last so many whole minutes, 1 to 1,440, the
// running one included.
func (r *Reader) ReadLast(k *KPI, minutes int) Value {
	for w := range fact.NumWindows {
		if w.Minutes() == minutes {
			return r.Read(k, w)
		}
	}
	if r.r.minutes != minutes {
		r.r.minutes, r.r.known[anyMinutes] = minutes, false
	}
	return r.Read(k, anyMinutes)
}

// Ask says where what rows do not hold is asked for; nil: nowhere.
func (r *Reader) Ask(w Waits) { r.r.waits = w }

func (k *KPI) readFrom(r *reading) Value {
	if k.read == nil || r.row == nil || !k.Scopes.Has(r.row.Key.Scope) {
		return Value{}
	}
	return k.read(r)
}

// All returns the catalogue in the order of its sections. Do not change it.
func All() []KPI { return catalogue }

// Find returns the entry with the id, nil if there is none. Members of the
// family wait_share(t) that the catalogue does not list are made as they are
// asked for, and what only rules watch is found as well.
func Find(id string) *KPI {
	if i, ok := index[id]; ok {
		return &catalogue[i]
	}
	if k, ok := unlisted[id]; ok {
		return k
	}
	return waitShare(id)
}

// catalogue and index never change.
var (
	catalogue = build()
	index     = indexOf(catalogue)
)

func build() []KPI {
	var all []KPI
	for i, section := range [][]KPI{queueSection(), chatSection(), workSection(), qualitySection(), botSection(), compositeSection()} {
		for _, k := range section {
			k.Section = Section(i)
			if k.excluded == nil {
				k.excluded = leftOut(k.ID)
			}
			all = append(all, k)
		}
	}
	return all
}

func indexOf(all []KPI) map[string]int {
	m := make(map[string]int, len(all))
	for i, k := range all {
		m[k.ID] = i
	}
	return m
}
