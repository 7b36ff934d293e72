package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"wallboard/feed/sim"
	"wallboard/metrics"
	"wallboard/metrics/board"
	"wallboard/metrics/clean"
	"wallboard/metrics/export"
	"wallboard/metrics/fact"
	"wallboard/metrics/history"
	"wallboard/metrics/kpi"
	"wallboard/metrics/review"
)

var midnight = time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)

// simulated is a board that has seen some hours of a floor, from its day's
// start.
func simulated(t *testing.T, upTo time.Duration) *board.Board {
	t.Helper()
	b, err := board.New(board.Config{Settings: metrics.DefaultSettings(time.UTC), ClockMode: metrics.ClockEvent, History: true})
	if err != nil {
		t.Fatal(err)
	}
	b.CaughtUp(0)
	floor, err := sim.New(sim.Options{Seed: 5, DayStart: midnight.UnixMilli(), Load: 0.1, End: midnight.Add(upTo).UnixMilli()})
	if err != nil {
		t.Fatal(err)
	}
	for ev := range floor.Events {
		b.Apply(ev)
	}
	b.StandAt(midnight.Add(upTo).UnixMilli())
	return b
}

// jsonRows are the rows of `snapshot --json --window today`, by scope and name.
func jsonRows(t *testing.T, s *metrics.Snapshot) map[string]map[string]*float64 {
	t.Helper()
	var out bytes.Buffer
	if err := export.JSON(&out, s, export.Options{Windows: []fact.Window{fact.WindowToday}}); err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Rows []struct {
			Scope, Channel, Queue, Team string
			KPIs                        map[string]struct{ Value *float64 }
		}
	}
	if err := json.Unmarshal(out.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	rows := map[string]map[string]*float64{}
	for _, r := range doc.Rows {
		values := map[string]*float64{}
		for id, v := range r.KPIs {
			values[id] = v.Value
		}
		rows[strings.Join([]string{r.Scope, r.Channel, r.Queue, r.Team}, "|")] = values
	}
	return rows
}

func TestEveryFigureEqualsTheSnapshotOfTheSameInstant(t *testing.T) {
	b := simulated(t, 13*time.Hour+7*time.Minute)
	s := b.Snapshot()
	rows := jsonRows(t, s)
	made := Make(OfSnapshot(s, s.Floors[0], 0, 0), nil, nil)
	var out bytes.Buffer
	if err := made.CSV(&out); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range lines[0] {
		column[name] = i
	}
	compared, offered := 0, int64(0)
	for _, line := range lines[1:] {
		get := func(name string) string { return line[column[name]] }
		switch get("section") {
		case "indicator", "part", "worst":
			if get("scope") == "rest" {
				continue
			}
			want := rows[strings.Join([]string{get("scope"), get("channel"), get("queue"), get("team")}, "|")][get("kpi")]
			got, err := strconv.ParseFloat(get("value"), 64)
			switch {
			case want == nil && get("value") == "":
			case want == nil || err != nil || got != *want:
				t.Errorf("%v: the snapshot says %v", line, want)
			default:
				compared++
			}
		case "hour":
			if get("kpi") == "offered" {
				n, _ := strconv.ParseInt(get("value"), 10, 64)
				offered += n
			}
		}
	}
	if want := rows["floor|||"]["offered"]; offered != int64(*want) || compared < 40 {
		t.Errorf("%d offered by the hour, the snapshot says %v; %d figures compared", offered, *want, compared)
	}
}

func TestAStoredDayReadsAsTheDayItWas(t *testing.T) {
	b := simulated(t, 26*time.Hour)
	days := b.Closed()
	if len(days) != 1 {
		t.Fatalf("%d days", len(days))
	}
	encoded, err := history.Encode(days[0])
	if err != nil {
		t.Fatal(err)
	}
	kept, err := history.Decode(encoded)
	if err != nil {
		t.Fatal(err)
	}
	end := simulated(t, 24*time.Hour-time.Millisecond).Snapshot()
	rows := jsonRows(t, end)["floor|||"]
	compared := 0
	for _, l := range Make(OfDay(kept, 0, 0), nil, nil).Lines {
		want := rows[l.KPI.ID]
		if l.KPI.Kind != kpi.Window || want == nil {
			continue
		}
		compared++
		// Turns still open are decided when the day closes, as not answered.
		if l.KPI.ID == "reply_rate_3m" && l.Value.V <= *want && *want-l.Value.V < 0.1 {
			continue
		}
		// The last millisecond of the day is in the day, not in the snapshot.
		if !l.Value.OK || math.Abs(l.Value.V-*want) > 1e-6*math.Abs(*want)+1e-9 {
			t.Errorf("%s: %v, at the day's end it was %v", l.KPI.ID, l.Value, *want)
		}
	}
	if compared < 10 {
		t.Errorf("only %d figures compared", compared)
	}
}

func TestAShiftIsTheQuartersItHas(t *testing.T) {
	b := simulated(t, 13*time.Hour)
	s := b.Snapshot()
	from, to := midnight.Add(9*time.Hour).UnixMilli(), midnight.Add(11*time.Hour+30*time.Minute).UnixMilli()
	made := Make(OfSnapshot(s, s.Floors[0], from, to), nil, nil)
	day := b.Today(s.Floors[0].ID.String())
	var want fact.Sums
	day.Row(s.Floors[0].Row.Key, from, to).View.Sums(0, &want)
	offered := 0.0
	for _, h := range made.Volume {
		offered += h.Offered.V
	}
	if int64(offered) != want.Counts[fact.Offered] || len(made.Volume) != 3 || made.To != to {
		t.Errorf("%v offered in %d hours up to %d, want %d", offered, len(made.Volume), made.To, want.Counts[fact.Offered])
	}
	for _, l := range made.Lines {
		if l.KPI.ID == "service_level" && l.Value.N != want.Counts[fact.Answered]+want.Counts[fact.Abandoned]-want.Counts[fact.AbandonedShort] {
			t.Errorf("service level of %d", l.Value.N)
		}
	}
}

func noSource(metrics.Key) review.Source                 { return review.Source{} }
func noHour(metrics.Key, metrics.HourSpan) review.Source { return review.Source{} }

// hostile is a report about names that would be markup.
func hostile() *Report {
	name := clean.Own(`<script src="http://x">|=cmd()`)
	key := metrics.Key{Scope: metrics.ScopeQueue, Floor: clean.Own("hz"), Queue: name}
	side := Side{Floor: name, Zone: time.UTC, From: midnight.UnixMilli(), To: midnight.Add(time.Hour).UnixMilli(), Keys: []metrics.Key{key}, whole: noSource, hour: noHour}
	side.Episodes = []metrics.Episode{{Rule: "=1+1", KPI: "asa", Key: key, Level: metrics.LevelCritical, FiringSince: midnight.UnixMilli(), AckedBy: name}}
	side.Account.Rejected = map[string]int64{"bad_json": 3}
	return Make(side, nil, nil)
}

func TestNamesFromOutsideAreTextInEveryForm(t *testing.T) {
	var html, md, table bytes.Buffer
	r := hostile()
	if err := r.HTML(&html, export.English); err != nil {
		t.Fatal(err)
	}
	if err := r.Markdown(&md, export.Chinese); err != nil {
		t.Fatal(err)
	}
	if err := r.CSV(&table); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"<script", "<link", "<img", "src=\"", "url(", "@import", "javascript:"} {
		if strings.Contains(html.String(), bad) {
			t.Errorf("the page holds %s", bad)
		}
	}
	if !strings.Contains(html.String(), "prefers-color-scheme") || !strings.Contains(html.String(), "&lt;script") {
		t.Error("the page is neither light nor dark, or lost its name")
	}
	if strings.Contains(strings.ReplaceAll(md.String(), `\<`, ""), "<script") || !strings.Contains(md.String(), `\<script`) {
		t.Errorf("%s", md.String())
	}
	if strings.Contains(table.String(), ",=1+1") || !strings.Contains(table.String(), ",'=1+1") {
		t.Errorf("%s", table.String())
	}
}
