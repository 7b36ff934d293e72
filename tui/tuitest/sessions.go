package tuitest

import (
	"context"
	"fmt"
	"slices"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

// sessions fills the lists of sessions that somebody should look at. A calm
// floor has waiting ones only.
func (m *maker) sessions(f *metrics.FloorView) {
	var waiting, active []metrics.SessionView
	for _, q := range f.Tables {
		waiting = append(waiting, q.Waiting...)
	}
	for a := range f.Agents.All {
		active = append(active, a.Legs...)
		if len(active) > metrics.MaxSessionsListed {
			break
		}
	}
	m.list(f, metrics.TabWaiting, waiting, func(v *metrics.SessionView, _ int) int64 { return v.FirstQueuedAt })
	f.Sessions[metrics.TabWaiting].Count = f.Row.Now.Waiting
	if m.o.Calm {
		return
	}
	unanswered := slices.DeleteFunc(slices.Clone(active), func(v metrics.SessionView) bool { return v.UnansweredSince == 0 })
	m.list(f, metrics.TabUnanswered, unanswered, func(v *metrics.SessionView, _ int) int64 { return v.UnansweredSince })
	f.Sessions[metrics.TabUnanswered].Count = f.Row.Now.Unanswered
	m.list(f, metrics.TabHumanAsked, m.withBot(9), func(v *metrics.SessionView, i int) int64 {
		v.HumanAskedSince = m.at - int64(95-9*i)*1000
		return v.HumanAskedSince
	})
	m.list(f, metrics.TabStuckInBot, m.withBot(4), func(v *metrics.SessionView, i int) int64 {
		v.HumanAskedSince, v.BotFailures = m.at-int64(95-12*i)*1000, int32(3+i)
		return v.HumanAskedSince
	})
	m.list(f, metrics.TabHumanOnlyInBot, m.withBot(2), func(v *metrics.SessionView, _ int) int64 {
		v.Topic = clean.Own("资金安全")
		return v.StateSince
	})
	m.list(f, metrics.TabNegative, active[:min(7, len(active))], func(v *metrics.SessionView, i int) int64 {
		v.Emotion = clean.Own([]string{"angry", "negative", "焦虑"}[i%3])
		return v.OpenedAt
	})
	m.list(f, metrics.TabTier3, active[min(10, len(active)):min(13, len(active))], func(v *metrics.SessionView, _ int) int64 {
		v.Tier = 3
		return v.OpenedAt
	})
	m.list(f, metrics.TabCallbacksOverdue, m.withBot(3), func(v *metrics.SessionView, i int) int64 {
		v.State, v.DueAt, v.Queue, v.Channel = metrics.StateQueued, m.at-int64(1900-400*i)*1000, clean.Own("billing"), clean.Own("voice")
		return v.DueAt
	})
	m.list(f, metrics.TabUnpaidOrders, active[min(20, len(active)):min(32, len(active))], func(v *metrics.SessionView, i int) int64 {
		v.OrderAmount, v.OrderCurrency, v.OrderSince = int64(12_900+i*3_350), clean.Own("CNY"), m.at-int64(1500-60*i)*1000
		return v.OrderSince
	})
}

// list files sessions under a tab, oldest first; since sets what the tab shows
// and returns the clock that it is sorted by.
func (m *maker) list(f *metrics.FloorView, tab metrics.SessionTab, from []metrics.SessionView, since func(*metrics.SessionView, int) int64) {
	list := slices.Clone(from)
	clocks := map[clean.Text]int64{}
	for i := range list {
		clocks[list[i].ID] = since(&list[i], i)
	}
	slices.SortStableFunc(list, func(a, b metrics.SessionView) int { return int(clocks[a.ID] - clocks[b.ID]) })
	out := &f.Sessions[tab]
	out.Count = int32(len(list))
	if len(list) > 0 {
		out.OldestSince = clocks[list[0].ID]
	}
	out.Sessions = list[:min(len(list), metrics.MaxSessionsListed)]
}

// withBot makes sessions that the bot has.
func (m *maker) withBot(n int) []metrics.SessionView {
	out := make([]metrics.SessionView, n)
	for i := range out {
		m.session++
		out[i] = metrics.SessionView{
			ID: clean.Own(fmt.Sprintf("b-%06d", m.session)), Channel: clean.Own([]string{"app", "wechat"}[i%2]), State: metrics.StateBot,
			StateSince: m.at - int64(240-20*i)*1000, OpenedAt: m.at - int64(260-20*i)*1000, Messages: int32(6 + i), BotFailures: int32(i % 4),
			Topic: clean.Own([]string{"退款", "delivery", "优惠券"}[i%3]), CustomerClass: clean.Own([]string{"vip", "", ""}[i%3]), Lang: clean.Own("zh"),
		}
	}
	return out
}

// Session makes up the steps of any session that the latest snapshot lists.
func (s *Source) Session(ctx context.Context, _, id string) (metrics.SessionDetail, bool, error) {
	if err := ctx.Err(); err != nil {
		return metrics.SessionDetail{}, false, err
	}
	snapshot := s.Latest()
	for _, f := range snapshot.Floors {
		for tab := range f.Sessions {
			for _, one := range f.Sessions[tab].Sessions {
				if one.ID.String() == id {
					return Detail(one, snapshot.At), true, nil
				}
			}
		}
	}
	return metrics.SessionDetail{}, false, nil
}

// Detail makes up the last steps of a session as it stands.
func Detail(v metrics.SessionView, at int64) metrics.SessionDetail {
	d := metrics.SessionDetail{SessionView: v, Topic: v.Topic}
	d.OpenedAt = at - 512_000
	step := func(secondsAgo int64, t metrics.EventType, by metrics.Party) {
		d.Steps = append(d.Steps, metrics.StepView{At: at - secondsAgo*1000, Type: t, By: by})
	}
	step(512, metrics.TypeSessionOpened, metrics.PartyNone)
	step(505, metrics.TypeSessionBotReply, metrics.PartyNone)
	switch v.State {
	case metrics.StateBot:
		step(300, metrics.TypeSessionMessage, metrics.PartyCustomer)
		step(296, metrics.TypeSessionBotReply, metrics.PartyNone)
		step(95, metrics.TypeSessionHumanRequested, metrics.PartyNone)
	case metrics.StateQueued, metrics.StateOffered:
		step(372, metrics.TypeSessionQueued, metrics.PartyNone)
		step(64, metrics.TypeSessionOffered, metrics.PartyNone)
		step(44, metrics.TypeSessionOfferFailed, metrics.PartyNone)
	default:
		step(470, metrics.TypeSessionHandoff, metrics.PartyNone)
		step(470, metrics.TypeSessionQueued, metrics.PartyNone)
		step(398, metrics.TypeSessionAssigned, metrics.PartyNone)
		step(371, metrics.TypeSessionMessage, metrics.PartyAgent)
		step(320, metrics.TypeSessionMessage, metrics.PartyCustomer)
		step(302, metrics.TypeSessionMessage, metrics.PartyAgent)
		step(280, metrics.TypeSessionHeld, metrics.PartyNone)
		step(221, metrics.TypeSessionResumed, metrics.PartyNone)
		step(204, metrics.TypeSessionMessage, metrics.PartyCustomer)
	}
	return d
}

// Timeline makes up everything that is stored of a session: an episode of the
// day before, then its steps with who had it and where it was.
func (s *Source) Timeline(ctx context.Context, floor, _, id string, report func(read, total int64)) (metrics.Timeline, error) {
	d, found, err := s.Session(ctx, floor, id)
	if err != nil || !found {
		return metrics.Timeline{}, err
	}
	const stored = 208_391
	report(stored, stored)
	from := s.Latest().Floors[0].DayStart - 24*3600*1000
	at := from + 20*3600*1000
	out := metrics.Timeline{Read: stored, From: from, Steps: []metrics.StepView{
		{At: at, Type: metrics.TypeSessionOpened},
		{At: at + 4_000, Type: metrics.TypeSessionQueued, Queue: d.Queue},
		{At: at + 36_000, Type: metrics.TypeSessionAssigned, Agent: clean.Own("a-0007")},
		{At: at + 52_000, Type: metrics.TypeSessionMessage, By: metrics.PartyAgent, Agent: clean.Own("a-0007")},
		{At: at + 230_000, Type: metrics.TypeSessionClosed, By: metrics.PartyAgent, Outcome: metrics.OutcomeCompleted},
	}}
	for i, step := range d.Steps {
		switch step.Type {
		case metrics.TypeSessionOpened:
			if i == 0 {
				step.Type = metrics.TypeSessionReopened
			}
		case metrics.TypeSessionQueued:
			step.Queue = d.Queue
		case metrics.TypeSessionAssigned:
			step.Agent = d.Agent
		}
		out.Steps = append(out.Steps, step)
	}
	return out, nil
}
