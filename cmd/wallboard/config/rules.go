package config

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
	"wallboard/metrics/rule"
)

// Rule is one threshold. Keys that take several forms are read by hand.
type Rule struct {
	Name         string            `toml:"name"`
	Off          bool              `toml:"off"`
	KPI          string            `toml:"kpi"`
	Mode         string            `toml:"mode"`
	Scope        map[string]any    `toml:"scope"`
	Window       string            `toml:"window"`
	Direction    string            `toml:"direction"`
	Warn         any               `toml:"warn"`
	Critical     any               `toml:"critical"`
	Base         any               `toml:"base"`
	Clamp        []any             `toml:"clamp"`
	Sensitivity  any               `toml:"sensitivity"`
	Step         Duration          `toml:"step"`
	Weekday      bool              `toml:"weekday"`
	Goal         any               `toml:"goal"`
	BudgetPeriod Duration          `toml:"budget_period"`
	For          Duration          `toml:"for"`
	Return       any               `toml:"return"`
	Keep         Duration          `toml:"keep"`
	MinN         int64             `toml:"min_n"`
	Confident    bool              `toml:"confident"`
	Hours        string            `toml:"hours"`
	Holidays     []string          `toml:"holidays"`
	When         []When            `toml:"when"`
	Advice       map[string]string `toml:"advice"`
}

// When is a further KPI that a rule asks for.
type When struct {
	KPI     string `toml:"kpi"`
	AtLeast any    `toml:"at_least"`
}

// keyed is a problem with one key of a rule.
type keyed struct {
	key string
	err error
}

func (k *keyed) Error() string { return k.key + ": " + k.err.Error() }

func at(key string, err error) error {
	if err == nil {
		return nil
	}
	return &keyed{key, err}
}

// Rules returns the rules of the file over the shipped defaults: one with the
// name of a default replaces it, any other is added. What is wrong is said with
// the rule's name, the key, its line and the reason.
func (f *File) Rules() ([]rule.Rule, error) {
	rules := rule.Defaults()
	named := map[string]int{}
	for i, entry := range f.Rule {
		r, err := entry.rule()
		if err == nil && !entry.Off {
			err = rule.Check(r)
		}
		if first, twice := named[entry.Name]; err == nil && twice {
			err = at("name", fmt.Errorf("line %d has a rule of that name already", f.positions.line("rule", first, "name")))
		}
		if err != nil {
			return nil, f.ruleError(i, err)
		}
		named[entry.Name] = i
		switch have := slices.IndexFunc(rules, func(have rule.Rule) bool { return have.Name == r.Name }); {
		case have < 0 && entry.Off && entry.KPI == "":
			return nil, f.ruleError(i, at("off", fmt.Errorf("no shipped rule has that name")))
		case have < 0 && entry.Off: // one of the user's own, for now not wanted
		case entry.Off:
			rules = slices.Delete(rules, have, have+1)
		case have >= 0:
			rules[have] = r
		default:
			rules = append(rules, r)
		}
	}
	if _, err := rule.New(rules); err != nil {
		return nil, fmt.Errorf("config: %w", err)
	}
	return rules, nil
}

// ruleError says which rule, which key and on which line.
func (f *File) ruleError(i int, err error) error {
	key, reason := "", err.Error()
	var k *keyed
	var p *rule.Problem
	switch {
	case errors.As(err, &k):
		key, reason = k.key, k.err.Error()
	case errors.As(err, &p):
		key, reason = p.Key, p.Reason
	}
	// A reason may name a part of a key: "clamp, upper".
	spelt, _, _ := strings.Cut(key, ",")
	where := ""
	if line := f.positions.line("rule", i, spelt); line > 0 {
		where = fmt.Sprintf("line %d: ", line)
	}
	return fmt.Errorf("config: %srule %q: %s: %s", where, f.Rule[i].Name, key, reason)
}

func (e Rule) rule() (rule.Rule, error) {
	r := rule.Rule{
		Name: e.Name, KPI: e.KPI, Window: fact.Window15m, For: e.For.D, Keep: e.Keep.D, MinN: e.MinN, Confident: e.Confident,
		AdviceEN: clean.Line(e.Advice["en"]), AdviceZH: clean.Line(e.Advice["zh"]),
	}
	if e.Off {
		return r, nil
	}
	k := kpi.Find(e.KPI)
	if k == nil {
		return r, at("kpi", fmt.Errorf("%q is not in the catalogue%s (see: wallboard kpis)", e.KPI, nearKPI(e.KPI)))
	}
	for _, step := range []func(*rule.Rule, *kpi.KPI) error{e.setMode, e.setWindow, e.setScope, e.setLimits, e.setConditions} {
		if err := step(&r, k); err != nil {
			return r, err
		}
	}
	for language := range e.Advice {
		if language != "en" && language != "zh" {
			return r, at("advice", fmt.Errorf("language %q is neither en nor zh", language))
		}
	}
	return r, nil
}

func nearKPI(id string) string {
	var ids []string
	for _, k := range kpi.All() {
		ids = append(ids, k.ID)
	}
	if near := nearest(id, ids); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}

func (e Rule) setMode(r *rule.Rule, k *kpi.KPI) error {
	if kpi.ShareBeyond(k) > 0 {
		r.Mode = rule.ModeShare
	}
	if e.Mode != "" {
		mode, ok := rule.ParseMode(e.Mode)
		if !ok {
			return at("mode", fmt.Errorf("%q is none of fixed, share, dynamic, burn, review", e.Mode))
		}
		r.Mode = mode
	}
	switch e.Direction {
	case "":
	case "more", "less", "within":
		r.Direction = map[string]kpi.Direction{"more": kpi.More, "less": kpi.Less, "within": kpi.Within}[e.Direction]
	default:
		return at("direction", fmt.Errorf("%q is none of more, less, within", e.Direction))
	}
	for key, wrong := range map[string]bool{
		"base": e.Base != nil, "clamp": e.Clamp != nil, "sensitivity": e.Sensitivity != nil, "step": e.Step.Set, "weekday": e.Weekday,
	} {
		if wrong && r.Mode != rule.ModeDynamic {
			return at(key, fmt.Errorf("belongs to mode dynamic, and the mode is %s", r.Mode))
		}
	}
	if r.Mode != rule.ModeBurn && (e.Goal != nil || e.BudgetPeriod.Set) {
		return at("goal", fmt.Errorf("belongs to mode burn, and the mode is %s", r.Mode))
	}
	return nil
}

// setWindow reads today, or any whole number of minutes.
func (e Rule) setWindow(r *rule.Rule, _ *kpi.KPI) error {
	if e.Window == "" {
		return nil
	}
	if w, ok := fact.ParseWindow(e.Window); ok && w != fact.WindowAll {
		r.Window = w
		return nil
	}
	span, err := parseSpan(e.Window)
	if err != nil || span < time.Minute || span%time.Minute != 0 || span > 24*time.Hour {
		return at("window", fmt.Errorf("%q is neither today nor a whole number of minutes up to 1440 such as \"90m\"", e.Window))
	}
	r.Minutes = int(span / time.Minute)
	return nil
}

var scopeParts = []string{"floor", "channel", "queue", "team", "agent", "topic", "touchpoint"}

// setScope reads { queue = "*", channel = ["chat", "app"] }: the parts named
// say which kind of entity the rule looks at, their values which ones.
func (e Rule) setScope(r *rule.Rule, _ *kpi.KPI) error {
	for part, v := range e.Scope {
		if !slices.Contains(scopeParts, part) {
			return at("scope", fmt.Errorf("%q is none of %s", part, strings.Join(scopeParts, ", ")))
		}
		if err := setMatch(&r.Match, part, v); err != nil {
			return at("scope", err)
		}
	}
	has := func(part string) bool { _, ok := e.Scope[part]; return ok }
	switch {
	case has("agent") && has("queue"), has("agent") && has("channel"), has("team") && (has("queue") || has("agent") || has("channel")),
		(has("topic") || has("touchpoint")) && len(e.Scope) > 1 && !(len(e.Scope) == 2 && has("floor")):
		return at("scope", fmt.Errorf("no figures are kept for the combination of %s", strings.Join(sorted(e.Scope), ", ")))
	case has("agent"):
		r.Scope = metrics.ScopeAgent
	case has("team"):
		r.Scope = metrics.ScopeTeam
	case has("topic"):
		r.Scope = metrics.ScopeTopic
	case has("touchpoint"):
		r.Scope = metrics.ScopeTouchpoint
	case has("queue") && has("channel"):
		r.Scope = metrics.ScopeQueueChannel
	case has("queue"):
		r.Scope = metrics.ScopeQueue
	case has("channel"):
		r.Scope = metrics.ScopeChannel
	default:
		r.Scope = metrics.ScopeFloor
	}
	return nil
}

func setMatch(m *rule.Match, part string, v any) error {
	if list, ok := v.([]any); ok && part == "channel" {
		for _, entry := range list {
			name, err := textOf(entry)
			if err != nil {
				return err
			}
			m.Channels = append(m.Channels, name)
		}
		return nil
	}
	name, err := textOf(v)
	if err != nil {
		return fmt.Errorf("%s: %w (channel alone takes a list)", part, err)
	}
	if name == "*" {
		return nil // as if it were not narrowed
	}
	switch part {
	case "floor":
		m.Floor = name
	case "channel":
		m.Channel = name
	case "queue":
		m.Queue = name
	case "team":
		m.Team = name
	case "agent":
		m.Agent = name
	default:
		return fmt.Errorf("%s takes only \"*\"", part)
	}
	return nil
}

func (e Rule) setConditions(r *rule.Rule, _ *kpi.KPI) error {
	for _, w := range e.When {
		v, err := number(kpi.Find(w.KPI), w.AtLeast)
		if err != nil {
			return at("when", fmt.Errorf("at_least of %q: %w", w.KPI, err))
		}
		r.When = append(r.When, rule.Condition{KPI: w.KPI, AtLeast: v})
	}
	if e.Hours != "" || e.Holidays != nil {
		hours, err := parseHours(e.Hours, e.Holidays)
		if err != nil {
			return at("hours", err)
		}
		r.Hours = &hours
	}
	return nil
}

func (l *Limit) pointer() *float64 {
	if l == nil || !l.Set {
		return nil
	}
	return &l.Value
}
