package page

import (
	"cmp"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/panel"
	"wallboard/tui/sheet"
)

// Zone returns whose time the floor on the screen keeps.
func Zone(s *panel.Scene) *time.Location {
	if s.Floor == nil {
		return nil
	}
	return s.Floor.Zone
}

// InKeys chooses the rows of a snapshot with the keys given.
func InKeys(keys map[metrics.Key]bool) func(metrics.Key) bool {
	return func(k metrics.Key) bool { return keys[k] }
}

// QueueKeys are the rows of the queues of a list.
func QueueKeys(into map[metrics.Key]bool, list *List[*metrics.QueueView]) map[metrics.Key]bool {
	for _, q := range list.Rows() {
		into[q.Row.Key] = true
	}
	return into
}

// writtenAgents is what files hold of a table of people: ids and words instead of
// what they are sorted by.
func writtenAgents(y *yardsticks) map[string][]panel.Field[*metrics.AgentView] {
	type field = panel.Field[*metrics.AgentView]
	word := func(name string, of func(s *panel.Scene, a *metrics.AgentView) sheet.Cell) []field {
		return []field{{Name: name, Cell: of}}
	}
	return map[string][]field{
		"name": word("name", func(_ *panel.Scene, a *metrics.AgentView) sheet.Cell { return sheet.Person(a.ID, cmp.Or(a.Name, a.ID)) }),
		"id":   word("id", func(_ *panel.Scene, a *metrics.AgentView) sheet.Cell { return sheet.Person(a.ID, a.ID) }),
		"situation": word("situation", func(s *panel.Scene, a *metrics.AgentView) sheet.Cell {
			what, _ := y.of(a, s.At)
			return sheet.Last(what.Word())
		}),
		"presence": {
			{Name: "presence", Cell: func(_ *panel.Scene, a *metrics.AgentView) sheet.Cell { return sheet.Last(PresenceWord(a.Presence)) }},
			{Name: "presence_reason", Cell: func(_ *panel.Scene, a *metrics.AgentView) sheet.Cell { return sheet.Text(a.PresenceReason) }},
		},
		"activity": word("activity", func(_ *panel.Scene, a *metrics.AgentView) sheet.Cell { return sheet.Last(ActivityWord(a.Activity)) }),
		"since":    word("since", func(s *panel.Scene, a *metrics.AgentView) sheet.Cell { return sheet.Since(s.At, stateSince(a)) }),
		"slots": {
			{Name: "slots_used", Cell: func(_ *panel.Scene, a *metrics.AgentView) sheet.Cell { return sheet.Count(a.SlotsUsed) }},
			{Name: "slots", Cell: func(_ *panel.Scene, a *metrics.AgentView) sheet.Cell { return sheet.Count(a.Slots) }},
		},
		"oldest": word(panel.UnansweredOldest, func(s *panel.Scene, a *metrics.AgentView) sheet.Cell { return sheet.Since(s.At, a.UnansweredSince) }),
	}
}

// writtenSessions is what files hold of a table of sessions; clock is since when
// a session is in it.
func writtenSessions(clock func(*metrics.SessionView) int64) map[string][]panel.Field[*metrics.SessionView] {
	type field = panel.Field[*metrics.SessionView]
	written := map[string][]field{}
	add := func(name string, of func(s *panel.Scene, v *metrics.SessionView) sheet.Cell) {
		written[name] = []field{{Name: name, Cell: of}}
	}
	text := func(name string, of func(*metrics.SessionView) clean.Text) {
		add(name, func(_ *panel.Scene, v *metrics.SessionView) sheet.Cell { return sheet.Text(of(v)) })
	}
	age := func(name string, of func(*metrics.SessionView) int64) {
		add(name, func(s *panel.Scene, v *metrics.SessionView) sheet.Cell { return sheet.Since(s.At, of(v)) })
	}
	text("queue", func(v *metrics.SessionView) clean.Text { return v.Queue })
	text("channel", func(v *metrics.SessionView) clean.Text { return v.Channel })
	text("class", func(v *metrics.SessionView) clean.Text { return v.CustomerClass })
	text("lang", func(v *metrics.SessionView) clean.Text { return v.Lang })
	add("agent", func(_ *panel.Scene, v *metrics.SessionView) sheet.Cell { return sheet.Person(v.Agent, v.Agent) })
	age("clock", clock)
	age("waited", clock)
	age("here", func(v *metrics.SessionView) int64 { return v.QueuedAt })
	age("open", func(v *metrics.SessionView) int64 { return v.OpenedAt })
	age("unanswered", func(v *metrics.SessionView) int64 { return v.UnansweredSince })
	add("state", func(_ *panel.Scene, v *metrics.SessionView) sheet.Cell { return sheet.Last(StateWord(v.State)) })
	add("due", func(s *panel.Scene, v *metrics.SessionView) sheet.Cell { return sheet.Moment(v.DueAt, Zone(s)) })
	written["amount"] = []field{
		{Name: "amount", Cell: func(_ *panel.Scene, v *metrics.SessionView) sheet.Cell {
			return sheet.Number(float64(v.OrderAmount) / 100)
		}},
		{Name: "currency", Cell: func(_ *panel.Scene, v *metrics.SessionView) sheet.Cell { return sheet.Text(v.OrderCurrency) }},
	}
	return written
}

// WrittenLegs is what files hold of the sessions that a person has.
func WrittenLegs() map[string][]panel.Field[*metrics.SessionView] {
	written := writtenSessions(nil)
	written["waited"] = []panel.Field[*metrics.SessionView]{{Name: "since", Cell: func(s *panel.Scene, v *metrics.SessionView) sheet.Cell { return sheet.Since(s.At, v.StateSince) }}}
	return written
}
