package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"wallboard/metrics/baseline"
	"wallboard/tui/i18n"
)

// banding holds the flags of the band command.
type banding struct {
	csv, sensitivity, lang string
	step                   time.Duration
	weekday                bool
}

func (p *program) bandCommand() *cobra.Command {
	var b banding
	c := &cobra.Command{
		Use: "band --csv FILE", Short: "Learn a band for one series and say what was out of it, and why",
		Long: `Runs the dynamic band over a series (CSV with a header, columns timestamp and
value) without looking ahead and writes one JSON object for each row: the band
lo to hi known before the value arrived, how surprising the value was, a score
in [0,1] that passes 0.5 exactly when the value fires, and the reason in words.
One incident scores once: what is no more surprising than what came before,
faded, scores 0. Rows missing from the file are passed over.`,
		Example: `  wallboard band --csv calls.csv > band.ndjson
  wallboard band --csv - --step 5m --sensitivity high < calls.csv`,
		Args: positional(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error { return p.band(&b) },
	}
	c.Flags().StringVar(&b.csv, "csv", "", "file with the series, - for standard input")
	c.Flags().DurationVar(&b.step, "step", 0, "time between rows (default: inferred from the rows so far)")
	c.Flags().StringVar(&b.sensitivity, "sensitivity", "normal", "high, normal or low")
	c.Flags().BoolVar(&b.weekday, "weekday", false, "learn a shape for each weekday")
	c.Flags().StringVar(&b.lang, "lang", "", "of the reasons: en or zh-CN (default: en)")
	return c
}

func (p *program) band(b *banding) error {
	options, err := p.bandOptions(b)
	if err != nil {
		return err
	}
	in, _, err := p.openInput(b.csv)
	if err != nil {
		return err
	}
	defer in.Close()
	report, err := baseline.RunCSV(in, p.stdout, options)
	fmt.Fprintf(p.stderr, "%d rows: %d while learning, %d fired, %d unreadable, step %v\n",
		report.Rows, report.Learning, report.Fired, report.Unreadable, report.Step)
	if errors.Is(err, baseline.ErrNoStep) {
		return usageError{err}
	}
	return err
}

func (p *program) bandOptions(b *banding) (baseline.CSVOptions, error) {
	o := baseline.CSVOptions{Problem: func(line int, reason error) { fmt.Fprintf(p.stderr, "line %d: %v\n", line, reason) }}
	o.Step = b.step
	switch {
	case b.csv == "":
		return o, usagef("band: --csv is missing (a file, or - for standard input)")
	case b.step < 0:
		return o, usagef("band: --step %v is not above 0", b.step)
	}
	levels := map[string]float64{"high": baseline.SensitivityHigh, "normal": baseline.SensitivityNormal, "low": baseline.SensitivityLow}
	if o.Sensitivity = levels[b.sensitivity]; o.Sensitivity == 0 {
		return o, usagef("band: --sensitivity %q is none of high, normal, low", b.sensitivity)
	}
	if b.weekday {
		o.Shape = baseline.ShapeWeekday
	}
	if b.lang != "" && i18n.Match(b.lang) == i18n.Chinese {
		o.Words = baseline.Reason.Chinese
	}
	// A series is read as it is written unless a zone is asked for: the machine's
	// own would make its band depend on where it is drawn.
	var err error
	o.Zone, err = p.zone(nil)
	return o, err
}
