package staffing

import "math"

// Planned is what the forecast and the schedule say of a stretch of time, ms
// since the epoch. What they do not say is NaN.
type Planned struct {
	From, To      int64
	Offered       float64
	People        float64
	HandleMinutes float64
}

// Actual is what a stretch of time held.
type Actual struct {
	Offered  int64
	Handled  int64 // legs ended
	HandleMs int64 // of them
	PeopleMs int64 // person-time available
}

// Interval is a stretch of a day: what was planned for it, what came of it, and
// the people that takes. What is not known, or not yet, is NaN.
type Interval struct {
	Planned
	Came     float64 // so far
	Had      float64 // people available, on average
	Expected float64 // what will have come at its end
	Needed   float64 // people that Expected takes, nothing waiting before it
}

// Over says that the interval lies behind the moment.
func (i *Interval) Over(now int64) bool { return i.To <= now }

// Runs says that the moment lies in the interval.
func (i *Interval) Runs(now int64) bool { return i.From <= now && now < i.To }

// Short is how many people more than planned the interval needs, below zero
// where there are people to spare, NaN where one of the two is not known.
func (i *Interval) Short() float64 { return i.Needed - i.People }

// Course is how a day goes against its plan.
type Course struct {
	Now           int64
	Ratio         float64 // of what comes to what was planned, as it has been lately
	SlotsEach     float64
	HandleMinutes float64 // as it is lately; NaN: as planned
	// Came says what a stretch of the past held, and whether that is known.
	Came func(from, to int64) (Actual, bool)
}

// Follow lays what came beside what was planned, and carries the course of the
// day on to its end.
func (c *Course) Follow(plan []Planned, into []Interval) []Interval {
	for _, p := range plan {
		i := Interval{Planned: p, Came: math.NaN(), Had: math.NaN(), Expected: p.Offered * c.Ratio}
		handle := c.HandleMinutes
		if math.IsNaN(handle) {
			handle = p.HandleMinutes
		}
		if p.From < c.Now {
			handle = c.look(&i, handle)
		}
		minutes := float64(p.To-p.From) / 60_000
		i.Needed = Work{PerMinute: i.Expected / minutes, HandleMinutes: handle}.People(c.SlotsEach)
		into = append(into, i)
	}
	return into
}

// look fills in what came in an interval that has begun, and returns how long
// it was handled.
func (c *Course) look(i *Interval, handle float64) float64 {
	until := min(i.To, c.Now)
	a, known := c.Came(i.From, until)
	if !known {
		return handle
	}
	passed := float64(until - i.From)
	i.Came = float64(a.Offered)
	i.Had = float64(a.PeopleMs) / passed
	left := 1 - passed/float64(i.To-i.From)
	i.Expected = i.Came
	if left > 0 {
		i.Expected += i.Offered * c.Ratio * left
	}
	if left == 0 && a.Handled > 0 {
		return float64(a.HandleMs) / 60_000 / float64(a.Handled)
	}
	return handle
}

// Joined returns the plan in steps of at least so many ms: intervals that are
// shorter are added up, people averaged over their time.
func Joined(plan []Planned, step int64) []Planned {
	var out []Planned
	for _, p := range plan {
		n := len(out) - 1
		if n < 0 || out[n].To != p.From || p.To-out[n].From > step || p.From%step == 0 {
			out = append(out, p)
			continue
		}
		o := &out[n]
		a, b := float64(o.To-o.From), float64(p.To-p.From)
		o.People = (o.People*a + p.People*b) / (a + b)
		if total := o.Offered + p.Offered; total > 0 {
			o.HandleMinutes = (o.HandleMinutes*o.Offered + p.HandleMinutes*p.Offered) / total
		}
		o.Offered += p.Offered
		o.To = p.To
	}
	return out
}
