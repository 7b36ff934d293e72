package kpi

import (
	"math"
	"regexp"
	"testing"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/fact"
)

type fixed map[fact.Window]fact.Sums

func (f fixed) Sums(w fact.Window, into *fact.Sums) { *into = f[w] }

func rowOf(scope metrics.Scope, now metrics.Now, view fixed) *metrics.Row {
	return &metrics.Row{Key: metrics.Key{Scope: scope}, Now: &now, View: view,
		Level: metrics.ServiceLevel{AnswerWithin: 20 * time.Second, ShortAbandon: 5 * time.Second}}
}

func read(id string, row *metrics.Row, w fact.Window) Value {
	var r Reader
	r.Reset(row, 1_000_000)
	return r.Read(Find(id), w)
}

// theFixture: 80 answered within 20 s, 10 later, 4 abandoned within 5 s, 2 at
// 6–20 s, 4 later, 5 overflowed of which 3 within 20 s.
func theFixture() fact.Sums {
	var s fact.Sums
	s.Counts[fact.Answered], s.Counts[fact.AnsweredWithin] = 90, 80
	s.Counts[fact.Abandoned], s.Counts[fact.AbandonedShort], s.Counts[fact.AbandonedWithin] = 10, 4, 6
	s.Counts[fact.Overflowed], s.Counts[fact.OverflowedWithin] = 5, 3
	return s
}

func TestTheSevenServiceLevelsStandSideBySide(t *testing.T) {
	want := map[metrics.Variant]float64{
		metrics.VariantOffered: 80.0, metrics.VariantOfferedLessShort: 83.3, metrics.VariantAnsweredOnly: 88.9, metrics.VariantRemoved: 84.8,
		metrics.VariantLateAbandons: 85.1, metrics.VariantSL2: 86.0, metrics.VariantWithOverflow: 76.2,
	}
	v := read("service_level", rowOf(metrics.ScopeQueue, metrics.Now{}, fixed{fact.WindowToday: theFixture()}), fact.WindowToday)
	if v.N != 96 || !v.OK || v.V != 100*80.0/96 || v.Service.Variant != metrics.VariantOfferedLessShort {
		t.Fatalf("default variant: %+v", v)
	}
	for variant, percent := range want {
		if got := math.Round(v.Service.Variants[variant].V*10) / 10; got != percent {
			t.Errorf("%v: got %v, want %v", variant, got, percent)
		}
	}
}

func TestPeopleHaveAnsweredOnly(t *testing.T) {
	for _, scope := range []metrics.Scope{metrics.ScopeTeam, metrics.ScopeAgent, metrics.ScopeAgentChannel} {
		v := read("service_level", rowOf(scope, metrics.Now{}, fixed{fact.Window5m: theFixture()}), fact.Window5m)
		if v.Service.Variant != metrics.VariantAnsweredOnly || v.N != 90 || v.Service.Variants[metrics.VariantOffered].OK {
			t.Errorf("%v: %+v", scope, v)
		}
	}
}

func TestContactsOutOfHoursAreInNoServiceLevel(t *testing.T) {
	s := theFixture()
	s.Counts[fact.Answered] += 7
	s.Counts[fact.AnsweredOut] = 7
	s.Counts[fact.Abandoned] += 5
	s.Counts[fact.AbandonedOut] = 5
	s.Counts[fact.AbandonedShort] += 2
	s.Counts[fact.AbandonedShortOut] = 2
	s.Counts[fact.Overflowed]++
	s.Counts[fact.OverflowedOut] = 1
	fixture := theFixture()
	for variant := range metrics.NumVariants {
		num, den := Parts(variant, &s)
		if wantNum, wantDen := Parts(variant, &fixture); num != wantNum || den != wantDen {
			t.Errorf("%v: %d/%d, want %d/%d", variant, num, den, wantNum, wantDen)
		}
	}
}

func TestNoDataIsNeitherZeroNorAHundred(t *testing.T) {
	counts := map[Unit]bool{UnitCount: true, UnitPerMin: true, UnitFlag: true, UnitPeople: true}
	for scope := range metrics.NumScopes {
		row := rowOf(scope, metrics.Now{}, fixed{})
		for _, k := range All() {
			v := k.Read(row, &fact.Sums{}, fact.WindowToday, 1_000_000)
			if math.IsNaN(v.V) || math.IsInf(v.V, 0) {
				t.Errorf("%s: %v", k.ID, v.V)
			}
			zeroIsAFact := counts[k.Unit] || k.ID == "talk_total" || k.ID == "hold_total" || k.ID == "wrap_total" || k.ID == "concurrency_peak" || k.ID == "unpaid_orders_amount" || k.ID == "order_amount" || k.ID == "amount_net"
			if v.OK && !zeroIsAFact {
				t.Errorf("%s at an empty %v reads %v", k.ID, scope, v.V)
			}
			if v.OK && v.V != 0 {
				t.Errorf("%s at an empty %v reads %v", k.ID, scope, v.V)
			}
		}
	}
}

func TestWhatHappensBeforeAnAnswerIsNotDefinedForPeople(t *testing.T) {
	for _, id := range []string{"offered", "abandoned", "waiting", "oldest_wait", "oldest_wait_total", "abandon_rate", "service_level_live", "expected_wait"} {
		for _, scope := range []metrics.Scope{metrics.ScopeTeam, metrics.ScopeAgent, metrics.ScopeAgentChannel} {
			now := metrics.Now{Waiting: 5, OldestSince: 1, OldestTotalSince: 1, WaitingBeyondT: 2}
			if v := read(id, rowOf(scope, now, fixed{fact.WindowToday: theFixture(), fact.Window15m: theFixture()}), fact.WindowToday); v.OK {
				t.Errorf("%s at %v reads %v", id, scope, v.V)
			}
		}
	}
}

func TestPeopleNeededForAKnownLoad(t *testing.T) {
	// 30 a minute, 8 min, 5 slots each, 97 waiting.
	var s fact.Sums
	s.Counts[fact.Offered], s.Counts[fact.LegsEnded], s.Counts[fact.TalkMs] = 450, 10, 10*8*60_000
	row := rowOf(metrics.ScopeFloor, metrics.Now{Waiting: 97, People: 10, Slots: 50}, fixed{fact.Window15m: s})
	if v := read("needed", row, fact.WindowToday); v.V != 67 {
		t.Errorf("needed %v, want 67", v.V)
	}
	if v := read("staffing_gap", row, fact.WindowToday); v.V != -57 {
		t.Errorf("staffing gap %v, want -57", v.V)
	}
}

func TestTheOutlookUsesItsOwnWindow(t *testing.T) {
	var s, five fact.Sums
	s.Counts[fact.Answered], s.Counts[fact.Offered], s.Counts[fact.Abandoned] = 60, 30, 500
	five.Counts[fact.Offered], five.Counts[fact.Answered], five.Counts[fact.Abandoned] = 20, 5, 5
	row := rowOf(metrics.ScopeQueue, metrics.Now{Waiting: 4}, fixed{fact.Window15m: s, fact.Window5m: five})
	for id, want := range map[string]float64{
		"burn_down": 2, "expected_wait": 75, "inflow_5m": 4, "outflow_5m": 2, "net_flow_5m": 2, "inflow_15m": 2, "outflow_lost_5m": 1,
	} {
		if v := read(id, row, fact.WindowToday); !v.OK || v.V != want {
			t.Errorf("%s: got %+v, want %v", id, v, want)
		}
	}
	s.Counts[fact.Answered] = 15
	row = rowOf(metrics.ScopeQueue, metrics.Now{Waiting: 4}, fixed{fact.Window15m: s})
	if v := read("burn_down", row, fact.Window60m); v.OK || v.Note != NoteGrows || v.Num != 1 {
		t.Errorf("a backlog that grows: %+v", v)
	}
}

func TestSlotsAcrossChannelsAreLoadsAndWithinOneAreSlots(t *testing.T) {
	now := metrics.Now{SlotsUsed: 6, Slots: 5, LoadShare: 3 * fact.ShareUnit / 2, LoadPeople: 2, MembershipKnown: true}
	for scope, want := range map[metrics.Scope]float64{metrics.ScopeFloor: 75, metrics.ScopeQueue: 75, metrics.ScopeChannel: 120, metrics.ScopeQueueChannel: 120, metrics.ScopeAgent: 75} {
		if v := read("slot_utilization", rowOf(scope, now, nil), fact.Window5m); v.V != want {
			t.Errorf("%v: got %v, want %v", scope, v.V, want)
		}
	}
	now.MembershipKnown = false
	if v := read("slot_utilization", rowOf(metrics.ScopeQueue, now, nil), fact.Window5m); v.OK {
		t.Errorf("a queue of unknown members reads %v", v.V)
	}
}

func TestOccupancyNeedsSomebodysPresence(t *testing.T) {
	var s fact.Sums
	s.Counts[fact.BusyMs] = 60_000
	if v := read("occupancy", rowOf(metrics.ScopeAgent, metrics.Now{}, fixed{fact.WindowToday: s}), fact.WindowToday); v.OK {
		t.Errorf("of unknown presence: %+v", v)
	}
	s.Counts[fact.AvailableMs], s.Counts[fact.IdleMs] = 80_000, 20_000
	if v := read("occupancy", rowOf(metrics.ScopeAgent, metrics.Now{}, fixed{fact.WindowToday: s}), fact.WindowToday); v.V != 75 {
		t.Errorf("busy three quarters: %+v", v)
	}
}

func TestProductivityWeighsByOutcomeOnlyWhereOneIsKnown(t *testing.T) {
	var s fact.Sums
	s.Counts[fact.OnlineMs], s.Counts[fact.LegsEnded] = 2*3_600_000, 20
	if v := read("productivity", rowOf(metrics.ScopeAgent, metrics.Now{}, fixed{fact.WindowToday: s}), fact.WindowToday); v.V != 10 || v.Note != NoteUnweighted {
		t.Errorf("without outcomes: %+v", v)
	}
	s.Counts[fact.Resolved], s.Counts[fact.Unresolved] = 8, 2
	if v := read("productivity", rowOf(metrics.ScopeAgent, metrics.Now{}, fixed{fact.WindowToday: s}), fact.WindowToday); v.V != 8 || v.Note != NoteNone {
		t.Errorf("with outcomes: %+v", v)
	}
	s.Counts[fact.OnlineMs] = 29 * 60_000
	if v := read("productivity", rowOf(metrics.ScopeAgent, metrics.Now{}, fixed{fact.WindowToday: s}), fact.WindowToday); v.OK {
		t.Errorf("under half an hour: %+v", v)
	}
}

func TestEveryEntryIsComplete(t *testing.T) {
	id, han := regexp.MustCompile(`^[a-z][a-z0-9_]*$`), regexp.MustCompile(`\p{Han}`)
	seen := map[string]bool{}
	for _, k := range All() {
		if !id.MatchString(k.ID) || seen[k.ID] || Find(k.ID) == nil || Find(k.ID).ID != k.ID {
			t.Errorf("id %q", k.ID)
		}
		seen[k.ID] = true
		if k.NameEN == "" || !han.MatchString(k.NameZH) || k.Unit == "" || k.FormulaEN == "" || !han.MatchString(k.FormulaZH) || k.Scopes == 0 {
			t.Errorf("%s: a name, unit, formula or scope is missing: %+v", k.ID, k)
		}
		if k.Target != nil && (k.Target.Origin == "" || (k.Direction == Within) != (k.Target.Hi > k.Target.Lo)) {
			t.Errorf("%s: target %+v does not suit direction %v", k.ID, *k.Target, k.Direction)
		}
		if k.Section <= SectionWork && !k.Measured() && k.ID != "productivity_uplift" && k.ID != "forecast_gap" {
			t.Errorf("%s is not read", k.ID)
		}
	}
	for _, id := range []string{"frt_p50", "frt_p90", "frt_mean", "frt_live", "frt_live_oldest", "frt_within_30", "frt_within_60", "frt_within_180",
		"response_p50", "response_p90", "response_mean", "wait_share_900", "wait_share_window_900", "unanswered", "unanswered_oldest", "concurrency", "concurrency_mean",
		"concurrency_peak", "aht", "aht_p50", "aht_p90", "aht_concurrent", "talk_total", "hold_total", "wrap_total", "abandoned_short", "callbacks", "callbacks_overdue",
		"callbacks_oldest_overdue", "callback_kept", "offline_messages", "offline_messages_oldest", "inflow_5m", "inflow_15m", "score", "fcr"} {
		if Find(id) == nil {
			t.Errorf("%s is not in the catalogue", id)
		}
	}
}

func TestReadingAllKPIsOfARowAllocatesOnlyTheServiceLevel(t *testing.T) {
	row := rowOf(metrics.ScopeQueue, metrics.Now{}, fixed{fact.WindowToday: theFixture()})
	var r Reader
	all := All()
	if n := testing.AllocsPerRun(100, func() {
		r.Reset(row, 1)
		for i := range all {
			r.Read(&all[i], fact.WindowToday)
		}
	}); n > 1 {
		t.Errorf("%v allocations", n)
	}
}
