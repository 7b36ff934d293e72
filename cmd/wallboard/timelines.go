package main

import (
	"time"

	"wallboard/feed/live"
	"wallboard/metrics"
	"wallboard/tui"
)

// timelines reads sessions in full from the stream that the board reads, as far
// back as the board itself does. Core NATS stores nothing: nil.
func (p *program) timelines(floor string, s showing) tui.Timelines {
	if s.stream == "" {
		return nil
	}
	t := live.Timelines{Conn: s.conn, Stream: s.stream}
	if config, err := p.boardConfig(s.zoneOrLocal()); err == nil && s.clock != metrics.ClockEvent {
		t.From = func() time.Time { return historyFrom(config.Settings, floor, time.Now()) }
	}
	return t
}
