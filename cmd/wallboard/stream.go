package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"wallboard/feed/natsfeed"
)

// answerWithin bounds commands that ask a server one thing.
const answerWithin = 10 * time.Second

func (p *program) streamCommand() *cobra.Command {
	stream := &cobra.Command{Use: "stream", Short: "Look after the JetStream stream that holds the events", Args: positional(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() }}
	var at connection
	create := &cobra.Command{
		Use: "init", Short: "Create the stream that boards read from",
		Long: `Creates the stream (files, 72 h, oldest out, duplicates refused for 2 minutes,
messages up to 20 KiB, subjects floor.>) and prints the nats CLI command that
does the same. A stream that exists is left as it is; what differs is said.`,
		Example: "  wallboard stream init --server nats://127.0.0.1:4222",
		Args:    positional(cobra.NoArgs),
		RunE:    func(c *cobra.Command, _ []string) error { return p.initStream(c.Context(), &at) },
	}
	at.register(create)
	stream.AddCommand(create)
	return stream
}

func (p *program) initStream(ctx context.Context, at *connection) error {
	name := p.streamName(at)
	if name == "" {
		return usagef("stream init: --core names no stream")
	}
	conn, err := p.connect(at, "wallboard stream init")
	if err != nil {
		return err
	}
	defer conn.Close()
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	info, created, err := conn.InitStream(ctx, name)
	if err != nil {
		return p.unanswered(conn, "stream init", err)
	}
	if created {
		fmt.Fprintf(p.stdout, "created stream %s on %s\n", info.Name, conn.State().Server)
	} else {
		fmt.Fprintf(p.stdout, "stream %s exists on %s with %d messages; left as it is\n", info.Name, conn.State().Server, info.Messages)
	}
	for _, difference := range info.Differences {
		fmt.Fprintf(p.stdout, "  differs: %s\n", difference)
	}
	fmt.Fprintf(p.stdout, "the same with the nats CLI:\n  %s\n", natsfeed.CLICommand(name))
	return nil
}

// linkWords says how a connection stands.
func linkWords(s natsfeed.State) string {
	switch {
	case s.Connected:
		return "connected to " + s.Server
	case s.LastError != "":
		return "not connected to " + s.Server + ": " + s.LastError
	}
	return "no answer from " + s.Server
}
