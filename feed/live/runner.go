package live

import (
	"context"
	"errors"
	"fmt"
	"time"

	"wallboard/feed/natsfeed"
	"wallboard/metrics"
	"wallboard/metrics/board"
	"wallboard/metrics/history"
)

// Source hands over raw messages in order and says how reading stands.
type Source interface {
	Ready() <-chan struct{}
	Take() natsfeed.Batch
	Status() natsfeed.Status
}

// Config is what a Runner needs.
type Config struct {
	Source   Source
	NewBoard NewBoard
	Box      *board.Box       // where snapshots go
	Now      func() time.Time // wall time
	Every    time.Duration    // between snapshots while something happens; default 200 ms
	// Complete adds what neither the board nor the source knows, before anybody
	// sees the snapshot, and returns a number that changes with it. It runs on
	// the engine's goroutine: it must never wait. nil: there is nothing.
	Complete func(*metrics.Snapshot) uint64
	// Keep takes the days that closed; it must not wait. nil: they are dropped.
	Keep func([]*history.Day)
	// Wake asks for a snapshot at once, because Complete has news; nil: never.
	Wake <-chan struct{}
	// SimulatedDayStart is when the demo's day began, ms since the epoch; 0:
	// the day is real.
	SimulatedDayStart int64
}

// defaultEvery keeps a screen that looks four times a second from ever seeing
// the same snapshot twice while something happens.
const defaultEvery = 200 * time.Millisecond

// chunk is how many messages are folded in between two looks at the clock.
const chunk = 512

// Runner owns the engine's goroutine. Run it once; Do may be called from any
// goroutine while it runs.
type Runner struct {
	cfg     Config
	board   Board
	ahead   *ahead
	applied uint64    // sequence of the last message folded in
	folded  int64     // messages of this pass
	due     time.Time // when the next snapshot is wanted
	rested  time.Time // before which none is made
	out     publisher
	seen    seen
	asks    chan func(Board)
}

// New checks the configuration, makes the first board and publishes what it
// says before the first message: whoever looks has something to look at before
// Run has had its turn.
func New(cfg Config) (*Runner, error) {
	if cfg.Source == nil || cfg.NewBoard == nil || cfg.Box == nil || cfg.Now == nil {
		return nil, errors.New("live: a runner needs a source, a board, a box and a clock")
	}
	if cfg.Every <= 0 {
		cfg.Every = defaultEvery
	}
	r := &Runner{cfg: cfg, asks: make(chan func(Board))}
	if err := r.begin(); err != nil {
		return nil, err
	}
	r.publish()
	return r, nil
}

// begin starts with a board that has seen nothing.
func (r *Runner) begin() error {
	b, err := r.cfg.NewBoard()
	if err != nil {
		return fmt.Errorf("live: make a board: %w", err)
	}
	r.board, r.ahead, r.applied, r.folded = b, newAhead(b), 0, 0
	return nil
}

// Run folds messages in and publishes snapshots until the context ends, which
// is no error.
func (r *Runner) Run(ctx context.Context) error {
	ticker := time.NewTicker(r.cfg.Every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
			r.advance()
			if now := r.cfg.Now(); !now.Before(r.rested) && !r.still(now) {
				r.publish()
			}
		case <-r.cfg.Wake:
			r.seen.moved = true
			if !r.cfg.Now().Before(r.rested) {
				r.publish()
			}
		case <-r.cfg.Source.Ready():
			if err := r.drain(ctx); err != nil {
				return err
			}
		case ask := <-r.asks:
			ask(r.board)
		}
	}
}

// Do runs f on the engine's goroutine, for detail that no snapshot carries, and
// waits for it. f must be quick and keep nothing of the board.
func (r *Runner) Do(ctx context.Context, f func(Board)) error {
	done := make(chan struct{})
	ask := func(b Board) { f(b); close(done) }
	select {
	case r.asks <- ask:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Session returns one session with its last steps as the engine knows it now.
// It waits for the engine's goroutine: never call it from an event loop.
func (r *Runner) Session(ctx context.Context, floor, id string) (detail metrics.SessionDetail, found bool, err error) {
	type answer struct {
		detail metrics.SessionDetail
		found  bool
	}
	// Buffered and its own: an asker who has given up leaves nobody waiting and
	// nothing written that somebody reads.
	answers := make(chan answer, 1)
	err = r.Do(ctx, func(b Board) {
		d, ok := b.Session(floor, id)
		answers <- answer{d, ok}
	})
	if err != nil {
		return metrics.SessionDetail{}, false, fmt.Errorf("live: look a session up: %w", err)
	}
	a := <-answers
	return a.detail, a.found, nil
}

// drain folds in what waits, publishing in between where that takes long.
func (r *Runner) drain(ctx context.Context) error {
	batch := r.cfg.Source.Take()
	r.seen.moved = true
	if batch.Restarted {
		if err := r.begin(); err != nil {
			return err
		}
	}
	messages := batch.Messages
	for len(messages) > 0 && ctx.Err() == nil {
		part := messages[:min(chunk, len(messages))]
		messages = messages[len(part):]
		r.advance()
		started := r.cfg.Now()
		r.ahead.messages(part)
		now := r.cfg.Now()
		r.out.applied(now.Sub(started), len(part))
		r.folded += int64(len(part))
		r.applied = max(r.applied, part[len(part)-1].Sequence)
		if !now.Before(r.due) {
			r.publish()
		}
		select { // who asks does not wait for the whole of a day's history
		case ask := <-r.asks:
			ask(r.board)
		default:
		}
	}
	r.advance()
	return nil
}

// advance tells the board wall time, and once that history has been read.
func (r *Runner) advance() {
	wall := r.cfg.Now().UnixMilli()
	b := r.board
	if b.CatchingUp() {
		s := r.cfg.Source.Status()
		if !s.Open || r.applied < s.CatchUpTo {
			return
		}
		b.CaughtUp(wall)
	}
	b.Advance(wall)
}
