package panel

import (
	"slices"
	"strings"
	"testing"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/i18n"
	"wallboard/tui/screen"
	"wallboard/tui/tuitest"
)

// line draws the notice of a rule in w cells.
func line(t *testing.T, s *Scene, rule string, w int) string {
	t.Helper()
	i := slices.IndexFunc(s.Notices, func(n Notice) bool { return n.Rule == rule })
	if i < 0 {
		t.Fatalf("rule %q has no notice", rule)
	}
	g := screen.NewGrid(w, 1)
	pen(t, i18n.Unicode).Notice(g.Canvas(), s, s.Notices[i])
	return g.Row(0)
}

func TestANoticeSaysWhatIsWrongWhoHasItAndWhatToDo(t *testing.T) {
	s := scene(tuitest.Floor(tuitest.Options{}))
	for _, c := range []struct {
		name, rule string
		w          int
		want       []string
		never      []string
	}{
		{"everything where there is room", "oldest wait (chat)", 120, []string{"■ critical", "refund/app", "oldest wait 6:12 > 5:00 for 1m12s — add people or open overflow", "unacked"}, nil},
		{"what to do before that nobody has it", "oldest wait (chat)", 80, []string{"6:12 > 5:00", "add people"}, []string{"unacked"}},
		{"who has it, at any width", "service level, live", 80, []string{"acked by lin"}, nil},
		{"the reason of a limit that moves, and what to do", "queue length", 200, []string{"41 > 28 for 6m40s — 22 above the usual for this time of day · open overflow before"}, nil},
		{"what to do alone where both have no room", "queue length", 120, []string{"open overflow before"}, []string{"22 above the usual"}},
		{"what comes and goes is one line with a count", "slots in use", 160, []string{"flapping ×7"}, nil},
		{"what recovers says so", "first response (chat)", 160, []string{"▲ recovers", "2m31s, limit 3m00s after 14m00s", "acked by 赵敏"}, []string{"move people", "warn", "for 14m"}},
		{"people are counted, not named", "handle time", 160, []string{"team night: 2 people", "10m55s > 9m00s"}, []string{"01014", "Tom", "Lin"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := line(t, s, c.rule, c.w)
			for _, want := range c.want {
				if !strings.Contains(got, want) {
					t.Errorf("no %q in %q", want, got)
				}
			}
			for _, never := range c.never {
				if strings.Contains(got, never) {
					t.Errorf("%q in %q", never, got)
				}
			}
		})
	}
}

func TestASilencedBreachTakesNoLineAndIsCounted(t *testing.T) {
	snap := tuitest.Floor(tuitest.Options{})
	s := scene(snap)
	if slices.ContainsFunc(s.Notices, func(n Notice) bool { return n.Rule == "oldest unanswered" }) {
		t.Error("it has a line")
	}
	p := pen(t, i18n.Unicode)
	for w := 36; w <= 220; w++ {
		g := screen.NewGrid(w, 1)
		p.Header(g.Canvas(), s)
		if !strings.Contains(g.Row(0), "1 silenced") {
			t.Errorf("at %d cells: %q", w, g.Row(0))
		}
	}
	if key := s.Breaches[slices.IndexFunc(s.Breaches, func(b *metrics.Breach) bool { return b.Rule == "oldest unanswered" })].Key; s.rows[key].worst != metrics.LevelWarn {
		t.Error("its row is quiet: silence hides the notice, never the state")
	}
}

func TestAFloorWithNothingButSilencedBreachesDoesNotCallItselfWell(t *testing.T) {
	snap := tuitest.Floor(tuitest.Options{})
	snap.Breaches = slices.DeleteFunc(snap.Breaches, func(b metrics.Breach) bool { return b.SilencedUntil == 0 })
	g := screen.NewGrid(100, 3)
	pen(t, i18n.Unicode).Breaches(g.Canvas(), scene(snap))
	if !strings.Contains(g.Row(0), "▲ 1 breach silenced, nothing else out of bounds") {
		t.Errorf("%q", g.Row(0))
	}
}

func TestOnlyNewCriticalBreachesThatNobodyHasFlash(t *testing.T) {
	const at = int64(1_700_000_000_000)
	base := metrics.Breach{Level: metrics.LevelCritical, State: metrics.BreachFiring, FiringSince: at - 20_000}
	for _, c := range []struct {
		name   string
		change func(b *metrics.Breach)
		want   bool
	}{
		{"a new one", func(*metrics.Breach) {}, true},
		{"after a minute it stands still", func(b *metrics.Breach) { b.FiringSince = at - flashFor }, false},
		{"somebody has it", func(b *metrics.Breach) { b.AckedBy = clean.Own("lin") }, false},
		{"somebody silenced it", func(b *metrics.Breach) { b.SilencedUntil = at + 1000 }, false},
		{"a warning", func(b *metrics.Breach) { b.Level = metrics.LevelWarn }, false},
		{"it recovers", func(b *metrics.Breach) { b.State = metrics.BreachRecovering }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, b, s := pen(t, i18n.Unicode), base, NewScene()
			c.change(&b)
			s.Prepare(&metrics.Snapshot{At: at}, View{}, at)
			even := p.loudness(s, &b)
			s.Wall += 1000
			if odd := p.loudness(s, &b); (even != odd) != c.want {
				t.Errorf("it flashes: %v, want %v", even != odd, c.want)
			}
		})
	}
}

func TestAQuietWarningShowsNoCriticalLimitThatPressesItFlat(t *testing.T) {
	trail := &metrics.Trail{Value: []float32{10, 12, 11}, Warn: []float32{11, 11, 11}, Critical: []float32{200, 200, 200}}
	b := &metrics.Breach{Level: metrics.LevelWarn, Limit: 11, Trail: trail}
	if reaches(b, trail) {
		t.Error("the far limit is drawn")
	}
	b.Level = metrics.LevelCritical
	if !reaches(b, trail) {
		t.Error("a limit that was passed is not drawn")
	}
}
