package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"wallboard/themes"
	"wallboard/tui/text"
)

func (p *program) checkThemeCommand() *cobra.Command {
	return &cobra.Command{
		Use: "check NAME|FILE", Short: "Say whether a theme can be read, and who can tell its colours apart",
		Long: `Measures the contrast of every text of a theme (WCAG 2.1) and how far apart
levels, changes, lines and heat steps are (CIEDE2000), as people with full colour
vision and with each colour blindness see them (simulated after Machado 2009).
What the theme's "suits" claims must hold, else the command ends with 2; the rest
is for information, for glyphs and words tell the levels apart as well.`,
		Example: `  wallboard themes check mine.toml
  wallboard themes check deuteranopia`,
		Args:              positional(cobra.ExactArgs(1)),
		ValidArgsFunction: p.completeTheme,
		RunE: func(_ *cobra.Command, args []string) error {
			theme, err := p.shelf().Load(args[0])
			if err != nil {
				return usageError{err}
			}
			return p.checkTheme(theme)
		},
	}
}

// checkTheme prints what was measured and fails where a claim does not hold.
func (p *program) checkTheme(t themes.Theme) error {
	fmt.Fprintf(p.stdout, "%s  %s\n\n", t.Name, t.Title)
	failed := p.checkContrast(t) + p.checkApart(t)
	if failed > 0 {
		return usagef("theme %q: %d of what it must hold does not (marked FAIL above)", t.Name, failed)
	}
	fmt.Fprintln(p.stdout, "\nEverything that the theme must hold does.")
	return nil
}

// checkContrast prints what cannot be read, or the least that can.
func (p *program) checkContrast(t themes.Theme) (failed int) {
	fmt.Fprintln(p.stdout, "Contrast to the ground")
	least := map[themes.Palette]themes.Contrasted{}
	for _, c := range t.Contrasts() {
		if !c.Holds() {
			failed++
			fmt.Fprintf(p.stdout, "  FAIL  %s %5.2f, below %.1f, in %s\n", text.PadRight(contrastOf(c), 26), c.Ratio, c.Want, c.Palette)
		}
		if l, ok := least[c.Palette]; !ok || c.Ratio/c.Want < l.Ratio/l.Want {
			least[c.Palette] = c
		}
	}
	for palette := range themes.NumPalettes {
		if l, ok := least[palette]; ok && l.Holds() {
			fmt.Fprintf(p.stdout, "  ok    in %s; nearest to its limit: %s %.2f, at least %.1f\n", palette, contrastOf(l), l.Ratio, l.Want)
		}
	}
	if len(least) == 0 {
		fmt.Fprintln(p.stdout, "  none measured: the theme leaves its colours to the terminal")
	}
	return failed
}

func contrastOf(c themes.Contrasted) string {
	if c.Selected {
		return c.Role.String() + " in the selected row"
	}
	return c.Role.String()
}

// checkApart prints the hardest pair of each group for each vision.
func (p *program) checkApart(t themes.Theme) (failed int) {
	fmt.Fprintf(p.stdout, "\nLeast difference of colours (%.0f and more is told apart at a glance)\n", themes.ToldApart)
	list := t.Apart()
	for _, a := range list {
		mark := "ok  "
		switch {
		case !a.Holds():
			mark = "FAIL"
			failed++
		case a.Difference < themes.ToldApart:
			mark = "note"
		}
		pair := fmt.Sprintf("%s and %s", a.A, a.B)
		line := fmt.Sprintf("  %s  %s%s%s%s%5.1f", mark, text.PadRight(a.Vision.String(), 14), text.PadRight(a.Palette.String(), 20),
			text.PadRight(a.Group, 18), text.PadRight(pair, 21), a.Difference)
		fmt.Fprintln(p.stdout, strings.TrimRight(line, " "))
	}
	if len(list) == 0 {
		fmt.Fprintln(p.stdout, "  none measured: the theme leaves its colours to the terminal")
		return 0
	}
	fmt.Fprintln(p.stdout, "  note: nearer than that, and the theme does not claim otherwise; glyph and word tell")
	return failed
}
