package window

import (
	"math/rand/v2"
	"testing"

	"wallboard/metrics/checkpoint"
	"wallboard/metrics/fact"
)

func TestASampleForgottenIsAsIfNeverObserved(t *testing.T) {
	for _, kind := range []Kind{Dense, Sparse} {
		for _, n := range []int{1, 5, 100, 126, 400} {
			r := rand.New(rand.NewPCG(uint64(n), 1))
			a, b := New(kind), New(kind)
			a.StartDay(start)
			b.StartDay(start)
			type sample struct{ t, ms int64 }
			var extra []sample
			for i := range n {
				at := start + int64(i)*20_000
				ms := r.Int64N(90_000)
				a.Observe(at, fact.DistHandle, ms)
				b.Observe(at, fact.DistHandle, ms)
				if i%7 == 0 {
					x := sample{at + 1, r.Int64N(90_000)}
					b.Observe(x.t, fact.DistHandle, x.ms)
					extra = append(extra, x)
				}
				if len(extra) > 0 && r.IntN(3) == 0 {
					b.Forget(extra[0].t, fact.DistHandle, extra[0].ms)
					extra = extra[1:]
				}
			}
			for _, x := range extra {
				b.Forget(x.t, fact.DistHandle, x.ms)
			}
			w := checkpoint.NewWriter(nil)
			b.Code(w)
			back := New(kind)
			rd := checkpoint.NewReader(w.Bytes())
			if back.Code(rd); rd.Err() != nil {
				t.Fatal(rd.Err())
			}
			now := start + int64(n)*20_000
			for _, win := range []fact.Window{fact.WindowToday, fact.Window60m, fact.Window5m, fact.WindowAll} {
				var sa, sb, sc fact.Sums
				a.View(now).Sums(win, &sa)
				b.View(now).Sums(win, &sb)
				back.View(now).Sums(win, &sc)
				got, want := sb.Dists[fact.DistHandle], sa.Dists[fact.DistHandle]
				if got.N != want.N || sc.Dists[fact.DistHandle] != got {
					t.Fatalf("kind %d n %d %v: %+v want %+v, read back %+v", kind, n, win, got, want, sc.Dists[fact.DistHandle])
				}
				if d := got.P50 - want.P50; d > 0.02*want.P50+1 || d < -0.02*want.P50-1 {
					t.Fatalf("kind %d n %d %v: %+v want %+v", kind, n, win, got, want)
				}
			}
		}
	}
}
