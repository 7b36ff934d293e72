package store

import "wallboard/metrics/checkpoint"

// Ring is a queue whose items keep their position numbers: the first pushed is
// 0, and a position stays good until it is dropped. The zero value is ready.
type Ring[T any] struct {
	buf        []T // its length is a power of two
	head, tail uint64
}

// Push appends an item and returns it, zero or as an earlier item left it, and
// its position.
func (r *Ring[T]) Push() (*T, uint64) {
	if r.tail-r.head == uint64(len(r.buf)) {
		r.grow()
	}
	pos := r.tail
	r.tail++
	return &r.buf[pos&uint64(len(r.buf)-1)], pos
}

func (r *Ring[T]) grow() {
	bigger := make([]T, max(16, 2*len(r.buf)))
	for p := r.head; p < r.tail; p++ {
		bigger[p&uint64(len(bigger)-1)] = r.buf[p&uint64(len(r.buf)-1)]
	}
	r.buf = bigger
}

// At returns the item at a position in [Head, Tail).
func (r *Ring[T]) At(pos uint64) *T { return &r.buf[pos&uint64(len(r.buf)-1)] }

// Head returns the oldest position still held, Tail the one after the newest.
func (r *Ring[T]) Head() uint64 { return r.head }

// Tail returns the position that the next item will have.
func (r *Ring[T]) Tail() uint64 { return r.tail }

// Len returns how many items are held.
func (r *Ring[T]) Len() int { return int(r.tail - r.head) }

// DropTo forgets the items before pos.
func (r *Ring[T]) DropTo(pos uint64) { r.head = max(r.head, min(pos, r.tail)) }

// Cut forgets the items from pos on.
func (r *Ring[T]) Cut(pos uint64) { r.tail = max(r.head, min(pos, r.tail)) }

// Code visits the items held and their positions.
func (r *Ring[T]) Code(c *checkpoint.Coder, one func(*checkpoint.Coder, *T)) {
	head := r.head
	n := c.Len(r.Len(), maxItems)
	c.Uint64(&head)
	if c.Reading() {
		*r = Ring[T]{head: head, tail: head}
		if head > 1<<62 {
			c.Fail("ring position %d", head)
		}
		for i := 0; i < n && c.Err() == nil; i++ {
			item, _ := r.Push()
			one(c, item)
		}
		return
	}
	for p := r.head; p < r.tail; p++ {
		one(c, r.At(p))
	}
}
