package metrics

import (
	"math"
	"slices"
	"testing"

	"wallboard/metrics/clean"
)

// planned is an interval of half an hour from a moment on.
func planned(from int64, offered, people float64) func(*Event) {
	return func(ev *Event) {
		ev.From, ev.Minutes, ev.PlanOffered, ev.PlanPeople, ev.PlanAHTSec = from, 30, offered, people, 240
	}
}

func TestThePlanIsShownAndSharedUntilItChanges(t *testing.T) {
	c := newScript(t)
	c.do(at(8, 0, 0), TypePlanInterval, "q=b", planned(at(9, 0, 0), 40, 5))
	c.do(at(8, 0, 1), TypePlanInterval, "q=b", planned(at(8, 30, 0), 30, math.NaN()))
	first := c.e.Snapshot().Floors[0].Plans
	if len(first) != 1 || first[0].Queue != txt("b") || len(first[0].Intervals) != 2 {
		t.Fatalf("the plan: %+v", first)
	}
	early, late := first[0].Intervals[0], first[0].Intervals[1]
	if early.From != at(8, 30, 0) || early.Until != at(9, 0, 0) || early.Offered != 30 || !math.IsNaN(early.People) || late.People != 5 || late.HandleSeconds != 240 {
		t.Errorf("in the order of time, unknown as unknown: %+v", first[0].Intervals)
	}
	c.do(at(8, 0, 2), TypeSessionOpened, "s=s1")
	if again := c.e.Snapshot().Floors[0].Plans; &again[0] != &first[0] {
		t.Error("a plan without a change is made anew")
	}
	c.do(at(8, 0, 3), TypePlanInterval, "q=a", planned(at(9, 0, 0), 10, 1))
	c.do(at(8, 0, 4), TypePlanInterval, "q=b", planned(at(9, 0, 0), 44, 6))
	now := c.e.Snapshot().Floors[0].Plans
	if len(now) != 2 || now[0].Queue != txt("a") || now[1].Intervals[1].Offered != 44 || first[0].Intervals[1].Offered != 40 {
		t.Errorf("the newest wins, and an old snapshot keeps what it said: %+v, before %+v", now, first)
	}
}

func TestWhatNobodyCanTakeIsNamed(t *testing.T) {
	c := newScript(t)
	c.do(at(8, 0, 0), TypeAgentPresence, "a=lin p=available")
	c.do(at(8, 0, 0), TypeAgentJoined, "a=lin q=refund")
	c.do(at(8, 0, 1), TypeAgentProfile, "a=lin", func(ev *Event) { ev.Skills, ev.Langs = words("refund"), words("zh") })
	c.do(at(8, 0, 2), TypeSessionOpened, "s=s1")
	c.do(at(8, 0, 3), TypeSessionQueued, "s=s1 q=refund", func(ev *Event) { ev.Skills = words("funds", "refund") })
	c.do(at(8, 0, 4), TypeSessionOpened, "s=s2")
	c.do(at(8, 0, 5), TypeSessionQueued, "s=s2 q=refund", func(ev *Event) { ev.Skills = words("refund") })
	got := c.e.Snapshot().Floors[0].Unskilled
	if len(got) != 1 || got[0].Queue != txt("refund") || got[0].Waiting != 1 || len(got[0].Skills) != 2 || !slices.Contains(got[0].Skills, txt("funds")) || !got[0].Lang.Empty() {
		t.Fatalf("what nobody can take: %+v", got)
	}
	c.do(at(8, 0, 6), TypeAgentProfile, "a=lin", func(ev *Event) { ev.Skills = words("refund", "funds") })
	if got := c.e.Snapshot().Floors[0].Unskilled; len(got) != 0 {
		t.Errorf("somebody can: %+v", got)
	}
}

func TestAPersonSaysOfWhichChannelsTheyTake(t *testing.T) {
	c := newScript(t)
	c.do(at(8, 0, 0), TypeSessionOpened, "s=s1 ch=chat")
	c.do(at(8, 0, 1), TypeSessionOpened, "s=s2 ch=voice")
	c.do(at(8, 0, 2), TypeAgentPresence, "a=lin p=available")
	f := c.e.Snapshot().Floors[0]
	if got := f.Agents.Pages[0][0].Channels; got != ^uint64(0) {
		t.Errorf("nobody told what they can take: %b", got)
	}
	c.do(at(8, 0, 3), TypeAgentCapacity, "a=lin", func(ev *Event) { ev.Slots = []ChannelSlots{{Channel: txt("voice"), Slots: 1}} })
	f = c.e.Snapshot().Floors[0]
	for k, row := range f.Channels {
		takes := f.Agents.Pages[0][0].Channels&(1<<k) != 0
		if takes != (row.Key.Channel == txt("voice")) {
			t.Errorf("takes %s: %v", row.Key.Channel, takes)
		}
	}
}

// words turns strings into texts of events.
func words(all ...string) []clean.Text {
	var out []clean.Text
	for _, s := range all {
		out = append(out, txt(s))
	}
	return out
}
