package sim

import (
	"math"
	"testing"
	"time"

	"wallboard/metrics"
)

func TestTheForecastIsRightToWithinAQuarter(t *testing.T) {
	start := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	s, err := New(Options{Seed: 7, DayStart: start.UnixMilli(), Load: 0.5, End: start.Add(24 * time.Hour).UnixMilli()})
	if err != nil {
		t.Fatal(err)
	}
	planned, came := map[string]float64{}, map[string]map[string]bool{}
	for e := range s.Events {
		switch e.Type {
		case metrics.TypePlanInterval:
			if e.From < start.Add(24*time.Hour).UnixMilli() {
				planned[e.Queue.String()] += e.PlanOffered
			}
		case metrics.TypeSessionQueued:
			if came[e.Queue.String()] == nil {
				came[e.Queue.String()] = map[string]bool{}
			}
			came[e.Queue.String()][e.Session.String()] = true
		}
	}
	held := 0
	for queue, sessions := range came {
		n := float64(len(sessions))
		if n < 100 || planned[queue] == 0 {
			continue
		}
		held++
		if off := n/planned[queue] - 1; math.Abs(off) > 1.0/4 {
			t.Errorf("%s: %.0f came, %.0f were forecast: %+.0f %%", queue, n, planned[queue], off*100)
		} else {
			t.Logf("%s: %+.0f %%", queue, off*100)
		}
	}
	if held < 8 {
		t.Errorf("only %d queues are held to their forecast", held)
	}
}
