package report

import "wallboard/metrics/export"

// words are the report's own words in one language; names, formulas and advice
// come from the catalogue.
type words struct {
	review, floor, against, short, indicators, indicator, target, value, gap, trend, n, madeBy, advice, guide string
	beforeAfter, figure, before, after, change, relative, improvement                                         string
	breaches, level, rule, scope, from, until, lasted, times, longest, worstValue, limit, stillOn, acked      string
	byHour, hour, offered, answered, abandoned, heat, place, whole                                            string
	worst, share, incomplete, reason, count, nothingMissing, none                                             string
	met, missed, noData, shortOf, ofTargets, breachesOf, critical, warn, ok                                   string
	rejected, late, lost, duplicates, ancient, misfit, unknown, frozen, seenFrom, received                    string
	dayRule, unexplained, volume, serviceLevel, madeAt, hoursNote                                             string
}

var english = words{
	review: "Review", floor: "floor", against: "against", short: "In short", indicators: "Indicators", indicator: "indicator", target: "target",
	value: "value", gap: "short by", trend: "trend", n: "n", madeBy: "made by", advice: "what to do", guide: "guide",
	beforeAfter: "Before and after", figure: "figure", before: "before", after: "after", change: "change", relative: "change %", improvement: "improvement %",
	breaches: "Breaches", level: "level", rule: "rule", scope: "where", from: "first", until: "last until", lasted: "in all", times: "times", longest: "longest", worstValue: "worst", limit: "limit", stillOn: "still on", acked: "taken by",
	byHour: "By the hour", hour: "hour", offered: "offered", answered: "answered", abandoned: "abandoned", heat: "By place and hour", place: "queue", whole: "all",
	worst: "Worst queues", share: "share of the gap %", incomplete: "What was incomplete", reason: "what", count: "count", nothingMissing: "Nothing is known to be missing.", none: "None.",
	met: "met", missed: "missed", noData: "no data", shortOf: "short of target", ofTargets: "of %d targets with data are met", breachesOf: "%d breaches, %d of them critical, %s in all",
	critical: "critical", warn: "warn", ok: "ok",
	rejected: "rejected", late: "late, counted in their own minute", lost: "lost at most", duplicates: "duplicates, counted once", ancient: "too late to count", misfit: "did not fit what was known",
	unknown: "of a type not known", frozen: "numbers stale or incomplete for", seenFrom: "events seen only from", received: "received in all",
	dayRule: "rule of the day", unexplained: "the rest", volume: "Contacts by the hour", serviceLevel: "Service level by the hour, %", madeAt: "figures up to", hoursNote: "An empty cell had no data. ▲ beyond the target, ■ beyond the critical limit.",
}

var chinese = words{
	review: "复盘", floor: "场地", against: "对比", short: "概要", indicators: "指标", indicator: "指标", target: "目标",
	value: "实际", gap: "差距", trend: "趋势", n: "样本", madeBy: "主要来源", advice: "建议", guide: "参考",
	beforeAfter: "前后对比", figure: "指标", before: "此前", after: "本期", change: "变化", relative: "变化%", improvement: "改善%",
	breaches: "告警", level: "级别", rule: "规则", scope: "范围", from: "首次", until: "最后至", lasted: "累计", times: "次数", longest: "最长", worstValue: "最差", limit: "阈值", stillOn: "持续中", acked: "认领人",
	byHour: "分时", hour: "时段", offered: "进线", answered: "接起", abandoned: "放弃", heat: "触点×时段", place: "队列", whole: "全部",
	worst: "问题队列", share: "差距占比%", incomplete: "数据不完整之处", reason: "内容", count: "数量", nothingMissing: "未发现缺失。", none: "无。",
	met: "达标", missed: "未达标", noData: "无数据", shortOf: "未达标", ofTargets: "有数据的%d项目标中达标", breachesOf: "告警%d次，其中严重%d次，累计%s",
	critical: "严重", warn: "预警", ok: "正常",
	rejected: "拒收", late: "迟到（计入其所属分钟）", lost: "至多丢失", duplicates: "重复（只计一次）", ancient: "过迟不计", misfit: "与已知状态不符",
	unknown: "未知类型", frozen: "数据陈旧或不完整的时长", seenFrom: "仅自此时起有事件", received: "共收到",
	dayRule: "日终规则", unexplained: "其余", volume: "分时联络量", serviceLevel: "分时服务水平（%）", madeAt: "数据截至", hoursNote: "空格表示无数据。▲ 超出目标，■ 超出严重阈值。",
}

func wordsOf(lang export.Language) *words {
	if lang == export.Chinese {
		return &chinese
	}
	return &english
}
