package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"wallboard/feed/file"
	"wallboard/feed/live"
	"wallboard/feed/natsfeed"
	"wallboard/feed/wire"
	"wallboard/metrics"
)

func (p *program) replayCommand() *cobra.Command {
	var l looks
	var speed string
	c := &cobra.Command{
		Use: "replay FILE", Short: "Show the board on an event file, nothing else needed",
		Long:    "Starts a NATS server on loopback, publishes the file into it as it happened,\nonly faster, and shows the board on it. The board's clock is the events' own.",
		Example: "  wallboard replay february.ndjson --speed 600\n  wallboard replay yesterday.ndjson --speed max --page queues",
		Args:    positional(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			pace, err := file.ParseSpeed(speed)
			if err != nil {
				return usageError{err}
			}
			return p.replayFile(c.Context(), &l, args[0], pace)
		},
	}
	l.register(c)
	c.Flags().StringVar(&speed, "speed", "1", "how many times faster than it happened, or max")
	return c
}

func (p *program) replayFile(ctx context.Context, l *looks, name string, speed float64) error {
	in, size, err := p.openInput(name)
	if err != nil {
		return err
	}
	defer in.Close()
	nats, err := p.startEmbedded("wallboard replay", 0)
	if err != nil {
		return err
	}
	defer nats.close()

	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	publisher := natsfeed.NewPublisher(nats.speaker, natsfeed.PublishOptions{JetStream: true, InFlight: 4096})
	sender := file.Sender{In: file.NewReader(in, wire.MaxEventBytes), Out: publisher, Total: size, Now: time.Now, Pace: file.NewPacer(speed, time.Now, file.Sleep)}
	type result struct {
		faults file.Faults
		err    error
	}
	sent := make(chan result, 1)
	go func() {
		var r result
		r.err = guarded(func() (err error) { _, r.faults, err = sender.Run(ctx); return err })
		sent <- r
	}()
	err = p.show(ctx, l, showing{conn: nats.listener, stream: natsfeed.DefaultStream, clock: metrics.ClockEvent, speed: speed})
	cancel()
	done := <-sent
	_, _ = closePublisher(publisher) // the viewer has gone: nobody waits for the rest
	printFaults(p.stderr, done.faults)
	if done.err != nil && !errors.Is(done.err, context.Canceled) {
		err = errors.Join(err, done.err)
	}
	return err
}

func (p *program) recordCommand() *cobra.Command {
	var at connection
	var output, floor string
	var history bool
	var last time.Duration
	c := &cobra.Command{
		Use: "record", Short: "Write what is published to a file",
		Long: `Writes events to a file as they are published, each with the time it was
recorded, until interrupted. With --history the stream's past comes first.`,
		Example: "  wallboard record -o today.ndjson --history\n  wallboard record --floor hz --for 1h > hour.ndjson",
		Args:    positional(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			ctx := c.Context()
			if last > 0 {
				var cancel context.CancelFunc
				ctx, cancel = context.WithTimeout(ctx, last)
				defer cancel()
			}
			return p.record(ctx, &at, output, floor, history)
		},
	}
	at.register(c)
	c.Flags().StringVarP(&output, "output", "o", "", "file to write (default: standard output)")
	c.Flags().StringVar(&floor, "floor", "", "floor to record (default: all)")
	c.Flags().BoolVar(&history, "history", false, "begin with what the stream holds")
	c.Flags().DurationVar(&last, "for", 0, "end after this long (default: when interrupted)")
	return c
}

func (p *program) record(ctx context.Context, at *connection, output, floor string, history bool) error {
	out := p.stdout
	if output != "" {
		f, err := os.Create(output)
		if err != nil {
			return usageError{err}
		}
		defer f.Close()
		out = f
	}
	conn, err := p.connect(at, "wallboard record")
	if err != nil {
		return err
	}
	defer conn.Close()
	var floors []string
	if floor != "" {
		floors = []string{floor}
	}
	subjects, err := natsfeed.Subjects(floors, nil)
	if err != nil {
		return usageError{err}
	}
	options := natsfeed.FeedOptions{Stream: p.streamName(at), Subjects: subjects}
	if !history {
		began := time.Now()
		options.HistoryFrom = func() time.Time { return began }
	}
	feed, err := natsfeed.Subscribe(conn, options)
	if err != nil {
		return usageError{err}
	}
	defer feed.Close()
	var report func(live.Recorded)
	if isTerminal(p.stderr) {
		report = func(r live.Recorded) {
			fmt.Fprintf(p.stderr, "\r\x1b[K%d events, %d bytes (%s)", r.Events, r.Bytes, linkWords(conn.State()))
		}
	}
	counts, err := live.Record(ctx, feed, file.NewWriter(out), report)
	p.endProgress()
	fmt.Fprintf(p.stderr, "recorded %d events, %d bytes; left out %d that are no events\n", counts.Events, counts.Bytes, counts.Bad)
	return err
}
