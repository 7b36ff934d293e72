package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"wallboard/feed/live"
	"wallboard/metrics"
	"wallboard/tui/i18n"
)

// backtesting holds the flags of the backtest command.
type backtesting struct {
	events, with    []string
	csv, rule, lang string
	from, until     string
	step            time.Duration
	json            bool
	drill           drilling
}

func (p *program) backtestCommand() *cobra.Command {
	var b backtesting
	c := &cobra.Command{
		Use: "backtest", Short: "Say which breaches a configuration would have raised",
		Long: `Runs the rules of the configuration over recorded events, or one rule over a
series (CSV with the columns timestamp and value, looked at once a row), and prints every breach it would have raised: when, where, how long, how
bad and why; then, for each rule, how many, how long together and how many a
day. So rules can be tuned on last week before they wake anybody.

With --drill the floor is a simulated one that loses a team every one to three
days, and each rule is told how many losses it found, how late, and how often a
day it cried without one.`,
		Example: `  wallboard backtest --events lastweek.ndjson
  wallboard backtest --events lastweek.ndjson --config candidate.toml --json > breaches.ndjson
  wallboard backtest --csv waiting.csv --rule waiting --with people=12
  wallboard backtest --drill --days 42 --seeds 1,2,3`,
		Args: positional(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error { return p.backtest(c.Context(), &b) },
	}
	f := c.Flags()
	f.StringArrayVar(&b.events, "events", nil, "event file, may be repeated; - is standard input")
	f.StringVar(&b.csv, "csv", "", "file with one series, - for standard input")
	f.StringArrayVar(&b.with, "with", nil, "with --csv: another figure the rule reads, such as people=10; may be repeated")
	f.StringVar(&b.rule, "rule", "", "run only the rule of this name")
	f.StringVar(&b.from, "from", "", "leave out breaches that ended before, such as 1999-02-01T00:00:00+02:00")
	f.StringVar(&b.until, "until", "", "stop at this instant")
	f.DurationVar(&b.step, "step", time.Minute, "how often breaches are collected")
	f.StringVar(&b.lang, "lang", "", "of the reasons: en or zh-CN (default: the locale's)")
	f.BoolVar(&b.json, "json", false, "one JSON object a line: each breach, then each rule's summary")
	b.drill.register(c)
	c.MarkFlagsMutuallyExclusive("events", "csv", "drill")
	c.MarkFlagsOneRequired("events", "csv", "drill")
	return c
}

func (p *program) backtest(ctx context.Context, b *backtesting) error {
	switch {
	case b.drill.on:
		return p.runDrill(ctx, &b.drill, b.json)
	case b.csv != "":
		return p.backtestSeries(b)
	}
	return p.backtestEvents(ctx, b)
}

// raised is one breach of a backtest.
type raised struct {
	metrics.Episode
	reason string
	open   bool // still firing at the end
}

// backtestEvents runs a board over the recording.
func (p *program) backtestEvents(ctx context.Context, b *backtesting) error {
	from, _, err := p.instant(b.from, "from")
	if err != nil {
		return err
	}
	until, zone, err := p.instant(b.until, "until")
	if err != nil {
		return err
	}
	if b.step <= 0 {
		return usagef("backtest: --step %v is not above 0", b.step)
	}
	config, err := p.boardConfig(orUTC(zone))
	if err != nil {
		return err
	}
	if b.rule != "" {
		if config.Rules, err = onlyRule(config.Rules, b.rule); err != nil {
			return err
		}
	}
	var inputs []live.Input
	for _, name := range b.events {
		inputs = append(inputs, live.Input{Name: name, Open: func() (io.ReadCloser, error) {
			in, _, err := p.openInput(name)
			return in, err
		}})
	}
	found := newCollection(p.language(b.lang))
	report := p.dayProgress()
	err = live.InPassing(ctx, live.OfflineConfig{Inputs: inputs, Board: config, Until: until}, b.step, func(s *metrics.Snapshot) error {
		found.look(s)
		report(s.At, len(found.raised))
		return nil
	})
	p.endProgress()
	if err != nil {
		return err
	}
	fmt.Fprintln(p.stderr, heard(&found.health))
	if found.health.Applied == 0 {
		return errors.New("backtest: no event could be used; are these wire events (wallboard import makes them)?")
	}
	return p.printBacktest(found.result(from), b.json)
}

// heard says what the breaches rest on.
func heard(h *metrics.Health) string {
	rejected := int64(0)
	for _, n := range h.Rejected {
		rejected += n
	}
	return fmt.Sprintf("%d events read, %d used; %d rejected, %d duplicates, %d misfits, %d of unknown types",
		h.Received, h.Applied, rejected, h.Duplicates, h.Misfit, h.Unknown)
}

// dayProgress returns what draws, on a terminal, the day a backtest is in.
func (p *program) dayProgress() func(at int64, breaches int) {
	if !isTerminal(p.stderr) {
		return func(int64, int) {}
	}
	shown := ""
	return func(at int64, breaches int) {
		if now := time.UnixMilli(at).UTC().Format("2006-01-02 15h"); now != shown {
			shown = now
			fmt.Fprintf(p.stderr, "\r\x1b[K%s  %d breaches", now, breaches)
		}
	}
}

// collection gathers every breach that came by, once.
type collection struct {
	lang        i18n.Lang
	raised      map[incident]*raised
	first, last int64 // clock of the looks
	zones       map[string]*time.Location
	health      metrics.Health // at the last look
}

// incident is what makes a breach the same one in two looks.
type incident struct {
	rule  string
	key   metrics.Key
	fired int64
}

func newCollection(lang i18n.Lang) *collection {
	return &collection{lang: lang, raised: map[incident]*raised{}, zones: map[string]*time.Location{}}
}

func (c *collection) look(s *metrics.Snapshot) {
	if c.first == 0 {
		c.first = s.At
	}
	c.last, c.health = s.At, s.Health
	for _, f := range s.Floors {
		c.zones[f.ID.String()] = f.Zone
	}
	for i := range s.PastBreaches {
		c.over(&s.PastBreaches[i])
	}
	for i := range s.Breaches {
		c.firing(&s.Breaches[i], s.At)
	}
}

func (c *collection) over(e *metrics.Episode) {
	id := incident{e.Rule, e.Key, e.FiringSince}
	r := c.raised[id]
	if r == nil {
		r = &raised{}
		c.raised[id] = r
	}
	r.Episode, r.open = *e, false
}

func (c *collection) firing(b *metrics.Breach, at int64) {
	id := incident{b.Rule, b.Key, b.FiringSince}
	r := c.raised[id]
	if r == nil {
		r = &raised{}
		c.raised[id] = r
	}
	worst := max(r.Level, b.Level)
	r.Episode = metrics.Episode{
		Rule: b.Rule, KPI: b.KPI, Key: b.Key, Window: b.Window, Level: worst, Since: b.Since,
		FiringSince: b.FiringSince, Ended: at, Peak: b.Peak, Limit: b.Limit, Flaps: b.Flaps,
	}
	r.open = true
	if reason := reasonIn(c.lang, b); reason != "" {
		r.reason = reason
	}
}

func reasonIn(lang i18n.Lang, b *metrics.Breach) string {
	if lang == i18n.Chinese {
		return b.ReasonZH.String()
	}
	return b.ReasonEN.String()
}

// backtestResult is what is printed.
type backtestResult struct {
	raised      []*raised
	first, last int64
	zones       map[string]*time.Location
}

// result returns the breaches in order of time, without those that ended
// before from.
func (c *collection) result(from int64) backtestResult {
	out := backtestResult{first: max(c.first, from), last: c.last, zones: c.zones}
	for _, r := range c.raised {
		if r.Ended >= from {
			out.raised = append(out.raised, r)
		}
	}
	slices.SortFunc(out.raised, func(a, b *raised) int {
		return cmp.Or(cmp.Compare(a.FiringSince, b.FiringSince), cmp.Compare(a.Rule, b.Rule), cmp.Compare(scopeText(a.Key), scopeText(b.Key)))
	})
	return out
}

// days is how long was looked, for rates a day.
func (r backtestResult) days() float64 {
	return max(float64(r.last-r.first)/float64((24*time.Hour).Milliseconds()), 1.0/24)
}

func (r backtestResult) zone(k metrics.Key) *time.Location { return orUTC(r.zones[k.Floor.String()]) }

func (p *program) printBacktest(r backtestResult, asJSON bool) error {
	out := bufio.NewWriter(p.stdout)
	if asJSON {
		writeBacktestJSON(out, r)
	} else {
		writeBacktestTable(out, r)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("backtest: write: %w", err)
	}
	return nil
}
