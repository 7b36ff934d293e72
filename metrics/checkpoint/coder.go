// Package checkpoint owns how engine state becomes bytes and back. One visit
// of a value serves both directions, so what is written and what is read
// cannot drift apart. It knows nothing of what it carries.
package checkpoint

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// ErrCorrupt is wrapped by every failure to read.
var ErrCorrupt = errors.New("checkpoint: state does not read back")

// Coder writes the values it visits, or reads into them, depending on how it
// was made. The first failure sticks; later visits do nothing. Not safe for
// concurrent use.
type Coder struct {
	buf     []byte
	reading bool
	err     error
}

// NewWriter returns a Coder that appends to buf.
func NewWriter(buf []byte) *Coder { return &Coder{buf: buf} }

// NewReader returns a Coder that reads data from its beginning.
func NewReader(data []byte) *Coder { return &Coder{buf: data, reading: true} }

// Reading says which way values go.
func (c *Coder) Reading() bool { return c.reading }

// Err returns the first failure, nil if there was none.
func (c *Coder) Err() error { return c.err }

// Bytes returns what was written, or what is left to read.
func (c *Coder) Bytes() []byte { return c.buf }

// Fail makes the Coder stop with the given reason.
func (c *Coder) Fail(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf("%w: %s", ErrCorrupt, fmt.Sprintf(format, args...))
	}
}

// Int64 visits a signed integer.
func (c *Coder) Int64(v *int64) {
	if c.err != nil {
		return
	}
	if !c.reading {
		c.buf = binary.AppendVarint(c.buf, *v)
		return
	}
	x, n := binary.Varint(c.buf)
	if n <= 0 {
		c.Fail("integer cut short")
		return
	}
	*v, c.buf = x, c.buf[n:]
}

// Uint64 visits an unsigned integer of eight bytes.
func (c *Coder) Uint64(v *uint64) {
	if c.err != nil {
		return
	}
	if !c.reading {
		c.buf = binary.LittleEndian.AppendUint64(c.buf, *v)
		return
	}
	if len(c.buf) < 8 {
		c.Fail("word cut short")
		return
	}
	*v, c.buf = binary.LittleEndian.Uint64(c.buf), c.buf[8:]
}

// Float64 visits a float, bit for bit.
func (c *Coder) Float64(v *float64) {
	bits := math.Float64bits(*v)
	c.Uint64(&bits)
	*v = math.Float64frombits(bits)
}

// Bool visits a truth value.
func (c *Coder) Bool(v *bool) {
	var n int64
	if *v {
		n = 1
	}
	c.Int64(&n)
	*v = n != 0
}

// String visits a string of at most 64 KiB.
func (c *Coder) String(v *string) {
	n := c.Len(len(*v), 64<<10)
	if c.err != nil {
		return
	}
	if !c.reading {
		c.buf = append(c.buf, *v...)
		return
	}
	if len(c.buf) < n {
		c.Fail("string cut short")
		return
	}
	*v, c.buf = string(c.buf[:n]), c.buf[n:]
}

// Blob visits bytes, at most limit of them; what is read is a copy.
func (c *Coder) Blob(v *[]byte, limit int) {
	n := c.Len(len(*v), limit)
	if c.err != nil {
		return
	}
	if !c.reading {
		c.buf = append(c.buf, *v...)
		return
	}
	if len(c.buf) < n {
		c.Fail("bytes cut short")
		return
	}
	*v = nil
	if n > 0 {
		*v = bytes.Clone(c.buf[:n])
	}
	c.buf = c.buf[n:]
}

// Len visits the length of a collection: n when writing; when reading what was
// written, which must be at most limit.
func (c *Coder) Len(n, limit int) int {
	v := int64(n)
	c.Int64(&v)
	if c.err == nil && (v < 0 || v > int64(limit)) {
		c.Fail("length %d above %d", v, limit)
	}
	if c.err != nil {
		return 0
	}
	return int(v)
}

// Int visits any integer type by way of int64, failing where it does not fit.
func Int[T ~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint8 | ~uint16 | ~uint32](c *Coder, v *T) {
	x := int64(*v)
	c.Int64(&x)
	if c.err != nil {
		return
	}
	if int64(T(x)) != x {
		c.Fail("integer %d out of range", x)
		return
	}
	*v = T(x)
}
