package natsfeed

import (
	"testing"
	"testing/synctest"
)

func TestQueueHandsOverInOrderAndInBulk(t *testing.T) {
	q := newQueue(10, func() int64 { return 1 })
	epoch := q.begin()
	for i := range 5 {
		q.put(epoch, Message{Sequence: uint64(i + 1)})
	}
	<-q.ready
	got, restart := q.take()
	if restart || len(got) != 5 {
		t.Fatalf("took %d messages, restart %v", len(got), restart)
	}
	for i, m := range got {
		if m.Sequence != uint64(i+1) {
			t.Fatalf("message %d has sequence %d", i, m.Sequence)
		}
	}
	if again, _ := q.take(); len(again) != 0 {
		t.Fatalf("%d messages came twice", len(again))
	}
}

func TestFullQueueHoldsTheProducerBackUntilTaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(3, func() int64 { return 1 })
		epoch, sent := q.begin(), 0
		go func() {
			for sent < 7 {
				q.put(epoch, Message{Sequence: uint64(sent + 1)})
				sent++
			}
		}()
		var got []uint64
		for _, want := range []int{3, 6, 7} {
			synctest.Wait()
			if sent != want {
				t.Fatalf("%d messages in, want %d", sent, want)
			}
			batch, _ := q.take()
			for _, m := range batch {
				got = append(got, m.Sequence)
			}
		}
		for i, s := range got {
			if s != uint64(i+1) {
				t.Fatalf("order %v", got)
			}
		}
		if len(got) != 7 {
			t.Fatalf("got %d of 7", len(got))
		}
	})
}

func TestNewEpochVoidsWhatWaitsAndWhatIsOnItsWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(2, func() int64 { return 1 })
		old := q.begin()
		q.put(old, Message{Sequence: 1})
		q.put(old, Message{Sequence: 2})
		taken := make(chan bool, 1)
		go func() { taken <- q.put(old, Message{Sequence: 3}) }()
		synctest.Wait()
		next := q.begin()
		if <-taken {
			t.Fatal("a message of the old epoch was queued after the new one began")
		}
		if q.put(old, Message{Sequence: 4}) {
			t.Fatal("a late message of the old epoch was queued")
		}
		q.put(next, Message{Sequence: 1})
		batch, restart := q.take()
		if !restart || len(batch) != 1 || batch[0].Sequence != 1 {
			t.Fatalf("took %v, restart %v", batch, restart)
		}
		if _, restart := q.take(); restart {
			t.Fatal("the restart was told twice")
		}
	})
}

func TestCloseFreesAProducerThatWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(1, func() int64 { return 1 })
		epoch := q.begin()
		q.put(epoch, Message{})
		done := make(chan bool, 1)
		go func() { done <- q.put(epoch, Message{}) }()
		synctest.Wait()
		q.close()
		if <-done {
			t.Fatal("queued after the close")
		}
	})
}

func TestQueueAllocatesNothingInSteadyState(t *testing.T) {
	q := newQueue(64, func() int64 { return 1 })
	epoch := q.begin()
	fill := func() {
		for range 64 {
			q.put(epoch, Message{})
		}
		q.take()
	}
	fill()
	fill()
	if n := testing.AllocsPerRun(20, fill); n != 0 {
		t.Fatalf("%v allocations per 64 messages", n)
	}
}

func TestArrivalIsStampedWhereTheStreamGaveNone(t *testing.T) {
	now := int64(100)
	q := newQueue(1000, func() int64 { return now })
	epoch := q.begin()
	q.put(epoch, Message{Stored: 7})
	if batch, _ := q.take(); batch[0].Stored != 7 {
		t.Fatalf("the stream's own time became %d", batch[0].Stored)
	}
	for range 2 * stampEvery {
		q.put(epoch, Message{})
		now++
	}
	batch, _ := q.take()
	for i, m := range batch {
		if came := int64(100 + i); m.Stored > came || m.Stored <= came-stampEvery {
			t.Fatalf("message %d came at %d, stamped %d", i, came, m.Stored)
		}
	}
	q.put(epoch, Message{})
	if batch, _ := q.take(); batch[0].Stored != now {
		t.Fatalf("the first after a pause is stamped %d, not %d", batch[0].Stored, now)
	}
}
