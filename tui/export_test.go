package tui

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/tuitest"
)

// shelf is an exporter that keeps files in memory.
type shelf struct {
	files map[string]string
	err   error
}

func (s *shelf) Where(name string) string { return "/exports/" + name }

func (s *shelf) Write(name string, content func(io.Writer) error) (string, error) {
	if s.err != nil {
		return "", s.err
	}
	var b bytes.Buffer
	if err := content(&b); err != nil {
		return "", err
	}
	s.files[s.Where(name)] = b.String()
	return s.Where(name), nil
}

// exporting sits down before a screen that can write files.
func exportingAt(t *testing.T, s *metrics.Snapshot, w, h int) (*robot, *shelf) {
	r := at(t, s, w, h)
	return r, r.v.exporter.(*shelf)
}

// written waits for the file that was asked for.
func (r *robot) written() *robot {
	r.t.Helper()
	save := r.v.save()
	if save == nil {
		r.t.Fatalf("no file was asked for:\n%s", r.frame())
	}
	r.v.wrote(save().(exportWritten))
	return r
}

// only is the one file on the shelf, taken away.
func (s *shelf) only(t *testing.T, name string) string {
	t.Helper()
	content, ok := s.files[s.Where(name)]
	if !ok || len(s.files) != 1 {
		t.Fatalf("%q is not the one file of %d", name, len(s.files))
	}
	clear(s.files)
	return content
}

func TestTheScreenIsWrittenAsItIs(t *testing.T) {
	r, to := exportingAt(t, busy(), 120, 32)
	r.press("2", "down", "down")
	shown := r.frame()
	r.press("x").sees("export what is on the screen", "the table: 14 rows of", "/exports/wallboard-hangzhou-queues-20251111-140533.txt")
	r.press("enter").sees("writing").written().sees("written to /exports/wallboard-hangzhou-queues-20251111-140533.txt")
	text := to.only(t, "wallboard-hangzhou-queues-20251111-140533.txt")
	if want := shown + "queues  hangzhou  floor:hangzhou  today  2025-11-11T14:05:33+08:00  LIVE\n"; text != want {
		t.Errorf("the text differs:\n%s", difference(want, text))
	}
	r.press("x", "esc").misses("export what is on the screen")
	if r.v.file != nil {
		t.Error("esc writes")
	}
}

func TestTheTableIsWrittenAsItIsSortedAndFiltered(t *testing.T) {
	r, to := exportingAt(t, busy(), 80, 24)
	r.press("2", "/").types("voice").press("enter").press("x", "c", "enter").written()
	rows, err := csv.NewReader(strings.NewReader(to.only(t, "wallboard-hangzhou-queues-20251111-140533.csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := slices.Index(rows[0], "channel")
	for _, row := range rows[1:] {
		if row[column] != "voice" {
			t.Errorf("a row of %q is in the file of voice", row[column])
		}
	}
	if len(rows) < 3 || !slices.Contains(rows[0], "frt_p90") {
		t.Errorf("%d rows of %q: what 80 cells have no room for is missing", len(rows), rows[0])
	}
}

func TestFiguresAreWrittenAsASnapshotOfWhatIsInView(t *testing.T) {
	r, to := exportingAt(t, busy(), 120, 32)
	r.press("w", "f").types("voice").press("enter", "x", "j", "enter").written()
	var got struct {
		Schema, Mark, Page, Scope, Window string
		Rows                              []struct{ Scope, Channel, Window string }
		Breaches                          []map[string]any
		Health                            map[string]any
	}
	if err := json.Unmarshal([]byte(to.only(t, "wallboard-hangzhou-wall-20251111-140533.json")), &got); err != nil {
		t.Fatal(err)
	}
	if got.Schema != "wallboard/snapshot/1" || got.Page != "wall" || got.Scope != "channel:voice" || got.Window != "60m" || got.Health == nil || len(got.Breaches) == 0 {
		t.Errorf("the head is %+v", got)
	}
	for _, row := range got.Rows {
		if row.Channel != "voice" || row.Window != "60m" {
			t.Errorf("a row of %+v is not in view", row)
		}
	}
}

func TestAHeldScreenWritesWhatItShows(t *testing.T) {
	r, to := exportingAt(t, busy(), 120, 32)
	r.press("2", "space").then(calm(), 60_000).press("x", "c", "enter").written()
	held := to.only(t, "wallboard-hangzhou-queues-20251111-140533.csv")
	if !strings.Contains(held, "2025-11-11T14:05:33+08:00,\"LIVE, HELD\",critical,refund,app,41,") {
		t.Errorf("the file is not that of the held screen:\n%s", held)
	}
	stale := tuitest.Marked(busy(), metrics.Mark{Kind: metrics.MarkStale, Since: busy().At - 40_000})
	r, to = exportingAt(t, stale, 120, 32)
	r.press("x", "c", "enter").written()
	if file := to.only(t, "wallboard-hangzhou-wall-20251111-140533.csv"); !strings.Contains(file, ",STALE,stale,refund") {
		t.Errorf("nothing says that it is stale:\n%s", file)
	}
}

func TestEveryPageIsWrittenInEveryForm(t *testing.T) {
	pages := map[string][]string{
		"wall": {"1"}, "queues": {"2"}, "agents": {"3"}, "breaches": {"4"}, "past breaches": {"4", "tab"}, "indicators": {"5"}, "who makes the gap": {"5", "enter"}, "heat": {"6", "v"},
		"staffing": {"7"}, "teams": {"7", "v"}, "sessions": {"8"}, "health": {"9"}, "one queue": {"2", "down", "enter"}, "its people": {"2", "down", "enter", "tab"}, "one agent": {"3", "enter"}, "one session": {"8", "tab", "enter"},
	}
	for name, keys := range pages {
		t.Run(name, func(t *testing.T) {
			r, to := exportingAt(t, busy(), 120, 32)
			r.press(keys...)
			for _, form := range []string{"t", "c", "j"} {
				r.press("x", form, "enter").written()
			}
			if len(to.files) != 3 {
				t.Fatalf("%d files", len(to.files))
			}
			for path, content := range to.files {
				checkExport(t, path, content)
			}
		})
	}
}

func checkExport(t *testing.T, path, content string) {
	t.Helper()
	switch path[strings.LastIndex(path, "."):] {
	case ".csv":
		rows, err := csv.NewReader(strings.NewReader(content)).ReadAll()
		if err != nil || len(rows) < 2 {
			t.Fatalf("%s: %d rows, %v", path, len(rows), err)
		}
		head := slices.Sorted(slices.Values(rows[0]))
		if len(slices.Compact(head)) != len(rows[0]) {
			t.Errorf("%s: two columns have one name: %q", path, rows[0])
		}
		for _, one := range slices.Concat(rows...) {
			if strings.ContainsFunc(one, func(r rune) bool { return r < ' ' }) {
				t.Errorf("%s: a control character in %q", path, one)
			}
		}
	case ".json":
		var v map[string]any
		if err := json.Unmarshal([]byte(content), &v); err != nil || v["at"] != "2025-11-11T14:05:33+08:00" || v["mark"] != "LIVE" || v["floor"] != "hangzhou" {
			t.Errorf("%s: %v, %v %v %v", path, err, v["at"], v["mark"], v["floor"])
		}
	case ".txt":
		if !strings.Contains(content, "hangzhou  floor:hangzhou  today  2025-11-11T14:05:33+08:00  LIVE\n") {
			t.Errorf("%s does not say what it is of", path)
		}
	}
}

func TestAWallsFileNamesNobody(t *testing.T) {
	s := busy()
	a := s.Floors[0].Agents.Pages[0][3]
	s.Breaches = append(s.Breaches, metrics.Breach{Rule: "wrap", KPI: "aht", Level: metrics.LevelCritical, State: metrics.BreachFiring,
		Key: metrics.Key{Scope: metrics.ScopeAgent, Floor: s.Floors[0].ID, Agent: a.ID}, FiringSince: s.At - 1000, Value: 9, Limit: 5})
	r, to := exportingAt(t, s, 200, 60)
	for _, form := range []string{"t", "c", "j"} {
		r.press("x", form, "enter").written()
	}
	r.press("4", "x", "c", "enter").written()
	for path, content := range to.files {
		for one := range s.Floors[0].Agents.All {
			if strings.Contains(content, one.ID.String()+"\"") || !one.Name.Empty() && strings.Contains(content, one.Name.String()) {
				t.Fatalf("%s names %s", path, one.ID)
			}
		}
		if !strings.Contains(content, a.Team.String()) {
			t.Errorf("%s does not name the team", path)
		}
	}
}

func TestAScreenThatCannotWriteSaysSo(t *testing.T) {
	looks := at(t, busy(), 120, 32)
	looks.v.exporter = nil
	looks.press("x").sees("this screen cannot write files").misses("export what is on the screen")
	r, to := exportingAt(t, busy(), 120, 32)
	to.err = errors.New("no space left")
	r.press("x", "enter").written().sees("not written: no space left")
}

func TestAFloorsNameCannotLeaveTheDirectory(t *testing.T) {
	s := busy()
	s.Floors[0].ID = clean.Own("../etc/" + strings.Repeat("双", 60))
	r, to := exportingAt(t, s, 120, 32)
	r.press("x", "enter").written()
	to.only(t, fmt.Sprintf("wallboard-___etc_%s-wall-20251111-140533.txt", strings.Repeat("双", 33)))
}

// exportsNot writes the page in every form and fails if a file holds a secret.
func exportsNot(r *robot, secrets ...string) {
	r.t.Helper()
	to := &shelf{files: map[string]string{}}
	r.v.exporter = to
	for _, form := range []string{"t", "c", "j"} {
		if r.press("x", form, "enter").v.file != nil {
			r.written()
		}
	}
	for path, content := range to.files {
		for _, secret := range secrets {
			if strings.Contains(content, secret) {
				r.t.Errorf("%s tells %q", path, secret)
			}
		}
	}
}
