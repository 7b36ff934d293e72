package cdr

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// layout is a strftime-like time format, checked once.
type layout struct {
	text  string
	zoned bool // the layout itself says the zone
	dated bool // it has a day
}

// fields are what a layout read from a text.
type fields struct {
	year, month, day, hour, minute, second, nanos int
	pm, twelve, offsetKnown, epochKnown           bool
	offset                                        int // seconds east of UTC
	epochMs                                       int64
}

var (
	errLayout   = errors.New("does not fit the layout")
	errNoMoment = errors.New("is not a date or time that exists")
)

const months = "janfebmaraprmayjunjulaugsepoctnovdec"

func newLayout(text string) (layout, error) {
	l := layout{text: text}
	if text == "" {
		return l, errors.New("is empty")
	}
	var seen string
	for i := 0; i < len(text); i++ {
		if text[i] != '%' {
			continue
		}
		i++
		if i == len(text) || !strings.ContainsRune("YymdHIpMSfbzsQ%", rune(text[i])) {
			return l, fmt.Errorf("%q: only %%Y %%y %%m %%d %%H %%I %%p %%M %%S %%f %%b %%z %%s %%Q %%%% are known", text)
		}
		seen += string(text[i])
	}
	l.zoned = strings.ContainsAny(seen, "zsQ")
	l.dated = strings.ContainsAny(seen, "sQ") || strings.Contains(seen, "d") && strings.ContainsAny(seen, "mb") && strings.ContainsAny(seen, "Yy")
	return l, nil
}

// parse reads all of s.
func (l layout) parse(s string) (fields, error) {
	f := fields{month: 1, day: 1}
	for i := 0; i < len(l.text); i++ {
		c := l.text[i]
		if c != '%' {
			if s == "" || s[0] != c {
				return f, errLayout
			}
			s = s[1:]
			continue
		}
		i++
		rest, ok := f.take(l.text[i], s)
		if !ok {
			return f, errLayout
		}
		s = rest
	}
	if s != "" {
		return f, errLayout
	}
	return f, f.check()
}

// take reads one directive from the front of s.
func (f *fields) take(directive byte, s string) (rest string, ok bool) {
	switch directive {
	case 'Y':
		return number(s, 4, 4, &f.year)
	case 'y':
		rest, ok = number(s, 2, 2, &f.year)
		if f.year < 69 {
			f.year += 100
		}
		f.year += 1900
		return rest, ok
	case 'm':
		return number(s, 1, 2, &f.month)
	case 'd':
		return number(s, 1, 2, &f.day)
	case 'H':
		return number(s, 1, 2, &f.hour)
	case 'I':
		f.twelve = true
		return number(s, 1, 2, &f.hour)
	case 'M':
		return number(s, 1, 2, &f.minute)
	case 'S':
		return number(s, 1, 2, &f.second)
	case 'f':
		return fraction(s, &f.nanos)
	case 'p':
		if len(s) < 2 || !strings.EqualFold(s[:2], "am") && !strings.EqualFold(s[:2], "pm") {
			return s, false
		}
		f.pm = s[0]|0x20 == 'p'
		return s[2:], true
	case 'b':
		if len(s) < 3 {
			return s, false
		}
		at := strings.Index(months, strings.ToLower(s[:3]))
		f.month = at/3 + 1
		return s[3:], at >= 0 && at%3 == 0
	case 'z':
		return f.zone(s)
	case 's':
		return f.epoch(s, 1000)
	case 'Q':
		return f.epoch(s, 1)
	}
	return strings.CutPrefix(s, "%")
}

// number reads between least and most digits.
func number(s string, least, most int, into *int) (string, bool) {
	n, i := 0, 0
	for i < len(s) && i < most && '0' <= s[i] && s[i] <= '9' {
		n = n*10 + int(s[i]-'0')
		i++
	}
	*into = n
	return s[i:], i >= least
}

// fraction reads digits after a decimal point, the first nine of which count.
func fraction(s string, nanos *int) (string, bool) {
	n, i := 0, 0
	for i < len(s) && '0' <= s[i] && s[i] <= '9' {
		if i < 9 {
			n = n*10 + int(s[i]-'0')
		}
		i++
	}
	for j := i; j < 9; j++ {
		n *= 10
	}
	*nanos = n
	return s[i:], i > 0
}

func (f *fields) zone(s string) (string, bool) {
	f.offsetKnown = true
	if rest, ok := strings.CutPrefix(s, "Z"); ok {
		return rest, true
	}
	if s == "" || s[0] != '+' && s[0] != '-' {
		return s, false
	}
	var hours, minutes int
	rest, ok := number(s[1:], 2, 2, &hours)
	if !ok {
		return s, false
	}
	rest, ok = number(strings.TrimPrefix(rest, ":"), 2, 2, &minutes)
	f.offset = hours*3600 + minutes*60
	if s[0] == '-' {
		f.offset = -f.offset
	}
	return rest, ok && hours < 24 && minutes < 60
}

// epoch reads a count since the epoch in units of so many ms.
func (f *fields) epoch(s string, unitMs int64) (string, bool) {
	i := 0
	var n int64
	for i < len(s) && i < 15 && '0' <= s[i] && s[i] <= '9' {
		n = n*10 + int64(s[i]-'0')
		i++
	}
	if i == 0 {
		return s, false
	}
	s, f.epochKnown = s[i:], true
	if rest, ok := strings.CutPrefix(s, "."); ok {
		if s, ok = fraction(rest, &f.nanos); !ok {
			return s, false
		}
	}
	f.epochMs = n*unitMs + int64(f.nanos)*unitMs/1e9
	return s, true
}

// check turns a 12-hour clock into a 24-hour one and refuses 31 February.
func (f *fields) check() error {
	if f.twelve {
		if f.hour < 1 || f.hour > 12 {
			return errNoMoment
		}
		f.hour %= 12
		if f.pm {
			f.hour += 12
		}
	}
	if f.hour > 23 || f.minute > 59 || f.second > 59 || f.month < 1 || f.month > 12 || f.day < 1 {
		return errNoMoment
	}
	year := f.year
	if year == 0 {
		year = 2000 // a time without a date: any leap year will do
	}
	if time.Date(year, time.Month(f.month), f.day, 0, 0, 0, 0, time.UTC).Day() != f.day {
		return errNoMoment
	}
	return nil
}

// ofDay is the time since midnight in ms.
func (f *fields) ofDay() int64 {
	return int64(f.hour)*3_600_000 + int64(f.minute)*60_000 + int64(f.second)*1000 + int64(f.nanos/1e6)
}

// local is the clock face's reading in ms since the epoch, as if it stood at UTC.
func (f *fields) local() int64 {
	return time.Date(f.year, time.Month(f.month), f.day, 0, 0, 0, 0, time.UTC).UnixMilli() + f.ofDay()
}

// milliseconds is the moment that was read, and whether it is an instant: else
// it is what a clock on a wall shows.
func (f *fields) milliseconds() (ms int64, absolute bool) {
	switch {
	case f.epochKnown:
		return f.epochMs, true
	case f.offsetKnown:
		return f.local() - int64(f.offset)*1000, true
	}
	return f.local(), false
}
