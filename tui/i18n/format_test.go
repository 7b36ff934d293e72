package i18n

import (
	"math"
	"testing"
	"time"

	"wallboard/tui/text"
)

func TestNumbersAreWrittenTowardTheBadSide(t *testing.T) {
	f, zh := NewFormat(English, Unicode), NewFormat(Chinese, Unicode)
	for _, c := range []struct{ name, got, want string }{
		{"a percentage just below 90 never reads 90.0", f.Percent(89.96, Down).String(), "89.9"},
		{"an abandonment just above 5 never reads 5.0", f.Percent(5.01, Up).String(), "5.1"},
		{"an exact tenth stays", f.Percent(0.29*100, Down).String(), "29.0"},
		{"the other way round as well", f.Percent(0.07*100, Up).String(), "7.0"},
		{"a wait just beyond five minutes reads so", f.Clock(300.2, Up).String(), "5:01"},
		{"four hours and a bit do not read four hours", f.Span(4*3600+20, Up).String(), "4h01m"},
		{"an age is cut", f.Span(4*3600+59, Down).String(), "4h00m"},
		{"no number is a dash", f.Percent(math.NaN(), Down).String(), "—"},
		{"infinity is a dash", f.Clock(math.Inf(1), Up).String(), "—"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
	if got := zh.Words(72, Up).String(); got != "1分12秒" {
		t.Errorf("72 s in Chinese words: %q", got)
	}
}

func TestForms(t *testing.T) {
	f := NewFormat(English, Unicode)
	zone := time.FixedZone("CST", 8*3600)
	at := time.Date(1999, 2, 1, 11, 4, 9, 0, zone).UnixMilli()
	for _, c := range []struct{ name, got, want string }{
		{"thousands are separated", f.Count(1_234_567).String(), "1,234,567"},
		{"a negative count", f.Count(-1284).String(), "−1,284"},
		{"four digits stay whole when compact", f.Compact(9_999).String(), "9,999"},
		{"five digits become thousands", f.Compact(12_345).String(), "12.3k"},
		{"six digits", f.Compact(123_456).String(), "123k"},
		{"millions", f.Compact(1_234_567).String(), "1.2M"},
		{"a change upward has its sign", f.Signed(12, Nearest).String(), "+12"},
		{"a change downward", f.Signed(-3, Nearest).String(), "−3"},
		{"no change", f.Signed(0, Nearest).String(), "±0"},
		{"a small rate has a decimal", f.Rate(0.34, Nearest).String(), "0.3"},
		{"a large one has none", f.Rate(31.4, Nearest).String(), "31"},
		{"no flow is plain zero", f.Rate(0, Nearest).String(), "0"},
		{"seconds on a stopwatch", f.Clock(18, Up).String(), "0:18"},
		{"the last second before the hour", f.Clock(3599, Up).String(), "59:59"},
		{"hours", f.Clock(3720, Up).String(), "1h02m"},
		{"days", f.Clock(3*86400+4*3600, Up).String(), "3d04h"},
		{"many days", f.Span(400*86400, Up).String(), "400d"},
		{"seconds up to 99", f.Span(99, Up).String(), "99s"},
		{"minutes from 100 seconds", f.Span(100, Up).String(), "1m40s"},
		{"a negative wait is none", f.Clock(-4, Up).String(), "0:00"},
		{"briefly, seconds", f.Brief(42, Up).String(), "42s"},
		{"briefly, minutes go to the bad side", f.Brief(12*60+9, Up).String(), "13m"},
		{"briefly, from a hundred minutes hours", f.Brief(6120, Up).String(), "2h"},
		{"briefly, days", f.Brief(5*86400, Up).String(), "5d"},
		{"a young age shows tenths", f.Age(310).String(), "0.3s"},
		{"an older one does not", f.Age(12_900).String(), "12s"},
		{"time of day in the floor's zone", f.TimeOfDay(at, zone).String(), "11:04:09"},
		{"hour and minute", f.Minute(at, zone).String(), "11:04"},
		{"the date", f.Date(at, zone).String(), "1999-02-01"},
		{"memory", f.Bytes(96_468_992).String(), "92 MiB"},
		{"nanoseconds", f.Nanos(820).String(), "820 ns"},
		{"microseconds", f.Nanos(1_940).String(), "1.9 µs"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
}

func TestKnownNumbersAllocateNothing(t *testing.T) {
	f := NewFormat(English, Unicode)
	write := func() {
		for i := range 200 {
			f.Percent(float64(i)/2, Down)
			f.Clock(float64(i*7), Up)
			f.Count(int64(i * 131))
		}
	}
	write()
	if n := testing.AllocsPerRun(10, write); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestMemoryIsBounded(t *testing.T) {
	f := NewFormat(English, Unicode)
	for i := range int64(5 * remembered) {
		f.Count(i)
	}
	if n := len(f.young) + len(f.old); n > 2*remembered {
		t.Errorf("%d texts remembered", n)
	}
}

func TestAChosenLengthHasNoNoughtsAtItsEnd(t *testing.T) {
	en, zh := NewFormat(English, Unicode), NewFormat(Chinese, Unicode)
	for seconds, want := range map[float64][2]string{
		60: {"1m", "1分"}, 900: {"15m", "15分"}, 3600: {"1h", "1小时"}, 5400: {"1h30m", "1小时30分"}, 14_400: {"4h", "4小时"}, 86_400: {"1d", "1天"}, 45: {"45s", "45秒"}, 0: {"0s", "0秒"},
	} {
		if a, b := en.Length(seconds).String(), zh.Length(seconds).String(); a != want[0] || b != want[1] {
			t.Errorf("%v s is %q and %q, want %q", seconds, a, b, want)
		}
	}
}

func TestChineseCountsInTenThousandsAndSaysItsSeconds(t *testing.T) {
	f := NewFormat(Chinese, Unicode)
	for _, c := range []struct{ name, got, want string }{
		{"below ten thousand as elsewhere", f.Compact(9_999).String(), "9,999"},
		{"ten thousands have a decimal", f.Compact(12_345).String(), "1.2万"},
		{"hundred thousands have none", f.Compact(123_456).String(), "12万"},
		{"millions", f.Compact(1_234_567).String(), "123万"},
		{"ten millions become parts of a hundred million", f.Compact(12_345_678).String(), "0.1亿"},
		{"hundred millions", f.Compact(123_456_789).String(), "1.2亿"},
		{"a young age", f.AgeWords(310).String(), "0.3秒"},
		{"an older one", f.AgeWords(12_900).String(), "12秒"},
		{"a table keeps the short form", f.Age(310).String(), "0.3s"},
		{"minutes", f.AgeWords(185_000).String(), "3分05秒"},
		{"hours", f.AgeWords(7_500_000).String(), "2小时05分"},
		{"days", f.AgeWords(2*86_400_000 + 3*3_600_000).String(), "2天03小时"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
}

func TestCompactTakesFiveCells(t *testing.T) {
	for _, lang := range Langs() {
		f := NewFormat(lang, Unicode)
		for n := int64(1); n < 1e11; n = n*3 + 7 {
			if t5 := f.Compact(n).String(); lang == Chinese && n < 1e11 && text.Width(t5) > 5 {
				t.Errorf("%s writes %d as %q", lang, n, t5)
			} else if lang == English && n < 1e9 && text.Width(t5) > 6 {
				t.Errorf("%s writes %d as %q", lang, n, t5)
			}
		}
	}
}
