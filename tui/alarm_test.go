package tui

import (
	"slices"
	"testing"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/tuitest"
)

// watch lets a board run second by second and returns what reached those who
// look elsewhere.
func watch(t *testing.T, a *alarm, list ...*metrics.Snapshot) *counted {
	t.Helper()
	out := &counted{}
	r := at(t, list[0], 120, 32)
	for i, s := range list {
		r.v.observe(s, list[0].At+int64(i)*1000)
		a.look(r.v, out)
	}
	return out
}

// seconds is n seconds of one floor.
func seconds(s *metrics.Snapshot, n int) []*metrics.Snapshot {
	out := make([]*metrics.Snapshot, n)
	for i := range out {
		out[i] = tuitest.Later(s, int64(i))
	}
	return out
}

func with(s *metrics.Snapshot, change func(b *metrics.Breach)) *metrics.Snapshot {
	c := *s
	c.Breaches = slices.Clone(s.Breaches)
	for i := range c.Breaches {
		change(&c.Breaches[i])
	}
	return &c
}

func TestTheBellRingsOnceAMinuteWhileACriticalBreachIsNobodys(t *testing.T) {
	acked := with(busy(), func(b *metrics.Breach) { b.AckedBy = clean.Own("lin") })
	silenced := with(busy(), func(b *metrics.Breach) { b.SilencedUntil = b.FiringSince + 24*3_600_000 })
	recovering := with(busy(), func(b *metrics.Breach) { b.State = metrics.BreachRecovering })
	replay := busy()
	replay.Clock.Replay = true
	for _, c := range []struct {
		name string
		s    *metrics.Snapshot
		bell Bell
		want int
	}{
		{"three minutes of it ring three times", busy(), BellOnCritical, 3},
		{"turned off it never rings", busy(), BellOff, 0},
		{"somebody has it", acked, BellOnCritical, 0},
		{"somebody silenced it", silenced, BellOnCritical, 0},
		{"it is on the way back", recovering, BellOnCritical, 0},
		{"a quiet floor", calm(), BellOnCritical, 0},
		{"what is replayed is over", replay, BellOnCritical, 0},
		{"old numbers alarm nobody", tuitest.Marked(busy(), metrics.Mark{Kind: metrics.MarkStale, Since: busy().At - 9000}), BellOnCritical, 0},
		{"history is not now", tuitest.Marked(busy(), metrics.Mark{Kind: metrics.MarkCatchingUp, Count: 9}), BellOnCritical, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := watch(t, &alarm{bell: c.bell}, seconds(c.s, 180)...).rings; got != c.want {
				t.Errorf("rang %d times, want %d", got, c.want)
			}
		})
	}
}

func TestABreachThatComesAndGoesRingsNoOftener(t *testing.T) {
	var list []*metrics.Snapshot
	for i := range 120 {
		s := busy()
		if i%2 == 1 {
			s = calm()
		}
		list = append(list, tuitest.Later(s, int64(i)))
	}
	if got := watch(t, &alarm{}, list...).rings; got != 2 {
		t.Errorf("rang %d times in two minutes", got)
	}
}

func TestTheTitleNamesWhatNobodyHas(t *testing.T) {
	list := append(seconds(busy(), 5), seconds(with(busy(), func(b *metrics.Breach) { b.AckedBy = clean.Own("lin") }), 5)...)
	got := watch(t, &alarm{window: clean.Own("wallboard")}, list...).titles
	want := []string{"■ refund/app oldest wait +1 · wallboard", "wallboard"}
	if !slices.Equal(got, want) {
		t.Errorf("titles %q, want %q", got, want)
	}
	if got := watch(t, &alarm{}, list...).titles; len(got) != 0 {
		t.Errorf("a window whose title is left alone is called %q", got)
	}
}

func TestAHeldScreenStillAlarms(t *testing.T) {
	r, out, a := at(t, calm(), 120, 32), &counted{}, &alarm{}
	r.press("space").then(busy(), 1000)
	a.look(r.v, out)
	if out.rings != 1 {
		t.Errorf("rang %d times", out.rings)
	}
}
