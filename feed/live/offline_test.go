package live

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/board"
	"wallboard/metrics/export"
	"wallboard/metrics/fact"
)

// nine is where the days of these tests begin to be busy.
var nine = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)

func testBoard(mode metrics.ClockMode) board.Config {
	return board.Config{Settings: metrics.DefaultSettings(time.UTC), ClockMode: mode}
}

// shop is a small day: every session is queued, answered and closed, except
// that every seventh gives up.
func shop(sessions int) []string {
	rng := rand.New(rand.NewPCG(1, 2))
	type line struct {
		at   time.Time
		text string
	}
	var lines []line
	add := func(at time.Time, session int, verb, rest string) {
		lines = append(lines, line{at, fmt.Sprintf(
			`{"specversion":"1.0","id":"%d-%s","source":"/acd","type":"session.%s","time":%q,"floor":"hz","session":"s%d","channel":"chat","queue":"q%d"%s}`,
			session, verb, verb, at.Format("2006-01-02T15:04:05.000Z07:00"), session, session%3, rest)})
	}
	for i := range sessions {
		at := nine.Add(time.Duration(rng.IntN(4*3600*1000)) * time.Millisecond)
		add(at, i, "queued", "")
		at = at.Add(time.Duration(1+rng.IntN(90_000)) * time.Millisecond)
		if i%7 == 0 {
			add(at, i, "closed", `,"data":{"outcome":"abandoned"}`)
			continue
		}
		agent := fmt.Sprintf(`,"agent":"a%d"`, i%20)
		add(at, i, "assigned", agent)
		add(at.Add(time.Duration(1+rng.IntN(300_000))*time.Millisecond), i, "closed", agent)
	}
	slices.SortStableFunc(lines, func(a, b line) int { return a.at.Compare(b.at) })
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = l.text
	}
	return out
}

func input(name string, lines ...string) Input {
	text := strings.Join(lines, "\n")
	return Input{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}
}

// asJSON writes a snapshot as the export does, over all windows.
func asJSON(t *testing.T, s *metrics.Snapshot) string {
	t.Helper()
	var b bytes.Buffer
	windows := []fact.Window{fact.WindowToday, fact.Window60m, fact.Window5m, fact.WindowAll}
	if err := export.JSON(&b, s, export.Options{Windows: windows}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func offline(t *testing.T, cfg OfflineConfig) []string {
	t.Helper()
	if cfg.Board.Settings.Floor.Zone == nil {
		cfg.Board = testBoard(metrics.ClockWall)
	}
	var out []string
	err := Offline(t.Context(), cfg, func(s *metrics.Snapshot) error {
		out = append(out, asJSON(t, s))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func at(d time.Duration) int64 { return nine.Add(d).UnixMilli() }

// applied returns how many events the snapshot says were applied.
func applied(t *testing.T, json string) string {
	t.Helper()
	_, rest, ok := strings.Cut(json, `"received":`)
	if !ok {
		t.Fatalf("no health in %.200s", json)
	}
	n, _, _ := strings.Cut(rest, ",")
	return n
}

func TestOfflineTakesAnEventOnTheInstantAndLeavesLaterOnesOut(t *testing.T) {
	lines := []string{
		heartbeat("1", at(0)), heartbeat("2", at(time.Minute)), heartbeat("3", at(time.Minute+time.Millisecond)), heartbeat("4", at(time.Second)),
	}
	for _, tt := range []struct {
		name string
		at   int64
		want string
	}{
		{"before everything", at(0) - 1, "0"},
		{"on the first", at(0), "1"},
		{"on the second, with one out of order behind later ones", at(time.Minute), "3"},
		{"at the end", 0, "4"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := offline(t, OfflineConfig{Inputs: []Input{input("day", lines...)}, At: tt.at})
			if n := applied(t, got[0]); n != tt.want {
				t.Fatalf("%s events, want %s", n, tt.want)
			}
		})
	}
}

func heartbeat(id string, at int64) string {
	return fmt.Sprintf(`{"id":%q,"source":"/acd","type":"source.heartbeat","time":%q,"floor":"hz"}`, id, time.UnixMilli(at).UTC().Format("2006-01-02T15:04:05.000Z07:00"))
}

func TestManyInstantsInOnePassAreThoseOfManyPasses(t *testing.T) {
	lines := shop(300)
	// Out of order across three of the instants, by less than the hold and by
	// more than it.
	for _, i := range []int{150, 300, 301, 302, 420} {
		lines[i], lines[i+37] = lines[i+37], lines[i]
	}
	files := []Input{input("day", lines...)}
	got := offline(t, OfflineConfig{Inputs: files, At: at(0), Every: 30 * time.Minute, Until: at(4 * time.Hour)})
	if len(got) != 9 {
		t.Fatalf("%d snapshots, want 9", len(got))
	}
	for i, g := range got {
		alone := offline(t, OfflineConfig{Inputs: files, At: at(time.Duration(i) * 30 * time.Minute)})
		if g != alone[0] {
			t.Errorf("instant %d differs from a run of its own", i)
		}
	}
}

func TestTheSameInputGivesTheSameBytes(t *testing.T) {
	files := []Input{input("day", shop(200)...)}
	cfg := OfflineConfig{Inputs: files, At: at(2 * time.Hour)}
	if a, b := offline(t, cfg), offline(t, cfg); a[0] != b[0] {
		t.Fatal("two runs differ")
	}
}

func TestSeveralFilesAreReadAsOneInTheOrderOfTime(t *testing.T) {
	lines := shop(200)
	whole := offline(t, OfflineConfig{Inputs: []Input{input("day", lines...)}, At: at(5 * time.Hour)})
	half := len(lines) / 2
	for _, tt := range []struct {
		name   string
		inputs []Input
	}{
		{"one after the other", []Input{input("a", lines[:half]...), input("b", lines[half:]...)}},
		{"named the wrong way round", []Input{input("b", lines[half:]...), input("a", lines[:half]...)}},
		{"with an empty one", []Input{input("a", lines...), input("none")}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := offline(t, OfflineConfig{Inputs: tt.inputs, At: at(5 * time.Hour)}); got[0] != whole[0] {
				t.Fatal("differs from the whole day in one file")
			}
		})
	}
}

func TestOfflineSaysWhatItCannotRead(t *testing.T) {
	missing := errors.New("no such file")
	cfg := OfflineConfig{Inputs: []Input{{Name: "day.ndjson", Open: func() (io.ReadCloser, error) { return nil, missing }}}, Board: testBoard(metrics.ClockWall)}
	err := Offline(t.Context(), cfg, func(*metrics.Snapshot) error { return nil })
	if !errors.Is(err, missing) || !strings.Contains(err.Error(), "day.ndjson") {
		t.Fatalf("got %v", err)
	}
	cfg.At, cfg.Every = 5, time.Minute
	if err := Offline(t.Context(), cfg, nil); err == nil {
		t.Fatal("a step without a last instant was taken")
	}
}
