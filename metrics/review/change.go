package review

import (
	"math"

	"wallboard/metrics/kpi"
)

// Change is a KPI over two spans side by side.
type Change struct {
	Before, After kpi.Value
	OK            bool    // both have data; else the rest is 0
	Absolute      float64 // after − before, in the KPI's unit
	Relative      float64 // of before, in percent; NaN where before is 0
	Judged        bool    // the KPI has a good direction
	Gain          float64 // change in the good direction, in the KPI's unit
	Improvement   float64 // Gain ÷ before, in percent; NaN where before is 0
}

// Compare returns the change from before to after. For a KPI that is to stay
// within bounds the good direction is toward them; t may be nil, the
// catalogue's target is taken then.
func Compare(k *kpi.KPI, t *kpi.Target, before, after kpi.Value) Change {
	c := Change{Before: before, After: after, OK: before.OK && after.OK}
	if !c.OK {
		return c
	}
	c.Absolute = after.V - before.V
	c.Relative = share(c.Absolute, before.V)
	c.Gain, c.Judged = goodChange(k, t, before.V, after.V)
	if c.Judged {
		c.Improvement = share(c.Gain, before.V)
	}
	return c
}

// goodChange returns by how much the value went the good way, in its unit.
func goodChange(k *kpi.KPI, t *kpi.Target, before, after float64) (float64, bool) {
	switch k.Direction {
	case kpi.More:
		return after - before, true
	case kpi.Less:
		return before - after, true
	case kpi.Within:
		if t == nil || t.Lo == 0 && t.Hi == 0 {
			t = k.Target
		}
		if t == nil {
			return 0, false
		}
		return outside(t, before) - outside(t, after), true
	}
	return 0, false
}

// outside is how far a value lies outside its bounds.
func outside(t *kpi.Target, v float64) float64 { return max(0, t.Lo-v, v-t.Hi) }

// share is a part of a whole in percent.
func share(part, whole float64) float64 {
	if whole == 0 {
		return math.NaN()
	}
	return part / math.Abs(whole) * 100
}

// TrendOf names which way a change went.
func TrendOf(c Change) Trend {
	switch {
	case !c.OK:
		return TrendUnknown
	case c.Absolute == 0:
		return TrendSame
	case c.Judged && c.Gain > 0:
		return TrendBetter
	case c.Judged && c.Gain < 0:
		return TrendWorse
	case c.Judged: // moved within its bounds
		return TrendSame
	case c.Absolute > 0:
		return TrendUp
	}
	return TrendDown
}
