package history

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/checkpoint"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/window"
)

var midnight = time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)

func queueKey(floor, queue string) metrics.Key {
	return metrics.Key{Scope: metrics.ScopeQueue, Floor: clean.Own(floor), Queue: clean.Own(queue)}
}

// aDay is a closed day with one queue and one agent, n answered in each of its
// first four quarters.
func aDay(floor string, start time.Time, n int64) *Day {
	d := newDay(clean.Own(floor), time.UTC, start.UnixMilli())
	d.End = start.Add(24 * time.Hour).UnixMilli()
	d.Covered = d.End
	d.Account = Account{Received: 10, Applied: 9, Rejected: map[string]int64{"bad_json": 1}}
	d.Episodes = []metrics.Episode{{Rule: "oldest wait", KPI: "oldest_wait_total", Key: queueKey(floor, "PS"), Window: "now", Level: metrics.LevelCritical, Since: d.Start, FiringSince: d.Start + 1, Ended: d.Start + 60_000, Peak: 400.5, Limit: 300}}
	agent := metrics.Key{Scope: metrics.ScopeAgent, Floor: clean.Own(floor), Agent: clean.Own("1141")}
	for _, key := range []metrics.Key{queueKey(floor, "PS"), agent} {
		t := d.trackOf(key)
		t.level.AnswerWithin, t.level.Variant = 20*time.Second, metrics.VariantSL2
		for range 4 {
			var span window.Span
			span.Counts[fact.Answered], span.Peaks[fact.PeakWaiting] = n, 3
			t.slots = append(t.slots, string(span.Append(nil)))
			t.total[fact.Answered] += n
		}
	}
	return d
}

func answered(t *testing.T, d *Day, key metrics.Key, from, to int64) int64 {
	t.Helper()
	row := d.Row(key, from, to)
	if row == nil {
		return -1
	}
	var sums fact.Sums
	row.View.Sums(fact.WindowToday, &sums)
	return sums.Counts[fact.Answered]
}

func TestADayReadsBackAsItWasWritten(t *testing.T) {
	s := NewStore(t.TempDir())
	d := aDay("hz", midnight, 5)
	if wrote, err := s.Put(d); err != nil || !wrote {
		t.Fatal(wrote, err)
	}
	if wrote, err := s.Put(d); err != nil || wrote {
		t.Errorf("the same day is written again: %v %v", wrote, err)
	}
	got, err := s.Get("hz", "2026-11-20")
	if err != nil {
		t.Fatal(err)
	}
	if n := answered(t, got, queueKey("hz", "PS"), d.Start, d.End); n != 20 {
		t.Errorf("%d answered, want 20", n)
	}
	if n := answered(t, got, queueKey("hz", "PS"), d.Start+quarter, d.Start+3*quarter); n != 10 {
		t.Errorf("%d answered in two quarters, want 10", n)
	}
	if !reflect.DeepEqual(got.Account, d.Account) || !reflect.DeepEqual(got.Episodes, d.Episodes) || !reflect.DeepEqual(got.Keys(), d.Keys()) {
		t.Errorf("%+v\nwant %+v", got, d)
	}
	if row := got.Row(queueKey("hz", "PS"), d.Start, d.End); row.Level.AnswerWithin != 20*time.Second || row.Level.Variant != metrics.VariantSL2 {
		t.Errorf("level %+v", row.Level)
	}
}

func TestFilesAreForTheOwnerAloneAndNoHalfOfOneStays(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	s := NewStore(dir)
	if _, err := s.Put(aDay("hz", midnight, 5)); err != nil {
		t.Fatal(err)
	}
	file, err := os.Stat(filepath.Join(dir, "hz", "days", "2026-11-20"))
	if err != nil || file.Mode().Perm() != 0o600 {
		t.Fatalf("%v %v", file, err)
	}
	folder, err := os.Stat(filepath.Join(dir, "hz", "days"))
	if err != nil || folder.Mode().Perm() != 0o700 {
		t.Fatalf("%v %v", folder, err)
	}
	entries, err := os.ReadDir(filepath.Join(dir, "hz", "days"))
	if err != nil || len(entries) != 1 {
		t.Errorf("%v %v", entries, err)
	}
}

func TestAFloorsNameLeadsNowhereElse(t *testing.T) {
	dir := t.TempDir()
	s := NewStore(filepath.Join(dir, "state"))
	for _, floor := range []string{"..", "../../x", ".", "a/b", ".hidden", "杭州", strings.Repeat("杭", 64)} {
		if _, err := s.Put(aDay(floor, midnight, 1)); err != nil {
			t.Errorf("%q: %v", floor, err)
			continue
		}
		if _, err := s.Get(floor, "2026-11-20"); err != nil {
			t.Errorf("%q: %v", floor, err)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("%v %v", entries, err)
	}
	floors, err := s.Floors()
	if err != nil || len(floors) < 6 {
		t.Errorf("%q %v", floors, err)
	}
}

func TestADamagedFileIsReportedAndLeftOut(t *testing.T) {
	s := NewStore(t.TempDir())
	for i := range 3 {
		if _, err := s.Put(aDay("hz", midnight.AddDate(0, 0, i), 1)); err != nil {
			t.Fatal(err)
		}
	}
	path := s.path("hz", "2026-11-21")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, damage := range map[string]func([]byte) []byte{
		"cut short":        func(b []byte) []byte { return b[:len(b)-7] },
		"a bit turned":     func(b []byte) []byte { b[len(b)/2] ^= 4; return b },
		"of another kind":  func([]byte) []byte { return []byte("hello") },
		"empty":            func([]byte) []byte { return nil },
		"of a later build": func(b []byte) []byte { b[len(magic)] = 9; return b },
	} {
		if err := os.WriteFile(path, damage(bytes.Clone(whole)), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Get("hz", "2026-11-21"); !errors.Is(err, ErrCorrupt) {
			t.Errorf("%s: %v", name, err)
		}
		days, err := s.Last("hz", "", 10)
		if len(days) != 2 || !errors.Is(err, ErrCorrupt) {
			t.Errorf("%s: %d days, %v", name, len(days), err)
		}
	}
	if wrote, err := s.Put(aDay("hz", midnight.AddDate(0, 0, 1), 1)); !wrote || err != nil {
		t.Errorf("a damaged day is not written anew: %v %v", wrote, err)
	}
	if _, err := s.Get("hz", "2026-11-01"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no such day: %v", err)
	}
	if _, err := s.Get("hz", "../../etc/passwd"); err == nil {
		t.Error("a path is no date")
	}
}

func TestADaySeenFromLaterOnDoesNotReplaceOneSeenWhole(t *testing.T) {
	s := NewStore(t.TempDir())
	whole, part := aDay("hz", midnight, 5), aDay("hz", midnight, 2)
	part.Seen += 9 * hour
	for _, d := range []*Day{whole, part} {
		if _, err := s.Put(d); err != nil {
			t.Fatal(err)
		}
	}
	d, err := s.Get("hz", "2026-11-20")
	if err != nil || answered(t, d, queueKey("hz", "PS"), d.Start, d.End) != 20 {
		t.Errorf("the whole day is gone: %v", err)
	}
}

func TestOldDaysGoAndPeopleGoSooner(t *testing.T) {
	s := NewStore(t.TempDir())
	for _, ago := range []int{0, 34, 36, 400, 401} {
		if _, err := s.Put(aDay("hz", midnight.AddDate(0, 0, -ago), 1)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Prune("hz", "2026-11-20", 400); err != nil {
		t.Fatal(err)
	}
	agent := metrics.Key{Scope: metrics.ScopeAgent, Floor: clean.Own("hz"), Agent: clean.Own("1141")}
	for ago, people := range map[int]bool{0: true, 34: true, 36: false, 400: false} {
		d, err := s.Get("hz", midnight.AddDate(0, 0, -ago).Format(time.DateOnly))
		if err != nil {
			t.Errorf("%d days ago: %v", ago, err)
			continue
		}
		if got := d.Row(agent, d.Start, d.End) != nil; got != people {
			t.Errorf("%d days ago: people kept: %v", ago, got)
		}
	}
	if dates, _ := s.Dates("hz"); len(dates) != 4 {
		t.Errorf("%v", dates)
	}
}

func TestWeekdaysAddTheirDaysUp(t *testing.T) {
	// 20 November 2026 is a Friday.
	w := NewWeekdays([]*Day{aDay("hz", midnight, 5), aDay("hz", midnight.AddDate(0, 0, -7), 3), aDay("hz", midnight.AddDate(0, 0, -1), 9)})
	h := new(Quarters).Hours().With(map[string]*Weekdays{"hz": w})
	row, days := h.Usual(queueKey("hz", "PS"), time.Friday, 0)
	var sums fact.Sums
	row.View.Sums(0, &sums)
	if days != 2 || sums.Counts[fact.Answered] != 4*8 {
		t.Errorf("%d answered of %d days, want 32 of 2", sums.Counts[fact.Answered], days)
	}
	if row, days := h.Usual(queueKey("hz", "PS"), time.Friday, 5); row != nil || days != 2 {
		t.Errorf("an empty hour: %v of %d days", row, days)
	}
	if row, days := h.Usual(queueKey("hz", "PS"), time.Sunday, 0); row != nil || days != 0 {
		t.Errorf("no such day: %v of %d days", row, days)
	}
}

func FuzzDay(f *testing.F) {
	whole, err := Encode(aDay("hz", midnight, 5))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add([]byte(magic))
	f.Fuzz(func(_ *testing.T, b []byte) { _, _ = Decode(b) })
}

func FuzzDayBody(f *testing.F) {
	c := checkpoint.NewWriter(nil)
	codeDay(c, aDay("hz", midnight, 5))
	f.Add(c.Bytes())
	c = checkpoint.NewWriter(nil)
	codeDay(c, curvedDay())
	f.Add(c.Bytes())
	f.Fuzz(func(t *testing.T, b []byte) {
		d := new(Day)
		c := checkpoint.NewReader(b)
		codeDay(c, d)
		if c.Err() != nil || d.End == 0 {
			return
		}
		for _, key := range d.Keys() {
			d.Row(key, d.Start, d.End)
			d.Curve(key)
		}
		d.Hours(d.End)
		again, err := Encode(d)
		if err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		if _, err := Decode(again); err != nil {
			t.Fatalf("what was read does not read back: %v", err)
		}
	})
}
