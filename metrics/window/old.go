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
	carry []byte  // what lasts from before, base 0
}

// firstMinute is the first minute of a pack that has been checked.
func (p pack) firstMinute() int64 {
	_, n := binary.Uvarint(p)
	first, _ := binary.Varint(p[n:])
	return first * minuteMs
}

func packOf(m *minutes) pack {
	var u unpacked
	u.load(m)
	return u.pack()
}

// keep adds a payload without distributions to a minute: a new one, or a
// correction to one that is kept.
func (o *old) keep(minute int64, payload []byte) {
	switch first := o.tail.base; {
	case len(o.tail.b) == 0 || minute < first:
		o.keepBefore(minute, payload)
	case minute >= first+packMs:
		o.packs = append(o.packs, packOf(&o.tail))
		o.tail = minutes{}
		o.tail.append(minute, payload)
	case minute > o.tail.last:
		o.tail.append(minute, payload)
	default:
		o.tail.merge(dated{minute, payload})
	}
}

// keepBefore is keep for a minute before the tail, or where there is no tail.
func (o *old) keepBefore(minute int64, payload []byte) {
	i := len(o.packs) - 1
	for i >= 0 && o.packs[i].firstMinute() > minute {
		i--
	}
	var one minutes
	if i >= 0 && minute < o.packs[i].firstMinute()+packMs {
		one = o.packs[i].run()
		one.merge(dated{minute, payload})
		o.packs = slices.Clone(o.packs)
		o.packs[i] = packOf(&one)
		return
	}
	if len(o.tail.b) == 0 && i == len(o.packs)-1 {
		o.tail.append(minute, payload)
		return
	}
	one.append(minute, payload)
	o.packs = slices.Insert(slices.Clone(o.packs), i+1, packOf(&one))
}

// run turns a pack back into payloads.
func (p pack) run() minutes {
	var u unpacked
	u.read(p)
	var m minutes
	for i := range u.n {
		s := sum{base: u.minutes[i]}
		s.addFigures(&u.figures[i], u.minutes[i], inside)
		m.append(u.minutes[i], s.write(nil))
	}
	return m
}

// drop forgets hours that end before from, but for what lasts of them.
func (o *old) drop(from int64) {
	for len(o.packs) > 0 && o.packs[0].firstMinute()+packMs <= from {
		run := o.packs[0].run()
		o.packs = o.packs[1:]
		run.drop(from, o.retire)
	}
	if len(o.packs) == 0 && len(o.tail.b) > 0 && o.tail.last < from {
		o.tail.drop(from, o.retire)
	}
}

func (o *old) retire(minute int64, payload []byte) {
	o.carry = carryOver(o.carry, payload, minute)
}

// add sums up what lies at or after from, and what lasts from before.
func (o *old) add(s *sum, from int64) {
	s.add(o.carry, 0, before)
	var u *unpacked
	for _, p := range o.packs {
		if u == nil {
			u = new(unpacked)
		}
		u.read(p)
		for i := range u.n {
			s.addFigures(&u.figures[i], u.minutes[i], partOf(u.minutes[i], from))
		}
	}
	s.addMinutes(&o.tail, from)
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
