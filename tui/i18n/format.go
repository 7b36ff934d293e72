package i18n

import (
	"math"
	"strconv"
	"strings"
	"time"

	"wallboard/metrics/clean"
)

// Round says to which side a number is cut for display: toward the bad side of
// its KPI, so that 89.96 never reads 90.0 beside "< 90".
type Round int8

// The directions.
const (
	Nearest Round = iota
	Up            // less is better
	Down          // more is better
)

// NoData is what is written where there is nothing to measure.
func (f *Format) NoData() clean.Text { return f.none }

// remembered bounds the texts a Format keeps: two generations of this many.
const remembered = 4096

type kind uint8

const (
	kindCount kind = iota
	kindPercent
	kindRate
	kindClock
	kindSpan
	kindSigned
	kindTime
	kindSeconds
	kindCompact
	kindSignedRate
	kindWords
	kindAge
	kindAgeWords
	kindBrief
)

type memo struct {
	kind kind
	v    int64
	zone *time.Location
}

// Format writes numbers in one language. It remembers what it wrote, because a
// wall writes the same few hundred numbers again and again: a frame of known
// numbers allocates nothing. One per program; not safe for concurrent use.
type Format struct {
	lang       Lang
	script     Script
	none       clean.Text
	near       [1024]remembering // the last that stood at a place: found without hashing
	young, old map[memo]clean.Text
	buf        []byte
}

// remembering is a number and how it is written.
type remembering struct {
	key  memo
	text clean.Text
}

// NewFormat returns a Format for the language and the script.
func NewFormat(lang Lang, script Script) *Format {
	return &Format{lang: lang, script: script, none: clean.Own(script.plain("—")), young: make(map[memo]clean.Text, remembered), buf: make([]byte, 0, 32)}
}

// remember returns the text for the key, writing it if it is new.
func (f *Format) remember(k memo, write func([]byte, int64) []byte) clean.Text {
	near := &f.near[uint64(k.v*8+int64(k.kind))%uint64(len(f.near))]
	if near.key == k && !near.text.Empty() {
		return near.text
	}
	t := f.rememberFar(k, write)
	*near = remembering{k, t}
	return t
}

// rememberFar is remember for what does not stand near.
func (f *Format) rememberFar(k memo, write func([]byte, int64) []byte) clean.Text {
	if t, ok := f.young[k]; ok {
		return t
	}
	t, ok := f.old[k]
	if !ok {
		f.buf = write(f.buf[:0], k.v)
		t = clean.Own(f.script.plain(string(f.buf)))
	}
	if len(f.young) >= remembered {
		f.old, f.young = f.young, make(map[memo]clean.Text, remembered)
	}
	f.young[k] = t
	return t
}

// whole rounds v to the side given. A millionth of a step counts as reached:
// 0.29*100 is 28.999999999999996 and means 29.
func whole(v float64, r Round) int64 {
	const step = 1e-6
	switch {
	case v > 1e15:
		return 1e15
	case v < -1e15:
		return -1e15
	case r == Up:
		return int64(math.Ceil(v - step))
	case r == Down:
		return int64(math.Floor(v + step))
	}
	return int64(math.Round(v))
}

// shown rounds a duration to what its written form can show, so that four hours
// and twenty seconds do not read 4h00m beside a limit of 4h00m.
func shown(seconds float64, r Round) int64 {
	s := max(0, whole(seconds, r))
	step := int64(1)
	switch {
	case s >= 100*86_400:
		step = 86_400
	case s >= 86_400:
		step = 3600
	case s >= 3600:
		step = 60
	}
	return whole(float64(s)/float64(step), r) * step
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// Count writes a whole number with thousands separated: 1,284.
func (f *Format) Count(n int64) clean.Text {
	return f.remember(memo{kind: kindCount, v: n}, appendGrouped)
}

// Whole writes a quantity that is shown without decimals.
func (f *Format) Whole(v float64, r Round) clean.Text {
	if !finite(v) {
		return f.none
	}
	return f.Count(whole(v, r))
}

// Compact writes a count in at most five cells: 9,999, then 10.0k, 1.2M; in
// Chinese, which counts in ten thousands, 1.2万, 123万, 1.2亿.
func (f *Format) Compact(n int64) clean.Text {
	if f.lang == Chinese {
		return f.remember(memo{kind: kindCompact, v: n}, appendCompactZH)
	}
	return f.remember(memo{kind: kindCompact, v: n}, appendCompact)
}

// Signed writes a change: +12, −3, ±0.
func (f *Format) Signed(v float64, r Round) clean.Text {
	if !finite(v) {
		return f.none
	}
	return f.remember(memo{kind: kindSigned, v: whole(v, r)}, appendSigned)
}

// Percent writes v, in percent, with one decimal and no sign: 81.3. From 100 on
// it has none, so that it never takes more than four cells below 10,000.
func (f *Format) Percent(v float64, r Round) clean.Text {
	if !finite(v) {
		return f.none
	}
	return f.remember(memo{kind: kindPercent, v: whole(v*10, r)}, func(b []byte, tenths int64) []byte {
		if tenths >= 1000 {
			return strconv.AppendInt(b, whole(float64(tenths)/10, r), 10)
		}
		return appendTenths(b, tenths)
	})
}

// Rate writes a rate: one decimal below ten, whole from there.
func (f *Format) Rate(v float64, r Round) clean.Text {
	if !finite(v) {
		return f.none
	}
	return f.remember(memo{kind: kindRate, v: whole(v*10, r)}, func(b []byte, tenths int64) []byte {
		if tenths < 100 && tenths > -100 && tenths != 0 {
			return appendTenths(b, tenths)
		}
		return appendGrouped(b, whole(float64(tenths)/10, r))
	})
}

// SignedRate is Rate with its sign: +12, −0.4, ±0.
func (f *Format) SignedRate(v float64, r Round) clean.Text {
	if !finite(v) {
		return f.none
	}
	return f.remember(memo{kind: kindSignedRate, v: whole(v*10, r)}, func(b []byte, tenths int64) []byte {
		if tenths == 0 || tenths >= 100 || tenths <= -100 {
			return appendSigned(b, whole(float64(tenths)/10, r))
		}
		if tenths > 0 {
			b = append(b, '+')
		}
		return appendTenths(b, tenths)
	})
}

// Clock writes a running wait or age, in seconds, the way a stopwatch does:
// 0:18, 6:12, then 1h02m and 3d04h. At most six cells below 100 days.
func (f *Format) Clock(seconds float64, r Round) clean.Text {
	if !finite(seconds) {
		return f.none
	}
	return f.remember(memo{kind: kindClock, v: shown(seconds, r)}, appendClock)
}

// Span writes a duration, in seconds, in at most six cells: 42s, 1m12s, 1h05m,
// 2d03h. Tables use it in every language.
func (f *Format) Span(seconds float64, r Round) clean.Text {
	if !finite(seconds) {
		return f.none
	}
	return f.remember(memo{kind: kindSpan, v: shown(seconds, r)}, appendSpan)
}

// Brief writes a duration, in seconds, in its largest unit alone, in at most
// three cells: 42s, 13m, 4h, 3d. It is for figures that have no room for two.
func (f *Format) Brief(seconds float64, r Round) clean.Text {
	if !finite(seconds) {
		return f.none
	}
	s := max(0, whole(seconds, r))
	step, unit := int64(1), byte('s')
	switch {
	case s >= 100*3600:
		step, unit = 86_400, 'd'
	case s >= 100*60:
		step, unit = 3600, 'h'
	case s >= 100:
		step, unit = 60, 'm'
	}
	return f.remember(memo{kind: kindBrief, v: whole(float64(s)/float64(step), r)*256 + int64(unit)}, func(b []byte, v int64) []byte {
		return append(strconv.AppendInt(b, v/256, 10), byte(v%256))
	})
}

// Words writes a duration, in seconds, for sentences: 1m12s, 1分12秒.
func (f *Format) Words(seconds float64, r Round) clean.Text {
	if !finite(seconds) {
		return f.none
	}
	if f.lang != Chinese {
		return f.remember(memo{kind: kindWords, v: shown(seconds, r)}, appendWords)
	}
	return f.remember(memo{kind: kindSeconds, v: shown(seconds, r)}, appendWordsZH)
}

// Length writes a duration that somebody chose, in seconds: 15m, 1h30m, 4小时.
// Parts that are nought at the end are left out.
func (f *Format) Length(seconds float64) clean.Text {
	long := f.Words(seconds, Nearest).String()
	for _, nought := range [...]string{"00s", "00m", "00h", "00秒", "00分", "00小时"} {
		if short, ok := strings.CutSuffix(long, nought); ok && short != "" {
			return clean.Own(short)
		}
	}
	return clean.Own(long)
}

// Age writes how long ago something was, in milliseconds, in at most six cells:
// 0.3s, 12s, 3m05s. Tables use it in every language.
func (f *Format) Age(ms int64) clean.Text { return f.age(ms, "s", f.Span) }

// AgeWords writes an age for sentences: 0.3s, 3m05s; 0.3秒, 3分05秒.
func (f *Format) AgeWords(ms int64) clean.Text {
	if f.lang == Chinese {
		return f.age(ms, "秒", f.Words)
	}
	return f.Age(ms)
}

// age writes tenths while they can be read, whole seconds from ten on.
func (f *Format) age(ms int64, second string, whole func(seconds float64, r Round) clean.Text) clean.Text {
	ms = max(0, ms)
	if ms >= 10_000 {
		return whole(float64(ms/1000), Down)
	}
	k := memo{kind: kindAge, v: ms / 100}
	if second != "s" {
		k.kind = kindAgeWords
	}
	return f.remember(k, func(b []byte, tenths int64) []byte { return append(appendTenths(b, tenths), second...) })
}

// TimeOfDay writes hours, minutes and seconds in the zone: 14:05:33.
func (f *Format) TimeOfDay(ms int64, zone *time.Location) clean.Text {
	return f.remember(memo{kind: kindTime, v: ms / 1000, zone: zone}, func(b []byte, s int64) []byte {
		return time.Unix(s, 0).In(zone).AppendFormat(b, "15:04:05")
	})
}

// Minute writes hours and minutes in the zone: 14:05.
func (f *Format) Minute(ms int64, zone *time.Location) clean.Text {
	return f.remember(memo{kind: kindTime, v: -ms / 60_000, zone: zone}, func(b []byte, m int64) []byte {
		return time.Unix(-m*60, 0).In(zone).AppendFormat(b, "15:04")
	})
}

// Date writes the day in the zone: 1999-02-01.
func (f *Format) Date(ms int64, zone *time.Location) clean.Text {
	return clean.Own(time.UnixMilli(ms).In(zone).Format(time.DateOnly))
}

// Zone writes the zone's short name at that time: CST, or +08 where it has none.
func (f *Format) Zone(ms int64, zone *time.Location) clean.Text {
	name, _ := time.UnixMilli(ms).In(zone).Zone()
	return clean.Own(name)
}

// Bytes writes a size of memory: 312 MiB.
func (f *Format) Bytes(n uint64) clean.Text {
	const kib = 1024
	switch {
	case n < kib:
		return clean.Own(strconv.FormatUint(n, 10) + " B")
	case n < kib*kib:
		return clean.Own(strconv.FormatUint(n/kib, 10) + " KiB")
	case n < 10*kib*kib*kib:
		return clean.Own(strconv.FormatUint(n/(kib*kib), 10) + " MiB")
	}
	return clean.Own(strconv.FormatUint(n/(kib*kib*kib), 10) + " GiB")
}

// Nanos writes what a step cost: 850 ns, 1.9 µs, 3.4 ms.
func (f *Format) Nanos(ns float64) clean.Text {
	switch {
	case !finite(ns):
		return f.none
	case ns < 1_000:
		return clean.Own(strconv.FormatFloat(ns, 'f', 0, 64) + " ns")
	case ns < 1_000_000:
		return clean.Own(f.script.plain(strconv.FormatFloat(ns/1_000, 'f', 1, 64) + " µs"))
	}
	return clean.Own(strconv.FormatFloat(ns/1_000_000, 'f', 1, 64) + " ms")
}

func appendGrouped(b []byte, n int64) []byte {
	if n < 0 {
		b, n = append(b, "−"...), -n
	}
	digits := strconv.AppendInt(nil, n, 10)
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b = append(b, ',')
		}
		b = append(b, d)
	}
	return b
}

func appendCompact(b []byte, n int64) []byte {
	switch {
	case n < 10_000:
		return appendGrouped(b, n)
	case n < 100_000:
		return append(appendTenths(b, n/100), 'k')
	case n < 1_000_000:
		return append(strconv.AppendInt(b, n/1_000, 10), 'k')
	}
	return append(appendTenths(b, n/100_000), 'M')
}

func appendCompactZH(b []byte, n int64) []byte {
	const wan, yi = 10_000, 100_000_000
	switch {
	case n < wan:
		return appendGrouped(b, n)
	case n < 10*wan:
		return append(appendTenths(b, n/(wan/10)), "万"...)
	case n < 1000*wan:
		return append(strconv.AppendInt(b, n/wan, 10), "万"...)
	case n < 10*yi:
		return append(appendTenths(b, n/(yi/10)), "亿"...)
	}
	return append(strconv.AppendInt(b, n/yi, 10), "亿"...)
}

func appendTenths(b []byte, v int64) []byte {
	if v < 0 {
		b, v = append(b, "−"...), -v
	}
	b = appendGrouped(b, v/10)
	return append(b, '.', byte('0'+v%10))
}

func appendSigned(b []byte, v int64) []byte {
	switch {
	case v == 0:
		return append(b, "±0"...)
	case v > 0:
		b = append(b, '+')
	}
	return appendGrouped(b, v)
}

func appendTwo(b []byte, v int64) []byte { return append(b, byte('0'+v/10), byte('0'+v%10)) }

func appendClock(b []byte, s int64) []byte {
	if s < 3600 {
		b = strconv.AppendInt(b, s/60, 10)
		return appendTwo(append(b, ':'), s%60)
	}
	return appendSpan(b, s)
}

func appendSpan(b []byte, s int64) []byte {
	switch {
	case s < 100:
		return append(strconv.AppendInt(b, s, 10), 's')
	case s < 3600:
		b = append(strconv.AppendInt(b, s/60, 10), 'm')
		return append(appendTwo(b, s%60), 's')
	case s < 86_400:
		b = append(strconv.AppendInt(b, s/3600, 10), 'h')
		return append(appendTwo(b, s%3600/60), 'm')
	case s < 100*86_400:
		b = append(strconv.AppendInt(b, s/86_400, 10), 'd')
		return append(appendTwo(b, s%86_400/3600), 'h')
	}
	return append(strconv.AppendInt(b, s/86_400, 10), 'd')
}

func appendWords(b []byte, s int64) []byte {
	if s >= 60 && s < 100 {
		b = append(strconv.AppendInt(b, s/60, 10), 'm')
		return append(appendTwo(b, s%60), 's')
	}
	return appendSpan(b, s)
}

func appendWordsZH(b []byte, s int64) []byte {
	switch {
	case s < 60:
		return append(strconv.AppendInt(b, s, 10), "秒"...)
	case s < 3600:
		b = append(strconv.AppendInt(b, s/60, 10), "分"...)
		return append(appendTwo(b, s%60), "秒"...)
	case s < 86_400:
		b = append(strconv.AppendInt(b, s/3600, 10), "小时"...)
		return append(appendTwo(b, s%3600/60), "分"...)
	}
	b = append(strconv.AppendInt(b, s/86_400, 10), "天"...)
	return append(appendTwo(b, s%86_400/3600), "小时"...)
}
