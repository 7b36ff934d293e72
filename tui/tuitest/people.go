package tuitest

import (
	"fmt"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
)

func teams() []string { return []string{"returns", "售前一组", "售后二组", "vip", "night"} }

func names() []string {
	return []string{"Lin Wei", "王小明", "Chen Jie", "李婷", "Zhao Min", "张伟", "Anna Kowalska", "刘洋", "Sun Lei", "陈静", "Wu Hao", "黄丽", "Tom Baker", "周强", "Xu Na", "马超"}
}

// people fills agents, teams, presence and the AI agents of the floor.
func (m *maker) people(f *metrics.FloorView) {
	const pageSize = 64
	var page []*metrics.AgentView
	byTeam := map[string]*metrics.Now{}
	for i := range m.o.Agents {
		a := m.agent(f, i)
		count(f.Row.Now, a)
		now := f.Tables[i%len(f.Tables)].Row.Now
		now.Presence[a.Presence]++
		if a.Draining {
			now.Draining++
		}
		team := byTeam[a.Team.String()]
		if team == nil {
			team = &metrics.Now{}
			byTeam[a.Team.String()] = team
		}
		count(team, a)
		page = append(page, a)
		if len(page) == pageSize {
			f.Agents.Pages, page = append(f.Agents.Pages, page), nil
		}
	}
	if len(page) > 0 {
		f.Agents.Pages = append(f.Agents.Pages, page)
	}
	for _, name := range teams() {
		now := byTeam[name]
		if now == nil {
			continue
		}
		key := metrics.Key{Scope: metrics.ScopeTeam, Floor: f.ID, Team: clean.Own(name)}
		f.Teams = append(f.Teams, &metrics.Row{Key: key, Level: f.Row.Level, Now: now, View: f.Row.View})
	}
	for i := range max(0, m.o.Bots) {
		f.Roster = append(f.Roster, &metrics.AgentView{
			ID: clean.Own(fmt.Sprintf("bot-%d", i+1)), Name: clean.Own(fmt.Sprintf("小助手 %d", i+1)), Bot: true,
			Presence: metrics.PresenceAvailable, PresenceSince: m.day, SlotsUsed: int32(120 + 30*i), Slots: 1000,
			Row: &metrics.Row{Key: metrics.Key{Scope: metrics.ScopeAgent, Floor: f.ID}, Now: &metrics.Now{}, View: new(fixed)},
		})
	}
	f.Row.Now.BotActive, f.Row.Now.StuckInBot, f.Row.Now.StuckSince = int32(140*max(0, m.o.Bots)), 4, m.at-95_000
}

// count adds one agent to the presence figures.
func count(n *metrics.Now, a *metrics.AgentView) {
	n.Presence[a.Presence]++
	n.Activity[a.Activity]++
	if a.Draining {
		n.Draining++
	}
	if a.SlotsUsed > 0 {
		n.BusyPeople++
	}
}

// agent makes the i-th person; the first few stand for the situations that the
// agents page puts on top.
func (m *maker) agent(f *metrics.FloorView, i int) *metrics.AgentView {
	table := f.Tables[i%len(f.Tables)]
	team := teams()[i%len(teams())]
	a := &metrics.AgentView{
		ID: clean.Own(fmt.Sprintf("%05d", 1000+i)), Name: clean.Own(names()[i%len(names())]), Team: clean.Own(team),
		Tier: int8(1 + i%3), Presence: metrics.PresenceAvailable, PresenceSince: m.at - int64(600+i%7000)*1000,
		Slots: 5, SlotsUsed: int32(2 + i%3), Queues: []clean.Text{table.Queue},
		Skills: []clean.Text{clean.Own("refund")}, Langs: []clean.Text{clean.Own("zh")},
	}
	a.Activity, a.ActivitySince = metrics.ActivityEngaged, m.at-int64(30+i%400)*1000
	if !m.o.Calm {
		m.situation(a, i)
	}
	a.Channels = ^uint64(0)
	if i%4 == 0 && len(f.Tables) > 1 {
		a.Queues = append(a.Queues, f.Tables[(i+1)%len(f.Tables)].Queue)
	}
	switch i % 11 {
	case 9:
		if a.PauseUntil == 0 {
			a.PauseUntil = m.at + int64(i%5*11+4)*60_000
		}
		a.Presence, a.PresenceReason, a.SlotsUsed, a.Activity = metrics.PresencePaused, clean.Own("meal"), 0, metrics.ActivityIdle
	case 10:
		a.Presence, a.SlotsUsed, a.Activity = metrics.PresenceOffline, 0, metrics.ActivityIdle
	}
	for k := range int(a.SlotsUsed) {
		m.session++
		leg := metrics.SessionView{
			ID: clean.Own(fmt.Sprintf("s-%06d", m.session)), Channel: table.Channel, Queue: table.Queue, Agent: a.ID,
			State: metrics.StateActive, StateSince: m.at - int64(60+70*k)*1000, OpenedAt: m.at - int64(120+70*k)*1000, Messages: int32(4 + 3*k),
		}
		if int32(k) < a.Unanswered {
			leg.UnansweredSince = a.UnansweredSince + int64(k)*9000
		}
		a.Legs = append(a.Legs, leg)
		a.LongestLegSince = leg.StateSince
	}
	q := queueSpec{inflow: .2, onTime: .9, frt: 20 + float64(i%30), answerWithin: 60, used: a.SlotsUsed, slots: a.Slots}
	key := metrics.Key{Scope: metrics.ScopeAgent, Floor: f.ID, Agent: a.ID}
	now := &metrics.Now{ActiveLegs: a.SlotsUsed, TalkLegs: a.SlotsUsed, Unanswered: a.Unanswered, UnansweredSince: a.UnansweredSince, SlotsUsed: a.SlotsUsed, Slots: a.Slots, LoadPeople: 1, LoadShare: int64(share(a.SlotsUsed, a.Slots) * fact.ShareUnit)}
	a.Row = &metrics.Row{Key: key, Level: table.Row.Level, Now: now, View: m.view(q)}
	f.Words = []clean.Text{{}, clean.Own("meal"), clean.Own("coffee"), clean.Own("training")}
	a.Day = m.dayOf(a, i)
	return a
}

// dayOf makes up the changes of presence of a shift that began at half past
// eight, up to how the person stands.
func (m *maker) dayOf(a *metrics.AgentView, i int) []metrics.PresenceMark {
	minute := func(n int) int64 { return m.day + int64(8*60+30+n)*60_000 }
	out := []metrics.PresenceMark{
		metrics.MarkPresence(m.day-7*3_600_000, metrics.PresenceOffline, 0),
		metrics.MarkPresence(minute(i%7), metrics.PresenceAvailable, 0),
		metrics.MarkPresence(minute(95+i%20), metrics.PresencePaused, 2),
		metrics.MarkPresence(minute(107+i%20), metrics.PresenceAvailable, 0),
		metrics.MarkPresence(minute(200+i%30), metrics.PresencePaused, 1),
		metrics.MarkPresence(minute(245+i%30), metrics.PresenceAvailable, 0),
		metrics.MarkPresence(minute(280), metrics.PresenceAway, 3),
		metrics.MarkPresence(minute(300), metrics.PresenceAvailable, 0),
	}
	if a.Presence != metrics.PresenceAvailable {
		out = append(out, metrics.MarkPresence(a.PresenceSince, a.Presence, 1))
	}
	return out
}

func (m *maker) situation(a *metrics.AgentView, i int) {
	switch i {
	case 3, 17:
		a.Unanswered, a.UnansweredSince = 2, m.at-int64(200+i)*1000
	case 5:
		a.SlotsUsed = 6
	case 8:
		a.MissedOffers15m = 3
	case 12:
		a.Activity, a.SlotsUsed, a.IdleWhileWaitingSince = metrics.ActivityIdle, 0, m.at-75_000
	case 14:
		a.Activity, a.WrapSince, a.SlotsUsed = metrics.ActivityWrapping, m.at-400_000, 1
	case 20:
		a.Presence, a.PresenceReason, a.PauseUntil = metrics.PresencePaused, clean.Own("coffee"), m.at-120_000
	case 23:
		a.Presence, a.Draining = metrics.PresenceAway, true
	}
}
