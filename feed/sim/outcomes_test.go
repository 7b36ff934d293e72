package sim

import (
	"testing"
	"time"

	"wallboard/metrics"
)

// outcomes counts what became of a day's sessions, from its events alone and
// as plainly as it can be done.
type outcomes struct {
	sessions map[string]*fate
	byOrder  map[string]*purchaseFate
	seen     map[string][]*fate // by customer

	ratings, satisfied   int
	reviewed, right      int
	screened, violations int
	tags, confirmed      int
	humanOnly            map[string]bool
}

// fate is one session.
type fate struct {
	customer, topic        string
	opened, closed         int64
	byCustomer, insight    bool
	bot, person, inBot     bool
	outcome                metrics.Outcome
	kind                   metrics.QueueKind
	tier                   int8
	failures               int
	asked                  int64
	label                  string
	replied, line          int64
	reopened, sold, waited bool
}

type purchaseFate struct{ created, paid, gone, reminded int64 }

func newOutcomes() *outcomes {
	return &outcomes{sessions: map[string]*fate{}, byOrder: map[string]*purchaseFate{}, seen: map[string][]*fate{},
		humanOnly: map[string]bool{"funds": true, "defect": true, "privacy": true}}
}

func (o *outcomes) add(e *metrics.Event, machines map[string]bool) {
	if !e.Type.Session() {
		if e.Type == metrics.TypeAgentProfile {
			machines[e.Agent.String()] = e.Bot == metrics.Yes
		}
		return
	}
	s := o.sessions[e.Session.String()]
	if s == nil {
		s = &fate{customer: e.Customer.String(), opened: e.Time}
		o.sessions[e.Session.String()] = s
		o.seen[s.customer] = append(o.seen[s.customer], s)
	}
	switch e.Type {
	case metrics.TypeSessionOpened:
		s.byCustomer, s.insight = e.Origin == metrics.PartyCustomer, e.Insight == metrics.Yes
		s.bot, s.inBot = e.Bot == metrics.Yes, e.Bot == metrics.Yes
	case metrics.TypeSessionReopened:
		s.closed, s.reopened, s.kind = 0, s.reopened || e.By == metrics.PartyCustomer, metrics.KindLive
	case metrics.TypeSessionQueued:
		s.kind, s.inBot, s.waited = e.Kind, false, true
		s.tier = max(s.tier, e.Tier)
	case metrics.TypeSessionEscalated:
		s.tier = e.Tier
	case metrics.TypeSessionHandoff:
		s.inBot = false
	case metrics.TypeSessionHumanRequested:
		s.asked = e.Time
	case metrics.TypeSessionBotReply:
		s.replied, s.line = e.Time, e.Time
		s.failures++
		if e.Understood == metrics.Yes {
			s.failures = 0
		}
	case metrics.TypeSessionAssigned:
		if machines[e.Agent.String()] {
			s.bot, s.inBot = true, true
		} else {
			s.person, s.inBot, s.waited = true, false, false
			if e.Channel.String() == "voice" {
				s.replied, s.line = e.Time, e.Time
			}
		}
	case metrics.TypeSessionMessage:
		s.line = e.Time
		if e.By == metrics.PartyAgent {
			s.replied = e.Time
		}
	case metrics.TypeSessionClosed:
		s.closed, s.outcome, s.inBot, s.waited = e.Time, e.Outcome, false, false
	case metrics.TypeSessionOrdered:
		o.order(s, e)
	default:
		o.remark(s, e)
	}
}

func (o *outcomes) order(s *fate, e *metrics.Event) {
	p := o.byOrder[e.Order.String()]
	if p == nil {
		p = &purchaseFate{}
		o.byOrder[e.Order.String()] = p
	}
	if e.Reminded == metrics.Yes && p.reminded == 0 {
		p.reminded = e.Time
	}
	switch e.Stage {
	case metrics.OrderCreated:
		p.created = e.Time
	case metrics.OrderCancelled:
		p.gone = e.Time
	case metrics.OrderPaid:
		p.paid = e.Time
		last := s
		for _, other := range o.seen[e.Customer.String()] {
			if other.replied > last.replied {
				last = other
			}
		}
		last.sold = true
	}
}

func (o *outcomes) remark(s *fate, e *metrics.Event) {
	count := func(n *int, yes bool) {
		if yes {
			*n++
		}
	}
	switch e.Type {
	case metrics.TypeSessionRated:
		o.ratings++
		count(&o.satisfied, 5*e.Score >= 4*e.Scale)
	case metrics.TypeSessionScreened:
		o.screened++
		count(&o.violations, e.Violations > 0)
	case metrics.TypeSessionEmotion:
		if e.Confidence >= 0.6 {
			s.label = e.Label.String()
		}
		count(&o.reviewed, !e.Actual.Empty())
		count(&o.right, e.Actual == e.Label)
	case metrics.TypeSessionTagged:
		s.topic = e.Topic.String()
		count(&o.tags, e.Confirmed != metrics.NotGiven)
		count(&o.confirmed, e.Confirmed == metrics.Yes)
	}
}

// share is a percentage of sessions.
func (o *outcomes) share(of, is func(*fate) bool) float64 {
	n, yes := 0, 0
	for _, s := range o.sessions {
		if of(s) {
			n++
			if is(s) {
				yes++
			}
		}
	}
	return 100 * float64(yes) / float64(n)
}

func (o *outcomes) count(is func(*fate) bool) (n int) {
	for _, s := range o.sessions {
		if is(s) {
			n++
		}
	}
	return n
}

// cameBack says whether the customer was there again with the same after it
// was resolved.
func (o *outcomes) cameBack(s *fate) bool {
	if s.reopened {
		return true
	}
	for _, other := range o.seen[s.customer] {
		if other != s && other.byCustomer && other.opened > s.closed && other.topic == s.topic {
			return true
		}
	}
	return false
}

func TestTheTwelveIndicatorsMoveOnTheDemoFloor(t *testing.T) {
	for _, seed := range []uint64{1, 20261121} {
		options := demo(seed)
		options.End = at(LiveOffset + 20*time.Minute)
		o, machines := newOutcomes(), map[string]bool{}
		var tabs [6]int // minutes of the live part in which a list had somebody
		next := at(LiveOffset)
		for e := range start(t, options).Events {
			for ; next <= e.Time; next += millisPerMinute {
				o.look(next, &tabs)
			}
			o.add(e, machines)
		}
		resolved := func(s *fate) bool { return s.closed != 0 && s.outcome == metrics.OutcomeResolved }
		asked := func(insight bool) func(*fate) bool {
			return func(s *fate) bool { return s.byCustomer && s.insight == insight }
		}
		sold := func(s *fate) bool { return s.sold }
		fcr := o.share(resolved, func(s *fate) bool { return !o.cameBack(s) })
		insight := 100 * (o.share(asked(true), sold)/o.share(asked(false), sold) - 1)
		ai := o.share(func(s *fate) bool { return s.bot && s.closed != 0 && s.outcome != metrics.OutcomeCompleted },
			func(s *fate) bool { return s.outcome == metrics.OutcomeResolved && !s.person })
		unpaid, reminded, late := 0, 0, 0
		for _, p := range o.byOrder {
			if p.created != 0 && p.paid == 0 && p.gone == 0 {
				unpaid++
			}
			if p.reminded != 0 {
				reminded++
				if p.paid > p.reminded {
					late++
				}
			}
		}
		for _, row := range []struct {
			what      string
			v, lo, hi float64
		}{
			{"first contact resolution", fcr, 78, 92},
			{"satisfaction", 100 * float64(o.satisfied) / float64(o.ratings), 84, 94},
			{"conversion", o.share(func(s *fate) bool { return s.byCustomer }, sold), 4, 25},
			{"insight conversion", insight, 5, 60},
			{"AI resolution", ai, 62, 85},
			{"emotion accuracy", 100 * float64(o.right) / float64(o.reviewed), 80, 93},
			{"reviewed moods", float64(o.reviewed), 30, 5000},
			{"compliance", 100 - 100*float64(o.violations)/float64(o.screened), 99.2, 99.99},
			{"violations", float64(o.violations), 1, 30},
			{"tag accuracy", 100 * float64(o.confirmed) / float64(o.tags), 80, 97},
			{"unpaid orders", float64(unpaid), 5, 400},
			{"paid after a reminder", 100 * float64(late) / float64(reminded), 20, 80},
			{"minutes with somebody stuck with the bot", float64(tabs[0]), 2, 20},
			{"minutes with a human-only topic in the bot", float64(tabs[1]), 2, 20},
			{"minutes with a negative mood", float64(tabs[2]), 8, 20},
			{"minutes with a session of tier 3", float64(tabs[3]), 4, 20},
			{"minutes with a callback open", float64(tabs[4]), 3, 20},
			{"minutes with a message open", float64(tabs[5]), 1, 20},
		} {
			if !(row.v >= row.lo && row.v <= row.hi) {
				t.Errorf("seed %d: %s is %.2f, want %v to %v", seed, row.what, row.v, row.lo, row.hi)
			} else {
				t.Logf("seed %d: %s %.2f", seed, row.what, row.v)
			}
		}
	}
}

// look notes which lists have somebody on them.
func (o *outcomes) look(now int64, tabs *[6]int) {
	for i, is := range []func(*fate) bool{
		func(s *fate) bool {
			return s.inBot && (s.failures >= 3 || s.asked != 0 && now-s.asked > 30_000)
		},
		func(s *fate) bool { return s.inBot && o.humanOnly[s.topic] },
		func(s *fate) bool { return s.label == "negative" || s.label == "angry" },
		func(s *fate) bool { return s.tier == 3 },
		func(s *fate) bool { return s.waited && s.kind == metrics.KindCallback },
		func(s *fate) bool { return s.waited && s.kind == metrics.KindMessage },
	} {
		if o.count(func(s *fate) bool { return s.closed == 0 && is(s) }) > 0 {
			tabs[i]++
		}
	}
}
