package kpi

import (
	"wallboard/metrics"
	"wallboard/metrics/fact"
)

func workSection() []KPI {
	all := append(workLegs(), workLoad()...)
	all = append(all, workPeople()...)
	for tier := 1; tier <= 3; tier++ {
		all = append(all, tierLoad(tier)...)
	}
	return append(all, KPI{ID: "tier_mismatch", NameEN: "Tier mismatch", NameZH: "层级错配", Unit: UnitCount, Direction: Less, Kind: Now, Scopes: persons,
		FormulaEN: "sessions of a tier held by a person below it", FormulaZH: "由低于其层级的人员处理的会话", read: nowOf(func(n *metrics.Now) int32 { return n.TierMismatch })})
}

func workLegs() []KPI {
	return []KPI{
		{ID: "active", NameEN: "Active", NameZH: "进行中", Unit: UnitCount, Kind: Now, Scopes: everywhere,
			FormulaEN: "legs holding a slot now: active, held, wrapping", FormulaZH: "当前占用席位的会话：进行、保持、整理", read: nowOf(func(n *metrics.Now) int32 { return n.ActiveLegs })},
		{ID: "handled", NameEN: "Handled", NameZH: "处理量", Unit: UnitCount, Direction: More, Kind: Window, Scopes: everywhere,
			FormulaEN: "legs ended in the window", FormulaZH: "窗口内结束的服务段", read: countOf(fact.LegsEnded)},
		{ID: "handled_sessions", NameEN: "Sessions handled", NameZH: "处理会话数", Unit: UnitCount, Direction: More, Kind: Window, Scopes: everywhere,
			FormulaEN: "episodes with at least one leg ended", FormulaZH: "至少结束一段服务的会话", read: countOf(fact.HandledSessions)},
		{ID: "talk_total", NameEN: "Talk time", NameZH: "通话总时长", Unit: UnitSeconds, Kind: Window, Scopes: everywhere,
			FormulaEN: "sum of talk of legs ended", FormulaZH: "已结束服务段的会话时长总和", read: totalSeconds(fact.TalkMs, fact.LegsEnded)},
		{ID: "hold_total", NameEN: "Hold time", NameZH: "保持总时长", Unit: UnitSeconds, Kind: Window, Scopes: everywhere,
			FormulaEN: "sum of hold of legs ended", FormulaZH: "已结束服务段的保持时长总和", read: totalSeconds(fact.HoldMs, fact.LegsEnded)},
		{ID: "wrap_total", NameEN: "Wrap time", NameZH: "整理总时长", Unit: UnitSeconds, Kind: Window, Scopes: everywhere,
			FormulaEN: "sum of wrap of legs ended", FormulaZH: "已结束服务段的整理时长总和", read: totalSeconds(fact.WrapMs, fact.LegsEnded)},
		{ID: "aht", NameEN: "Average handle time", NameZH: "平均处理时长", Unit: UnitSeconds, Direction: Within, Kind: Window, Scopes: everywhere,
			FormulaEN: "sum of talk + hold + wrap / legs ended", FormulaZH: "（会话 + 保持 + 整理）总和 ÷ 结束的服务段",
			Target: &Target{Lo: 180, Hi: 480, Origin: "general trade 3–8 min"},
			read: func(r *reading) Value {
				return meanSeconds(sumOf(r.over(r.window), fact.TalkMs, fact.HoldMs, fact.WrapMs), r.count(fact.LegsEnded))
			}},
		{ID: "aht_p50", NameEN: "Handle time, median", NameZH: "处理时长中位数", Unit: UnitSeconds, Direction: Within, Kind: Window, Scopes: everywhere,
			FormulaEN: "median of talk + hold + wrap of legs ended", FormulaZH: "处理时长的中位数", Target: &Target{Lo: 180, Hi: 480, Origin: "general trade 3–8 min"}, read: quantileOf(fact.DistHandle, p50)},
		{ID: "aht_p90", NameEN: "Handle time p90", NameZH: "处理时长P90", Unit: UnitSeconds, Direction: Less, Kind: Window, Scopes: everywhere,
			FormulaEN: "nine in ten legs took no longer", FormulaZH: "九成服务段不长于此值", read: quantileOf(fact.DistHandle, p90)},
		{ID: "aht_concurrent", NameEN: "Handle time, shared", NameZH: "并发分摊处理时长", Unit: UnitSeconds, Kind: Window, Direction: Less, Scopes: everywhere,
			FormulaEN: "each busy second split equally among the legs open in it: sum of shares / legs ended", FormulaZH: "每个忙碌秒在同时进行的服务段间均分：分摊总和 ÷ 结束的服务段",
			read: func(r *reading) Value {
				n := r.count(fact.LegsEnded)
				if n <= 0 {
					return Value{}
				}
				shares := float64(r.count(fact.ConcurrentShare)) / (fact.ShareUnit * 1000)
				return Value{V: shares / float64(n), OK: true, N: n, Num: shares, Den: float64(n)}
			}},
	}
}

func workLoad() []KPI {
	return []KPI{
		{ID: "concurrency", NameEN: "Concurrency", NameZH: "同时接待数", Unit: UnitSessions, Direction: Within, Kind: Now, Scopes: everywhere,
			FormulaEN: "active and held legs / people with a leg, now", FormulaZH: "当前进行与保持的会话 ÷ 正在接待的人数", Target: &Target{Lo: 3, Hi: 5, Origin: "twelve indicators"},
			read: func(r *reading) Value { return ratio(int64(r.now.TalkLegs), int64(r.now.BusyPeople), 1) }},
		{ID: "concurrency_mean", NameEN: "Concurrency, mean", NameZH: "平均同时接待数", Unit: UnitSessions, Direction: Within, Kind: Window, Scopes: everywhere,
			FormulaEN: "leg seconds / busy seconds", FormulaZH: "会话秒数 ÷ 忙碌秒数", Target: &Target{Lo: 3, Hi: 5, Origin: "twelve indicators"},
			read: func(r *reading) Value {
				v := ratio(r.count(fact.LegMs), r.count(fact.BusyMs), 1)
				v.Num, v.Den, v.N = v.Num/1000, v.Den/1000, v.N/1000
				return v
			}},
		{ID: "concurrency_peak", NameEN: "Concurrency, peak", NameZH: "最高同时接待数", Unit: UnitSessions, Direction: Within, Kind: Window, Scopes: everywhere,
			FormulaEN: "most active and held sessions of one person at once", FormulaZH: "单人同时进行与保持的最高会话数", Target: &Target{Lo: 3, Hi: 5, Origin: "twelve indicators"},
			read: func(r *reading) Value { return number(r.over(r.window).Peaks[fact.PeakConcurrency]) }},
		{ID: "slot_utilization", NameEN: "Slots in use", NameZH: "席位利用率", Unit: UnitPercent, Direction: Less, Kind: Now, Scopes: everywhere,
			FormulaEN: "within a channel: slots used / slots of available people; across channels: sum of loads / people", FormulaZH: "单渠道：已用席位 ÷ 可用人员席位；跨渠道：负荷总和 ÷ 人数",
			Target: &Target{Value: 85, Critical: 95, Origin: "shipped default"}, read: slotsNow},
		{ID: "slot_utilization_mean", NameEN: "Slots in use, mean", NameZH: "平均席位利用率", Unit: UnitPercent, Direction: Less, Kind: Window, Scopes: everywhere,
			FormulaEN: "the same, weighted by time", FormulaZH: "同上，按时间加权", Target: &Target{Value: 85, Critical: 95, Origin: "shipped default"}, read: slotsMean},
		{ID: "occupancy", NameEN: "Occupancy", NameZH: "占用率", Unit: UnitPercent, Direction: Less, Kind: Window, Scopes: wholes,
			FormulaEN: "busy / (busy + idle while available)", FormulaZH: "忙碌 ÷（忙碌 + 可用空闲）", Target: &Target{Value: 88, Critical: 93, Origin: "shipped default, overload"},
			read: occupancy},
		{ID: "draining_slots", NameEN: "Draining slots", NameZH: "收尾席位数", Unit: UnitCount, Kind: Now, Scopes: everywhere,
			FormulaEN: "slots still used by people paused or away", FormulaZH: "暂停或离开人员仍占用的席位", read: nowOf(func(n *metrics.Now) int32 { return n.DrainingSlots })},
	}
}

// occupancy has no data where nobody's presence is known: idle time cannot be
// told from absence then, and busy people alone would always read 100 %.
func occupancy(r *reading) Value {
	if r.count(fact.AvailableMs)+r.count(fact.DrainingMs) <= 0 {
		return Value{}
	}
	v := percent(r.count(fact.BusyMs), r.count(fact.BusyMs)+r.count(fact.IdleMs))
	v.Num, v.Den, v.N = v.Num/1000, v.Den/1000, v.N/1000
	return v
}

// oneChannel says whether all slots of the row are of one kind.
func (r *reading) oneChannel() bool {
	switch r.row.Key.Scope {
	case metrics.ScopeChannel, metrics.ScopeQueueChannel, metrics.ScopeAgentChannel:
		return true
	}
	return false
}

func slotsNow(r *reading) Value {
	if !r.membership() {
		return Value{}
	}
	if r.oneChannel() {
		return percent(int64(r.now.SlotsUsed), int64(r.now.Slots))
	}
	v := percent(r.now.LoadShare, int64(r.now.LoadPeople)*fact.ShareUnit)
	v.Num, v.Den, v.N = v.Num/fact.ShareUnit, float64(r.now.LoadPeople), int64(r.now.LoadPeople)
	return v
}

func slotsMean(r *reading) Value {
	if !r.membership() {
		return Value{}
	}
	var v Value
	if r.oneChannel() {
		v = percent(r.count(fact.SlotUsedMs), r.count(fact.SlotMs))
	} else {
		// The product of people and unit would leave 64 bits on a large floor.
		v = ratio(r.count(fact.LoadShareMs), r.count(fact.LoadPeopleMs), 100.0/fact.ShareUnit)
		v.Num /= fact.ShareUnit
	}
	v.Num, v.Den, v.N = v.Num/1000, v.Den/1000, v.N/1000
	return v
}
