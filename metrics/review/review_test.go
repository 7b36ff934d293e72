package review

import (
	"math"
	"testing"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
	"wallboard/metrics/window"
)

func value(v float64) kpi.Value { return kpi.Value{V: v, OK: true, N: 1} }

func TestImprovementsOfTheTouchpointArticle(t *testing.T) {
	for _, row := range []struct {
		name          string
		direction     kpi.Direction
		before, after float64
		percent       float64 // to one decimal, as printed there
	}{
		{"first response from 4.2 to 1.8 minutes improves by 57.1 %", kpi.Less, 4.2, 1.8, 57.1},
		{"resolution from 58 to 82 improves by 41.4 %", kpi.More, 58, 82, 41.4},
		{"conversion from 19 to 28 improves by 47.4 %", kpi.More, 19, 28, 47.4},
		{"satisfaction from 73 to 89 improves by 21.9 %", kpi.More, 73, 89, 21.9},
		{"a first response that grows by half is 50 % worse", kpi.Less, 2, 3, -50},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := Compare(&kpi.KPI{Direction: row.direction}, nil, value(row.before), value(row.after))
			if got := math.Round(c.Improvement*10) / 10; !c.OK || !c.Judged || got != row.percent {
				t.Errorf("%.1f %%, want %.1f %% (%+v)", got, row.percent, c)
			}
			if want := row.after - row.before; c.Absolute != want {
				t.Errorf("absolute %v, want %v", c.Absolute, want)
			}
		})
	}
}

func TestAChangeWithoutDataOrFromNothingClaimsNothing(t *testing.T) {
	k := kpi.Find("csat")
	if c := Compare(k, nil, kpi.Value{}, value(90)); c.OK || TrendOf(c) != TrendUnknown {
		t.Errorf("no data before: %+v", c)
	}
	c := Compare(k, nil, value(0), value(90))
	if !c.OK || !math.IsNaN(c.Relative) || !math.IsNaN(c.Improvement) || TrendOf(c) != TrendBetter {
		t.Errorf("from 0: %+v", c)
	}
}

func TestWithinBoundsTheGoodDirectionIsTowardThem(t *testing.T) {
	k := kpi.Find("aht") // 180..480 s
	for _, row := range []struct {
		name          string
		before, after float64
		want          Trend
	}{
		{"above the bounds and falling is better", 600, 500, TrendBetter},
		{"below the bounds and falling is worse", 150, 100, TrendWorse},
		{"moving within the bounds is neither", 200, 400, TrendSame},
		{"leaving the bounds is worse", 400, 490, TrendWorse},
	} {
		if got := TrendOf(Compare(k, nil, value(row.before), value(row.after))); got != row.want {
			t.Errorf("%s: %v, want %v", row.name, got, row.want)
		}
	}
}

// figures is a view of one span that is the same whatever the window.
type figures fact.Sums

func (f *figures) Sums(_ fact.Window, into *fact.Sums) { *into = fact.Sums(*f) }

func rowOf(queue string, counts map[fact.Count]int64) *metrics.Row {
	f := &figures{}
	for c, n := range counts {
		f.Counts[c] = n
	}
	key := metrics.Key{Scope: metrics.ScopeQueue, Queue: clean.Own(queue)}
	if queue == "" {
		key = metrics.Key{Scope: metrics.ScopeFloor}
	}
	return &metrics.Row{Key: key, Now: &metrics.Now{}, View: f}
}

func TestTheGapTableHoldsEveryIndicatorAgainstItsTarget(t *testing.T) {
	floor := rowOf("", map[fact.Count]int64{fact.Ratings: 200, fact.RatingsGood: 170, fact.Screened: 1000, fact.ScreenedClean: 1000})
	before := rowOf("", map[fact.Count]int64{fact.Ratings: 100, fact.RatingsGood: 80})
	lines := Table(Input{Now: Source{Row: floor}, Before: Source{Row: before, Past: true}})
	got := map[string]Line{}
	twelve := 0
	for _, l := range lines {
		if l.KPI == nil {
			t.Fatal("a line of no KPI")
		}
		if l.Indicator {
			twelve++
			if !l.HasTarget || l.Target.Origin == "" {
				t.Errorf("%s: no target or no origin: %+v", l.KPI.ID, l.Target)
			}
		}
		if l.HasTarget && counsels[l.KPI.ID] == (counsel{}) && l.KPI.ID != "asa" {
			t.Errorf("%s has a target and no advice", l.KPI.ID)
		}
		got[l.KPI.ID] = l
	}
	if twelve != 13 || lines[0].KPI.ID != "frt_p90" {
		t.Errorf("%d indicator lines, first %s", twelve, lines[0].KPI.ID)
	}
	// 170 of 200 is 85.0 %: 5 points short of 90; 80 the window before.
	if l := got["csat"]; l.Gap != 5 || l.OK || l.Trend != TrendBetter || l.AdviceZH == "" || l.Value.N != 200 {
		t.Errorf("csat: %+v", l)
	}
	if l := got["compliance_rate"]; !l.OK || math.Abs(l.Gap+0.1) > 1e-9 || l.AdviceEN != "" {
		t.Errorf("compliance: %+v", l)
	}
	if l := got["service_level"]; l.Value.OK || l.OK || l.Gap != 0 {
		t.Errorf("no data: %+v", l)
	}
}

func TestAReviewRuleJudgedAtTheDaysCloseStandsInItsLine(t *testing.T) {
	floor := rowOf("", map[fact.Count]int64{fact.Ratings: 10, fact.RatingsGood: 1})
	lines := Table(Input{Now: Source{Row: floor}, Breaches: []metrics.Breach{
		{Rule: "day csat", Mode: "review", KPI: "csat", Key: floor.Key, Level: metrics.LevelWarn},
		{Rule: "csat now", Mode: "fixed", KPI: "csat", Key: floor.Key, Level: metrics.LevelCritical},
	}})
	for _, l := range lines {
		if l.KPI.ID == "csat" && (l.Rule != "day csat" || l.Level != metrics.LevelWarn) {
			t.Errorf("%+v", l)
		}
	}
}

func TestARatiosGapIsMadeUpOfItsQueuesExactly(t *testing.T) {
	// CSAT: 60/100, 95/100, 30/50; together 185/250 = 74 %, 16 short of 90.
	a := rowOf("a", map[fact.Count]int64{fact.Ratings: 100, fact.RatingsGood: 60})
	b := rowOf("b", map[fact.Count]int64{fact.Ratings: 100, fact.RatingsGood: 95})
	c := rowOf("c", map[fact.Count]int64{fact.Ratings: 50, fact.RatingsGood: 30})
	floor := rowOf("", map[fact.Count]int64{fact.Ratings: 250, fact.RatingsGood: 185})
	k := kpi.Find("csat")
	got := Contributors(k, *k.Target, Source{Row: floor}, []*metrics.Row{b, c, a})
	// (90·100 − 100·60)/250 = 12, (90·50 − 3000)/250 = 6, (9000 − 9500)/250 = −2.
	want := []struct {
		queue string
		gap   float64
	}{{"a", 12}, {"c", 6}, {"b", -2}}
	if got.Gap != 16 || len(got.Parts) != len(want) || got.FormulaEN == "" || got.FormulaZH == "" {
		t.Fatalf("%+v", got)
	}
	sum := 0.0
	for i, w := range want {
		p := got.Parts[i]
		if p.Key.Queue.String() != w.queue || math.Abs(p.Gap-w.gap) > 1e-9 || math.Abs(p.Share-w.gap/16*100) > 1e-9 {
			t.Errorf("part %d: %+v, want %+v", i, p, w)
		}
		sum += p.Gap
	}
	if math.Abs(sum-got.Gap) > 1e-9 {
		t.Errorf("parts add up to %v, the gap is %v", sum, got.Gap)
	}
}

func TestWhatThePartsLeaveUnexplainedIsSaid(t *testing.T) {
	a := rowOf("a", map[fact.Count]int64{fact.Ratings: 100, fact.RatingsGood: 60})
	floor := rowOf("", map[fact.Count]int64{fact.Ratings: 200, fact.RatingsGood: 100})
	k := kpi.Find("csat")
	got := Contributors(k, *k.Target, Source{Row: floor}, []*metrics.Row{a})
	if len(got.Parts) != 2 || got.Parts[1].Key != (metrics.Key{}) || math.Abs(got.Parts[0].Gap+got.Parts[1].Gap-got.Gap) > 1e-9 {
		t.Fatalf("%+v", got)
	}
}

func TestTheWindowBeforeIsAsLongAndEndsWhereTheWindowBegins(t *testing.T) {
	s := window.New(window.Dense)
	s.StartDay(0)
	const minute = 60_000
	for m := range int64(40) {
		s.Add(m*minute+500, fact.Ratings, 1)
		s.Add(m*minute+500, fact.RatingsGood, m/10%2) // bad, good, bad, good by tens
	}
	at := int64(39*minute + 30_000)
	row := &metrics.Row{Key: metrics.Key{Scope: metrics.ScopeQueue}, Now: &metrics.Now{}, View: s.View(at)}
	now := Source{Row: row, Window: fact.Window15m, At: at}
	before := Earlier(now)
	k := kpi.Find("csat")
	// Minutes 25 to 39: 10 good of 15. Minutes 10 to 24: 10 good of 15 as well.
	if v, w := now.Value(k), before.Value(k); v.N != 15 || w.N != 15 || w.Num != 10 || v.Num != 10 {
		t.Errorf("now %+v, before %+v", v, w)
	}
	if v := Earlier(Source{Row: row, Window: fact.WindowToday, At: at}); v.Row != nil {
		t.Errorf("today has a window before: %+v", v)
	}
}
