package cdr_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wallboard/feed/adapt/cdr"
)

func TestShippedMaps(t *testing.T) {
	var names []string
	for _, info := range cdr.Maps() {
		names = append(names, info.Name)
		if info.About == "" {
			t.Errorf("map %s says nothing about itself", info.Name)
		}
	}
	if got := strings.Join(names, " "); got != "bank1999 helpdesk-it pwc servicenow twitter-ibm twitter-twcs" {
		t.Errorf("maps: %s", got)
	}
	if _, err := cdr.Load("bank"); err == nil || !strings.Contains(err.Error(), "bank1999") {
		t.Errorf("an unknown name lists those that ship: %v", err)
	}
	file := filepath.Join(t.TempDir(), "mine.toml")
	if err := os.WriteFile(file, []byte(minimal), 0o600); err != nil {
		t.Fatal(err)
	}
	if m, err := cdr.Load(file); err != nil || m.Name != "mine" || m.Source != "/cdr/mine" {
		t.Errorf("%+v %v", m, err)
	}
}

const minimal = `floor = "f"
channel = "voice"
session = "{id}"
[time]
layout = "%Y-%m-%d %H:%M:%S"
[answered]
wait = [["in", "answer"]]
closed = ["out", "+talk"]
[abandoned]
wait = [["in", "out"]]
`

func TestMapsAreStrict(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"an unknown key names itself, its line and the nearest", "flor = \"f\"\n" + minimal, `line 1: unknown key "flor" (nearest: "floor")`},
		{"an unknown key of a table", minimal + "[rating]\nscor = \"{x}\"\n", `line 12: unknown key "rating.scor" (nearest: "score")`},
		{"an unknown key of a list of tables", minimal + "[[message]]\nbuy = \"agent\"\n", `unknown key "message.buy" (nearest: "by")`},
		{"broken TOML has a line", "floor = \n", "line 1"},
		{"a session without a column", strings.Replace(minimal, "{id}", "id", 1), "names no {column}"},
		{"an open brace", strings.Replace(minimal, "{id}", "{id", 1), "without its column"},
		{"no floor", strings.Replace(minimal, `floor = "f"`, "", 1), "floor is missing"},
		{"a layout with an unknown directive", strings.Replace(minimal, "%S", "%Z", 1), "time.layout"},
		{"a layout without a day", strings.Replace(minimal, "%Y-%m-%d ", "", 1), "holds no day"},
		{"a zone that does not exist", `zone = "Asia/Nowhere"` + "\n" + minimal, "zone"},
		{"a format that does not exist", `format = "xls"` + "\n" + minimal, "format"},
		{"a delimiter of two characters", `delimiter = ";;"` + "\n" + minimal, "delimiter"},
		{"an outcome with two meanings", "outcome = \"o\"\n" + strings.NewReplacer("[answered]", "[answered]\nwhen = [\"A\"]", "[abandoned]", "[abandoned]\nwhen = [\"A\"]").Replace(minimal), "two meanings"},
		{"an end that is no pair", strings.Replace(minimal, `["in", "answer"]`, `["in"]`, 1), "pairs"},
		{"rows in a table of contacts", minimal + "[[row]]\nwhen = [\"x\"]\n", "activity"},
		{"an unknown deed", "activity = \"{a}\"\nfloor = \"f\"\nchannel = \"c\"\nsession = \"{s}\"\n[time]\ncolumn = \"t\"\nlayout = \"%s\"\n[[row]]\nwhen = [\"x\"]\ndo = [\"reslved\"]\n", `(nearest: "resolved")`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := cdr.Parse("test", []byte(c.text))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestColumnsAreCheckedAgainstTheTable(t *testing.T) {
	m, err := cdr.Parse("test", []byte(minimal))
	if err != nil {
		t.Fatal(err)
	}
	_, err = m.Import(strings.NewReader("id,in,answr,out,talk\n"), cdr.Options{}, nil)
	if err == nil || !strings.Contains(err.Error(), `column "answer" is not in the table (nearest: "answr")`) {
		t.Errorf("%v", err)
	}
}

func TestAnOwnTable(t *testing.T) {
	text := `delimiter = ";"
queue = "{skill}"
agent = "{agent}"
zone = "Europe/Berlin"
` + minimal + `[[message]]
by = "customer"
at = ["in"]
[[message]]
by = "agent"
at = ["reply"]
`
	m, err := cdr.Parse("test", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	got, report := run(t, m, `id;in;answer;out;talk;skill;agent;reply
1;2026-03-02 10:00:00;2026-03-02 10:00:09;;1:30;"sales; ""new""
lines";Ann;2026-03-02 10:00:20
2;2026-03-02 10:00:05;;2026-03-02 10:00:35;;sales;Ann;
3;2026-03-02 10:00:05;;;;sales;Ann;
4;2026-10-25 02:10:00;2026-10-25 02:20:00;2026-10-25 02:05:00;;night;Ann;
5;"2026-03-02 10:00:05;never closed
6;2026-03-02 10:01:00;2026-03-02 10:01:00;;12.5;sales;Ann;2026-03-02 10:02:00
`, cdr.Options{})
	same(t, got,
		`02 10:00:00 queued 1 sales; "new" lines`,
		`02 10:00:00 message 1 by=1`,
		`02 10:00:05 queued 2 sales`,
		`02 10:00:05 message 2 by=1`,
		`02 10:00:09 assigned 1 sales; "new" lines Ann`,
		`02 10:00:20 message 1 Ann by=2`,
		`02 10:00:35 closed 2 sales outcome=4 by=1`,
		`02 10:01:00 queued 6 sales`,
		`02 10:01:00 assigned 6 sales Ann`,
		`02 10:01:00 message 6 by=1`,
		`02 10:01:12 closed 6 sales Ann`,
		`02 10:01:39 closed 1 sales; "new" lines Ann`,
		`25 02:10:00 queued 4 night`,
		`25 02:10:00 message 4 by=1`,
		`25 02:20:00 assigned 4 night Ann`,
		`25 02:20:00 closed 4 night Ann`)
	if report.Unreadable["quote never closed"] != 1 || report.Skipped["row without a wait"] != 1 || report.Lost != 1 {
		t.Errorf("%+v", report)
	}
}
