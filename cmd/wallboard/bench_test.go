package main

import (
	"strings"
	"testing"
)

func TestBenchTableSaysWhatIsReached(t *testing.T) {
	var out strings.Builder
	err := benchReport{Cores: 2, Seconds: 3, Rows: []benchRow{
		{ID: "P1", What: "ingest", Unit: "events/s", Limit: 1_500_000, Ours: 900_000, Ratio: 0.6, Goal: 0.5, AtLeast: true, Reached: true},
		{ID: "P5", What: "snapshot", Unit: "ms", Ours: 7.125, Ratio: 7.125, Goal: 5, InUnit: true},
	}}.print(&out)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"1,500,000", "900,000", "0.6", "≥ 0.5", "yes", "7.12", "≤ 5 ms", "no", "2 cores"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in\n%s", want, out.String())
		}
	}
}

func TestBenchMeasuresWhatIsAskedFor(t *testing.T) {
	parts, err := chosen([]string{"p3", "P1", "P4"})
	if err != nil {
		t.Fatal(err)
	}
	if len(parts) != 2 || parts[0].ids[0] != "P1" || parts[1].ids[0] != "P4" {
		t.Errorf("P1 with P3, then P4, not %v", parts)
	}
	if _, err := chosen([]string{"P99"}); err == nil {
		t.Error("an unknown figure must be refused")
	}
	all, err := chosen(nil)
	if err != nil || len(all) != len(benchParts()) {
		t.Errorf("%d of %d parts are measured unasked: %v", len(all), len(benchParts()), err)
	}
}
