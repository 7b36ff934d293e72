package metrics

import "wallboard/metrics/fact"

// credit lays an order to the customer's session that was last replied to, if
// it was spoken in within a day; one of nobody known to its own session.
func (e *Engine) credit(s *sess, n *note, customer uint64) {
	x := &e.visits
	session := n.hash
	if customer != 0 {
		best := (*visit)(nil)
		x.others(customer, func(_ int32, v *visit) {
			if v.flags&vReply != 0 && (best == nil || v.base+int64(v.reply) > best.base+int64(best.reply)) {
				best = v
			}
		})
		if best == nil {
			return
		}
		session = best.session
	} else if last := x.of(session, 0); last == noRef {
		e.creditOwn(s, n)
		return
	} else if x.slab.At(last).flags&(vClosed|vSpam) == vClosed|vSpam {
		return
	}
	asked := x.credited(session, n.time)
	if asked == nil || asked.flags&vConverted != 0 {
		return
	}
	asked.flags |= vConverted
	e.curveOrder(asked.session, n)
	e.countConverted(asked, e.opening(asked), asked.base)
	if asked.queue != noRef {
		e.countConverted(asked, e.owned(asked.queue, noRef, toQueues), asked.base+int64(asked.begun))
	}
}

// credited returns the visit with which the customer began a session, if it was
// replied to at any time and spoken in within the day before; nil for none.
func (x *visits) credited(session uint64, t int64) (asked *visit) {
	line, replied := int64(0), false
	for ref, pos := x.bySession.First(session); ref >= 0; ref, pos = x.bySession.Next(session, pos) {
		v := x.slab.At(ref)
		if v.session != session {
			continue
		}
		replied = replied || v.flags&vReply != 0
		if v.flags&vLine != 0 {
			line = max(line, v.base+int64(v.line))
		}
		if v.flags&vAsked != 0 {
			asked = v
		}
	}
	if !replied || t-line > dayMillis {
		return nil
	}
	return asked
}

func (e *Engine) countConverted(v *visit, o owner, t int64) {
	e.aside(o, t, fact.Converted, 1)
	if v.flags&vInsight != 0 {
		e.aside(o, t, fact.ConvertedInsight, 1)
	}
}

// creditOwn lays an order of nobody known to the session it was told of, of
// which no visit is kept.
func (e *Engine) creditOwn(s *sess, n *note) {
	if s.marks&(mAsked|mConverted) != mAsked || s.flags&(fReplied|fBot) == 0 || n.time-s.abs(s.last) > dayMillis {
		return
	}
	s.marks |= mConverted
	answer, span := s.replied()
	e.sellCurve(s.base, answer, span, n)
	v := visit{flags: vAsked, place: e.chans[e.cells[s.cell].channel].cell}
	v.set(vInsight, s.flags&fInsight != 0)
	e.countConverted(&v, e.opening(&v), s.base)
	if s.flags&fSegmented != 0 {
		e.countConverted(&v, e.owned(s.cell, noRef, toQueues), s.abs(s.begun))
	}
}
