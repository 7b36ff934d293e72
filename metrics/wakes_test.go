package metrics

import (
	"math/rand/v2"
	"testing"
	"time"

	"wallboard/metrics/checkpoint"
)

func TestWhoeverIsDueIsWokenOnceAndInTime(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var w wakes
	due := map[int32]int64{}
	for now := range int64(2_000) {
		agent := int32(rng.IntN(50))
		at := now + 1 + rng.Int64N(200)
		if rng.IntN(4) == 0 {
			at = noTime
		}
		w.set(agent, at)
		due[agent] = at
		for i := w.next(now); i != noRef; i = w.next(now) {
			if due[i] > now {
				t.Fatalf("agent %d is woken at %d, due at %d", i, now, due[i])
			}
			due[i] = noTime
		}
		for i, at := range due {
			if at <= now {
				t.Fatalf("agent %d sleeps at %d, due at %d", i, now, at)
			}
		}
		if len(w.heap) > len(due) {
			t.Fatalf("%d entries for %d agents", len(w.heap), len(due))
		}
	}
}

// On a random day an engine that is looked at all the time, and so knows from
// its heap alone whom the clock has changed, shows the same as one read back
// just now, which looks at everybody.
func TestWhatTheClockAloneChangesIsSeen(t *testing.T) {
	for seed := range uint64(2) {
		rng := rand.New(rand.NewPCG(seed, 9))
		c := newScript(t)
		a := engineOf(t)
		for i, ev := range randomDay(c, seed, 24, false) {
			for a.Now() != 0 && a.Now() < ev.Time {
				step := []int64{500, 5_000, 90_000}[rng.IntN(3)]
				a.Tick(min(ev.Time, a.Now()+1+rng.Int64N(step)))
				a.Snapshot()
				if rng.IntN(16) != 0 {
					continue
				}
				if da, db := dump(a.Snapshot()), dump(readBack(t, a).Snapshot()); da != db {
					t.Fatalf("seed %d, before event %d: %s", seed, i, diffOf(da, db))
				}
			}
			a.Tick(ev.Time)
			a.Apply(ev)
			a.Snapshot()
		}
	}
}

// readBack returns an engine that is where e is and has shown nothing yet.
func readBack(t *testing.T, e *Engine) *Engine {
	t.Helper()
	w := checkpoint.NewWriter(nil)
	e.Code(w)
	back, r := engineOf(t), checkpoint.NewReader(w.Bytes())
	back.Code(r)
	if r.Err() != nil {
		t.Fatal(r.Err())
	}
	return back
}

func TestAPauseBeyondItsAllowanceShowsWithoutAnEvent(t *testing.T) {
	c := newScript(t, func(s *Settings) { s.Allowances = map[string]time.Duration{"lunch": 10 * time.Minute} })
	c.do(at(8, 0, 0), TypeAgentProfile, "a=lin team=t")
	lunch := func(ev *Event) { ev.Reason = txt("lunch") }
	c.do(at(8, 0, 1), TypeAgentPresence, "a=lin p=paused", lunch)
	for _, over := range []int64{-1_000, 0, 1, 250, 61_000} {
		c.e.Tick(at(8, 10, 1) + over)
		f := c.e.Snapshot().Floors[0]
		want := max(0, over)
		for _, row := range []*Row{f.Row, f.Teams[0], f.Agents.Pages[0][0].Row} {
			if got := row.Now.PauseOverMs; got != want {
				t.Errorf("%s: %d ms over at %d, not %d", row.Key.Scope, got, over, want)
			}
		}
	}
}
