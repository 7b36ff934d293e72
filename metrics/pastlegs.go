package metrics

import (
	"wallboard/metrics/checkpoint"
	"wallboard/metrics/store"
)

// A wrap may begin long after the close that ended its talk. Ended legs are
// kept so long, and so many, apart from what is remembered of every session.
const (
	pastLegMillis = hourMillis
	maxPastLegs   = 1 << 16
)

// pastLeg is an ended leg of a session remembered no longer whole.
type pastLeg struct {
	hash uint64 // of the session; 0: taken
	at   int64
	leg  leg
}

// pastLegs keeps ended legs, oldest first.
type pastLegs struct {
	ring  store.Ring[pastLeg]
	index store.Index
}

// keepLegs keeps the ended legs of a session that is being let go.
func (e *Engine) keepLegs(s *sess, hash uint64) {
	p := &e.past
	for i := s.legs; i != noRef; i = e.legs.At(i).next {
		l := e.legs.At(i)
		if l.state != legOver || l.age() > 0 || l.has(legExtra) {
			continue
		}
		if p.ring.Len() == maxPastLegs {
			p.drop()
		}
		x, pos := p.ring.Push()
		*x = pastLeg{hash: hash, at: e.now, leg: *l}
		p.index.Add(hash, int32(pos&refMask))
	}
	for p.ring.Len() > 0 {
		if x := p.ring.At(p.ring.Head()); x.at >= e.now-pastLegMillis {
			return
		}
		p.drop()
	}
}

func (p *pastLegs) drop() {
	pos := p.ring.Head()
	if x := p.ring.At(pos); x.hash != 0 {
		p.index.Remove(x.hash, int32(pos&refMask))
	}
	p.ring.DropTo(pos + 1)
}

// takeLegs gives a session made whole again its ended legs back, in the order
// it had them.
func (e *Engine) takeLegs(ref int32, s *sess, hash uint64) {
	p := &e.past
	var found []uint64
	for k, at := p.index.First(hash); k >= 0; k, at = p.index.Next(hash, at) {
		head := p.ring.Head()
		if pos := head + (uint64(k)-head)&refMask; pos < p.ring.Tail() && p.ring.At(pos).hash == hash {
			found = append(found, pos)
		}
	}
	// Kept newest first: the last kept is attached first.
	for k := len(found) - 1; k >= 0; k-- {
		x := p.ring.At(found[k])
		i := e.legs.New()
		*e.legs.At(i) = x.leg
		e.legs.At(i).sess, e.legs.At(i).next = ref, s.legs
		s.legs = i
		p.index.Remove(hash, int32(found[k]&refMask))
		x.hash = 0
	}
}

func (p *pastLegs) code(c *checkpoint.Coder) {
	p.ring.Code(c, func(c *checkpoint.Coder, x *pastLeg) {
		c.Uint64(&x.hash)
		c.Int64(&x.at)
		codeLeg(c, &x.leg)
	})
	if !c.Reading() {
		return
	}
	for pos := p.ring.Head(); pos < p.ring.Tail(); pos++ {
		if x := p.ring.At(pos); x.hash != 0 {
			p.index.Add(x.hash, int32(pos&refMask))
		}
	}
}
