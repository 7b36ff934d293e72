package live

import (
	"runtime"
	rtmetrics "runtime/metrics"
	"strings"
	"time"

	"wallboard/feed/natsfeed"
	"wallboard/metrics"
)

// publisher remembers what is needed to complete a snapshot.
type publisher struct {
	version uint64 // of the last one published
	inner   uint64 // the board's own, of the same
	mark    metrics.Mark
	link    metrics.Link
	clock   metrics.ClockView
	cost    metrics.Cost
	added   uint64 // what Complete returned

	events   int64 // folded in since the rate was last taken
	ratedAt  time.Time
	rate     float64
	probedAt time.Time
}

// applied notes what folding in some messages took.
func (p *publisher) applied(took time.Duration, messages int) {
	p.events += int64(messages)
	p.cost.ApplyNanos = smooth(p.cost.ApplyNanos, float64(took)/float64(messages))
}

// smooth moves an eighth of the way to the new value, so that a number on a
// screen can be read.
func smooth(old, value float64) float64 {
	if old == 0 {
		return value
	}
	return old + (value-old)/8
}

// restShare bounds what snapshots take of the engine's time: one in so many
// parts. On a floor of 10,000 people on which everything changes, snapshots at
// their usual rate would leave hardly any time for events; reading history is
// then faster, and nobody needs its every step.
const restShare = 10

// publish completes the board's snapshot with what the board cannot know and
// puts it where screens look.
func (r *Runner) publish() {
	started := r.cfg.Now()
	status := r.cfg.Source.Status()
	snapshot := r.board.Snapshot()
	now := r.cfg.Now()
	r.rested = started.Add(restShare * now.Sub(started))
	r.due = started.Add(max(r.cfg.Every, r.rested.Sub(started)))
	p := &r.out
	p.cost.SnapshotNanos = smooth(p.cost.SnapshotNanos, float64(now.Sub(started)))
	p.probe(now)
	p.takeRate(now)

	catching := r.board.CatchingUp()
	begun := newestDayStart(snapshot)
	mark := markOf(status, catching, now.UnixMilli(), begun)
	r.board.Freeze(mark.Kind == metrics.MarkStale || mark.Kind == metrics.MarkIncomplete)
	r.board.NoteLost(lost(status))
	if r.cfg.Keep != nil {
		r.cfg.Keep(r.board.Closed())
	}
	link := r.linkOf(status)
	r.seen = seen{at: started, second: r.board.Now() / 1000, link: link, mark: mark, begun: begun}
	inner := snapshot.Version
	snapshot.Mark, snapshot.Link, snapshot.Cost = mark, link, p.cost
	added := uint64(0)
	if r.cfg.Complete != nil {
		added = r.cfg.Complete(snapshot)
	}
	if inner != p.inner || mark != p.mark || link != p.link || snapshot.Clock != p.clock || added != p.added || p.version == 0 {
		p.version++
	}
	p.inner, p.mark, p.link, p.clock, p.added = inner, mark, link, snapshot.Clock, added
	snapshot.Version = p.version
	snapshot.Health.Lost = lost(status)
	snapshot.Health.StreamSequence = r.applied
	snapshot.Health.StreamLag = uint64(max(status.Lag, 0))
	r.cfg.Box.Put(snapshot)
}

func (r *Runner) linkOf(s natsfeed.Status) metrics.Link {
	l := metrics.Link{
		Connected: s.Link.Connected, Server: s.Link.Server, Stream: s.Stream,
		Since: s.Link.Since.UnixMilli(), LastError: s.Link.LastError,
		Reconnects: s.Link.Reconnects, Dropped: s.Dropped, QueueBacklog: int64(s.Backlog),
		EventsPerSecond: r.out.rate, SimulatedDayStart: r.cfg.SimulatedDayStart,
	}
	l.Subjects, l.Trouble, l.Refused = strings.Join(s.Subjects, ", "), troubleOf(s), s.Refused
	l.Attempts, l.NextTry, l.HistoryFrom = s.Link.Attempts, millis(s.Link.NextTry), millis(s.From)
	if r.board.CatchingUp() {
		l.CatchUpTotal = max(s.HistoryTotal, r.folded)
		l.CatchUpDone = r.folded
	}
	return l
}

// millis is a time in ms, 0 for none.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// troubleOf says what stands between the board and its events.
func troubleOf(s natsfeed.Status) metrics.Trouble {
	trouble := [...]metrics.Trouble{
		natsfeed.CauseNone: metrics.TroubleNone, natsfeed.CauseName: metrics.TroubleName, natsfeed.CauseRefused: metrics.TroubleRefused,
		natsfeed.CauseSilent: metrics.TroubleSilent, natsfeed.CauseUnreachable: metrics.TroubleUnreachable, natsfeed.CauseTLS: metrics.TroubleTLS,
		natsfeed.CauseAuth: metrics.TroubleAuth, natsfeed.CausePermission: metrics.TroublePermission,
		natsfeed.CauseNoJetStream: metrics.TroubleNoJetStream, natsfeed.CauseNoStream: metrics.TroubleNoStream, natsfeed.CauseOther: metrics.TroubleOther,
	}[s.Link.Cause]
	switch {
	case !s.Link.Connected && trouble == metrics.TroubleNone:
		return metrics.TroubleConnecting
	case !s.Link.Connected:
		return trouble
	case s.Refused != "":
		return metrics.TroublePermission
	case s.Missing > 0:
		return metrics.TroubleNoStream
	case s.Open:
		return metrics.TroubleNone
	}
	return trouble
}

// takeRate takes the events per second about once a second.
func (p *publisher) takeRate(now time.Time) {
	elapsed := now.Sub(p.ratedAt)
	switch {
	case p.ratedAt.IsZero():
		p.ratedAt = now
	case elapsed >= time.Second:
		p.rate = float64(p.events) / elapsed.Seconds()
		p.events, p.ratedAt = 0, now
	}
}

// heapObjects is what live and not yet collected objects take.
const heapObjects = "/memory/classes/heap/objects:bytes"

// probe looks at the process about once a second: it is cheap, and no screen
// can use it more often.
func (p *publisher) probe(now time.Time) {
	if !p.probedAt.IsZero() && now.Sub(p.probedAt) < time.Second {
		return
	}
	p.probedAt = now
	sample := []rtmetrics.Sample{{Name: heapObjects}}
	rtmetrics.Read(sample)
	if sample[0].Value.Kind() == rtmetrics.KindUint64 {
		p.cost.HeapBytes = sample[0].Value.Uint64()
	}
	p.cost.Goroutines = runtime.NumGoroutine()
}
