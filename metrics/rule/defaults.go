package rule

import (
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
)

// answeredForWait is how many answers of the last 15 minutes an expected wait
// must rest on before it may alarm: one answer in 15 minutes reads as a wait of
// 15 minutes in a queue where nobody waits. The design gives no minimum here.
const answeredForWait = 10

// Defaults returns the rules that ship, scope each queue x channel unless said.
// Source: the table of shipped defaults in the design of thresholds.
func Defaults() []Rule {
	const m = time.Minute
	chat := []string{"chat", "app", "wechat"}
	queue := metrics.ScopeQueueChannel
	return []Rule{
		{Name: "oldest wait (voice)", KPI: "oldest_wait_total", Scope: queue, Match: Match{Channel: "voice"},
			Warn: at(60), Critical: at(180), Keep: m, MinN: 1, AdviceEN: en("add people or open overflow"), AdviceZH: zh("加人或打开溢出")},
		{Name: "oldest wait (chat)", KPI: "oldest_wait_total", Scope: queue, Match: Match{Channels: chat},
			Warn: at(180), Critical: at(300), Keep: m, MinN: 1, AdviceEN: en("add people or open overflow"), AdviceZH: zh("加人或打开溢出")},
		{Name: "oldest wait (email)", KPI: "oldest_wait_total", Scope: queue, Match: Match{Channel: "email"},
			Warn: at(4 * 3600), Critical: at(24 * 3600), Keep: m, MinN: 1, AdviceEN: en("assign the oldest mails first"), AdviceZH: zh("先分配最久的邮件")},
		{Name: "first response", KPI: "frt_p90", Scope: queue, Match: Match{Channels: chat}, Window: fact.Window15m,
			Warn: at(180), Critical: at(300), For: 2 * m, Keep: 5 * m, MinN: 10, AdviceEN: en("greet first, then solve; free a slot"), AdviceZH: zh("先应答再处理，腾出接待位")},
		{Name: "unanswered inside", KPI: "unanswered_oldest", Scope: queue, Match: Match{Channels: chat},
			Warn: at(180), Critical: at(300), Keep: m, MinN: 1, AdviceEN: en("someone is waiting inside a chat: reply or hand over"), AdviceZH: zh("有客户在会话里等待：回复或转出")},
		{Name: "service level", KPI: "service_level_live", Scope: queue, Window: fact.Window15m,
			Warn: at(80), Critical: at(70), For: 3 * m, Keep: 5 * m, MinN: 20, AdviceEN: en("call people back from breaks, delay offline work"), AdviceZH: zh("召回休息人员，推迟离线工作")},
		{Name: "expected wait (chat)", KPI: "expected_wait", Scope: queue, Match: Match{Channels: chat},
			Warn: at(180), Critical: at(300), For: 2 * m, Keep: 5 * m, MinN: answeredForWait, AdviceEN: en("announce the wait, offer a callback"), AdviceZH: zh("告知等待时间，提供回电")},
		{Name: "expected wait (voice)", KPI: "expected_wait", Scope: queue, Match: Match{Channel: "voice"},
			Warn: at(60), Critical: at(180), For: 2 * m, Keep: 5 * m, MinN: answeredForWait, AdviceEN: en("announce the wait, offer a callback"), AdviceZH: zh("告知等待时间，提供回电")},
		{Name: "waiting over 15 min", KPI: "wait_share_900", Scope: queue, Match: Match{Channels: append([]string{"voice"}, chat...)},
			Warn: at(20), Critical: at(40), For: m, Keep: 5 * m, MinN: 10, AdviceEN: en("work the oldest first; open overflow"), AdviceZH: zh("先处理最久的，打开溢出")},
		{Name: "abandonment", KPI: "abandon_rate", Scope: queue, Window: fact.Window30m,
			Warn: at(5), Critical: at(10), For: 5 * m, Keep: 10 * m, MinN: 30, AdviceEN: en("shorten the wait: people leave"), AdviceZH: zh("缩短等待：客户正在流失")},
		{Name: "slots in use", KPI: "slot_utilization", Scope: queue, Window: fact.Window5m,
			Warn: at(85), Critical: at(95), For: 5 * m, Keep: 5 * m, MinN: 5, AdviceEN: en("no room for a surge: add people"), AdviceZH: zh("没有余量应对高峰：加人")},
		{Name: "team overload", KPI: "occupancy", Scope: metrics.ScopeTeam, Window: fact.Window60m,
			Warn: at(88), Critical: at(93), For: 15 * m, Keep: 15 * m, MinN: 5, AdviceEN: en("rotate breaks before people tire"), AdviceZH: zh("安排轮休，避免疲劳")},
		{Name: "uncovered", KPI: "uncovered", Scope: queue,
			Critical: at(0), For: 30 * time.Second, Keep: m, AdviceEN: en("nobody serves this queue: assign someone"), AdviceZH: zh("无人值守：指派人员")},
	}
}

func at(v float64) *float64 { return &v }

func en(s string) clean.Text { return clean.Own(s) }
func zh(s string) clean.Text { return clean.Own(s) }
