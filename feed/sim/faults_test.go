package sim

import (
	"iter"
	"slices"
	"testing"
	"time"
	"unicode/utf8"

	"wallboard/metrics"
)

func history(t *testing.T, until time.Duration) iter.Seq[*metrics.Event] {
	return start(t, Options{Seed: 4, DayStart: dayStart, End: at(until)}).Events
}

func TestASpoiledStreamStillHoldsEveryEvent(t *testing.T) {
	f := Faults{Seed: 9, Duplicate: 0.05, Reorder: 0.1, Unknown: 0.01, Future: 0.01}
	want := map[string]metrics.Event{}
	for e := range history(t, 8*time.Hour) {
		want[e.ID.String()] = *e
	}
	seen := map[string]int{}
	newest, last := int64(0), int64(0)
	late, twice, unknown, future := 0, 0, 0, 0
	for e := range f.Spoil(history(t, 8*time.Hour)) {
		if e.Arrival < last {
			t.Fatalf("arrival goes back from %d to %d", last, e.Arrival)
		}
		last = e.Arrival
		switch {
		case e.Type == metrics.TypeUnknown:
			unknown++
			continue
		case e.Time > e.Arrival:
			future++
			continue
		}
		id := e.ID.String()
		seen[id]++
		if seen[id] == 2 {
			twice++
		}
		original := want[id]
		if original.Type != e.Type || original.Time != e.Time || original.Session != e.Session {
			t.Fatalf("event %s was changed on its way", id)
		}
		if seen[id] == 1 && e.Time < newest {
			late++
			if newest-e.Time > 5000 {
				t.Fatalf("event %s is %d ms late", id, newest-e.Time)
			}
		}
		newest = max(newest, e.Time)
	}
	if len(seen) != len(want) {
		t.Fatalf("%d of %d events arrived", len(seen), len(want))
	}
	n := len(want)
	for what, share := range map[string]float64{"duplicates": float64(twice) / float64(n) / 0.05, "unknown": float64(unknown) / float64(n) / 0.01,
		"future": float64(future) / float64(n) / 0.01} {
		if share < 0.8 || share > 1.2 {
			t.Errorf("%s came %.2f times as often as asked", what, share)
		}
	}
	if late == 0 {
		t.Error("nothing was reordered")
	}
}

func TestFaultsAreTheSameEveryTime(t *testing.T) {
	trace := func() (ids []string) {
		f := Faults{Seed: 2, Duplicate: 0.1, Reorder: 0.2, Skew: 0.1, Future: 0.01}
		for e := range f.Spoil(history(t, 4*time.Hour)) {
			ids = append(ids, e.ID.String()+e.Type.String())
		}
		return ids
	}
	if a, b := trace(), trace(); !slices.Equal(a, b) {
		t.Fatal("two runs differ")
	}
}

func TestNoFaultsChangeNothing(t *testing.T) {
	var want, got []metrics.Event
	for e := range history(t, 3*time.Hour) {
		c := *e
		c.Arrival = c.Time
		want = append(want, c)
	}
	for e := range (Faults{}).Spoil(history(t, 3*time.Hour)) {
		got = append(got, *e)
	}
	same := func(a, b metrics.Event) bool { return a.ID == b.ID && a.Arrival == b.Arrival && a.Time == b.Time }
	if !slices.EqualFunc(want, got, same) {
		t.Fatal("a stream without faults was changed")
	}
}

func TestJunkIsNeverTheGoodPayload(t *testing.T) {
	good := []byte(`{"specversion":"1.0","id":"e1","type":"session.held","session":"s1","channel":"voice"}`)
	junk := Faults{Seed: 1, Malformed: 1}.Junk()
	broken := 0
	for range 500 {
		bad := junk(good)
		if slices.Equal(bad, good) {
			t.Fatal("junk is what it was made of")
		}
		if !utf8.Valid(bad) {
			broken++
		}
	}
	if broken == 0 {
		t.Error("no junk with broken UTF-8")
	}
	if got := (Faults{}).Junk()(good); got != nil {
		t.Fatalf("junk nobody asked for: %q", got)
	}
}
