package oracle_test

import (
	"wallboard/metrics"
	"wallboard/metrics/oracle"
)

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

// unsettledIn says whether the engine is still to follow in the scope.
func unsettledIn(s oracle.Scope, id string) bool {
	return unsettled[id] || s.Kind.Named() || s.Queue != "" && unsettledAtQueues[id]
}

// unsettledAtQueues need members inferred from legs to be forgotten.
var unsettledAtQueues = map[string]bool{"people": true, "staffing_gap": true, "free_slots": true, "slot_utilization": true, "slot_utilization_mean": true, "needed": true,
	"skill_gap": true, "uncovered": true, "idle_while_waiting": true, "tier_load_1_free": true, "tier_load_2_free": true, "tier_load_3_free": true,
	"agents_available": true, "agents_paused": true, "agents_away": true, "agents_offline": true, "agents_idle": true, "agents_ringing": true,
	"agents_engaged": true, "agents_wrapping": true, "draining": true, "draining_slots": true}

// unsettled are figures on which the engine is still to follow; nothing else is
// left out of the comparison.
var unsettled = map[string]bool{"tier_mismatch": true, "stuck_in_bot": true, "uncovered": true, "emotion_index": true, "fcr": true, "repeat_rate": true,
	"conversion": true, "insight_conversion": true, "calm_rate": true, "calm_rate_human": true, "calm_rate_bot": true,
	"emotion_index_human": true, "emotion_index_bot": true, "enquiry_conversion": true, "staffing_gap_planned": true}
