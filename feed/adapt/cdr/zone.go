package cdr

import "time"

// moments returns the two instants (ms since the epoch) at which a clock on the
// wall of zone shows local (ms, read as if at UTC). They differ only in the
// hour that a clock set back shows twice. A time that a clock set forward
// leaves out is read with the offset of before, so it falls after the gap.
func moments(local int64, zone *time.Location) (first, second int64) {
	// A zone's offset is constant outside a day around any change, so the
	// offsets of the day before and the day after are the only candidates.
	const day = 24 * 60 * 60 * 1000
	before := local - offsetAt(local-day, zone)
	after := local - offsetAt(local+day, zone)
	fits := func(at int64) bool { return at+offsetAt(at, zone) == local }
	switch {
	case fits(before) && fits(after):
		return min(before, after), max(before, after)
	case fits(after):
		return after, after
	}
	return before, before
}

// offsetAt is how far the zone's clocks are ahead of UTC at an instant, in ms.
func offsetAt(ms int64, zone *time.Location) int64 {
	_, seconds := time.UnixMilli(ms).In(zone).Zone()
	return int64(seconds) * 1000
}
