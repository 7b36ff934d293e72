package oracle_test

import (
	"fmt"
	"os"
	"slices"
	"testing"
)

// TestSurvey counts on which figures the two differ, with one shrunk example
// of each: WALLBOARD_SURVEY names the KPIs to shrink, or "all" or "none".
func TestSurvey(t *testing.T) {
	shrinkThese := os.Getenv("WALLBOARD_SURVEY")
	if shrinkThese == "" {
		t.Skip("WALLBOARD_SURVEY is not set")
	}
	var count tally
	differs := map[string]int{}
	example := map[string]string{}
	for seed := range seeds(t, 40) {
		if only := os.Getenv("WALLBOARD_SEED"); only != "" && only != fmt.Sprint(seed) {
			continue
		}
		d := randomDay(t, seed)
		seen := map[string]mismatch{}
		d.run(t, &count, func(m mismatch) bool {
			key := fmt.Sprintf("%-26s %s", m.id, m.scope.Kind)
			if differs[key]++; example[key] == "" {
				example[key] = fmt.Sprintf("seed %d %s", seed, m)
				seen[key] = m
			}
			return true
		})
		for key, m := range seen {
			if shrinkThese == "all" || shrinkThese == m.id {
				small, m := d.shrink(t, m)
				example[key] = fmt.Sprintf("seed %d %s\n%s", seed, m, tell(small.events, d.settings.Floor.Zone))
			}
		}
	}
	for _, key := range slices.Sorted(maps(differs)) {
		t.Logf("%6d %s\n    %s", differs[key], key, example[key])
	}
	t.Logf("%d floors, %d figures", count.floors, count.figures)
}

func maps(m map[string]int) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}
