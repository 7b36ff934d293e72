package window

import (
	"bytes"
	"math/bits"
)

// settleOpen sums up the log of the open minute once it is long.
func (s *Series) settleOpen() {
	if len(s.open) > int(s.nextLimit) {
		s.sumUpOpen()
	}
}

func (s *Series) sumUpOpen() {
	x := s.room()
	m := x.minute().reset(s.minute)
	m.addLog(s.open, s.minute, inside)
	x.bytes = m.write(x.bytes[:0])
	if s.held&heldOpen != 0 {
		s.open, s.held = make([]byte, 0, openLimit), s.held&^heldOpen
	}
	s.open = append(s.open[:0], x.bytes...)
	s.nextLimit = int32(max(openLimit, 2*len(s.open)))
}

// forgetSums forgets what views had summed up of the closed minutes.
func (s *Series) forgetSums() {
	if s.dense != nil {
		s.dense.cache = nil
	}
}

// roll closes the open minute and opens another, later one.
func (s *Series) roll(minute int64) {
	s.forgetSums()
	if len(s.late) > 0 {
		s.placeLate()
	}
	if s.minute == never {
		s.born, s.folded = minute, minute
	} else {
		s.closeOpen()
	}
	s.minute = minute
	every := int64(denseFold)
	if s.dense == nil {
		every = sparseFold
	}
	if minute-s.folded >= every*minuteMs {
		s.foldClosed()
	}
	if whole := s.whole(); len(s.recent.b) > 0 && s.recent.first() <= whole-retireBatch*minuteMs {
		s.retire(whole)
	}
	if s.dense != nil {
		s.dense.older.drop(minute-(Reach-1)*minuteMs, s)
	}
}

// whole is the first minute that stays whole, the open one's reach back.
func (s *state) whole() int64 { return s.minute - (s.reach()-1)*minuteMs }

// reach is how many minutes stay whole, the open one included.
func (s *state) reach() int64 {
	if s.dense != nil {
		return trendReach
	}
	return SparseReach
}

// foldClosed adds the closed minutes to the totals.
func (s *Series) foldClosed() {
	if s.folded == s.minute {
		return
	}
	if len(s.recent.b) > 0 && s.recent.last >= s.folded {
		today, all := s.totals()
		for c := s.recent.cursor(); ; {
			payload, ok := c.next()
			if !ok {
				break
			}
			if c.minute >= s.folded {
				s.addToTotals(today, all, c.minute, payload)
			}
		}
		s.writeTotals(today, all)
	}
	s.folded = s.minute
}

// totals reads the totals.
func (s *Series) totals() (today, all *sum) {
	x := s.room()
	today = x.today().reset(s.dayStart)
	today.add(s.day, s.dayStart, inside)
	all = x.all().reset(s.allStart)
	if s.split {
		all.add(s.all, s.allStart, inside)
	}
	return today, all
}

// addToTotals adds a minute. All begins to differ from today once a fact of
// before today comes, which a caller that tells of each day's start in time
// never sends.
func (s *Series) addToTotals(today, all *sum, minute int64, payload []byte) {
	if minute < s.dayStart && !s.split {
		s.all, s.split = s.day, true
		s.held |= heldTotals // day and all are the same bytes
		all.add(s.all, s.allStart, inside)
	}
	today.add(payload, minute, partOf(minute, s.dayStart))
	if s.split {
		all.add(payload, minute, inside)
	}
}

func (s *Series) writeTotals(today, all *sum) {
	today.carryIn()
	x := s.room()
	x.bytes = today.write(x.bytes[:0])
	s.day = renew(s.day, x.bytes, s.held&heldTotals != 0)
	if s.split {
		x.bytes = all.write(x.bytes[:0])
		s.all = renew(s.all, x.bytes, s.held&heldTotals != 0)
	}
	s.held &^= heldTotals
}

// renew returns a copy of b, in the bytes of old where no view holds them and
// it leaves little of them unused: what is kept for long costs what it holds.
func renew(old, b []byte, shared bool) []byte {
	if !shared && len(b) <= cap(old) && cap(old) <= len(b)+len(b)/8+16 {
		return append(old[:0], b...)
	}
	if len(b) == 0 {
		return nil
	}
	room := make([]byte, 0, len(b)+len(b)/16)
	return append(room, b...)
}

func (s *Series) closeOpen() {
	if s.scratch == nil {
		var m sum
		var room [2 << 10]byte
		s.close(s.writeOpen(&m, room[:0]))
		return
	}
	x := s.scratch
	x.bytes = s.writeOpen(x.minute(), x.bytes[:0])
	s.close(x.bytes)
}

// close ends the open minute, whose payload is given.
func (s *Series) close(payload []byte) {
	s.resetOpen()
	if len(payload) > 0 && s.recent.append(s.minute, payload) {
		s.held &^= heldRecent
	}
}

// writeOpen appends the payload of the open minute and empties its figures,
// with m to sum up in.
func (s *Series) writeOpen(m *sum, dst []byte) []byte {
	if s.dense == nil {
		if len(s.open) == 0 {
			return dst
		}
		m.reset(s.minute).addLog(s.open, s.minute, inside)
		return m.write(dst)
	}
	dst = s.dense.running.write(dst, s.minute)
	s.dense.running.clear()
	if len(s.open) == 0 {
		return dst
	}
	m.reset(s.minute).addLog(s.open, s.minute, inside)
	return m.writeSamples(dst)
}

func (s *Series) resetOpen() {
	s.nextLimit = openLimit
	if s.held&heldOpen != 0 || cap(s.open) > wideOpen && cap(s.open) > 4*len(s.open) {
		// What one minute needed the next will, about.
		s.open, s.held = make([]byte, 0, classOf(min(len(s.open), openLimit))), s.held&^heldOpen
		return
	}
	s.open = s.open[:0]
}

// wideOpen is how long a log is whose room one rush does not keep for good.
const wideOpen = 256

// classOf returns the least power of two that is not below n.
func classOf(n int) int { return 1 << bits.Len(uint(max(n, 1)-1)) }

// retire takes the minutes before whole off recent.
func (s *Series) retire(whole int64) {
	x := s.room()
	var l lasting
	l.add(s.carry, 0)
	c := s.recent.cursor()
	for c.ahead() < whole {
		payload, _ := c.next()
		l.add(payload, c.minute)
		if s.dense != nil {
			s.dense.older.keep(c.minute, withoutDists(payload), x)
		}
	}
	s.recent.cut(c, s.held&heldRecent != 0)
	s.carry = s.renewCarry(&l)
}

func (s *Series) renewCarry(l *lasting) []byte {
	var room [256]byte
	b := l.write(room[:0])
	if bytes.Equal(b, s.carry) {
		return s.carry
	}
	shared := s.held&heldCarry != 0
	s.held &^= heldCarry
	return renew(s.carry, b, shared)
}

// withoutDists returns the part of a canonical payload before distributions.
func withoutDists(payload []byte) []byte {
	end := 0
	for end < len(payload) && int(payload[end]) < tagSample {
		end += entryLen(payload[end:])
	}
	return payload[:end]
}
