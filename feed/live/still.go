package live

import (
	"time"

	"wallboard/feed/natsfeed"
	"wallboard/metrics"
)

// stillFor is how long the last snapshot stays while nothing happens. What the
// clock alone moves are ages in whole seconds.
const stillFor = time.Second

// seen is what the last snapshot was published of.
type seen struct {
	at     time.Time
	second int64 // of the engine clock
	link   metrics.Link
	mark   metrics.Mark
	begun  int64 // newest start of a floor's day in it, ms
	moved  bool  // something has been folded in or asked for since
}

// still says whether a snapshot now would show what the last one shows: nothing
// came, the link is as it was and the engine clock is within the same second.
func (r *Runner) still(now time.Time) bool {
	p := &r.seen
	if p.moved || now.Sub(p.at) >= stillFor || r.board.Now()/1000 != p.second {
		return false
	}
	status := r.cfg.Source.Status()
	return r.linkOf(status) == p.link && r.markNow(status, now) == p.mark
}

// markNow says how far numbers can be trusted at a moment after the snapshot.
func (r *Runner) markNow(status natsfeed.Status, now time.Time) metrics.Mark {
	return markOf(status, r.board.CatchingUp(), now.UnixMilli(), r.seen.begun)
}
