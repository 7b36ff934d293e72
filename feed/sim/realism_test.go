package sim

import (
	"math"
	"testing"
	"time"

	"wallboard/metrics"
)

// realism is one seed's day, measured from its events alone.
type realism struct {
	seed      uint64
	day       *tally // 0:00 to 14:00
	live      *tally // 14:00 to 14:10
	types     [metrics.NumEventTypes]int
	breachAt  int64 // first second in which refund/app's oldest wait is beyond 180 s
	perMinute []int // arrivals in each minute from 14:00: the level is constant there, one Poisson process
}

// slots is how many minutes of arrivals are held against Poisson.
const slots = 40

// measure runs a demo of one seed a little beyond 14:00 and checks that every
// event is legal.
func measure(t *testing.T, seed uint64) *realism {
	t.Helper()
	r := &realism{seed: seed, day: newTally(at(0), at(14*time.Hour)), live: newTally(at(14*time.Hour), at(14*time.Hour+10*time.Minute)),
		perMinute: make([]int, slots)}
	o := demo(seed)
	o.End = at(LiveOffset + slots*time.Minute)
	k := newChecker()
	waiting := map[string]int64{}
	next := at(13*time.Hour + 50*time.Minute)
	for e := range start(t, o).Events {
		if err := k.check(e); err != nil {
			t.Fatalf("seed %d: %s at %s: %v", seed, e.Type, time.Duration(e.Time-dayStart)*time.Millisecond, err)
		}
		for next <= e.Time && next < at(14*time.Hour+2*time.Minute) && r.breachAt == 0 {
			for _, since := range waiting {
				if next-since > 180_000 {
					r.breachAt = next
				}
			}
			next += 1000
		}
		follow(waiting, e)
		if e.Time < at(14*time.Hour+10*time.Minute) {
			r.day.add(e)
			r.live.add(e)
		}
		r.arrival(e)
	}
	r.day.finish()
	r.live.finish()
	r.types = k.types
	return r
}

// follow keeps who waits in the queue that the demo's incident hits.
func follow(waiting map[string]int64, e *metrics.Event) {
	id := e.Session.String()
	ch := e.Channel.String()
	switch {
	case e.Type == metrics.TypeSessionQueued && e.Kind == metrics.KindLive && e.Queue.String() == "refund" && ch == "app",
		e.Type == metrics.TypeSessionTransferred && e.ToQueue.String() == "refund" && ch == "app":
		if _, waits := waiting[id]; !waits {
			waiting[id] = e.Time
		}
	case e.Type == metrics.TypeSessionAssigned, e.Type == metrics.TypeSessionClosed:
		delete(waiting, id)
	}
}

func (r *realism) arrival(e *metrics.Event) {
	if arrived(e) && e.Time >= at(LiveOffset) {
		r.perMinute[(e.Time-at(LiveOffset))/millisPerMinute]++
	}
}

func arrived(e *metrics.Event) bool {
	return e.Type == metrics.TypeSessionOpened && e.Origin == metrics.PartyCustomer
}

// dispersion is the variance of the counts over their mean: 1 for Poisson.
func dispersion(counts []int) float64 {
	mean, square := 0.0, 0.0
	for _, n := range counts {
		mean += float64(n) / float64(len(counts))
	}
	for _, n := range counts {
		square += (float64(n) - mean) * (float64(n) - mean) / float64(len(counts)-1)
	}
	return square / mean
}

func TestTheFloorFeelsReal(t *testing.T) {
	for _, seed := range []uint64{1, 2, 20261121} {
		r := measure(t, seed)
		between := func(what string, v, lo, hi float64) {
			t.Helper()
			if math.IsNaN(v) || v < lo || v > hi {
				t.Errorf("seed %d: %s is %.3f, want %v to %v", seed, what, v, lo, hi)
			}
		}
		rate := float64(r.live.events) / 600
		breach := float64(r.breachAt-at(14*time.Hour)) / 1000
		tail := quantile(r.day.frt, 0.9) / quantile(r.day.frt, 0.5)
		between("events until 14:00", float64(r.day.events), 120_000, 250_000)
		between("events per second at 14:00", rate, 20, 60)
		between("abandonment", r.day.abandonment(), 0.02, 0.08)
		between("occupancy", r.day.occupancy(), 0.70, 0.90)
		between("FRT p90/p50", tail, 2, 6)
		between("concurrency", r.live.concurrency(), 1.5, 5)
		between("hand-off rate", float64(r.day.handoffs)/float64(r.day.botEnds), 0.20, 0.30)
		// 39 degrees of freedom: the index leaves 0.45..1.75 once in a thousand.
		between("dispersion of arrivals", dispersion(r.perMinute), 0.45, 1.75)
		between("first breach, s after live", breach, -30, 60)
		for typ := metrics.TypeSessionOpened; typ < metrics.NumEventTypes; typ++ {
			if r.types[typ] == 0 {
				t.Errorf("seed %d: no %s", seed, typ)
			}
		}
		t.Logf("seed %d: %d events until 14:00, %.1f/s live, abandoned %.2f %% (live %.2f), occupancy %.1f %% (live %.1f), concurrency %.2f, FRT p50 %.1f p90 %.1f s, hand-off %.1f %%, dispersion %.2f, breach %+.0f s",
			seed, r.day.events, rate, 100*r.day.abandonment(), 100*r.live.abandonment(), 100*r.day.occupancy(), 100*r.live.occupancy(),
			r.live.concurrency(), quantile(r.day.frt, 0.5), quantile(r.day.frt, 0.9), 100*float64(r.day.handoffs)/float64(r.day.botEnds), dispersion(r.perMinute), breach)
	}
}

func TestTheEveningIsBusierThanLunch(t *testing.T) {
	for seed := range uint64(2) {
		lunch, evening := 0, 0
		for e := range start(t, Options{Seed: seed, DayStart: dayStart, End: at(21 * time.Hour), Load: 0.2}).Events {
			switch hour := (e.Time - dayStart) / (60 * millisPerMinute); {
			case arrived(e) && hour == 12:
				lunch++
			case arrived(e) && hour == 20:
				evening++
			}
		}
		if ratio := float64(evening) / float64(lunch); ratio < 1.5 {
			t.Errorf("seed %d: evening over lunch is %.2f, want 1.5", seed, ratio)
		} else {
			t.Logf("seed %d: evening over lunch is %.2f", seed, ratio)
		}
	}
}
