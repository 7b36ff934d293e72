package metrics

import (
	"testing"

	"wallboard/metrics/checkpoint"
)

const minuteMillis = int64(60_000)

func TestTheWallClockFollowsHistoryThenJumpsToWallTime(t *testing.T) {
	c := NewClock(ClockWall, 1)
	if got := c.Event(5_000, 9_000_000); got != 5_000 {
		t.Fatalf("catching up: clock at %d, want the event's 5000", got)
	}
	if got := c.Event(9_500_000, 9_000_000); got != 9_000_000 {
		t.Fatalf("an event ahead of its arrival moved the clock to %d, want its arrival", got)
	}
	if got := c.Wall(10_000_000); got != 9_000_000 {
		t.Fatalf("wall time moved a clock that catches up to %d", got)
	}
	if got := c.CaughtUp(10_000_000); got != 10_000_000 {
		t.Fatalf("caught up: clock at %d, want wall time", got)
	}
	if got := c.Event(20_000_000, 10_000_000); got != 10_000_000 {
		t.Fatalf("a live wall clock followed an event to %d", got)
	}
	if got := c.Wall(9_000_000); got != 10_000_000 {
		t.Fatalf("wall time going back took the clock to %d", got)
	}
}

func TestAutomaticModeIsDecidedAtTheEndOfCatchUp(t *testing.T) {
	for name, row := range map[string]struct {
		newest, wall int64
		want         ClockMode
	}{
		"an event of just now means wall":          {100 * hourMillis, 100*hourMillis + minuteMillis, ClockWall},
		"an event 61 minutes ago means event":      {100 * hourMillis, 101*hourMillis + minuteMillis, ClockEvent},
		"an event 61 minutes ahead means event":    {102 * hourMillis, 101*hourMillis - minuteMillis, ClockEvent},
		"no event at all means wall":               {0, 100 * hourMillis, ClockWall},
		"an event exactly one hour ago means wall": {100 * hourMillis, 101 * hourMillis, ClockWall},
	} {
		c := NewClock(ClockAuto, 1)
		if row.newest > 0 {
			c.Event(row.newest, 0)
		}
		c.CaughtUp(row.wall)
		if c.Mode() != row.want {
			t.Errorf("%s: got %s", name, c.Mode())
		}
	}
}

func TestTheEventClockRunsOnBetweenEventsAtItsSpeed(t *testing.T) {
	c := NewClock(ClockEvent, 600)
	c.Event(1_000_000, 0)
	c.CaughtUp(50_000)
	if got := c.Wall(50_250); got != 1_150_000 {
		t.Fatalf("a quarter of a second at x600: clock at %d, want 150 s on", got)
	}
	if got := c.Event(1_100_000, 0); got != 1_150_000 {
		t.Fatalf("an event behind took the clock to %d", got)
	}
	if got := c.Event(2_000_000, 0); got != 2_000_000 {
		t.Fatalf("an event ahead left the clock at %d", got)
	}
	c.Wall(60_000)
	if got := c.Wall(60_000 + 3*runOnWallMillis); got != 2_000_000+600*runOnWallMillis {
		t.Fatalf("without events the clock ran on to %d, want at most %d ms of wall time", got, runOnWallMillis)
	}
}

func TestAnOfflineClockStandsBetweenEvents(t *testing.T) {
	c := NewClock(ClockEvent, 0)
	c.Event(1_000, 0)
	c.CaughtUp(99_999_999)
	if got := c.Wall(199_999_999); got != 1_000 {
		t.Fatalf("offline the clock moved to %d without an event", got)
	}
}

func TestAClockReadBackGoesOnAlike(t *testing.T) {
	a := NewClock(ClockEvent, 60)
	a.Event(5_000, 0)
	a.CaughtUp(10)
	a.Wall(20)
	w := checkpoint.NewWriter(nil)
	a.Code(w)
	b := NewClock(ClockWall, 1)
	r := checkpoint.NewReader(w.Bytes())
	b.Code(r)
	if r.Err() != nil || *a != *b {
		t.Fatalf("written %+v, read back %+v, %v", *a, *b, r.Err())
	}
}
