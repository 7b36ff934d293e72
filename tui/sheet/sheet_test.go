package sheet

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
)

func sample() *Sheet {
	return &Sheet{
		Head: Head{Page: "queues", Floor: "hz", Scope: "floor:hz", Window: fact.WindowToday, At: 1762840800000, Zone: time.FixedZone("CST", 8*3600), Mark: metrics.MarkStale, Held: true},
		Tables: []Table{{Name: "queues", Columns: []string{"queue", "waiting", "share"}, Rows: [][]Cell{
			{Text(clean.Own(`=HYPERLINK("http://x")`)), Count(41), Number(1.0 / 3)},
			{Text(clean.Own(`a "b", c`)), Number(-2), Number(math.NaN())},
			{Text(clean.Own("＠cmd")), Number(math.Inf(1)), {}},
		}}},
	}
}

func TestCSVIsReadBackAndRunsNoFormula(t *testing.T) {
	var b bytes.Buffer
	if err := sample().CSV(&b); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "\r\n"); n != 4 || strings.Count(b.String(), "\n") != n {
		t.Errorf("lines do not end as RFC 4180 has it: %q", b.String())
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	lead := []string{"queues", "queues", "hz", "floor:hz", "today", "2025-11-11T14:00:00+08:00", "STALE, HELD"}
	for i, want := range [][]string{
		{`'=HYPERLINK("http://x")`, "41", "0.3333333333333333"}, {`a "b", c`, "-2", ""}, {"'＠cmd", "", ""},
	} {
		if got := rows[i+1]; !slices.Equal(got, append(slices.Clone(lead), want...)) {
			t.Errorf("row %d is %q", i+1, got)
		}
	}
}

func TestFormulasOfAnyFormAreTexts(t *testing.T) {
	for _, s := range []string{"=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", "＋1", "－1"} {
		if got := Word(s).csv(); got != "'"+s {
			t.Errorf("%q is written as %q", s, got)
		}
	}
	for _, s := range []string{"refund", "a=b", "售前", "'quoted", ""} {
		if got := Word(s).csv(); got != s {
			t.Errorf("%q is written as %q", s, got)
		}
	}
}

func TestJSONSaysWhatItIsOf(t *testing.T) {
	var b bytes.Buffer
	if err := sample().JSON(&b); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Schema, At, Mark, Page, Floor, Scope, Window string
		Held                                         bool
		Tables                                       []struct {
			Name    string
			Columns []string
			Rows    []map[string]any
		}
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatalf("%v: %s", err, b.String())
	}
	if got.Schema != Schema || got.Mark != "STALE" || !got.Held || got.Window != "today" || got.At != "2025-11-11T14:00:00+08:00" {
		t.Errorf("the head is %+v", got)
	}
	if row := got.Tables[0].Rows[0]; row["queue"] != `=HYPERLINK("http://x")` || row["waiting"] != 41.0 || row["share"] != 1.0/3 {
		t.Errorf("the first row is %v: JSON runs nothing, so it guards nothing", row)
	}
	if row := got.Tables[0].Rows[1]; row["share"] != nil {
		t.Errorf("no data is %v, want null", row["share"])
	}
}

func TestAPictureAloneHasNoTable(t *testing.T) {
	s := &Sheet{Head: Head{Page: "heat"}}
	if !s.Empty() {
		t.Error("it claims a table")
	}
	if err := s.CSV(new(bytes.Buffer)); err == nil {
		t.Error("CSV of nothing is no error")
	}
}
