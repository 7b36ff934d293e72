package metrics

import (
	"slices"

	"wallboard/metrics/fact"
	"wallboard/metrics/window"
)

// Rates appends by how much the counts of a window grow in each ms of the clock,
// and returns until when, while the row stays as it is: 0 where that is not
// known. Of thousands of rows on screens few change from one second to the next;
// the others need not be summed again to move on.
func (r *Row) Rates(at int64, w fact.Window, rates []fact.Rate) (_ []fact.Rate, until int64) {
	if v, ok := r.View.(interface {
		Rates(at int64, w fact.Window, rates []fact.Rate) ([]fact.Rate, int64)
	}); ok {
		return v.Rates(at, w, rates)
	}
	return rates, 0
}

// Rates adds those of the people who serve the queue.
func (v pooledFigures) Rates(at int64, w fact.Window, rates []fact.Rate) (_ []fact.Rate, until int64) {
	rates, until = v.own.Rates(at, w, rates)
	for _, p := range v.pool {
		var its int64
		rates, its = ratesOf(p, at, w, rates, func(c fact.Count) bool { return slices.Contains(poolRates[:], c) })
		until = min(until, its)
	}
	return rates, until
}

// Rates takes what does not add up over channels from the agent's own.
func (v agentFigures) Rates(at int64, w fact.Window, rates []fact.Rate) (_ []fact.Rate, until int64) {
	rates, until = v[0].Rates(at, w, rates)
	for _, p := range v[1:] {
		var its int64
		rates, its = ratesOf(p, at, w, rates, func(c fact.Count) bool { return !slices.Contains(rateCounts[:], c) })
		until = min(until, its)
	}
	return rates, until
}

// ratesOf appends the rates of the counts that count.
func ratesOf(v *window.View, at int64, w fact.Window, rates []fact.Rate, counts func(fact.Count) bool) (_ []fact.Rate, until int64) {
	n := len(rates)
	rates, until = v.Rates(at, w, rates)
	others := slices.DeleteFunc(rates[n:], func(r fact.Rate) bool { return !counts(r.Count) })
	return rates[:n+len(others)], until
}
