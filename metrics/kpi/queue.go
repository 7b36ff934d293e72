package kpi

import (
	"wallboard/metrics"
	"wallboard/metrics/fact"
)

// ends are the ways a segment ends, each segment once.
var ends = []fact.Count{fact.Answered, fact.Abandoned, fact.Overflowed, fact.Requeued, fact.Withdrawn}

func queueSection() []KPI {
	return append(append(queueNow(), queueCounts()...), queueFlow()...)
}

func queueNow() []KPI {
	return []KPI{
		{ID: "waiting", NameEN: "Waiting", NameZH: "排队人数", Unit: UnitCount, Direction: Less, Kind: Now, Scopes: places,
			FormulaEN: "sessions waiting now, queued or offered (kind live)", FormulaZH: "当前等待的会话（排队中或振铃中，仅实时类）",
			read: nowOf(func(n *metrics.Now) int32 { return n.Waiting })},
		{ID: "oldest_wait", NameEN: "Oldest wait in queue", NameZH: "本队列最长等待", Unit: UnitSeconds, Direction: Less, Kind: Now, Scopes: places,
			FormulaEN: "now − start of the longest current segment", FormulaZH: "当前时间 − 最早一段排队的开始",
			read: ageOf(func(n *metrics.Now) (int64, int32) { return n.OldestSince, n.Waiting })},
		{ID: "oldest_wait_total", NameEN: "Oldest wait", NameZH: "最长等待", Unit: UnitSeconds, Direction: Less, Kind: Now, Scopes: places,
			FormulaEN: "longest unbroken wait since first queued in the episode, across overflow and re-routing", FormulaZH: "自本次服务首次排队起的连续等待（跨溢出与改派）中最长者",
			Target: &Target{Value: 180, Critical: 300, Origin: "shipped default, chat"}, Channels: []ChannelTarget{onVoice(), onEmail()},
			read: ageOf(func(n *metrics.Now) (int64, int32) { return n.OldestTotalSince, n.Waiting })},
		{ID: "wait_share_900", NameEN: "Waiting over 15 min", NameZH: "等待超15分钟占比", Unit: UnitPercent, Direction: Less, Kind: Now, Scopes: places,
			FormulaEN: "waiting now beyond 900 s / waiting now", FormulaZH: "当前等待超过900秒 ÷ 当前等待",
			Target: &Target{Value: 20, Critical: 40, Origin: "seed rule"},
			read: func(r *reading) Value {
				return percent(int64(r.now.WaitingBeyond900), int64(r.now.Waiting))
			}},
		{ID: "wait_share_window_900", NameEN: "Waits over 15 min", NameZH: "窗口内等待超15分钟占比", Unit: UnitPercent, Direction: Less, Kind: Window, Scopes: places,
			FormulaEN: "(segments ended with wait > 900 s + waiting now beyond 900 s) / (ended + waiting now)", FormulaZH: "（结束时等待超900秒的排队段 + 当前等待超900秒）÷（已结束 + 当前等待）",
			read: func(r *reading) Value {
				ended := sumOf(r.over(r.window), ends...)
				return percent(r.count(fact.EndedBeyond900)+int64(r.now.WaitingBeyond900), ended+int64(r.now.Waiting))
			}},
	}
}

func queueCounts() []KPI {
	return []KPI{
		{ID: "longest_wait", NameEN: "Longest wait", NameZH: "最长等待（已结束）", Unit: UnitSeconds, Direction: Less, Kind: Window, Scopes: everywhere,
			FormulaEN: "longest wait that ended in the window", FormulaZH: "窗口内结束的最长等待", read: longestWait},
		{ID: "brought_forward", NameEN: "Brought forward", NameZH: "日初结转", Unit: UnitCount, Kind: Window, Scopes: places,
			FormulaEN: "segments waiting at the day start; today only", FormulaZH: "日切时仍在排队的段；仅今日窗口", read: broughtForward},
		{ID: "offered", NameEN: "Offered", NameZH: "进线量", Unit: UnitCount, Kind: Window, Scopes: places,
			FormulaEN: "segments begun in the window", FormulaZH: "窗口内开始的排队段", read: countOf(fact.Offered)},
		{ID: "answered", NameEN: "Answered", NameZH: "接起量", Unit: UnitCount, Direction: More, Kind: Window, Scopes: everywhere,
			FormulaEN: "segments that ended by an assignment", FormulaZH: "以分配给坐席结束的排队段", read: countOf(fact.Answered)},
		{ID: "abandoned", NameEN: "Abandoned", NameZH: "放弃量", Unit: UnitCount, Direction: Less, Kind: Window, Scopes: places,
			FormulaEN: "segments the customer ended, short ones included", FormulaZH: "客户放弃的排队段（含短时放弃）", read: countOf(fact.Abandoned)},
		{ID: "abandoned_short", NameEN: "Short abandons", NameZH: "短时放弃量", Unit: UnitCount, Kind: Window, Scopes: places,
			FormulaEN: "abandoned within the short limit, inclusive", FormulaZH: "在短时上限内（含）放弃的排队段", read: countOf(fact.AbandonedShort)},
		{ID: "overflowed", NameEN: "Overflowed", NameZH: "溢出量", Unit: UnitCount, Direction: Less, Kind: Window, Scopes: places,
			FormulaEN: "segments closed overflowed or timed out", FormulaZH: "因溢出或超时结束的排队段", read: countOf(fact.Overflowed)},
		{ID: "requeued", NameEN: "Re-queued", NameZH: "改派量", Unit: UnitCount, Kind: Window, Scopes: places,
			FormulaEN: "segments moved to another queue while waiting", FormulaZH: "等待中转入其他队列的排队段", read: countOf(fact.Requeued)},
		{ID: "withdrawn", NameEN: "Withdrawn", NameZH: "撤回量", Unit: UnitCount, Kind: Window, Scopes: places,
			FormulaEN: "segments ended by any other close while waiting", FormulaZH: "等待中以其他方式关闭的排队段", read: countOf(fact.Withdrawn)},
		{ID: "service_level", NameEN: "Service level", NameZH: "服务水平", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: everywhere,
			FormulaEN: "answered within T / (answered + abandoned − short); the variant is named; people: answered within T / answered", FormulaZH: "T内接起 ÷（接起 + 放弃 − 短时放弃）；标明口径；个人与班组：T内接起 ÷ 接起",
			Target: &Target{Value: 80, Critical: 70, Origin: "shipped default"}, read: serviceLevel},
		{ID: "service_level_live", NameEN: "Service level, live", NameZH: "实时服务水平", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: places,
			FormulaEN: "answered within T / (answered + abandoned − short + waiting now beyond T)", FormulaZH: "T内接起 ÷（接起 + 放弃 − 短时放弃 + 当前等待超T）",
			Target: &Target{Value: 80, Critical: 70, Origin: "shipped default"}, read: serviceLevelLive},
		{ID: "asa", NameEN: "Average speed of answer", NameZH: "平均应答时间", Unit: UnitSeconds, Direction: Less, Kind: Window, Scopes: everywhere,
			FormulaEN: "sum of the waits of the answered / answered", FormulaZH: "接起的等待时间总和 ÷ 接起量", read: meanOf(fact.WaitAnsweredMs, fact.Answered)},
		{ID: "wait_p50", NameEN: "Wait, median", NameZH: "等待中位数", Unit: UnitSeconds, Direction: Less, Kind: Window, Scopes: everywhere,
			FormulaEN: "median of the waits of the answered", FormulaZH: "接起等待时间的中位数", read: quantileOf(fact.DistWait, p50)},
		{ID: "wait_p90", NameEN: "Wait p90", NameZH: "等待P90", Unit: UnitSeconds, Direction: Less, Kind: Window, Scopes: everywhere,
			FormulaEN: "nine in ten of the answered waited no longer", FormulaZH: "九成接起的等待不超过此值", read: quantileOf(fact.DistWait, p90)},
		{ID: "abandon_rate", NameEN: "Abandonment", NameZH: "放弃率", Unit: UnitPercent, Direction: Less, Kind: Window, Scopes: places,
			FormulaEN: "(abandoned − short) / (answered + abandoned − short)", FormulaZH: "（放弃 − 短时放弃）÷（接起 + 放弃 − 短时放弃）",
			Target: &Target{Value: 5, Critical: 10, Origin: "shipped default"},
			read: func(r *reading) Value {
				lost := r.count(fact.Abandoned) - r.count(fact.AbandonedShort)
				return percent(lost, r.count(fact.Answered)+lost)
			}},
		{ID: "abandon_time", NameEN: "Time to abandon", NameZH: "平均放弃时间", Unit: UnitSeconds, Kind: Window, Scopes: places,
			FormulaEN: "mean wait of the abandoned", FormulaZH: "放弃者的平均等待", read: meanOf(fact.WaitAbandonedMs, fact.Abandoned)},
		{ID: "nonresponse", NameEN: "Missed offers", NameZH: "未应答振铃", Unit: UnitCount, Direction: Less, Kind: Window, Scopes: everywhere,
			FormulaEN: "offers missed, rejected or timed out, once per offer", FormulaZH: "错过、拒绝或超时的振铃（每次计一）", read: countOf(fact.Nonresponse)},
		{ID: "offer_abandoned", NameEN: "Left while ringing", NameZH: "振铃中放弃", Unit: UnitCount, Direction: Less, Kind: Window, Scopes: everywhere,
			FormulaEN: "offers the customer left while ringing", FormulaZH: "客户在振铃中离开", read: countOf(fact.OfferAbandoned)},
		{ID: "out_of_hours", NameEN: "Out of hours", NameZH: "非营业时间进线", Unit: UnitCount, Kind: Window, Scopes: places,
			FormulaEN: "live segments begun outside opening hours", FormulaZH: "营业时间外开始的实时排队段", read: countOf(fact.OutOfHours)},
	}
}

// longestWait has data once a wait has ended; a person's waits are those they
// answered.
func longestWait(r *reading) Value {
	n := r.count(fact.Answered)
	if !r.isPeople() {
		n = sumOf(r.over(r.window), ends...)
	}
	if n == 0 {
		return Value{}
	}
	return Value{V: float64(r.over(r.window).Peaks[fact.PeakWaitEndedMs]) / 1000, OK: true, N: n}
}

func broughtForward(r *reading) Value {
	if r.window != fact.WindowToday {
		return Value{}
	}
	return number(r.count(fact.BroughtForward))
}
