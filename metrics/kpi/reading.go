package kpi

import (
	"wallboard/metrics"
	"wallboard/metrics/fact"
)

// reading is one row being read: its figures per window, summed when first
// asked for.
type reading struct {
	row    *metrics.Row
	now    *metrics.Now
	window fact.Window
	at     int64
	known  [anyMinutes + 1]bool
	sums   [anyMinutes + 1]fact.Sums
	grows  [fact.NumWindows]growth

	again   bool  // the row has been read before, at another time
	minutes int   // of anyMinutes
	waits   Waits // nil: not known here
	whole   *metrics.Row
}

// anyMinutes is a window of as many whole minutes as the reading says.
const anyMinutes = fact.NumWindows

// over returns the figures of a window.
func (r *reading) over(w fact.Window) *fact.Sums {
	if !r.known[w] {
		r.sums[w] = fact.Sums{}
		switch {
		case r.row.View == nil:
		case w == anyMinutes:
			r.row.LastAt(r.at, r.minutes, &r.sums[w])
		default:
			r.row.SumsAt(r.at, w, &r.sums[w])
			r.grow(w)
		}
		r.known[w] = true
	}
	return &r.sums[w]
}

// growth is how the figures of a window move on with the clock while their row
// stays as it is.
type growth struct {
	until int64 // 0: they must be summed anew
	rates []fact.Rate
}

// grow finds out how figures move on, of rows that are read again and again.
func (r *reading) grow(w fact.Window) {
	g := &r.grows[w]
	if g.until, g.rates = 0, g.rates[:0]; r.again {
		g.rates, g.until = r.row.Rates(r.at, w, g.rates)
	}
}

// moveOn moves the clock of the row's figures on to at, where they can be.
func (r *reading) moveOn(at int64) {
	if at == r.at {
		return
	}
	for w := range r.grows {
		g := &r.grows[w]
		if r.known[w] = r.known[w] && at >= r.at && at < g.until; !r.known[w] {
			continue
		}
		for _, rate := range g.rates {
			r.sums[w].Counts[rate.Count] += rate.PerMs * (at - r.at)
		}
	}
	r.known[anyMinutes] = false
	r.at, r.again = at, true
}

func (r *reading) count(c fact.Count) int64 { return r.over(r.window).Counts[c] }

func (r *reading) isPeople() bool { return r.row.Key.Scope.People() }

// membership says whether the row's people are known: a queue whose members
// nobody ever named has none to count.
func (r *reading) membership() bool {
	switch r.row.Key.Scope {
	case metrics.ScopeQueue, metrics.ScopeQueueChannel:
		return r.now.MembershipKnown || r.now.MembershipInferred
	}
	return true
}

// number is a count that is a fact even at zero.
func number(v int64) Value { return Value{V: float64(v), OK: true, N: v} }

// ratio is num/den times scale; no data where den is not above zero.
func ratio(num, den int64, scale float64) Value {
	if den <= 0 {
		return Value{}
	}
	// One rounding: the product is exact below 2^53, the division rounds.
	return Value{V: float64(num) * scale / float64(den), OK: true, N: den, Num: float64(num), Den: float64(den)}
}

func percent(num, den int64) Value { return ratio(num, den, 100) }

// meanSeconds is the mean of n durations in seconds, from their sum in ms.
func meanSeconds(sumMs, n int64) Value {
	if n <= 0 {
		return Value{}
	}
	return Value{V: float64(sumMs) / (1000 * float64(n)), OK: true, N: n, Num: float64(sumMs) / 1000, Den: float64(n)}
}

// secondsSince is the age of a moment; no data where nothing began.
func (r *reading) secondsSince(since int64, n int32) Value {
	if since == 0 || n <= 0 {
		return Value{}
	}
	return Value{V: float64(max(0, r.at-since)) / 1000, OK: true, N: int64(n)}
}

// Readers of one figure.

func countOf(c fact.Count) func(*reading) Value {
	return func(r *reading) Value { return number(r.count(c)) }
}

func totalSeconds(c, n fact.Count) func(*reading) Value {
	return func(r *reading) Value {
		return Value{V: float64(r.count(c)) / 1000, OK: true, N: r.count(n)}
	}
}

func meanOf(sum, n fact.Count) func(*reading) Value {
	return func(r *reading) Value { return meanSeconds(r.count(sum), r.count(n)) }
}

func shareOf(num fact.Count, den ...fact.Count) func(*reading) Value {
	return func(r *reading) Value {
		total := int64(0)
		for _, c := range den {
			total += r.count(c)
		}
		return percent(r.count(num), total)
	}
}

func quantileOf(d fact.Dist, pick func(*fact.Quantiles) float64) func(*reading) Value {
	return func(r *reading) Value {
		q := &r.over(r.window).Dists[d]
		if q.N == 0 {
			return Value{}
		}
		return Value{V: pick(q) / 1000, OK: true, N: q.N}
	}
}

func p50(q *fact.Quantiles) float64 { return q.P50 }
func p90(q *fact.Quantiles) float64 { return q.P90 }

func nowOf(pick func(*metrics.Now) int32) func(*reading) Value {
	return func(r *reading) Value { return number(int64(pick(r.now))) }
}

// membersOf is nowOf for what only known members can tell.
func membersOf(pick func(*metrics.Now) int32) func(*reading) Value {
	return func(r *reading) Value {
		if !r.membership() {
			return Value{}
		}
		v := number(int64(pick(r.now)))
		if r.now.MembershipInferred && !r.now.MembershipKnown {
			v.Note = NoteInferred
		}
		return v
	}
}

func ageOf(pick func(*metrics.Now) (since int64, n int32)) func(*reading) Value {
	return func(r *reading) Value {
		since, n := pick(r.now)
		return r.secondsSince(since, n)
	}
}

// minutes returns the length of a rolling window.
func minutes(w fact.Window) float64 { return float64(w.Minutes()) }

// perMinute is the rate of some counts over a fixed window.
func perMinute(w fact.Window, counts ...fact.Count) func(*reading) Value {
	return func(r *reading) Value {
		n := sumOf(r.over(w), counts...)
		return Value{V: float64(n) / minutes(w), OK: true, N: n, Num: float64(n), Den: minutes(w)}
	}
}

func sumOf(s *fact.Sums, counts ...fact.Count) int64 {
	n := int64(0)
	for _, c := range counts {
		n += s.Counts[c]
	}
	return n
}
