package board

import (
	"testing"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/history"
)

func TestADaysCurveAddsUpToItsFirstReplies(t *testing.T) {
	zone, err := time.LoadLocation("Asia/Kolkata") // half an hour off
	if err != nil {
		t.Fatal(err)
	}
	b := gathering(t, zone)
	start := time.Date(2026, 11, 20, 0, 0, 0, 0, zone)
	simulated(t, b, start, 0, 13*time.Hour, func() {})
	day := b.Today(b.Snapshot().Floors[0].ID.String())
	looked, orders := int64(0), int64(0)
	check := func(key metrics.Key, span metrics.HourSpan) {
		var sums fact.Sums
		day.Row(key, span.From, span.To).View.Sums(fact.WindowToday, &sums)
		n := int64(0)
		for _, p := range day.CurveOf(key, span) {
			if p.Orders > p.Sessions || p.Orders < 0 {
				t.Errorf("%+v: %+v", key, p)
			}
			n, orders = n+p.Sessions, orders+p.Orders
		}
		if n != sums.Counts[fact.FirstReplies] {
			t.Errorf("%+v: %d in the curve of %+v, %d first replies", key, n, span, sums.Counts[fact.FirstReplies])
		}
		looked += n
	}
	for _, key := range day.Keys() {
		if key.Scope <= metrics.ScopeQueueChannel {
			check(key, day.Whole())
			for _, span := range day.Hours(day.Covered) {
				check(key, span)
			}
		}
	}
	if looked < 1_000 || orders < 20 {
		t.Errorf("only %d first replies and %d orders were looked at", looked, orders)
	}
}

func TestAnOrderOfTheNextDayAmendsTheCurveOfTheClosedOne(t *testing.T) {
	b := gathering(t, time.UTC)
	start := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	begun := start.Add(23*time.Hour + 30*time.Minute)
	step := func(kind metrics.EventType, at time.Time, more func(*metrics.Event)) {
		ev := queued(1, at.UnixMilli())
		ev.Type, ev.ID, ev.Customer, ev.Channel = kind, clean.Own(at.String()), clean.Own("ann"), clean.Own("chat")
		if more != nil {
			more(ev)
		}
		b.Apply(ev)
	}
	byAgent := func(ev *metrics.Event) { ev.Agent, ev.By = clean.Own("1141"), metrics.PartyAgent }
	step(metrics.TypeSessionOpened, begun.Add(-time.Second), nil)
	step(metrics.TypeSessionQueued, begun, nil)
	step(metrics.TypeSessionAssigned, begun.Add(2*time.Second), byAgent)
	step(metrics.TypeSessionMessage, begun.Add(12*time.Second), byAgent)
	step(metrics.TypeSessionClosed, begun.Add(10*time.Minute), byAgent)
	step(metrics.TypeSessionOrdered, begun.Add(23*time.Hour+50*time.Minute), func(ev *metrics.Event) {
		ev.Order, ev.Stage, ev.Amount, ev.Currency = clean.Own("o1"), metrics.OrderPaid, 12.34, clean.Own("CNY")
	})
	b.StandAt(start.Add(50 * time.Hour).UnixMilli())
	var got []history.CurvePoint
	for _, d := range b.Closed() {
		if d.Date() == "2026-11-20" {
			got = append(got, d.Curve(metrics.Key{Scope: metrics.ScopeFloor, Floor: d.Floor})[2])
		}
	}
	want := history.CurvePoint{UpTo: 15 * time.Second, Sessions: 1}
	if len(got) != 2 || got[0] != want {
		t.Fatalf("%+v, want the day at its close and once amended, at first %+v", got, want)
	}
	want.Orders, want.AmountHundredths = 1, 1234
	if got[1] != want {
		t.Errorf("amended %+v, want %+v", got[1], want)
	}
}
