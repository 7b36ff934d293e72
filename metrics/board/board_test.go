package board

import (
	"bytes"
	"fmt"
	"reflect"
	"testing"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/checkpoint"
	"wallboard/metrics/clean"
	"wallboard/metrics/rule"
)

var nine = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC).UnixMilli()

// queued is a session that begins to wait for a voice queue.
func queued(n int, at int64) *metrics.Event {
	return &metrics.Event{
		Type: metrics.TypeSessionQueued, Time: at, ID: clean.Own(fmt.Sprint("q", n)), Source: clean.Own("/acd"),
		Floor: clean.Own("hz"), Channel: clean.Own("voice"), Session: clean.Own(fmt.Sprint("s", n)), Queue: clean.Own("presale"),
	}
}

func closed(n int, at int64) *metrics.Event {
	ev := queued(n, at)
	ev.Type, ev.ID, ev.Outcome = metrics.TypeSessionClosed, clean.Own(fmt.Sprint("c", n)), metrics.OutcomeAbandoned
	return ev
}

func offline(t *testing.T) *Board {
	t.Helper()
	b, err := New(Config{Settings: metrics.DefaultSettings(time.UTC), Rules: rule.Defaults(), ClockMode: metrics.ClockEvent})
	if err != nil {
		t.Fatal(err)
	}
	b.CaughtUp(0)
	return b
}

// firing returns the names of the breaches of a snapshot.
func firing(b *Board) []string {
	var names []string
	for _, breach := range b.Snapshot().Breaches {
		names = append(names, fmt.Sprint(breach.Rule, " ", breach.Level))
	}
	return names
}

func TestAWaitBeyondItsLimitFiresWithinOneLook(t *testing.T) {
	b := offline(t)
	b.Apply(queued(1, nine))
	b.StandAt(nine + 60_000)
	if got := firing(b); got != nil {
		t.Fatalf("after 60 s, on the limit: %v", got)
	}
	b.StandAt(nine + 65_000)
	if got, want := firing(b), []string{"oldest wait (voice) warn"}; !reflect.DeepEqual(got, want) {
		t.Fatalf("after 65 s: %v, want %v", got, want)
	}
	b.Apply(closed(1, nine+70_000))
	b.StandAt(nine + 5*60_000)
	if got := firing(b); got != nil {
		t.Fatalf("minutes after the customer left: %v", got)
	}
}

func TestADuplicateMovesNoClock(t *testing.T) {
	b := offline(t)
	b.Apply(queued(1, nine))
	again := queued(1, nine+3_600_000)
	b.Apply(again)
	if b.Now() != nine {
		t.Fatalf("a duplicate an hour ahead moved the clock by %d ms", b.Now()-nine)
	}
	unknown := queued(2, nine+3_600_000)
	unknown.Type = metrics.TypeUnknown
	b.Apply(unknown)
	if b.Now() != nine {
		t.Fatalf("an event of an unknown type moved the clock by %d ms", b.Now()-nine)
	}
}

func TestUnderTheEventClockNothingIsFuture(t *testing.T) {
	b := offline(t)
	ev := queued(1, nine)
	ev.Arrival = nine - 10*3_600_000
	b.Apply(ev)
	if h := b.Snapshot().Health; h.Future != 0 || h.Applied != 1 || b.Now() != nine {
		t.Fatalf("%+v at %d", h, b.Now())
	}
}

// rules returns all that the rules remember, as bytes.
func rules(b *Board) []byte {
	w := checkpoint.NewWriter(nil)
	b.rules.Code(w)
	return w.Bytes()
}

func TestWhatBreachesDoesNotDependOnHowTheClockIsMoved(t *testing.T) {
	leaps, steps := offline(t), offline(t)
	for n := range 40 {
		at := nine + int64(n)*17_000
		for _, b := range []*Board{leaps, steps} {
			b.Apply(queued(n, at))
			if n%3 == 0 {
				b.Apply(closed(n, at+9_000))
			}
		}
		for s := at; s < at+17_000; s += 700 {
			steps.StandAt(s)
		}
	}
	end := nine + 3_600_000
	leaps.StandAt(end)
	for s := steps.Now(); s < end; s += 900 {
		steps.StandAt(s)
	}
	steps.StandAt(end)
	if a, b := leaps.Snapshot().Breaches, steps.Snapshot().Breaches; !bytes.Equal(rules(leaps), rules(steps)) || len(a) == 0 {
		t.Fatalf("in leaps: %+v\nin steps: %+v", a, b)
	}
}

func TestRulesAreFrozenWhileTheNumbersAreNotWhole(t *testing.T) {
	b := offline(t)
	b.Apply(queued(1, nine))
	b.Freeze(true)
	b.StandAt(nine + 600_000)
	if got := firing(b); got != nil {
		t.Fatalf("frozen, and yet: %v", got)
	}
	b.Freeze(false)
	b.StandAt(nine + 660_000)
	if got := firing(b); len(got) != 1 {
		t.Fatalf("no longer frozen: %v", got)
	}
}

func TestABoardReadBackGoesOnAlike(t *testing.T) {
	a := offline(t)
	for n := range 20 {
		a.Apply(queued(n, nine+int64(n)*20_000))
	}
	w := checkpoint.NewWriter(nil)
	a.Code(w)
	b := offline(t)
	r := checkpoint.NewReader(w.Bytes())
	b.Code(r)
	if r.Err() != nil {
		t.Fatal(r.Err())
	}
	for _, board := range []*Board{a, b} {
		board.Apply(closed(0, nine+500_000))
		board.StandAt(nine + 900_000)
	}
	if x, y := a.Snapshot(), b.Snapshot(); !bytes.Equal(rules(a), rules(b)) || len(x.Breaches) == 0 || !reflect.DeepEqual(x.Health, y.Health) {
		t.Fatalf("written %+v\nread back %+v", x.Breaches, y.Breaches)
	}
}

func TestHistoryTeachesWhatIsUsualAndRaisesNothing(t *testing.T) {
	b, err := New(Config{Settings: metrics.DefaultSettings(time.UTC), Rules: rule.Defaults(), ClockMode: metrics.ClockEvent})
	if err != nil {
		t.Fatal(err)
	}
	for n := range 700 { // one caller a minute, gone in the next
		b.Apply(queued(n, nine+int64(n)*60_000+45_000))
		b.Apply(closed(n, nine+int64(n)*60_000+75_000))
	}
	s := b.Snapshot()
	if len(s.Breaches)+len(s.PastBreaches) != 0 {
		t.Fatalf("raised while catching up: %+v", s.Breaches)
	}
	b.CaughtUp(0)
	b.StandAt(b.Now() + 10_000)
	limits := b.Snapshot().Limits
	if len(limits) == 0 || limits[0].Rule != "waiting" || limits[0].LearnedSteps < limits[0].NeededSteps {
		t.Fatalf("700 minutes of history later: %+v", limits)
	}
}

func TestASnapshotSaysWhichPromotionIsOn(t *testing.T) {
	calendar, err := rule.NewCalendar([]rule.Promotion{{Name: "双11", From: nine, To: nine + 60_000, Factor: 4}})
	if err != nil {
		t.Fatal(err)
	}
	b, err := New(Config{Settings: metrics.DefaultSettings(time.UTC), Calendar: calendar, ClockMode: metrics.ClockEvent})
	if err != nil {
		t.Fatal(err)
	}
	b.CaughtUp(0)
	b.StandAt(nine)
	if on := b.Snapshot().Promotions; len(on) != 1 || on[0].Name.String() != "双11" || on[0].Factor != 4 {
		t.Errorf("at its beginning: %+v", on)
	}
	b.StandAt(nine + 60_000)
	if on := b.Snapshot().Promotions; on != nil {
		t.Errorf("at its end: %+v", on)
	}
}
