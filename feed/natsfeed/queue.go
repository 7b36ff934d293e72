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
	ready chan struct{} // holds one token while there may be something to take

	mu       sync.Mutex
	notFull  sync.Cond
	pending  []Message
	spare    []Message // what take returned last, to be filled again
	epoch    uint64    // messages of an earlier epoch are void
	restart  bool      // the epoch changed since the last take
	isClosed bool
}

func newQueue(limit int) *queue {
	q := &queue{limit: limit, ready: make(chan struct{}, 1)}
	q.notFull.L = &q.mu
	return q
}

// put adds a message, waiting while the queue is full. It returns false where
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
