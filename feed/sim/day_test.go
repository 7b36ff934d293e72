package sim

import (
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"testing"
	"time"

	"wallboard/metrics"
)

// dayStart is 2026-11-18 11:06:40 UTC: a demo's day begins at any time.
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
	trace := func(seed uint64) uint64 {
		o := demo(seed)
		o.End = at(8*time.Hour + 30*time.Minute)
		hash := fnv.New64a()
		for e := range start(t, o).Events {
			fmt.Fprintf(hash, "%+v", *e)
		}
		return hash.Sum64()
	}
	a, b, other := trace(7), trace(7), trace(8)
	if a != b {
		t.Fatal("two runs of one seed differ")
	}
	if a == other {
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

func TestLoadMayBeginAfterAnOrdinaryHistory(t *testing.T) {
	o := Options{Seed: 2, DayStart: dayStart, End: at(LiveOffset + time.Minute), Load: 10, LoadFrom: LiveOffset - 10*time.Minute}
	history, live := 0, 0
	for e := range start(t, o).Events {
		if e.Time < at(LiveOffset) {
			history++
		} else {
			live++
		}
	}
	if rate := float64(live) / 60; history > 450_000 || rate < 7*BaseRate || rate > 13*BaseRate {
		t.Fatalf("load 10 sent %d events of history and %.0f a second live", history, rate)
	}
}

func TestOptionsAreCheckedOnce(t *testing.T) {
	for name, o := range map[string]Options{
		"a load too high":               {Load: 1000},
		"a floor with capitals":         {Floor: "HZ"},
		"a promotion that ends first":   {Promotions: []Promotion{{From: time.Hour, To: time.Minute, Factor: 3}}},
		"an incident without a length":  {Incidents: []Incident{{Kind: IncidentLogistics}}},
		"an incident to a missing team": {Incidents: []Incident{{Kind: IncidentAgentsLost, For: time.Minute, Team: "nobody"}}},
	} {
		if _, err := New(o); !errors.Is(err, ErrOption) {
			t.Errorf("%s: error %v, want a bad option", name, err)
		}
	}
}

func TestIncidentsAreReadFromText(t *testing.T) {
	live := LiveOffset
	for text, want := range map[string]Incident{
		"logistics":                   {Kind: IncidentLogistics, At: live, For: 10 * time.Minute},
		"bot-failure@+30s":            {Kind: IncidentBotFailure, At: live + 30*time.Second, For: 10 * time.Minute},
		"slow-system@-5m/20m":         {Kind: IncidentSlowSystem, At: live - 5*time.Minute, For: 20 * time.Minute},
		"agents-lost:voice@+1m30s/2m": {Kind: IncidentAgentsLost, At: live + 90*time.Second, For: 2 * time.Minute, Team: "voice"},
	} {
		if got, err := ParseIncident(text, live); err != nil || got != want {
			t.Errorf("%q read as %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "fire", "logistics@soon", "logistics@+1s/", "logistics@+1s/-5m"} {
		if _, err := ParseIncident(text, live); !errors.Is(err, ErrOption) {
			t.Errorf("%q: error %v, want a bad option", text, err)
		}
	}
}
