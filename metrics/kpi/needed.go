package kpi

import (
	"wallboard/metrics/fact"
	"wallboard/metrics/staffing"
)

// Workload is what people needed are reckoned from.
type Workload struct {
	staffing.Work
	HandledOver fact.Window // what the handle time is taken over
	Handled     int64       // legs ended in it
	Here        int32       // people available
	SlotsHere   int32       // theirs
}

// SlotsEach is how many slots a person has on average.
func (w *Workload) SlotsEach() float64 { return float64(w.SlotsHere) / float64(w.Here) }

// Workload returns what people needed are reckoned from in the reader's row,
// false where nobody is there or no handle time is known; what is known is
// filled in all the same.
func (r *Reader) Workload() (Workload, bool) { return r.r.workload() }

// workload reads what came in during the last 15 minutes and what waits. Handle
// time is that of the last 15 minutes, where no leg ended then that of 60, then
// of today.
func (r *reading) workload() (w Workload, ok bool) {
	w.SlotsHere, w.Here = r.now.Slots, r.now.People
	somebody := w.SlotsHere > 0 && w.Here > 0
	w.PerMinute = float64(r.over(fact.Window15m).Counts[fact.Offered]) / minutes(fact.Window15m)
	w.Waiting = float64(r.now.Waiting)
	for _, over := range [...]fact.Window{fact.Window15m, fact.Window60m, fact.WindowToday} {
		s := r.over(over)
		if n := s.Counts[fact.LegsEnded]; n > 0 {
			w.HandleMinutes = float64(sumOf(s, fact.TalkMs, fact.HoldMs, fact.WrapMs)) / 60_000 / float64(n)
			w.HandledOver, w.Handled = over, n
			return w, somebody
		}
	}
	return w, somebody && w.PerMinute == 0 && w.Waiting == 0 // no work takes nobody, however long it lasts
}

// needed is the workload bound: the load, plus clearing the backlog in 15 min.
func needed(r *reading) Value {
	w, ok := r.workload()
	if !ok {
		return Value{}
	}
	if w.PerMinute == 0 && w.Waiting == 0 {
		return Value{OK: true}
	}
	return Value{V: w.People(w.SlotsEach()), OK: true, N: w.Handled, Num: w.Slots(), Den: w.SlotsEach()}
}

func staffingGap(r *reading) Value {
	v := needed(r)
	if !v.OK || !r.membership() {
		return Value{}
	}
	return Value{V: float64(r.now.People) - v.V, OK: true, N: v.N}
}

func offeredLoad(r *reading) Value {
	w, ok := r.workload()
	if !ok {
		return Value{}
	}
	return Value{V: w.Load(), OK: true, N: w.Handled}
}

func slotLoad(r *reading) Value {
	w, ok := r.workload()
	if !ok || !r.membership() {
		return Value{}
	}
	return Value{V: w.Load() / float64(w.SlotsHere) * 100, OK: true, N: w.Handled, Num: w.Load(), Den: float64(w.SlotsHere)}
}
