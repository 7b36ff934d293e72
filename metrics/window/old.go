package window

import (
	"encoding/binary"
	"slices"
)

const packMs = packMinutes * minuteMs

// old keeps the counts, slopes and levels of the minutes before recent: whole
// hours packed, the hour being filled as a plain run. Copies share all bytes.
type old struct {
	packs []pack  // in order, each within packMs of its first minute
	tail  minutes // after all packs, within packMs of its first minute
	held  bool    // a view may be reading tail
	carry []byte  // what lasts from before, base 0
}

// firstMinute is the first minute of a pack that has been checked.
func (p pack) firstMinute() int64 {
	_, n := binary.Uvarint(p)
	first, _ := binary.Varint(p[n:])
	return first * minuteMs
}

func packOf(m *minutes, x *Scratch) pack {
	u := x.unpacked()
	u.load(m, x)
	x.bytes = u.write(x.bytes[:0])
	return append(make([]byte, 0, len(x.bytes)), x.bytes...)
}

// keep adds a payload without distributions to a minute: a new one, or a
// correction to one that is kept.
func (o *old) keep(minute int64, payload []byte, x *Scratch) {
	switch first := o.tail.base; {
	case len(o.tail.b) == 0 || minute < first:
		o.keepBefore(minute, payload, x)
	case minute >= first+packMs:
		o.packs = append(o.packs, packOf(&o.tail, x))
		if o.held {
			o.tail, o.held = minutes{}, false
		}
		o.tail.b = o.tail.b[:0]
		o.append(minute, payload)
	case minute > o.tail.last:
		o.append(minute, payload)
	default:
		x.one[0] = dated{minute, payload}
		if o.tail.take(o.tail.merged(x, x.one[:]), o.held) {
			o.held = false
		}
	}
}

// append adds a minute to the tail.
func (o *old) append(minute int64, payload []byte) {
	if o.tail.append(minute, payload) {
		o.held = false
	}
}

// keepBefore is keep for a minute before the tail, or where there is no tail.
func (o *old) keepBefore(minute int64, payload []byte, x *Scratch) {
	i := len(o.packs) - 1
	for i >= 0 && o.packs[i].firstMinute() > minute {
		i--
	}
	var one minutes
	if i >= 0 && minute < o.packs[i].firstMinute()+packMs {
		run := o.packs[i].run(x)
		one = run.merged(x, []dated{{minute, payload}})
		o.packs = slices.Clone(o.packs)
		o.packs[i] = packOf(&one, x)
		return
	}
	if len(o.tail.b) == 0 && i == len(o.packs)-1 {
		o.append(minute, payload)
		return
	}
	one.append(minute, payload)
	o.packs = slices.Insert(slices.Clone(o.packs), i+1, packOf(&one, x))
}

// run turns a pack back into payloads.
func (p pack) run(x *Scratch) minutes {
	u := x.unpacked()
	u.read(p)
	var m minutes
	for i := range u.n {
		s := x.minute().reset(u.minutes[i])
		s.addFigures(&u.figures[i], u.minutes[i], inside)
		x.bytes = s.write(x.bytes[:0])
		m.append(u.minutes[i], x.bytes)
	}
	return m
}

// drop forgets hours that end before from, but for what lasts of them.
func (o *old) drop(from int64, s *Series) {
	for len(o.packs) > 0 && o.packs[0].firstMinute()+packMs <= from {
		u := s.room().unpacked()
		u.read(o.packs[0])
		o.packs = o.packs[1:]
		var l lasting
		l.add(o.carry, 0)
		for i := range u.n {
			l.addFigures(&u.figures[i])
		}
		o.carry = l.write(nil)
	}
	if len(o.packs) == 0 && len(o.tail.b) > 0 && o.tail.last < from {
		for c := o.tail.cursor(); ; {
			payload, ok := c.next()
			if !ok {
				break
			}
			o.retire(c.minute, payload)
		}
		o.tail = minutes{}
	}
}

// retire keeps what lasts of a minute that is forgotten.
func (o *old) retire(minute int64, payload []byte) {
	if !lasts(payload) {
		return
	}
	var l lasting
	l.add(o.carry, 0)
	l.add(payload, minute)
	o.carry = l.write(nil)
}

// add sums up what lies in [from, to), and what lasts from before.
func (o *old) add(s *sum, from, to int64) {
	s.add(o.carry, 0, before)
	var u *unpacked
	for _, p := range o.packs {
		if u == nil {
			u = new(unpacked)
		}
		u.read(p)
		for i := range u.n {
			if u.minutes[i] < to {
				s.addFigures(&u.figures[i], u.minutes[i], partOf(u.minutes[i], from))
			}
		}
	}
	for c := o.tail.cursor(); c.ahead() < to; {
		payload, _ := c.next()
		s.add(payload, c.minute, partOf(c.minute, from))
	}
}

// bytes is what old holds.
func (o *old) bytes() int {
	n := cap(o.tail.b) + cap(o.carry)
	for _, p := range o.packs {
		n += cap(p) + 24
	}
	return n
}

// wellFormed says whether what was read could have been written.
func (o *old) wellFormed() bool {
	end := int64(-maxTime)
	var u unpacked
	for _, p := range o.packs {
		if !u.read(p) || u.minutes[0] < end || u.minutes[u.n-1] >= u.minutes[0]+packMs {
			return false
		}
		end = u.minutes[u.n-1] + minuteMs
	}
	if !wellFormed(o.carry, true) || !o.tail.wellFormed() {
		return false
	}
	return len(o.tail.b) == 0 || o.tail.base >= end && o.tail.last < o.tail.base+packMs
}
