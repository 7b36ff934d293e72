// Package ruletest owns rules tested as data: a file of series and of the
// states a rule must be in at which times, and what comes of running it. It
// must not know screens, the engine or where a file came from.
//
// A file is YAML:
//
//	tests:
//	  - name: two minutes above the limit warn
//	    rule: first response         # of the configuration in use
//	    every: 5s                    # between two values; 5s where not given
//	    start: 2026-11-21T09:00:00Z  # of the first value; this where not given
//	    series: 100x12 190x60        # the rule's KPI; "_" is no data
//	    n: 20                        # samples behind each value; plenty where not given
//	    with: {people: 3}            # further KPIs, numbers or series; "id@5m" for one window
//	    frozen: [{from: 2m, to: 3m}] # while the numbers cannot be trusted
//	    expect:
//	      - {at: 1m, state: inactive}
//	      - {at: 3m, state: firing, level: warn, limit: 180}
//	    episodes: 1                  # how many were begun in all
//
// A series is a list of words: "5" is one value, "5x3" the same three times,
// "5+2x3" begins at 5 and goes up by 2 three times (four values), "5-2x3" down.
package ruletest

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"
	"math"
	"time"

	"gopkg.in/yaml.v3"

	"wallboard/metrics"
)

// Shipped are the tests of the shipped rules.
//
//go:embed shipped/*.yaml
var Shipped embed.FS

// mostTests and mostSteps bound what a file may ask for.
const (
	mostTests = 10_000
	mostSteps = 500_000
	mostBytes = 4 << 20
)

// usualEvery is the time between two looks at the rules, and firstAt when a
// series begins, where a test says nothing.
const usualEvery = 5 * time.Second

func firstAt() time.Time { return time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC) }

// Test is one series and what must come of it.
type Test struct {
	Name, Rule string
	Line       int // in the file
	Every      time.Duration
	Start      time.Time
	Values     []float64 // NaN: no data
	N          []float64 // as long as Values
	With       map[string][]float64
	Frozen     []Span
	Expect     []Expectation
	Episodes   *int
}

// Span is a time since the series began, To not included.
type Span struct{ From, To time.Duration }

// Expectation is where a rule must stand at a time. What is nil or empty is not
// looked at.
type Expectation struct {
	Line                             int
	At                               time.Duration
	State                            metrics.BreachState
	Level                            metrics.Level // LevelUnknown: not looked at
	Value, Limit, Return, Peak, Base *float64
	Flaps                            *int
	Reason                           string // part of the English reason
	Learned                          *int
}

// file is a test file as it is written.
type file struct {
	Tests []written `yaml:"tests"`
}

type written struct {
	Name     string         `yaml:"name"`
	Rule     string         `yaml:"rule"`
	Every    string         `yaml:"every"`
	Start    string         `yaml:"start"`
	Series   any            `yaml:"series"`
	N        any            `yaml:"n"`
	With     map[string]any `yaml:"with"`
	Frozen   []spanWritten  `yaml:"frozen"`
	Expect   []expected     `yaml:"expect"`
	Episodes *int           `yaml:"episodes"`
}

type spanWritten struct {
	From string `yaml:"from"`
	To   string `yaml:"to"`
}

type expected struct {
	At      string   `yaml:"at"`
	State   string   `yaml:"state"`
	Level   string   `yaml:"level"`
	Value   *float64 `yaml:"value"`
	Limit   *float64 `yaml:"limit"`
	Return  *float64 `yaml:"return"`
	Peak    *float64 `yaml:"peak"`
	Base    *float64 `yaml:"base"`
	Flaps   *int     `yaml:"flaps"`
	Reason  string   `yaml:"reason"`
	Learned *int     `yaml:"learned"`
}

// Parse reads a test file strictly: an unknown key is an error, and whatever
// is wrong is said with its line.
func Parse(data []byte) ([]Test, error) {
	if len(data) > mostBytes {
		return nil, fmt.Errorf("ruletest: the file has more than %d bytes", mostBytes)
	}
	var f file
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(&f); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("ruletest: %w", err)
	}
	if len(f.Tests) == 0 {
		return nil, fmt.Errorf("ruletest: the file holds no tests")
	}
	if len(f.Tests) > mostTests {
		return nil, fmt.Errorf("ruletest: the file holds more than %d tests", mostTests)
	}
	lines := linesOf(data)
	tests := make([]Test, 0, len(f.Tests))
	for i, w := range f.Tests {
		t, err := w.test(lines.test(i))
		if err != nil {
			return nil, fmt.Errorf("ruletest: line %d: test %q: %w", lines.test(i).line, w.Name, err)
		}
		tests = append(tests, t)
	}
	return tests, nil
}

func (w *written) test(at place) (Test, error) {
	t := Test{Name: w.Name, Rule: w.Rule, Line: at.line, Every: usualEvery, Start: firstAt(), Episodes: w.Episodes, With: map[string][]float64{}}
	if w.Name == "" || w.Rule == "" {
		return t, fmt.Errorf("name and rule are needed")
	}
	var err error
	if w.Every != "" {
		if t.Every, err = time.ParseDuration(w.Every); err != nil || t.Every < time.Second || t.Every > 24*time.Hour {
			return t, fmt.Errorf("every: %q is no time between 1s and 24h", w.Every)
		}
	}
	if w.Start != "" {
		if t.Start, err = time.Parse(time.RFC3339, w.Start); err != nil {
			return t, fmt.Errorf("start: %q is no moment such as 2026-11-21T09:00:00Z", w.Start)
		}
	}
	if t.Values, err = series(w.Series); err != nil {
		return t, fmt.Errorf("series: %w", err)
	}
	if len(t.Values) == 0 {
		return t, fmt.Errorf("series: it holds no values")
	}
	if err := t.others(w); err != nil {
		return t, err
	}
	if len(w.Expect) == 0 && w.Episodes == nil {
		return t, fmt.Errorf("nothing is expected")
	}
	return t, t.expectations(w, at)
}

// others reads what goes with the values, each as long as they are.
func (t *Test) others(w *written) error {
	n, err := series(w.N)
	if err != nil {
		return fmt.Errorf("n: %w", err)
	}
	if w.N == nil {
		n = []float64{1e6}
	}
	t.N = stretched(n, len(t.Values))
	for id, v := range w.With {
		with, err := series(v)
		if err != nil {
			return fmt.Errorf("with: %s: %w", id, err)
		}
		if len(with) == 0 {
			return fmt.Errorf("with: %s: it holds no values", id)
		}
		t.With[id] = stretched(with, len(t.Values))
	}
	for _, s := range w.Frozen {
		from, err1 := time.ParseDuration(s.From)
		to, err2 := time.ParseDuration(s.To)
		if err1 != nil || err2 != nil || from < 0 || to <= from {
			return fmt.Errorf("frozen: from %q to %q is no span of time", s.From, s.To)
		}
		t.Frozen = append(t.Frozen, Span{from, to})
	}
	return nil
}

// stretched holds the last value until the end.
func stretched(v []float64, n int) []float64 {
	for len(v) < n {
		last := math.NaN()
		if len(v) > 0 {
			last = v[len(v)-1]
		}
		v = append(v, last)
	}
	return v
}

func (t *Test) expectations(w *written, at place) error {
	end := time.Duration(len(t.Values)-1) * t.Every
	for i, e := range w.Expect {
		x := Expectation{Line: at.expect(i), Value: e.Value, Limit: e.Limit, Return: e.Return, Peak: e.Peak, Base: e.Base, Flaps: e.Flaps, Reason: e.Reason, Learned: e.Learned}
		var err error
		if x.At, err = time.ParseDuration(e.At); err != nil || x.At < 0 || x.At > end {
			return fmt.Errorf("expect, line %d: at: %q lies outside the series, which ends at %v", x.Line, e.At, end)
		}
		if x.State, err = stateNamed(e.State); err != nil {
			return fmt.Errorf("expect, line %d: %w", x.Line, err)
		}
		switch e.Level {
		case "":
		case "warn":
			x.Level = metrics.LevelWarn
		case "critical":
			x.Level = metrics.LevelCritical
		default:
			return fmt.Errorf("expect, line %d: level: %q is neither warn nor critical", x.Line, e.Level)
		}
		t.Expect = append(t.Expect, x)
	}
	return nil
}

func stateNamed(word string) (metrics.BreachState, error) {
	for _, s := range []metrics.BreachState{metrics.BreachInactive, metrics.BreachPending, metrics.BreachFiring, metrics.BreachRecovering, metrics.BreachResolved} {
		if s.String() == word {
			return s, nil
		}
	}
	return 0, fmt.Errorf("state: %q is none of inactive, pending, firing, recovering, resolved", word)
}
