package main

import (
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"wallboard/cmd/wallboard/config"
)

// program is one run of the command: its streams, environment and the flags
// that every command shares.
type program struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	getenv         func(string) string

	configPath string
	tz         string
	file       *config.File // read once, before the command runs
	named      bool         // --config was given
}

func (p *program) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "wallboard",
		Short: "A live terminal wallboard for contact-centre floors",
		Long: `wallboard shows a contact-centre floor as it is now: queue length, oldest
wait, service level, first response, slots in use and what is out of bounds.
It reads session events from NATS and needs nothing else.`,
		Example: `  wallboard demo                                    a simulated floor, nothing else needed
  wallboard watch --server nats://127.0.0.1:4222    the board on your own NATS
  wallboard import queue_log /var/log/asterisk/queue_log --follow --server nats://127.0.0.1:4222
  wallboard snapshot --events day.ndjson --at 1999-02-01T11:00:00+02:00 --json`,
		SilenceErrors: true, SilenceUsage: true,
		Args: positional(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
		PersistentPreRunE: func(c *cobra.Command, _ []string) error {
			return p.prepare(c)
		},
	}
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usagef("%w (see: %s --help)", err, c.CommandPath())
	})
	root.PersistentFlags().StringVar(&p.configPath, "config", "", "configuration file (default: $XDG_CONFIG_HOME/wallboard/config.toml)")
	root.PersistentFlags().StringVar(&p.tz, "tz", "", "time zone of floors whose configuration names none, such as Asia/Shanghai (default: the machine's)")
	root.AddCommand(p.demoCommand(), p.watchCommand(), p.publishCommand(), p.importCommand(), p.recordCommand(), p.replayCommand(),
		p.snapshotCommand(), p.reportCommand(), p.backtestCommand(), p.kpisCommand(), p.themesCommand(), p.checkCommand(), p.bandCommand(), p.testCommand(), p.streamCommand(), p.doctorCommand(), p.benchCommand(), p.versionCommand())
	return root
}

// prepare lets WALLBOARD_… variables stand for flags that were not given, then
// reads the configuration file.
func (p *program) prepare(c *cobra.Command) error {
	if err := c.ValidateFlagGroups(); err != nil {
		return usagef("%w (see: %s --help)", err, c.CommandPath())
	}
	var failed error
	c.Flags().VisitAll(func(f *pflag.Flag) {
		name := "WALLBOARD_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		value := p.getenv(name)
		if f.Changed || value == "" || failed != nil {
			return
		}
		if err := c.Flags().Set(f.Name, value); err != nil {
			failed = usagef("environment variable %s: %w", name, err)
		}
	})
	if failed != nil {
		return failed
	}
	return p.readConfig()
}

func (p *program) readConfig() error {
	path, wanted := p.configPath, config.Required
	if path == "" {
		path, wanted = config.Path(p.getenv), config.Optional
	}
	if path == "" {
		p.file = &config.File{}
		return nil
	}
	file, err := config.Load(path, wanted)
	if err != nil {
		return usageError{err}
	}
	p.file, p.named = file, wanted == config.Required
	return nil
}

// zone returns the zone of --tz, or the fallback.
func (p *program) zone(fallback *time.Location) (*time.Location, error) {
	if p.tz == "" {
		return fallback, nil
	}
	zone, err := time.LoadLocation(p.tz)
	if err != nil {
		return nil, usagef("--tz %q is not known (such as Asia/Shanghai)", p.tz)
	}
	return zone, nil
}

// positional turns cobra's complaints about arguments into usage errors.
func positional(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if err := check(c, args); err != nil {
			return usagef("%w (see: %s --help)", err, c.CommandPath())
		}
		return nil
	}
}

// isTerminal says whether a stream is a terminal.
func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}
