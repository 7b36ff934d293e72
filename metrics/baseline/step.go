package baseline

import "math"

// firedMargin keeps a value that fired above the limit when rounding at an edge
// of the band and in the sum of the lenses disagree.
const firedMargin = 1e-9

// narrowEvery is how many values lie between two looks at whether a grid is
// wider than what is remembered.
const narrowEvery = 128

// Feed takes the value of one step and says what it came to. A step that tells
// nothing (too few n, no number, a promotion the series is not linear in)
// changes nothing; steps with no data, stale or closed are not fed at all.
func (s *Series) Feed(m Moment, v float64) Verdict {
	if !s.usable(m) || !finite(v) || math.Abs(v) > largestValue {
		return Verdict{}
	}
	if math.Abs(v) < smallestValue {
		v = 0
	}
	if s.size == 0 && v == 0 {
		// Nothing but zeros: there is no scale to call anything far out by.
		return Verdict{Used: true, Learning: true}
	}
	set := s.setting(m)
	if s.learned == 0 {
		set.expected = v / set.factor
	}
	u := set.scored(v)
	if !s.hasLevel {
		s.level, s.hasLevel = u, true
	}
	verdict := s.judge(&set, u, v)
	s.observe(m, &set, u)
	return verdict
}

// judge compares a value with the band and moves the latch.
func (s *Series) judge(set *setting, u, v float64) Verdict {
	out := Verdict{Used: true, Learning: s.Progress() < 1}
	if out.Learning {
		return out
	}
	limit := s.limit()
	s.latch *= s.fade
	out.Band = s.band(set, limit)
	out.Fired = !out.Holds(v)
	out.Surprise = min(mostSurprise, s.surprise(set, u))
	if out.Fired {
		out.Surprise = max(out.Surprise, limit+firedMargin)
	} else {
		out.Surprise = min(out.Surprise, limit)
	}
	if out.Surprise > s.latch {
		out.Latched = out.Surprise
		out.Score = out.Latched / (out.Latched + s.options.Sensitivity)
		out.Reason = s.reason(set, u, v)
		s.latch = out.Surprise
	}
	return out
}

// readings returns what the lenses see of u.
func (s *Series) readings(set *setting, u float64) [numLenses]float64 {
	r := u - set.expected
	return [numLenses]float64{r, s.drift + driftRate*(r-s.drift), s.level + levelRate*(u-s.level)}
}

// surprise is the weighted sum over the lenses.
func (s *Series) surprise(set *setting, u float64) float64 {
	product := 1.0
	for i, x := range s.readings(set, u) {
		rarity, doublings := s.lens[i].at(x)
		product *= factor(i, rarity, doublings)
	}
	return max(0, -0.5*math.Log10(product))
}

// band finds the least interval of values that holds every value no more
// surprising than limit.
func (s *Series) band(set *setting, limit float64) Band {
	if limit != s.reachAt || s.reach == 0 {
		s.reachAt, s.reach = limit, math.Pow(10, -2*limit)
	}
	left := s.walk(set, 1)
	low, high := left.from, left.to
	if left.reached {
		high = -s.walk(set, -1).from
	}
	// An edge on the right already belongs to the next piece.
	high = max(low, math.Nextafter(high, math.Inf(-1)))
	return Band{Lo: set.value(low), Hi: set.value(high), Known: true}
}

func (s *Series) walk(set *setting, mirror float64) outcome {
	cursors := [numLenses]cursor{
		newCursor(&s.lens[lensNow], lensNow, -set.expected, 1, mirror),
		newCursor(&s.lens[lensDrift], lensDrift, (1-driftRate)*s.drift-driftRate*set.expected, driftRate, mirror),
		newCursor(&s.lens[lensLevel], lensLevel, (1-levelRate)*s.level, levelRate, mirror),
	}
	return walk(&cursors, s.reach)
}

// observe moves the averages on and, unless learning is paused, learns.
func (s *Series) observe(m Moment, set *setting, u float64) {
	x := s.readings(set, u)
	s.drift, s.level = x[lensDrift], x[lensLevel]
	if s.pauses(m) {
		return
	}
	s.size = max(s.size, math.Abs(u))
	s.learned++
	for i := range s.lens {
		s.lens[i].add(x[i], s.keep, s.size)
		if math.Mod(s.learned, narrowEvery) == 0 {
			s.lens[i].narrow()
		}
	}
	s.usual.learn(set.slot, set.day, u, set.expected)
	if s.options.Kind == KindRatio {
		s.weight.add(m.N)
	}
}

// pauses says whether this step is not to be learned: inside a promotion, and
// in the first hour a breach fires without a break.
func (s *Series) pauses(m Moment) bool {
	if !m.Firing {
		s.paused = 0
		return promoted(m)
	}
	if s.paused < longestPause {
		s.paused += s.options.Step
		return true
	}
	return promoted(m)
}
