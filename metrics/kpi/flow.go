package kpi

import (
	"wallboard/metrics"
	"wallboard/metrics/fact"
)

// lost are the ways a segment ends without an answer and without a close by
// the system.
var lost = []fact.Count{fact.Abandoned, fact.Overflowed, fact.Requeued}

func queueFlow() []KPI {
	var all []KPI
	for _, w := range []fact.Window{fact.Window5m, fact.Window15m} {
		all = append(all, flowsOver(w)...)
	}
	return append(all, queueOutlook()...)
}

// flowsOver returns the rates over a fixed window, 5m or 15m.
func flowsOver(w fact.Window) []KPI {
	flow := func(id, en, zh, formulaEN, formulaZH string, d Direction, read func(*reading) Value) KPI {
		name := "_" + w.String()
		return KPI{ID: id + name, NameEN: en + ", " + w.String(), NameZH: zh + "（" + w.String() + "）", Unit: UnitPerMin, Direction: d, Kind: Fixed, Over: w, Scopes: places,
			FormulaEN: formulaEN + " in the last " + w.String() + " / minutes", FormulaZH: "近" + w.String() + formulaZH + " ÷ 分钟数", read: read}
	}
	return []KPI{
		flow("inflow", "Inflow", "进线速率", "segments begun", "开始的排队段", Neutral, perMinute(w, fact.Offered)),
		flow("outflow", "Outflow", "出队速率", "segments ended", "结束的排队段", More, perMinute(w, ends...)),
		flow("outflow_answered", "Outflow, answered", "出队速率·接起", "segments answered", "接起的排队段", More, perMinute(w, fact.Answered)),
		flow("outflow_lost", "Outflow, lost", "出队速率·流失", "segments abandoned, overflowed or re-queued", "放弃、溢出或改派的排队段", Less, perMinute(w, lost...)),
		flow("outflow_withdrawn", "Outflow, withdrawn", "出队速率·撤回", "segments withdrawn", "撤回的排队段", Neutral, perMinute(w, fact.Withdrawn)),
		flow("net_flow", "Net flow", "净流入", "(segments begun − ended)", "（开始 − 结束）的排队段", Less, func(r *reading) Value {
			s := r.over(w)
			begun, ended := s.Counts[fact.Offered], sumOf(s, ends...)
			return Value{V: float64(begun-ended) / minutes(w), OK: true, N: begun + ended, Num: float64(begun - ended), Den: minutes(w)}
		}),
	}
}

func queueOutlook() []KPI {
	return []KPI{
		{ID: "burn_down", NameEN: "Backlog cleared in", NameZH: "清空积压需时", Unit: UnitMinutes, Direction: Less, Kind: Fixed, Over: fact.Window15m, Scopes: places,
			FormulaEN: "waiting ÷ (answered/min − inflow) over 15m; grows where that is not positive", FormulaZH: "排队人数 ÷（每分钟接起 − 每分钟进线），近15分钟；不为正则显示增长", read: burnDown},
		{ID: "expected_wait", NameEN: "Next customer waits", NameZH: "预计等待", Unit: UnitSeconds, Direction: Less, Kind: Fixed, Over: fact.Window15m, Scopes: places,
			FormulaEN: "(waiting + 1) ÷ answered/min over 15m", FormulaZH: "（排队人数 + 1）÷ 近15分钟每分钟接起", Target: &Target{Value: 180, Critical: 300, Origin: "shipped default, chat"}, Channels: []ChannelTarget{onVoice(), onEmail()}, read: expectedWait},
		{ID: "people", NameEN: "People available", NameZH: "可用人数", Unit: UnitCount, Direction: More, Kind: Now, Scopes: places,
			FormulaEN: "available members of the queue", FormulaZH: "队列中处于可用状态的成员", read: membersOf(func(n *metrics.Now) int32 { return n.People })},
		{ID: "free_slots", NameEN: "Free slots", NameZH: "空闲席位数", Unit: UnitCount, Direction: More, Kind: Now, Scopes: everywhere,
			FormulaEN: "free slots of available people", FormulaZH: "可用人员的空闲并发席位", read: membersOf(func(n *metrics.Now) int32 { return n.FreeSlots })},
		{ID: "uncovered", NameEN: "Uncovered", NameZH: "无人可接", Unit: UnitFlag, Direction: Less, Kind: Now, Scopes: places,
			FormulaEN: "1 where somebody waits and no available member has the skills", FormulaZH: "有人等待而无具备技能的可用成员时为1", read: uncovered},
		{ID: "skill_gap", NameEN: "Skill gap", NameZH: "技能缺口", Unit: UnitCount, Direction: Less, Kind: Now, Scopes: places,
			FormulaEN: "waiting sessions whose skills or language no available member has", FormulaZH: "等待中、其技能或语言无可用成员具备的会话", read: membersOf(func(n *metrics.Now) int32 { return n.SkillGap })},
		{ID: "callbacks", NameEN: "Callbacks open", NameZH: "待回拨", Unit: UnitCount, Direction: Less, Kind: Now, Scopes: places,
			FormulaEN: "callbacks open now", FormulaZH: "当前未完成的回拨", read: nowOf(func(n *metrics.Now) int32 { return n.Callbacks })},
		{ID: "callbacks_overdue", NameEN: "Callbacks overdue", NameZH: "逾期回拨", Unit: UnitCount, Direction: Less, Kind: Now, Scopes: places,
			FormulaEN: "callbacks open now past their due time", FormulaZH: "当前已过约定时间的回拨", read: nowOf(func(n *metrics.Now) int32 { return n.CallbacksOverdue })},
		{ID: "callbacks_oldest_overdue", NameEN: "Oldest overdue callback", NameZH: "最久逾期回拨", Unit: UnitSeconds, Direction: Less, Kind: Now, Scopes: places,
			FormulaEN: "now − due time of the longest overdue callback", FormulaZH: "当前时间 − 最早逾期回拨的约定时间", read: ageOf(func(n *metrics.Now) (int64, int32) { return n.CallbackOverdueSince, n.CallbacksOverdue })},
		{ID: "callback_kept", NameEN: "Callbacks kept", NameZH: "回拨兑现率", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: places,
			FormulaEN: "callbacks reached by their due time / due", FormulaZH: "按时回拨 ÷ 到期回拨", read: shareOf(fact.CallbacksKept, fact.CallbacksDue)},
		{ID: "offline_messages", NameEN: "Messages open", NameZH: "待处理留言", Unit: UnitCount, Direction: Less, Kind: Now, Scopes: places,
			FormulaEN: "offline messages open now", FormulaZH: "当前未回复的留言", read: nowOf(func(n *metrics.Now) int32 { return n.Messages })},
		{ID: "offline_messages_oldest", NameEN: "Oldest message", NameZH: "最久留言", Unit: UnitSeconds, Direction: Less, Kind: Now, Scopes: places,
			FormulaEN: "now − start of the oldest open offline message", FormulaZH: "当前时间 − 最早未回复留言的时间", read: ageOf(func(n *metrics.Now) (int64, int32) { return n.MessageSince, n.Messages })},
		{ID: "message_reply_rate", NameEN: "Messages replied", NameZH: "留言回复率", Unit: UnitPercent, Direction: More, Kind: Window, Scopes: places,
			FormulaEN: "offline messages replied within the limit of open hours / decided", FormulaZH: "在营业时长限内回复的留言 ÷ 已判定留言", read: shareOf(fact.MessagesReplied, fact.MessagesDecided)},
	}
}

// burnDown counts answers only: an abandon is not work done.
func burnDown(r *reading) Value {
	waiting := int64(r.now.Waiting)
	s := r.over(fact.Window15m)
	net := s.Counts[fact.Answered] - s.Counts[fact.Offered]
	switch {
	case waiting == 0:
		return Value{}
	case net <= 0:
		return Value{N: waiting, Num: float64(-net) / minutes(fact.Window15m), Note: NoteGrows}
	}
	return Value{V: float64(waiting) * minutes(fact.Window15m) / float64(net), OK: true, N: waiting, Num: float64(waiting), Den: float64(net) / minutes(fact.Window15m)}
}

func expectedWait(r *reading) Value {
	answered := r.over(fact.Window15m).Counts[fact.Answered]
	if answered == 0 {
		return Value{}
	}
	ahead := float64(r.now.Waiting) + 1
	return Value{V: ahead * minutes(fact.Window15m) * 60 / float64(answered), OK: true, N: answered, Num: ahead, Den: float64(answered) / minutes(fact.Window15m)}
}

func uncovered(r *reading) Value {
	if !r.membership() {
		return Value{}
	}
	v := Value{OK: true, N: int64(r.now.Waiting)}
	if r.now.Uncovered {
		v.V = 1
	}
	return v
}
