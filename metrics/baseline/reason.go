package baseline

import (
	"math"
	"strconv"
)

// Cause is the lens that made most of a surprise.
type Cause uint8

// The causes; CauseNone is that there is nothing to explain.
const (
	CauseNone  Cause = iota
	CauseNow         // the value, against the usual for the time of day
	CauseDrift       // its average difference from the usual over the last hours
	CauseLevel       // its average, against the whole history
)

// Reason is why a value is surprising, as numbers; English and Chinese put it
// in words.
type Reason struct {
	Cause Cause
	By    float64 // CauseNow, CauseDrift: above (or if negative below) the usual, in the series' unit
	Level float64 // CauseLevel: the average value
}

// reason finds the lens with the largest weighted surprise.
func (s *Series) reason(set *setting, u, v float64) Reason {
	x := s.readings(set, u)
	cause, least := lensNow, math.Inf(1)
	for i := range x {
		rarity, doublings := s.lens[i].at(x[i])
		if f := factor(i, rarity, doublings); f < least {
			cause, least = i, f
		}
	}
	switch cause {
	case lensDrift:
		return Reason{Cause: CauseDrift, By: x[lensDrift] * set.factor}
	case lensLevel:
		return Reason{Cause: CauseLevel, Level: x[lensLevel]}
	}
	return Reason{Cause: CauseNow, By: v - set.factor*set.expected}
}

// English puts the reason in words; empty where there is none.
func (r Reason) English() string {
	switch r.Cause {
	case CauseNow:
		return amount(r.By) + side(r.By, " above", " below") + " the usual for this time of day"
	case CauseDrift:
		return "has stayed " + amount(r.By) + side(r.By, " above", " below") + " the usual"
	case CauseLevel:
		return "this level is rare in the whole history"
	}
	return ""
}

// Chinese puts the reason in words; empty where there is none.
func (r Reason) Chinese() string {
	switch r.Cause {
	case CauseNow:
		return "比该时段的通常值" + side(r.By, "高 ", "低 ") + amount(r.By)
	case CauseDrift:
		return "持续比通常值" + side(r.By, "高 ", "低 ") + amount(r.By)
	case CauseLevel:
		return "这一水平在全部历史中罕见"
	}
	return ""
}

func side(by float64, above, below string) string {
	if by < 0 {
		return below
	}
	return above
}

// amount writes the size of by with two significant digits, and whole numbers
// in full: 6.2, 0.013, 1240.
func amount(by float64) string {
	by = math.Abs(by)
	switch {
	case by >= 1e15 || (by > 0 && by < 1e-4):
		return strconv.FormatFloat(by, 'g', 2, 64)
	case by >= 10 || by == 0:
		return strconv.FormatFloat(by, 'f', 0, 64)
	}
	decimals := max(1, 1-int(math.Floor(math.Log10(by))))
	return strconv.FormatFloat(by, 'f', decimals, 64)
}
