package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wallboard/feed/adapt/cdr"
	"wallboard/feed/adapt/queuelog"
	"wallboard/feed/file"
	"wallboard/feed/wire"
	"wallboard/metrics"
)

// importing holds what every import shares.
type importing struct {
	at             connection
	output, speed  string
	floor, channel string
	strict         bool
}

func (i *importing) register(c *cobra.Command) {
	i.at.register(c)
	c.Flags().StringVarP(&i.output, "output", "o", "", "write events here (default: standard output, or NATS with --server)")
	c.Flags().StringVar(&i.speed, "speed", "max", "how many times faster than it happened, or max")
	c.Flags().StringVar(&i.floor, "floor", "", "floor of the events (default: the format's)")
	c.Flags().StringVar(&i.channel, "channel", "", "channel of the events (default: the format's)")
	c.Flags().BoolVar(&i.strict, "strict", false, "stop at the first row that cannot be read")
}

func (p *program) importCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "import", Short: "Turn other systems' records into events",
		Args: positional(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(p.importQueueLogCommand(), p.importCDRCommand())
	return c
}

func (p *program) importQueueLogCommand() *cobra.Command {
	var i importing
	var follow bool
	c := &cobra.Command{
		Use: "queue_log FILE", Short: "Asterisk's queue_log",
		Long: `Turns an Asterisk queue_log into events. --follow tails a log that grows and
rotates: with --server a real PBX is on the wall in one command. A line read
twice has the same event id, so it counts once.`,
		Example: `  wallboard import queue_log /var/log/asterisk/queue_log --follow --server nats://127.0.0.1:4222
  wallboard import queue_log queue_log.1 -o yesterday.ndjson`,
		Args: positional(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			return p.importQueueLog(c.Context(), &i, args[0], follow)
		},
	}
	i.register(c)
	c.Flags().BoolVar(&follow, "follow", false, "go on as the log grows and rotates")
	return c
}

func (p *program) importCDRCommand() *cobra.Command {
	var i importing
	var mapName string
	c := &cobra.Command{
		Use: "cdr --map MAP FILE", Short: "Any table of calls, tickets or messages, by a map of its columns",
		Long:    "Turns a table into events by a map that says which column is what.\n\nMaps that ship (or give a TOML file of your own):\n" + mapList(),
		Example: "  wallboard import cdr --map bank1999 february.tsv -o february.ndjson\n  wallboard import cdr --map my-calls.toml calls.csv --server nats://127.0.0.1:4222",
		Args:    positional(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			if mapName == "" {
				return usagef("import cdr: --map is missing; maps that ship:\n%s", mapList())
			}
			return p.importCDR(c.Context(), &i, mapName, args[0])
		},
	}
	i.register(c)
	c.Flags().StringVar(&mapName, "map", "", "name of a map that ships, or a TOML file")
	_ = c.RegisterFlagCompletionFunc("map", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		var names []string
		for _, m := range cdr.Maps() {
			names = append(names, m.Name)
		}
		return names, cobra.ShellCompDirectiveDefault
	})
	return c
}

func mapList() string {
	var b strings.Builder
	for _, m := range cdr.Maps() {
		fmt.Fprintf(&b, "  %-14s %s\n", m.Name, m.About)
	}
	return b.String()
}

func (p *program) importQueueLog(ctx context.Context, i *importing, name string, follow bool) error {
	options := queuelog.Options{Floor: i.floor, Channel: i.channel, Strict: i.strict, Problem: p.problem, Note: p.note}
	out, err := p.importOutput(ctx, i)
	if err != nil {
		return err
	}
	var report queuelog.Report
	var runErr error
	if follow {
		ticker := time.NewTicker(progressEvery)
		defer ticker.Stop()
		translator := queuelog.NewTranslator(options)
		runErr = queuelog.Follow(ctx, name, queuelog.FollowOptions{Tick: ticker.C}, translator, out.following)
		report = translator.Report()
	} else {
		in, _, err := p.openInput(name)
		if err != nil {
			return err
		}
		defer in.Close()
		report, runErr = queuelog.Import(in, options, out.emit)
	}
	closeErr := out.close()
	fmt.Fprintf(p.stderr, "%d lines: %d used, %d blank, %d events\n", report.Lines, report.Used, report.Blank, report.Events)
	printCounts(p.stderr, "ignored", report.Ignored)
	printCounts(p.stderr, "unreadable", report.Unreadable)
	return firstOf(runErr, closeErr)
}

func (p *program) importCDR(ctx context.Context, i *importing, mapName, name string) error {
	table, err := cdr.Load(mapName)
	if err != nil {
		return usageError{err}
	}
	options := cdr.Options{Floor: i.floor, Channel: i.channel, Strict: i.strict, Problem: p.problem, Note: p.note}
	if options.Zone, err = p.zone(nil); err != nil {
		return err
	}
	in, _, err := p.openInput(name)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := p.importOutput(ctx, i)
	if err != nil {
		return err
	}
	report, runErr := table.Import(in, options, out.emit)
	closeErr := out.close()
	fmt.Fprintf(p.stderr, "%d rows: %d used, %d events\n", report.Rows, report.Used, report.Events)
	printCounts(p.stderr, "skipped", report.Skipped)
	printCounts(p.stderr, "unreadable", report.Unreadable)
	return firstOf(runErr, closeErr)
}

// problem reports a row that cannot be read; the reason says which.
func (p *program) problem(_ int, reason error) { fmt.Fprintln(p.stderr, reason) }

func (p *program) note(text string) { fmt.Fprintln(p.stderr, text) }

func printCounts(w io.Writer, what string, counts map[string]int64) {
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		fmt.Fprintf(w, "  %s %s: %d\n", what, name, counts[name])
	}
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// output takes the events of an import: a file, or NATS.
type output struct {
	p         *program
	ctx       context.Context
	pace      *file.Pacer
	buffer    []byte
	subject   []byte
	file      io.Closer     // nil: standard output, or NATS
	writer    *bufio.Writer // nil: NATS
	publisher sink
}

// sink sends one event to NATS; end waits until everything is stored.
type sink interface {
	send(subject, id string, payload []byte) error
	end() error
}

func (p *program) importOutput(ctx context.Context, i *importing) (*output, error) {
	speed, err := file.ParseSpeed(i.speed)
	if err != nil {
		return nil, usageError{err}
	}
	o := &output{p: p, ctx: ctx, pace: file.NewPacer(speed, time.Now, file.Sleep)}
	switch {
	case i.at.given() && i.output != "":
		return nil, usagef("import: events go either to --output or to --server")
	case i.at.given():
		publisher, conn, err := p.publisher(ctx, &i.at, "wallboard import")
		if err != nil {
			return nil, err
		}
		o.publisher = &natsSink{p: p, ctx: ctx, publisher: publisher, conn: conn}
	case i.output != "":
		f, err := os.Create(i.output)
		if err != nil {
			return nil, usageError{err}
		}
		o.file, o.writer = f, bufio.NewWriterSize(f, 1<<16)
	default:
		o.writer = bufio.NewWriterSize(p.stdout, 1<<16)
	}
	return o, nil
}

func (o *output) emit(ev *metrics.Event) error {
	if err := o.pace.Wait(o.ctx, ev.Time); err != nil {
		return err
	}
	o.buffer = wire.Append(o.buffer[:0], ev)
	if o.writer != nil {
		_, err := o.writer.Write(append(o.buffer, '\n'))
		return err
	}
	o.subject = wire.AppendSubject(o.subject[:0], ev)
	return o.publisher.send(string(o.subject), wire.MsgID(ev.Source.String(), ev.ID.String()), o.buffer)
}

// following is emit for a log that grows: each event is out at once.
func (o *output) following(ev *metrics.Event) error {
	if err := o.emit(ev); err != nil || o.writer == nil {
		return err
	}
	return o.writer.Flush()
}

func (o *output) close() error {
	if o.writer == nil {
		return o.publisher.end()
	}
	err := o.writer.Flush()
	if o.file != nil {
		err = firstOf(err, o.file.Close())
	}
	return err
}
