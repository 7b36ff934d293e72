package export

import (
	"cmp"
	"slices"
	"strings"

	"wallboard/metrics"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
)

// rows returns the rows that are wanted, sorted by scope, floor, channel,
// queue, team, agent, topic and touchpoint.
func rows(s *metrics.Snapshot, o Options) []*metrics.Row {
	var out []*metrics.Row
	keep := func(r *metrics.Row) {
		if r != nil && o.matches(r.Key) {
			out = append(out, r)
		}
	}
	for _, f := range s.Floors {
		eachRow(f, keep)
	}
	slices.SortStableFunc(out, func(a, b *metrics.Row) int { return compareKeys(a.Key, b.Key) })
	return out
}

func eachRow(f *metrics.FloorView, keep func(*metrics.Row)) {
	keep(f.Row)
	for _, list := range [][]*metrics.Row{f.Channels, f.Queues, f.Teams, f.Topics, f.Touchpoints} {
		for _, r := range list {
			keep(r)
		}
	}
	for _, q := range f.Tables {
		keep(q.Row)
	}
	f.Agents.All(func(a *metrics.AgentView) bool { keep(a.Row); return true })
	for _, a := range f.Roster {
		keep(a.Row)
	}
	for _, page := range f.AgentChannels {
		for _, r := range page {
			keep(r)
		}
	}
}

func compareKeys(a, b metrics.Key) int {
	if c := cmp.Compare(a.Scope, b.Scope); c != 0 {
		return c
	}
	for _, pair := range [][2]string{
		{a.Floor.String(), b.Floor.String()}, {a.Channel.String(), b.Channel.String()}, {a.Queue.String(), b.Queue.String()},
		{a.Team.String(), b.Team.String()}, {a.Agent.String(), b.Agent.String()},
		{a.Topic.String(), b.Topic.String()}, {a.Touchpoint.String(), b.Touchpoint.String()},
	} {
		if c := strings.Compare(pair[0], pair[1]); c != 0 {
			return c
		}
	}
	return 0
}

// line is one row over one window with its values.
type line struct {
	row    *metrics.Row
	window fact.Window
	values []kpi.Value
}

// eachLine calls yield with every line in order until it fails. The line and
// its values are only valid during the call.
func eachLine(s *metrics.Snapshot, o Options, yield func(*line) error) error {
	windows, kpis := slices.Clone(o.windows()), o.kpis()
	slices.Sort(windows)
	windows = slices.Compact(windows)
	l := line{values: make([]kpi.Value, len(kpis))}
	var reader kpi.Reader
	for _, row := range rows(s, o) {
		reader.Reset(row, s.At)
		for _, w := range windows {
			if row.Past && w != fact.WindowAll {
				continue
			}
			l.row, l.window = row, w
			for i, k := range kpis {
				l.values[i] = reader.Read(k, w)
			}
			if err := yield(&l); err != nil {
				return err
			}
		}
	}
	return nil
}
