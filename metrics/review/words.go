package review

import "wallboard/metrics/kpi"

// guide is what the trade takes as normal, beside or instead of a target.
type guide struct {
	en, zh string
	target *kpi.Target // where the catalogue has none
}

// guides never changes.
var guides = map[string]guide{
	"response_mean":   {en: "30–45 s (JD), 30–60 s (Taobao)", zh: "30–45秒（京东）、30–60秒（淘宝）"},
	"csat":            {en: "75–85 %", zh: "75–85 %"},
	"resolution_rate": {en: "80–90 %", zh: "80–90 %"},
	"handoff_rate":    {en: "20–30 %", zh: "20–30 %"},
	"longest_wait":    {en: "10–15 min", zh: "10–15分钟", target: &kpi.Target{Value: 900, Critical: 900, Origin: "guide value, acceptable wait 10–15 min"}},
	"aht":             {en: "apparel 3–5, general 3–8, cross-border 5–8, health 6–10 min", zh: "服饰3–5、综合3–8、跨境5–8、健康6–10分钟"},
	"bot_share":       {en: "caution above 75 %", zh: "高于75 %须警惕"},
}

// counsel is what to do about a value short of its target; below is for values
// under the lower of two bounds.
type counsel struct{ en, zh, belowEN, belowZH string }

// counsels never changes.
var counsels = map[string]counsel{
	"frt_p90":               {en: "put people where first replies are late; greet on assignment", zh: "向首响慢的队列加人；分配即问候"},
	"aht":                   {en: "look for the topics that take long; offer templates and knowledge", zh: "找出耗时主题；补充话术与知识库", belowEN: "check whether sessions are closed before they are solved", belowZH: "检查是否未解决就结束会话"},
	"fcr":                   {en: "read what customers came back for; widen what the first person may decide", zh: "复盘再次进线原因；扩大首位客服的处理权限"},
	"csat":                  {en: "read the reasons given with low ratings, the largest queue first", zh: "从最大队列起查看低分原因"},
	"conversion_uplift":     {en: "above what is usual: check what it is compared with", zh: "高于常见区间：核对对比基准", belowEN: "answer pre-sale questions sooner; remind of unpaid orders", belowZH: "加快售前响应；跟进未付款订单"},
	"concurrency_mean":      {en: "take sessions off people: replies slow down above this", zh: "减少人均会话：超过此数回复变慢", belowEN: "people hold fewer sessions than they could: route more or move people", belowZH: "人均会话偏低：多分配或调人"},
	"bot_capacity":          {en: "raise the machines' capacity before the next peak", zh: "下个高峰前扩容机器人"},
	"ai_resolution":         {en: "teach the bot the topics it hands over most", zh: "补充转人工最多主题的机器人知识"},
	"omnichannel_rate":      {en: "cover the channels that leave customers without a reply", zh: "补齐无人回复的渠道"},
	"productivity_uplift":   {en: "above what is usual: check what it is compared with", zh: "高于常见区间：核对对比基准", belowEN: "look at idle time beside waiting customers, and at handle time", belowZH: "检查有人等待时的空闲与处理时长"},
	"emotion_accuracy":      {en: "review and relabel a sample; train anew", zh: "抽样复核并重新标注后训练"},
	"compliance_rate":       {en: "go through each violation with its author", zh: "逐条与当事人复盘违规"},
	"insight_conversion":    {en: "compare insight sessions that sold with those that did not", zh: "对比成交与未成交的洞察会话"},
	"service_level":         {en: "add people or open overflow", zh: "加人或打开溢出"},
	"abandon_rate":          {en: "shorten the wait, or offer callbacks", zh: "缩短等待或提供回拨"},
	"longest_wait":          {en: "find the queue that let somebody wait so long; open overflow", zh: "找出久等的队列；打开溢出"},
	"response_mean":         {en: "fewer sessions a person, or quick replies", zh: "降低人均会话或使用快捷回复"},
	"resolution_rate":       {en: "see which topics stay open and who may close them", zh: "查看未解决主题及可处理人员"},
	"handoff_rate":          {en: "see what the bot hands over most", zh: "查看机器人转出最多的主题", belowEN: "see whether customers who need a person reach one", belowZH: "检查需要人工的客户能否接通人工"},
	"slot_utilization_mean": {en: "add people or slots before the next peak", zh: "下个高峰前增加人员或席位"},
	"occupancy":             {en: "plan breaks: people are overloaded", zh: "安排休息：人员过载"},
}

func advice(k *kpi.KPI, t kpi.Target, v float64) (en, zh string) {
	c := counsels[k.ID]
	if k.Direction == kpi.Within && v < t.Lo && c.belowEN != "" {
		return c.belowEN, c.belowZH
	}
	return c.en, c.zh
}
