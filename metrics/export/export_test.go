package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
)

var update = flag.Bool("update", false, "write the golden files anew")

const at = int64(917_859_600_000) // 1999-02-01T11:00:00+02:00

type fixed struct{ scale int64 }

// Sums gives each figure of each window another value.
func (f fixed) Sums(w fact.Window, into *fact.Sums) {
	*into = fact.Sums{}
	if f.scale == 0 {
		return
	}
	for i, c := range []fact.Count{fact.Offered, fact.Overflowed, fact.WaitAnsweredMs, fact.WaitAbandonedMs, fact.AbandonedWithin, fact.OverflowedWithin, fact.LegsEnded, fact.TalkMs, fact.HoldMs, fact.WrapMs, fact.BusyMs, fact.LegMs, fact.FRTMs, fact.FirstReplies} {
		into.Counts[c] = f.scale*int64(i+1) + int64(w)
	}
	into.Counts[fact.OnlineMs], into.Counts[fact.Answered], into.Counts[fact.Abandoned] = 7_200_001, 903, 97
	into.Counts[fact.AnsweredWithin], into.Counts[fact.AbandonedShort] = 167, 13
	for p := range into.Peaks {
		into.Peaks[p] = f.scale * int64(p+3)
	}
	for d := range into.Dists {
		into.Dists[d] = fact.Quantiles{N: f.scale, P50: 12_345.678, P90: float64(f.scale) * 1000 / 3, P95: 1, P99: 2}
	}
}

func rowOf(scope metrics.Scope, floor, channel, queue, team, agent string, f fixed) *metrics.Row {
	now := &metrics.Now{}
	if f.scale > 0 {
		now = &metrics.Now{Waiting: 3, OldestSince: at - 61_234, OldestTotalSince: at - 99_001, WaitingBeyondT: 2, TalkLegs: 7, BusyPeople: 3, MembershipKnown: true, LoadShare: 9 * fact.ShareUnit / 7, LoadPeople: 3, Slots: 5, SlotsUsed: 6, People: 3}
	}
	return &metrics.Row{
		Key:   metrics.Key{Scope: scope, Floor: clean.Own(floor), Channel: clean.Own(channel), Queue: clean.Own(queue), Team: clean.Own(team), Agent: clean.Own(agent)},
		Level: metrics.ServiceLevel{AnswerWithin: 20 * time.Second, ShortAbandon: 5 * time.Second},
		Now:   now, View: f,
	}
}

func theSnapshot() *metrics.Snapshot {
	zone := time.FixedZone("", 2*3600)
	queues := []*metrics.Row{
		rowOf(metrics.ScopeQueue, "bank", "", "售前 \"A\"", "", "", fixed{3}),
		rowOf(metrics.ScopeQueue, "bank", "", "PS", "", "", fixed{7}),
	}
	queues[1].Level.AnswerWithin = -1
	agents := []*metrics.AgentView{{Row: rowOf(metrics.ScopeAgent, "bank", "", "", "", "1141", fixed{})}, {Row: rowOf(metrics.ScopeAgent, "bank", "", "", "", "1129", fixed{2})}}
	agents[1].Row.Past = true
	return &metrics.Snapshot{
		At: at,
		Floors: []*metrics.FloorView{{
			ID: clean.Own("bank"), Zone: zone, Row: rowOf(metrics.ScopeFloor, "bank", "", "", "", "", fixed{11}), Queues: queues,
			Channels: []*metrics.Row{rowOf(metrics.ScopeChannel, "bank", "voice", "", "", "", fixed{5})},
			Tables:   []*metrics.QueueView{{Row: rowOf(metrics.ScopeQueueChannel, "bank", "voice", "PS", "", "", fixed{5})}},
			Teams:    []*metrics.Row{rowOf(metrics.ScopeTeam, "bank", "", "", "夜班", "", fixed{2})},
			Agents:   metrics.AgentList{Pages: [][]*metrics.AgentView{agents}},
		}},
		Breaches: []metrics.Breach{{Rule: "oldest wait", Key: queues[1].Key, Level: metrics.LevelWarn, State: metrics.BreachFiring, Since: at - 30_500, Value: 99.001, Limit: 60}},
		Health:   metrics.Health{Received: 9, Applied: 6, Duplicates: 1, Late: 1, Rejected: map[string]int64{"bad_time": 1, "bad_json": 1}},
	}
}

func written(t *testing.T, write func(*bytes.Buffer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs:\n%s", name, got)
	}
}

func some(t *testing.T) Options {
	t.Helper()
	kpis, err := ParseKPIs("offered,service_level,oldest_wait,asa,frt_p90,slot_utilization,csat_weighted,burn_down")
	if err != nil {
		t.Fatal(err)
	}
	windows, err := ParseWindows("all,today,5m")
	if err != nil {
		t.Fatal(err)
	}
	return Options{Windows: windows, KPIs: kpis}
}

func TestJSONAsItWasAgreed(t *testing.T) {
	golden(t, "snapshot.json", written(t, func(b *bytes.Buffer) error { return JSON(b, theSnapshot(), some(t)) }))
}

func TestCSVAsItWasAgreed(t *testing.T) {
	got := written(t, func(b *bytes.Buffer) error { return CSV(b, theSnapshot(), some(t), WithHeader) })
	golden(t, "snapshot.csv", got)
	records, err := csv.NewReader(bytes.NewReader(got)).ReadAll()
	if err != nil || len(records[0]) != 8+8 {
		t.Errorf("%v, %v", err, records[0])
	}
}

func TestTextAsItWasAgreed(t *testing.T) {
	golden(t, "snapshot.txt", written(t, func(b *bytes.Buffer) error { return Text(b, theSnapshot(), some(t)) }))
}

func TestTheCatalogueAsItWasAgreed(t *testing.T) {
	golden(t, "kpis.txt", written(t, func(b *bytes.Buffer) error { return CatalogueText(b, English) }))
	golden(t, "kpis.zh.txt", written(t, func(b *bytes.Buffer) error { return CatalogueText(b, Chinese) }))
	golden(t, "kpis.json", written(t, func(b *bytes.Buffer) error { return CatalogueJSON(b) }))
}

type document struct {
	Schema, At, Mark string
	Rows             []struct {
		Scope, Floor, Channel, Queue, Team, Agent, Window string
		KPIs                                              map[string]struct {
			Value *float64
			N     int64
			Unit  string
		}
	}
	Breaches []struct{ Rule, Scope, Level, Since, State string }
	Health   map[string]any
}

func TestEveryNumberReadsBackBitForBit(t *testing.T) {
	s := theSnapshot()
	var doc document
	if err := json.Unmarshal(written(t, func(b *bytes.Buffer) error { return JSON(b, s, Options{}) }), &doc); err != nil {
		t.Fatal(err)
	}
	i := 0
	for _, row := range rows(s, Options{}) {
		for _, w := range (Options{}).windows() {
			if row.Past {
				continue
			}
			got := doc.Rows[i]
			i++
			if got.Scope != row.Key.Scope.String() || got.Queue != row.Key.Queue.String() || got.Agent != row.Key.Agent.String() || got.Window != w.String() || len(got.KPIs) != len(kpi.All()) {
				t.Fatalf("row %d is %s %s %s %s with %d KPIs", i, got.Scope, got.Queue, got.Agent, got.Window, len(got.KPIs))
			}
			var sums fact.Sums
			row.View.Sums(w, &sums)
			for _, k := range kpi.All() {
				want := k.Read(row, &sums, w, s.At)
				v := got.KPIs[k.ID]
				if (v.Value != nil) != want.OK || v.N != want.N || v.Unit != string(k.Unit) {
					t.Fatalf("%s of row %d: %+v, want %+v", k.ID, i, v, want)
				}
				if want.OK && math.Float64bits(*v.Value) != math.Float64bits(want.V) {
					t.Fatalf("%s of row %d: %v, want %v", k.ID, i, *v.Value, want.V)
				}
			}
		}
	}
	if i != len(doc.Rows) {
		t.Errorf("%d rows, want %d", len(doc.Rows), i)
	}
}

func TestNumbersAreTheShortestThatReadBack(t *testing.T) {
	for _, v := range []float64{0, math.Copysign(0, -1), 1, -1.5, 18.02, 1e-7, 1e21, 123456789.123456789, math.MaxFloat64, math.SmallestNonzeroFloat64, 1.0 / 3} {
		var got float64
		text := appendNumber(nil, v, true)
		if err := json.Unmarshal(text, &got); err != nil || got != v {
			t.Errorf("%s reads %v: %v", text, got, err)
		}
	}
	for _, v := range []float64{math.NaN(), math.Inf(1)} {
		if got := string(appendNumber(nil, v, true)); got != "null" {
			t.Errorf("%v is written %s", v, got)
		}
	}
}

func FuzzStringsReadBack(f *testing.F) {
	for _, s := range []string{"PS", "售前", `"\`, "\x00\x1f\u2028", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var got string
		if err := json.Unmarshal(appendString(nil, s), &got); err != nil || got != strings.ToValidUTF8(s, "\ufffd") && !strings.Contains(got, "\ufffd") {
			t.Errorf("%q reads %q: %v", s, got, err)
		}
	})
}

func TestTheSameSnapshotGivesTheSameBytes(t *testing.T) {
	first := written(t, func(b *bytes.Buffer) error { return JSON(b, theSnapshot(), Options{}) })
	for range 20 {
		if again := written(t, func(b *bytes.Buffer) error { return JSON(b, theSnapshot(), Options{}) }); !bytes.Equal(first, again) {
			t.Fatal("differs")
		}
	}
	if n := bytes.Count(first, []byte("\n")); n != 1 || first[len(first)-1] != '\n' {
		t.Errorf("%d line ends", n)
	}
}

func TestScopesChooseRows(t *testing.T) {
	for text, want := range map[string][]string{
		"":                      {"floor:bank", "channel:voice", "queue:PS", `queue:售前 "A"`, "queue_channel:PS/voice", "team:夜班", "agent:1129", "agent:1141"},
		"queue":                 {"queue:PS", `queue:售前 "A"`},
		"queue:PS":              {"queue:PS"},
		"queue:PS,nobody,agent": {"queue:PS", "agent:1129", "agent:1141"},
		"queue_channel:*/voice": {"queue_channel:PS/voice"},
		"queue_channel:PS/chat": nil,
		"floor:bank, team:夜班":   {"floor:bank", "team:夜班"},
	} {
		filters, err := ParseScopes(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
		}
		var got []string
		for _, r := range rows(theSnapshot(), Options{Scopes: filters}) {
			got = append(got, ScopeName(r.Key))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
	for _, text := range []string{"queues", "nobody", "queue,PS"} {
		if _, err := ParseScopes(text); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
}

func TestNumbersForPeopleRoundTowardTheBadSide(t *testing.T) {
	for _, row := range []struct {
		id   string
		v    float64
		want string
	}{{"service_level", 89.96, "89.9"}, {"abandon_rate", 5.01, "5.1"}, {"abandon_rate", 5.1, "5.1"}, {"service_level", 0.3, "0.3"}, {"offered", 12, "12"}} {
		if got := Number(kpi.Find(row.id), &kpi.Value{V: row.v, OK: true}); got != row.want {
			t.Errorf("%s %v reads %s, want %s", row.id, row.v, got, row.want)
		}
	}
}
