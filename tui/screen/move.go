package screen

import "strconv"

// appendMove appends the shortest way from one place to another; what is
// unknown of the first is said absolutely. No line feed, which scrolls in the
// last row, and no tab, whose stops are not ours.
func appendMove(dst []byte, fromX, fromY, x, y int) []byte {
	start := len(dst)
	dst = appendPlace(dst, x, y)
	if fromY == unknown {
		return dst
	}
	whole := len(dst)
	dst = appendColumn(dst, fromX, x)
	if fromY != y {
		dst = appendStep(dst, y-fromY, 'B', 'A', y, 'd')
	}
	if steps := len(dst) - whole; steps < whole-start {
		copy(dst[start:], dst[whole:])
		return dst[:start+steps]
	}
	return dst[:whole]
}

// appendPlace appends a move to a place wherever the cursor is.
func appendPlace(dst []byte, x, y int) []byte {
	dst = append(dst, "\x1b["...)
	if y > 0 || x > 0 {
		dst = strconv.AppendInt(dst, int64(y+1), 10)
	}
	if x > 0 {
		dst = append(dst, ';')
		dst = strconv.AppendInt(dst, int64(x+1), 10)
	}
	return append(dst, 'H')
}

// appendColumn appends a move within the row.
func appendColumn(dst []byte, fromX, x int) []byte {
	switch {
	case fromX == x:
		return dst
	case x == 0:
		return append(dst, '\r')
	case fromX == unknown:
		return appendAt(dst, x, 'G')
	}
	return appendStep(dst, x-fromX, 'C', 'D', x, 'G')
}

// appendStep appends a move by n cells, forwards or backwards, or to the
// absolute place at, whichever is shorter.
func appendStep(dst []byte, n int, forward, back byte, at int, absolute byte) []byte {
	final := forward
	if n < 0 {
		n, final = -n, back
	}
	if digits(at+1) < digits(n) {
		return appendAt(dst, at, absolute)
	}
	dst = append(dst, "\x1b["...)
	if n > 1 {
		dst = strconv.AppendInt(dst, int64(n), 10)
	}
	return append(dst, final)
}

// appendAt appends a move to an absolute row or column, counted from 0.
func appendAt(dst []byte, at int, final byte) []byte {
	dst = append(dst, "\x1b["...)
	if at > 0 {
		dst = strconv.AppendInt(dst, int64(at+1), 10)
	}
	return append(dst, final)
}

// digits returns the length of a parameter, which may be left out when it is 1.
func digits(n int) int {
	switch {
	case n == 1:
		return 0
	case n < 10:
		return 1
	case n < 100:
		return 2
	case n < 1000:
		return 3
	}
	return 4
}
