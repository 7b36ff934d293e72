package kpi

import (
	"wallboard/metrics"
	"wallboard/metrics/fact"
)

// What only rules watch: found by Find, and in no list of the catalogue, whose
// keys are those of every exported row.
const (
	SourceAge     = "source_age"     // of a floor; read by whoever sees the sources
	TopicShare    = "topic_share"    // of a topic, within its floor
	ViolationsBan = "violations_ban" // listed: findings of screening that get a shop banned
)

// unlisted never changes.
var unlisted = map[string]*KPI{
	SourceAge: {ID: SourceAge, NameEN: "Source silent", NameZH: "数据源静默", Unit: UnitSeconds, Direction: Less, Kind: Now, Scopes: scopeFloor,
		FormulaEN: "longest silence of a source that sends heartbeats", FormulaZH: "发送心跳的数据源中最长的静默时间"},
	TopicShare: {ID: TopicShare, NameEN: "Topic share", NameZH: "主题占比", Unit: UnitPercent, Direction: Less, Kind: Window, Scopes: scopeTopic,
		FormulaEN: "sessions tagged with the topic / tagged sessions", FormulaZH: "标记该主题的会话 ÷ 有主题标记的会话", read: topicShare},
}

// topicShare reads a topic's tags against all of its floor.
func topicShare(r *reading) Value {
	if r.whole == nil {
		return Value{}
	}
	whole := reading{row: r.whole, now: r.whole.Now, window: r.window, at: r.at, minutes: r.minutes}
	return percent(r.count(fact.Tagged), whole.count(fact.Tagged))
}

// Within says which row is the whole that parts are shares of.
func (r *Reader) Within(whole *metrics.Row) { r.r.whole = whole }
