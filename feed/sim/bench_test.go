package sim

import (
	"testing"
	"time"
)

// BenchmarkHistory generates the 14 hours a demo begins with.
func BenchmarkHistory(b *testing.B) {
	events := 0
	for b.Loop() {
		o := demo(1)
		o.End = at(14 * time.Hour)
		s := start(b, o)
		for range s.Events {
			events++
		}
	}
	b.ReportMetric(float64(events)/b.Elapsed().Seconds(), "events/s")
}
