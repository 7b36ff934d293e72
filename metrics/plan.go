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
	q.planShown = nil
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

// plansOf shows the plans of a floor, those of the last snapshot where no
// interval came since.
func (e *Engine) plansOf(c *floorCache) []QueuePlan {
	at, same := 0, true
	for _, i := range c.queues {
		q := e.queues[i]
		if len(q.plans) == 0 {
			continue
		}
		same = same && q.planShown != nil && at < len(c.plans) && c.plans[at].Queue == q.id && &c.plans[at].Intervals[0] == &q.planShown[0]
		at++
	}
	if same && at == len(c.plans) {
		return c.plans
	}
	c.plans = make([]QueuePlan, 0, at)
	for _, i := range c.queues {
		if q := e.queues[i]; len(q.plans) > 0 {
			c.plans = append(c.plans, QueuePlan{Queue: q.id, Intervals: q.showPlan()})
		}
	}
	return c.plans
}

// showPlan returns the plan of a queue as it is shown.
func (q *queueState) showPlan() []PlanInterval {
	if q.planShown == nil {
		q.planShown = make([]PlanInterval, len(q.plans))
		for i, p := range q.plans {
			q.planShown[i] = PlanInterval{From: p.from, Until: p.until, Offered: p.offered, People: p.people, HandleSeconds: p.aht}
		}
	}
	return q.planShown
}

// unskilled lists what waits in the floor's queues and nobody available can
// take: nearly always nothing.
func (e *Engine) unskilled(c *floorCache) []SkillNeed {
	var out []SkillNeed
	for _, i := range c.queues {
		q := e.queues[i]
		if !e.staffKnown(q) {
			continue
		}
		for _, d := range q.needs {
			if (d.skills == 0 && d.lang == 0) || d.able > 0 || d.waiting <= 0 {
				continue
			}
			one := SkillNeed{Queue: q.id, Lang: e.names.words.texts[d.lang], Waiting: d.waiting}
			for _, w := range e.names.words.sets[d.skills] {
				one.Skills = append(one.Skills, e.names.words.texts[w])
			}
			out = append(out, one)
		}
	}
	return out
}
