package rule

import (
	"math"

	"wallboard/metrics"
)

// Rules returns every rule that is judged live, in the order of the book.
func (b *Book) Rules() []metrics.RuleView {
	var out []metrics.RuleView
	for _, c := range b.rules {
		if c.Mode == ModeReview {
			continue
		}
		out = append(out, metrics.RuleView{
			Name: c.Name, KPI: c.KPI, Scope: c.Scope, Window: c.Window, Warn: orNaN(c.Warn), Critical: orNaN(c.Critical),
			FromTarget: c.FromTarget, CriticalTimes: c.CriticalTimes,
			Floor: c.Match.Floor, Channel: c.Match.Channel, Queue: c.Match.Queue, Team: c.Match.Team, Agent: c.Match.Agent, Channels: c.Match.Channels,
		})
	}
	return out
}

func orNaN(v *float64) float64 {
	if v == nil {
		return math.NaN()
	}
	return *v
}
