package metrics

import (
	"slices"
	"time"
)

// always says whether the hours leave nothing out.
func (h *Hours) always() bool {
	return h.From == h.To && len(h.Holidays) == 0 && (h.Days == [7]bool{} || h.Days == [7]bool{true, true, true, true, true, true, true})
}

// span returns the opening of a local day, from > to where it is shut.
func (h *Hours) span(y int, m time.Month, d int, zone *time.Location) (from, to int64) {
	day := time.Date(y, m, d, 0, 0, 0, 0, zone)
	if h.Days != ([7]bool{}) && !h.Days[day.Weekday()] || slices.Contains(h.Holidays, day.Format(time.DateOnly)) {
		return 1, 0
	}
	at := func(v time.Duration) int64 {
		return time.Date(y, m, d, int(v/time.Hour), int(v%time.Hour/time.Minute), int(v%time.Minute/time.Second), 0, zone).UnixMilli()
	}
	if h.From == h.To {
		return day.UnixMilli(), at(24 * time.Hour)
	}
	if h.To < h.From { // past midnight
		return at(h.From), at(24*time.Hour + h.To)
	}
	return at(h.From), at(h.To)
}

// Open says whether t, ms since the epoch, is within the hours in a zone.
func (h *Hours) Open(t int64, zone *time.Location) bool { return h.open(t, zone) }

// open says whether t is within the hours.
func (h *Hours) open(t int64, zone *time.Location) bool {
	if h.always() {
		return true
	}
	at := time.UnixMilli(t).In(zone)
	for back := range 2 {
		y, m, d := at.AddDate(0, 0, -back).Date()
		if from, to := h.span(y, m, d, zone); from <= t && t < to {
			return true
		}
	}
	return false
}

// outOfHours says whether a contact that begins at t is begun outside opening
// or duty hours.
func (e *Engine) outOfHours(c *chanState, t int64) bool {
	zone := e.floors[c.floor].settings.Zone
	return !c.settings.Hours.open(t, zone) || !c.settings.Duty.open(t, zone)
}

// opensAt returns when a channel that is out of hours at t is open and on duty
// again, 0 where it is not within two weeks.
func (e *Engine) opensAt(c *chanState, t int64) int64 {
	zone := e.floors[c.floor].settings.Zone
	for range 4 { // each is a step of the one to where the other is open
		open, duty := c.settings.Hours.next(t, zone), c.settings.Duty.next(t, zone)
		if open == 0 || duty == 0 {
			return 0
		}
		if open == duty {
			return open
		}
		t = max(open, duty)
	}
	return 0
}

// next returns the first instant from t on that is within the hours, 0 where
// none is within two weeks.
func (h *Hours) next(t int64, zone *time.Location) int64 {
	if h.open(t, zone) {
		return t
	}
	at := time.UnixMilli(t).In(zone)
	for ahead := range 15 {
		y, m, d := at.AddDate(0, 0, ahead).Date()
		if from, to := h.span(y, m, d, zone); from >= t && from < to {
			return from
		}
	}
	return 0
}

// openBetween returns how much of [from, to) is within opening hours, in ms.
func (e *Engine) openBetween(c *chanState, from, to int64) int64 {
	h := &c.settings.Hours
	if h.always() || to <= from {
		return max(0, to-from)
	}
	zone := e.floors[c.floor].settings.Zone
	sum := int64(0)
	at := time.UnixMilli(from).In(zone).AddDate(0, 0, -1)
	for range 400 {
		y, m, d := at.Date()
		if time.Date(y, m, d, 0, 0, 0, 0, zone).UnixMilli() >= to {
			break
		}
		open, shut := h.span(y, m, d, zone)
		sum += max(0, min(shut, to)-max(open, from))
		at = at.AddDate(0, 0, 1)
	}
	return sum
}

// openAfter returns when so many ms of opening hours have passed since t.
func (e *Engine) openAfter(c *chanState, t, ms int64) int64 {
	h := &c.settings.Hours
	if h.always() {
		return t + ms
	}
	zone := e.floors[c.floor].settings.Zone
	at := time.UnixMilli(t).In(zone).AddDate(0, 0, -1)
	for range 400 {
		y, m, d := at.Date()
		open, shut := h.span(y, m, d, zone)
		if open = max(open, t); open < shut {
			if ms <= shut-open {
				return open + ms
			}
			ms -= shut - open
		}
		at = at.AddDate(0, 0, 1)
	}
	return noTime
}
