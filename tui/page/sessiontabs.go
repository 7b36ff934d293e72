package page

import (
	"strings"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/panel"
	"wallboard/tui/screen"
)

// Tab is what the screen says of one of the lists of sessions.
type Tab struct {
	Name, About i18n.ID
	KPI         string // the figure that counts it; empty: none
}

// Tabs returns what is said of every list, in their order.
func Tabs() [metrics.NumSessionTabs]Tab {
	return [metrics.NumSessionTabs]Tab{
		metrics.TabWaiting:          {i18n.TabWaiting, i18n.AboutWaiting, panel.Waiting},
		metrics.TabUnanswered:       {i18n.TabUnanswered, i18n.AboutUnanswered, panel.Unanswered},
		metrics.TabHumanAsked:       {i18n.TabHumanAsked, i18n.AboutHumanAsked, panel.StuckInBot},
		metrics.TabStuckInBot:       {i18n.TabStuck, i18n.AboutStuck, panel.StuckInBot},
		metrics.TabHumanOnlyInBot:   {i18n.TabHumanOnly, i18n.AboutHumanOnly, "human_only_in_bot"},
		metrics.TabNegative:         {i18n.TabNegative, i18n.AboutNegative, "emotion_index"},
		metrics.TabTier3:            {i18n.TabTier3, i18n.AboutTier3, "tier_load_3"},
		metrics.TabViolations:       {i18n.TabViolations, i18n.AboutViolations, "compliance_rate"},
		metrics.TabCallbacksOverdue: {i18n.TabCallbacks, i18n.AboutCallbacks, "callbacks_overdue"},
		metrics.TabMessages:         {i18n.TabMessages, i18n.AboutMessages, "offline_messages"},
		metrics.TabUnpaidOrders:     {i18n.TabUnpaid, i18n.AboutUnpaid, "unpaid_orders"},
		metrics.TabLongOpen:         {i18n.TabLongOpen, i18n.AboutLongOpen, "backlog_age_4h"},
	}
}

// TabClock returns since when a session is in a list: what the list is sorted by.
func TabClock(tab metrics.SessionTab, v *metrics.SessionView) int64 {
	switch tab {
	case metrics.TabWaiting:
		return v.FirstQueuedAt
	case metrics.TabUnanswered:
		return v.UnansweredSince
	case metrics.TabHumanAsked, metrics.TabStuckInBot:
		if v.HumanAskedSince > 0 {
			return v.HumanAskedSince
		}
		return v.StateSince
	case metrics.TabHumanOnlyInBot:
		return v.StateSince
	case metrics.TabCallbacksOverdue:
		return v.DueAt
	case metrics.TabUnpaidOrders:
		return v.OrderSince
	}
	return v.OpenedAt
}

// TabList returns the list of a tab's sessions, oldest first.
func TabList(tab metrics.SessionTab) List[*metrics.SessionView] {
	l := Sessions(tabColumns(tab), func(s *panel.Scene) []metrics.SessionView {
		if s.Floor == nil {
			return nil
		}
		return s.Floor.Sessions[tab].Sessions
	})
	l.Column = "clock"
	l.Table.Written = writtenSessions(func(v *metrics.SessionView) int64 { return TabClock(tab, v) })
	l.Matches = matchesSession
	l.Place = func(_ *panel.Scene, v *metrics.SessionView) Place { return Place{Value: TabClock(tab, v)} }
	all := l.Collect
	l.Collect = func(s *panel.Scene, into []*metrics.SessionView) []*metrics.SessionView {
		if into = all(s, into); s.View.Scope.Scope == metrics.ScopeFloor {
			return into
		}
		kept := into[:0]
		for _, v := range into {
			if InView(s, v) {
				kept = append(kept, v)
			}
		}
		return kept
	}
	return l
}

// InView says whether a session belongs to the scope on the screen.
func InView(s *panel.Scene, v *metrics.SessionView) bool {
	switch k := s.View.Scope; k.Scope {
	case metrics.ScopeChannel:
		return v.Channel == k.Channel
	case metrics.ScopeQueue:
		return v.Queue == k.Queue
	case metrics.ScopeTeam:
		a := s.Agent(v.Agent)
		return a != nil && a.Team == k.Team
	}
	return true
}

func matchesSession(v *metrics.SessionView, filter string) bool {
	for _, t := range [...]clean.Text{v.ID, v.Queue, v.Channel, v.Agent, v.CustomerClass, v.Lang, v.Topic, v.Emotion} {
		if strings.Contains(strings.ToLower(t.String()), filter) {
			return true
		}
	}
	return false
}

// tabColumns are the columns that matter in a list: whose session it is, its
// clock, and what made it come here.
func tabColumns(tab metrics.SessionTab) []sessionColumn {
	clock := sessionAge("clock", tabClockTitle(tab), 0, func(v *metrics.SessionView) int64 { return TabClock(tab, v) })
	list := []sessionColumn{sessionID(), clock}
	switch tab {
	case metrics.TabWaiting:
		list = append(list, queueText(0), channelText(2), classText(1), langText(4), tierCount(5), priorityCount(6), hereAge(3), topicText(7))
	case metrics.TabUnanswered:
		list = append(list, agentText(0), queueText(1), channelText(3), emotionText(4), messagesCount(5), openAge(2), classText(6), topicText(7))
	case metrics.TabHumanAsked, metrics.TabStuckInBot:
		list = append(list, failuresCount(0), channelText(1), topicText(2), emotionText(3), messagesCount(5), openAge(4), classText(6))
	case metrics.TabHumanOnlyInBot:
		list = append(list, topicText(0), channelText(1), failuresCount(4), emotionText(3), messagesCount(5), openAge(2), classText(6))
	case metrics.TabNegative:
		list = append(list, emotionText(0), stateText(1), agentText(0), queueText(2), channelText(4), topicText(3), messagesCount(5))
	case metrics.TabTier3:
		list = append(list, tierCount(4), stateText(0), queueText(0), agentText(1), hereAge(3), topicText(2), classText(5))
	case metrics.TabViolations:
		list = append(list, agentText(0), queueText(0), stateText(1), channelText(2), topicText(3), emotionText(4))
	case metrics.TabCallbacksOverdue:
		list = append(list, dueTime(0), queueText(0), channelText(2), classText(1), langText(3), topicText(4))
	case metrics.TabMessages:
		list = append(list, queueText(0), channelText(1), dueTime(2), classText(3), langText(4), topicText(5))
	case metrics.TabUnpaidOrders:
		list = append(list, amountText(), agentText(1), queueText(2), channelText(3), stateText(4), classText(5))
	default:
		list = append(list, stateText(0), queueText(0), agentText(1), channelText(3), topicText(2), messagesCount(4), emotionText(5))
	}
	return list
}

// tabClockTitle heads the column of the list's own clock.
func tabClockTitle(tab metrics.SessionTab) i18n.ID {
	switch tab {
	case metrics.TabWaiting:
		return i18n.ColWaited
	case metrics.TabUnanswered:
		return i18n.ColUnanswered
	case metrics.TabHumanAsked, metrics.TabStuckInBot:
		return i18n.ColAsked
	case metrics.TabHumanOnlyInBot:
		return i18n.ColSince
	case metrics.TabCallbacksOverdue:
		return i18n.ColOverdue
	case metrics.TabUnpaidOrders:
		return i18n.ColSince
	}
	return i18n.ColOpen
}

func sessionID() sessionColumn {
	c := sessionText("session", i18n.ColSession, 14, 0, func(_ *panel.Pen, v *metrics.SessionView) clean.Text { return v.ID })
	c.Width, c.Flex = 16, false // the rest of a wide screen stays free: an id and its clock belong together
	return c
}

func named(id string, title i18n.ID, width, drop int, of func(*metrics.SessionView) clean.Text) sessionColumn {
	c := sessionText(id, title, width, drop, func(p *panel.Pen, v *metrics.SessionView) clean.Text {
		if t := of(v); !t.Empty() {
			return t
		}
		return p.Num.NoData()
	})
	c.Name = func(v *metrics.SessionView) string { return of(v).String() }
	return c
}

func queueText(drop int) sessionColumn {
	return named("queue", i18n.ColQueue, 12, drop, func(v *metrics.SessionView) clean.Text { return v.Queue })
}

func channelText(drop int) sessionColumn {
	return named("channel", i18n.ColChannel, 7, drop, func(v *metrics.SessionView) clean.Text { return v.Channel })
}

func classText(drop int) sessionColumn {
	return named("class", i18n.ColClass, 8, drop, func(v *metrics.SessionView) clean.Text { return v.CustomerClass })
}

func langText(drop int) sessionColumn {
	return named("lang", i18n.ColLang, 5, drop, func(v *metrics.SessionView) clean.Text { return v.Lang })
}

func topicText(drop int) sessionColumn {
	return named("topic", i18n.ColTopic, 12, drop, func(v *metrics.SessionView) clean.Text { return v.Topic })
}

func emotionText(drop int) sessionColumn {
	return named("emotion", i18n.ColEmotion, 9, drop, func(v *metrics.SessionView) clean.Text { return v.Emotion })
}

func stateText(drop int) sessionColumn {
	return sessionText("state", i18n.ColState, 9, drop, func(p *panel.Pen, v *metrics.SessionView) clean.Text { return p.Say.Say(StateWord(v.State)) })
}

func tierCount(drop int) sessionColumn {
	return sessionCount("tier", i18n.ColTier, 4, drop, func(v *metrics.SessionView) int64 { return int64(v.Tier) })
}

func priorityCount(drop int) sessionColumn {
	return sessionCount("priority", i18n.ColPriority, 4, drop, func(v *metrics.SessionView) int64 { return int64(v.Priority) })
}

func messagesCount(drop int) sessionColumn {
	return sessionCount("messages", i18n.ColTurns, 5, drop, func(v *metrics.SessionView) int64 { return int64(v.Messages) })
}

func failuresCount(drop int) sessionColumn {
	return sessionCount("failures", i18n.ColFailures, 5, drop, func(v *metrics.SessionView) int64 { return int64(v.BotFailures) })
}

func hereAge(drop int) sessionColumn {
	return sessionAge("here", i18n.ColHere, drop, func(v *metrics.SessionView) int64 { return v.QueuedAt })
}

func openAge(drop int) sessionColumn {
	return sessionAge("open", i18n.ColOpen, drop, func(v *metrics.SessionView) int64 { return v.OpenedAt })
}

// dueTime draws the time of day by which something was promised.
func dueTime(drop int) sessionColumn {
	return sessionColumn{ID: "due", Title: i18n.ColDue, Width: 6, Right: true, Drop: drop,
		Draw: func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, v *metrics.SessionView) {
			if v.DueAt == 0 {
				right(c, p.Num.NoData(), p.Look.NoData)
				return
			}
			right(c, p.Num.Minute(v.DueAt, p.Zone), p.Look.Text)
		},
		Value: func(_ *panel.Scene, v *metrics.SessionView) float64 { return float64(v.DueAt) }}
}

// agentText draws who has the session, by name.
func agentText(drop int) sessionColumn {
	return sessionColumn{ID: "agent", Title: i18n.ColAgent, Width: 10, Drop: drop,
		Draw: func(p *panel.Pen, s *panel.Scene, c screen.Canvas, v *metrics.SessionView) {
			w, _ := c.Size()
			c.PrintFit(0, 0, w, AgentName(p, s, v.Agent), p.Look.Text, screen.Left)
		},
		Name: func(v *metrics.SessionView) string { return v.Agent.String() }}
}

// AgentName writes who a person is: the name, where there is none the id.
func AgentName(p *panel.Pen, s *panel.Scene, id clean.Text) clean.Text {
	if id.Empty() {
		return p.Num.NoData()
	}
	if a := s.Agent(id); a != nil {
		return Name(p, a)
	}
	return p.PersonID(id)
}

// amountText draws an order's amount with its currency.
func amountText() sessionColumn {
	return sessionColumn{ID: "amount", Title: i18n.ColAmount, Width: 14, Right: true,
		Draw: func(p *panel.Pen, _ *panel.Scene, c screen.Canvas, v *metrics.SessionView) {
			w, _ := c.Size()
			c.PrintFit(0, 0, w, p.Money(v.OrderAmount, v.OrderCurrency), p.Look.Text, screen.Right)
		},
		Value: func(_ *panel.Scene, v *metrics.SessionView) float64 { return float64(v.OrderAmount) }}
}
