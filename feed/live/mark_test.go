package live

import (
	"testing"
	"time"

	"wallboard/feed/natsfeed"
	"wallboard/metrics"
)

func TestMarkOf(t *testing.T) {
	const hour = int64(3_600_000)
	const wall, dayStart = 100 * hour, 90 * hour
	up := natsfeed.State{Connected: true, Since: time.UnixMilli(wall - 20*hour)}
	down := func(ago int64) natsfeed.State { return natsfeed.State{Since: time.UnixMilli(wall - ago)} }
	for _, tt := range []struct {
		name     string
		status   natsfeed.Status
		catching bool
		want     metrics.Mark
	}{
		{"a stream read to its end is live", natsfeed.Status{Link: up, Stream: "F"}, false, metrics.Mark{Kind: metrics.MarkLive}},
		{"history says how much is left", natsfeed.Status{Link: up, Stream: "F", Lag: 42}, true, metrics.Mark{Kind: metrics.MarkCatchingUp, Count: 42}},
		{"ten seconds without a link are forgiven", natsfeed.Status{Link: down(10_000), Stream: "F"}, false, metrics.Mark{Kind: metrics.MarkLive}},
		{"longer without a link is stale since it was lost", natsfeed.Status{Link: down(10_001), Stream: "F"}, false, metrics.Mark{Kind: metrics.MarkStale, Since: wall - 10_001}},
		{"stale even while catching up", natsfeed.Status{Link: down(60_000), Stream: "F"}, true, metrics.Mark{Kind: metrics.MarkStale, Since: wall - 60_000}},
		{"a missing stream is stale", natsfeed.Status{Link: up, Stream: "F", Missing: wall - 20_000}, false, metrics.Mark{Kind: metrics.MarkStale, Since: wall - 20_000}},
		{"retention that overtook us today", natsfeed.Status{Link: up, Stream: "F", Gaps: []natsfeed.Gap{{From: dayStart - 5, To: dayStart + 5, Lost: 7}, {From: dayStart + 9, To: dayStart + 10, Lost: 2}}}, false,
			metrics.Mark{Kind: metrics.MarkIncomplete, Since: dayStart - 5, Count: 9}},
		{"a gap of yesterday is over", natsfeed.Status{Link: up, Stream: "F", Gaps: []natsfeed.Gap{{From: dayStart - 9, To: dayStart - 5, Lost: 7}}}, false, metrics.Mark{Kind: metrics.MarkLive}},
		{"rebuilt today", natsfeed.Status{Link: up, Stream: "F", Rebuilds: 1, RebuiltAt: wall - hour}, false, metrics.Mark{Kind: metrics.MarkRebuilt, Since: wall - hour}},
		{"rebuilt yesterday", natsfeed.Status{Link: up, Stream: "F", Rebuilds: 1, RebuiltAt: dayStart - 1}, false, metrics.Mark{Kind: metrics.MarkLive}},
		{"core NATS claims no day", natsfeed.Status{Link: up, LiveSince: wall - 5*hour}, false, metrics.Mark{Kind: metrics.MarkLiveSince, Since: wall - 5*hour}},
		{"core NATS with a gap in the last hour", natsfeed.Status{Link: up, LiveSince: wall - 5*hour, Gaps: []natsfeed.Gap{{From: wall - hour - 5, To: wall - hour + 5, Lost: 3}}}, false,
			metrics.Mark{Kind: metrics.MarkIncomplete, Since: wall - hour - 5, Count: 3}},
		{"core NATS after that begins at the gap's end", natsfeed.Status{Link: up, LiveSince: wall - 5*hour, Gaps: []natsfeed.Gap{{From: wall - 3*hour, To: wall - 2*hour, Lost: 3}}}, false,
			metrics.Mark{Kind: metrics.MarkLiveSince, Since: wall - 2*hour}},
		{"a gap that lasts", natsfeed.Status{Link: down(5_000), LiveSince: wall - 5*hour, Gaps: []natsfeed.Gap{{From: wall - 5_000}}}, false,
			metrics.Mark{Kind: metrics.MarkIncomplete, Since: wall - 5_000}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := markOf(tt.status, tt.catching, wall, dayStart); got != tt.want {
				t.Fatalf("got %+v, want %+v", got, tt.want)
			}
		})
	}
}
