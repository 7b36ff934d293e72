package kpi

import (
	"testing"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

func TestTheMostSpecificTargetWins(t *testing.T) {
	f := func(v float64) *float64 { return &v }
	g, err := NewGoals([]Goal{
		{KPI: "frt_p90", Value: f(120)},
		{KPI: "frt_p90", Channel: "chat", Value: f(90)},
		{KPI: "frt_p90", Queue: "presale", Value: f(60), Critical: f(100)},
		{KPI: "frt_p90", Queue: "presale", Channel: "chat", Value: f(30)},
		{KPI: "aht", Lo: f(200)},
	})
	if err != nil {
		t.Fatal(err)
	}
	key := func(queue, channel string) metrics.Key {
		return metrics.Key{Scope: metrics.ScopeQueueChannel, Queue: clean.Own(queue), Channel: clean.Own(channel)}
	}
	frt := Find("frt_p90")
	for _, row := range []struct {
		name string
		key  metrics.Key
		want Target
	}{
		{"a queue and channel that are both named", key("presale", "chat"), Target{Value: 30, Critical: 300, Origin: OriginConfigured}},
		{"the queue on another channel", key("presale", "app"), Target{Value: 60, Critical: 100, Origin: OriginConfigured}},
		{"another queue of the channel", key("refund", "chat"), Target{Value: 90, Critical: 300, Origin: OriginConfigured}},
		{"neither", key("refund", "app"), Target{Value: 120, Critical: 300, Origin: OriginConfigured}},
	} {
		if got, ok := g.For(frt, row.key); !ok || got != row.want {
			t.Errorf("%s: got %+v, want %+v", row.name, got, row.want)
		}
	}
	if got, _ := g.For(Find("aht"), metrics.Key{}); got.Lo != 200 || got.Hi != 480 {
		t.Errorf("what a goal leaves open stays as it was: got %+v", got)
	}
	var none *Goals
	if got, ok := none.For(frt, metrics.Key{}); !ok || got != *frt.Target {
		t.Errorf("no goals are the catalogue's: got %+v", got)
	}
	if _, ok := none.For(Find("offered"), metrics.Key{}); ok {
		t.Error("a volume has no target")
	}
}

func TestTargetsThatCannotBeMeantAreRefused(t *testing.T) {
	f := func(v float64) *float64 { return &v }
	for name, g := range map[string]Goal{
		"an unknown KPI":                    {KPI: "frt", Value: f(1)},
		"a target of nothing":               {KPI: "frt_p90"},
		"bounds for what is good one way":   {KPI: "frt_p90", Lo: f(1)},
		"a value for what is good within":   {KPI: "aht", Value: f(1)},
		"bounds the wrong way round":        {KPI: "aht", Lo: f(500), Hi: f(100)},
		"a critical better than the target": {KPI: "csat", Value: f(80), Critical: f(85)},
	} {
		if _, err := NewGoals([]Goal{g}); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
