package live

import (
	"slices"
	"testing"
	"time"

	"wallboard/metrics"
)

// passing returns the clocks and the JSON of every look.
func passing(t *testing.T, cfg OfflineConfig, step time.Duration) (at []int64, json []string) {
	t.Helper()
	cfg.Board = testBoard(metrics.ClockWall)
	err := InPassing(t.Context(), cfg, step, func(s *metrics.Snapshot) error {
		at = append(at, s.At)
		json = append(json, asJSON(t, s))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return at, json
}

func TestLookingInPassingShowsWhatLookingAtEachInstantDoes(t *testing.T) {
	lines := shop(60)
	at, got := passing(t, OfflineConfig{Inputs: []Input{input("day", lines...)}}, 20*time.Minute)
	last := len(got) - 1
	want := offline(t, OfflineConfig{
		Inputs: []Input{input("day", lines...)}, At: at[0], Every: 20 * time.Minute, Until: at[last-1],
	})
	if !slices.Equal(got[:last], want) {
		t.Errorf("%d looks in passing differ from %d at the same instants", last, len(want))
	}
	if end := offline(t, OfflineConfig{Inputs: []Input{input("day", lines...)}})[0]; got[last] != end {
		t.Error("the last look is not the end of the file")
	}
}

func TestALookInPassingEndsWhereItIsToldTo(t *testing.T) {
	until := nine.Add(90 * time.Minute).UnixMilli()
	at, _ := passing(t, OfflineConfig{Inputs: []Input{input("day", shop(60)...)}, Until: until}, 30*time.Minute)
	if last := at[len(at)-1]; last != until {
		t.Errorf("the last look is at %s", time.UnixMilli(last).UTC())
	}
}

func TestAHostileTimeCostsNoHundredYearsOfLooks(t *testing.T) {
	lines := append(shop(5), `{"specversion":"1.0","id":"far","source":"/acd","type":"session.queued","time":"2199-01-01T00:00:00Z","floor":"hz","session":"far","channel":"chat","queue":"q"}`)
	at, _ := passing(t, OfflineConfig{Inputs: []Input{input("day", lines...)}}, time.Minute)
	if len(at) > 1000 {
		t.Errorf("%d looks", len(at))
	}
}
