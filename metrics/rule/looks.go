package rule

import (
	"time"

	"wallboard/metrics"
	"wallboard/metrics/kpi"
	"wallboard/metrics/window"
)

// looks remembers which rows were looked at last, so that one of which nothing
// has changed need not be read again. A row is replaced as soon as a figure of
// it differs, and windows of whole minutes move with the minute.
type looks struct {
	minute int64
	last   map[*metrics.Row]bool
	now    map[*metrics.Row]bool
}

func (k *looks) begin(at int64) {
	k.last, k.now = k.now, k.last
	clear(k.now)
	if k.now == nil {
		k.now = map[*metrics.Row]bool{}
	}
	if minute := at / 60_000; minute != k.minute {
		k.minute = minute
		clear(k.last)
	}
}

// note remembers a row and says whether it was there in the look before, in
// the same minute.
func (k *looks) note(row *metrics.Row) bool {
	k.now[row] = true
	return k.last[row]
}

func (k *looks) forget() { *k = looks{} }

// moves says whether what the rule looks at may change though the row does
// not: ages grow with the clock, and so do sums over time.
func (c *compiled) moves() bool {
	return c.Mode == ModeDynamic || c.Mode == ModeShare || c.every > 1 || c.kpi.Unit == kpi.UnitSeconds && c.kpi.Kind == kpi.Now || c.kpi.GrowsWithTime()
}

// sixtieth returns the longest of the intervals at which looks always fall, in
// ms, that is no longer than a sixtieth of the rule's window.
func (c *compiled) sixtieth() int64 {
	minutes := c.Minutes
	if minutes == 0 {
		switch c.kpi.Kind {
		case kpi.Now:
			return 1
		case kpi.Fixed:
			minutes = c.kpi.Over.Minutes()
		default:
			minutes = c.Window.Minutes()
		}
	}
	if minutes == 0 { // the day
		minutes = 60
	}
	for _, seconds := range [...]int{60, 30, 20, 15, 10} {
		if seconds <= minutes {
			return int64(seconds) * 1000
		}
	}
	return 1
}

// parts is how many times a window of more than an hour is judged while it
// passes once: what four hours say changes little in five minutes, and reading
// them costs as much as reading everything else.
const parts = 48

// judged returns how often the rule is judged, ms: 1 is at every look. Looks
// fall on whole minutes and hours, so an interval must divide the hour. What is
// true now is judged at every look, a window of up to an hour at every sixtieth
// of it: a quarter of an hour every fifteen seconds.
func (c *compiled) judged() int64 {
	minutes := 0
	switch {
	case c.Mode == ModeBurn:
		for _, s := range c.spends {
			if s != nil && s.Window > time.Hour {
				minutes = 1
			}
		}
	case c.Minutes > window.SparseReach:
		minutes = c.Minutes / parts
	default:
		return c.sixtieth()
	}
	for ; minutes > 1; minutes-- {
		if 60%minutes == 0 {
			break
		}
	}
	return max(1, int64(minutes)*60_000)
}
