package live

import (
	"context"
	"errors"
	"time"

	"wallboard/metrics"
)

// InPassing reads event files once and calls look with a snapshot at each whole
// step of the events' clock, from the first event to the end of the files or
// cfg.Until, and once more at the end: what a board would have shown, had it
// run then. An event out of order is in every look from the one on that follows
// it in the files, as it would have been live. cfg.At and cfg.Every are not
// read.
func InPassing(ctx context.Context, cfg OfflineConfig, step time.Duration, look func(*metrics.Snapshot) error) error {
	if step < time.Millisecond {
		return errors.New("live: in passing: the step must be at least a millisecond")
	}
	cfg.Board.ClockMode, cfg.Board.Speed = metrics.ClockEvent, 0
	p, err := newPass(cfg)
	if err != nil {
		return err
	}
	defer p.files.close()
	next := int64(0)
	for n := 0; ; n++ {
		if n%chunk == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		t := p.files.head()
		if t == nil || cfg.Until > 0 && t.time > cfg.Until {
			return look(p.look(cfg.Until))
		}
		if t.time >= next {
			if next, err = p.lookUpTo(t.time, next, step.Milliseconds(), look); err != nil {
				return err
			}
		}
		p.take(t)
		if err := t.next(); err != nil {
			return err
		}
	}
}

// longestSilence bounds how much of a silence is looked at step by step: one
// hostile time must not cost a hundred years of steps.
const longestSilence = 7 * 24 * time.Hour

// lookUpTo looks at each step up to now and returns the one after. Before the
// first event there is nothing to look at.
func (p *pass) lookUpTo(now, next, step int64, look func(*metrics.Snapshot) error) (int64, error) {
	if next == 0 {
		return now - now%step + step, nil
	}
	if silence := longestSilence.Milliseconds(); now-next > silence {
		if err := look(p.look(next)); err != nil {
			return 0, err
		}
		next = now - now%step
	}
	for ; next <= now; next += step {
		if err := look(p.look(next)); err != nil {
			return 0, err
		}
	}
	return next, nil
}
