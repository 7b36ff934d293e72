package wire

// Milliseconds since the epoch between which a time is believed: the years
// 1980 to 2200, both whole.
const (
	minTime = 315532800000  // 1980-01-01T00:00:00Z
	maxTime = 7289654400000 // 2201-01-01T00:00:00Z, excluded
)

const (
	secondsPerDay = 86400
	daysToEpoch   = 719468 // from 0000-03-01 to 1970-01-01
	daysPerEra    = 146097 // 400 years
)

// parseTime reads an RFC 3339 time as milliseconds since the epoch, finer parts
// cut off. It is stricter than time.Parse: no comma, no hour of one digit.
// T and Z may be lower case, as the standard's grammar has it; a space may not
// stand for T. Second 60 is accepted where a leap second can be, at the end of a
// month in UTC, and reads as the second after it, as POSIX clocks count.
func parseTime(s string) (ms int64, ok bool) {
	if len(s) < len("2006-01-02T15:04:05Z") || s[4] != '-' || s[7] != '-' || s[10]|0x20 != 't' || s[13] != ':' || s[16] != ':' {
		return 0, false
	}
	year, month, day := two(s, 0)*100+two(s, 2), two(s, 5), two(s, 8)
	hour, minute, second := two(s, 11), two(s, 14), two(s, 17)
	if two(s, 0) < 0 || two(s, 2) < 0 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) ||
		hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60 {
		return 0, false
	}
	fraction, i := milliseconds(s, 19)
	offset, ok := zone(s, i)
	if !ok {
		return 0, false
	}
	t := daysFromCivil(year, month, day)*secondsPerDay + int64(hour*3600+minute*60+second-offset)
	if second == 60 && !startsMonth(t) {
		return 0, false
	}
	ms = t*1000 + int64(fraction)
	return ms, ms >= minTime && ms < maxTime
}

// two reads two digits at i, far below zero if they are not there.
func two(s string, i int) int {
	a, b := s[i]-'0', s[i+1]-'0'
	if a > 9 || b > 9 {
		return -1 << 20
	}
	return int(a)*10 + int(b)
}

// milliseconds reads the fraction at i, if there is one, and returns the
// position behind it. A point without digits is left for zone to refuse.
func milliseconds(s string, i int) (ms, end int) {
	if i+1 >= len(s) || s[i] != '.' || s[i+1]-'0' > 9 {
		return 0, i
	}
	weight := 100
	for i++; i < len(s) && s[i]-'0' <= 9; i++ {
		ms += int(s[i]-'0') * weight
		weight /= 10
	}
	return ms, i
}

// zone reads the zone at i, which must end s, as seconds east of UTC.
func zone(s string, i int) (seconds int, ok bool) {
	if len(s) == i+1 {
		return 0, s[i]|0x20 == 'z'
	}
	if len(s) != i+len("+00:00") || s[i] != '+' && s[i] != '-' || s[i+3] != ':' {
		return 0, false
	}
	hour, minute := two(s, i+1), two(s, i+4)
	if hour < 0 || hour > 23 || minute < 0 || minute > 59 {
		return 0, false
	}
	seconds = hour*3600 + minute*60
	if s[i] == '-' {
		seconds = -seconds
	}
	return seconds, true
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// daysFromCivil returns the days from 1970-01-01 to a Gregorian date, whose
// year counts from March so that the leap day ends it.
func daysFromCivil(year, month, day int) int64 {
	if month <= 2 {
		year--
	}
	era := year / 400
	if year < 0 {
		era = (year - 399) / 400
	}
	ofEra := year - era*400
	ofYear := (153*((month+9)%12)+2)/5 + day - 1
	return int64(era*daysPerEra + ofEra*365 + ofEra/4 - ofEra/100 + ofYear - daysToEpoch)
}

// civilFromDays is the inverse of daysFromCivil for days from 1970 on.
func civilFromDays(days int64) (year, month, day int) {
	z := int(days) + daysToEpoch
	era, ofEra := z/daysPerEra, z%daysPerEra
	yearOfEra := (ofEra - ofEra/1460 + ofEra/36524 - ofEra/146096) / 365
	ofYear := ofEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	m := (5*ofYear + 2) / 153
	day, month, year = ofYear-(153*m+2)/5+1, m%12+3, era*400+yearOfEra
	if m >= 10 {
		month, year = m-9, year+1
	}
	return year, month, day
}

// startsMonth says whether t, in seconds since the epoch, begins a month in UTC.
func startsMonth(t int64) bool {
	if t < 0 || t%secondsPerDay != 0 {
		return false
	}
	_, _, day := civilFromDays(t / secondsPerDay)
	return day == 1
}

// appendTime writes milliseconds since the epoch as RFC 3339 in UTC, always
// with three decimals. Times outside what parseTime believes have no form.
func appendTime(dst []byte, ms int64) []byte {
	ms = min(max(ms, minTime), maxTime-1)
	seconds := ms / 1000
	year, month, day := civilFromDays(seconds / secondsPerDay)
	rest := int(seconds % secondsPerDay)
	dst = appendTwo(appendTwo(dst, year/100), year%100)
	dst = appendTwo(append(dst, '-'), month)
	dst = appendTwo(append(dst, '-'), day)
	dst = appendTwo(append(dst, 'T'), rest/3600)
	dst = appendTwo(append(dst, ':'), rest/60%60)
	dst = appendTwo(append(dst, ':'), rest%60)
	fraction := int(ms % 1000)
	dst = append(dst, '.', byte('0'+fraction/100))
	return append(appendTwo(dst, fraction%100), 'Z')
}

func appendTwo(dst []byte, n int) []byte {
	return append(dst, byte('0'+n/10), byte('0'+n%10))
}
