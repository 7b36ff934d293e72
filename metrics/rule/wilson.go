package rule

import "math"

// z90 bounds the middle 90 % of the normal distribution.
const z90 = 1.6448536269514722

// Wilson returns the bounds of the Wilson score interval for a share p in
// [0,1] seen in n >= 1 trials, z standard deviations wide on each side; for
// n <= 0 it is all of [0,1].
// Source: Wilson 1927; checked against the table of Newcombe 1998.
func Wilson(p float64, n int64, z float64) (lo, hi float64) {
	if n <= 0 {
		return 0, 1
	}
	size, z2 := float64(n), z*z
	middle := p + z2/(2*size)
	reach := z * math.Sqrt(p*(1-p)/size+z2/(4*size*size))
	whole := 1 + z2/size
	return max(0, (middle-reach)/whole), min(1, (middle+reach)/whole)
}

// Bound returns the end of the 90 % Wilson interval of a percentage seen in n
// cases: the upper one where side is above 0, else the lower.
func Bound(percent float64, n int64, side float64) float64 {
	lo, hi := Wilson(min(1, max(0, percent/100)), n, z90)
	if side > 0 {
		return 100 * hi
	}
	return 100 * lo
}
