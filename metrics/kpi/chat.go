package kpi

import (
	"fmt"

	"wallboard/metrics"
	"wallboard/metrics/fact"
)

func chatSection() []KPI {
	all := []KPI{
		{ID: "frt_p50", NameEN: "First response, median", NameZH: "首次响应中位数", Unit: UnitSeconds, Direction: Less, Kind: Window, Scopes: everywhere,
			FormulaEN: "median of first human reply − start", FormulaZH: "（首次人工回复 − 起点）的中位数", read: quantileOf(fact.DistFRT, p50)},
		{ID: "frt_p90", NameEN: "First response p90", NameZH: "首次响应P90", Unit: UnitSeconds, Direction: Less, Kind: Window, Scopes: everywhere,
			FormulaEN: "nine in ten first human replies came no later after the start", FormulaZH: "九成首次人工回复不晚于此值",
			Target: &Target{Value: 180, Critical: 300, Origin: "twelve indicators"}, Channels: []ChannelTarget{onEmail()}, read: quantileOf(fact.DistFRT, p90)},
		{ID: "frt_mean", NameEN: "First response, mean", NameZH: "平均首次响应", Unit: UnitSeconds, Direction: Less, Kind: Window, Scopes: everywhere,
			FormulaEN: "sum of first response times / first replies", FormulaZH: "首次响应时间总和 ÷ 首次回复数", read: meanOf(fact.FRTMs, fact.FirstReplies)},
		{ID: "frt_live", NameEN: "Awaiting first reply", NameZH: "等待首次响应", Unit: UnitCount, Direction: Less, Kind: Now, Scopes: everywhere,
			FormulaEN: "sessions waiting for a first human reply now", FormulaZH: "当前等待首次人工回复的会话", read: nowOf(func(n *metrics.Now) int32 { return n.AwaitingFirst })},
		{ID: "frt_live_oldest", NameEN: "Oldest without reply", NameZH: "最久未首响", Unit: UnitSeconds, Direction: Less, Kind: Now, Scopes: everywhere,
			FormulaEN: "now − start of the oldest session waiting for a first reply", FormulaZH: "当前时间 − 最早未首响会话的起点",
			read: ageOf(func(n *metrics.Now) (int64, int32) { return n.AwaitingFirstSince, n.AwaitingFirst })},
	}
	for _, m := range []struct {
		seconds int
		count   fact.Count
		beyond  func(*metrics.Now) int32
	}{
		{30, fact.FRTWithin30, func(n *metrics.Now) int32 { return n.AwaitingBeyond30 }},
		{60, fact.FRTWithin60, func(n *metrics.Now) int32 { return n.AwaitingBeyond60 }},
		{180, fact.FRTWithin180, func(n *metrics.Now) int32 { return n.AwaitingBeyond180 }},
	} {
		all = append(all, frtWithin(m.seconds, m.count, m.beyond)...)
	}
	return append(all, chatTurns()...)
}

func frtWithin(t int, c fact.Count, beyond func(*metrics.Now) int32) []KPI {
	return []KPI{
		{ID: fmt.Sprintf("frt_within_%d", t), NameEN: fmt.Sprintf("First reply in %d s", t), NameZH: fmt.Sprintf("%d秒首响率", t), Unit: UnitPercent, Direction: More, Kind: Window, Scopes: everywhere,
			FormulaEN: fmt.Sprintf("first replies within %d s / (first replies + left unanswered)", t), FormulaZH: fmt.Sprintf("%d秒内首次回复 ÷（首次回复 + 未回复即关闭）", t),
			read: shareOf(c, fact.FirstReplies, fact.LeftUnanswered)},
		{ID: fmt.Sprintf("frt_within_live_%d", t), NameEN: fmt.Sprintf("First reply in %d s, live", t), NameZH: fmt.Sprintf("%d秒首响率（实时）", t), Unit: UnitPercent, Direction: More, Kind: Window, Scopes: everywhere,
			FormulaEN: fmt.Sprintf("first replies within %d s / (first replies + left unanswered + waiting now beyond %d s)", t, t), FormulaZH: fmt.Sprintf("%d秒内首次回复 ÷（首次回复 + 未回复即关闭 + 当前等待超%d秒）", t, t),
			read: func(r *reading) Value {
				return percent(r.count(c), r.count(fact.FirstReplies)+r.count(fact.LeftUnanswered)+int64(beyond(r.now)))
			}},
	}
}

func chatTurns() []KPI {
	return []KPI{
		{ID: "left_unanswered", NameEN: "Left unanswered", NameZH: "未回复即关闭", Unit: UnitCount, Direction: Less, Kind: Window, Scopes: everywhere,
			FormulaEN: "episodes closed after assignment without a human reply", FormulaZH: "分配后未有人工回复即关闭的服务", read: countOf(fact.LeftUnanswered)},
		{ID: "response_p50", NameEN: "Response, median", NameZH: "响应时间中位数", Unit: UnitSeconds, Direction: Less, Kind: Window, Scopes: everywhere,
			FormulaEN: "median over turns answered of reply − first unanswered message", FormulaZH: "已回复轮次的响应时间中位数", read: quantileOf(fact.DistResponse, p50)},
		{ID: "response_p90", NameEN: "Response p90", NameZH: "响应时间P90", Unit: UnitSeconds, Direction: Less, Kind: Window, Scopes: everywhere,
			FormulaEN: "nine in ten turns were answered no later", FormulaZH: "九成轮次的响应不晚于此值", read: quantileOf(fact.DistResponse, p90)},
		{ID: "response_mean", NameEN: "Response, mean", NameZH: "平均响应时间", Unit: UnitSeconds, Direction: Less, Kind: Window, Scopes: everywhere,
			FormulaEN: "sum of response times / turns answered", FormulaZH: "响应时间总和 ÷ 已回复轮次",
			Target: &Target{Value: 45, Critical: 60, Origin: "guide values 30–45 s (JD), 30–60 s (Taobao)"}, read: meanOf(fact.ResponseMs, fact.TurnsAnswered)},
		{ID: "reply_rate_3m", NameEN: "Replied in 3 min", NameZH: "三分钟回复率", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: everywhere,
			FormulaEN: "turns answered within 180 s / turns decided", FormulaZH: "180秒内回复的轮次 ÷ 已判定轮次", read: shareOf(fact.TurnsWithin180, fact.TurnsDecided)},
		{ID: "unanswered", NameEN: "Unanswered", NameZH: "待回复会话", Unit: UnitCount, Direction: Less, Kind: Now, Scopes: everywhere,
			FormulaEN: "active sessions whose last message is the customer's", FormulaZH: "最后一条消息来自客户的进行中会话", read: nowOf(func(n *metrics.Now) int32 { return n.Unanswered })},
		{ID: "unanswered_oldest", NameEN: "Oldest unanswered", NameZH: "最久待回复", Unit: UnitSeconds, Direction: Less, Kind: Now, Scopes: everywhere,
			FormulaEN: "now − first unanswered message of the oldest unanswered session", FormulaZH: "当前时间 − 最早待回复会话的首条未回复消息",
			Target: &Target{Value: 180, Critical: 300, Origin: "shipped default, chat"}, Channels: []ChannelTarget{onEmail()},
			read: ageOf(func(n *metrics.Now) (int64, int32) { return n.UnansweredSince, n.Unanswered })},
		{ID: "turn_backlog", NameEN: "Turn backlog", NameZH: "轮次积压", Unit: UnitPerMin, Direction: Less, Kind: Fixed, Over: fact.Window5m, Scopes: everywhere,
			FormulaEN: "(turns begun − answered) in the last 5m / minutes", FormulaZH: "近5分钟（开始 − 已回复）的轮次 ÷ 分钟数",
			read: func(r *reading) Value {
				s := r.over(fact.Window5m)
				begun, answered := s.Counts[fact.TurnsBegun], s.Counts[fact.TurnsAnswered]
				return Value{V: float64(begun-answered) / 5, OK: true, N: begun + answered, Num: float64(begun - answered), Den: 5}
			}},
		{ID: "omnichannel_rate", NameEN: "Omnichannel response", NameZH: "全渠道响应率", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: places,
			FormulaEN: "sessions with a human or bot reply within the channel's T / sessions opened and decided", FormulaZH: "在渠道时限内得到人工或机器人回复的会话 ÷ 已开启并判定的会话",
			Target: &Target{Value: 95, Critical: 90, Origin: "twelve indicators"}, read: shareOf(fact.OmniReplied, fact.OmniDecided)},
	}
}
