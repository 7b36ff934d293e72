package sim

import (
	"fmt"
	"testing"
	"time"

	"wallboard/feed/wire"
	"wallboard/metrics"
)

// TestEveryEventSurvivesTheWire encodes and decodes what the floor says: an
// event that the contract would reject has no place in a simulation of it.
func TestEveryEventSurvivesTheWire(t *testing.T) {
	decoder := wire.NewDecoder()
	var payload []byte
	var back metrics.Event
	through := func(e *metrics.Event) {
		t.Helper()
		payload = wire.Append(payload[:0], e)
		if err := decoder.Decode(wire.Subject(e), nil, payload, e.Arrival, &back); err != nil {
			t.Fatalf("%s: %v", payload, err)
		}
		if got, want := fmt.Sprintf("%+v", back), fmt.Sprintf("%+v", *e); got != want {
			t.Fatalf("%s came back as\n%s, was\n%s", payload, got, want)
		}
	}
	var seen [metrics.NumEventTypes]int
	for e := range start(t, Options{Seed: 6, DayStart: dayStart, End: at(10 * time.Hour), Load: 0.3}).Events {
		if seen[e.Type]++; seen[e.Type] < 200 {
			through(e)
		}
	}
	for seed := range uint64(10) {
		day := RandomFloor(seed, 15)
		for i := range day.Events {
			through(&day.Events[i])
		}
	}
}
