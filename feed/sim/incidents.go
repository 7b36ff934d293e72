package sim

import (
	"slices"

	"wallboard/metrics"
)

// scheduleIncidents sets the incidents that strike at one moment; the others
// are asked for by during and surge as time passes.
func (s *Sim) scheduleIncidents() {
	for _, in := range s.opt.Incidents {
		if in.Kind != IncidentAgentsLost {
			continue
		}
		name := in.Team
		if name == "" {
			name = "refund"
		}
		t := s.teams[teamIndex(name)]
		from, to := in.At.Milliseconds(), (in.At + in.For).Milliseconds()
		s.in(from, func() {
			for _, p := range t.people {
				s.in(s.between(0, 4000), func() { s.cutOff(p) })
			}
		})
		s.in(to, func() {
			for _, p := range t.people {
				s.in(s.between(0, 40*second), func() { s.restore(p) })
			}
		})
	}
}

// cutOff takes a person from the network: away at once, and after a moment the
// platform puts their sessions back into the queue.
func (s *Sim) cutOff(p *person) {
	if p.lost {
		return
	}
	p.lost = true
	if p.wish.presence == metrics.PresenceOffline {
		return
	}
	s.show(p, standing{presence: metrics.PresenceAway, reason: s.words.network, planned: metrics.No})
	for _, c := range slices.Clone(p.legs) {
		c.step++ // nobody types any more
		s.in(s.between(15, 45)*second, func() { s.giveBack(c, p) })
	}
}

// giveBack returns a session of a lost person to its queue, unless it has
// ended.
func (s *Sim) giveBack(c *contact, p *person) {
	if c.agent != p || c.state != stateActive && c.state != stateHeld {
		return
	}
	s.clearRoom(c)
	e := s.about(metrics.TypeSessionTransferred, c)
	e.Agent, e.ToQueue, e.TransferKind = p.id, c.queue.id, metrics.TransferBlind
	s.leaveLeg(c, false)
	c.patience, c.replied = 0, true
	s.enterQueue(c, c.queue)
	s.afterEntering(c)
}

// restore brings a lost person back as what they would be by now.
func (s *Sim) restore(p *person) {
	if !p.lost {
		return
	}
	p.lost = false
	s.show(p, p.wish)
	s.leaveIfDone(p)
	s.feed(p)
}
