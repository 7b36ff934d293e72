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
