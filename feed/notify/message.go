package notify

import (
	"cmp"
	"slices"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/ack"
	"wallboard/metrics/clean"
)

// State is what a notice says of a breach.
type State string

// The states.
const (
	Firing    State = "firing"
	Escalated State = "escalated"
	Resolved  State = "resolved"
)

// ParseState returns the state of a word.
func ParseState(word string) (State, bool) {
	s := State(word)
	return s, s == Firing || s == Escalated || s == Resolved
}

// Lang is the language of notices.
type Lang string

// The languages.
const (
	English Lang = "en"
	Chinese Lang = "zh-CN"
)

// Message is what people are told at once: one rule of one floor, in one or
// more places.
type Message struct {
	Floor, Rule, KPI string
	State            State
	Level            metrics.Level // the highest
	At               time.Time     // in the floor's zone
	Lines            []Line
	AdviceEN         clean.Text
	AdviceZH         clean.Text
}

// Line is one place of a message, or several people of one team.
type Line struct {
	ID     ack.ID // of the breach; of people without names: of their team
	Start  int64  // when it began to fire, agreed on by all boards
	Breach metrics.Breach
	// People counts those of the team that the line stands for; 0: the line is
	// no person's, or says the name. Their values are nobody's business.
	People int
	Team   clean.Text
}

// Privacy says whether notices may carry the names of people.
type Privacy uint8

// The zero value keeps them out.
const (
	HideNames Privacy = iota
	ShowNames
)

// personal says whether a breach is about one person.
func personal(b *metrics.Breach) bool {
	return b.Key.Scope == metrics.ScopeAgent || b.Key.Scope == metrics.ScopeAgentChannel
}

// gather makes a message's lines of breaches; those of people become one line
// for each team unless names may be shown. team finds the team of an agent.
func gather(lines []Line, privacy Privacy, team func(metrics.Key) clean.Text) []Line {
	var out []Line
	teams := map[clean.Text]int{}
	for _, l := range lines {
		if privacy == ShowNames || !personal(&l.Breach) {
			out = append(out, l)
			continue
		}
		name := team(l.Breach.Key)
		i, known := teams[name]
		if !known {
			i = len(out)
			teams[name] = i
			l.Team, l.People = name, 0
			l.Breach.Key = metrics.Key{Scope: metrics.ScopeTeam, Floor: l.Breach.Key.Floor, Team: name}
			l.ID = ack.IDOf(&l.Breach)
			l.Breach = anonymous(l.Breach)
			out = append(out, l)
		}
		at := &out[i]
		at.People++
		at.Start = min(at.Start, l.Start)
		at.Breach.Level = max(at.Breach.Level, l.Breach.Level)
	}
	slices.SortStableFunc(out, func(a, b Line) int {
		return cmp.Or(-cmp.Compare(a.Breach.Level, b.Breach.Level), cmp.Compare(a.Start, b.Start), cmp.Compare(a.ID.Scope, b.ID.Scope))
	})
	return out
}

// anonymous keeps of a person's breach what is true of the rule.
func anonymous(b metrics.Breach) metrics.Breach {
	return metrics.Breach{
		Rule: b.Rule, KPI: b.KPI, Key: b.Key, Window: b.Window, Level: b.Level, State: b.State,
		Since: b.Since, FiringSince: b.FiringSince, Limit: b.Limit, AdviceEN: b.AdviceEN, AdviceZH: b.AdviceZH, Mode: b.Mode,
	}
}

// teams finds the team of each agent of a snapshot, looking only when asked.
func teams(s *metrics.Snapshot) func(metrics.Key) clean.Text {
	type person struct{ floor, id clean.Text }
	var of map[person]clean.Text
	return func(k metrics.Key) clean.Text {
		if of == nil {
			of = map[person]clean.Text{}
			for _, f := range s.Floors {
				for a := range f.Agents.All {
					of[person{f.ID, a.ID}] = a.Team
				}
			}
		}
		return of[person{k.Floor, k.Agent}]
	}
}

// zoneOf returns the zone in which a floor reads times.
func zoneOf(s *metrics.Snapshot, floor string) *time.Location {
	for _, f := range s.Floors {
		if f.ID.String() == floor && f.Zone != nil {
			return f.Zone
		}
	}
	return time.UTC
}
