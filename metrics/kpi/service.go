package kpi

import (
	"time"

	"wallboard/metrics"
	"wallboard/metrics/fact"
)

// ServiceLevel is a service level with all its variants side by side.
type ServiceLevel struct {
	Variant  metrics.Variant
	Within   time.Duration // T; below zero where it differs within the row
	Short    time.Duration
	Variants [metrics.NumVariants]Value
}

// Parts returns the numerator and denominator of a service-level variant.
// Contacts begun outside opening hours are in neither.
func Parts(v metrics.Variant, s *fact.Sums) (num, den int64) {
	c := &s.Counts
	answered, in := c[fact.Answered]-c[fact.AnsweredOut], c[fact.AnsweredWithin]
	abandoned, overflowed := c[fact.Abandoned]-c[fact.AbandonedOut], c[fact.Overflowed]-c[fact.OverflowedOut]
	switch v {
	case metrics.VariantOffered:
		return in, answered + abandoned
	case metrics.VariantAnsweredOnly:
		return in, answered
	case metrics.VariantRemoved:
		return in + c[fact.AbandonedWithin] + c[fact.OverflowedWithin], answered + abandoned + overflowed
	case metrics.VariantLateAbandons:
		return in, answered + abandoned - c[fact.AbandonedWithin]
	case metrics.VariantSL2:
		return in + c[fact.AbandonedWithin], answered + abandoned
	case metrics.VariantWithOverflow:
		return in, answered + abandoned + overflowed
	}
	return in, answered + abandoned - c[fact.AbandonedShort] + c[fact.AbandonedShortOut]
}

// variantOf is the row's variant. What ends before an answer has no agent, so
// people always have answered_only.
func variantOf(r *reading) metrics.Variant {
	if r.isPeople() {
		return metrics.VariantAnsweredOnly
	}
	return r.row.Level.Variant
}

func serviceLevel(r *reading) Value {
	sums := r.over(r.window)
	s := &ServiceLevel{Variant: variantOf(r), Within: r.row.Level.AnswerWithin, Short: r.row.Level.ShortAbandon}
	for v := range metrics.NumVariants {
		if r.isPeople() && v != metrics.VariantAnsweredOnly {
			continue
		}
		s.Variants[v] = percent(Parts(v, sums))
	}
	out := s.Variants[s.Variant]
	out.Service = s
	return out
}

func serviceLevelLive(r *reading) Value {
	num, den := Parts(metrics.VariantOfferedLessShort, r.over(r.window))
	return percent(num, den+int64(r.now.WaitingBeyondT))
}
