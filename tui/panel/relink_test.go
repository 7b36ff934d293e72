package panel

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/tuitest"
)

// TestASceneThatIsCarriedOnIsThatOfItsSnapshotAlone prepares one scene for a row
// of snapshots, most of which differ in values and ages only, and compares it
// with one made anew each time.
func TestASceneThatIsCarriedOnIsThatOfItsSnapshotAlone(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 9))
	carried := NewScene()
	snap := tuitest.Floor(tuitest.Options{Queues: 12, Agents: 80})
	kept := 0
	for step := range 400 {
		next := *snap
		next.At += rng.Int64N(20_000)
		next.Breaches = slices.Clone(snap.Breaches)
		happens(rng, &next)
		snap = &next
		before := len(carried.indexed.breaches) > 0 && carried.Floor == snap.FloorNamed("") && carried.alike(snap)
		if before {
			kept++
		}
		carried.Prepare(snap, View{}, snap.At)
		alone := NewScene()
		alone.Prepare(snap, View{}, snap.At)
		if !slices.Equal(carried.Breaches, alone.Breaches) || !reflect.DeepEqual(carried.Notices, alone.Notices) || carried.Silenced != alone.Silenced || !reflect.DeepEqual(carried.rows, alone.rows) {
			t.Fatalf("step %d: %d breaches, %d notices, %d silenced; alone %d, %d, %d", step,
				len(carried.Breaches), len(carried.Notices), carried.Silenced, len(alone.Breaches), len(alone.Notices), alone.Silenced)
		}
		for i := range snap.Breaches {
			if id := IdentityOf(&snap.Breaches[i]); carried.Breach(id) != alone.Breach(id) {
				t.Fatalf("step %d: breach %v is another one", step, id)
			}
		}
	}
	if kept < 100 || kept > 350 {
		t.Errorf("%d of 400 snapshots were carried on: the test tries only one way", kept)
	}
}

// happens changes values always, and every other time what the index is made of.
func happens(rng *rand.Rand, s *metrics.Snapshot) {
	for i := range s.Breaches {
		s.Breaches[i].Value += rng.Float64()
	}
	if rng.IntN(2) == 0 {
		return
	}
	b := &s.Breaches[rng.IntN(len(s.Breaches))]
	switch rng.IntN(7) {
	case 0:
		b.Level = metrics.LevelWarn + metrics.LevelCritical - b.Level
	case 1:
		b.State = metrics.BreachFiring + metrics.BreachRecovering - b.State
	case 2:
		b.AckedBy = clean.Own([]string{"", "lin", "zhao"}[rng.IntN(3)])
	case 3:
		b.FiringSince -= 60_000
	case 4:
		b.SilencedUntil = s.At + rng.Int64N(40_000) // ends by the clock alone
	case 5:
		s.Breaches = append(s.Breaches[1:], s.Breaches[0])
	case 6:
		f := *s.Floors[0]
		s.Floors = []*metrics.FloorView{&f}
	}
}
