package live

import (
	"context"
	"errors"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/board"
	"wallboard/metrics/history"
)

// OfflineConfig says what to read and at which instants to look.
type OfflineConfig struct {
	Inputs []Input
	Board  board.Config // its clock is the events' own, whatever it says
	At     int64        // ms; 0: after everything, at the time of the newest event
	Every  time.Duration
	Until  int64                // ms; with Every: look again up to here
	Keep   func([]*history.Day) // takes the days that closed before the instant, once each look; nil: they are dropped
}

// Offline reads event files and calls emit with the snapshot at each instant:
// the events up to and with it, in the order of the files, later ones left out.
// It reads the files once, and once more in full for each instant that an event
// out of order makes impossible to reach on the way.
func Offline(ctx context.Context, cfg OfflineConfig, emit func(*metrics.Snapshot) error) error {
	if cfg.Every < 0 || cfg.Every > 0 && (cfg.At == 0 || cfg.Until < cfg.At) {
		return errors.New("live: offline: several instants need a first, a step and a last one not before it")
	}
	cfg.Board.ClockMode, cfg.Board.Speed = metrics.ClockEvent, 0
	if cfg.At == 0 {
		return once(ctx, cfg, 0, emit)
	}
	steps := cfg.steps()
	if len(steps) == 1 {
		return once(ctx, cfg, steps[0], emit)
	}
	mixed, err := mixedSteps(ctx, cfg.Inputs, steps)
	if err != nil {
		return err
	}
	return inPassing(ctx, cfg, steps, mixed, emit)
}

// steps lists the instants to look at.
func (c OfflineConfig) steps() []int64 {
	steps := []int64{c.At}
	if every := c.Every.Milliseconds(); every > 0 {
		for at := c.At + every; at <= c.Until; at += every {
			steps = append(steps, at)
		}
	}
	return steps
}

// once reads everything and looks at one instant; at 0: at the end.
func once(ctx context.Context, cfg OfflineConfig, at int64, emit func(*metrics.Snapshot) error) error {
	p, err := newPass(cfg)
	if err != nil {
		return err
	}
	defer p.files.close()
	if err := p.until(ctx, at, wholeFile); err != nil {
		return err
	}
	return emit(p.look(at))
}

// inPassing reads everything once and looks at each instant on the way, but for
// those that events out of order have mixed with later ones.
func inPassing(ctx context.Context, cfg OfflineConfig, steps []int64, mixed map[int64]bool, emit func(*metrics.Snapshot) error) error {
	p, err := newPass(cfg)
	if err != nil {
		return err
	}
	defer p.files.close()
	for _, at := range steps {
		if mixed[at] {
			if err := once(ctx, cfg, at, emit); err != nil {
				return err
			}
			continue
		}
		if err := p.until(ctx, at, firstLater); err != nil {
			return err
		}
		if err := emit(p.look(at)); err != nil {
			return err
		}
	}
	return nil
}

// pass is one reading of the files into one board.
type pass struct {
	files *merge
	board Board
	keep  func([]*history.Day)
}

func newPass(cfg OfflineConfig) (*pass, error) {
	b, err := Boards(cfg.Board)()
	if err != nil {
		return nil, err
	}
	b.CaughtUp(0) // there is no live to wait for
	files, err := openMerge(cfg.Inputs)
	if err != nil {
		return nil, err
	}
	return &pass{files: files, board: b, keep: cfg.Keep}, nil
}

// stop says what an event later than the instant means.
type stop uint8

const (
	wholeFile  stop = iota // it is left out, and reading goes on
	firstLater             // reading ends before it
)

// until folds in the events up to the instant; 0: all.
func (p *pass) until(ctx context.Context, at int64, later stop) error {
	for n := 0; ; n++ {
		if n%chunk == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		t := p.files.head()
		if t == nil {
			return nil
		}
		if at > 0 && t.time > at {
			if later == firstLater {
				return nil
			}
		} else {
			p.take(t)
		}
		if err := t.next(); err != nil {
			return err
		}
	}
}

func (p *pass) take(t *tape) {
	t.folder.board = p.board
	t.folder.take(t.err, t.time, 0)
}

// look returns the snapshot at the instant; 0: at the newest event.
func (p *pass) look(at int64) *metrics.Snapshot {
	if at > 0 {
		p.board.StandAt(at)
	}
	if p.keep != nil {
		p.keep(p.board.Closed())
	}
	return p.board.Snapshot()
}

// mixedSteps reads the files for their times only and returns the instants that
// have an event after them before one that is not.
func mixedSteps(ctx context.Context, inputs []Input, steps []int64) (map[int64]bool, error) {
	files, err := openMerge(inputs)
	if err != nil {
		return nil, err
	}
	defer files.close()
	mixed := make(map[int64]bool)
	newest := int64(0)
	for n := 0; ; n++ {
		if n%chunk == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		t := files.head()
		if t == nil {
			return mixed, nil
		}
		if t.time < newest { // seldom, so the steps need no search
			for _, at := range steps {
				if t.time <= at && at < newest {
					mixed[at] = true
				}
			}
		}
		newest = max(newest, t.time)
		if err := t.next(); err != nil {
			return nil, err
		}
	}
}
