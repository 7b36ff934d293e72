package sim

import (
	"math"
	"testing"
	"time"

	"wallboard/metrics"
)

// realism is one seed's day, measured from its events alone.
type realism struct {
	seed         uint64
	day          *tally // 0:00 to 14:00
	live         *tally // 14:00 to 14:10
	types        [metrics.NumEventTypes]int
	breachAt     int64 // first second in which refund/app's oldest wait is beyond 180 s
	lunch, night int   // arrivals 12:00-13:00 and 20:00-21:00
	perMinute    []int // arrivals in each minute 14:00-16:00
}

// measure runs a demo of one seed to 21:00. Only the first ten minutes after
// 14:00 are held against the incident's effects; the rest is arrivals.
func measure(t *testing.T, seed uint64) *realism {
	t.Helper()
	r := &realism{seed: seed, day: newTally(at(0), at(14*time.Hour)), live: newTally(at(14*time.Hour), at(14*time.Hour+10*time.Minute)),
		perMinute: make([]int, 120)}
	o := demo(seed)
	o.End = at(21 * time.Hour)
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
	case e.Type == metrics.TypeSessionQueued && e.Queue.String() == "refund" && ch == "app",
		e.Type == metrics.TypeSessionTransferred && e.ToQueue.String() == "refund" && ch == "app":
		if _, waits := waiting[id]; !waits {
			waiting[id] = e.Time
		}
	case e.Type == metrics.TypeSessionAssigned, e.Type == metrics.TypeSessionClosed:
		delete(waiting, id)
	}
}

func (r *realism) arrival(e *metrics.Event) {
	if e.Type != metrics.TypeSessionOpened || e.Origin != metrics.PartyCustomer {
		return
	}
	switch offset := time.Duration(e.Time-dayStart) * time.Millisecond; {
	case offset >= 12*time.Hour && offset < 13*time.Hour:
		r.lunch++
	case offset >= 20*time.Hour && offset < 21*time.Hour:
		r.night++
	case offset >= 14*time.Hour && offset < 15*time.Hour:
		// The level is constant here, so that every minute is one slot of the
		// same Poisson process.
		r.perMinute[int((offset-14*time.Hour)/time.Minute)]++
	}
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
	for _, seed := range []uint64{1, 2, 3, 20261121} {
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
		between("evening over lunch", float64(r.night)/float64(r.lunch), 1.5, 8)
		between("hand-off rate", float64(r.day.handoffs)/float64(r.day.botEnds), 0.20, 0.30)
		// 59 degrees of freedom: the index leaves 0.55..1.6 once in a thousand.
		between("dispersion of arrivals", dispersion(r.perMinute[:60]), 0.55, 1.6)
		between("first breach, s after live", breach, -30, 60)
		for typ := metrics.TypeSessionOpened; typ < metrics.NumEventTypes; typ++ {
			if r.types[typ] == 0 {
				t.Errorf("seed %d: no %s until 21:00", seed, typ)
			}
		}
		t.Logf("seed %d: %d events until 14:00, %.1f/s live, abandoned %.2f %% (live %.2f), occupancy %.1f %% (live %.1f), concurrency %.2f, FRT p50 %.1f p90 %.1f s, hand-off %.1f %%, evening/lunch %.2f, dispersion %.2f, breach %+.0f s",
			seed, r.day.events, rate, 100*r.day.abandonment(), 100*r.live.abandonment(), 100*r.day.occupancy(), 100*r.live.occupancy(),
			r.live.concurrency(), quantile(r.day.frt, 0.5), quantile(r.day.frt, 0.9), 100*float64(r.day.handoffs)/float64(r.day.botEnds),
			float64(r.night)/float64(r.lunch), dispersion(r.perMinute[:60]), breach)
	}
}
