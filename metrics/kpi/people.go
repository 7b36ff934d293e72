package kpi

import (
	"fmt"

	"wallboard/metrics"
	"wallboard/metrics/fact"
)

func workPeople() []KPI {
	all := []KPI{
		{ID: "draining", NameEN: "Draining", NameZH: "收尾中人数", Unit: UnitCount, Kind: Now, Scopes: persons,
			FormulaEN: "people paused or away with sessions open", FormulaZH: "暂停或离开但仍有会话的人员", read: nowOf(func(n *metrics.Now) int32 { return n.Draining })},
		{ID: "idle_while_waiting", NameEN: "Idle while others wait", NameZH: "有人等待却空闲", Unit: UnitCount, Direction: Less, Kind: Now, Scopes: persons,
			FormulaEN: "idle available people while a session they may take waits 30 s or more", FormulaZH: "其可接会话已等待30秒以上而仍空闲的可用人员", read: nowOf(func(n *metrics.Now) int32 { return n.IdleWhileWaiting })},
		{ID: "adherence_gap", NameEN: "Pause beyond allowance", NameZH: "超时小休", Unit: UnitSeconds, Direction: Less, Kind: Window, Scopes: wholes,
			FormulaEN: "sum of max(0, pause − allowance), the running pause included", FormulaZH: "max(0, 小休 − 允许时长) 之和，含进行中的小休", read: adherenceGap},
		{ID: "productivity", NameEN: "Productivity", NameZH: "人效", Unit: UnitPerHour, Direction: More, Kind: Window, Scopes: wholes,
			FormulaEN: "handled ÷ hours not offline × resolution rate; weight 1 where no outcome is known", FormulaZH: "处理量 ÷ 在线小时 × 解决率；结果未知时权重为1", read: productivity},
		{ID: "productivity_uplift", NameEN: "Productivity uplift", NameZH: "人效提升", Unit: UnitPercent, Direction: Within, Kind: Window, Scopes: wholes,
			FormulaEN: "productivity ÷ configured baseline − 1", FormulaZH: "人效 ÷ 配置基线 − 1", Target: &Target{Lo: 60, Hi: 80, Origin: "twelve indicators"}, read: productivityUplift},
		{ID: "needed", NameEN: "People needed", NameZH: "所需人数", Unit: UnitPeople, Kind: Fixed, Over: fact.Window15m, Scopes: places,
			FormulaEN: "(inflow/min × AHT min ÷ 0.85 + waiting × AHT min ÷ 15) ÷ slots per person, rounded up", FormulaZH: "（每分钟进线 × 处理分钟 ÷ 0.85 + 排队 × 处理分钟 ÷ 15）÷ 人均席位，向上取整", read: needed},
		{ID: "offered_load", NameEN: "Offered load", NameZH: "话务负荷", Unit: UnitErlangs, Kind: Fixed, Over: fact.Window15m, Scopes: places,
			FormulaEN: "inflow/min × AHT min: sessions in work at once", FormulaZH: "每分钟进线 × 处理分钟，即同时在处理的会话数（爱尔兰）", read: offeredLoad},
		{ID: "slot_load", NameEN: "Load on slots", NameZH: "席位负荷", Unit: UnitPercent, Direction: Less, Kind: Fixed, Over: fact.Window15m, Scopes: places,
			FormulaEN: "offered load / slots of available people; from 100 the backlog cannot clear", FormulaZH: "话务负荷 ÷ 可用人员席位；达到100则积压无法清空", read: slotLoad},
		{ID: "staffing_gap", NameEN: "Staffing gap", NameZH: "人员缺口", Unit: UnitPeople, Direction: More, Kind: Fixed, Over: fact.Window15m, Scopes: places,
			FormulaEN: "people − needed", FormulaZH: "可用人数 − 所需人数", read: staffingGap},
		{ID: "forecast_gap", NameEN: "Forecast gap", NameZH: "预测偏差", Unit: UnitPercent, Direction: Within, Kind: Window, Scopes: places,
			FormulaEN: "offered ÷ planned offered − 1", FormulaZH: "进线量 ÷ 计划进线量 − 1", read: forecastGap},
		{ID: "staffing_gap_planned", NameEN: "People against plan", NameZH: "在岗与排班差", Unit: UnitPeople, Direction: More, Kind: Now, Scopes: scopeFloor | scopeQueue,
			FormulaEN: "available people − people planned now", FormulaZH: "可用人数 − 当前排班人数", read: plannedGap},
	}
	return append(append(all, presences()...), activities()...)
}

func presences() []KPI {
	var all []KPI
	for _, p := range []struct {
		presence   metrics.Presence
		id, en, zh string
	}{
		{metrics.PresenceAvailable, "available", "Available", "可用"},
		{metrics.PresencePaused, "paused", "Paused", "小休"},
		{metrics.PresenceAway, "away", "Away", "离开"},
		{metrics.PresenceOffline, "offline", "Offline", "离线"},
	} {
		all = append(all, KPI{ID: "agents_" + p.id, NameEN: p.en, NameZH: p.zh + "人数", Unit: UnitCount, Kind: Now, Scopes: persons,
			FormulaEN: "people " + p.id + " now, each once", FormulaZH: "当前状态为" + p.zh + "的人员（不重复）",
			read: nowOf(func(n *metrics.Now) int32 { return n.Presence[p.presence] })})
	}
	return all
}

func activities() []KPI {
	var all []KPI
	for _, a := range []struct {
		activity   metrics.Activity
		id, en, zh string
	}{
		{metrics.ActivityIdle, "idle", "Idle", "空闲"},
		{metrics.ActivityRinging, "ringing", "Ringing", "振铃中"},
		{metrics.ActivityEngaged, "engaged", "Engaged", "接待中"},
		{metrics.ActivityWrapping, "wrapping", "Wrapping", "整理中"},
	} {
		all = append(all, KPI{ID: "agents_" + a.id, NameEN: a.en, NameZH: a.zh + "人数", Unit: UnitCount, Kind: Now, Scopes: persons,
			FormulaEN: "people " + a.id + " now, each once", FormulaZH: "当前" + a.zh + "的人员（不重复）",
			read: nowOf(func(n *metrics.Now) int32 { return n.Activity[a.activity] })})
	}
	return all
}

func tierLoad(tier int) []KPI {
	id := fmt.Sprintf("tier_load_%d", tier)
	en, zh := fmt.Sprintf("Tier %d", tier), fmt.Sprintf("第%d层", tier)
	return []KPI{
		{ID: id, NameEN: en + " waiting", NameZH: zh + "等待", Unit: UnitCount, Direction: Less, Kind: Now, Scopes: places,
			FormulaEN: fmt.Sprintf("sessions of tier %d waiting now", tier), FormulaZH: "当前等待的" + zh + "会话",
			read: nowOf(func(n *metrics.Now) int32 { return n.TierWaiting[tier] })},
		{ID: id + "_oldest", NameEN: en + " oldest wait", NameZH: zh + "最长等待", Unit: UnitSeconds, Direction: Less, Kind: Now, Scopes: places,
			FormulaEN: fmt.Sprintf("now − start of the oldest waiting session of tier %d", tier), FormulaZH: "当前时间 − 最早等待的" + zh + "会话的开始",
			read: ageOf(func(n *metrics.Now) (int64, int32) { return n.TierSince[tier], n.TierWaiting[tier] })},
		{ID: id + "_free", NameEN: en + " free slots", NameZH: zh + "空闲席位", Unit: UnitCount, Direction: More, Kind: Now, Scopes: places,
			FormulaEN: fmt.Sprintf("free slots of available people allowed tier %d", tier), FormulaZH: "可处理" + zh + "的可用人员的空闲席位",
			read: membersOf(func(n *metrics.Now) int32 { return n.TierFree[tier] })},
	}
}

// adherenceGap has data where somebody paused.
func adherenceGap(r *reading) Value {
	paused := r.count(fact.PausedMs)
	if paused <= 0 {
		return Value{}
	}
	return Value{V: float64(r.count(fact.PauseOverMs)+r.now.PauseOverMs) / 1000, OK: true, N: paused / 1000}
}

// minOnlineMs is the time below which productivity says nothing.
const minOnlineMs = 30 * 60_000

func productivity(r *reading) Value {
	online := r.count(fact.OnlineMs)
	if online < minOnlineMs {
		return Value{}
	}
	handled := r.count(fact.LegsEnded)
	v := ratio(handled, online, 3_600_000)
	v.Num, v.Den, v.N = float64(handled), float64(online)/3_600_000, handled
	resolved, known := r.count(fact.Resolved), r.count(fact.Resolved)+r.count(fact.Unresolved)
	if known == 0 {
		v.Note = NoteUnweighted
		return v
	}
	v.V *= float64(resolved) / float64(known)
	return v
}

// productivityUplift has data where a baseline is configured.
func productivityUplift(r *reading) Value {
	v := productivity(r)
	base := r.now.Bases.Productivity
	if !v.OK || base <= 0 {
		return Value{}
	}
	return Value{V: (v.V/base - 1) * 100, OK: true, N: v.N, Num: v.V, Den: base, Note: v.Note}
}

// forecastGap has data where a forecast covers some of the window.
func forecastGap(r *reading) Value {
	planned := r.now.PlannedWindow[r.window]
	if !r.now.Planned || !(planned > 0) {
		return Value{}
	}
	offered := r.count(fact.Offered)
	return Value{V: (float64(offered)/planned - 1) * 100, OK: true, N: offered, Num: float64(offered), Den: planned}
}

func plannedGap(r *reading) Value {
	if !r.now.PeoplePlanned || !r.membership() {
		return Value{}
	}
	return Value{V: float64(r.now.People) - r.now.PlannedPeople, OK: true, N: int64(r.now.People), Num: float64(r.now.People), Den: r.now.PlannedPeople}
}
