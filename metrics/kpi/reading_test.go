package kpi

import (
	"reflect"
	"testing"

	"wallboard/metrics"
	"wallboard/metrics/fact"
)

// growingView holds time that grows with the clock, and counts that change
// with the minute. It notes how often it was summed.
type growingView struct{ summed *int }

func (v growingView) Sums(fact.Window, *fact.Sums) {}

func (v growingView) SumsAt(at int64, _ fact.Window, into *fact.Sums) {
	*v.summed++
	*into = fact.Sums{}
	into.Counts[fact.Answered] = 1 + at/60_000 // a minute closes
	into.Counts[fact.SlotMs], into.Counts[fact.SlotUsedMs] = 4*at, 3*at
}

func (v growingView) Rates(at int64, _ fact.Window, rates []fact.Rate) ([]fact.Rate, int64) {
	return append(rates, fact.Rate{Count: fact.SlotMs, PerMs: 4}, fact.Rate{Count: fact.SlotUsedMs, PerMs: 3}), at - at%60_000 + 60_000
}

func TestARowReadEverySecondIsSummedOnceAMinute(t *testing.T) {
	summed, anew := 0, 0
	row := &metrics.Row{Now: &metrics.Now{}, View: growingView{&summed}}
	again := &metrics.Row{Now: row.Now, View: growingView{&anew}}
	var moved Reader
	for second := range int64(180) {
		at := 1_000 + second*1_000
		moved.Reset(row, at)
		for _, k := range All() {
			if !k.Measured() {
				continue
			}
			var fresh Reader
			fresh.Reset(again, at)
			a, b := moved.Read(&k, fact.WindowToday), fresh.Read(&k, fact.WindowToday)
			if !reflect.DeepEqual(a, b) {
				t.Fatalf("%s after %d s: %+v, read afresh %+v", k.ID, second, a, b)
			}
		}
	}
	// Four minutes are touched; the first time nobody knows that it is read again.
	if most := (4 + 1) * int(fact.NumWindows); summed > most {
		t.Errorf("summed %d times in three minutes, not at most %d", summed, most)
	}
}
