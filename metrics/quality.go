package metrics

import "wallboard/metrics/fact"

// verdict counts the close of an episode; sign -1 takes it back where the
// episode goes on after an overflow.
func (e *Engine) verdict(s *sess, o owner, t, sign int64) {
	person := s.flags&fHuman != 0
	e.count(o, t, fact.Closed, sign)
	switch {
	case person:
		e.count(o, t, fact.ClosedHuman, sign)
		e.count(o, t, [...]fact.Count{fact.ClosedTier1, fact.ClosedTier1, fact.ClosedTier2, fact.ClosedTier3}[max(0, min(s.tier, 3))], sign)
	case s.flags&(fBot|fSegmented) == fBot:
		e.count(o, t, fact.ClosedAtBot, sign)
	}
	if !person && s.flags&fByCustomer != 0 {
		e.count(o, t, fact.ClosedByBot, sign)
	}
	if s.flags&fBot != 0 && s.outcome != OutcomeNone && s.outcome != OutcomeCompleted {
		e.count(o, t, fact.BotInvolvedClosed, sign)
		if !person && s.outcome == OutcomeResolved {
			e.count(o, t, fact.BotResolved, sign)
		}
	}
	if s.marks&mEverNegative != 0 {
		e.countMood(s, o, t, sign)
	}
	e.decidePassed(s, t, false, sign)
	e.decideHanded(s, t, false, sign)
}

// countMood counts the close of an episode that was negative at any time.
func (e *Engine) countMood(s *sess, o owner, t, sign int64) {
	calm, alone := s.marks&mNegative == 0, s.flags&fHuman == 0
	e.count(o, t, fact.EverNegative, sign)
	if calm {
		e.count(o, t, fact.Calmed, sign)
	}
	if alone {
		e.count(o, t, fact.EverNegativeBot, sign)
		if calm {
			e.count(o, t, fact.CalmedBot, sign)
		}
	}
}

// countComplaintCycle counts a complaint that has been resolved.
func (e *Engine) countComplaintCycle(s *sess, o owner, t int64) {
	e.count(o, t, fact.ComplaintsResolved, 1)
	e.count(o, t, fact.ComplaintResolveMs, s.abs(s.ended)-e.firstOpened(s))
}

// spam says whether the session closed as spam: it leaves every ratio.
func (s *sess) spam() bool { return s.phase == phaseClosed && s.flags&fCloseCounted == 0 }

// onQuality takes what is said of a session: a rating, an order, a tag, a
// screening, a mood.
func (e *Engine) onQuality(s *sess, n *note) {
	switch n.typ {
	case TypeSessionRated:
		e.onRated(s, n)
	case TypeSessionOrdered:
		e.onOrdered(s, n)
	case TypeSessionTagged:
		e.onTagged(s, n)
	case TypeSessionScreened:
		e.onScreened(s, n)
	case TypeSessionEmotion:
		e.onEmotion(s, n)
	}
}

// first says whether a truth of the session is new, and notes it.
func (s *sess) first(f uint32) bool {
	if s.flags&f != 0 {
		return false
	}
	s.flags |= f
	return true
}

// onRated counts the first rating of an episode.
func (e *Engine) onRated(s *sess, n *note) {
	if s.spam() || !s.first(fRated) {
		return
	}
	e.noteReasons(s, n)
	o := e.episodeOwner(s, n)
	e.count(o, n.time, fact.Ratings, 1)
	e.count(o, n.time, fact.RatingsGood, n.extra&ratedGood)
	for i := range fact.Count(4) {
		e.count(o, n.time, fact.PartSpeed+2*i, n.extra/(ratedParts<<(2*i))&1)
		e.count(o, n.time, fact.PartSpeedGood+2*i, n.extra/(ratedParts<<(2*i+1))&1)
	}
}

// onTagged counts what a session is about, once, and what was checked of it.
func (e *Engine) onTagged(s *sess, n *note) {
	if n.topic != 0 {
		untold := s.topic == 0
		s.topic = n.topic
		if untold && !s.spam() {
			// Its topic's row has not heard of it yet.
			o := e.owned(s.cell, noRef, 0).about(s)
			o.mask &= toTopic
			e.countOpening(s, o, n.time)
			e.count(e.episodeOwner(s, n), n.time, fact.Tagged, 1)
		}
	}
	if s.spam() {
		return
	}
	o := e.episodeOwner(s, n)
	if n.marks&markComplaint != 0 && s.first(fComplaint) {
		e.count(o, n.time, fact.Complaints, 1)
		e.complains(s, n, o.cell)
		if s.phase == phaseClosed && s.flags&fResolved != 0 {
			e.countComplaintCycle(s, o, n.time)
		}
	}
	if n.marks&markRefund != 0 && s.first(fRefund) {
		e.count(o, n.time, fact.Refunds, 1)
	}
	if n.marks&markReviewed != 0 {
		e.count(o, n.time, fact.TagsReviewed, 1)
		if n.marks&markConfirmed != 0 {
			e.count(o, n.time, fact.TagsConfirmed, 1)
		}
	}
}

// onScreened counts a session once, and once more that it is not clean. What
// the customer wrote is no violation.
func (e *Engine) onScreened(s *sess, n *note) {
	if s.spam() {
		return
	}
	o := e.episodeOwner(s, n)
	first, found := s.first(fScreened), n.extra > 0 && n.by != PartyCustomer
	if first {
		e.count(o, n.time, fact.Screened, 1)
	}
	if found {
		e.countViolation(o, n)
		e.noteViolation(s, n, o)
	}
	switch {
	case first && !found:
		e.count(o, n.time, fact.ScreenedClean, 1)
	case first:
		s.flags |= fViolated
	case found && s.first(fViolated):
		e.count(o, n.time, fact.ScreenedClean, -1)
	}
}

// countViolation counts a finding by its class and its severity; one that says
// neither is another, and a note.
func (e *Engine) countViolation(o owner, n *note) {
	class := fact.ViolationOther
	switch ViolationClass(n.class) {
	case ViolationEfficacy:
		class = fact.ViolationEfficacy
	case ViolationMedical:
		class = fact.ViolationMedical
	case ViolationExaggeration:
		class = fact.ViolationExaggerate
	}
	severity := fact.ViolationNote
	switch Severity(n.lang) {
	case SeverityWarn:
		severity = fact.ViolationWarn
	case SeverityBan:
		severity = fact.ViolationBan
	}
	e.count(o, n.time, class, 1)
	e.count(o, n.time, severity, 1)
}

// onEmotion keeps the last mood that can be relied on, and counts those that
// were checked.
func (e *Engine) onEmotion(s *sess, n *note) {
	if n.extra&moodSure != 0 {
		s.marks |= mLabelled
		s.marks &= (1<<moodShift - 1) &^ mNegative
		s.marks |= e.names.moodOf(n.class) << moodShift
		if n.extra&moodNegative != 0 {
			s.marks |= mNegative | mEverNegative
		}
	}
	if n.extra&moodReviewed == 0 {
		return
	}
	o := e.episodeOwner(s, n)
	right := n.extra & moodRight / moodRight
	e.count(o, n.time, fact.MoodsReviewed, 1)
	e.count(o, n.time, fact.MoodsRight, right)
	if s.flags&(fBot|fHuman) == fBot {
		e.count(o, n.time, fact.MoodsReviewedBot, 1)
		e.count(o, n.time, fact.MoodsRightBot, right)
	}
}

// moodOf returns the number of a label among those told apart, 0 beyond them.
func (n *names) moodOf(word uint16) uint16 {
	for i, w := range n.moods {
		if w == word {
			return uint16(i + 1)
		}
	}
	if len(n.moods) >= maxMoods {
		return 0
	}
	n.moods = append(n.moods, word)
	return uint16(len(n.moods))
}
