package baseline

import (
	"fmt"
	"time"
)

// layouts of timestamps that carry no offset: local time as written. A fraction
// of a second is read after any of them that has seconds.
var layouts = [...]string{"2006-01-02 15:04:05", "2006-01-02T15:04:05", "2006-01-02 15:04", "2006-01-02T15:04", "2006-01-02"}

// offsetLayouts carry an offset.
var offsetLayouts = [...]string{time.RFC3339, "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 Z07:00", "2006-01-02 15:04:05 -0700"}

// stamp is one timestamp: the instant, and the clock on the wall there as if
// the wall were in UTC. The time of day is the wall's whatever the offset.
type stamp struct {
	instant time.Time
	wall    int64 // ms
}

// parseStamp reads a timestamp. One with an offset is seen from zone, or where
// that is nil from its own offset; one without is local time as written.
func parseStamp(text string, zone *time.Location) (stamp, error) {
	for _, layout := range layouts {
		if t, err := time.Parse(layout, text); err == nil {
			if zone == nil {
				return stamp{t, t.UnixMilli()}, nil
			}
			instant, err := time.ParseInLocation(layout, text, zone)
			return stamp{instant, t.UnixMilli()}, err
		}
	}
	for _, layout := range offsetLayouts {
		t, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		if zone != nil {
			t = t.In(zone)
		}
		_, offset := t.Zone()
		return stamp{t, t.UnixMilli() + int64(offset)*1000}, nil
	}
	return stamp{}, fmt.Errorf("timestamp %.40q is neither like 2003-03-03 07:00:00 nor RFC 3339", text)
}

const mostGaps = 63

// stepGuess is the median of the first differences between timestamps that
// went forward: what is known of the step without reading ahead.
type stepGuess struct {
	gaps [mostGaps]time.Duration // ascending
	n    int
	last time.Time
}

// see takes in the next timestamp and returns the step as guessed so far, 0
// before two timestamps were apart.
func (g *stepGuess) see(t time.Time) time.Duration {
	gap := t.Sub(g.last)
	if !g.last.IsZero() && gap > 0 && g.n < mostGaps {
		i := g.n
		for ; i > 0 && g.gaps[i-1] > gap; i-- {
			g.gaps[i] = g.gaps[i-1]
		}
		g.gaps[i] = gap
		g.n++
	}
	g.last = t
	if g.n == 0 {
		return 0
	}
	return g.gaps[(g.n-1)/2]
}
