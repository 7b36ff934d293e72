package drill

import (
	"context"
	"slices"
	"testing"
	"time"

	"wallboard/feed/sim"
	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/rule"
)

// monday is a midnight in the zone the drills run in.
var monday = time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC).UnixMilli()

func TestLossesComeEveryOneToThreeDaysInStaffedHours(t *testing.T) {
	for seed := range uint64(50) {
		o := Options{Seed: seed, Days: 42, DayStart: monday}
		losses := plan(o)
		if len(losses) < 14 || len(losses) > 42 {
			t.Errorf("seed %d: %d losses in 42 days", seed, len(losses))
		}
		for i, l := range losses {
			from := time.UnixMilli(l.From).UTC()
			if from.Hour() < firstHour || from.Hour() >= lastHour {
				t.Errorf("seed %d: a loss at %s", seed, from)
			}
			if i == 0 {
				continue
			}
			if gap := time.Duration(l.From-losses[i-1].To) * time.Millisecond; gap < 10*time.Hour || gap > 4*24*time.Hour {
				t.Errorf("seed %d: %v between two losses", seed, gap)
			}
		}
		if again := plan(o); len(again) != len(losses) || again[0].From != losses[0].From {
			t.Errorf("seed %d: planned differently a second time", seed)
		}
	}
}

func TestWhatRulesDidIsCountedAgainstTheLosses(t *testing.T) {
	minute := func(n int) int64 { return int64(n) * 60_000 }
	losses := []Loss{
		{Team: "refund", Queues: []string{"refund"}, From: minute(100), To: minute(160)},
		{Team: "refund", Queues: []string{"refund"}, From: minute(3000), To: minute(3060)},
		{Team: "vip", Queues: []string{"vip"}, From: minute(5000), To: minute(5060)},
	}
	queue := func(name string) metrics.Key {
		return metrics.Key{Scope: metrics.ScopeQueue, Queue: clean.Own(name)}
	}
	alerts := map[alert]bool{}
	for _, a := range []alert{
		{"slow", queue("refund"), minute(112)},  // found after 12 min
		{"slow", queue("refund"), minute(120)},  // again: still the same loss
		{"slow", queue("mail"), minute(130)},    // another queue meanwhile: neither found nor cried
		{"slow", queue("refund"), minute(185)},  // its backlog
		{"slow", queue("refund"), minute(2000)}, // cried
		{"slow", queue("mail"), minute(3004)},   // not a queue of the team: not found
		{"slow", queue("vip"), minute(5001)},    // found after 1 min
		{"other", queue("vip"), minute(5002)},   // of another rule
	} {
		alerts[a] = true
	}
	got := judge(Options{Days: 4, Rules: []rule.Rule{{Name: "slow"}}}, losses, alerts)[0]
	want := []time.Duration{time.Minute, 12 * time.Minute}
	if got.Losses != 3 || got.Found != 2 || !slices.Equal(got.Delays, want) || got.Others != 1 || got.OthersPerDay() != 0.25 {
		t.Errorf("got %+v", got)
	}
	if m, ok := got.Median(); !ok || m != 12*time.Minute {
		t.Errorf("the middle of 1, 12 and never is %v, %v", m, ok)
	}
}

func TestAShortDrillFindsALossWithShippedRules(t *testing.T) {
	if testing.Short() {
		t.Skip("two simulated days take a while")
	}
	var rules []rule.Rule
	for _, r := range rule.Defaults() {
		if r.Name == "waiting" || r.Name == "oldest wait (chat)" || r.Name == "uncovered" {
			rules = append(rules, r)
		}
	}
	o := Options{Seed: 4, Days: 2, Load: sim.MinLoad, DayStart: monday, Settings: metrics.DefaultSettings(time.UTC), Rules: rules}
	out, err := Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, r := range out {
		t.Logf("%-24s %d of %d %v, %.2f others a day", r.Rule, r.Found, r.Losses, r.Delays, r.OthersPerDay())
		found += r.Found
	}
	if found == 0 {
		t.Error("no rule noticed that a team was gone")
	}
}
