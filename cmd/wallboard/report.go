package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wallboard/feed/live"
	"wallboard/metrics"
	"wallboard/metrics/history"
	"wallboard/metrics/report"
	"wallboard/metrics/review"
)

// reporting holds the flags of report.
type reporting struct {
	events       []string
	at, from, to string
	day, against string
	floor        string
	format, out  string
	lang         string
	keep         bool

	snapshot *metrics.Snapshot // of a run over events
	closed   []*history.Day    // in that run
	store    *history.Store    // nil: nothing says where
}

func (p *program) reportCommand() *cobra.Command {
	var r reporting
	c := &cobra.Command{
		Use: "report", Short: "Write the review of a day or a shift as Markdown, HTML or CSV",
		Long: `Writes what a shift or a day came to: every indicator against its target and who
makes the gap, before and after against another day, breaches with how long they
lasted, figures by place and hour, the worst queues, and what was incomplete in
the data. From days that a board kept, or from event files.

--from and --to cut a shift out of the day, on quarters of an hour; the day it is
compared with is cut alike.`,
		Example: `  wallboard report --day 2026-11-20 --against 2026-11-19 --format html -o review.html
  wallboard report --events day.ndjson --at 1999-02-01T20:00:00+02:00
  wallboard report --events day.ndjson --from 09:00 --to 13:00 --format csv
  wallboard report --events february.ndjson --keep --day 1999-02-02 --against 1999-02-01`,
		Args: positional(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error { return p.report(c.Context(), &r) },
	}
	f := c.Flags()
	f.StringArrayVar(&r.events, "events", nil, "event file, may be repeated; - is standard input (default: days that were kept)")
	f.StringVar(&r.at, "at", "", "with --events: the instant, such as 1999-02-01T20:00:00+02:00 (default: the newest event)")
	f.StringVar(&r.day, "day", "", "the day, such as 2026-11-20 (default: the newest, of --events that of the instant)")
	f.StringVar(&r.against, "against", "", "another day to compare with")
	f.StringVar(&r.from, "from", "", "where the shift begins: 09:00, or a time with its date")
	f.StringVar(&r.to, "to", "", "where the shift ends")
	f.StringVar(&r.floor, "floor", "", "floor (default: the first)")
	f.StringVar(&r.format, "format", "md", "md, html or csv")
	f.StringVarP(&r.out, "out", "o", "", "file to write (default: standard output)")
	f.StringVar(&r.lang, "lang", "", "en or zh-CN (default: the locale's)")
	f.BoolVar(&r.keep, "keep", false, "with --events: also keep the days that closed, as a board would")
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"md", "html", "csv"}, cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("lang", cobra.FixedCompletions([]string{"en", "zh-CN"}, cobra.ShellCompDirectiveNoFileComp))
	c.MarkFlagsRequiredTogether("from", "to")
	return c
}

func (p *program) report(ctx context.Context, r *reporting) error {
	switch r.format {
	case "md", "html", "csv":
	default:
		return usagef("--format %q is none of md, html, csv", r.format)
	}
	if len(r.events) == 0 && (r.at != "" || r.keep) {
		return usagef("--at and --keep go with --events")
	}
	for _, date := range []string{r.day, r.against} {
		if _, err := time.Parse(time.DateOnly, date); date != "" && err != nil {
			return usagef("%q is no day such as 2026-11-20", date)
		}
	}
	if folder := p.file.State.Folder(p.getenv); folder != "" {
		r.store = history.NewStore(folder)
	}
	if len(r.events) > 0 {
		if err := p.readEvents(ctx, r); err != nil {
			return err
		}
	}
	goals, err := p.file.Goals()
	if err != nil {
		return usageError{err}
	}
	made, err := r.make(goals)
	if err != nil {
		return err
	}
	return p.writeReport(r, made)
}

// readEvents folds the event files in, up to the instant.
func (p *program) readEvents(ctx context.Context, r *reporting) error {
	at, zone, err := p.instant(r.at, "at")
	if err != nil {
		return err
	}
	if at == 0 && strings.Contains(r.to, "T") {
		if at, zone, err = p.instant(r.to, "to"); err != nil {
			return err
		}
	}
	config, err := p.boardConfig(orUTC(zone))
	if err != nil {
		return err
	}
	config.History = true
	var inputs []live.Input
	for _, name := range r.events {
		inputs = append(inputs, live.Input{Name: name, Open: func() (io.ReadCloser, error) {
			in, _, err := p.openInput(name)
			return in, err
		}})
	}
	err = live.Offline(ctx, live.OfflineConfig{
		Inputs: inputs, Board: config, At: at, Keep: func(days []*history.Day) { r.closed = append(r.closed, days...) },
	}, func(s *metrics.Snapshot) error { r.snapshot = s; return nil })
	if err != nil || !r.keep {
		return err
	}
	if r.store == nil {
		return usagef("--keep: neither [state] dir nor HOME says where")
	}
	for _, d := range r.closed {
		if _, err := r.store.Put(d); err != nil {
			return err
		}
	}
	return nil
}

// make reviews what was asked for.
func (r *reporting) make(goals review.Goals) (*report.Report, error) {
	side, err := r.side(r.day)
	if err != nil {
		return nil, err
	}
	if r.from != "" {
		if side, err = r.shift(side); err != nil {
			return nil, err
		}
	}
	if r.against == "" {
		return report.Make(side, nil, goals), nil
	}
	r.floor = side.Floor.String()
	other, err := r.side(r.against)
	if err != nil {
		return nil, err
	}
	if r.from != "" {
		// The same hours of the other day, by the clock.
		if other, err = r.shift(other); err != nil {
			return nil, err
		}
	}
	return report.Make(side, &other, goals), nil
}

// side finds a day; "": that of the events, else the newest kept.
func (r *reporting) side(date string) (report.Side, error) {
	d, f, err := r.find(date)
	switch {
	case err != nil:
		return report.Side{}, err
	case d != nil:
		return report.OfDay(d, 0, 0), nil
	}
	return report.OfSnapshot(r.snapshot, f, 0, 0), nil
}

// find returns a closed day, or the floor whose day is still running.
func (r *reporting) find(date string) (*history.Day, *metrics.FloorView, error) {
	if r.snapshot != nil {
		f := r.snapshot.FloorNamed(r.floor)
		if f == nil {
			return nil, nil, fmt.Errorf("report: the events are of no floor %q", r.floor)
		}
		if date == "" || time.UnixMilli(f.DayStart).In(f.Zone).Format(time.DateOnly) == date {
			return nil, f, nil
		}
		// The last is the newest: a day that changed after its close comes again.
		for i := len(r.closed) - 1; i >= 0; i-- {
			if d := r.closed[i]; d.Floor == f.ID && d.Date() == date {
				return d, nil, nil
			}
		}
		r.floor = f.ID.String()
	}
	d, err := r.kept(date)
	return d, nil, err
}

// kept reads a day that a board kept; "": the newest.
func (r *reporting) kept(date string) (*history.Day, error) {
	if r.store == nil {
		return nil, usagef("neither [state] dir nor HOME says where days are kept; --events reads event files instead")
	}
	if r.floor == "" {
		floors, err := r.store.Floors()
		if err != nil {
			return nil, err
		}
		if len(floors) == 0 {
			return nil, usagef("no days are kept in %s; --events reads event files instead", r.store.Dir())
		}
		r.floor = floors[0]
	}
	dates, err := r.store.Dates(r.floor)
	if err != nil {
		return nil, err
	}
	if date == "" && len(dates) > 0 {
		date = dates[len(dates)-1]
	}
	d, err := r.store.Get(r.floor, date)
	if errors.Is(err, fs.ErrNotExist) || len(dates) == 0 {
		return nil, fmt.Errorf("report: of floor %s no day %s is kept in %s%s", r.floor, date, r.store.Dir(), keptRange(dates))
	}
	return d, err
}

func keptRange(dates []string) string {
	if len(dates) == 0 {
		return ""
	}
	return fmt.Sprintf(" (kept: %s to %s)", dates[0], dates[len(dates)-1])
}

// shift cuts a side at --from and --to.
func (r *reporting) shift(side report.Side) (report.Side, error) {
	from, err := r.moment(side, r.from, "from")
	if err != nil {
		return side, err
	}
	to, err := r.moment(side, r.to, "to")
	if err != nil {
		return side, err
	}
	if to <= from {
		to += 24 * time.Hour.Milliseconds() // a night shift by the clock
	}
	if from < side.From || to > max(side.To, side.DayStart+24*time.Hour.Milliseconds()) {
		return side, usagef("--from %s and --to %s do not lie within the day that begins at %s", r.from, r.to, time.UnixMilli(side.DayStart).In(side.Zone).Format(time.RFC3339))
	}
	d, f, err := r.find(time.UnixMilli(side.DayStart).In(side.Zone).Format(time.DateOnly))
	switch {
	case err != nil:
		return side, err
	case d != nil:
		return report.OfDay(d, from, to), nil
	}
	return report.OfSnapshot(r.snapshot, f, from, to), nil
}

// moment reads a time of the side's day: by the clock alone, or with its date,
// of which another day takes the clock.
func (r *reporting) moment(side report.Side, text, flag string) (int64, error) {
	clock, err := time.Parse("15:04", text)
	if t, err2 := time.Parse(time.RFC3339, text); err2 == nil {
		clock, err = t.In(side.Zone), nil
	}
	if err != nil {
		return 0, usagef("--%s %q is neither 09:00 nor 1999-02-01T09:00:00+02:00", flag, text)
	}
	start := time.UnixMilli(side.DayStart).In(side.Zone)
	at := time.Date(start.Year(), start.Month(), start.Day(), clock.Hour(), clock.Minute(), clock.Second(), 0, side.Zone)
	if at.Before(start) {
		at = time.Date(start.Year(), start.Month(), start.Day()+1, clock.Hour(), clock.Minute(), clock.Second(), 0, side.Zone)
	}
	ms := at.UnixMilli()
	if ms%history.Step != 0 && ms != side.DayStart {
		return 0, usagef("--%s %q does not lie on a quarter of an hour", flag, text)
	}
	return ms, nil
}

func (p *program) writeReport(r *reporting, made *report.Report) error {
	lang := catalogueLanguage(p.language(r.lang))
	write := func(w io.Writer) error {
		out := bufio.NewWriter(w)
		var err error
		switch cmp.Or(r.format, "md") {
		case "html":
			err = made.HTML(out, lang)
		case "csv":
			err = made.CSV(out)
		default:
			err = made.Markdown(out, lang)
		}
		return errors.Join(err, out.Flush())
	}
	if r.out == "" || r.out == "-" {
		return write(p.stdout)
	}
	f, err := os.OpenFile(r.out, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return errors.Join(write(f), f.Close())
}
