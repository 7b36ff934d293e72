package store

import "wallboard/metrics/checkpoint"

const (
	chunkBits = 10
	chunkSize = 1 << chunkBits
	// maxItems bounds what a checkpoint may claim.
	maxItems = 1 << 26
)

// Slab holds records of one type under small indices, in chunks that never
// move, so that a pointer to a record stays good until it is freed. The zero
// value is ready.
type Slab[T any] struct {
	chunks []*[chunkSize]T
	free   []int32
	n      int32 // indices ever handed out
}

// New returns the index of a zero record.
func (s *Slab[T]) New() int32 {
	if k := len(s.free); k > 0 {
		i := s.free[k-1]
		s.free = s.free[:k-1]
		return i
	}
	if int(s.n) == len(s.chunks)*chunkSize {
		s.chunks = append(s.chunks, new([chunkSize]T))
	}
	s.n++
	return s.n - 1
}

// At returns the record with an index that New returned.
func (s *Slab[T]) At(i int32) *T { return &s.chunks[i>>chunkBits][i&(chunkSize-1)] }

// Free zeroes the record and takes its index back.
func (s *Slab[T]) Free(i int32) {
	var zero T
	*s.At(i) = zero
	s.free = append(s.free, i)
}

// Len returns how many records are in use.
func (s *Slab[T]) Len() int { return int(s.n) - len(s.free) }

// Cap returns one more than the highest index handed out so far; freed records
// below it are zero.
func (s *Slab[T]) Cap() int32 { return s.n }

// Code visits every record, freed ones too, and the order in which indices
// will be handed out again.
func (s *Slab[T]) Code(c *checkpoint.Coder, one func(*checkpoint.Coder, *T)) {
	n := c.Len(int(s.n), maxItems)
	if c.Reading() {
		*s = Slab[T]{}
		for i := 0; i < n && c.Err() == nil; i++ {
			one(c, s.At(s.New()))
		}
	} else {
		for i := range s.n {
			one(c, s.At(i))
		}
	}
	Slice(c, &s.free, func(c *checkpoint.Coder, v *int32) {
		checkpoint.Int(c, v)
		if *v < 0 || int(*v) >= n {
			c.Fail("free index %d of %d", *v, n)
		}
	})
}

// Slice visits a slice of at most maxItems.
func Slice[T any](c *checkpoint.Coder, s *[]T, one func(*checkpoint.Coder, *T)) {
	n := c.Len(len(*s), maxItems)
	if c.Reading() {
		*s = nil
		for i := 0; i < n && c.Err() == nil; i++ {
			var v T
			one(c, &v)
			*s = append(*s, v)
		}
		return
	}
	for i := range *s {
		one(c, &(*s)[i])
	}
}
