package metrics

import (
	"fmt"
	"runtime"
	"testing"
)

// TestVisitsCostLittle says what a customer remembered takes: an episode of a
// known customer, closed, beside what every closed session takes.
func TestVisitsCostLittle(t *testing.T) {
	grown := func(customers bool) uint64 {
		c := newScript(t)
		c.do(at(9, 0, 0), TypeSessionOpened, "s=first")
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for i := range 20_000 {
			id := fmt.Sprint("s", i)
			change := func(ev *Event) {
				if customers {
					ev.Customer = txt("c" + id)
				}
			}
			now := at(9, 0, 1) + int64(i)*10
			c.e.Tick(now)
			c.e.Apply(c.ev(now, TypeSessionOpened, "s="+id, change))
			c.e.Apply(c.ev(now+1, TypeSessionClosed, "s="+id+" out=resolved"))
		}
		c.e.Tick(at(9, 30, 0))
		runtime.GC()
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(c)
		return after.HeapAlloc - before.HeapAlloc
	}
	plain, known := grown(false), grown(true)
	each := (int64(known) - int64(plain)) / 20_000
	t.Logf("a visit takes %d B beside the %d B of everything else", each, plain/20_000)
	if each > 160 {
		t.Errorf("a visit takes %d B, more than 160", each)
	}
}

func TestEventsOfKnownCustomersAllocateNothing(t *testing.T) {
	c := newScript(t)
	var events []*Event
	for i := range 4_000 {
		id, who := fmt.Sprint("s", i), txt(fmt.Sprint("c", i%50))
		now := at(9, 0, 0) + int64(i)*500
		named := func(ev *Event) { ev.Customer = who }
		events = append(events, c.ev(now, TypeSessionOpened, "s="+id, named), c.ev(now+1, TypeSessionQueued, "s="+id+" q=q", named),
			c.ev(now+2, TypeSessionAssigned, "s="+id+" a=w q=q"), c.ev(now+3, TypeSessionMessage, "s="+id+" by=agent a=w"),
			c.ev(now+4, TypeSessionTagged, "s="+id, about("size")), c.ev(now+5, TypeSessionClosed, "s="+id+" out=resolved"))
	}
	apply := func(from, to int) {
		for _, ev := range events[from:to] {
			c.e.Tick(ev.Time)
			c.e.Apply(ev)
		}
	}
	apply(0, len(events)/2)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	apply(len(events)/2, len(events))
	runtime.ReadMemStats(&after)
	n := float64(len(events) / 2)
	per := float64(after.Mallocs-before.Mallocs) / n
	t.Logf("%.3f allocations an event", per)
	if per > 0.2 { // rings and slabs that still grow
		t.Errorf("%.3f allocations an event", per)
	}
}
