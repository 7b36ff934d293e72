package rule

import (
	"fmt"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
)

// Given are values by KPI, in place of a row's: under "id", or "id@5m" for one
// window alone. What is not given has no data.
type Given map[string]kpi.Value

func (g Given) read(k *kpi.KPI, w fact.Window, minutes int) kpi.Value {
	window := w.String()
	if minutes > 0 {
		window = fmt.Sprintf("%dm", minutes)
	}
	if v, ok := g[k.ID+"@"+window]; ok {
		return v
	}
	return g[k.ID]
}

// Trial drives one rule over one entity with values given by hand: for rules
// tested as data, and for series read from a file. Not safe for concurrent use.
type Trial struct {
	book *Book
	key  metrics.Key
	zone *time.Location
}

// NewTrial returns a trial of one rule under a calendar and targets, whose
// Rules are not read. The entity is one that the rule matches, in the zone
// given.
func NewTrial(r Rule, config Config, zone *time.Location) (*Trial, error) {
	config.Rules = []Rule{r}
	book, err := Open(config)
	if err != nil {
		return nil, err
	}
	for _, c := range book.rules {
		c.every = 1 // its moments are those of the file, wherever they fall
	}
	return &Trial{book: book, key: entityOf(r), zone: zone}, nil
}

// entityOf names an entity that the rule matches.
func entityOf(r Rule) metrics.Key {
	or := func(pattern, name string) clean.Text {
		if pattern == "" || pattern == "*" {
			pattern = name
		}
		return clean.Own(pattern)
	}
	channel := r.Match.Channel
	if len(r.Match.Channels) > 0 {
		channel = r.Match.Channels[0]
	}
	k := metrics.Key{Scope: r.Scope, Floor: or(r.Match.Floor, "floor")}
	switch r.Scope {
	case metrics.ScopeChannel:
		k.Channel = or(channel, "chat")
	case metrics.ScopeQueue:
		k.Queue = or(r.Match.Queue, "queue")
	case metrics.ScopeQueueChannel:
		k.Queue, k.Channel = or(r.Match.Queue, "queue"), or(channel, "chat")
	case metrics.ScopeTeam:
		k.Team = or(r.Match.Team, "team")
	case metrics.ScopeAgent:
		k.Agent = or(r.Match.Agent, "agent")
	case metrics.ScopeTopic:
		k.Topic = clean.Own("topic")
	case metrics.ScopeTouchpoint:
		k.Touchpoint = clean.Own("touchpoint")
	}
	return k
}

// Seen is where a trial stands after a step.
type Seen struct {
	State          metrics.BreachState
	Level          metrics.Level
	Breach         metrics.Breach // while firing or recovering
	Learned, Steps int32          // of a dynamic rule
}

// Step shows the rule the values of one moment, ms since the epoch, and says
// where it stands. Moments must not go back.
func (t *Trial) Step(at int64, given Given) Seen {
	t.book.given = given
	row := &metrics.Row{Key: t.key, Now: &metrics.Now{}}
	local := time.UnixMilli(at).In(t.zone)
	y, m, d := local.Date()
	floor := &metrics.FloorView{ID: t.key.Floor, Zone: t.zone, DayStart: time.Date(y, m, d, 0, 0, 0, 0, t.zone).UnixMilli(), Row: &metrics.Row{Key: metrics.Key{Floor: t.key.Floor}, Now: &metrics.Now{}}}
	if t.key.Scope == metrics.ScopeFloor {
		floor.Row = row
	} else {
		floor.Queues = []*metrics.Row{row} // rows are told apart by their keys, not by the list they stand in
	}
	if t.key.Scope == metrics.ScopeAgent {
		floor.Queues, floor.Agents.Pages = nil, [][]*metrics.AgentView{{{ID: t.key.Agent, Row: row}}}
	}
	t.book.Evaluate(&metrics.Snapshot{At: at, Floors: []*metrics.FloorView{floor}})
	return t.Last()
}

// Last says where the trial stands.
func (t *Trial) Last() Seen {
	breaches := t.book.Breaches()
	seen := Seen{}
	if l := t.book.lives[identity{0, t.key}]; l != nil {
		seen.State, seen.Level = l.state, l.level
	}
	if len(breaches) > 0 {
		seen.Breach = breaches[0]
	}
	seen.Learned, seen.Steps = t.book.round.sight.learned, t.book.round.sight.steps
	return seen
}

// Freeze stops the rule's clocks until the next step, as while numbers cannot
// be trusted.
func (t *Trial) Freeze(at int64) { t.book.Freeze(at) }

// Past returns the episodes that are over, newest first.
func (t *Trial) Past() []metrics.Episode { return t.book.Past() }
