package file

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"wallboard/feed/wire"
)

// sent is what a sink of the test was given, and when.
type sent struct {
	subject, id, payload string
	at                   time.Duration
}

type recorder struct {
	start time.Time
	got   []sent
	fail  error
}

func (r *recorder) Publish(_ context.Context, subject, id string, payload []byte) error {
	if r.fail != nil {
		return r.fail
	}
	r.got = append(r.got, sent{subject, id, string(payload), time.Since(r.start)})
	return nil
}

func queued(id string, at time.Time) string {
	return fmt.Sprintf(`{"specversion":"1.0","id":%q,"source":"/acd","type":"session.queued","time":%q,"floor":"hz","session":"s","channel":"chat","queue":"q"}`,
		id, at.Format(time.RFC3339Nano))
}

var nine = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)

func TestSenderSpreadsEventsOverTimeAsTheyHappened(t *testing.T) {
	in := strings.Join([]string{
		queued("1", nine), queued("2", nine.Add(10*time.Minute)), queued("3", nine.Add(5*time.Minute)), queued("4", nine.Add(20*time.Minute)),
	}, "\n")
	for _, tt := range []struct {
		name  string
		speed float64
		want  []time.Duration
	}{
		{"at 600 times", 600, []time.Duration{0, time.Second, time.Second, 2 * time.Second}},
		{"as it happened", 1, []time.Duration{0, 10 * time.Minute, 10 * time.Minute, 20 * time.Minute}},
		{"as fast as it goes", Max, []time.Duration{0, 0, 0, 0}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				out := &recorder{start: time.Now()}
				s := &Sender{In: NewReader(strings.NewReader(in), wire.MaxEventBytes), Out: out, Pace: NewPacer(tt.speed, time.Now, Sleep), Now: time.Now}
				p, faults, err := s.Run(t.Context())
				if err != nil || faults.Total != 0 || p.Sent != 4 {
					t.Fatalf("%+v %+v %v", p, faults, err)
				}
				for i, want := range tt.want {
					if out.got[i].at != want {
						t.Errorf("event %d went at %v, want %v", i+1, out.got[i].at, want)
					}
				}
				if g := out.got[0]; g.subject != "floor.hz.session.queued.chat" || g.id != wire.MsgID("/acd", "1") || g.payload != queued("1", nine) {
					t.Fatalf("sent %+v", g)
				}
			})
		})
	}
}

func TestSenderCountsBadLinesWithNumberAndReason(t *testing.T) {
	in := strings.Join([]string{
		queued("1", nine), "", "not json", `{"id":"2"}`,
		`{"id":"3","source":"/a","type":"shop opened","floor":"hz"}`, `{"id":"4","source":"/a","type":"shop.opened","floor":"hz"}`,
		strings.Repeat("x", wire.MaxEventBytes+5), queued("5", nine),
	}, "\n")
	out := &recorder{}
	s := &Sender{In: NewReader(strings.NewReader(in), wire.MaxEventBytes), Out: out, Pace: NewPacer(Max, nil, nil), Now: time.Now}
	p, faults, err := s.Run(t.Context())
	if err != nil || p.Sent != 3 || p.Bad != 4 || p.Lines != 7 {
		t.Fatalf("%+v %v", p, err)
	}
	lines := make([]int64, 0, len(faults.First))
	for _, f := range faults.First {
		lines = append(lines, f.Line)
	}
	if fmt.Sprint(lines) != "[3 4 5 7]" || faults.ByReason[wire.ReasonTooLarge] != 1 || faults.ByReason[ReasonNoSubject] != 1 || faults.ByReason[wire.ReasonBadJSON] != 1 {
		t.Fatalf("faults %+v", faults)
	}
	if out.got[1].subject != "floor.hz.shop.opened" {
		t.Fatalf("an unknown type went to %q", out.got[1].subject)
	}
}

func TestSenderReportsRateAndTimeLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var lines []string
		for i := range 101 {
			lines = append(lines, queued(fmt.Sprintf("%03d", i), nine.Add(time.Duration(i)*time.Second)))
		}
		in := strings.Join(lines, "\n") + "\n"
		var seen []Progress
		s := &Sender{
			In: NewReader(strings.NewReader(in), wire.MaxEventBytes), Out: &recorder{}, Pace: NewPacer(10, time.Now, Sleep), Now: time.Now,
			Total: int64(len(in)), Every: time.Second, Report: func(p Progress) { seen = append(seen, p) },
		}
		if _, _, err := s.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		half := seen[4] // 5 of 10 seconds
		if half.Rate < 9 || half.Rate > 11 || half.Left < 4*time.Second || half.Left > 6*time.Second {
			t.Fatalf("half way: %+v", half)
		}
		last := seen[len(seen)-1]
		if last.Sent != 101 || last.Left != 0 || last.Bytes != int64(len(in)) {
			t.Fatalf("at the end: %+v", last)
		}
	})
}

func TestSenderEndsWithItsSinkAndItsContext(t *testing.T) {
	refused := errors.New("refused")
	s := &Sender{In: NewReader(strings.NewReader(queued("1", nine)), wire.MaxEventBytes), Out: &recorder{fail: refused}, Pace: NewPacer(Max, nil, nil), Now: time.Now}
	if _, _, err := s.Run(t.Context()); !errors.Is(err, refused) || !strings.Contains(err.Error(), "line 1") {
		t.Fatalf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s = &Sender{In: NewReader(strings.NewReader(queued("1", nine)), wire.MaxEventBytes), Out: &recorder{}, Pace: NewPacer(1, time.Now, Sleep), Now: time.Now}
	if _, _, err := s.Run(ctx); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
}

func TestParseSpeed(t *testing.T) {
	for in, want := range map[string]float64{"600": 600, "600x": 600, "x600": 600, "max": Max, "MAX": Max, "0.5": 0.5} {
		if got, err := ParseSpeed(in); err != nil || got != want {
			t.Errorf("%q: %v %v", in, got, err)
		}
	}
	for _, in := range []string{"", "0", "-1", "fast", "NaN", "Inf", "x"} {
		if got, err := ParseSpeed(in); err == nil {
			t.Errorf("%q was taken as %v", in, got)
		}
	}
}
