package rule

import (
	"slices"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
)

// answeredForWait is how many answers of the last 15 minutes an expected wait
// must rest on before it may alarm: one answer in 15 minutes reads as a wait of
// 15 minutes in a queue where nobody waits. The design gives no minimum here.
const answeredForWait = 10

// qualityMinutes is the window of satisfaction, resolution, AI resolution and
// emotion accuracy, for which the design names none: an hour seldom holds the
// samples they ask for, and over the day a bad morning could not be mended.
const qualityMinutes = 240

const (
	second = time.Second
	minute = time.Minute
	hour   = 3600 // in the unit of limits
)

// live are the written channels on which people wait for a person.
var live = []string{"chat", "app", "wechat"}

// Defaults returns the rules that ship, scope each queue x channel unless said.
// Source: the table of shipped defaults in the design of thresholds.
func Defaults() []Rule {
	return slices.Concat(waitRules(), flowRules(), loadRules(), botRules(), qualityRules(), demandRules(), conductRules(), reviewRules())
}

// advice puts one piece of advice in both languages.
func (r Rule) advice(en, zh string) Rule {
	r.AdviceEN, r.AdviceZH = clean.Own(en), clean.Own(zh)
	return r
}

// holding says how long a rule's value must hold and stay back.
func (r Rule) holding(hold, keep time.Duration) Rule {
	r.For, r.Keep = hold, keep
	return r
}

// backAt says where the warn level, or the only one, is well again. A fifth of
// the way from 4 h to 24 h would be no wait at all, and two points above 99.9 %
// cannot be reached.
func (r Rule) backAt(v float64) Rule {
	r.Return = &v
	return r
}

// on narrows a rule to channels.
func (r Rule) on(channels ...string) Rule {
	if r.Match.Channels = channels; len(channels) == 1 {
		r.Match = Match{Channel: channels[0]}
	}
	return r
}

// limits returns a rule over each queue x channel with two limits.
func limits(name, id string, warn, critical float64, minN int64) Rule {
	return Rule{Name: name, KPI: id, Scope: metrics.ScopeQueueChannel, Window: fact.Window15m, Warn: &warn, Critical: &critical, MinN: minN}
}

// critical returns a rule over each queue x channel that is critical at once.
func critical(name, id string, limit float64) Rule {
	return Rule{Name: name, KPI: id, Scope: metrics.ScopeQueueChannel, Window: fact.Window15m, Critical: &limit}
}

func (r Rule) over(scope metrics.Scope, w fact.Window) Rule {
	r.Scope, r.Window = scope, w
	return r
}

func waitRules() []Rule {
	return []Rule{
		limits("oldest wait (voice)", "oldest_wait_total", 60, 180, 1).on("voice").holding(0, minute).
			advice("add people or open overflow", "加人或打开溢出"),
		limits("oldest wait (chat)", "oldest_wait_total", 180, 300, 1).on(live...).holding(0, minute).
			advice("add people or open overflow", "加人或打开溢出"),
		limits("oldest wait (email)", "oldest_wait_total", 4*hour, 24*hour, 1).on("email").holding(0, minute).backAt(3*hour).
			advice("assign the oldest mails first", "先分配最久的邮件"),
		limits("first response", "frt_p90", 180, 300, 10).on(live...).holding(2*minute, 5*minute).
			advice("greet first, then solve; free a slot", "先应答再处理，腾出接待位"),
		limits("unanswered inside", "unanswered_oldest", 180, 300, 1).on(live...).holding(0, minute).
			advice("someone is waiting inside a chat: reply or hand over", "有客户在会话里等待：回复或转出"),
		limits("service level", "service_level_live", 80, 70, 20).holding(3*minute, 5*minute).
			advice("call people back from breaks, delay offline work", "召回休息人员，推迟离线工作"),
		limits("expected wait (chat)", "expected_wait", 180, 300, answeredForWait).on(live...).holding(2*minute, 5*minute).
			advice("announce the wait, offer a callback", "告知等待时间，提供回电"),
		limits("expected wait (voice)", "expected_wait", 60, 180, answeredForWait).on("voice").holding(2*minute, 5*minute).
			advice("announce the wait, offer a callback", "告知等待时间，提供回电"),
		waitingOver().advice("work the oldest first; open overflow", "先处理最久的，打开溢出"),
		limits("tier 3 waiting", "tier_load_3_oldest", 15, 60, 1).holding(0, minute).
			advice("a hard case waits: call a specialist now", "高难度会话在等：立即呼叫专家"),
	}
}

func waitingOver() Rule {
	r := limits("waiting over 15 min", "wait_share_900", 20, 40, 10).on("voice", "chat", "app", "wechat").holding(minute, 5*minute)
	r.Mode = ModeShare
	return r
}

func flowRules() []Rule {
	waiting := Rule{
		Name: "waiting", KPI: "waiting", Scope: metrics.ScopeQueueChannel, Window: fact.Window15m, Mode: ModeDynamic, CriticalTimes: 2,
		Dynamic: &Dynamic{Base: Amount{Value: 2, Of: "people"}, Min: &Amount{Value: 5}, Max: &Amount{Value: 10, Of: "people"}},
	}
	return []Rule{
		waiting.holding(2*minute, 5*minute).advice("more wait than is usual now: add people, look for a cause", "排队高于该时段常态：加人并查原因"),
		limits("abandonment", "abandon_rate", 5, 10, 30).over(metrics.ScopeQueueChannel, fact.Window30m).holding(5*minute, 10*minute).
			advice("shorten the wait: people leave", "缩短等待：客户正在流失"),
	}
}

func loadRules() []Rule {
	aht := Rule{Name: "handle time", KPI: "aht", Scope: metrics.ScopeQueue, Window: fact.Window60m, FromTarget: true, CriticalTimes: 1.5, MinN: 20}
	return []Rule{
		limits("slots in use", "slot_utilization", 85, 95, 5).over(metrics.ScopeQueueChannel, fact.Window5m).holding(5*minute, 5*minute).
			advice("no room for a surge: add people", "没有余量应对高峰：加人"),
		limits("team overload", "occupancy", 88, 93, 5).over(metrics.ScopeTeam, fact.Window60m).holding(15*minute, 15*minute).
			advice("rotate breaks before people tire", "安排轮休，避免疲劳"),
		critical("uncovered", "uncovered", 0).holding(30*second, minute).
			advice("nobody serves this queue: assign someone", "无人值守：指派人员"),
		aht.holding(10*minute, 15*minute).
			advice("long: help with hard cases; short: check they are solved", "过长：支援疑难会话；过短：检查是否真正解决"),
		limits("source stale", kpi.SourceAge, 30, 120, 0).over(metrics.ScopeFloor, fact.Window15m).holding(0, 10*second).
			advice("a source has stopped speaking: look at its connector", "数据源无消息：检查其连接器"),
	}
}

func botRules() []Rule {
	handoff := Rule{Name: "handed to people", KPI: "handoff_rate", Scope: metrics.ScopeFloor, Window: fact.Window60m,
		WarnWithin: &Range{Lo: 20, Hi: 30}, CriticalWithin: &Range{Lo: 10, Hi: 45}, MinN: 100}
	return []Rule{
		limits("stuck with the bot", "stuck_in_bot_oldest", 60, 180, 1).over(metrics.ScopeChannel, fact.Window15m).holding(0, minute).
			advice("take the customer over from the bot", "从机器人接管该客户"),
		critical("human-only with the bot", "human_only_in_bot", 0).over(metrics.ScopeChannel, fact.Window15m).holding(0, minute).
			advice("this topic is for people only: take it over, mend the routing", "该主题须人工处理：立即接管并修正路由"),
		handoff.holding(15*minute, 30*minute).
			advice("many: see what the bot fails at; few: can people be reached?", "过高：查机器人失败原因；过低：确认人工入口可达"),
		guard("over-automation (complaints)", "complaint_rate").
			advice("complaints rise behind the bot: open the way to a person", "机器人分流过度且投诉上升：放开人工入口"),
		guard("over-automation (escalations)", "escalation_rate").
			advice("cases escalate behind the bot: open the way to a person", "机器人分流过度且升级增多：放开人工入口"),
	}
}

// guard warns where the bot keeps most people away and what goes wrong rises
// above its own expectation: 1.15 times it.
func guard(name, id string) Rule {
	held := &Amount{Value: 1, Of: OfBase}
	return Rule{
		Name: name, KPI: id, Scope: metrics.ScopeFloor, Window: fact.Window60m, Mode: ModeDynamic, MinN: 200, For: 15 * minute, Keep: 15 * minute,
		Dynamic: &Dynamic{Base: Amount{Value: 1.15, Of: OfUsual}, Min: held, Max: held},
		When:    []Condition{{KPI: "bot_share", AtLeast: 75}},
	}
}

// sure returns a rule over a quality percentage, which breaches only where the
// 90 % Wilson bound does.
func sure(name, id string, warn float64, minN int64, scope metrics.Scope) Rule {
	r := limits(name, id, warn, warn-10, minN).holding(10*minute, 30*minute)
	r.Scope, r.Minutes, r.Confident = scope, qualityMinutes, true
	return r
}

func qualityRules() []Rule {
	return []Rule{
		sure("satisfaction", "csat", 90, 30, metrics.ScopeQueue).advice("listen to the last bad ratings", "查看最近的差评"),
		sure("resolution", "resolution_rate", 80, 50, metrics.ScopeQueue).advice("see which topics stay unresolved", "查看未解决的主题"),
		sure("AI resolution", "ai_resolution", 75, 100, metrics.ScopeChannel).advice("see where the bot fails, update its answers", "查机器人失败点，更新知识库"),
		sure("emotion accuracy", "emotion_accuracy", 85, 50, metrics.ScopeQueue).advice("have the mood labels reviewed, retrain", "复核情绪标签并重新训练"),
		limits("answered everywhere", "omnichannel_rate", 95, 90, 50).over(metrics.ScopeQueue, fact.Window60m).holding(5*minute, 10*minute).
			advice("reply on the channel that lags", "回复滞后的渠道"),
	}
}

// rising returns a rule over a rate that is held against its own band, between
// half and three times what is usual.
func rising(name, id string, scope metrics.Scope) Rule {
	return Rule{
		Name: name, KPI: id, Scope: scope, Window: fact.Window60m, Mode: ModeDynamic, MinN: 100, CriticalTimes: 2, For: 10 * minute, Keep: 30 * minute,
		Dynamic: &Dynamic{Base: Amount{Value: 1, Of: OfUsual}, Min: &Amount{Value: 0.5, Of: OfBase}, Max: &Amount{Value: 3, Of: OfBase}},
	}
}

func demandRules() []Rule {
	return []Rule{
		rising("complaints", "complaint_rate", metrics.ScopeQueue).advice("read the newest complaints: one product or promise?", "查看最新投诉：是否同一商品或承诺？"),
		rising("refund requests", "refund_rate", metrics.ScopeQueue).advice("see what is returned and why", "查看退款商品与原因"),
		rising("topic spike", kpi.TopicShare, metrics.ScopeTopic).advice("a topic jumps: warn the shop, prepare an answer", "主题突增：通知商家并准备话术"),
	}
}

func conductRules() []Rule {
	any := Rule{Name: "violation", KPI: "compliance_rate", Scope: metrics.ScopeChannel, Window: fact.Window15m, Warn: at(100), Return: at(100), MinN: 1}
	rate := Rule{Name: "compliance", KPI: "compliance_rate", Scope: metrics.ScopeFloor, Window: fact.WindowToday, Critical: at(99.9), Return: at(99.95), MinN: 1000}
	return []Rule{
		any.advice("stop the wording, tell the person", "立即制止该话术并提醒当事人"),
		critical("violation that bans", kpi.ViolationsBan, 0).over(metrics.ScopeChannel, fact.Window15m).
			advice("take the message back, inform the platform team now", "立即撤回消息并上报平台负责人"),
		rate.advice("too many violations today: brief all teams", "今日违规过多：通报全员"),
	}
}

// reviewRules are judged when the day has closed, in the gap table.
func reviewRules() []Rule {
	review := func(name, id string, limit *float64, within *Range) Rule {
		return Rule{Name: name, KPI: id, Scope: metrics.ScopeFloor, Window: fact.WindowToday, Mode: ModeReview, Warn: limit, WarnWithin: within}
	}
	return []Rule{
		review("first contact resolution", "fcr", at(80), nil).advice("see what brings customers back within a day", "查看客户一天内再次进线的原因"),
		review("conversion uplift", "conversion_uplift", nil, &Range{Lo: 15, Hi: 30}).advice("compare replies before an order with those without", "对比成交与未成交的应答"),
		review("insight conversion", "insight_conversion", at(20), nil).advice("offer what the insight says, at once", "按洞察及时推荐"),
		review("productivity uplift", "productivity_uplift", nil, &Range{Lo: 60, Hi: 80}).advice("look at idle time and repeat contacts", "查看空闲时间与重复进线"),
	}
}

func at(v float64) *float64 { return &v }
