package metrics

import (
	"testing"

	"wallboard/metrics/fact"
)

// rowsOf lists all rows of a snapshot.
func rowsOf(s *Snapshot) (rows []*Row) {
	for _, f := range s.Floors {
		rows = append(append(append(rows, f.Row), f.Channels...), f.Queues...)
		rows = append(append(append(rows, f.Teams...), f.Topics...), f.Touchpoints...)
		for _, t := range f.Tables {
			rows = append(rows, t.Row)
		}
		for a := range f.Agents.All {
			rows = append(rows, a.Row)
		}
		for _, page := range f.AgentChannels {
			rows = append(rows, page...)
		}
	}
	return rows
}

func TestFiguresMovedOnByTheirRatesAreFiguresSummedAnew(t *testing.T) {
	growing := 0
	for seed := range uint64(3) {
		c := newScript(t)
		e := engineOf(t)
		for i, ev := range randomDay(c, seed, 40, false) {
			e.Tick(ev.Time)
			e.Apply(ev)
			if i%29 != 0 {
				continue
			}
			at := e.Now()
			for _, row := range rowsOf(e.Snapshot()) {
				for w := range fact.NumWindows {
					var sums, later fact.Sums
					rates, until := row.Rates(at, w, nil)
					row.SumsAt(at, w, &sums)
					growing += len(rates)
					for _, to := range []int64{at + 1, at + 1_000, until - 1} {
						if to <= at || to >= until {
							continue
						}
						moved := sums
						for _, r := range rates {
							moved.Counts[r.Count] += r.PerMs * (to - at)
						}
						if row.SumsAt(to, w, &later); moved != later {
							t.Fatalf("seed %d, event %d, %+v over %v, %d ms on: %v, summed %v", seed, i, row.Key, w, to-at, moved.Counts, later.Counts)
						}
					}
				}
			}
		}
	}
	if growing == 0 {
		t.Fatal("nothing grows")
	}
}
