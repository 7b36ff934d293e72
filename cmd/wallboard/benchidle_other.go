//go:build !linux

package main

import (
	"context"
	"time"

	feedbench "wallboard/feed/bench"
)

// measureIdle measures the engine and its snapshots in this process: another
// process is asked for its processor time on Linux only.
func measureIdle(ctx context.Context, o benchOptions) ([]benchRow, error) {
	cfg := feedbench.DefaultIdle()
	if o.quick {
		cfg.Warm, cfg.For = 100_000, 2*time.Second
	}
	return ofFeed(feedbench.Idle(ctx, cfg))
}
