package main

import (
	"cmp"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"wallboard/cmd/wallboard/config"
	"wallboard/cmd/wallboard/doctor"
	"wallboard/feed/natsfeed"
	"wallboard/feed/share"
	"wallboard/tui/i18n"
	"wallboard/tui/probe"
	"wallboard/tui/style"
)

// answerTerminal is how long a terminal may take for each answer.
const answerTerminal = 2 * time.Second

// checkup holds the flags of the doctor.
type checkup struct {
	connection
	lang           string
	floor          string
	ascii, noColor bool
	json, offline  bool

	configErr error // why the configuration is refused
}

func (p *program) doctorCommand() *cobra.Command {
	var u checkup
	c := &cobra.Command{
		Use: "doctor", Short: "Look at terminal, configuration and server, and say what to do",
		Long: `Looks at everything a board needs: the terminal and how wide it draws, colours,
language and time zone, the configuration, the way to the server, the stream and
what the account may do. It changes nothing: what is asked of the server is only
read, or refused by it as nonsense. Ends with 1 when something would stop a board.`,
		Example: `  wallboard doctor
  wallboard doctor --server nats://127.0.0.1:4222 --creds wall.creds
  wallboard doctor --json > doctor.json`,
		Args: positional(cobra.NoArgs),
		// The configuration is one of the things looked at: a broken one is told.
		PersistentPreRunE: func(c *cobra.Command, _ []string) error {
			err := p.prepare(c)
			if err != nil && p.file == nil {
				u.configErr, p.file, err = err, &config.File{}, nil
			}
			return err
		},
		RunE: func(c *cobra.Command, _ []string) error { return p.examine(c.Context(), &u) },
	}
	u.connection.register(c)
	f := c.Flags()
	f.StringVar(&u.lang, "lang", "", "en or zh-CN (default: the locale's)")
	f.StringVar(&u.floor, "floor", "", "floor whose subjects would be read (default: all)")
	f.BoolVar(&u.ascii, "ascii", false, "the board is to draw with ASCII only")
	f.BoolVar(&u.noColor, "no-color", false, "the board is to draw without colour")
	f.BoolVar(&u.json, "json", false, "one JSON object")
	f.BoolVar(&u.offline, "offline", false, "leave the server out")
	return c
}

// examine gathers the facts, and writes what they come to.
func (p *program) examine(ctx context.Context, u *checkup) error {
	look := p.look(&looks{lang: u.lang, ascii: u.ascii, noColor: u.noColor})
	script := i18n.Unicode
	if look.Glyphs == style.ASCII {
		script = i18n.ASCII
	}
	say, err := i18n.Load(look.Lang, script)
	if err != nil {
		return err
	}
	sheet, err := doctor.Sheet(look.Profile, look.Glyphs)
	if err != nil {
		return err
	}
	zone, err := p.zone(time.Local)
	if err != nil {
		return err
	}
	d := doctor.Doctor{Say: say, Zone: zone}
	terminal, err := p.terminalFacts(ctx, sheet)
	if err != nil {
		return err
	}
	terminal.ASCII, terminal.Profile = look.Glyphs == style.ASCII, look.Profile
	report := d.Terminal(terminal)
	report = append(report, d.Colours(doctor.Colours{Getenv: p.getenv, Flag: u.noColor, Shown: terminal.There, Profile: look.Profile, Terminal: terminal.Probe.TrueColor})...)
	report = append(report, d.Locale(doctor.Locale{Getenv: p.getenv, Flag: u.lang, File: p.file.Wall.Lang, Lang: look.Lang, ZoneFlag: p.tz, Zone: zone, Now: time.Now(), ValidZone: validZone})...)
	report = append(report, d.Config(p.configFacts(u))...)
	if !u.offline {
		found, err := p.natsFacts(ctx, u)
		if err != nil {
			return err
		}
		report = append(report, d.NATS(found, p.streamName(&u.connection))...)
	}
	return p.writeCheckup(d, report, u, doctor.Paper{Sheet: sheet, Colour: isTerminal(p.stdout)}, terminal.Width)
}

// writeCheckup writes the report and makes a failing check a failing command.
func (p *program) writeCheckup(d doctor.Doctor, report doctor.Report, u *checkup, paper doctor.Paper, columns int) error {
	var err error
	if u.json {
		err = d.JSON(p.stdout, report)
	} else {
		err = d.Text(p.stdout, report, paper, doctor.WidthFor(columns))
	}
	if err != nil {
		return err
	}
	if report.Failed() > 0 {
		return errUnwell
	}
	return nil
}

// terminalFacts looks at the terminal and asks it, where there is one.
func (p *program) terminalFacts(ctx context.Context, sheet *style.Sheet) (doctor.Terminal, error) {
	t := doctor.Terminal{Getenv: p.getenv, EscapeTime: -1}
	in, out, err := p.terminal()
	if err != nil {
		return t, nil // which is a finding, not a failure
	}
	t.There = true
	t.Width, t.Height, _ = term.GetSize(int(out.Fd())) // 0 x 0 is "not known"
	if p.getenv("TMUX") != "" {
		t.EscapeTime = tmuxEscapeTime(ctx)
	}
	if name := p.getenv("TERM"); name == "" || name == "dumb" {
		return t, nil
	}
	t.Asked = true
	t.Probe, err = probe.AskTerminal(ctx, in, out, probe.Options{Samples: probe.Samples(sheet.Glyphs, sheet.Lines), Within: answerTerminal, Now: time.Now})
	if errors.Is(err, probe.ErrInterrupted) {
		err = context.Canceled
	}
	return t, err
}

// tmuxEscapeTime asks tmux for how long, in ms, it holds esc back; -1: it does
// not say.
func tmuxEscapeTime(ctx context.Context) int {
	ctx, cancel := context.WithTimeout(ctx, answerTerminal)
	defer cancel()
	out, err := exec.CommandContext(ctx, "tmux", "show-options", "-sv", "escape-time").Output()
	if err != nil {
		return -1
	}
	ms, err := strconv.Atoi(strings.TrimSpace(string(out)))
	if err != nil {
		return -1
	}
	return ms
}

func validZone(name string) bool {
	if filepath.IsAbs(name) { // a file, which the system reads
		return true
	}
	_, err := time.LoadLocation(name)
	return err == nil
}

// configFacts looks at the configuration and at where state is kept.
func (p *program) configFacts(u *checkup) doctor.Config {
	c := doctor.Config{Path: cmp.Or(p.configPath, config.Path(p.getenv)), State: p.file.State.Folder(p.getenv)}
	if _, err := os.Stat(c.Path); err == nil {
		c.Found = true
	}
	err := u.configErr
	if err == nil {
		// What the file means is looked at as a board would.
		_, err = p.boardConfig(time.Local)
	}
	if err == nil {
		_, err = p.notices()
	}
	if err != nil {
		c.Err = err.Error()
	}
	if c.State != "" {
		if err := writable(c.State); err != nil {
			c.StateErr = err.Error()
		}
	}
	return c
}

// writable says why no file can be made in a folder, or in the nearest above it
// that exists, without leaving anything behind.
func writable(folder string) error {
	for {
		if _, err := os.Stat(folder); err == nil || folder == filepath.Dir(folder) {
			break
		}
		folder = filepath.Dir(folder)
	}
	file, err := os.CreateTemp(folder, ".wallboard-doctor-*")
	if err != nil {
		return err
	}
	return errors.Join(file.Close(), os.Remove(file.Name()))
}

// natsFacts looks at the server.
func (p *program) natsFacts(ctx context.Context, u *checkup) (natsfeed.Diagnosis, error) {
	var floors []string
	if u.floor != "" {
		floors = []string{u.floor}
	}
	subjects, err := natsfeed.Subjects(floors, nil)
	if err != nil {
		return natsfeed.Diagnosis{}, usageError{err}
	}
	sharing := share.Permissions()
	sharing.Subscribe = nil // the same as for reading
	if u.core {
		sharing = share.Permissions()
	}
	found, err := natsfeed.Diagnose(ctx, p.natsOptions(&u.connection, "wallboard doctor"), natsfeed.Question{Stream: p.streamName(&u.connection), Subjects: subjects, Share: sharing})
	if err != nil {
		return found, usageError{err}
	}
	return found, nil
}
