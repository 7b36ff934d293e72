package metrics

import (
	"math"
	"slices"
	"sort"
)

// plan is one interval of the forecast of a queue.
type plan struct {
	from, until     int64
	offered, people float64
	aht             float64 // s
}

// maxPlans bounds the intervals kept of one queue: two days of quarter hours.
const maxPlans = 400

// takePlan keeps a forecast interval; the newest for the same moment wins.
func (e *Engine) takePlan(f *floorState, ev *Event) {
	queue := e.queueOf(f, ev.Queue)
	if queue == noRef || ev.Minutes <= 0 {
		return
	}
	q := e.queues[queue]
	p := plan{from: ev.From, until: ev.From + int64(ev.Minutes)*msMinute, offered: ev.PlanOffered, people: ev.PlanPeople, aht: ev.PlanAHTSec}
	at := sort.Search(len(q.plans), func(i int) bool { return q.plans[i].from >= p.from })
	if at < len(q.plans) && q.plans[at].from == p.from {
		q.plans[at] = p
		return
	}
	q.plans = slices.Insert(q.plans, at, p)
	if len(q.plans) > maxPlans {
		q.plans = slices.Delete(q.plans, 0, 1)
	}
}

// planned returns what the forecast says for [from, to), and for the people
// at the moment to.
func (q *queueState) planned(from, to int64) (offered, people float64, known, staffed bool) {
	for i := range q.plans {
		p := &q.plans[i]
		// What an interval does not say is NaN.
		if overlap := min(p.until, to) - max(p.from, from); overlap > 0 && !math.IsNaN(p.offered) {
			offered += p.offered * float64(overlap) / float64(p.until-p.from)
			known = true
		}
		if p.from <= to && to < p.until && !math.IsNaN(p.people) {
			people, known, staffed = p.people, true, true
		}
	}
	return offered, people, known, staffed
}
