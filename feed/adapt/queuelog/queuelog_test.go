package queuelog_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"wallboard/feed/adapt/queuelog"
	"wallboard/metrics"
)

// short writes an event as one line: seconds since the log's first day, type
// and what is given.
func short(ev *metrics.Event) string {
	line := fmt.Sprintf("%g %s", float64(ev.Time-1700000000000)/1000, ev.Type)
	add := func(name, value string) {
		if value != "" {
			line += " " + name + value
		}
	}
	add("", ev.Session.String())
	add("q=", ev.Queue.String())
	add("a=", ev.Agent.String())
	number := func(name string, n int) {
		if n != 0 {
			add(name, fmt.Sprint(n))
		}
	}
	number("outcome=", int(ev.Outcome))
	number("by=", int(ev.By))
	number("failure=", int(ev.OfferFailure))
	number("kind=", int(ev.TransferKind))
	number("presence=", int(ev.Presence))
	number("paused=", int(ev.Paused))
	add("reason=", ev.Reason.String())
	return line
}

func read(t *testing.T, log string, options queuelog.Options) ([]string, queuelog.Report) {
	t.Helper()
	var got []string
	report, err := queuelog.Import(strings.NewReader(log), options, func(ev *metrics.Event) error {
		got = append(got, short(ev))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	addUp(t, report)
	return got, report
}

func addUp(t *testing.T, r queuelog.Report) {
	t.Helper()
	sum := r.Blank + r.Used
	for _, n := range r.Ignored {
		sum += n
	}
	for _, n := range r.Unreadable {
		sum += n
	}
	if sum != r.Lines {
		t.Errorf("counts do not add up: %+v", r)
	}
}

func same(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

func TestVerbs(t *testing.T) {
	for _, c := range []struct {
		line string
		want []string
	}{
		{"1700000001|c1|sales|NONE|ENTERQUEUE||5551000|1", []string{"1 session.queued c1 q=sales"}},
		{"1700000001.25|c1|sales|Agent/200|CONNECT|8|x|7", []string{"1.25 session.assigned c1 q=sales a=200"}},
		{"1700000001|c1|sales|NONE|CONNECT|8|x|7", []string{"1 session.assigned c1 q=sales"}},
		{"1700000001|c1|sales|Agent/200|RINGNOANSWER|9000", []string{"1 session.offer_failed c1 q=sales a=200 failure=1"}},
		{"1700000001|c1|sales|Agent/200|RINGCANCELED|9000", []string{"1 session.offer_failed c1 q=sales a=200 failure=4"}},
		{"1700000001|c1|sales|Agent/200|COMPLETEAGENT|8|5|1", []string{"1 session.closed c1 q=sales a=200 by=2"}},
		{"1700000001|c1|sales|Agent/200|COMPLETECALLER|8|5|1", []string{"1 session.closed c1 q=sales a=200 by=1"}},
		{"1700000001|c1|sales|NONE|ABANDON|1|1|20", []string{"1 session.closed c1 q=sales outcome=4 by=1"}},
		{"1700000001|c1|sales|NONE|EXITWITHTIMEOUT|1|1|20", []string{"1 session.closed c1 q=sales outcome=5 by=5"}},
		{"1700000001|c1|sales|NONE|EXITEMPTY|1|1|20", []string{"1 session.closed c1 q=sales outcome=5 by=5"}},
		{"1700000001|c1|sales|NONE|EXITWITHKEY|3|1", []string{"1 session.closed c1 q=sales outcome=5 by=1"}},
		{"1700000001|c1|sales|Agent/200|TRANSFER|300|default|8|5", []string{"1 session.transferred c1 q=sales a=200", "1 session.closed c1 q=sales a=200"}},
		{"1700000001|c1|sales|Agent/200|BLINDTRANSFER|300|default|8|5|1", []string{"1 session.transferred c1 q=sales a=200 kind=1", "1 session.closed c1 q=sales a=200"}},
		{"1700000001|c1|sales|Agent/200|ATTENDEDTRANSFER|BRIDGE|x|8|5|1", []string{"1 session.transferred c1 q=sales a=200 kind=2", "1 session.closed c1 q=sales a=200"}},
		{"1700000001|x|sales|Local/200@agents/n|ADDMEMBER|", []string{"1 agent.joined q=sales a=200"}},
		{"1700000001|x|sales|SIP/200-0000001a|ADDMEMBER|PAUSED", []string{"1 agent.joined q=sales a=200 paused=2"}},
		{"1700000001|x|sales|PJSIP/200|REMOVEMEMBER|", []string{"1 agent.left q=sales a=PJSIP/200"}},
		{"1700000001|NONE|sales|SIP/lin|PAUSE|lunch", []string{"1 agent.presence q=sales a=SIP/lin presence=3 reason=lunch"}},
		{"1700000001|NONE|sales|Lin|UNPAUSE|lunch", []string{"1 agent.presence q=sales a=Lin presence=2"}},
		{"1700000001|NONE|NONE|Lin|PAUSEALL|", []string{"1 agent.presence a=Lin presence=3"}},
		{"1700000001|NONE|NONE|Lin|UNPAUSEALL|", []string{"1 agent.presence a=Lin presence=2"}},
		{"1700000001|x|NONE|Agent/200|AGENTLOGIN|SIP/1", []string{"1 agent.presence a=200 presence=2"}},
		{"1700000001|x|NONE|Agent/200|AGENTCALLBACKLOGIN|hint:200@default|", []string{"1 agent.presence a=200 presence=2"}},
		{"1700000001|x|NONE|Agent/200|AGENTLOGOFF|SIP/1|99", []string{"1 agent.presence a=200 presence=1"}},
		{"1700000001|x|NONE|Agent/200|AGENTCALLBACKLOGOFF|x|99|Autologoff", []string{"1 agent.presence a=200 presence=1"}},
	} {
		got, _ := read(t, c.line+"\n", queuelog.Options{})
		if !slices.Equal(got, c.want) {
			t.Errorf("%s\n  got  %q\n  want %q", c.line, got, c.want)
		}
	}
}

func TestWhatHasNoEffectIsCounted(t *testing.T) {
	got, report := read(t, "\ufeff1700000001|NONE|NONE|NONE|CONFIGRELOAD|\r\n"+
		"\n  \n"+
		"1700000001|x|NONE|Agent/200|OUTDIAL|881142||0|0\n1700000001|x|NONE|Agent/200|OUTDIAL|881142||0|0\n"+
		"1700000002|c|q|NONE|DID|100\n1700000002|c|q|NONE|QUEUESTART|\n"+
		"what is this\n"+
		"then|c|q|NONE|ABANDON|1|1|20\n"+
		"99|c|q|NONE|ABANDON|1|1|20\n"+
		"1700000002|NONE|q|NONE|ABANDON|1|1|20\n"+
		"1700000002|c|NONE|NONE|ENTERQUEUE||1|1\n"+
		"1700000002|c|q|NONE|RINGNOANSWER|1000\n"+
		"1700000002|c|q|NONE|DROP TABLE|1000\n"+
		"1700000002|c|q|NONE|ENTERQUEUE|"+strings.Repeat("x", 70<<10)+"\n"+
		"1700000003|c|q|NONE|ABANDON|1|1|20", queuelog.Options{})
	same(t, got, "3 session.closed c q=q outcome=4 by=1")
	if want := (map[string]int64{"CONFIGRELOAD": 1, "OUTDIAL": 2, "DID": 1}); fmt.Sprint(report.Ignored) != fmt.Sprint(want) {
		t.Errorf("ignored %v", report.Ignored)
	}
	if want := (map[string]int64{"fewer than 5 fields": 1, "bad time": 2, "no call id": 1, "no queue": 1, "no agent": 1, "bad verb": 1, "line too long": 1}); fmt.Sprint(report.Unreadable) != fmt.Sprint(want) {
		t.Errorf("unreadable %v", report.Unreadable)
	}
	if report.Blank != 2 || report.Used != 2 || report.Lines != 16 {
		t.Errorf("%+v", report)
	}
}

func TestARestartOfThePBXClosesWhoWaits(t *testing.T) {
	got, _ := read(t, `1700000001|c1|q|NONE|ENTERQUEUE||1|1
1700000002|c2|q|NONE|ENTERQUEUE||1|2
1700000003|c3|r|NONE|ENTERQUEUE||1|1
1700000004|c1|q|Agent/1|CONNECT|3|x|1
1700000009|NONE|NONE|NONE|QUEUESTART|
1700000010|NONE|NONE|NONE|QUEUESTART|
`, queuelog.Options{})
	same(t, got[4:], "9 session.closed c2 q=q outcome=7 by=5", "9 session.closed c3 q=r outcome=7 by=5")
}

func TestIDsAreThoseOfTheLine(t *testing.T) {
	log := `1700000001|c1|q|NONE|ENTERQUEUE||5551000|1
1700000002|c2|q|NONE|ENTERQUEUE||5551000|2
1700000002|c2|q|NONE|ENTERQUEUE||5551000|2

1700000003|c1|q|Agent/1|CONNECT|3|x|1
1700000004|c1|q|Agent/1|BLINDTRANSFER|300|default|8|5|1
1700000009|NONE|NONE|NONE|QUEUESTART|
`
	ids := func(log string) (ids, customers []string) {
		if _, err := queuelog.Import(strings.NewReader(log), queuelog.Options{}, func(ev *metrics.Event) error {
			ids, customers = append(ids, ev.ID.String()), append(customers, ev.Customer.String())
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return ids, customers
	}
	once, customers := ids(log)
	again, _ := ids(strings.ReplaceAll(log, "\n", "\r\n"))
	if !slices.Equal(once, again) {
		t.Errorf("%v\n%v", once, again)
	}
	if once[1] != once[2] {
		t.Error("a repeated line has another id")
	}
	slices.Sort(once)
	if n := len(slices.Compact(once)); n != 6 {
		t.Errorf("%d different ids, want 6", n)
	}
	if customers[0] != customers[1] || customers[0] == "" || strings.Contains(customers[0], "5551000") {
		t.Errorf("customers %q: one pseudonym, not the number", customers[:2])
	}
}

func TestTimeOrder(t *testing.T) {
	got, _ := read(t, "1700000005|c1|q|NONE|ENTERQUEUE||1|1\n1700000003|c2|q|NONE|ENTERQUEUE||1|1\n1700000005|c1|q|NONE|ABANDON|1|1|0\n", queuelog.Options{})
	same(t, got, "3 session.queued c2 q=q", "5 session.queued c1 q=q", "5 session.closed c1 q=q outcome=4 by=1")
}

func TestErrorsEndAnImport(t *testing.T) {
	log := "nonsense\n1700000005|c1|q|NONE|ENTERQUEUE||1|1\n"
	stop := errors.New("stop")
	none := func(*metrics.Event) error { return nil }
	if _, err := queuelog.Import(strings.NewReader(log), queuelog.Options{Strict: true}, none); err == nil || !strings.Contains(err.Error(), "line 1") {
		t.Errorf("strict: %v", err)
	}
	if _, err := queuelog.Import(strings.NewReader(log), queuelog.Options{}, func(*metrics.Event) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("emit: %v", err)
	}
	if _, err := queuelog.Import(iotest.ErrReader(stop), queuelog.Options{}, none); !errors.Is(err, stop) {
		t.Errorf("read: %v", err)
	}
}

func TestAnExportGivesTheEventsOfItsLog(t *testing.T) {
	fromLog, fromExport := `1700000001|c1|q|NONE|ENTERQUEUE||5551000|1
1700000002|c1|q|Agent/7|RINGNOANSWER|1000
1700000003|c1|q|Agent/7|CONNECT|2|c9|1
1700000004|c1|q|Agent/7|COMPLETECALLER|2|1|1
1700000005|x|NONE|Agent/7|OUTDIAL|1||0|0
`, `uid,date_time,callid,queue_name,type,event,param1,param2,param3,entpos,expos,htime,ttime,time
1,1700000001,c1,q,NONE,ENTERQUEUE,5551000,,,1,0,0,0,2023-11-14 17:13:21
2,1700000002,c1,q,Agent/7,RINGNOANSWER,5551000,,,1,1,1000,0,2023-11-14 17:13:22
3,1700000003,c1,q,Agent/7,CONNECT,,c9,1,0,0,2,0,2023-11-14 17:13:23
4,1700000004,c1,q,Agent/7,COMPLETECALLER,5551000,,,1,0,2,1,2023-11-14 17:13:24
5,1700000005,x,NONE,Agent/7,OUTDIAL,1,,,0,0,0,0,2023-11-14 17:13:25
too,short
`
	collect := func(log string) (events []string) {
		if _, err := queuelog.Import(strings.NewReader(log), queuelog.Options{}, func(ev *metrics.Event) error {
			events = append(events, ev.ID.String()+" "+short(ev)+" "+ev.Customer.String())
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return events
	}
	if a, b := collect(fromLog), collect(fromExport); len(a) != 4 || !slices.Equal(a, b) {
		t.Errorf("log\n%s\nexport\n%s", strings.Join(a, "\n"), strings.Join(b, "\n"))
	}
}

// TestRealLogs runs on logs that may not be given on and so are no part of
// this repository.
func TestRealLogs(t *testing.T) {
	folder := os.Getenv("WALLBOARD_DATA")
	if folder == "" {
		t.Skip("WALLBOARD_DATA is not set")
	}
	files, err := filepath.Glob(filepath.Join(folder, "asterisk-queue-log", "*[gv]"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	ids := make(map[string]string)
	for _, name := range files {
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		kinds, all := make(map[string]int), ""
		report, err := queuelog.Import(file, queuelog.Options{Problem: func(_ int, reason error) { t.Error(reason) }}, func(ev *metrics.Event) error {
			kinds[ev.Type.String()]++
			all += ev.ID.String()
			return nil
		})
		_ = file.Close()
		if err != nil {
			t.Fatal(err)
		}
		addUp(t, report)
		t.Logf("%s: lines %d blank %d used %d events %d ignored %v unreadable %v: %v", filepath.Base(name), report.Lines, report.Blank, report.Used, report.Events, report.Ignored, report.Unreadable, kinds)
		stem := strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
		if other, ok := ids[stem]; ok && other != all {
			t.Errorf("%s: the export and the log have different ids", stem)
		}
		ids[stem] = all
	}
}

func FuzzImport(f *testing.F) {
	f.Add("1700000001|c1|sales|NONE|ENTERQUEUE||5551000|1\n1700000001|c1|sales|Agent/200|ATTENDEDTRANSFER|BRIDGE|x|8|5|1\n1700000009|NONE|NONE|NONE|QUEUESTART|\n")
	f.Add("uid,date_time,callid,queue_name,type,event,param1,param2,param3,entpos,expos,htime,ttime,time\n1,1700000001,c1,q,NONE,ENTERQUEUE,5551000,,,1,0,0,0,x\n")
	f.Fuzz(func(t *testing.T, log string) {
		var last, events int64
		report, err := queuelog.Import(strings.NewReader(log), queuelog.Options{}, func(ev *metrics.Event) error {
			if ev.Time < last || ev.ID.Empty() || ev.Type.Session() && (ev.Session.Empty() || ev.Channel.Empty()) || ev.Type.Agent() && ev.Agent.Empty() {
				t.Errorf("after %d: %+v", last, ev)
			}
			last, events = ev.Time, events+1
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		addUp(t, report)
		if events != report.Events {
			t.Errorf("%d events, %d reported", events, report.Events)
		}
	})
}
