package config

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/rule"
)

func TestTheSampleHoldsTheShippedRulesInFull(t *testing.T) {
	file, err := Parse([]byte(Sample))
	if err != nil {
		t.Fatal(err)
	}
	var got []rule.Rule
	for i, entry := range file.Rule {
		r, err := entry.rule()
		if err != nil {
			t.Fatal(file.ruleError(i, err))
		}
		got = append(got, r)
	}
	want := rule.Defaults()
	if len(got) != len(want) {
		t.Fatalf("the sample has %d rules, %d ship", len(got), len(want))
	}
	for i := range want {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Errorf("rule %d\nsample %+v\nships  %+v", i+1, got[i], want[i])
		}
	}
}

const ruleHead = "[wall]\nbig = true\n\n[[rule]]\nname = \"a\"\n"

func TestAWrongRuleIsNamedWithItsKeyItsLineAndTheReason(t *testing.T) {
	for name, row := range map[string]struct{ text, want string }{
		"a limit that is nothing": {
			"kpi = \"waiting\"\nscope = { queue = \"*\" }\nwarn = \"lots\"", `line 8: rule "a": warn: "lots" is neither a number`},
		"a percentage of seconds": {
			"kpi = \"oldest_wait\"\nscope = { queue = \"*\" }\nwarn = \"80%\"", `line 8: rule "a": warn: "80%" is a percentage, and oldest_wait is measured in s`},
		"a span of a percentage": {
			"kpi = \"csat\"\nwarn = \"80s\"", `line 7: rule "a": warn: "80s" is a span of time`},
		"a KPI that is not there": {
			"kpi = \"wating\"\nwarn = 3", `line 6: rule "a": kpi: "wating" is not in the catalogue; did you mean "waiting"?`},
		"a scope the KPI does not have": {
			"kpi = \"waiting\"\nscope = { team = \"*\" }\nwarn = 3", `line 7: rule "a": scope: "waiting" is not defined for the scope team`},
		"a scope of no figures": {
			"kpi = \"aht\"\nscope = { team = \"*\", queue = \"*\" }\nwarn = [1, 2]", "line 7: rule \"a\": scope: no figures are kept for the combination of queue, team"},
		"warn beyond critical": {
			"kpi = \"waiting\"\nwarn = 9\ncritical = 3", `line 7: rule "a": warn: 9 lies beyond critical 3`},
		"no limit at all": {
			"kpi = \"waiting\"", `line 4: rule "a": warn: neither warn nor critical is given`},
		"a window beyond a day": {
			"kpi = \"csat\"\nwindow = \"25h\"\nwarn = 80", `line 7: rule "a": window: "25h" is neither today nor a whole number of minutes up to 1440`},
		"a window of seconds": {
			"kpi = \"csat\"\nwindow = \"90s\"\nwarn = 80", "window"},
		"a burn rate that can never fire": {
			"kpi = \"service_level\"\nmode = \"burn\"\ngoal = \"80%\"\ncritical = { spend = \"50%\", in = \"60m\" }",
			`line 9: rule "a": critical: a burn rate above 7 can never be reached: with a goal of 80 % missing everything burns 5 times`},
		"a burn rate in another form": {
			"kpi = \"service_level\"\nmode = \"burn\"\ngoal = \"80%\"\nwarn = 3", `line 9: rule "a": warn: in mode burn it is of the form`},
		"a return level beyond the limit": {
			"kpi = \"waiting\"\nwarn = 9\nreturn = 10", `line 8: rule "a": return: 10 lies beyond the limit 9`},
		"a base of no KPI": {
			"kpi = \"waiting\"\nmode = \"dynamic\"\nbase = \"2 x chairs\"", `line 8: rule "a": base: "chairs" is no KPI of the scope floor`},
		"a base without the mode": {
			"kpi = \"waiting\"\nbase = 3\nwarn = 2", `line 7: rule "a": base: belongs to mode dynamic`},
		"a clamp of one": {
			"kpi = \"waiting\"\nmode = \"dynamic\"\nbase = 3\nclamp = [3]", `line 9: rule "a": clamp: is of the form`},
		"a share of another KPI": {
			"kpi = \"waiting\"\nmode = \"share\"\nwarn = 3", `line 6: rule "a": kpi: mode share needs wait_share_N`},
		"advice in a third language": {
			"kpi = \"waiting\"\nwarn = 3\nadvice = { de = \"x\" }", `line 8: rule "a": advice: language "de"`},
		"a condition that cannot be": {
			"kpi = \"waiting\"\nwarn = 3\nwhen = [{ kpi = \"aht_p50\", at_least = \"x\" }]", `line 8: rule "a": when`},
		"the same name twice": {
			"kpi = \"waiting\"\nwarn = 3\n[[rule]]\nname = \"a\"\nkpi = \"waiting\"\nwarn = 3", `line 9: rule "a": name: line 5 has a rule of that name already`},
		"a default that is not there to be switched off": {
			"off = true", `line 6: rule "a": off: no shipped rule has that name`},
		"hours that are none": {
			"kpi = \"waiting\"\nwarn = 3\nhours = \"always\"", `line 8: rule "a": hours`},
		"a Wilson bound of a wait": {
			"kpi = \"oldest_wait\"\nwarn = 3\nconfident = true", `line 8: rule "a": confident`},
	} {
		file, err := Parse([]byte(ruleHead + row.text))
		if err != nil {
			t.Errorf("%s: refused too early: %v", name, err)
			continue
		}
		if _, err = file.Rules(); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: got %v\n want it to say %s", name, err, row.want)
		}
	}
}

func TestARuleOfTheFileReplacesOrEndsAShippedOne(t *testing.T) {
	file, err := Parse([]byte("[[rule]]\nname = \"waiting\"\nkpi = \"waiting\"\nscope = { queue = \"vip\" }\nwarn = 3\n[[rule]]\nname = \"uncovered\"\noff = true\n"))
	if err != nil {
		t.Fatal(err)
	}
	rules, err := file.Rules()
	if err != nil {
		t.Fatal(err)
	}
	if len(rules) != len(rule.Defaults())-1 {
		t.Fatalf("%d rules", len(rules))
	}
	for _, r := range rules {
		if r.Name == "uncovered" {
			t.Error("the rule switched off is there")
		}
		if r.Name == "waiting" && (r.Mode != rule.ModeFixed || r.Match.Queue != "vip" || r.Scope != metrics.ScopeQueue || *r.Warn != 3) {
			t.Errorf("the shipped rule was not replaced whole: %+v", r)
		}
	}
}

func TestAPromotionSaysWhereAndWhen(t *testing.T) {
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Skip("no zone data")
	}
	file, err := Parse([]byte("[[promotion]]\nname = \"双11\"\nfrom = \"2026-11-10T20:00:00\"\nto = 2026-11-12T02:00:00+08:00\nfactor = 4\nqueue = \"presale\"\nhours = \"20:00-02:00\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	calendar, err := file.Calendar(shanghai)
	if err != nil {
		t.Fatal(err)
	}
	p := calendar.Promotions()[0]
	if p.From != time.Date(2026, 11, 10, 12, 0, 0, 0, time.UTC).UnixMilli() || p.To != time.Date(2026, 11, 11, 18, 0, 0, 0, time.UTC).UnixMilli() || p.Hours.From != 20*time.Hour {
		t.Fatalf("%+v", p)
	}
	for name, text := range map[string]string{
		"an end before the beginning": "[[promotion]]\nname=\"x\"\nfrom = \"2026-11-12\"\nto = \"2026-11-11\"\nfactor = 2",
		"no factor":                   "[[promotion]]\nname=\"x\"\nfrom = \"2026-11-10\"\nto = \"2026-11-11\"",
		"a moment that is none":       "[[promotion]]\nname=\"x\"\nfrom = \"soon\"\nto = \"2026-11-11\"\nfactor = 2",
	} {
		file, err := Parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.Calendar(time.UTC); err == nil || !strings.Contains(err.Error(), "line 1: promotion \"x\"") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
