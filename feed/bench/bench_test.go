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
	const n = 20_000
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
	if h.Applied+h.Held != n || h.Misfit != 0 || h.Late != 0 {
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
