package cdr

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// The clock readings that make a step in time a change of day or of clocks.
const (
	dayMs         = 24 * 60 * 60 * 1000
	rollOverMs    = dayMs / 2      // a time of day this much earlier than the one before is the next day's
	setBackMs     = 30 * 60 * 1000 // this much earlier within the day: the second of a repeated hour
	earliestMs    = 315532800000   // 1980
	latestMs      = 7258118400000  // 2200
	longestWaitMs = 366 * dayMs    // of a duration column
)

// moment is a place where a map looks for a time.
type moment struct {
	column int
	add    bool // the column is a duration to be added to the time before
}

func bindMoment(name string, h *header) (moment, error) {
	bare, add := strings.CutPrefix(name, "+")
	if at, ok := h.at[name]; ok && add { // a column whose own name begins with a plus
		return moment{column: at}, nil
	}
	column, err := h.find(bare)
	return moment{column: column, add: add}, err
}

// instants reads the time columns of rows.
type instants struct {
	layout, dateLayout layout
	zone               *time.Location
	date               int   // column of the day; -1: the times hold their own
	order              []int // columns read, in the order in which they happen
	names              []string
	at                 []int64 // by column: ms since the epoch, 0 where not set
}

// add puts a column among those read, last.
func (c *instants) add(column int) {
	for _, known := range c.order {
		if known == column {
			return
		}
	}
	c.order = append(c.order, column)
}

// read fills at from a row; reason is "" if all of it could be read.
func (c *instants) read(r *row) (reason, detail string) {
	if len(c.at) < len(c.names) {
		c.at = make([]int64, len(c.names))
	}
	clear(c.at)
	var day, previous, before int64 // local ms: midnight of the row's day as it moves on, reading and instant of the column before
	if c.date >= 0 {
		f, err := c.dateLayout.parse(r.value(c.date))
		if err != nil {
			return "bad date", fmt.Sprintf("%s %q %v", c.names[c.date], r.value(c.date), err)
		}
		day = f.local() - f.ofDay()
		previous = -1
	}
	for _, column := range c.order {
		text := r.value(column)
		if text == "" {
			continue
		}
		f, err := c.layout.parse(text)
		if err != nil {
			return "bad time", fmt.Sprintf("%s %q %v", c.names[column], text, err)
		}
		if c.date < 0 {
			ms, absolute := f.milliseconds()
			if !absolute {
				ms = c.instant(ms, before)
			}
			c.at[column], before = ms, ms
		} else {
			local := nearestDay(day, f.ofDay(), previous)
			previous = local
			c.at[column] = c.instant(local, before)
			before = c.at[column]
		}
		if before < earliestMs || before > latestMs {
			return "bad time", fmt.Sprintf("%s %q is before 1980 or after 2200", c.names[column], text)
		}
	}
	return "", ""
}

// nearestDay puts a time of day on the day of the time before it, on the next
// one if it is earlier by more than 12 h, and back on the one before if it is
// later by more than 12 h (a service stamp a second before midnight, read
// after a queue stamp a second past it). Never before the row's own day.
func nearestDay(day, ofDay, previous int64) int64 {
	local := day + ofDay
	if previous < 0 {
		return local
	}
	local += (previous - day) / dayMs * dayMs
	switch {
	case previous-local > rollOverMs:
		return local + dayMs
	case local-previous > rollOverMs && local-dayMs >= day:
		return local - dayMs
	}
	return local
}

// instant reads a wall clock that showed local, some time about or after before.
func (c *instants) instant(local, before int64) int64 {
	first, second := moments(local, c.zone)
	if first != second && before-first >= setBackMs {
		return second
	}
	return first
}

// find returns the time at a moment, 0 if it is not set. base is the time
// before it, which durations add to.
func (c *instants) find(m moment, r *row, base int64) (at int64, err error) {
	if !m.add {
		return c.at[m.column], nil
	}
	text := r.value(m.column)
	if text == "" || base == 0 {
		return 0, nil
	}
	ms, err := duration(text)
	if err != nil {
		return 0, fmt.Errorf("%s %q %w", c.names[m.column], text, err)
	}
	return base + ms, nil
}

// duration reads seconds, with or without a fraction, or [h:]mm:ss, into ms.
func duration(text string) (int64, error) {
	var ms float64
	for i, piece := range strings.Split(text, ":") {
		v, err := strconv.ParseFloat(piece, 64)
		if err != nil || !(v >= 0 && v < longestWaitMs) || i > 2 {
			return 0, errDuration
		}
		ms = ms*60 + v*1000
	}
	if ms > longestWaitMs {
		return 0, errDuration
	}
	return int64(ms + 0.5), nil
}

var errDuration = errors.New("is neither seconds nor h:mm:ss")
