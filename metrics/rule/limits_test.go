package rule

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"wallboard/metrics"
)

func TestWilsonIsThatOfThePublishedTable(t *testing.T) {
	const z95 = 1.959963984540054
	// Newcombe 1998, Statistics in Medicine 17:857, table I, method 3.
	for _, row := range []struct {
		hits, n int64
		lo, hi  float64
	}{{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}} {
		lo, hi := Wilson(float64(row.hits)/float64(row.n), row.n, z95)
		if math.Abs(lo-row.lo) > 5e-5 || math.Abs(hi-row.hi) > 5e-5 {
			t.Errorf("%d of %d: got %.4f to %.4f, want %.4f to %.4f", row.hits, row.n, lo, hi, row.lo, row.hi)
		}
	}
}

// TestAFloorAt93IsHardlyEverCalledBelow90 adds up the chances of every outcome
// of 30 ratings on a floor that truly satisfies 93 %.
func TestAFloorAt93IsHardlyEverCalledBelow90(t *testing.T) {
	bare, sure := 0.0, 0.0
	for good := range int64(31) {
		logChoose, _ := math.Lgamma(31)
		a, _ := math.Lgamma(float64(good + 1))
		b, _ := math.Lgamma(float64(31 - good))
		p := math.Exp(logChoose - a - b + float64(good)*math.Log(0.93) + float64(30-good)*math.Log(0.07))
		share := 100 * float64(good) / 30
		if share < 90 {
			bare += p
		}
		if Bound(share, 30, 1) < 90 {
			sure += p
		}
	}
	if bare < 0.14 || bare > 0.17 || sure > 0.02 {
		t.Errorf("the bare share is below in %.3f of looks (15 %% by the design), the bound in %.4f", bare, sure)
	}
}

func TestBurnRatesAreThoseOfTheDesign(t *testing.T) {
	day := DefaultBurn(80)
	if x := day.Rate(day.Critical); math.Abs(x-2.1) > 1e-12 {
		t.Errorf("60 minutes, 15 %%: X %v, want 2.1", x)
	}
	if x := day.Rate(day.Warn); math.Abs(x-7.0/6) > 1e-12 {
		t.Errorf("180 minutes, 25 %%: X %v, want 1.17", x)
	}
	month := &Burn{Goal: 99.9, Day: 30 * 24 * time.Hour, Critical: &Spend{Share: 0.02, Window: time.Hour}}
	if x := month.Rate(month.Critical); math.Abs(x-14.4) > 1e-9 {
		t.Errorf("the well-known rate is %v, want 14.4", x)
	}
	burn := func(b *Burn) error {
		return Check(Rule{Name: "x", KPI: "service_level", Scope: metrics.ScopeQueue, Mode: ModeBurn, Burn: b})
	}
	if err := burn(month); err != nil && !strings.Contains(err.Error(), "31 days") {
		t.Errorf("14.4 at 99.9 %%: %v", err)
	}
	month.Goal, month.Day = 80, 30*24*time.Hour
	var p *Problem
	if err := burn(month); !errors.As(err, &p) || p.Key != "critical" || !strings.Contains(p.Reason, "never be reached") {
		t.Errorf("14.4 at 80 %%, where 5 is the most: %v", err)
	}
}

func TestABudgetBurnsOnlyWhereBothWindowsDo(t *testing.T) {
	r := Rule{Name: "x", KPI: "service_level", Scope: metrics.ScopeQueue, Mode: ModeBurn, Burn: DefaultBurn(80), MinN: 30}
	for name, row := range map[string]struct {
		long60, short5, long180, short15 float64
		n                                int64
		want                             metrics.Level
	}{
		"both of the hour burn above 2.1: below 58 %":          {57.9, 57.9, 80, 80, 100, metrics.LevelCritical},
		"exactly at the rate is not above it":                  {58, 58, 80, 80, 100, metrics.LevelUnknown},
		"the hour burns, the last five minutes do not":         {40, 90, 80, 80, 100, metrics.LevelUnknown},
		"the last five minutes burn, the hour does not":        {80, 10, 80, 80, 100, metrics.LevelUnknown},
		"both of three hours burn above 1.17: below 76.67 %":   {80, 80, 76.6, 76.6, 100, metrics.LevelWarn},
		"29 contacts in the long window say nothing":           {10, 10, 10, 10, 29, metrics.LevelUnknown},
		"both pairs burn: critical":                            {10, 10, 10, 10, 30, metrics.LevelCritical},
		"three hours burn, but the last quarter has mended it": {80, 80, 50, 85, 100, metrics.LevelUnknown},
	} {
		trial, err := NewTrial(r, Config{}, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		given := Given{}
		for id, v := range map[string]float64{"@60m": row.long60, "@5m": row.short5, "@180m": row.long180, "@15m": row.short15} {
			x := given["service_level"+id]
			x.V, x.OK, x.N = v, true, row.n
			given["service_level"+id] = x
		}
		if got := trial.Step(60_000*17_000_000, given); got.Level != row.want {
			t.Errorf("%s: got %v, want %v (%s)", name, got.Level, row.want, got.Breach.ReasonEN)
		}
	}
}

func TestRulesThatCannotBeMeantNameTheirKey(t *testing.T) {
	one, nine := 1.0, 9.0
	base := func() Rule {
		return Rule{Name: "x", KPI: "waiting", Scope: metrics.ScopeQueue, Warn: &one, Critical: &nine}
	}
	for name, row := range map[string]struct {
		change func(*Rule)
		key    string
	}{
		"a window beyond a day":                        {func(r *Rule) { r.Minutes = 1441 }, "window"},
		"an hour of holding is fine, two days are not": {func(r *Rule) { r.For = 48 * time.Hour }, "for"},
		"a person's odd window":                        {func(r *Rule) { r.KPI, r.Scope, r.Minutes = "answered", metrics.ScopeAgent, 45 }, "window"},
		"a quantile over two hours":                    {func(r *Rule) { r.KPI, r.Minutes = "frt_p90", 120 }, "window"},
		"a range and a limit":                          {func(r *Rule) { r.WarnWithin = &Range{1, 2} }, "warn"},
		"a range upside down":                          {func(r *Rule) { r.Warn, r.Critical, r.WarnWithin = nil, nil, &Range{2, 1} }, "warn"},
		"a warn range wider than critical's": {func(r *Rule) {
			r.Warn, r.Critical, r.WarnWithin, r.CriticalWithin = nil, nil, &Range{1, 9}, &Range{2, 8}
		}, "warn"},
		"a KPI of which neither side is good":             {func(r *Rule) { r.KPI = "offered" }, "direction"},
		"a Wilson bound of a count":                       {func(r *Rule) { r.Confident = true }, "confident"},
		"a band without the mode":                         {func(r *Rule) { r.Dynamic = &Dynamic{} }, "base"},
		"the mode without a band":                         {func(r *Rule) { r.Warn, r.Critical, r.Mode = nil, nil, ModeDynamic }, "base"},
		"a base of itself":                                {func(r *Rule) { r.Warn, r.Mode, r.Dynamic = nil, ModeDynamic, &Dynamic{Base: Amount{1, OfBase}} }, "base"},
		"a step of seconds":                               {func(r *Rule) { r.Warn, r.Mode, r.Dynamic = nil, ModeDynamic, &Dynamic{Step: time.Second} }, "step"},
		"a bound that is no number":                       {func(r *Rule) { r.Warn, r.Mode, r.Dynamic = nil, ModeDynamic, &Dynamic{Max: &Amount{math.NaN(), ""}} }, "clamp, upper"},
		"a budget without the mode":                       {func(r *Rule) { r.Burn = DefaultBurn(80) }, "goal"},
		"a budget of a wait":                              {func(r *Rule) { r.Warn, r.Critical, r.Mode, r.Burn = nil, nil, ModeBurn, DefaultBurn(80) }, "kpi"},
		"a condition on what the scope does not have":     {func(r *Rule) { r.When = []Condition{{"adherence_gap", 1}} }, "when"},
		"a limit so many times a limit that is not there": {func(r *Rule) { r.CriticalTimes = 0.5 }, "critical"},
	} {
		r := base()
		row.change(&r)
		var p *Problem
		if err := Check(r); !errors.As(err, &p) || p.Key != row.key {
			t.Errorf("%s: got %v, want a problem with %s", name, err, row.key)
		}
	}
}
