package oracle

import (
	"slices"
	"time"

	"wallboard/metrics"
)

// isOpen says whether an instant lies in a weekly opening time.
func isOpen(h metrics.Hours, t int64, zone *time.Location) bool {
	local := time.UnixMilli(t).In(zone)
	ofDay := time.Duration(local.Hour())*time.Hour + time.Duration(local.Minute())*time.Minute + time.Duration(local.Second())*time.Second
	overnight := h.From > h.To
	if overnight && ofDay < h.To {
		local = local.AddDate(0, 0, -1) // the evening before opened it
	}
	if h.Days != [7]bool{} && !h.Days[local.Weekday()] || slices.Contains(h.Holidays, local.Format("2006-01-02")) {
		return false
	}
	switch {
	case h.From == h.To:
		return true
	case overnight:
		return ofDay >= h.From || ofDay < h.To
	}
	return ofDay >= h.From && ofDay < h.To
}

func (f *Floor) inHours(channel string, t int64) bool {
	return isOpen(f.channel(channel).Hours, t, f.place.Zone)
}

// afterOpen returns when a channel has been open for so long since t, second
// by second where it closes at all.
func (f *Floor) afterOpen(channel string, t, open int64) int64 {
	h := f.channel(channel).Hours
	if h.Days == [7]bool{} && h.From == h.To && len(h.Holidays) == 0 {
		return t + open
	}
	for limit := t + 400*86_400_000; open > 0; t += 1000 {
		if isOpen(h, t, f.place.Zone) {
			open -= 1000
		}
		if t > limit {
			return 0
		}
	}
	return t
}
