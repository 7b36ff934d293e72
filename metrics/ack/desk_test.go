package ack

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"wallboard/metrics"
	"wallboard/metrics/clean"
)

const start = int64(1_790_000_000_000)

func at(d time.Duration) int64 { return start + d.Milliseconds() }

func text(s string) clean.Text { return clean.Own(s) }

func breach(level metrics.Level, firing time.Duration) metrics.Breach {
	return metrics.Breach{
		Rule: "oldest wait (chat)", Key: metrics.Key{Scope: metrics.ScopeQueueChannel, Floor: text("hz"), Queue: text("presale"), Channel: text("chat")},
		Level: level, State: metrics.BreachFiring, Since: at(firing), FiringSince: at(firing),
	}
}

// look shows the desk a snapshot and returns its only breach, zero for none.
func look(d *Desk, when time.Duration, breaches ...metrics.Breach) metrics.Breach {
	s := &metrics.Snapshot{At: at(when), Breaches: breaches}
	d.Mark(s)
	if len(s.Breaches) == 0 {
		return metrics.Breach{}
	}
	return s.Breaches[0]
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestAnAcknowledgementLastsAsLongAsWhatWasAcknowledged(t *testing.T) {
	const m = time.Minute
	warn, critical := breach(metrics.LevelWarn, 0), breach(metrics.LevelCritical, 0)
	recovering := warn
	recovering.State = metrics.BreachRecovering
	type view struct {
		when  time.Duration
		shows []metrics.Breach
	}
	for name, row := range map[string]struct {
		acked metrics.Breach
		then  []view
		want  bool
	}{
		"it holds while the breach goes on":                  {warn, []view{{2 * m, []metrics.Breach{warn}}}, true},
		"it holds while the breach recovers":                 {warn, []view{{2 * m, []metrics.Breach{recovering}}}, true},
		"it holds when critical falls back to warn":          {critical, []view{{2 * m, []metrics.Breach{warn}}}, true},
		"it ends with an escalation":                         {warn, []view{{2 * m, []metrics.Breach{critical}}}, false},
		"falling back does not bring it back":                {warn, []view{{2 * m, []metrics.Breach{critical}}, {3 * m, []metrics.Breach{warn}}}, false},
		"it ends with the breach":                            {warn, []view{{2 * m, nil}, {3 * m, []metrics.Breach{breach(metrics.LevelWarn, 3*m)}}}, false},
		"it ends with the breach that began anew at once":    {warn, []view{{3 * m, []metrics.Breach{breach(metrics.LevelWarn, 3*m)}}}, false},
		"it holds when the breach comes back to its episode": {warn, []view{{2 * m, nil}, {4 * m, []metrics.Breach{warn}}, {30 * m, []metrics.Breach{warn}}}, true},
		"it ends with an escalation after a pause":           {warn, []view{{2 * m, nil}, {4 * m, []metrics.Breach{warn}}, {5 * m, []metrics.Breach{critical}}}, false},
		"it holds for a day":                                 {warn, []view{{12 * 60 * m, []metrics.Breach{warn}}, {24 * 60 * m, []metrics.Breach{warn}}}, true},
	} {
		d := NewDesk()
		look(d, m, row.acked)
		must(t, d.Acknowledge(row.acked, text("Lin"), text("on it")))
		got := look(d, m, row.acked)
		if got.AckedBy != text("Lin") || got.AckComment != text("on it") || got.AckedAt != at(m) {
			t.Errorf("%s: at first shown as %q %q %d", name, got.AckedBy, got.AckComment, got.AckedAt)
		}
		for _, v := range row.then {
			got = look(d, v.when, v.shows...)
		}
		if (got.AckedBy == text("Lin")) != row.want {
			t.Errorf("%s: acked by %q", name, got.AckedBy)
		}
	}
}

func TestASilenceHidesUntilItsTimeAndSaysSo(t *testing.T) {
	d := NewDesk()
	b := breach(metrics.LevelCritical, 0)
	look(d, 0, b)
	must(t, d.Silence(b, text("Wu"), time.Hour, text("known outage")))
	s := &metrics.Snapshot{At: at(time.Minute), Breaches: []metrics.Breach{b}}
	before := d.Mark(s)
	got := s.Breaches[0]
	if s.Silenced != 1 || got.SilencedUntil != at(time.Hour) || got.SilencedBy != text("Wu") || got.SilenceComment != text("known outage") {
		t.Fatalf("silenced %d, breach %+v", s.Silenced, got)
	}
	if got.State != metrics.BreachFiring || got.Level != metrics.LevelCritical {
		t.Fatalf("the state is hidden as well: %v %v", got.State, got.Level)
	}
	if look(d, 10*time.Minute); d.now == 0 {
		t.Fatal("no clock")
	}
	if got := look(d, 20*time.Minute, breach(metrics.LevelWarn, 20*time.Minute)); got.SilencedUntil == 0 {
		t.Error("the next episode inside the span is loud")
	}
	s = &metrics.Snapshot{At: at(time.Hour), Breaches: []metrics.Breach{b}}
	if after := d.Mark(s); s.Silenced != 0 || s.Breaches[0].SilencedUntil != 0 || after == before {
		t.Errorf("at its end: silenced %d, version %d then %d", s.Silenced, before, after)
	}
	must(t, d.Silence(b, text("Wu"), time.Hour, clean.Text{}))
	must(t, d.Unsilence(b, text("Lin")))
	if got := look(d, time.Hour, b); got.SilencedUntil != 0 {
		t.Error("still silent after it was ended")
	}
}

func TestWhatCannotBeDecidedIsRefused(t *testing.T) {
	d := NewDesk()
	b := breach(metrics.LevelWarn, 0)
	look(d, 0, b)
	over := b
	over.State = metrics.BreachResolved
	must(t, d.Acknowledge(b, text("Lin"), clean.Text{}))
	for name, err := range map[string]error{
		"somebody has it already":    d.Acknowledge(b, text("Wu"), clean.Text{}),
		"it is over":                 d.Acknowledge(over, text("Wu"), clean.Text{}),
		"longer than a day":          d.Silence(b, text("Wu"), 25*time.Hour, clean.Text{}),
		"no time at all":             d.Silence(b, text("Wu"), 0, clean.Text{}),
		"there is no silence to end": d.Unsilence(b, text("Wu")),
	} {
		if err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if err := d.Acknowledge(b, text("Wu"), clean.Text{}); !strings.Contains(err.Error(), "Lin") {
		t.Errorf("the refusal does not say who has it: %v", err)
	}
}

func TestABoardStartedAnewFindsItsEpisodeAgain(t *testing.T) {
	first, second := NewDesk(), NewDesk()
	b := breach(metrics.LevelWarn, 0)
	look(first, time.Minute, b)
	must(t, first.Acknowledge(b, text("Lin"), clean.Text{}))
	record, _ := first.Get(IDOf(&b))
	must(t, second.Put(record))
	second.Mark(&metrics.Snapshot{At: at(2 * time.Minute), Mark: metrics.Mark{Kind: metrics.MarkCatchingUp}})
	look(second, 3*time.Minute)
	if got := look(second, 10*time.Minute, breach(metrics.LevelWarn, 10*time.Minute)); got.AckedBy != text("Lin") {
		t.Errorf("seen to begin later, the acknowledgement is lost: %+v", got)
	} else if got.FiringSince != at(0) || got.Since != at(0) {
		t.Errorf("it fires since %d, which all know to be %d", got.FiringSince, at(0))
	}
	shown := look(second, 11*time.Minute, breach(metrics.LevelWarn, 10*time.Minute))
	if err := second.Silence(shown, text("Wu"), time.Hour, clean.Text{}); err != nil {
		t.Fatal(err)
	}
	if got := look(second, 12*time.Minute, breach(metrics.LevelWarn, 10*time.Minute)); got.AckedBy != text("Lin") || got.SilencedBy != text("Wu") {
		t.Errorf("deciding on what is shown ended the episode: %+v", got)
	}
	third := NewDesk()
	must(t, third.Put(record))
	look(third, 3*time.Hour)
	if got := look(third, 3*time.Hour, breach(metrics.LevelWarn, 3*time.Hour)); !got.AckedBy.Empty() {
		t.Error("what fires hours after anybody saw it is taken for the same episode")
	}
}

func TestCatchingUpAgainResolvesNothing(t *testing.T) {
	d := NewDesk()
	b := breach(metrics.LevelWarn, 0)
	look(d, time.Minute, b)
	must(t, d.Acknowledge(b, text("Lin"), clean.Text{}))
	look(d, time.Minute, b)
	d.Mark(&metrics.Snapshot{At: at(2 * time.Minute), Mark: metrics.Mark{Kind: metrics.MarkCatchingUp}})
	look(d, 3*time.Minute) // live again, the rule has not held long enough yet
	if got := look(d, 5*time.Minute, breach(metrics.LevelWarn, 5*time.Minute)); got.AckedBy != text("Lin") {
		t.Errorf("acked by %q", got.AckedBy)
	}
}

func TestARecordNobodyHoldsOpenEnds(t *testing.T) {
	d := NewDesk()
	b := breach(metrics.LevelWarn, 0)
	id := IDOf(&b)
	must(t, d.Put(Record{Floor: id.Floor, Rule: id.Rule, Scope: id.Scope, Episode: at(0), First: at(0), Seen: at(0), Level: metrics.LevelWarn}))
	look(d, time.Minute)
	if r, _ := d.Get(id); r.Ended != 0 {
		t.Fatal("ended at once: another board may see it")
	}
	look(d, 32*time.Minute)
	if r, _ := d.Get(id); r.Ended == 0 {
		t.Fatal("open for ever")
	}
	look(d, 26*time.Hour)
	if _, ok := d.Get(id); ok {
		t.Error("kept for ever")
	}
}

func TestTheHistoryKeepsWhoHadIt(t *testing.T) {
	d := NewDesk()
	b := breach(metrics.LevelWarn, 0)
	look(d, time.Minute, b)
	must(t, d.Acknowledge(b, text("Lin"), clean.Text{}))
	look(d, time.Minute, b)
	over := []metrics.Episode{{Rule: b.Rule, Key: b.Key, FiringSince: b.FiringSince, Ended: at(2 * time.Minute)}}
	s := &metrics.Snapshot{At: at(2 * time.Minute), PastBreaches: over}
	d.Mark(s)
	if s.PastBreaches[0].AckedBy != text("Lin") || !over[0].AckedBy.Empty() {
		t.Errorf("history %+v, the engine's own %+v", s.PastBreaches[0], over[0])
	}
}

func TestTheEnginesBreachesAreNeverWrittenTo(t *testing.T) {
	d := NewDesk()
	b := breach(metrics.LevelWarn, 0)
	own := []metrics.Breach{b}
	look(d, 0, b)
	must(t, d.Acknowledge(b, text("Lin"), clean.Text{}))
	must(t, d.Silence(b, text("Lin"), time.Minute, clean.Text{}))
	s := &metrics.Snapshot{At: at(0), Breaches: own}
	d.Mark(s)
	if own[0] != b || s.Breaches[0] == b {
		t.Error("the slice of the engine was changed in place, or nothing was shown")
	}
}

func TestEveryPartOfAKeyIsInItsScope(t *testing.T) {
	base := metrics.Key{Scope: metrics.ScopeQueueChannel}
	seen := map[string]string{ScopeText(base): "nothing"}
	typ := reflect.TypeFor[metrics.Key]()
	for i := range typ.NumField() {
		field := typ.Field(i)
		if field.Type != reflect.TypeFor[clean.Text]() || field.Name == "Floor" {
			continue
		}
		for _, value := range []string{"a", "a queue=b", `"a"`, `\`, "排队", "a channel=a"} {
			k := base
			reflect.ValueOf(&k).Elem().Field(i).Set(reflect.ValueOf(text(value)))
			s := ScopeText(k)
			if other, ok := seen[s]; ok {
				t.Errorf("%s %q reads as %q, as does %s", field.Name, value, s, other)
			}
			seen[s] = field.Name + " " + value
		}
	}
}

func BenchmarkMark(b *testing.B) {
	d := NewDesk()
	var breaches []metrics.Breach
	for i := range 200 {
		br := breach(metrics.LevelWarn, 0)
		br.Rule = strings.Repeat("r", i+1)
		breaches = append(breaches, br)
		if i%4 == 0 {
			if _, err := d.Open(&br); err != nil {
				b.Fatal(err)
			}
			if err := d.Acknowledge(br, text("Lin"), clean.Text{}); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		d.Mark(&metrics.Snapshot{At: at(time.Minute), Breaches: breaches})
	}
}
