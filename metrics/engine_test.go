package metrics

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
)

// day0 is midnight UTC of a Monday.
const day0 = int64(1_767_571_200_000) // 2026-01-05T00:00:00Z

// at returns a moment of the test day.
func at(h, m, s int) int64 { return day0 + int64(h*3600+m*60+s)*1000 }

type script struct {
	t *testing.T
	e *Engine
	n int
}

func newScript(t *testing.T, change ...func(*Settings)) *script {
	t.Helper()
	s := DefaultSettings(time.UTC)
	for _, f := range change {
		f(&s)
	}
	e, err := NewEngine(s)
	if err != nil {
		t.Fatal(err)
	}
	return &script{t: t, e: e}
}

func txt(s string) clean.Text {
	t, _ := clean.String(s)
	return t
}

// ev makes an event from words like "session=s1 queue=q".
func (c *script) ev(when int64, typ EventType, words string, change ...func(*Event)) *Event {
	c.n++
	ev := &Event{Type: typ, Time: when, Arrival: when, ID: txt(fmt.Sprint("e", c.n)), Source: txt("/test"), Floor: txt("f")}
	if typ.Session() {
		ev.Session, ev.Channel = txt("s1"), txt("chat")
	}
	for _, w := range strings.Fields(words) {
		k, v, _ := strings.Cut(w, "=")
		switch k {
		case "s":
			ev.Session = txt(v)
		case "ch":
			ev.Channel = txt(v)
		case "q":
			ev.Queue = txt(v)
		case "a":
			ev.Agent = txt(v)
		case "toq":
			ev.ToQueue = txt(v)
		case "toa":
			ev.ToAgent = txt(v)
		case "by":
			ev.By = map[string]Party{"customer": PartyCustomer, "agent": PartyAgent, "bot": PartyBot, "auto": PartyAuto, "system": PartySystem}[v]
		case "out":
			ev.Outcome = map[string]Outcome{"resolved": OutcomeResolved, "unresolved": OutcomeUnresolved, "completed": OutcomeCompleted, "abandoned": OutcomeAbandoned,
				"overflowed": OutcomeOverflowed, "timed_out": OutcomeTimedOut, "cancelled": OutcomeCancelled, "spam": OutcomeSpam}[v]
		case "fail":
			ev.OfferFailure = map[string]OfferFailure{"missed": OfferMissed, "rejected": OfferRejected, "timeout": OfferTimeout, "withdrawn": OfferWithdrawn, "left": OfferCustomerLeft}[v]
		case "p":
			ev.Presence = map[string]Presence{"offline": PresenceOffline, "available": PresenceAvailable, "paused": PresencePaused, "away": PresenceAway}[v]
		case "origin":
			ev.Origin = map[string]Party{"agent": PartyAgent, "customer": PartyCustomer}[v]
		case "bot":
			ev.Bot = Yes
		case "kind":
			ev.Kind = map[string]QueueKind{"callback": KindCallback, "message": KindMessage}[v]
		case "role":
			ev.Role = map[string]LegRole{"conference": RoleConference, "monitor": RoleMonitor, "consult": RoleConsult}[v]
		case "team":
			ev.Team = txt(v)
		}
	}
	for _, f := range change {
		f(ev)
	}
	return ev
}

// do ticks to the event's time and applies it.
func (c *script) do(when int64, typ EventType, words string, change ...func(*Event)) {
	c.t.Helper()
	c.e.Tick(when)
	c.e.Apply(c.ev(when, typ, words, change...))
	c.check()
}

// check holds the engine to its identities.
func (c *script) check() {
	c.t.Helper()
	h := &c.e.health
	sum := h.applied + h.duplicates + h.ancient + h.misfit + h.unknown + int64(c.e.held.n)
	for _, n := range h.rejected {
		sum += n
	}
	if sum != h.received {
		c.t.Fatalf("received %d, accounted for %d (%+v held %d)", h.received, sum, *h, c.e.held.n)
	}
}

// row returns a row of a fresh snapshot by "floor", "channel:chat",
// "queue:q", "table:q/chat", "team:t", "agent:a", "agentch:a/chat".
func (c *script) row(which string) *Row {
	c.t.Helper()
	kind, id, _ := strings.Cut(which, ":")
	s := c.e.Snapshot()
	f := s.Floors[0]
	a, b, _ := strings.Cut(id, "/")
	switch kind {
	case "floor":
		return f.Row
	case "channel":
		for _, r := range f.Channels {
			if r.Key.Channel.String() == id {
				return r
			}
		}
	case "queue":
		for _, r := range f.Queues {
			if r.Key.Queue.String() == id {
				return r
			}
		}
	case "table":
		for _, q := range f.Tables {
			if q.Queue.String() == a && q.Channel.String() == b {
				return q.Row
			}
		}
	case "team":
		for _, r := range f.Teams {
			if r.Key.Team.String() == id {
				return r
			}
		}
	case "agent":
		for v := range f.Agents.All {
			if v.ID.String() == id {
				return v.Row
			}
		}
	case "agentch":
		for _, p := range f.AgentChannels {
			for _, r := range p {
				if r.Key.Agent.String() == a && r.Key.Channel.String() == b {
					return r
				}
			}
		}
	}
	c.t.Fatalf("no row %s", which)
	return nil
}

func (c *script) sums(which string) *fact.Sums {
	c.t.Helper()
	var s fact.Sums
	c.row(which).SumsAt(c.e.Now(), fact.WindowToday, &s)
	return &s
}

func (c *script) want(which string, counts map[fact.Count]int64) {
	c.t.Helper()
	s := c.sums(which)
	for k, v := range counts {
		if s.Counts[k] != v {
			c.t.Errorf("%s: count %d is %d, want %d", which, k, s.Counts[k], v)
		}
	}
}

func TestOrdinaryPathOfAChat(t *testing.T) {
	c := newScript(t)
	c.do(at(9, 0, 0), TypeAgentProfile, "a=lin team=night")
	c.do(at(9, 0, 0), TypeAgentPresence, "a=lin p=available")
	c.do(at(10, 0, 0), TypeSessionOpened, "")
	c.do(at(10, 0, 1), TypeSessionQueued, "q=sale")
	c.do(at(10, 0, 2), TypeSessionMessage, "by=customer")
	if n := c.row("table:sale/chat").Now; n.Waiting != 1 || n.OldestSince != at(10, 0, 1) || n.AwaitingFirst != 1 || n.AwaitingFirstSince != at(10, 0, 2) {
		t.Errorf("waiting: %+v", n)
	}
	c.do(at(10, 0, 10), TypeSessionOffered, "a=lin")
	c.do(at(10, 0, 15), TypeSessionOfferFailed, "a=lin fail=missed")
	c.do(at(10, 0, 20), TypeSessionOffered, "a=lin")
	c.do(at(10, 0, 31), TypeSessionAssigned, "a=lin")
	c.do(at(10, 0, 42), TypeSessionMessage, "by=agent a=lin")
	c.do(at(10, 1, 0), TypeSessionHeld, "a=lin")
	c.do(at(10, 1, 20), TypeSessionResumed, "a=lin")
	c.do(at(10, 2, 0), TypeSessionMessage, "by=customer")
	if n := c.row("queue:sale").Now; n.Unanswered != 1 || n.UnansweredSince != at(10, 2, 0) || n.ActiveLegs != 1 {
		t.Errorf("unanswered: %+v", n)
	}
	c.do(at(10, 2, 5), TypeSessionMessage, "by=customer")
	c.do(at(10, 2, 30), TypeSessionMessage, "by=agent a=lin")
	c.do(at(10, 3, 0), TypeSessionWrapStarted, "a=lin")
	c.do(at(10, 3, 30), TypeSessionWrapEnded, "a=lin")
	c.do(at(10, 4, 0), TypeSessionClosed, "out=resolved")
	c.e.Tick(at(10, 5, 0))
	all := map[fact.Count]int64{
		fact.Answered: 1, fact.AnsweredWithin: 1, fact.WaitAnsweredMs: 30_000, fact.FirstReplies: 1, fact.FRTMs: 40_000, fact.FRTWithin60: 1, fact.FRTWithin30: 0,
		fact.TurnsAnswered: 2, fact.ResponseMs: 70_000, fact.TurnsDecided: 2, fact.TurnsWithin180: 2, fact.LegsEnded: 1, fact.HandledSessions: 1,
		fact.TalkMs: (180 - 31 - 20) * 1000, fact.HoldMs: 20_000, fact.WrapMs: 30_000, fact.ConcurrentShare: (210 - 31) * 1000 * fact.ShareUnit,
		fact.BusyMs: (210 - 31) * 1000, fact.LegMs: (210 - 31) * 1000, fact.Closed: 1, fact.Resolved: 1, fact.Nonresponse: 1,
	}
	for _, which := range []string{"floor", "channel:chat", "queue:sale", "table:sale/chat", "team:night", "agent:lin", "agentch:lin/chat"} {
		c.want(which, all)
	}
	for _, which := range []string{"floor", "channel:chat", "queue:sale", "table:sale/chat"} {
		c.want(which, map[fact.Count]int64{fact.Offered: 1, fact.Opened: 1})
		if n := c.row(which).Now; n.Waiting != 0 || n.ActiveLegs != 0 || n.OpenSessions != 0 || n.AwaitingFirst != 0 {
			t.Errorf("%s is not quiet: %+v", which, n)
		}
	}
	c.want("channel:chat", map[fact.Count]int64{fact.OmniDecided: 1, fact.OmniReplied: 1})
	c.want("agent:lin", map[fact.Count]int64{fact.Offered: 0, fact.AvailableMs: 65 * 60_000, fact.IdleMs: 65*60_000 - (210-31)*1000 - 5_000 - 11_000, fact.OnlineMs: 65 * 60_000})
}
