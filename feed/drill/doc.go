// Package drill owns the trial of rules on trouble whose times are known: weeks
// of the simulated floor with losses of capacity at seeded moments, every rule
// looking on, and what each of them found, how late, and what it cried besides.
// It must not know screens or NATS, and gives no rule a hint.
package drill

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"wallboard/feed/sim"
	"wallboard/metrics"
	"wallboard/metrics/board"
	"wallboard/metrics/rule"
)

// Options say what to try.
type Options struct {
	Seed     uint64
	Days     int
	Load     float64 // of the floor, as sim.Options has it; 0: 1
	Share    float64 // of a team that is lost, in (0,1]; 0: all of it
	DayStart int64   // of the first day, ms since the epoch
	Settings metrics.Settings
	Rules    []rule.Rule
	Progress func(days int) // is told of each day that is over; may be nil
}

// Loss is a team that falls away for a while, in ms since the epoch.
type Loss struct {
	Team     string
	Queues   []string // that it serves first
	From, To int64
}

// Outcome is how one rule did.
type Outcome struct {
	Rule   string
	Mode   string
	Losses int
	Found  int             // losses it fired on, in a queue of the team, while they lasted
	Delays []time.Duration // from the loss to the rule, of those found, ascending
	Others int             // breaches that began while no loss lasted nor had just ended
	Days   int
}

// Median returns the middle of the delays, losses never found counted as
// endless; false where half or more were not found.
func (o Outcome) Median() (time.Duration, bool) {
	middle := o.Losses / 2
	if o.Losses == 0 || middle >= len(o.Delays) {
		return 0, false
	}
	return o.Delays[middle], true
}

// OthersPerDay is how often a day the rule cried without a loss.
func (o Outcome) OthersPerDay() float64 { return float64(o.Others) / float64(o.Days) }

// aftermath is how long after a loss its backlog may still set rules off: those
// alerts are of the loss, and none of them counts as found.
const aftermath = 30 * time.Minute

// lookEvery is how often breaches are collected; the rules themselves look as
// often as on any board.
const lookEvery = time.Minute

// Run simulates the days and returns one outcome a rule, in the order of the
// rules.
func Run(ctx context.Context, o Options) ([]Outcome, error) {
	losses := plan(o)
	floor, err := sim.New(simOptions(o, losses))
	if err != nil {
		return nil, fmt.Errorf("drill: %w", err)
	}
	b, err := board.New(board.Config{Settings: o.Settings, Rules: o.Rules, ClockMode: metrics.ClockEvent})
	if err != nil {
		return nil, fmt.Errorf("drill: %w", err)
	}
	b.CaughtUp(0)
	seen := newWitness(o.DayStart)
	next, day := o.DayStart+lookEvery.Milliseconds(), 0
	for ev := range floor.Events {
		for ; ev.Time >= next; next += lookEvery.Milliseconds() {
			seen.look(b.Snapshot())
			if over := int((next - o.DayStart) / dayMillis); over > day {
				day = over
				if err := ctx.Err(); err != nil {
					return nil, err
				}
				if o.Progress != nil {
					o.Progress(day)
				}
			}
		}
		b.Apply(ev)
	}
	seen.look(b.Snapshot())
	return judge(o, losses, seen.alerts), nil
}

const dayMillis = int64(24 * time.Hour / time.Millisecond)

// alert is one breach that began.
type alert struct {
	rule string
	key  metrics.Key
	at   int64
}

// witness notes every breach that begins, once.
type witness struct {
	alerts map[alert]bool
	from   int64
}

func newWitness(from int64) *witness { return &witness{alerts: map[alert]bool{}, from: from} }

func (w *witness) look(s *metrics.Snapshot) {
	for _, b := range s.Breaches {
		w.note(alert{b.Rule, b.Key, b.FiringSince})
	}
	for _, e := range s.PastBreaches {
		w.note(alert{e.Rule, e.Key, e.FiringSince})
	}
}

func (w *witness) note(a alert) {
	if a.at >= w.from {
		w.alerts[a] = true
	}
}

// judge holds the alerts against the losses.
func judge(o Options, losses []Loss, alerts map[alert]bool) []Outcome {
	var out []Outcome
	for _, r := range o.Rules {
		result := Outcome{Rule: r.Name, Mode: r.Mode.String(), Losses: len(losses), Days: o.Days}
		for _, loss := range losses {
			if first, ok := firstOn(loss, r.Name, alerts); ok {
				result.Found++
				result.Delays = append(result.Delays, time.Duration(first-loss.From)*time.Millisecond)
			}
		}
		for a := range alerts {
			if a.rule == r.Name && !explained(losses, a.at) {
				result.Others++
			}
		}
		slices.SortFunc(result.Delays, cmp.Compare[time.Duration])
		out = append(out, result)
	}
	return out
}

// firstOn returns when the rule first fired on the loss.
func firstOn(loss Loss, name string, alerts map[alert]bool) (int64, bool) {
	first, found := int64(0), false
	for a := range alerts {
		if a.rule != name || a.at < loss.From || a.at > loss.To || !loss.concerns(a.key) {
			continue
		}
		if !found || a.at < first {
			first, found = a.at, true
		}
	}
	return first, found
}

// concerns says whether the figures of a scope show the loss: those of a queue
// of the team, of the team, or of the floor.
func (l Loss) concerns(k metrics.Key) bool {
	switch {
	case !k.Queue.Empty():
		return slices.Contains(l.Queues, k.Queue.String())
	case !k.Team.Empty():
		return k.Team.String() == l.Team
	}
	return k.Scope == metrics.ScopeFloor
}

func explained(losses []Loss, at int64) bool {
	return slices.ContainsFunc(losses, func(l Loss) bool {
		return at >= l.From && at <= l.To+aftermath.Milliseconds()
	})
}

// Add adds the outcomes of another floor under the same rules; nil plus them is
// them.
func Add(sum, more []Outcome) []Outcome {
	if sum == nil {
		return more
	}
	for i := range sum {
		sum[i].Losses += more[i].Losses
		sum[i].Found += more[i].Found
		sum[i].Others += more[i].Others
		sum[i].Days += more[i].Days
		sum[i].Delays = append(sum[i].Delays, more[i].Delays...)
		slices.SortFunc(sum[i].Delays, cmp.Compare[time.Duration])
	}
	return sum
}
