package ruletest

import (
	"fmt"
	"math"
	"strings"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/kpi"
	"wallboard/metrics/rule"
)

// Failure is one thing that came out another way than expected.
type Failure struct {
	Line      int
	At        time.Duration
	What      string // "state", "limit", …
	Got, Want string
}

// String says it in a sentence.
func (f Failure) String() string {
	return fmt.Sprintf("line %d: at %v: %s is %s, want %s", f.Line, f.At, f.What, f.Got, f.Want)
}

// Result is what came of one test.
type Result struct {
	Test     Test
	Failures []Failure
	Err      error // the test could not be run
}

// OK says that the test passed.
func (r *Result) OK() bool { return r.Err == nil && len(r.Failures) == 0 }

// Run runs tests against rules, under a calendar and targets.
func Run(rules []rule.Rule, config rule.Config, tests []Test) []Result {
	byName := map[string]rule.Rule{}
	for _, r := range rules {
		byName[r.Name] = r
	}
	out := make([]Result, 0, len(tests))
	for _, t := range tests {
		r, known := byName[t.Rule]
		if !known {
			out = append(out, Result{Test: t, Err: fmt.Errorf("line %d: no rule is named %q", t.Line, t.Rule)})
			continue
		}
		out = append(out, run1(r, config, t))
	}
	return out
}

func run1(r rule.Rule, config rule.Config, t Test) Result {
	out := Result{Test: t}
	for id := range t.With {
		name, _, _ := strings.Cut(id, "@")
		if kpi.Find(name) == nil {
			out.Err = fmt.Errorf("line %d: with: %q is not in the catalogue", t.Line, name)
			return out
		}
	}
	trial, err := rule.NewTrial(r, config, t.Start.Location())
	if err != nil {
		out.Err = fmt.Errorf("line %d: %w", t.Line, err)
		return out
	}
	begun := map[int64]bool{}
	for i := range t.Values {
		since := time.Duration(i) * t.Every
		at := t.Start.Add(since).UnixMilli()
		if t.frozenAt(since) {
			trial.Freeze(at)
			t.checkAll(&out, since, trial.Last())
			continue
		}
		seen := trial.Step(at, t.given(r, i))
		if fired := seen.Breach.FiringSince; fired != 0 {
			begun[fired] = true
		}
		t.checkAll(&out, since, seen)
	}
	if t.Episodes != nil && *t.Episodes != len(begun) {
		out.Failures = append(out.Failures, Failure{Line: t.Line, At: time.Duration(len(t.Values)-1) * t.Every, What: "number of episodes", Got: fmt.Sprint(len(begun)), Want: fmt.Sprint(*t.Episodes)})
	}
	return out
}

func (t *Test) frozenAt(since time.Duration) bool {
	for _, s := range t.Frozen {
		if since >= s.From && since < s.To {
			return true
		}
	}
	return false
}

// given is what the rule sees at one step.
func (t *Test) given(r rule.Rule, i int) rule.Given {
	g := rule.Given{r.KPI: value(t.Values[i], t.N[i])}
	for id, v := range t.With {
		g[id] = value(v[i], t.N[i])
	}
	return g
}

func value(v, n float64) kpi.Value {
	if math.IsNaN(v) {
		return kpi.Value{}
	}
	samples := int64(0)
	if n > 0 && n < math.MaxInt64/2 {
		samples = int64(n)
	}
	return kpi.Value{V: v, OK: true, N: samples}
}

// checkAll holds what was seen at a step against what was expected of it: the
// last step at or before the time named.
func (t *Test) checkAll(out *Result, since time.Duration, seen rule.Seen) {
	for _, x := range t.Expect {
		if x.At-x.At%t.Every == since {
			x.check(out, seen)
		}
	}
}

func (x *Expectation) check(out *Result, seen rule.Seen) {
	fail := func(what string, got, want any) {
		out.Failures = append(out.Failures, Failure{Line: x.Line, At: x.At, What: what, Got: fmt.Sprint(got), Want: fmt.Sprint(want)})
	}
	b := seen.Breach
	if seen.State != x.State {
		fail("state", seen.State, x.State)
	}
	if x.Level != metrics.LevelUnknown && seen.Level != x.Level {
		fail("level", seen.Level, x.Level)
	}
	for _, n := range []struct {
		what string
		got  float64
		want *float64
	}{{"value", b.Value, x.Value}, {"limit", b.Limit, x.Limit}, {"return level", b.Return, x.Return}, {"peak", b.Peak, x.Peak}, {"base", b.Base, x.Base}} {
		if n.want != nil && math.Abs(n.got-*n.want) > 1e-9*max(1, math.Abs(*n.want)) {
			fail(n.what, n.got, *n.want)
		}
	}
	if x.Flaps != nil && int(b.Flaps) != *x.Flaps {
		fail("number of flaps", b.Flaps, *x.Flaps)
	}
	if x.Learned != nil && int(seen.Learned) != *x.Learned {
		fail("steps learned", seen.Learned, *x.Learned)
	}
	if !strings.Contains(b.ReasonEN.String(), x.Reason) {
		fail("reason", fmt.Sprintf("%q", b.ReasonEN), fmt.Sprintf("to hold %q", x.Reason))
	}
}
