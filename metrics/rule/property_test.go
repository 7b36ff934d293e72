package rule

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/baseline"
	"wallboard/metrics/checkpoint"
	"wallboard/metrics/kpi"
)

// look is one value a life is shown.
type look struct {
	at    int64
	value float64
	ok    bool
}

// wander is a series that keeps near the limits of a rule at 10 and 20.
func wander(rng *rand.Rand, n int) []look {
	var all []look
	at, v := int64(1_000_000), 8.0
	for range n {
		at += int64(1+rng.IntN(12)) * 5_000
		v += rng.NormFloat64() * 3
		v = max(0, min(30, v))
		all = append(all, look{at, v, rng.IntN(25) > 0})
	}
	return all
}

// replay works out the states of a rule at 10 and 20 the slow way: it looks
// back over the whole series at every step.
func replay(r Rule, c *compiled, looks []look) string {
	bad := func(i, k int) bool {
		limit := []float64{*r.Warn, *r.Critical}[i]
		return looks[k].ok && looks[k].value > limit
	}
	unwell := func(i, k int) bool { return looks[k].ok && looks[k].value > c.fixed[i].backHi }
	held := func(i, k int) bool {
		from := k
		for from >= 0 && bad(i, from) {
			from--
		}
		return from < k && looks[k].at-looks[from+1].at >= r.For.Milliseconds()
	}
	out := make([]byte, 0, len(looks))
	level, changed, flaps, ended, recovering := 0, 0, 0, int64(-1), false
	for k := range looks {
		at := looks[k].at
		target := 0
		if held(1, k) {
			target = 2
		} else if held(0, k) {
			target = 1
		}
		state := byte('.')
		switch {
		case level == 0 && target > 0:
			if ended >= 0 && at-ended < reopenWithin {
				flaps++
			} else {
				flaps = 0
			}
			level, changed, recovering, ended = target, k, false, -1
		case level == 0:
			if bad(0, k) || bad(1, k) {
				state = 'p'
			}
		case target > level:
			if recovering {
				flaps++
			}
			level, changed, recovering = target, k, false
		case unwell(level-1, k):
			if recovering {
				flaps++
			}
			recovering = false
		default:
			from := k
			for from > changed && !unwell(level-1, from) {
				from--
			}
			keep := max(r.Keep.Milliseconds(), leastKeep)
			if flaps > 0 {
				keep = max(keep, reopenWithin)
			}
			recovering = true
			if at-looks[from+1].at >= keep {
				recovering = false
				if level == 2 && unwell(0, k) {
					level, changed = 1, k
				} else {
					level, ended = 0, at
				}
			}
		}
		if level > 0 {
			state = "wc"[level-1]
			if recovering {
				state = 'r'
			}
		}
		out = append(out, state)
	}
	return string(out)
}

// states drives one life and writes its states down as replay does.
func states(c *compiled, looks []look) (string, *life) {
	l, out := &life{}, make([]byte, 0, len(looks))
	for _, k := range looks {
		l.step(c, seen(c, k.value, k.ok), k.at)
		state := byte('.')
		switch {
		case l.state == metrics.BreachPending:
			state = 'p'
		case l.state == metrics.BreachRecovering:
			state = 'r'
		case l.state == metrics.BreachFiring:
			state = "wc"[l.level-metrics.LevelWarn]
		}
		out = append(out, state)
	}
	return string(out), l
}

func randomRule(rng *rand.Rand) Rule {
	second := time.Second
	return wait(10, 20, time.Duration(rng.IntN(4)*30)*second, time.Duration(rng.IntN(4)*45)*second)
}

func TestALifeIsWhatLookingBackOverTheWholeSeriesFinds(t *testing.T) {
	fired := 0
	for seed := range uint64(300) {
		rng := rand.New(rand.NewPCG(seed, 1))
		r := randomRule(rng)
		c, err := compile(r)
		if err != nil {
			t.Fatal(err)
		}
		looks := wander(rng, 300)
		got, l := states(c, looks)
		if want := replay(r, c, looks); got != want {
			t.Fatalf("seed %d, for %v, keep %v:\ngot  %s\nwant %s", seed, r.For, r.Keep, got, want)
		}
		fired += int(l.episodes)
	}
	if fired < 300 {
		t.Fatalf("only %d episodes in 300 series: the test tests little", fired)
	}
}

// TestFrozenTimeDoesNotExist compares a series with a frozen stretch with the
// same series from which the stretch was cut.
func TestFrozenTimeDoesNotExist(t *testing.T) {
	for seed := range uint64(300) {
		rng := rand.New(rand.NewPCG(seed, 2))
		c, err := compile(randomRule(rng))
		if err != nil {
			t.Fatal(err)
		}
		looks := wander(rng, 200)
		want, _ := states(c, looks)
		cut, stop := 1+rng.IntN(198), int64(rng.IntN(3600))*1000
		l := &life{}
		var got []byte
		for i, k := range looks {
			at := k.at
			if i == cut {
				before := *l
				l.freeze(looks[i-1].at)
				if l.state != before.state || l.level != before.level {
					t.Fatal("freezing changed where the life stands")
				}
			}
			if i >= cut {
				at += stop
			}
			if i == cut {
				// The stretch ends as long after the last look as this look lies after it.
				l.frozen = looks[i-1].at
				l.thaw(looks[i-1].at + stop)
			}
			l.step(c, seen(c, k.value, k.ok), at)
			got = append(got, letter(l))
		}
		if string(got) != want {
			t.Fatalf("seed %d, cut at %d for %d ms:\ngot  %s\nwant %s", seed, cut, stop, got, want)
		}
	}
}

func letter(l *life) byte {
	switch {
	case l.state == metrics.BreachPending:
		return 'p'
	case l.state == metrics.BreachRecovering:
		return 'r'
	case l.state == metrics.BreachFiring:
		return "wc"[l.level-metrics.LevelWarn]
	}
	return '.'
}

func TestASeriesThatCrossesForAnHourIsOneLineAndOneEpisode(t *testing.T) {
	for name, row := range map[string]struct {
		every time.Duration
		keep  time.Duration
	}{
		"every five seconds, no keep":   {5 * time.Second, 0},
		"every twenty seconds, no keep": {20 * time.Second, 0},
		"every two minutes, no keep":    {2 * time.Minute, 0},
		"every five seconds, a keep":    {5 * time.Second, time.Minute},
		"every two minutes, a keep":     {2 * time.Minute, time.Minute},
	} {
		trial, err := NewTrial(wait(10, 20, 0, row.keep), Config{}, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		begun, states, last := map[int64]bool{}, 0, Seen{}
		at := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
		for end := at.Add(2 * time.Hour); at.Before(end); at = at.Add(5 * time.Second) {
			v := 5.0
			if since := at.Sub(end.Add(-2 * time.Hour)); since < time.Hour && int(since/row.every)%2 == 0 {
				v = 15
			}
			last = trial.Step(at.UnixMilli(), Given{"oldest_wait_total": kpi.Value{V: v, OK: true, N: 1}})
			if n := len(trial.book.Breaches()); n > 1 {
				t.Fatalf("%s: %d lines", name, n)
			}
			if last.Breach.FiringSince != 0 {
				begun[last.Breach.FiringSince] = true
				states = max(states, int(last.Breach.Flaps))
			}
		}
		if want := int(time.Hour/row.every)/2 - 1; len(begun) != 1 || len(trial.Past()) != 1 || states != want || trial.Past()[0].Flaps != int32(want) {
			t.Errorf("%s: %d episodes begun, %d past, %d flaps, want 1, 1, %d", name, len(begun), len(trial.Past()), states, want)
		}
		if last.State != metrics.BreachInactive {
			t.Errorf("%s: an hour later it is %s", name, last.State)
		}
	}
}

// TestADynamicLimitIsTheBandItself drives a rule without bounds and, beside
// it, the band alone: the value is beyond the limit exactly where it is outside
// the band known before it came.
func TestADynamicLimitIsTheBandItself(t *testing.T) {
	for _, direction := range []kpi.Direction{kpi.Less, kpi.More, kpi.Within} {
		r := Rule{Name: "x", KPI: "waiting", Scope: metrics.ScopeQueue, Mode: ModeDynamic, Direction: direction, Dynamic: &Dynamic{Base: Amount{Value: 1e6}}}
		if direction == kpi.More {
			r.Dynamic.Base.Value = -1e6
		}
		trial, err := NewTrial(r, Config{}, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		alone, err := baseline.New(baseline.Options{})
		if err != nil {
			t.Fatal(err)
		}
		rng, outside := rand.New(rand.NewPCG(7, uint64(direction))), 0
		for i := range 3000 {
			at := int64(i) * 300_000
			v := 20 + 10*math.Sin(float64(i)*2*math.Pi/288) + 2*rng.NormFloat64()
			if rng.IntN(100) == 0 {
				v += 25 * rng.NormFloat64()
			}
			m := baseline.Moment{At: at, N: 1}
			band := alone.Threshold(m, baseline.SensitivityEdge)
			want := band.Known && (v > band.Hi && direction != kpi.More || v < band.Lo && direction != kpi.Less)
			before := len(trial.Past())
			now := trial.Step(at, Given{"waiting": kpi.Value{V: v, OK: true, N: 1}})
			if got := trial.book.round.sight.level[atWarn].beyond(); got != want {
				t.Fatalf("%v, step %d: beyond %v, outside %v: %v in %+v", direction, i, got, want, v, band)
			}
			if len(trial.Past()) > before {
				alone.Resolve()
			}
			m.Firing = now.Breach.FiringSince != 0
			alone.Feed(m, v)
			if want {
				outside++
			}
		}
		if outside < 10 {
			t.Errorf("%v: only %d values were outside", direction, outside)
		}
	}
}

// TestRestartIsNoRestart cuts runs of a dynamic, a burn and a fixed rule at
// random places, reads the book back from its bytes and goes on.
func TestRestartIsNoRestart(t *testing.T) {
	dynamic := Rule{Name: "d", KPI: "waiting", Scope: metrics.ScopeQueue, Mode: ModeDynamic, CriticalTimes: 2, For: 10 * time.Minute, Keep: 10 * time.Minute,
		Dynamic: &Dynamic{Base: Amount{Value: 30}, Min: &Amount{Value: 5}, Max: &Amount{Value: 60}}}
	burning := Rule{Name: "b", KPI: "service_level", Scope: metrics.ScopeQueue, Mode: ModeBurn, Burn: DefaultBurn(80), MinN: 30, Keep: 10 * time.Minute}
	for seed := range uint64(12) {
		for _, r := range []Rule{dynamic, burning, wait(10, 20, 5*time.Minute, 10*time.Minute)} {
			run := func(cut int) []byte {
				rng := rand.New(rand.NewPCG(seed, 3))
				trial, err := NewTrial(r, Config{}, time.UTC)
				if err != nil {
					t.Fatal(err)
				}
				for i := range 600 {
					if i == cut {
						trial.book = reread(t, r, trial.book)
					}
					v := math.Abs(10 + 8*rng.NormFloat64())
					trial.Step(int64(1+i)*300_000, Given{"waiting": {V: v, OK: true, N: 1}, "oldest_wait_total": {V: v, OK: true, N: 1}, "service_level": {V: 100 - 4*v, OK: true, N: 50}})
				}
				return state(trial.book)
			}
			if whole, cut := run(-1), run(1+int(seed)*49); !bytes.Equal(whole, cut) {
				t.Fatalf("%s, seed %d: the bytes differ after a restart", r.Name, seed)
			}
		}
	}
}

func state(b *Book) []byte {
	w := checkpoint.NewWriter(nil)
	b.Code(w)
	return w.Bytes()
}

func reread(t *testing.T, r Rule, b *Book) *Book {
	t.Helper()
	fresh, err := New([]Rule{r})
	if err != nil {
		t.Fatal(err)
	}
	c := checkpoint.NewReader(state(b))
	fresh.Code(c)
	if c.Err() != nil {
		t.Fatal(c.Err())
	}
	return fresh
}

func FuzzABookReadsBackOrRefuses(f *testing.F) {
	trial, err := NewTrial(wait(10, 20, 0, 0), Config{}, time.UTC)
	if err != nil {
		f.Fatal(err)
	}
	for i := range 30 {
		trial.Step(int64(1+i)*5_000, Given{"oldest_wait_total": {V: float64(i), OK: true, N: 1}})
	}
	f.Add(state(trial.book))
	f.Fuzz(func(t *testing.T, data []byte) {
		trial, err := NewTrial(wait(10, 20, 0, 0), Config{}, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		c := checkpoint.NewReader(data)
		if trial.book.Code(c); c.Err() != nil {
			return
		}
		_ = fmt.Sprint(trial.book.Breaches(), trial.Step(1e12, Given{}))
	})
}
