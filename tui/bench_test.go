package tui

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"wallboard/metrics"
	"wallboard/tui/screen"
	"wallboard/tui/tuitest"
)

// frames returns snapshots a second apart, as a live floor hands them out.
func frames(o tuitest.Options, n int) []*metrics.Snapshot {
	first := tuitest.Floor(o)
	out := make([]*metrics.Snapshot, n)
	for i := range out {
		out[i] = tuitest.Later(first, int64(i))
	}
	return out
}

// BenchmarkView builds frames at 200x60 with 10,000 agents behind them, each of
// another second (goal P6: 0.5 ms and 500 allocations at most).
func BenchmarkView(b *testing.B) {
	list := frames(tuitest.Options{Agents: 10_000, Queues: 40}, 60)
	all := views()
	for page := range numPages {
		all[pageName(page)] = []string{pageTable()[page].number}
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		b.Run(name, func(b *testing.B) {
			v, g := benchViewer(b, all[name], list[0])
			b.ReportAllocs()
			before, n := spent(), 0
			for i := 0; b.Loop(); i++ {
				s := list[i%len(list)]
				v.observe(s, s.At)
				g.Reset(200, 60)
				v.draw(g)
				n++
			}
			b.ReportMetric(float64(spent()-before)/float64(n), "cpu-ns/op")
		})
	}
}

// BenchmarkAgentsBehind shows that the cost of a frame does not grow with them.
func BenchmarkAgentsBehind(b *testing.B) {
	for _, agents := range []int{10, 1_000, 10_000} {
		list := frames(tuitest.Options{Agents: agents}, 60)
		b.Run(fmt.Sprint(agents), func(b *testing.B) {
			v, g := benchViewer(b, []string{"3"}, list[0])
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				s := list[i%len(list)]
				v.observe(s, s.At)
				g.Reset(200, 60)
				v.draw(g)
			}
		})
	}
}

func benchViewer(b testing.TB, keys []string, s *metrics.Snapshot) (*viewer, *screen.Grid) {
	v, err := newViewer(Look{Profile: screen.TrueColor}, Choice{})
	if err != nil {
		b.Fatal(err)
	}
	v.resize(200, 60)
	v.lookups, v.stored = true, true
	g := screen.NewGrid(200, 60)
	v.observe(s, s.At)
	v.draw(g)
	for _, k := range keys {
		v.press(keyOf(k))
		v.draw(g)
	}
	return v, g
}

// TestAFrameAllocatesLittle holds P6's count where it can be exact.
func TestAFrameAllocatesLittle(t *testing.T) {
	list := frames(tuitest.Options{Agents: 2_000, Queues: 40}, 30)
	all := views()
	for page := range numPages {
		all[pageName(page)] = []string{pageTable()[page].number}
	}
	for name, keys := range all {
		v, g := benchViewer(t, keys, list[0])
		i := 0
		draw := func() {
			s := list[i%len(list)]
			i++
			v.observe(s, s.At)
			g.Reset(200, 60)
			v.draw(g)
		}
		for range list {
			draw()
		}
		if n := testing.AllocsPerRun(60, draw); n > 500 {
			t.Errorf("%s: %v allocations a frame", name, n)
		}
	}
}
