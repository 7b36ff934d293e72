package metrics

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestASteadySourceHasItsPaceAtAnyMoment(t *testing.T) {
	const every = 500 // ms: 120 a minute
	var p tempo
	for at := int64(0); at < 10*tempoMillis; at += every {
		p.count(at)
		if at < 2*tempoMillis {
			continue
		}
		if got := p.perMinute(at); math.Abs(got-120) > 1.01 {
			t.Fatalf("at %d ms: %v a minute, want 120", at, got)
		}
	}
}

func TestThePaceOfASilentSourceGoesToNought(t *testing.T) {
	var p tempo
	for at := int64(0); at < tempoMillis; at += 1000 {
		p.count(at)
	}
	if got := p.perMinute(tempoMillis + tempoMillis/2); got != 30 {
		t.Errorf("half a minute after the last event: %v, want 30", got)
	}
	if got := p.perMinute(2 * tempoMillis); got != 0 {
		t.Errorf("a minute after the last event: %v, want 0", got)
	}
}

func TestThePaceDoesNotDependOnTheOrderWithinTwoMinutes(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	at := make([]int64, 400)
	for i := range at {
		at[i] = 50*tempoMillis + int64(i)*300
	}
	var want tempo
	for _, one := range at {
		want.count(one)
	}
	random.Shuffle(len(at), func(i, j int) { at[i], at[j] = at[j], at[i] })
	var got tempo
	for _, one := range at {
		got.count(one)
	}
	now := at[0]/tempoMillis*tempoMillis + tempoMillis
	if a, b := want.perMinute(now), got.perMinute(now); a != b && got.minute == want.minute {
		t.Errorf("shuffled: %v a minute, in order %v", b, a)
	}
}

func TestSourcesTogetherSayHowManySessionsAreOpen(t *testing.T) {
	c := newScript(t)
	say := func(second int, source string, open int64) {
		c.do(at(9, 0, second), TypeSourceHeartbeat, "", func(ev *Event) { ev.Source, ev.HeartbeatOpen = txt(source), open })
	}
	c.do(at(9, 0, 1), TypeSessionQueued, "s=a ch=voice q=presale", func(ev *Event) { ev.Source = txt("/acd") })
	c.do(at(9, 0, 2), TypeSessionQueued, "s=b ch=chat q=refund", func(ev *Event) { ev.Source = txt("/im") })
	say(3, "/acd", 1)
	say(4, "/wfm", -1)
	say(5, "/im", 1)
	sources := c.e.Snapshot().Health.Sources
	if im := sources[1]; im.ID != txt("/im") || im.OpenDrift != 0 {
		t.Errorf("each knows its own session, and yet they differ: %+v", im)
	}
	say(6, "/im", 3)
	if im := c.e.Snapshot().Health.Sources[1]; im.OpenDrift != 2 {
		t.Errorf("two more than ours are open, drift %d", im.OpenDrift)
	}
	if got := c.e.Snapshot().Health.Sources[1].PerMinute; got != 3 {
		t.Errorf("three events within the minute, %v said", got)
	}
}
