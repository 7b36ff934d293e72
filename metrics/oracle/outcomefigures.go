package oracle

import (
	"slices"

	"wallboard/metrics"
)

// episodesWith counts the episodes with a fact of the name in a scope whose
// first one there lies in the span.
func (f *Floor) episodesWith(what what, s Scope, w span) (n int) {
	seen := map[*episode]bool{}
	for _, m := range f.marks {
		if m.what == what && s.owns(&m) && !seen[m.episode] {
			seen[m.episode] = true
			n += one(w.holds(m.t))
		}
	}
	return n
}

func (f *Floor) outcomeFigures(out Figures, s Scope, w span) {
	count := func(what what) int { return len(f.marked(what, s, w)) }
	handled := f.handling(s, w).sessions
	out.percent("csat", count(ratedGood), count(rated))
	f.weighted(out, s, w)
	out.percent("resolution_rate", count(resolved), count(resolved)+count(unresolved))
	out.percent("reopen_rate", count(reopenedByCustomer), count(closedEpisode))
	out.percent("transfer_rate", f.episodesWith(transferred, s, w), handled)
	out.percent("transfer_success", count(transferAnswered), count(transferDecided))
	out.percent("escalation_rate", count(escalated), handled)
	out.percent("compliance_rate", max(0, count(screenedSession)-count(violatedSession)), count(screenedSession))
	out.percent("calm_rate", count(calmed), count(everNegative))
	out.mean("time_to_resolve", f.marked(resolvedAfter, s, w))
	out.mean("complaint_cycle", f.marked(complaintResolved, s, w))
	out.percent("csat_response_rate", count(rated), count(closedByPerson))
	f.violations(out, s, w)
	f.moods(out, s, w)
	f.openNow(out, s)
	f.score(out, s, w)
	if s.people() {
		return
	}
	opened := 0
	for _, e := range f.episodes {
		opened += one(e.openedIn(s, w))
	}
	out.percent("complaint_rate", count(complained), opened)
	out.percent("refund_rate", count(refundAsked), opened)
	out.percent("emotion_accuracy", count(moodRight), count(moodReviewed))
	out.percent("tag_accuracy", count(tagRight), count(tagReviewed))
	for id, what := range map[string]what{"layer_share_bot": endedAtBot, "layer_share_1": endedAtTier1, "layer_share_2": endedAtTier2, "layer_share_3": endedAtTier3} {
		out.percent(id, count(what), count(closedEpisode))
	}
	f.complainers(out, s)
}

// violations are screenings by class and severity.
func (f *Floor) violations(out Figures, s Scope, w span) {
	found := f.marked(violationFound, s, w)
	for id, is := range map[string]func(class, severity int64) bool{
		"efficacy": func(c, _ int64) bool { return c == int64(metrics.ViolationEfficacy) }, "medical": func(c, _ int64) bool { return c == int64(metrics.ViolationMedical) },
		"exaggeration": func(c, _ int64) bool { return c == int64(metrics.ViolationExaggeration) }, "other": func(c, _ int64) bool { return c == int64(metrics.ViolationOther) },
		"note": func(_, v int64) bool { return v == int64(metrics.SeverityNote) }, "warn": func(_, v int64) bool { return v == int64(metrics.SeverityWarn) },
		"ban": func(_, v int64) bool { return v == int64(metrics.SeverityBan) },
	} {
		n := 0
		for _, m := range found {
			n += one(is(m%8, m/8))
		}
		out.count("violations_"+id, n)
	}
}

// moods keeps people and the bot apart.
func (f *Floor) moods(out Figures, s Scope, w span) {
	var calm, ever, right, of [2]int // by whether a person had it
	for _, m := range f.marks {
		if !w.holds(m.t) || !s.owns(&m) {
			continue
		}
		person := one(m.episode.hadPerson(m.t))
		alone := one(!(m.episode.hadPerson(m.t) || !m.episode.hadBot(m.t)))
		switch m.what {
		case calmed:
			calm[person]++
		case everNegative:
			ever[person]++
		case moodRight:
			right[1-alone]++
		case moodReviewed:
			of[1-alone]++
		}
	}
	out.percent("calm_rate_human", calm[1], ever[1])
	if s.people() {
		return
	}
	out.percent("calm_rate_bot", calm[0], ever[0])
	out.percent("emotion_accuracy_human", right[1], of[1])
	out.percent("emotion_accuracy_bot", right[0], of[0])
}

// hadPerson says whether a person had the episode by then, hadBot the bot.
func (e *episode) hadPerson(t int64) bool {
	return slices.ContainsFunc(e.legs, func(l *leg) bool { return l.start <= t && !l.joined })
}

func (e *episode) hadBot(t int64) bool {
	return slices.ContainsFunc(e.session.floor.stretches, func(b *botStretch) bool { return b.episode == e && b.from <= t })
}

// weighted is the satisfaction of the parts of a rating.
func (f *Floor) weighted(out Figures, s Scope, w span) {
	var given, good [4]int
	for _, p := range f.parts {
		if w.holds(p.t) && s.owns(&p.mark) {
			given[p.which]++
			good[p.which] += one(p.good)
		}
	}
	sum, weights := 0.0, 0.0
	for i, weight := range []float64{30, 40, 20, 10} {
		if given[i] > 0 {
			sum += weight * float64(good[i]) / float64(given[i])
			weights += weight
		}
	}
	out.ratio("csat_weighted", sum, weights, 100)
}

// openNow is what the open episodes are like.
func (f *Floor) openNow(out Figures, s Scope) {
	over4, over24, labelled, negative := 0, 0, 0, 0
	var mine, low [2]int // with the bot now, or not
	for _, e := range f.episodes {
		if e.closed != 0 || !e.here(s) {
			continue
		}
		over4 += one(f.at-e.opened > 4*3_600_000)
		over24 += one(f.at-e.opened > dayMs)
		labelled += one(e.labelled)
		negative += one(e.labelled && e.negative)
		mine[one(e.inBot)] += one(e.labelled)
		low[one(e.inBot)] += one(e.labelled && e.negative)
	}
	out.count("backlog_age_4h", over4)
	out.count("backlog_age_24h", over24)
	out.percent("emotion_index", negative, labelled)
	if !s.people() {
		out.percent("emotion_index_human", low[0], mine[0])
		out.percent("emotion_index_bot", low[1], mine[1])
	}
}

// complainers are customers of the seven days up to now.
func (f *Floor) complainers(out Figures, s Scope) {
	week := map[string]int{}
	for _, session := range f.sessions {
		c := session.complaintAt
		if session.complaint != 0 && session.customer != "" && f.at-session.complaint <= 7*dayMs && s.holds(c) {
			week[session.customer]++
		}
	}
	twice := 0
	for _, n := range week {
		twice += one(n >= 2)
	}
	out.percent("repeat_complaint", twice, len(week))
}

// line maps a value from its floor to its goal onto 0 to 100.
func line(v, zero, full float64) float64 {
	return 100 * min(1, max(0, (v-zero)/(full-zero)))
}

// leastN is how many cases a part of the score must rest on.
const leastN = 20

// score is the composite.
func (f *Floor) score(out Figures, s Scope, w span) {
	if s.Kind != metrics.ScopeFloor && s.Kind != metrics.ScopeQueue && s.Kind != metrics.ScopeAgent {
		return
	}
	sum, weights, parts := 0.0, 0.0, 0
	add := func(weight float64, id string, n int, zero, full float64) {
		if v := out[id]; v.OK && n >= leastN {
			sum, weights, parts = sum+weight*line(v.V, zero, full), weights+weight, parts+1
		}
	}
	add(40, "csat", len(f.marked(rated, s, w)), 60, 90)
	if turns := len(f.marked(turnAnswered, s, w)); turns > 0 {
		add(30, "response_mean", turns, 180, 45)
	} else {
		add(30, "asa", int(out["answered"].V), 120, 20)
	}
	add(30, "resolution_rate", len(f.marked(resolved, s, w))+len(f.marked(unresolved, s, w)), 60, 90)
	out.none("score")
	if parts >= 2 {
		out.set("score", sum/weights)
	}
}
