package metrics

import (
	"testing"

	"wallboard/metrics/fact"
)

// by names the customer of an event.
func by(customer string) func(*Event) { return func(ev *Event) { ev.Customer = txt(customer) } }

func about(topic string) func(*Event) { return func(ev *Event) { ev.Topic = txt(topic) } }

func ordered(id string, stage OrderStage, amount float64) func(*Event) {
	return func(ev *Event) { ev.Order, ev.Stage, ev.Amount, ev.Currency = txt(id), stage, amount, txt("CNY") }
}

// floorSum reads one count of the floor.
func (c *script) floorSum(w fact.Window, k fact.Count) int64 {
	var s fact.Sums
	f := c.e.Snapshot().Floors[0]
	f.Row.SumsAt(c.e.Now(), w, &s)
	return s.Counts[k]
}

func TestAnOrderOfNobodyIsLaidToWhomItIsPaidBy(t *testing.T) {
	c := newScript(t)
	c.do(at(9, 0, 0), TypeSessionOpened, "s=a bot=yes")
	c.do(at(9, 0, 1), TypeSessionOrdered, "s=a", ordered("o", OrderCreated, 10))
	c.do(at(9, 1, 0), TypeSessionOpened, "s=b bot=yes", by("c5"))
	c.do(at(9, 1, 1), TypeSessionMessage, "s=b by=bot")
	c.do(at(9, 2, 0), TypeSessionClosed, "s=b out=resolved")
	c.do(at(9, 30, 0), TypeSessionOrdered, "s=b", ordered("o", OrderPaid, 10))
	if n := c.floorSum(fact.WindowToday, fact.Converted); n != 1 {
		t.Errorf("%d converted, want 1", n)
	}
}

// figures reads counts of the floor since the engine began.
func (c *script) figures(want map[fact.Count]int64) {
	c.t.Helper()
	var s fact.Sums
	row := c.e.Snapshot().Floors[0].Row
	row.SumsAt(c.e.Now(), fact.WindowAll, &s)
	for k, n := range want {
		if s.Counts[k] != n {
			c.t.Errorf("%v: %d, want %d", k, s.Counts[k], n)
		}
	}
}

func TestWhatBringsACustomerBack(t *testing.T) {
	resolve := func(c *script, id, customer, topic string, open int64) {
		c.do(open, TypeSessionOpened, "s="+id, by(customer))
		c.do(open+1000, TypeSessionAssigned, "s="+id+" a=w q=q")
		if topic != "" {
			c.do(open+2000, TypeSessionTagged, "s="+id, about(topic))
		}
		c.do(open+60_000, TypeSessionClosed, "s="+id+" out=resolved by=agent")
	}
	for name, row := range map[string]struct {
		then    func(c *script)
		at      int64 // clock at the end
		failed  int64
		settled int64 // failed once a day has passed
	}{
		"nothing does": {then: func(*script) {}},
		"the customer reopens it": {failed: 1, settled: 1, then: func(c *script) {
			c.do(at(10, 0, 0), TypeSessionReopened, "s=a by=customer")
		}},
		"the agent reopens it: no": {then: func(c *script) {
			c.do(at(10, 0, 0), TypeSessionReopened, "s=a by=agent")
		}},
		"the agent, then the customer": {failed: 1, settled: 1, then: func(c *script) {
			c.do(at(10, 0, 0), TypeSessionReopened, "s=a by=agent")
			c.do(at(10, 1, 0), TypeSessionClosed, "s=a out=completed")
			c.do(at(10, 5, 0), TypeSessionReopened, "s=a by=customer")
		}},
		"a session of the same topic": {failed: 1, settled: 1, then: func(c *script) {
			c.do(at(11, 0, 0), TypeSessionOpened, "s=b", by("c"))
			c.do(at(11, 1, 0), TypeSessionTagged, "s=b", about("size"))
		}},
		"a session of another topic: no": {then: func(c *script) {
			c.do(at(11, 0, 0), TypeSessionOpened, "s=b", by("c"))
			c.do(at(11, 1, 0), TypeSessionTagged, "s=b", about("funds"))
		}},
		"a session that nobody tags, once the day is over": {settled: 1, then: func(c *script) {
			c.do(at(11, 0, 0), TypeSessionOpened, "s=b", by("c"))
		}},
		"a session of the same topic, told otherwise later": {failed: 1, settled: 1, then: func(c *script) {
			c.do(at(11, 0, 0), TypeSessionOpened, "s=b", by("c"))
			c.do(at(11, 1, 0), TypeSessionTagged, "s=b", about("size"))
			c.do(at(11, 2, 0), TypeSessionTagged, "s=b", about("funds"))
		}},
		"another customer: no": {then: func(c *script) {
			c.do(at(11, 0, 0), TypeSessionOpened, "s=b", by("d"))
		}},
		"a session the agent begins: no": {then: func(c *script) {
			c.do(at(11, 0, 0), TypeSessionOpened, "s=b origin=agent", by("c"))
		}},
	} {
		c := newScript(t)
		resolve(c, "a", "c", "size", at(9, 0, 0))
		row.then(c)
		c.e.Tick(at(12, 0, 0))
		c.figures(map[fact.Count]int64{fact.ResolvedReturned: row.failed})
		c.e.Tick(at(9, 1, 0) + dayMillis)
		c.figures(map[fact.Count]int64{fact.ResolvedReturned: row.settled})
		if t.Failed() {
			t.Fatalf("in %q", name)
		}
	}
}

func TestAVerdictOverTheDayStartBelongsToTheMinuteOfTheClose(t *testing.T) {
	c := newScript(t)
	c.do(at(23, 50, 0), TypeSessionOpened, "s=a", by("c"))
	c.do(at(23, 51, 0), TypeSessionAssigned, "s=a a=w q=q")
	c.do(at(23, 55, 0), TypeSessionClosed, "s=a out=resolved by=agent")
	c.do(at(24, 10, 0), TypeSessionReopened, "s=a by=customer")
	if n := c.floorSum(fact.WindowToday, fact.ResolvedReturned); n != 0 {
		t.Errorf("today has %d failed", n)
	}
	if n := c.floorSum(fact.Window60m, fact.ResolvedReturned); n != 1 {
		t.Errorf("the last hour has %d failed", n)
	}
}

func TestOrdersOfADay(t *testing.T) {
	c := newScript(t)
	insight := func(ev *Event) { ev.Customer, ev.Insight, ev.Touchpoint = txt("c1"), Yes, txt("cart") }
	c.do(at(9, 0, 0), TypeSessionOpened, "s=a", insight)
	c.do(at(9, 0, 10), TypeSessionAssigned, "s=a a=w q=q")
	c.do(at(9, 0, 20), TypeSessionMessage, "s=a by=agent a=w")
	c.do(at(9, 1, 0), TypeSessionOpened, "s=b", by("c2"))
	c.do(at(9, 2, 0), TypeSessionOrdered, "s=a", by("c1"), ordered("o1", OrderCreated, 100))
	c.do(at(9, 3, 0), TypeSessionOrdered, "s=a", by("c1"), ordered("o1", OrderPaid, 100))
	c.do(at(9, 3, 1), TypeSessionOrdered, "s=a", by("c1"), ordered("o1", OrderPaid, 100)) // said twice
	c.do(at(9, 4, 0), TypeSessionOrdered, "s=b", by("c2"), ordered("o2", OrderCreated, 50))
	c.do(at(9, 5, 0), TypeSessionOrdered, "s=b", by("c2"), ordered("o3", OrderCreated, 70))
	c.do(at(9, 6, 0), TypeSessionOrdered, "s=b", by("c2"), ordered("o3", OrderCancelled, 70))
	c.do(at(9, 7, 0), TypeSessionOrdered, "s=b", by("c2"), ordered("o2", OrderCreated, 50), func(ev *Event) { ev.Reminded = Yes })
	c.do(at(9, 8, 0), TypeSessionOrdered, "s=a", by("c1"), ordered("o1", OrderRefunded, 30))
	c.do(at(9, 9, 0), TypeSessionClosed, "s=a out=resolved by=agent")
	c.do(at(9, 30, 0), TypeSessionOrdered, "s=a", by("c1"), ordered("o4", OrderCreated, 5))
	c.figures(map[fact.Count]int64{
		fact.Asked: 2, fact.AskedInsight: 1, fact.Converted: 1, fact.ConvertedInsight: 1, fact.Enquirers: 2, fact.Buyers: 2,
		fact.OrdersPaid: 1, fact.OrdersCreated: 4, fact.AmountPaid: 10_000, fact.AmountRefunded: 3_000,
		fact.Reminded: 1, fact.ReminderPaid: 0, fact.ServedBuyers: 1, fact.Repurchases: 1,
	})
	now := c.e.Snapshot().Floors[0]
	if n := now.Row.Now; n.Unpaid != 2 || n.UnpaidSince != at(9, 4, 0) || n.Owed != 5_500 {
		t.Errorf("unpaid %d since %d, owed %d", n.Unpaid, n.UnpaidSince, n.Owed)
	}
	if a := now.Quality.Amounts; len(a) != 1 || a[0].Gross != 10_000 || a[0].Net != 7_000 || a[0].Paid != 1 {
		t.Errorf("amounts %+v", a)
	}
	if rows := now.Touchpoints; len(rows) != 1 || rows[0].Key.Touchpoint.String() != "cart" {
		t.Fatalf("touchpoints %+v", rows)
	}
	var s fact.Sums
	now.Touchpoints[0].SumsAt(c.e.Now(), fact.WindowToday, &s)
	if s.Counts[fact.Opened] != 1 || s.Counts[fact.AmountPaid] != 10_000 || s.Counts[fact.Converted] != 1 {
		t.Errorf("the touchpoint opened %d, sold %d, converted %d", s.Counts[fact.Opened], s.Counts[fact.AmountPaid], s.Counts[fact.Converted])
	}
}

func TestComplaintsOfAWeek(t *testing.T) {
	c := newScript(t)
	complain := func(when int64, id, customer string) {
		c.do(when, TypeSessionOpened, "s="+id, by(customer))
		c.do(when+1, TypeSessionTagged, "s="+id, func(ev *Event) { ev.Complaint = Yes })
		c.do(when+2, TypeSessionTagged, "s="+id, func(ev *Event) { ev.Complaint = Yes })
		c.do(when+3, TypeSessionClosed, "s="+id+" out=resolved")
	}
	complain(at(9, 0, 0), "a", "c1")
	complain(at(9, 1, 0), "b", "c2")
	complain(at(24+9, 0, 0), "d", "c1")
	n := c.e.Snapshot().Floors[0].Row.Now
	if n.Complainants != 2 || n.RepeatComplainants != 1 {
		t.Errorf("%d complain, %d again, want 2 and 1", n.Complainants, n.RepeatComplainants)
	}
	c.e.Tick(at(7*24+10, 0, 0)) // the first two are over a week old
	if n = c.e.Snapshot().Floors[0].Row.Now; n.Complainants != 1 || n.RepeatComplainants != 0 {
		t.Errorf("a week later %d complain, %d again, want 1 and 0", n.Complainants, n.RepeatComplainants)
	}
}
