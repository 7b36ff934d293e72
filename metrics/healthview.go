package metrics

import "wallboard/metrics/clean"

// MarkKind says how far numbers can be trusted.
type MarkKind uint8

// The marks of reliability.md.
const (
	MarkLive MarkKind = iota
	MarkCatchingUp
	MarkStale
	MarkIncomplete
	MarkRebuilt
	MarkLiveSince
)

// Mark is a MarkKind with what it needs to be said in words.
type Mark struct {
	Kind  MarkKind
	Since int64 // STALE, INCOMPLETE, LIVE SINCE
	Count int64 // events still to read, or at most this many lost
}

// Sample is one rejected input, cleaned, for the health page.
type Sample struct {
	At     int64
	Reason string
	Text   clean.Text
}

// SourceView is one publishing system.
type SourceView struct {
	ID             clean.Text
	Events         int64
	PerMinute      float64 // events of the last minute by their own time
	LastEvent      int64   // time of its newest event
	LastArrival    int64
	Heartbeats     int64
	HeartbeatEvery int64 // median, ms, 0 unknown
	SequenceGaps   int64
	OpenDrift      int64 // open sessions that all sources of its floor report less ours, at its last heartbeat
	Stale          bool

	Floor            clean.Text
	LastBeat         int64        // time of its last heartbeat
	Queues, Channels []clean.Text // of a stale source: what it spoke of in its last day
}

// Health accounts for everything received:
// received = applied + duplicates + ancient + misfit + unknown + the rejected.
type Health struct {
	Received, Applied, Duplicates, Ancient, Misfit, Unknown int64
	Held                                                    int64 // waiting for what they need, in none of the above
	Late, Future, NoTime, ClockSkew, OriginUnknown, Cleaned int64 // marks on applied events
	Lost                                                    int64
	WrapOrphans, OrphansClosed, Capped                      int64
	Rejected                                                map[string]int64
	UnknownTypes                                            map[string]int64 // at most 64 names
	Samples                                                 []Sample
	Sources                                                 []SourceView
	NewestEvent                                             int64
	OpenSessions, RememberedSessions, DedupIDs              int64
	DedupHorizon                                            int64 // ids newer than this are known
	StreamSequence, StreamLag                               uint64
}

// Link is the state of the connection events come over, filled in by the feed.
type Link struct {
	Connected                 bool
	Server                    string // redacted
	Stream                    string // empty for core NATS
	Since                     int64
	LastError                 string
	Reconnects                int64
	Dropped                   int64
	QueueBacklog              int64 // received, not yet applied
	CatchUpDone, CatchUpTotal int64
	EventsPerSecond           float64
	SimulatedDayStart         int64 // demo: when the simulated day began, 0 otherwise

	Subjects    string // what is read, with commas between
	HistoryFrom int64  // since when, ms; 0: from the stream's first message
	Trouble     Trouble
	Refused     string // TroublePermission: the subject
	Attempts    int    // rounds of connecting in vain since the link was lost
	NextTry     int64  // of the next round, ms
}

// Trouble is what stands between the board and its events, as far as it decides
// what to do about it.
type Trouble uint8

// The troubles, in the order in which one meets them.
const (
	TroubleNone        Trouble = iota
	TroubleConnecting          // nothing is known yet
	TroubleName                // the server's name resolves to no address
	TroubleRefused             // nothing listens there
	TroubleSilent              // no answer
	TroubleUnreachable         // no way to the machine
	TroubleTLS                 // certificates
	TroubleAuth                // credentials
	TroublePermission          // a subject is refused
	TroubleNoJetStream         // the server or the account has none
	TroubleNoStream            // there is no such stream
	TroubleOther               // see LastError
)

// Cost is what the engine spends, filled in by whoever runs it.
type Cost struct {
	ApplyNanos, SnapshotNanos float64 // of the last, smoothed
	HeapBytes                 uint64
	Goroutines                int
}

// ClockView is the engine clock as the header shows it.
type ClockView struct {
	Mode   ClockMode
	Replay bool // the event clock is in force
	Speed  float64
}
