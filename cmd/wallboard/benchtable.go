package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"text/tabwriter"
)

// benchRow is one figure of the table.
type benchRow struct {
	ID      string  `json:"id"`
	What    string  `json:"what"`
	Unit    string  `json:"unit"` // of limit and ours
	Limit   float64 `json:"limit,omitempty"`
	Ours    float64 `json:"ours"`
	Ratio   float64 `json:"ratio"` // ours to the limit; without one, ours
	Goal    float64 `json:"goal"`
	AtLeast bool    `json:"at_least"` // the goal is to be reached, otherwise not to be passed
	InUnit  bool    `json:"in_unit"`  // the goal is set to ours, not to the ratio
	Reached bool    `json:"reached"`
	Note    string  `json:"note,omitempty"`
}

// number returns the figure's number, to sort by.
func (r benchRow) number() int {
	n, _ := strconv.Atoi(strings.TrimPrefix(r.ID, "P"))
	return n
}

func (r benchRow) goal() string {
	sign, unit := "≤", ""
	if r.AtLeast {
		sign = "≥"
	}
	if r.InUnit {
		unit = " " + r.Unit
	}
	return sign + " " + amount(r.Goal) + unit
}

// benchReport is one run.
type benchReport struct {
	Cores   int        `json:"cores"`
	Before  string     `json:"load_before,omitempty"` // load average of 1, 5 and 15 min
	After   string     `json:"load_after,omitempty"`
	Seconds float64    `json:"seconds"`
	Rows    []benchRow `json:"figures"`
}

func (b benchReport) print(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "\tfigure\tlimit\tours\tunit\tratio\tgoal\treached\t")
	for _, r := range b.Rows {
		limit, ratio, reached := "—", "—", "no"
		if r.Limit != 0 {
			limit, ratio = amount(r.Limit), amount(r.Ratio)
		}
		if r.Reached {
			reached = "yes"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", r.ID, r.What, limit, amount(r.Ours), r.Unit, ratio, r.goal(), reached, r.Note)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	load := ""
	if b.Before != "" {
		load = fmt.Sprintf(", load average before %s, after %s", b.Before, b.After)
	}
	_, err := fmt.Fprintf(out, "\n%d cores%s, %.0f s. Medians of turns; trust ratios on a busy machine.\n", b.Cores, load, b.Seconds)
	return err
}

// amount writes a figure with three significant digits and grouped thousands.
func amount(v float64) string {
	switch {
	case v == 0:
		return "0"
	case v >= 1_000:
		return grouped(int64(v + 0.5))
	case v >= 100:
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	return strconv.FormatFloat(v, 'g', 3, 64)
}

func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// loadAverage returns the machine's load as it says itself, empty where it does
// not.
func loadAverage() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return ""
	}
	return strings.Join(strings.Fields(string(text))[:3], " ")
}
