package metrics

// Foreseen is how many events are looked ahead to at most.
const Foreseen = 16

// sight is what is known of an event that comes soon. It decides nothing.
type sight struct {
	hash  uint64
	sess  int32
	agent int32
}

// Foresee reads, for events that are about to be applied, the memory that
// folding them in will need. It changes nothing and may be left out. On a large
// floor nearly every record an event touches has long left the caches, and one
// after the other those waits are half of what an event costs; several events
// wait together in the time of one. At most Foreseen events are looked at.
func (e *Engine) Foresee(events []*Event) {
	var room [Foreseen]sight
	n := min(len(events), Foreseen)
	seen := room[:n]
	sum := uint64(0)
	for i := range seen {
		sum += e.sightID(events[i], &seen[i])
	}
	for i := range seen {
		sum += e.sightSession(&seen[i])
	}
	for i := range seen {
		sum += e.sightLeg(&seen[i])
	}
	for i := range seen {
		sum += e.sightAgent(events[i], &seen[i])
	}
	for i := range seen {
		sum += e.sightRows(&seen[i])
	}
	for i := range seen {
		sum += e.sightSeries(&seen[i])
	}
	e.sighted = sum // used, so that it is read
}

// sightID looks up where the event's id and its session's would be found.
func (e *Engine) sightID(ev *Event, x *sight) uint64 {
	x.sess, x.agent = noRef, noRef
	f, src := e.names.lastFloor, e.names.lastSrc
	if f == nil || f.id != ev.Floor {
		return 0
	}
	sum := uint64(0)
	if src != nil && src.floor == f.index && src.id == ev.Source {
		sum = e.ids48.Touch(mix(src.hash, hashText(ev.ID.String())))
	}
	if ev.Type.Session() {
		x.hash = mix(uint64(f.index)+1, hashText(ev.Session.String()))
		sum += e.byID.Touch(x.hash)
	}
	return sum
}

func (e *Engine) sightSession(x *sight) uint64 {
	if x.hash == 0 {
		return 0
	}
	if x.sess, _ = e.byID.First(x.hash); x.sess == noRef {
		return 0
	}
	s := e.sessions.At(x.sess)
	return uint64(s.base) + uint64(s.steps[0]) + uint64(s.steps[steps-1])
}

// sightLeg looks at the session's id and its newest leg.
func (e *Engine) sightLeg(x *sight) uint64 {
	if x.sess == noRef {
		return 0
	}
	s := e.sessions.At(x.sess)
	sum := e.ids.Touch(s.id, int(s.idLen))
	if s.legs != noRef {
		l := e.legs.At(s.legs)
		sum += uint64(l.begin) + uint64(l.bits)
	}
	return sum
}

// sightAgent finds who has the session, else who is named, and looks at them.
func (e *Engine) sightAgent(ev *Event, x *sight) uint64 {
	if x.agent = e.holder(x.sess); x.agent == noRef {
		if ev.Agent.Empty() {
			return 0
		}
		f := e.names.lastFloor
		if f == nil {
			return 0
		}
		i, ok := f.agentBy[ev.Agent.String()]
		if !ok || i < 0 {
			return 0
		}
		x.agent = i
	}
	a := e.agents[x.agent]
	return uint64(a.row) + uint64(len(a.legs)) + uint64(a.room.legs[0].leg) + uint64(a.room.chans[0].row) +
		uint64(a.room.hist[0].t) + uint64(a.room.hist[2].t)
}

// sightRows looks at the agent's rows.
func (e *Engine) sightRows(x *sight) uint64 {
	if x.agent == noRef {
		return 0
	}
	a := e.agents[x.agent]
	sum := e.rows[a.row].sight()
	for k := range a.chans {
		sum += e.rows[a.chans[k].row].sight()
	}
	if id := a.id.String(); id != "" {
		sum += uint64(id[0])
	}
	if a.group != noRef {
		sum += e.groups[a.group].series.Touch()
	}
	return sum
}

func (r *rowState) sight() uint64 { return r.stamp + r.series.Touch() + uint64(r.top) }

// sightSeries looks at where those rows are written.
func (e *Engine) sightSeries(x *sight) uint64 {
	if x.agent == noRef {
		return 0
	}
	a := e.agents[x.agent]
	sum := e.rows[a.row].series.TouchOpen()
	for k := range a.chans {
		sum += e.rows[a.chans[k].row].series.TouchOpen()
	}
	return sum
}
