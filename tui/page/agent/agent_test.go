package agent

import (
	"testing"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

func TestADayIsCutAtItsStartAndAtNow(t *testing.T) {
	const minute = int64(60_000)
	start := int64(1_700_000_000_000)
	f := &metrics.FloorView{DayStart: start, Words: []clean.Text{{}, clean.Own("lunch")}}
	a := &metrics.AgentView{Day: []metrics.PresenceMark{
		metrics.MarkPresence(start-90*minute, metrics.PresenceAvailable, 0),
		metrics.MarkPresence(start+30*minute, metrics.PresencePaused, 1),
		metrics.MarkPresence(start+60*minute, metrics.PresenceAvailable, 0),
	}}
	got := stretches(f, a, start+75*minute)
	want := []stretch{
		{from: start, to: start + 30*minute, presence: metrics.PresenceAvailable},
		{from: start + 30*minute, to: start + 60*minute, presence: metrics.PresencePaused, reason: clean.Own("lunch")},
		{from: start + 60*minute, to: start + 75*minute, presence: metrics.PresenceAvailable},
	}
	if len(got) != len(want) {
		t.Fatalf("%d stretches, want %d", len(got), len(want))
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("stretch %d is %+v, want %+v", i, got[i], want[i])
		}
	}
}

func TestAStripKeepsItsScaleWhileSomebodyWorks(t *testing.T) {
	const hour = int64(3_600_000)
	start := int64(1_700_000_000_000) / hour * hour
	day := []stretch{{from: start, presence: metrics.PresenceOffline}, {from: start + 9*hour + 1, presence: metrics.PresenceAvailable}}
	for _, now := range []int64{10, 14, 18} {
		from, to := shift(day, start, start+now*hour)
		if from != start+9*hour || to != start+19*hour {
			t.Errorf("at %d the strip reaches from %d to %d", now, (from-start)/hour, (to-start)/hour)
		}
	}
	if _, to := shift(day, start, start+22*hour); to != start+23*hour {
		t.Errorf("a long shift ends at %d", (to-start)/hour)
	}
}
