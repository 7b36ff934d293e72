package file

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Max is the speed that waits for nothing.
const Max = 0.0

// ParseSpeed reads a speed as people write it: 600, 600x, x600 or max.
func ParseSpeed(s string) (float64, error) {
	if strings.EqualFold(s, "max") {
		return Max, nil
	}
	bare := strings.TrimSuffix(strings.TrimPrefix(strings.ToLower(s), "x"), "x")
	speed, err := strconv.ParseFloat(bare, 64)
	if err != nil || !(speed > 0) || math.IsInf(speed, 0) {
		return 0, fmt.Errorf("file: speed %q is neither a number above 0 nor max", s)
	}
	return speed, nil
}

// Pacer spreads events over time as they happened, so many times faster. Wall
// time and waiting are handed in. Not safe for concurrent use.
type Pacer struct {
	speed float64
	now   func() time.Time
	sleep func(context.Context, time.Duration) error

	begun bool
	start time.Time // wall time of the first event
	first int64     // its time, ms
}

// shortest is the least worth sleeping for; less is made up for later, because
// every wait is measured from the start.
const shortest = time.Millisecond

// NewPacer returns a pacer; speed Max never waits.
func NewPacer(speed float64, now func() time.Time, sleep func(context.Context, time.Duration) error) *Pacer {
	return &Pacer{speed: speed, now: now, sleep: sleep}
}

// Wait returns when an event of that time, in ms since the epoch, is due. An
// event without a time, or one behind its time, is due at once.
func (p *Pacer) Wait(ctx context.Context, at int64) error {
	if p.speed <= 0 || at == 0 {
		return ctx.Err()
	}
	if !p.begun {
		p.begun, p.start, p.first = true, p.now(), at
	}
	after := time.Duration(float64(at-p.first) / p.speed * float64(time.Millisecond))
	if left := after - p.now().Sub(p.start); left >= shortest {
		return p.sleep(ctx, left)
	}
	return ctx.Err()
}

// Sleep waits for d or the context's end; the sleep of a Pacer in earnest.
func Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
