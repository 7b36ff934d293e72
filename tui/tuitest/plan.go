package tuitest

import (
	"math"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
)

// unplanned is the queue that nobody has made a plan for.
const unplanned = "warranty"

// plan makes up what was foreseen of each queue but one: a day of half hours
// that rises like the made-up day does, for somewhat less than what comes.
func (m *maker) plan(f *metrics.FloorView) {
	for _, r := range f.Queues {
		if r.Key.Queue.String() == unplanned {
			continue
		}
		var sums fact.Sums
		r.View.Sums(fact.WindowToday, &sums)
		day := float64(sums.Counts[fact.Offered])
		plan := metrics.QueuePlan{Queue: r.Key.Queue}
		for k := range int64(48) {
			hour := float64(k) / 2
			share := (1.1 + math.Sin((hour-8)*math.Pi/12) + .4*math.Sin(hour*math.Pi/3)) / 52
			offered := max(0, math.Round(day*share*.9))
			plan.Intervals = append(plan.Intervals, metrics.PlanInterval{
				From: m.day + k*1_800_000, Until: m.day + (k+1)*1_800_000, Offered: offered, HandleSeconds: 320,
				People: math.Ceil(float64(r.Now.People) * (.6 + 20*max(0, share))),
			})
		}
		f.Plans = append(f.Plans, plan)
		m.planned(r, plan, &sums)
		m.planned(f.Row, plan, &sums)
	}
	need := metrics.SkillNeed{Queue: clean.Own("english"), Lang: clean.Own("en"), Waiting: 1}
	for _, t := range f.Tables {
		if t.Queue == need.Queue && t.Row.Now.Waiting > 0 && !m.o.Calm {
			f.Unskilled = append(f.Unskilled, need)
		}
	}
}

// planned adds what a plan says of now to a row.
func (m *maker) planned(r *metrics.Row, plan metrics.QueuePlan, sums *fact.Sums) {
	n := r.Now
	n.Planned, n.PeoplePlanned = true, true
	n.PlannedPeople += plan.Intervals[int(m.at-m.day)/1_800_000].People
	for w := range fact.NumWindows {
		n.PlannedWindow[w] += float64(sums.Counts[fact.Offered]) * .85 * m.windowMinutes(w) / m.windowMinutes(fact.WindowToday)
	}
}
