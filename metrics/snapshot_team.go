package metrics

// brief is what an agent adds to their team's figures of now.
type brief struct {
	team, active, talk, open, unanswered, awaiting int32
	unansweredSince, awaitingSince                 int64
	labelled, negative, beyond                     int32
}

// appearAll reads the agents touched since the last snapshot.
func (e *Engine) appearAll() {
	v := &e.views
	for len(v.briefs) < len(e.agents) {
		v.briefs = append(v.briefs, brief{team: noRef})
	}
	for _, i := range v.idle {
		e.agents[i].idleSince, e.agents[i].idleOn = 0, 0
	}
	v.wasIdle, v.idle = append(v.wasIdle[:0], v.idle...), v.idle[:0]
	// Those who were restless are looked at once more.
	v.restless = v.restless[:0]
	for _, i := range v.stirred {
		if e.agents[i].stamp <= v.at {
			e.agents[i].stamp = e.changes
			v.agents = append(v.agents, i)
		}
	}
	v.stirred = v.stirred[:0]
	v.round++
	for _, i := range v.agents {
		a := e.agents[i]
		if a.round == v.round {
			continue
		}
		a.round = v.round
		e.appear(a)
		e.briefOf(a, &v.briefs[i])
		if a.presence == PresencePaused {
			v.restless = append(v.restless, i)
		}
		if a.presence == PresencePaused || v.briefs[i].awaiting > 0 || a.missedSince(e.now-15*msMinute) > 0 {
			v.stirred = append(v.stirred, i)
		}
	}
}

// briefOf reads what an agent's sessions are now.
func (e *Engine) briefOf(a *agentState, b *brief) {
	*b = brief{team: a.team}
	if a.bot {
		b.team = noRef
		return
	}
	e.briefOn(a, noRef, b)
}

// briefOn adds the agent's sessions of a channel, noRef for all.
func (e *Engine) briefOn(a *agentState, channel int32, b *brief) {
	for i := range a.legs {
		if !a.legs[i].does(doesSlot) {
			continue
		}
		l := e.legs.At(a.legs[i].leg)
		if channel != noRef && e.cells[l.cell].channel != channel {
			continue
		}
		b.active++
		if l.talking() {
			b.talk++
		}
		if l.has(legBeyond) {
			b.beyond++
		}
		s := e.sessions.At(l.sess)
		if s.agent != a.index || l.has(legLate) {
			continue
		}
		b.open++
		if s.marks&mLabelled != 0 {
			b.labelled++
			b.negative += int32(b2i(s.marks&mNegative != 0))
		}
		if s.flags&fTurn != 0 && (s.phase == phaseActive || s.phase == phaseHeld) {
			b.unanswered++
			b.unansweredSince = earlier(b.unansweredSince, s.abs(s.turn))
		}
		if s.awaits() {
			b.awaiting++
			b.awaitingSince = earlier(b.awaitingSince, s.abs(s.start))
		}
	}
}

// awaits says whether the session waits for a first reply.
func (s *sess) awaits() bool {
	return s.flags&(fStarted|fReplied|fFromAgent|fOut) == fStarted && s.human() && s.kind == KindLive
}

// add joins a brief with the figures of a team.
func (n *Now) brief(b *brief) {
	n.ActiveLegs += b.active
	n.TalkLegs += b.talk
	n.OpenSessions += b.open
	n.Labelled += b.labelled
	n.Negative += b.negative
	n.TierMismatch += b.beyond
	n.Unanswered += b.unanswered
	n.UnansweredSince = earlier(n.UnansweredSince, b.unansweredSince)
	n.AwaitingFirst += b.awaiting
	n.AwaitingFirstSince = earlier(n.AwaitingFirstSince, b.awaitingSince)
}

// teamViews builds the rows of the teams in one pass over the briefs.
func (e *Engine) teamViews(c *floorCache, out *FloorView) {
	v := &e.views
	v.teams = resized(v.teams, len(e.teams))
	for i := range v.briefs {
		if b := &v.briefs[i]; b.team != noRef {
			v.teams[b.team].brief(b)
		}
	}
	for _, i := range v.stirred {
		if a := e.agents[i]; a.team != noRef && !a.bot {
			e.late(a, noRef, &v.teams[a.team])
			if a.presence == PresencePaused {
				v.teams[a.team].PauseOverMs += e.pauseOver(a, e.now)
			}
		}
	}
	for _, i := range v.idle {
		if a := e.agents[i]; a.team != noRef {
			v.teams[a.team].IdleWhileWaiting++
		}
	}
	for _, i := range c.teams {
		t := e.teams[i]
		v.teams[i].staffed(&t.pool)
		out.Teams = append(out.Teams, e.rowView(e.rows[t.row], &v.teams[i]))
	}
}

// late counts an agent's sessions of a channel (noRef: all) that wait too long
// for a first reply.
func (e *Engine) late(a *agentState, channel int32, n *Now) {
	for i := range a.legs {
		l := e.legs.At(a.legs[i].leg)
		s := e.sessions.At(l.sess)
		if !l.slot() || s.agent != a.index || l.has(legLate) || !s.awaits() || channel != noRef && e.cells[l.cell].channel != channel {
			continue
		}
		waits := e.now - s.abs(s.start)
		n.AwaitingBeyond30 += int32(b2i(waits > 30_000))
		n.AwaitingBeyond60 += int32(b2i(waits > 60_000))
		n.AwaitingBeyond180 += int32(b2i(waits > 180_000))
	}
}
