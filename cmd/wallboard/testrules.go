package main

import (
	"fmt"
	"io"
	"io/fs"
	"time"

	"github.com/spf13/cobra"

	"wallboard/metrics/rule"
	"wallboard/metrics/rule/ruletest"
)

func (p *program) testCommand() *cobra.Command {
	c := &cobra.Command{Use: "test", Short: "Test parts of a configuration", Args: positional(cobra.NoArgs), RunE: func(c *cobra.Command, _ []string) error { return c.Help() }}
	c.AddCommand(p.testRulesCommand())
	return c
}

func (p *program) testRulesCommand() *cobra.Command {
	var shipped, quiet bool
	c := &cobra.Command{
		Use: "rules FILE.yaml…", Short: "Run rules over series and say where they do not stand as expected",
		Long: `Runs the rules of the configuration in use over the series of each file and
compares where they stand at the times named. A file is YAML:

  tests:
    - name: two minutes above the limit warn
      rule: first response
      every: 30s
      series: 100x2 190x8        # "5x3" three times 5, "5+2x3" 5 7 9 11, "_" no data
      n: 20                      # samples behind each value
      with: {people: 3}          # further KPIs; "id@5m" for one window
      expect:
        - {at: 1m, state: pending}
        - {at: 3m, state: firing, level: warn, limit: 180}
      episodes: 1

Other expectations: value, return, peak, base, flaps, learned, reason. The exit
code is 1 where a test fails, 2 where a file cannot be read.`,
		Example: `  wallboard test rules night.yaml --config night.toml
  wallboard test rules --shipped          the tests of the shipped rules, on your configuration`,
		RunE: func(_ *cobra.Command, files []string) error {
			if len(files) == 0 && !shipped {
				return usagef("test rules: no file is named (or --shipped)")
			}
			return p.testRules(files, shipped, quiet)
		},
	}
	c.Flags().BoolVar(&shipped, "shipped", false, "also run the tests of the shipped rules")
	c.Flags().BoolVarP(&quiet, "quiet", "q", false, "say only what fails")
	return c
}

// testFile is one file of tests by name.
type testFile struct {
	name string
	data []byte
}

func (p *program) testRules(names []string, shipped, quiet bool) error {
	rules, err := p.file.Rules()
	if err != nil {
		return usageError{err}
	}
	calendar, err := p.file.Calendar(time.UTC)
	if err != nil {
		return usageError{err}
	}
	goals, err := p.file.Goals()
	if err != nil {
		return usageError{err}
	}
	files, err := p.testFiles(names, shipped)
	if err != nil {
		return err
	}
	ran, failed := 0, 0
	for _, f := range files {
		tests, err := ruletest.Parse(f.data)
		if err != nil {
			return usageError{fmt.Errorf("%s: %w", f.name, err)}
		}
		for _, r := range ruletest.Run(rules, rule.Config{Calendar: calendar, Targets: goals}, tests) {
			ran++
			if !r.OK() {
				failed++
			}
			p.sayResult(f.name, &r, quiet)
		}
	}
	fmt.Fprintf(p.stdout, "%d tests, %d failed\n", ran, failed)
	if failed > 0 {
		return fmt.Errorf("test rules: %d of %d tests failed", failed, ran)
	}
	return nil
}

// testFiles reads the files named, and the embedded ones.
func (p *program) testFiles(names []string, shipped bool) ([]testFile, error) {
	var files []testFile
	for _, name := range names {
		in, _, err := p.openInput(name)
		if err != nil {
			return nil, err
		}
		data, err := io.ReadAll(in)
		in.Close()
		if err != nil {
			return nil, fmt.Errorf("test rules: read %s: %w", name, err)
		}
		files = append(files, testFile{name, data})
	}
	if !shipped {
		return files, nil
	}
	embedded, err := fs.Glob(ruletest.Shipped, "shipped/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("test rules: %w", err)
	}
	for _, name := range embedded {
		data, err := ruletest.Shipped.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("test rules: %w", err)
		}
		files = append(files, testFile{name, data})
	}
	return files, nil
}

func (p *program) sayResult(file string, r *ruletest.Result, quiet bool) {
	if r.OK() {
		if !quiet {
			fmt.Fprintf(p.stdout, "ok    %s: %s\n", r.Test.Rule, r.Test.Name)
		}
		return
	}
	fmt.Fprintf(p.stdout, "FAIL  %s: %s\n", r.Test.Rule, r.Test.Name)
	if r.Err != nil {
		fmt.Fprintf(p.stdout, "        %s: %v\n", file, r.Err)
	}
	for _, f := range r.Failures {
		fmt.Fprintf(p.stdout, "        %s: %s\n", file, f)
	}
}
