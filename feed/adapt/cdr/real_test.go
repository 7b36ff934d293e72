package cdr_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"wallboard/feed/adapt/cdr"
	"wallboard/metrics"
)

// dataVariable names the folder of the real tables. They may not be given on,
// so they are no part of this repository, and without them these tests rest.
const dataVariable = "WALLBOARD_DATA"

func TestRealTables(t *testing.T) {
	folder := os.Getenv(dataVariable)
	if folder == "" {
		t.Skip(dataVariable + " is not set")
	}
	for _, table := range []struct{ mapName, file string }{
		{"bank1999", "anonymous-bank-1999/february1999.tsv"},
		{"pwc", "pwc-call-centre/calls-2021-01-01_02-14.csv"},
		{"helpdesk-it", "italian-helpdesk/helpdesk-2010-01_2011-08.csv"},
		{"servicenow", "servicenow-incidents/incidents-first-half.csv"},
		{"twitter-twcs", "twitter-support-twcs/twcs-sample-a.csv"},
		{"twitter-ibm", "twitter-support-ibm/sessions-dev.jsonl"},
	} {
		t.Run(table.mapName, func(t *testing.T) {
			m, err := cdr.Load(table.mapName)
			if err != nil {
				t.Fatal(err)
			}
			file, err := os.Open(filepath.Join(folder, table.file))
			if err != nil {
				t.Fatal(err)
			}
			defer file.Close()
			var last int64
			ids, kinds := make(map[string]bool), make(map[string]int)
			report, err := m.Import(file, cdr.Options{Problem: func(line int, reason error) { t.Log(reason) }}, func(ev *metrics.Event) error {
				if ev.Time < last {
					t.Errorf("%s at %d comes after %d", ev.ID, ev.Time, last)
				}
				if ids[ev.ID.String()] {
					t.Errorf("id %s comes twice", ev.ID)
				}
				last, ids[ev.ID.String()] = ev.Time, true
				kinds[ev.Type.String()]++
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			var lines []string
			for kind, n := range kinds {
				lines = append(lines, fmt.Sprintf("%s %d", kind, n))
			}
			slices.Sort(lines)
			t.Logf("rows %d used %d events %d skipped %v unreadable %v unserved %d clamped %d lost %d cleaned %d: %v", report.Rows, report.Used,
				report.Events, report.Skipped, report.Unreadable, report.Unserved, report.Clamped, report.Lost, report.Cleaned, lines)
		})
	}
}
