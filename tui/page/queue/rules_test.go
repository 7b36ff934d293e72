package queue

import (
	"math"
	"testing"

	"wallboard/metrics"
	"wallboard/metrics/kpi"
)

func TestAValueIsBeyondALimitOnTheSideThatIsWorse(t *testing.T) {
	none := math.NaN()
	for _, c := range []struct {
		name, kpi             string
		least, warn, critical float64
		value                 float64
		beyond                bool
	}{
		{"a wait longer than the warning", "oldest_wait", none, 180, 300, 181, true},
		{"a wait within it", "oldest_wait", none, 180, 300, 180, false},
		{"a service level below", "service_level", none, 80, 70, 79, true},
		{"a service level above", "service_level", none, 80, 70, 81, false},
		{"only a critical limit", "uncovered", none, none, 0, 1, true},
		{"a handle time within its range", "aht", 180, 480, 720, 300, false},
		{"too short", "aht", 180, 480, 720, 100, true},
		{"too long", "aht", 180, 480, 720, 500, true},
		{"no limit known yet", "waiting", none, none, none, 500, false},
	} {
		w := watched{rule: &metrics.RuleView{KPI: c.kpi}, least: c.least, warn: c.warn, critical: c.critical, value: kpi.Value{V: c.value, OK: true}}
		if got := w.beyond(); got != c.beyond {
			t.Errorf("%s: %v, want %v", c.name, got, c.beyond)
		}
	}
}
