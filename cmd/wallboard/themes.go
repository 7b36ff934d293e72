package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"wallboard/metrics/clean"
	"wallboard/themes"
	"wallboard/tui"
	"wallboard/tui/i18n"
	"wallboard/tui/text"
)

func (p *program) themesCommand() *cobra.Command {
	var sample, asJSON bool
	var lang string
	c := &cobra.Command{
		Use: "themes", Short: "List the themes, show one, or check one of your own",
		Long: `Lists the themes that ship and your own: TOML files in
$XDG_CONFIG_HOME/wallboard/themes, each under its name without .toml.`,
		Example: `  wallboard themes                              names and titles
  wallboard themes show dusk                    every part of the screen in one theme
  wallboard themes --sample > mine.toml         a whole theme to begin your own from
  wallboard themes check mine.toml              is it readable, for whom can it be told apart
  wallboard demo --theme ./mine.toml            the board in it`,
		Args: positional(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			switch {
			case sample:
				_, err := fmt.Fprint(p.stdout, themes.Sample())
				return err
			case asJSON:
				return p.themesJSON()
			}
			return p.listThemes(p.language(lang))
		},
	}
	f := c.Flags()
	f.BoolVar(&sample, "sample", false, "print a whole theme, with every role and a comment")
	f.BoolVar(&asJSON, "json", false, "one JSON object a line")
	f.StringVar(&lang, "lang", "", "en or zh-CN (default: the locale's)")
	c.MarkFlagsMutuallyExclusive("sample", "json")
	c.AddCommand(p.showThemesCommand(), p.checkThemeCommand())
	return c
}

// listThemes prints each theme in a line; one that is broken says why and does
// not stop the list.
func (p *program) listThemes(lang i18n.Lang) error {
	list := p.shelf().List()
	wide := 0
	for _, e := range list {
		wide = max(wide, text.Width(clean.Line(e.Name).String()))
	}
	for _, e := range list {
		about := titleOf(e.Theme, lang)
		if e.Err != nil {
			about = "cannot be used: " + e.Err.Error()
		} else if e.Own {
			about += "  (your own)"
		}
		fmt.Fprintf(p.stdout, "%s  %s\n", text.PadRight(clean.Line(e.Name).String(), wide), clean.Line(about))
	}
	return nil
}

// titleOf returns the title in a language, the English one where there is none.
func titleOf(t themes.Theme, lang i18n.Lang) string {
	if lang == i18n.Chinese && t.TitleZH != "" {
		return t.TitleZH
	}
	return t.Title
}

// themeLine is a theme as --json prints it.
type themeLine struct {
	Name    string `json:"name"`
	Title   string `json:"title,omitempty"`
	TitleZH string `json:"title_zh,omitempty"`
	Dark    bool   `json:"dark"`
	Suits   string `json:"suits,omitempty"`
	Own     bool   `json:"own"`
	Error   string `json:"error,omitempty"`
}

func (p *program) themesJSON() error {
	out := json.NewEncoder(p.stdout)
	out.SetEscapeHTML(false)
	for _, e := range p.shelf().List() {
		line := themeLine{Name: e.Name, Title: e.Theme.Title, TitleZH: e.Theme.TitleZH, Dark: e.Theme.Dark, Suits: e.Theme.Suits.String(), Own: e.Own}
		if e.Err != nil {
			line.Error = e.Err.Error()
		}
		if err := out.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

func (p *program) showThemesCommand() *cobra.Command {
	var l looks
	var all, ansi bool
	c := &cobra.Command{
		Use: "show [NAME]", Short: "Print a sample of every part of the screen in a theme",
		Long: `Prints a sheet on which every part of the screen is drawn once: in colour to a
terminal, as text elsewhere. Without a name it is the theme in use.`,
		Example: `  wallboard themes show                         the theme in use
  wallboard themes show --all                   each theme, one after the other
  wallboard themes show ./mine.toml --glyphs braille`,
		Args:              positional(cobra.MaximumNArgs(1)),
		ValidArgsFunction: p.completeTheme,
		RunE: func(_ *cobra.Command, args []string) error {
			names := []string{p.look(&l).Theme}
			if all && len(args) > 0 {
				return usagef("themes show: give a name or --all, not both")
			}
			if all {
				names = p.shelf().Names()
			} else if len(args) == 1 {
				names = args
			}
			return p.showThemes(names, p.look(&l), ansi || isTerminal(p.stdout))
		},
	}
	l.registerDrawing(c)
	f := c.Flags()
	f.BoolVar(&all, "all", false, "every theme")
	f.BoolVar(&ansi, "ansi", false, "in colour, even if the output is no terminal")
	return c
}

// completeTheme offers the names on the shelf to the shell.
func (p *program) completeTheme(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return p.shelf().Names(), cobra.ShellCompDirectiveDefault
}

// showThemes prints the sheets. A broken theme among all of them is told of
// after the others.
func (p *program) showThemes(names []string, look tui.Look, colored bool) error {
	var failed error
	for i, name := range names {
		look.Theme = name
		g, err := tui.Specimen(look)
		if err != nil {
			failed = usageError{err}
			continue
		}
		sheet := g.Text()
		if colored {
			sheet = g.ANSI(look.Profile)
		}
		if i > 0 {
			sheet = "\n" + sheet
		}
		if _, err := fmt.Fprintln(p.stdout, strings.TrimRight(sheet, "\n")); err != nil {
			return err
		}
	}
	return failed
}
