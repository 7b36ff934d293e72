package sim

import (
	"slices"

	"wallboard/metrics"
)

const callTalk = 150_000.0 // ms, median

// startCall is a conversation on the phone: talk, perhaps a hold, a listener,
// a transfer, and the end.
func (s *Sim) startCall(c *contact) {
	c.replied = true
	talk := min(1500*second, max(15*second, s.logNormal(callTalk, 0.55)))
	if s.during(IncidentSlowSystem) {
		talk = talk * 3 / 2
	}
	if s.chance(0.05) {
		s.next(c, talk/4, func() { s.listen(c, talk/3) })
	}
	if s.chance(0.03) {
		s.next(c, talk/5, func() { s.consult(c) })
	}
	switch {
	case !c.moved && s.chance(0.04):
		s.next(c, talk/2, func() { s.transfer(c) })
	case !c.moved && s.chance(0.03):
		s.next(c, talk/2, func() { s.escalate(c) })
	case s.chance(0.26):
		s.next(c, talk/2, func() { s.hold(c, talk/2) })
	default:
		s.next(c, talk, func() { s.endService(c) })
	}
}

// hold parks the caller, who now and then has enough of it.
func (s *Sim) hold(c *contact, rest int64) {
	s.about(metrics.TypeSessionHeld, c).Agent = c.agent.id
	c.state = stateHeld
	s.next(c, s.between(12, 60)*second, func() {
		if s.chance(0.03) {
			s.endService(c)
			return
		}
		s.about(metrics.TypeSessionResumed, c).Agent = c.agent.id
		c.state = stateActive
		s.next(c, rest, func() { s.endService(c) })
	})
}

// listen lets the team's lead hear a call: no slot, no part in it.
func (s *Sim) listen(c *contact, ms int64) {
	lead := c.agent.team.people[0]
	if lead == c.agent || !lead.working || slices.Contains(c.extras, lead) {
		return
	}
	role := metrics.RoleMonitor
	if s.chance(0.15) {
		role = metrics.RoleBarge
		if !lead.available() || !lead.free(c.channel) {
			return
		}
		s.join(c, lead, role)
		s.next(c, ms, func() { s.unjoin(c, lead) })
		return
	}
	e := s.about(metrics.TypeSessionJoined, c)
	e.Agent, e.Role = lead.id, role
	c.monitor = lead
	s.in(ms, func() { s.stopListening(c) })
}

func (s *Sim) stopListening(c *contact) {
	if c.monitor == nil {
		return
	}
	s.about(metrics.TypeSessionLeft, c).Agent = c.monitor.id
	c.monitor = nil
}
