package cdr

import (
	"testing"
	"time"
)

func TestLayouts(t *testing.T) {
	for _, c := range []struct{ layout, text, want string }{
		{"%Y-%m-%d %H:%M:%S", "1999-02-01 7:02:03", "1999-02-01T07:02:03Z"},
		{"%y%m%d", "990201", "1999-02-01T00:00:00Z"},
		{"%y%m%d", "680201", "2068-02-01T00:00:00Z"},
		{"%d/%m/%y %I:%M %p", "1/2/21 12:05 AM", "2021-02-01T00:05:00Z"},
		{"%d %b %Y %I:%M%p", "29 feb 2024 1:05pm", "2024-02-29T13:05:00Z"},
		{"%Y-%m-%dT%H:%M:%S.%f%z", "2019-08-10T07:40:50.125Z", "2019-08-10T07:40:50.125Z"},
		{"%Y-%m-%dT%H:%M:%S%z", "2019-08-10T07:40:50-05:30", "2019-08-10T13:10:50Z"},
		{"%s", "1543527289", "2018-11-29T21:34:49Z"},
		{"%s", "1543527289.1234567891", "2018-11-29T21:34:49.123Z"},
		{"%Q", "1543527289123", "2018-11-29T21:34:49.123Z"},
		{"%H%%%M", "7%05", "0000-01-01T07:05:00Z"},
		{"%Y-%m-%d", "2023-02-29", ""},
		{"%Y-%m-%d", "2023-13-01", ""},
		{"%Y-%m-%d", "2023-01-01 ", ""},
		{"%H:%M", "24:00", ""},
		{"%H:%M", "7:60", ""},
		{"%I:%M %p", "13:00 PM", ""},
		{"%I:%M %p", "1:00 xm", ""},
		{"%d %b %Y", "1 anf 2020", ""},
		{"%z", "+9", ""},
		{"%s", "", ""},
		{"%f", "x", ""},
	} {
		l, err := newLayout(c.layout)
		if err != nil {
			t.Fatal(err)
		}
		f, err := l.parse(c.text)
		got := ""
		if err == nil {
			ms, _ := f.milliseconds()
			got = time.UnixMilli(ms).UTC().Format("2006-01-02T15:04:05.999Z")
		}
		if got != c.want {
			t.Errorf("%q as %q: got %q, want %q (%v)", c.text, c.layout, got, c.want, err)
		}
	}
}

// The wall clock of every instant around a change of clocks must lead back to
// that instant, as the first or the second of its readings.
func TestMomentsAroundChangesOfClocks(t *testing.T) {
	for _, c := range []struct {
		zone string
		at   time.Time
	}{
		{"Asia/Jerusalem", time.Date(1999, 4, 2, 0, 0, 0, 0, time.UTC)},
		{"Asia/Jerusalem", time.Date(1999, 9, 2, 23, 0, 0, 0, time.UTC)},
		{"America/New_York", time.Date(2026, 11, 1, 6, 0, 0, 0, time.UTC)},
		{"America/New_York", time.Date(2026, 3, 8, 7, 0, 0, 0, time.UTC)},
		{"Australia/Lord_Howe", time.Date(2026, 4, 4, 15, 0, 0, 0, time.UTC)},
		{"Asia/Shanghai", time.Date(2026, 4, 4, 15, 0, 0, 0, time.UTC)},
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		twice := 0
		for minute := -600; minute < 600; minute += 10 {
			at := c.at.Add(time.Duration(minute) * time.Minute)
			face := at.In(zone)
			local := time.Date(face.Year(), face.Month(), face.Day(), face.Hour(), face.Minute(), 0, 0, time.UTC).UnixMilli()
			first, second := moments(local, zone)
			if first > second || at.UnixMilli() != first && at.UnixMilli() != second {
				t.Errorf("%s %s: %d %d, want %d", c.zone, face, first, second, at.UnixMilli())
			}
			if first != second {
				twice++
			}
		}
		_, before := c.at.Add(-24 * time.Hour).In(zone).Zone()
		_, after := c.at.Add(24 * time.Hour).In(zone).Zone()
		if want := max(0, before-after) / 600 * 2; twice != want {
			t.Errorf("%s at %s: %d readings are ambiguous, want %d", c.zone, c.at, twice, want)
		}
	}
	gap := time.Date(2026, 3, 8, 2, 30, 0, 0, time.UTC).UnixMilli() // never shown in New York
	newYork, _ := time.LoadLocation("America/New_York")
	first, _ := moments(gap, newYork)
	if got := time.UnixMilli(first).In(newYork).Format("15:04"); got != "03:30" {
		t.Errorf("a time left out reads as %s", got)
	}
}

func TestASecondReadingOfARepeatedHour(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	c := instants{zone: berlin}
	ten50 := time.Date(2026, 10, 25, 0, 50, 0, 0, time.UTC).UnixMilli() // 02:50 summer time
	face := func(h, m int) int64 { return time.Date(2026, 10, 25, h, m, 0, 0, time.UTC).UnixMilli() }
	for _, k := range []struct {
		name   string
		local  int64
		before int64
		want   string
	}{
		{"first reading without anything before", face(2, 10), 0, "00:10"},
		{"45 minutes back within the repeated hour is the second reading", face(2, 5), ten50, "01:05"},
		{"a second back stays", face(2, 49), ten50, "00:49"},
	} {
		if got := time.UnixMilli(c.instant(k.local, k.before)).UTC().Format("15:04"); got != k.want {
			t.Errorf("%s: got %s, want %s", k.name, got, k.want)
		}
	}
}

func TestDurations(t *testing.T) {
	for text, want := range map[string]int64{"0": 0, "12.5": 12500, "2:03": 123000, "1:02:03": 3723000, "-1": -1, "x": -1, "1:2:3:4": -1, "NaN": -1, "Inf": -1, "": -1, "1e300": -1} {
		got, err := duration(text)
		if err != nil {
			got = -1
		}
		if got != want {
			t.Errorf("%q: got %d, want %d", text, got, want)
		}
	}
}
