package oracle_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/oracle"
)

// story tells events to an oracle alone, at seconds after ten in the morning,
// in a zone that has no summer time.
type story struct {
	*oracle.Oracle
	n    int
	zero int64
}

type field func(*metrics.Event)

func tellStory(zero int64) *story {
	return &story{Oracle: oracle.New(metrics.DefaultSettings(time.UTC)), zero: zero}
}

// tenOClock is 2026-11-20 10:00:00 UTC.
const tenOClock = int64(1_795_168_800_000)

func (s *story) say(at int64, what metrics.EventType, fields ...field) {
	s.n++
	ev := metrics.Event{Type: what, Time: s.zero + at*1000, ID: clean.Own(fmt.Sprint(s.n)), Source: clean.Own("/test"), Floor: clean.Own("f")}
	if what.Session() {
		ev.Session, ev.Channel = clean.Own("s"), clean.Own("chat")
	}
	for _, f := range fields {
		f(&ev)
	}
	s.Add(ev)
}

func of(session string) field {
	return func(e *metrics.Event) { e.Session = clean.Own(session) }
}
func on(channel string) field {
	return func(e *metrics.Event) { e.Channel = clean.Own(channel) }
}
func in(queue string) field { return func(e *metrics.Event) { e.Queue = clean.Own(queue) } }
func who(agent string) field {
	return func(e *metrics.Event) { e.Agent = clean.Own(agent) }
}
func by(p metrics.Party) field { return func(e *metrics.Event) { e.By = p } }
func as(o metrics.Outcome) field {
	return func(e *metrics.Event) { e.Outcome = o }
}
func is(p metrics.Presence) field {
	return func(e *metrics.Event) { e.Presence = p }
}

// want checks figures; NaN stands for no data.
func (s *story) want(t *testing.T, at int64, scope oracle.Scope, w fact.Window, want map[string]float64) {
	t.Helper()
	got := s.Floor("f", s.zero+at*1000).Figures(scope, w)
	for id, v := range want {
		n, defined := got[id]
		if !defined || n.OK == math.IsNaN(v) || n.OK && math.Abs(n.V-v) > 1e-9 {
			t.Errorf("%d s, %v %s: %s is %s, by hand %v", at, scope, w, id, show(n), v)
		}
	}
}

var none = math.NaN()

func floorScope() oracle.Scope         { return oracle.Scope{} }
func agentScope(a string) oracle.Scope { return oracle.Scope{Kind: metrics.ScopeAgent, Agent: a} }
func queueScope(q string) oracle.Scope { return oracle.Scope{Kind: metrics.ScopeQueue, Queue: q} }

func TestTheSevenServiceLevelsOfTheFixture(t *testing.T) {
	s := tellStory(tenOClock)
	n := 0
	call := func(count int, wait int64, outcome metrics.Outcome) {
		for range count {
			n++
			id := of(fmt.Sprint("c", n))
			s.say(0, metrics.TypeSessionQueued, id, on("voice"), in("q"))
			if outcome == metrics.OutcomeNone {
				s.say(wait, metrics.TypeSessionAssigned, id, on("voice"), who(fmt.Sprint("a", n)))
			} else {
				s.say(wait, metrics.TypeSessionClosed, id, on("voice"), as(outcome))
			}
		}
	}
	call(80, 20, metrics.OutcomeNone)
	call(10, 30, metrics.OutcomeNone)
	call(4, 5, metrics.OutcomeAbandoned)
	call(2, 6, metrics.OutcomeAbandoned)
	call(4, 40, metrics.OutcomeAbandoned)
	call(3, 20, metrics.OutcomeOverflowed)
	call(2, 50, metrics.OutcomeOverflowed)
	// T 20 s, short 5 s, both inclusive.
	s.want(t, 60, queueScope("q"), fact.WindowToday, map[string]float64{
		"offered": 105, "answered": 90, "abandoned": 10, "abandoned_short": 4, "overflowed": 5, "waiting": 0,
		"service_level:offered": 80, "service_level:offered_less_short": 80.0 / 96 * 100, "service_level:answered_only": 80.0 / 90 * 100,
		"service_level:removed": 89.0 / 105 * 100, "service_level:late_abandons": 80.0 / 94 * 100, "service_level:sl2": 86,
		"service_level:with_overflow": 80.0 / 105 * 100, "abandon_rate": 6.0 / 96 * 100, "longest_wait": 50, "oldest_wait": none})
}

func TestChainOfTransfersIsThreeLegsAndOneSession(t *testing.T) {
	s := tellStory(tenOClock)
	s.say(0, metrics.TypeSessionOpened)
	s.say(10, metrics.TypeSessionQueued, in("q"))
	s.say(30, metrics.TypeSessionAssigned, who("a")) // wait 20
	s.say(90, metrics.TypeSessionTransferred, who("a"), func(e *metrics.Event) { e.ToAgent = clean.Own("b") })
	s.say(90, metrics.TypeSessionWrapStarted, who("a")) // a wraps 90..120 while b talks from 100
	s.say(100, metrics.TypeSessionAssigned, who("b"))
	s.say(120, metrics.TypeSessionWrapEnded, who("a"))
	s.say(150, metrics.TypeSessionTransferred, who("b"), func(e *metrics.Event) { e.ToAgent = clean.Own("c") })
	s.say(160, metrics.TypeSessionAssigned, who("c"))
	s.say(200, metrics.TypeSessionClosed)
	// No segment for a transfer straight to an agent: one offered, one answered.
	// Legs: a 60 talk + 30 wrap, b 50, c 40.
	s.want(t, 300, floorScope(), fact.WindowToday, map[string]float64{
		"offered": 1, "answered": 1, "asa": 20, "handled": 3, "handled_sessions": 1, "talk_total": 150, "wrap_total": 30,
		"aht": 60, "aht_p50": 50, "concurrency_mean": 1, "concurrency_peak": 1})
	s.want(t, 300, agentScope("b"), fact.WindowToday, map[string]float64{"handled": 1, "handled_sessions": 1, "answered": 0, "aht": 50})
	s.want(t, 110, floorScope(), fact.WindowToday, map[string]float64{"active": 2, "handled": 0, "aht": none})
}

func TestOverflowKeepsTheWaitAndTheIdentityHolds(t *testing.T) {
	s := tellStory(tenOClock)
	s.say(0, metrics.TypeSessionOpened)
	s.say(10, metrics.TypeSessionQueued, in("q"))
	s.say(70, metrics.TypeSessionClosed, as(metrics.OutcomeOverflowed))
	s.say(100, metrics.TypeSessionQueued, in("r")) // 30 s after: the same episode
	s.say(130, metrics.TypeSessionQueued, in("r")) // the same queue: the same segment
	s.want(t, 150, floorScope(), fact.WindowToday, map[string]float64{
		"offered": 2, "overflowed": 1, "waiting": 1, "oldest_wait": 50, "oldest_wait_total": 140, "frt_live": 1, "frt_live_oldest": 140})
	s.say(160, metrics.TypeSessionQueued, in("p"))
	s.say(170, metrics.TypeSessionClosed, as(metrics.OutcomeCancelled), by(metrics.PartyCustomer))
	s.want(t, 200, floorScope(), fact.WindowToday, map[string]float64{
		"offered": 3, "overflowed": 1, "requeued": 1, "abandoned": 1, "waiting": 0, "abandon_time": 10, "longest_wait": 60})
}

func TestAbandonWhileRingingIsNotTheAgentsMiss(t *testing.T) {
	s := tellStory(tenOClock)
	s.say(0, metrics.TypeSessionOpened)
	s.say(0, metrics.TypeSessionQueued, in("q"))
	for at := int64(10); at < 40; at += 10 { // three missed offers of one contact
		s.say(at, metrics.TypeSessionOffered, who("a"))
		s.say(at+5, metrics.TypeSessionOfferFailed, who("a"), func(e *metrics.Event) { e.OfferFailure = metrics.OfferMissed })
	}
	s.say(50, metrics.TypeSessionOffered, who("b"))
	s.say(60, metrics.TypeSessionClosed, as(metrics.OutcomeAbandoned))
	s.want(t, 60, floorScope(), fact.WindowToday, map[string]float64{"nonresponse": 3, "offer_abandoned": 1, "abandoned": 1, "answered": 0})
	s.want(t, 60, agentScope("a"), fact.WindowToday, map[string]float64{"nonresponse": 3, "offer_abandoned": 0})
	s.want(t, 60, agentScope("b"), fact.WindowToday, map[string]float64{"nonresponse": 0, "offer_abandoned": 1})
}

func TestABurstIsOneTurn(t *testing.T) {
	s := tellStory(tenOClock)
	s.say(0, metrics.TypeSessionOpened)
	s.say(0, metrics.TypeSessionMessage, by(metrics.PartyCustomer))
	s.say(5, metrics.TypeSessionQueued, in("q"))
	s.say(20, metrics.TypeSessionAssigned, who("a"))
	s.say(25, metrics.TypeSessionMessage, by(metrics.PartyAuto)) // stops nothing
	s.say(30, metrics.TypeSessionMessage, by(metrics.PartyCustomer))
	s.say(40, metrics.TypeSessionMessage, by(metrics.PartyAgent), who("a")) // first reply 40, turn of 40
	s.say(50, metrics.TypeSessionMessage, by(metrics.PartyCustomer))
	s.want(t, 60, floorScope(), fact.WindowToday, map[string]float64{"frt_mean": 40, "frt_within_30": 0, "frt_within_60": 100,
		"response_mean": 40, "reply_rate_3m": 100, "unanswered": 1, "unanswered_oldest": 10, "turn_backlog": 0.2})
	s.say(60, metrics.TypeSessionClosed, by(metrics.PartyCustomer)) // 10 s after it was asked: left out
	s.want(t, 60, floorScope(), fact.WindowToday, map[string]float64{"reply_rate_3m": 100, "left_unanswered": 0, "unanswered": 0, "omnichannel_rate": 100})
}

func TestAgentStartedChatsAndReopenedEpisodesAreNotOffered(t *testing.T) {
	s := tellStory(tenOClock)
	s.say(0, metrics.TypeSessionOpened, func(e *metrics.Event) { e.Origin = metrics.PartyAgent })
	s.say(1, metrics.TypeSessionAssigned, who("a"))
	s.say(5, metrics.TypeSessionMessage, by(metrics.PartyAgent), who("a"))
	s.say(20, metrics.TypeSessionClosed)
	s.say(30, metrics.TypeSessionReopened, by(metrics.PartyCustomer))
	s.say(31, metrics.TypeSessionAssigned, who("a")) // back to its own agent
	s.say(50, metrics.TypeSessionClosed)             // and nothing said
	s.want(t, 60, floorScope(), fact.WindowToday, map[string]float64{"offered": 0, "answered": 0, "handled": 2, "handled_sessions": 2, "frt_mean": none, "left_unanswered": 1})
	s.say(70, metrics.TypeSessionReopened, by(metrics.PartyCustomer))
	s.say(71, metrics.TypeSessionAssigned, who("b")) // to somebody else: 0 s
	s.want(t, 80, floorScope(), fact.WindowToday, map[string]float64{"offered": 1, "answered": 1, "asa": 0})
}

func TestTheDayStartCutsBusyTimeButNotHandleTime(t *testing.T) {
	s := tellStory(tenOClock + 14*3_600_000) // midnight
	s.say(-3600, metrics.TypeAgentPresence, who("a"), is(metrics.PresenceAvailable))
	s.say(-100, metrics.TypeSessionOpened)
	s.say(-100, metrics.TypeSessionQueued, in("q"))
	s.say(-60, metrics.TypeSessionAssigned, who("a"))
	s.say(-30, metrics.TypeSessionQueued, of("t"), in("q")) // brought forward
	s.say(-20, metrics.TypeSessionClosed)
	s.say(-20, metrics.TypeSessionWrapStarted, who("a")) // wrap over midnight
	s.say(40, metrics.TypeSessionWrapEnded, who("a"))
	s.want(t, 100, floorScope(), fact.WindowToday, map[string]float64{"brought_forward": 1, "offered": 0, "answered": 0, "waiting": 1, "oldest_wait": 130,
		"handled": 1, "talk_total": 40, "wrap_total": 60, "aht": 100, "occupancy": 40})
	s.want(t, 100, floorScope(), fact.Window5m, map[string]float64{"offered": 2, "answered": 1, "occupancy": 100.0 / 280 * 100})
}

func TestWrapAfterTheCloseEndsAtItsLimit(t *testing.T) {
	s := tellStory(tenOClock)
	s.say(0, metrics.TypeSessionAssigned, who("a"))
	s.say(100, metrics.TypeSessionClosed)
	s.say(110, metrics.TypeSessionWrapStarted, who("a"))
	s.want(t, 1909, floorScope(), fact.WindowToday, map[string]float64{"active": 1, "handled": 0})
	s.want(t, 1910, floorScope(), fact.WindowToday, map[string]float64{"active": 0, "handled": 1, "wrap_total": 1800})
	s.say(300, metrics.TypeAgentPresence, who("a"), is(metrics.PresenceOffline))
	s.want(t, 1910, floorScope(), fact.WindowToday, map[string]float64{"handled": 1, "wrap_total": 190})
}

func TestVoiceAndChatCapacity(t *testing.T) {
	s := tellStory(tenOClock)
	slots := func(e *metrics.Event) {
		e.Slots = []metrics.ChannelSlots{{Channel: clean.Own("chat"), Slots: 4}, {Channel: clean.Own("voice"), Slots: 1}}
		e.Exclusive = []clean.Text{clean.Own("voice")}
	}
	for _, a := range []string{"a", "b"} {
		s.say(0, metrics.TypeAgentCapacity, who(a), slots)
		s.say(0, metrics.TypeAgentPresence, who(a), is(metrics.PresenceAvailable))
		s.say(0, metrics.TypeAgentQueues, who(a), func(e *metrics.Event) {
			e.Queues = []metrics.Membership{{Queue: clean.Own("q")}, {Queue: clean.Own("r")}}
		})
	}
	s.say(10, metrics.TypeSessionQueued, of("c1"), in("q"))
	s.say(10, metrics.TypeSessionAssigned, of("c1"), who("a"))
	s.say(10, metrics.TypeSessionQueued, of("v1"), on("voice"), in("r"))
	s.say(10, metrics.TypeSessionAssigned, of("v1"), on("voice"), who("b"))
	// a: 1 of 4 chats, load 0.25; b: an exclusive call, load 1, nothing free.
	s.want(t, 20, floorScope(), fact.WindowToday, map[string]float64{"slot_utilization": 62.5, "free_slots": 4, "agents_engaged": 2, "concurrency": 1, "slot_utilization_mean": 31.25})
	s.want(t, 20, oracle.Scope{Kind: metrics.ScopeChannel, Channel: "chat"}, fact.WindowToday, map[string]float64{"slot_utilization": 12.5})
	s.want(t, 20, queueScope("q"), fact.WindowToday, map[string]float64{"people": 2, "slot_utilization": 62.5})
	s.say(30, metrics.TypeAgentPresence, who("a"), is(metrics.PresencePaused)) // a break while engaged
	s.want(t, 40, floorScope(), fact.WindowToday, map[string]float64{"draining": 1, "draining_slots": 1, "agents_paused": 1, "slot_utilization": 100})
	s.want(t, 40, queueScope("q"), fact.WindowToday, map[string]float64{"people": 1, "concurrency": 1})
}

func TestConcurrentHandleTimeSharesBusySeconds(t *testing.T) {
	s := tellStory(tenOClock)
	for i, id := range []string{"x", "y"} {
		s.say(int64(i)*60, metrics.TypeSessionAssigned, of(id), who("a"))
	}
	s.say(120, metrics.TypeSessionClosed, of("x"))
	s.say(180, metrics.TypeSessionClosed, of("y"))
	// x 0..120, y 60..180: busy 180 s shared by two legs, 90 each.
	s.want(t, 200, floorScope(), fact.WindowToday, map[string]float64{"aht": 120, "aht_concurrent": 90, "concurrency_mean": 240.0 / 180, "concurrency_peak": 2})
}

func TestOfflineMessagesAndCallbacksStayApart(t *testing.T) {
	s := tellStory(tenOClock)
	deferred := func(kind metrics.QueueKind, due int64) field {
		return func(e *metrics.Event) { e.Kind, e.Due = kind, tenOClock+due*1000 }
	}
	s.say(0, metrics.TypeSessionQueued, of("m"), in("q"), deferred(metrics.KindMessage, 0))
	s.say(0, metrics.TypeSessionQueued, of("c"), in("q"), deferred(metrics.KindCallback, 600))
	s.say(0, metrics.TypeSessionQueued, of("d"), in("q"), deferred(metrics.KindCallback, 600))
	s.say(300, metrics.TypeSessionAssigned, of("d"), who("a"))
	s.want(t, 700, queueScope("q"), fact.WindowToday, map[string]float64{"waiting": 0, "offered": 0, "answered": 0, "offline_messages": 1, "offline_messages_oldest": 700,
		"callbacks": 1, "callbacks_overdue": 1, "callbacks_oldest_overdue": 100, "callback_kept": 50, "message_reply_rate": none, "frt_live": 0})
	s.want(t, 14_401, queueScope("q"), fact.WindowToday, map[string]float64{"message_reply_rate": 0})
}

func TestMachinesAreNoPeople(t *testing.T) {
	s := tellStory(tenOClock)
	s.say(0, metrics.TypeAgentProfile, who("robot"), func(e *metrics.Event) { e.Bot = metrics.Yes })
	s.say(0, metrics.TypeSessionOpened)
	s.say(1, metrics.TypeSessionAssigned, who("robot"))
	s.say(2, metrics.TypeSessionMessage, by(metrics.PartyCustomer)) // to the robot: no turn
	s.say(10, metrics.TypeSessionHandoff)
	s.say(12, metrics.TypeSessionQueued, in("q"))
	s.say(30, metrics.TypeSessionAssigned, who("a"))
	s.say(40, metrics.TypeSessionMessage, by(metrics.PartyAgent), who("a"))
	s.want(t, 50, floorScope(), fact.WindowToday, map[string]float64{"offered": 1, "answered": 1, "asa": 18, "frt_mean": 30, "active": 1, "concurrency": 1, "response_mean": none})
}

func TestAnEmptyFloorHasNoRatios(t *testing.T) {
	s := tellStory(tenOClock)
	s.say(0, metrics.TypeSourceHeartbeat)
	s.want(t, 60, floorScope(), fact.Window5m, map[string]float64{"offered": 0, "service_level": none, "asa": none, "wait_p90": none, "abandon_rate": none,
		"oldest_wait": none, "burn_down": none, "expected_wait": none, "aht": none, "occupancy": none, "concurrency": none, "slot_utilization": none})
}
