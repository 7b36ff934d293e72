package kpi

import "math"

// RoundBad rounds to some decimals toward the bad side, so that a value beyond
// a limit never reads as if it kept it: 89.96 where more is better is 89.9.
// Where neither way is bad it rounds to the nearest.
func RoundBad(v float64, d Direction, decimals int) float64 {
	scale := math.Pow(10, float64(decimals))
	x := v * scale
	near := math.Round(x)
	// What is a round number but for the last bits of its arithmetic stays one.
	if math.Abs(x-near) <= 1e-9*max(1, math.Abs(x)) {
		return near / scale
	}
	switch d {
	case More:
		return math.Floor(x) / scale
	case Less:
		return math.Ceil(x) / scale
	}
	return near / scale
}
