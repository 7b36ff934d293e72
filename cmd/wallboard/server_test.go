//go:build unix

package main

import (
	"context"
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"wallboard/feed/embed"
	"wallboard/feed/sim"
	"wallboard/feed/wire"
)

// listening says whether something takes connections at the address.
func listening(address string) bool {
	conn, err := net.DialTimeout("tcp", address, time.Second)
	if err == nil {
		_ = conn.Close()
	}
	return err == nil
}

// simulated returns the first part of a seeded floor's day as an event file.
func simulated(t *testing.T, span time.Duration) string {
	t.Helper()
	begin := time.Date(2026, 11, 20, 16, 0, 0, 0, time.UTC)
	floor, err := sim.New(sim.Options{Seed: 7, DayStart: begin.UnixMilli(), End: begin.Add(span).UnixMilli(), Load: 1})
	if err != nil {
		t.Fatal(err)
	}
	var lines []byte
	for ev, ok := floor.Next(); ok; ev, ok = floor.Next() {
		lines = append(wire.Append(lines, ev), '\n')
	}
	return write(t, "simulated.ndjson", string(lines))
}

func TestAStreamIsMadeOnceAndThenLeftAsItIs(t *testing.T) {
	server, err := embed.Start(embed.Options{Storage: embed.Memory})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Shutdown()
	at := server.ClientURL()
	run(t, "publish", write(t, "day.ndjson", day), "--server", at).ends(exitFailure).reports("stream FLOOR", "wallboard stream init")
	run(t, "stream", "init", "--server", at).ends(exitFine).prints("created stream FLOOR", "nats stream add FLOOR")
	run(t, "publish", write(t, "day.ndjson", day), "--server", at).ends(exitFine)
	run(t, "stream", "init", "--server", at).ends(exitFine).prints("exists", "with 4 messages", "left as it is")
}

func TestPublishingReportsWhatIsNoEvent(t *testing.T) {
	at := stream(t)
	lines := strings.SplitAfter(day, "\n")
	file := write(t, "day.ndjson", lines[0]+"not json\n"+lines[1]+`{"id":"9","source":"/acd","type":"session.queued"}`+"\n"+lines[2]+lines[3])
	r := run(t, "publish", file, "--server", at).ends(exitFine)
	r.reports("line 2: bad_json", "line 4: ", "refused bad_json: 1", "sent 4, acknowledged 4 (0 known already)", "2 lines left out")
	run(t, "publish", file, "--server", at).ends(exitFine).reports("(4 known already)")
	call{stdin: day}.run(t, "publish", "-", "--server", at).ends(exitFine).reports("sent 4")
	call{env: map[string]string{"WALLBOARD_SERVER": at}}.run(t, "snapshot", "--json", "--scope", "floor", "--kpis", "offered").ends(exitFine).prints(`"applied":4,`)
}

func TestThroughNATSAndOfflineGiveTheSameBytes(t *testing.T) {
	at, file := stream(t), simulated(t, 40*time.Minute)
	run(t, "publish", file, "--server", at).ends(exitFine)
	const instant = "2026-11-21T00:25:00+08:00"
	offline := run(t, "snapshot", "--events", file, "--at", instant, "--json").ends(exitFine)
	if again := run(t, "snapshot", "--events", file, "--at", instant, "--json"); again.stdout != offline.stdout {
		t.Error("the same file twice gives different bytes")
	}
	online := run(t, "snapshot", "--server", at, "--at", instant, "--json").ends(exitFine)
	if online.stdout != offline.stdout {
		t.Errorf("through NATS %s", difference(online.stdout, offline.stdout))
	}
	if again := run(t, "snapshot", "--server", at, "--at", instant, "--json"); again.stdout != online.stdout {
		t.Error("the same stream twice gives different bytes")
	}
	steps := []string{"snapshot", "--at", instant, "--every", "5m", "--until", "2026-11-21T00:35:00+08:00", "--json"}
	if a, b := run(t, append(slices.Clip(steps), "--events", file)...), run(t, append(slices.Clip(steps), "--server", at)...); a.stdout != b.stdout || strings.Count(a.stdout, "\n") != 3 {
		t.Errorf("in steps through NATS %s", difference(b.stdout, a.stdout))
	}
}

// difference shows where two texts part.
func difference(got, want string) string {
	i := 0
	for i < len(got) && i < len(want) && got[i] == want[i] {
		i++
	}
	from := max(0, i-60)
	return "…" + got[from:min(len(got), i+60)] + "…\nwant …" + want[from:min(len(want), i+60)] + "…"
}

func TestWhatIsRecordedCanBeShownAgain(t *testing.T) {
	at := stream(t)
	run(t, "publish", write(t, "day.ndjson", day), "--server", at).ends(exitFine)
	output := filepath.Join(t.TempDir(), "recorded.ndjson")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go func() { // ends when all is there, or with the test
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for late := time.After(patience); ; {
			if written, err := os.ReadFile(output); err == nil && strings.Count(string(written), "\n") == 4 {
				stop()
				return
			}
			select {
			case <-ctx.Done():
				return
			case <-late:
				stop()
				return
			case <-tick.C:
			}
		}
	}()
	call{}.runUntil(ctx, t, "record", "--history", "-o", output, "--server", at).ends(exitFine).reports("recorded 4 events")
	written, err := os.ReadFile(output)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(written)) {
		var ev struct{ ID, RecordedTime string }
		if err := json.Unmarshal([]byte(line), &ev); err != nil || ev.RecordedTime == "" {
			t.Errorf("recorded without its time (%v): %s", err, line)
		}
	}
	s := start(t, 120, 32, nil, "replay", output, "--speed", "max", "--page", "queues")
	s.shows("REPLAY", "presale", "售后")
	s.types("q")
	s.ends(exitFine)
	s.sound()
}

func TestALogThatGrowsIsOnTheWall(t *testing.T) {
	at := stream(t)
	file := write(t, "queue_log", "")
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan ran, 1)
	go func() {
		ended <- call{}.runUntil(ctx, t, "import", "queue_log", file, "--follow", "--server", at)
	}()
	lines := strings.SplitAfter(log, "\n")
	grow := func(text string) {
		t.Helper()
		f, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteString(text); err != nil {
			t.Fatal(err)
		}
		_ = f.Close()
	}
	s := start(t, 120, 32, nil, "watch", "--server", at, "--clock", "event", "--page", "queues")
	s.shows("waiting for the first event")
	grow(lines[0])
	s.shows("sales")
	grow(strings.Join(lines[1:], ""))
	s.shows("50.0", "no backlog") // of two one was answered, and one given up
	s.types("q")
	s.ends(exitFine)
	stop()
	(<-ended).ends(exitFine).reports("6 events")
}
