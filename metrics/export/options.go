package export

import (
	"fmt"
	"strings"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
)

// Options choose what is written. The zero value writes every row over the
// windows of a live floor, with every KPI.
type Options struct {
	Windows []fact.Window  // none: today, 60m, 30m, 15m, 5m
	Scopes  []Filter       // rows that match one of them; none: all rows
	KPIs    []*kpi.KPI     // none: the whole catalogue
	Zone    *time.Location // of times where the snapshot has no floor; nil: UTC

	Keep  func(metrics.Key) bool // rows to write instead of those of Scopes; nil: those
	About []Field                // further fields of the JSON, behind the mark
}

// Field is a field of the JSON: its name, and a string or a bool.
type Field struct {
	Name  string
	Value any
}

// Filter matches rows by scope and, where given, by name.
type Filter struct {
	Scope         metrics.Scope
	Name, Channel string // "": any; Channel is the second part of queue_channel and agent_channel
}

// ParseScopes reads filters separated by commas: "queue", "queue:PS", "topic",
// "queue_channel:PS/voice", "queue_channel:*/voice", "agent:1141". A word
// without a scope before it continues the list of names: "queue:PS,TT".
func ParseScopes(text string) ([]Filter, error) {
	var filters []Filter
	for _, word := range strings.Split(text, ",") {
		word = strings.TrimSpace(word)
		if word == "" {
			continue
		}
		name, rest, named := strings.Cut(word, ":")
		scope, known := metrics.ParseScope(name)
		if !known {
			if named || len(filters) == 0 || filters[len(filters)-1].Name == "" {
				return nil, fmt.Errorf("export: read scope %q: unknown scope %q (one of floor, channel, queue, queue_channel, team, agent, agent_channel, topic, touchpoint, each with :NAME if wanted)", text, name)
			}
			scope, rest = filters[len(filters)-1].Scope, word
		}
		f := Filter{Scope: scope, Name: rest}
		if scope == metrics.ScopeQueueChannel || scope == metrics.ScopeAgentChannel {
			if i := strings.LastIndexByte(rest, '/'); i >= 0 {
				f.Name, f.Channel = rest[:i], rest[i+1:]
			}
		}
		filters = append(filters, f)
	}
	return filters, nil
}

// ParseWindows reads windows separated by commas.
func ParseWindows(text string) ([]fact.Window, error) {
	var windows []fact.Window
	for _, word := range strings.Split(text, ",") {
		w, ok := fact.ParseWindow(strings.TrimSpace(word))
		if !ok {
			return nil, fmt.Errorf("export: read window %q: want one of today, 60m, 30m, 15m, 5m, all", word)
		}
		windows = append(windows, w)
	}
	return windows, nil
}

// ParseKPIs reads ids separated by commas.
func ParseKPIs(text string) ([]*kpi.KPI, error) {
	var kpis []*kpi.KPI
	for _, word := range strings.Split(text, ",") {
		k := kpi.Find(strings.TrimSpace(word))
		if k == nil {
			return nil, fmt.Errorf("export: read KPI %q: not in the catalogue (see: wallboard kpis)", word)
		}
		kpis = append(kpis, k)
	}
	return kpis, nil
}

func (o Options) windows() []fact.Window {
	if len(o.Windows) > 0 {
		return o.Windows
	}
	return []fact.Window{fact.WindowToday, fact.Window60m, fact.Window30m, fact.Window15m, fact.Window5m}
}

func (o Options) kpis() []*kpi.KPI {
	if len(o.KPIs) > 0 {
		return o.KPIs
	}
	all := kpi.All()
	out := make([]*kpi.KPI, len(all))
	for i := range all {
		out[i] = &all[i]
	}
	return out
}

func (o Options) matches(k metrics.Key) bool {
	if o.Keep != nil {
		return o.Keep(k)
	}
	if len(o.Scopes) == 0 {
		return !k.Scope.Named() // only where they are asked for
	}
	for _, f := range o.Scopes {
		if f.matches(k) {
			return true
		}
	}
	return false
}

func (f Filter) matches(k metrics.Key) bool {
	fits := func(want, got string) bool { return want == "" || want == "*" || want == got }
	return f.Scope == k.Scope && fits(f.Name, names(k)[0]) && fits(f.Channel, k.Channel.String())
}

// names returns what a key is called, outermost first; a floor by its own id.
func names(k metrics.Key) []string {
	switch k.Scope {
	case metrics.ScopeChannel:
		return []string{k.Channel.String()}
	case metrics.ScopeQueue:
		return []string{k.Queue.String()}
	case metrics.ScopeQueueChannel:
		return []string{k.Queue.String(), k.Channel.String()}
	case metrics.ScopeTeam:
		return []string{k.Team.String()}
	case metrics.ScopeAgent:
		return []string{k.Agent.String()}
	case metrics.ScopeAgentChannel:
		return []string{k.Agent.String(), k.Channel.String()}
	case metrics.ScopeTopic:
		return []string{k.Topic.String()}
	case metrics.ScopeTouchpoint:
		return []string{k.Touchpoint.String()}
	}
	return []string{k.Floor.String()}
}

// ScopeName writes a key the way ParseScopes reads one: "queue:PS".
func ScopeName(k metrics.Key) string { return k.Scope.String() + ":" + strings.Join(names(k), "/") }
