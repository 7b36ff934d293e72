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
	s.corrections++
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

// settleOpen sums up the log of the open minute once it is long.
func (s *Series) settleOpen() {
	if len(s.open) <= s.nextLimit {
		return
	}
	m := sum{base: s.minute}
	m.addLog(s.open, s.minute, inside)
	s.open, s.shared = m.write(make([]byte, 0, openLimit)), false
	s.nextLimit = max(openLimit, 2*len(s.open))
}

// roll closes the open minute and opens another, later one.
func (s *Series) roll(minute int64) {
	s.cache = nil
	s.placeLate()
	if s.minute == never {
		s.born, s.folded = minute, minute
	} else {
		s.closeOpen()
	}
	s.minute = minute
	whole := minute - (s.reach()-1)*minuteMs
	every := int64(denseFold)
	if s.kind == Sparse {
		every = sparseFold
	}
	if minute-s.folded >= every*minuteMs {
		s.foldClosed()
	}
	s.recent.drop(whole, s.retire)
	s.older.drop(minute - (Reach-1)*minuteMs)
}

// foldClosed adds the closed minutes to the totals.
func (s *Series) foldClosed() {
	if s.folded == s.minute {
		return
	}
	today := sum{base: s.dayStart}
	today.add(s.day, s.dayStart, inside)
	all := sum{base: s.allStart}
	if s.split {
		all.add(s.all, s.allStart, inside)
	}
	for c := s.recent.cursor(); ; {
		payload, ok := c.next()
		if !ok {
			break
		}
		if c.minute < s.folded {
			continue
		}
		s.splitBefore(c.minute, &all)
		today.add(payload, c.minute, partOf(c.minute, s.dayStart))
		if s.split {
			all.add(payload, c.minute, inside)
		}
	}
	s.writeTotals(&today, &all)
	s.folded = s.minute
}

// splitBefore makes all differ from today once a fact of before today comes,
// which a caller that tells of each day's start in time never sends.
func (s *Series) splitBefore(minute int64, all *sum) {
	if minute < s.dayStart && !s.split {
		s.all, s.split = s.day, true
		all.add(s.all, s.allStart, inside)
	}
}

func (s *Series) writeTotals(today, all *sum) {
	today.carryIn()
	s.day = today.writeClipped()
	if s.split {
		s.all = all.writeClipped()
	}
}

// reach is how many minutes stay whole, the open one included.
func (s *state) reach() int64 {
	if s.kind == Dense {
		return trendReach
	}
	return SparseReach
}

func (s *Series) closeOpen() {
	m := sum{base: s.minute}
	m.addLog(s.open, s.minute, inside)
	if s.fig != nil {
		m.addFigures(s.fig, s.minute, inside)
		*s.fig = figures{}
	}
	s.resetOpen()
	var room [2 << 10]byte
	payload := m.write(room[:0])
	if len(payload) == 0 {
		return
	}
	s.recent.append(s.minute, payload)
}

func (s *Series) resetOpen() {
	s.nextLimit = openLimit
	if s.shared {
		s.open, s.shared = make([]byte, 0, min(len(s.open), openLimit)), false
		return
	}
	s.open = s.open[:0]
}

// retire takes a minute that left recent.
func (s *Series) retire(minute int64, payload []byte) {
	s.carry = carryOver(s.carry, payload, minute)
	if s.kind == Dense {
		s.older.keep(minute, withoutDists(payload, minute))
	}
}

func withoutDists(payload []byte, minute int64) []byte {
	m := sum{base: minute}
	m.add(payload, minute, inside)
	clear(m.dists[:])
	return m.write(nil)
}

// carryOver adds what lasts of a minute to a carry.
func carryOver(carry, payload []byte, minute int64) []byte {
	if len(payload) == 0 || int(payload[0]) > tagSlope {
		return carry
	}
	var s sum
	s.add(carry, 0, before)
	s.add(payload, minute, before)
	s.slopes = s.lastSlopes
	for i, l := range s.lastLevels {
		if l.hasLast {
			s.levels[i].set(l.at, l.last)
		}
	}
	return s.write(nil)
}

// fold adds corrections to minutes that are in the totals to them.
func (s *Series) fold(list []dated) {
	list = slices.DeleteFunc(slices.Clone(list), func(d dated) bool { return d.minute >= s.folded })
	if len(list) == 0 {
		return
	}
	today := sum{base: s.dayStart}
	today.add(s.day, s.dayStart, inside)
	all := sum{base: s.allStart}
	if s.split {
		all.add(s.all, s.allStart, inside)
	}
	for _, d := range list {
		s.splitBefore(d.minute, &all)
		today.add(d.payload, d.minute, partOf(d.minute, s.dayStart))
		if s.split {
			all.add(d.payload, d.minute, inside)
		}
	}
	s.writeTotals(&today, &all)
}

// placeLate puts every correction into the minutes and totals it belongs to.
func (s *Series) placeLate() {
	if len(s.late) == 0 {
		return
	}
	s.cache = nil
	log := s.late
	if s.lateOut || s.kind == Sparse {
		s.late, s.lateOut = nil, false
	} else {
		s.late = s.late[:0] // read below before anything is appended
	}
	var list []dated
	for len(log) > 0 {
		behind, _ := binary.Uvarint(log)
		minute := s.minute - int64(behind)*minuteMs
		m := sum{base: minute}
		log = m.addOneMinute(log, behind, minute)
		list = append(list, dated{minute, m.write(nil)})
	}
	slices.SortFunc(list, func(a, b dated) int { return cmp.Compare(a.minute, b.minute) })
	s.fold(list)
	s.placeMinutes(list)
}

// addOneMinute adds the entries of the minute that is behind by so many, and
// returns a log of the others.
func (s *sum) addOneMinute(log []byte, behind uint64, minute int64) []byte {
	var rest []byte
	var skipped sum
	for len(log) > 0 {
		b, n := binary.Uvarint(log)
		if b == behind {
			log = s.addEntry(log[n:], minute, inside)
			continue
		}
		end := skipped.addEntry(log[n:], minute, before)
		rest = append(rest, log[:len(log)-len(end)]...)
		log = end
	}
	return rest
}

func (s *Series) placeMinutes(list []dated) {
	whole := s.minute - (s.reach()-1)*minuteMs
	from := len(list)
	for i, d := range list {
		if d.minute >= whole {
			from = i
			break
		}
		s.carry = carryOver(s.carry, d.payload, d.minute)
		switch {
		case s.kind == Sparse:
		case d.minute >= s.minute-(Reach-1)*minuteMs:
			s.older.keep(d.minute, withoutDists(d.payload, d.minute))
		default:
			s.older.retire(d.minute, d.payload)
		}
	}
	s.recent.merge(list[from:]...)
}
