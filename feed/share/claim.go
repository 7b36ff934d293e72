package share

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"wallboard/metrics"
)

// RetakeAfter is how long a claim may stand without word of success before
// another board may take it over.
const RetakeAfter = 60 * time.Second

// ErrAlone is returned where no bucket is shared: nobody else can be asked.
var ErrAlone = errors.New("share: no bucket is shared")

// Claim is how the claim on a notice stands.
type Claim struct {
	Held      bool // by this board
	Confirmed bool // people have been told
	Level     metrics.Level
	Done      []string // ways it went out by
	number    uint64
}

// Same says whether nobody has touched the claim between the two looks.
func (c Claim) Same(other Claim) bool { return c.number == other.number }

// Claim takes the notice for this board, or says who was faster.
func (s *Share) Claim(ctx context.Context, n Notice, level metrics.Level) (Claim, error) {
	kv := s.bucket()
	if kv == nil {
		return Claim{}, ErrAlone
	}
	ask, cancel := s.ask(ctx)
	defer cancel()
	mine := claim{V: version, Board: s.opts.Board, Level: level.String()}
	data, err := json.Marshal(mine)
	if err != nil {
		return Claim{}, fmt.Errorf("share: claim %s: %w", n.Key(), err)
	}
	number, err := kv.Create(ask, n.Key(), data)
	if err == nil {
		return s.claimOf(mine, number), nil
	}
	if !conflict(err) {
		return Claim{}, fmt.Errorf("share: claim %s: %w", n.Key(), err)
	}
	return s.Look(ctx, n)
}

// Look says how the claim on a notice stands; the zero Claim where there is
// none.
func (s *Share) Look(ctx context.Context, n Notice) (Claim, error) {
	kv := s.bucket()
	if kv == nil {
		return Claim{}, ErrAlone
	}
	ask, cancel := s.ask(ctx)
	defer cancel()
	e, err := kv.Get(ask, n.Key())
	if errors.Is(err, jetstream.ErrKeyNotFound) || errors.Is(err, jetstream.ErrKeyDeleted) {
		return Claim{}, nil
	}
	if err != nil {
		return Claim{}, fmt.Errorf("share: look at %s: %w", n.Key(), err)
	}
	c, err := decodeClaim(e.Value())
	if err != nil {
		// Nobody can confirm it; after a while somebody takes it over.
		s.note(fmt.Errorf("share: decode %s: %w", n.Key(), err))
		return Claim{number: e.Revision()}, nil
	}
	return s.claimOf(c, e.Revision()), nil
}

func (s *Share) claimOf(c claim, number uint64) Claim {
	level, _ := parseLevel(c.Level) // checked when it was read
	return Claim{Held: c.Board == s.opts.Board, Confirmed: c.Confirmed, Level: level, Done: c.Done, number: number}
}

// Retake takes over a claim that nobody has touched since it was looked at, or
// says who was faster. It also prolongs a claim of this board.
func (s *Share) Retake(ctx context.Context, n Notice, seen Claim, level metrics.Level) (Claim, error) {
	return s.change(ctx, n, seen, claim{V: version, Board: s.opts.Board, Level: max(level, seen.Level).String(), Done: seen.Done})
}

// Confirm notes by which way a notice went out; with Everywhere, that nothing is
// left to do.
func (s *Share) Confirm(ctx context.Context, n Notice, held Claim, way string, far Extent) (Claim, error) {
	done := slices.Clone(held.Done)
	if way != "" && !slices.Contains(done, way) && len(done) < maxDone {
		done = append(done, way)
	}
	return s.change(ctx, n, held, claim{V: version, Board: s.opts.Board, Level: held.Level.String(), Done: done, Confirmed: bool(far)})
}

// Extent says how far a notice has gone.
type Extent bool

// The extents.
const (
	Partly     Extent = false
	Everywhere Extent = true
)

func (s *Share) change(ctx context.Context, n Notice, seen Claim, to claim) (Claim, error) {
	kv := s.bucket()
	if kv == nil {
		return Claim{}, ErrAlone
	}
	ask, cancel := s.ask(ctx)
	defer cancel()
	data, err := json.Marshal(to)
	if err != nil {
		return Claim{}, fmt.Errorf("share: claim %s: %w", n.Key(), err)
	}
	number, err := replace(ask, kv, n.Key(), data, seen.number)
	if conflict(err) {
		return s.Look(ctx, n)
	}
	if err != nil {
		return Claim{}, fmt.Errorf("share: claim %s: %w", n.Key(), err)
	}
	return s.claimOf(to, number), nil
}
