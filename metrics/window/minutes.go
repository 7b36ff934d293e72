package window

import (
	"encoding/binary"
	"math"
)

const minuteMs = 60_000

// minuteOf returns the start of the minute that holds t.
func minuteOf(t int64) int64 {
	m := t % minuteMs
	if m < 0 {
		m += minuteMs
	}
	return t - m
}

// minutes is a run of closed minutes in order, each a canonical payload. Bytes
// once written never change, so copies of the value share them; a minute that
// must change gets a new run.
type minutes struct {
	base int64 // the first record counts its minutes from here
	last int64 // minute of the last record
	b    []byte
}

// cursor walks a run.
type cursor struct {
	minute int64
	b      []byte
}

func (m *minutes) cursor() cursor { return cursor{m.base, m.b} }

// next returns the next minute's payload; false at the end.
func (c *cursor) next() ([]byte, bool) {
	if len(c.b) == 0 {
		return nil, false
	}
	gap, n := binary.Uvarint(c.b)
	size, k := binary.Uvarint(c.b[n:])
	c.minute += int64(gap) * minuteMs
	start := n + k
	payload := c.b[start : start+int(size)]
	c.b = c.b[start+int(size):]
	return payload, true
}

// first returns the minute of the first record; only where there is one.
func (m *minutes) first() int64 {
	c := m.cursor()
	return c.ahead()
}

// ahead returns the minute that next will move to, math.MaxInt64 at the end.
func (c *cursor) ahead() int64 {
	if len(c.b) == 0 {
		return math.MaxInt64
	}
	gap, _ := binary.Uvarint(c.b)
	return c.minute + int64(gap)*minuteMs
}

// append adds a minute after all others and says whether that took a new
// buffer. It grows by little only: a floor keeps one of these for each of its
// agents.
func (m *minutes) append(minute int64, payload []byte) bool {
	if len(m.b) == 0 {
		m.base, m.last = minute, minute
	}
	need := len(m.b) + len(payload) + recordHead
	fresh := need > cap(m.b)
	if fresh {
		m.b = append(make([]byte, 0, roomy(need)), m.b...)
	}
	m.b = appendRecord(m.b, minute-m.last, payload)
	m.last = minute
	return fresh
}

// recordHead is room enough for the gap and the length of any record.
const recordHead = 2 * binary.MaxVarintLen64

// roomy is how much to hold where so much is needed.
func roomy(need int) int { return need + need/5 + 48 }

func appendRecord(b []byte, gap int64, payload []byte) []byte {
	b = binary.AppendUvarint(b, uint64(gap/minuteMs))
	b = binary.AppendUvarint(b, uint64(len(payload)))
	return append(b, payload...)
}

// cut drops the records that the cursor has passed. Bytes that a view holds
// stay where they are; others move up, to be filled again, unless a busy hour
// left far more of them than are needed now.
func (m *minutes) cut(c cursor, held bool) {
	switch {
	case len(c.b) == 0:
		m.b = nil
	case held:
		m.b = c.b
	case cap(m.b) > len(c.b)+len(c.b)/2+recordHead:
		m.b = append(make([]byte, 0, roomy(len(c.b))), c.b...)
	default:
		m.b = m.b[:copy(m.b, c.b)]
	}
	m.base = c.minute
}

// take takes over a run that was put together elsewhere and says whether that
// took a new buffer.
func (m *minutes) take(run minutes, held bool) bool {
	fresh := held || len(run.b) > cap(m.b)
	b := m.b[:0]
	if fresh {
		b = make([]byte, 0, roomy(len(run.b)))
	}
	*m = minutes{base: run.base, last: run.last, b: append(b, run.b...)}
	return fresh
}

// dated is the payload of one minute.
type dated struct {
	minute  int64
	payload []byte
}

// merged returns, in the scratch, a run with payloads, in order of their
// minutes, added.
func (m *minutes) merged(x *Scratch, list []dated) minutes {
	out := minutes{b: x.run[:0]}
	for c := m.cursor(); ; {
		p, ok := c.next()
		for len(list) > 0 && (!ok || list[0].minute < c.minute) {
			out.append(list[0].minute, list[0].payload)
			list = list[1:]
		}
		if !ok {
			break
		}
		if len(list) > 0 && list[0].minute == c.minute {
			p, list = x.merge(c.minute, p, list[0].payload), list[1:]
		}
		out.append(c.minute, p)
	}
	x.run = out.b
	return out
}

// merge returns the canonical sum of two payloads of one base, good until the
// scratch is used again.
func (x *Scratch) merge(base int64, a, b []byte) []byte {
	s := x.minute().reset(base)
	s.add(a, base, inside)
	s.add(b, base, inside)
	x.bytes = s.write(x.bytes[:0])
	return x.bytes
}
