package wire

import (
	"math/rand/v2"
	"testing"
	"time"
)

func TestTimes(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     string // "" for refused
	}{
		{"UTC", "2026-11-21T09:30:00Z", "2026-11-21T09:30:00.000Z"},
		{"a fraction is cut, not rounded", "2026-11-21T09:30:00.123999999999Z", "2026-11-21T09:30:00.123Z"},
		{"one decimal", "2026-11-21T09:30:00.5Z", "2026-11-21T09:30:00.500Z"},
		{"an offset east", "2026-11-21T09:30:00+08:00", "2026-11-21T01:30:00.000Z"},
		{"an offset west over midnight", "2026-12-31T23:30:00-01:45", "2027-01-01T01:15:00.000Z"},
		{"an unknown offset", "2026-11-21T09:30:00-00:00", "2026-11-21T09:30:00.000Z"},
		{"lower case", "2026-11-21t09:30:00z", "2026-11-21T09:30:00.000Z"},
		{"a leap day", "2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"},
		{"a leap day of a century that has one", "2000-02-29T00:00:00Z", "2000-02-29T00:00:00.000Z"},
		{"a leap second", "2016-12-31T23:59:60.5Z", "2017-01-01T00:00:00.500Z"},
		{"a leap second in local time", "2017-01-01T07:59:60+08:00", "2017-01-01T00:00:00.000Z"},
		{"the first moment", "1980-01-01T00:00:00Z", "1980-01-01T00:00:00.000Z"},
		{"the last moment", "2200-12-31T23:59:59.999Z", "2200-12-31T23:59:59.999Z"},
		{"before the first", "1979-12-31T23:59:59.999Z", ""},
		{"after the last", "2201-01-01T00:00:00Z", ""},
		{"no leap second in mid-month", "2016-12-15T23:59:60Z", ""},
		{"no leap second at noon", "2016-12-31T12:00:60Z", ""},
		{"no leap day", "2023-02-29T00:00:00Z", ""},
		{"no leap day in a century", "2100-02-29T00:00:00Z", ""},
		{"31 April", "2026-04-31T00:00:00Z", ""},
		{"month 0", "2026-00-01T00:00:00Z", ""},
		{"month 13", "2026-13-01T00:00:00Z", ""},
		{"hour 24", "2026-11-21T24:00:00Z", ""},
		{"second 61", "2026-12-31T23:59:61Z", ""},
		{"a blank for T", "2026-11-21 09:30:00Z", ""},
		{"no zone", "2026-11-21T09:30:00", ""},
		{"a zone without minutes", "2026-11-21T09:30:00+08", ""},
		{"a zone without a colon", "2026-11-21T09:30:00+0800", ""},
		{"a zone of 24 hours", "2026-11-21T09:30:00+24:00", ""},
		{"a zone by name", "2026-11-21T09:30:00 CST", ""},
		{"a comma for the point", "2026-11-21T09:30:00,5Z", ""},
		{"a point and nothing", "2026-11-21T09:30:00.Z", ""},
		{"no seconds", "2026-11-21T09:30Z", ""},
		{"an hour of one digit", "2026-11-21T9:30:00Z", ""},
		{"a year of five digits", "12026-11-21T09:30:00Z", ""},
		{"a sign", "+026-11-21T09:30:00Z", ""},
		{"blanks around", " 2026-11-21T09:30:00Z", ""},
		{"something behind", "2026-11-21T09:30:00ZZ", ""},
		{"nothing", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			ms, ok := parseTime(c.in)
			if ok != (c.want != "") {
				t.Fatalf("accepted = %v", ok)
			}
			if ok && string(appendTime(nil, ms)) != c.want {
				t.Errorf("got %s, want %s", appendTime(nil, ms), c.want)
			}
		})
	}
}

func TestTimesAgreeWithTheStandardLibrary(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 9))
	for range 20000 {
		at := time.UnixMilli(someTime(r)).In(time.FixedZone("", (r.IntN(2*1439+1)-1439)*60))
		s := at.Format("2006-01-02T15:04:05.000Z07:00")
		if ms, ok := parseTime(s); !ok || ms != at.UnixMilli() {
			t.Fatalf("%s read as %d (%v), want %d", s, ms, ok, at.UnixMilli())
		}
		if got, want := string(appendTime(nil, at.UnixMilli())), at.UTC().Format("2006-01-02T15:04:05.000Z"); got != want {
			t.Fatalf("%s written as %s", want, got)
		}
	}
}
