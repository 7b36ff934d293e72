package metrics

import (
	"testing"
	"time"
)

func TestAClosedChannelOpensWhenItsHoursBeginAgain(t *testing.T) {
	at := func(day, hour int) int64 { return time.Date(2025, 11, day, hour, 0, 0, 0, time.UTC).UnixMilli() }
	weekdays := [7]bool{false, true, true, true, true, true, false}
	for _, c := range []struct {
		name  string
		hours Hours
		t     int64
		want  int64
	}{
		{"open now", Hours{From: 9 * time.Hour, To: 18 * time.Hour}, at(11, 10), at(11, 10)},
		{"later today", Hours{From: 9 * time.Hour, To: 18 * time.Hour}, at(11, 7), at(11, 9)},
		{"tomorrow", Hours{From: 9 * time.Hour, To: 18 * time.Hour}, at(11, 19), at(12, 9)},
		{"past midnight it is open still", Hours{From: 22 * time.Hour, To: 6 * time.Hour}, at(12, 3), at(12, 3)},
		{"after a weekend", Hours{From: 9 * time.Hour, To: 18 * time.Hour, Days: weekdays}, at(14, 19), at(17, 9)}, // a Friday
		{"after a holiday", Hours{From: 9 * time.Hour, To: 18 * time.Hour, Holidays: []string{"2025-11-12"}}, at(11, 19), at(13, 9)},
	} {
		if got := c.hours.next(c.t, time.UTC); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, time.UnixMilli(got).UTC(), time.UnixMilli(c.want).UTC())
		}
	}
	never := Hours{From: 9 * time.Hour, To: 18 * time.Hour, Days: [7]bool{true}, Holidays: []string{"2025-11-16", "2025-11-23"}}
	if got := never.next(at(11, 0), time.UTC); got != 0 {
		t.Errorf("hours without a day open at %v", time.UnixMilli(got).UTC())
	}
}
