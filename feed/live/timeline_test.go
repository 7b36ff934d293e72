package live

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"wallboard/feed/embed"
	"wallboard/feed/natsfeed"
	"wallboard/metrics"
)

// story is a session of two episodes among others, with one event twice.
func story() []string {
	var lines []string
	at, id := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), 0
	say := func(session, kind, data string) {
		id++
		at = at.Add(time.Second)
		lines = append(lines, fmt.Sprintf(`{"specversion":"1.0","id":"t%d","source":"/im/hz","type":"session.%s","time":"%s","floor":"hz","session":"%s","channel":"chat"%s}`,
			id, kind, at.Format(time.RFC3339), session, data))
	}
	for i := range 700 {
		say(fmt.Sprintf("other-%d", i), "opened", "")
	}
	say("s-1", "opened", "")
	say("s-1", "queued", `,"queue":"refund"`)
	say("s-10", "opened", "") // its id contains the other's
	say("s-1", "assigned", `,"queue":"refund","agent":"a1"`)
	say("s-1", "transferred", `,"agent":"a1","data":{"to_queue":"vip"}`)
	say("s-1", "closed", `,"data":{"outcome":"resolved"}`)
	for i := range 300 {
		say(fmt.Sprintf("later-%d", i), "opened", "")
	}
	say("s-1", "reopened", "")
	return lines
}

func TestATimelineIsEveryEpisodeOfTheSessionAndNothingElse(t *testing.T) {
	s := serve(t, embed.Memory)
	lines := story()
	publish(t, s, lines)
	conn := connect(t, s)
	var reports int
	last, total := int64(0), int64(0)
	got, err := Timelines{Conn: conn, Stream: "FLOOR"}.Timeline(t.Context(), "hz", "chat", "s-1", func(n, of int64) {
		reports++
		if n < last {
			t.Errorf("progress goes back from %d to %d", last, n)
		}
		last, total = n, of
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []metrics.EventType{metrics.TypeSessionOpened, metrics.TypeSessionQueued, metrics.TypeSessionAssigned, metrics.TypeSessionTransferred, metrics.TypeSessionClosed, metrics.TypeSessionReopened}
	if len(got.Steps) != len(want) {
		t.Fatalf("steps %+v", got.Steps)
	}
	for i, step := range got.Steps {
		if step.Type != want[i] {
			t.Errorf("step %d is %v, want %v", i, step.Type, want[i])
		}
	}
	if a, q := got.Steps[2].Agent.String(), got.Steps[3].Queue.String(); a != "a1" || q != "vip" || got.Steps[4].Outcome != metrics.OutcomeResolved {
		t.Errorf("assigned to %q, transferred to %q, outcome %v", a, q, got.Steps[4].Outcome)
	}
	if last != int64(len(lines)) || total != last || got.Read != last || reports < 3 {
		t.Errorf("read %d of %d in %d reports, want %d", last, total, reports, len(lines))
	}
	if info, err := conn.JetStream().Stream(t.Context(), "FLOOR"); err != nil || info.CachedInfo().State.Msgs != uint64(len(lines)) {
		t.Errorf("reading changed the stream: %v", err)
	}
}

func TestATimelineEndsWithItsContextAndSaysWhereNothingIsStored(t *testing.T) {
	s := serve(t, embed.Memory)
	publish(t, s, story())
	conn := connect(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	nobody := func(int64, int64) {}
	if _, err := (Timelines{Conn: conn, Stream: "FLOOR"}).Timeline(ctx, "hz", "chat", "s-1", nobody); !errors.Is(err, context.Canceled) {
		t.Errorf("after esc: %v", err)
	}
	if _, err := (Timelines{Conn: conn, Stream: "NONE"}).Timeline(t.Context(), "hz", "", "s-1", nobody); !errors.Is(err, natsfeed.ErrNoStream) {
		t.Errorf("without a stream: %v", err)
	}
	got, err := Timelines{Conn: conn, Stream: "FLOOR"}.Timeline(t.Context(), "hz", "voice", "s-1", nobody)
	if err != nil || len(got.Steps) != 0 {
		t.Errorf("of a channel without events: %+v %v", got, err)
	}
	if _, err := (Timelines{Conn: conn, Stream: "FLOOR"}).Timeline(t.Context(), "h>z", "", "s-1", nobody); err == nil {
		t.Error("a floor that is no token is asked for")
	}
}
