package sim

// timer is something that is due: an action at a time. Of equal times the one
// set first runs first.
type timer struct {
	at  int64
	set uint64
	do  func()
}

// timers is a binary min-heap. Written out rather than container/heap: its
// interface calls would be a tenth of the whole simulation.
type timers struct {
	heap []timer
	set  uint64
}

func (q *timers) len() int { return len(q.heap) }

func (a timer) before(b timer) bool { return a.at < b.at || a.at == b.at && a.set < b.set }

func (q *timers) push(at int64, do func()) {
	q.set++
	t := timer{at, q.set, do}
	q.heap = append(q.heap, t)
	i := len(q.heap) - 1
	for i > 0 {
		up := (i - 1) / 2
		if !t.before(q.heap[up]) {
			break
		}
		q.heap[i] = q.heap[up]
		i = up
	}
	q.heap[i] = t
}

func (q *timers) pop() timer {
	first := q.heap[0]
	n := len(q.heap) - 1
	last := q.heap[n]
	q.heap[n] = timer{} // lets go of the action's captures
	q.heap = q.heap[:n]
	if n == 0 {
		return first
	}
	i := 0
	for {
		down := 2*i + 1
		if down >= n {
			break
		}
		if down+1 < n && q.heap[down+1].before(q.heap[down]) {
			down++
		}
		if !q.heap[down].before(last) {
			break
		}
		q.heap[i] = q.heap[down]
		i = down
	}
	q.heap[i] = last
	return first
}
