package staffing

import (
	"math"
	"testing"
)

func TestTheFixtureOfTheCatalogue(t *testing.T) {
	w := Work{PerMinute: 30, HandleMinutes: 8, Waiting: 97}
	if got := w.People(5); got != 67 {
		t.Errorf("30 a minute, 8 minutes, 97 waiting, 5 slots: %v people, want 67", got)
	}
	if got := w.Load(); got != 240 {
		t.Errorf("load %v, want 240", got)
	}
	if got := w.People(0); !math.IsNaN(got) {
		t.Errorf("nobody's slots are known: %v people, want none", got)
	}
}

const minute = 60_000

// quarterPlan is an hour of quarters from zero.
func quarterPlan() []Planned {
	var plan []Planned
	for k := range int64(4) {
		plan = append(plan, Planned{From: k * 15 * minute, To: (k + 1) * 15 * minute, Offered: 30, People: 4 + float64(k), HandleMinutes: 5})
	}
	return plan
}

func TestTheCourseOfADayIsCarriedOn(t *testing.T) {
	c := Course{Now: 20 * minute, Ratio: 1.5, SlotsEach: 5, HandleMinutes: 6, Came: func(from, to int64) (Actual, bool) {
		perMinute := (to - from) / minute
		return Actual{Offered: 3 * perMinute, Handled: perMinute, HandleMs: 4 * minute * perMinute, PeopleMs: 7 * (to - from)}, true
	}}
	all := c.Follow(quarterPlan(), nil)
	for k, want := range []struct{ came, had, expected, needed float64 }{
		{45, 7, 45, 3},                  // 3 a minute, 4 minutes as they were
		{15, 7, 15 + 30*1.5*2/3, 5},     // 3 a minute, 6 minutes
		{math.NaN(), math.NaN(), 45, 5}, // 3 a minute at the ratio
		{math.NaN(), math.NaN(), 45, 5}, // the same
	} {
		i := all[k]
		for name, pair := range map[string][2]float64{"came": {i.Came, want.came}, "had": {i.Had, want.had}, "expected": {i.Expected, want.expected}, "needed": {i.Needed, want.needed}} {
			if got := pair[0]; got != pair[1] && !(math.IsNaN(got) && math.IsNaN(pair[1])) {
				t.Errorf("interval %d: %s %v, want %v", k, name, got, pair[1])
			}
		}
	}
	if !all[0].Over(c.Now) || !all[1].Runs(c.Now) || all[2].Runs(c.Now) || all[2].Short() != 5-6 {
		t.Errorf("what is over, what runs, who is short: %+v", all)
	}
}

func TestWhatIsNotKnownStaysUnknown(t *testing.T) {
	c := Course{Now: 20 * minute, Ratio: 1, SlotsEach: 5, HandleMinutes: math.NaN(), Came: func(int64, int64) (Actual, bool) { return Actual{}, false }}
	plan := quarterPlan()
	plan[3].Offered, plan[3].People = math.NaN(), math.NaN()
	all := c.Follow(plan, nil)
	if !math.IsNaN(all[0].Came) || all[0].Needed != 3 {
		t.Errorf("a past without figures: %+v", all[0])
	}
	if !math.IsNaN(all[3].Needed) || !math.IsNaN(all[3].Short()) {
		t.Errorf("nothing planned: %+v", all[3])
	}
}

func TestShortIntervalsAreJoined(t *testing.T) {
	got := Joined(quarterPlan(), 30*minute)
	if len(got) != 2 || got[0].Offered != 60 || got[0].People != 4.5 || got[1].To != 60*minute || got[1].People != 6.5 || got[1].HandleMinutes != 5 {
		t.Errorf("quarters to half hours: %+v", got)
	}
	if whole := Joined(got, 30*minute); len(whole) != 2 {
		t.Errorf("half hours stay: %+v", whole)
	}
	gap := quarterPlan()
	if got := Joined(append(gap[:1:1], gap[2]), 30*minute); len(got) != 2 {
		t.Errorf("a gap is not bridged: %+v", got)
	}
}
