package page

import (
	"math"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/tui/i18n"
	"wallboard/tui/panel"
)

// Situation is what a person is in, the worst first. The page Agents orders by
// it, never by a score.
type Situation uint8

// The situations of screens.md.
const (
	SituationUnanswered  Situation = iota // a customer waits for a reply beyond T
	SituationOver                         // more sessions than slots
	SituationMissed                       // two or more offers missed in 15 min
	SituationIdle                         // idle while a queue they serve waits
	SituationLongWrap                     // wrap beyond twice the team's p90
	SituationLongPause                    // pause beyond its allowance
	SituationDraining                     // paused or away with sessions open
	SituationLongSession                  // a session beyond twice the team's p90 of handle time
	SituationOK
	SituationAway // paused or away as planned
	SituationOffline
	numSituations
)

// Word returns the message that names the situation.
func (s Situation) Word() i18n.ID {
	return [numSituations]i18n.ID{
		i18n.SitUnanswered, i18n.SitOver, i18n.SitMissed, i18n.SitIdle, i18n.SitWrap,
		i18n.SitPause, i18n.SitDraining, i18n.SitLong, i18n.SitOK, i18n.SitAway, i18n.SitOffline,
	}[s]
}

// Level grades a situation for its sign.
func (s Situation) Level() metrics.Level {
	switch {
	case s <= SituationLongPause:
		return metrics.LevelWarn
	case s >= SituationAway:
		return metrics.LevelUnknown
	}
	return metrics.LevelOK
}

// Limits from which a situation begins.
const (
	idleFrom    = 30_000 // ms
	missedFrom  = 2
	timesTeam   = 2           // a wrap or session beyond this many times the team's p90
	anyReplyMs  = 180_000     // T where a leg's queue is not known
	minWrapMs   = int64(60e3) // a wrap below a minute is never long
	fewestCases = 20          // a team's p90 of fewer is not one
)

// yardsticks are what situations are measured against: T by queue and channel,
// the ninetieth percentiles of the teams. Built anew each time a list settles.
type yardsticks struct {
	within   map[[2]clean.Text]time.Duration
	shortest int64 // the smallest T, ms: nobody below it can be late
	teams    map[clean.Text]teamStick
	least    int64 // the smallest handle time of a team, ms
	masked   bool  // names are: nobody is found by one
	want     int   // people in any situation or breach, counted while sorting
	well     int   // there, and in none
	away     int   // paused or away as planned
	counted  int   // of all of them
	last     judged
}

// judged is the person that was judged last: a row asks for each of its columns.
type judged struct {
	who   *metrics.AgentView
	at    int64
	what  Situation
	since int64
}

type teamStick struct{ wrap, handle int64 } // ms, 0: not known

func (y *yardsticks) measure(s *panel.Scene) {
	if y.within == nil {
		y.within, y.teams = map[[2]clean.Text]time.Duration{}, map[clean.Text]teamStick{}
	}
	clear(y.within)
	clear(y.teams)
	y.shortest, y.least = anyReplyMs, math.MaxInt32
	y.want, y.well, y.away, y.counted = 0, 0, 0, 0
	y.last = judged{}
	if s.Floor == nil {
		return
	}
	for _, q := range s.Floor.Tables {
		if t := q.Row.Level.AnswerWithin; t >= 0 {
			y.within[[2]clean.Text{q.Queue, q.Channel}] = t
			y.shortest = min(y.shortest, t.Milliseconds())
		}
	}
	var sums fact.Sums
	for _, row := range s.Floor.Teams {
		row.View.Sums(fact.Window60m, &sums)
		stick := teamStick{wrap: p90(&sums, fact.DistWrap), handle: p90(&sums, fact.DistHandle)}
		y.teams[row.Key.Team] = stick
		if stick.handle > 0 {
			y.least = min(y.least, stick.handle)
		}
	}
}

func p90(s *fact.Sums, d fact.Dist) int64 {
	if s.Dists[d].N < fewestCases {
		return 0
	}
	return int64(s.Dists[d].P90)
}

// of returns the situation of a person and since when it lasts, ms.
func (y *yardsticks) of(a *metrics.AgentView, at int64) (Situation, int64) {
	if y.last.who != a || y.last.at != at {
		what, since := y.judge(a, at)
		y.last = judged{a, at, what, since}
	}
	return y.last.what, y.last.since
}

// judge finds the worst situation that holds.
func (y *yardsticks) judge(a *metrics.AgentView, at int64) (Situation, int64) {
	for what := range SituationOK {
		if since, holds := y.holds(what, a, at); holds {
			return what, since
		}
	}
	switch {
	case a.Presence == metrics.PresenceAvailable || a.SlotsUsed > 0:
		return SituationOK, stateSince(a)
	case a.Presence == metrics.PresencePaused || a.Presence == metrics.PresenceAway:
		return SituationAway, a.PresenceSince
	}
	return SituationOffline, a.PresenceSince
}

// holds says whether a person is in a situation and since when, ms.
func (y *yardsticks) holds(what Situation, a *metrics.AgentView, at int64) (since int64, holds bool) {
	switch what {
	case SituationUnanswered:
		return a.UnansweredSince, y.late(a, at)
	case SituationOver:
		return a.ActivitySince, a.Slots > 0 && a.SlotsUsed > a.Slots
	case SituationMissed:
		return a.ActivitySince, a.MissedOffers15m >= missedFrom
	case SituationIdle:
		return a.IdleWhileWaitingSince, a.IdleWhileWaitingSince > 0 && at-a.IdleWhileWaitingSince >= idleFrom
	case SituationLongWrap:
		return a.WrapSince, a.WrapSince > 0 && y.longWrap(a, at)
	case SituationLongPause:
		return a.PauseUntil, a.Presence == metrics.PresencePaused && a.PauseUntil > 0 && at > a.PauseUntil
	case SituationDraining:
		return a.PresenceSince, a.Draining
	case SituationLongSession:
		return a.LongestLegSince, a.LongestLegSince > 0 && y.longSession(a, at)
	}
	return 0, false
}

// Standing is a situation and since when it lasts.
type Standing struct {
	Situation
	Since int64 // ms since the epoch
}

// Judge finds the situations of people who are looked at alone. What they are
// measured against is read every few seconds, as in lists: it is sums over all
// teams. The zero value is ready; not safe for concurrent use.
type Judge struct {
	sticks yardsticks
	of     judging
}

// judging is what the yardsticks were read for.
type judging struct {
	floor  clean.Text
	settle int64
	read   bool
}

// Situations returns every situation a person is in, the worst first; the list
// shows only the first.
func (j *Judge) Situations(s *panel.Scene, a *metrics.AgentView) []Standing {
	of := judging{settle: s.At / settleEvery, read: true}
	if s.Floor != nil {
		of.floor = s.Floor.ID
	}
	if of != j.of {
		j.of = of
		j.sticks.measure(s)
	}
	var out []Standing
	for what := range SituationOK {
		if since, holds := j.sticks.holds(what, a, s.At); holds {
			out = append(out, Standing{what, since})
		}
	}
	return out
}

func (y *yardsticks) longWrap(a *metrics.AgentView, at int64) bool {
	limit := timesTeam * y.teams[a.Team].wrap
	return limit > 0 && at-a.WrapSince > max(minWrapMs, limit)
}

func (y *yardsticks) longSession(a *metrics.AgentView, at int64) bool {
	if at-a.LongestLegSince <= timesTeam*y.least {
		return false // within every team's measure
	}
	limit := timesTeam * y.teams[a.Team].handle
	return limit > 0 && at-a.LongestLegSince > limit
}

// stateSince is when the person last changed presence or activity.
func stateSince(a *metrics.AgentView) int64 { return max(a.PresenceSince, a.ActivitySince) }

// late says whether a customer of theirs waits for a reply longer than T.
func (y *yardsticks) late(a *metrics.AgentView, at int64) bool {
	if a.UnansweredSince == 0 || at-a.UnansweredSince <= y.shortest {
		return false
	}
	if len(a.Legs) == 0 {
		return at-a.UnansweredSince > anyReplyMs
	}
	for i := range a.Legs {
		leg := &a.Legs[i]
		if leg.UnansweredSince == 0 {
			continue
		}
		t := int64(anyReplyMs)
		if d, known := y.within[[2]clean.Text{leg.Queue, leg.Channel}]; known {
			t = d.Milliseconds()
		}
		if at-leg.UnansweredSince > t {
			return true
		}
	}
	return false
}
