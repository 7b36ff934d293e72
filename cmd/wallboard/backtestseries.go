package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/baseline"
	"wallboard/metrics/kpi"
	"wallboard/metrics/rule"
)

// plenty is the number of samples behind each value of a series: a file does
// not say, and a rule's least n is not what is tried.
const plenty = 1_000_000

// backtestSeries shows one rule the rows of a series, each at its own time.
func (p *program) backtestSeries(b *backtesting) error {
	trial, r, zone, err := p.trial(b)
	if err != nil {
		return err
	}
	with, err := givenWith(b.with)
	if err != nil {
		return err
	}
	in, _, err := p.openInput(b.csv)
	if err != nil {
		return err
	}
	defer in.Close()
	found := newCollection(p.language(b.lang))
	rows, unreadable, back := 0, 0, 0
	reader := baseline.Rows{Zone: zone, Problem: func(line int, reason error) {
		unreadable++
		fmt.Fprintf(p.stderr, "line %d: %v\n", line, reason)
	}}
	err = reader.Read(in, func(row baseline.Row) error {
		at := row.At.UnixMilli()
		if at < found.last {
			back++
			return nil
		}
		rows++
		with[r.KPI] = kpi.Value{V: row.Value, OK: true, N: plenty}
		found.series(trial.Step(at, with), trial.Past(), at)
		return nil
	})
	if err != nil {
		return fmt.Errorf("backtest: %w", err)
	}
	fmt.Fprintf(p.stderr, "%d rows; %d unreadable, %d older than the row before and left out\n", rows, unreadable, back)
	if rows == 0 {
		return fmt.Errorf("backtest: %s holds no row of a timestamp and a value", b.csv)
	}
	return p.printBacktest(found.result(0), b.json)
}

// trial makes the trial of the rule named.
func (p *program) trial(b *backtesting) (*rule.Trial, rule.Rule, *time.Location, error) {
	fail := func(err error) (*rule.Trial, rule.Rule, *time.Location, error) { return nil, rule.Rule{}, nil, err }
	if b.rule == "" {
		return fail(usagef("backtest: --csv needs --rule, the name of the rule to try (wallboard check lists them)"))
	}
	zone, err := p.zone(time.UTC)
	if err != nil {
		return fail(err)
	}
	config, err := p.boardConfig(zone)
	if err != nil {
		return fail(err)
	}
	only, err := onlyRule(config.Rules, b.rule)
	if err != nil {
		return fail(err)
	}
	trial, err := rule.NewTrial(only[0], rule.Config{Calendar: config.Calendar, Targets: config.Targets}, zone)
	if err != nil {
		return fail(usageError{err})
	}
	return trial, only[0], zone, nil
}

// givenWith reads further figures of the entity, such as people=10.
func givenWith(pairs []string) (rule.Given, error) {
	given := rule.Given{}
	for _, pair := range pairs {
		id, text, ok := strings.Cut(pair, "=")
		v, err := strconv.ParseFloat(text, 64)
		name, _, _ := strings.Cut(id, "@")
		if !ok || err != nil || math.IsNaN(v) || math.IsInf(v, 0) || kpi.Find(name) == nil {
			return nil, usagef("backtest: --with %q is not a figure and its value, such as people=10", pair)
		}
		given[id] = kpi.Value{V: v, OK: true, N: plenty}
	}
	return given, nil
}

// series notes where a trial stands after a row.
func (c *collection) series(seen rule.Seen, past []metrics.Episode, at int64) {
	if c.first == 0 {
		c.first = at
	}
	c.last = at
	if len(past) > 0 {
		c.over(&past[0])
	}
	if seen.State == metrics.BreachFiring || seen.State == metrics.BreachRecovering {
		c.firing(&seen.Breach, at)
	}
}
