package kpi

import (
	"fmt"

	"wallboard/metrics"
	"wallboard/metrics/fact"
)

const twelve = "twelve indicators"

func qualitySection() []KPI {
	all := append(satisfaction(), resolution()...)
	all = append(all, sales()...)
	return append(all, conduct()...)
}

func satisfaction() []KPI {
	return []KPI{
		{ID: "csat", NameEN: "Satisfaction", NameZH: "满意度", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: everywhere | named,
			FormulaEN: "first ratings with 5·score ≥ 4·scale / first ratings", FormulaZH: "满意（5×分数 ≥ 4×满分）的首次评价 ÷ 首次评价", Target: &Target{Value: 90, Critical: 80, Origin: twelve}, read: shareOf(fact.RatingsGood, fact.Ratings)},
		{ID: "csat_response_rate", NameEN: "Rated", NameZH: "评价率", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: everywhere | named,
			FormulaEN: "first ratings / episodes closed that a person had", FormulaZH: "首次评价 ÷ 人工处理且已关闭的服务", read: shareOf(fact.Ratings, fact.ClosedHuman)},
		{ID: "csat_weighted", NameEN: "Satisfaction, weighted", NameZH: "加权满意度", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: everywhere | named,
			FormulaEN: "30 speed + 40 outcome + 20 attitude + 10 skill, each the satisfied share of that part", FormulaZH: "速度30 + 结果40 + 态度20 + 专业10，各取该项满意占比", read: csatWeighted, excluded: unratedParts},
		{ID: "time_to_resolve", NameEN: "Time to resolve", NameZH: "解决时长", Unit: UnitSeconds, Direction: Less, Kind: Window, Scopes: everywhere | named,
			FormulaEN: "mean over closes resolved of close − first opened, reopenings included", FormulaZH: "已解决关闭的平均时长：关闭 − 首次开启（含重开）", read: meanOf(fact.ResolveMs, fact.Resolved)},
		{ID: "complaint_cycle", NameEN: "Complaint cycle", NameZH: "投诉处理周期", Unit: UnitSeconds, Direction: Less, Kind: Window, Scopes: everywhere | named,
			FormulaEN: "time to resolve over complaints", FormulaZH: "投诉会话的解决时长", read: meanOf(fact.ComplaintResolveMs, fact.ComplaintsResolved)},
		{ID: "backlog_age_4h", NameEN: "Open over 4 h", NameZH: "超4小时未结", Unit: UnitCount, Direction: Less, Kind: Now, Scopes: places,
			FormulaEN: "sessions open longer than 4 h", FormulaZH: "开启超过4小时仍未结的会话", read: nowOf(func(n *metrics.Now) int32 { return n.OpenOver4h })},
		{ID: "backlog_age_24h", NameEN: "Open over 24 h", NameZH: "超24小时未结", Unit: UnitCount, Direction: Less, Kind: Now, Scopes: places,
			FormulaEN: "sessions open longer than 24 h", FormulaZH: "开启超过24小时仍未结的会话", read: nowOf(func(n *metrics.Now) int32 { return n.OpenOver24h })},
	}
}

func resolution() []KPI {
	return []KPI{
		{ID: "resolution_rate", NameEN: "Resolution", NameZH: "解决率", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: everywhere | named,
			FormulaEN: "resolved / (resolved + unresolved)", FormulaZH: "已解决 ÷（已解决 + 未解决）", Target: &Target{Value: 80, Critical: 70, Origin: "guide value 80–90 %"}, read: shareOf(fact.Resolved, fact.Resolved, fact.Unresolved)},
		{ID: "fcr", NameEN: "First contact resolution", NameZH: "首次解决率", Unit: UnitPercent, Direction: More, Kind: Cohort, Scopes: everywhere | named,
			FormulaEN: "resolved with no reopening by the customer and no new session of the same customer and topic within 24 h / resolved", FormulaZH: "24小时内未被客户重开且无同客户同主题新会话的已解决 ÷ 已解决", Target: &Target{Value: 80, Origin: twelve}, read: fcr},
		{ID: "reopen_rate", NameEN: "Reopened", NameZH: "重开率", Unit: UnitPercent, Direction: Less, Kind: Window, Scopes: everywhere | named,
			FormulaEN: "reopened by the customer / closed", FormulaZH: "客户重开 ÷ 已关闭", read: shareOf(fact.Reopened, fact.Closed)},
		{ID: "repeat_rate", NameEN: "Repeat contact", NameZH: "重复进线率", Unit: UnitPercent, Direction: Less, Kind: Cohort, Scopes: places | scopeTouchpoint,
			FormulaEN: "opened by a customer seen within 24 h / opened by customers", FormulaZH: "24小时内来过的客户开启 ÷ 客户开启", read: shareOf(fact.Repeats, fact.OpenedByCustomer)},
		{ID: "repeat_complaint", NameEN: "Repeat complaints", NameZH: "重复投诉率", Unit: UnitPercent, Direction: Less, Kind: Now, Scopes: places,
			FormulaEN: "customers with two or more complaint sessions in the 7 days up to now / with one", FormulaZH: "至今7天内两次及以上投诉的客户 ÷ 有投诉的客户",
			read: func(r *reading) Value { return percent(int64(r.now.RepeatComplainants), int64(r.now.Complainants)) }},
		{ID: "transfer_rate", NameEN: "Transferred", NameZH: "转接率", Unit: UnitPercent, Direction: Less, Kind: Window, Scopes: everywhere,
			FormulaEN: "sessions with at least one transfer / handled sessions", FormulaZH: "有过转接的会话 ÷ 处理会话", read: shareOf(fact.TransferredOut, fact.HandledSessions)},
		{ID: "transfer_success", NameEN: "Transfers answered", NameZH: "转接成功率", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: everywhere,
			FormulaEN: "transfers answered by a human / decided", FormulaZH: "人工接起的转接 ÷ 已判定转接", read: shareOf(fact.TransfersAnswered, fact.TransfersDecided)},
		{ID: "escalation_rate", NameEN: "Escalated", NameZH: "升级率", Unit: UnitPercent, Direction: Less, Kind: Window, Scopes: everywhere,
			FormulaEN: "sessions reaching tier 2 or 3 / handled sessions", FormulaZH: "升至第2或第3层的会话 ÷ 处理会话", read: shareOf(fact.Escalated, fact.HandledSessions)},
		{ID: "complaint_rate", NameEN: "Complaints", NameZH: "投诉率", Unit: UnitPercent, Direction: Less, Kind: Window, Scopes: everywhere | named,
			FormulaEN: "sessions tagged complaint / opened", FormulaZH: "标记投诉的会话 ÷ 开启", read: shareOf(fact.Complaints, fact.Opened)},
		{ID: "refund_rate", NameEN: "Refund requests", NameZH: "退款率", Unit: UnitPercent, Direction: Less, Kind: Window, Scopes: everywhere | named,
			FormulaEN: "sessions tagged refund / opened", FormulaZH: "标记退款的会话 ÷ 开启", read: shareOf(fact.Refunds, fact.Opened)},
		{ID: "topic_spike", NameEN: "Topic spike", NameZH: "主题突增", Unit: UnitFlag, Direction: Less, Kind: Now, Scopes: scopeFloor | scopeTopic,
			FormulaEN: "1 where over 60m a topic's share of at least 20 tagged sessions is 1.5 × its share before, by more than three standard deviations; of a floor: any topic", FormulaZH: "60分钟内某主题在至少20个已标记会话中的占比达此前的1.5倍且超出三个标准差时为1；楼面：任一主题", read: topicSpike},
	}
}

func sales() []KPI {
	return []KPI{
		{ID: "conversion", NameEN: "Conversion", NameZH: "转化率", Unit: UnitPercent, Direction: More, Kind: Cohort, Scopes: places | scopeTouchpoint,
			FormulaEN: "sessions credited with a paid order / customer-opened sessions", FormulaZH: "归因付款订单的会话 ÷ 客户发起的会话", read: conversion},
		{ID: "enquiry_conversion", NameEN: "Enquiry conversion", NameZH: "询单转化率", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: places | scopeTouchpoint,
			FormulaEN: "customers with an order / customers who asked, per business day", FormulaZH: "下单客户数 ÷ 询单客户数（按营业日）", read: enquiryConversion},
		{ID: "conversion_uplift", NameEN: "Conversion uplift", NameZH: "转化提升", Unit: UnitPercent, Direction: Within, Kind: Cohort, Scopes: places | scopeTouchpoint,
			FormulaEN: "conversion ÷ configured base − 1", FormulaZH: "转化率 ÷ 配置基线 − 1", Target: &Target{Lo: 15, Hi: 30, Origin: twelve}, read: conversionUplift},
		{ID: "insight_conversion", NameEN: "Insight conversion", NameZH: "洞察转化提升", Unit: UnitPercent, Direction: More, Kind: Cohort, Scopes: places | scopeTouchpoint,
			FormulaEN: "conversion of insight sessions ÷ of the others − 1", FormulaZH: "洞察会话转化率 ÷ 其他会话转化率 − 1", Target: &Target{Value: 20, Origin: twelve}, read: insightConversion},
		{ID: "unpaid_orders", NameEN: "Unpaid orders", NameZH: "未付款订单", Unit: UnitCount, Direction: Less, Kind: Now, Scopes: places,
			FormulaEN: "orders created, neither paid nor cancelled", FormulaZH: "已创建、未付款且未取消的订单", read: nowOf(func(n *metrics.Now) int32 { return n.Unpaid })},
		{ID: "unpaid_orders_oldest", NameEN: "Oldest unpaid order", NameZH: "最久未付款订单", Unit: UnitSeconds, Direction: Less, Kind: Now, Scopes: places,
			FormulaEN: "now − creation of the oldest unpaid order", FormulaZH: "当前时间 − 最早未付款订单的创建", read: ageOf(func(n *metrics.Now) (int64, int32) { return n.UnpaidSince, n.Unpaid })},
		{ID: "unpaid_orders_amount", NameEN: "Unpaid amount", NameZH: "未付款金额", Unit: UnitAmount, Direction: Less, Kind: Now, Scopes: places,
			FormulaEN: "sum of the unpaid orders in the floor's currency", FormulaZH: "未付款订单的金额总和（楼面币种）",
			read: func(r *reading) Value { return Value{V: float64(r.now.Owed) / 100, OK: true, N: int64(r.now.Unpaid)} }},
		{ID: "order_amount", NameEN: "Orders paid, amount", NameZH: "成交金额", Unit: UnitAmount, Direction: More, Kind: Window, Scopes: everywhere | named,
			FormulaEN: "sum of the orders paid in the floor's currency", FormulaZH: "已付款订单的金额总和（楼面币种）", read: amountOf(fact.AmountPaid)},
		{ID: "amount_net", NameEN: "Orders paid, net", NameZH: "净成交金额", Unit: UnitAmount, Direction: More, Kind: Window, Scopes: everywhere | named,
			FormulaEN: "the same − refunds", FormulaZH: "成交金额 − 退款", read: amountOf(fact.AmountPaid, fact.AmountRefunded)},
		{ID: "reminder_conversion", NameEN: "Reminder conversion", NameZH: "催付转化率", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: everywhere | named,
			FormulaEN: "paid after a reminder / reminded", FormulaZH: "催付后付款 ÷ 已催付", read: shareOf(fact.ReminderPaid, fact.Reminded)},
		{ID: "repurchase_rate", NameEN: "Repurchase", NameZH: "复购率", Unit: UnitPercent, Direction: More, Kind: Cohort, Scopes: everywhere | named,
			FormulaEN: "episodes closed that a person had, of customers who had ordered, with a further order within 24 h / all of them", FormulaZH: "曾下单客户经人工服务关闭后24小时内再次下单的服务 ÷ 曾下单客户经人工服务关闭的服务", read: repurchase},
		{ID: "touchpoint_value", NameEN: "Touchpoint value", NameZH: "触点价值", Unit: UnitAmount, Direction: More, Kind: Window, Scopes: places | named,
			FormulaEN: "amount of orders paid in the floor's currency / opened", FormulaZH: "已付款订单金额（楼面币种）÷ 开启", read: touchpointValue},
	}
}

func conduct() []KPI {
	all := []KPI{
		{ID: "compliance_rate", NameEN: "Compliance", NameZH: "合规率", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: everywhere | named,
			FormulaEN: "screened sessions without a violation / screened", FormulaZH: "无违规的质检会话 ÷ 质检会话", Target: &Target{Value: 99.9, Origin: twelve}, read: compliance},
		{ID: "emotion_index", NameEN: "Negative mood", NameZH: "负面情绪指数", Unit: UnitPercent, Direction: Less, Kind: Now, Scopes: everywhere,
			FormulaEN: "open labelled sessions whose last confident label is negative / open labelled sessions", FormulaZH: "末次可信标签为负面的进行中会话 ÷ 有标签的进行中会话",
			read: func(r *reading) Value { return percent(int64(r.now.Negative), int64(r.now.Labelled)) }},
		{ID: "emotion_index_human", NameEN: "Negative mood, people", NameZH: "负面情绪指数（人工）", Unit: UnitPercent, Direction: Less, Kind: Now, Scopes: places,
			FormulaEN: "the same over sessions not with the bot", FormulaZH: "同上，仅不在机器人处的会话",
			read: func(r *reading) Value {
				return percent(int64(r.now.Negative-r.now.NegativeBot), int64(r.now.Labelled-r.now.LabelledBot))
			}},
		{ID: "emotion_index_bot", NameEN: "Negative mood, bot", NameZH: "负面情绪指数（机器人）", Unit: UnitPercent, Direction: Less, Kind: Now, Scopes: places,
			FormulaEN: "the same over sessions with the bot now", FormulaZH: "同上，仅机器人接待中的会话",
			read: func(r *reading) Value { return percent(int64(r.now.NegativeBot), int64(r.now.LabelledBot)) }},
		{ID: "calm_rate", NameEN: "Calmed", NameZH: "安抚率", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: everywhere | named,
			FormulaEN: "ever-negative sessions closed not negative / ever-negative closed", FormulaZH: "曾负面而关闭时非负面 ÷ 曾负面已关闭", read: shareOf(fact.Calmed, fact.EverNegative)},
		{ID: "calm_rate_human", NameEN: "Calmed by people", NameZH: "安抚率（人工）", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: everywhere | named,
			FormulaEN: "the same over episodes that a person had", FormulaZH: "同上，仅人工处理过的会话", read: lessOf(fact.Calmed, fact.CalmedBot, fact.EverNegative, fact.EverNegativeBot)},
		{ID: "calm_rate_bot", NameEN: "Calmed by the bot", NameZH: "安抚率（机器人）", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: places | named,
			FormulaEN: "the same over episodes that no person had", FormulaZH: "同上，仅无人工处理的会话", read: shareOf(fact.CalmedBot, fact.EverNegativeBot)},
		{ID: "emotion_accuracy", NameEN: "Emotion accuracy", NameZH: "情绪识别准确率", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: places | named,
			FormulaEN: "detected = reviewed / reviewed", FormulaZH: "识别与复核一致 ÷ 已复核", Target: &Target{Value: 85, Critical: 75, Origin: twelve}, read: shareOf(fact.MoodsRight, fact.MoodsReviewed)},
		{ID: "emotion_accuracy_human", NameEN: "Emotion accuracy, people", NameZH: "情绪识别准确率（人工）", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: places | named,
			FormulaEN: "the same over sessions that a person had, or no bot", FormulaZH: "同上，仅人工处理过或无机器人的会话", read: lessOf(fact.MoodsRight, fact.MoodsRightBot, fact.MoodsReviewed, fact.MoodsReviewedBot)},
		{ID: "emotion_accuracy_bot", NameEN: "Emotion accuracy, bot", NameZH: "情绪识别准确率（机器人）", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: places | named,
			FormulaEN: "the same over sessions that only the bot had", FormulaZH: "同上，仅机器人处理的会话", read: shareOf(fact.MoodsRightBot, fact.MoodsReviewedBot)},
		{ID: "tag_accuracy", NameEN: "Tag accuracy", NameZH: "标签准确率", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: places | named,
			FormulaEN: "tags confirmed / reviewed", FormulaZH: "确认的标签 ÷ 已复核标签", read: shareOf(fact.TagsConfirmed, fact.TagsReviewed)},
	}
	all = append(all, violations()...)
	for _, layer := range []struct {
		id, en, zh string
		count      fact.Count
	}{
		{"bot", "the bot", "机器人", fact.ClosedAtBot}, {"1", "tier 1", "第1层", fact.ClosedTier1},
		{"2", "tier 2", "第2层", fact.ClosedTier2}, {"3", "tier 3", "第3层", fact.ClosedTier3},
	} {
		all = append(all, KPI{ID: "layer_share_" + layer.id, NameEN: "Ended at " + layer.en, NameZH: layer.zh + "完结占比", Unit: UnitPercent, Kind: Window, Scopes: places | named,
			FormulaEN: fmt.Sprintf("sessions ended at %s / closed", layer.en), FormulaZH: "在" + layer.zh + "完结的会话 ÷ 已关闭", read: shareOf(layer.count, fact.Closed)})
	}
	return all
}

// violations are the findings of screening, by class and by severity.
func violations() []KPI {
	var all []KPI
	for _, v := range []struct {
		id, en, zh string
		count      fact.Count
	}{
		{"efficacy", "efficacy claims", "功效宣称", fact.ViolationEfficacy}, {"medical", "medical claims", "医疗宣称", fact.ViolationMedical},
		{"exaggeration", "exaggerations", "夸大宣传", fact.ViolationExaggerate}, {"other", "other findings", "其他违规", fact.ViolationOther},
		{"note", "to note", "提示级", fact.ViolationNote}, {"warn", "to warn", "警告级", fact.ViolationWarn}, {"ban", "to ban", "禁止级", fact.ViolationBan},
	} {
		all = append(all, KPI{ID: "violations_" + v.id, NameEN: "Violations, " + v.en, NameZH: "违规·" + v.zh, Unit: UnitCount, Direction: Less, Kind: Window, Scopes: everywhere | named,
			FormulaEN: "screenings that found a violation of an agent or the bot: " + v.en, FormulaZH: "发现坐席或机器人违规的质检：" + v.zh, read: countOf(v.count)})
	}
	return all
}

// topicSpike has Num as the share and Den as what is expected, in percent.
func topicSpike(r *reading) Value {
	t := &r.now.Topic
	if t.N == 0 && t.Expected == 0 {
		return Value{}
	}
	v := Value{OK: true, N: int64(t.N), Num: 100 * t.Share, Den: 100 * t.Expected}
	if t.Spike {
		v.V = 1
	}
	return v
}

// compliance counts a session at its first screening and takes it back at its
// first violation, which in a short window may stand alone.
func compliance(r *reading) Value {
	return percent(max(0, r.count(fact.ScreenedClean)), r.count(fact.Screened))
}

// lessOf is the share of what is left of two counts without a part of each.
func lessOf(num, lessNum, den, lessDen fact.Count) func(*reading) Value {
	return func(r *reading) Value { return percent(r.count(num)-r.count(lessNum), r.count(den)-r.count(lessDen)) }
}

// ratingParts are the parts of a rating and their weights: 100 in all.
var ratingParts = [...]struct {
	given  fact.Count // followed by the satisfied
	weight float64
}{{fact.PartSpeed, 30}, {fact.PartOutcome, 40}, {fact.PartAttitude, 20}, {fact.PartSkill, 10}}

// csatWeighted rests on the ratings that say a part; parts that none says leave
// their weight to the others.
func csatWeighted(r *reading) Value {
	v, missing := Value{}, false
	for _, p := range ratingParts {
		n := r.count(p.given)
		if n == 0 {
			missing = true
			continue
		}
		v.Num += p.weight * float64(r.count(p.given+1)) / float64(n)
		v.Den += p.weight
		v.N = max(v.N, n)
	}
	if v.Den == 0 {
		return Value{}
	}
	v.V, v.OK = 100*v.Num/v.Den, true
	if missing {
		v.Note = NotePartly
	}
	return v
}

func unratedParts(r *reading) []Exclusion {
	least := int64(0)
	for i, p := range ratingParts {
		if n := r.count(p.given); i == 0 || n < least {
			least = n
		}
	}
	return []Exclusion{{ExcludedMissingPart, r.count(fact.Ratings) - least}}
}
