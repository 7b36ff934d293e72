package notify

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/kpi"
)

// words are what a notice needs in one language.
type words struct {
	state        map[State]string
	level        map[metrics.Level]string
	over, under  string
	limit, since string
	people       func(n int) string
	team         func(name string) string
	floor        string
	colon, comma string
}

func wordsOf(l Lang) words {
	if l == Chinese {
		return words{
			state:  map[State]string{Firing: "告警", Escalated: "升级", Resolved: "恢复"},
			level:  map[metrics.Level]string{metrics.LevelWarn: "警告", metrics.LevelCritical: "严重"},
			over:   "高于",
			under:  "低于",
			limit:  "限值 ",
			since:  "自 ",
			people: func(n int) string { return fmt.Sprintf("%d 人", n) },
			team:   func(name string) string { return name + " 组" },
			floor:  "全场",
			colon:  "：", comma: "，",
		}
	}
	return words{
		state: map[State]string{Firing: "firing", Escalated: "escalated", Resolved: "resolved"},
		level: map[metrics.Level]string{metrics.LevelWarn: "WARN", metrics.LevelCritical: "CRITICAL"},
		over:  "over",
		under: "under",
		limit: "limit ",
		since: "since ",
		people: func(n int) string {
			if n == 1 {
				return "1 person"
			}
			return fmt.Sprintf("%d people", n)
		},
		team:  func(name string) string { return "team " + name },
		floor: "the floor",
		colon: ": ", comma: ", ",
	}
}

// Title says what the message is about: "CRITICAL firing · hz · oldest wait".
func (m *Message) Title(l Lang) string {
	w := wordsOf(l)
	first := w.level[m.Level] + " " + w.state[m.State]
	if m.State == Resolved {
		first = w.state[m.State]
	}
	return strings.Join([]string{first, m.Floor, m.Rule}, " · ")
}

// Advice says what to do, empty where nothing is known.
func (m *Message) Advice(l Lang) string {
	if l == Chinese {
		return m.AdviceZH.String()
	}
	return m.AdviceEN.String()
}

// Text says where it is, how bad, since when and why.
func (n *Line) Text(l Lang, zone *time.Location, state State) string {
	w := wordsOf(l)
	b := &n.Breach
	clock := time.UnixMilli(n.Start).In(zone).Format("15:04:05")
	if n.People > 0 {
		beyond := w.over
		if k := kpi.Find(b.KPI); k != nil && k.Direction == kpi.More {
			beyond = w.under
		}
		return n.Where(l) + w.colon + w.people(n.People) + " " + beyond + " " + amount(b.KPI, b.Limit) + w.comma + w.since + clock
	}
	parts := []string{}
	if state != Resolved && finite(b.Value) {
		parts = append(parts, amount(b.KPI, b.Value))
	}
	if b.KPI != "" && finite(b.Limit) {
		parts = append(parts, w.limit+amount(b.KPI, b.Limit))
	}
	if n.Start != 0 {
		parts = append(parts, w.since+clock)
	}
	if reason := n.Reason(l); reason != "" && state != Resolved {
		parts = append(parts, reason)
	}
	return n.Where(l) + w.colon + strings.Join(parts, w.comma)
}

// Reason says why it fires, empty where value and limit say it.
func (n *Line) Reason(l Lang) string {
	if l == Chinese {
		return n.Breach.ReasonZH.String()
	}
	return n.Breach.ReasonEN.String()
}

// Where names the place, such as "presale · chat" or "team night".
func (n *Line) Where(l Lang) string {
	w := wordsOf(l)
	k := n.Breach.Key
	var parts []string
	if !k.Team.Empty() {
		parts = append(parts, w.team(k.Team.String()))
	}
	for _, part := range []clean.Text{k.Queue, k.Channel, k.Agent, k.Topic, k.Touchpoint} {
		if !part.Empty() {
			parts = append(parts, part.String())
		}
	}
	switch {
	case len(parts) > 0:
		return strings.Join(parts, " · ")
	case n.People > 0:
		return w.team("?")
	case n.Breach.KPI == "" && n.ID.Scope != "":
		return n.ID.Scope
	}
	return w.floor
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// amount writes a value in its KPI's unit.
func amount(id string, v float64) string {
	k := kpi.Find(id)
	if k == nil || !finite(v) {
		return number(v)
	}
	switch k.Unit {
	case kpi.UnitSeconds:
		return span(int64(math.Round(min(max(v, -1e9), 1e9))))
	case kpi.UnitPercent:
		return number(v) + " %"
	case kpi.UnitCount, kpi.UnitPeople, kpi.UnitFlag, kpi.UnitScore:
		return number(v)
	}
	return number(v) + " " + string(k.Unit)
}

// span writes seconds as people read them: 45s, 3m20s, 1h5m.
func span(seconds int64) string {
	if seconds < 0 {
		return "-" + span(-seconds)
	}
	h, m, s := seconds/3600, seconds/60%60, seconds%60
	switch {
	case h > 0 && m > 0:
		return fmt.Sprintf("%dh%dm", h, m)
	case h > 0:
		return fmt.Sprintf("%dh", h)
	case m > 0 && s > 0:
		return fmt.Sprintf("%dm%ds", m, s)
	case m > 0:
		return fmt.Sprintf("%dm", m)
	}
	return fmt.Sprintf("%ds", s)
}

// number writes at most one decimal.
func number(v float64) string {
	if !finite(v) {
		return "—"
	}
	return strings.TrimSuffix(strconv.FormatFloat(v, 'f', 1, 64), ".0")
}
