package kpi

import (
	"wallboard/metrics"
	"wallboard/metrics/fact"
)

func botSection() []KPI { return append(botShares(), botNow()...) }

func botShares() []KPI {
	return []KPI{
		{ID: "bot_share", NameEN: "Bot share", NameZH: "分流率", Unit: UnitPercent, Kind: Window, Scopes: places | named,
			FormulaEN: "customer-opened sessions closed without a human / closed", FormulaZH: "客户发起且无人工介入关闭 ÷ 已关闭", read: shareOf(fact.ClosedByBot, fact.Closed)},
		{ID: "ai_resolution", NameEN: "AI resolution", NameZH: "AI解决率", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: places | named,
			FormulaEN: "bot-involved episodes closed resolved without a human / bot-involved closed", FormulaZH: "机器人参与且无人工即解决 ÷ 机器人参与已关闭", Target: &Target{Value: 75, Critical: 65, Origin: twelve}, read: shareOf(fact.BotResolved, fact.BotInvolvedClosed), excluded: noVerdict},
		{ID: "ai_resolution_effective", NameEN: "AI resolution, effective", NameZH: "AI有效解决率", Unit: UnitPercent, Direction: More, Kind: Cohort, Scopes: places | named,
			FormulaEN: "the same, with no return within 24 h", FormulaZH: "同上，且24小时内未再进线", Target: &Target{Value: 75, Origin: twelve}, read: aiEffective},
		{ID: "bot_understood", NameEN: "Bot understood", NameZH: "机器人理解率", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: places | named,
			FormulaEN: "replies understood / replies carrying the flag", FormulaZH: "理解的回复 ÷ 带标记的回复", read: shareOf(fact.BotUnderstood, fact.BotReplies)},
		{ID: "handoff_rate", NameEN: "Handed to people", NameZH: "转人工率", Unit: UnitPercent, Direction: Within, Kind: Window, Scopes: places | named,
			FormulaEN: "bot phases ended by hand-off / ended", FormulaZH: "以转人工结束的机器人阶段 ÷ 已结束的机器人阶段", Target: &Target{Lo: 20, Hi: 30, Origin: "guide value 20–30 %"}, read: shareOf(fact.HandedOff, fact.BotPhases)},
		{ID: "handoff_rate_user", NameEN: "Handed over, asked", NameZH: "转人工率·客户要求", Unit: UnitPercent, Kind: Window, Scopes: places | named,
			FormulaEN: "bot phases ended by hand-off because the customer asked / ended", FormulaZH: "因客户要求转人工 ÷ 已结束的机器人阶段", read: shareOf(fact.HandedUser, fact.BotPhases)},
		{ID: "handoff_rate_failures", NameEN: "Handed over, bot failed", NameZH: "转人工率·机器人失败", Unit: UnitPercent, Direction: Less, Kind: Window, Scopes: places | named,
			FormulaEN: "bot phases ended by hand-off because the bot failed / ended", FormulaZH: "因机器人失败转人工 ÷ 已结束的机器人阶段", read: shareOf(fact.HandedFailures, fact.BotPhases)},
		{ID: "handoff_rate_rule", NameEN: "Handed over, by rule", NameZH: "转人工率·规则", Unit: UnitPercent, Kind: Window, Scopes: places | named,
			FormulaEN: "bot phases ended by hand-off by a rule, or without a reason / ended", FormulaZH: "按规则或未说明原因转人工 ÷ 已结束的机器人阶段", read: shareOf(fact.HandedRule, fact.BotPhases)},
		{ID: "handoff_success", NameEN: "Hand-offs answered", NameZH: "转人工成功率", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: places | named,
			FormulaEN: "hand-offs answered by a human / decided", FormulaZH: "人工接起的转人工 ÷ 已判定转人工", read: shareOf(fact.HandoffsAnswered, fact.HandoffsDecided)},
		{ID: "deflection_guard", NameEN: "Over-automation", NameZH: "过度分流", Unit: UnitFlag, Direction: Less, Kind: Fixed, Over: fact.Window60m, Scopes: places,
			FormulaEN: "1 where over 60m bot share is 75 % or more of at least 200 closed, and complaints per opened or escalations per handled are 1.15 × the rate of everything before", FormulaZH: "分流率达75%且投诉或升级率达自身预期1.15倍时为1", read: deflectionGuard},
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
			FormulaEN: "sessions the machines can hold at once", FormulaZH: "机器人可同时接待的会话数", Target: &Target{Value: 1000, Origin: twelve},
			read: func(r *reading) Value {
				if r.now.BotMachines == 0 {
					return Value{}
				}
				return Value{V: float64(r.now.BotCapacity), OK: true, N: int64(r.now.BotMachines)}
			}},
	}
}

func compositeSection() []KPI {
	return []KPI{{ID: "score", NameEN: "Score", NameZH: "综合分", Unit: UnitScore, Direction: More, Kind: Window, Scopes: scopeFloor | scopeQueue | scopeAgent,
		FormulaEN: "40 satisfaction + 30 response + 30 resolution, each from its floor to its goal; at least two parts and 20 cases", FormulaZH: "满意度40 + 响应30 + 解决30，各按起点至目标线性折算；至少两项且20例", read: score}}
}

func noVerdict(r *reading) []Exclusion {
	return []Exclusion{{ExcludedNoBotVerdict, r.count(fact.ClosedAtBot) - r.count(fact.BotInvolvedClosed)}}
}

// What over-automation is: kpis.md names the share, the factor and the least n.
const (
	guardShare  = 75
	guardFactor = 1.15
	guardLeast  = 200
)

// deflectionGuard is the condition at this moment; a rule says for how long it
// must hold. Num is the worse of the two rates against its own expectation, as
// a factor, Den the factor allowed, N the episodes closed. What is expected is
// the rate of everything before the last 60 minutes.
func deflectionGuard(r *reading) Value {
	hour, all := r.over(fact.Window60m), r.over(fact.WindowAll)
	closed := hour.Counts[fact.Closed]
	if closed < guardLeast {
		return Value{N: closed}
	}
	worst, known := 0.0, false
	for _, p := range [...][2]fact.Count{{fact.Complaints, fact.Opened}, {fact.Escalated, fact.HandledSessions}} {
		now := percent(hour.Counts[p[0]], hour.Counts[p[1]])
		before := percent(all.Counts[p[0]]-hour.Counts[p[0]], all.Counts[p[1]]-hour.Counts[p[1]])
		if now.OK && before.OK && before.V > 0 {
			worst, known = max(worst, now.V/before.V), true
		}
	}
	if !known {
		return Value{N: closed}
	}
	v := Value{OK: true, N: closed, Num: worst, Den: guardFactor}
	if percent(hour.Counts[fact.ClosedByBot], closed).V >= guardShare && worst >= guardFactor {
		v.V = 1
	}
	return v
}

// leastOfScore is how many cases a part of the score must rest on.
const leastOfScore = 20

// score joins satisfaction, response and resolution. A part below the least n
// leaves its weight to the others; one part alone is no score.
func score(r *reading) Value {
	response, zero, full := meanSeconds(r.count(fact.ResponseMs), r.count(fact.TurnsAnswered)), 180.0, 45.0
	if !response.OK { // voice has no turns
		response, zero, full = meanSeconds(r.count(fact.WaitAnsweredMs), r.count(fact.Answered)), 120, 20
	}
	v, parts := Value{}, 0
	for _, p := range [...]struct {
		Value
		weight, zero, full float64
	}{
		{percent(r.count(fact.RatingsGood), r.count(fact.Ratings)), 40, 60, 90},
		{response, 30, zero, full},
		{percent(r.count(fact.Resolved), r.count(fact.Resolved)+r.count(fact.Unresolved)), 30, 60, 90},
	} {
		if p.OK && p.N >= leastOfScore {
			v.Num += p.weight * 100 * min(1, max(0, (p.V-p.zero)/(p.full-p.zero)))
			v.Den += p.weight
			if parts++; parts == 1 || p.N < v.N {
				v.N = p.N
			}
		}
	}
	if parts < 2 {
		return Value{N: v.N}
	}
	v.V, v.OK = v.Num/v.Den, true
	if parts < 3 {
		v.Note = NotePartly
	}
	return v
}
