package cdr_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"wallboard/feed/adapt/cdr"
	"wallboard/metrics"
)

// run imports a table and writes each event as one short line in the map's zone.
func run(t *testing.T, m *cdr.Map, table string, options cdr.Options) ([]string, cdr.Report) {
	t.Helper()
	zone, err := time.LoadLocation(m.Zone)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	report, err := m.Import(strings.NewReader(table), options, func(ev *metrics.Event) error {
		line := time.UnixMilli(ev.Time).In(zone).Format("02 15:04:05 ") + ev.Type.String()[len("session."):] + " " + ev.Session.String()
		for _, text := range []string{ev.Queue.String(), ev.Agent.String(), ev.Customer.String(), ev.Topic.String()} {
			if text != "" {
				line += " " + text
			}
		}
		if ev.Outcome != metrics.OutcomeNone {
			line += fmt.Sprintf(" outcome=%d", ev.Outcome)
		}
		if ev.Origin == metrics.PartyAgent {
			line += " origin=agent"
		}
		if ev.By != metrics.PartyNone {
			line += fmt.Sprintf(" by=%d", ev.By)
		}
		got = append(got, line)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var counted int64
	for _, n := range report.Skipped {
		counted += n
	}
	for _, n := range report.Unreadable {
		counted += n
	}
	if report.Rows != report.Used+counted || report.Events != int64(len(got)) {
		t.Errorf("counts do not add up: %+v", report)
	}
	return got, report
}

func load(t *testing.T, name string) *cdr.Map {
	t.Helper()
	m, err := cdr.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func same(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

const bankHeader = "vru+line\tcall_id\tcustomer_id\tpriority\ttype\tdate\tvru_entry\tvru_exit\tvru_time\tq_start\tq_exit\tq_time\toutcome\tser_start\tser_exit\tser_time\tserver\n"

// bank writes one made-up row of the bank format.
func bank(id, customer, day, vruIn, vruOut, qIn, qOut, outcome, serIn, serOut, server string) string {
	return strings.Join([]string{"ZZ01", id, customer, "2", "PS", day, vruIn, vruOut, "1", qIn, qOut, "1", outcome, serIn, serOut, "1", server}, "\t") + "\n"
}

const never = "0:00:00"

func TestBankRows(t *testing.T) {
	for _, c := range []struct {
		name, row string
		want      []string
		skipped   string
	}{
		{"a queued call is assigned when it leaves the queue, though its service stamp is a second earlier",
			bank("1", "77", "990301", "9:00:00", "9:00:10", "9:00:10", "9:01:00", "AGENT", "9:00:59", "9:05:00", "ANN"),
			[]string{"01 09:00:10 queued ZZ01-1-990301 PS 77", "01 09:01:00 assigned ZZ01-1-990301 PS ANN", "01 09:05:00 closed ZZ01-1-990301 PS ANN"}, ""},
		{"a call that never queued waits 0 s at its service start, and 0 is no customer",
			bank("2", "0", "990301", "9:00:00", "9:00:10", never, never, "AGENT", "9:00:09", "9:05:00", "ANN"),
			[]string{"01 09:00:09 queued ZZ01-2-990301 PS", "01 09:00:09 assigned ZZ01-2-990301 PS ANN", "01 09:05:00 closed ZZ01-2-990301 PS ANN"}, ""},
		{"NO_SERVER is somebody unnamed",
			bank("3", "0", "990301", "9:00:00", "9:00:10", never, never, "AGENT", "9:00:09", "9:05:00", "NO_SERVER"),
			[]string{"01 09:00:09 queued ZZ01-3-990301 PS", "01 09:00:09 assigned ZZ01-3-990301 PS", "01 09:05:00 closed ZZ01-3-990301 PS"}, ""},
		{"answered without service stamps closes at the wait's end, after the answer",
			bank("4", "0", "990301", "9:00:00", "9:00:10", "9:00:10", "9:01:00", "AGENT", never, never, "ANN"),
			[]string{"01 09:00:10 queued ZZ01-4-990301 PS", "01 09:01:00 assigned ZZ01-4-990301 PS ANN", "01 09:01:00 closed ZZ01-4-990301 PS ANN"}, ""},
		{"answered with neither is skipped", bank("5", "0", "990301", "9:00:00", "9:00:10", never, never, "AGENT", never, never, "ANN"), nil, "AGENT without a wait"},
		{"a hang-up that never queued was not offered", bank("6", "0", "990301", "9:00:00", "9:00:10", never, never, "HANG", never, never, "NO_SERVER"), nil, "HANG without a wait"},
		{"a hang-up that never queued was not offered, whatever its service stamps say",
			bank("6", "0", "990301", "9:00:00", "9:00:10", never, never, "HANG", "9:00:11", "9:00:20", "NO_SERVER"), nil, "HANG without a wait"},
		{"a hang-up that queued is abandoned when it leaves the queue, whatever its service stamps say",
			bank("7", "0", "990301", "9:00:00", "9:00:10", "9:00:10", "9:01:00", "HANG", "9:00:59", "9:03:00", "ANN"),
			[]string{"01 09:00:10 queued ZZ01-7-990301 PS", "01 09:01:00 closed ZZ01-7-990301 PS outcome=4 by=1"}, ""},
		{"phantoms are skipped", bank("8", "0", "990301", "9:00:00", "9:00:10", "9:00:10", "9:01:00", "PHANTOM", "9:00:59", "9:03:00", "NO_SERVER"), nil, "outcome PHANTOM"},
		{"talk below zero is zero",
			bank("9", "0", "990301", "9:00:00", "9:00:10", "9:00:10", "9:01:00", "AGENT", "9:00:40", "9:00:50", "ANN"),
			[]string{"01 09:00:10 queued ZZ01-9-990301 PS", "01 09:01:00 assigned ZZ01-9-990301 PS ANN", "01 09:01:00 closed ZZ01-9-990301 PS ANN"}, ""},
		{"the queue is left after midnight",
			bank("10", "0", "990301", "23:59:00", "23:59:10", "23:59:10", "0:00:30", "AGENT", "0:00:29", "0:05:00", "ANN"),
			[]string{"01 23:59:10 queued ZZ01-10-990301 PS", "02 00:00:30 assigned ZZ01-10-990301 PS ANN", "02 00:05:00 closed ZZ01-10-990301 PS ANN"}, ""},
		{"the queue is entered after midnight",
			bank("11", "0", "990301", "23:59:50", "23:59:58", "0:00:03", "0:00:30", "AGENT", "0:00:29", "0:05:00", "ANN"),
			[]string{"02 00:00:03 queued ZZ01-11-990301 PS", "02 00:00:30 assigned ZZ01-11-990301 PS ANN", "02 00:05:00 closed ZZ01-11-990301 PS ANN"}, ""},
		{"the queue is left at midnight sharp",
			bank("12", "0", "990301", "23:59:00", "23:59:10", "23:59:10", "0:00:00", "HANG", never, never, "NO_SERVER"),
			[]string{"01 23:59:10 queued ZZ01-12-990301 PS", "02 00:00:00 closed ZZ01-12-990301 PS outcome=4 by=1"}, ""},
		{"service ends after midnight, of a call that never queued",
			bank("13", "0", "990301", "23:59:00", "23:59:10", never, never, "AGENT", "23:59:09", "0:04:00", "ANN"),
			[]string{"01 23:59:09 queued ZZ01-13-990301 PS", "01 23:59:09 assigned ZZ01-13-990301 PS ANN", "02 00:04:00 closed ZZ01-13-990301 PS ANN"}, ""},
		{"a service stamp a second before midnight after a queue stamp past it steps back",
			bank("14", "0", "990301", "23:59:00", "23:59:10", "23:59:10", "0:00:01", "AGENT", "23:59:59", "0:04:00", "ANN"),
			[]string{"01 23:59:10 queued ZZ01-14-990301 PS", "02 00:00:01 assigned ZZ01-14-990301 PS ANN", "02 00:04:00 closed ZZ01-14-990301 PS ANN"}, ""},
		{"the queue is left a little before it was entered: no wait",
			bank("15", "0", "990301", "9:00:00", "9:00:10", "9:00:10", "9:00:05", "HANG", never, never, "NO_SERVER"),
			[]string{"01 09:00:10 queued ZZ01-15-990301 PS", "01 09:00:10 closed ZZ01-15-990301 PS outcome=4 by=1"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, report := run(t, load(t, "bank1999"), bankHeader+c.row, cdr.Options{})
			same(t, got, c.want...)
			if c.skipped != "" && report.Skipped[c.skipped] != 1 {
				t.Errorf("skipped: %v, want one %q", report.Skipped, c.skipped)
			}
		})
	}
}

func TestBankEventsKeepTheirContract(t *testing.T) {
	table := bankHeader + bank("1", "77", "990301", "9:00:00", "9:00:10", "9:00:10", "9:01:00", "AGENT", "9:00:59", "9:05:00", "ANN")
	var events []metrics.Event
	if _, err := load(t, "bank1999").Import(strings.NewReader(table), cdr.Options{}, func(ev *metrics.Event) error {
		events = append(events, *ev)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	queued := events[0]
	if queued.ID.String() != "ZZ01-1-990301/queued" || queued.Floor.String() != "bank" || queued.Channel.String() != "voice" || queued.Priority != 2 ||
		queued.Source.String() != "/cdr/bank1999" || queued.Time != time.Date(1999, 3, 1, 7, 0, 10, 0, time.UTC).UnixMilli() {
		t.Errorf("queued: %+v", queued)
	}
}

func TestTies(t *testing.T) {
	// At 9:01:00 one call ends, one begins to wait and one is answered; rows stand in another order.
	table := bankHeader +
		bank("1", "0", "990301", "9:00:00", "9:00:00", "9:00:30", "9:01:00", "AGENT", "9:01:00", "9:02:00", "ANN") +
		bank("2", "0", "990301", "9:00:00", "9:00:00", "9:01:00", "9:01:00", "AGENT", never, never, "BEN") +
		bank("3", "0", "990301", "9:00:00", "9:00:00", "9:01:00", "9:01:30", "HANG", never, never, "NO_SERVER") +
		bank("4", "0", "990301", "9:00:00", "9:00:00", never, never, "AGENT", "9:00:10", "9:01:00", "CAT")
	got, _ := run(t, load(t, "bank1999"), table, cdr.Options{})
	same(t, got[3:9],
		"01 09:01:00 closed ZZ01-4-990301 PS CAT",
		"01 09:01:00 queued ZZ01-2-990301 PS",
		"01 09:01:00 queued ZZ01-3-990301 PS",
		"01 09:01:00 assigned ZZ01-1-990301 PS ANN",
		"01 09:01:00 assigned ZZ01-2-990301 PS BEN",
		"01 09:01:00 closed ZZ01-2-990301 PS BEN")
}

func TestUnreadableRows(t *testing.T) {
	good := bank("1", "0", "990301", "9:00:00", "9:00:10", never, never, "AGENT", "9:00:09", "9:05:00", "ANN")
	table := "\ufeff" + bankHeader + good + "\n" +
		"too\tfew\n" +
		bank("2", "0", "990230", "9:00:00", "9:00:10", never, never, "AGENT", "9:00:09", "9:05:00", "ANN") +
		bank("3", "0", "990301", "9:00:61", "9:00:10", never, never, "AGENT", "9:00:09", "9:05:00", "ANN") +
		bank("4", "0", "990301", "9:00:00", "9:00:10", never, never, "ROBOT", "9:00:09", "9:05:00", "ANN") +
		strings.Repeat("x", 300<<10) + "\n" +
		strings.ReplaceAll(bank("5", "0", "990301", "9:00:00", "9:00:10", never, never, "AGENT", "9:00:09", "9:05:00", "ANN"), "\n", "\r\n")
	var problems []string
	got, report := run(t, load(t, "bank1999"), table, cdr.Options{Problem: func(line int, reason error) {
		problems = append(problems, fmt.Sprintf("%d %s", line, reason))
	}})
	if len(got) != 6 || report.Used != 2 || report.Rows != 7 {
		t.Errorf("%d events, %+v", len(got), report)
	}
	same(t, problems,
		"4 line 4: wrong number of columns: 17 expected, 2 found",
		`5 line 5: bad date: date "990230" is not a date or time that exists`,
		`6 line 6: bad time: vru_entry "9:00:61" is not a date or time that exists`,
		`7 line 7: unknown outcome: "ROBOT"`,
		"8 line 8: line too long")

	_, err := load(t, "bank1999").Import(strings.NewReader(table), cdr.Options{Strict: true}, func(*metrics.Event) error { return nil })
	if err == nil || !strings.Contains(err.Error(), "line 4") {
		t.Errorf("strict: %v", err)
	}
	stop := errors.New("stop")
	if _, err := load(t, "bank1999").Import(strings.NewReader(table), cdr.Options{}, func(*metrics.Event) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("emit: %v", err)
	}
}

func TestFoldedNames(t *testing.T) {
	var notes []string
	table := bankHeader + bank("1", "0", "990301", "9:00:00", "9:00:10", never, never, "AGENT", "9:00:09", "9:05:00", "A\x1b[31mNN") +
		bank("2", "0", "990301", "9:00:00", "9:00:10", never, never, "AGENT", "9:00:09", "9:05:00", "ANN")
	_, report := run(t, load(t, "bank1999"), table, cdr.Options{Floor: "Haïfa 1", Note: func(n string) { notes = append(notes, n) }})
	same(t, notes, `floor "Haïfa 1" is written as "ha__fa_1"`)
	if report.Cleaned != 1 {
		t.Errorf("cleaned %d", report.Cleaned)
	}
}

func TestLongSessionsStayApart(t *testing.T) {
	long := strings.Repeat("9", 60)
	ids := make(map[string]bool)
	table := bankHeader + bank(long[:55]+"1", "0", "990301", "9:00:00", "9:00:10", never, never, "AGENT", "9:00:09", "9:05:00", "ANN") +
		bank(long[:55]+"2", "0", "990301", "9:00:00", "9:00:10", never, never, "AGENT", "9:00:09", "9:05:00", "ANN")
	if _, err := load(t, "bank1999").Import(strings.NewReader(table), cdr.Options{}, func(ev *metrics.Event) error {
		ids[ev.ID.String()] = true
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if len(ids) != 6 {
		t.Errorf("%d ids, want 6: %v", len(ids), ids)
	}
}
