//go:build unix

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wallboard/cmd/wallboard/config"
)

// day is a short morning: one chat answered and closed, one call that waits.
const day = `{"specversion":"1.0","id":"1","source":"/acd","type":"session.queued","time":"2026-11-21T09:00:00Z","floor":"hz","session":"s-1","channel":"chat","queue":"presale"}
{"specversion":"1.0","id":"2","source":"/acd","type":"session.assigned","time":"2026-11-21T09:00:10Z","floor":"hz","session":"s-1","channel":"chat","queue":"presale","agent":"7"}
{"specversion":"1.0","id":"3","source":"/acd","type":"session.closed","time":"2026-11-21T09:05:00Z","floor":"hz","session":"s-1","channel":"chat"}
{"specversion":"1.0","id":"4","source":"/acd","type":"session.queued","time":"2026-11-21T09:06:00Z","floor":"hz","session":"s-2","channel":"voice","queue":"售后"}
`

func TestExitCodesAndWhatErrorsSayToDo(t *testing.T) {
	events := write(t, "day.ndjson", day)
	_, call, _ := strings.Cut(day, `"time":"2026-11-21T09:05:00Z"`)
	_, call, _ = strings.Cut(call, "\n") // a call that has waited for two minutes: a warning, by the rules that ship
	at := []string{"snapshot", "--events", write(t, "call.ndjson", call), "--at", "2026-11-21T09:08:00Z", "--table"}
	for _, c := range []struct {
		name string
		args []string
		code int
		says string
	}{
		{"no command is a request for help", nil, exitFine, ""},
		{"an unknown command points at the help", []string{"wotch"}, exitUsage, "--help"},
		{"an unknown flag points at the help", []string{"demo", "--bogus"}, exitUsage, "wallboard demo --help"},
		{"an argument too many points at the help", []string{"watch", "this"}, exitUsage, "wallboard watch --help"},
		{"a board needs a terminal and says what does not", []string{"demo"}, exitUsage, "wallboard snapshot"},
		{"an unknown page lists the pages", []string{"watch", "--page", "attic"}, exitUsage, "wall, queues, agents, "},
		{"an unknown window lists the windows", []string{"watch", "--window", "7m"}, exitUsage, "today, 60m, 30m, 15m, 5m"},
		{"an unknown zone shows one", []string{"check", "--tz", "Mars/Olympus"}, exitUsage, "Asia/Shanghai"},
		{"an unknown figure points at the list", []string{"kpis", "happiness"}, exitUsage, "wallboard kpis"},
		{"a time that is none shows one", []string{"snapshot", "--at", "noon"}, exitUsage, "1999-02-01T11:00:00+02:00"},
		{"a size that is none shows one", []string{"snapshot", "--size", "big"}, exitUsage, "120x32"},
		{"steps without an end are explained", []string{"snapshot", "--every", "30m"}, exitUsage, "--until"},
		{"two forms at once are refused", []string{"snapshot", "--json", "--csv"}, exitUsage, "csv json"},
		{"a level that is none lists the levels", []string{"snapshot", "--fail-on", "red"}, exitUsage, "warn nor critical"},
		{"an outage that is none shows one", []string{"demo", "--outage", "soon"}, exitUsage, "20s@30s"},
		{"an unknown incident lists them", []string{"demo", "--incident", "flood"}, exitUsage, "agents-lost"},
		{"a missing map lists the maps", []string{"import", "cdr", events}, exitUsage, "bank1999"},
		{"a missing file is named", []string{"import", "queue_log", "/nowhere/queue_log"}, exitUsage, "/nowhere/queue_log"},
		{"a missing event file is named", []string{"snapshot", "--events", "/nowhere/day.ndjson"}, exitUsage, "/nowhere/day.ndjson"},
		{"a missing configuration is named", []string{"check", "--config", "/nowhere/c.toml"}, exitUsage, "/nowhere/c.toml"},
		{"events go to one place", []string{"import", "queue_log", events, "-o", "x", "--server", "nats://127.0.0.1:1"}, exitUsage, "--output or to --server"},
		{"no server to publish to names it", []string{"publish", events, "--server", "nats://127.0.0.1:1"}, exitFailure, "127.0.0.1:1"},
		{"no server to ask says how to name another", []string{"snapshot", "--server", "nats://127.0.0.1:1"}, exitFailure, "--server or --context"},
		{"no server to make a stream on", []string{"stream", "init", "--server", "nats://127.0.0.1:1"}, exitFailure, "--server or --context"},
		{"a breach of the level asked for", append(at, "--fail-on", "warn"), exitBreach, ""},
		{"a breach below the level asked for", append(at, "--fail-on", "critical"), exitFine, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := run(t, c.args...).ends(c.code).reports(c.says)
			if c.code == exitUsage && strings.Count(strings.TrimSpace(r.stderr), "\n") > 8 {
				t.Errorf("a mistake is answered with a flood:\n%s", r.stderr)
			}
		})
	}
}

func TestNoPasswordComesBackInAnError(t *testing.T) {
	for _, args := range [][]string{
		{"publish", write(t, "day.ndjson", day), "--server", "nats://wall:canary@127.0.0.1:1"},
		{"snapshot", "--server", "nats://wall:canary@127.0.0.1:1"},
		{"stream", "init", "--server", "nats://wall:canary@127.0.0.1:1"},
	} {
		if r := run(t, args...).ends(exitFailure); strings.Contains(r.stdout+r.stderr, "canary") {
			t.Errorf("wallboard %s shows the password:\n%s", args[0], r.stderr)
		}
	}
}

func TestTheSampleConfigurationIsOneThatCheckAccepts(t *testing.T) {
	sample := run(t, "check", "--sample").ends(exitFine)
	if sample.stdout != config.Sample {
		t.Error("check --sample does not print the sample")
	}
	file := write(t, "config.toml", sample.stdout)
	run(t, "check", "--config", file).ends(exitFine).prints(file)
	broken := write(t, "config.toml", strings.Replace(sample.stdout, "answer_within", "answr_within", 1))
	run(t, "check", "--config", broken).ends(exitUsage).reports(`"answer_within"`, "line ")
}

func TestFlagsWinOverVariablesAndVariablesOverTheFile(t *testing.T) {
	home := t.TempDir()
	dir := filepath.Join(home, "wallboard")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "config.toml"), []byte("[nats]\nserver = \"nats://127.0.0.1:3\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	file := map[string]string{"XDG_CONFIG_HOME": home}
	both := map[string]string{"XDG_CONFIG_HOME": home, "WALLBOARD_SERVER": "nats://127.0.0.1:2"}
	for _, c := range []struct {
		name string
		env  map[string]string
		args []string
		asks string
	}{
		{"nothing given asks the usual place", nil, nil, "127.0.0.1:4222"},
		{"the file says where", file, nil, "127.0.0.1:3"},
		{"a variable wins over the file", both, nil, "127.0.0.1:2"},
		{"a flag wins over both", both, []string{"--server", "nats://127.0.0.1:1"}, "127.0.0.1:1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.asks == "127.0.0.1:4222" && listening(c.asks) {
				t.Skip("a server answers at the usual place")
			}
			call{env: c.env}.run(t, append([]string{"snapshot"}, c.args...)...).ends(exitFailure).reports(c.asks)
		})
	}
	call{env: map[string]string{"WALLBOARD_EVERY": "often"}}.run(t, "snapshot").ends(exitUsage).reports("WALLBOARD_EVERY")
}

func TestTheCatalogueIsListedAndExplained(t *testing.T) {
	run(t, "kpis").ends(exitFine).prints("service_level", "frt_p90")
	run(t, "kpis", "service_level").ends(exitFine).prints("unit          %", "floor", "left out", "late_abandons", "shipped default")
	run(t, "kpis", "service_level", "--lang", "zh-CN").ends(exitFine).prints("service_level", "未计入", "出厂默认", "短时限内放弃")
	for line := range strings.Lines(run(t, "kpis", "--json").ends(exitFine).stdout) {
		if !json.Valid([]byte(line)) {
			t.Errorf("not JSON: %s", line)
		}
	}
}

func TestCompletionsAndVersion(t *testing.T) {
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		run(t, "completion", shell).ends(exitFine).prints("wallboard")
	}
	run(t, "version").ends(exitFine).prints("wallboard", "go1")
	run(t, "__complete", "watch", "--page", "").ends(exitFine).prints("queues", "health")
	run(t, "__complete", "kpis", "service").ends(exitFine).prints("service_level")
}

func TestEveryCommandHasAnExample(t *testing.T) {
	root := (&program{}).rootCommand()
	for _, c := range root.Commands() {
		if c.Hidden || c.Name() == "version" || c.HasSubCommands() {
			continue
		}
		if c.Example == "" {
			t.Errorf("%s has no example", c.CommandPath())
		}
	}
}

func TestASnapshotIsAPictureATableOrCSV(t *testing.T) {
	events := write(t, "day.ndjson", day)
	frame := run(t, "snapshot", "--events", events, "--size", "80x24").ends(exitFine).prints("presale", "售后", "? keys")
	if rows := strings.Count(frame.stdout, "\n"); rows != 24 {
		t.Errorf("%d rows of 24", rows)
	}
	if strings.Contains(frame.stdout, "\x1b") {
		t.Error("a frame as text holds escape sequences")
	}
	run(t, "snapshot", "--events", events, "--ansi").ends(exitFine).prints("\x1b[")
	run(t, "snapshot", "--events", events, "--table", "--scope", "queue", "--window", "today").ends(exitFine).prints("presale", "售后", "offered")
	run(t, "snapshot", "--events", events, "--csv", "--kpis", "offered").ends(exitFine).prints("scope,", "offered")
	call{stdin: day}.run(t, "snapshot", "--events", "-", "--json").ends(exitFine).prints(`"schema":"wallboard/snapshot/1"`)
}

func TestStepsArePrintedOneObjectALine(t *testing.T) {
	events := write(t, "day.ndjson", day)
	r := run(t, "snapshot", "--events", events, "--json", "--at", "2026-11-21T09:00:00Z", "--every", "5m", "--until", "2026-11-21T09:15:00Z", "--scope", "floor", "--kpis", "offered").ends(exitFine)
	var ats []string
	for line := range strings.Lines(r.stdout) {
		var one struct{ At string }
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		ats = append(ats, one.At)
	}
	if got := strings.Join(ats, " "); got != "2026-11-21T09:00:00Z 2026-11-21T09:05:00Z 2026-11-21T09:10:00Z 2026-11-21T09:15:00Z" {
		t.Errorf("steps at %s", got)
	}
}

// log is what Asterisk writes: a call answered, one given up and written twice,
// a verb that means nothing here, a blank line and one that is none.
const log = `1384777270|1384777269.1|sales|NONE|ENTERQUEUE||5551|1
1384777275|1384777269.1|sales|Agent/1001|CONNECT|5|1384777270.2|3
1384777375|1384777269.1|sales|Agent/1001|COMPLETECALLER|5|100|1

1384777400|1384777399.3|sales|NONE|ENTERQUEUE||5552|1
1384777490|1384777399.3|sales|NONE|ABANDON|1|1|90
1384777490|1384777399.3|sales|NONE|ABANDON|1|1|90
1384777500|NONE|NONE|NONE|CONFIGRELOAD|
this is no line
`

// calls is a table of calls: one answered, one given up, one to be skipped, one
// on a day that does not exist.
const calls = "vru+line\tcall_id\tcustomer_id\tpriority\ttype\tdate\tvru_entry\tvru_exit\tvru_time\tq_start\tq_exit\tq_time\toutcome\tser_start\tser_exit\tser_time\tserver\n" +
	"AA0101\t1\t77\t2\tPS\t990201\t10:00:00\t10:00:10\t10\t10:00:10\t10:00:40\t30\tAGENT\t10:00:40\t10:03:00\t140\tLIN\n" +
	"AA0101\t2\t0\t0\tPS\t990201\t10:01:00\t10:01:06\t6\t10:01:06\t10:02:36\t90\tHANG\t0:00:00\t0:00:00\t0\tNO_SERVER\n" +
	"AA0101\t3\t0\t0\tNE\t990201\t10:05:00\t10:05:06\t6\t0:00:00\t0:00:00\t0\tPHANTOM\t0:00:00\t0:00:00\t0\tNO_SERVER\n" +
	"AA0101\t4\t0\t0\tNE\t990299\t10:06:00\t10:06:06\t6\t0:00:00\t0:00:00\t0\tAGENT\t0:00:00\t0:00:00\t0\tNO_SERVER\n"

func TestRecordsOfOtherSystemsBecomeEvents(t *testing.T) {
	for _, c := range []struct {
		name    string
		args    []string
		file    string
		reports []string
		offered string
	}{
		{"a queue_log", []string{"import", "queue_log"}, log, []string{"line 9: fewer than 5 fields", "9 lines: 6 used, 1 blank, 6 events", "ignored CONFIGRELOAD: 1", "unreadable fewer than 5 fields: 1"}, `"offered":{"value":2,`},
		{"a table of calls", []string{"import", "cdr", "--map", "bank1999"}, calls, []string{"line 5: bad date", "4 rows: 2 used, 5 events", "skipped outcome PHANTOM: 1", "unreadable bad date: 1"}, `"offered":{"value":2,`},
	} {
		t.Run(c.name, func(t *testing.T) {
			input := write(t, "records", c.file)
			printed := run(t, append(c.args, input)...).ends(exitFine).reports(c.reports...)
			if strings.Count(printed.stderr, "line ") != 1 {
				t.Errorf("the line is named more than once:\n%s", printed.stderr)
			}
			output := filepath.Join(t.TempDir(), "events.ndjson")
			run(t, append(c.args, input, "-o", output)...).ends(exitFine)
			if written, err := os.ReadFile(output); err != nil || string(written) != printed.stdout {
				t.Errorf("a file and standard output differ (%v)", err)
			}
			run(t, "snapshot", "--events", output, "--json", "--scope", "floor", "--window", "all", "--kpis", "offered").ends(exitFine).prints(c.offered)
			run(t, append(c.args, "--strict", input)...).ends(exitFailure).reports("line ")
		})
	}
}
