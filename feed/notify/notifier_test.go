package notify

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/ack"
	"wallboard/metrics/clean"
)

// ear is a sink that remembers what it heard, or refuses.
type ear struct {
	name string
	fail func(n int) error // of the attempt, from 1; nil: never
	hold time.Duration     // what an attempt takes

	mu    sync.Mutex
	tries int
	heard []string
}

func (e *ear) Name() string { return e.name }
func (e *ear) Close()       {}

func (e *ear) Send(ctx context.Context, m *Message) error {
	e.mu.Lock()
	e.tries++
	n := e.tries
	e.mu.Unlock()
	if e.hold > 0 && !wait(ctx, e.hold) {
		return ctx.Err()
	}
	if e.fail != nil {
		if err := e.fail(n); err != nil {
			return err
		}
	}
	var places []string
	for i := range m.Lines {
		places = append(places, m.Lines[i].Where(English))
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.heard = append(e.heard, fmt.Sprintf("%s %s %s", m.State, m.Level, strings.Join(places, "+")))
	return nil
}

func (e *ear) all() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.heard)
}

// scene is a board with its desk and notifier, on the clock of a bubble.
type scene struct {
	t        *testing.T
	desk     *ack.Desk
	notifier *Notifier
	breaches []metrics.Breach
}

func begin(t *testing.T, o Options) *scene {
	t.Helper()
	s := &scene{t: t, desk: ack.NewDesk()}
	o.Desk = s.desk
	var err error
	if s.notifier, err = Start(o); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.notifier.Close)
	return s
}

func (s *scene) snapshot() *metrics.Snapshot {
	snapshot := &metrics.Snapshot{At: time.Now().UnixMilli(), Breaches: s.breaches}
	s.desk.Mark(snapshot)
	return snapshot
}

// run lets the board run for a while, with a snapshot five times a second.
func (s *scene) run(d time.Duration) {
	for end := time.Now().Add(d); time.Now().Before(end); {
		s.notifier.Observe(s.snapshot())
		time.Sleep(200 * time.Millisecond)
	}
	synctest.Wait()
}

func queueBreach(queue string, level metrics.Level) metrics.Breach {
	now := time.Now().UnixMilli()
	return metrics.Breach{
		Rule: "oldest wait", KPI: "oldest_wait_total", Key: metrics.Key{Scope: metrics.ScopeQueue, Floor: clean.Own("hz"), Queue: clean.Own(queue)},
		Level: level, State: metrics.BreachFiring, Since: now, FiringSince: now, Value: 200, Limit: 180, Peak: 200,
	}
}

func (s *scene) shows(breaches ...metrics.Breach) { s.breaches = breaches }

func expect(t *testing.T, e *ear, want ...string) {
	t.Helper()
	if got := e.all(); !slices.Equal(got, want) {
		t.Errorf("heard\n%q\nwant\n%q", got, want)
	}
}

func TestEachStateOfAnEpisodeIsToldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := &ear{name: "e"}
		s := begin(t, Options{Ways: []Way{{Sink: e}}})
		b := queueBreach("presale", metrics.LevelWarn)
		s.shows(b)
		s.run(time.Minute)
		b.Level = metrics.LevelCritical
		s.shows(b)
		s.run(time.Minute)
		b.Level = metrics.LevelWarn
		s.shows(b)
		s.run(time.Minute)
		b.Level = metrics.LevelCritical
		s.shows(b)
		s.run(time.Minute)
		s.shows()
		s.run(10 * time.Minute)
		expect(t, e, "firing warn presale", "escalated critical presale", "resolved critical presale")
		s.shows(queueBreach("presale", metrics.LevelCritical))
		s.run(time.Minute)
		if got := e.all(); len(got) != 4 || got[3] != "firing critical presale" {
			t.Errorf("the next episode: %q", got)
		}
		s.notifier.Close()
	})
}

func TestAFlappingBreachIsToldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := &ear{name: "e"}
		s := begin(t, Options{Ways: []Way{{Sink: e}}})
		for range 200 { // an hour
			s.shows(queueBreach("presale", metrics.LevelWarn))
			s.run(9 * time.Second)
			s.shows()
			s.run(9 * time.Second)
		}
		s.run(10 * time.Minute)
		expect(t, e, "firing warn presale", "resolved warn presale")
		s.notifier.Close()
	})
}

func TestSilenceHidesNoticesUntilItEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := &ear{name: "e"}
		s := begin(t, Options{Ways: []Way{{Sink: e}}})
		b := queueBreach("presale", metrics.LevelWarn)
		s.shows(b)
		s.run(time.Second)
		if err := s.desk.Silence(b, clean.Own("Lin"), time.Hour, clean.Text{}); err != nil {
			t.Fatal(err)
		}
		s.run(10 * time.Minute)
		expect(t, e)
		if err := s.desk.Unsilence(b, clean.Own("Lin")); err != nil {
			t.Fatal(err)
		}
		s.run(time.Minute)
		expect(t, e, "firing warn presale")
		if err := s.desk.Silence(b, clean.Own("Lin"), time.Hour, clean.Text{}); err != nil {
			t.Fatal(err)
		}
		s.shows()
		s.run(2 * time.Hour)
		expect(t, e, "firing warn presale")
		s.notifier.Close()
	})
}

func TestEscalationAfterAnAcknowledgementIsToldAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := &ear{name: "e"}
		s := begin(t, Options{Ways: []Way{{Sink: e}}})
		told, taken := queueBreach("told", metrics.LevelWarn), queueBreach("taken", metrics.LevelWarn)
		s.shows(told)
		s.run(10 * time.Second)
		s.shows(told, taken)
		s.run(time.Second)
		for _, b := range s.breaches {
			if err := s.desk.Acknowledge(b, clean.Own("Lin"), clean.Text{}); err != nil {
				t.Fatal(err)
			}
		}
		s.run(time.Minute)
		expect(t, e, "firing warn told")
		told.Level, taken.Level = metrics.LevelCritical, metrics.LevelCritical
		s.shows(told, taken)
		s.run(time.Minute)
		got := e.all()
		slices.Sort(got)
		if want := []string{"escalated critical told", "firing critical taken", "firing warn told"}; !slices.Equal(got, want) {
			t.Errorf("heard %q, want %q", got, want)
		}
		s.notifier.Close()
	})
}

func TestManyPlacesOfOneRuleMakeOneMessage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := &ear{name: "e"}
		s := begin(t, Options{Ways: []Way{{Sink: e}}})
		other := queueBreach("a", metrics.LevelWarn)
		other.Rule = "uncovered"
		s.shows(queueBreach("a", metrics.LevelWarn), other)
		s.run(2 * time.Second)
		s.shows(s.breaches[0], other, queueBreach("b", metrics.LevelCritical), queueBreach("c", metrics.LevelWarn))
		s.run(time.Minute)
		expect(t, e, "firing critical b+a+c", "firing warn a")
		s.notifier.Close()
	})
}

func TestAWayHearsOnlyWhatItIsFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		critical := &ear{name: "critical"}
		ends := &ear{name: "ends"}
		s := begin(t, Options{Ways: []Way{
			{critical, Filter{Levels: []metrics.Level{metrics.LevelCritical}}},
			{ends, Filter{States: []State{Resolved}}},
		}})
		b := queueBreach("a", metrics.LevelWarn)
		s.shows(b, queueBreach("b", metrics.LevelCritical))
		s.run(10 * time.Second)
		expect(t, critical, "firing critical b")
		s.shows()
		s.run(10 * time.Minute)
		expect(t, critical, "firing critical b", "resolved critical b")
		expect(t, ends, "resolved critical b+a")
		s.notifier.Close()
	})
}

func TestAFailingWayIsTriedAgainAndHoldsUpNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		failing := &ear{name: "failing", fail: func(n int) error {
			if n < 5 {
				return errors.New("no")
			}
			return nil
		}}
		hanging := &ear{name: "hanging", hold: time.Hour}
		refused := &ear{name: "refused", fail: func(int) error { return Permanent{errors.New("bad key")} }}
		fine := &ear{name: "fine"}
		s := begin(t, Options{Ways: []Way{{Sink: failing}, {Sink: hanging}, {Sink: refused}, {Sink: fine}}, Random: func() float64 { return 0.5 }})
		s.shows(queueBreach("a", metrics.LevelWarn))
		s.run(time.Minute)
		expect(t, failing, "firing warn a")
		expect(t, fine, "firing warn a")
		views := map[string]metrics.SinkView{}
		for _, v := range s.notifier.View() {
			views[v.Name] = v
		}
		if v := views["failing"]; v.Sent != 1 || v.Failed != 4 || v.Retrying || v.LastError != "no" || v.LastSent == 0 {
			t.Errorf("failing: %+v", v)
		}
		if v := views["hanging"]; v.Sent != 0 || v.Failed == 0 || !v.Retrying {
			t.Errorf("hanging: %+v", v)
		}
		if v := views["refused"]; v.Dropped != 1 || v.Retrying || v.LastError != "bad key" {
			t.Errorf("refused: %+v", v)
		}
		s.notifier.Close()
	})
}

func TestAQueueIsBoundedAndSaysWhatItDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		stuck := &ear{name: "stuck", fail: func(int) error { return errors.New("no") }}
		s := begin(t, Options{Ways: []Way{{Sink: stuck}}})
		const rules = maxQueued + 50
		for i := range rules {
			b := queueBreach("a", metrics.LevelWarn)
			b.Rule = fmt.Sprintf("rule %03d", i)
			s.breaches = append(s.breaches, b)
		}
		s.run(10 * time.Second)
		v := s.notifier.View()[0]
		// One is being tried; it was taken before the queue overflowed or after.
		if v.Queued > maxQueued || v.Queued < maxQueued-1 || v.Queued+v.Dropped+1 != rules {
			t.Errorf("%+v", v)
		}
		s.notifier.Close()
	})
}

func TestPausesDoubleUpToAMinuteAndHeedTheReceiver(t *testing.T) {
	plain := errors.New("no")
	for n, want := range map[int]time.Duration{1: time.Second, 2: 2 * time.Second, 5: 16 * time.Second, 7: time.Minute, 60: time.Minute} {
		low, high := pause(n, plain, 0), pause(n, plain, 0.999)
		if low < want/2 || high > want || high <= low {
			t.Errorf("attempt %d: %s to %s, want within %s and %s", n, low, high, want/2, want)
		}
	}
	if d := pause(1, Later{plain, 90 * time.Second}, 0); d != 90*time.Second {
		t.Errorf("asked to wait 90 s: %s", d)
	}
	if d := pause(1, Later{plain, 48 * time.Hour}, 0); d != longestWish {
		t.Errorf("asked to wait two days: %s", d)
	}
}

func agentBreach(agent string) metrics.Breach {
	b := queueBreach("", metrics.LevelWarn)
	b.Rule, b.Key = "long pause", metrics.Key{Scope: metrics.ScopeAgent, Floor: clean.Own("hz"), Agent: clean.Own(agent)}
	return b
}

func TestPeopleAreCountedNotNamed(t *testing.T) {
	team := func(k metrics.Key) clean.Text {
		return map[string]clean.Text{"agent-4711": clean.Own("night"), "agent-4712": clean.Own("night"), "agent-4713": clean.Own("day")}[k.Agent.String()]
	}
	var lines []Line
	for _, agent := range []string{"agent-4711", "agent-4713", "agent-4712", "stranger"} {
		b := agentBreach(agent)
		b.ReasonEN = clean.Own(agent + " has paused for long")
		lines = append(lines, Line{ID: ack.IDOf(&b), Start: b.FiringSince, Breach: b})
	}
	hidden := gather(slices.Clone(lines), HideNames, team)
	m := message(Firing, time.Now(), hidden)
	var said []string
	for i := range m.Lines {
		said = append(said, m.Lines[i].Text(English, time.UTC, Firing), m.Lines[i].Text(Chinese, time.UTC, Firing))
	}
	for _, name := range Templates() {
		b, err := newBody(name, English)
		if err != nil {
			t.Fatal(err)
		}
		data, err := b.render(m, "", "")
		if err != nil {
			t.Fatal(err)
		}
		said = append(said, string(data))
	}
	for i := range m.Lines {
		said = append(said, fmt.Sprintf("%+v", eventOf(m, &m.Lines[i])))
	}
	all := strings.Join(said, "\n")
	for _, name := range []string{"agent-47", "stranger"} {
		if strings.Contains(all, name) {
			t.Errorf("%s is named in\n%s", name, all)
		}
	}
	if !strings.Contains(all, "team night: 2 people over 3m") || !strings.Contains(all, "team day: 1 person over 3m") {
		t.Errorf("not said how many:\n%s", all)
	}
	shown := gather(lines, ShowNames, team)
	if len(shown) != 4 || !strings.Contains(shown[0].Text(English, time.UTC, Firing)+shown[1].Text(English, time.UTC, Firing), "agent-4711") {
		t.Errorf("configured to name people, it does not: %+v", shown)
	}
}

func TestNothingIsToldOfABoardThatIsCatchingUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := &ear{name: "e"}
		s := begin(t, Options{Ways: []Way{{Sink: e}}})
		s.shows(queueBreach("a", metrics.LevelWarn))
		s.run(10 * time.Second)
		for range 100 {
			snapshot := &metrics.Snapshot{At: time.Now().UnixMilli(), Mark: metrics.Mark{Kind: metrics.MarkCatchingUp}}
			s.desk.Mark(snapshot)
			s.notifier.Observe(snapshot)
			time.Sleep(10 * time.Second)
		}
		s.run(time.Second)
		expect(t, e, "firing warn a")
		s.notifier.Close()
	})
}

func TestAmountsReadAsPeopleWriteThem(t *testing.T) {
	for _, row := range []struct {
		kpi  string
		v    float64
		want string
	}{
		{"oldest_wait_total", 0, "0s"}, {"oldest_wait_total", 45, "45s"}, {"oldest_wait_total", 60, "1m"},
		{"oldest_wait_total", 200, "3m20s"}, {"oldest_wait_total", 3600, "1h"}, {"oldest_wait_total", 3660, "1h1m"},
		{"oldest_wait_total", 14 * 86400, "336h"}, {"service_level_live", 72.34, "72.3 %"}, {"waiting", 7, "7"}, {"nobody knows", 2.5, "2.5"},
	} {
		if got := amount(row.kpi, row.v); got != row.want {
			t.Errorf("%s %v: %q, want %q", row.kpi, row.v, got, row.want)
		}
	}
}
