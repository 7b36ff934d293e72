package metrics

import (
	"bytes"
	"testing"

	"wallboard/metrics/checkpoint"
)

func TestLookingAheadChangesNothing(t *testing.T) {
	for seed := range uint64(6) {
		events := randomDay(newScript(t), seed, 60, false)
		a, b := engineOf(t), engineOf(t)
		for i, ev := range events {
			if i%5 == 0 {
				b.Foresee(events[i:min(i+2*Foreseen, len(events))])
			}
			a.Tick(ev.Time)
			a.Apply(ev)
			b.Tick(ev.Time)
			b.Apply(ev)
		}
		wa, wb := checkpoint.NewWriter(nil), checkpoint.NewWriter(nil)
		a.Code(wa)
		b.Code(wb)
		if !bytes.Equal(wa.Bytes(), wb.Bytes()) {
			t.Fatalf("seed %d: the states differ", seed)
		}
	}
}
