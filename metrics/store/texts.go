package store

import "unsafe"

const (
	textStep    = 4
	textClasses = 65 // up to 256 bytes
	textsPer    = 512
)

// Texts keeps short strings in blocks of similar length, without a header or
// an allocation each. The zero value is ready.
type Texts struct {
	class [textClasses]textClass
}

type textClass struct {
	chunks [][]byte
	free   []uint32
	n      uint32
}

func classOf(n int) int { return (n + textStep - 1) / textStep }

// Put copies a string of at most 256 bytes and returns what Get needs besides
// its length.
func (t *Texts) Put(s string) uint32 {
	k := classOf(len(s))
	if k == 0 {
		return 0
	}
	c := &t.class[k]
	var ref uint32
	if n := len(c.free); n > 0 {
		ref = c.free[n-1]
		c.free = c.free[:n-1]
	} else {
		if int(c.n) == len(c.chunks)*textsPer {
			c.chunks = append(c.chunks, make([]byte, textsPer*k*textStep))
		}
		ref = c.n
		c.n++
	}
	copy(c.block(ref, k), s)
	return ref
}

func (c *textClass) block(ref uint32, k int) []byte {
	at := int(ref%textsPer) * k * textStep
	return c.chunks[ref/textsPer][at : at+k*textStep]
}

// Get returns the string, good until it is freed: whoever keeps it longer
// clones it.
func (t *Texts) Get(ref uint32, n int) string {
	if n == 0 {
		return ""
	}
	k := classOf(n)
	return unsafe.String(&t.class[k].block(ref, k)[0], n)
}

// Touch reads the first byte of a string and returns a number that means
// nothing: the string is then at hand when Get's result is compared.
func (t *Texts) Touch(ref uint32, n int) uint64 {
	if n == 0 {
		return 0
	}
	k := classOf(n)
	return uint64(t.class[k].block(ref, k)[0])
}

// Free takes the block back.
func (t *Texts) Free(ref uint32, n int) {
	if k := classOf(n); k > 0 {
		t.class[k].free = append(t.class[k].free, ref)
	}
}
