package sim

import (
	"math"
	"time"

	"wallboard/metrics"
)

const beatEvery = 15 * second

// startBeats lets every source say that it lives, each in its own rhythm.
func (s *Sim) startBeats() {
	for i := range s.sources {
		s.in(int64(i+1)*4*second, func() { s.beat(i) })
	}
}

func (s *Sim) beat(source int) {
	s.beats[source]++
	e := s.speak(metrics.TypeSourceHeartbeat, source)
	e.HeartbeatSeq, e.HeartbeatOpen = s.beats[source], s.open[source]
	if source == sourceWFM {
		e.HeartbeatOpen = -1 // it knows people, not sessions
	}
	s.in(beatEvery, func() { s.beat(source) })
}

// plan speaks the forecast and schedule of the day that begins, per queue and
// half hour.
func (s *Sim) plan() {
	for _, q := range s.queues {
		for k := range int64(halfHours) {
			offered, work := 0.0, 0.0
			for _, st := range s.streams {
				if st.queue == q && q.openAt(int(k)*30) {
					load := s.workIn(st, int(k)) * s.foreseen(st)
					work += load
					offered += load * float64(halfHour) / plannedHandling(st.channel)
				}
			}
			if offered == 0 {
				continue
			}
			e := s.speak(metrics.TypePlanInterval, sourceWFM)
			e.Queue, e.From, e.Minutes = q.id, s.now+k*halfHour, 30
			e.PlanOffered = math.Round(offered*10) / 10
			e.PlanAHTSec = math.Round(work * float64(halfHour) / offered / 1000)
			people := work / (comfort * plannedOccupancy)
			if q.takesCalls {
				people = work / plannedOccupancy
			}
			e.PlanPeople = math.Ceil(people)
		}
	}
}

// What the forecast knows of how many customers of a bot end up with a person:
// of topics that any of them may have, and of those that only people may answer.
const (
	foreseenAny, foreseenHumanOnly = 0.32, 0.74
)

// foreseen is by how much the forecast of a stream differs from what the roster
// takes for all alike: it has seen that some topics are for people only.
func (s *Sim) foreseen(st *stream) float64 {
	if st.channel >= voice || len(st.queue.topics) == 0 {
		return 1
	}
	only := 0.0
	for _, topic := range st.queue.topics {
		if s.humanOnly(topic) {
			only++
		}
	}
	return (foreseenAny + foreseenHumanOnly*only/float64(len(st.queue.topics))) / handledByPeople
}

// buildStreams makes the arrival streams, each with randomness of its own.
func (s *Sim) buildStreams(byID map[string]*queue) {
	for i := range streamSpecs {
		spec := &streamSpecs[i]
		q := byID[spec.queue]
		q.takesCalls = q.takesCalls || spec.channel == voice
		s.streams = append(s.streams, &stream{queue: q, channel: spec.channel, curve: s.curves[spec.curve],
			perMS: spec.share / 100 * arrivalsPerSecond * s.opt.Load / float64(second), draw: newArrivalDraw(s.opt.Seed, i)})
	}
}

// during says whether an incident of the kind runs now.
func (s *Sim) during(kind IncidentKind) bool {
	offset := time.Duration(s.now-s.opt.DayStart) * time.Millisecond
	for i := range s.opt.Incidents {
		in := &s.opt.Incidents[i]
		if in.Kind == kind && offset >= in.At && offset < in.At+in.For {
			return true
		}
	}
	return false
}
