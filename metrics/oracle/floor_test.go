package oracle_test

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/fact"
	"wallboard/metrics/kpi"
	"wallboard/metrics/oracle"
)

// day is events to be told to both, and when to compare what they say.
type day struct {
	floor    string
	settings metrics.Settings
	events   []metrics.Event
	instants []int64
}

// mismatch is one figure on which the two differ.
type mismatch struct {
	at        int64
	scope     oracle.Scope
	window    fact.Window
	id        string
	got, want oracle.Number // the engine's and the oracle's
}

func (m mismatch) String() string {
	return fmt.Sprintf("at %s %+v %s %s: engine %s, oracle %s", time.UnixMilli(m.at).UTC().Format("15:04:05.000"), m.scope, m.window, m.id, show(m.got), show(m.want))
}

func show(n oracle.Number) string {
	if !n.OK {
		return "—"
	}
	return fmt.Sprintf("%.12g", n.V)
}

// tally is how much was compared.
type tally struct{ floors, instants, rows, figures int }

// run tells the events to an engine and compares at each instant.
func (d *day) run(t *testing.T, count *tally, differ func(mismatch) bool) {
	t.Helper()
	engine, err := metrics.NewEngine(d.settings)
	if err != nil {
		t.Fatal(err)
	}
	reference := oracle.New(d.settings)
	count.floors++
	next := 0
	for _, at := range d.instants {
		for ; next < len(d.events) && d.events[next].Time <= at; next++ {
			ev := d.events[next]
			reference.Add(ev)
			engine.Tick(max(engine.Now(), ev.Time))
			engine.Apply(&ev)
		}
		engine.Tick(at)
		count.instants++
		if !d.compare(engine.Snapshot(), reference.Floor(d.floor, at), count, differ) {
			return
		}
	}
}

// compare reads every figure both define, and says whether to go on.
func (d *day) compare(s *metrics.Snapshot, f *oracle.Floor, count *tally, differ func(mismatch) bool) bool {
	view := s.FloorNamed(d.floor)
	if view == nil {
		return true
	}
	for _, row := range rowsOf(view) {
		scope := scopeOf(row.Key)
		count.rows++
		for w := range fact.NumWindows {
			want := f.Figures(scope, w)
			for id, got := range figuresOf(row, w, s.At) {
				expect, defined := want[id]
				if !defined {
					continue
				}
				count.figures++
				if !agree(id, got, expect) && !differ(mismatch{s.At, scope, w, id, got, expect}) {
					return false
				}
			}
		}
	}
	return true
}

func rowsOf(v *metrics.FloorView) []*metrics.Row {
	rows := append([]*metrics.Row{v.Row}, v.Channels...)
	rows = append(rows, v.Queues...)
	for _, q := range v.Tables {
		rows = append(rows, q.Row)
	}
	rows = append(rows, v.Teams...)
	for _, row := range slices.Concat(v.Topics, v.Touchpoints) {
		if name := cmp.Or(row.Key.Topic.String(), row.Key.Touchpoint.String()); name != "other" { // of which no raw event speaks
			rows = append(rows, row)
		}
	}
	for a := range v.Agents.All {
		rows = append(rows, a.Row)
	}
	for _, page := range v.AgentChannels {
		rows = append(rows, page...)
	}
	return rows
}

func scopeOf(k metrics.Key) oracle.Scope {
	return oracle.Scope{Kind: k.Scope, Channel: k.Channel.String(), Queue: k.Queue.String(), Team: k.Team.String(), Agent: k.Agent.String(), Topic: k.Topic.String(), Touchpoint: k.Touchpoint.String()}
}

// figuresOf reads a row's figures over a window, the service level's variants
// each by its name.
func figuresOf(row *metrics.Row, w fact.Window, at int64) oracle.Figures {
	out := oracle.Figures{}
	var reader kpi.Reader
	reader.Reset(row, at)
	all := kpi.All()
	for i := range all {
		k := &all[i]
		if !k.Measured() || !k.Scopes.Has(row.Key.Scope) {
			continue
		}
		v := reader.Read(k, w)
		out[k.ID] = oracle.Number{V: v.V, OK: v.OK}
		if v.Service == nil {
			continue
		}
		for variant := range metrics.NumVariants {
			one := v.Service.Variants[variant]
			out[k.ID+":"+variant.String()] = oracle.Number{V: one.V, OK: one.OK}
		}
	}
	return out
}

var quantiles = map[string]bool{"wait_p50": true, "wait_p90": true, "frt_p50": true, "frt_p90": true,
	"response_p50": true, "response_p90": true, "aht_p50": true, "aht_p90": true}

// agree holds quantiles and shares to their stated error, all else to that of a double.
func agree(id string, got, want oracle.Number) bool {
	if got.OK != want.OK {
		return false
	}
	if !got.OK || got.V == want.V {
		return true
	}
	limit := 1e-9
	switch {
	case quantiles[id]:
		limit = fact.RelativeError
	case id == "aht_concurrent":
		limit = 1e-8 // shares of more than ten sessions at once are rounded
	}
	return math.Abs(got.V-want.V) <= limit*math.Abs(want.V)+1e-12
}
