package board

import (
	"reflect"
	"testing"
	"time"

	"wallboard/feed/sim"
	"wallboard/metrics"
	"wallboard/metrics/checkpoint"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/history"
)

func gathering(t *testing.T, zone *time.Location) *Board {
	t.Helper()
	b, err := New(Config{Settings: metrics.DefaultSettings(zone), ClockMode: metrics.ClockEvent, History: true})
	if err != nil {
		t.Fatal(err)
	}
	b.CaughtUp(0)
	return b
}

// simulated feeds a floor's day to the board, up to some hours after its start,
// and calls look at each event.
func simulated(t *testing.T, b *Board, start time.Time, from, to time.Duration, look func()) {
	if testing.Short() {
		t.Skip("hours of a whole floor take long under the race detector, and it is one goroutine")
	}
	t.Helper()
	floor, err := sim.New(sim.Options{Seed: 11, DayStart: start.UnixMilli(), Load: 0.1, End: start.Add(to).UnixMilli()})
	if err != nil {
		t.Fatal(err)
	}
	for ev := range floor.Events {
		if ev.Time < start.Add(from).UnixMilli() {
			continue
		}
		b.Apply(ev)
		look()
	}
	b.StandAt(start.Add(to).UnixMilli())
}

// rows lists all rows that a day keeps of a floor.
func rows(f *metrics.FloorView) []*metrics.Row {
	out := append([]*metrics.Row{f.Row}, f.Channels...)
	out = append(append(out, f.Queues...), f.Teams...)
	for _, v := range f.Tables {
		out = append(out, v.Row)
	}
	f.Agents.All(func(a *metrics.AgentView) bool { out = append(out, a.Row); return true })
	return out
}

func TestQuartersAddUpToTheDayExactly(t *testing.T) {
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	b := gathering(t, zone)
	start := time.Date(2026, 11, 20, 0, 0, 0, 0, zone)
	simulated(t, b, start, 0, 13*time.Hour, func() {})
	s := b.Snapshot()
	day := b.Today(s.Floors[0].ID.String())
	if day == nil || day.Covered != s.At || day.Date() != "2026-11-20" {
		t.Fatalf("%+v", day)
	}
	compared := 0
	for _, r := range rows(s.Floors[0]) {
		var want, got fact.Sums
		r.SumsAt(s.At, fact.WindowToday, &want)
		kept := day.Row(r.Key, day.Start, s.At)
		if kept == nil {
			t.Fatalf("%+v is not kept", r.Key)
		}
		kept.View.Sums(fact.WindowToday, &got)
		if r.Key.Scope == metrics.ScopeAgent {
			// A verdict falls up to a day after the minute it is of; a person's
			// hours are not written anew that late.
			for _, c := range []fact.Count{fact.ResolvedReturned, fact.BotReturned, fact.Repurchases} {
				got.Counts[c], want.Counts[c] = 0, 0
			}
		}
		if got.Counts != want.Counts {
			for c := range got.Counts {
				if got.Counts[c] != want.Counts[c] {
					t.Errorf("%+v: %v: %d in quarters, %d today", r.Key, fact.Count(c), got.Counts[c], want.Counts[c])
				}
			}
		}
		if got.Peaks != want.Peaks {
			t.Errorf("%+v: peaks %v in quarters, %v today", r.Key, got.Peaks, want.Peaks)
		}
		if got.Dists != want.Dists {
			t.Errorf("%+v: %+v in quarters\n%+v today", r.Key, got.Dists, want.Dists)
		}
		if want.Counts[fact.Answered] > 0 {
			compared++
		}
	}
	if compared < 30 {
		t.Errorf("only %d rows had answers", compared)
	}
}

func TestAnHourOfTheDayIsWhatItsQuartersAre(t *testing.T) {
	b := gathering(t, time.UTC)
	start := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	to := 10*time.Hour + 7*time.Minute + 30*time.Second
	simulated(t, b, start, 8*time.Hour, to, func() {})
	s := b.Snapshot()
	f := s.Floors[0]
	spans := s.Hours.Spans(f.ID.String(), s.At)
	if n := len(spans); n != 11 || spans[n-1].Hour != 10 || spans[n-1].To < s.At {
		t.Fatalf("%d hours: %+v", n, spans)
	}
	var today, sum fact.Sums
	f.Row.SumsAt(s.At, fact.WindowToday, &today)
	offered := int64(0)
	for _, span := range spans {
		s.Hours.Row(f.Row, s.At, span).View.Sums(fact.WindowToday, &sum)
		offered += sum.Counts[fact.Offered]
	}
	if offered != today.Counts[fact.Offered] || offered == 0 {
		t.Errorf("%d offered by the hour, %d today", offered, today.Counts[fact.Offered])
	}
}

func TestADayIsClosedOnceAndHasTheHoursItsClockHas(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		name  string
		date  time.Time
		hours int
	}{
		{"a day on which the clock goes forward has 23 hours", time.Date(2026, 3, 29, 0, 0, 0, 0, zone), 23},
		{"a day on which the clock goes back has 25 hours", time.Date(2026, 10, 25, 0, 0, 0, 0, zone), 25},
		{"another day has 24 hours", time.Date(2026, 11, 20, 0, 0, 0, 0, zone), 24},
	} {
		t.Run(row.name, func(t *testing.T) {
			b := gathering(t, zone)
			next := row.date.AddDate(0, 0, 1)
			for n := range 200 { // one waits and leaves again in each 8 minutes, over midnight too
				at := row.date.Add(time.Duration(n) * 8 * time.Minute).UnixMilli()
				b.Apply(queued(n, at))
				b.Apply(closed(n, at+60_000))
			}
			b.StandAt(next.Add(3 * time.Hour).UnixMilli())
			days := b.Closed()
			if len(days) != 1 || b.Closed() != nil {
				t.Fatalf("%d days closed", len(days))
			}
			d := days[0]
			if got := d.Hours(d.End); len(got) != row.hours || d.End != next.UnixMilli() {
				t.Errorf("%d hours, want %d: %+v", len(got), row.hours, got)
			}
			want := int64(0)
			for n := range 200 {
				if row.date.Add(time.Duration(n) * 8 * time.Minute).Before(next) {
					want++
				}
			}
			var sum fact.Sums
			for _, key := range d.Keys() {
				whole := d.Whole()
				d.Row(key, whole.From, whole.To).View.Sums(0, &sum)
				if key.Scope <= metrics.ScopeQueueChannel && sum.Counts[fact.Offered] != want {
					t.Errorf("%v: %d offered, want %d", key.Scope, sum.Counts[fact.Offered], want)
				}
			}
		})
	}
}

func TestARestartInTheMiddleOfTheDayKeepsItsQuarters(t *testing.T) {
	start := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	whole, before := gathering(t, time.UTC), gathering(t, time.UTC)
	var after *Board
	n := 0
	simulated(t, whole, start, 8*time.Hour, 30*time.Hour, func() {})
	floor, err := sim.New(sim.Options{Seed: 11, DayStart: start.UnixMilli(), Load: 0.1, End: start.Add(30 * time.Hour).UnixMilli()})
	if err != nil {
		t.Fatal(err)
	}
	for ev := range floor.Events {
		if ev.Time < start.Add(8*time.Hour).UnixMilli() {
			continue
		}
		if n++; n == 6000 {
			w := checkpoint.NewWriter(nil)
			before.Code(w)
			after = gathering(t, time.UTC)
			r := checkpoint.NewReader(w.Bytes())
			if after.Code(r); r.Err() != nil {
				t.Fatal(r.Err())
			}
			before = after
		}
		before.Apply(ev)
	}
	before.StandAt(start.Add(30 * time.Hour).UnixMilli())
	if after == nil {
		t.Fatalf("only %d events", n)
	}
	a, b := whole.Closed(), before.Closed()
	if len(a) != 1 || len(b) != 1 {
		t.Fatalf("%d and %d days", len(a), len(b))
	}
	x, err1 := history.Encode(a[0])
	y, err2 := history.Encode(b[0])
	if err1 != nil || err2 != nil || !reflect.DeepEqual(x, y) {
		t.Errorf("the day differs after a restart: %d and %d bytes, %v, %v", len(x), len(y), err1, err2)
	}
}

func TestALateEventCorrectsItsQuarter(t *testing.T) {
	b := gathering(t, time.UTC)
	for n := range 40 {
		b.Apply(queued(n, nine+int64(n)*300_000))
		b.Apply(closed(n, nine+int64(n)*300_000+30_000))
	}
	late := nine + 20*60_000
	b.Apply(queued(500, late))
	b.Apply(closed(500, late+30_000))
	b.StandAt(nine + 5*3_600_000)
	s := b.Snapshot()
	day := b.Today("hz")
	quarter := nine + 15*60_000
	var got, today fact.Sums
	day.Row(s.Floors[0].Row.Key, quarter, quarter+15*60_000).View.Sums(0, &got)
	if got.Counts[fact.Offered] != 4 || got.Counts[fact.Abandoned] != 4 {
		t.Errorf("offered %d, abandoned %d; want 4: three in time and one late", got.Counts[fact.Offered], got.Counts[fact.Abandoned])
	}
	s.Floors[0].Row.SumsAt(s.At, fact.WindowToday, &today)
	day.Row(s.Floors[0].Row.Key, day.Start, s.At).View.Sums(0, &got)
	if got.Counts != today.Counts || s.Health.Late == 0 {
		t.Errorf("the quarters no longer add up to the day (%d late)", s.Health.Late)
	}
}

// contact is one whole session of a customer, resolved within two minutes.
func contact(b *Board, n int, customer string, at int64) {
	step := func(kind metrics.EventType, id string, after int64, more func(*metrics.Event)) {
		ev := queued(n, at+after)
		ev.Type, ev.ID, ev.Customer = kind, clean.Own(id+ev.Session.String()), clean.Own(customer)
		ev.Agent = clean.Own("1141")
		if more != nil {
			more(ev)
		}
		b.Apply(ev)
	}
	step(metrics.TypeSessionQueued, "q", 0, func(ev *metrics.Event) { ev.Agent = clean.Text{} })
	step(metrics.TypeSessionTagged, "t", 10_000, func(ev *metrics.Event) { ev.Topic = clean.Own("parcel") })
	step(metrics.TypeSessionAssigned, "a", 20_000, nil)
	step(metrics.TypeSessionClosed, "z", 120_000, func(ev *metrics.Event) { ev.Outcome = metrics.OutcomeResolved })
}

func TestAVerdictOfTheNextDayAmendsTheClosedOne(t *testing.T) {
	b := gathering(t, time.UTC)
	start := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	contact(b, 1, "ann", start.Add(18*time.Hour).UnixMilli())
	contact(b, 2, "bob", start.Add(18*time.Hour+time.Minute).UnixMilli())
	contact(b, 3, "ann", start.Add(33*time.Hour).UnixMilli()) // the next morning, 15 h later
	b.StandAt(start.Add(49 * time.Hour).UnixMilli())
	var got []*history.Day
	for _, d := range b.Closed() {
		if d.Date() == "2026-11-20" {
			got = append(got, d)
		}
	}
	if len(got) != 2 {
		t.Fatalf("the day was handed out %d times, want at its close and once amended", len(got))
	}
	key := metrics.Key{Scope: metrics.ScopeFloor, Floor: got[0].Floor}
	for i, want := range []int64{0, 1} {
		var sums fact.Sums
		got[i].Row(key, got[i].Start, got[i].End).View.Sums(0, &sums)
		if sums.Counts[fact.Resolved] != 2 || sums.Counts[fact.ResolvedReturned] != want {
			t.Errorf("handed out %d: %d resolved, %d of them came back, want %d", i, sums.Counts[fact.Resolved], sums.Counts[fact.ResolvedReturned], want)
		}
	}
}
