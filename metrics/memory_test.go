package metrics

import (
	"fmt"
	"runtime"
	"testing"
	"time"
	"unsafe"
)

func heap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// TestMemoryPerEntity holds the engine to what an open session, a closed one
// that is remembered and an agent may cost.
func TestMemoryPerEntity(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a million sessions")
	}
	s := DefaultSettings(time.UTC)
	s.Limits.DedupIDs, s.Limits.DedupMaxIDs, s.Limits.DedupFor = 1, 1, 0
	e, err := NewEngine(s)
	if err != nil {
		t.Fatal(err)
	}
	now := at(10, 0, 0)
	e.Tick(now)
	const sessions, queues = 400_000, 14
	ev := Event{Source: txt("/acd"), Floor: txt("f")}
	send := func(typ EventType, i int) {
		ev.Type, ev.Time, ev.Arrival = typ, now, now
		ev.ID = txt(fmt.Sprint("e", i, "-", typ))
		e.Apply(&ev)
	}
	before := heap()
	for i := range sessions {
		if i%40 == 0 {
			now++
			e.Tick(now)
		}
		ev.Session, ev.Channel = txt(fmt.Sprintf("s-%08d", i)), txt([]string{"chat", "app", "wechat"}[i%3])
		ev.Queue, ev.Agent, ev.By = txt(fmt.Sprint("q", i%queues)), txt(""), PartyCustomer
		ev.Agent = ev.Customer
		send(TypeSessionOpened, i)
		send(TypeSessionQueued, i)
		ev.Agent = txt(fmt.Sprint("a", i%2000))
		if i%4 != 0 {
			send(TypeSessionAssigned, i)
		}
		send(TypeSessionMessage, i)
	}
	e.Tick(now + 10_000)
	open := heap()
	t.Logf("%d B per open session, %d of them in sess, %d in leg", (open-before)/sessions, sizeOf[sess](), sizeOf[leg]())
	if per := (open - before) / sessions; per > 290 {
		t.Errorf("%d B per open session", per)
	}
	now += 20_000
	for i := range sessions {
		if i%40 == 0 {
			now++
			e.Tick(now)
		}
		ev.Session, ev.Channel = txt(fmt.Sprintf("s-%08d", i)), txt([]string{"chat", "app", "wechat"}[i%3])
		ev.Agent = ev.Customer
		send(TypeSessionClosed, i)
	}
	e.Tick(now + 200_000)
	if e.closed.n != sessions || e.sessions.Len() != 0 {
		t.Fatalf("%d remembered, %d kept", e.closed.n, e.sessions.Len())
	}
	closed := int64(e.closed.ring.Len()*int(sizeOf[memory]()) + e.closed.index.Len()*16)
	t.Logf("%d B per remembered session", closed/sessions)
	runtime.KeepAlive(e)
}

func sizeOf[T any]() uintptr {
	var v T
	return unsafe.Sizeof(v)
}
