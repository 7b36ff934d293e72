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
		{ID: "csat", NameEN: "Satisfaction", NameZH: "满意度", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: everywhere,
			FormulaEN: "first ratings with 5·score ≥ 4·scale / first ratings", FormulaZH: "满意（5×分数 ≥ 4×满分）的首次评价 ÷ 首次评价", Target: &Target{Value: 90, Critical: 80, Origin: twelve}, read: shareOf(fact.RatingsGood, fact.Ratings)},
		{ID: "csat_weighted", NameEN: "Satisfaction, weighted", NameZH: "加权满意度", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: everywhere,
			FormulaEN: "30 speed + 40 outcome + 20 attitude + 10 skill, each the satisfied share of that part", FormulaZH: "速度30 + 结果40 + 态度20 + 专业10，各取该项满意占比"},
		{ID: "time_to_resolve", NameEN: "Time to resolve", NameZH: "解决时长", Unit: UnitSeconds, Direction: Less, Kind: Window, Scopes: everywhere,
			FormulaEN: "last resolved close − first opened, reopenings included", FormulaZH: "最后一次解决关闭 − 首次开启（含重开）"},
		{ID: "complaint_cycle", NameEN: "Complaint cycle", NameZH: "投诉处理周期", Unit: UnitSeconds, Direction: Less, Kind: Window, Scopes: everywhere,
			FormulaEN: "time to resolve over complaints", FormulaZH: "投诉会话的解决时长"},
		{ID: "backlog_age_4h", NameEN: "Open over 4 h", NameZH: "超4小时未结", Unit: UnitCount, Direction: Less, Kind: Now, Scopes: everywhere,
			FormulaEN: "sessions open longer than 4 h", FormulaZH: "开启超过4小时仍未结的会话", read: nowOf(func(n *metrics.Now) int32 { return n.OpenOver4h })},
		{ID: "backlog_age_24h", NameEN: "Open over 24 h", NameZH: "超24小时未结", Unit: UnitCount, Direction: Less, Kind: Now, Scopes: everywhere,
			FormulaEN: "sessions open longer than 24 h", FormulaZH: "开启超过24小时仍未结的会话", read: nowOf(func(n *metrics.Now) int32 { return n.OpenOver24h })},
	}
}

func resolution() []KPI {
	return []KPI{
		{ID: "resolution_rate", NameEN: "Resolution", NameZH: "解决率", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: everywhere,
			FormulaEN: "resolved / (resolved + unresolved)", FormulaZH: "已解决 ÷（已解决 + 未解决）", Target: &Target{Value: 80, Critical: 70, Origin: "guide value 80–90 %"}, read: shareOf(fact.Resolved, fact.Resolved, fact.Unresolved)},
		{ID: "fcr", NameEN: "First contact resolution", NameZH: "首次解决率", Unit: UnitPercent, Direction: More, Kind: Cohort, Scopes: everywhere,
			FormulaEN: "resolved with no reopening by the customer and no new session of the same customer and topic within 24 h / resolved", FormulaZH: "24小时内未被客户重开且无同客户同主题新会话的已解决 ÷ 已解决", Target: &Target{Value: 80, Origin: twelve}},
		{ID: "reopen_rate", NameEN: "Reopened", NameZH: "重开率", Unit: UnitPercent, Direction: Less, Kind: Window, Scopes: everywhere,
			FormulaEN: "reopened by the customer / closed", FormulaZH: "客户重开 ÷ 已关闭", read: shareOf(fact.Reopened, fact.Closed)},
		{ID: "repeat_rate", NameEN: "Repeat contact", NameZH: "重复进线率", Unit: UnitPercent, Direction: Less, Kind: Cohort, Scopes: everywhere,
			FormulaEN: "opened by a customer seen within 24 h / opened", FormulaZH: "24小时内来过的客户开启 ÷ 开启"},
		{ID: "repeat_complaint", NameEN: "Repeat complaints", NameZH: "重复投诉率", Unit: UnitPercent, Direction: Less, Kind: Window, Scopes: places,
			FormulaEN: "customers with two or more complaint sessions in 7 days / with one", FormulaZH: "7天内两次及以上投诉的客户 ÷ 有投诉的客户"},
		{ID: "transfer_rate", NameEN: "Transferred", NameZH: "转接率", Unit: UnitPercent, Direction: Less, Kind: Window, Scopes: everywhere,
			FormulaEN: "sessions with at least one transfer / handled sessions", FormulaZH: "有过转接的会话 ÷ 处理会话", read: shareOf(fact.TransferredOut, fact.HandledSessions)},
		{ID: "transfer_success", NameEN: "Transfers answered", NameZH: "转接成功率", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: everywhere,
			FormulaEN: "transfers answered by a human / decided", FormulaZH: "人工接起的转接 ÷ 已判定转接"},
		{ID: "escalation_rate", NameEN: "Escalated", NameZH: "升级率", Unit: UnitPercent, Direction: Less, Kind: Window, Scopes: everywhere,
			FormulaEN: "sessions reaching tier 2 or 3 / handled sessions", FormulaZH: "升至第2或第3层的会话 ÷ 处理会话", read: shareOf(fact.Escalated, fact.HandledSessions)},
		{ID: "complaint_rate", NameEN: "Complaints", NameZH: "投诉率", Unit: UnitPercent, Direction: Less, Kind: Window, Scopes: everywhere,
			FormulaEN: "sessions tagged complaint / opened", FormulaZH: "标记投诉的会话 ÷ 开启", read: shareOf(fact.Complaints, fact.Opened)},
		{ID: "refund_rate", NameEN: "Refund requests", NameZH: "退款率", Unit: UnitPercent, Direction: Less, Kind: Window, Scopes: everywhere,
			FormulaEN: "sessions tagged refund / opened", FormulaZH: "标记退款的会话 ÷ 开启", read: shareOf(fact.Refunds, fact.Opened)},
		{ID: "topic_spike", NameEN: "Topic spike", NameZH: "主题突增", Unit: UnitFlag, Direction: Less, Kind: Window, Scopes: places,
			FormulaEN: "1 where a topic's share of tagged sessions leaves its own band", FormulaZH: "某主题占比越出自身区间时为1"},
	}
}

func sales() []KPI {
	return []KPI{
		{ID: "conversion", NameEN: "Conversion", NameZH: "转化率", Unit: UnitPercent, Direction: More, Kind: Cohort, Scopes: everywhere,
			FormulaEN: "sessions credited with a paid order / customer-opened sessions", FormulaZH: "归因付款订单的会话 ÷ 客户发起的会话"},
		{ID: "enquiry_conversion", NameEN: "Enquiry conversion", NameZH: "询单转化率", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: places,
			FormulaEN: "customers with an order / customers who asked, per business day", FormulaZH: "下单客户数 ÷ 询单客户数（按营业日）"},
		{ID: "conversion_uplift", NameEN: "Conversion uplift", NameZH: "转化提升", Unit: UnitPercent, Direction: Within, Kind: Cohort, Scopes: everywhere,
			FormulaEN: "conversion ÷ base − 1", FormulaZH: "转化率 ÷ 基线 − 1", Target: &Target{Lo: 15, Hi: 30, Origin: twelve}},
		{ID: "insight_conversion", NameEN: "Insight conversion", NameZH: "洞察转化提升", Unit: UnitPercent, Direction: More, Kind: Cohort, Scopes: everywhere,
			FormulaEN: "conversion of insight sessions ÷ of the others − 1", FormulaZH: "洞察会话转化率 ÷ 其他会话转化率 − 1", Target: &Target{Value: 20, Origin: twelve}},
		{ID: "unpaid_orders", NameEN: "Unpaid orders", NameZH: "未付款订单", Unit: UnitCount, Direction: Less, Kind: Now, Scopes: places,
			FormulaEN: "orders created, neither paid nor cancelled", FormulaZH: "已创建、未付款且未取消的订单"},
		{ID: "reminder_conversion", NameEN: "Reminder conversion", NameZH: "催付转化率", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: everywhere,
			FormulaEN: "paid after a reminder / reminded", FormulaZH: "催付后付款 ÷ 已催付"},
		{ID: "repurchase_rate", NameEN: "Repurchase", NameZH: "复购率", Unit: UnitPercent, Direction: More, Kind: Cohort, Scopes: places,
			FormulaEN: "customers with a further order within 24 h after a served episode / served customers who had ordered", FormulaZH: "服务后24小时内再次下单的客户 ÷ 曾下单的被服务客户"},
		{ID: "touchpoint_value", NameEN: "Touchpoint value", NameZH: "触点价值", Unit: UnitAmount, Direction: More, Kind: Window, Scopes: places,
			FormulaEN: "order amount per session opened", FormulaZH: "每开启会话的订单金额"},
	}
}

func conduct() []KPI {
	all := []KPI{
		{ID: "compliance_rate", NameEN: "Compliance", NameZH: "合规率", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: everywhere,
			FormulaEN: "screened sessions without a violation / screened", FormulaZH: "无违规的质检会话 ÷ 质检会话", Target: &Target{Value: 99.9, Origin: twelve}, read: shareOf(fact.ScreenedClean, fact.Screened)},
		{ID: "emotion_index", NameEN: "Negative mood", NameZH: "负面情绪指数", Unit: UnitPercent, Direction: Less, Kind: Now, Scopes: everywhere,
			FormulaEN: "labelled sessions whose last confident label is negative / labelled", FormulaZH: "末次可信标签为负面的会话 ÷ 有标签会话"},
		{ID: "calm_rate", NameEN: "Calmed", NameZH: "安抚率", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: everywhere,
			FormulaEN: "ever-negative sessions closed not negative / ever-negative closed", FormulaZH: "曾负面而关闭时非负面 ÷ 曾负面已关闭"},
		{ID: "emotion_accuracy", NameEN: "Emotion accuracy", NameZH: "情绪识别准确率", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: places,
			FormulaEN: "detected = reviewed / reviewed", FormulaZH: "识别与复核一致 ÷ 已复核", Target: &Target{Value: 85, Critical: 75, Origin: twelve}},
		{ID: "tag_accuracy", NameEN: "Tag accuracy", NameZH: "标签准确率", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: places,
			FormulaEN: "tags confirmed / reviewed", FormulaZH: "确认的标签 ÷ 已复核标签"},
	}
	for _, layer := range [][3]string{{"bot", "the bot", "机器人"}, {"1", "tier 1", "第1层"}, {"2", "tier 2", "第2层"}, {"3", "tier 3", "第3层"}} {
		all = append(all, KPI{ID: "layer_share_" + layer[0], NameEN: "Ended at " + layer[1], NameZH: layer[2] + "完结占比", Unit: UnitPercent, Kind: Window, Scopes: places,
			FormulaEN: fmt.Sprintf("sessions ended at %s / closed", layer[1]), FormulaZH: "在" + layer[2] + "完结的会话 ÷ 已关闭"})
	}
	return all
}
