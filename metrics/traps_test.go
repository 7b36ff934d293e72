package metrics

import (
	"testing"
	"time"

	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
)

type counts = map[fact.Count]int64

// identity holds a row to: brought forward + offered = waiting + how they ended.
func (c *script) identity(which string) {
	c.t.Helper()
	r := c.row(which)
	var s fact.Sums
	r.SumsAt(c.e.Now(), fact.WindowToday, &s)
	left := s.Counts[fact.BroughtForward] + s.Counts[fact.Offered]
	right := int64(r.Now.Waiting) + s.Counts[fact.Answered] + s.Counts[fact.Abandoned] + s.Counts[fact.Overflowed] + s.Counts[fact.Requeued] + s.Counts[fact.Withdrawn]
	if left != right {
		c.t.Errorf("%s: brought forward + offered is %d, waiting and ended %d", which, left, right)
	}
}

func TestASessionAcrossTheDayStartIsBroughtForward(t *testing.T) {
	c := newScript(t)
	c.do(at(23, 50, 0), TypeSessionQueued, "q=a")
	c.do(at(23, 55, 0), TypeSessionQueued, "s=s2 q=a")
	c.do(at(23, 58, 0), TypeSessionClosed, "s=s2 out=abandoned")
	c.e.Tick(at(24, 0, 0))
	c.want("queue:a", counts{fact.BroughtForward: 1, fact.Offered: 0, fact.Abandoned: 0})
	c.do(at(24, 5, 0), TypeSessionAssigned, "a=lin")
	for _, which := range []string{"floor", "channel:chat", "queue:a", "table:a/chat"} {
		c.want(which, counts{fact.BroughtForward: 1, fact.Answered: 1, fact.WaitAnsweredMs: 15 * 60_000, fact.Offered: 0})
		c.identity(which)
	}
}

func TestDaysOfAZoneUnlikeUTCHaveTheirOwnLength(t *testing.T) {
	zone, err := time.LoadLocation("Asia/Jerusalem")
	if err != nil {
		t.Skip(err)
	}
	for _, row := range []struct {
		name       string
		start      time.Time
		hours      int64
		startOfDay time.Duration
	}{
		{"the day summer time begins has 23 hours", time.Date(2026, 3, 27, 0, 0, 0, 0, zone), 23, 0},
		{"the day it ends has 25 hours", time.Date(2026, 10, 25, 0, 0, 0, 0, zone), 25, 0},
		{"a day that starts at six has 24", time.Date(2026, 5, 1, 6, 0, 0, 0, zone), 24, 6 * time.Hour},
	} {
		c := newScript(t, func(s *Settings) { s.Floor = FloorSettings{Zone: zone, DayStart: row.startOfDay} })
		begin := row.start.UnixMilli()
		c.do(begin-60_000, TypeAgentPresence, "a=lin p=available")
		c.e.Tick(begin)
		if f := c.e.Snapshot().Floors[0]; f.DayStart != begin {
			t.Errorf("%s: begins %v", row.name, time.UnixMilli(f.DayStart).In(zone))
		}
		c.e.Tick(begin + row.hours*hourMillis - 1)
		if f := c.e.Snapshot().Floors[0]; f.DayStart != begin {
			t.Errorf("%s: over too early", row.name)
		}
		c.want("agent:lin", counts{fact.AvailableMs: row.hours*hourMillis - 1})
		c.e.Tick(begin + row.hours*hourMillis)
		if f := c.e.Snapshot().Floors[0]; f.DayStart != begin+row.hours*hourMillis {
			t.Errorf("%s: ends %v", row.name, time.UnixMilli(f.DayStart).In(zone))
		}
		c.want("agent:lin", counts{fact.AvailableMs: 0})
	}
}

func TestAnAgentOfTwoQueuesIsOneAgentInEveryTotal(t *testing.T) {
	c := newScript(t)
	c.do(at(9, 0, 0), TypeAgentQueues, "a=lin", func(ev *Event) { ev.Queues = []Membership{{Queue: txt("a")}, {Queue: txt("b")}} })
	c.do(at(9, 0, 0), TypeAgentCapacity, "a=lin", func(ev *Event) { ev.Slots = []ChannelSlots{{txt("chat"), 4}} })
	c.do(at(9, 0, 0), TypeAgentPresence, "a=lin p=available")
	c.do(at(10, 0, 0), TypeSessionQueued, "q=a")
	c.do(at(10, 0, 0), TypeSessionAssigned, "a=lin")
	for which, people := range map[string]int32{"floor": 1, "queue:a": 1, "queue:b": 1} {
		n := c.row(which).Now
		if n.People != people || n.FreeSlots != 3 || n.SlotsUsed != 1 || n.Slots != 4 || n.LoadShare != fact.ShareUnit/4 || n.LoadPeople != 1 {
			t.Errorf("%s: %+v", which, n)
		}
	}
	c.e.Tick(at(11, 0, 0))
	for _, which := range []string{"floor", "queue:a", "queue:b", "agent:lin"} {
		c.want(which, counts{fact.SlotUsedMs: hourMillis, fact.SlotMs: 8 * hourMillis, fact.LoadShareMs: hourMillis * fact.ShareUnit / 4, fact.LoadPeopleMs: 2 * hourMillis})
	}
}

func TestABreakWhileEngagedDrains(t *testing.T) {
	c := newScript(t, func(s *Settings) { s.Allowances = map[string]time.Duration{"lunch": 10 * time.Minute} })
	c.do(at(9, 0, 0), TypeAgentPresence, "a=lin p=available")
	c.do(at(10, 0, 0), TypeSessionQueued, "q=a")
	c.do(at(10, 0, 0), TypeSessionAssigned, "a=lin")
	c.do(at(10, 10, 0), TypeAgentPresence, "a=lin p=paused", func(ev *Event) { ev.Reason = txt("lunch") })
	c.e.Tick(at(10, 15, 0))
	if n := c.row("floor").Now; n.Draining != 1 || n.DrainingSlots != 1 || n.SlotsUsed != 0 || n.BusyPeople != 1 || n.Presence[PresencePaused] != 1 || n.Activity[ActivityEngaged] != 1 {
		t.Errorf("%+v", n)
	}
	c.do(at(10, 20, 0), TypeSessionClosed, "")
	c.e.Tick(at(10, 25, 0))
	if n := c.row("floor").Now; n.PauseOverMs != 5*60_000 {
		t.Errorf("running pause over by %d", n.PauseOverMs)
	}
	c.do(at(10, 30, 0), TypeAgentPresence, "a=lin p=available")
	c.want("agent:lin", counts{fact.DrainingMs: 10 * 60_000, fact.BusyMs: 20 * 60_000, fact.PausedMs: 20 * 60_000, fact.PauseOverMs: 10 * 60_000, fact.AvailableMs: 70 * 60_000, fact.IdleMs: 60 * 60_000})
}

func TestABurstIsOneTurnAndAGreetingStopsTheFirstClock(t *testing.T) {
	c := newScript(t)
	c.do(at(10, 0, 0), TypeSessionOpened, "")
	c.do(at(10, 0, 0), TypeSessionQueued, "q=a")
	c.do(at(10, 0, 10), TypeSessionAssigned, "a=lin")
	c.do(at(10, 0, 12), TypeSessionMessage, "by=auto")
	c.do(at(10, 0, 20), TypeSessionMessage, "by=agent a=lin")
	for s := range 5 {
		c.do(at(10, 1, s), TypeSessionMessage, "by=customer")
	}
	c.do(at(10, 1, 40), TypeSessionMessage, "by=agent a=lin")
	c.do(at(10, 1, 50), TypeSessionMessage, "by=agent a=lin")
	c.want("agent:lin", counts{fact.FirstReplies: 1, fact.FRTMs: 20_000, fact.TurnsBegun: 1, fact.TurnsAnswered: 1, fact.ResponseMs: 40_000})
	c.do(at(10, 2, 0), TypeSessionMessage, "by=customer")
	c.do(at(10, 4, 59), TypeSessionClosed, "by=customer")
	c.want("floor", counts{fact.TurnsDecided: 1, fact.TurnsExcluded: 1})
	c.do(at(10, 10, 0), TypeSessionQueued, "s=s2 q=a")
	c.do(at(10, 10, 0), TypeSessionMessage, "s=s2 by=customer")
	c.do(at(10, 10, 0), TypeSessionAssigned, "s=s2 a=lin")
	c.do(at(10, 13, 0), TypeSessionClosed, "s=s2 by=customer")
	c.want("floor", counts{fact.TurnsDecided: 2, fact.TurnsExcluded: 1, fact.LeftUnanswered: 1, fact.TurnsWithin180: 1})
	c.want("agent:lin", counts{fact.LeftUnanswered: 1})
}

func TestAnAgentStartedChatHasNoSegmentAndNoFirstReply(t *testing.T) {
	c := newScript(t)
	c.do(at(10, 0, 0), TypeSessionOpened, "origin=agent")
	c.do(at(10, 0, 5), TypeSessionAssigned, "a=lin")
	c.do(at(10, 0, 9), TypeSessionMessage, "by=agent a=lin")
	c.do(at(10, 5, 0), TypeSessionClosed, "")
	c.want("floor", counts{fact.Opened: 1, fact.OpenedByCustomer: 0, fact.Offered: 0, fact.Answered: 0, fact.FirstReplies: 0, fact.LeftUnanswered: 0, fact.LegsEnded: 1})
}

func TestAnAbandonWhileRingingIsNoMiss(t *testing.T) {
	c := newScript(t)
	c.do(at(10, 0, 0), TypeSessionQueued, "q=a ch=voice")
	c.do(at(10, 0, 10), TypeSessionOffered, "a=lin ch=voice")
	c.do(at(10, 0, 30), TypeSessionClosed, "out=abandoned ch=voice")
	c.do(at(10, 1, 0), TypeSessionQueued, "s=s2 q=a ch=voice")
	c.do(at(10, 1, 4), TypeSessionOffered, "s=s2 a=lin ch=voice")
	c.do(at(10, 1, 5), TypeSessionOfferFailed, "s=s2 a=lin fail=left ch=voice")
	c.do(at(10, 1, 5), TypeSessionClosed, "s=s2 out=cancelled by=customer ch=voice")
	c.want("queue:a", counts{fact.Abandoned: 2, fact.AbandonedShort: 1, fact.AbandonedWithin: 1, fact.OfferAbandoned: 2, fact.Nonresponse: 0, fact.WaitAbandonedMs: 35_000, fact.WaitAllMs: 35_000})
	c.want("agent:lin", counts{fact.OfferAbandoned: 2, fact.Nonresponse: 0, fact.Abandoned: 0})
	c.identity("queue:a")
}

func TestThreeMissedOffersOfOneContact(t *testing.T) {
	c := newScript(t)
	c.do(at(10, 0, 0), TypeSessionQueued, "q=a ch=voice")
	c.do(at(10, 0, 1), TypeSessionOffered, "a=lin ch=voice")
	c.do(at(10, 0, 1), TypeSessionOffered, "a=bo ch=voice")
	c.do(at(10, 0, 9), TypeSessionOfferFailed, "a=lin fail=missed ch=voice")
	if n := c.row("agent:bo").Now; n.Activity[ActivityRinging] != 1 {
		t.Errorf("bo does not ring: %+v", n)
	}
	c.do(at(10, 0, 9), TypeSessionOfferFailed, "a=bo fail=rejected ch=voice")
	c.do(at(10, 0, 20), TypeSessionOfferFailed, "a=lin fail=timeout ch=voice") // never said to be offered
	c.do(at(10, 0, 25), TypeSessionOffered, "a=bo ch=voice")
	c.do(at(10, 0, 26), TypeSessionOfferFailed, "a=bo fail=withdrawn ch=voice")
	c.do(at(10, 0, 30), TypeSessionAssigned, "a=kim ch=voice")
	c.want("queue:a", counts{fact.Nonresponse: 3, fact.OfferAbandoned: 0, fact.Answered: 1, fact.WaitAnsweredMs: 30_000})
	c.want("agent:lin", counts{fact.Nonresponse: 2})
	c.want("agent:bo", counts{fact.Nonresponse: 1})
	for v := range c.e.Snapshot().Floors[0].Agents.All {
		if v.ID.String() == "lin" && v.MissedOffers15m != 2 {
			t.Errorf("lin missed %d offers", v.MissedOffers15m)
		}
	}
}

func TestReopenedBackToTheirOwnAgentHasNoSegment(t *testing.T) {
	c := newScript(t)
	c.do(at(10, 0, 0), TypeSessionQueued, "q=a")
	c.do(at(10, 0, 5), TypeSessionAssigned, "a=lin")
	c.do(at(10, 9, 0), TypeSessionClosed, "out=resolved")
	c.do(at(10, 30, 0), TypeSessionReopened, "by=customer") // long after it lingered
	c.do(at(10, 30, 1), TypeSessionAssigned, "a=lin")
	c.do(at(10, 40, 0), TypeSessionClosed, "")
	c.want("floor", counts{fact.Opened: 2, fact.Reopened: 1, fact.Offered: 1, fact.Answered: 1, fact.LegsEnded: 2, fact.HandledSessions: 2, fact.Closed: 2})
	c.want("queue:a", counts{fact.LegsEnded: 2, fact.Opened: 1})
	c.do(at(10, 41, 0), TypeSessionReopened, "by=agent")
	c.do(at(10, 41, 5), TypeSessionAssigned, "a=bo") // an agent started it: no segment
	c.want("floor", counts{fact.Opened: 3, fact.Reopened: 1, fact.Offered: 1, fact.Answered: 1})
	c.do(at(10, 42, 0), TypeSessionClosed, "")
	c.do(at(10, 43, 0), TypeSessionReopened, "by=customer")
	c.do(at(10, 43, 5), TypeSessionAssigned, "a=kim") // another agent: a segment of 0 s
	c.want("floor", counts{fact.Opened: 4, fact.Reopened: 2, fact.Offered: 2, fact.Answered: 2})
}

func TestTransfersToAnAgentHaveNoSegmentAndAChainIsOneSession(t *testing.T) {
	c := newScript(t)
	c.do(at(10, 0, 0), TypeSessionQueued, "q=a")
	c.do(at(10, 0, 10), TypeSessionAssigned, "a=lin")
	c.do(at(10, 5, 0), TypeSessionTransferred, "a=lin toa=bo")
	if n := c.row("floor").Now; n.Waiting != 0 || n.ActiveLegs != 0 {
		t.Errorf("between: %+v", n)
	}
	c.do(at(10, 5, 20), TypeSessionAssigned, "a=bo")
	c.do(at(10, 6, 0), TypeSessionTransferred, "a=bo toq=b")
	c.do(at(10, 6, 0), TypeSessionQueued, "q=b")
	c.do(at(10, 6, 30), TypeSessionAssigned, "a=kim")
	c.do(at(10, 7, 0), TypeSessionClosed, "")
	c.want("floor", counts{fact.Offered: 2, fact.Answered: 2, fact.LegsEnded: 3, fact.HandledSessions: 1, fact.TransferredOut: 1, fact.WaitAnsweredMs: 40_000})
	c.want("agent:lin", counts{fact.TransferredOut: 1, fact.LegsEnded: 1, fact.TalkMs: 290_000, fact.HandledSessions: 1})
	c.want("agent:bo", counts{fact.LegsEnded: 1, fact.TalkMs: 40_000, fact.Answered: 0})
	c.want("queue:a", counts{fact.LegsEnded: 2})
	c.want("queue:b", counts{fact.LegsEnded: 1, fact.WaitAnsweredMs: 30_000, fact.Closed: 1})
}

func TestOneWrapsWhileTheOtherTalks(t *testing.T) {
	c := newScript(t)
	c.do(at(10, 0, 0), TypeSessionQueued, "q=a")
	c.do(at(10, 0, 0), TypeSessionAssigned, "a=lin")
	c.do(at(10, 5, 0), TypeSessionTransferred, "a=lin toa=bo")
	c.do(at(10, 5, 0), TypeSessionAssigned, "a=bo")
	c.want("agent:lin", counts{fact.LegsEnded: 1})
	c.do(at(10, 5, 10), TypeSessionWrapStarted, "a=lin")
	if n := c.row("floor").Now; n.ActiveLegs != 2 || n.TalkLegs != 1 || n.Activity[ActivityWrapping] != 1 {
		t.Errorf("%+v", n)
	}
	c.want("agent:lin", counts{fact.LegsEnded: 0, fact.TalkMs: 0})
	if q := c.sums("agent:lin").Dists[fact.DistHandle]; q.N != 0 {
		t.Errorf("a leg that goes on is among the handled: %+v", q)
	}
	c.do(at(10, 6, 10), TypeSessionWrapEnded, "a=lin")
	c.do(at(10, 8, 0), TypeSessionClosed, "")
	c.want("agent:lin", counts{fact.LegsEnded: 1, fact.TalkMs: 300_000, fact.WrapMs: 60_000, fact.BusyMs: 360_000, fact.ConcurrentShare: 360_000 * fact.ShareUnit})
	c.want("floor", counts{fact.LegsEnded: 2, fact.HandledSessions: 1, fact.WrapMs: 60_000})
	if q := c.sums("agent:lin").Dists[fact.DistHandle]; q.N != 1 || q.P50 != 360_000 {
		t.Errorf("handle: %+v", q)
	}
}

func TestAWrapBegunAfterTheCloseEndsByItselfOrOffline(t *testing.T) {
	for _, row := range []struct {
		name string
		end  func(c *script)
		wrap int64
		lost int64
	}{
		{"by its end", func(c *script) { c.do(at(24, 0, 30), TypeSessionWrapEnded, "a=lin") }, 55_000, 0},
		{"by going offline", func(c *script) { c.do(at(24, 1, 5), TypeAgentPresence, "a=lin p=offline") }, 90_000, 0},
		{"at thirty minutes", func(c *script) { c.e.Tick(at(24, 40, 0)) }, 30 * 60_000, 1},
	} {
		c := newScript(t)
		c.do(at(23, 50, 0), TypeAgentPresence, "a=lin p=available")
		c.do(at(23, 55, 0), TypeSessionQueued, "q=a ch=voice")
		c.do(at(23, 55, 0), TypeSessionAssigned, "a=lin ch=voice")
		c.do(at(23, 59, 30), TypeSessionClosed, "ch=voice")
		c.do(at(23, 59, 35), TypeSessionWrapStarted, "a=lin ch=voice")
		row.end(c)
		c.want("agent:lin", counts{fact.LegsEnded: 1, fact.TalkMs: 270_000, fact.WrapMs: row.wrap, fact.BusyMs: row.wrap - 25_000, fact.WrapOrphans: row.lost})
		if n := c.row("floor").Now; n.ActiveLegs != 0 {
			t.Errorf("%s: %+v", row.name, n)
		}
		if h := c.e.Snapshot().Health; h.WrapOrphans != row.lost {
			t.Errorf("%s: %d orphans", row.name, h.WrapOrphans)
		}
	}
}

func TestOverflowAndQueueAgainIsOneEpisodeWithOnePatience(t *testing.T) {
	c := newScript(t)
	c.do(at(10, 0, 0), TypeSessionOpened, "")
	c.do(at(10, 0, 0), TypeSessionQueued, "q=a")
	c.do(at(10, 3, 0), TypeSessionClosed, "out=overflowed")
	c.do(at(10, 3, 30), TypeSessionQueued, "q=b")
	n := c.row("table:b/chat").Now
	if n.OldestSince != at(10, 3, 30) || n.OldestTotalSince != at(10, 0, 0) {
		t.Errorf("%+v", n)
	}
	c.want("floor", counts{fact.Opened: 1, fact.Offered: 2, fact.Overflowed: 1, fact.OverflowedWithin: 0, fact.Closed: 0})
	c.do(at(10, 4, 0), TypeSessionQueued, "q=c")
	c.do(at(10, 4, 10), TypeSessionAssigned, "a=lin")
	c.do(at(10, 4, 20), TypeSessionMessage, "by=agent a=lin")
	c.do(at(10, 5, 0), TypeSessionClosed, "out=resolved")
	c.want("floor", counts{fact.Opened: 1, fact.Offered: 3, fact.Overflowed: 1, fact.Requeued: 1, fact.Answered: 1, fact.FRTMs: 260_000, fact.Closed: 1, fact.WaitAnsweredMs: 10_000})
	c.identity("floor")
	c.do(at(11, 0, 0), TypeSessionQueued, "s=s2 q=a")
	c.do(at(11, 1, 0), TypeSessionClosed, "s=s2 out=timed_out")
	c.do(at(11, 2, 0), TypeSessionQueued, "s=s2 q=b") // 60 s later: another episode
	c.want("floor", counts{fact.Opened: 3, fact.Overflowed: 2})
	if n := c.row("table:b/chat").Now; n.OldestTotalSince != at(11, 2, 0) {
		t.Errorf("%+v", n)
	}
}

func TestCapacityOfVoiceAndChatTogether(t *testing.T) {
	c := newScript(t)
	c.do(at(9, 0, 0), TypeAgentCapacity, "a=lin", func(ev *Event) {
		ev.Slots = []ChannelSlots{{txt("voice"), 1}, {txt("chat"), 5}}
		ev.Exclusive = []clean.Text{txt("voice")}
	})
	c.do(at(9, 0, 0), TypeAgentPresence, "a=lin p=available")
	c.do(at(10, 0, 0), TypeSessionAssigned, "s=s1 a=lin")
	c.do(at(10, 0, 0), TypeSessionAssigned, "s=s2 a=lin")
	c.e.Tick(at(10, 0, 6)) // unknown ids open after the hold-back
	if n := c.row("floor").Now; n.LoadShare != fact.ShareUnit*2/5 || n.FreeSlots != 4 || n.SlotsUsed != 2 || n.Slots != 6 {
		t.Errorf("two chats: %+v", n)
	}
	c.do(at(10, 10, 0), TypeSessionOpened, "s=v ch=voice")
	c.do(at(10, 10, 0), TypeSessionAssigned, "s=v ch=voice a=lin")
	if n := c.row("floor").Now; n.LoadShare != fact.ShareUnit || n.FreeSlots != 0 {
		t.Errorf("with a call: %+v", n)
	}
	if n := c.row("channel:voice").Now; n.SlotsUsed != 1 || n.Slots != 1 || n.FreeSlots != 0 {
		t.Errorf("voice: %+v", n)
	}
	for i := range 4 {
		id := string(rune('a' + i))
		c.do(at(10, 20, i), TypeSessionOpened, "s="+id)
		c.do(at(10, 20, i), TypeSessionAssigned, "s="+id+" a=lin")
	}
	if n := c.row("channel:chat").Now; n.SlotsUsed != 6 || n.Slots != 5 || n.FreeSlots != 0 {
		t.Errorf("6/5 is shown as it is: %+v", n)
	}
	if r := c.row("agent:lin"); r.Now.TalkLegs != 7 {
		t.Errorf("%+v", r.Now)
	}
	if p := c.sums("floor").Peaks[fact.PeakConcurrency]; p != 7 {
		t.Errorf("peak %d", p)
	}
}

func TestCapacityZeroIsNoCapacity(t *testing.T) {
	c := newScript(t)
	c.do(at(9, 0, 0), TypeAgentCapacity, "a=lin", func(ev *Event) { ev.Slots = []ChannelSlots{{txt("chat"), 0}} })
	c.do(at(9, 0, 0), TypeAgentPresence, "a=lin p=available")
	c.e.Tick(at(10, 0, 0))
	if n := c.row("floor").Now; n.Slots != 0 || n.LoadPeople != 0 || n.People != 1 {
		t.Errorf("%+v", n)
	}
	c.want("floor", counts{fact.SlotMs: 0, fact.LoadPeopleMs: 0, fact.AvailableMs: hourMillis})
}

func TestTakenByAMachineIsNoAnswer(t *testing.T) {
	c := newScript(t)
	c.do(at(9, 0, 0), TypeAgentProfile, "a=robo bot=1")
	c.do(at(9, 0, 0), TypeAgentPresence, "a=robo p=available")
	c.do(at(10, 0, 0), TypeSessionOpened, "")
	c.do(at(10, 0, 0), TypeSessionQueued, "q=a")
	c.do(at(10, 0, 30), TypeSessionAssigned, "a=robo")
	if n := c.row("floor").Now; n.BotActive != 1 || n.Waiting != 0 || n.ActiveLegs != 0 || n.Presence != [NumPresences]int32{} {
		t.Errorf("%+v", n)
	}
	c.do(at(10, 0, 31), TypeSessionMessage, "by=agent a=robo")
	c.do(at(10, 1, 0), TypeSessionMessage, "by=customer")
	c.do(at(10, 2, 0), TypeSessionHandoff, "")
	c.do(at(10, 2, 1), TypeSessionQueued, "q=a")
	c.do(at(10, 2, 11), TypeSessionAssigned, "a=lin")
	c.do(at(10, 2, 30), TypeSessionMessage, "by=agent a=lin")
	c.want("floor", counts{fact.Answered: 1, fact.Withdrawn: 1, fact.Offered: 2, fact.FRTMs: 30_000, fact.FirstReplies: 1, fact.TurnsBegun: 0, fact.OmniReplied: 1, fact.HandedOff: 1, fact.AvailableMs: 0})
	c.identity("floor")
	f := c.e.Snapshot().Floors[0]
	if f.Agents.Len() != 1 || len(f.Roster) != 1 || f.Roster[0].ID.String() != "robo" {
		t.Errorf("%d people, roster %v", f.Agents.Len(), f.Roster)
	}
	if p := c.sums("floor").Peaks[fact.PeakBotActive]; p != 1 {
		t.Errorf("bot peak %d", p)
	}
}
