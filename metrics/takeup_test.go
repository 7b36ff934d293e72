package metrics

import (
	"testing"

	"wallboard/metrics/fact"
)

func TestWhoTakesASessionOver(t *testing.T) {
	for _, row := range []struct {
		name   string
		tell   func(c *script)
		floor  counts
		agent  counts // of bo
		active int32
	}{
		{"an offer taken becomes the leg, from when it was taken", func(c *script) {
			c.do(at(10, 0, 0), TypeSessionQueued, "q=a")
			c.do(at(10, 0, 5), TypeSessionOffered, "a=lin")
			c.do(at(10, 0, 6), TypeSessionOffered, "a=bo")
			c.do(at(10, 0, 20), TypeSessionAssigned, "a=bo")
			c.do(at(10, 1, 20), TypeSessionClosed, "")
		}, counts{fact.Answered: 1, fact.WaitAnsweredMs: 20_000, fact.LegsEnded: 1, fact.TalkMs: 60_000, fact.LegMs: 60_000, fact.BusyMs: 60_000},
			counts{fact.LegsEnded: 1, fact.BusyMs: 60_000, fact.ConcurrentShare: 60_000 * fact.ShareUnit}, 0},
		{"an offer made in another queue is none in this one", func(c *script) {
			c.do(at(10, 0, 0), TypeSessionQueued, "q=a")
			c.do(at(10, 0, 5), TypeSessionOffered, "a=bo")
			c.do(at(10, 0, 10), TypeSessionQueued, "q=b")
			c.do(at(10, 0, 20), TypeSessionAssigned, "a=bo")
		}, counts{fact.Answered: 1, fact.Requeued: 1, fact.WaitAnsweredMs: 10_000}, counts{fact.LegsEnded: 0}, 1},
		{"who listened in takes over: the leg that ran ends, theirs begins", func(c *script) {
			c.do(at(10, 0, 0), TypeSessionQueued, "q=a")
			c.do(at(10, 0, 10), TypeSessionAssigned, "a=lin")
			c.do(at(10, 0, 30), TypeSessionJoined, "a=bo role=monitor")
			c.do(at(10, 1, 10), TypeSessionAssigned, "a=bo")
		}, counts{fact.LegsEnded: 1, fact.TalkMs: 60_000}, counts{fact.LegsEnded: 0}, 1},
		{"a colleague in conference who takes over has had two legs", func(c *script) {
			c.do(at(10, 0, 0), TypeSessionQueued, "q=a")
			c.do(at(10, 0, 10), TypeSessionAssigned, "a=lin")
			c.do(at(10, 0, 30), TypeSessionJoined, "a=bo role=conference")
			c.do(at(10, 1, 10), TypeSessionAssigned, "a=bo")
			c.do(at(10, 2, 10), TypeSessionClosed, "")
		}, counts{fact.LegsEnded: 3, fact.HandledSessions: 1, fact.TalkMs: 160_000}, counts{fact.LegsEnded: 2, fact.HandledSessions: 1, fact.TalkMs: 100_000}, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := newScript(t)
			row.tell(c)
			c.e.Tick(at(10, 5, 0))
			for which, want := range map[string]counts{"floor": row.floor, "agent:bo": row.agent} {
				c.want(which, want)
			}
			if got := c.row("floor").Now.ActiveLegs; got != row.active {
				t.Errorf("%d active, want %d", got, row.active)
			}
		})
	}
}
