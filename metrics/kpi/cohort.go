package kpi

import "wallboard/metrics/fact"

// decideWithin is how many minutes a cohort has to be decided in.
const decideWithin = 1440

// undecided returns how many of a cohort may still be decided: those counted
// within the last day, less those that are decided before their time. An
// agent's minutes do not reach back a day: theirs count as undecided.
func (r *reading) undecided(cohort, decided fact.Count) int64 {
	if v, ok := r.row.View.(interface{ Decided(at int64) bool }); ok && v.Decided(r.at) {
		return 0
	}
	s := r.over(r.window)
	if r.window == fact.WindowAll && !r.isPeople() && r.row.View != nil {
		s = new(fact.Sums)
		r.row.LastAt(r.at, decideWithin, s)
	}
	return s.Counts[cohort] - s.Counts[decided]
}

// cohort marks a value of which so many may still be decided, on the side given.
func cohort(v Value, undecided int64, side Note) Value {
	if !v.OK {
		return v
	}
	v.Settled, v.bound = v.N-max(0, min(undecided, v.N)), true
	if v.Provisional() {
		v.Note = side
	}
	return v
}

func fcr(r *reading) Value {
	return cohort(percent(r.count(fact.Resolved)-r.count(fact.ResolvedReturned), r.count(fact.Resolved)),
		r.undecided(fact.Resolved, fact.ResolvedReturned), NoteUpper)
}

func aiEffective(r *reading) Value {
	return cohort(percent(r.count(fact.BotResolved)-r.count(fact.BotReturned), r.count(fact.BotInvolvedClosed)),
		r.undecided(fact.BotResolved, fact.BotReturned), NoteUpper)
}

func conversion(r *reading) Value {
	return cohort(percent(r.count(fact.Converted), r.count(fact.Asked)), r.undecided(fact.Asked, fact.Converted), NoteLower)
}

// conversionUplift has data where a base is configured.
func conversionUplift(r *reading) Value {
	v, base := conversion(r), r.now.Bases.Conversion
	if !v.OK || base <= 0 {
		return Value{}
	}
	v.Num, v.Den = v.V, base
	v.V = (v.V/base - 1) * 100
	return v
}

// insightConversion may still move either way, so it is no bound.
func insightConversion(r *reading) Value {
	asked, converted := r.count(fact.AskedInsight), r.count(fact.ConvertedInsight)
	with := percent(converted, asked)
	without := percent(r.count(fact.Converted)-converted, r.count(fact.Asked)-asked)
	if !with.OK || !without.OK || without.V == 0 {
		return Value{N: asked}
	}
	v := Value{V: (with.V/without.V - 1) * 100, OK: true, N: asked, Num: with.V, Den: without.V}
	return cohort(v, r.undecided(fact.AskedInsight, fact.ConvertedInsight), NoteNone)
}

func repurchase(r *reading) Value {
	return cohort(percent(r.count(fact.Repurchases), r.count(fact.ServedBuyers)), r.undecided(fact.ServedBuyers, fact.Repurchases), NoteLower)
}

// enquiryConversion is of a business day, so of no other window than today.
func enquiryConversion(r *reading) Value {
	if r.window != fact.WindowToday {
		return Value{}
	}
	return percent(r.count(fact.Buyers), r.count(fact.Enquirers))
}

// amountOf is an amount of money in the unit of the floor's currency.
func amountOf(gross fact.Count, less ...fact.Count) func(*reading) Value {
	return func(r *reading) Value {
		sum := r.count(gross)
		for _, c := range less {
			sum -= r.count(c)
		}
		return Value{V: float64(sum) / 100, OK: true, N: r.count(fact.OrdersPaid) - r.count(fact.OrdersForeign)}
	}
}

func touchpointValue(r *reading) Value {
	v := ratio(r.count(fact.AmountPaid), r.count(fact.Opened), 0.01)
	v.Num /= 100
	return v
}
