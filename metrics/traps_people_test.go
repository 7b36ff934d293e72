package metrics

import (
	"testing"
	"time"

	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
)

func TestCallbacksAndMessagesAreApartFromWhatWaits(t *testing.T) {
	shop := Hours{From: 9 * time.Hour, To: 23 * time.Hour}
	c := newScript(t, func(s *Settings) {
		chat := s.Channel
		chat.Hours = shop
		s.Channels["chat"] = chat
	})
	due := func(when int64) func(*Event) { return func(ev *Event) { ev.Due = when } }
	c.do(at(10, 0, 0), TypeSessionQueued, "s=c1 q=a kind=callback", due(at(11, 0, 0)))
	c.do(at(10, 0, 0), TypeSessionQueued, "s=c2 q=a kind=callback", due(at(11, 30, 0)))
	if n := c.row("queue:a").Now; n.Waiting != 0 || n.Callbacks != 2 || n.CallbacksOverdue != 0 {
		t.Errorf("%+v", n)
	}
	c.do(at(10, 30, 0), TypeSessionAssigned, "s=c1 a=lin")
	c.e.Tick(at(11, 40, 0))
	n := c.row("queue:a").Now
	if n.Callbacks != 1 || n.CallbacksOverdue != 1 || n.CallbackOverdueSince != at(11, 30, 0) {
		t.Errorf("%+v", n)
	}
	c.want("queue:a", counts{fact.CallbacksDue: 2, fact.CallbacksKept: 1, fact.Offered: 0, fact.Answered: 0, fact.WaitAllMs: 0, fact.FirstReplies: 0})
	// 留言 at night: four hours of open time from 23:30 end at 13:00.
	c.do(at(23, 30, 0), TypeSessionQueued, "s=m1 q=a kind=message")
	c.do(at(23, 31, 0), TypeSessionQueued, "s=m2 q=a kind=message")
	c.do(at(36, 59, 0), TypeSessionAssigned, "s=m1 a=lin")
	c.do(at(37, 0, 0), TypeSessionMessage, "s=m1 by=agent a=lin")
	c.e.Tick(at(37, 5, 0))
	c.want("queue:a", counts{fact.MessagesDecided: 2, fact.MessagesReplied: 1})
	if n := c.row("queue:a").Now; n.Messages != 1 || n.MessageSince != at(23, 31, 0) {
		t.Errorf("%+v", n)
	}
	c.do(at(45, 0, 0), TypeSessionOpened, "s=late")
	c.do(at(47, 10, 0), TypeSessionQueued, "s=late q=a")
	c.do(at(47, 20, 0), TypeSessionAssigned, "s=late a=lin")
	c.want("queue:a", counts{fact.Offered: 1, fact.OutOfHours: 1, fact.Answered: 1, fact.AnsweredOut: 1, fact.AnsweredWithin: 0})
}

func TestOrdersCountOnceAndOneRatingCounts(t *testing.T) {
	c := newScript(t)
	c.do(at(10, 0, 0), TypeSessionQueued, "q=a")
	c.do(at(10, 0, 0), TypeSessionAssigned, "a=lin")
	order := func(stage OrderStage) func(*Event) {
		return func(ev *Event) { ev.Order, ev.Stage, ev.Amount = txt("o1"), stage, 10 }
	}
	c.do(at(10, 1, 0), TypeSessionOrdered, "", order(OrderCreated))
	c.do(at(10, 2, 0), TypeSessionOrdered, "", order(OrderPaid))
	c.do(at(10, 2, 1), TypeSessionOrdered, "", order(OrderPaid))
	c.do(at(10, 3, 0), TypeSessionOrdered, "", order(OrderCancelled))
	c.do(at(10, 9, 0), TypeSessionClosed, "out=resolved")
	rate := func(score float64) func(*Event) { return func(ev *Event) { ev.Score, ev.Scale = score, 5 } }
	c.do(at(12, 0, 0), TypeSessionRated, "", rate(4))
	c.do(at(12, 0, 1), TypeSessionRated, "", rate(1))
	for _, which := range []string{"floor", "queue:a", "agent:lin"} {
		c.want(which, counts{fact.OrdersPaid: 1, fact.Ratings: 1, fact.RatingsGood: 1})
	}
}

func TestOrphansCloseByAge(t *testing.T) {
	c := newScript(t)
	c.do(at(10, 0, 0), TypeSessionQueued, "q=a")
	c.do(at(11, 0, 0), TypeSessionQueued, "s=s2 q=a")
	c.do(at(11, 0, 30), TypeSessionAssigned, "s=s2 a=lin")
	c.e.Tick(at(34, 30, 0))
	if n := c.row("floor").Now; n.OpenSessions != 1 || n.OpenOver4h != 1 || n.Waiting != 0 {
		t.Errorf("%+v", n)
	}
	c.e.Tick(at(36, 0, 0))
	c.want("floor", counts{fact.OrphansClosed: 2, fact.Withdrawn: 1, fact.LegsEnded: 1, fact.BroughtForward: 1, fact.Offered: 0})
	c.identity("floor")
}

func TestOpenTurnsAreDecidedAtTheDayEnd(t *testing.T) {
	c := newScript(t)
	c.do(at(23, 0, 0), TypeSessionQueued, "q=a")
	c.do(at(23, 0, 5), TypeSessionAssigned, "a=lin")
	c.do(at(23, 50, 0), TypeSessionMessage, "by=customer")
	c.do(at(24, 0, 10), TypeSessionMessage, "by=agent a=lin")
	var s fact.Sums
	c.row("floor").SumsAt(c.e.Now(), fact.WindowAll, &s)
	if s.Counts[fact.TurnsDecided] != 1 || s.Counts[fact.TurnsWithin180] != 0 || s.Counts[fact.TurnsAnswered] != 1 {
		t.Errorf("%v", s.Counts)
	}
	c.want("floor", counts{fact.TurnsDecided: 0, fact.TurnsAnswered: 1, fact.ResponseMs: 610_000})
}

func TestUncoveredSaysSinceWhen(t *testing.T) {
	c := newScript(t)
	c.do(at(9, 0, 0), TypeAgentQueues, "a=lin", func(ev *Event) { ev.Queues = []Membership{{Queue: txt("a")}} })
	c.do(at(9, 0, 0), TypeAgentProfile, "a=lin", func(ev *Event) { ev.Langs = []clean.Text{txt("zh")} })
	c.do(at(9, 0, 0), TypeAgentPresence, "a=lin p=available")
	c.do(at(10, 0, 0), TypeSessionQueued, "q=a", func(ev *Event) { ev.Lang = txt("zh") })
	if n := c.row("queue:a").Now; n.Uncovered || n.SkillGap != 0 || n.People != 1 {
		t.Errorf("%+v", n)
	}
	c.do(at(10, 1, 0), TypeSessionQueued, "s=s2 q=a", func(ev *Event) { ev.Lang = txt("en") })
	if n := c.row("queue:a").Now; !n.Uncovered || n.UncoveredSince != at(10, 1, 0) || n.SkillGap != 1 {
		t.Errorf("%+v", n)
	}
	if n := c.row("floor").Now; n.IdleWhileWaiting != 1 {
		t.Errorf("idle while waiting: %+v", n)
	}
	c.do(at(10, 2, 0), TypeSessionClosed, "s=s2 out=abandoned")
	c.do(at(10, 3, 0), TypeAgentPresence, "a=lin p=paused")
	if n := c.row("queue:a").Now; !n.Uncovered || n.UncoveredSince != at(10, 3, 0) || n.IdleWhileWaiting != 0 {
		t.Errorf("%+v", n)
	}
}

func TestEveryEventIsAccountedFor(t *testing.T) {
	c := newScript(t)
	c.do(at(10, 0, 0), TypeSessionQueued, "q=a")
	c.do(at(10, 0, 1), TypeSessionHeld, "") // no transition
	if h := c.e.Snapshot().Health; h.Held != 1 || h.Misfit != 0 {
		t.Errorf("%+v", h)
	}
	c.e.Tick(at(10, 0, 7))
	c.do(at(10, 5, 0), TypeUnknown, "", func(ev *Event) { ev.Reason = txt("session.sang") })
	c.e.Tick(at(30, 5, 0))
	c.e.Apply(c.ev(at(10, 0, 2), TypeSessionMessage, "by=customer"))                                              // behind the day start
	c.e.Apply(c.ev(at(30, 3, 0), TypeSessionMessage, "by=customer"))                                              // late
	c.e.Apply(c.ev(at(40, 0, 0), TypeSessionMessage, "by=customer", func(e *Event) { e.Arrival = at(30, 5, 0) })) // future
	c.e.Apply(c.ev(0, TypeSessionMessage, "by=agent", func(e *Event) { e.Arrival = at(30, 5, 0) }))
	c.e.Reject("bad_json", at(30, 5, 0), txt("{"))
	c.check()
	h := c.e.Snapshot().Health
	if h.Received != 8 || h.Misfit != 1 || h.Unknown != 1 || h.Ancient != 1 || h.Late != 1 || h.Future != 1 || h.NoTime != 1 || h.Rejected["bad_json"] != 1 || h.UnknownTypes["session.sang"] != 1 || h.Applied != 4 {
		t.Errorf("%+v", h)
	}
}

func TestLimitsSendTheRestToOther(t *testing.T) {
	c := newScript(t, func(s *Settings) { s.Limits.Queues, s.Limits.Agents, s.Limits.Channels = 2, 2, 1 })
	for i, q := range []string{"a", "b", "c", "d"} {
		c.do(at(10, i, 0), TypeSessionQueued, "s="+q+" q="+q+" ch=ch"+q)
		c.do(at(10, i, 30), TypeSessionAssigned, "s="+q+" a=agent-"+q+" ch=ch"+q)
	}
	c.want("floor", counts{fact.Offered: 4, fact.Answered: 4})
	c.want("queue:other", counts{fact.Offered: 2, fact.Answered: 2})
	c.want("agent:other", counts{fact.Answered: 2})
	c.want("channel:other", counts{fact.Answered: 3})
	if h := c.e.Snapshot().Health; h.Capped == 0 {
		t.Error("nothing was counted as capped")
	}
}

func TestUnnamedPeopleCountEverywhereButInPeopleRows(t *testing.T) {
	c := newScript(t)
	c.do(at(10, 0, 0), TypeSessionQueued, "q=a ch=voice")
	c.do(at(10, 0, 20), TypeSessionAssigned, "ch=voice")
	c.e.Tick(at(10, 1, 0))
	if n := c.row("queue:a").Now; n.ActiveLegs != 1 {
		t.Errorf("%+v", n)
	}
	c.do(at(10, 2, 20), TypeSessionClosed, "ch=voice")
	c.want("queue:a", counts{fact.Answered: 1, fact.AnsweredWithin: 1, fact.LegsEnded: 1, fact.TalkMs: 120_000, fact.BusyMs: 120_000, fact.LegMs: 120_000, fact.ConcurrentShare: 120_000 * fact.ShareUnit, fact.FirstReplies: 1, fact.FRTMs: 20_000})
	if s := c.e.Snapshot(); s.Floors[0].Agents.Len() != 0 {
		t.Error("an unnamed person has a row")
	}
}

func TestSharesAddUpToBusyTime(t *testing.T) {
	c := newScript(t)
	c.do(at(10, 0, 0), TypeSessionOpened, "s=a")
	c.do(at(10, 0, 0), TypeSessionAssigned, "s=a a=lin")
	c.do(at(10, 10, 0), TypeSessionOpened, "s=b")
	c.do(at(10, 10, 0), TypeSessionAssigned, "s=b a=lin")
	c.do(at(10, 20, 0), TypeSessionClosed, "s=a")
	c.do(at(10, 25, 0), TypeSessionClosed, "s=b")
	c.e.Tick(at(10, 30, 0))
	c.want("agent:lin", counts{fact.BusyMs: 25 * 60_000, fact.LegMs: 35 * 60_000, fact.ConcurrentShare: 25 * 60_000 * fact.ShareUnit})
}

func TestArrivalsOutOfOrderAreFoldedInOrder(t *testing.T) {
	type x struct {
		t     int64
		typ   EventType
		words string
	}
	for _, row := range []struct {
		name   string
		events []x
		want   counts
	}{
		{"assigned before queued", []x{{at(10, 0, 2), TypeSessionAssigned, "a=lin"}, {at(10, 0, 0), TypeSessionQueued, "q=a"}}, counts{fact.Answered: 1, fact.WaitAnsweredMs: 2000, fact.Offered: 1}},
		{"assigned of an opened one before queued", []x{{at(9, 59, 59), TypeSessionOpened, ""}, {at(10, 0, 2), TypeSessionAssigned, "a=lin"}, {at(10, 0, 0), TypeSessionQueued, "q=a"}}, counts{fact.Answered: 1, fact.WaitAnsweredMs: 2000, fact.Offered: 1, fact.TransferredOut: 0}},
		{"closed before assigned", []x{{at(10, 0, 0), TypeSessionQueued, "q=a"}, {at(10, 0, 4), TypeSessionClosed, ""}, {at(10, 0, 2), TypeSessionAssigned, "a=lin"}}, counts{fact.Answered: 1, fact.Withdrawn: 0, fact.LegsEnded: 1, fact.TalkMs: 2000}},
		{"closed before the last message", []x{{at(10, 0, 0), TypeSessionQueued, "q=a"}, {at(10, 0, 1), TypeSessionAssigned, "a=lin"}, {at(10, 0, 4), TypeSessionClosed, ""}, {at(10, 0, 3), TypeSessionMessage, "by=agent a=lin"}}, counts{fact.LeftUnanswered: 0, fact.FirstReplies: 1, fact.FRTMs: 3000}},
		{"message before opened", []x{{at(10, 0, 1), TypeSessionMessage, "by=customer"}, {at(10, 0, 0), TypeSessionOpened, ""}}, counts{fact.Opened: 1, fact.TurnsBegun: 1}},
		{"a tie of queued and assigned", []x{{at(10, 0, 0), TypeSessionAssigned, "a=lin"}, {at(10, 0, 0), TypeSessionQueued, "q=a"}}, counts{fact.Answered: 1, fact.Offered: 1, fact.TransferredOut: 0}},
		{"a tie of all three of a call of no length", []x{{at(10, 0, 0), TypeSessionClosed, ""}, {at(10, 0, 0), TypeSessionAssigned, "a=lin"}, {at(10, 0, 0), TypeSessionQueued, "q=a"}}, counts{fact.Answered: 1, fact.LegsEnded: 1, fact.Closed: 1}},
		{"a clock ahead", []x{{at(10, 0, 0), TypeSessionAssigned, "a=lin"}, {at(10, 0, 1), TypeSessionQueued, "q=a"}}, counts{fact.Answered: 1, fact.WaitAnsweredMs: 0}},
	} {
		c := newScript(t)
		c.e.Tick(at(10, 0, 4))
		for _, ev := range row.events {
			c.e.Apply(c.ev(ev.t, ev.typ, ev.words))
			c.check()
		}
		c.e.Tick(at(10, 0, 30))
		t.Log(row.name)
		c.want("floor", row.want)
		if h := c.e.Snapshot().Health; h.Misfit != 0 || h.Applied != int64(len(row.events)) {
			t.Errorf("%s: %+v", row.name, h)
		}
	}
}
