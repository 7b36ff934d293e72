package kpi

import (
	"wallboard/metrics"
	"wallboard/metrics/fact"
)

func botSection() []KPI { return append(botShares(), botNow()...) }

func botShares() []KPI {
	return []KPI{
		{ID: "bot_share", NameEN: "Bot share", NameZH: "分流率", Unit: UnitPercent, Kind: Window, Scopes: places,
			FormulaEN: "customer-opened sessions closed without a human / closed", FormulaZH: "客户发起且无人工介入关闭 ÷ 已关闭", read: shareOf(fact.ClosedByBot, fact.Closed)},
		{ID: "ai_resolution", NameEN: "AI resolution", NameZH: "AI解决率", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: places,
			FormulaEN: "bot-involved episodes closed resolved without a human / bot-involved closed", FormulaZH: "机器人参与且无人工即解决 ÷ 机器人参与已关闭", Target: &Target{Value: 75, Critical: 65, Origin: twelve}, read: shareOf(fact.BotResolved, fact.BotInvolvedClosed)},
		{ID: "ai_resolution_effective", NameEN: "AI resolution, effective", NameZH: "AI有效解决率", Unit: UnitPercent, Direction: More, Kind: Cohort, Scopes: places,
			FormulaEN: "the same, with no return within 24 h", FormulaZH: "同上，且24小时内未再进线", Target: &Target{Value: 75, Origin: twelve}},
		{ID: "bot_understood", NameEN: "Bot understood", NameZH: "机器人理解率", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: places,
			FormulaEN: "replies understood / replies carrying the flag", FormulaZH: "理解的回复 ÷ 带标记的回复", read: shareOf(fact.BotUnderstood, fact.BotReplies)},
		{ID: "handoff_rate", NameEN: "Handed to people", NameZH: "转人工率", Unit: UnitPercent, Direction: Within, Kind: Window, Scopes: places,
			FormulaEN: "bot phases ended by hand-off / ended", FormulaZH: "以转人工结束的机器人阶段 ÷ 已结束的机器人阶段", Target: &Target{Lo: 20, Hi: 30, Origin: "guide value 20–30 %"}, read: shareOf(fact.HandedOff, fact.BotPhases)},
		{ID: "handoff_success", NameEN: "Hand-offs answered", NameZH: "转人工成功率", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: places,
			FormulaEN: "hand-offs answered by a human / decided", FormulaZH: "人工接起的转人工 ÷ 已判定转人工"},
		{ID: "deflection_guard", NameEN: "Over-automation", NameZH: "过度分流", Unit: UnitFlag, Direction: Less, Kind: Window, Scopes: places,
			FormulaEN: "1 where bot share is 75 % or more and complaints or escalations are 1.15 × their own expectation", FormulaZH: "分流率达75%且投诉或升级率达自身预期1.15倍时为1"},
	}
}

func botNow() []KPI {
	return []KPI{
		{ID: "stuck_in_bot", NameEN: "Stuck with the bot", NameZH: "困在机器人", Unit: UnitCount, Direction: Less, Kind: Now, Scopes: places,
			FormulaEN: "with the bot now after 3 failures in a row, or a person asked for over 30 s ago", FormulaZH: "当前在机器人且连续失败3次，或30秒前已要求人工", read: nowOf(func(n *metrics.Now) int32 { return n.StuckInBot })},
		{ID: "stuck_in_bot_oldest", NameEN: "Longest stuck with the bot", NameZH: "困在机器人最久", Unit: UnitSeconds, Direction: Less, Kind: Now, Scopes: places,
			FormulaEN: "now − since when the longest is stuck", FormulaZH: "当前时间 − 最早被困的开始", Target: &Target{Value: 60, Critical: 180, Origin: "shipped default"},
			read: ageOf(func(n *metrics.Now) (int64, int32) { return n.StuckSince, n.StuckInBot })},
		{ID: "human_only_in_bot", NameEN: "Human-only with the bot", NameZH: "须人工却在机器人", Unit: UnitCount, Direction: Less, Kind: Now, Scopes: places,
			FormulaEN: "on a human-only topic with the bot now", FormulaZH: "当前在机器人的须人工主题会话", read: nowOf(func(n *metrics.Now) int32 { return n.HumanOnlyInBot })},
		{ID: "bot_active", NameEN: "With the bot", NameZH: "机器人接待中", Unit: UnitCount, Kind: Now, Scopes: places,
			FormulaEN: "sessions with the bot now", FormulaZH: "当前由机器人接待的会话", read: nowOf(func(n *metrics.Now) int32 { return n.BotActive })},
		{ID: "bot_active_peak", NameEN: "With the bot, peak", NameZH: "机器人接待峰值", Unit: UnitCount, Kind: Window, Scopes: places,
			FormulaEN: "most sessions with the bot at once", FormulaZH: "同时由机器人接待的最高会话数", read: func(r *reading) Value { return number(r.over(r.window).Peaks[fact.PeakBotActive]) }},
		{ID: "bot_capacity", NameEN: "Bot capacity", NameZH: "机器人容量", Unit: UnitCount, Direction: More, Kind: Now, Scopes: places,
			FormulaEN: "sessions the machines can hold at once", FormulaZH: "机器人可同时接待的会话数", Target: &Target{Value: 1000, Origin: twelve}},
	}
}

func compositeSection() []KPI {
	return []KPI{{ID: "score", NameEN: "Score", NameZH: "综合分", Unit: UnitScore, Direction: More, Kind: Window, Scopes: scopeFloor | scopeQueue | scopeAgent,
		FormulaEN: "40 satisfaction + 30 response + 30 resolution, each from its floor to its goal; at least two parts and 20 cases", FormulaZH: "满意度40 + 响应30 + 解决30，各按起点至目标线性折算；至少两项且20例"}}
}
