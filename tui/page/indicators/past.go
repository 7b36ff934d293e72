package indicators

import (
	"slices"

	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/history"
	"wallboard/metrics/kpi"
	"wallboard/metrics/review"
	"wallboard/tui/i18n"
	"wallboard/tui/panel"
)

// before is what the window on the screen is compared with.
type before struct {
	kind   beforeKind
	window fact.Window // of aWindow
	date   string      // of aDay
}

type beforeKind uint8

const (
	theDefault beforeKind = iota // theWindowBefore; of today the newest stored day
	theWindowBefore
	aWindow
	aDay
)

// pastDays is how many stored days are offered to compare with.
const pastDays = 14

// choices lists everything that the window on the screen can be compared with,
// what is most natural first.
func (v *Indicators) choices(w fact.Window) []before {
	var out []before
	if w != fact.WindowToday {
		out = append(out, before{kind: theWindowBefore})
	}
	days := v.dates[max(0, len(v.dates)-pastDays):]
	for i := range days {
		out = append(out, before{kind: aDay, date: days[len(days)-1-i]})
	}
	for _, other := range panel.Windows() {
		if other != w {
			out = append(out, before{kind: aWindow, window: other})
		}
	}
	if w != fact.WindowToday && len(days) > 0 { // other windows tell more than other days
		slices.SortStableFunc(out, func(a, b before) int { return rank(a) - rank(b) })
	}
	return out
}

func rank(b before) int {
	if b.kind == aDay {
		return 1
	}
	return 0
}

// chosen returns what is compared with now.
func (v *Indicators) chosen(s *panel.Scene) (before, bool) {
	all := v.choices(s.View.Window)
	if len(all) == 0 {
		return before{}, false
	}
	if i := slices.Index(all, v.past); i >= 0 {
		return all[i], true
	}
	return all[0], true
}

// nextPast compares with something else.
func (v *Indicators) nextPast(s *panel.Scene) {
	all := v.choices(s.View.Window)
	if len(all) == 0 {
		return
	}
	now, _ := v.chosen(s)
	v.past = all[(slices.Index(all, now)+1)%len(all)]
	v.read = readOf{}
}

// now is the scope on the screen over the window on the screen.
func now(s *panel.Scene) review.Source {
	return review.Source{Row: s.Row, Window: s.View.Window, At: s.At}
}

// lately says that what is compared with is the last part of the window on the
// screen: then it is the later one, and a change leads up to it.
func (v *Indicators) lately(s *panel.Scene) bool {
	b, ok := v.chosen(s)
	if !ok || b.kind != aWindow {
		return false
	}
	whole := s.View.Window.Minutes()
	return whole == 0 || b.window.Minutes() > 0 && b.window.Minutes() < whole
}

// change is how a line went from the earlier of the two to the later.
func (v *Indicators) change(s *panel.Scene, l *review.Line) review.Change {
	if v.lately(s) {
		return review.Compare(l.KPI, &l.Target, l.Value, l.Before)
	}
	return review.Compare(l.KPI, &l.Target, l.Before, l.Value)
}

// side is one of the two that are compared.
type side struct {
	label i18n.ID
	when  clean.Text
	value kpi.Value
}

// sides are the two that are compared, the earlier first; the one on the screen
// alone where there is no other.
func (v *Indicators) sides(p *panel.Pen, s *panel.Scene, l *review.Line) []side {
	shown := side{i18n.ReviewAfter, p.WindowName(s.View.Window), l.Value}
	past, ok := v.chosen(s)
	switch {
	case !ok:
		return []side{shown}
	case v.lately(s):
		shown.label = i18n.ReviewWhole
		return []side{shown, {i18n.ReviewLately, v.pastWords(p, s, past), l.Before}}
	}
	return []side{{i18n.ReviewBefore, v.pastWords(p, s, past), l.Before}, shown}
}

// source returns what is compared with; none while a day is being read.
func (v *Indicators) source(s *panel.Scene) review.Source {
	b, ok := v.chosen(s)
	if !ok || s.Row == nil {
		return review.Source{}
	}
	switch b.kind {
	case theWindowBefore:
		return review.Earlier(now(s))
	case aWindow:
		return review.Source{Row: s.Row, Window: b.window, At: s.At}
	}
	d := v.days[b.date]
	if d == nil {
		return review.Source{}
	}
	to := dayUntil(s, d)
	return review.Source{Row: d.Row(s.Row.Key, d.Start, to), Window: fact.WindowToday, At: to, Past: true}
}

// dayUntil is up to when a stored day is compared with today: until the same
// time of day, or a morning would be held against a whole day.
func dayUntil(s *panel.Scene, d *history.Day) int64 {
	whole := d.Whole().To
	if s.View.Window != fact.WindowToday || s.Floor == nil {
		return whole
	}
	return min(whole, d.Start+(s.At-s.Floor.DayStart))
}

// pastWords names what is compared with.
func (v *Indicators) pastWords(p *panel.Pen, s *panel.Scene, b before) clean.Text {
	switch b.kind {
	case theWindowBefore:
		return p.Say.Fill(i18n.ReviewEarlier, p.WindowName(s.View.Window))
	case aWindow:
		return p.WindowName(b.window)
	}
	d := v.days[b.date]
	if d == nil || dayUntil(s, d) >= d.Whole().To {
		return clean.Own(b.date)
	}
	return p.Say.Fill(i18n.ReviewDayUntil, clean.Own(b.date), p.Num.Minute(dayUntil(s, d), p.Zone))
}

// WantsDay says which stored day is to be read now, if any: an empty date asks
// for the dates there are. It notes that it is being asked for.
func (v *Indicators) WantsDay(s *panel.Scene) (floor, date string, ok bool) {
	if s.Floor == nil || v.asking {
		return "", "", false
	}
	floor = s.Floor.ID.String()
	if v.datesOf != floor || v.datesDay != s.Floor.DayStart {
		v.asking, v.datesOf, v.datesDay = true, floor, s.Floor.DayStart
		v.dates, v.days = nil, nil
		return floor, "", true
	}
	b, chosen := v.chosen(s)
	if !chosen || b.kind != aDay {
		return "", "", false
	}
	if _, known := v.days[b.date]; known {
		return "", "", false
	}
	v.asking = true
	return floor, b.date, true
}

// TakeDates takes the dates of the days stored of a floor.
func (v *Indicators) TakeDates(dates []string, _ error) {
	v.asking, v.dates, v.read = false, dates, readOf{}
}

// TakeDay takes a stored day; one that cannot be read has no figures.
func (v *Indicators) TakeDay(date string, d *history.Day, _ error) {
	if v.days == nil {
		v.days = map[string]*history.Day{}
	}
	v.asking, v.days[date], v.read = false, d, readOf{}
}
