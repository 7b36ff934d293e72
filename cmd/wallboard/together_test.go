package main

import (
	"context"
	"fmt"
	"testing"
	"time"

	"wallboard/feed/embed"
	"wallboard/feed/live"
	"wallboard/feed/natsfeed"
	"wallboard/feed/share"
	"wallboard/metrics"
	"wallboard/metrics/board"
	"wallboard/metrics/clean"
	"wallboard/metrics/rule"
)

// wholeBoard is a board with its engine, on a server, without its screen.
type wholeBoard struct {
	box    *board.Box
	others *together
	stop   func()
}

func startWhole(t *testing.T, server *embed.Server, rules []rule.Rule) *wholeBoard {
	t.Helper()
	conn, err := natsfeed.Connect(natsfeed.Options{Server: server.ClientURL(), ReconnectWait: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	feed, err := natsfeed.Subscribe(conn, natsfeed.FeedOptions{Stream: natsfeed.DefaultStream, Subjects: []string{"floor.>"}})
	if err != nil {
		t.Fatal(err)
	}
	b := &wholeBoard{box: &board.Box{}}
	if b.others, err = joinOthers(conn, metrics.ClockWall); err != nil {
		t.Fatal(err)
	}
	runner, err := live.New(live.Config{
		Source: feed, Box: b.box, Now: time.Now, Complete: b.others.complete, Wake: b.others.desk.Changed(),
		NewBoard: live.Boards(board.Config{Settings: metrics.DefaultSettings(time.UTC), Rules: rules}),
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- runner.Run(ctx) }()
	running := true
	b.stop = func() {
		if !running {
			return
		}
		running = false
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		b.others.close()
		feed.Close()
		conn.Close()
	}
	t.Cleanup(b.stop)
	return b
}

// breach waits until the board shows its only breach the way asked for.
func (b *wholeBoard) breach(t *testing.T, what string, holds func(metrics.Breach) bool) metrics.Breach {
	t.Helper()
	deadline := time.NewTimer(30 * time.Second)
	defer deadline.Stop()
	poll := time.NewTicker(2 * time.Millisecond)
	defer poll.Stop()
	for {
		if s := b.box.Latest(); s != nil && len(s.Breaches) == 1 && holds(s.Breaches[0]) {
			return s.Breaches[0]
		}
		select {
		case <-poll.C:
		case <-deadline.C:
			t.Fatalf("never: %s; %+v", what, b.box.Latest().Breaches)
		}
	}
}

func TestThreeWholeBoardsDecideTogether(t *testing.T) {
	stream := natsfeed.FloorStream(natsfeed.DefaultStream)
	server, err := embed.Start(embed.Options{Storage: embed.File, Stream: &stream})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Shutdown)
	warn := 1.0
	rules := []rule.Rule{{Name: "waiting", KPI: "waiting", Scope: metrics.ScopeQueueChannel, Warn: &warn}}
	speaker, err := natsfeed.Connect(natsfeed.Options{Server: server.ClientURL()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(speaker.Close)
	for i := range 3 {
		event := fmt.Sprintf(`{"specversion":"1.0","id":"e%d","source":"/acd","type":"session.queued","time":%q,"floor":"hz","session":"s%d","channel":"chat","queue":"presale"}`,
			i, time.Now().UTC().Format(time.RFC3339Nano), i)
		if err := speaker.Send(t.Context(), "floor.hz.session.queued.chat", nil, []byte(event)); err != nil {
			t.Fatal(err)
		}
	}
	boards := []*wholeBoard{startWhole(t, server, rules), startWhole(t, server, rules), startWhole(t, server, rules)}
	var first metrics.Breach
	for _, b := range boards {
		first = b.breach(t, "firing", func(b metrics.Breach) bool { return b.State == metrics.BreachFiring })
	}
	lin := clean.Own("Lin")
	if err := (share.Hand{Desk: boards[1].others.desk, By: lin}).Acknowledge(first, clean.Own("on it")); err != nil {
		t.Fatal(err)
	}
	acked := func(b metrics.Breach) bool { return b.AckedBy == lin && b.AckComment == clean.Own("on it") }
	began := time.Now()
	var agreed metrics.Breach
	for _, b := range boards {
		agreed = b.breach(t, "acknowledged", acked)
	}
	t.Logf("on all three boards after %s", time.Since(began))

	for i, b := range boards {
		b.stop()
		boards[i] = startWhole(t, server, rules)
	}
	for _, b := range boards {
		got := b.breach(t, "acknowledged after a restart", acked)
		if got.FiringSince > agreed.FiringSince+5_000 {
			t.Errorf("after a restart it fires since %d, before since %d", got.FiringSince, agreed.FiringSince)
		}
	}
}
