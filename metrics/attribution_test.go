package metrics

import (
	"testing"

	"wallboard/metrics/fact"
)

func TestWhereAndWhenWhatIsDecidedLateCounts(t *testing.T) {
	for _, row := range []struct {
		name string
		tell func(c *script)
		want map[string]counts
	}{
		{"an episode whose wrap outlives it counts once", func(c *script) {
			c.do(at(10, 0, 0), TypeSessionOpened, "")
			c.do(at(10, 0, 10), TypeSessionAssigned, "a=lin")
			c.do(at(10, 1, 0), TypeSessionAssigned, "a=bo")
			c.do(at(10, 2, 0), TypeSessionClosed, "")
			c.do(at(10, 2, 30), TypeSessionWrapStarted, "a=bo")
			c.do(at(10, 3, 0), TypeSessionReopened, "by=customer")
			c.do(at(10, 3, 10), TypeSessionClosed, "")
			c.do(at(10, 3, 20), TypeSessionReopened, "by=customer")
			c.do(at(10, 3, 30), TypeSessionAssigned, "a=lin")
			c.do(at(10, 4, 0), TypeSessionClosed, "")
			c.do(at(10, 4, 30), TypeSessionWrapEnded, "a=bo")
		}, map[string]counts{"floor": {fact.LegsEnded: 3, fact.HandledSessions: 2}, "agent:bo": {fact.HandledSessions: 1}, "agent:lin": {fact.HandledSessions: 2}}},
		{"a wrap that has ended does not begin again", func(c *script) {
			c.do(at(10, 0, 0), TypeSessionQueued, "q=a")
			c.do(at(10, 0, 10), TypeSessionAssigned, "a=lin")
			c.do(at(10, 1, 10), TypeSessionWrapStarted, "a=lin")
			c.do(at(10, 1, 40), TypeSessionWrapEnded, "a=lin")
			c.do(at(10, 1, 50), TypeSessionWrapStarted, "a=lin")
			c.do(at(10, 2, 50), TypeSessionClosed, "")
		}, map[string]counts{"floor": {fact.LegsEnded: 1, fact.TalkMs: 60_000, fact.WrapMs: 30_000}}},
		{"what the close decides belongs to the queue of the last leg", func(c *script) {
			c.do(at(10, 0, 0), TypeSessionQueued, "q=a")
			c.do(at(10, 0, 10), TypeSessionAssigned, "a=lin")
			c.do(at(10, 0, 50), TypeSessionQueued, "q=b")
			c.do(at(10, 1, 0), TypeSessionClosed, "out=abandoned")
		}, map[string]counts{"queue:a": {fact.OmniDecided: 1, fact.LeftUnanswered: 1}, "queue:b": {fact.OmniDecided: 0, fact.LeftUnanswered: 0}}},
		{"a callback closed and reopened before it was due is still due once", func(c *script) {
			c.do(at(10, 0, 0), TypeSessionQueued, "q=a kind=callback", func(ev *Event) { ev.Due = at(10, 20, 0) })
			c.do(at(10, 1, 0), TypeSessionClosed, "out=abandoned")
			c.do(at(10, 1, 10), TypeSessionReopened, "by=customer")
		}, map[string]counts{"queue:a": {fact.CallbacksDue: 1, fact.CallbacksKept: 0}}},
		{"with no slot of a channel what a person does on it is no use of slots", func(c *script) {
			c.do(at(10, 0, 0), TypeAgentCapacity, "a=lin", func(ev *Event) {
				ev.Slots = []ChannelSlots{{Channel: txt("voice"), Slots: 1}, {Channel: txt("chat"), Slots: 0}}
			})
			c.do(at(10, 0, 0), TypeAgentPresence, "a=lin p=available")
			c.do(at(10, 0, 0), TypeSessionQueued, "q=a")
			c.do(at(10, 0, 10), TypeSessionAssigned, "a=lin")
		}, map[string]counts{"channel:chat": {fact.SlotUsedMs: 0, fact.SlotMs: 0, fact.LegMs: 29*60_000 + 50_000}}},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := newScript(t)
			row.tell(c)
			c.e.Tick(at(10, 30, 0))
			for which, want := range row.want {
				c.want(which, want)
			}
		})
	}
}

func TestAHeldSessionStaysHeldWhateverTheOthersDo(t *testing.T) {
	for _, row := range []struct{ name, role string }{
		{"a colleague in conference, and the first agent's late wrap", "conference"}, {"a supervisor who listens in", "monitor"},
	} {
		c := newScript(t)
		c.do(at(10, 0, 0), TypeSessionOpened, "")
		c.do(at(10, 0, 10), TypeSessionAssigned, "a=lin")
		c.do(at(10, 0, 20), TypeSessionJoined, "a=kim role="+row.role)
		c.do(at(10, 1, 10), TypeSessionAssigned, "a=bo")
		c.do(at(10, 2, 0), TypeSessionHeld, "")
		c.do(at(10, 2, 10), TypeSessionWrapStarted, "a=lin")
		c.do(at(10, 2, 30), TypeSessionResumed, "")
		c.do(at(10, 4, 0), TypeSessionClosed, "")
		if held := c.sums("agent:bo").Counts[fact.HoldMs]; held != 30_000 {
			t.Errorf("%s: held %d ms", row.name, held)
		}
	}
}

func TestWhatBecomesAMessageWaitsAsOneFromThenOn(t *testing.T) {
	c := newScript(t)
	c.do(at(10, 0, 0), TypeSessionQueued, "q=a")
	c.do(at(10, 0, 13), TypeSessionQueued, "q=a kind=message")
	c.do(at(10, 0, 30), TypeSessionQueued, "q=b kind=message")
	if n := c.row("queue:b").Now; n.Messages != 1 || n.MessageSince != at(10, 0, 13) {
		t.Errorf("%d messages, the oldest since %d", n.Messages, n.MessageSince-at(10, 0, 0))
	}
}
