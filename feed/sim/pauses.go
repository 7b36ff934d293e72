package sim

import (
	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// pauseTries bounds how often a pause is put off while a team is thin.
const pauseTries = 5

// takePause pauses someone for ms, running chats or not. While too few of the
// team are left it is put off.
func (s *Sim) takePause(p *person, reason clean.Text, ms int64, planned bool) {
	s.tryPause(p, standing{presence: metrics.PresencePaused, reason: reason, planned: choice(planned)}, ms, pauseTries)
}

func (s *Sim) tryPause(p *person, to standing, ms int64, tries int) {
	if !p.working || tries == 0 {
		return
	}
	if p.wish.presence != metrics.PresenceAvailable || p.ringing > 0 || p.team.thin() {
		s.in(s.between(3, 7)*millisPerMinute, func() { s.tryPause(p, to, ms, tries-1) })
		return
	}
	if to.planned == metrics.Yes {
		to.until = s.now + ms/millisPerMinute*millisPerMinute
	}
	s.pauseNow(p, to, ms)
}

// pauseNow pauses without asking, and ends the pause unless another standing
// has replaced it.
func (s *Sim) pauseNow(p *person, to standing, ms int64) {
	s.stand(p, to)
	pause := p.pause
	s.in(ms+s.between(-20, 60)*second, func() {
		if p.pause == pause && p.working {
			s.stand(p, standing{presence: metrics.PresenceAvailable})
			s.feed(p)
		}
	})
}

// strayPause is a short pause nobody planned; they come at any time.
func (s *Sim) strayPause(p *person) {
	if !p.working {
		return
	}
	to := standing{presence: metrics.PresencePaused, reason: s.words.short, planned: metrics.No}
	if s.chance(0.15) {
		to = standing{presence: metrics.PresenceAway}
	}
	s.tryPause(p, to, s.between(3, 8)*millisPerMinute, 1)
	s.in(s.exp(150)*millisPerMinute, func() { s.strayPause(p) })
}

// thin says whether one person less would leave too few.
func (t *team) thin() bool {
	here, working := 0, 0
	for _, p := range t.people {
		if p.working {
			working++
		}
		if p.available() {
			here++
		}
	}
	return here <= 2 || here*10 <= working*7
}

// helpers plans the day's loans: people of one team join another queue for an
// hour, and someone on the phones leaves one queue to the others for a while.
func (s *Sim) helpers() {
	for _, at := range [...]int64{10, 13, 16, 20} {
		s.in(at*2*halfHour+s.between(0, 40)*millisPerMinute, func() { s.lend(s.teams[0], s.queueNamed("aftersale")) })
		s.in(at*2*halfHour+s.between(0, 40)*millisPerMinute, func() { s.lend(s.teams[1], s.queueNamed("technical")) })
		s.in(at*2*halfHour+s.between(0, 40)*millisPerMinute, func() { s.avoid(s.teams[teamIndex("voice")], s.queueNamed("presale")) })
	}
}

func (s *Sim) lend(t *team, q *queue) {
	p := pick(s, t.people)
	if !p.working || p.helping != nil {
		return
	}
	p.helping = q
	q.members = append(q.members, p)
	e := s.speak(metrics.TypeAgentJoined, sourceWFM)
	e.Agent, e.Queue, e.Paused = p.id, q.id, metrics.No
	s.feed(p)
	s.in(s.between(40, 80)*millisPerMinute, func() {
		for i, m := range q.members {
			if m == p {
				q.members = append(q.members[:i], q.members[i+1:]...)
				break
			}
		}
		p.helping = nil
		e := s.speak(metrics.TypeAgentLeft, sourceWFM)
		e.Agent, e.Queue = p.id, q.id
	})
}

func (s *Sim) avoid(t *team, q *queue) {
	p := pick(s, t.people)
	if !p.available() || p.avoids != nil {
		return
	}
	p.avoids = q
	e := s.speak(metrics.TypeAgentPresence, sourceWFM)
	e.Agent, e.Queue, e.Presence, e.Reason = p.id, q.id, metrics.PresencePaused, s.words.coaching
	s.in(s.between(10, 25)*millisPerMinute, func() {
		p.avoids = nil
		e := s.speak(metrics.TypeAgentPresence, sourceWFM)
		e.Agent, e.Queue, e.Presence = p.id, q.id, metrics.PresenceAvailable
		s.feed(p)
	})
}

func choice(yes bool) metrics.Choice {
	if yes {
		return metrics.Yes
	}
	return metrics.No
}
