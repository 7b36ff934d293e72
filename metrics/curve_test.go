package metrics

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"wallboard/metrics/checkpoint"
	"wallboard/metrics/fact"
)

// curveOf adds up the hours of a fresh snapshot at a whole quarter.
func curveOf(t *testing.T, e *Engine, at int64) map[string][NumCurve]CurveCount {
	t.Helper()
	e.Tick(at)
	out := map[string][NumCurve]CurveCount{}
	for _, h := range e.Snapshot().Floors[0].Curves {
		out[fmt.Sprintf("%s/%s %s", h.Queue, h.Channel, time.UnixMilli(h.From).UTC().Format("02 15:04"))] = h.Counts
	}
	return out
}

func TestASpanHoldsItsUpperEdge(t *testing.T) {
	for _, row := range []struct {
		name string
		ms   int64
		span int
		upTo time.Duration
	}{
		{"a reply at once is in the first span", 0, 0, 5 * time.Second},
		{"5 s are within 5 s", 5_000, 0, 5 * time.Second},
		{"a millisecond more is within 10 s", 5_001, 1, 10 * time.Second},
		{"31 s are within 45 s", 31_000, 6, 45 * time.Second},
		{"60 s are within 60 s", 60_000, 7, time.Minute},
		{"300 s are within 300 s", 300_000, 10, 5 * time.Minute},
		{"beyond 300 s the last span has no edge", 300_001, 11, 0},
	} {
		if span := curveSpan(row.ms); span != row.span || CurveUpTo(span) != row.upTo {
			t.Errorf("%s: span %d up to %v", row.name, span, CurveUpTo(span))
		}
	}
}

// answered has a customer wait in a queue and a person reply after some ms.
func (c *script) answered(id, queue string, at, ms int64, customer string) {
	named := func(ev *Event) { ev.Customer = txt(customer) }
	c.do(at, TypeSessionOpened, "s="+id, named)
	c.do(at, TypeSessionMessage, "by=customer s="+id)
	c.do(at, TypeSessionQueued, "q="+queue+" s="+id)
	c.do(at+ms, TypeSessionAssigned, "a=w s="+id)
	c.do(at+ms, TypeSessionMessage, "by=agent a=w s="+id)
}

func TestAnOrderCountsBesideItsSessionsFirstReply(t *testing.T) {
	c := newScript(t)
	pay := func(when int64, s, id string, amount float64, more ...func(*Event)) {
		c.do(when, TypeSessionOrdered, "s="+s, append([]func(*Event){ordered(id, OrderPaid, amount)}, more...)...)
	}
	c.answered("a", "q1", at(9, 0, 0), 5_000, "ann")    // within 5 s
	c.answered("b", "q1", at(9, 10, 0), 8_000, "bob")   // within 10 s
	c.answered("d", "q1", at(9, 59, 58), 7_000, "dan")  // within 10 s, replied to in the next hour
	c.answered("e", "q2", at(9, 20, 0), 400_000, "eve") // beyond 300 s
	c.answered("n", "q1", at(9, 30, 0), 20_000, "")     // of nobody known
	pay(at(10, 30, 0), "a", "o1", 12.5)                 // in the next hour: counts at 9
	pay(at(10, 31, 0), "a", "o2", 99)                   // a session counts once
	pay(at(10, 32, 0), "d", "o3", 7)                    // counts at 10
	pay(at(10, 33, 0), "e", "o4", 50, func(ev *Event) { // another currency adds no amount
		ev.Currency = txt("USD")
	})
	pay(at(10, 34, 0), "n", "o5", 3)
	c.do(at(10, 40, 0), TypeSessionOrdered, "s=a", ordered("o1", OrderRefunded, 12.5)) // stays
	// Paid while the bot had it: no person's answer led to that.
	c.do(at(10, 50, 0), TypeSessionOpened, "s=g bot=1", func(ev *Event) { ev.Customer = txt("gil") })
	c.do(at(10, 50, 1), TypeSessionBotReply, "s=g")
	pay(at(10, 50, 2), "g", "o6", 5)
	c.do(at(10, 51, 0), TypeSessionHandoff, "s=g")
	c.do(at(10, 51, 0), TypeSessionQueued, "s=g q=q1")
	c.do(at(10, 51, 40), TypeSessionAssigned, "a=w s=g")
	c.do(at(10, 51, 40), TypeSessionMessage, "by=agent a=w s=g") // 40 s from the hand-off
	var nine1, nine2, ten1 [NumCurve]CurveCount
	nine1[0] = CurveCount{1, 1, 1250}
	nine1[1] = CurveCount{Sessions: 1}
	nine1[3] = CurveCount{1, 1, 300}
	nine2[11] = CurveCount{1, 1, 0}
	ten1[1] = CurveCount{1, 1, 700}
	ten1[6] = CurveCount{Sessions: 1}
	want := map[string][NumCurve]CurveCount{"q1/chat 05 09:00": nine1, "q2/chat 05 09:00": nine2, "q1/chat 05 10:00": ten1}
	if got := curveOf(t, c.e, at(11, 0, 0)); !reflect.DeepEqual(got, want) {
		t.Errorf("%v\nwant %v", got, want)
	}
	c.e.Tick(at(11, 7, 0))
	if got := c.e.Snapshot().Floors[0].Curves; got != nil {
		t.Errorf("between quarters a snapshot holds %v", got)
	}
}

func TestAHourOfTheCurveBeginsWithTheDayWithinIt(t *testing.T) {
	c := newScript(t, func(s *Settings) { s.Floor.DayStart = 4*time.Hour + 30*time.Minute })
	c.e.Tick(at(4, 0, 0))
	c.answered("a", "q", at(4, 10, 0), 1_000, "ann")
	c.answered("b", "q", at(4, 40, 0), 1_000, "bob")
	c.do(at(5, 10, 0), TypeSessionOrdered, "s=a", ordered("o", OrderPaid, 1)) // a day later: still at its reply
	var sold, unsold [NumCurve]CurveCount
	sold[0], unsold[0] = CurveCount{1, 1, 100}, CurveCount{Sessions: 1}
	want := map[string][NumCurve]CurveCount{"q/chat 05 04:00": sold, "q/chat 05 04:30": unsold}
	if got := curveOf(t, c.e, at(5, 15, 0)); !reflect.DeepEqual(got, want) {
		t.Errorf("%v\nwant %v", got, want)
	}
}

func TestHoursOfTheCurveGoAfterTwentySixHours(t *testing.T) {
	c := newScript(t)
	for h := range 60 {
		c.answered(fmt.Sprint("s", h), "q", at(h, 1, 0), 1_000, "")
	}
	if got := len(curveOf(t, c.e, at(60, 0, 0))); got != 26 {
		t.Errorf("%d hours are shown, want 34 to 59", got)
	}
	for _, hours := range c.e.curves {
		if len(hours) > 27 {
			t.Errorf("%d hours are kept", len(hours))
		}
	}
}

// TestAReplyToldLateMovesInTheCurve has the first reply arrive after the second.
func TestAReplyToldLateMovesInTheCurve(t *testing.T) {
	c := newScript(t)
	c.answered("a", "q", at(9, 0, 0), 50_000, "ann")
	c.e.Tick(at(9, 0, 52))
	c.e.Apply(c.ev(at(9, 0, 49), TypeSessionAssigned, "a=w s=a"))
	c.e.Apply(c.ev(at(9, 0, 49)+1, TypeSessionMessage, "by=agent a=w s=a"))
	c.e.Apply(c.ev(at(9, 0, 14), TypeSessionAssigned, "a=w s=a"))
	c.e.Apply(c.ev(at(9, 0, 14), TypeSessionMessage, "by=agent a=w s=a"))
	c.do(at(9, 5, 0), TypeSessionOrdered, "s=a", ordered("o", OrderPaid, 1))
	var want [NumCurve]CurveCount
	want[2] = CurveCount{1, 1, 100}
	if got := curveOf(t, c.e, at(9, 15, 0))["q/chat 05 09:00"]; got != want {
		t.Errorf("%v\nwant %v", got, want)
	}
}

// sellingDay is a random day in which customers come back and order, told a
// little out of order.
func sellingDay(c *script, seed uint64) []*Event {
	r := rand.New(rand.NewPCG(seed, 17))
	events := randomDay(c, seed, 120, true)
	for _, ev := range slices.Clone(events) {
		if !ev.Type.Session() {
			continue
		}
		if h := hashText(ev.Session.String()); h%3 != 0 {
			ev.Customer = txt(fmt.Sprint("c", h%40))
		}
		if r.IntN(12) == 0 {
			when := ev.Time + int64(r.IntN(1_200_000))
			events = append(events, c.ev(when, TypeSessionOrdered, "s="+ev.Session.String()+" ch="+ev.Channel.String(),
				ordered(fmt.Sprint("o", r.IntN(60)), OrderPaid, float64(r.IntN(500))), func(o *Event) { o.Customer = ev.Customer }))
		}
	}
	arrival := map[*Event]int64{}
	for _, ev := range events {
		arrival[ev] = ev.Time + int64(r.IntN(1_500))
	}
	slices.SortStableFunc(events, func(a, b *Event) int { return cmp64Test(arrival[a], arrival[b]) })
	return events
}

// TestTheCurveAddsUpToTheFirstReplies holds the curve to the counts of rows,
// which are made another way.
func TestTheCurveAddsUpToTheFirstReplies(t *testing.T) {
	replies, orders := int64(0), int64(0)
	for seed := range uint64(40) {
		c := newScript(t)
		e := engineOf(t)
		clock := int64(0)
		for _, ev := range sellingDay(c, seed) {
			clock = max(clock, ev.Time)
			e.Tick(clock)
			e.Apply(ev)
		}
		e.Tick(at(22, 0, 0))
		f := e.Snapshot().Floors[0]
		sum := func(of func(*CurveHour) bool, spans int) (n CurveCount) {
			for i := range f.Curves {
				if h := &f.Curves[i]; of(h) {
					for _, k := range h.Counts[:spans] {
						n.Sessions, n.Orders, n.Amount = n.Sessions+k.Sessions, n.Orders+k.Orders, n.Amount+k.Amount
					}
				}
			}
			return n
		}
		check := func(r *Row, of func(*CurveHour) bool) {
			var s fact.Sums
			r.SumsAt(e.Now(), fact.WindowToday, &s)
			for spans, count := range map[int]fact.Count{NumCurve: fact.FirstReplies, 6: fact.FRTWithin30, 8: fact.FRTWithin60, 10: fact.FRTWithin180} {
				if got := sum(of, spans); got.Sessions != s.Counts[count] {
					t.Fatalf("seed %d: %+v: %d in the curve, %v %d", seed, r.Key, got.Sessions, count, s.Counts[count])
				}
			}
		}
		check(f.Row, func(*CurveHour) bool { return true })
		for _, r := range f.Channels {
			check(r, func(h *CurveHour) bool { return h.Channel == r.Key.Channel })
		}
		for _, r := range f.Queues {
			check(r, func(h *CurveHour) bool { return h.Queue == r.Key.Queue })
		}
		for _, v := range f.Tables {
			check(v.Row, func(h *CurveHour) bool { return h.Channel == v.Channel && h.Queue == v.Queue })
		}
		var s fact.Sums
		f.Row.SumsAt(e.Now(), fact.WindowToday, &s)
		all := sum(func(*CurveHour) bool { return true }, NumCurve)
		if all.Orders > s.Counts[fact.Converted] || all.Amount > s.Counts[fact.AmountPaid] {
			t.Fatalf("seed %d: %+v, but %d converted and %d paid", seed, all, s.Counts[fact.Converted], s.Counts[fact.AmountPaid])
		}
		for i := range f.Curves {
			for span, k := range f.Curves[i].Counts {
				if k.Orders > k.Sessions || k.Sessions < 0 {
					t.Errorf("seed %d: span %d of %v: %+v", seed, span, f.Curves[i].Queue, k)
				}
			}
		}
		replies, orders = replies+all.Sessions, orders+all.Orders
	}
	if replies < 1_000 || orders < 100 {
		t.Errorf("only %d replies and %d orders were looked at", replies, orders)
	}
}

func TestARestartKeepsTheCurveByteForByte(t *testing.T) {
	bytesOf := func(e *Engine) []byte {
		w := checkpoint.NewWriter(nil)
		e.curves.code(w, len(e.cells))
		return w.Bytes()
	}
	for seed := range uint64(6) {
		c := newScript(t)
		a, b := engineOf(t), engineOf(t)
		clock := int64(0)
		for i, ev := range sellingDay(c, seed) {
			clock = max(clock, ev.Time)
			for _, e := range []*Engine{a, b} {
				e.Tick(clock)
				e.Apply(ev)
			}
			if i%97 == 50 {
				w := checkpoint.NewWriter(nil)
				b.Code(w)
				b = engineOf(t)
				r := checkpoint.NewReader(w.Bytes())
				if b.Code(r); r.Err() != nil {
					t.Fatal(r.Err())
				}
			}
			if !bytes.Equal(bytesOf(a), bytesOf(b)) {
				t.Fatalf("seed %d: event %d: the curve differs after restarts", seed, i)
			}
		}
		if got, want := curveOf(t, b, at(22, 0, 0)), curveOf(t, a, at(22, 0, 0)); len(want) == 0 || !reflect.DeepEqual(got, want) {
			t.Fatalf("seed %d: %v\nwant %v", seed, got, want)
		}
	}
}
