package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"text/tabwriter"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/export"
)

func scopeText(k metrics.Key) string { return export.ScopeName(k) }

// ruleSummary is what a rule came to over the whole backtest.
type ruleSummary struct {
	Rule         string  `json:"rule"`
	Count        int     `json:"count"`
	Critical     int     `json:"critical"`
	TotalSeconds float64 `json:"total_seconds"`
	PerDay       float64 `json:"per_day"`
}

// summaries returns one line a rule, the most frequent first.
func (r backtestResult) summaries() []ruleSummary {
	byRule := map[string]*ruleSummary{}
	var out []*ruleSummary
	for _, x := range r.raised {
		s := byRule[x.Rule]
		if s == nil {
			s = &ruleSummary{Rule: x.Rule}
			byRule[x.Rule] = s
			out = append(out, s)
		}
		s.Count++
		if x.Level == metrics.LevelCritical {
			s.Critical++
		}
		s.TotalSeconds += seconds(x.Ended - x.FiringSince)
	}
	var values []ruleSummary
	for _, s := range out {
		s.PerDay = float64(s.Count) / r.days()
		values = append(values, *s)
	}
	slices.SortFunc(values, func(a, b ruleSummary) int {
		return cmp.Or(-cmp.Compare(a.Count, b.Count), cmp.Compare(a.Rule, b.Rule))
	})
	return values
}

func seconds(ms int64) float64 { return float64(ms) / 1000 }

// raisedLine is one breach in JSON. Value and limit are in the KPI's unit.
type raisedLine struct {
	Rule    string   `json:"rule"`
	KPI     string   `json:"kpi"`
	Scope   string   `json:"scope"`
	Window  string   `json:"window"`
	Level   string   `json:"level"`
	Start   string   `json:"start"`
	End     *string  `json:"end"` // null: still firing when the record ended
	Seconds float64  `json:"seconds"`
	Peak    *float64 `json:"peak"`
	Limit   *float64 `json:"limit"`
	Flaps   int32    `json:"flaps"`
	Reason  string   `json:"reason"`
}

func finiteOrNull(v float64) *float64 {
	if v != v || v > 1e300 || v < -1e300 {
		return nil
	}
	return &v
}

func writeBacktestJSON(out io.Writer, r backtestResult) {
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	for _, x := range r.raised {
		zone := r.zone(x.Key)
		line := raisedLine{
			Rule: x.Rule, KPI: x.KPI, Scope: scopeText(x.Key), Window: x.Window, Level: x.Level.String(),
			Start: stamp(x.FiringSince, zone), Seconds: seconds(x.Ended - x.FiringSince),
			Peak: finiteOrNull(x.Peak), Limit: finiteOrNull(x.Limit), Flaps: x.Flaps, Reason: x.reason,
		}
		if !x.open {
			end := stamp(x.Ended, zone)
			line.End = &end
		}
		_ = lines.Encode(line) // the writer keeps its error for Flush
	}
	for _, s := range r.summaries() {
		_ = lines.Encode(map[string]ruleSummary{"summary": s})
	}
}

func stamp(at int64, zone *time.Location) string {
	return time.UnixMilli(at).In(zone).Format(time.RFC3339)
}

func writeBacktestTable(out io.Writer, r backtestResult) {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "start\tlasted\tlevel\trule\twhere\tpeak\tlimit\twhy")
	for _, x := range r.raised {
		lasted := (time.Duration(x.Ended-x.FiringSince) * time.Millisecond).Round(time.Second).String()
		if x.open {
			lasted += " +"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", time.UnixMilli(x.FiringSince).In(r.zone(x.Key)).Format("2006-01-02 15:04:05"),
			lasted, x.Level, x.Rule, scopeText(x.Key), plainNumber(x.Peak), plainNumber(x.Limit), x.reason)
	}
	_ = table.Flush()
	fmt.Fprintf(out, "\n%d breaches in %.1f days (+ : still firing at the end)\n\n", len(r.raised), r.days())
	table = tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "breaches\tcritical\ta day\ttogether\trule\t")
	for _, s := range r.summaries() {
		together := time.Duration(s.TotalSeconds * float64(time.Second)).Round(time.Second)
		fmt.Fprintf(table, "%d\t%d\t%.2f\t%s\t%s\t\n", s.Count, s.Critical, s.PerDay, together, s.Rule)
	}
	_ = table.Flush()
}

func plainNumber(v float64) string {
	if finiteOrNull(v) == nil {
		return "-"
	}
	return strconv.FormatFloat(v, 'f', 1, 64)
}
