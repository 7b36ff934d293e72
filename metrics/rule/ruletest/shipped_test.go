package ruletest

import (
	"io/fs"
	"testing"

	"wallboard/metrics"
	"wallboard/metrics/rule"
)

// shippedTests reads every embedded file.
func shippedTests(t *testing.T) []Test {
	t.Helper()
	var all []Test
	files, err := fs.Glob(Shipped, "shipped/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("files %v, %v", files, err)
	}
	for _, name := range files {
		data, err := Shipped.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		tests, err := Parse(data)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all = append(all, tests...)
	}
	return all
}

func TestTheShippedRulesPassTheirTests(t *testing.T) {
	for _, r := range Run(rule.Defaults(), rule.Config{}, shippedTests(t)) {
		if r.Err != nil {
			t.Errorf("%s: %s: %v", r.Test.Rule, r.Test.Name, r.Err)
		}
		for _, f := range r.Failures {
			t.Errorf("%s: %s: %s", r.Test.Rule, r.Test.Name, f)
		}
	}
}

func TestEveryShippedRuleIsSeenToFireAndToKeepSilent(t *testing.T) {
	fires, silent := map[string]bool{}, map[string]bool{}
	for _, test := range shippedTests(t) {
		for _, x := range test.Expect {
			fires[test.Rule] = fires[test.Rule] || x.State == metrics.BreachFiring
			silent[test.Rule] = silent[test.Rule] || x.State == metrics.BreachInactive || x.State == metrics.BreachPending
		}
	}
	for _, r := range rule.Defaults() {
		if r.Mode != rule.ModeReview && (!fires[r.Name] || !silent[r.Name]) {
			t.Errorf("%s: seen to fire %v, to keep silent %v", r.Name, fires[r.Name], silent[r.Name])
		}
	}
}
