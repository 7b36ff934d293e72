package main

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// benchOptions are the flags of bench.
type benchOptions struct {
	only    []string
	json    bool
	full    bool
	quick   bool
	timeout time.Duration
}

// benchPart measures the figures it names.
type benchPart struct {
	ids     []string
	measure func(context.Context, benchOptions) ([]benchRow, error)
}

func benchParts() []benchPart {
	return []benchPart{
		{ids: []string{"P1", "P3"}, measure: measureIngest},
		{ids: []string{"P2"}, measure: measureCatchUp},
		{ids: []string{"P4"}, measure: measureMemory},
		{ids: []string{"P5"}, measure: measureSnapshot},
		{ids: []string{"P6"}, measure: measureFrames},
		{ids: []string{"P7"}, measure: measureBytes},
		{ids: []string{"P9"}, measure: measureIdle},
		{ids: []string{"P12"}, measure: measureGrowth},
	}
}

func (p *program) benchCommand() *cobra.Command {
	var o benchOptions
	c := &cobra.Command{
		Use: "bench", Short: "Measure this machine: the limit, ours, the ratio, the goal",
		Long: `Bench measures what this machine can do and how near the board comes to it.
Every figure stands beside its limit, measured in the same run in turns, and is
the median of them: on a busy machine trust the ratios, not the times.

  P1   ingest of a pre-encoded feed, decoding and engine with every figure on
  P2   catch-up from a JetStream stream on disk
  P3   allocations per event
  P4   memory per session, person, and queue x channel
  P5   a snapshot of 10,000 people, 5 % of them changed
  P6   building a frame of 200x60, beside plain Lip Gloss
  P7   bytes to the terminal, beside Bubble Tea's renderer
  P9   processor time of the program in a terminal while nothing happens
  P12  what an event costs as the floor grows`,
		Example: `  wallboard bench                   everything
  wallboard bench --only P6,P7      the screen
  wallboard bench --only P4 --full  memory with a million open sessions
  wallboard bench --json            one object a line`,
		Args: positional(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error { return p.bench(c.Context(), o) },
	}
	f := c.Flags()
	f.StringSliceVar(&o.only, "only", nil, "figures to measure, such as P1,P6 (default: all)")
	f.BoolVar(&o.json, "json", false, "one JSON object a line")
	f.BoolVar(&o.full, "full", false, "measure at full size: a million events in P2, a million sessions in P4")
	f.BoolVar(&o.quick, "quick", false, "measure on less, in a few seconds: a rough picture")
	f.DurationVar(&o.timeout, "timeout", 10*time.Minute, "give up after this long")
	return c
}

func (p *program) bench(ctx context.Context, o benchOptions) error {
	parts, err := chosen(o.only)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, o.timeout)
	defer cancel()
	report := benchReport{Cores: runtime.GOMAXPROCS(0), Before: loadAverage()}
	began := time.Now()
	for _, part := range parts {
		if !o.json {
			fmt.Fprintf(p.stderr, "measuring %s …\n", strings.Join(part.ids, " and "))
		}
		rows, err := part.measure(ctx, o)
		if err != nil {
			return fmt.Errorf("bench: %s: %w", part.ids[0], err)
		}
		report.Rows = append(report.Rows, rows...)
		runtime.GC() // the next part begins with the heap of none
	}
	report.After, report.Seconds = loadAverage(), time.Since(began).Seconds()
	slices.SortStableFunc(report.Rows, func(a, b benchRow) int { return a.number() - b.number() })
	if o.json {
		return json.NewEncoder(p.stdout).Encode(report)
	}
	return report.print(p.stdout)
}

// chosen returns the parts that measure what is asked for.
func chosen(only []string) ([]benchPart, error) {
	parts := benchParts()
	var out []benchPart
	for _, id := range only {
		id = strings.ToUpper(strings.TrimSpace(id))
		at := slices.IndexFunc(parts, func(b benchPart) bool { return slices.Contains(b.ids, id) })
		if at < 0 {
			return nil, usagef("--only %q is none of P1, P2, P3, P4, P5, P6, P7, P9, P12", id)
		}
		if !slices.ContainsFunc(out, func(b benchPart) bool { return slices.Equal(b.ids, parts[at].ids) }) {
			out = append(out, parts[at])
		}
	}
	if len(only) > 0 {
		return out, nil
	}
	return parts, nil
}
