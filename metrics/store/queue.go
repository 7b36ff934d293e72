package store

import "wallboard/metrics/checkpoint"

const (
	blockBits  = 10
	blockItems = 1 << blockBits
)

// Queue is a Ring for very many items: it grows by a block at a time and gives
// blocks back, so it never holds room for twice what it has. The zero value is
// ready.
type Queue[T any] struct {
	blocks     []*[blockItems]T // the first holds the head
	spare      *[blockItems]T
	head, tail uint64
}

// Push appends an item and returns it, zero or as an earlier item left it, and
// its position.
func (q *Queue[T]) Push() (*T, uint64) {
	if q.block(q.tail) == len(q.blocks) {
		if q.spare == nil {
			q.spare = new([blockItems]T)
		}
		q.blocks, q.spare = append(q.blocks, q.spare), nil
	}
	q.tail++
	return q.At(q.tail - 1), q.tail - 1
}

func (q *Queue[T]) block(pos uint64) int { return int(pos>>blockBits - q.head>>blockBits) }

// At returns the item at a position in [Head, Tail).
func (q *Queue[T]) At(pos uint64) *T { return &q.blocks[q.block(pos)][pos%blockItems] }

// Head returns the oldest position still held, Tail the one after the newest.
func (q *Queue[T]) Head() uint64 { return q.head }

// Tail returns the position that the next item will have.
func (q *Queue[T]) Tail() uint64 { return q.tail }

// Len returns how many items are held.
func (q *Queue[T]) Len() int { return int(q.tail - q.head) }

// DropTo forgets the items before pos.
func (q *Queue[T]) DropTo(pos uint64) {
	pos = max(q.head, min(pos, q.tail))
	if gone := min(q.block(pos), len(q.blocks)); gone > 0 {
		q.spare = q.blocks[0]
		n := copy(q.blocks, q.blocks[gone:])
		clear(q.blocks[n:])
		q.blocks = q.blocks[:n]
	}
	q.head = pos
}

// Code visits the items held and their positions.
func (q *Queue[T]) Code(c *checkpoint.Coder, one func(*checkpoint.Coder, *T)) {
	head := q.head
	n := c.Len(q.Len(), maxItems)
	c.Uint64(&head)
	if !c.Reading() {
		for p := q.head; p < q.tail; p++ {
			one(c, q.At(p))
		}
		return
	}
	*q = Queue[T]{head: head, tail: head}
	if head > 1<<62 {
		c.Fail("queue position %d", head)
	}
	for i := 0; i < n && c.Err() == nil; i++ {
		item, _ := q.Push()
		one(c, item)
	}
}
