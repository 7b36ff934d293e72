package sim

import (
	"slices"
	"testing"

	"wallboard/metrics"
)

func TestRandomDaysAreLegal(t *testing.T) {
	for seed := range uint64(150) {
		day := RandomFloor(seed, 40)
		k := newChecker()
		k.wild = true
		for i := range day.Events {
			if err := k.check(&day.Events[i]); err != nil {
				t.Fatalf("seed %d: event %d %s: %v", seed, i, day.Events[i].Type, err)
			}
		}
	}
}

func TestARandomDayIsTheSameEveryTime(t *testing.T) {
	a, b := RandomFloor(17, 60), RandomFloor(17, 60)
	same := func(x, y metrics.Event) bool {
		return x.ID == y.ID && x.Time == y.Time && x.Type == y.Type && x.Session == y.Session
	}
	if !slices.EqualFunc(a.Events, b.Events, same) {
		t.Fatal("two runs of one seed differ")
	}
}

// TestRandomDaysReachEveryTrap looks for each trap in the events of many days.
func TestRandomDaysReachEveryTrap(t *testing.T) {
	traps := map[string]int{
		"session across midnight": 0, "agent in two queues": 0, "pause while engaged": 0, "agent-started chat": 0,
		"abandon while ringing": 0, "offer ended by the customer": 0, "chain of two transfers": 0, "direct transfer": 0,
		"A wraps while B talks": 0, "goes on after overflow": 0, "three missed offers": 0, "wrap across midnight": 0,
		"capacity 0": 0, "machine takes a session": 0, "order cancelled": 0, "message after midnight": 0, "reopened": 0,
		"burst of customer messages": 0, "callback": 0, "queued again in the same queue": 0, "ties": 0, "whole seconds": 0,
	}
	for seed := range uint64(100) {
		findTraps(RandomFloor(seed, 40), traps)
	}
	for name, n := range traps {
		if n == 0 {
			t.Errorf("no %s in 100 days", name)
		}
	}
}

func findTraps(day RandomDay, traps map[string]int) {
	type story struct {
		first               int64
		wrapAt              int64
		wrapper, talker     string
		transfers, missed   int
		queue               string
		waiting, rings, hot bool
		outcome             metrics.Outcome
		lastCustomer        bool
		lastTime            int64
	}
	stories := map[string]*story{}
	engaged := map[string]int{}
	machines := map[string]bool{}
	whole := true
	for i := range day.Events {
		e := &day.Events[i]
		whole = whole && e.Time%1000 == 0
		s := stories[e.Session.String()]
		if s == nil {
			s = &story{first: e.Time}
			stories[e.Session.String()] = s
		}
		agent := e.Agent.String()
		if e.Type.Session() {
			if s.first < day.DayStart && e.Time >= day.DayStart {
				traps["session across midnight"]++
			}
			if e.Time == s.lastTime {
				traps["ties"]++
			}
			s.lastTime = e.Time
		}
		customer := e.Type == metrics.TypeSessionMessage && e.By == metrics.PartyCustomer
		if customer && s.lastCustomer && s.hot {
			traps["burst of customer messages"]++
		}
		s.lastCustomer = customer
		switch e.Type {
		case metrics.TypeAgentProfile:
			machines[agent] = e.Bot == metrics.Yes
		case metrics.TypeAgentQueues:
			if len(e.Queues) > 1 {
				traps["agent in two queues"]++
			}
		case metrics.TypeAgentCapacity:
			for _, c := range e.Slots {
				if c.Slots == 0 {
					traps["capacity 0"]++
				}
			}
		case metrics.TypeAgentPresence:
			if e.Presence == metrics.PresencePaused && engaged[agent] > 0 {
				traps["pause while engaged"]++
			}
		case metrics.TypeSessionOpened:
			if e.Origin == metrics.PartyAgent {
				traps["agent-started chat"]++
			}
		case metrics.TypeSessionOffered:
			s.rings = true
		case metrics.TypeSessionOfferFailed:
			if e.OfferFailure == metrics.OfferMissed {
				if s.missed++; s.missed == 3 {
					traps["three missed offers"]++
				}
			}
			if e.OfferFailure == metrics.OfferCustomerLeft {
				traps["offer ended by the customer"]++
			}
			s.rings = false
		case metrics.TypeSessionAssigned:
			if machines[agent] {
				traps["machine takes a session"]++
				continue
			}
			s.rings, s.waiting, s.hot, s.talker = false, false, true, agent
			engaged[agent]++
		case metrics.TypeSessionTransferred:
			engaged[s.talker]--
			s.talker = ""
			if s.transfers++; s.transfers == 2 {
				traps["chain of two transfers"]++
			}
			if !e.ToAgent.Empty() {
				traps["direct transfer"]++
			}
			s.waiting, s.queue = !e.ToQueue.Empty(), e.ToQueue.String()
		case metrics.TypeSessionWrapStarted:
			s.wrapper, s.wrapAt = agent, e.Time
			if s.talker != "" && s.talker != agent {
				traps["A wraps while B talks"]++
			}
		case metrics.TypeSessionWrapEnded:
			if agent == s.wrapper && s.wrapAt < day.DayStart && e.Time >= day.DayStart {
				traps["wrap across midnight"]++
			}
		case metrics.TypeSessionQueued:
			if s.outcome == metrics.OutcomeOverflowed {
				traps["goes on after overflow"]++
			}
			if s.waiting && s.queue == e.Queue.String() {
				traps["queued again in the same queue"]++
			}
			if e.Kind == metrics.KindMessage && e.Time >= day.DayStart {
				traps["message after midnight"]++
			}
			if e.Kind == metrics.KindCallback {
				traps["callback"]++
			}
			s.waiting, s.queue, s.outcome = true, e.Queue.String(), metrics.OutcomeNone
		case metrics.TypeSessionClosed:
			if s.rings && e.Outcome == metrics.OutcomeAbandoned {
				traps["abandon while ringing"]++
			}
			s.rings, s.waiting, s.hot, s.talker, s.outcome = false, false, false, "", e.Outcome
		case metrics.TypeSessionReopened:
			traps["reopened"]++
			s.outcome = metrics.OutcomeNone
		case metrics.TypeSessionOrdered:
			if e.Stage == metrics.OrderCancelled {
				traps["order cancelled"]++
			}
		}
	}
	if whole {
		traps["whole seconds"]++
	}
}
