package queues

import (
	"testing"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/panel"
)

func person(id, queue string, used int32, skills ...string) *metrics.AgentView {
	a := &metrics.AgentView{ID: clean.Own(id), Presence: metrics.PresenceAvailable, Queues: []clean.Text{clean.Own(queue)}, Slots: 5, SlotsUsed: used}
	for _, s := range skills {
		a.Skills = append(a.Skills, clean.Own(s))
	}
	return a
}

func TestAQueueWithoutAFreeSlotNamesWhereItsSkillsAreIdle(t *testing.T) {
	busy := func(waiting, free int32) *metrics.QueueView {
		return &metrics.QueueView{Queue: clean.Own("refund"), Row: &metrics.Row{Now: &metrics.Now{Waiting: waiting, FreeSlots: free}}}
	}
	members := []*metrics.AgentView{person("a1", "refund", 5, "money", "apparel"), person("a2", "refund", 5, "money")}
	for _, c := range []struct {
		name   string
		queue  *metrics.QueueView
		others []*metrics.AgentView
		from   string
		people int
	}{
		{"two idle people who can what all its people can", busy(3, 0), []*metrics.AgentView{person("b1", "presale", 0, "money"), person("b2", "presale", 0, "money", "x"), person("c1", "vip", 0, "money")}, "presale", 2},
		{"people with other skills do not help", busy(3, 0), []*metrics.AgentView{person("b1", "presale", 0, "apparel")}, "", 0},
		{"people with sessions do not help", busy(3, 0), []*metrics.AgentView{person("b1", "presale", 1, "money")}, "", 0},
		{"nobody is looked for while a slot is free", busy(3, 1), []*metrics.AgentView{person("b1", "presale", 0, "money")}, "", 0},
		{"nor while nobody waits", busy(0, 0), []*metrics.AgentView{person("b1", "presale", 0, "money")}, "", 0},
	} {
		s := &panel.Scene{Floor: &metrics.FloorView{Agents: metrics.AgentList{Pages: [][]*metrics.AgentView{append(c.others, members...)}}}}
		got := findHelpers(s, []*metrics.QueueView{c.queue})
		if got.from.String() != c.from || got.people != c.people {
			t.Errorf("%s: %d of %q", c.name, got.people, got.from)
		}
	}
}
