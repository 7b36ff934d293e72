package oracle_test

import (
	"cmp"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"wallboard/feed/sim"
	"wallboard/metrics"
)

// seeds returns how many random floors to try.
func seeds(t *testing.T, otherwise int) uint64 {
	if text := os.Getenv("WALLBOARD_SEEDS"); text != "" {
		n, err := strconv.ParseUint(text, 10, 32)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	return uint64(otherwise)
}

// randomDay is a wild day with the instants at which to look at it: round
// minutes, exactly at an event, the day start, and well after the end.
func randomDay(t *testing.T, seed uint64) *day {
	wild := sim.RandomFloor(seed, 4+int(seed%40))
	zone, err := time.LoadLocation(wild.Zone)
	if err != nil {
		t.Fatal(err)
	}
	d := &day{floor: wild.Floor, settings: metrics.DefaultSettings(zone), events: untie(wild.Events)}
	d.events = decided(d.events)
	draw := rand.New(rand.NewPCG(seed, 7))
	first, last := d.events[0].Time, d.events[len(d.events)-1].Time
	for i := range int64(3) {
		at := first + (last-first)*(i+1)/3
		switch draw.IntN(3) {
		case 0:
			at -= at % 60_000
		case 1:
			at = d.events[draw.IntN(len(d.events))].Time
		}
		d.instants = append(d.instants, at)
	}
	d.instants = append(d.instants, wild.DayStart, last+1_200_000+draw.Int64N(3_600_000))
	slices.Sort(d.instants)
	return d
}

// untie moves what happened to one session in one instant apart: the contract
// orders some of it by type, so told in another order it means something else.
func untie(events []metrics.Event) []metrics.Event {
	last := map[string]int64{}
	for i := range events {
		ev := &events[i]
		if id := ev.Session.String(); id != "" {
			if before, seen := last[id]; seen && ev.Time <= before {
				ev.Time = before + 1
			}
			last[id] = ev.Time
		}
	}
	slices.SortStableFunc(events, func(a, b metrics.Event) int { return cmp.Compare(a.Time, b.Time) })
	return events
}

func TestTheEngineAgreesOnRandomFloors(t *testing.T) {
	var count tally
	past := openResults(t)
	for seed := range seeds(t, 40) {
		if past.done[seed] {
			continue
		}
		d, before, found := randomDay(t, seed), count.figures, ""
		d.run(t, &count, func(m mismatch) bool {
			found = m.String()
			small, m := d.shrink(t, m)
			t.Errorf("seed %d, %d events left: %s\n%s", seed, len(small.events), m, tell(small.events, d.settings.Floor.Zone))
			return false
		})
		past.note(t, seed, count.figures-before, found)
		if t.Failed() && past.file == nil {
			return
		}
	}
	t.Logf("%d floors before, now %d, %d instants, %d rows, %d figures", len(past.done), count.floors, count.instants, count.rows, count.figures)
}

func TestTheEngineAgreesOnSlicesOfTheSimulatedDay(t *testing.T) {
	if testing.Short() {
		t.Skip("a slice of a day takes seconds")
	}
	var count tally
	for seed := range seeds(t, 10) / 10 {
		d := simulated(t, seed)
		d.run(t, &count, func(m mismatch) bool {
			t.Errorf("seed %d: %s", seed, m)
			return !t.Failed()
		})
	}
	t.Logf("%d floors, %d instants, %d rows, %d figures", count.floors, count.instants, count.rows, count.figures)
}

// simulated is the first minutes of a day of the floor that feels real.
func simulated(t *testing.T, seed uint64) *day {
	start := int64(1_795_132_800_000) // midnight in Shanghai
	zone := time.FixedZone("CST", 8*3600)
	s, err := sim.New(sim.Options{Seed: seed, DayStart: start, End: start + 9*3_600_000 + 900_000, Load: 0.1})
	if err != nil {
		t.Fatal(err)
	}
	d := &day{floor: "hz", settings: metrics.DefaultSettings(zone)}
	for ev := range s.Events {
		d.events = append(d.events, *ev)
	}
	d.events = decided(untie(d.events))
	d.instants = []int64{start + 9*3_600_000 + 899_999}
	return d
}
