package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"wallboard/metrics"
)

// Duration is a time span in the file: "20s", "2m30s", "4h" or "14d".
type Duration struct {
	D   time.Duration
	Set bool
}

// UnmarshalText reads a span.
func (d *Duration) UnmarshalText(text []byte) error {
	span, err := parseSpan(string(text))
	if err != nil {
		return err
	}
	d.D, d.Set = span, true
	return nil
}

func parseSpan(text string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(text, "d"); ok {
		n, err := strconv.ParseFloat(days, 64)
		if err == nil && n >= 0 && n < 10_000 {
			return time.Duration(n * 24 * float64(time.Hour)), nil
		}
	}
	span, err := time.ParseDuration(text)
	if err != nil || span < 0 {
		return 0, fmt.Errorf("%q is no span of time such as \"20s\", \"2m30s\", \"4h\" or \"14d\"", text)
	}
	return span, nil
}

// Limit is a number in its KPI's unit: 5, 80.0, "80%" or, for times, "3m".
type Limit struct {
	Value float64
	Set   bool
}

// UnmarshalText reads a limit from a number or a string.
func (l *Limit) UnmarshalText(text []byte) error {
	word := strings.TrimSpace(string(text))
	number := strings.TrimSpace(strings.TrimSuffix(word, "%"))
	if n, err := strconv.ParseFloat(number, 64); err == nil {
		l.Value, l.Set = n, true
		return nil
	}
	span, err := parseSpan(word)
	if err != nil {
		return fmt.Errorf("%q is neither a number, a percentage nor a span of time", word)
	}
	l.Value, l.Set = span.Seconds(), true
	return nil
}

var weekdays = map[string]time.Weekday{"sun": 0, "mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6}

// parseHours reads "mon-fri 09:00-18:00", "mon-sun 00:00-24:00" or
// "09:00-23:00"; "" is always open.
func parseHours(text string, holidays []string) (metrics.Hours, error) {
	hours := metrics.Hours{Holidays: holidays}
	for _, day := range holidays {
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			return hours, fmt.Errorf("holiday %q is no date such as 2026-10-01", day)
		}
	}
	fields := strings.Fields(strings.ToLower(text))
	if len(fields) == 0 {
		return hours, nil
	}
	if len(fields) == 2 {
		if err := parseDays(&hours, fields[0]); err != nil {
			return hours, err
		}
		fields = fields[1:]
	}
	from, to, ok := strings.Cut(fields[0], "-")
	if len(fields) != 1 || !ok {
		return hours, fmt.Errorf("hours %q are not of the form \"mon-fri 09:00-18:00\"", text)
	}
	var err error
	if hours.From, err = parseTimeOfDay(from); err != nil {
		return hours, err
	}
	if hours.To, err = parseTimeOfDay(to); err != nil {
		return hours, err
	}
	if hours.From == 0 && hours.To == 24*time.Hour {
		hours.To = 0 // equal ends: the whole day
	}
	return hours, nil
}

func parseDays(hours *metrics.Hours, text string) error {
	for _, span := range strings.Split(text, ",") {
		from, to, isSpan := strings.Cut(span, "-")
		if !isSpan {
			to = from
		}
		first, ok1 := weekdays[from]
		last, ok2 := weekdays[to]
		if !ok1 || !ok2 {
			return fmt.Errorf("days %q are not of the form mon-fri or mon,wed", text)
		}
		for day := first; ; day = (day + 1) % 7 {
			hours.Days[day] = true
			if day == last {
				break
			}
		}
	}
	return nil
}

// parseTimeOfDay reads hh:mm, 24:00 included.
func parseTimeOfDay(text string) (time.Duration, error) {
	h, m, ok := strings.Cut(text, ":")
	hour, err1 := strconv.Atoi(h)
	minute, err2 := strconv.Atoi(m)
	if !ok || err1 != nil || err2 != nil || hour < 0 || minute < 0 || minute > 59 || hour*60+minute > 24*60 {
		return 0, fmt.Errorf("%q is no time of day such as 09:30", text)
	}
	return time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute, nil
}

// Glyphs names the characters that charts and signs are drawn with; empty
// follows the locale.
type Glyphs struct{ Name string }

// GlyphNames returns the names that Glyphs may have.
func GlyphNames() []string { return []string{"unicode", "braille", "ascii"} }

// UnmarshalText reads a name.
func (g *Glyphs) UnmarshalText(text []byte) error {
	if name := string(text); name != "" && !slices.Contains(GlyphNames(), name) {
		return fmt.Errorf("glyphs %q is none of %s", name, strings.Join(GlyphNames(), ", "))
	}
	g.Name = string(text)
	return nil
}

// Render names how frames are written to the terminal; empty is diff.
type Render struct{ Name string }

// RenderPlain writes whole frames, for terminals that misbehave.
const RenderPlain = "plain"

// RenderNames returns the names that Render may have.
func RenderNames() []string { return []string{"diff", RenderPlain} }

// UnmarshalText reads a name.
func (r *Render) UnmarshalText(text []byte) error {
	if name := string(text); name != "" && !slices.Contains(RenderNames(), name) {
		return fmt.Errorf("render %q is none of %s", name, strings.Join(RenderNames(), ", "))
	}
	r.Name = string(text)
	return nil
}
