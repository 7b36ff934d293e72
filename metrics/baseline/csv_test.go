package baseline

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// csvRow is a line as a reader outside sees it.
type csvRow struct {
	T               string
	V               float64
	Lo, Hi          *float64
	Surprise, Score float64
	Learning        bool
	Reason          string
}

func runCSV(t testing.TB, text string, o CSVOptions) ([]csvRow, CSVReport, []string) {
	t.Helper()
	var out bytes.Buffer
	var problems []string
	o.Problem = func(line int, reason error) { problems = append(problems, fmt.Sprintf("%d: %v", line, reason)) }
	report, err := RunCSV(strings.NewReader(text), &out, o)
	if err != nil {
		t.Fatal(err)
	}
	var rows []csvRow
	for line := range strings.Lines(out.String()) {
		var row csvRow
		decoder := json.NewDecoder(strings.NewReader(line))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&row); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		rows = append(rows, row)
	}
	return rows, report, problems
}

func csvOf(step time.Duration, n int, next func(i int) float64) string {
	var b strings.Builder
	b.WriteString("timestamp,value\n")
	at := time.Date(2021, 3, 1, 7, 0, 0, 0, time.UTC)
	for i := range n {
		fmt.Fprintf(&b, "%s,%v\n", at.Format(time.DateTime), next(i))
		at = at.Add(step)
	}
	return b.String()
}

func TestNoRowLooksAhead(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, step := range []time.Duration{time.Minute, 5 * time.Minute, time.Hour, 7*time.Minute + 13*time.Second} {
		text := csvOf(step, 900, oneOf(r))
		lines := strings.SplitAfter(text, "\n")
		var whole bytes.Buffer
		if _, err := RunCSV(strings.NewReader(text), &whole, CSVOptions{}); err != nil {
			t.Fatal(err)
		}
		for _, n := range []int{2, 3, 5, 20, 64, 101, 400, 899} {
			var part bytes.Buffer
			if _, err := RunCSV(strings.NewReader(strings.Join(lines[:n+1], "")), &part, CSVOptions{}); err != nil && n > 2 {
				t.Fatal(err)
			}
			if !bytes.HasPrefix(whole.Bytes(), part.Bytes()) || bytes.Count(part.Bytes(), []byte("\n")) != n {
				t.Errorf("at %v the first %d rows alone read differently", step, n)
			}
		}
	}
}

func TestCSVRowsKeepTheContract(t *testing.T) {
	text := csvOf(5*time.Minute, 4000, func(i int) float64 {
		if i == 3500 {
			return 500
		}
		return 50 + 10*math.Sin(float64(i)/46) + float64(i*7919%13)
	})
	rows, report, problems := runCSV(t, text, CSVOptions{})
	if len(rows) != 4000 || report.Rows != 4000 || report.Learning != 100 || report.Step != 5*time.Minute || len(problems) != 0 {
		t.Fatalf("%d rows, report %+v, problems %v", len(rows), report, problems)
	}
	if rows[0].T != "2021-03-01 07:00:00" || rows[0].Reason != "learning 1/100" || rows[99].Reason != "learning 100/100" {
		t.Errorf("first rows: %+v, %+v", rows[0], rows[99])
	}
	for i, row := range rows {
		switch {
		case row.Learning != (i < 100), row.Learning != (row.Lo == nil), row.Learning != (row.Hi == nil):
			t.Fatalf("row %d: %+v", i, row)
		case row.Score < 0 || row.Score >= 1:
			t.Fatalf("row %d: score %v", i, row.Score)
		case !row.Learning && (row.Score > 0.5) != (row.V < *row.Lo || row.V > *row.Hi):
			t.Fatalf("row %d: %v of [%v, %v] scores %v", i, row.V, *row.Lo, *row.Hi, row.Score)
		}
	}
	if spike := rows[3500]; spike.Score < 0.6 || !strings.Contains(spike.Reason, "above the usual for this time of day") {
		t.Errorf("the spike: %+v", spike)
	}
}

func TestCSVReadsWhatPeopleHave(t *testing.T) {
	rows := []struct {
		name, text string
		want       int
		problems   []string
	}{
		{"other columns around", "id,value,note,timestamp\n1,5,x,2021-03-01 07:00:00\n2,6,y,2021-03-01 07:05:00\n", 2, nil},
		{"a value column of another name", "timestamp,calls\n2003-03-03 07:00:00,111\n2003-03-03 07:05:00,113\n", 2, nil},
		{"no header", "2003-03-03 07:00:00,111\n2003-03-03 07:05:00,113\n", 2, nil},
		{"a byte order mark and carriage returns", "\ufefftimestamp,value\r\n2003-03-03 07:00:00,111\r\n2003-03-03 07:05:00,113\r\n", 2, nil},
		{"RFC 3339 with offsets and fractions", "timestamp,value\n2003-03-03T07:00:00+02:00,1\n2003-03-03T07:05:00.250Z,2\n\"2003-03-03 09:10:00.000000\",3\n", 3, nil},
		{"rows missing between", "timestamp,value\n2003-03-03 07:00:00,1\n2003-03-03 07:05:00,2\n2003-03-05 07:10:00,3\n", 3, nil},
		{"bad rows between good ones", "timestamp,value\n2003-03-03 07:00:00,1\nyesterday,2\n2003-03-03 07:10:00,many\n2003-03-03 07:15:00,\n2003-03-03 07:20:00,NaN\n2003-03-03\n\n2003-03-03 07:25:00,6\n", 2,
			[]string{"3: timestamp", "4: value \"many\"", "5: no value", "6: value \"NaN\"", "7: 1 columns"}},
		{"an open quote", "timestamp,value\n\"2003-03-03 07:00:00,1\n2003-03-03 07:05:00,2\n", 2, nil},
		{"a row without end", "timestamp,value\n2003-03-03 07:00:00,1\n" + strings.Repeat("9", 1<<17) + "\n2003-03-03 07:05:00,2\n", 2, []string{"3: row longer"}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			got, report, problems := runCSV(t, row.text, CSVOptions{})
			if len(got) != row.want || report.Unreadable != len(row.problems) {
				t.Fatalf("%d rows, report %+v, problems %v", len(got), report, problems)
			}
			for i, p := range row.problems {
				if !strings.HasPrefix(problems[i], p) {
					t.Errorf("problem %q, expected %q", problems[i], p)
				}
			}
		})
	}
}

func TestStepIsInferredFromRowsSoFar(t *testing.T) {
	text := csvOf(time.Hour, 30, func(i int) float64 { return float64(1 + i%3) })
	if _, report, _ := runCSV(t, text, CSVOptions{}); report.Step != time.Hour || report.Learning != 20 {
		t.Errorf("report %+v", report)
	}
	var given CSVOptions
	given.Step = time.Minute
	if _, report, _ := runCSV(t, text, given); report.Step != time.Minute || report.Learning != 30 {
		t.Errorf("with a step given: %+v", report)
	}
	still := "timestamp,value\n2003-03-03 07:00:00,1\n2003-03-03 07:00:00,1\n"
	if _, err := RunCSV(strings.NewReader(still), &bytes.Buffer{}, CSVOptions{}); !errors.Is(err, ErrNoStep) {
		t.Errorf("two rows of one time: %v", err)
	}
}

func TestTimeOfDayOfARowIsTheWallClock(t *testing.T) {
	shanghai := time.FixedZone("", 8*3600)
	for _, row := range []struct {
		text string
		zone *time.Location
		want string
	}{
		{"2021-03-01 07:00:00", nil, "07:00"},
		{"2021-03-01 07:00:00", shanghai, "07:00"},
		{"2021-03-01T07:00:00+02:00", nil, "07:00"},
		{"2021-03-01T07:00:00+02:00", shanghai, "13:00"},
		{"2021-03-01T07:00:00Z", shanghai, "15:00"},
	} {
		s, err := parseStamp(row.text, row.zone)
		if got := time.UnixMilli(s.wall).UTC().Format("15:04"); err != nil || got != row.want {
			t.Errorf("%s in %v is at %s (%v), not %s", row.text, row.zone, got, err, row.want)
		}
	}
}

func FuzzCSV(f *testing.F) {
	f.Add("timestamp,value\n2003-03-03 07:00:00,111\n2003-03-03 07:05:00,1e99\n")
	f.Add("value,timestamp\n\"1\",2003-03-03T07:00:00+25:00\n")
	f.Fuzz(func(t *testing.T, text string) {
		var out bytes.Buffer
		report, err := RunCSV(strings.NewReader(text), &out, CSVOptions{})
		if err != nil && !errors.Is(err, ErrNoStep) {
			t.Fatal(err)
		}
		n := 0
		for line := range strings.Lines(out.String()) {
			if n++; !json.Valid([]byte(line)) {
				t.Fatalf("%q is no JSON", line)
			}
		}
		if n != report.Rows {
			t.Fatalf("%d lines, %d reported", n, report.Rows)
		}
	})
}
