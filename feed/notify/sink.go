package notify

import (
	"context"
	"errors"
	"slices"
	"time"

	"wallboard/metrics"
)

// Sink is one way of telling people. Send makes one attempt; an error that is
// Permanent is not tried again. A sink's errors never carry its secrets.
type Sink interface {
	Name() string
	Send(ctx context.Context, m *Message) error
	Close()
}

// Filter says what a sink is for. The zero value is for everything.
type Filter struct {
	States []State
	Levels []metrics.Level
}

// takes says whether the sink is to hear of a line.
func (f Filter) takes(state State, level metrics.Level) bool {
	return (len(f.States) == 0 || slices.Contains(f.States, state)) &&
		(len(f.Levels) == 0 || slices.Contains(f.Levels, level))
}

// Way is a sink with what it is for.
type Way struct {
	Sink Sink
	Filter
}

// Permanent is an error that another attempt would meet again.
type Permanent struct{ Err error }

// Error returns the cause's message.
func (p Permanent) Error() string { return p.Err.Error() }

// Unwrap returns the cause.
func (p Permanent) Unwrap() error { return p.Err }

// Later is an error of a receiver that asks to wait.
type Later struct {
	Err   error
	After time.Duration
}

// Error returns the cause's message.
func (l Later) Error() string { return l.Err.Error() }

// Unwrap returns the cause.
func (l Later) Unwrap() error { return l.Err }

const (
	firstPause = time.Second
	longPause  = time.Minute
	// longestWish bounds what a receiver may ask for.
	longestWish = 10 * time.Minute
)

// pause returns how long to wait before attempt n (from 1) follows: twice as
// long each time, up to a minute, spread by a random number in [0,1) so that
// boards that failed together do not come back together.
func pause(n int, err error, random float64) time.Duration {
	d := min(firstPause<<min(n-1, 10), longPause)
	d = d/2 + time.Duration(random*float64(d)/2)
	var later Later
	if errors.As(err, &later) {
		d = max(d, min(later.After, longestWish))
	}
	return d
}
