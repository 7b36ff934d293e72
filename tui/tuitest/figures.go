package tuitest

import (
	"math"
	"slices"
	"strings"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
)

// fixed is a View that holds its sums ready.
type fixed [fact.NumWindows]fact.Sums

// Sums copies the figures of a window.
func (f *fixed) Sums(w fact.Window, into *fact.Sums) { *into = f[w] }

// Beyond counts the samples above ms, as a tail that thins out would have them.
func (f *fixed) Beyond(_ int64, w fact.Window, d fact.Dist, ms int64) (beyond, n int64) {
	q := f[w].Dists[d]
	if q.N == 0 || q.P50 <= 0 {
		return 0, q.N
	}
	return int64(float64(q.N) * math.Pow(.5, float64(ms)/q.P50)), q.N
}

// windowMinutes is how much of the day each window of a made floor holds.
func (m *maker) windowMinutes(w fact.Window) float64 {
	if n := w.Minutes(); n > 0 {
		return float64(n)
	}
	return float64(m.at-m.day) / 60_000
}

// view makes the figures of a queue for every window. Shorter windows of a
// growing queue are worse than the day.
func (m *maker) view(q queueSpec) *fixed {
	v := new(fixed)
	for w := range fact.NumWindows {
		minutes := m.windowMinutes(w)
		strain := 1.0
		if q.growth > 0 && w != fact.WindowToday && w != fact.WindowAll {
			strain = 1 + 0.1*float64(w)
		}
		inflow := q.inflow
		if w == fact.WindowToday || w == fact.WindowAll {
			inflow *= 0.6 // the night is in it
		}
		v[w] = figures(q, inflow*minutes, strain)
	}
	return v
}

func figures(q queueSpec, offered, strain float64) fact.Sums {
	var s fact.Sums
	c := &s.Counts
	n := int64(offered)
	c[fact.Offered] = n
	c[fact.Abandoned] = int64(offered * q.abandon * strain)
	c[fact.AbandonedShort] = c[fact.Abandoned] / 8
	c[fact.Overflowed] = int64(offered * q.abandon / 4)
	c[fact.Answered] = max(0, n-c[fact.Abandoned]-c[fact.Overflowed]-int64(q.waiting))
	c[fact.AnsweredWithin] = int64(float64(c[fact.Answered]) * q.onTime / strain)
	wait := float64(q.answerWithin) * 700 * strain
	c[fact.WaitAnsweredMs] = int64(wait) * c[fact.Answered]
	c[fact.WaitAbandonedMs] = int64(wait) * c[fact.Abandoned]
	c[fact.WaitAllMs] = c[fact.WaitAnsweredMs] + c[fact.WaitAbandonedMs]
	c[fact.Nonresponse] = c[fact.Answered] / 60
	handle := 320_000.0
	c[fact.LegsEnded], c[fact.HandledSessions] = c[fact.Answered], c[fact.Answered]
	c[fact.TalkMs] = int64(handle*.85) * c[fact.LegsEnded]
	c[fact.WrapMs] = int64(handle*.13) * c[fact.LegsEnded]
	c[fact.HoldMs] = int64(handle*.02) * c[fact.LegsEnded]
	c[fact.ConcurrentShare] = int64(handle/3.1) * fact.ShareUnit * c[fact.LegsEnded]
	c[fact.BusyMs] = int64(handle/3.1) * c[fact.LegsEnded]
	c[fact.LegMs] = int64(handle) * c[fact.LegsEnded]
	c[fact.AvailableMs] = c[fact.BusyMs] * 5 / 4
	c[fact.IdleMs] = c[fact.AvailableMs] - c[fact.BusyMs]
	c[fact.OnlineMs] = c[fact.AvailableMs] * 11 / 10
	c[fact.SlotUsedMs] = c[fact.LegMs]
	c[fact.SlotMs] = int64(float64(c[fact.LegMs]) / max(.05, share(q.used, q.slots)))
	c[fact.LoadShareMs], c[fact.LoadPeopleMs] = int64(share(q.used, q.slots)*fact.ShareUnit)*c[fact.AvailableMs], c[fact.AvailableMs]
	c[fact.TurnsBegun], c[fact.TurnsAnswered] = c[fact.Answered]*6, c[fact.Answered]*6-int64(q.unanswered)
	c[fact.TurnsDecided] = c[fact.TurnsAnswered]
	c[fact.TurnsWithin180] = c[fact.TurnsAnswered] * 93 / 100
	c[fact.Opened], c[fact.OpenedByCustomer], c[fact.Closed] = n, n, c[fact.Answered]
	c[fact.OmniDecided], c[fact.OmniReplied] = n, n*94/100
	outcomes(c, n)
	s.Dists[fact.DistWait] = spread(c[fact.Answered], wait*.6)
	s.Dists[fact.DistHandle] = spread(c[fact.LegsEnded], handle*.8)
	s.Dists[fact.DistWrap] = spread(c[fact.LegsEnded], handle*.1)
	if q.frt > 0 {
		c[fact.FirstReplies] = c[fact.Answered]
		c[fact.FRTMs] = int64(q.frt*1250*strain) * c[fact.Answered]
		c[fact.FRTWithin30], c[fact.FRTWithin60], c[fact.FRTWithin180] = c[fact.Answered]*6/10, c[fact.Answered]*8/10, c[fact.Answered]*97/100
		c[fact.LeftUnanswered] = c[fact.Answered] / 80
		c[fact.ResponseMs] = int64(q.frt*900) * c[fact.TurnsAnswered]
		s.Dists[fact.DistFRT] = spread(c[fact.FirstReplies], q.frt*1000*strain)
		s.Dists[fact.DistResponse] = spread(c[fact.TurnsAnswered], q.frt*700)
	}
	s.Peaks[fact.PeakWaiting] = int64(q.waiting) + 3
	s.Peaks[fact.PeakConcurrency] = 6
	s.Peaks[fact.PeakWaitEndedMs] = int64(wait * 4)
	return s
}

// outcomes makes up how sessions ended, what customers said, what the bot did.
func outcomes(c *[fact.NumCounts]int64, n int64) {
	answered := c[fact.Answered]
	c[fact.Resolved], c[fact.Unresolved] = answered*68/100, answered*14/100
	c[fact.Ratings], c[fact.RatingsGood] = answered*31/100, answered*27/100
	c[fact.Screened], c[fact.ScreenedClean] = answered/2, answered/2-answered/2000
	c[fact.Reopened], c[fact.TransferredOut] = answered/40, answered/12
	c[fact.BotInvolvedClosed], c[fact.BotResolved] = n*3/2, n*3/2*69/100
	c[fact.BotPhases], c[fact.HandedOff] = n*2, n*2*27/100
	c[fact.ClosedByBot] = c[fact.Closed] * 62 / 100
}

// spread makes the quantiles of a long-tailed distribution around a median.
func spread(n int64, medianMs float64) fact.Quantiles {
	if n <= 0 {
		return fact.Quantiles{}
	}
	return fact.Quantiles{N: n, P50: medianMs, P90: medianMs * 2.25, P95: medianMs * 2.9, P99: medianMs * 4.6}
}

// trend draws the last hour of a queue.
func (m *maker) trend(q queueSpec) *metrics.Trend {
	t := &metrics.Trend{MinuteStart: m.at - m.at%60_000}
	for i := range metrics.TrendMinutes {
		x := float64(i) / (metrics.TrendMinutes - 1)
		wave := 1 + .25*math.Sin(x*9) + .15*m.rng.Float64()
		base := float64(q.waiting) / (1 + q.growth)
		t.Waiting[i] = int32((base + (float64(q.waiting)-base)*x*x) * wave)
		t.Inflow[i], t.Outflow[i] = int32(q.inflow*wave), int32(q.inflow*(wave-.05*q.growth))
		t.FRTp50[i], t.FRTp90[i] = -1, -1
		if q.frt > 0 {
			strain := (1 + q.growth*x*x*.3) * wave
			t.FRTp50[i], t.FRTp90[i] = int32(q.frt*700*strain), int32(q.frt*1600*strain)
		}
	}
	t.Waiting[metrics.TrendMinutes-1] = q.waiting
	return t
}

// sum adds rows up into one of a wider scope.
func (m *maker) sum(key metrics.Key, tables []*metrics.QueueView) *metrics.Row {
	now, view, trend := &metrics.Now{MembershipKnown: true}, new(fixed), &metrics.Trend{MinuteStart: m.at - m.at%60_000}
	for i := range metrics.TrendMinutes {
		trend.FRTp50[i], trend.FRTp90[i] = -1, -1
	}
	level := metrics.ServiceLevel{AnswerWithin: -1, ShortAbandon: 5 * time.Second}
	for i, t := range tables {
		if i == 0 {
			level = t.Row.Level
		} else if level.AnswerWithin != t.Row.Level.AnswerWithin {
			level.AnswerWithin = -1
		}
		addNow(now, t.Row.Now)
		addView(view, t.Row.View.(*fixed))
		addTrend(trend, t.Row.Trend)
	}
	return &metrics.Row{Key: key, Level: level, Now: now, View: view, Trend: trend}
}

func addNow(a, b *metrics.Now) {
	a.Waiting += b.Waiting
	a.WaitingVIP += b.WaitingVIP
	a.WaitingBeyondT += b.WaitingBeyondT
	a.OldestSince = earlier(a.OldestSince, b.OldestSince)
	a.OldestTotalSince = earlier(a.OldestTotalSince, b.OldestTotalSince)
	a.Unanswered += b.Unanswered
	a.UnansweredSince = earlier(a.UnansweredSince, b.UnansweredSince)
	a.AwaitingFirst += b.AwaitingFirst
	a.OpenSessions += b.OpenSessions
	a.ActiveLegs += b.ActiveLegs
	a.TalkLegs += b.TalkLegs
	a.People += b.People
	a.Members += b.Members
	a.FreeSlots += b.FreeSlots
	a.SlotsUsed += b.SlotsUsed
	a.Slots += b.Slots
	a.LoadShare += b.LoadShare
	a.LoadPeople += b.LoadPeople
	a.Uncovered = a.Uncovered || b.Uncovered
}

func earlier(a, b int64) int64 {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}

func addView(a, b *fixed) {
	for w := range a {
		for i := range a[w].Counts {
			a[w].Counts[i] += b[w].Counts[i]
		}
		for i := range a[w].Peaks {
			a[w].Peaks[i] = max(a[w].Peaks[i], b[w].Peaks[i])
		}
		for i := range a[w].Dists {
			a[w].Dists[i] = mix(a[w].Dists[i], b[w].Dists[i])
		}
	}
}

// mix is near enough to a merge for a picture.
func mix(a, b fact.Quantiles) fact.Quantiles {
	n := a.N + b.N
	if n == 0 {
		return fact.Quantiles{}
	}
	avg := func(x, y float64) float64 { return (x*float64(a.N) + y*float64(b.N)) / float64(n) }
	return fact.Quantiles{N: n, P50: avg(a.P50, b.P50), P90: avg(a.P90, b.P90), P95: avg(a.P95, b.P95), P99: avg(a.P99, b.P99)}
}

func addTrend(a, b *metrics.Trend) {
	for i := range a.Waiting {
		a.Waiting[i] += b.Waiting[i]
		a.Inflow[i] += b.Inflow[i]
		a.Outflow[i] += b.Outflow[i]
		a.FRTp50[i] = max(a.FRTp50[i], b.FRTp50[i])
		a.FRTp90[i] = max(a.FRTp90[i], b.FRTp90[i])
	}
}

func sorted[V any](m map[clean.Text]V) []clean.Text {
	out := make([]clean.Text, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b clean.Text) int { return strings.Compare(a.String(), b.String()) })
	return out
}

func sortTables(t []*metrics.QueueView) {
	slices.SortFunc(t, func(a, b *metrics.QueueView) int {
		if c := strings.Compare(a.Queue.String(), b.Queue.String()); c != 0 {
			return c
		}
		return strings.Compare(a.Channel.String(), b.Channel.String())
	})
}
