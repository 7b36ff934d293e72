package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wallboard/feed/live"
	"wallboard/metrics"
	"wallboard/metrics/export"
	"wallboard/metrics/kpi"
	"wallboard/tui"
)

// snapshotting holds the flags of snapshot.
type snapshotting struct {
	nats             connection
	look             looks
	events           []string
	at, until        string
	every            time.Duration
	json, csv, table bool
	ansi             bool
	scope, kpis      string
	size             string
	failOn           string
}

func (p *program) snapshotCommand() *cobra.Command {
	var s snapshotting
	c := &cobra.Command{
		Use: "snapshot", Short: "Print the floor at one instant as a picture, a table, JSON or CSV",
		Long: `Prints the floor once: the frame of the screen as text, or with --json, --csv or
--table every figure. Offline from event files, or from a NATS stream.

--at T takes the events up to and with T, and the clock stands at T; without it
the clock stands at the newest event. --every 30m --until T prints one snapshot
for each step in one pass.`,
		Example: `  wallboard snapshot --events day.ndjson --at 1999-02-01T11:00:00+02:00 --json
  wallboard snapshot --events day.ndjson --at 1999-02-01T08:00:00+02:00 --every 30m --until 1999-02-01T20:00:00+02:00 --json
  wallboard snapshot --server nats://127.0.0.1:4222 --table --scope queue --kpis waiting,service_level
  wallboard snapshot --server nats://127.0.0.1:4222 --fail-on critical`,
		Args: positional(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error { return p.snapshot(c.Context(), c, &s) },
	}
	s.nats.register(c)
	s.look.register(c)
	f := c.Flags()
	f.StringArrayVar(&s.events, "events", nil, "event file, may be repeated; - is standard input")
	f.StringVar(&s.at, "at", "", "the instant, such as 1999-02-01T11:00:00+02:00")
	f.DurationVar(&s.every, "every", 0, "with --until: a snapshot for each step")
	f.StringVar(&s.until, "until", "", "with --every: the last instant")
	f.BoolVar(&s.json, "json", false, "one JSON object a snapshot")
	f.BoolVar(&s.csv, "csv", false, "one row a scope and window")
	f.BoolVar(&s.table, "table", false, "the rows as a table for people")
	f.BoolVar(&s.ansi, "ansi", false, "the frame with its colours")
	f.StringVar(&s.scope, "scope", "", "rows to print, such as queue, queue:presale, agent:1141 (default: all)")
	f.StringVar(&s.kpis, "kpis", "", "figures to print, such as waiting,service_level (default: all)")
	f.StringVar(&s.size, "size", "120x32", "columns x rows of the frame")
	f.StringVar(&s.failOn, "fail-on", "", "exit with 3 where a breach is at least warn or critical")
	c.MarkFlagsMutuallyExclusive("json", "csv", "table", "ansi")
	f.Lookup("window").Usage = "windows to print: today, 60m, 30m, 15m, 5m, all, separated by commas (default: all but all; of a frame: today)"
	f.Lookup("window").DefValue = ""
	s.look.window = ""
	return c
}

// job is a snapshot command with its arguments understood.
type job struct {
	p       *program
	flags   *snapshotting
	out     *bufio.Writer
	options export.Options
	choice  tui.Choice
	w, h    int
	failOn  metrics.Level
	failed  bool
	header  export.Header
}

func (p *program) snapshot(ctx context.Context, c *cobra.Command, s *snapshotting) error {
	at, zone, err := p.instant(s.at, "at")
	if err != nil {
		return err
	}
	until, _, err := p.instant(s.until, "until")
	if err != nil {
		return err
	}
	if (s.every > 0) != (until > 0) || s.every < 0 || s.every > 0 && until < at || s.every > 0 && at == 0 {
		return usagef("--every and --until go together, with --at for the first instant and --until not before it")
	}
	j, err := p.newJob(c, s)
	if err != nil {
		return err
	}
	if len(s.events) > 0 {
		err = j.offline(ctx, at, until, zone)
	} else {
		err = j.fromNATS(ctx, at, until, zone)
	}
	if err = errors.Join(err, j.out.Flush()); err != nil {
		return err
	}
	if j.failed {
		return errBreach
	}
	return nil
}

// instant reads a time of a flag; its offset is the zone of floors that name
// none. 0 where the flag is empty.
func (p *program) instant(text, flag string) (int64, *time.Location, error) {
	if text == "" {
		return 0, nil, nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return 0, nil, usagef("--%s %q is no time such as 1999-02-01T11:00:00+02:00", flag, text)
	}
	_, offset := t.Zone()
	return t.UnixMilli(), time.FixedZone(t.Format("-07:00"), offset), nil
}

func (p *program) newJob(c *cobra.Command, s *snapshotting) (*job, error) {
	j := &job{p: p, flags: s, out: bufio.NewWriterSize(p.stdout, 1<<16), header: export.WithHeader}
	var err error
	windows := s.look.window
	if !c.Flags().Changed("window") {
		windows = ""
	}
	if windows != "" && windows != "default" {
		if j.options.Windows, err = export.ParseWindows(windows); err != nil {
			return nil, usageError{err}
		}
	}
	if s.scope != "" {
		if j.options.Scopes, err = export.ParseScopes(s.scope); err != nil {
			return nil, usageError{err}
		}
	}
	if s.kpis != "" {
		if j.options.KPIs, err = export.ParseKPIs(s.kpis); err != nil {
			return nil, usageError{err}
		}
	}
	if !s.json && !s.csv && !s.table {
		s.look.window, _, _ = strings.Cut(cmp.Or(windows, "today"), ",")
		if j.choice, err = s.look.choice(); err != nil {
			return nil, err
		}
		if j.choice.Wall, err = p.wall(&s.look.hanging); err != nil {
			return nil, err
		}
		j.choice.Wall.Every = 0 // a picture turns no pages
		if j.choice.Goals, err = p.file.Goals(); err != nil {
			return nil, usageError{err}
		}
	}
	if j.w, j.h, err = parseSize(s.size); err != nil {
		return nil, err
	}
	switch s.failOn {
	case "":
	case "warn":
		j.failOn = metrics.LevelWarn
	case "critical":
		j.failOn = metrics.LevelCritical
	default:
		return nil, usagef("--fail-on %q is neither warn nor critical", s.failOn)
	}
	return j, nil
}

func parseSize(text string) (w, h int, err error) {
	a, b, ok := strings.Cut(text, "x")
	w, err1 := strconv.Atoi(a)
	h, err2 := strconv.Atoi(b)
	if !ok || err1 != nil || err2 != nil || w < 1 || h < 1 || w > 1000 || h > 1000 {
		return 0, 0, usagef("--size %q is not of the form 120x32", text)
	}
	return w, h, nil
}

func (j *job) offline(ctx context.Context, at, until int64, zone *time.Location) error {
	config, err := j.p.boardConfig(orUTC(zone))
	if err != nil {
		return err
	}
	var inputs []live.Input
	for _, name := range j.flags.events {
		inputs = append(inputs, live.Input{Name: name, Open: func() (io.ReadCloser, error) {
			in, _, err := j.p.openInput(name)
			return in, err
		}})
	}
	return live.Offline(ctx, live.OfflineConfig{Inputs: inputs, Board: config, At: at, Every: j.flags.every, Until: until}, j.print)
}

func orUTC(zone *time.Location) *time.Location {
	if zone == nil {
		return time.UTC
	}
	return zone
}

// natsWithin bounds waiting for a server that does not answer.
const natsWithin = 15 * time.Second

func (j *job) fromNATS(ctx context.Context, at, until int64, zone *time.Location) error {
	p, s := j.p, j.flags
	stream := p.streamName(&s.nats)
	if stream == "" {
		return usagef("snapshot: core NATS holds no history to make a snapshot of; leave out --core")
	}
	if zone == nil {
		zone = time.Local
	}
	config, err := p.boardConfig(zone)
	if err != nil {
		return err
	}
	config.ClockMode = metrics.ClockEvent
	conn, err := p.connect(&s.nats, "wallboard snapshot")
	if err != nil {
		return err
	}
	defer conn.Close()
	asking, cancel := context.WithTimeout(ctx, natsWithin)
	defer cancel()
	if _, err := conn.Stream(asking, stream); err != nil {
		return p.unanswered(conn, "snapshot: stream "+stream, err)
	}
	for instant := at; ; instant += s.every.Milliseconds() {
		feed, err := p.subscribe(s.look.floor, showing{conn: conn, stream: stream, clock: metrics.ClockEvent}, config.Settings)
		if err != nil {
			return err
		}
		snapshot, err := live.Instant(ctx, feed, live.Boards(config), instant)
		feed.Close()
		if err != nil {
			return fmt.Errorf("snapshot: %w", err)
		}
		if err := j.print(snapshot); err != nil {
			return err
		}
		if s.every == 0 || instant+s.every.Milliseconds() > until {
			return nil
		}
	}
}

// print writes one snapshot in the form asked for.
func (j *job) print(s *metrics.Snapshot) error {
	for _, b := range s.Breaches {
		j.failed = j.failed || j.failOn != metrics.LevelUnknown && b.Level >= j.failOn && b.Level <= metrics.LevelCritical
	}
	switch f := j.flags; {
	case f.json:
		return export.JSON(j.out, s, j.options)
	case f.csv:
		err := export.CSV(j.out, s, j.options, j.header)
		j.header = export.WithoutHeader
		return err
	case f.table:
		if len(j.options.KPIs) == 0 {
			j.options.KPIs = tableKPIs()
		}
		return export.Text(j.out, s, j.options)
	}
	grid, err := tui.Frame(s, j.p.look(&j.flags.look), j.choice, j.w, j.h)
	if err != nil {
		return usageError{err}
	}
	text := grid.Text()
	if j.flags.ansi {
		text = grid.ANSI(j.p.look(&j.flags.look).Profile)
	}
	_, err = fmt.Fprintln(j.out, strings.TrimRight(text, "\n"))
	return err
}

// tableKPIs is what a table for people shows when nothing is asked for: more
// does not fit a line.
func tableKPIs() []*kpi.KPI {
	var out []*kpi.KPI
	for _, id := range []string{"waiting", "oldest_wait_total", "offered", "answered", "abandoned", "service_level", "asa", "frt_p90", "active", "handled", "aht", "occupancy"} {
		if k := kpi.Find(id); k != nil {
			out = append(out, k)
		}
	}
	return out
}
