package config

import (
	"fmt"
	"slices"
	"strings"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/metrics/fact"
	"wallboard/metrics/rule"
)

// Rules returns the rules of the file over the shipped defaults: one with the
// name of a default replaces it, any other is added.
func (f *File) Rules() ([]rule.Rule, error) {
	rules := rule.Defaults()
	for i, entry := range f.Rule {
		r, err := entry.rule()
		if err != nil {
			return nil, fmt.Errorf("config: rule %q, number %d: %w", entry.Name, i+1, err)
		}
		at := slices.IndexFunc(rules, func(have rule.Rule) bool { return have.Name == r.Name })
		if at >= 0 {
			rules[at] = r
			continue
		}
		rules = append(rules, r)
	}
	if _, err := rule.New(rules); err != nil {
		return nil, fmt.Errorf("config: %w", err)
	}
	return rules, nil
}

func (e Rule) rule() (rule.Rule, error) {
	r := rule.Rule{
		Name: e.Name, KPI: e.KPI, Window: fact.Window15m, Warn: e.Warn.pointer(), Critical: e.Critical.pointer(),
		Return: e.Return.pointer(), For: e.For.D, Keep: e.Keep.D, MinN: e.MinN,
		AdviceEN: clean.Line(e.Advice["en"]), AdviceZH: clean.Line(e.Advice["zh"]),
	}
	if e.Window != "" {
		w, ok := fact.ParseWindow(e.Window)
		if !ok || w == fact.WindowAll {
			return r, fmt.Errorf("window %q is none of today, 60m, 30m, 15m, 5m", e.Window)
		}
		r.Window = w
	}
	for language := range e.Advice {
		if language != "en" && language != "zh" {
			return r, fmt.Errorf("advice: language %q is neither en nor zh", language)
		}
	}
	return r, e.setScope(&r)
}

func (l *Limit) pointer() *float64 {
	if l == nil || !l.Set {
		return nil
	}
	return &l.Value
}

// setScope reads { queue = "*", channel = "voice" }: the parts named say which
// kind of entity the rule looks at, their values which ones.
func (e Rule) setScope(r *rule.Rule) error {
	r.Match = rule.Match{Floor: e.Scope["floor"], Channel: e.Scope["channel"], Queue: e.Scope["queue"], Team: e.Scope["team"], Agent: e.Scope["agent"]}
	has := func(part string) bool { _, ok := e.Scope[part]; return ok }
	for part := range e.Scope {
		if !slices.Contains([]string{"floor", "channel", "queue", "team", "agent"}, part) {
			return fmt.Errorf("scope: %q is none of floor, channel, queue, team, agent", part)
		}
	}
	switch {
	case has("agent") && has("queue"), has("team") && (has("queue") || has("agent") || has("channel")):
		return fmt.Errorf("scope: no figures are kept for the combination of %s", strings.Join(sortedKeys(e.Scope), ", "))
	case has("agent"):
		r.Scope = metrics.ScopeAgent
	case has("team"):
		r.Scope = metrics.ScopeTeam
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

func sortedKeys(m map[string]string) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
