package window

import (
	"cmp"
	"encoding/binary"
	"slices"
)

// correct begins an entry of a past minute.
func (s *Series) correct(t int64) {
	if t < s.born {
		s.born = minuteOf(t)
	}
	if s.trend != nil {
		s.trend.corrected = true
	}
	s.late = binary.AppendUvarint(s.late, uint64((s.minute-minuteOf(t))/minuteMs))
}

// settleLate puts corrections in their places once there are many. A late fact
// alone costs nanoseconds this way: a source that is a minute behind for good
// must not rewrite the past with every event.
func (s *Series) settleLate() {
	if len(s.late) > lateLimit {
		s.placeLate()
	}
}

// placeLate puts every correction into the minutes and totals it belongs to.
func (s *Series) placeLate() {
	if len(s.late) == 0 {
		return
	}
	s.forgetSums()
	x := s.room()
	list := s.lateByMinute(x)
	if s.held&heldLate != 0 || cap(s.late) > lateKept {
		s.late, s.held = nil, s.held&^heldLate
	} else {
		s.late = s.late[:0]
	}
	s.fold(list)
	s.placeMinutes(x, list)
}

// lateByMinute sums the corrections up, one payload for each minute, in order.
func (s *Series) lateByMinute(x *Scratch) []dated {
	log, list := s.late, x.list[:0]
	for turn := 0; len(log) > 0; turn++ {
		behind, _ := binary.Uvarint(log)
		minute := s.minute - int64(behind)*minuteMs
		m := x.minute().reset(minute)
		rest := &x.late[turn%2]
		*rest = m.addOneMinute((*rest)[:0], log, behind, minute)
		log = *rest
		list = append(list, x.dated(len(list), minute, m))
	}
	x.list = list
	slices.SortFunc(list, func(a, b dated) int { return cmp.Compare(a.minute, b.minute) })
	return list
}

// dated returns what m holds as a payload, in the bytes of the list's former
// item.
func (x *Scratch) dated(i int, minute int64, m *sum) dated {
	var room []byte
	if i < cap(x.list) {
		room = x.list[:cap(x.list)][i].payload
	}
	return dated{minute, m.write(room[:0])}
}

// addOneMinute adds the entries of the minute that is behind by so many, and
// appends the others to rest.
func (s *sum) addOneMinute(rest, log []byte, behind uint64, minute int64) []byte {
	for len(log) > 0 {
		b, n := binary.Uvarint(log)
		if b == behind {
			log = s.addEntry(log[n:], minute, inside)
			continue
		}
		end := n + entryLen(log[n:])
		rest = append(rest, log[:end]...)
		log = log[end:]
	}
	return rest
}

// fold adds corrections to minutes that are in the totals to them.
func (s *Series) fold(list []dated) {
	if list[0].minute >= s.folded {
		return
	}
	today, all := s.totals()
	for _, d := range list {
		if d.minute < s.folded {
			s.addToTotals(today, all, d.minute, d.payload)
		}
	}
	s.writeTotals(today, all)
}

func (s *Series) placeMinutes(x *Scratch, list []dated) {
	first := s.whole()
	if len(s.recent.b) > 0 {
		first = min(first, s.recent.first())
	}
	for len(list) > 0 && list[0].minute < first {
		s.placeOld(x, list[0])
		list = list[1:]
	}
	if len(list) == 0 {
		return
	}
	if s.recent.take(s.recent.merged(x, list), s.held&heldRecent != 0) {
		s.held &^= heldRecent
	}
}

// placeOld puts a correction where minutes are that left recent.
func (s *Series) placeOld(x *Scratch, d dated) {
	if lasts(d.payload) {
		var l lasting
		l.add(s.carry, 0)
		l.add(d.payload, d.minute)
		s.carry = s.renewCarry(&l)
	}
	switch {
	case s.dense == nil:
	case d.minute >= s.minute-(Reach-1)*minuteMs:
		s.dense.older.keep(d.minute, withoutDists(d.payload), x)
	default:
		s.dense.older.retire(d.minute, d.payload)
	}
}
