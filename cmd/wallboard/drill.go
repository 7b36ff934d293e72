package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"wallboard/feed/drill"
	"wallboard/metrics/rule"
)

// drilling holds the flags of a drill.
type drilling struct {
	on    bool
	days  int
	seeds []uint
	load  float64
	share float64
	rules []string
}

func (d *drilling) register(c *cobra.Command) {
	f := c.Flags()
	f.BoolVar(&d.on, "drill", false, "try the rules on a simulated floor that loses teams")
	f.IntVar(&d.days, "days", 42, "with --drill: how many days each floor is watched")
	f.UintSliceVar(&d.seeds, "seeds", []uint{1}, "with --drill: the floors")
	f.Float64Var(&d.load, "load", 1, "with --drill: size of the floor, 1 is 150 people")
	f.Float64Var(&d.share, "share", 1, "with --drill: how much of a team is lost, above 0 to 1")
	f.StringArrayVar(&d.rules, "only", nil, "with --drill: only rules of this name, may be repeated")
}

// drillStart is the first day of every drill: a Monday, so that weekdays mean
// the same in each.
const drillStart = "2026-11-02"

func (p *program) runDrill(ctx context.Context, d *drilling, asJSON bool) error {
	zone, err := p.zone(time.UTC)
	if err != nil {
		return err
	}
	start, err := time.ParseInLocation(time.DateOnly, drillStart, zone)
	if err != nil {
		return fmt.Errorf("drill: %w", err)
	}
	if d.days < 1 || d.days > 3650 || !(d.share > 0 && d.share <= 1) {
		return usagef("backtest: --days must be 1 to 3650 and --share above 0 to 1")
	}
	rules, err := p.drillRules(d)
	if err != nil {
		return err
	}
	var total []drill.Outcome
	for _, seed := range d.seeds {
		settings, err := p.file.Settings(zone)
		if err != nil {
			return usageError{err}
		}
		out, err := drill.Run(ctx, drill.Options{
			Seed: uint64(seed), Days: d.days, Load: d.load, Share: d.share, DayStart: start.UnixMilli(),
			Settings: settings, Rules: rules, Progress: p.drillProgress(seed, d.days),
		})
		p.endProgress()
		if err != nil {
			return err
		}
		total = drill.Add(total, out)
	}
	if asJSON {
		return p.printDrillJSON(total)
	}
	return p.printDrill(d, total)
}

func (p *program) drillRules(d *drilling) ([]rule.Rule, error) {
	rules, err := p.file.Rules()
	if err != nil {
		return nil, usageError{err}
	}
	if len(d.rules) == 0 {
		return rules, nil
	}
	var kept []rule.Rule
	for _, name := range d.rules {
		one, err := onlyRule(rules, name)
		if err != nil {
			return nil, err
		}
		kept = append(kept, one...)
	}
	return kept, nil
}

// onlyRule returns the rule of a name.
func onlyRule(rules []rule.Rule, name string) ([]rule.Rule, error) {
	at := slices.IndexFunc(rules, func(r rule.Rule) bool { return r.Name == name })
	if at < 0 {
		return nil, usagef("backtest: no rule is named %q (wallboard check lists them)", name)
	}
	return rules[at : at+1], nil
}

func (p *program) drillProgress(seed uint, days int) func(int) {
	if !isTerminal(p.stderr) {
		return nil
	}
	return func(day int) { fmt.Fprintf(p.stderr, "\r\x1b[Kfloor %d: day %d of %d", seed, day, days) }
}

func (p *program) printDrill(d *drilling, outcomes []drill.Outcome) error {
	if len(outcomes) == 0 {
		return nil
	}
	fmt.Fprintf(p.stdout, "%d losses of %.0f %% of a team in %d days on %d floors; a median counts losses never found as endless\n\n",
		outcomes[0].Losses, 100*d.share, outcomes[0].Days, len(d.seeds))
	table := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "found\tmedian\tothers a day\tmode\trule\t")
	for _, o := range outcomes {
		median := "-"
		if m, ok := o.Median(); ok {
			median = m.Round(time.Second).String()
		}
		fmt.Fprintf(table, "%d\t%s\t%.2f\t%s\t%s\t\n", o.Found, median, o.OthersPerDay(), o.Mode, o.Rule)
	}
	return table.Flush()
}

// drillLine is one rule in JSON.
type drillLine struct {
	Rule          string   `json:"rule"`
	Mode          string   `json:"mode"`
	Losses        int      `json:"losses"`
	Found         int      `json:"found"`
	MedianSeconds *float64 `json:"median_seconds"` // null: half or more were never found
	Others        int      `json:"others"`
	OthersPerDay  float64  `json:"others_per_day"`
	Days          int      `json:"days"`
}

func (p *program) printDrillJSON(outcomes []drill.Outcome) error {
	lines := json.NewEncoder(p.stdout)
	lines.SetEscapeHTML(false)
	for _, o := range outcomes {
		line := drillLine{Rule: o.Rule, Mode: o.Mode, Losses: o.Losses, Found: o.Found, Others: o.Others, OthersPerDay: o.OthersPerDay(), Days: o.Days}
		if m, ok := o.Median(); ok {
			s := m.Seconds()
			line.MedianSeconds = &s
		}
		if err := lines.Encode(line); err != nil {
			return fmt.Errorf("backtest: write: %w", err)
		}
	}
	return nil
}
