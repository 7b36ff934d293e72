package tuitest

import (
	"math"

	"wallboard/metrics"
	"wallboard/metrics/fact"
)

// rules are those that the make-believe breaches are of, and some that are well.
func rules() []metrics.RuleView {
	none := math.NaN()
	return []metrics.RuleView{
		{Name: "oldest wait (chat)", KPI: "oldest_wait_total", Scope: metrics.ScopeQueueChannel, Warn: 120, Critical: 300, Channels: []string{"chat", "app", "wechat"}},
		{Name: "service level, live", KPI: "service_level_live", Scope: metrics.ScopeQueueChannel, Window: fact.Window15m, Warn: 80, Critical: 70},
		{Name: "abandonment", KPI: "abandon_rate", Scope: metrics.ScopeQueueChannel, Window: fact.Window30m, Warn: 5, Critical: 10},
		{Name: "queue length", KPI: "waiting", Scope: metrics.ScopeQueueChannel, Warn: none, Critical: none},
		{Name: "uncovered", KPI: "uncovered", Scope: metrics.ScopeQueueChannel, Warn: none, Critical: 1},
		{Name: "oldest unanswered", KPI: "unanswered_oldest", Scope: metrics.ScopeQueueChannel, Warn: 180, Critical: 600},
		{Name: "slots in use", KPI: "slot_utilization", Scope: metrics.ScopeQueueChannel, Warn: 85, Critical: 95, Channel: "voice"},
		{Name: "first response (chat)", KPI: "frt_p90", Scope: metrics.ScopeQueueChannel, Window: fact.Window15m, Warn: 180, Critical: 360},
	}
}
