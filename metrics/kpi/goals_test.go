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

func TestAChannelThatAnswersSlowerHasItsOwnTarget(t *testing.T) {
	f := func(v float64) *float64 { return &v }
	key := func(channel string) metrics.Key {
		return metrics.Key{Scope: metrics.ScopeChannel, Channel: clean.Own(channel)}
	}
	everywhere, err := NewGoals([]Goal{{KPI: "frt_p90", Value: f(120)}})
	if err != nil {
		t.Fatal(err)
	}
	mail, err := NewGoals([]Goal{{KPI: "frt_p90", Channel: "email", Value: f(7200)}})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		name  string
		goals *Goals
		kpi   string
		key   metrics.Key
		want  [2]float64 // value and critical, s
	}{
		{"a letter may wait four hours", nil, "frt_p90", key("email"), [2]float64{14_400, 86_400}},
		{"a chat may not", nil, "frt_p90", key("chat"), [2]float64{180, 300}},
		{"a caller waits a minute", nil, "oldest_wait_total", key("voice"), [2]float64{60, 180}},
		{"the whole floor has the catalogue's", nil, "frt_p90", metrics.Key{}, [2]float64{180, 300}},
		{"a target set for everything is meant for letters too", everywhere, "frt_p90", key("email"), [2]float64{120, 300}},
		{"one set for letters keeps their critical", mail, "frt_p90", key("email"), [2]float64{7_200, 86_400}},
	} {
		if got, ok := row.goals.For(Find(row.kpi), row.key); !ok || [2]float64{got.Value, got.Critical} != row.want {
			t.Errorf("%s: got %+v, want %v", row.name, got, row.want)
		}
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
