package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"wallboard/feed/file"
	"wallboard/feed/natsfeed"
	"wallboard/feed/wire"
)

func (p *program) publishCommand() *cobra.Command {
	var at connection
	var speed string
	c := &cobra.Command{
		Use: "publish FILE|-", Short: "Send an event file to NATS",
		Long: `Sends a file of events, one JSON object a line, to NATS. Lines that are no
events are reported with their number and reason and left out.`,
		Example: `  wallboard publish events.ndjson --server nats://127.0.0.1:4222
  wallboard publish february.ndjson --speed 600      as it happened, 600 times faster
  generate-events | wallboard publish -`,
		Args: positional(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			pace, err := file.ParseSpeed(speed)
			if err != nil {
				return usageError{err}
			}
			return p.publishFile(c.Context(), &at, args[0], pace)
		},
	}
	at.register(c)
	c.Flags().StringVar(&speed, "speed", "max", "how many times faster than it happened, or max")
	return c
}

// openInput opens a file, or standard input for "-". The size is 0 where it is
// unknown.
func (p *program) openInput(name string) (io.ReadCloser, int64, error) {
	if name == "-" {
		return io.NopCloser(p.stdin), 0, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, 0, usageError{err}
	}
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return f, 0, nil
	}
	return f, info.Size(), nil
}

func (p *program) publishFile(ctx context.Context, at *connection, name string, speed float64) error {
	in, size, err := p.openInput(name)
	if err != nil {
		return err
	}
	defer in.Close()
	publisher, conn, err := p.publisher(ctx, at, "wallboard publish")
	if err != nil {
		return err
	}
	defer conn.Close()
	sender := file.Sender{
		In: file.NewReader(in, wire.MaxEventBytes), Out: publisher, Total: size, Now: time.Now,
		Pace: file.NewPacer(speed, time.Now, file.Sleep), Report: p.showProgress(), Every: progressEvery,
	}
	progress, faults, runErr := sender.Run(ctx)
	sent, refusal := closePublisher(publisher)
	p.endProgress()
	printFaults(p.stderr, faults)
	fmt.Fprintf(p.stderr, "%d lines, sent %d, acknowledged %d (%d known already), refused by the server %d, %d lines left out\n",
		progress.Lines, sent.Sent, sent.Acknowledged, sent.Duplicates, sent.Refused, faults.Total)
	if runErr != nil {
		return fmt.Errorf("publish: %w", runErr)
	}
	return refusal
}

// publisher connects and checks that what is sent will be kept: without a
// stream events would vanish unseen.
func (p *program) publisher(ctx context.Context, at *connection, name string) (*natsfeed.Publisher, *natsfeed.Conn, error) {
	conn, err := p.connect(at, name)
	if err != nil {
		return nil, nil, err
	}
	stream := p.streamName(at)
	if stream != "" {
		ctx, cancel := context.WithTimeout(ctx, answerWithin)
		defer cancel()
		if _, err := conn.Stream(ctx, stream); err != nil {
			defer conn.Close()
			if !conn.State().Connected {
				return nil, nil, p.unanswered(conn, name, err)
			}
			return nil, nil, fmt.Errorf("%s: stream %s: %w (wallboard stream init makes it; --core publishes without a stream)", name, stream, err)
		}
	}
	return natsfeed.NewPublisher(conn, natsfeed.PublishOptions{JetStream: stream != ""}), conn, nil
}

// closePublisher waits for the last answers, whatever ended the sending.
func closePublisher(publisher *natsfeed.Publisher) (natsfeed.Sent, error) {
	ctx, cancel := context.WithTimeout(context.Background(), answerWithin)
	defer cancel()
	return publisher.Close(ctx)
}
