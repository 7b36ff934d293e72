package sim

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"wallboard/metrics"
)

// dayStart is 14 hours before a Saturday noon: no zone's midnight.
const dayStart = int64(1_795_000_000_000)

func demo(seed uint64) Options {
	return Options{Seed: seed, DayStart: dayStart, Incidents: []Incident{DemoIncident(LiveOffset)}}
}

func start(t testing.TB, o Options) *Sim {
	t.Helper()
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func at(offset time.Duration) int64 { return dayStart + offset.Milliseconds() }

func TestTheSameOptionsGiveTheSameEvents(t *testing.T) {
	trace := func(seed uint64) []string {
		o := demo(seed)
		o.End = at(9*time.Hour + 30*time.Minute)
		var lines []string
		for e := range start(t, o).Events {
			lines = append(lines, fmt.Sprintf("%+v", *e))
		}
		return lines
	}
	a, b, other := trace(7), trace(7), trace(8)
	if len(a) < 20_000 || !slices.Equal(a, b) {
		t.Fatalf("two runs of one seed differ (%d and %d events)", len(a), len(b))
	}
	if slices.Equal(a, other) {
		t.Fatal("two seeds give the same day")
	}
}

func TestOtherCustomersComeAsBeforeWhenSomethingElseGoesWrong(t *testing.T) {
	arrivals := func(incidents []Incident) (chat []int64) {
		s := start(t, Options{Seed: 3, DayStart: dayStart, End: at(11 * time.Hour), Incidents: incidents})
		for e := range s.Events {
			if e.Type == metrics.TypeSessionOpened && e.Origin == metrics.PartyCustomer && e.Channel.String() == "chat" {
				chat = append(chat, e.Time)
			}
		}
		return chat
	}
	surge := Incident{Kind: IncidentPaymentFailure, At: 10 * time.Hour, For: 20 * time.Minute}
	if calm, rough := arrivals(nil), arrivals([]Incident{surge}); !slices.Equal(calm, rough) {
		t.Fatalf("chat arrivals changed from %d to %d by an incident on app queues", len(calm), len(rough))
	}
}

func TestAPromotionMultipliesArrivals(t *testing.T) {
	opened := func(p ...Promotion) (n int) {
		s := start(t, Options{Seed: 5, DayStart: dayStart, End: at(10*time.Hour + 30*time.Minute), Promotions: p})
		k := newChecker()
		for e := range s.Events {
			if err := k.check(e); err != nil {
				t.Fatalf("%s: %v", e.Type, err)
			}
			if e.Type == metrics.TypeSessionOpened && e.Origin == metrics.PartyCustomer && e.Time >= at(10*time.Hour) {
				n++
			}
		}
		return n
	}
	calm := opened()
	for _, factor := range []float64{3, 5} {
		got := float64(opened(Promotion{From: 10 * time.Hour, To: 11 * time.Hour, Factor: factor})) / float64(calm)
		if got < factor*0.85 || got > factor*1.15 {
			t.Errorf("a promotion of %v times gave %.2f times the arrivals", factor, got)
		}
	}
}

func TestIncidentsKeepEverySessionLegal(t *testing.T) {
	for kind := IncidentAgentsLost; kind < numIncidents; kind++ {
		for _, team := range []string{"refund", "voice"} {
			o := Options{Seed: uint64(kind), DayStart: dayStart, End: at(10*time.Hour + 45*time.Minute), Load: 0.5,
				Incidents: []Incident{{Kind: kind, At: 9*time.Hour + 50*time.Minute, For: 15 * time.Minute, Team: team}}}
			k := newChecker()
			for e := range start(t, o).Events {
				if err := k.check(e); err != nil {
					t.Fatalf("%s: %s at %s: %v", kind, e.Type, time.Duration(e.Time-dayStart)*time.Millisecond, err)
				}
			}
		}
	}
}

func TestTheDaysGoOn(t *testing.T) {
	o := Options{Seed: 11, DayStart: dayStart, End: at(34 * time.Hour), Load: 0.25}
	k := newChecker()
	var days [2]int
	for e := range start(t, o).Events {
		if err := k.check(e); err != nil {
			t.Fatalf("%s at %s: %v", e.Type, time.Duration(e.Time-dayStart)*time.Millisecond, err)
		}
		if offset := (e.Time - dayStart) % millisPerDay; offset >= 8*3_600_000 && offset < 10*3_600_000 {
			days[(e.Time-dayStart)/millisPerDay]++
		}
	}
	if r := float64(days[1]) / float64(days[0]); r < 0.7 || r > 1.6 {
		t.Fatalf("the second morning has %d events, the first %d", days[1], days[0])
	}
}

func TestLoadScalesEventsAndPeople(t *testing.T) {
	count := func(load float64) (n int) {
		s := start(t, Options{Seed: 2, DayStart: dayStart, End: at(9 * time.Hour), Load: load})
		for e := range s.Events {
			if e.Type.Session() && e.Time >= at(8*time.Hour) {
				n++
			}
		}
		return n
	}
	if one, four := count(1), count(4); four < 3*one || four > 5*one {
		t.Fatalf("load 1 gave %d session events, load 4 %d", one, four)
	}
}
