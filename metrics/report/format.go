package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/export"
	"wallboard/metrics/kpi"
	"wallboard/metrics/review"
)

// dash stands where there is no data.
const dash = "—"

// number prints a value in its unit, rounded toward the bad side.
func number(k *kpi.KPI, v kpi.Value) string {
	if !v.OK {
		return dash
	}
	return amount(k.Unit, v.V, k.Direction)
}

func amount(unit kpi.Unit, v float64, d kpi.Direction) string {
	switch unit {
	case kpi.UnitSeconds:
		return seconds(v, d)
	case kpi.UnitPercent:
		return decimals(v, d, 1) + " %"
	case kpi.UnitCount, kpi.UnitFlag, kpi.UnitPeople:
		if v == math.Trunc(v) {
			return thousands(int64(v))
		}
	case kpi.UnitMinutes:
		return decimals(v, d, 1) + " min"
	}
	return decimals(v, d, 1)
}

func decimals(v float64, d kpi.Direction, n int) string {
	return strconv.FormatFloat(kpi.RoundBad(v, d, n), 'f', n, 64)
}

// seconds prints 42 s, 4:12 or 1:04:12.
func seconds(v float64, d kpi.Direction) string {
	if math.Abs(v) < 60 {
		return decimals(v, d, 1) + " s"
	}
	sign := ""
	if v < 0 {
		sign = "−"
	}
	n := int64(math.Abs(kpi.RoundBad(v, d, 0)))
	if n >= 3600 {
		return fmt.Sprintf("%s%d:%02d:%02d", sign, n/3600, n/60%60, n%60)
	}
	return fmt.Sprintf("%s%d:%02d", sign, n/60, n%60)
}

// shortSeconds is seconds without decimals, for a cell of a heat table.
func shortSeconds(v float64, d kpi.Direction) string {
	if v = kpi.RoundBad(v, d, 0); math.Abs(v) < 60 {
		return strconv.FormatFloat(v, 'f', 0, 64) + " s"
	}
	return seconds(v, d)
}

func thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	sign := strings.HasPrefix(s, "-")
	s = strings.TrimPrefix(s, "-")
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	if sign {
		return "−" + s
	}
	return s
}

// target prints what a value is held against.
func target(k *kpi.KPI, t kpi.Target) string {
	switch k.Direction {
	case kpi.More:
		return "≥ " + amount(k.Unit, t.Value, kpi.Neutral)
	case kpi.Less:
		return "≤ " + amount(k.Unit, t.Value, kpi.Neutral)
	case kpi.Within:
		return amount(k.Unit, t.Lo, kpi.Neutral) + " – " + amount(k.Unit, t.Hi, kpi.Neutral)
	}
	return dash
}

// signed prints a change with its sign.
func signed(unit kpi.Unit, v float64) string {
	text := strings.TrimPrefix(amount(unit, math.Abs(v), kpi.Neutral), "−")
	switch {
	case v > 0:
		return "+" + text
	case v < 0:
		return "−" + text
	}
	return text
}

func percentage(v float64) string {
	if math.IsNaN(v) {
		return dash
	}
	return signed(kpi.UnitPercent, v)
}

// trendMark is a glyph for which way a value went.
func trendMark(t review.Trend) string {
	return map[review.Trend]string{
		review.TrendUnknown: "", review.TrendSame: "=", review.TrendBetter: "↗", review.TrendWorse: "↘", review.TrendUp: "+", review.TrendDown: "−",
	}[t]
}

func levelMark(l metrics.Level) string {
	switch l {
	case metrics.LevelOK:
		return "●"
	case metrics.LevelWarn:
		return "▲"
	case metrics.LevelCritical:
		return "■"
	}
	return "◌"
}

// levelOf grades a value against its target.
func levelOf(k *kpi.KPI, t kpi.Target, has bool, v kpi.Value) metrics.Level {
	switch {
	case !has || !v.OK:
		return metrics.LevelUnknown
	case review.Gap(k, t, v.V) <= 0:
		return metrics.LevelOK
	case t.Critical != 0 && (k.Direction == kpi.Less && v.V >= t.Critical || k.Direction == kpi.More && v.V <= t.Critical):
		return metrics.LevelCritical
	}
	return metrics.LevelWarn
}

// place names a key for people, without its floor.
func place(key metrics.Key, w *words) string {
	switch key.Scope {
	case metrics.ScopeFloor:
		if key == (metrics.Key{}) {
			return w.unexplained
		}
		return w.whole
	case metrics.ScopeChannel:
		return key.Channel.String()
	case metrics.ScopeQueue:
		return key.Queue.String()
	case metrics.ScopeQueueChannel:
		return key.Queue.String() + "/" + key.Channel.String()
	case metrics.ScopeTeam:
		return key.Team.String()
	case metrics.ScopeAgent, metrics.ScopeAgentChannel:
		// A review names no single person.
		return "1 × " + key.Scope.String()
	}
	return export.ScopeName(key)
}

func clock(t int64, zone *time.Location) string {
	return time.UnixMilli(t).In(zone).Format("15:04")
}

// stamp prints a moment, with its date where that is not the day's own.
func (r *Report) stamp(t int64) string {
	at := time.UnixMilli(t).In(r.Zone)
	if at.Format(time.DateOnly) != time.UnixMilli(r.From).In(r.Zone).Format(time.DateOnly) {
		return at.Format("01-02 15:04")
	}
	return at.Format("15:04:05")
}

// span prints the span of a side: 2026-11-20 00:00 → 11-21 00:00 +08:00, the
// second date only where it is another.
func (s *Side) span() string {
	from, to := time.UnixMilli(s.From).In(s.Zone), time.UnixMilli(s.To).In(s.Zone)
	end := "15:04 -07:00"
	if from.Format(time.DateOnly) != to.Format(time.DateOnly) {
		end = "01-02 15:04 -07:00"
	}
	return from.Format("2006-01-02 15:04") + " → " + to.Format(end)
}
