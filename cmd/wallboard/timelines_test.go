package main

import (
	"testing"
	"time"

	"wallboard/cmd/wallboard/config"
	"wallboard/feed/live"
	"wallboard/metrics"
)

// A board without --tz and without a zone in its file once ended with a panic
// as soon as a session was opened.
func TestASessionIsReadWhereNothingNamesAZone(t *testing.T) {
	p := &program{file: &config.File{}, getenv: func(string) string { return "" }}
	lines, ok := p.timelines("", showing{stream: "FLOOR", clock: metrics.ClockWall}).(live.Timelines)
	if !ok || lines.From == nil {
		t.Fatal("there is no way to read a session from the stream")
	}
	if from := lines.From(); from.IsZero() || from.After(time.Now()) {
		t.Errorf("a session is read from %v on", from)
	}
	if p.timelines("", showing{}) != nil {
		t.Error("core NATS stores nothing, and yet sessions are read from it")
	}
}
