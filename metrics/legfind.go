package metrics

// legOf returns the session's leg with the agent in one of the states from to
// until, noRef for none.
func (e *Engine) legOf(s *sess, agent int32, from, until legState) int32 {
	for i := s.legs; i != noRef; i = e.legs.At(i).next {
		if l := e.legs.At(i); l.agent == agent && l.state >= from && l.state <= until {
			return i
		}
	}
	return noRef
}

// anyLeg returns the session's newest leg in the states from to until.
func (e *Engine) anyLeg(s *sess, from, until legState) int32 {
	for i := s.legs; i != noRef; i = e.legs.At(i).next {
		if l := e.legs.At(i); l.state >= from && l.state <= until {
			return i
		}
	}
	return noRef
}

// colleague says whether somebody who joined talks, not only listens in.
func (e *Engine) colleague(s *sess) bool {
	for i := s.legs; i != noRef; i = e.legs.At(i).next {
		if e.legs.At(i).talking() {
			return true
		}
	}
	return false
}

// mainLeg returns the newest leg in the state of somebody who handles the
// session, not of one who joined; the agent's own where they have one.
func (e *Engine) mainLeg(s *sess, agent int32, state legState) int32 {
	found := noRef
	for i := s.legs; i != noRef; i = e.legs.At(i).next {
		l := e.legs.At(i)
		if l.state != state || l.role != RoleNone {
			continue
		}
		if l.agent == agent {
			return i
		}
		if found == noRef {
			found = i
		}
	}
	return found
}

// ownLeg returns the agent's leg of this episode that has not ended.
func (e *Engine) ownLeg(s *sess, agent int32) int32 {
	i := e.legOf(s, agent, legTalk, legWrap)
	if i != noRef && e.legs.At(i).age() > 0 {
		return noRef
	}
	return i
}
