package metrics

import "slices"

// brief is what an agent adds to their team's figures of now.
type brief struct {
	team, active, talk, open, unanswered, awaiting int32
	unansweredSince, awaitingSince                 int64
	labelled, negative, beyond                     int32
	late                                           [len(lateAfter)]int32 // of awaiting, beyond each
	until                                          int64                 // when late changes by the clock alone
}

// lateAfter are the ages at which who waits for a first reply is counted, ms.
var lateAfter = [3]int64{30_000, 60_000, 180_000}

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
	v.restless = v.restless[:0]
	for i := v.wakes.next(e.now); i != noRef; i = v.wakes.next(e.now) {
		v.agents = append(v.agents, i)
	}
	v.round++
	for _, i := range v.agents {
		a := e.agents[i]
		if a.round == v.round {
			continue
		}
		a.round = v.round
		e.appear(a)
		e.briefOf(a, &v.briefs[i])
		if a.presence == PresencePaused && e.pauseOver(a, e.now) > 0 {
			v.restless = append(v.restless, i)
		}
		v.wakes.set(i, e.wakeOf(a))
	}
}

// wakeOf returns when the clock alone changes what is shown of an agent, after
// their brief has been read.
func (e *Engine) wakeOf(a *agentState) int64 {
	due := e.views.briefs[a.index].until
	for _, m := range a.missed {
		if m != 0 && m > e.now-missedMillis {
			due = min(due, m+missedMillis)
		}
	}
	if a.presence == PresencePaused {
		if until := e.pauseUntil(a); until != 0 {
			due = min(due, max(until, a.since, e.now-1)+1)
		}
	}
	return due
}

// briefOf reads what an agent's sessions are now.
func (e *Engine) briefOf(a *agentState, b *brief) {
	*b = brief{team: a.team, until: noTime}
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
			b.waits(s.abs(s.start), e.now)
		}
	}
}

// waits counts one who has waited for a first reply since then.
func (b *brief) waits(since, now int64) {
	for k, after := range lateAfter {
		if now-since > after {
			b.late[k]++
			continue
		}
		b.until = min(b.until, since+after+1)
		return
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
	n.AwaitingBeyond30 += b.late[0]
	n.AwaitingBeyond60 += b.late[1]
	n.AwaitingBeyond180 += b.late[2]
}

// teamViews builds the rows of the teams, from the sums of before where nobody
// of any team has changed.
func (e *Engine) teamViews(c *floorCache, out *FloorView) {
	v := &e.views
	if !v.asBefore || len(v.agents) > 0 || !slices.Equal(v.idle, v.wasIdle) {
		e.sumTeams()
	}
	for _, i := range c.teams {
		t := e.teams[i]
		v.teams[i].staffed(&t.pool)
		out.Teams = append(out.Teams, e.rowView(e.rows[t.row], &v.teams[i]))
	}
}

// sumTeams sums the figures of now of all teams in one pass over the briefs.
func (e *Engine) sumTeams() {
	v := &e.views
	v.teams = resized(v.teams, len(e.teams))
	for i := range v.briefs {
		if b := &v.briefs[i]; b.team != noRef {
			v.teams[b.team].brief(b)
		}
	}
	for _, i := range v.restless {
		if a := e.agents[i]; a.team != noRef && !a.bot {
			v.teams[a.team].PauseOverMs += e.pauseOver(a, e.now)
		}
	}
	for _, i := range v.idle {
		if a := e.agents[i]; a.team != noRef {
			v.teams[a.team].IdleWhileWaiting++
		}
	}
}
