// Package history owns what is past by the quarter of an hour: the day so far,
// gathered from snapshots as the clock passes each quarter, and closed days,
// written to disk once at their close and again where a late event changed
// them. A day gives rows that every KPI reads like any row, and the curve of
// orders over first response times. It must not know what is computed of the
// figures, nor screens.
package history

// Times are ms since the epoch.
const (
	minute  = int64(60_000)
	quarter = 15 * minute
	hour    = 60 * minute

	// maxSlots is more than a day of 25 hours that begins within a quarter.
	maxSlots = 128
	// reach is how far back the figures of people and distributions can be
	// gathered whole, rounded down to quarters.
	reach = 45 * minute
	// correctable is how long a closed day is still gathered anew.
	correctable = hour
)
