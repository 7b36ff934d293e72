package natsfeed

import "sync"

// Message is one raw message in the order of its stream.
type Message struct {
	Subject  string
	Header   map[string][]string
	Payload  []byte
	Sequence uint64 // position in the stream; 0 on core NATS
	Stored   int64  // when the stream stored it, or when it arrived here; ms since the epoch
}

// queue hands messages from client callbacks to one consumer, in bulk: one
// lock is taken per message and one wake-up per batch. It is bounded; put waits
// while it is full, which is what holds JetStream back, and what makes the
// client of a core subscription count drops instead of growing without end.
type queue struct {
	limit int
	now   func() int64  // ms since the epoch
	ready chan struct{} // holds one token while there may be something to take

	mu       sync.Mutex
	notFull  sync.Cond
	pending  []Message
	spare    []Message // what take returned last, to be filled again
	stamp    int64     // the last look at the clock
	epoch    uint64    // messages of an earlier epoch are void
	restart  bool      // the epoch changed since the last take
	isClosed bool
}

// stampEvery is how many messages in a row may share one time of arrival.
const stampEvery = 32

func newQueue(limit int, now func() int64) *queue {
	q := &queue{limit: limit, now: now, ready: make(chan struct{}, 1)}
	q.notFull.L = &q.mu
	return q
}

// put adds a message, waiting while the queue is full; one without a stored
// time is stamped as it arrives. It returns false where
// the message is void: the queue is closed or another epoch has begun.
func (q *queue) put(epoch uint64, m Message) bool {
	q.mu.Lock()
	for len(q.pending) >= q.limit && q.epoch == epoch && !q.isClosed {
		q.notFull.Wait()
	}
	if q.epoch != epoch || q.isClosed {
		q.mu.Unlock()
		return false
	}
	if m.Stored == 0 {
		// Looked at once for a few messages that came together: the clock
		// costs as much as everything else here.
		if len(q.pending)%stampEvery == 0 {
			q.stamp = q.now()
		}
		m.Stored = q.stamp
	}
	q.pending = append(q.pending, m)
	first := len(q.pending) == 1
	q.mu.Unlock()
	if first {
		q.poke()
	}
	return true
}

// poke wakes the consumer without ever waiting for it.
func (q *queue) poke() {
	select {
	case q.ready <- struct{}{}:
	default:
	}
}

// take returns everything that waits, valid until the next call, and whether
// everything taken before it is void.
func (q *queue) take() (batch []Message, restart bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	clear(q.spare) // let go of the payloads
	batch, q.pending, q.spare = q.pending, q.spare[:0], q.pending
	restart, q.restart = q.restart, false
	q.notFull.Broadcast()
	return batch, restart
}

// begin starts a new epoch: what waits and what is still on its way from the
// one before is void.
func (q *queue) begin() uint64 {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.epoch++
	if q.epoch > 1 {
		q.restart = true
	}
	clear(q.pending)
	q.pending = q.pending[:0]
	q.notFull.Broadcast()
	q.poke()
	return q.epoch
}

func (q *queue) len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.pending)
}

func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.isClosed = true
	q.notFull.Broadcast()
}
