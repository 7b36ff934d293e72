package kpi

import (
	"testing"

	"wallboard/metrics"
	"wallboard/metrics/fact"
)

// still counts what is asked of it and shows no figure.
type still struct{ asked *int }

func (s still) Sums(fact.Window, *fact.Sums) { *s.asked++ }

func TestAShareBeyondAnyTimeIsFoundByItsName(t *testing.T) {
	for id, want := range map[string]int64{"wait_share_900": 900, "wait_share_1": 1, "wait_share_600": 600, "wait_share_0": 0, "wait_share_007": 0, "wait_share_": 0, "wait_share_x": 0, "wait_share_99999999": 0, "waiting": 0} {
		k := Find(id)
		if got := ShareBeyond(k); got != want || k == nil != (want == 0 && id != "waiting") {
			t.Errorf("%s: %d s, found %v", id, got, k != nil)
		}
	}
}

type waits map[int64]int32

func (w waits) WaitingBeyond(_ metrics.Key, ms int64) (int32, bool) { n, ok := w[ms]; return n, ok }

func TestAShareBeyondAnyTimeIsOfThoseWhoWait(t *testing.T) {
	asked := 0
	row := &metrics.Row{Key: metrics.Key{Scope: metrics.ScopeQueue}, Now: &metrics.Now{Waiting: 8}, View: still{&asked}}
	var r Reader
	r.Reset(row, 1)
	if v := r.Read(Find("wait_share_600"), fact.Window15m); v.OK {
		t.Errorf("nobody to ask, and yet %+v", v)
	}
	r.Ask(waits{600_000: 2})
	if v := r.Read(Find("wait_share_600"), fact.Window15m); !v.OK || v.V != 25 || v.N != 8 {
		t.Errorf("2 of 8 beyond ten minutes: %+v", v)
	}
	if v := r.Read(Find("wait_share_601"), fact.Window15m); v.OK {
		t.Errorf("not known, and yet %+v", v)
	}
}

func TestANamedWindowIsReadAsSuch(t *testing.T) {
	asked := 0
	row := &metrics.Row{Key: metrics.Key{Scope: metrics.ScopeQueue}, Now: &metrics.Now{}, View: still{&asked}}
	var r Reader
	r.Reset(row, 1)
	for range 3 {
		r.ReadLast(Find("offered"), 60)
	}
	if asked != 1 {
		t.Errorf("60 minutes were summed %d times", asked)
	}
	if v := r.ReadLast(Find("offered"), 61); v.V != 0 || asked != 1 {
		t.Errorf("a view that keeps no minutes: %+v", v)
	}
}
