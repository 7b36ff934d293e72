package bench

import (
	"context"
	"testing"
	"time"

	"wallboard/feed/embed"
	"wallboard/feed/wire"
	"wallboard/metrics"
)

// small is a floor that a test can afford.
func small() IngestConfig {
	return IngestConfig{Load: Load{Agents: 50, Open: 200, Queues: 5}, Warm: 5_000, Events: 5_000, Repeats: 1}
}

func TestLoadIsMadeOfEventsTheBoardApplies(t *testing.T) {
	g := newGenerator(small().Load, time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC))
	o, err := newOurs()
	if err != nil {
		t.Fatal(err)
	}
	const n = 60_000 // 12 s: longer than an event waits for what it needs
	f := g.take(n)
	decoder := wire.NewDecoder()
	var ev metrics.Event
	for i := range f.len() {
		if err := decoder.Decode(f.subjects[i], nil, f.payload(i), 0, &ev); err != nil {
			t.Fatalf("%s: %v", f.payload(i), err)
		}
		o.board.Apply(&ev)
	}
	o.board.CaughtUp(0)
	h := o.board.Snapshot().Health
	if h.Applied != n || h.Held != 0 || h.Misfit != 0 || h.Late != 0 {
		t.Fatalf("of %d: %+v", n, h)
	}
	if mean := len(f.bytes) / n; mean < 180 || mean > 320 {
		t.Fatalf("%d bytes per event; the limits were measured with 255", mean)
	}
}

func TestIngestMeasuresEveryContestant(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	figures, err := Ingest(ctx, small())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range figures {
		t.Logf("%s %s: %.0f of %.0f %s, ratio %.3f", f.ID, f.What, f.Ours, f.Limit, f.Unit, f.Ratio)
		if f.ID == "P1" && (f.Ours <= 0 || f.Limit <= 0 || f.Ratio <= 0) {
			t.Errorf("not measured: %+v", f)
		}
	}
}

func TestMedianAndPairwiseRatio(t *testing.T) {
	if m := median([]float64{9, 1, 5}); m != 5 {
		t.Errorf("median of three %v", m)
	}
	if m := median([]float64{1, 2, 3, 10}); m != 2.5 {
		t.Errorf("median of four %v", m)
	}
	if r := pairwise([]float64{2, 4, 9}, []float64{1, 4, 3}); r != 2 {
		t.Errorf("ratio %v", r)
	}
}

func TestCatchUpMeasuresBoth(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	figures, err := CatchUp(ctx, CatchUpConfig{Load: small().Load, Events: 5_000, Repeats: 1, Storage: embed.Memory})
	if err != nil {
		t.Fatal(err)
	}
	if f := figures[0]; f.ID != "P2" || f.Ours <= 0 || f.Limit <= 0 {
		t.Fatalf("not measured: %+v", f)
	}
}

func TestCrowdWaitsAndEveryEventIsApplied(t *testing.T) {
	c := newCrowd(Load{Agents: 10, Open: 500, Queues: 5}, time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC))
	n := c.settled() + 40_000
	b, err := c.warm(n)
	if err != nil {
		t.Fatal(err)
	}
	s := b.Snapshot()
	if s.Health.Applied != int64(n) || s.Health.Misfit != 0 {
		t.Errorf("of %d: %+v", n, s.Health)
	}
	if waiting := s.Floors[0].Row.Now.Waiting; waiting < 400 {
		t.Errorf("%d wait, of 450 that no one has time for some have given up", waiting)
	}
}

func TestMemorySnapshotAndGrowthMeasureSmallFloors(t *testing.T) {
	memory, err := Memory(t.Context(), MemoryConfig{Open: 2_000, Agents: 100})
	if err != nil {
		t.Fatal(err)
	}
	snapshot, err := Snapshot(t.Context(), SnapshotConfig{Agents: 200, Queues: 20, Rounds: 6})
	if err != nil {
		t.Fatal(err)
	}
	growth, err := Growth(t.Context(), GrowthConfig{
		Sizes: []Load{{Agents: 2, Open: 20, Queues: 2}, {Agents: 20, Open: 200, Queues: 2}}, Events: 500, Turns: 3,
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range append(append(memory, snapshot...), growth...) {
		if f.Ours <= 0 {
			t.Errorf("not measured: %+v", f)
		}
	}
}

func TestIdleMeasuresABoardWhoseClockTicks(t *testing.T) {
	figures, err := Idle(t.Context(), IdleConfig{Load: small().Load, Warm: 5_000, For: 50 * time.Millisecond})
	if err != nil || len(figures) != 1 || figures[0].Ours < 0 {
		t.Fatalf("%+v, %v", figures, err)
	}
}

// Bytes on the heap are exact, so goals once met can be held.
func TestMemoryKeepsItsGoals(t *testing.T) {
	if testing.Short() {
		t.Skip("a million events")
	}
	for _, row := range []struct {
		name    string
		measure func(MemoryConfig) (Figure, error)
		cfg     MemoryConfig
	}{
		{"an open session with its last twelve steps", openBytes, DefaultMemory()},
		{"a closed session that is remembered", closedBytes, MemoryConfig{Open: 250_000}},
		{"a queue x channel of four contacts a minute", cellBytes, MemoryConfig{}},
	} {
		f, err := row.measure(row.cfg)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %.0f bytes", row.name, f.Ours)
		if f.Ours > f.Goal {
			t.Errorf("%s takes %.0f bytes, more than %.0f", row.name, f.Ours, f.Goal)
		}
	}
}
