package sim

import (
	"math"

	"wallboard/metrics"
)

// What staffing is planned with: the planner knows averages, not the day.
const (
	handledByPeople  = 0.36      // of chat, app and wechat arrivals
	plannedChat      = 285_000.0 // ms a chat holds a slot
	plannedCall      = 205_000.0 // ms of talk, hold and wrap
	plannedMail      = 330_000.0 // ms
	plannedOccupancy = 0.80      // of the comfortable slots
	breakAllowance   = 1.13      // people rostered per person needed
	halfHours        = 48
	halfHour         = dayMinutes / halfHours * millisPerMinute
)

// shift is a stretch of work in ms after the day's start; to may lie in the
// next day. The zero shift is a day off.
type shift struct{ from, to int64 }

func (sh shift) none() bool { return sh.to == 0 }

// rosterTeam gives each of the team the shift that covers most of what is
// still uncovered, until nothing worth a shift is left.
func (s *Sim) rosterTeam(t *team) {
	if t.spec.night {
		for _, p := range t.people {
			p.roster = shift{47 * halfHour, 64*halfHour + 10*millisPerMinute}
		}
		return
	}
	need := s.needOf(t)
	for _, p := range t.people {
		best, gain := shift{}, 0.0
		for from := 15; from <= 39; from++ {
			for _, length := range [...]int{18, 16, 12, 10, 8} {
				if to := from + length; to <= halfHours {
					if g := cover(&need, from, to); g > gain {
						best, gain = shift{int64(from) * halfHour, int64(to) * halfHour}, g
					}
				}
			}
		}
		if best.none() {
			break
		}
		p.roster = best
		for k := best.from / halfHour; k < best.to/halfHour; k++ {
			need[k]--
		}
	}
}

// cover says what a shift is worth: the need it meets less the idle time it
// brings.
func cover(need *[halfHours]float64, from, to int) float64 {
	worth := 0.0
	for k := from; k < to; k++ {
		met := min(1, max(0, need[k]))
		worth += met - 0.8*(1-met)
	}
	return worth
}

// needOf returns how many people of the team should be rostered in each half
// hour of a day.
func (s *Sim) needOf(t *team) [halfHours]float64 {
	var need [halfHours]float64
	for k := range need {
		if k < 16 {
			continue
		}
		var load [numChannels]float64
		for _, st := range s.streams {
			if s.mainTeam(st) == t {
				load[st.channel] += s.workIn(st, k)
			}
		}
		chats := load[chat] + load[app] + load[wechat]
		people := 0.0
		if chats > 0 {
			people += chats/(comfort*plannedOccupancy) + 0.7*math.Sqrt(chats/comfort)
		}
		if load[voice] > 0 {
			people += load[voice] + 1.1*math.Sqrt(load[voice])
		}
		people += load[email] / 2
		need[k] = max(people*breakAllowance, 2.2)
	}
	return need
}

// workIn returns the offered load of a stream in half hour k of the day: legs
// held at once, on average.
func (s *Sim) workIn(st *stream, k int) float64 {
	level := 0.0
	for m := k * 30; m < (k+1)*30; m++ {
		level += st.curve[m] / 30
	}
	return st.perMS * level * peopleShare(st.channel) * plannedHandling(st.channel)
}

func peopleShare(channel int) float64 {
	if channel < voice {
		return handledByPeople
	}
	return 1
}

func plannedHandling(channel int) float64 {
	switch channel {
	case voice:
		return plannedCall
	case email:
		return plannedMail
	}
	return plannedChat
}

// mainTeam is the first team that serves the stream's queue on its channel.
func (s *Sim) mainTeam(st *stream) *team {
	for i := range teamSpecs {
		for _, tq := range teamSpecs[i].queues {
			if tq.queue == st.queue.id.String() && teamSpecs[i].slots[st.channel] > 0 && i < len(s.teams) {
				return s.teams[i]
			}
		}
	}
	return nil
}

// beginDay speaks the day's plan, sends everyone to their shifts, and comes
// back a day later. Before the first day everyone is introduced.
func (s *Sim) beginDay() {
	first := s.now == s.opt.DayStart
	if first {
		s.introduce()
	}
	s.plan()
	for _, p := range s.people {
		if first && p.team.spec.night {
			s.signOn(p)
			s.in(p.roster.to-millisPerDay+s.between(0, 5*millisPerMinute), func() { s.signOff(p) })
		}
		if !p.roster.none() && !s.chance(0.02) {
			s.work(p, p.roster)
		}
	}
	s.helpers()
	if !first {
		s.closeHours()
	}
	s.in(8*2*halfHour+millisPerMinute, s.closeHours)
	s.in(millisPerDay, s.beginDay)
}

// work sets the day of one person: come, meal, rests, short pauses, go.
func (s *Sim) work(p *person, sh shift) {
	start := s.now
	from := sh.from - s.between(0, 4*millisPerMinute)
	s.in(from, func() { s.signOn(p) })
	s.in(sh.to+s.between(0, 6*millisPerMinute), func() { s.signOff(p) })
	at := func(offset int64, do func()) { s.timers.push(start+offset, do) }

	length := sh.to - sh.from
	if length >= 14*halfHour {
		meal := mealTime(sh) + s.between(0, 90*millisPerMinute)
		at(meal, func() { s.takePause(p, s.words.meal, s.between(35, 50)*millisPerMinute, true) })
	}
	at(sh.from+length/4+s.between(-15, 15)*millisPerMinute, func() { s.takePause(p, s.words.rest, s.between(10, 16)*millisPerMinute, true) })
	if length >= 12*halfHour {
		at(sh.from+length*4/5+s.between(-20, 20)*millisPerMinute, func() { s.takePause(p, s.words.rest, s.between(10, 16)*millisPerMinute, true) })
	}
	switch {
	case s.chance(0.06):
		at(sh.from+length*3/5, func() { s.takePause(p, s.words.training, 30*millisPerMinute, true) })
	case s.chance(0.06):
		at(sh.from+length/2, func() { s.takePause(p, s.words.coaching, 12*millisPerMinute, false) })
	}
}

// mealTime puts lunch into the dip at noon and dinner before the evening.
func mealTime(sh shift) int64 {
	switch {
	case sh.from <= 21*halfHour:
		return 23 * halfHour
	case sh.from <= 30*halfHour && sh.to >= 40*halfHour:
		return 33 * halfHour
	}
	return (sh.from + sh.to) / 2
}

func (s *Sim) signOn(p *person) {
	if p.working {
		return
	}
	p.working = true
	s.stand(p, standing{presence: metrics.PresenceAvailable})
	s.feed(p)
	s.in(s.exp(150)*millisPerMinute, func() { s.strayPause(p) })
}

// signOff ends a shift: whoever still talks finishes first.
func (s *Sim) signOff(p *person) {
	if !p.working {
		return
	}
	p.working = false
	if p.load == 0 && p.ringing == 0 {
		s.stand(p, standing{presence: metrics.PresenceOffline})
		return
	}
	s.stand(p, standing{presence: metrics.PresencePaused, reason: s.words.shiftEnd, planned: metrics.Yes})
}

// leaveIfDone lets someone go whose shift is over and whose slots are free.
func (s *Sim) leaveIfDone(p *person) {
	if !p.working && p.load == 0 && p.ringing == 0 && p.wish.presence != metrics.PresenceOffline {
		s.stand(p, standing{presence: metrics.PresenceOffline})
	}
}
