package oracle_test

import "wallboard/metrics"

// lateWrap is how long after the close a wrap still takes its leg up again, ms:
// the engine remembers what a leg was for no longer, and adds a later wrap to
// what was counted where it ends.
const lateWrap = 3_600_000

// decided leaves out of a day what the two read in different ways.
func decided(events []metrics.Event) []metrics.Event {
	closed := map[string]int64{}
	kept := events[:0]
	for _, ev := range events {
		id := ev.Session.String()
		switch ev.Type {
		case metrics.TypeSessionWrapStarted:
			if t := closed[id]; t != 0 && ev.Time-t > lateWrap {
				continue
			}
		case metrics.TypeSessionClosed:
			closed[id] = ev.Time
		}
		kept = append(kept, ev)
	}
	return kept
}
