package window

import "wallboard/metrics/fact"

// Rates appends by how much the counts of a window grow in each ms of the clock,
// and returns until when: while nothing happens figures are linear within a
// minute, levels and distributions stand. until is 0 where they are not, because
// the clock is behind what has happened.
func (v *View) Rates(at int64, w fact.Window, rates []fact.Rate) (_ []fact.Rate, until int64) {
	if at < v.s.newest {
		return rates, 0
	}
	later := View{s: v.s, at: at}
	var s sum
	if v.s.dense != nil {
		c := later.closed(w)
		s.running, s.lastSlopes = c.running, c.lastSlopes
		s.base, s.at = c.base, at
		later.addOpen(from(w, s.base), &s)
	} else {
		later.add(w, &s)
	}
	for c := range s.slopes {
		if d := s.lastSlopes[c] + s.slopes[c]; d != 0 {
			rates = append(rates, fact.Rate{Count: fact.Count(c), PerMs: d})
		}
	}
	return rates, minuteOf(at) + minuteMs
}
