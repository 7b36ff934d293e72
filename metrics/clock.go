package metrics

import (
	"fmt"

	"wallboard/metrics/checkpoint"
)

// ClockMode says what moves the engine clock.
type ClockMode uint8

// The modes of the engine clock.
const (
	ClockWall  ClockMode = iota // wall time
	ClockEvent                  // the newest accepted event, moved on by elapsed wall time x speed
	ClockAuto                   // event when at catch-up's end the newest event is over an hour from wall time, else wall
)

var clockModeNames = [...]string{"wall", "event", "auto"}

// String returns the mode's name on the command line.
func (m ClockMode) String() string { return clockModeNames[m] }

// ParseClockMode is the inverse of String.
func ParseClockMode(name string) (ClockMode, error) {
	for m, n := range clockModeNames {
		if n == name {
			return ClockMode(m), nil
		}
	}
	return 0, fmt.Errorf("metrics: clock %q is none of wall, event, auto", name)
}

const (
	hourMillis = int64(3_600_000)

	// runOnWallMillis bounds how long a sped-up event clock runs on without an
	// event: at x600 a publisher that ended would otherwise turn a coffee
	// break into days of waiting.
	runOnWallMillis = int64(10_000)
)

// Clock decides what time the engine is told. It never goes back and never
// asks the machine: wall time is an argument. Times are milliseconds since the
// epoch. Not safe for concurrent use.
type Clock struct {
	mode     ClockMode // ClockAuto until it is decided
	speed    float64
	now      int64
	newest   int64 // time of the newest event
	catching bool
	anchor   int64 // wall time at which the event clock stood at anchorAt; 0 none
	anchorAt int64
}

// NewClock returns a clock that has not begun: Now is 0 until something moves
// it. speed is how many seconds of the event clock pass in one second of wall
// time between events; 0 or less keeps it still (offline).
func NewClock(mode ClockMode, speed float64) *Clock {
	return &Clock{mode: mode, speed: speed, catching: true}
}

// Now returns the time the engine is at, 0 before the first.
func (c *Clock) Now() int64 { return c.now }

// Mode returns the mode in force, ClockAuto while undecided.
func (c *Clock) Mode() ClockMode { return c.mode }

// FollowsEvents says whether an event now moves the clock: under the event
// clock always, otherwise while catching up.
func (c *Clock) FollowsEvents() bool { return c.catching || c.mode == ClockEvent }

// CatchingUp says whether history is still being read.
func (c *Clock) CatchingUp() bool { return c.catching }

// Event returns the time to which an accepted event moves the clock. While a
// board catches up the clock follows what happened, never beyond its arrival,
// so history gives the same numbers live and offline.
func (c *Clock) Event(time, arrival int64) int64 {
	c.newest = max(c.newest, time)
	if !c.FollowsEvents() {
		return c.now
	}
	if c.mode != ClockEvent && arrival > 0 {
		time = min(time, arrival)
	}
	if time > c.now {
		c.now = time
		c.anchor = 0 // running on starts again from here, at the next Wall
	}
	return c.now
}

// Wall returns the time to which the passing of wall time moves the clock.
func (c *Clock) Wall(wall int64) int64 {
	switch {
	case c.catching:
	case c.mode == ClockWall:
		c.now = max(c.now, wall)
	case c.mode == ClockEvent && c.speed > 0 && c.now > 0:
		c.runOn(wall)
	}
	return c.now
}

func (c *Clock) runOn(wall int64) {
	if c.anchor == 0 {
		c.anchor, c.anchorAt = wall, c.now
	}
	elapsed := wall - c.anchor
	if c.speed > 1 {
		elapsed = min(elapsed, runOnWallMillis)
	}
	c.now = max(c.now, c.anchorAt+int64(float64(elapsed)*c.speed))
}

// CaughtUp ends the catch-up: automatic mode is decided, and a wall clock
// jumps to wall time.
func (c *Clock) CaughtUp(wall int64) int64 {
	if !c.catching {
		return c.now
	}
	c.catching = false
	if c.mode == ClockAuto {
		c.mode = ClockWall
		if c.newest > 0 && (c.newest < wall-hourMillis || c.newest > wall+hourMillis) {
			c.mode = ClockEvent
		}
	}
	if c.mode == ClockEvent && c.newest > c.now {
		c.now = c.newest
	}
	return c.Wall(wall)
}

// CatchUpAgain says that history is being read once more, after a gap.
func (c *Clock) CatchUpAgain() { c.catching = true }

// Code writes or reads the clock.
func (c *Clock) Code(k *checkpoint.Coder) {
	checkpoint.Int(k, &c.mode)
	k.Float64(&c.speed)
	k.Int64(&c.now)
	k.Int64(&c.newest)
	k.Bool(&c.catching)
	k.Int64(&c.anchor)
	k.Int64(&c.anchorAt)
}
