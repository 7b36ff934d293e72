package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"wallboard/cmd/wallboard/config"
)

func (p *program) checkCommand() *cobra.Command {
	var sample bool
	var lang string
	c := &cobra.Command{
		Use: "check", Short: "Say in words what the configuration means, or why it is refused",
		Example: `  wallboard check                          the configuration in use
  wallboard check --config night.toml      another one
  wallboard check --sample > config.toml   a file with every key, default and comment`,
		Args: positional(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			if sample {
				_, err := fmt.Fprint(p.stdout, config.Sample)
				return err
			}
			return p.describeConfig(lang)
		},
	}
	c.Flags().BoolVar(&sample, "sample", false, "print a configuration with every key, its default and a comment")
	c.Flags().StringVar(&lang, "lang", "en", "of the sentences about rules: en or zh-CN")
	return c
}

func (p *program) describeConfig(lang string) error {
	zone, err := p.zone(time.Local)
	if err != nil {
		return err
	}
	settings, err := p.file.Settings(zone)
	if err != nil {
		return usageError{err}
	}
	rules, err := p.file.Rules()
	if err != nil {
		return usageError{err}
	}
	if _, err := p.file.Goals(); err != nil {
		return usageError{err}
	}
	calendar, err := p.file.Calendar(zone)
	if err != nil {
		return usageError{err}
	}
	if _, err := p.wall(&hanging{}); err != nil {
		return err
	}
	if _, err := p.digits(&looks{}); err != nil {
		return err
	}
	notices, err := p.notices()
	if err != nil {
		return err
	}
	source := p.configPath
	if !p.named {
		source = config.Path(p.getenv) + " (or, where that does not exist, the defaults)"
	}
	fmt.Fprintf(p.stdout, "Configuration: %s\n\n", source)
	config.Describe(p.stdout, settings, rules, calendar, p.file.Target, lang)
	config.DescribeWall(p.stdout, p.file.Wall)
	config.DescribeNotices(p.stdout, notices)
	return nil
}
