package window

import (
	"encoding/binary"
	"math/bits"
	"slices"

	"wallboard/metrics/fact"
)

// packMinutes is how many minutes are packed together once they leave recent.
const packMinutes = 60

// pack is an hour of old minutes, column by column: each figure as its lowest
// value and the differences to it in as few bits as the widest needs. Of a
// busy queue's minute 30 to 50 bytes remain of 110. Bytes never change.
//
// Layout: number of minutes, first minute, the gaps between minutes; then
// columns in ascending order of their keys, see columnsOf.
type pack []byte

// The keys of columns: counts, slopes and moments by Count, then four of each
// level.
const (
	keySlope  = int(fact.NumCounts)
	keyMoment = 2 * int(fact.NumCounts)
	keyLevel  = 3 * int(fact.NumCounts)
	// of each level: which of max and last it has, max, last, when last was set
	levelKeys = 4
	numKeys   = keyLevel + levelKeys*int(fact.NumPeaks)
)

// get reads the figure of a key; put writes it.
func (f *figures) get(key int, minute int64) int64 {
	switch {
	case key < keySlope:
		return f.counts[key]
	case key < keyMoment:
		return f.slopes[key-keySlope]
	case key < keyLevel:
		return f.moments[key-keyMoment]
	}
	l := &f.levels[(key-keyLevel)/levelKeys]
	switch (key - keyLevel) % levelKeys {
	case 0:
		has := int64(0)
		if l.hasMax {
			has |= 1
		}
		if l.hasLast {
			has |= 2
		}
		return has
	case 1:
		return l.max
	case 2:
		return l.last
	}
	if !l.hasLast {
		return 0
	}
	return l.at - minute
}

func (f *figures) put(key int, minute, v int64) {
	switch {
	case key < keySlope:
		f.counts[key] = v
		return
	case key < keyMoment:
		f.slopes[key-keySlope] = v
		return
	case key < keyLevel:
		f.moments[key-keyMoment] = v
		return
	}
	l := &f.levels[(key-keyLevel)/levelKeys]
	switch (key - keyLevel) % levelKeys {
	case 0:
		l.hasMax, l.hasLast = v&1 != 0, v&2 != 0
	case 1:
		l.max = v
	case 2:
		l.last = v
	case 3:
		l.at = minute + v
	}
}

// unpacked is a pack as plain figures.
type unpacked struct {
	n       int
	minutes [packMinutes]int64
	figures [packMinutes]figures
}

// load takes the minutes of a run, which has at most packMinutes.
func (u *unpacked) load(m *minutes, x *Scratch) {
	u.n = 0
	for c := m.cursor(); ; u.n++ {
		payload, ok := c.next()
		if !ok {
			return
		}
		s := x.minute().reset(c.minute)
		s.add(payload, c.minute, inside)
		u.minutes[u.n], u.figures[u.n] = c.minute, s.figures
	}
}

// write appends the figures as a pack.
func (u *unpacked) write(b []byte) []byte {
	b = binary.AppendUvarint(b, uint64(u.n))
	b = binary.AppendVarint(b, u.minutes[0]/minuteMs)
	var values [packMinutes]int64
	for i := 1; i < u.n; i++ {
		values[i] = (u.minutes[i] - u.minutes[i-1]) / minuteMs
	}
	values[0] = values[min(1, u.n-1)] // no width of its own
	b = appendColumn(b, values[:u.n])
	var counted, sloped marks
	for i := range u.n {
		u.figures[i].touched(&counted, &sloped)
	}
	last := 0
	for key := range numKeys {
		if !mayHold(key, &counted, &sloped) {
			continue
		}
		used := false
		for i := range u.n {
			values[i] = u.figures[i].get(key, u.minutes[i])
			used = used || values[i] != 0
		}
		if used {
			b = binary.AppendUvarint(b, uint64(key-last))
			b = appendColumn(b, values[:u.n])
			last = key
		}
	}
	return b
}

// mayHold says whether a column may hold anything but 0.
func mayHold(key int, counted, sloped *marks) bool {
	switch {
	case key < keySlope:
		return counted.has(key)
	case key < keyMoment:
		return sloped.has(key - keySlope)
	case key < keyLevel:
		return sloped.has(key - keyMoment)
	}
	return true
}

// appendColumn writes the width in bits, the lowest value, and the differences
// to it, the first in the lowest bits.
func appendColumn(b []byte, values []int64) []byte {
	lowest := slices.Min(values)
	width := 0
	for _, v := range values {
		width = max(width, bits.Len64(uint64(v)-uint64(lowest)))
	}
	b = append(b, byte(width))
	b = binary.AppendVarint(b, lowest)
	start := len(b)
	b = append(b, make([]byte, (width*len(values)+7)/8)...)
	for i, v := range values {
		d := uint64(v) - uint64(lowest)
		for k := range width {
			if d>>k&1 != 0 {
				at := i*width + k
				b[start+at/8] |= 1 << (at % 8)
			}
		}
	}
	return b
}

// readColumn is the inverse of appendColumn; false where b is none.
func readColumn(b []byte, values []int64) ([]byte, bool) {
	if len(b) == 0 || b[0] > 64 {
		return nil, false
	}
	width := int(b[0])
	lowest, n := binary.Varint(b[1:])
	size := (width*len(values) + 7) / 8
	if n <= 0 || len(b) < 1+n+size {
		return nil, false
	}
	packed := b[1+n : 1+n+size]
	for i := range values {
		values[i] = int64(uint64(lowest) + readBits(packed, i*width, width))
	}
	return b[1+n+size:], true
}

// readBits reads width bits, 0 to 64, from bit at on.
func readBits(b []byte, at, width int) uint64 {
	v := uint64(0)
	for got := 0; got < width; {
		skip := (at + got) % 8
		take := min(8-skip, width-got)
		part := uint64(b[(at+got)/8]>>skip) & (1<<take - 1)
		v |= part << got
		got += take
	}
	return v
}

// read unpacks p; false where it is no pack.
func (u *unpacked) read(p pack) bool {
	count, n := uvarint(p)
	first, k := binary.Varint(p[n:])
	if n == 0 || k <= 0 || count == 0 || count > packMinutes || first < -maxTime/minuteMs || first > maxTime/minuteMs {
		return false
	}
	u.n = int(count)
	var values [packMinutes]int64
	b, ok := readColumn(p[n+k:], values[:u.n])
	if !ok || !u.placeMinutes(first, values[:u.n]) {
		return false
	}
	clear(u.figures[:u.n])
	for i := range u.n {
		// A column of zeros is not written: set on the minute.
		for l := range u.figures[i].levels {
			u.figures[i].levels[l].at = u.minutes[i]
		}
	}
	for key := 0; len(b) > 0; {
		step, n := uvarint(b)
		if n == 0 || step >= uint64(numKeys) || key+int(step) >= numKeys {
			return false
		}
		key += int(step)
		if b, ok = readColumn(b[n:], values[:u.n]); !ok {
			return false
		}
		for i, v := range values[:u.n] {
			u.figures[i].put(key, u.minutes[i], v)
		}
	}
	return true
}

func (u *unpacked) placeMinutes(first int64, gaps []int64) bool {
	u.minutes[0] = first * minuteMs
	for i := 1; i < u.n; i++ {
		if gaps[i] <= 0 || gaps[i] > maxTime/minuteMs {
			return false
		}
		if u.minutes[i] = u.minutes[i-1] + gaps[i]*minuteMs; u.minutes[i] > maxTime {
			return false
		}
	}
	return true
}
