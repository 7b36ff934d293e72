package notify

import (
	"context"
	"sync"
	"time"

	"wallboard/feed/share"
	"wallboard/metrics"
	"wallboard/metrics/ack"
)

// Claims decides among boards which of them tells people. share.Share does.
type Claims interface {
	Agree(ctx context.Context, id ack.ID) (r ack.Record, agreed bool, err error)
	Claim(ctx context.Context, n share.Notice, level metrics.Level) (share.Claim, error)
	Look(ctx context.Context, n share.Notice) (share.Claim, error)
	Retake(ctx context.Context, n share.Notice, seen share.Claim, level metrics.Level) (share.Claim, error)
	Confirm(ctx context.Context, n share.Notice, held share.Claim, way string, far share.Extent) (share.Claim, error)
}

// prolongAfter is when a claim that has not been confirmed needs a new word,
// before another board may take it over.
const prolongAfter = share.RetakeAfter * 3 / 4

// telling is one notice that this board has claimed, until it has gone out by
// every way. Safe for concurrent use: each way works on its own.
type telling struct {
	notice share.Notice
	claims Claims // nil: there are no other boards to ask
	level  metrics.Level
	now    func() time.Time

	mu      sync.Mutex
	claim   share.Claim
	touched time.Time
	left    int  // ways it has not gone out by
	lost    bool // to another board
	failed  bool // by some way for good
}

// hold says whether the notice is still this board's, prolonging its claim
// where that is due. An error means that nobody can say now.
func (t *telling) hold(ctx context.Context) (bool, error) {
	if t.claims == nil {
		return true, nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.lost || t.now().Sub(t.touched) < prolongAfter {
		return !t.lost, nil
	}
	claim, err := t.claims.Retake(ctx, t.notice, t.claim, t.level)
	if err != nil {
		return false, err
	}
	t.took(claim)
	return !t.lost, nil
}

// took notes how the claim stands. t.mu is held.
func (t *telling) took(c share.Claim) {
	t.lost = !c.Held
	t.claim, t.touched = c, t.now()
}

// delivered notes that it went out by one way.
func (t *telling) delivered(ctx context.Context, way string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.left--
	if t.claims == nil || t.lost {
		return
	}
	far := share.Extent(t.left <= 0 && !t.failed)
	if c, err := t.claims.Confirm(ctx, t.notice, t.claim, way, far); err == nil {
		t.took(c)
	}
}

// abandon notes that it will not go out by one way. The claim is left to run
// out, so that another board may try.
func (t *telling) abandon() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.left--
	t.failed = true
}
