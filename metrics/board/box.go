package board

import (
	"sync/atomic"

	"wallboard/metrics"
)

// Box hands the newest snapshot from the engine's owner to any number of
// readers. Dropped, not queued: a wallboard must show now, not the backlog.
// Safe for concurrent use; the zero value is empty.
type Box struct {
	newest atomic.Pointer[metrics.Snapshot]
}

// Put replaces the snapshot.
func (b *Box) Put(s *metrics.Snapshot) { b.newest.Store(s) }

// Latest returns the newest snapshot, nil before the first.
func (b *Box) Latest() *metrics.Snapshot { return b.newest.Load() }
