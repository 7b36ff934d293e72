package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/kpi"
	"wallboard/metrics/review"
)

// csvHead names the columns; a line fills those that its section has.
var csvHead = []string{"section", "floor", "scope", "channel", "queue", "team", "from", "to", "kpi", "unit", "value", "n", "target", "gap", "share", "before", "change", "change_percent", "improvement_percent", "rule", "level"}

// CSV writes every figure of the report at full precision, one a line: the
// sections are indicator, part, change, hour, heat, worst, breach and account.
func (r *Report) CSV(w io.Writer) error {
	out := &csvLines{w: csv.NewWriter(w), zone: r.Zone}
	out.put(map[string]string{}, csvHead)
	whole := metrics.HourSpan{From: r.From, To: r.To}
	for _, l := range r.Lines {
		line := out.figure("indicator", r.floorKey(), whole, l.KPI, l.Value)
		if l.HasTarget {
			line["target"] = goalText(l.KPI, l.Target)
		}
		if l.HasTarget && l.Value.OK {
			line["gap"] = exact(l.Gap)
		}
		line["rule"], line["level"] = l.Rule, levelOf(l.KPI, l.Target, l.HasTarget, l.Value).String()
		out.line(line)
		r.csvParts(out, l, whole)
	}
	for _, c := range r.Changes {
		line := out.figure("change", r.floorKey(), whole, c.KPI, c.After)
		line["before"], line["change"], line["change_percent"] = exact(c.Before.V), exact(c.Absolute), exact(c.Relative)
		if c.Judged {
			line["improvement_percent"] = exact(c.Improvement)
		}
		out.line(line)
	}
	r.csvHours(out)
	for _, q := range r.Worst {
		for i, v := range q.Values {
			line := out.figure("worst", q.Key, whole, kpi.Find(worstKPIs[i]), v)
			line["share"] = exact(q.Share)
			out.line(line)
		}
	}
	for _, e := range r.Episodes {
		out.line(out.breach(e))
	}
	r.csvAccount(out)
	out.w.Flush()
	if err := out.w.Error(); err != nil {
		return fmt.Errorf("report: write CSV: %w", err)
	}
	return nil
}

func (r *Report) csvParts(out *csvLines, l Line, whole metrics.HourSpan) {
	for _, parts := range [][]review.Part{l.Channels.Parts, l.Queues.Parts, l.Teams.Parts} {
		for _, p := range parts {
			line := out.figure("part", p.Key, whole, l.KPI, p.Value)
			line["gap"], line["share"] = exact(p.Gap), exact(p.Share)
			out.line(line)
		}
	}
}

func (r *Report) csvHours(out *csvLines) {
	for _, h := range r.Volume {
		out.line(out.figure("hour", r.floorKey(), h.Span, kpi.Find("offered"), h.Offered))
		out.line(out.figure("hour", r.floorKey(), h.Span, kpi.Find("answered"), h.Answered))
		out.line(out.figure("hour", r.floorKey(), h.Span, kpi.Find("abandoned"), h.Abandoned))
		out.line(out.figure("hour", r.floorKey(), h.Span, kpi.Find("service_level"), h.Level))
	}
	for _, heat := range r.Heats {
		for _, row := range heat.Rows {
			for i, v := range row.Cells {
				line := out.figure("heat", row.Key, r.Hours[i], heat.KPI, v)
				line["level"] = levelOf(heat.KPI, heat.Target, heat.HasTarget, v).String()
				out.line(line)
			}
		}
	}
}

func (r *Report) csvAccount(out *csvLines) {
	a := &r.Account
	for _, row := range []struct {
		name string
		n    int64
	}{
		{"received", a.Received}, {"applied", a.Applied}, {"duplicates", a.Duplicates}, {"late", a.Late}, {"ancient", a.Ancient},
		{"misfit", a.Misfit}, {"unknown", a.Unknown}, {"lost", a.Lost}, {"frozen_ms", a.FrozenMs},
	} {
		out.line(map[string]string{"section": "account", "floor": r.Floor.String(), "kpi": row.name, "value": strconv.FormatInt(row.n, 10)})
	}
	for _, reason := range slices.Sorted(maps.Keys(a.Rejected)) {
		out.line(map[string]string{"section": "account", "floor": r.Floor.String(), "kpi": "rejected_" + reason, "value": strconv.FormatInt(a.Rejected[reason], 10)})
	}
}

// csvLines writes lines by the names of their columns.
type csvLines struct {
	w    *csv.Writer
	zone *time.Location
}

func (c *csvLines) put(line map[string]string, head []string) {
	cells := make([]string, len(csvHead))
	for i, column := range csvHead {
		cells[i] = harmless(line[column])
	}
	if len(line) == 0 {
		copy(cells, head)
	}
	_ = c.w.Write(cells) // the writer keeps its first error
}

func (c *csvLines) line(line map[string]string) { c.put(line, nil) }

// harmless keeps a spreadsheet from taking a name from outside for a formula.
func harmless(s string) string {
	if s == "" || !strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return s
	}
	if _, err := strconv.ParseFloat(s, 64); err == nil {
		return s
	}
	return "'" + s
}

func (c *csvLines) figure(section string, key metrics.Key, span metrics.HourSpan, k *kpi.KPI, v kpi.Value) map[string]string {
	line := map[string]string{
		"section": section, "floor": key.Floor.String(), "scope": key.Scope.String(), "channel": key.Channel.String(), "queue": key.Queue.String(), "team": key.Team.String(),
		"from": c.time(span.From), "to": c.time(span.To), "kpi": k.ID, "unit": string(k.Unit),
	}
	if key == (metrics.Key{}) {
		line["scope"] = "rest"
	}
	if v.OK {
		line["value"], line["n"] = exact(v.V), strconv.FormatInt(v.N, 10)
	}
	return line
}

func (c *csvLines) breach(e metrics.Episode) map[string]string {
	line := map[string]string{
		"section": "breach", "floor": e.Key.Floor.String(), "scope": e.Key.Scope.String(), "channel": e.Key.Channel.String(), "queue": e.Key.Queue.String(), "team": e.Key.Team.String(),
		"from": c.time(e.FiringSince), "kpi": e.KPI, "value": exact(e.Peak), "target": exact(e.Limit), "rule": e.Rule, "level": e.Level.String(),
	}
	if e.Ended != 0 {
		line["to"] = c.time(e.Ended)
	}
	return line
}

func (c *csvLines) time(t int64) string { return time.UnixMilli(t).In(c.zone).Format(time.RFC3339) }

func goalText(k *kpi.KPI, t kpi.Target) string {
	if k.Direction == kpi.Within {
		return exact(t.Lo) + ".." + exact(t.Hi)
	}
	return exact(t.Value)
}

// exact prints a number so that it reads back the same; nothing for none.
func exact(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return ""
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}
