//go:build unix

package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// waits is a call that waits five minutes, another beside it that is answered
// at once, and a third that still waits when the file ends.
const waits = `{"specversion":"1.0","id":"1","source":"/acd","type":"session.queued","time":"2026-11-20T09:00:00Z","floor":"hz","session":"s-1","channel":"voice","queue":"help"}
{"specversion":"1.0","id":"2","source":"/acd","type":"session.queued","time":"2026-11-20T09:00:30Z","floor":"hz","session":"s-2","channel":"voice","queue":"sales"}
{"specversion":"1.0","id":"3","source":"/acd","type":"session.assigned","time":"2026-11-20T09:00:35Z","floor":"hz","session":"s-2","channel":"voice","queue":"sales","agent":"7"}
{"specversion":"1.0","id":"4","source":"/acd","type":"session.assigned","time":"2026-11-20T09:05:00Z","floor":"hz","session":"s-1","channel":"voice","queue":"help","agent":"8"}
{"specversion":"1.0","id":"5","source":"/acd","type":"session.queued","time":"2026-11-20T10:00:00Z","floor":"hz","session":"s-3","channel":"voice","queue":"help"}
{"specversion":"1.0","id":"6","source":"/acd","type":"source.heartbeat","time":"2026-11-20T10:02:00Z","floor":"hz"}
`

func TestABacktestPrintsEveryBreachThereWouldHaveBeen(t *testing.T) {
	file := write(t, "waits.ndjson", waits)
	r := run(t, "backtest", "--events", file, "--rule", "oldest wait (voice)", "--json").ends(exitFine).reports("6 events read, 6 used")
	lines := strings.Split(strings.TrimSpace(r.stdout), "\n")
	if len(lines) != 3 {
		t.Fatalf("two breaches and a summary, got:\n%s", r.stdout)
	}
	var first, second raisedLine
	for i, into := range []any{&first, &second} {
		if err := json.Unmarshal([]byte(lines[i]), into); err != nil {
			t.Fatal(err)
		}
	}
	// Rules look every five seconds: beyond 60 s at 09:01:05; answered at 09:05,
	// seen well at 09:05:05 and for a minute.
	if first.Start != "2026-11-20T09:01:05Z" || first.End == nil || *first.End != "2026-11-20T09:06:05Z" || first.Level != "critical" || first.Peak == nil || *first.Peak < 295 {
		t.Errorf("the first wait: %s", lines[0])
	}
	if second.Start != "2026-11-20T10:01:05Z" || second.End != nil || second.Level != "warn" {
		t.Errorf("the wait the record ends in: %s", lines[1])
	}
	if !strings.Contains(lines[2], `"summary"`) || !strings.Contains(lines[2], `"count":2`) {
		t.Errorf("the summary: %s", lines[2])
	}
	run(t, "backtest", "--events", file, "--rule", "oldest wait (voice)").ends(exitFine).prints("2 breaches", "oldest wait (voice)", "queue_channel:help/voice")
	run(t, "backtest", "--events", file, "--rule", "oldest wait (voice)", "--from", "2026-11-20T09:30:00Z", "--until", "2026-11-20T10:01:30Z").ends(exitFine).prints("1 breaches in")
}

func TestABacktestThatCannotBeSaysWhy(t *testing.T) {
	run(t, "backtest").ends(exitUsage).reports("events", "csv", "drill")
	run(t, "backtest", "--events", write(t, "none.ndjson", "{}\n")).ends(exitFailure).reports("1 rejected", "wallboard import")
	run(t, "backtest", "--events", write(t, "waits.ndjson", waits), "--rule", "luck").ends(exitUsage).reports(`"luck"`, "wallboard check")
}

func TestADrillSaysWhatEachRuleFound(t *testing.T) {
	r := run(t, "backtest", "--drill", "--days", "1", "--load", "0.1", "--only", "uncovered", "--json").ends(exitFine)
	var line drillLine
	if err := json.Unmarshal([]byte(r.stdout), &line); err != nil {
		t.Fatalf("%v:\n%s", err, r.stdout)
	}
	if line.Rule != "uncovered" || line.Mode != "fixed" || line.Days != 1 || line.Found > line.Losses {
		t.Errorf("%+v", line)
	}
}

func TestASeriesIsHeldAgainstOneRule(t *testing.T) {
	series := "timestamp,value\n2026-11-20 09:00,100\n2026-11-20 09:05,200\n2026-11-20 09:10,400\noops\n2026-11-20 09:15,150\n2026-11-20 09:20,140\n2026-11-20 09:25,130\n"
	file := write(t, "frt.csv", series)
	r := run(t, "backtest", "--csv", file, "--rule", "first response", "--json").ends(exitFine).reports("6 rows; 1 unreadable", "line 5")
	lines := strings.Split(strings.TrimSpace(r.stdout), "\n")
	var breach raisedLine
	if err := json.Unmarshal([]byte(lines[0]), &breach); err != nil || len(lines) != 2 {
		t.Fatalf("%v:\n%s", err, r.stdout)
	}
	// Above 180 s from 09:05, which must hold two minutes: told at the next row,
	// where it is above 300 s only since then. Back below 156 s from 09:15, and
	// for five minutes at 09:20.
	if breach.Start != "2026-11-20T09:10:00Z" || breach.End == nil || *breach.End != "2026-11-20T09:20:00Z" || breach.Level != "warn" || breach.Peak == nil || *breach.Peak != 400 {
		t.Errorf("got %s", lines[0])
	}
	run(t, "backtest", "--csv", file).ends(exitUsage).reports("--rule", "wallboard check")
	run(t, "backtest", "--csv", file, "--rule", "waiting", "--with", "people").ends(exitUsage).reports("people=10")
	run(t, "backtest", "--csv", write(t, "none.csv", "timestamp,value\n"), "--rule", "waiting").ends(exitFailure).reports("no row")
}
