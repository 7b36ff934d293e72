package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"wallboard/feed/file"
	"wallboard/feed/live"
	"wallboard/feed/natsfeed"
	"wallboard/feed/share"
	"wallboard/metrics"
	"wallboard/metrics/board"
	"wallboard/metrics/clean"
	"wallboard/tui"
	"wallboard/tui/folder"
	"wallboard/tui/style"
)

func (p *program) watchCommand() *cobra.Command {
	var at connection
	var l looks
	var channels []string
	var clock, speed string
	c := &cobra.Command{
		Use: "watch", Short: "Show the board on a NATS server",
		Long: `Shows the board on a NATS server: history from the stream first, then live. A
server that is away is waited for, for ever, and the header says so.`,
		Example: `  wallboard watch --server nats://127.0.0.1:4222 --floor hz
  wallboard watch --context prod --channels chat,app
  wallboard watch --clock event --speed 600           records published at 600 times their speed`,
		Args: positional(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			mode, err := metrics.ParseClockMode(clock)
			if err != nil {
				return usageError{err}
			}
			pace, err := file.ParseSpeed(speed)
			if err != nil {
				return usageError{err}
			}
			conn, err := p.connect(&at, "wallboard watch")
			if err != nil {
				return err
			}
			defer conn.Close()
			return p.show(c.Context(), &l, showing{conn: conn, stream: p.streamName(&at), channels: channels, clock: mode, speed: pace, notices: tellPeople})
		},
	}
	at.register(c)
	l.register(c)
	c.Flags().StringSliceVar(&channels, "channels", nil, "channels to subscribe to (default: all)")
	c.Flags().StringVar(&clock, "clock", "wall", "what moves the board's clock: wall, event or auto")
	c.Flags().StringVar(&speed, "speed", "1", "how fast the event clock runs between events")
	_ = c.RegisterFlagCompletionFunc("clock", cobra.FixedCompletions([]string{"wall", "event", "auto"}, cobra.ShellCompDirectiveNoFileComp))
	return c
}

// showing is what a board is shown on.
type showing struct {
	conn     *natsfeed.Conn
	stream   string // empty: core NATS
	channels []string
	clock    metrics.ClockMode
	speed    float64
	zone     *time.Location                // nil: the machine's, unless --tz says
	dayStart time.Duration                 // of floors that say nothing
	simDay   int64                         // the demo's day start, ms; 0: a real day
	stage    func(live.Source) live.Source // wraps the feed; nil: as it is
	notices  telling
}

// zoneOrLocal is the zone of floors that name none.
func (s showing) zoneOrLocal() *time.Location { return cmp.Or(s.zone, time.Local) }

// telling says whether people beyond the screen are told of breaches.
type telling bool

// What is simulated or long past is shown to whoever looks, and told to nobody.
const (
	showOnly   telling = false
	tellPeople telling = true
)

// boardConfig builds what the engine is told.
func (p *program) boardConfig(zone *time.Location) (board.Config, error) {
	zone, err := p.zone(zone)
	if err != nil {
		return board.Config{}, err
	}
	settings, err := p.file.Settings(zone)
	if err != nil {
		return board.Config{}, usageError{err}
	}
	rules, err := p.file.Rules()
	if err != nil {
		return board.Config{}, usageError{err}
	}
	calendar, err := p.file.Calendar(zone)
	if err != nil {
		return board.Config{}, usageError{err}
	}
	goals, err := p.file.Goals()
	if err != nil {
		return board.Config{}, usageError{err}
	}
	return board.Config{Settings: settings, Rules: rules, Calendar: calendar, Targets: goals}, nil
}

// show runs the board until the viewer quits.
func (p *program) show(ctx context.Context, l *looks, s showing) error {
	choice, err := l.choice()
	if err != nil {
		return err
	}
	if choice.Goals, err = p.file.Goals(); err != nil {
		return usageError{err}
	}
	if choice.Rules, err = p.file.Rules(); err != nil {
		return usageError{err}
	}
	if _, err := p.digits(l); err != nil {
		return err
	}
	if choice.Wall, err = p.wall(&l.hanging); err != nil {
		return err
	}
	in, out, err := p.terminal()
	if err != nil {
		return err
	}
	zone, err := p.zone(cmp.Or(s.zone, time.Local))
	if err != nil {
		return err
	}
	exports, err := folder.New(p.file.Wall.ExportDir, p.getenv("HOME"))
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	box := &board.Box{}
	others, err := joinOthers(s.conn, s.clock)
	if err != nil {
		return err
	}
	defer others.close()
	if s.notices == tellPeople && s.clock != metrics.ClockEvent {
		if err := p.startNotices(others, s.conn); err != nil {
			return err
		}
	}
	archive, err := p.archive(s)
	if err != nil {
		return err
	}
	runner, feed, err := p.runner(l, s, box, others, archive)
	if err != nil {
		return err
	}
	defer feed.Close()
	written := make(chan error, 1)
	go func() { written <- guarded(func() error { return archive.run(ctx) }) }() // ends with the context
	ended := make(chan error, 1)
	go func() { // ends with the context; a failure takes the screen down with it
		ended <- guarded(func() error { return runner.Run(ctx) })
		cancel()
	}()
	err = tui.Run(ctx, tui.Options{
		Source: box, Sessions: runner, Timelines: p.timelines(l.floor, s), Access: p.accessLog(p.acting(l.as).String(), s), Past: archive.past(), Look: p.look(l), Choice: choice, Clock: func() time.Time { return time.Now().In(zone) }, Input: in, Output: out,
		Title: clean.Own("wallboard"), ErasesInColor: style.ErasesInColor(p.lookup),
		Handler: share.Hand{Desk: others.desk, By: p.acting(l.as)}, Exporter: exports, Bell: p.bell(), Hints: p.hints(l),
	})
	cancel()
	return errors.Join(err, <-ended, <-written)
}

// guarded turns a panic into an error, so that the terminal is restored before
// anybody reads it.
func guarded(run func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the engine failed: %v", r)
		}
	}()
	return run()
}

// runner connects a feed to an engine.
func (p *program) runner(l *looks, s showing, box *board.Box, others *together, past *archive) (*live.Runner, *natsfeed.Feed, error) {
	config, err := p.boardConfig(s.zoneOrLocal())
	if err != nil {
		return nil, nil, err
	}
	config.ClockMode, config.Speed, config.History = s.clock, s.speed, true
	if s.dayStart != 0 {
		config.Settings.Floor.DayStart = s.dayStart
	}
	if s.simDay != 0 {
		config.Settings.Quality = demoBases(config.Settings.Quality)
	}
	feed, err := p.subscribe(l.floor, s, config.Settings)
	if err != nil {
		return nil, nil, err
	}
	var source live.Source = feed
	if s.stage != nil {
		source = s.stage(feed)
	}
	runner, err := live.New(live.Config{
		Source: source, NewBoard: live.Boards(config), Box: box, Now: time.Now, SimulatedDayStart: s.simDay,
		Complete: past.completing(others.complete), Keep: past.keep, Wake: others.desk.Changed(),
	})
	if err != nil {
		feed.Close()
		return nil, nil, usageError{err}
	}
	return runner, feed, nil
}

func (p *program) subscribe(floor string, s showing, settings metrics.Settings) (*natsfeed.Feed, error) {
	var floors []string
	if floor != "" {
		floors = []string{floor}
	}
	subjects, err := natsfeed.Subjects(floors, s.channels)
	if err != nil {
		return nil, usageError{err}
	}
	options := natsfeed.FeedOptions{Stream: s.stream, Subjects: subjects}
	if s.clock != metrics.ClockEvent {
		options.HistoryFrom = func() time.Time { return historyFrom(settings, floor, time.Now()) }
	}
	return natsfeed.Subscribe(s.conn, options)
}

// historyFrom returns from when the stream is read: the lookback before the
// day start, the earliest one where floors differ.
func historyFrom(settings metrics.Settings, floor string, now time.Time) time.Time {
	earliest := dayStart(settings.Floor, now)
	for id, f := range settings.Floors {
		if start := dayStart(f, now); (floor == "" || floor == id) && start.Before(earliest) {
			earliest = start
		}
	}
	return earliest.Add(-settings.Limits.Lookback)
}

func dayStart(f metrics.FloorSettings, now time.Time) time.Time {
	local := now.In(f.Zone)
	hour, minute := int(f.DayStart/time.Hour), int(f.DayStart%time.Hour/time.Minute)
	start := time.Date(local.Year(), local.Month(), local.Day(), hour, minute, 0, 0, f.Zone)
	if start.After(now) {
		start = time.Date(local.Year(), local.Month(), local.Day()-1, hour, minute, 0, 0, f.Zone)
	}
	return start
}
