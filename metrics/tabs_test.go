package metrics

import (
	"fmt"
	"math"
	"testing"
)

func TestTabsListTheOldestAndCountThemAll(t *testing.T) {
	c := newScript(t)
	for i := range 250 {
		c.do(at(9, 0, i%60)+int64(i), TypeSessionQueued, fmt.Sprintf("s=w%d q=q%d", i, i%7), func(ev *Event) { ev.CustomerClass = txt("vip") })
	}
	c.do(at(9, 5, 0), TypeSessionOpened, "s=b1 bot=yes")
	c.do(at(9, 5, 1), TypeSessionHumanRequested, "s=b1")
	c.do(at(9, 5, 2), TypeSessionTagged, "s=b1", func(ev *Event) { ev.Topic = txt("funds") })
	c.do(at(9, 5, 3), TypeSessionEmotion, "s=b1", func(ev *Event) { ev.Label, ev.Confidence = txt("angry"), math.NaN() })
	c.do(at(9, 5, 4), TypeSessionScreened, "s=b1 by=bot", func(ev *Event) {
		ev.Violations, ev.Class, ev.Severity = 2, ViolationMedical, SeverityBan
	})
	c.do(at(9, 5, 5), TypeSessionEscalated, "s=b1", func(ev *Event) { ev.Tier = 3 })
	c.do(at(9, 5, 6), TypeSessionQueued, "s=cb q=q1 kind=callback", func(ev *Event) { ev.Due = at(9, 6, 0) })
	c.do(at(9, 5, 7), TypeSessionQueued, "s=m q=q1 kind=message")
	c.do(at(9, 5, 8), TypeSessionOrdered, "s=b1", func(ev *Event) {
		ev.Order, ev.Stage, ev.Amount, ev.Currency = txt("o1"), OrderCreated, 12.5, txt("CNY")
	})
	c.e.Tick(at(9, 7, 0))
	f := c.e.Snapshot().Floors[0]
	for tab, want := range map[SessionTab]struct {
		count int32
		first string
	}{
		TabWaiting: {250, "w0"}, TabHumanAsked: {1, "b1"}, TabStuckInBot: {1, "b1"}, TabHumanOnlyInBot: {1, "b1"}, TabNegative: {1, "b1"},
		TabTier3: {1, "b1"}, TabViolations: {1, "b1"}, TabCallbacksOverdue: {1, "cb"}, TabMessages: {1, "m"}, TabUnpaidOrders: {1, "b1"},
		TabUnanswered: {}, TabLongOpen: {},
	} {
		got := f.Sessions[tab]
		if got.Count != want.count || len(got.Sessions) != min(int(want.count), MaxSessionsListed) {
			t.Errorf("tab %d: %d, %d listed, want %d", tab, got.Count, len(got.Sessions), want.count)
			continue
		}
		if want.count > 0 && (got.Sessions[0].ID.String() != want.first || got.OldestSince == 0) {
			t.Errorf("tab %d begins with %s, want %s", tab, got.Sessions[0].ID, want.first)
		}
	}
	b1 := f.Sessions[TabNegative].Sessions[0]
	if b1.Emotion.String() != "angry" || b1.Topic.String() != "funds" || b1.HumanAskedSince != at(9, 5, 1) || b1.Tier != 3 {
		t.Errorf("the session says %+v", b1)
	}
	if o := f.Sessions[TabUnpaidOrders].Sessions[0]; o.OrderAmount != 1250 || o.OrderSince != at(9, 5, 8) || o.OrderCurrency.String() != "CNY" {
		t.Errorf("the order says %+v", o)
	}
	if v := f.Quality.Violations; len(v) != 1 || v[0].Class != ViolationMedical || v[0].Severity != SeverityBan || v[0].N != 2 {
		t.Errorf("the violation says %+v", v)
	}
	again := c.e.Snapshot().Floors[0]
	c.e.Tick(at(9, 7, 1))
	if later := c.e.Snapshot().Floors[0]; &later.Sessions[TabWaiting].Sessions[0] != &again.Sessions[TabWaiting].Sessions[0] {
		t.Error("a list nothing of which differs is not shared")
	}
	c.do(at(13, 30, 0), TypeSessionClosed, "s=b1 out=resolved by=customer")
	if f = c.e.Snapshot().Floors[0]; f.Sessions[TabNegative].Count != 0 || f.Sessions[TabUnpaidOrders].Count != 1 || f.Sessions[TabLongOpen].Count != 252 {
		t.Errorf("after the close: negative %d, unpaid %d, long open %d", f.Sessions[TabNegative].Count, f.Sessions[TabUnpaidOrders].Count, f.Sessions[TabLongOpen].Count)
	}
}
