package kpi

import (
	"wallboard/metrics"
	"wallboard/metrics/fact"
)

// leftOut returns what tells how much a KPI leaves out, nil where it leaves out
// nothing or nothing is known of it. Only counts that exist are told: what a
// person never had (waits that nobody answered) is not left out of their figure.
func leftOut(id string) func(*reading) []Exclusion {
	switch id {
	case "service_level", "service_level_live":
		return ofServiceLevel
	case "abandon_rate":
		return func(r *reading) []Exclusion {
			return []Exclusion{{ExcludedShort, r.count(fact.AbandonedShort)}, {ExcludedOverflowed, r.count(fact.Overflowed)}, {ExcludedElsewhere, r.count(fact.Requeued) + r.count(fact.Withdrawn)}}
		}
	case "frt_p50", "frt_p90", "frt_mean":
		return one(ExcludedNoReply, func(r *reading) int64 { return r.count(fact.LeftUnanswered) })
	case "reply_rate_3m":
		return one(ExcludedLastTurn, func(r *reading) int64 { return r.count(fact.TurnsExcluded) })
	case "resolution_rate":
		return one(ExcludedCompleted, func(r *reading) int64 {
			return r.count(fact.Closed) - r.count(fact.Resolved) - r.count(fact.Unresolved)
		})
	case "omnichannel_rate":
		return one(ExcludedUndecided, func(r *reading) int64 { return r.count(fact.Opened) - r.count(fact.OmniDecided) })
	case "message_reply_rate":
		return one(ExcludedUndecided, func(r *reading) int64 { return int64(r.now.Messages) })
	case "callback_kept":
		return one(ExcludedUndecided, func(r *reading) int64 { return int64(r.now.Callbacks - r.now.CallbacksOverdue) })
	}
	return nil
}

func one(why Reason, n func(*reading) int64) func(*reading) []Exclusion {
	return func(r *reading) []Exclusion { return []Exclusion{{why, n(r)}} }
}

// ofServiceLevel follows the variant in force: what one leaves out another counts.
func ofServiceLevel(r *reading) []Exclusion {
	c := &r.over(r.window).Counts
	out := []Exclusion{{ExcludedOutOfHours, c[fact.AnsweredOut] + c[fact.AbandonedOut] + c[fact.OverflowedOut]}}
	short, overflowed := c[fact.AbandonedShort]-c[fact.AbandonedShortOut], c[fact.Overflowed]-c[fact.OverflowedOut]
	v := variantOf(r)
	if v == metrics.VariantOfferedLessShort {
		out = append(out, Exclusion{ExcludedShort, short})
	}
	if v != metrics.VariantWithOverflow && v != metrics.VariantRemoved && !r.isPeople() {
		out = append(out, Exclusion{ExcludedOverflowed, overflowed}, Exclusion{ExcludedElsewhere, c[fact.Requeued] + c[fact.Withdrawn]})
	}
	return out
}
