package tuitest

import (
	"sync/atomic"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

func (m *maker) health(f *metrics.FloorView) metrics.Health {
	return metrics.Health{
		Received: 184_302, Applied: 184_120, Duplicates: 61, Ancient: 2, Misfit: 7, Unknown: 94, Late: 12, Future: 1, ClockSkew: 3, Cleaned: 5,
		Rejected: map[string]int64{"bad_json": 11, "bad_time": 4, "too_large": 3}, UnknownTypes: map[string]int64{"session.hummed": 94},
		Samples: []metrics.Sample{
			{At: m.at - 40_000, Reason: "bad_json", Text: clean.Own(`{"type":"session.opened","id":`)},
			{At: m.at - 95_000, Reason: "bad_time", Text: clean.Own(`time "2025-13-01T00:00:00Z"`)},
		},
		Sources: []metrics.SourceView{
			{ID: clean.Own("acd.hangzhou"), Events: 171_004, PerMinute: 1_846, LastEvent: m.at - 300, LastArrival: m.at - 280, Heartbeats: 812, HeartbeatEvery: 5000},
			{ID: clean.Own("bot.gateway"), Events: 13_116, PerMinute: 131, LastEvent: m.at - 2100, LastArrival: m.at - 2000, SequenceGaps: 1},
		},
		NewestEvent: m.at - 300, OpenSessions: int64(f.Row.Now.OpenSessions), RememberedSessions: 9120, DedupIDs: 184_120,
		DedupHorizon: m.day, StreamSequence: 184_302, StreamLag: 0,
	}
}

// Empty is what there is before the first event.
func Empty() *metrics.Snapshot {
	return Unconnected(metrics.TroubleRefused)
}

// Unconnected is a board that has no floor yet, for a reason; TroubleNone waits
// for the first event.
func Unconnected(why metrics.Trouble) *metrics.Snapshot {
	at := At().UnixMilli()
	link := metrics.Link{
		Server: "nats://127.0.0.1:4222", Stream: "FLOOR", Subjects: "floor.>", HistoryFrom: at - 14*3_600_000, Trouble: why,
		Connected: why == metrics.TroubleNone || why >= metrics.TroublePermission && why <= metrics.TroubleNoStream,
	}
	if !link.Connected {
		link.Attempts, link.NextTry, link.Since = 14, at+1_200, at-21_000
	}
	switch why {
	case metrics.TroubleRefused:
		link.LastError = "dial tcp 127.0.0.1:4222: connect: connection refused"
	case metrics.TroublePermission:
		link.Refused = "$JS.API.STREAM.INFO.FLOOR"
		link.LastError = `nats: permissions violation: Permissions Violation for Publish to "$JS.API.STREAM.INFO.FLOOR"`
	case metrics.TroubleNoStream:
		link.LastError = "natsfeed: read: stream FLOOR: the stream does not exist (create it: wallboard stream init)"
	}
	return &metrics.Snapshot{At: at, Version: 1, Link: link}
}

// Reading is a board that reads history and has seen no floor yet.
func Reading() *metrics.Snapshot {
	s := Unconnected(metrics.TroubleNone)
	s.Link.CatchUpDone, s.Link.CatchUpTotal, s.Link.EventsPerSecond = 41_200, 184_302, 52_000
	return s
}

// Marked returns a copy of s that carries the mark.
func Marked(s *metrics.Snapshot, m metrics.Mark) *metrics.Snapshot {
	c := *s
	c.Mark, c.Version = m, s.Version+1
	return &c
}

// Later returns a copy of s with the clock moved on and nothing else changed.
func Later(s *metrics.Snapshot, seconds int64) *metrics.Snapshot {
	c := *s
	c.At, c.Version = s.At+seconds*1000, s.Version+1
	return &c
}

// Source hands out the snapshot that was put into it last.
type Source struct {
	latest atomic.Pointer[metrics.Snapshot]
}

// NewSource returns a Source that holds s.
func NewSource(s *metrics.Snapshot) *Source {
	src := new(Source)
	src.Put(s)
	return src
}

// Put makes s the latest snapshot.
func (s *Source) Put(snapshot *metrics.Snapshot) { s.latest.Store(snapshot) }

// Latest returns the latest snapshot, nil before the first.
func (s *Source) Latest() *metrics.Snapshot { return s.latest.Load() }
