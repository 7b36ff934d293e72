package window

import (
	"encoding/binary"
	"slices"
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

// append adds a minute after all others. The buffer grows by an eighth only:
// a floor keeps one of these for each of its agents.
func (m *minutes) append(minute int64, payload []byte) {
	if len(m.b) == 0 {
		m.base, m.last = minute, minute
	}
	if need := len(m.b) + len(payload) + 2*binary.MaxVarintLen64; need > cap(m.b) {
		m.b = append(make([]byte, 0, need+need/8), m.b...)
	}
	m.b = binary.AppendUvarint(m.b, uint64((minute-m.last)/minuteMs))
	m.b = binary.AppendUvarint(m.b, uint64(len(payload)))
	m.b = append(m.b, payload...)
	m.last = minute
}

// drop takes off the minutes before from and gives each to taken.
func (m *minutes) drop(from int64, taken func(minute int64, payload []byte)) {
	for len(m.b) > 0 {
		c := m.cursor()
		payload, _ := c.next()
		if c.minute >= from {
			return
		}
		taken(c.minute, payload)
		m.base, m.b = c.minute, c.b
	}
	m.b = nil
}

// dated is the payload of one minute.
type dated struct {
	minute  int64
	payload []byte
}

// merge adds payloads, in order of their minutes, to past minutes, in a new
// run.
func (m *minutes) merge(list ...dated) {
	if len(list) == 0 {
		return
	}
	room := len(m.b)
	for _, d := range list {
		room += len(d.payload) + 2*binary.MaxVarintLen64
	}
	out := minutes{b: make([]byte, 0, room)}
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
			p, list = mergePayloads(c.minute, p, list[0].payload), list[1:]
		}
		out.append(c.minute, p)
	}
	*m = out
}

// mergePayloads returns the canonical sum of two payloads of one base.
func mergePayloads(base int64, a, b []byte) []byte {
	s := sum{base: base}
	s.add(a, base, inside)
	s.add(b, base, inside)
	return s.write(nil)
}

// writeClipped is write without spare room: what is kept for long costs what
// it holds.
func (s *sum) writeClipped() []byte {
	var room [4 << 10]byte
	return slices.Clone(s.write(room[:0]))
}
