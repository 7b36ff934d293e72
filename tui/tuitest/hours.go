package tuitest

import (
	"math"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/fact"
)

// hours is a make-believe day by the hour: the morning rises, the evening is the
// peak, and each row has a bad hour of its own.
type hours struct{ day int64 }

// Spans lists the hours of the day up to an instant.
func (h hours) Spans(_ string, at int64) []metrics.HourSpan {
	var out []metrics.HourSpan
	for from := h.day; from < at && len(out) < 24; from += 3_600_000 {
		out = append(out, metrics.HourSpan{From: from, To: from + 3_600_000, Hour: len(out)})
	}
	return out
}

// Row returns a row's figures of an hour.
func (h hours) Row(r *metrics.Row, _ int64, span metrics.HourSpan) *metrics.Row {
	view, ok := r.View.(*fixed)
	if !ok {
		return nil
	}
	hour := span.Hour
	if hour < 0 {
		hour = int((span.From - h.day) / 3_600_000)
	}
	return hourRow(r.Key, r.Level, view, hour, 0).cut(float64(span.To-span.From) / 3_600_000)
}

// cut leaves a part of a row's counts.
func (r hourOf) cut(part float64) *metrics.Row {
	if part < 1 {
		for w := range r.view {
			for i := range r.view[w].Counts {
				r.view[w].Counts[i] = int64(float64(r.view[w].Counts[i]) * part)
			}
		}
	}
	return r.Row
}

// hourOf is a row of an hour, with its figures to be changed.
type hourOf struct {
	*metrics.Row
	view *fixed
}

// Usual makes up what a weekday usually is: weekends are busier.
func (h hours) Usual(key metrics.Key, day time.Weekday, hour int) (*metrics.Row, int) {
	v := &fixed{}
	v[fact.WindowToday] = figures(queueSpec{onTime: .9, abandon: .03, frt: 20, answerWithin: 60, used: 3, slots: 5}, 9000, 1)
	level := metrics.ServiceLevel{AnswerWithin: time.Minute, ShortAbandon: 5 * time.Second}
	if day == time.Tuesday {
		return nil, 0 // nothing stored of it yet
	}
	return hourRow(key, level, v, hour, int(day)).Row, 3
}

// hourRow takes an hour's share of a day's figures and strains it.
func hourRow(key metrics.Key, level metrics.ServiceLevel, of *fixed, hour, shift int) hourOf {
	seed := shift
	for _, b := range []byte(key.Queue.String() + key.Channel.String()) {
		seed += int(b)
	}
	share := (1.1 + math.Sin(float64(hour-8)*math.Pi/12) + .4*math.Sin(float64(hour)*math.Pi/3)) / 26
	strain := 1 + .5*math.Max(0, math.Sin(float64(hour+seed)*math.Pi/9)) + .12*float64(seed%5)
	v := new(fixed)
	sums := of[fact.WindowToday]
	for i := range sums.Counts {
		sums.Counts[i] = int64(float64(sums.Counts[i]) * share)
	}
	c := &sums.Counts
	c[fact.AnsweredWithin] = int64(float64(c[fact.AnsweredWithin]) / math.Sqrt(strain))
	c[fact.Abandoned] = int64(float64(c[fact.Abandoned]) * strain * strain)
	c[fact.RatingsGood] = int64(float64(c[fact.RatingsGood]) / math.Sqrt(math.Sqrt(strain)))
	for i := range sums.Dists {
		d := &sums.Dists[i]
		d.N = int64(float64(d.N) * share)
		d.P50, d.P90, d.P95, d.P99 = d.P50*strain, d.P90*strain*strain, d.P95*strain*strain, d.P99*strain*strain
	}
	for w := range v {
		v[w] = sums
	}
	return hourOf{&metrics.Row{Key: key, Level: level, Now: &metrics.Now{MembershipKnown: true}, View: v}, v}
}
