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
		lost := in.struck(s.teams[teamIndex(name)].people)
		from, to := in.At.Milliseconds(), (in.At + in.For).Milliseconds()
		s.in(from, func() {
			for _, p := range lost {
				s.in(s.between(0, 4000), func() { s.cutOff(p) })
			}
		})
		s.in(to, func() {
			for _, p := range lost {
				s.in(s.between(0, 40*second), func() { s.restore(p) })
			}
		})
	}
}

// struck returns the people an incident takes: of a part of a team every so
// manieth, so that it is a part of every shift.
func (in Incident) struck(people []*person) []*person {
	if in.Share == 0 || in.Share == 1 {
		return people
	}
	var out []*person
	for i, p := range people {
		if int(float64(i+1)*in.Share) > int(float64(i)*in.Share) {
			out = append(out, p)
		}
	}
	return out
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
