package rule

import (
	"wallboard/metrics"
	"wallboard/metrics/kpi"
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
	return c.Mode == ModeDynamic || c.kpi.Unit == kpi.UnitSeconds && c.kpi.Kind == kpi.Now || c.kpi.GrowsWithTime()
}
