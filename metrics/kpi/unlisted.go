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
	ViolationsBan = "violations_ban" // findings of screening that get a shop banned
)

// unlisted never changes.
var unlisted = map[string]*KPI{
	SourceAge: {ID: SourceAge, NameEN: "Source silent", NameZH: "数据源静默", Unit: UnitSeconds, Direction: Less, Kind: Now, Scopes: scopeFloor,
		FormulaEN: "longest silence of a source that sends heartbeats", FormulaZH: "发送心跳的数据源中最长的静默时间"},
	TopicShare: {ID: TopicShare, NameEN: "Topic share", NameZH: "主题占比", Unit: UnitPercent, Direction: Less, Kind: Window, Scopes: scopeTopic,
		FormulaEN: "sessions tagged with the topic / tagged sessions", FormulaZH: "标记该主题的会话 ÷ 有主题标记的会话", read: topicShare()},
	ViolationsBan: {ID: ViolationsBan, NameEN: "Violations, ban", NameZH: "封禁级违规", Unit: UnitCount, Direction: Less, Kind: Window, Scopes: everywhere,
		FormulaEN: "violations of severity ban found", FormulaZH: "发现的封禁级违规", read: countNamed("violation_ban")},
}

// countNamed reads a figure by its lasting name; nil where it is not kept.
func countNamed(name string) func(*reading) Value {
	for c := range fact.NumCounts {
		if c.String() == name {
			return countOf(c)
		}
	}
	return nil
}

// topicShare reads a topic's tags against all of its floor.
func topicShare() func(*reading) Value {
	for c := range fact.NumCounts {
		if c.String() != "tagged" {
			continue
		}
		return func(r *reading) Value {
			if r.whole == nil {
				return Value{}
			}
			whole := reading{row: r.whole, now: r.whole.Now, window: r.window, at: r.at, minutes: r.minutes}
			return percent(r.count(c), whole.count(c))
		}
	}
	return nil
}

// Within says which row is the whole that parts are shares of.
func (r *Reader) Within(whole *metrics.Row) { r.r.whole = whole }
